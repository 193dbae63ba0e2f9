//! MP3 (ISO/IEC 13818-3, layer III at 24 kHz), encoded by LAME.
//!
//! Constant bit rate: at 64 kbit/s and 24 kHz every frame is 192 bytes long, which
//! players that seek by arithmetic rely on. The first frame carries no sound but
//! LAME's "Info" tag with the encoder's delay and the padding at the end, so that
//! decoders that know it (browsers', FFmpeg's, Android's) give back exactly the
//! frames that went in, and the sound stands where the index says.

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

/// What decoders put before the sound where they do not know LAME's tag: the
/// encoder's 576 frames and the decoder's 529 (LAME's technical FAQ).
pub const DELAY: u64 = 576 + 529;

/// Bits a second of the delivered files.
pub const BIT_RATE: u32 = 64_000;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Bytes of the whole file.
    pub bytes: u64,
    /// Of these the first so many are the frame with LAME's tag.
    pub info: u64,
}

impl Written {
    /// How many frames of sound its MP3 frames hold, delay and padding among them.
    pub fn frames(self) -> u64 {
        let frame = frame_bytes();
        (self.bytes - self.info) / frame * FRAMES_EACH
    }
}

/// Bytes of one MP3 frame (ISO/IEC 13818-3, 2.4.3.1: 72 × bit rate / sampling
/// frequency; a whole number here, so that no frame is padded).
fn frame_bytes() -> u64 {
    u64::from(72 * BIT_RATE / SampleRate::MASTER.0)
}

#[cfg(all(test, feature = "mp3"))]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::audio::decode::decode;
    use crate::audio::test_signal::{frequency, sine};
    use crate::model::Pcm;

    fn encoded(pcm: &Pcm) -> (Vec<u8>, Written) {
        let mut file = Cursor::new(Vec::new());
        let mut mp3 = Mp3::new(&mut file).unwrap();
        for part in pcm.samples.chunks(10_007) {
            mp3.add(part).unwrap();
        }
        let written = mp3.finish().unwrap();
        (file.into_inner(), written)
    }

    #[test]
    fn every_frame_comes_back_in_its_place() {
        let mut tone = sine(24_000, 440.0, 3.3, 0.3);
        tone.samples[..24_000].fill(0.0);
        let (bytes, written) = encoded(&tone);
        assert_eq!(bytes.len() as u64, written.bytes);
        assert_eq!(written.info, 192);
        assert_eq!(bytes.len() % 192, 0);
        assert!(bytes[..192].windows(4).any(|w| w == b"Info"));
        let back = decode("a.mp3", &bytes).unwrap();
        assert!(back.notes.is_empty(), "{:?}", back.notes);
        let back = back.value;
        assert_eq!(back.samples.len(), tone.samples.len());
        assert!(
            (frequency(&Pcm {
                rate: back.rate,
                samples: back.samples[30_000..].to_vec()
            }) - 440.0)
                .abs()
                < 0.5
        );
        let onset = back.samples.iter().position(|s| s.abs() > 0.1).unwrap();
        assert!(onset.abs_diff(24_000) < 60, "{onset}");
        assert!(written.frames() >= tone.samples.len() as u64 + DELAY - 529);
        assert_eq!(encoded(&tone), (bytes, written));
    }

    #[test]
    fn padding_of_any_length_is_taken_off_again() {
        // Lengths around whole frames: at some of them a last frame is all padding.
        for n in (4_000..5_200).step_by(37) {
            let pcm = sine(24_000, 440.0, f64::from(n) / 24_000.0, 0.3);
            let (bytes, _) = encoded(&pcm);
            let back = decode("a.mp3", &bytes).unwrap();
            assert_eq!(back.value.samples.len(), n as usize);
            assert!(back.notes.is_empty(), "{:?}", back.notes);
        }
    }

    #[test]
    fn the_shortest_sounds_are_files() {
        for n in [0u32, 1, 600] {
            let pcm = sine(24_000, 440.0, f64::from(n) / 24_000.0, 0.3);
            let (bytes, written) = encoded(&pcm);
            assert_eq!(bytes.len() as u64, written.bytes);
            let back = decode("a.mp3", &bytes).map(|d| d.value.samples.len());
            assert!(n == 0 || back.unwrap() >= n as usize);
        }
    }
}
