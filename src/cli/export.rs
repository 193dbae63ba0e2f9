//! `tingbao export`.

use serde_json::json;

use super::Exit;
use super::args::ExportArgs;
use super::build::{default_workers, with_host};
use super::forms::{Forms, Hotline};
use super::print::{self, out};
use super::progress::Style;
use crate::diag::Result;
use crate::model::{HotlineSet, ListenerSet};
use crate::pipeline::{self, Changes, SetChange};

pub fn export(args: ExportArgs) -> Result<Exit> {
    let style = Style::of(args.quiet, args.json);
    // Where one set is named the others stay; where none is, listeners get all.
    let listener = match (args.listener, &args.hotline) {
        (None, Some(_)) => SetChange::Keep,
        (forms, _) => {
            let forms = forms.map_or_else(|| Forms::every().0, |f| f.0);
            match ListenerSet::of(forms, args.ascii_names) {
                Some(set) => SetChange::Make(set),
                None => SetChange::Remove,
            }
        }
    };
    let hotline = match args.hotline {
        None => SetChange::Keep,
        Some(Hotline::All) => SetChange::Make(HotlineSet { wide: true }),
        Some(Hotline::Narrow) => SetChange::Make(HotlineSet { wide: false }),
        Some(Hotline::None) => SetChange::Remove,
    };
    let changes = Changes { listener, hotline };
    let workers = args.workers.unwrap_or_else(default_workers);
    let edition = with_host(style, |mut host| {
        pipeline::export(&args.edition, &changes, workers, &mut host)
    })?;
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
