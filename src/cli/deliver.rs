//! `tingbao deliver`.

use serde_json::json;

use super::Exit;
use super::args::DeliverArgs;
use super::print::{self, out};
use super::progress::Style;
use crate::diag::Result;
use crate::pipeline;

pub fn deliver(args: &DeliverArgs) -> Result<Exit> {
    let style = Style::of(args.quiet, args.json);
    let done = pipeline::deliver(&args.edition, &args.to, args.seen_as.as_deref())?;
    match style {
        Style::Text => out(&format!(
            "{} new files, {} as they were, {} removed: {}\n",
            done.written,
            done.kept,
            done.removed,
            args.to.display()
        ))?,
        Style::Json => print::json(&json!({
            "event": "done",
            "to": args.to,
            "written": done.written,
            "kept": done.kept,
            "removed": done.removed,
        }))?,
        Style::Quiet => {}
    }
    Ok(Exit::Complete)
}
