//! Text for fields that know ASCII only.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// Printable ASCII in one line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Ascii(String);

impl Ascii {
    /// What ASCII has of a text: full-width and accented letters as plain ones, marks
    /// of print as those of a typewriter, white space of any length as one space. What
    /// it has not is left out: who has a reading for it gives the reading.
    pub fn of(text: &str) -> Ascii {
        let mut line = String::new();
        for c in text.chars() {
            match c {
                // A full-width mark has its space within.
                '，' | '、' => line.push_str(", "),
                '。' => line.push_str(". "),
                '：' => line.push_str(": "),
                '；' => line.push_str("; "),
                '！' => line.push_str("! "),
                '？' => line.push_str("? "),
                '（' => line.push_str(" ("),
                '）' => line.push_str(") "),
                '“' | '”' | '„' | '«' | '»' | '《' | '》' => line.push('"'),
                '‘' | '’' | '′' => line.push('\''),
                '—' | '–' | '―' | '−' | '·' | '・' => line.push('-'),
                '×' => line.push('x'),
                c if c.is_whitespace() => line.push(' '),
                c => {
                    let plain = std::iter::once(c).nfkd();
                    line.extend(plain.filter(|c| (' '..='~').contains(c)));
                }
            }
        }
        let words: Vec<&str> = line.split(' ').filter(|w| !w.is_empty()).collect();
        Ascii(words.join(" "))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text in a field of so many bytes, cut where it is longer, zeros behind.
    pub(super) fn put(&self, width: usize, out: &mut Vec<u8>) {
        let bytes = self.0.as_bytes();
        let kept = bytes.len().min(width);
        out.extend_from_slice(&bytes[..kept]);
        out.resize(out.len() + width - kept, 0);
    }
}

impl fmt::Display for Ascii {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ascii_has_is_kept() {
        let of = |text: &str| Ascii::of(text).to_string();
        assert_eq!(of("Café—“Ｎｏ．１”\n荷湾 2026"), "Cafe-\"No.1\" 2026");
        assert_eq!(of("a，b：（c）一"), "a, b: (c)");
        assert_eq!(of("\u{0}\u{7f}\u{1b}"), "");
        let mut field = Vec::new();
        Ascii::of("abcdef").put(4, &mut field);
        Ascii::of("x").put(3, &mut field);
        assert_eq!(field, b"abcdx\0\0");
    }
}
