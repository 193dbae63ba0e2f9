//! What can go wrong, in two kinds that never mix.
//!
//! A [`Diagnostic`] is a *content* problem (a doubtful character, a word no
//! voice can say): it is collected, reported, and never stops the paper. A
//! [`Fault`] (no disk, no voice, an unreadable settings file) stops the run
//! with one message: what happened, which value, where, what to do next.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file as the user named it, or its path inside the issue folder.
    pub file: String,
    /// Line, counted from 1; 0 when the whole file is meant.
    pub line: u32,
    /// Column, counted from 0 in Unicode code points after BOM and CR removal.
    pub col: u32,
}

impl Place {
    /// The place `line`:`col` of `file`.
    pub fn new(file: impl Into<String>, line: u32, col: u32) -> Self {
        Place {
            file: file.into(),
            line,
            col,
        }
    }

    /// The file as a whole, when no line is to blame.
    pub fn file(file: impl Into<String>) -> Self {
        Place::new(file, 0, 0)
    }
}

impl fmt::Display for Place {
    /// `file`, or `file:line:col` with the column counted from 1 as editors do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            f.write_str(&self.file)
        } else {
            write!(f, "{}:{}:{}", self.file, self.line, self.col + 1)
        }
    }
}

/// How much a content problem matters to the listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; the edition is right without any action.
    Note,
    /// The program made a choice that an editor should look at.
    Doubt,
    /// Something the page says is not in the edition; exit code 1.
    Omission,
}

/// One content problem: where, what, and what an editor can do about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Where in the source; `None` when no single place is to blame.
    pub place: Option<Place>,
    /// What happened, a lower-case sentence that names the value.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a help line.
    pub fn new(severity: Severity, place: Option<Place>, message: impl Into<String>) -> Self {
        Diagnostic {
            severity,
            place,
            message: message.into(),
            help: None,
        }
    }

    /// A choice that an editor should look at.
    pub fn doubt(place: Option<Place>, message: impl Into<String>) -> Self {
        Self::new(Severity::Doubt, place, message)
    }

    /// Worth knowing only.
    pub fn note(place: Option<Place>, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, place, message)
    }

    /// Something that the edition leaves out.
    pub fn omission(place: Option<Place>, message: impl Into<String>) -> Self {
        Self::new(Severity::Omission, place, message)
    }

    /// The same diagnostic with a help line.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Note => "note",
            Severity::Doubt => "doubt",
            Severity::Omission => "omission",
        };
        render(
            f,
            word,
            &self.message,
            self.place.as_ref(),
            self.help.as_deref(),
        )
    }
}

/// A value together with the content problems met while making it.
#[derive(Debug, Clone, PartialEq)]
pub struct Noted<T> {
    /// The value.
    pub value: T,
    /// What was met on the way, in source order.
    pub notes: Vec<Diagnostic>,
}

impl<T> Noted<T> {
    /// A value with nothing to remark.
    pub fn clean(value: T) -> Self {
        Noted {
            value,
            notes: Vec::new(),
        }
    }

    /// A value with its remarks.
    pub fn new(value: T, notes: Vec<Diagnostic>) -> Self {
        Noted { value, notes }
    }

    /// Moves the remarks into `sink` and gives the value.
    pub fn drain_into(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.notes);
        self.value
    }

    /// Applies `f` to the value and keeps the remarks.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Noted<U> {
        Noted {
            value: f(self.value),
            notes: self.notes,
        }
    }
}

/// What stops a run.
///
/// Rendered as
/// ```text
/// error: cannot read the voice file of `zm_yunjian`: 12 bytes are missing
///   --> voices/zm_yunjian.bin
///   help: run `tingbao voices install zm_yunjian` to fetch it again
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What happened and which value, a lower-case sentence.
    pub message: String,
    /// Where; boxed so that a `Result` stays small.
    pub place: Option<Box<Place>>,
    /// What to do next.
    pub help: Option<String>,
}

impl Fault {
    /// A fault without place or help.
    pub fn new(message: impl Into<String>) -> Self {
        Fault {
            message: message.into(),
            place: None,
            help: None,
        }
    }

    /// The same fault at a place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(Box::new(place));
        self
    }

    /// The same fault with a help line.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What a writer said that was given a file piece by piece; the caller knows which
/// file it is.
pub fn cannot_write(e: &std::io::Error) -> Fault {
    match e.kind() {
        std::io::ErrorKind::StorageFull => Fault::new(
            "cannot write the file: no space left on the disk",
        )
        .help("make room on that disk and run the same command again; what is finished is kept"),
        _ => Fault::new(format!("cannot write the file: {e}")),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        render(
            f,
            "error",
            &self.message,
            self.place.as_deref(),
            self.help.as_deref(),
        )
    }
}

impl std::error::Error for Fault {}

/// The result of anything that may stop the run.
pub type Result<T, E = Fault> = std::result::Result<T, E>;

/// The one layout of every message, so that an eye (or a screen reader) finds
/// the place and the help line where it found them last time.
fn render(
    f: &mut fmt::Formatter<'_>,
    word: &str,
    message: &str,
    place: Option<&Place>,
    help: Option<&str>,
) -> fmt::Result {
    write!(f, "{word}: {message}")?;
    if let Some(place) = place {
        write!(f, "\n  --> {place}")?;
    }
    if let Some(help) = help {
        write!(f, "\n  help: {help}")?;
    }
    Ok(())
}

/// The known name nearest to `unknown`, for "did you mean" help lines: at most
/// a third of its letters away (Jaro-Winkler would favour shared prefixes,
/// which settings keys have too many of; Damerau-Levenshtein does not).
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(&unknown.to_lowercase(), k), k))
        .filter(|(d, k)| *d <= (k.chars().count().max(unknown.chars().count()) / 3).max(1))
        .min_by_key(|(d, _)| *d)
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_rendered_with_place_and_help() {
        let fault = Fault::new("unknown key `papre`")
            .at(Place::new("issue.toml", 3, 0))
            .help("did you mean `paper`?");
        assert_eq!(
            fault.to_string(),
            "error: unknown key `papre`\n  --> issue.toml:3:1\n  help: did you mean `paper`?"
        );
    }

    #[test]
    fn nearest_names_a_near_key_and_no_far_one() {
        let known = ["paper", "section", "date"];
        assert_eq!(nearest("papre", known), Some("paper"));
        assert_eq!(nearest("Paper", known), Some("paper"));
        assert_eq!(nearest("loudness", known), None);
        assert_eq!(nearest("nope", ["tone"]), None);
    }
}
