//! Programs that others wrote to judge EPUB.

use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use clap::ValueEnum;
use serde_json::Value;

use super::Finding;
use crate::diag::{Fault, Place, Result};
use crate::process::talk;

/// Longer than this none of them takes for a book.
const PATIENCE: Duration = Duration::from_secs(300);

/// A program that knows EPUB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Validator {
    /// EPUBCheck of the W3C
    Epubcheck,
    /// Ace by DAISY
    Ace,
}

impl Validator {
    fn program(self) -> &'static str {
        match self {
            Validator::Epubcheck => "epubcheck",
            Validator::Ace => "ace",
        }
    }

    fn clause(self) -> &'static str {
        match self {
            Validator::Epubcheck => "EPUBCheck",
            Validator::Ace => "Ace by DAISY",
        }
    }

    /// What is said where the program is missing.
    pub fn missing(self) -> String {
        format!(
            "`{}` is not installed and was not asked; {}",
            self.program(),
            self.help()
        )
    }

    fn help(self) -> &'static str {
        match self {
            Validator::Epubcheck => "install it with `apt-get install epubcheck`",
            Validator::Ace => "install it with `npm install -g @daisy/ace`",
        }
    }
}

/// Asks a program about a book; `name` is what findings call it. `None` when it is not
/// installed.
///
/// # Errors
/// A program that cannot be run, does not end, or answers nothing that is known.
pub fn ask(validator: Validator, book: &Path, name: &str) -> Result<Option<Vec<Finding>>> {
    let program = validator.program();
    let mut command = Command::new(program);
    command.arg(book);
    let answer = match talk(&mut command, b"", PATIENCE) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        answer => answer.map_err(|e| {
            Fault::new(format!("cannot run `{program}`: {e}")).help(validator.help())
        })?,
    };
    let answer = answer.ok_or_else(|| {
        Fault::new(format!(
            "`{program}` did not end within {} minutes",
            PATIENCE.as_secs() / 60
        ))
        .at(Place::file(name))
    })?;
    let text = String::from_utf8_lossy(&answer.stdout);
    let said = match validator {
        Validator::Epubcheck => epubcheck(&format!("{text}\n{}", answer.stderr)),
        Validator::Ace => ace(&text),
    };
    let said = said.ok_or_else(|| {
        let words = answer.complaint().unwrap_or("nothing");
        Fault::new(format!("`{program}` gives no report; it says: {words}")).at(Place::file(name))
    })?;
    let findings = said.into_iter().map(|message| Finding {
        file: name.into(),
        line: 0,
        message,
        clause: validator.clause(),
    });
    Ok(Some(findings.collect()))
}

/// EPUBCheck's errors and warnings; `None` when it did not come to its summary.
fn epubcheck(text: &str) -> Option<Vec<String>> {
    let summary = ["Messages:", "No errors or warnings detected"];
    (text.lines()).find(|l| summary.iter().any(|s| l.contains(s)))?;
    let bad = ["FATAL(", "ERROR(", "WARNING("];
    let lines = text.lines().map(str::trim);
    Some(
        lines
            .filter(|l| bad.iter().any(|b| l.starts_with(b)))
            .map(String::from)
            .collect(),
    )
}

/// What Ace's report calls failed.
fn ace(text: &str) -> Option<Vec<String>> {
    let report: Value = serde_json::from_str(text.get(text.find('{')?..)?).ok()?;
    let mut failed = Vec::new();
    for document in report["assertions"].as_array()? {
        let file = document["earl:testSubject"]["url"]
            .as_str()
            .unwrap_or_default();
        for one in document["assertions"].as_array().into_iter().flatten() {
            if one["earl:result"]["earl:outcome"] == "fail" {
                let rule = one["earl:test"]["dct:title"].as_str().unwrap_or("a rule");
                failed.push(format!("{file}: {rule}"));
            }
        }
    }
    Some(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_read() {
        let good = "No errors or warnings detected.\nMessages: 0 fatals / 0 errors";
        assert_eq!(epubcheck(good), Some(vec![]));
        let bad = "ERROR(RSC-005): a.epub/p.xhtml(3,4): wrong\nMessages: 0 fatals / 1 error";
        assert_eq!(epubcheck(bad).map(|f| f.len()), Some(1));
        assert_eq!(epubcheck("java: not found"), None);
        let report = r#"info {"assertions":[{"earl:testSubject":{"url":"a.xhtml"},"assertions":
            [{"earl:result":{"earl:outcome":"fail"},"earl:test":{"dct:title":"html-has-lang"}}]}]}"#;
        assert_eq!(
            ace(report),
            Some(vec!["a.xhtml: html-has-lang".to_string()])
        );
        assert_eq!(ace("nothing"), None);
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        assert_eq!(
            Validator::Ace.missing(),
            "`ace` is not installed and was not asked; \
             install it with `npm install -g @daisy/ace`"
        );
    }
}
