//! Recordings: the bytes of any sound file symphonia reads → [`Pcm`].
//!
//! Nothing is lost in silence: a file that ends before its header says, and
//! packets that cannot be decoded, are reported with the seconds they cost.
//! Encoder delay and padding are taken off where symphonia knows them (MP3
//! with a LAME header, Ogg); AAC keeps its first packet of near-silence
//! (about 23 ms), which [`super::trim`] removes.

mod findings;
#[cfg(test)]
mod tests;

use std::io::{Cursor, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};

use symphonia::core::codecs::audio::well_known as codec;
use symphonia::core::codecs::audio::{AudioCodecId, AudioCodecParameters, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatReader, Track, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::packet::Packet;
use symphonia::default::{get_codecs, get_probe};

use findings::{Tally, broken_off, remarks};

use super::opus::{self, Stop};
use super::resample::{Converter, RATES, downmix};
use crate::diag::{Diagnostic, Fault, Noted, Place, Result};
use crate::model::{Frames, Pcm, SampleRate};

/// The longest recording taken, in seconds: an hour at the masters' rate is
/// 346 MB in memory.
pub const LONGEST: u64 = 3600;

/// The formats read, as help lines name them.
const READ: &str = "WAV, FLAC, MP3, Ogg (Opus or Vorbis), M4A (AAC-LC or ALAC) and AIFF files are read; \
                    others can be converted, for example with `ffmpeg -i RECORDING recording.flac`";

/// Decodes a recording at its own rate, its channels mixed to one. `name` is
/// what messages call the file.
///
/// # Errors
/// An empty file; a format or codec that is not read; a file so damaged that
/// no sound, or less than half of its packets, can be decoded; a recording of
/// more than [`LONGEST`].
pub fn decode(name: &str, bytes: &[u8]) -> Result<Noted<Pcm>> {
    let mut pcm = Pcm {
        rate: SampleRate::MASTER,
        samples: Vec::new(),
    };
    let notes = each_block(name, bytes, Some(LONGEST), &mut |samples, rate| {
        pcm.rate = rate;
        pcm.samples.extend_from_slice(samples);
        Ok(())
    })?;
    Ok(Noted::new(pcm, notes))
}

/// Decodes a recording straight to another rate: the sound at its own rate is
/// never in memory as a whole.
///
/// # Errors
/// As [`decode`].
pub fn decode_at(name: &str, bytes: &[u8], rate: SampleRate) -> Result<Noted<Pcm>> {
    let mut converter: Option<Converter> = None;
    let mut samples = Vec::new();
    let notes = each_block(name, bytes, Some(LONGEST), &mut |block, from| {
        let converter = match &mut converter {
            Some(running) => running,
            none => none.insert(Converter::new(from, rate)?),
        };
        converter.feed(block, &mut samples)
    })?;
    if let Some(converter) = converter {
        converter.finish(&mut samples)?;
    }
    Ok(Noted::new(Pcm { rate, samples }, notes))
}

/// Decodes a sound file of any length, its channels mixed to one, and hands it on
/// block by block; gives what was wrong on the way.
///
/// # Errors
/// As [`decode`], but for the length; and what the sink says.
pub fn blocks(
    name: &str,
    bytes: &[u8],
    sink: &mut dyn FnMut(&[f32], SampleRate) -> Result<()>,
) -> Result<Vec<Diagnostic>> {
    each_block(name, bytes, None, sink)
}

/// Where decoded blocks go.
type Sink<'a> = &'a mut dyn FnMut(&[f32], SampleRate) -> Result<()>;

/// As [`each_packet`]; but where symphonia panics (a few damaged headers do
/// that to 0.6.1, by arithmetic that overflows) there is a fault instead. What
/// the sink was given until then is thrown away with the fault, so that
/// nothing half-made is seen.
fn each_block(
    name: &str,
    bytes: &[u8],
    longest: Option<u64>,
    sink: Sink,
) -> Result<Vec<Diagnostic>> {
    catch_unwind(AssertUnwindSafe(|| each_packet(name, bytes, longest, sink))).unwrap_or_else(
        |_| {
            Err(fault(
                name,
                "the file is damaged, and the decoder gave up",
                None,
            ))
        },
    )
}

/// Decodes packet by packet, gives each block of mono samples to the sink,
/// and tells what was wrong on the way. A sound of more than `longest` seconds is
/// refused.
fn each_packet(
    name: &str,
    bytes: &[u8],
    longest: Option<u64>,
    sink: Sink,
) -> Result<Vec<Diagnostic>> {
    if bytes.is_empty() {
        return Err(
            Fault::new(format!("the recording `{name}` is empty: 0 bytes"))
                .at(Place::file(name))
                .help("put the recording there again, or take `audio` out of the article"),
        );
    }
    if opus::is_opus(bytes) {
        return each_opus_block(name, bytes, longest, sink);
    }
    let stream = MediaSourceStream::new(Box::new(Cursor::new(bytes)), Default::default());
    let mut format = get_probe()
        .probe(&Hint::new(), stream, Default::default(), Default::default())
        .map_err(|e| match e {
            Error::Unsupported(_) => fault(name, "it is in no format that is read", Some(&e)),
            e => fault(name, "the file is damaged", Some(&e)),
        })?;
    let track = format
        .default_track(TrackType::Audio)
        .cloned()
        .ok_or_else(|| {
            fault(
                name,
                "there is no sound in it, or sound of an unknown kind",
                None,
            )
        })?;
    let Some(params) = track.codec_params.as_ref().and_then(|p| p.audio()) else {
        return Err(fault(name, "its sound is of an unknown kind", None));
    };
    let rule = Edges::of(&track, params);
    let options = AudioDecoderOptions::default()
        .gapless(rule == Edges::Codec)
        .verify(params.verification_check.is_some());
    let mut decoder = get_codecs()
        .make_audio_decoder(params, &options)
        .map_err(|e| match e {
            Error::Unsupported(_) => {
                let what = format!("its codec, {}, is not read", codec_name(params.codec));
                fault(name, &what, Some(&e))
            }
            e => fault(name, "the file is damaged", Some(&e)),
        })?;

    let mut tally = Tally {
        padding: u64::from(track.padding.unwrap_or(0)),
        ..Tally::default()
    };
    let (mut interleaved, mut mono) = (Vec::new(), Vec::new());
    while let Some(packet) = next_packet(format.as_mut(), &mut tally) {
        if packet.track_id != track.id {
            continue;
        }
        tally.packets += 1;
        let decoded = match decoder.decode(&packet) {
            Ok(decoded) => decoded,
            Err(e @ (Error::DecodeError(_) | Error::IoError(_))) => {
                tally.damaged += 1;
                tally.complaint = Some(e);
                continue;
            }
            Err(e) => {
                tally.complaint = Some(e);
                tally.broke_off = true;
                break;
            }
        };
        let rate = SampleRate(decoded.spec().rate());
        check_rate(name, rate, tally.rate)?;
        tally.rate = Some(rate);
        decoded.copy_to_vec_interleaved(&mut interleaved);
        mono.clear();
        downmix(&interleaved, decoded.spec().channels().count(), &mut mono);
        let block = rule.cut(&packet, &mono, &mut tally);
        tally.frames += block.len() as u64;
        check_length(name, tally.frames, rate, longest)?;
        sink(block, rate)?;
    }
    tally.checksum_wrong = decoder.finalize().verify_ok == Some(false);
    remarks(name, bytes, &track, params, format.as_ref(), tally)
}

/// The same for Opus, which symphonia does not decode.
fn each_opus_block(
    name: &str,
    bytes: &[u8],
    longest: Option<u64>,
    sink: Sink,
) -> Result<Vec<Diagnostic>> {
    let rate = SampleRate::MASTER;
    let mut frames = 0;
    let whole = opus::decode(bytes, &mut |block| {
        frames += block.len() as u64;
        check_length(name, frames, rate, longest)?;
        sink(block, rate)
    });
    match whole {
        Ok(true) => Ok(Vec::new()),
        Ok(false) if frames > 0 => Ok(vec![broken_off(name, Frames(frames).seconds(rate), "")]),
        Ok(false) => Err(fault(name, "there is no sound in it", None)),
        Err(Stop::Damaged(why)) => Err(fault(name, &format!("the file is damaged: {why}"), None)),
        Err(Stop::Sink(fault)) => Err(fault),
    }
}

/// Refuses a sound of more than `longest` seconds.
fn check_length(name: &str, frames: u64, rate: SampleRate, longest: Option<u64>) -> Result<()> {
    match longest.filter(|longest| frames > longest * u64::from(rate.0)) {
        None => Ok(()),
        Some(longest) => {
            let what = format!("it is longer than {} minutes", longest / 60);
            Err(fault(name, &what, None).help("divide the recording over several articles"))
        }
    }
}

/// The next packet; at an error the tally notes it and the packets end. (A
/// reader is not asked again after an error: symphonia calls all but a reset
/// unrecoverable.)
fn next_packet(format: &mut dyn FormatReader, tally: &mut Tally) -> Option<Packet> {
    match format.next_packet() {
        Ok(packet) => packet,
        Err(e) => {
            tally.complaint = Some(e);
            tally.broke_off = true;
            None
        }
    }
}

/// Who takes encoder delay and padding off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edges {
    /// The decoder.
    Codec,
    /// This module: an MP3 whose LAME header tells delay and padding.
    /// Symphonia would also cut off whatever follows the announced end, and
    /// so lose the second half of two files joined end to end.
    Lame,
    /// Nobody: an MP3 without that header. Symphonia then guesses the length
    /// from the first frames and would cut the sound there.
    Keep,
}

