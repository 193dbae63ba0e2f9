//! A folder for automation that keeps a library (AzuraCast, LibreTime): FLAC files with
//! tags and ReplayGain, and a plain playlist.

use super::{Cut, Radio};
use crate::export::escape::plain_line;
use crate::export::{Entry, narrators};
use crate::model::{Lufs, Measures, RadioSet};

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

/// What a cut's file says of it.
pub fn comments(
    radio: &Radio<'_>,
    n: usize,
    measures: &Measures,
    whole: &Measures,
) -> Vec<(String, String)> {
    let book = radio.book;
    let head = &book.edition.masthead.printed;
    let paper = match head.paper.trim() {
        "" => &book.title,
        paper => paper,
    };
    let number = (n + 1).to_string();
    let total = radio.cuts.len().to_string();
    let title = radio.cuts.get(n).map_or("", |c| c.title.as_str());
    let narrators = narrators::narrators(book).join("; ");
    let mut comments: Vec<(String, String)> = [
        ("TITLE", title),
        ("ARTIST", paper),
        ("ALBUMARTIST", paper),
        ("ALBUM", &book.title),
        ("TRACKNUMBER", &number),
        ("TRACKTOTAL", &total),
        ("DATE", book.date().unwrap_or_default()),
        ("GENRE", "Speech"),
        ("LANGUAGE", book.language()),
        ("COMMENT", &narrators),
        ("ENCODED-BY", &book.edition.generator),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_string(), plain_line(text)))
    .filter(|(_, text)| !text.is_empty())
    .collect();
    if let Some(cut) = radio.cuts.get(n) {
        comments.push(("CATALOGNUMBER".into(), cut.id.to_string()));
    }
    for (kind, of) in [("TRACK", measures), ("ALBUM", whole)] {
        if let (Some(loudness), Some(peak)) = (of.integrated, of.true_peak) {
            let gain = REFERENCE.0 - loudness.0;
            comments.push((format!("REPLAYGAIN_{kind}_GAIN"), format!("{gain:.2} dB")));
            let peak = 10f64.powf(peak.0 / 20.0);
            comments.push((format!("REPLAYGAIN_{kind}_PEAK"), format!("{peak:.6}")));
        }
    }
    comments
}
