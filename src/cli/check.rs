//! `tingbao check`.

use super::Exit;
use super::args::CheckArgs;
use super::print::{self, out};
use crate::check::{Finding, ask};
use crate::diag::{Fault, Result};
use crate::export::INDEX_FILE;
use crate::pipeline;
use crate::store;

pub fn check(args: &CheckArgs) -> Result<Exit> {
    let (edition, mut findings) = match pipeline::check(&args.edition) {
        // An index that cannot be read is what is wrong with the edition.
        Err(fault) if store::exists(&args.edition.join(INDEX_FILE)) => {
            return unreadable(&fault, args.json);
        }
        checked => checked?,
    };
    let files = edition.exports.iter().flat_map(|e| &e.files);
    let books: Vec<&str> = (files.map(|f| f.file.as_str()))
        .filter(|f| f.ends_with(".epub"))
        .collect();
    for validator in &args.with {
        for book in &books {
            match ask(*validator, &args.edition.join(book), book)? {
                Some(found) => findings.extend(found),
                None => eprintln!("warning: {}", validator.missing()),
            }
        }
    }
    findings.iter().try_for_each(|f| tell(f, args.json))?;
    if !args.json {
        let files = edition.exports.as_ref().map_or(0, |e| e.files.len());
        out(&match findings.len() {
            0 => format!(
                "nothing is wrong with {} chapters and {files} exported files: {}\n",
                edition.chapters.len(),
                args.edition.display()
            ),
            1 => "1 finding\n".to_string(),
            n => format!("{n} findings\n"),
        })?;
    }
    Ok(match findings.is_empty() {
        true => Exit::Complete,
        false => Exit::Omissions,
    })
}

fn tell(finding: &Finding, json: bool) -> Result<()> {
    match json {
        true => print::json(finding),
        false => out(&format!("{finding}\n")),
    }
}

/// Tells of an index that cannot be read as of any other finding.
fn unreadable(fault: &Fault, json: bool) -> Result<Exit> {
    let finding = Finding {
        file: INDEX_FILE.into(),
        line: 0,
        message: fault.message.clone(),
        clause: "schema/edition-1.schema.json",
    };
    tell(&finding, json)?;
    if !json {
        out("1 finding\n")?;
    }
    Ok(Exit::Omissions)
}