impl Edges {
    fn of(track: &Track, params: &AudioCodecParameters) -> Self {
        match (params.codec, track.delay) {
            (codec::CODEC_ID_MP3, Some(_)) => Edges::Lame,
            (codec::CODEC_ID_MP3, None) => Edges::Keep,
            _ => Edges::Codec,
        }
    }

    /// The part of a decoded packet that is sound.
    fn cut<'a>(self, packet: &Packet, mono: &'a [f32], tally: &mut Tally) -> &'a [f32] {
        if self != Edges::Lame {
            return mono;
        }
        let start = (packet.trim_start.get() as usize).min(mono.len());
        let padding = packet.trim_end.get() as usize;
        if start == 0 && padding >= mono.len() {
            // The announced padding may fill a whole packet, and no more than that.
            match tally.padding.checked_sub(mono.len() as u64) {
                Some(left) => {
                    tally.padding = left;
                    return &[];
                }
                None => tally.beyond += mono.len() as u64,
            }
            return mono;
        }
        tally.padding = tally.padding.saturating_sub(padding as u64);
        &mono[start..mono.len().saturating_sub(padding).max(start)]
    }
}

/// Refuses rates that no recording has, and a rate that changes on the way.
fn check_rate(name: &str, rate: SampleRate, before: Option<SampleRate>) -> Result<()> {
    if !RATES.contains(&rate.0) {
        let what = format!("it claims a sample rate of {} Hz", rate.0);
        return Err(fault(name, &what, None));
    }
    match before {
        Some(first) if first != rate => {
            let what = format!(
                "its sample rate changes on the way, from {} to {} Hz",
                first.0, rate.0
            );
            Err(fault(name, &what, None))
        }
        _ => Ok(()),
    }
}

