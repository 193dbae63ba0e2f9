//! Any bytes, read aloud: no panic, no figure left in the spoken text, every
//! printed character accounted for.

#![no_main]

use std::ops::Range;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use tingbao::diag::Place;
use tingbao::folder;
use tingbao::model::{LexiconEntry, LexiconReading};
use tingbao::text::FrontEnd;

/// A front end with an entry of every kind.
fn front() -> &'static FrontEnd {
    static FRONT: OnceLock<FrontEnd> = OnceLock::new();
    FRONT.get_or_init(|| {
        let given = [
            ("单明远", LexiconReading::Pinyin("shan4 ming2 yuan3".into())),
            ("行", LexiconReading::Pinyin("hang2".into())),
            ("3M", LexiconReading::Say("三艾姆".into())),
            ("12", LexiconReading::Digits),
            ("（图）", LexiconReading::Skip),
        ];
        let entries = given.map(|(word, reading)| LexiconEntry {
            word: word.into(),
            reading,
            place: Place::file("lexicon.toml"),
        });
        FrontEnd::new(&entries).expect("the entries are right")
    })
}

/// Whether the ranges go from the start to the end without gap or overlap.
fn cover<'a>(ranges: impl Iterator<Item = &'a Range<usize>>, text: &str) {
    let mut end = 0;
    for range in ranges {
        assert_eq!(range.start, end);
        assert!(range.end >= end && text.is_char_boundary(range.end));
        end = range.end;
    }
    assert_eq!(end, text.len());
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..)
}

fuzz_target!(|bytes: &[u8]| {
    let text = folder::read_line(&String::from_utf8_lossy(bytes)).value;
    let reading = front().read(&text).value;
    assert_eq!(reading.display, text.text);
    let figure = reading.spoken.chars().find(|c| c.is_numeric() && !is_han(*c));
    assert_eq!(figure, None, "{}", reading.spoken);
    cover(reading.map.iter().map(|s| &s.display), &reading.display);
    cover(reading.map.iter().map(|s| &s.spoken), &reading.spoken);
    let explained = front().explain(&text);
    assert_eq!(explained.spoken, reading.spoken);
    cover(explained.spans.iter().map(|s| &s.display), &explained.display);
    cover(explained.spans.iter().map(|s| &s.spoken), &explained.spoken);
});
