//! Opus (RFC 6716) in Ogg (RFC 7845, RFC 3533), by the crates `ropus` and `ogg`: half the
//! size of MP3 at the same clearness, for players of the last ten years.

use std::borrow::Cow;
use std::io::{Cursor, Write};

use ogg::{PacketReader, PacketWriteEndInfo, PacketWriter};
use ropus::{Application, Bitrate, Channels, DecodeMode, Decoder, Encoder, Signal};

use crate::diag::{Fault, Result, cannot_write};
use crate::model::SampleRate;

/// Bits a second on the average: speech of 12 kHz bandwidth without a flaw to be heard
/// (RFC 6716, 2.1.1).
pub const BIT_RATE: u32 = 32_000;

/// Samples of one packet at the masters' rate: 20 ms.
const PACKET: usize = 480;
/// Ticks of Opus's clock, which always runs at 48 kHz, for one sample at the masters'
/// rate (RFC 7845, 4).
const TICKS: u64 = 48_000 / SampleRate::MASTER.0 as u64;
/// The longest packet (RFC 6716, 3.2.1: 1275 bytes a frame, and what tells its kind).
const LONGEST: usize = 1_276;
/// Packets of a page: a second, so that players leap to the second (RFC 7845, 6).
const PAGE: u64 = 50;
/// The stream's number; a file has one stream.
const STREAM: u32 = 1;

/// An Ogg Opus file that is written piece by piece.
pub struct Opus<'w, W: Write> {
    encoder: Encoder,
    ogg: PacketWriter<'w, Counted<W>>,
    /// Samples that do not fill a packet yet.
    pending: Vec<f32>,
    /// The packet that is not written yet: the last one ends the stream.
    held: Option<Vec<u8>>,
    packets: u64,
    samples: u64,
    skip: u64,
}

impl<W: Write> Opus<'_, W> {
    /// Begins a file at the masters' rate, one channel. `comments` is the Vorbis comment
    /// block that tells what it is.
    ///
    /// # Errors
    /// When the encoder cannot be set up; what the disk says.
    pub fn new(out: W, comments: &[u8]) -> Result<Self> {
        let encoder = Encoder::builder(SampleRate::MASTER.0, Channels::Mono, Application::Audio)
            .bitrate(Bitrate::Bits(BIT_RATE))
            .signal(Signal::Voice)
            .complexity(10)
            .build()
            .map_err(|e| broken("begin an Opus file", &e))?;
        // The decoder is as late as the encoder looks ahead.
        let skip = u64::from(encoder.lookahead());
        let mut opus = Opus {
            encoder,
            ogg: PacketWriter::new(Counted { out, bytes: 0 }),
            pending: Vec::new(),
            held: None,
            packets: 0,
            samples: 0,
            skip,
        };
        // RFC 7845, 5.1: version 1, one channel, samples to skip, the rate of the
        // original, no gain, channels mapped by family 0.
        let mut head = b"OpusHead\x01\x01".to_vec();
        head.extend(((skip * TICKS) as u16).to_le_bytes());
        head.extend(SampleRate::MASTER.0.to_le_bytes());
        head.extend([0, 0, 0]);
        opus.put(head, PacketWriteEndInfo::EndPage, 0)?;
        let tags = [b"OpusTags", comments].concat();
        opus.put(tags, PacketWriteEndInfo::EndPage, 0)?;
        Ok(opus)
    }

    /// Adds samples, full scale ±1.
    ///
    /// # Errors
    /// What the disk says.
    pub fn add(&mut self, samples: &[f32]) -> Result<()> {
        self.samples += samples.len() as u64;
        self.pending.extend_from_slice(samples);
        let pending = std::mem::take(&mut self.pending);
        let mut whole = pending.chunks_exact(PACKET);
        self.pending = whole.remainder().to_vec();
        whole.try_for_each(|packet| self.encode(packet))
    }

    /// Ends the file; how many bytes it has. A decoder makes exactly as many samples of it
    /// as were added (RFC 7845, 4.4).
    ///
    /// # Errors
    /// What the disk says.
    pub fn finish(mut self) -> Result<u64> {
        let all = self.samples + self.skip;
        let mut rest = std::mem::take(&mut self.pending);
        while self.packets * (PACKET as u64) < all || self.held.is_none() {
            rest.resize(PACKET, 0.0);
            self.encode(&rest)?;
            rest.clear();
        }
        if let Some(last) = self.held.take() {
            self.put(last, PacketWriteEndInfo::EndStream, all * TICKS)?;
        }
        let mut out = self.ogg.into_inner();
        out.flush().map_err(|e| cannot_write(&e))?;
        Ok(out.bytes)
    }

    fn encode(&mut self, samples: &[f32]) -> Result<()> {
        if let Some(held) = self.held.take() {
            let end = match self.packets.is_multiple_of(PAGE) {
                true => PacketWriteEndInfo::EndPage,
                false => PacketWriteEndInfo::NormalPacket,
            };
            self.put(held, end, self.packets * PACKET as u64 * TICKS)?;
        }
        let mut packet = vec![0; LONGEST];
        let bytes = (self.encoder.encode_float(samples, &mut packet))
            .map_err(|e| broken("encode the sound", &e))?;
        packet.truncate(bytes);
        self.held = Some(packet);
        self.packets += 1;
        Ok(())
    }

    fn put(&mut self, packet: Vec<u8>, end: PacketWriteEndInfo, position: u64) -> Result<()> {
        (self.ogg)
            .write_packet(Cow::Owned(packet), STREAM, end, position)
            .map_err(|e| cannot_write(&e))
    }
}