/// A recording that cannot be used: why, in our words and in symphonia's.
fn fault(name: &str, what: &str, said: Option<&Error>) -> Fault {
    let said = match said {
        Some(Error::IoError(e)) if e.kind() == ErrorKind::UnexpectedEof => {
            " (symphonia: the file ends too early)".to_string()
        }
        Some(e) => format!(" (symphonia: {e})"),
        None => String::new(),
    };
    Fault::new(format!(
        "the recording `{name}` cannot be decoded: {what}{said}"
    ))
    .at(Place::file(name))
    .help(READ)
}

/// A codec by the name people know.
fn codec_name(id: AudioCodecId) -> String {
    let known = [
        (codec::CODEC_ID_OPUS, "Opus"),
        (codec::CODEC_ID_SPEEX, "Speex"),
        (codec::CODEC_ID_MP1, "MPEG layer 1"),
        (codec::CODEC_ID_MP2, "MPEG layer 2"),
        (codec::CODEC_ID_AC3, "AC-3"),
        (codec::CODEC_ID_EAC3, "E-AC-3"),
        (codec::CODEC_ID_AC4, "AC-4"),
        (codec::CODEC_ID_DCA, "DTS"),
        (codec::CODEC_ID_WMA, "Windows Media Audio"),
        (codec::CODEC_ID_AAC, "AAC"),
    ];
    known
        .iter()
        .find(|(known, _)| *known == id)
        .map_or_else(|| format!("number {id}"), |(_, name)| (*name).to_string())
}
