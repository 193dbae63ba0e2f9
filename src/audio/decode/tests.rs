use std::io::Cursor;

use proptest::prelude::*;

use super::*;
use crate::audio::test_signal::{frequency, rms, sine};
use crate::audio::wav;
use crate::diag::Severity;

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/fixtures/audio/", $name)).as_slice()
    };
}

const FLAC: &[u8] = fixture!("tone.flac");
const MP3: &[u8] = fixture!("tone.mp3");
const MP3_BARE: &[u8] = fixture!("tone-noheader.mp3");
const MP3_VBR: &[u8] = fixture!("vbr-noheader.mp3");
const OGG: &[u8] = fixture!("tone.ogg");
const OGG_STEREO: &[u8] = fixture!("tone-stereo.ogg");
const M4A: &[u8] = fixture!("tone.m4a");
const ALAC: &[u8] = fixture!("tone-alac.m4a");
const ADTS: &[u8] = fixture!("tone.aac");
const OPUS: &[u8] = fixture!("tone.opus");

fn wav_file(pcm: &Pcm) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    wav::write(pcm, &mut file).unwrap();
    file.into_inner()
}

/// The middle third, away from edges and encoder delay.
fn middle(pcm: &Pcm) -> Pcm {
    let n = pcm.samples.len();
    Pcm {
        rate: pcm.rate,
        samples: pcm.samples[n / 3..2 * n / 3].to_vec(),
    }
}

/// Decodes a 440 Hz tone of amplitude 1/8 and checks what it is; gives its
/// length in frames.
fn tone(name: &str, bytes: &[u8], rate: u32) -> usize {
    let got = decode(name, bytes).unwrap();
    assert_eq!(got.notes, [], "{name}");
    let pcm = got.value;
    assert_eq!(pcm.rate, SampleRate(rate), "{name}");
    assert!((frequency(&middle(&pcm)) - 440.0).abs() < 1.0, "{name}");
    let level = rms(&middle(&pcm).samples) * std::f64::consts::SQRT_2;
    assert!((level - 0.125).abs() < 0.008, "{name}: {level}");
    pcm.samples.len()
}

#[test]
fn lossless_files_give_every_sample() {
    let pcm = sine(44_100, 440.0, 0.3, 0.125);
    assert_eq!(tone("tone.wav", &wav_file(&pcm), 44_100), 13_230);
    assert_eq!(tone("tone.flac", FLAC, 44_100), 13_230);
    assert_eq!(tone("tone-alac.m4a", ALAC, 44_100), 13_230);
}

#[test]
fn delay_and_padding_are_taken_off_where_they_are_known() {
    assert_eq!(tone("tone.mp3", MP3, 44_100), 13_230);
    assert_eq!(tone("tone.ogg", OGG, 44_100), 13_230);
    assert_eq!(tone("tone-stereo.ogg", OGG_STEREO, 22_050), 6615);
}

#[test]
fn voice_notes_of_phones_are_read() {
    assert_eq!(tone("tone.opus", OPUS, 24_000), 7_200);
    let mut long = Vec::new();
    let mut opus = opus::Opus::new(&mut long, &[0; 8]).unwrap();
    opus.add(&sine(24_000, 440.0, 3.5, 0.125).samples).unwrap();
    opus.finish().unwrap();
    let cut = decode("cut.opus", &long[..long.len() - 10]).unwrap();
    assert_eq!(cut.notes.len(), 1);
    let message = &cut.notes[0].message;
    assert_eq!(message, "the recording `cut.opus` breaks off after 2.99 s");
}

#[test]
fn other_codecs_keep_their_delay() {
    for (name, bytes) in [
        ("tone.m4a", M4A),
        ("tone.aac", ADTS),
        ("bare.mp3", MP3_BARE),
    ] {
        let frames = tone(name, bytes, 44_100);
        assert!(
            (13_230..13_230 + 3 * 1152).contains(&frames),
            "{name}: {frames}"
        );
    }
}

#[test]
fn an_mp3_without_header_is_not_cut_where_its_end_is_guessed() {
    let got = decode("vbr.mp3", MP3_VBR).unwrap();
    assert_eq!(got.notes, []);
    assert!(got.value.seconds() >= 2.0, "{}", got.value.seconds());
    let n = got.value.samples.len();
    let tail = Pcm {
        rate: got.value.rate,
        samples: got.value.samples[n - 8000..n - 3000].to_vec(),
    };
    assert!((frequency(&tail) - 440.0).abs() < 1.0);
}

#[test]
fn two_mp3_files_end_to_end_are_both_heard() {
    let got = decode("two.mp3", &[MP3, MP3].concat()).unwrap();
    assert!(got.value.samples.len() > 2 * 13_230);
    assert_eq!(got.notes.len(), 1);
    assert!(
        got.notes[0].message.contains("goes on for"),
        "{}",
        got.notes[0].message
    );
}

#[test]
fn decoding_to_another_rate_is_decoding_and_then_resampling() {
    for bytes in [FLAC, MP3, OGG, M4A] {
        let own = decode("x", bytes).unwrap().value;
        let apart = crate::audio::resample::resample(&own, SampleRate::MASTER).unwrap();
        let at_once = decode_at("x", bytes, SampleRate::MASTER).unwrap().value;
        assert_eq!(at_once, apart);
    }
}

