//! MP3 (ISO/IEC 13818-3, layer III at 24 kHz), encoded by LAME.
//!
//! Constant bit rate: at 64 kbit/s and 24 kHz every frame is 192 bytes long, which
//! players that seek by arithmetic rely on. The first frame carries no sound but
//! LAME's "Info" tag with the encoder's delay and the padding at the end, so that
//! decoders that know it (browsers', FFmpeg's, Android's) give back exactly the
//! frames that went in, and the sound stands where the index says.

use std::io::{Seek, SeekFrom, Write};

use mp3lame_encoder::{Bitrate, Builder, Encoder, FlushGap, Mode, MonoPcm, Quality};

use crate::diag::{Fault, Result, cannot_write};
use crate::model::SampleRate;

/// Frames of sound in one MP3 frame at 24 kHz (ISO/IEC 13818-3, 2.4.2.3: one granule).
pub const FRAMES_EACH: u64 = 576;

/// What decoders put before the sound where they do not know LAME's tag: the
/// encoder's 576 frames and the decoder's 529 (LAME's technical FAQ).
pub const DELAY: u64 = 576 + 529;

/// Samples handed to the encoder at once.
const BLOCK: usize = 16 * 1024;

/// LAME takes everything down by 0.45 dB at this bit rate, against clipping in decoders
/// (`abr_switch_map` of its presets.c). The loudness and the peaks are set already, so
/// that is undone beforehand.
const LAME_SCALE: f32 = 0.95;

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

/// An MP3 file that is written piece by piece.
pub struct Mp3<W: Write + Seek> {
    encoder: Encoder,
    out: W,
    block: Vec<f32>,
    bytes: Vec<u8>,
    written: u64,
}

impl<W: Write + Seek> Mp3<W> {
    /// Begins a file at the masters' rate, one channel.
    ///
    /// # Errors
    /// When LAME cannot be set up: there is no memory.
    pub fn new(out: W) -> Result<Self> {
        let cannot = |why: &dyn std::fmt::Display| {
            Fault::new(format!("cannot begin an MP3 file: {why}"))
                .help("please report this as a bug")
        };
        let mut builder = Builder::new().ok_or_else(|| cannot(&"no memory"))?;
        let set = (builder.set_sample_rate(SampleRate::MASTER.0))
            .and_then(|()| builder.set_num_channels(1))
            .and_then(|()| builder.set_mode(Mode::Mono))
            .and_then(|()| builder.set_brate(Bitrate::Kbps64))
            .and_then(|()| builder.set_quality(Quality::VeryNice))
            .and_then(|()| builder.set_to_write_vbr_tag(true));
        set.map_err(|e| cannot(&e))?;
        let encoder = builder.build().map_err(|e| cannot(&e))?;
        Ok(Mp3 {
            encoder,
            out,
            block: Vec::new(),
            bytes: Vec::new(),
            written: 0,
        })
    }

    /// Adds samples, full scale ±1.
    ///
    /// # Errors
    /// What the disk says.
    pub fn add(&mut self, samples: &[f32]) -> Result<()> {
        for block in samples.chunks(BLOCK) {
            self.room(block.len());
            self.block.clear();
            self.block.extend(block.iter().map(|s| s / LAME_SCALE));
            (self
                .encoder
                .encode_to_vec(MonoPcm(&self.block), &mut self.bytes))
            .map_err(|e| broken(&e))?;
            self.write()?;
        }
        Ok(())
    }

    /// Ends the file and puts LAME's tag into its first frame.
    ///
    /// # Errors
    /// What the disk says.
    pub fn finish(mut self) -> Result<Written> {
        self.room(0);
        (self.encoder.flush_to_vec::<FlushGap>(&mut self.bytes)).map_err(|e| broken(&e))?;
        self.write()?;
        self.bytes.reserve(self.encoder.lame_tag_size());
        let info = (self.encoder.lame_tag_encode_to_vec(&mut self.bytes))
            .ok_or_else(|| broken(&"it gives no tag"))?;
        let place = |e| cannot_write(&e);
        self.out.seek(SeekFrom::Start(0)).map_err(place)?;
        self.out.write_all(&self.bytes).map_err(place)?;
        self.out.seek(SeekFrom::End(0)).map_err(place)?;
        self.out.flush().map_err(place)?;
        Ok(Written {
            bytes: self.written,
            info: info.get() as u64,
        })
    }

    /// Room for what LAME makes of so many samples: 1.25 times as many bytes and
    /// 7200 more (lame.h, `lame_encode_buffer`).
    fn room(&mut self, samples: usize) {
        self.bytes.reserve(samples + samples / 4 + 7200);
    }

    fn write(&mut self) -> Result<()> {
        self.out
            .write_all(&self.bytes)
            .map_err(|e| cannot_write(&e))?;
        self.written += self.bytes.len() as u64;
        self.bytes.clear();
        Ok(())
    }
}

fn broken(e: &dyn std::fmt::Display) -> Fault {
    Fault::new(format!("LAME cannot encode the sound: {e}")).help("please report this as a bug")
}

#[cfg(test)]
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
