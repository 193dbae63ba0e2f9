//! `tingbao check`.

use super::Exit;
use super::args::CheckArgs;
use super::print::{self, out};
use crate::check::ask;
use crate::diag::Result;
use crate::pipeline;

pub fn check(args: &CheckArgs) -> Result<Exit> {
    let (edition, mut findings) = pipeline::check(&args.edition)?;
    let files = edition.exports.iter().flat_map(|e| &e.files);
    let books: Vec<&str> = (files.map(|f| f.file.as_str()))
        .filter(|f| f.ends_with(".epub"))
        .collect();
    for validator in &args.with {
        for book in &books {
            findings.extend(ask(*validator, &args.edition.join(book), book)?);
        }
    }
    for finding in &findings {
        match args.json {
            true => print::json(finding)?,
            false => out(&format!("{finding}\n"))?,
        }
    }
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
