//! Chapter masters: WAV, 16-bit PCM, one channel, written by hound.

use std::io::{Read, Seek, Write};
use std::ops::Range;

use crate::diag::{Fault, Result, cannot_write};
use crate::model::{Frames, Pcm, SampleRate};

/// Samples handed to the writer at once.
const BLOCK: usize = 16 * 1024;

/// Full scale of 16 bits. A decoded 16-bit sample is a whole multiple of
/// 1/32768, so that what came from 16 bits goes back to the same 16 bits.
pub const SCALE: f32 = 32_768.0;

/// Writes the sound as a WAV file: every sample rounded to the nearest of
/// 65,536 steps; beyond full scale it stays at full scale. Gives the number
/// of samples that were beyond (or no number at all: those become silence).
///
/// # Errors
/// A sound whose file would pass 4 GiB, which a WAV header cannot say; and
/// what the writer says, a full disk for instance.
pub fn write<W: Write + Seek>(pcm: &Pcm, out: W) -> Result<u64> {
    check_length(pcm.frames())?;
    let mut master = Master::new(out, pcm.rate)?;
    master.add(&pcm.samples)?;
    master.finish()
}

/// Reads a master block by block.
///
/// # Errors
/// A file that is no master (16-bit PCM, one channel, the given rate), one that ends
/// before its header says, and what the sink says.
pub fn read(
    input: impl Read,
    rate: SampleRate,
    sink: &mut dyn FnMut(&[f32]) -> Result<()>,
) -> Result<()> {
    // Hound has read the head and stands at the first sample; asking it for samples one
    // by one takes five times as long as reading them.
    let wav = opened(input, rate)?;
    let mut left = wav.duration() as usize;
    let mut input = wav.into_inner();
    let mut bytes = vec![0; 2 * BLOCK];
    let mut block = Vec::with_capacity(BLOCK);
    while left > 0 {
        let bytes = &mut bytes[..2 * left.min(BLOCK)];
        (input.read_exact(bytes)).map_err(|e| again(e.to_string()))?;
        let (samples, _) = bytes.as_chunks();
        block.clear();
        block.extend((samples.iter()).map(|s| f32::from(i16::from_le_bytes(*s)) / SCALE));
        sink(&block)?;
        left -= block.len();
    }
    Ok(())
}

/// Reads a part of a master.
///
/// # Errors
/// As [`read`]; a part that goes beyond the end.
pub fn part(input: impl Read + Seek, rate: SampleRate, frames: Range<Frames>) -> Result<Pcm> {
    let mut wav = opened(input, rate)?;
    let (start, end) = (frames.start.0, frames.end.0);
    if start > end || end > u64::from(wav.duration()) {
        return Err(again(format!(
            "frames {start} to {end} were asked for, it has {}",
            wav.duration()
        )));
    }
    wav.seek(start as u32).map_err(|e| again(e.to_string()))?;
    let samples = wav.samples::<i16>().take((end - start) as usize);
    let samples = samples.map(|s| s.map(|s| f32::from(s) / SCALE));
    Ok(Pcm {
        rate,
        samples: samples
            .collect::<Result<_, _>>()
            .map_err(|e| again(e.to_string()))?,
    })
}

/// A master ready to be read.
fn opened<R: Read>(input: R, rate: SampleRate) -> Result<hound::WavReader<R>> {
    let wav = hound::WavReader::new(input).map_err(|e| again(e.to_string()))?;
    let spec = wav.spec();
    if (spec.channels, spec.bits_per_sample, spec.sample_rate) != (1, 16, rate.0) {
        return Err(again(format!(
            "it has {} channels, {} bits and {} Hz, not 1, 16 and {}",
            spec.channels, spec.bits_per_sample, spec.sample_rate, rate.0
        )));
    }
    Ok(wav)
}

fn again(why: String) -> Fault {
    Fault::new(format!("the chapter's sound cannot be read: {why}"))
        .help("build the edition again with `tingbao build`")
}

/// A WAV file that is written piece by piece.
pub struct Master<W: Write + Seek> {
    wav: hound::WavWriter<W>,
    frames: Frames,
    clipped: u64,
}

impl<W: Write + Seek> Master<W> {
    /// Begins the file.
    ///
    /// # Errors
    /// What the writer says, a full disk for instance.
    pub fn new(out: W, rate: SampleRate) -> Result<Self> {
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: rate.0,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        Ok(Master {
            wav: hound::WavWriter::new(out, spec).map_err(fault)?,
            frames: Frames(0),
            clipped: 0,
        })
    }

    /// Adds samples.
    ///
    /// # Errors
    /// As [`write()`].
    pub fn add(&mut self, samples: &[f32]) -> Result<()> {
        self.frames.0 += samples.len() as u64;
        check_length(self.frames)?;
        for block in samples.chunks(BLOCK) {
            let mut part = self.wav.get_i16_writer(block.len() as u32);
            for sample in block {
                self.clipped += u64::from(sample.abs() > 1.0 || sample.is_nan());
                part.write_sample(sixteen_bits(*sample));
            }
            part.flush().map_err(fault)?;
        }
        Ok(())
    }

    /// Ends the file; gives the number of samples beyond full scale.
    ///
    /// # Errors
    /// What the writer says.
    pub fn finish(self) -> Result<u64> {
        self.wav.finalize().map_err(fault)?;
        Ok(self.clipped)
    }
}

