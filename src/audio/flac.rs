//! FLAC (RFC 9639), one channel of 16 bits, encoded by the crate `flacenc`: what
//! automation with a library of music wants. The sound is exactly that which goes in,
//! and players know its length to the sample.

use std::io::{Seek, SeekFrom, Write};

use flacenc::bitsink::ByteSink;
use flacenc::component::{BitRepr, StreamInfo};
use flacenc::config::Encoder;
use flacenc::error::{Verified, Verify};
use flacenc::source::{Context, Fill, FrameBuf};

use crate::diag::{Fault, Result, cannot_write};
use crate::model::SampleRate;

/// Samples a frame: what encoders take at 44.1 and 48 kHz as a rule.
const BLOCK: usize = 4096;
/// Bits a sample.
const BITS: usize = 16;
/// Where the content of `STREAMINFO` begins: behind `fLaC` and the head of the block.
const INFO_AT: u64 = 8;
/// The longest content of a metadata block, whose length has 24 bits (RFC 9639, 8.1).
const LONGEST: usize = (1 << 24) - 1;

/// A FLAC file that is written piece by piece.
pub struct Flac<W: Write + Seek> {
    out: W,
    rate: SampleRate,
    config: Verified<Encoder>,
    info: StreamInfo,
    frame: FrameBuf,
    context: Context,
    pending: Vec<i32>,
    frames: usize,
    samples: u64,
    least: usize,
    most: usize,
}

impl<W: Write + Seek> Flac<W> {
    /// Begins a file with a block of Vorbis comments (RFC 9639, 8.6).
    ///
    /// # Errors
    /// What the disk says; comments longer than a block can be.
    pub fn new(mut out: W, rate: SampleRate, comments: &[u8]) -> Result<Self> {
        let mut config = Encoder::default();
        // Linear prediction takes five times as long and saves a hundredth of speech.
        config.subframe_coding.use_lpc = false;
        let config = config.into_verified().map_err(|(_, e)| broken(&e))?;
        let info = StreamInfo::new(rate.0 as usize, 1, BITS).map_err(|e| broken(&e))?;
        if comments.len() > LONGEST {
            return Err(Fault::new(format!(
                "the comments of a FLAC file would have {} bytes, more than it can hold",
                comments.len()
            ))
            .help("please report this as a bug"));
        }
        let mut head = b"fLaC".to_vec();
        // Block 0, STREAMINFO, told when the end is known; block 4, the last.
        head.extend_from_slice(&[0, 0, 0, 34]);
        head.resize(head.len() + 34, 0);
        head.push(0x80 | 4);
        head.extend_from_slice(&(comments.len() as u32).to_be_bytes()[1..]);
        head.extend_from_slice(comments);
        out.write_all(&head).map_err(|e| cannot_write(&e))?;
        Ok(Flac {
            out,
            rate,
            config,
            info,
            frame: FrameBuf::with_size(1, BLOCK).map_err(|e| broken(&e))?,
            context: Context::new(BITS, 1),
            pending: Vec::with_capacity(2 * BLOCK),
            frames: 0,
            samples: 0,
            least: usize::MAX,
            most: 0,
        })
    }

    /// Adds samples, full scale ±32768.
    ///
    /// # Errors
    /// What the disk says.
    pub fn add(&mut self, samples: &[i32]) -> Result<()> {
        self.samples += samples.len() as u64;
        self.pending.extend_from_slice(samples);
        let mut pending = std::mem::take(&mut self.pending);
        let whole = pending.len() / BLOCK * BLOCK;
        for block in pending[..whole].chunks_exact(BLOCK) {
            self.encode(block)?;
        }
        pending.drain(..whole);
        self.pending = pending;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What the disk says.
    pub fn finish(mut self) -> Result<()> {
        let rest = std::mem::take(&mut self.pending);
        if !rest.is_empty() {
            self.frame.resize(rest.len());
            self.encode(&rest)?;
        }
        let info = self.stream_info();
        let mut end = || {
            self.out.seek(SeekFrom::Start(INFO_AT))?;
            self.out.write_all(&info)?;
            self.out.flush()
        };
        end().map_err(|e| cannot_write(&e))
    }

    fn encode(&mut self, block: &[i32]) -> Result<()> {
        (self.frame.fill_interleaved(block)).map_err(|e| broken(&e))?;
        (self.context.fill_interleaved(block)).map_err(|e| broken(&e))?;
        let frame =
            flacenc::encode_fixed_size_frame(&self.config, &self.frame, self.frames, &self.info)
                .map_err(|e| broken(&e))?;
        let mut sink = ByteSink::new();
        frame.write(&mut sink).map_err(|e| broken(&e))?;
        let bytes = sink.as_slice();
        self.frames += 1;
        self.least = self.least.min(bytes.len());
        self.most = self.most.max(bytes.len());
        self.out.write_all(bytes).map_err(|e| cannot_write(&e))
    }

    /// The content of `STREAMINFO` (RFC 9639, 8.2).
    fn stream_info(&self) -> Vec<u8> {
        let mut info = Vec::with_capacity(34);
        for size in [BLOCK, BLOCK] {
            info.extend_from_slice(&(size as u16).to_be_bytes());
        }
        for size in [self.least.min(self.most), self.most] {
            info.extend_from_slice(&(size as u32).to_be_bytes()[1..]);
        }
        // 20 bits of the rate, 3 of the channels less one, 5 of the bits less one, 36 of
        // the samples.
        let packed = u64::from(self.rate.0) << 44 | (BITS as u64 - 1) << 36 | self.samples;
        info.extend_from_slice(&packed.to_be_bytes());
        info.extend_from_slice(&self.context.md5_digest());
        info
    }
}

fn broken(e: &dyn std::fmt::Debug) -> Fault {
    Fault::new(format!("the sound cannot be encoded as FLAC: {e:?}"))
        .help("please report this as a bug")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::audio::decode;
    use crate::audio::test_signal::sine;

    #[test]
    fn what_is_decoded_is_what_went_in() {
        let pcm = sine(48_000, 440.0, 0.25, 0.5);
        let samples: Vec<i32> = pcm.samples.iter().map(|s| (s * 32_768.0) as i32).collect();
        let mut file = Cursor::new(Vec::new());
        // No name of who wrote them, one comment.
        let comments = b"\0\0\0\0\x01\0\0\0\x09\0\0\0TITLE=abc";
        let mut flac = Flac::new(&mut file, pcm.rate, comments).unwrap();
        for piece in samples.chunks(1000) {
            flac.add(piece).unwrap();
        }
        flac.finish().unwrap();
        let bytes = file.into_inner();
        assert!(bytes.len() < samples.len());
        let mut heard = Vec::new();
        decode::blocks("a.flac", &bytes, &mut |block, rate| {
            assert_eq!(rate, pcm.rate);
            heard.extend(block.iter().map(|s| (s * 32_768.0) as i32));
            Ok(())
        })
        .unwrap();
        assert_eq!(heard, samples);
        assert!(bytes.windows(9).any(|w| w == b"TITLE=abc"));
    }
}
