//! Names that cannot leave the issue folder.

/// The longest file name we write, in bytes of UTF-8; file systems allow 255.
const LONGEST: usize = 200;

/// Whether `name` can be one component of a path: not empty, no separator, no
/// control character, neither `.` nor `..`.
pub(super) fn is_component(name: &str) -> bool {
    !name.is_empty()
        && name != "."
        && name != ".."
        && !name.contains(['/', '\\', ':'])
        && !name.chars().any(char::is_control)
}

/// Whether `path` is relative, separated by `/`, and stays below the folder it
/// is relative to.
pub(super) fn stays_inside(path: &str) -> bool {
    let path = path.strip_prefix("./").unwrap_or(path);
    path.split('/').all(is_component)
}

/// Whether `path` can name a lexicon that issues share: relative, at most two
/// folders up and then below that, with an ending we can read.
pub(super) fn is_lexicon_path(path: &str) -> bool {
    let up = |p| str::strip_prefix(p, "../").unwrap_or(p);
    let known = ["toml", "csv", "pls"];
    stays_inside(up(up(path)))
        && (path.rsplit_once('.')).is_some_and(|(_, end)| known.contains(&end))
}

/// A file name (with `extension`, such as `.md`) made from any text: what no
/// file system or terminal could take becomes `-`; at most 200 bytes.
pub(super) fn file_name(stem: &str, extension: &str) -> String {
    let clean: String = stem
        .chars()
        .map(|c| if is_trouble(c) { '-' } else { c })
        .collect();
    let mut end = clean.len().min(LONGEST - extension.len());
    while !clean.is_char_boundary(end) {
        end -= 1;
    }
    // A cut may leave half an emoji sequence: a joiner or selector at the end.
    // A leading dot would hide the file, a leading hyphen look like an option.
    let blank = |c: char| c.is_whitespace() || c == '.';
    let stem = clean[..end]
        .trim_start_matches(|c| blank(c) || c == '-')
        .trim_end_matches(|c| blank(c) || matches!(c, '\u{200D}' | '\u{FE0F}'));
    let stem = if stem.is_empty() { "article" } else { stem };
    let reserved = ["con", "prn", "aux", "nul"].contains(&stem.to_lowercase().as_str());
    format!("{stem}{}{extension}", if reserved { "-" } else { "" })
}

/// Separators, control characters, what Windows forbids, and the characters
/// that turn the direction of writing and could disguise a name.
fn is_trouble(c: char) -> bool {
    c.is_control()
        || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The order of article files: by their leading number, then by name, so that
/// `2-…` comes before `10-…`.
pub(super) fn order(name: &str) -> (u64, &str) {
    let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (name[..digits].parse().unwrap_or(u64::MAX), name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_that_leave_the_folder_are_told_apart() {
        for good in ["a.mp3", "audio/晨 练.mp3", "./a.wav", "🎙️.ogg"] {
            assert!(stays_inside(good), "{good}");
        }
        for bad in [
            "",
            "../a.mp3",
            "audio/../../a",
            "/etc/a",
            "C:/a",
            "a\\b",
            "a//b",
            "a/",
            "a\n",
        ] {
            assert!(!stays_inside(bad), "{bad}");
        }
    }

    #[test]
    fn lexicons_may_stand_two_folders_up() {
        for good in ["a.csv", "../a.toml", "../../lexicons/人名.pls"] {
            assert!(is_lexicon_path(good), "{good}");
        }
        for bad in [
            "../../../a.csv",
            "/a.csv",
            "../a",
            "a/../../b.csv",
            "../a.txt",
            "..",
        ] {
            assert!(!is_lexicon_path(bad), "{bad}");
        }
    }

    #[test]
    fn names_are_made_safe_and_stay_readable() {
        assert_eq!(file_name("01-社区食堂 🍚", ".md"), "01-社区食堂 🍚.md");
        assert_eq!(file_name("../../etc/passwd", ".md"), "etc-passwd.md");
        assert_eq!(file_name("...", ".md"), "article.md");
        assert_eq!(file_name("NUL", ".md"), "NUL-.md");
        let long = file_name(&"长".repeat(100), ".md");
        assert_eq!(long.len(), 198);
        let cut = file_name(&"👩‍🚒".repeat(30), ".md");
        assert!(cut.ends_with("👩.md") || cut.ends_with("🚒.md"), "{cut}");
    }

    #[test]
    fn numbers_come_before_letters_and_ten_after_two() {
        let mut names = ["b.md", "10-a.md", "2-a.md", "02-b.md", "a.md"];
        names.sort_by(|a, b| order(a).cmp(&order(b)));
        assert_eq!(names, ["02-b.md", "2-a.md", "10-a.md", "a.md", "b.md"]);
    }

    proptest! {
        #[test]
        fn every_text_makes_a_safe_name(stem in "\\PC*|[\\x00-\\x7f]{0,40}|.{80,300}") {
            let name = file_name(&stem, ".md");
            prop_assert!(is_component(&name), "{name:?}");
            prop_assert!(name.len() <= LONGEST + 1 && name.ends_with(".md") && name.len() > 3);
            prop_assert_eq!(file_name(name.trim_end_matches(".md"), ".md"), name.clone());
        }
    }
}
