//! A file made by hand, and what damage does to it.

use super::*;

/// A chunk.
fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = name.to_vec();
    bytes.extend((content.len() as u32).to_le_bytes());
    bytes.extend(content);
    bytes.resize(bytes.len().next_multiple_of(2), 0);
    bytes
}

/// A file of three frames of 24 bits.
fn file() -> Vec<u8> {
    let fmt = [1, 0, 1, 0, 0x80, 0xBB, 0, 0, 0x80, 0x32, 2, 0, 3, 0, 24, 0];
    let mut bext = b"what".to_vec();
    bext.resize(320, 0);
    bext.extend(b"2026-11-2406:00:00");
    bext.resize(346, 0);
    bext.extend([2, 0]);
    bext.resize(412, 0);
    bext.extend((-2300i16).to_le_bytes());
    bext.extend([0xFF, 0x7F].repeat(4));
    bext.resize(602, 0);
    bext.extend(b"A=PCM,F=48000\r\n");
    let mut cart = b"0101title".to_vec();
    cart.resize(132, 0);
    cart.extend(b"cut");
    cart.resize(452, 0);
    cart.extend(b"2026-11-2400:00:002026-11-3023:59:59");
    cart.resize(684, 0);
    cart.extend(b"AUDe\x03\0\0\0");
    cart.resize(2048, 0);
    let cue = [
        &[1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0][..],
        b"data\0\0\0\0\0\0\0\0\x02\0\0\0",
    ]
    .concat();
    let adtl = [
        b"adtl".to_vec(),
        chunk(b"labl", "\u{1}\0\0\0一\0".as_bytes()),
    ]
    .concat();
    let chunks = [
        chunk(b"fmt ", &fmt),
        chunk(b"bext", &bext),
        chunk(b"cart", &cart),
        chunk(b"cue ", &cue),
        chunk(b"LIST", &adtl),
        chunk(b"LIST", b"INFOINAM\x02\0\0\0a\0"),
        chunk(b"data", &[0, 0, 0, 0, 0, 0xC0, 0, 0, 0x40]),
    ]
    .concat();
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((chunks.len() as u32 + 4).to_le_bytes());
    bytes.extend(b"WAVE");
    bytes.extend(chunks);
    bytes
}

#[test]
fn a_good_file_is_read() {
    let bytes = file();
    let (wave, findings) = broadcast("a.wav", &bytes);
    assert_eq!(findings, []);
    let wave = wave.unwrap();
    assert_eq!(
        (wave.rate, wave.channels, wave.bits, wave.frames),
        (48_000, 1, 24, 3)
    );
    assert_eq!(wave.markers, [(2, "一".to_string())]);
    let bext = wave.bext.as_ref().unwrap();
    assert_eq!(bext.description, "what");
    assert_eq!(bext.loudness, [Some(-23.0), None, None, None, None]);
    let cart = wave.cart.as_ref().unwrap();
    assert_eq!((cart.title.as_str(), cart.cut.as_str()), ("title", "cut"));
    assert_eq!(cart.timers, [("AUDe".to_string(), 3)]);
    let mut heard = Vec::new();
    let same = wave.samples(&mut |samples| {
        heard.extend_from_slice(samples);
        Ok::<(), ()>(())
    });
    assert_eq!(same, Ok(true));
    assert_eq!(heard, [0.0, -0.5, 0.5]);
}

#[test]
fn a_long_file_tells_its_lengths_first() {
    let short = file();
    let mut bytes = b"RF64\xFF\xFF\xFF\xFFWAVEds64\x1C\0\0\0".to_vec();
    bytes.extend((short.len() as u64 + 28).to_le_bytes());
    bytes.extend(9u64.to_le_bytes());
    bytes.extend(3u64.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend(&short[12..]);
    let length = bytes.len() - 14;
    bytes[length..length + 4].fill(0xFF);
    let (wave, findings) = broadcast("a.wav", &bytes);
    assert_eq!(findings, []);
    assert_eq!(wave.unwrap().frames, 3);
    bytes[36] = 4;
    let (_, findings) = broadcast("a.wav", &bytes);
    assert!(findings[0].message.contains("another number of frames"));
}

#[test]
fn damage_is_found() {
    let good = file();
    let place = |what: &[u8]| good.windows(what.len()).position(|w| w == what).unwrap();
    let (bext, cart) = (place(b"bext") + 8, place(b"cart") + 8);
    let labl = place(b"labl");
    let data = place(b"data\x09");
    for (at, byte, told) in [
        (4, 0, "tells of"),
        (8, b'X', "begins as no RIFF"),
        (place(b"fmt ") + 8, 3, "it has format 3"),
        (place(b"fmt ") + 12, 0x44, "not 48000"),
        (bext + 2, 0xE4, "description is not ASCII"),
        (bext + 200, b'x', "goes on behind its end"),
        (bext + 320, b'x', "no date"),
        (bext + 330, b'x', "no time"),
        (bext + 346, 1, "its version is"),
        (bext + 413, 0x90, "hundredths"),
        (bext + 500, 1, "reserved"),
        (bext + 602 + 13, b' ', "coding history"),
        (cart, b'1', "not 0101"),
        (cart + 4, 0, "it has no title"),
        (cart + 470, b'1', "before it starts"),
        (cart + 688, 4, "behind the last frame"),
        (cart + 1000, 1, "reserved"),
        (place(b"cue ") + 8, 2, "2 markers are told of"),
        (place(b"cue ") + 32, 3, "out of order or behind the end"),
        (labl + 8, 9, "no marker 9"),
        (labl + 12, 0xFF, "is no text"),
        (place(b"INAM") + 9, b'b', "`INAM` is no text"),
        (good.len() - 1, 1, "not made even"),
        (data + 4, 8, "no whole frames"),
        (data + 7, 0x80, "cut short"),
        (data, b'D', "exactly one chunk `data`"),
        (place(b"bext"), b'B', "exactly one chunk `bext`"),
    ] {
        let mut bad = good.clone();
        bad[at] = byte;
        let (_, findings) = broadcast("a.wav", &bad);
        let found = findings.iter().any(|f| f.message.contains(told));
        assert!(found, "{told}: {findings:?}");
    }
    for length in 0..good.len() {
        assert!(
            !broadcast("a.wav", &good[..length]).1.is_empty(),
            "{length}"
        );
    }
}
