//! The editor's changes and the page's in one file.

use crate::folder::{self, FolderFile, SETTINGS_FILE};

/// Longer texts are not merged: comparing them takes too long.
const MOST_LINES: usize = 20_000;

/// The file as the editor has it with what changed on the pages since `base`
/// was written, when the two touch different lines and the result can still be
/// read; `None` when an editor has to look.
pub fn merge(
    base: Option<&str>,
    editor: &[u8],
    pages: &FolderFile,
    settings: Option<&FolderFile>,
) -> Option<Vec<u8>> {
    let base = base?;
    let editor = std::str::from_utf8(editor).ok()?;
    let new = std::str::from_utf8(&pages.bytes).ok()?;
    let short = |text: &str| text.lines().count() <= MOST_LINES;
    if ![base, editor, new].into_iter().all(short) {
        return None;
    }
    let merged = diffy::merge(base, editor, new).ok()?.into_bytes();
    is_readable(&pages.path, &merged, settings).then_some(merged)
}

/// Whether a folder with this file in it can be read: two changes that are fine
/// by themselves may together give a key twice.
fn is_readable(path: &str, bytes: &[u8], settings: Option<&FolderFile>) -> bool {
    let file = |path: &str, bytes: &[u8]| FolderFile {
        path: path.into(),
        bytes: bytes.into(),
    };
    let other = if path == SETTINGS_FILE {
        file(
            "articles/01.md",
            "+++\nheadline = \"题\"\n+++\n\n文\n".as_bytes(),
        )
    } else {
        match settings {
            Some(settings) => settings.clone(),
            None => return false,
        }
    };
    folder::read("", &[file(path, bytes), other]).is_ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

    use proptest::prelude::*;

    use super::*;

    const SETTINGS: &str = "paper = \"报\"\n";

    fn merged(base: &str, editor: &str, new: &str) -> Option<String> {
        let file = |path: &str, text: &str| FolderFile {
            path: path.into(),
            bytes: text.into(),
        };
        let settings = file(SETTINGS_FILE, SETTINGS);
        let pages = file("articles/01-a.md", new);
        let bytes = merge(Some(base), editor.as_bytes(), &pages, Some(&settings))?;
        Some(String::from_utf8(bytes).unwrap())
    }

    fn article(head: &str, paragraphs: &[&str]) -> String {
        format!("+++\n{head}\n+++\n\n{}\n", paragraphs.join("\n\n"))
    }

    #[test]
    fn changes_of_different_lines_meet() {
        let head = "headline = \"题\"";
        let base = article(head, &["一", "二", "三"]);
        let editor = article("headline = \"新题\"\nvoice = \"tone\"", &["一", "二", "叁"]);
        let pages = article(head, &["一", "二之前", "二", "三"]);
        assert_eq!(
            merged(&base, &editor, &pages),
            Some(article(
                "headline = \"新题\"\nvoice = \"tone\"",
                &["一", "二之前", "二", "叁"]
            ))
        );
    }

    #[test]
    fn changes_of_one_line_and_unreadable_results_are_left() {
        let head = "headline = \"题\"";
        let base = article(head, &["一", "二"]);
        assert_eq!(
            merged(
                &base,
                &article(head, &["壹", "二"]),
                &article(head, &["1", "二"])
            ),
            None
        );
        // Both added the line of a byline, in different places.
        let editor = article("byline = \"甲\"\nheadline = \"题\"", &["一", "二"]);
        let pages = article("headline = \"题\"\nbyline = \"乙\"", &["一", "二"]);
        assert_eq!(merged(&base, &editor, &pages), None);
    }

    proptest! {
        #[test]
        fn nobody_s_words_are_lost(
            base in prop::collection::vec(0u8..6, 1..12),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), 0u8..4), 0..6),
        ) {
            // Both sides put new lines, change and delete lines of the base.
            let mut sides = [base.clone(), base.clone()].map(|side| {
                side.iter().map(|n| format!("第{n}段")).collect::<Vec<String>>()
            });
            for (i, (at, first, what)) in changes.iter().enumerate() {
                let side = &mut sides[usize::from(*first)];
                if side.is_empty() { continue; }
                let at = at.index(side.len());
                match what {
                    0 => { side.remove(at); }
                    1 => side[at] = format!("改{i}"),
                    _ => side.insert(at, format!("新{i}")),
                }
            }
            let text = |lines: &[String]| {
                let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
                article("headline = \"题\"\nread = false", &lines)
            };
            let base: Vec<String> = base.iter().map(|n| format!("第{n}段")).collect();
            let (editor, pages) = (text(&sides[0]), text(&sides[1]));
            if let Some(merged) = merged(&text(&base), &editor, &pages) {
                for line in sides.iter().flatten().filter(|l| !l.starts_with('第')) {
                    prop_assert_eq!(merged.lines().filter(|l| l == line).count(), 1);
                }
            }
            prop_assert_eq!(merged(&text(&base), &editor, &text(&base)), Some(editor.clone()));
            prop_assert_eq!(merged(&text(&base), &text(&base), &pages), Some(pages));
        }
    }
}
