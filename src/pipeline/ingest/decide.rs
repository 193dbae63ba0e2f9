//! What becomes of each file of an issue folder when its pages are read again:
//! what the editor has not touched follows the pages, the editor's words stay.

use std::collections::{BTreeMap, BTreeSet};

use super::follow::follow;
use super::merge::merge;
use super::record::{ARTICLES, Record, Written};
use crate::folder::FolderFile;

/// One file of the folder and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it lies afterwards.
    pub path: String,
    /// Where it lay before, when that is another place.
    pub from: Option<String>,
    /// What is done.
    pub fate: Fate,
    /// What it holds now; `None` when it is not there.
    pub before: Option<Vec<u8>>,
    /// What it holds afterwards; `None` when it is not there then.
    pub after: Option<Vec<u8>>,
    /// What the pages say and the file does not.
    pub held_back: Option<Vec<u8>>,
    /// The lines, from 1, where that is.
    pub lines: Vec<usize>,
}

/// What is done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nothing: it says what the pages say.
    Same,
    /// It is written for the first time.
    New,
    /// Nobody edited it: it follows the pages.
    Updated,
    /// It has the editor's words and what changed on the pages.
    Merged,
    /// The same, but for lines that both changed: these are the editor's.
    Partly,
    /// Nobody edited it, and the pages no longer give it.
    Removed,
    /// It is left alone.
    Kept(Why),
}

/// Why a file is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It was edited, and the pages say what they said.
    Edited,
    /// It was edited, and the pages say something else in the same lines.
    Differs,
    /// It was not written by us.
    Foreign,
    /// The editor removed it.
    Gone,
    /// The editor removed it, and the pages say something else now.
    GoneDiffers,
    /// It was edited, and the pages no longer give it.
    Dropped,
}

/// What is done with every file, and what is to be remembered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// The files, those that the pages give first, in their order.
    pub changes: Vec<Change>,
    /// The record afterwards.
    pub record: Record,
}

/// Decides about the `wanted` files of a folder that has `disk` in it and in
/// which `record` was written last time. With `force` the pages win.
pub fn decide(
    wanted: Vec<FolderFile>,
    record: &Record,
    disk: &BTreeMap<String, Vec<u8>>,
    force: bool,
) -> Decision {
    let matched: Vec<Option<&str>> = if force {
        // What the pages give is written where it belongs, whatever was there.
        vec![None; wanted.len()]
    } else {
        follow(&wanted, record)
    };
    let followed: BTreeSet<&str> = matched.iter().copied().flatten().collect();
    let settings = (wanted
        .iter()
        .find(|f| f.path == crate::folder::SETTINGS_FILE))
    .cloned();
    let mut names = Names {
        wanted: wanted.iter().map(|f| f.path.clone()).collect(),
        taken: (disk.iter())
            .filter(|(path, bytes)| match record.get(*path) {
                // It moves with its article, or is removed.
                Some(written) => !followed.contains(path.as_str()) && !written.is(bytes),
                None => true,
            })
            .map(|(path, _)| path.clone())
            .collect(),
    };
    let mut decision = Decision::default();
    for (file, old) in wanted.into_iter().zip(matched) {
        let known = old.and_then(|path| Some((path, record.get(path)?)));
        let (change, written) = match known {
            None => fresh(file, disk, &names, force),
            Some(known) => again(file, known, disk, settings.as_ref(), &mut names),
        };
        if let Some(written) = written {
            decision.record.insert(change.path.clone(), written);
        }
        decision.changes.push(change);
    }
    let kept: BTreeSet<String> = decision.changes.iter().map(|c| c.path.clone()).collect();
    for (path, written) in record {
        if followed.contains(path.as_str()) || kept.contains(path) {
            continue;
        }
        let Some(now) = disk.get(path) else { continue };
        let ours = force || written.is(now);
        if !ours {
            decision.record.insert(path.clone(), written.clone());
        }
        decision.changes.push(Change {
            path: path.clone(),
            from: None,
            fate: if ours {
                Fate::Removed
            } else {
                Fate::Kept(Why::Dropped)
            },
            before: Some(now.clone()),
            after: (!ours).then(|| now.clone()),
            held_back: None,
            lines: Vec::new(),
        });
    }
    decision
}

