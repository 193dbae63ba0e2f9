//! Which files are meant by what the user named, and in which order: files,
//! folders of pages, standard input.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::folder;
use crate::ingest::{self, PageFile};
use crate::source::{Kind, sniff};
use crate::store;

/// Stands for standard input among the arguments.
const STDIN: &str = "-";
/// What places call standard input.
const STDIN_NAME: &str = "stdin";
/// The largest file that is taken in, in bytes: a PDF of scanned pages. Texts
/// have a smaller limit of their own.
const MOST: u64 = 256 << 20;

/// Endings of texts that lie beside pages and are none.
const OTHER_TEXTS: &[&str] = &[
    "cfg", "conf", "css", "csv", "ini", "js", "json", "log", "py", "sh", "srt", "toml", "tsv",
    "vtt", "yaml", "yml",
];

/// Whether a folder is an issue folder, and not one that holds pages.
pub fn is_issue_folder(folder: &Path) -> bool {
    store::exists(&folder.join(folder::SETTINGS_FILE)) || store::is_folder(&folder.join("articles"))
}

/// The files that are meant, in their order.
///
/// # Errors
/// A file that cannot be read, and a folder without a page.
pub fn files(inputs: &[PathBuf], notes: &mut Vec<Diagnostic>) -> Result<Vec<PageFile>> {
    let mut files = Vec::new();
    let is_stdin = |p: &&PathBuf| p.as_os_str() == STDIN;
    if inputs.iter().filter(is_stdin).count() > 1 {
        return Err(Fault::new("standard input can be read once only")
            .help("give `-` once, and other pages as files"));
    }
    for path in inputs {
        if is_stdin(&path) {
            files.push(PageFile {
                name: STDIN_NAME.into(),
                bytes: store::read_at_most("page", None, MOST)?,
            });
        } else if store::is_folder(path) {
            files.extend(pages_in(path, notes)?);
        } else {
            files.push(file(path)?);
        }
    }
    Ok(files)
}

fn file(path: &Path) -> Result<PageFile> {
    Ok(PageFile {
        name: path.display().to_string(),
        bytes: store::read_at_most("page", Some(path), MOST)?,
    })
}

/// The pages in a folder, in natural order. Of files of one name the one that
/// says most of the page is taken: one page is often kept as picture, hOCR and
/// text side by side.
fn pages_in(folder: &Path, notes: &mut Vec<Diagnostic>) -> Result<Vec<PageFile>> {
    let at = || Place::file(folder.display().to_string());
    if is_issue_folder(folder) {
        return Err(Fault::new("an issue folder was given in place of pages")
            .at(at())
            .help(format!(
                "it is read already: run `tingbao build {}`",
                folder.display()
            )));
    }
    let mut paths = store::names_in(folder)?;
    paths.sort_by(|a, b| natural(&name_of(a), &name_of(b)));
    let mut pages: Vec<(PathBuf, PageFile, Kind)> = Vec::new();
    let mut others = Vec::new();
    for path in paths {
        let page = file(&path)?;
        match sniff(&page.name, &page.bytes) {
            Kind::Other(what, _) => others.push((path, what)),
            Kind::Text if looks_binary(&page.bytes) => others.push((path, "a binary file")),
            Kind::Text if is_no_page(&path) => others.push((path, "a text of another kind")),
            kind => pages.push((path, page, kind)),
        }
    }
    if pages.is_empty() {
        let list: Vec<String> = others
            .iter()
            .map(|(path, what)| format!("`{}` ({what})", name_of(path)))
            .collect();
        let fault = Fault::new("the folder holds no page that can be read").at(at());
        return Err(fault.help(match list.is_empty() {
            true => "it holds no file at all; put the pages of one issue into it".to_string(),
            false => format!("it holds {}", list.join(", ")),
        }));
    }
    let mut taken: Vec<(PathBuf, PageFile, Kind)> = Vec::new();
    for (path, page, kind) in pages {
        let twin = taken
            .iter()
            .position(|(other, ..)| other.file_stem() == path.file_stem());
        let (left, better) = match twin {
            None => {
                taken.push((path, page, kind));
                continue;
            }
            Some(i) if worth(kind) > worth(taken[i].2) => {
                let before = std::mem::replace(&mut taken[i], (path, page, kind));
                (before.1.name, name_of(&taken[i].0))
            }
            Some(i) => (page.name, name_of(&taken[i].0)),
        };
        notes.push(
            Diagnostic::note(
                Some(Place::file(left)),
                format!("the file is left out: `{better}` is the same page"),
            )
            .help("rename it if it is a page of its own"),
        );
    }
    for (path, what) in others {
        notes.push(Diagnostic::note(
            Some(Place::file(path.display().to_string())),
            format!("the file is left out: it is no page but {what}"),
        ));
    }
    Ok(taken.into_iter().map(|(_, page, _)| page).collect())
}

/// How much a kind of file says of a page.
fn worth(kind: Kind) -> u8 {
    match kind {
        Kind::Markdown | Kind::Html | Kind::Epub | Kind::Docx => 4,
        Kind::Hocr | Kind::Alto => 3,
        Kind::Text => 2,
        Kind::Pdf => 1,
        Kind::Image | Kind::Other(..) => 0,
    }
}

/// Whether the ending says that a text is data, a program, or a log.
fn is_no_page(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    OTHER_TEXTS.iter().any(|e| ending == *e)
}

/// Whether a file is no text in any encoding: NULs, but not those of UTF-16.
fn looks_binary(bytes: &[u8]) -> bool {
    bytes.contains(&0) && ingest::decode("", bytes).is_err()
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The natural order of names: `page2` before `page10`.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (Some(x), Some(y)) = (left.chars().next(), right.chars().next()) else {
            // Of names that differ in leading zeros only, the shorter comes first.
            return left.len().cmp(&right.len()).then_with(|| a.cmp(b));
        };
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            let (m, n) = (number(&mut left), number(&mut right));
            m.len().cmp(&n.len()).then(m.cmp(n))
        } else {
            left = &left[x.len_utf8()..];
            right = &right[y.len_utf8()..];
            x.cmp(&y)
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Takes the figures at the start off; leading zeros say nothing.
fn number<'a>(text: &mut &'a str) -> &'a str {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (figures, rest) = text.split_at(end);
    *text = rest;
    figures.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_natural_order() {
        let mut names = [
            "p10.txt",
            "p2.txt",
            "p02b.txt",
            "第1版.txt",
            "p1.txt",
            "p01.txt",
        ];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(
            names,
            [
                "p01.txt",
                "p1.txt",
                "p2.txt",
                "p02b.txt",
                "p10.txt",
                "第1版.txt"
            ]
        );
    }
}
