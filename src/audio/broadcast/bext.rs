//! `bext`, the broadcast extension, version 2 (EBU Tech 3285, clause 2.3 and its
//! supplement on loudness).

use super::{Ascii, Format};
use crate::model::{Channels, Measures};

/// Where the loudness stands in the chunk: behind description (256), originator (32),
/// its reference (32), date (10), time (8), time reference (8), version (2) and UMID
/// (64).
pub const LOUDNESS_AT: usize = 412;
/// A value of loudness that is not known.
const UNKNOWN: i16 = 0x7FFF;

/// What the programme is and where it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bext {
    /// What it is; at most 256 characters.
    pub description: Ascii,
    /// Who made it; at most 32.
    pub originator: Ascii,
    /// What they call it, unlike anything else of theirs; at most 32.
    pub reference: Ascii,
    /// The day, `YYYY-MM-DD`; zeros where it is not known.
    pub date: Ascii,
    /// The time of that day, `HH:MM:SS`.
    pub time: Ascii,
    /// Frames since midnight at which it begins on a timeline.
    pub time_reference: u64,
    /// How the sound came about, a line a step ([`coding_history`]).
    pub history: Vec<String>,
}

impl Bext {
    /// The chunk's content, the loudness unknown.
    pub(super) fn content(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(602);
        self.description.put(256, &mut out);
        self.originator.put(32, &mut out);
        self.reference.put(32, &mut out);
        self.date.put(10, &mut out);
        self.time.put(8, &mut out);
        out.extend_from_slice(&self.time_reference.to_le_bytes());
        out.extend_from_slice(&2u16.to_le_bytes());
        // No UMID.
        out.resize(LOUDNESS_AT, 0);
        out.extend_from_slice(&loudness(&Measures::default()));
        // Reserved.
        out.resize(602, 0);
        for line in &self.history {
            out.extend_from_slice(line.as_bytes());
            out.extend_from_slice(b"\r\n");
        }
        out
    }
}

/// The five values of loudness: hundredths, the nearest.
pub fn loudness(measures: &Measures) -> [u8; 10] {
    let values = [
        measures.integrated.map(|l| l.0),
        measures.range,
        measures.true_peak.map(|p| p.0),
        measures.momentary.map(|l| l.0),
        measures.short_term.map(|l| l.0),
    ];
    let mut bytes = [0; 10];
    for (value, at) in values.into_iter().zip(bytes.chunks_exact_mut(2)) {
        // What the fields can tell: −99.99 to 99.99.
        let known = value.filter(|v| v.abs() < 99.995);
        let number = known.map_or(UNKNOWN, |v| (v * 100.0).round() as i16);
        at.copy_from_slice(&number.to_le_bytes());
    }
    bytes
}

/// A line of the coding history (EBU R 98-1999): the coding `A`, sampling frequency
/// `F`, word length `W`, mode `M` and free text `T`.
pub fn coding_history(format: Format, text: &Ascii) -> String {
    let mode = match format.channels {
        Channels::Mono => "mono",
        Channels::Dual => "dual-mono",
    };
    let free: String = text.as_str().replace(',', ";");
    format!(
        "A=PCM,F={},W={},M={mode},T={free}",
        format.rate.0,
        format.bits.count()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Bits, Dbtp, Lufs, SampleRate};

    #[test]
    fn the_fields_stand_where_the_document_says() {
        let bext = Bext {
            description: Ascii::of("what"),
            originator: Ascii::of("who"),
            reference: Ascii::of("ref"),
            date: Ascii::of("2026-11-24"),
            time: Ascii::of("00:00:00"),
            time_reference: 0x0102_0304_0506,
            history: vec!["A=PCM".into(), "A=PCM".into()],
        };
        let content = bext.content();
        assert_eq!(&content[..5], b"what\0");
        assert_eq!(&content[256..260], b"who\0");
        assert_eq!(&content[288..292], b"ref\0");
        assert_eq!(&content[320..338], b"2026-11-2400:00:00");
        assert_eq!(content[338..348], [6, 5, 4, 3, 2, 1, 0, 0, 2, 0]);
        assert!(content[348..412].iter().all(|b| *b == 0));
        assert_eq!(&content[412..422], [0xFF, 0x7F].repeat(5));
        assert!(content[422..602].iter().all(|b| *b == 0));
        assert_eq!(&content[602..], b"A=PCM\r\nA=PCM\r\n");
    }

    #[test]
    fn loudness_is_in_hundredths() {
        let measures = Measures {
            integrated: Some(Lufs(-23.004)),
            range: Some(4.5),
            true_peak: Some(Dbtp(-130.0)),
            momentary: Some(Lufs(-18.2)),
            short_term: None,
        };
        let numbers: Vec<i16> = (loudness(&measures).chunks_exact(2))
            .map(|b| i16::from_le_bytes([b[0], b[1]]))
            .collect();
        assert_eq!(numbers, [-2300, 450, UNKNOWN, -1820, UNKNOWN]);
    }

    #[test]
    fn a_step_of_coding_is_a_line() {
        let format = Format {
            rate: SampleRate(48_000),
            bits: Bits::TwentyFour,
            channels: Channels::Mono,
        };
        assert_eq!(
            coding_history(format, &Ascii::of("a, b")),
            "A=PCM,F=48000,W=24,M=mono,T=a; b"
        );
    }
}
