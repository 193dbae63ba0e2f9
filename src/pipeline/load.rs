//! What the user named → an issue with its settings.

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::folder::{self, FolderFile};
use crate::ingest::{self, PageFile};
use crate::model::{Issue, LexiconEntry, Settings};
use crate::store;
use crate::text::FrontEnd;

/// The project-wide lexicon as it was when the program was built.
const LEXICON: &str = include_str!("../../voices/lexicon.toml");
/// Where an editor may keep a newer one, seen from the working folder.
const LEXICON_FILE: &str = "voices/lexicon.toml";

/// What an edition is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Raw page texts, in page order.
    Pages(Vec<PathBuf>),
    /// An issue folder.
    Folder(PathBuf),
}

impl Input {
    /// Tells pages from a folder.
    ///
    /// # Errors
    /// When there are several folders, or folders and pages together.
    pub fn of(paths: &[PathBuf]) -> Result<Input> {
        match paths {
            [one] if store::is_folder(one) => Ok(Input::Folder(one.clone())),
            _ => match paths.iter().find(|p| store::is_folder(p)) {
                Some(folder) => Err(Fault::new("an issue folder was given together with others")
                    .at(Place::file(folder.display().to_string()))
                    .help("give one issue folder, or one or more page texts")),
                None => Ok(Input::Pages(paths.to_vec())),
            },
        }
    }

    /// A folder name for the edition: that of the issue folder, or of the
    /// first page without its ending.
    pub fn slug(&self) -> String {
        let name = match self {
            Input::Pages(pages) => pages.first().and_then(|p| p.file_stem()),
            Input::Folder(folder) => folder.file_name(),
        };
        slug(&name.unwrap_or_default().to_string_lossy())
    }
}

/// A name that is one safe folder name on every system: white space and
/// characters with a meaning to some shell or system become hyphens; at most
/// 100 bytes; never empty, hidden, or `..`.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        let safe = c.is_alphanumeric() || matches!(c, '_' | '.') || !c.is_ascii();
        let c = if safe && !c.is_whitespace() && !c.is_control() {
            c
        } else {
            '-'
        };
        if slug.len() + c.len_utf8() > 100 {
            break;
        }
        if !(c == '-' && slug.ends_with('-')) {
            slug.push(c);
        }
    }
    let slug = slug.trim_matches(['-', '.']);
    if slug.is_empty() {
        "issue".into()
    } else {
        slug.into()
    }
}

/// An issue as loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The issue.
    pub issue: Issue,
    /// The editor's choices, or the defaults for raw pages.
    pub settings: Settings,
    /// The lexicons that the issue shares with others, those of the paper
    /// before the project's; the issue's own entries come before them all.
    pub lexicon: Vec<LexiconEntry>,
    /// Where recordings and stings are looked up; `None` for raw pages.
    pub root: Option<PathBuf>,
    /// What was met on the way.
    pub notes: Vec<Diagnostic>,
}

impl Loaded {
    /// The front end that knows all lexicons of the issue.
    ///
    /// # Errors
    /// An entry that gives no possible reading.
    pub fn front_end(&self) -> Result<FrontEnd> {
        let entries: Vec<_> = (self.settings.lexicon.iter())
            .chain(&self.lexicon)
            .cloned()
            .collect();
        FrontEnd::new(&entries)
    }
}

/// A front end that knows the project's lexicon alone.
///
/// # Errors
/// A lexicon that cannot be read.
pub fn front_end() -> Result<FrontEnd> {
    FrontEnd::new(&project_lexicon()?)
}

/// Reads the input from the disk and understands it.
///
/// # Errors
/// Files that cannot be read, and whatever `ingest` or `folder` refuse.
pub fn load(input: &Input) -> Result<Loaded> {
    let (noted, root) = match input {
        Input::Pages(pages) => {
            let noted = ingest::read_pages(&page_files(pages)?)?;
            (noted.map(|issue| (issue, Settings::default())), None)
        }
        Input::Folder(folder) => {
            let files = folder_files(folder)?;
            let root = folder.display().to_string();
            (
                folder::read(root.trim_end_matches('/'), &files)?,
                Some(folder.clone()),
            )
        }
    };
    let mut notes = Vec::new();
    let (issue, settings) = noted.drain_into(&mut notes);
    let mut lexicon = match &root {
        Some(folder) => paper_lexicon(folder, &settings.lexicons)?,
        None => Vec::new(),
    };
    lexicon.extend(project_lexicon()?);
    Ok(Loaded {
        issue,
        settings,
        lexicon,
        root,
        notes,
    })
}

/// The bytes of the pages, under the names the user gave.
///
/// # Errors
/// When a page cannot be read.
pub fn page_files(pages: &[PathBuf]) -> Result<Vec<PageFile>> {
    pages
        .iter()
        .map(|path| {
            Ok(PageFile {
                name: path.display().to_string(),
                bytes: store::read("page", path)?,
            })
        })
        .collect()
}

/// What `folder::read` wants to see of an issue folder.
fn folder_files(folder: &Path) -> Result<Vec<FolderFile>> {
    let mut files = Vec::new();
    let settings = folder.join(folder::SETTINGS_FILE);
    if settings.is_file() {
        let bytes = store::read("issue's settings", &settings)?;
        files.push(FolderFile {
            path: folder::SETTINGS_FILE.into(),
            bytes,
        });
    }
    for (name, bytes) in store::files_in(&folder.join("articles"))? {
        files.push(FolderFile {
            path: format!("articles/{name}"),
            bytes,
        });
    }
    Ok(files)
}

/// The lexicons of the paper: those that the issue names, in its order, then
/// those in a folder `lexicons` next to the folder `issues`, by name. Of two
/// entries for one word the first one met counts, so an issue wins over its
/// paper and the paper over the project.
fn paper_lexicon(folder: &Path, named: &[String]) -> Result<Vec<LexiconEntry>> {
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
fn project_lexicon() -> Result<Vec<LexiconEntry>> {
    let path = Path::new(LEXICON_FILE);
    if path.is_file() {
        folder::read_lexicon(LEXICON_FILE, &store::read("lexicon", path)?)
    } else {
        folder::read_lexicon(LEXICON_FILE, LEXICON.as_bytes())
    }
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

    #[test]
    fn a_slug_is_one_safe_folder_name() {
        for (name, expected) in [
            ("xinmin-8545", "xinmin-8545"),
            ("../../etc", "etc"),
            ("my page (3)", "my-page-3"),
            ("荷湾社区报 🎉", "荷湾社区报-🎉"),
            ("..", "issue"),
            ("", "issue"),
            (".hidden", "hidden"),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
        assert!(slug(&"长".repeat(200)).len() <= 100);
    }
}
