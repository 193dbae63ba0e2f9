//! The issue folder, what an editor edits: `issue.toml`, `articles/NN-slug.md`
//! and the raw pages beside them.
//!
//! Pure: files come in as bytes and go out as bytes; `store` does the disk.
//! [`read`] is strict, because a key that is misspelt and passed over would be
//! heard only when the edition is on the air. [`write()`] and [`read`] are each
//! other's inverse, but for the places and for the kinds of blocks that Markdown
//! cannot tell from paragraphs (ledes, captions, questions, lines of a poem) or
//! from items of a list (rows of a table).

mod article;
mod escape;
mod fields;
mod fixes;
mod inline;
mod issue_toml;
mod lexicon;
mod markdown;
mod name;
mod podcast;
mod source;
mod write;

#[cfg(test)]
mod tests;

use crate::diag::{Diagnostic, Fault, Noted, Place, Result};
use crate::model::{Article, Block, Issue, LexiconEntry, Settings, SourceText};
pub use fixes::{with_fix, without_fix};
use source::Source;

/// The editor's choices, right in the folder.
pub const SETTINGS_FILE: &str = "issue.toml";
/// Sentences that were set right by ear, right in the folder when there are any.
pub const FIXES_FILE: &str = "fixes.toml";

/// One file of an issue folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderFile {
    /// Its path relative to the folder, separated by `/`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Reads an issue folder; articles are in the order of their leading numbers,
/// then of their names.
///
/// `root` is the folder as the user named it: places begin with it. Files
/// other than `issue.toml`, `fixes.toml` and those under `articles/` are not
/// looked at.
///
/// Faults: no `issue.toml`, no article, a file that is not UTF-8, an unknown
/// key, a value of the wrong type or out of range, an article without headline
/// or (when it is to be read) without body and recording. Diagnostics: what a
/// body holds that is not read, and files under `articles/` that are no articles.
pub fn read(root: &str, files: &[FolderFile]) -> Result<Noted<(Issue, Settings)>> {
    let root = root.trim_end_matches(['/', '\\']);
    let named = |path: &str| {
        if root.is_empty() {
            path.to_string()
        } else {
            format!("{root}/{path}")
        }
    };
    let settings_file = files
        .iter()
        .find(|f| f.path == SETTINGS_FILE)
        .ok_or_else(|| {
            Fault::new("the issue folder has no issue.toml")
                .at(Place::file(if root.is_empty() { "." } else { root }))
                .help("name a folder made by `tingbao ingest PAGE.txt -o FOLDER`, or write an issue.toml with `paper`, `issue_number` and `date`")
        })?;
    let source = Source::decode(named(SETTINGS_FILE), &settings_file.bytes)?;
    let mut notes = Vec::new();
    let (masthead, mut settings) = issue_toml::read(&source)?.drain_into(&mut notes);
    if let Some(file) = files.iter().find(|f| f.path == FIXES_FILE) {
        settings.fixes = fixes::read(&Source::decode(named(FIXES_FILE), &file.bytes)?)?;
    }

    let mut found: Vec<(&str, &FolderFile)> = files
        .iter()
        .filter_map(|f| Some((f.path.strip_prefix("articles/")?, f)))
        .collect();
    found.sort_by(|(a, _), (b, _)| name::order(a).cmp(&name::order(b)));
    let mut articles = Vec::new();
    for (name, file) in found {
        let stem = name
            .strip_suffix(".md")
            .filter(|stem| !stem.starts_with('.') && name::is_component(stem));
        let Some(stem) = stem else {
            notes.push(
                Diagnostic::note(
                    Some(Place::file(named(&file.path))),
                    format!("`{name}` is no article and not read"),
                )
                .help("articles are files right below articles/ whose names end in .md"),
            );
            continue;
        };
        let source = Source::decode(named(&file.path), &file.bytes)?;
        articles.push(article::read(&source, stem)?.drain_into(&mut notes));
    }
    if articles.is_empty() {
        return Err(Fault::new("the issue folder has no articles")
            .at(Place::file(named("articles")))
            .help("write each article as articles/NN-name.md, such as articles/01-canteen.md"));
    }
    Ok(Noted::new((Issue { masthead, articles }, settings), notes))
}

/// Writes an issue folder: `issue.toml`, `articles/NN-slug.md`, and `raw_pages`
/// under `pages/` by the last part of their paths.
///
/// File names come from the articles' ids, made safe: nothing leaves the
/// folder, none is longer than 200 bytes, and they sort in the order of the
/// articles. White space at the ends of a text is layout and not kept; an
/// article of no text at all keeps `read` as it is, so [`read`] will ask for a
/// body.
pub fn write(issue: &Issue, settings: &Settings, raw_pages: &[FolderFile]) -> Vec<FolderFile> {
    write::files(issue, settings, raw_pages)
}

/// One line of plain text as an editor writes it: readings given in it, such as
/// `{崧珏|song1 jue2}`, are taken out. The notes tell of what only looks like one.
pub fn read_line(text: &str) -> Noted<SourceText> {
    let mut notes = Vec::new();
    let marks: Vec<usize> = text
        .match_indices(['{', '|', '}'])
        .map(|(at, _)| at)
        .collect();
    let text = inline::take_readings(SourceText::made(text), &marks, &mut notes);
    Noted::new(text, notes)
}

/// Reads one article as it lies in an issue folder, alone: front matter and
/// body. It has no id. `name` is the file as places name it.
///
/// # Errors
/// Those that [`read`] has with an article.
pub fn read_article(name: &str, text: &str) -> Result<Noted<Article>> {
    article::read(&Source::decode(name.to_string(), text.as_bytes())?, "")
}

/// Reads a text of Markdown without front matter into blocks.
///
/// # Errors
/// None for a text that was decoded.
pub fn read_body(name: &str, text: &str) -> Result<Noted<Vec<Block>>> {
    let source = Source::decode(name.to_string(), text.as_bytes())?;
    Ok(markdown::blocks(&source, 0))
}

/// Reads a lexicon file; the ending of `name` tells its format.
///
/// * `.toml`: one table `[lexicon]`, as in `issue.toml`: `"word" = "pinyin"`, or
///   `{ pinyin = "…" }`, `{ say = "…" }`, `{ read = "digits" }` (or `"value"`,
///   `"skip"`).
/// * `.csv`: a header with `word` and any of `pinyin`, `say`, `read`; every row
///   fills one of them.
/// * `.pls`: W3C Pronunciation Lexicon 1.0; phonemes in the alphabet
///   `x-pinyin`, an `alias` is a respelling.
///
/// Whether a reading is possible pinyin is for the front end to say; here only
/// its form is checked. Faults: not UTF-8, not of that format, an unknown key
/// or column, an entry without word or without exactly one reading.
pub fn read_lexicon(name: &str, bytes: &[u8]) -> Result<Vec<LexiconEntry>> {
    lexicon::read(&Source::decode(name.to_string(), bytes)?)
}
