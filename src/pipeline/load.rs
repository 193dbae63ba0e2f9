//! What the user named → an issue with its settings.

use std::path::{Path, PathBuf};

use super::inputs::is_issue_folder;
use super::lexicons::{paper_lexicon, project_lexicon};
use super::review::page_texts;
use super::source::{Sources, read_sources};
use crate::diag::{Diagnostic, Fault, Noted, Place, Result};
use crate::folder::{self, FolderFile};
use crate::model::{Edit, Issue, LexiconEntry, PageText, Repair, Settings};
use crate::store;
use crate::text::{Digits, FrontEnd};

/// What an edition is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Pages in their order: files, folders of them, `-` for standard input.
    Pages(Vec<PathBuf>),
    /// An issue folder.
    Folder(PathBuf),
}

impl Input {
    /// Tells pages from an issue folder.
    ///
    /// # Errors
    /// When an issue folder is given together with others.
    pub fn of(paths: &[PathBuf]) -> Result<Input> {
        match paths {
            [one] if is_issue_folder(one) => Ok(Input::Folder(one.clone())),
            _ => match paths.iter().find(|p| is_issue_folder(p)) {
                Some(folder) => Err(Fault::new("an issue folder was given together with others")
                    .at(Place::file(folder.display().to_string()))
                    .help("give one issue folder, or the pages of one issue")),
                None => Ok(Input::Pages(paths.to_vec())),
            },
        }
    }

    /// Where the edition goes when nobody says: below `output`.
    pub fn output(&self) -> PathBuf {
        Path::new("output").join(self.slug())
    }

    /// A folder name for the edition: that of the issue folder, or of the
    /// first page without its ending.
    pub fn slug(&self) -> String {
        let name = match self {
            Input::Pages(pages) if pages.first().is_some_and(|p| store::is_folder(p)) => {
                pages.first().and_then(|p| p.file_name())
            }
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
    /// Characters of raw pages that were set right, and those that are doubted.
    pub edits: Vec<Edit>,
    /// The raw pages as text; none for a folder.
    pub pages: Vec<PageText>,
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
        let digits = Digits {
            yao: self.settings.yao,
        };
        Ok(FrontEnd::new(&entries)?.with_digits(digits))
    }
}

/// Reads the input from the disk and understands it.
///
/// # Errors
/// Files that cannot be read, and whatever `ingest` or `folder` refuse.
pub fn load(input: &Input, how: Repair) -> Result<Loaded> {
    let mut notes = Vec::new();
    let mut edits = Vec::new();
    let mut texts = Vec::new();
    let (noted, root) = match input {
        Input::Pages(pages) => {
            let Sources { read: pages, kept } = read_sources(pages, how, &mut notes)?;
            texts = page_texts(&kept, &pages);
            let issue = (pages.issue, Settings::default());
            edits = pages.edits;
            (Noted::clean(issue), None)
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
        edits,
        pages: texts,
        notes,
    })
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
    let fixes = folder.join(folder::FIXES_FILE);
    if store::exists(&fixes) {
        files.push(FolderFile {
            path: folder::FIXES_FILE.into(),
            bytes: store::read("sentences set right", &fixes)?,
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

#[cfg(test)]
mod tests {
    use super::*;

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
