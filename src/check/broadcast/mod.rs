//! Broadcast Wave Files byte by byte: RIFF and RF64 (EBU Tech 3306), `bext` (EBU Tech
//! 3285), `cart` (AES46), markers and texts (Microsoft and IBM, "Multimedia Programming
//! Interface").

mod bext;
mod cart;
mod lists;
mod riff;

use super::{Finding, Report};

pub use bext::BextFields;
pub use cart::CartFields;

/// What says how chunks lie in a file.
const RIFF: &str = "EBU Tech 3306, and RIFF";
/// What says what samples are.
const FMT: &str = "EBU Tech 3285, 2.2, and WAVE";

/// A file as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave<'a> {
    /// Frames a second.
    pub rate: u32,
    /// How many channels.
    pub channels: u16,
    /// Bits of a sample, 16 or 24.
    pub bits: u16,
    /// How many frames.
    pub frames: u64,
    /// What `bext` says.
    pub bext: Option<BextFields>,
    /// What `cart` says.
    pub cart: Option<CartFields>,
    /// The places marked, in frames, with their names.
    pub markers: Vec<(u32, String)>,
    /// The samples as they are stored.
    data: &'a [u8],
}

/// What is wrong with a file called `name`, and what could be read of it.
pub fn broadcast<'a>(name: &str, bytes: &'a [u8]) -> (Option<Wave<'a>>, Vec<Finding>) {
    let mut report = Report::default();
    let wave = read(name, bytes, &mut report);
    (wave, report.sorted())
}

fn read<'a>(name: &str, bytes: &'a [u8], report: &mut Report) -> Option<Wave<'a>> {
    let chunks = riff::chunks(name, bytes, report)?;
    let mut one = |wanted: &[u8; 4]| {
        let mut found = chunks.iter().filter(|c| c.name == *wanted);
        let first = found.next();
        if first.is_none() || found.next().is_some() {
            let shown = String::from_utf8_lossy(wanted).into_owned();
            let message = format!("there is not exactly one chunk `{shown}`");
            report.file(name, RIFF, message);
        }
        first
    };
    let (fmt, data) = (one(b"fmt "), one(b"data"));
    let (bext, cart) = (one(b"bext"), one(b"cart"));
    let (fmt, data) = (fmt?, data?);
    if fmt.at > data.at {
        report.file(name, FMT, "the chunk `fmt ` stands behind the samples");
    }
    let mut wave = format(name, fmt.content, report)?;
    let frame = usize::from(wave.channels * wave.bits / 8);
    if !data.content.len().is_multiple_of(frame) {
        let message = format!(
            "{} bytes of samples are no whole frames",
            data.content.len()
        );
        report.file(name, FMT, message);
    }
    wave.frames = (data.content.len() / frame) as u64;
    wave.data = data.content;
    if riff::told_frames(bytes).is_some_and(|told| told != wave.frames) {
        report.file(name, RIFF, "`ds64` tells another number of frames");
    }
    wave.bext = bext.and_then(|c| bext::read(name, c.content, report));
    wave.cart = cart.and_then(|c| cart::read(name, c.content, wave.frames, report));
    wave.markers = lists::markers(name, &chunks, wave.frames, report);
    lists::texts(name, &chunks, report);
    Some(wave)
}

/// The format; without samples yet.
fn format<'a>(name: &str, fmt: &[u8], report: &mut Report) -> Option<Wave<'a>> {
    let (Some(kind), Some(channels), Some(rate), Some(bytes_second), Some(frame), Some(bits)) = (
        short(fmt, 0),
        short(fmt, 2),
        long(fmt, 4),
        long(fmt, 8),
        short(fmt, 12),
        short(fmt, 14),
    ) else {
        report.file(
            name,
            FMT,
            format!("the chunk `fmt ` has {} bytes only", fmt.len()),
        );
        return None;
    };
    if kind != 1 || ![16, 24].contains(&bits) || ![1, 2].contains(&channels) {
        let message = format!(
            "it has format {kind}, {channels} channels and {bits} bits, not 1, 1 or 2, and 16 or 24"
        );
        report.file(name, FMT, message);
        return None;
    }
    if rate != 48_000 {
        report.file(name, FMT, format!("it has {rate} Hz, not 48000"));
    }
    if frame != channels * bits / 8 || bytes_second != rate.saturating_mul(u32::from(frame)) {
        let message =
            format!("frames of {frame} bytes and {bytes_second} bytes a second are wrong");
        report.file(name, FMT, message);
    }
    Some(Wave {
        rate,
        channels,
        bits,
        frames: 0,
        bext: None,
        cart: None,
        markers: Vec::new(),
        data: &[],
    })
}

impl Wave<'_> {
    /// The samples of the first channel, full scale ±1, in pieces; and whether the
    /// other channel is the same.
    ///
    /// # Errors
    /// What the sink says.
    pub fn samples<E>(&self, sink: &mut dyn FnMut(&[f32]) -> Result<(), E>) -> Result<bool, E> {
        let width = usize::from(self.bits / 8);
        let frame = width * usize::from(self.channels);
        let scale = 1.0 / (1u32 << (self.bits - 1)) as f32;
        let of_24_bits =
            |[low, middle, high]: [u8; 3]| i32::from_le_bytes([0, low, middle, high]) >> 8;
        let number = |bytes: &[u8]| match *bytes {
            [low, middle, high] => of_24_bits([low, middle, high]),
            [low, high] => i32::from(i16::from_le_bytes([low, high])),
            // Of other widths there is no wave.
            _ => 0,
        };
        let mut same = true;
        let mut block = Vec::with_capacity(1 << 14);
        for piece in self.data.chunks(frame << 14) {
            block.clear();
            if frame == 3 {
                // One channel of 24 bits: processors take several at once.
                let (frames, _) = piece.as_chunks::<3>();
                block.extend(frames.iter().map(|f| of_24_bits(*f) as f32 * scale));
            } else {
                for bytes in piece.chunks_exact(frame) {
                    let (first, other) = bytes.split_at(width);
                    same &= other.is_empty() || first == other;
                    block.push(number(first) as f32 * scale);
                }
            }
            sink(&block)?;
        }
        Ok(same)
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// The text of a field: printable ASCII, zeros behind it.
fn field(
    (name, clause): (&str, &'static str),
    bytes: &[u8],
    what: &str,
    report: &mut Report,
) -> String {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    let (text, rest) = bytes.split_at(end);
    if rest.iter().any(|b| *b != 0) {
        report.file(name, clause, format!("the {what} goes on behind its end"));
    }
    if !text.iter().all(|b| (b' '..=b'~').contains(b)) {
        report.file(name, clause, format!("the {what} is not ASCII"));
    }
    String::from_utf8_lossy(text).into_owned()
}

/// Whether a text looks like this pattern, in which `0` is any figure.
fn like(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && (text.bytes().zip(pattern.bytes())).all(|(t, p)| match p {
            b'0' => t.is_ascii_digit(),
            p => t == p,
        })
}

#[cfg(test)]
mod tests;
