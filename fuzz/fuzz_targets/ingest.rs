//! Any bytes, read as the page of a paper: no panic, the same articles every
//! time, every change at a character that the page has there.

#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use tingbao::ingest::{PageFile, Repairs, decode, read_pages};
use tingbao::lm::WordModel;
use tingbao::model::Repair;
use tingbao::store;

/// The system's model of words, if it has one.
fn model() -> Option<&'static WordModel> {
    static MODEL: OnceLock<Option<WordModel>> = OnceLock::new();
    let open = || {
        let bytes = store::map("model of words", &store::word_model()?).ok()?;
        WordModel::new(bytes).ok()
    };
    MODEL.get_or_init(open).as_ref()
}

fuzz_target!(|bytes: &[u8]| {
    let page = [PageFile {
        name: "page.txt".into(),
        bytes: bytes.to_vec(),
    }];
    let repairs = Repairs {
        model: model(),
        how: Repair::Apply,
    };
    let Ok(read) = read_pages(&page, repairs) else {
        return;
    };
    let again = read_pages(&page, repairs).expect("the same page was read before");
    assert_eq!(read, again);
    let text = decode("page.txt", bytes)
        .expect("it was decoded before")
        .value;
    let lines: Vec<Vec<char>> = text.split('\n').map(|l| l.chars().collect()).collect();
    for edit in &read.value.edits {
        let line = &lines[edit.line as usize - 1];
        assert_eq!(line.get(edit.col as usize), Some(&edit.wrong), "{edit:?}");
        assert!((0.0..=1.0).contains(&edit.confidence));
    }
});
