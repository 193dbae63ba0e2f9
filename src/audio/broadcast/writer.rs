//! The file itself, written piece by piece.

use std::io::{Seek, SeekFrom, Write};

use super::{About, Format, bext, chunk, cues, info};
use crate::diag::{Result, cannot_write};
use crate::model::{Bits, Channels, Frames, Measures};

/// What a length of 32 bits can tell.
const LIMIT: u64 = u32::MAX as u64;
/// The content of `ds64` (EBU Tech 3306, 4.2): three lengths of 64 bits and the length
/// of a table that is empty; a chunk `JUNK` keeps its place.
const DS64: usize = 28;

/// Where the loudness is to be stated once it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated {
    /// The place in the file, in bytes.
    at: u64,
    /// How many frames were written.
    pub frames: Frames,
}

/// States what a finished file measures.
///
/// # Errors
/// What the disk says.
pub fn state<W: Write + Seek>(file: &mut W, place: Stated, measures: &Measures) -> Result<()> {
    let write = |file: &mut W| {
        file.seek(SeekFrom::Start(place.at))?;
        file.write_all(&bext::loudness(measures))?;
        file.flush()
    };
    write(file).map_err(|e| cannot_write(&e))
}

/// A Broadcast Wave File that is written piece by piece.
pub struct Writer<W: Write + Seek> {
    out: W,
    format: Format,
    /// Where the samples begin.
    data_at: u64,
    /// Where the loudness stands.
    loudness_at: u64,
    /// Bytes of samples.
    data: u64,
    /// What the lengths of a RIFF file can tell.
    limit: u64,
    block: Vec<u8>,
}

impl<W: Write + Seek> Writer<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// What the disk says; texts longer than a file can be.
    pub fn new(out: W, format: Format, about: &About) -> Result<Self> {
        Writer::limited(out, format, about, LIMIT)
    }

    /// Begins a file that becomes RF64 beyond so many bytes.
    fn limited(mut out: W, format: Format, about: &About, limit: u64) -> Result<Self> {
        let (head, loudness_at) = head(format, about)?;
        out.write_all(&head).map_err(|e| cannot_write(&e))?;
        Ok(Writer {
            out,
            format,
            data_at: head.len() as u64,
            loudness_at,
            data: 0,
            limit,
            block: Vec::new(),
        })
    }

    /// Adds samples as whole numbers ([`super::super::dither`]); they go to every
    /// channel.
    ///
    /// # Errors
    /// What the disk says.
    pub fn add(&mut self, samples: &[i32]) -> Result<()> {
        self.block.clear();
        for sample in samples {
            let bytes = sample.to_le_bytes();
            let kept = match self.format.bits {
                Bits::Sixteen => &bytes[..2],
                Bits::TwentyFour => &bytes[..3],
            };
            self.block.extend_from_slice(kept);
            if self.format.channels == Channels::Dual {
                self.block.extend_from_slice(kept);
            }
        }
        self.data += self.block.len() as u64;
        (self.out.write_all(&self.block)).map_err(|e| cannot_write(&e))
    }

    /// Ends the file: its lengths are told now.
    ///
    /// # Errors
    /// What the disk says.
    pub fn finish(mut self) -> Result<Stated> {
        let frames = self.data / u64::from(self.format.frame_bytes());
        self.lengths(frames).map_err(|e| cannot_write(&e))?;
        Ok(Stated {
            at: self.loudness_at,
            frames: Frames(frames),
        })
    }

    fn lengths(&mut self, frames: u64) -> std::io::Result<()> {
        let padding = self.data % 2;
        if padding == 1 {
            self.out.write_all(&[0])?;
        }
        let riff = self.data_at + self.data + padding - 8;
        let (name, short, data) = match riff > self.limit {
            // The true lengths stand in `ds64`.
            true => (b"RF64", u32::MAX, u32::MAX),
            false => (b"RIFF", riff as u32, self.data as u32),
        };
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(name)?;
        self.out.write_all(&short.to_le_bytes())?;
        if riff > self.limit {
            self.out.seek(SeekFrom::Start(12))?;
            self.out.write_all(b"ds64")?;
            self.out.seek(SeekFrom::Start(20))?;
            for length in [riff, self.data, frames] {
                self.out.write_all(&length.to_le_bytes())?;
            }
        }
        self.out.seek(SeekFrom::Start(self.data_at - 4))?;
        self.out.write_all(&data.to_le_bytes())?;
        self.out.flush()
    }
}