/// The nearest 16-bit sample. (`as` saturates, and takes NaN to 0.)
fn sixteen_bits(sample: f32) -> i16 {
    (sample * SCALE).round() as i16
}

/// Refuses a length that the 32-bit sizes of a WAV header cannot hold: 36
/// bytes of header behind the size field, two bytes a sample.
fn check_length(frames: Frames) -> Result<()> {
    let most = (u64::from(u32::MAX) - 36) / 2;
    if frames.0 <= most {
        return Ok(());
    }
    Err(Fault::new(format!(
        "a chapter of {} frames does not fit a WAV file, which holds at most {most}",
        frames.0
    ))
    .help("divide the article into several"))
}

/// What the writer said, as a fault; the caller knows which file it is.
fn fault(e: hound::Error) -> Fault {
    match &e {
        hound::Error::IoError(io) => cannot_write(io),
        _ => Fault::new(format!("cannot write the sound file: {e}")),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Cursor, ErrorKind, SeekFrom};

    use proptest::prelude::*;

    use super::*;
    use crate::audio::test_signal::sine;
    use crate::model::SampleRate;

    fn bytes(pcm: &Pcm) -> (Vec<u8>, u64) {
        let mut file = Cursor::new(Vec::new());
        let clipped = write(pcm, &mut file).unwrap();
        (file.into_inner(), clipped)
    }

    fn reread(bytes: &[u8]) -> (hound::WavSpec, Vec<i16>) {
        let reader = hound::WavReader::new(bytes).unwrap();
        let spec = reader.spec();
        (spec, reader.into_samples().map(|s| s.unwrap()).collect())
    }

    #[test]
    fn the_header_is_the_plain_one() {
        let pcm = sine(24_000, 440.0, 0.5, 0.5);
        let (file, clipped) = bytes(&pcm);
        assert_eq!(clipped, 0);
        assert_eq!(file.len(), 44 + 2 * 12_000);
        assert_eq!(file[4..8], (36 + 24_000u32).to_le_bytes());
        let (spec, _) = reread(&file);
        assert_eq!(
            (spec.channels, spec.sample_rate, spec.bits_per_sample),
            (1, 24_000, 16)
        );
        assert_eq!(bytes(&pcm).0, file);
    }

    #[test]
    fn beyond_full_scale_is_held_and_counted() {
        let pcm = Pcm {
            rate: SampleRate::MASTER,
            samples: vec![1.0, -1.0, 1.5, -9.0, f32::NAN, f32::INFINITY, 0.0],
        };
        let (file, clipped) = bytes(&pcm);
        assert_eq!(clipped, 4);
        assert_eq!(
            reread(&file).1,
            [32_767, -32_768, 32_767, -32_768, 0, 32_767, 0]
        );
    }

    #[test]
    fn nothing_is_a_file_too() {
        let pcm = Pcm {
            rate: SampleRate::MASTER,
            samples: Vec::new(),
        };
        assert_eq!(bytes(&pcm).0.len(), 44);
    }

    #[test]
    fn four_gibibytes_are_refused() {
        assert!(check_length(Frames(2_147_483_629)).is_ok());
        assert_eq!(
            check_length(Frames(2_147_483_630)).unwrap_err().to_string(),
            "error: a chapter of 2147483630 frames does not fit a WAV file, \
             which holds at most 2147483629\n  help: divide the article into several"
        );
    }

    /// A disk with room for so many bytes.
    struct Disk(Cursor<Vec<u8>>, usize);

    impl Write for Disk {
        fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
            if self.0.position() as usize + buf.len() > self.1 {
                return Err(io::Error::from(ErrorKind::StorageFull));
            }
            self.0.write(buf)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Seek for Disk {
        fn seek(&mut self, pos: SeekFrom) -> io::Result<u64> {
            self.0.seek(pos)
        }
    }

    #[test]
    fn a_full_disk_is_a_fault() {
        let pcm = sine(24_000, 440.0, 2.0, 0.5);
        let disk = Disk(Cursor::new(Vec::new()), 50_000);
        let fault = write(&pcm, disk).unwrap_err();
        assert!(fault.message.starts_with("cannot write the file: no space"));
        assert!(fault.help.is_some());
    }

    proptest! {
        #[test]
        fn what_is_read_again_is_what_was_written(
            samples in prop::collection::vec(any::<i16>(), 0..40_000)
        ) {
            let pcm = Pcm {
                rate: SampleRate::MASTER,
                samples: samples.iter().map(|s| f32::from(*s) / SCALE).collect(),
            };
            let (file, clipped) = bytes(&pcm);
            prop_assert_eq!(clipped, 0);
            prop_assert_eq!(reread(&file).1, &samples[..]);
            let (from, to) = (samples.len() / 3, samples.len() / 2);
            let range = Frames(from as u64)..Frames(to as u64);
            let part = part(Cursor::new(&file), pcm.rate, range).unwrap();
            prop_assert_eq!(&part.samples[..], &pcm.samples[from..to]);
            let beyond = Frames(0)..Frames(samples.len() as u64 + 1);
            prop_assert!(super::part(Cursor::new(&file), pcm.rate, beyond).is_err());
        }

        #[test]
        fn rounding_is_to_the_nearest(sample in -1.0f32..0.9999) {
            let got = f32::from(sixteen_bits(sample)) / SCALE;
            prop_assert!((got - sample).abs() <= 0.5 / SCALE);
        }
    }
}
