//! Which paragraphs are items, and their numbers (ECMA-376 part 1, section 17.9).

use std::collections::HashMap;

use super::super::xml::{attr, children, named, parse};
use crate::diag::Result;

/// A level of a list: whether its items are numbered, and from what.
#[derive(Debug, Clone, Copy)]
struct Level {
    numbered: bool,
    start: u32,
}

/// The lists of a document and how far each is counted.
#[derive(Default)]
pub(super) struct Numbering {
    /// (list, level) → what it is.
    levels: HashMap<(String, String), Level>,
    /// (list, level) → the number of its next item.
    next: HashMap<(String, String), u32>,
}

impl Numbering {
    /// Reads `word/numbering.xml`; an empty text has no lists.
    ///
    /// # Errors
    /// What is no XML.
    pub fn read(file: &str, text: &str) -> Result<Numbering> {
        let mut numbering = Numbering::default();
        if text.is_empty() {
            return Ok(numbering);
        }
        let document = parse(file, "the document's list of numberings", text)?;
        for list in named(document.root(), "num") {
            let Some(id) = attr(list, "numId") else {
                continue;
            };
            let kind = children(list, "abstractNumId")
                .next()
                .and_then(|a| attr(a, "val"));
            let shape = named(document.root(), "abstractNum")
                .find(|a| attr(*a, "abstractNumId") == kind && kind.is_some());
            for level in shape.into_iter().flat_map(|s| children(s, "lvl")) {
                let value = |name| attr(children(level, name).next()?, "val");
                let numbered = !matches!(value("numFmt"), Some("bullet" | "none"));
                let start = value("start").and_then(|s| s.parse().ok()).unwrap_or(1);
                let key = (
                    id.to_string(),
                    attr(level, "ilvl").unwrap_or("0").to_string(),
                );
                numbering.levels.insert(key, Level { numbered, start });
            }
        }
        Ok(numbering)
    }

    /// Counts an item of a list; `None` for a paragraph that is in no list
    /// (list 0 takes a paragraph out of the list of its style).
    pub fn next(&mut self, list: &str, level: &str) -> Option<Option<u32>> {
        if list == "0" {
            return None;
        }
        let key = (list.to_string(), level.to_string());
        let Some(Level { numbered, start }) = self.levels.get(&key).copied() else {
            return Some(None);
        };
        let next = self.next.entry(key).or_insert(start);
        *next = next.saturating_add(1);
        Some(numbered.then_some(*next - 1))
    }
}
