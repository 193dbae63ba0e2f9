//! The editor's changes and the page's in one file.

use std::ops::Range;

use diffy::{DiffOptions, Line};

use crate::folder::{self, FolderFile, SETTINGS_FILE};

/// Longer texts are not merged: comparing them takes too long.
const MOST_LINES: usize = 20_000;

/// What two changed texts make together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The file.
    pub bytes: Vec<u8>,
    /// What is to be taken for written: the changes of the pages that are in
    /// the file, so that those that are not are told again next time.
    pub written: Vec<u8>,
    /// The lines of the file, from 1, that the editor and the pages both
    /// changed, and that are the editor's.
    pub kept: Vec<usize>,
}

/// The file as the editor has it with what changed on the pages since `base`
/// was written; where both changed the same lines the editor's stay. `None`
/// when nothing of the pages could be put in, or the result could not be read:
/// then an editor has to look.
pub fn merge(
    base: Option<&str>,
    editor: &[u8],
    pages: &FolderFile,
    settings: Option<&FolderFile>,
) -> Option<Merged> {
    let base = base?;
    let editor = std::str::from_utf8(editor).ok()?;
    // Some editors end lines with two characters; their file keeps them.
    let windows = editor.contains("\r\n");
    let editor = &editor.replace("\r\n", "\n");
    let new = std::str::from_utf8(&pages.bytes).ok()?;
    let short = |text: &str| text.lines().count() <= MOST_LINES;
    if ![base, editor, new].into_iter().all(short) {
        return None;
    }
    let (ours, theirs) = (changes(base, editor), changes(base, new));
    let clashes = |t: &Change| ours.iter().any(|o| o.touches(t) && o != t);
    let (lost, taken): (Vec<&Change>, Vec<&Change>) = theirs.iter().partition(|t| clashes(t));
    if taken.is_empty() && !lost.is_empty() {
        return None;
    }
    let lines: Vec<&str> = base.split_inclusive('\n').collect();
    let mut both: Vec<&Change> = ours.iter().collect();
    both.extend(taken.iter().filter(|t| !ours.contains(t)));
    both.sort_by_key(|c| (c.old.start, c.old.end));
    let (mut bytes, places) = apply(&lines, &both);
    if windows {
        bytes = bytes.replace('\n', "\r\n");
    }
    let (written, _) = apply(&lines, &taken);
    let kept = (both.iter().zip(places))
        .filter(|(o, _)| lost.iter().any(|t| o.touches(t)))
        .map(|(_, line)| line);
    let merged = Merged {
        kept: kept.collect(),
        bytes: bytes.into_bytes(),
        written: written.into_bytes(),
    };
    is_readable(&pages.path, &merged.bytes, settings).then_some(merged)
}

/// Lines of a text that became others.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    /// Which lines, from 0; none where something was put between two.
    old: Range<usize>,
    /// What stands there now.
    new: Vec<String>,
}

impl Change {
    /// Whether two changes are of the same place; what is put beside lines that
    /// changed could belong to either side of them.
    fn touches(&self, other: &Change) -> bool {
        let (a, b) = (&self.old, &other.old);
        let between = a.is_empty() || b.is_empty();
        match between {
            true => a.start <= b.end && b.start <= a.end,
            false => a.start < b.end && b.start < a.end,
        }
    }
}

/// What was changed from one text to another.
fn changes(from: &str, to: &str) -> Vec<Change> {
    let patch = DiffOptions::new()
        .set_context_len(usize::MAX)
        .create_patch(from, to);
    let mut changes: Vec<Change> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in patch.hunks().iter().flat_map(|h| h.lines()) {
        if let Line::Context(_) = line {
            (at, open) = (at + 1, false);
            continue;
        }
        if !open {
            changes.push(Change {
                old: at..at,
                new: Vec::new(),
            });
            open = true;
        }
        let Some(change) = changes.last_mut() else {
            continue;
        };
        match line {
            Line::Insert(text) => change.new.push(text.to_string()),
            _ => {
                at += 1;
                change.old.end = at;
            }
        }
    }
    changes
}

/// The text with the changes in it, and the line, from 1, where each stands.
fn apply(lines: &[&str], changes: &[&Change]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut places = Vec::with_capacity(changes.len());
    let (mut at, mut line) = (0, 1);
    for change in changes {
        let before = &lines[at.min(change.old.start)..change.old.start];
        text.extend(before.iter().copied());
        line += before.len();
        places.push(line);
        text.extend(change.new.iter().map(String::as_str));
        line += change.new.len();
        at = at.max(change.old.end);
    }
    text.extend(lines[at..].iter().copied());
    (text, places)
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

    fn merged(base: &str, editor: &str, new: &str) -> Option<(String, Vec<usize>)> {
        let file = |path: &str, text: &str| FolderFile {
            path: path.into(),
            bytes: text.into(),
        };
        let settings = file(SETTINGS_FILE, SETTINGS);
        let pages = file("articles/01-a.md", new);
        let merged = merge(Some(base), editor.as_bytes(), &pages, Some(&settings))?;
        Some((String::from_utf8(merged.bytes).unwrap(), merged.kept))
    }

    fn article(head: &str, paragraphs: &[&str]) -> String {
        format!("+++\n{head}\n+++\n\n{}\n", paragraphs.join("\n\n"))
    }

    #[test]
    fn line_ends_of_windows_are_no_change_and_stay() {
        let head = "headline = \"题\"";
        let base = article(head, &["一", "二", "三"]);
        let editor = article(head, &["一", "二", "叁"]).replace('\n', "\r\n");
        let pages = article(head, &["壹", "二", "三"]);
        let wanted = article(head, &["壹", "二", "叁"]).replace('\n', "\r\n");
        assert_eq!(merged(&base, &editor, &pages), Some((wanted, vec![])));
    }

    #[test]
    fn changes_of_different_lines_meet() {
        let head = "headline = \"题\"";
        let base = article(head, &["一", "二", "三"]);
        let editor = article("headline = \"新题\"\nvoice = \"tone\"", &["一", "二", "叁"]);
        let pages = article(head, &["一", "二之前", "二", "三"]);
        assert_eq!(
            merged(&base, &editor, &pages),
            Some((
                article(
                    "headline = \"新题\"\nvoice = \"tone\"",
                    &["一", "二之前", "二", "叁"]
                ),
                vec![]
            ))
        );
    }

    #[test]
    fn where_both_changed_a_line_the_editor_s_stays_and_the_others_follow() {
        let head = "headline = \"题\"";
        let base = article(head, &["15日开始", "二", "三"]);
        let editor = article(head, &["15日开始", "二", "叁"]);
        let pages = article(head, &["16日开始", "二", "三又三", "四"]);
        assert_eq!(
            merged(&base, &editor, &pages),
            Some((article(head, &["16日开始", "二", "叁"]), vec![9]))
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
            if let Some((merged, kept)) = merged(&text(&base), &editor, &pages) {
                let told = if kept.is_empty() { 2 } else { 1 };
                // The editor's side is the first.
                for line in sides[..told].iter().flatten().filter(|l| !l.starts_with('第')) {
                    prop_assert_eq!(merged.lines().filter(|l| l == line).count(), 1);
                }
            }
            let whole = |text: &str| Some((text.to_string(), vec![]));
            prop_assert_eq!(merged(&text(&base), &editor, &text(&base)), whole(&editor));
            prop_assert_eq!(merged(&text(&base), &text(&base), &pages), whole(&pages));
        }
    }
}
