//! MP3 (ISO/IEC 13818-3, layer III at 24 kHz), encoded by LAME.
//!
//! The files are laid out so that every decoder puts the sound where the index says,
//! at once and after a leap: constant bit rate, every frame by itself (no bit reservoir)
//! and 192 bytes long, no tag frame, and no encoder's delay. Files with LAME's tag are
//! played right from their beginning by decoders that know it, but browsers come 20 to
//! 46 ms late after a leap, and players of talking books know no such tag.

#[cfg(feature = "mp3")]
mod lame;
#[cfg(not(feature = "mp3"))]
mod without;

#[cfg(feature = "mp3")]
pub use lame::Mp3;
#[cfg(not(feature = "mp3"))]
pub use without::Mp3;

use crate::model::SampleRate;

/// Frames of sound in one MP3 frame at 24 kHz (ISO/IEC 13818-3, 2.4.2.3: one granule).
pub const FRAMES_EACH: u64 = 576;

/// So many frames come out of encoder and decoder before the sound: 576 of the encoder
/// and 529 of the decoder (LAME's technical FAQ).
#[cfg(feature = "mp3")]
const DELAY: u64 = 576 + 529;

/// A file is longer than its sound by fewer frames of sound than this: what remains of
/// the last MP3 frame, and the encoder's last ones.
pub const LONGER: u64 = 4 * FRAMES_EACH;

/// Bits a second of the delivered files.
pub const BIT_RATE: u32 = 64_000;

/// Bytes of one MP3 frame (ISO/IEC 13818-3, 2.4.3.1: 72 × bit rate / sampling
/// frequency; a whole number here, so that no frame is padded).
pub const FRAME_BYTES: u64 = (72 * BIT_RATE / SampleRate::MASTER.0) as u64;

#[cfg(feature = "mp3")]
#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::audio::decode::decode;
    use crate::audio::test_signal::{frequency, sine};
    use crate::model::Pcm;

    fn encoded(pcm: &Pcm) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let mut mp3 = Mp3::new(&mut file).unwrap();
        for part in pcm.samples.chunks(10_007) {
            mp3.add(part).unwrap();
        }
        let bytes = mp3.finish().unwrap();
        assert_eq!(bytes, file.get_ref().len() as u64);
        file.into_inner()
    }

    #[test]
    fn the_sound_is_in_its_place_and_whole() {
        for n in [79_200, 79_201, 80_000, 80_064] {
            let mut tone = sine(24_000, 440.0, f64::from(n) / 24_000.0, 0.3);
            tone.samples[..24_000].fill(0.0);
            let bytes = encoded(&tone);
            assert_eq!(bytes.len() as u64 % FRAME_BYTES, 0);
            let frames = bytes.len() as u64 / FRAME_BYTES * FRAMES_EACH;
            assert!(
                (n as u64..n as u64 + LONGER).contains(&frames),
                "{n}: {frames}"
            );
            let back = decode("a.mp3", &bytes).unwrap();
            assert!(back.notes.is_empty(), "{:?}", back.notes);
            let back = back.value;
            assert_eq!(back.samples.len() as u64, frames);
            let onset = back.samples.iter().position(|s| s.abs() > 0.1).unwrap();
            assert!(onset.abs_diff(24_000) < 60, "{onset}");
            let middle = Pcm {
                rate: back.rate,
                samples: back.samples[30_000..70_000].to_vec(),
            };
            assert!((frequency(&middle) - 440.0).abs() < 0.5);
            assert_eq!(encoded(&tone), bytes);
        }
    }

    #[test]
    fn every_frame_stands_by_itself() {
        let tone = sine(24_000, 440.0, 2.0, 0.3);
        let bytes = encoded(&tone);
        for frame in bytes.chunks(FRAME_BYTES as usize) {
            // Sync, layer III, no checksum; then 8 bits of main_data_begin, all 0.
            assert_eq!(frame[..2], [0xFF, 0xF3]);
            assert_eq!(frame[4], 0, "a frame that needs the one before");
        }
    }

    #[test]
    fn short_sounds_are_files() {
        for n in [6_000, 6_001] {
            let pcm = sine(24_000, 440.0, f64::from(n) / 24_000.0, 0.3);
            let back = decode("a.mp3", &encoded(&pcm)).unwrap();
            assert!(back.value.samples.len() >= n as usize);
        }
        assert!(encoded(&sine(24_000, 440.0, 0.0, 0.3)).len() < 4 * FRAME_BYTES as usize);
    }
}