/// A file that was never written before, or is written by force.
fn fresh(
    file: FolderFile,
    disk: &BTreeMap<String, Vec<u8>>,
    names: &Names,
    force: bool,
) -> (Change, Option<Written>) {
    let there = disk.get(&file.path);
    // What was written there before and goes elsewhere is not in the way.
    let before = there
        .filter(|_| force || names.taken.contains(&file.path))
        .cloned();
    let written = Written::of(&file.path, &file.bytes);
    let (fate, remembered) = match &before {
        None => (Fate::New, Some(written)),
        Some(now) if *now == file.bytes => (Fate::Same, Some(written)),
        Some(_) if force => (Fate::Updated, Some(written)),
        Some(_) => (Fate::Kept(Why::Foreign), None),
    };
    let held = remembered.is_none();
    let change = Change {
        path: file.path,
        from: None,
        fate,
        after: if held {
            before.clone()
        } else {
            Some(file.bytes.clone())
        },
        before,
        held_back: held.then_some(file.bytes),
        lines: Vec::new(),
    };
    (change, remembered)
}

/// A file that was written before, there or under another name.
fn again(
    file: FolderFile,
    (old, written): (&str, &Written),
    disk: &BTreeMap<String, Vec<u8>>,
    settings: Option<&FolderFile>,
    names: &mut Names,
) -> (Change, Option<Written>) {
    let new = Written::of(&file.path, &file.bytes);
    let same = written.is(&file.bytes);
    let Some(now) = disk.get(old) else {
        return missing(file, written, disk, names, same);
    };
    let mut lines = Vec::new();
    // What the editor has not seen yet stays to be told.
    let mut remembered = new;
    let (fate, after) = if *now == file.bytes {
        (Fate::Same, file.bytes.clone())
    } else if written.is(now) {
        (Fate::Updated, file.bytes.clone())
    } else if same {
        (Fate::Kept(Why::Edited), now.clone())
    } else {
        match merge(written.text(), now, &file, settings) {
            Some(merged) if merged.kept.is_empty() => (Fate::Merged, merged.bytes),
            Some(merged) => {
                remembered = Written::of(&file.path, &merged.written);
                lines = merged.kept;
                (Fate::Partly, merged.bytes)
            }
            None => {
                remembered = written.clone();
                (Fate::Kept(Why::Differs), now.clone())
            }
        }
    };
    let differs = matches!(fate, Fate::Kept(Why::Differs) | Fate::Partly);
    let wanted = match differs && headline(&after) != headline(&file.bytes) {
        true => renumbered(&file.path, old),
        false => file.path.clone(),
    };
    let path = names.free(&wanted, old, disk.get(&wanted) == Some(&after));
    let change = Change {
        from: (path != old).then(|| old.to_string()),
        path,
        fate,
        before: Some(now.clone()),
        after: Some(after),
        held_back: differs.then_some(file.bytes),
        lines,
    };
    (change, Some(remembered))
}

/// The line of an article that names it.
fn headline(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    text.lines()
        .find(|l| l.trim_start().starts_with("headline"))
}

/// The name an article has, with its new number: its text keeps the headline
/// that the name is made of.
fn renumbered(new: &str, old: &str) -> String {
    let split = |path: &'_ str| path.find('-').filter(|_| path.starts_with(ARTICLES));
    match (split(new), split(old)) {
        (Some(number), Some(name)) => format!("{}{}", &new[..number], &old[name..]),
        _ => new.to_string(),
    }
}

/// A file that we wrote and somebody removed. An article stays removed; what
/// the folder cannot do without comes back.
fn missing(
    file: FolderFile,
    written: &Written,
    disk: &BTreeMap<String, Vec<u8>>,
    names: &Names,
    same: bool,
) -> (Change, Option<Written>) {
    if !file.path.starts_with(ARTICLES) || names.taken.contains(&file.path) {
        return fresh(file, disk, names, false);
    }
    let change = Change {
        path: file.path,
        from: None,
        fate: Fate::Kept(if same { Why::Gone } else { Why::GoneDiffers }),
        before: None,
        after: None,
        held_back: Some(file.bytes),
        lines: Vec::new(),
    };
    (change, Some(written.clone()))
}

/// The names that articles cannot move to.
struct Names {
    wanted: BTreeSet<String>,
    taken: BTreeSet<String>,
}

impl Names {
    /// `path` when it can be had, else `path` with a number behind it. A file
    /// that is there `already`, from a run that was stopped, is no obstacle.
    fn free(&mut self, path: &str, old: &str, already: bool) -> String {
        if path == old || already || !self.taken.contains(path) {
            return path.to_string();
        }
        let stem = path.strip_suffix(".md").unwrap_or(path);
        let mut number = 2;
        loop {
            let other = format!("{stem}-{number}.md");
            let free = other == old || !self.taken.contains(&other);
            if free && !self.wanted.contains(&other) {
                self.taken.insert(other.clone());
                return other;
            }
            number += 1;
        }
    }
}