/// All before the first sample, the lengths still zero; and where the loudness stands.
fn head(format: Format, about: &About) -> Result<(Vec<u8>, u64)> {
    let mut out = b"RIFF\0\0\0\0WAVE".to_vec();
    chunk::put(b"JUNK", &[0; DS64], &mut out)?;
    let (rate, frame) = (format.rate.0, format.frame_bytes());
    let mut fmt = 1u16.to_le_bytes().to_vec();
    fmt.extend_from_slice(&format.channels.count().to_le_bytes());
    fmt.extend_from_slice(&rate.to_le_bytes());
    fmt.extend_from_slice(&(rate * u32::from(frame)).to_le_bytes());
    fmt.extend_from_slice(&frame.to_le_bytes());
    fmt.extend_from_slice(&format.bits.count().to_le_bytes());
    chunk::put(b"fmt ", &fmt, &mut out)?;
    let loudness_at = (out.len() + 8 + bext::LOUDNESS_AT) as u64;
    chunk::put(b"bext", &about.bext.content(), &mut out)?;
    chunk::put(b"cart", &about.cart.content(), &mut out)?;
    if !about.info.is_empty() {
        chunk::put(b"LIST", &info::content(&about.info)?, &mut out)?;
    }
    if let Some((cue, adtl)) = cues::contents(&about.markers)? {
        chunk::put(b"cue ", &cue, &mut out)?;
        chunk::put(b"LIST", &adtl, &mut out)?;
    }
    if !about.id3.is_empty() {
        chunk::put(b"id3 ", &about.id3, &mut out)?;
    }
    out.extend_from_slice(b"data\0\0\0\0");
    Ok((out, loudness_at))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::model::{Lufs, SampleRate};

    fn format(bits: Bits, channels: Channels) -> Format {
        Format {
            rate: SampleRate(48_000),
            bits,
            channels,
        }
    }

    fn file(format: Format, samples: &[i32], limit: u64) -> (Vec<u8>, Stated) {
        let mut bytes = Cursor::new(Vec::new());
        let mut writer = Writer::limited(&mut bytes, format, &About::default(), limit).unwrap();
        for piece in samples.chunks(3) {
            writer.add(piece).unwrap();
        }
        let stated = writer.finish().unwrap();
        (bytes.into_inner(), stated)
    }

    fn number(bytes: &[u8], at: usize) -> u32 {
        u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
    }

    fn long(bytes: &[u8], at: usize) -> u64 {
        u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())
    }

    #[test]
    fn lengths_are_true_and_even() {
        let (bytes, stated) = file(
            format(Bits::TwentyFour, Channels::Mono),
            &[1, -1, 70_000],
            LIMIT,
        );
        assert_eq!(stated.frames, Frames(3));
        assert_eq!(bytes.len() % 2, 0);
        assert_eq!(&bytes[..4], b"RIFF");
        assert_eq!(number(&bytes, 4) as usize, bytes.len() - 8);
        assert_eq!(&bytes[8..16], b"WAVEJUNK");
        let data = bytes.len() - 10;
        assert_eq!(number(&bytes, data - 4), 9);
        assert_eq!(bytes[data..], [1, 0, 0, 0xFF, 0xFF, 0xFF, 0x70, 0x11, 1, 0]);
    }

    #[test]
    fn both_channels_are_the_same() {
        let (bytes, stated) = file(format(Bits::Sixteen, Channels::Dual), &[1, -2], LIMIT);
        assert_eq!(stated.frames, Frames(2));
        assert_eq!(
            bytes[bytes.len() - 8..],
            [1, 0, 1, 0, 0xFE, 0xFF, 0xFE, 0xFF]
        );
    }

    #[test]
    fn beyond_the_limit_lengths_have_64_bits() {
        let samples = [5; 101];
        let format = format(Bits::TwentyFour, Channels::Mono);
        let (short, _) = file(format, &samples, LIMIT);
        let riff = short.len() as u64 - 8;
        assert_eq!(file(format, &samples, riff).0, short);
        let (bytes, stated) = file(format, &samples, riff - 1);
        assert_eq!(bytes.len(), short.len());
        assert_eq!(&bytes[..20], b"RF64\xFF\xFF\xFF\xFFWAVEds64\x1C\0\0\0");
        assert_eq!(long(&bytes, 20), riff);
        assert_eq!(long(&bytes, 28), 303);
        assert_eq!(long(&bytes, 36), 101);
        assert_eq!(number(&bytes, 44), 0, "no table");
        let data = bytes.len() - 304;
        assert_eq!(number(&bytes, data - 4), u32::MAX);
        assert_eq!(bytes[data..], short[data..]);
        assert_eq!(stated.frames, Frames(101));
    }

    #[test]
    fn the_loudness_is_stated_afterwards() {
        let (bytes, stated) = file(format(Bits::Sixteen, Channels::Mono), &[0; 4], LIMIT);
        let mut told = Cursor::new(bytes.clone());
        let measures = Measures {
            integrated: Some(Lufs(-23.0)),
            ..Measures::default()
        };
        state(&mut told, stated, &measures).unwrap();
        let told = told.into_inner();
        let changed: Vec<usize> = (0..bytes.len()).filter(|i| bytes[*i] != told[*i]).collect();
        let at = bytes.windows(4).position(|w| w == b"bext").unwrap() + 8 + 412;
        assert_eq!(changed, [at, at + 1]);
        assert_eq!(told[at..at + 2], (-2300i16).to_le_bytes());
    }
}
