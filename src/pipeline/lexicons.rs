//! The lexicons beside the issue's own: where they lie, which wins, and what
//! they did.

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Result};
use crate::folder;
use crate::model::{LexiconEntry, Settings, SourceText};
use crate::store;
use crate::text::{FrontEnd, LexiconReport, Unmatched};

/// The project-wide lexicon as it was when the program was built.
const LEXICON: &str = include_str!("../../voices/lexicon.toml");
/// Where an editor may keep a newer one, seen from the working folder.
const LEXICON_FILE: &str = "voices/lexicon.toml";

/// The lexicons of the paper: those that the issue names, in its order, then
/// those in a folder `lexicons` next to the folder `issues`, by name. Of two
/// entries for one word the first one met counts, so an issue wins over its
/// paper and the paper over the project.
pub fn paper_lexicon(folder: &Path, named: &[String]) -> Result<Vec<LexiconEntry>> {
    let mut entries = Vec::new();
    let mut read = |path: &Path, bytes: &[u8]| -> Result<()> {
        entries.extend(folder::read_lexicon(&path.display().to_string(), bytes)?);
        Ok(())
    };
    for name in named {
        let path = folder.join(name);
        let bytes = store::read("lexicon", &path).map_err(|fault| {
            fault.help("correct `lexicons` in issue.toml, which names it from the issue folder")
        })?;
        read(&path, &bytes)?;
    }
    let Some(shared) = beside_issues(folder).filter(|s| store::is_folder(s)) else {
        return Ok(entries);
    };
    for (name, bytes) in store::files_in(&shared)? {
        let path = shared.join(&name);
        let known = [".toml", ".csv", ".pls"].iter().any(|e| name.ends_with(e));
        if known && !named.iter().any(|n| same_file(&folder.join(n), &path)) {
            read(&path, &bytes)?;
        }
    }
    Ok(entries)
}

/// The folder `lexicons` next to the folder `issues` in which the issue lies.
fn beside_issues(folder: &Path) -> Option<PathBuf> {
    let issues = match folder.parent() {
        Some(parent) if parent.file_name().is_some() => parent.to_path_buf(),
        _ => std::path::absolute(folder).ok()?.parent()?.to_path_buf(),
    };
    (issues.file_name()? == "issues").then(|| issues.with_file_name("lexicons"))
}

/// Whether two paths lead to the same file, `..` followed by name.
fn same_file(a: &Path, b: &Path) -> bool {
    let plain = |path: &Path| {
        let mut plain = PathBuf::new();
        for part in path.components() {
            match part {
                std::path::Component::ParentDir if plain.file_name().is_some() => {
                    plain.pop();
                }
                std::path::Component::CurDir => {}
                part => plain.push(part),
            }
        }
        plain
    };
    plain(a) == plain(b)
}

/// The lexicon of the working folder, or else the one built in.
pub fn project_lexicon() -> Result<Vec<LexiconEntry>> {
    let path = Path::new(LEXICON_FILE);
    if path.is_file() {
        folder::read_lexicon(LEXICON_FILE, &store::read("lexicon", path)?)
    } else {
        folder::read_lexicon(LEXICON_FILE, LEXICON.as_bytes())
    }
}

/// A front end that knows the project's lexicon alone.
///
/// # Errors
/// A lexicon that cannot be read.
pub fn front_end() -> Result<FrontEnd> {
    FrontEnd::new(&project_lexicon()?)
}

/// What the lexicons did to the texts of an issue. The entries of the project's
/// own need not be met: they hold for every paper.
pub fn lexicon_report<'a>(
    front: &FrontEnd,
    texts: impl IntoIterator<Item = &'a SourceText>,
) -> LexiconReport {
    let mut report = front.lexicon_report(texts);
    report.unmatched.retain(|u| u.entry.file != LEXICON_FILE);
    report
}

/// What the lexicons did, as notes: every word they changed, and the entries of
/// the issue's own lexicon that never matched. (Those of a lexicon that issues
/// share need not.)
pub fn lexicon_notes(report: &LexiconReport, settings: &Settings) -> Vec<Diagnostic> {
    let changed = report.changed.iter().map(|c| {
        let (word, instead_of) = (&c.word, &c.instead_of);
        let now = match c.pinyin.as_str() {
            "" => "not read".to_string(),
            pinyin => format!("read {pinyin}"),
        };
        let times = match c.times {
            1 => "once".to_string(),
            n => format!("{n} times"),
        };
        Diagnostic::note(
            c.first.clone(),
            format!("the lexicon has `{word}` {now} in place of {instead_of}, {times}"),
        )
    });
    let own = |u: &&Unmatched| settings.lexicon.iter().any(|e| e.place == u.entry);
    let unmatched = report.unmatched.iter().filter(own).map(|u| {
        Diagnostic::note(
            Some(u.entry.clone()),
            format!("the lexicon's `{}` is in nothing that is read", u.word),
        )
    });
    changed.chain(unmatched).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paper_wins_over_the_project_and_its_named_lexicons_first() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            store::write(&path, text.as_bytes()).unwrap();
        };
        write("lexicons/b.csv", "word,pinyin\n甲,jia3\n丙,bing3\n");
        write("lexicons/a.toml", "[lexicon]\n\"乙\" = \"yi3\"\n");
        write("lexicons/readme.txt", "no lexicon");
        let issue = root.path().join("issues/one");
        write(
            "issues/one/own.pls",
            "<lexicon><lexeme><grapheme>丁</grapheme><alias>叮</alias></lexeme></lexicon>",
        );
        let named = ["own.pls".to_string(), "../../lexicons/b.csv".to_string()];
        let words = |entries: Vec<LexiconEntry>| {
            entries
                .into_iter()
                .map(|e| e.word)
                .collect::<Vec<_>>()
                .concat()
        };
        assert_eq!(words(paper_lexicon(&issue, &named).unwrap()), "丁甲丙乙");
        assert_eq!(words(paper_lexicon(&issue, &[]).unwrap()), "乙甲丙");
        let missing = paper_lexicon(&issue, &["../x.csv".to_string()]).unwrap_err();
        assert!(
            missing
                .to_string()
                .contains("help: correct `lexicons` in issue.toml"),
            "{missing}"
        );
    }
}
