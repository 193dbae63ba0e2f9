//! A folder for automation that keeps a library (AzuraCast, LibreTime): FLAC files with
//! tags and ReplayGain, and a plain playlist.

use super::{Cut, Radio};
use crate::export::escape::plain_line;
use crate::export::{Entry, comments, narrators};
use crate::model::{Channels, Lufs, Measures, RadioSet};

/// The loudness to which ReplayGain brings a file (ReplayGain 2.0 specification).
const REFERENCE: Lufs = Lufs(-18.0);

/// The playlist.
pub fn entries(radio: &Radio<'_>) -> Vec<Entry> {
    let mut list = format!("#EXTM3U\n#PLAYLIST:{}\n", plain_line(&radio.book.title));
    for cut in &radio.cuts {
        list.push_str(&format!(
            "#EXTINF:{},{}\n{}.flac\n",
            whole_seconds(cut),
            plain_line(&cut.title),
            cut.stem
        ));
    }
    vec![Entry::bytes("library/playlist.m3u8", list)]
}

/// The nearest second, never 0, which players take for a stream without end.
pub fn whole_seconds(cut: &Cut) -> u64 {
    let rate = u64::from(RadioSet::RATE);
    ((cut.frames.0 + rate / 2) / rate).max(1)
}

/// The comment block of a part's file.
pub fn block(radio: &Radio<'_>, n: usize, measures: &Measures, whole: &Measures) -> Vec<u8> {
    match radio.book.parts.get(n) {
        Some(part) => comments(radio.book, n, part, &[], fields(radio, n, measures, whole)),
        None => Vec::new(),
    }
}

/// What this kind of file has besides: the cut's name, and how loud it is.
fn fields(
    radio: &Radio<'_>,
    n: usize,
    measures: &Measures,
    whole: &Measures,
) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    if let Some(cut) = radio.cuts.get(n) {
        fields.push(("CATALOGNUMBER".into(), cut.id.to_string()));
    }
    let paper = radio.book.edition.masthead.printed.paper.trim();
    if !paper.is_empty() {
        fields.push(("ALBUMARTIST".into(), paper.to_string()));
    }
    let narrators = narrators::narrators(radio.book).join("; ");
    fields.push(("COMMENT".into(), narrators));
    for (kind, of) in [("TRACK", measures), ("ALBUM", whole)] {
        if let (Some(loudness), Some(peak)) = (of.integrated, of.true_peak) {
            // A meter counts both channels of dual mono; this file has one of them.
            let both = match radio.set.channels {
                Channels::Mono => 0.0,
                Channels::Dual => 10.0 * 2f64.log10(),
            };
            let gain = REFERENCE.0 - (loudness.0 - both);
            fields.push((format!("REPLAYGAIN_{kind}_GAIN"), format!("{gain:.2} dB")));
            let peak = 10f64.powf(peak.0 / 20.0);
            fields.push((format!("REPLAYGAIN_{kind}_PEAK"), format!("{peak:.6}")));
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Book;
    use crate::export::radio::Spelled;
    use crate::export::sample::edition;
    use crate::model::Dbtp;

    #[test]
    fn files_tell_their_gain() {
        let edition = edition();
        let book = Book::new(&edition);
        let radio = Radio::new(&book, &Spelled::default(), RadioSet::default()).unwrap();
        let measures = Measures {
            integrated: Some(Lufs(-23.0)),
            true_peak: Some(Dbtp(-6.0)),
            ..Measures::default()
        };
        let fields = fields(&radio, 1, &measures, &Measures::default());
        let of = |name: &str| (fields.iter().find(|(n, _)| n == name)).map(|(_, t)| t.as_str());
        assert_eq!(of("REPLAYGAIN_TRACK_GAIN"), Some("5.00 dB"));
        assert_eq!(of("REPLAYGAIN_TRACK_PEAK"), Some("0.501187"));
        assert_eq!(of("REPLAYGAIN_ALBUM_GAIN"), None);
        let mut dual = radio.clone();
        dual.set.channels = Channels::Dual;
        let gains = super::fields(&dual, 1, &measures, &measures);
        assert!(gains.contains(&("REPLAYGAIN_TRACK_GAIN".into(), "8.01 dB".into())));
        assert_eq!(of("CATALOGNUMBER"), Some("tingbao-20240512-01"));
        let block = block(&radio, 1, &measures, &measures);
        assert!(String::from_utf8_lossy(&block).contains("TITLE=\"一平米"));
    }
}
