//! `tingbao export`.

use serde_json::json;

use super::Exit;
use super::args::ExportArgs;
use super::build::default_workers;
use super::print::{self, out};
use super::progress::{Progress, Style};
use crate::diag::Result;
use crate::pipeline::{self, Wanted};

pub fn export(args: ExportArgs) -> Result<Exit> {
    let style = Style::of(args.quiet, args.json);
    let wanted = Wanted {
        forms: args.listener.0,
        ascii_names: args.ascii_names,
        workers: args.workers.unwrap_or_else(default_workers),
    };
    let mut progress = Progress::new(style);
    let edition = pipeline::export(&args.edition, &wanted, &mut |event| progress.tell(&event))?;
    let files = edition.exports.as_ref().map_or(&[][..], |e| &e.files);
    let bytes: u64 = files.iter().map(|f| f.bytes).sum();
    match style {
        Style::Text => out(&format!(
            "{} files, {:.1} MB: {}\n",
            files.len(),
            bytes as f64 / 1e6,
            args.edition.display()
        ))?,
        Style::Json => print::json(&json!({
            "event": "done",
            "output": args.edition,
            "exports": edition.exports,
        }))?,
        Style::Quiet => {}
    }
    Ok(Exit::Complete)
}
