//! What would change in an issue folder, as a unified diff.

use diffy::{DiffOptions, PatchFormatter};

use super::decide::{Change, Fate, Why};

/// Files of more lines or bytes are named only: no one reads such a diff, and
/// it takes long to make.
const MOST_LINES: usize = 20_000;
const MOST_BYTES: usize = 4 << 20;

/// The changes, each under a line that begins with `#` and says what is done.
/// Below a file that is kept back stands what the pages would make of it.
pub fn diff(changes: &[Change]) -> String {
    changes.iter().map(of).collect()
}

fn of(change: &Change) -> String {
    let mut text = String::new();
    if let Some(from) = &change.from {
        text.push_str(&format!("# moved: {from} -> {}\n", change.path));
    }
    let path = &change.path;
    let old = change.from.as_ref().unwrap_or(path);
    let (before, after) = (change.before.as_deref(), change.after.as_deref());
    match change.fate {
        Fate::Same => {}
        Fate::New => {
            text.push_str(&format!("# new: {path}\n"));
            text.push_str(&patch("/dev/null", None, path, after));
        }
        Fate::Updated | Fate::Merged | Fate::Partly => {
            let what = match change.fate {
                Fate::Updated => "updated",
                _ => "merged",
            };
            text.push_str(&format!("# {what}: {path}\n"));
            text.push_str(&patch(old, before, path, after));
            if let Some(held) = &change.held_back {
                text.push_str("# kept as edited there, the pages would change it so\n");
                text.push_str(&patch(path, after, path, Some(held)));
            }
        }
        Fate::Removed => {
            text.push_str(&format!("# removed: {path}\n"));
            text.push_str(&patch(path, before, "/dev/null", None));
        }
        Fate::Kept(why) => {
            text.push_str(&format!("# {}: {path}\n", kept(why)));
            if let Some(held) = &change.held_back {
                let old = if before.is_some() { path } else { "/dev/null" };
                text.push_str(&patch(old, before, path, Some(held)));
            }
        }
    }
    text
}

fn kept(why: Why) -> &'static str {
    match why {
        Why::Edited => "kept as edited",
        Why::Differs => "kept as edited, the pages would change it so",
        Why::Foreign => "kept, not written by ingest, the pages would change it so",
        Why::Gone => "stays removed, --force would bring back",
        Why::GoneDiffers => "stays removed though the pages changed, --force would bring back",
        Why::Dropped => "kept as edited, no longer on the pages",
    }
}

fn patch(old: &str, before: Option<&[u8]>, new: &str, after: Option<&[u8]>) -> String {
    let text = |bytes: Option<&[u8]>| -> Option<String> {
        let text = std::str::from_utf8(bytes.unwrap_or_default()).ok()?;
        (text.len() <= MOST_BYTES && text.lines().count() <= MOST_LINES).then(|| text.into())
    };
    let (Some(before), Some(after)) = (text(before), text(after)) else {
        return "# (too long to show, or not UTF-8)\n".into();
    };
    let patch = DiffOptions::new()
        .set_original_filename(old.to_string())
        .set_modified_filename(new.to_string())
        .create_patch(&before, &after);
    // An empty line of context keeps its space, as every tool expects it.
    let plain = PatchFormatter::new().suppress_blank_empty(false);
    plain.fmt_patch(&patch).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(fate: Fate, before: Option<&str>, after: Option<&str>) -> Change {
        Change {
            path: "articles/02-灯.md".into(),
            from: None,
            fate,
            before: before.map(|t| t.into()),
            after: after.map(|t| t.into()),
            held_back: None,
            lines: Vec::new(),
        }
    }

    #[test]
    fn every_change_is_told_above_its_diff() {
        let mut moved = change(Fate::Updated, Some("一\n二\n"), Some("一\n贰\n"));
        moved.from = Some("articles/01-灯.md".into());
        let mut held = change(Fate::Kept(Why::Differs), Some("一\n"), Some("一\n"));
        held.held_back = Some("1\n".into());
        let changes = [
            moved,
            change(Fate::New, None, Some("新\n")),
            change(Fate::Removed, Some("旧"), None),
            change(Fate::Same, Some("同\n"), Some("同\n")),
            held,
            change(Fate::Kept(Why::Edited), Some("改\n"), Some("改\n")),
        ];
        assert_eq!(
            diff(&changes),
            "# moved: articles/01-灯.md -> articles/02-灯.md\n\
             # updated: articles/02-灯.md\n\
             --- articles/01-灯.md\n+++ articles/02-灯.md\n@@ -1,2 +1,2 @@\n 一\n-二\n+贰\n\
             # new: articles/02-灯.md\n\
             --- /dev/null\n+++ articles/02-灯.md\n@@ -0,0 +1 @@\n+新\n\
             # removed: articles/02-灯.md\n\
             --- articles/02-灯.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-旧\n\\ No newline at end of file\n\
             # kept as edited, the pages would change it so: articles/02-灯.md\n\
             --- articles/02-灯.md\n+++ articles/02-灯.md\n@@ -1 +1 @@\n-一\n+1\n\
             # kept as edited: articles/02-灯.md\n"
        );
    }

    #[test]
    fn what_is_no_text_is_only_named() {
        let mut change = change(Fate::New, None, None);
        change.after = Some(vec![0xFF, 0xFE]);
        assert_eq!(
            diff(&[change]),
            "# new: articles/02-灯.md\n# (too long to show, or not UTF-8)\n"
        );
    }
}
