//! A lexicon in W3C's Pronunciation Lexicon Specification, version 1.0
//! (<https://www.w3.org/TR/pronunciation-lexicon/>).

use roxmltree::{Document, Node};

use super::reading;
use crate::diag::{Fault, Place, Result};
use crate::folder::source::Source;
use crate::model::LexiconEntry;

/// The alphabet of phonemes that we understand: pinyin with tone numbers or
/// tone marks, syllables apart by spaces.
const ALPHABET: &str = "x-pinyin";

/// Reads every lexeme: one entry for each of its graphemes, with the preferred
/// pronunciation, else the first.
pub(super) fn read(source: &Source) -> Result<Vec<LexiconEntry>> {
    let document = Document::parse(&source.text).map_err(|e| {
        let at = e.pos();
        Fault::new(format!("this is not XML: {e}"))
            .at(Place::new(&source.file, at.row, at.col.saturating_sub(1)))
            .help("save the lexicon as W3C PLS 1.0, without a document type")
    })?;
    let place = |node: Node<'_, '_>| {
        let at = document.text_pos_at(node.range().start);
        Place::new(&source.file, at.row, at.col.saturating_sub(1))
    };
    let root = document.root_element();
    let fault = |node: Node<'_, '_>, message: String, help: &str| {
        Fault::new(message).at(place(node)).help(help)
    };
    if root.tag_name().name() != "lexicon" {
        let message = format!(
            "the file is no lexicon but a `<{}>`",
            root.tag_name().name()
        );
        return Err(fault(root, message, "W3C PLS begins with `<lexicon>`"));
    }
    let mut entries = Vec::new();
    for lexeme in children(root, "lexeme") {
        let mut spoken = lexeme
            .children()
            .filter(|n| matches!(n.tag_name().name(), "phoneme" | "alias"));
        let preferred = spoken
            .clone()
            .find(|n| n.attribute("prefer") == Some("true"));
        let Some(spoken) = preferred.or_else(|| spoken.next()) else {
            return Err(fault(
                lexeme,
                "the lexeme has no pronunciation".into(),
                "give it a `<phoneme>` or an `<alias>`",
            ));
        };
        let text = text(spoken);
        let given = if spoken.tag_name().name() == "alias" {
            [String::new(), text, String::new()]
        } else {
            let alphabet = spoken
                .attribute("alphabet")
                .or(root.attribute("alphabet"))
                .unwrap_or_default();
            if alphabet != ALPHABET {
                return Err(fault(
                    spoken,
                    format!(
                        "the phonemes are in the alphabet `{alphabet}`, which is not understood"
                    ),
                    "write pinyin and `alphabet=\"x-pinyin\"`, or an `<alias>` in Chinese characters",
                ));
            }
            [text, String::new(), String::new()]
        };
        let mut words = children(lexeme, "grapheme").peekable();
        if words.peek().is_none() {
            return Err(fault(
                lexeme,
                "the lexeme has no word".into(),
                "give it a `<grapheme>`",
            ));
        }
        for word in words {
            let place = place(word);
            let word = self::text(word);
            let reading = reading(&word, given.clone()).map_err(|(message, _)| {
                Fault::new(message)
                    .at(place.clone())
                    .help("fill `<grapheme>` and one `<phoneme>` or `<alias>`")
            })?;
            entries.push(LexiconEntry {
                word,
                reading,
                place,
            });
        }
    }
    Ok(entries)
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children()
        .filter(move |n| n.is_element() && n.tag_name().name() == name)
}

/// The text in an element, white space made one.
fn text(node: Node<'_, '_>) -> String {
    let text: String = node
        .descendants()
        .filter(|n| n.is_text())
        .filter_map(|n| n.text())
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
