//! Which letters and signs a reading program puts in place of digits.

/// How surely a sign among digits is a digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// In a number it can hardly be anything else.
    Sure,
    /// It is taken for one only where a digit must stand.
    Likely,
}

/// The digit, as ASCII, of a digit of either width.
pub(super) fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

/// What digit `c` may be a misread one of.
pub(super) fn misread(c: char) -> Option<(char, Trust)> {
    use Trust::{Likely, Sure};
    Some(match c {
        'O' | 'o' | 'Ｏ' | 'ｏ' | 'О' | 'о' | 'Ο' | 'ο' | '○' | '◯' | '〇' => {
            ('0', Sure)
        }
        'l' | 'I' | '|' | 'ｌ' | 'Ｉ' | '｜' | 'І' | 'ı' | '丨' => ('1', Sure),
        'S' | 'Ｓ' | 'Ѕ' => ('5', Sure),
        'б' => ('6', Sure),
        'З' => ('3', Sure),
        'B' | 'Ｂ' | 'В' => ('8', Likely),
        'Z' | 'Ｚ' | 'z' => ('2', Likely),
        's' => ('5', Likely),
        'i' => ('1', Likely),
        'b' | 'G' => ('6', Likely),
        'q' | 'g' => ('9', Likely),
        _ => return None,
    })
}

/// A sign that is no letter: it may as well be a mark between other things.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '○' | '◯' | '〇' | '|' | '｜' | '丨')
}

/// A capital that codes begin with: `B1`, `S20`.
pub(super) fn is_capital(c: char) -> bool {
    matches!(
        c,
        'B' | 'G' | 'I' | 'O' | 'S' | 'Z' | 'Ｂ' | 'Ｉ' | 'Ｏ' | 'Ｓ' | 'Ｚ'
    )
}
