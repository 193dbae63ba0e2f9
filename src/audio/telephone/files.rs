//! The files that exchanges play.

use audio_codec::Encoder;
use audio_codec::g722::G722Encoder;

use super::super::dither::nearest;
use super::Line;
use super::g711::{alaw, ulaw};
use crate::model::{Codec, Frames, Hotline, Pcm, SampleRate};

/// What a telephone line carries.
pub const NARROW: SampleRate = Hotline::RATE;
/// What a wideband line carries.
pub const WIDE: SampleRate = SampleRate(16_000);

/// The head of a WAVE file that has nothing but a format and samples.
const HEAD: usize = 44;

/// The sample rate of a kind.
pub fn rate(codec: Codec) -> SampleRate {
    if codec.is_wide() { WIDE } else { NARROW }
}

/// How long a file of so many frames at [`NARROW`] is, in bytes.
pub fn bytes_of(codec: Codec, frames: Frames) -> u64 {
    match codec {
        // Two samples of 16 kHz are one byte of G.722.
        Codec::Ulaw | Codec::Alaw | Codec::G722 => frames.0,
        Codec::Wav => HEAD as u64 + 2 * frames.0,
        Codec::Sln16 => 4 * frames.0,
        Codec::Wav16 => HEAD as u64 + 4 * frames.0,
    }
}

/// The bytes of a file; nothing where the line has no wide sound and one is asked
/// for.
pub fn file(codec: Codec, line: &Line) -> Vec<u8> {
    let narrow = &line.narrow;
    match (codec, &line.wide) {
        (Codec::Ulaw, _) => sixteen(narrow).map(ulaw).collect(),
        (Codec::Alaw, _) => sixteen(narrow).map(alaw).collect(),
        (Codec::Wav, _) => wave(narrow),
        (Codec::Sln16, Some(wide)) => sixteen(wide).flat_map(i16::to_le_bytes).collect(),
        (Codec::Wav16, Some(wide)) => wave(wide),
        (Codec::G722, Some(wide)) => g722(wide),
        (Codec::Sln16 | Codec::Wav16 | Codec::G722, None) => Vec::new(),
    }
}

/// What is wrong with the bytes of such a file that has so many frames at
/// [`NARROW`]; `None` when an exchange will play it. A raw file with a RIFF head is
/// noise on the line, a WAVE file of another kind is not played at all.
pub fn wrong(codec: Codec, bytes: &[u8], frames: Frames) -> Option<String> {
    let riff = bytes.starts_with(b"RIFF");
    match codec {
        Codec::Wav | Codec::Wav16 => {
            let length = (bytes.len() as u64).saturating_sub(HEAD as u64);
            let length = u32::try_from(length).unwrap_or(u32::MAX);
            if !riff || !bytes.starts_with(&head(rate(codec), length)) {
                return Some(format!(
                    "it is no WAVE file with a head of {HEAD} bytes, one channel, 16 bits \
                     and {} Hz",
                    rate(codec).0
                ));
            }
        }
        Codec::Ulaw | Codec::Alaw | Codec::Sln16 | Codec::G722 if riff => {
            return Some("it has a RIFF head, which a line plays as noise".into());
        }
        Codec::Ulaw | Codec::Alaw | Codec::Sln16 | Codec::G722 => {}
    }
    let wanted = bytes_of(codec, frames);
    (bytes.len() as u64 != wanted)
        .then(|| format!("it has {} bytes instead of {wanted}", bytes.len()))
}

/// The samples as 16 bits, rounded to the nearest.
fn sixteen(pcm: &Pcm) -> impl Iterator<Item = i16> {
    (pcm.samples.iter()).map(|s| nearest(f64::from(*s) * 32_768.0) as i16)
}

/// The samples in G.722, 64 kbit/s.
fn g722(wide: &Pcm) -> Vec<u8> {
    let samples: Vec<i16> = sixteen(wide).collect();
    G722Encoder::new().encode(&samples)
}

/// A WAVE file with nothing but a format and samples (Multimedia Programming Interface
/// and Data Specifications 1.0, 1991): what Asterisk's reader of `.wav` takes.
fn wave(pcm: &Pcm) -> Vec<u8> {
    let length = u32::try_from(pcm.samples.len() * 2).unwrap_or(u32::MAX);
    let mut bytes = Vec::with_capacity(HEAD + pcm.samples.len() * 2);
    bytes.extend(head(pcm.rate, length));
    bytes.extend(sixteen(pcm).flat_map(i16::to_le_bytes));
    bytes
}

/// The head before `length` bytes of samples.
fn head(rate: SampleRate, length: u32) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD);
    head.extend(b"RIFF");
    head.extend(length.saturating_add(36).to_le_bytes());
    head.extend(b"WAVEfmt ");
    head.extend(16u32.to_le_bytes());
    head.extend(1u16.to_le_bytes());
    head.extend(1u16.to_le_bytes());
    head.extend(rate.0.to_le_bytes());
    head.extend((rate.0 * 2).to_le_bytes());
    head.extend(2u16.to_le_bytes());
    head.extend(16u16.to_le_bytes());
    head.extend(b"data");
    head.extend(length.to_le_bytes());
    head
}

#[cfg(test)]
mod tests {
    use super::super::line;
    use super::*;
    use crate::audio::test_signal::sine;

    #[test]
    fn files_are_as_long_as_said_and_what_is_wrong_is_seen() {
        let line = line(&sine(24_000, 600.0, 0.7, 0.3), true).unwrap();
        let frames = line.narrow.frames();
        for codec in Codec::ALL {
            let bytes = file(codec, &line);
            assert_eq!(bytes.len() as u64, bytes_of(codec, frames), "{codec:?}");
            assert_eq!(wrong(codec, &bytes, frames), None, "{codec:?}");
            assert!(wrong(codec, &bytes[..bytes.len() - 1], frames).is_some());
            for other in Codec::ALL.into_iter().filter(|o| *o != codec) {
                let same_length = bytes_of(other, frames) == bytes_of(codec, frames);
                assert!(
                    wrong(other, &bytes, frames).is_some() || same_length,
                    "{codec:?} as {other:?}"
                );
            }
            assert_eq!(Codec::of(&format!("a/b.{}", codec.ending())), Some(codec));
        }
        assert_eq!(Codec::of("a.mp3"), None);
        let wave = file(Codec::Wav, &line);
        let mut stereo = wave.clone();
        stereo[22] = 2;
        assert!(wrong(Codec::Wav, &stereo, frames).is_some());
        let pcm = hound::WavReader::new(&wave[..]).unwrap();
        assert_eq!(
            (pcm.spec().sample_rate, pcm.len()),
            (8_000, frames.0 as u32)
        );
        let riff = [&wave[..], &[0; 8]].concat();
        let long = Frames(riff.len() as u64);
        assert!(wrong(Codec::Ulaw, &riff, long).unwrap().contains("RIFF"));
    }
}
