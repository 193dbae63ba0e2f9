//! File names that every stick can hold and every player can show.

use unicode_normalization::UnicodeNormalization;

use crate::export::{Book, Part};
use crate::model::ChapterKind;

/// The longest title in a name, in characters: more is cut off in the displays of
/// players, and FAT's long names (255 UTF-16 units) stay far away.
const LONGEST: usize = 32;
/// And in a name of ASCII.
const LONGEST_ASCII: usize = 24;

/// A name for each part of the book: its number, `_`, its title, `.` and the ending.
pub fn file_names(book: &Book<'_>, ascii: bool, ending: &str) -> Vec<String> {
    let width = book.parts.len().to_string().len().max(2);
    (book.parts.iter().enumerate())
        .map(|(i, part)| {
            let title = match ascii {
                true => ascii_title(part),
                false => title(part, book.in_chinese()),
            };
            format!("{:0width$}_{title}.{ending}", i + 1)
        })
        .collect()
}

/// What a part is called in its file name; never empty.
fn title(part: &Part<'_>, chinese: bool) -> String {
    let own = match (part.chapter.kind, chinese) {
        (ChapterKind::Opening, true) => "报头".into(),
        (ChapterKind::Opening, false) => "Opening".into(),
        _ => safe(&part.title),
    };
    match own.is_empty() {
        true => part.id.clone(),
        false => own,
    }
}

/// A title as a part of a file name.
///
/// Left out: what FAT and exFAT forbid (Microsoft's FAT specification, "long
/// directory entries"; exFAT specification, 7.7.3), control and formatting
/// characters, emoji, and marks that players read as the end of a list's line.
/// A rare character beyond the first 65,536, which players of one unit a character
/// take for two, becomes `〓`, the printers' sign for a missing one.
fn safe(title: &str) -> String {
    let mut name = String::new();
    for c in title.nfc() {
        match c {
            '\\' | '/' | '|' | ':' => name.push(' '),
            '*' | '?' | '<' | '>' | '#' | '%' => {}
            '"' => name.push('”'),
            c if c.is_control() || c.is_whitespace() => name.push(' '),
            '\u{20000}'..='\u{3FFFF}' => name.push('〓'),
            c if is_plain(c) => name.push(c),
            _ => {}
        }
    }
    let name = name
        .split(' ')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let name: String = name.chars().take(LONGEST).collect();
    // Windows drops dots and spaces at the end, and such files cannot be opened.
    name.trim_matches(['.', ' ', '_']).to_string()
}

/// Whether it is a character of writing that fonts of players may have: no emoji, no
/// sign that is invisible or joins others, none for private use.
fn is_plain(c: char) -> bool {
    !matches!(c,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{20D0}'..='\u{20FF}' | '\u{2300}'..='\u{23FF}' | '\u{2600}'..='\u{27BF}'
        | '\u{2B00}'..='\u{2BFF}' | '\u{E000}'..='\u{F8FF}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{10000}'..
    )
}

/// A title of ASCII: the article's own name in the issue, which reading a page writes
/// in pinyin, without its number; a plain word where that is not of ASCII.
fn ascii_title(part: &Part<'_>) -> String {
    match part.chapter.kind {
        ChapterKind::Opening => return "opening".into(),
        ChapterKind::Closing => return "closing".into(),
        ChapterKind::Article => {}
    }
    let id = part.chapter.article.as_deref().unwrap_or_default();
    let slug = id.trim_start_matches(|c: char| c.is_ascii_digit());
    if !slug.is_ascii() {
        return "article".into();
    }
    let plain = |c: char| match c.is_ascii_alphanumeric() {
        true => c.to_ascii_lowercase(),
        false => '_',
    };
    let slug: String = slug
        .trim_matches(['-', '_'])
        .chars()
        .map(plain)
        .take(LONGEST_ASCII)
        .collect();
    match slug.trim_matches('_') {
        "" => "article".into(),
        slug => slug.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;
    use proptest::prelude::*;

    #[test]
    fn names_are_what_a_stick_can_hold() {
        for (title, name) in [
            ("修鞋摊上那盏不肯先走的灯", "修鞋摊上那盏不肯先走的灯"),
            ("他问：“走吗？”", "他问：“走吗？”"),
            ("a/b\\c:d*e?f\"g<h>i|j", "a b c def”ghi j"),
            ("𠮷野家开业啦😀👨‍👩‍👧", "〓野家开业啦"),
            ("结束...", "结束"),
            ("  \u{202E}倒 \t 写\u{200B}的", "倒 写的"),
            ("cafe\u{301}", "café"),
            ("❤️", ""),
        ] {
            assert_eq!(safe(title), name, "{title}");
        }
        assert_eq!(safe(&"长".repeat(400)).chars().count(), LONGEST);
    }

    #[test]
    fn many_parts_have_longer_numbers() {
        let mut edition = edition();
        let article = edition.chapters[1].clone();
        edition.chapters.extend(vec![article; 200]);
        edition.chapters[5].title = "😀".into();
        edition.chapters[6].article = Some("06-社区".into());
        let book = Book::new(&edition);
        let made = file_names(&book, false, "mp3");
        assert_eq!(made.len(), 203);
        assert_eq!(made[0], "001_报头.mp3");
        assert_eq!(made[5], "006_p01.mp3");
        assert!(made.is_sorted());
        let ascii = file_names(&book, true, "mp3");
        assert_eq!(ascii[6], "007_article.mp3");
        assert!(ascii.is_sorted());
        edition.masthead.language = "en".into();
        assert_eq!(
            file_names(&Book::new(&edition), false, "mp3")[0],
            "001_Opening.mp3"
        );
    }

    proptest! {
        #[test]
        fn any_title_gives_a_safe_name(title in any::<String>()) {
            let name = safe(&title);
            prop_assert!(name.chars().count() <= LONGEST);
            prop_assert!(!name.contains(['\\', '/', ':', '*', '?', '"', '<', '>', '|']));
            prop_assert!(name.chars().all(|c| !c.is_control() && c.len_utf16() == 1));
            prop_assert_eq!(name.trim_matches(['.', ' ']), &name);
        }
    }
}
