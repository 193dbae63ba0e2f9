//! `tingbao export`.

use serde_json::json;

use super::Exit;
use super::args::ExportArgs;
use super::args::RadioLevel;
use super::build::{default_workers, with_host};
use super::forms::Forms;
use super::print::{self, out};
use super::progress::Style;
use crate::diag::Result;
use crate::model::{Channels, ListenerSet, RadioSet};
use crate::pipeline::{self, Changes, SetChange};

pub fn export(args: ExportArgs) -> Result<Exit> {
    let style = Style::of(args.quiet, args.json);
    let changes = Changes {
        listener: match (args.listener, &args.radio) {
            // Who asks for the radio set alone has that one made.
            (None, Some(_)) => SetChange::Keep,
            (forms, _) => {
                let forms = forms.unwrap_or_else(Forms::usual).0;
                match ListenerSet::of(forms, args.ascii_names) {
                    Some(set) => SetChange::Make(set),
                    None => SetChange::Remove,
                }
            }
        },
        radio: match args.radio {
            None => SetChange::Keep,
            Some(RadioLevel(None)) => SetChange::Remove,
            Some(RadioLevel(Some(level))) => SetChange::Make(RadioSet {
                level,
                bits: args.bits,
                channels: match args.dual_mono {
                    true => Channels::Dual,
                    false => Channels::Mono,
                },
                days: args.days,
            }),
        },
    };
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
