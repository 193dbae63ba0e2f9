//! Traditional print is read as its simplified form: rows, words and readings
//! are looked up in it. What is shown stays as printed.

use std::borrow::Cow;
use std::sync::OnceLock;

/// `simplified<TAB>traditional…`; see `data/README.md`. Both forms have three
/// bytes in UTF-8, so that places in a text stay what they are.
const TABLE: &str = include_str!("../../data/simplified.txt");

/// The code points among which the table's are.
const FROM: char = '\u{3400}';
const TO: char = '\u{A000}';

/// The simplified form of a character; any other as it is.
pub(super) fn simplified(c: char) -> char {
    if !(FROM..TO).contains(&c) {
        return c;
    }
    forms()[c as usize - FROM as usize]
}

/// The simplified form of a text, byte for byte as long.
pub(super) fn simplified_text(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| simplified(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(simplified).collect())
}

/// The form of every character of the range.
fn forms() -> &'static [char] {
    static FORMS: OnceLock<Vec<char>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let mut forms: Vec<char> = (FROM..TO).collect();
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let Some((simple, others)) = line.split_once('\t') else {
                continue;
            };
            for (other, simple) in others.chars().zip(simple.chars().cycle()) {
                if let Some(form) = forms.get_mut((other as usize).wrapping_sub(FROM as usize)) {
                    *form = simple;
                }
            }
        }
        forms
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_keeps_the_length() {
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let (simple, others) = line.split_once('\t').unwrap();
            assert_eq!(simple.chars().count(), 1, "{line}");
            for c in others.chars().chain(simple.chars()) {
                assert_eq!(c.len_utf8(), 3, "{line}");
                assert!((FROM..TO).contains(&c), "{line}");
            }
        }
    }

    #[test]
    fn simplified_print_stays() {
        assert_eq!(simplified_text("8點30分銀行長長"), "8点30分银行长长");
        for plain in ["著名乾隆藉口", "a点", "徵"] {
            assert!(
                matches!(simplified_text(plain), Cow::Borrowed(_)),
                "{plain}"
            );
        }
    }
}
