//! What kind of character it is, and how wide it was printed.

/// A Chinese character (with the extensions, compatibility forms and 〇).
pub(super) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}' | '〇')
}

/// White space, or a character that shows nothing at all (zero-width spaces,
/// a byte order mark inside the text, soft hyphens).
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
        )
}

/// A straight or curly quotation mark.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’')
}

/// Something that closes after a stop: quotes and brackets.
pub(super) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '」' | '』' | '）' | ')' | '】' | '》' | '］' | ']'
    )
}

/// Ends a sentence.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…')
}

/// Ends a clause.
pub(super) fn is_clause(c: char) -> bool {
    matches!(c, '，' | ',' | '；' | ';' | '、')
}

/// Punctuation of Chinese print: as wide as a character, never beside a space.
pub(super) fn is_wide_punct(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '（'
            | '）'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '【'
            | '】'
            | '〔'
            | '〕'
            | '…'
            | '—'
    )
}

/// The width of a character in print, in halves of an em.
pub(super) fn half_ems(c: char) -> u32 {
    match c {
        '\u{0}'..='\u{2FF}' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_has_its_extensions_and_no_kana() {
        assert!("民㐀𠀀〇".chars().all(is_han));
        assert!(!"のA1，".chars().any(is_han));
    }
}
