//! MP3 files frame by frame (ISO/IEC 11172-3 and 13818-3, layer III): how long they
//! are, and whether they are whole.

/// Bits a second by index, layer III (11172-3, 2.4.2.3; 13818-3, 2.4.2.3).
const RATES_1: [u32; 15] = [
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
];
const RATES_2: [u32; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
/// Frames a second by index.
const FREQUENCIES: [u32; 3] = [44_100, 48_000, 32_000];

/// What an MP3 file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// Frames a second.
    pub rate: u32,
    /// Frames of sound in all, without what LAME's tag tells to leave out.
    pub frames: u64,
    /// The same with everything that is there.
    pub whole: u64,
}

impl Length {
    /// How long its sound is, in milliseconds.
    pub fn milliseconds(self) -> u64 {
        self.frames * 1000 / u64::from(self.rate.max(1))
    }
}

/// Reads a file of MP3 frames behind an ID3 tag or none.
///
/// # Errors
/// Where something is that is no frame, or a frame that is cut short.
pub fn length(bytes: &[u8]) -> Result<Length, String> {
    let mut at = id3_length(bytes);
    let mut found: Option<Length> = None;
    let mut left_out = 0;
    while at < bytes.len() {
        let frame = bytes.get(at..at + 4).and_then(header);
        let Some(frame) = frame else {
            return Err(format!("byte {at} begins no MP3 frame"));
        };
        let Some(data) = bytes.get(at..at + frame.bytes) else {
            return Err(format!("the MP3 frame at byte {at} is cut short"));
        };
        at += frame.bytes;
        match &mut found {
            None => {
                let info = info(data, &frame);
                left_out = info.unwrap_or(0);
                found = Some(Length {
                    rate: frame.rate,
                    frames: 0,
                    whole: if info.is_some() { 0 } else { frame.samples },
                });
            }
            Some(length) if length.rate == frame.rate => length.whole += frame.samples,
            Some(length) => {
                return Err(format!(
                    "the rate changes from {} to {} Hz on the way",
                    length.rate, frame.rate
                ));
            }
        }
    }
    let mut length = found.ok_or("there is no sound in it")?;
    length.frames = length.whole.saturating_sub(left_out);
    Ok(length)
}

/// How long the ID3v2 tag at the beginning is; 0 without one (ID3v2.3, 3.1).
pub fn id3_length(bytes: &[u8]) -> usize {
    match bytes {
        [b'I', b'D', b'3', _, _, _, a, b, c, d, ..] => {
            10 + [a, b, c, d]
                .iter()
                .fold(0, |n, x| n << 7 | usize::from(**x & 0x7F))
        }
        _ => 0,
    }
}

struct Frame {
    bytes: usize,
    rate: u32,
    samples: u64,
    /// Where the side information ends.
    data: usize,
}

fn header(head: &[u8]) -> Option<Frame> {
    let [a, b, c, d] = head else { return None };
    // Sync, and layer III.
    if *a != 0xFF || b & 0xE0 != 0xE0 || b >> 1 & 3 != 1 {
        return None;
    }
    let (first, halved) = match b >> 3 & 3 {
        3 => (true, 0),
        2 => (false, 1),
        0 => (false, 2),
        _ => return None,
    };
    let rates = if first { RATES_1 } else { RATES_2 };
    let bits = *rates.get(usize::from(c >> 4))? * 1000;
    let rate = FREQUENCIES.get(usize::from(c >> 2 & 3))? >> halved;
    let mono = d >> 6 == 3;
    let samples = if first { 1152 } else { 576 };
    let side = match (first, mono) {
        (true, false) => 32,
        (true, true) | (false, false) => 17,
        (false, true) => 9,
    };
    (bits > 0).then(|| Frame {
        bytes: (samples / 8 * bits / rate + u32::from(c >> 1 & 1)) as usize,
        rate,
        samples: u64::from(samples),
        data: 4 + side,
    })
}

/// What a frame with a tag of LAME's tells to leave out: the encoder's delay and the
/// padding, with the decoder's own delay, which is left out at the beginning and is
/// missing at the end. `None` when the frame is sound.
fn info(data: &[u8], frame: &Frame) -> Option<u64> {
    let tag = data.get(frame.data..)?;
    if !tag.starts_with(b"Info") && !tag.starts_with(b"Xing") {
        return None;
    }
    // Behind the tag's four fields of 4, 4, 100 and 4 bytes and LAME's first 21 stand
    // 12 bits of delay and 12 of padding.
    match tag.get(8 + 112 + 21..8 + 112 + 24) {
        Some([a, b, c]) => {
            let delay = u64::from(*a) << 4 | u64::from(b >> 4);
            let padding = u64::from(b & 15) << 8 | u64::from(*c);
            Some(delay + padding)
        }
        _ => Some(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame of MPEG-2 layer III, 64 kbit/s, 24 kHz, mono.
    fn frame() -> Vec<u8> {
        let mut frame = vec![0; 192];
        frame[..4].copy_from_slice(&[0xFF, 0xF3, 0x84, 0xC4]);
        frame
    }

    #[test]
    fn frames_are_counted() {
        let three = [frame(), frame(), frame()].concat();
        let whole = length(&three).unwrap();
        assert_eq!((whole.rate, whole.frames), (24_000, 3 * 576));
        assert_eq!(whole.milliseconds(), 72);
        let tagged = [&b"ID3\x03\0\0\0\0\0\x02ab"[..], &three].concat();
        assert_eq!(length(&tagged), Ok(whole));
        assert!(length(&three[..500]).unwrap_err().contains("cut short"));
        assert!(length(&three[1..]).unwrap_err().contains("byte 0"));
        assert!(length(&[]).is_err());
    }

    #[test]
    fn what_lame_left_a_note_of_is_not_sound() {
        let mut first = frame();
        first[13..17].copy_from_slice(b"Info");
        let at = 13 + 8 + 112 + 21;
        first[at..at + 3].copy_from_slice(&[0x24, 0x03, 0x00]);
        let file = [first, frame(), frame(), frame()].concat();
        let length = length(&file).unwrap();
        assert_eq!(length.whole, 3 * 576);
        assert_eq!(length.frames, 3 * 576 - 576 - 768);
    }
}
