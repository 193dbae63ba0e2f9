//! The file that ALSA's `file` plugin writes instead of a sound card.
//!
//! The plugin writes a WAV header when the device is opened (44 bytes; the
//! length of the data is 0 until it is closed) and appends what is played. Some
//! modules of Speech Dispatcher keep the device open, others open it for every
//! utterance, which starts the file anew.

use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::model::{Pcm, SampleRate};

/// The length of the plugin's header.
const HEADER: u64 = 44;

/// So much of what a program had to say is told, in characters.
const LONGEST: usize = 300;

/// The captured sound.
pub struct Capture {
    path: PathBuf,
    /// Where the next utterance begins.
    from: u64,
}

impl Capture {
    /// Captures in the file at `path`, which the plugin will make.
    pub fn new(path: &Path) -> Self {
        Capture {
            path: path.to_path_buf(),
            from: HEADER,
        }
    }

    /// What the program that was to write the sound had to say, in one line.
    pub fn complaint(&self) -> Option<String> {
        let mut name = self.path.clone().into_os_string();
        name.push(".");
        name.push(super::generic::COMPLAINT);
        let text = fs::read(name).ok()?;
        let text = String::from_utf8_lossy(&text);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then(|| line.chars().take(LONGEST).collect())
    }

    /// Whatever is played from now on belongs to the next utterance.
    ///
    /// # Errors
    /// When the file cannot be read or removed.
    pub fn begin(&mut self) -> io::Result<()> {
        self.from = HEADER;
        let Some(header) = self.header()? else {
            return Ok(());
        };
        if header.data_bytes == 0 {
            self.from = fs::metadata(&self.path)?.len().max(HEADER);
            return Ok(());
        }
        // The device is closed: the file will be made anew.
        fs::remove_file(&self.path)
    }

    /// What was played since [`Capture::begin`]; channels are mixed to one.
    ///
    /// # Errors
    /// When the file cannot be read or holds other than 16-bit samples.
    pub fn end(&self) -> io::Result<Pcm> {
        let Some(header) = self.header()? else {
            return Ok(Pcm {
                rate: SampleRate::MASTER,
                samples: Vec::new(),
            });
        };
        if header.bits != 16 {
            let bits = header.bits;
            return Err(io::Error::other(format!(
                "{bits}-bit samples were played where 16-bit ones are expected"
            )));
        }
        let mut bytes = Vec::new();
        let mut file = fs::File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.from))?;
        file.read_to_end(&mut bytes)?;
        let channels = usize::from(header.channels.max(1));
        let (samples, _) = bytes.as_chunks::<2>();
        let samples = samples.chunks_exact(channels).map(|frame| {
            let sum: f32 = (frame.iter())
                .map(|b| f32::from(i16::from_le_bytes(*b)) / 32768.0)
                .sum();
            sum / channels as f32
        });
        Ok(Pcm {
            rate: SampleRate(header.rate),
            samples: samples.collect(),
        })
    }

    /// The header, when the file is there.
    fn header(&self) -> io::Result<Option<Header>> {
        let mut bytes = [0; HEADER as usize];
        let read = fs::File::open(&self.path).and_then(|mut f| f.read_exact(&mut bytes));
        match read {
            Ok(()) => Ok(Some(Header::parse(&bytes))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            // Opened and not a byte written yet.
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(e) => Err(e),
        }
    }
}

/// What the WAV header says (fields by their offsets in the RIFF `fmt ` chunk
/// of 16 bytes and the `data` chunk behind it).
struct Header {
    channels: u16,
    rate: u32,
    bits: u16,
    data_bytes: u32,
}

impl Header {
    fn parse(bytes: &[u8; HEADER as usize]) -> Header {
        let two = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
        let four = |at: usize| u32::from(two(at)) | u32::from(two(at + 2)) << 16;
        Header {
            channels: two(22),
            rate: four(24),
            bits: two(34),
            data_bytes: four(40),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(channels: u16, bits: u16, data_bytes: u32, samples: &[i16]) -> Vec<u8> {
        let mut bytes = vec![0; 44];
        bytes[22..24].copy_from_slice(&channels.to_le_bytes());
        bytes[24..28].copy_from_slice(&22050u32.to_le_bytes());
        bytes[34..36].copy_from_slice(&bits.to_le_bytes());
        bytes[40..44].copy_from_slice(&data_bytes.to_le_bytes());
        bytes.extend(samples.iter().flat_map(|s| s.to_le_bytes()));
        bytes
    }

    #[test]
    fn a_device_kept_open_is_read_on_and_one_opened_anew_from_its_start() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.wav");
        let mut capture = Capture::new(&path);
        capture.begin().unwrap();
        assert!(capture.end().unwrap().samples.is_empty());
        fs::write(&path, wav(1, 16, 0, &[16384])).unwrap();
        assert_eq!(capture.end().unwrap().samples, [0.5]);
        capture.begin().unwrap();
        fs::write(&path, wav(1, 16, 0, &[16384, -16384])).unwrap();
        assert_eq!(capture.end().unwrap().samples, [-0.5]);
        fs::write(&path, wav(1, 16, 4, &[16384, -16384])).unwrap();
        capture.begin().unwrap();
        fs::write(&path, wav(2, 16, 0, &[16384, 0, 0, 0])).unwrap();
        let pcm = capture.end().unwrap();
        assert_eq!(
            (pcm.rate, pcm.samples),
            (SampleRate(22050), vec![0.25, 0.0])
        );
    }

    #[test]
    fn other_samples_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.wav");
        fs::write(&path, wav(1, 32, 0, &[1, 2])).unwrap();
        let error = Capture::new(&path).end().unwrap_err();
        assert!(error.to_string().starts_with("32-bit samples"));
    }
}
