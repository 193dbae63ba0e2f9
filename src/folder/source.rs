//! One text file of an issue folder: decoded once, and able to say which line
//! and column any byte of it stands at.

use super::inline::take_readings;
use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::model::{Anchor, SourceText};

/// A text file: UTF-8, without byte order mark, lines ended by `\n` alone.
pub(super) struct Source {
    /// The file as places name it.
    pub file: String,
    /// Its text.
    pub text: String,
}

impl Source {
    /// Decodes `bytes`; a file that is not UTF-8 is a fault that names the line.
    pub fn decode(file: String, bytes: &[u8]) -> Result<Source> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Source {
                file,
                text: unix_lines(text),
            }),
            Err(e) => {
                let good = String::from_utf8_lossy(&bytes[..e.valid_up_to()]);
                let byte = bytes.get(e.valid_up_to()).copied().unwrap_or_default();
                let source = Source {
                    file,
                    text: unix_lines(&good),
                };
                Err(Fault::new(format!(
                    "the file is not UTF-8: byte 0x{byte:02X} begins no character"
                ))
                .at(source.place(source.text.len()))
                .help("save the file as UTF-8 in your editor, then run the command again"))
            }
        }
    }

    /// Where byte `at` stands.
    pub fn place(&self, at: usize) -> Place {
        let (line, col) = self.cursor().seek(at);
        Place::new(&self.file, line, col)
    }

    /// A cursor at the beginning, for many places in rising order.
    pub fn cursor(&self) -> Cursor<'_> {
        Cursor {
            text: &self.text,
            at: 0,
            line: 1,
            col: 0,
        }
    }
}

fn unix_lines(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_string()
    }
}

/// Finds lines and columns; cheap as long as it mostly moves forward, so that
/// a long file costs no more than one walk through it.
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    col: u32,
}

impl Cursor<'_> {
    /// Line (from 1) and column (from 0, in code points) of byte `to`.
    pub fn seek(&mut self, to: usize) -> (u32, u32) {
        let to = to.min(self.text.len());
        if to < self.at {
            let start = self.text.as_bytes()[..to]
                .iter()
                .rposition(|&b| b == b'\n')
                .map_or(0, |i| i + 1);
            let lines = self.text.as_bytes()[start..self.at]
                .iter()
                .filter(|&&b| b == b'\n')
                .count();
            self.line -= lines as u32;
            self.col = 0;
            self.at = start;
        }
        for &b in &self.text.as_bytes()[self.at..to] {
            if b == b'\n' {
                self.line += 1;
                self.col = 0;
            } else if b & 0xC0 != 0x80 {
                // Every byte but a UTF-8 continuation begins a code point.
                self.col += 1;
            }
        }
        self.at = to;
        (self.line, self.col)
    }
}

/// Builds a [`SourceText`] character by character, joining layout lines.
pub(super) struct Joined {
    text: SourceText,
    /// Where a character would stand that needs no new anchor.
    next: Option<(u32, u32)>,
    /// A line break was met and not yet joined; where it stood.
    broken: Option<(u32, u32)>,
    /// The bytes of the braces and bars that may make a given reading.
    marks: Vec<usize>,
}

impl Joined {
    /// Nothing yet, of `file`.
    pub fn new(file: &str) -> Self {
        Joined {
            text: SourceText {
                text: String::new(),
                file: file.to_string(),
                anchors: Vec::new(),
                readings: Vec::new(),
                overleaf: Vec::new(),
            },
            next: None,
            broken: None,
            marks: Vec::new(),
        }
    }

    /// Adds a brace or bar that may make a given reading.
    pub fn mark(&mut self, c: char, at: (u32, u32)) {
        self.push(c, at);
        self.marks.push(self.text.text.len() - c.len_utf8());
    }