/// Counts what is written.
struct Counted<W> {
    out: W,
    bytes: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

/// Why a file is not decoded to its end.
#[derive(Debug)]
pub enum Stop {
    /// What is wrong with it.
    Damaged(String),
    /// What the sink said.
    Sink(Fault),
}

/// Whether it is an Ogg Opus file: the first packet of the first page says so.
pub fn is_opus(bytes: &[u8]) -> bool {
    bytes.starts_with(b"OggS") && bytes.get(28..36) == Some(b"OpusHead")
}

/// Decodes a file of one or two channels to one, at the masters' rate, block by block.
/// Whether it was whole; one that was cut short has no last packet.
///
/// # Errors
/// A file that is damaged or has more channels; what the sink says.
pub fn decode(
    bytes: &[u8],
    sink: &mut dyn FnMut(&[f32]) -> Result<()>,
) -> std::result::Result<bool, Stop> {
    let damaged = |why: &dyn std::fmt::Display| Stop::Damaged(why.to_string());
    let mut ogg = PacketReader::new(Cursor::new(bytes));
    let head = ogg.read_packet().map_err(|e| damaged(&e))?;
    let (skip, gain) = head
        .as_ref()
        .and_then(|p| understood(&p.data))
        .ok_or_else(|| damaged(&"it is no Opus of one or two channels"))?;
    let tags = ogg.read_packet().map_err(|e| damaged(&e))?;
    if !tags.is_some_and(|p| p.data.starts_with(b"OpusTags")) {
        return Err(damaged(&"the tags behind its head are missing"));
    }
    // Whatever the stream holds, a decoder for one channel gives one (RFC 6716, 4.5.1).
    let mut decoder =
        Decoder::new(SampleRate::MASTER.0, Channels::Mono).map_err(|e| damaged(&e))?;
    decoder.set_gain(gain).map_err(|e| damaged(&e))?;
    let mut block = vec![0.0f32; 6 * PACKET];
    let mut heard = 0;
    loop {
        // A page that is cut off is the end of what there is.
        let Ok(Some(packet)) = ogg.read_packet() else {
            return Ok(false);
        };
        let samples = (decoder.decode_float(&packet.data, &mut block, DecodeMode::Normal))
            .map_err(|e| damaged(&e))? as u64;
        let last = packet.last_in_stream();
        let end = match last {
            true => (packet.absgp_page() / TICKS)
                .saturating_sub(heard)
                .min(samples),
            false => samples,
        };
        let start = skip.saturating_sub(heard).min(end);
        sink(&block[start as usize..end as usize]).map_err(Stop::Sink)?;
        heard += samples;
        if last {
            return Ok(true);
        }
    }
}

/// How many samples at the masters' rate a head says to leave out, and its gain in 256ths
/// of a decibel; `None` for a later version, for more channels, and for what is no head
/// (RFC 7845, 5.1).
fn understood(head: &[u8]) -> Option<(u64, i32)> {
    let rest = head.strip_prefix(b"OpusHead")?;
    let &[
        version,
        channels,
        skip0,
        skip1,
        _,
        _,
        _,
        _,
        gain0,
        gain1,
        family,
        ..,
    ] = rest
    else {
        return None;
    };
    let fits = version < 16 && (1..=2).contains(&channels) && family == 0;
    let skip = u64::from(u16::from_le_bytes([skip0, skip1])) / TICKS;
    fits.then(|| (skip, i32::from(i16::from_le_bytes([gain0, gain1]))))
}

fn broken(what: &str, e: &dyn std::fmt::Display) -> Fault {
    Fault::new(format!("cannot {what}: {e}")).help("please report this as a bug")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::test_signal::{frequency, sine};
    use crate::model::Pcm;

    fn encoded(pcm: &Pcm, block: usize) -> Vec<u8> {
        let mut file = Vec::new();
        // A block of comments without any: no vendor, none (Vorbis I, 5.2.1).
        let mut opus = Opus::new(&mut file, &[0; 8]).unwrap();
        for part in pcm.samples.chunks(block) {
            opus.add(part).unwrap();
        }
        assert_eq!(opus.finish().unwrap(), file.len() as u64);
        file
    }

    fn decoded(bytes: &[u8]) -> Pcm {
        let mut samples = Vec::new();
        let whole = decode(bytes, &mut |block| {
            samples.extend_from_slice(block);
            Ok(())
        });
        assert!(whole.unwrap());
        Pcm {
            rate: SampleRate::MASTER,
            samples,
        }
    }

    #[test]
    fn as_many_samples_come_out_as_went_in_and_in_their_place() {
        for n in [0, 1, 479, 480, 50_000, 72_001] {
            let mut tone = sine(24_000, 440.0, f64::from(n) / 24_000.0, 0.3);
            if n > 48_000 {
                tone.samples[..24_000].fill(0.0);
            }
            let bytes = encoded(&tone, 777);
            assert_eq!(encoded(&tone, 5_000), bytes, "{n}");
            let back = decoded(&bytes);
            assert_eq!(back.samples.len(), tone.samples.len());
            if n > 48_000 {
                let onset = back.samples.iter().position(|s| s.abs() > 0.1).unwrap();
                assert!(onset.abs_diff(24_000) < 120, "{onset}");
                let middle = Pcm {
                    rate: back.rate,
                    samples: back.samples[30_000..].to_vec(),
                };
                assert!((frequency(&middle) - 440.0).abs() < 1.0);
            }
        }
    }

    #[test]
    fn what_is_cut_short_or_damaged_is_told() {
        let bytes = encoded(&sine(24_000, 440.0, 3.0, 0.3), 1_000);
        assert!(is_opus(&bytes) && !is_opus(b"OggS"));
        let mut heard = 0;
        let mut hear = |block: &[f32]| {
            heard += block.len();
            Ok(())
        };
        assert!(!decode(&bytes[..bytes.len() - 40], &mut hear).unwrap());
        assert!((24_000..72_000).contains(&heard), "{heard}");
        let mut nowhere = |_: &[f32]| Ok(());
        for damaged in [&bytes[..40], b"", b"RIFF"] {
            let stop = decode(damaged, &mut nowhere);
            assert!(matches!(stop, Err(Stop::Damaged(_))));
        }
        let mut many = bytes.clone();
        many[37] = 6;
        assert!(decode(&many, &mut nowhere).is_err());
    }
}
