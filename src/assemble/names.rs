//! File names for chapters that every system takes.

/// The longest file name, in bytes: most file systems allow 255, but eCryptfs
/// 143, and copies often add something behind.
const LONGEST: usize = 120;

/// Where a chapter's master lies in the edition's folder:
/// `chapters/NN-title.wav`.
///
/// The title is kept as printed as far as file systems and players bear it:
/// control and direction characters go, runs of white space become one space,
/// path separators a hyphen, and characters that Windows or an address forbids
/// (`: * ? " < > # %`) their full-width forms. Dots and spaces at its ends go
/// too. It is cut at a character so that the file's name has at most 120
/// bytes. When nothing is left it is `chapter`. The number in front keeps
/// every name apart from its neighbours and from the device names of Windows.
pub fn chapter_file(number: u32, title: &str) -> String {
    let prefix = format!("{number:02}-");
    let room = LONGEST - prefix.len() - ".wav".len();
    format!("chapters/{prefix}{}.wav", file_title(title, room))
}

/// The title as part of a file name, at most `room` bytes long.
fn file_title(title: &str, room: usize) -> String {
    let mut name = String::new();
    for word in title.split(|c: char| c.is_whitespace() || c.is_control()) {
        let word: String = word.chars().filter_map(safe).collect();
        if !word.is_empty() && !name.is_empty() {
            name.push(' ');
        }
        name.push_str(&word);
    }
    let name = name.trim_matches(['.', ' ', '-']);
    let mut end = room.min(name.len());
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    // A cut may leave the joiner of an emoji sequence behind.
    let name = name[..end].trim_end_matches(['.', ' ', '-', '\u{200d}']);
    if name.is_empty() {
        "chapter".to_string()
    } else {
        name.to_string()
    }
}

/// What stands for a character; `None` when nothing should. White space and
/// control characters never come here.
fn safe(c: char) -> Option<char> {
    match c {
        '/' | '\\' | '|' => Some('-'),
        '"' => Some('”'),
        ':' | '*' | '?' | '<' | '>' | '#' | '%' => {
            // The full-width forms stand 0xFEE0 behind ASCII.
            char::from_u32(u32::from(c) + 0xFEE0)
        }
        // Invisible, or turning the direction of what follows. The joiner
        // U+200D stays: emoji are made with it.
        '\u{ad}'
        | '\u{200b}'
        | '\u{200c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn titles_stay_readable() {
        for (title, file) in [
            ("本期导读", "chapters/00-本期导读.wav"),
            ("“银发食堂”开张了！", "chapters/00-“银发食堂”开张了！.wav"),
            ("垃圾分类：怎么分?", "chapters/00-垃圾分类：怎么分？.wav"),
            ("A/B\\C|D", "chapters/00-A-B-C-D.wav"),
            ("两行\n标题\t 在此", "chapters/00-两行 标题 在此.wav"),
            (
                "满意率100% #1 \"好\"",
                "chapters/00-满意率100％ ＃1 ”好”.wav",
            ),
            ("../../etc/passwd", "chapters/00-etc-passwd.wav"),
            ("..", "chapters/00-chapter.wav"),
            ("", "chapters/00-chapter.wav"),
            (" . ", "chapters/00-chapter.wav"),
            ("CON", "chapters/00-CON.wav"),
            ("结尾有点...", "chapters/00-结尾有点.wav"),
            ("👩‍👩‍👧 一家", "chapters/00-👩‍👩‍👧 一家.wav"),
            ("倒\u{202e}序\u{0}\u{7f}", "chapters/00-倒序.wav"),
        ] {
            assert_eq!(chapter_file(0, title), file, "{title:?}");
        }
        assert_eq!(chapter_file(7, "文"), "chapters/07-文.wav");
        assert_eq!(chapter_file(123, "文"), "chapters/123-文.wav");
    }

    #[test]
    fn a_long_title_is_cut_at_a_character() {
        let file = chapter_file(1, &"长".repeat(100));
        assert_eq!(file, format!("chapters/01-{}.wav", "长".repeat(37)));
        let file = chapter_file(1, &"👩‍👧".repeat(40));
        assert!(!file.trim_end_matches(".wav").ends_with('\u{200d}'));
    }

    proptest! {
        #[test]
        fn every_title_makes_a_name_that_every_system_takes(
            number in 0u32..100_000,
            title in prop_oneof![
                any::<String>(),
                "[./\\\\:*?\"<>|#% \u{0}-\u{1f}a中👧\u{200d}]{0,80}",
            ],
        ) {
            let file = chapter_file(number, &title);
            let name = file.strip_prefix("chapters/").unwrap();
            prop_assert!(name.len() <= LONGEST);
            prop_assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '#', '%']));
            prop_assert!(!name.contains(char::is_control));
            prop_assert_eq!(name.trim(), name);
            let stem = name.strip_suffix(".wav").unwrap();
            prop_assert!(!stem.ends_with(['.', ' ']) && !stem.ends_with('-'));
            let prefix = format!("{number:02}-");
            prop_assert!(name.starts_with(&prefix));
        }
    }
}