    /// Adds a character that stood at `line`:`col`.
    pub fn push(&mut self, c: char, (line, col): (u32, u32)) {
        if let Some(at) = self.broken.take()
            && let Some(last) = self.text.text.chars().next_back()
            && !(last.is_whitespace()
                || c.is_whitespace()
                || is_east_asian(last)
                || is_east_asian(c))
        {
            self.put(' ', at);
        }
        self.put(c, (line, col));
    }

    fn put(&mut self, c: char, (line, col): (u32, u32)) {
        if self.next != Some((line, col)) {
            self.text.anchors.push(Anchor {
                at: self.text.text.len(),
                line,
                col,
            });
        }
        self.text.text.push(c);
        self.next = Some((line, col + 1));
    }

    /// Notes the end of a layout line: it becomes a space between Latin words
    /// and nothing beside Chinese.
    pub fn line_break(&mut self, at: (u32, u32)) {
        self.broken = Some(at);
    }

    /// The text without white space at its ends, its readings taken out (the
    /// notes tell which could not be); `None` when nothing is left.
    pub fn finish(self, notes: &mut Vec<Diagnostic>) -> Option<SourceText> {
        let whole = take_readings(self.text, &self.marks, notes);
        let text = &whole.text;
        let start = text.len() - text.trim_start().len();
        let end = text.trim_end().len();
        if start >= end {
            return None;
        }
        if (start, end) == (0, text.len()) {
            return Some(whole);
        }
        Some(whole.slice(start, end))
    }
}

/// Characters that are set without a space between lines: Han, kana, Bopomofo,
/// full-width forms, and the punctuation Chinese shares with Latin type.
fn is_east_asian(c: char) -> bool {
    matches!(c,
        '\u{2014}'..='\u{2026}' | '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::decode("a.md".into(), text.as_bytes()).unwrap()
    }

    #[test]
    fn places_count_code_points_after_bom_and_cr() {
        let s = source("\u{FEFF}头版\r\n社区A\r\n");
        assert_eq!(s.text, "头版\n社区A\n");
        assert_eq!(s.place(0), Place::new("a.md", 1, 0));
        assert_eq!(s.place("头版\n社区".len()), Place::new("a.md", 2, 2));
        assert_eq!(s.place(usize::MAX), Place::new("a.md", 3, 0));
    }

    #[test]
    fn a_cursor_goes_back_as_well_as_forward() {
        let s = source("一二\n三四\n五六");
        let mut c = s.cursor();
        let ends: Vec<_> = [14, 3, 10, 0, 17].iter().map(|&at| c.seek(at)).collect();
        assert_eq!(ends, [(3, 0), (1, 1), (2, 1), (1, 0), (3, 1)]);
    }

    #[test]
    fn a_file_that_is_not_utf8_names_the_line() {
        let mut bytes = "+++\r\nheadline = \"".as_bytes().to_vec();
        bytes.extend([0xC9, 0xCF, 0xBA, 0xA3]);
        let fault = Source::decode("articles/01-a.md".into(), &bytes)
            .err()
            .unwrap();
        assert_eq!(
            fault.to_string(),
            "error: the file is not UTF-8: byte 0xC9 begins no character\n  \
             --> articles/01-a.md:2:13\n  \
             help: save the file as UTF-8 in your editor, then run the command again"
        );
    }

    #[test]
    fn line_breaks_join_chinese_and_part_latin() {
        let join = |a: &str, b: &str| {
            let mut j = Joined::new("a.md");
            a.chars()
                .enumerate()
                .for_each(|(i, c)| j.push(c, (1, i as u32)));
            j.line_break((1, 99));
            b.chars()
                .enumerate()
                .for_each(|(i, c)| j.push(c, (2, i as u32)));
            j.finish(&mut Vec::new()).unwrap().text
        };
        assert_eq!(join("社区", "治理"), "社区治理");
        assert_eq!(join("使用AED", "救人"), "使用AED救人");
        assert_eq!(join("open", "day"), "open day");
        assert_eq!(join("他说：“", "Hi”"), "他说：“Hi”");
    }
}