#[test]
fn stereo_24_bit_float_and_8_bit_wav_are_read() {
    for (bits, format) in [
        (8, hound::SampleFormat::Int),
        (24, hound::SampleFormat::Int),
        (32, hound::SampleFormat::Float),
    ] {
        let spec = hound::WavSpec {
            channels: 2,
            sample_rate: 48_000,
            bits_per_sample: bits,
            sample_format: format,
        };
        let mut file = Cursor::new(Vec::new());
        let mut out = hound::WavWriter::new(&mut file, spec).unwrap();
        for s in sine(48_000, 440.0, 0.3, 0.25).samples {
            for x in [s, 0.0] {
                if format == hound::SampleFormat::Float {
                    out.write_sample(x).unwrap();
                } else {
                    let full = f32::from(2u8).powi(i32::from(bits) - 1);
                    out.write_sample((x * full) as i32).unwrap();
                }
            }
        }
        out.finalize().unwrap();
        assert_eq!(tone("stereo.wav", &file.into_inner(), 48_000), 14_400);
    }
}

#[test]
fn what_cannot_be_used_is_a_fault_that_says_why() {
    let said = |name: &str, bytes: &[u8]| decode(name, bytes).unwrap_err().to_string();
    assert_eq!(
        said("a.mp3", b""),
        "error: the recording `a.mp3` is empty: 0 bytes\n  --> a.mp3\n  \
         help: put the recording there again, or take `audio` out of the article"
    );
    let help = "help: WAV, FLAC, MP3, Ogg (Opus or Vorbis), M4A (AAC-LC or ALAC) and AIFF files are read; \
                others can be converted, for example with \
                `ffmpeg -i RECORDING recording.flac`";
    assert_eq!(
        said("notes.txt", "今天没有录音。".repeat(40).as_bytes()),
        format!(
            "error: the recording `notes.txt` cannot be decoded: it is in no format that is read \
             (symphonia: unsupported feature: core (probe): no suitable format reader found)\n  \
             --> notes.txt\n  {help}"
        )
    );
    assert_eq!(
        said("a.opus", &OPUS[..60]),
        format!(
            "error: the recording `a.opus` cannot be decoded: the file is damaged: \
             the tags behind its head are missing\n  --> a.opus\n  {help}"
        )
    );
    let silent = wav_file(&sine(24_000, 440.0, 0.0, 0.5));
    assert_eq!(
        said("nothing.wav", &silent),
        format!(
            "error: the recording `nothing.wav` cannot be decoded: there is no sound in it\n  \
             --> nothing.wav\n  {help}"
        )
    );
    let malformed = said("cut.flac", &FLAC[..30]);
    assert!(malformed.contains("the file is damaged"), "{malformed}");
}

#[test]
fn a_recording_cut_short_is_never_silent() {
    let long = wav_file(&sine(24_000, 440.0, 2.0, 0.125));
    let cases = [
        ("long.wav", &long[..long.len() / 2]),
        ("tone.flac", &FLAC[..FLAC.len() * 2 / 3]),
        ("tone.ogg", &OGG[..OGG.len() - 40]),
        ("tone.mp3", &MP3[..MP3.len() / 2]),
        ("tone.m4a", &M4A[..M4A.len() / 2]),
    ];
    for (name, bytes) in cases {
        match decode(name, bytes) {
            Ok(got) => assert!(!got.notes.is_empty(), "{name} was cut in silence"),
            Err(fault) => assert!(fault.message.contains(name)),
        }
    }
    let got = decode("long.wav", &long[..long.len() / 2]).unwrap();
    assert_eq!(got.notes[0].severity, Severity::Omission);
    assert!(
        got.notes[0]
            .message
            .starts_with("the recording `long.wav` ends early: 1.00 s of 2.00 s are there"),
        "{}",
        got.notes[0].message
    );
}

#[test]
fn damage_in_the_middle_is_counted() {
    let mut bytes = FLAC.to_vec();
    let at = bytes.len() / 2;
    bytes[at..at + 8].fill(0x55);
    match decode("tone.flac", &bytes) {
        Ok(got) => assert!(!got.notes.is_empty()),
        Err(fault) => assert!(fault.message.contains("damaged"), "{fault}"),
    }
}

#[test]
fn a_recording_of_hours_is_refused() {
    // A header that claims 4 kHz makes an hour of 14.4 million samples.
    let pcm = Pcm {
        rate: SampleRate(4000),
        samples: vec![0.0; 4000 * 3600 + 4000],
    };
    let fault = decode("day.wav", &wav_file(&pcm)).unwrap_err();
    assert!(
        fault.message.ends_with("it is longer than 60 minutes"),
        "{fault}"
    );
    assert!(decode_at("x.wav", &wav_file(&pcm)[..4000], SampleRate::MASTER).is_ok());
}

/// Every kind of file, for mutation.
fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let wav = wav_file(&sine(8_000, 440.0, 0.2, 0.5));
    prop::sample::select(vec![
        wav,
        FLAC.to_vec(),
        MP3.to_vec(),
        MP3_BARE.to_vec(),
        OGG.to_vec(),
        M4A.to_vec(),
        ALAC.to_vec(),
        ADTS.to_vec(),
        OPUS.to_vec(),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn damaged_files_give_messages_and_no_panic(
        file in any_file(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..24),
        in_head in any::<bool>(),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut file = file;
        let reach = if in_head { file.len().min(256) } else { file.len() };
        for (at, value) in changes {
            let at = at.index(reach);
            file[at] = value;
        }
        if let Some(cut) = cut {
            let n = cut.index(file.len());
            file.truncate(n);
        }
        match decode("any.bin", &file) {
            Ok(got) => prop_assert!(!got.value.samples.is_empty()),
            Err(fault) => prop_assert!(fault.message.contains("any.bin")),
        }
    }

    #[test]
    fn noise_is_no_recording(bytes in prop::collection::vec(any::<u8>(), 0..4000)) {
        let _ = decode("noise", &bytes);
    }
}

/// How many damaged files are tried: few in every run, more when
/// `PROPTEST_CASES` asks.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(256)
}
