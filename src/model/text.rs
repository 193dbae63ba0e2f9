//! Text that remembers where each of its characters stood in the source.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diag::Place;

/// What stands in a text where the page has lost some; it is never filled in,
/// and aloud it is a short sentence.
pub const GAP_MARK: &str = "[[GAP]]";

/// From byte `at` of the text on, characters stood at `line`:`col` and after,
/// one column each, until the next anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Byte offset in the text; on a character boundary.
    pub at: usize,
    /// Source line, from 1.
    pub line: u32,
    /// Source column in code points, from 0.
    pub col: u32,
}

/// From byte `at` of the text on, it is from another file: a paragraph that
/// goes on overleaf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overleaf {
    /// Byte offset in the text; on a character boundary.
    pub at: usize,
    /// The source file, as in [`Place::file`].
    pub file: String,
}

/// A reading that an editor wrote into the text itself: `{崧珏|song1 jue2}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenReading {
    /// The bytes of the text it is the reading of.
    pub at: Range<usize>,
    /// Syllables with tone numbers, as written.
    pub pinyin: String,
}

/// A piece of text with its place in the source, character by character,
/// though line ends and stray spaces between were taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceText {
    /// The text as a reader should see it.
    pub text: String,
    /// The source file, as in [`Place::file`].
    pub file: String,
    /// Sorted by `at`; the first one at 0 unless the text has no source.
    pub anchors: Vec<Anchor>,
    /// The readings given in the text, in order, none over another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<GivenReading>,
    /// Where the text goes on in other files; sorted by `at`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overleaf: Vec<Overleaf>,
}

impl SourceText {
    /// Text that stands unbroken in its file from `line`:`col` on.
    pub fn at(text: impl Into<String>, place: Place) -> Self {
        SourceText {
            text: text.into(),
            anchors: vec![Anchor {
                at: 0,
                line: place.line,
                col: place.col,
            }],
            file: place.file,
            readings: Vec::new(),
            overleaf: Vec::new(),
        }
    }

    /// Text of our own making, such as an announcement: it has no source.
    pub fn made(text: impl Into<String>) -> Self {
        SourceText {
            text: text.into(),
            file: String::new(),
            anchors: Vec::new(),
            readings: Vec::new(),
            overleaf: Vec::new(),
        }
    }

    /// Where the character at byte `at` stood; `None` for text without source.
    pub fn place_at(&self, at: usize) -> Option<Place> {
        let i = self
            .anchors
            .partition_point(|a| a.at <= at)
            .checked_sub(1)?;
        let anchor = self.anchors[i];
        let passed = self
            .text
            .get(anchor.at..at)
            .map_or(0, |s| s.chars().count());
        Some(Place::new(
            self.file_at(at),
            anchor.line,
            anchor.col + passed as u32,
        ))
    }

    /// Where the text begins.
    pub fn place(&self) -> Option<Place> {
        self.place_at(0)
    }

    /// Adds one character that stood at `line`:`col`; an anchor is written
    /// only where the source did not run on.
    pub fn push(&mut self, c: char, line: u32, col: u32) {
        let here = Place::new(self.file_at(self.text.len()), line, col);
        let at = self.text.len();
        if self.place_at(at) != Some(here) {
            self.anchors.push(Anchor { at, line, col });
        }
        self.text.push(c);
    }

    /// The file that the character at byte `at` stood in.
    pub fn file_at(&self, at: usize) -> &str {
        let turned = self.overleaf.iter().rev().find(|o| o.at <= at);
        turned.map_or(&self.file, |o| &o.file)
    }

    /// Where the part from `start` to `end` goes on in other files.
    pub fn overleaf_in(&self, range: &Range<usize>) -> Vec<Overleaf> {
        let inside = self.overleaf.iter();
        inside
            .filter(|o| o.at > range.start && o.at < range.end)
            .map(|o| Overleaf {
                at: o.at - range.start,
                ..o.clone()
            })
            .collect()
    }

    /// Adds another text behind this one.
    pub fn append(&mut self, other: &SourceText) {
        let shift = self.text.len();
        if self.file.is_empty() {
            self.file.clone_from(&other.file);
        } else if other.file != self.file_at(shift) && !other.anchors.is_empty() {
            self.overleaf.push(Overleaf {
                at: shift,
                file: other.file.clone(),
            });
        }
        self.overleaf
            .extend(other.overleaf.iter().map(|o| Overleaf {
                at: o.at + shift,
                ..o.clone()
            }));
        self.anchors.extend(other.anchors.iter().map(|a| Anchor {
            at: a.at + shift,
            ..*a
        }));
        self.readings
            .extend(other.readings.iter().map(|r| r.moved(0, shift)));
        self.text.push_str(&other.text);
    }

    /// The readings given for what lies wholly between two byte offsets, as
    /// the part between them has them.
    pub fn readings_in(&self, range: &Range<usize>) -> Vec<GivenReading> {
        let inside = self
            .readings
            .iter()
            .filter(|r| r.at.start >= range.start && r.at.end <= range.end);
        inside.map(|r| r.moved(range.start, 0)).collect()
    }

    /// The part between two byte offsets, places and given readings kept.
    pub fn slice(&self, start: usize, end: usize) -> SourceText {
        let mut part = SourceText {
            text: self.text[start..end].to_string(),
            file: self.file_at(start).to_string(),
            anchors: Vec::new(),
            readings: self.readings_in(&(start..end)),
            overleaf: self.overleaf_in(&(start..end)),
        };
        if let Some(p) = self.place_at(start) {
            part.anchors.push(Anchor {
                at: 0,
                line: p.line,
                col: p.col,
            });
        }
        part.anchors.extend(
            self.anchors
                .iter()
                .filter(|a| a.at > start && a.at < end)
                .map(|a| Anchor {
                    at: a.at - start,
                    ..*a
                }),
        );
        part
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl GivenReading {
    /// The same reading where the text before it is `less` bytes shorter and
    /// `more` bytes longer.
    fn moved(&self, less: usize, more: usize) -> GivenReading {
        GivenReading {
            at: self.at.start - less + more..self.at.end - less + more,
            pinyin: self.pinyin.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_survive_a_removed_line_end() {
        let mut t = SourceText {
            text: String::new(),
            file: "p.txt".into(),
            anchors: Vec::new(),
            readings: Vec::new(),
            overleaf: Vec::new(),
        };
        t.push('共', 3, 8);
        t.push('治', 3, 9);
        t.push('理', 4, 0);
        assert_eq!(t.text, "共治理");
        assert_eq!(t.anchors.len(), 2);
        assert_eq!(t.place_at(3), Some(Place::new("p.txt", 3, 9)));
        assert_eq!(t.place_at(6), Some(Place::new("p.txt", 4, 0)));
        assert_eq!(t.slice(3, 9).place_at(3), Some(Place::new("p.txt", 4, 0)));
    }

    #[test]
    fn given_readings_move_with_their_words() {
        let given = |at: Range<usize>| GivenReading {
            at,
            pinyin: "song1 jue2".into(),
        };
        let mut name = SourceText::made("见崧珏。");
        name.readings.push(given(3..9));
        let mut line = SourceText::made("今");
        line.append(&name);
        assert_eq!(line.readings, [given(6..12)]);
        assert_eq!(line.slice(6, 12).readings, [given(0..6)]);
        assert!(line.slice(0, 9).readings.is_empty());
    }

    #[test]
    fn made_text_has_no_place() {
        assert_eq!(SourceText::made("播报完毕").place(), None);
    }
}
