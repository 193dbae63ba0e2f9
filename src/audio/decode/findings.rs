//! What was wrong with a recording, and what it means for the listener.

use symphonia::core::codecs::audio::well_known as codec;
use symphonia::core::codecs::audio::{AudioCodecId, AudioCodecParameters};
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatReader, Track};

use super::fault;
use crate::diag::{Diagnostic, Place, Result};
use crate::model::SampleRate;

/// Sound missing from a recording, in seconds, from which on it counts as
/// left out rather than as a doubt.
const SLIGHT: f64 = 0.25;

/// What was met while decoding.
#[derive(Default)]
pub(super) struct Tally {
    /// The sample rate of the sound, once there is any.
    pub(super) rate: Option<SampleRate>,
    /// Frames given on.
    pub(super) frames: u64,
    /// Packets of the track met.
    pub(super) packets: u64,
    /// Those that could not be decoded.
    pub(super) damaged: u64,
    /// What is left of the padding that the header announced, in frames.
    pub(super) padding: u64,
    /// Frames decoded behind the end that the header announced.
    pub(super) beyond: u64,
    /// Whether the decoded sound has another checksum than the file tells.
    pub(super) checksum_wrong: bool,
    /// What symphonia last complained of.
    pub(super) complaint: Option<Error>,
    /// Whether the packets stopped with an error rather than at an end.
    pub(super) broke_off: bool,
}

/// What to do about a recording that is not whole.
const LISTEN: &str = "listen to the recording; if it is cut short, copy or export it again";

/// The remark about a recording that ends in the middle of its sound after so many
/// seconds; nobody knows how long it was.
pub(super) fn broken_off(name: &str, seconds: f64, reason: &str) -> Diagnostic {
    let message = format!("the recording `{name}` breaks off after {seconds:.2} s{reason}");
    Diagnostic::doubt(Some(Place::file(name)), message).help(LISTEN)
}

/// What the tally means for the listener.
pub(super) fn remarks(
    name: &str,
    bytes: &[u8],
    track: &Track,
    params: &AudioCodecParameters,
    format: &dyn FormatReader,
    tally: Tally,
) -> Result<Vec<Diagnostic>> {
    let said = tally.complaint.as_ref();
    let Some(rate) = tally.rate.filter(|_| tally.frames > 0) else {
        let what = if said.is_some() {
            "the file is damaged, no sound could be got out of it"
        } else {
            "there is no sound in it"
        };
        return Err(fault(name, what, said));
    };
    if tally.damaged * 2 > tally.packets {
        let what = format!(
            "{} of its {} packets are damaged",
            tally.damaged, tally.packets
        );
        return Err(fault(name, &what, said));
    }
    let seconds = |frames: u64| frames as f64 / f64::from(rate.0);
    let mut notes = Vec::new();
    let report = |notes: &mut Vec<Diagnostic>, lost: Option<f64>, message: String| {
        let place = Some(Place::file(name));
        let found = match lost {
            Some(lost) if lost >= SLIGHT => Diagnostic::omission(place, message),
            _ => Diagnostic::doubt(place, message),
        };
        notes.push(found.help(LISTEN));
    };

    let declared = declared_frames(bytes, track, params, format);
    let missing = declared.unwrap_or(0).saturating_sub(tally.frames);
    let reason = said.map_or(String::new(), |e| format!(" (symphonia: {e})"));
    if tally.damaged > 0 {
        let share = seconds(tally.frames) / (tally.packets - tally.damaged) as f64;
        let lost = share * tally.damaged as f64;
        report(
            &mut notes,
            Some(lost),
            format!(
                "{} of the {} packets of the recording `{name}` are damaged, about {lost:.2} s are left out{reason}",
                tally.damaged, tally.packets
            ),
        );
    } else if missing > slack(params.codec) {
        report(
            &mut notes,
            Some(seconds(missing)),
            format!(
                "the recording `{name}` ends early: {:.2} s of {:.2} s are there{reason}",
                seconds(tally.frames),
                seconds(tally.frames + missing)
            ),
        );
    } else if tally.broke_off || ogg_is_cut(bytes, format) {
        notes.push(broken_off(name, seconds(tally.frames), &reason));
    } else if tally.checksum_wrong {
        report(
            &mut notes,
            None,
            format!("the recording `{name}` is damaged: its sound has not the checksum it should"),
        );
    }
    if tally.beyond > slack(params.codec) {
        report(
            &mut notes,
            None,
            format!(
                "the recording `{name}` goes on for {:.2} s after the end its header announces; all of it is read",
                seconds(tally.beyond)
            ),
        );
    }
    Ok(notes)
}

/// How many frames the file says it has; `None` where it does not say, or
/// where symphonia only guesses: raw AAC, and MP3 without an info frame.
fn declared_frames(
    bytes: &[u8],
    track: &Track,
    params: &AudioCodecParameters,
    format: &dyn FormatReader,
) -> Option<u64> {
    let has = |tag: &[u8; 4]| bytes.windows(4).any(|w| w == tag);
    let told = match params.codec {
        codec::CODEC_ID_MP3 => has(b"Xing") || has(b"Info") || has(b"VBRI"),
        codec::CODEC_ID_AAC => format.format_info().short_name != "aac",
        _ => true,
    };
    track.num_frames.filter(|_| told)
}

/// Frames that may be missing without any meaning: codecs with overlapping
/// blocks differ by some in what they count.
fn slack(codec: AudioCodecId) -> u64 {
    match codec {
        codec::CODEC_ID_MP3 | codec::CODEC_ID_AAC | codec::CODEC_ID_VORBIS => 4096,
        _ => 0,
    }
}

/// Whether an Ogg file lacks its end: its last page must be complete and
/// carry the mark of the stream's end (RFC 3533, section 6: the bit 4 of the
/// header type, and the sizes of the page's parts behind byte 26).
fn ogg_is_cut(bytes: &[u8], format: &dyn FormatReader) -> bool {
    if format.format_info().short_name != "ogg" {
        return false;
    }
    let last = bytes.windows(4).rposition(|w| w == b"OggS");
    let whole = last.is_some_and(|at| {
        let page = &bytes[at..];
        let parts = page.get(26).map_or(0, |n| usize::from(*n));
        let Some(sizes) = page.get(27..27 + parts) else {
            return false;
        };
        let body: usize = sizes.iter().map(|s| usize::from(*s)).sum();
        page[5] & 4 != 0 && page.len() >= 27 + parts + body
    });
    !whole
}
