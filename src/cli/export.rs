//! `tingbao export`.

use serde_json::json;

use super::Exit;
use super::args::ExportArgs;
use super::args::RadioLevel;
use super::build::{default_workers, with_host};
use super::forms::{Forms, Hotline};
use super::print::{self, out};
use super::progress::Style;
use super::report;
use crate::diag::Result;
use crate::model::{Channels, HotlineSet, ListenerSet, RadioSet};
use crate::pipeline::{self, Changes, SetChange};

pub fn export(args: ExportArgs) -> Result<Exit> {
    let style = Style::of(args.quiet, args.json);
    let changes = Changes {
        listener: match args.listener {
            // Who asks for other sets alone has those made.
            None if args.radio.is_some() || args.hotline.is_some() => SetChange::Keep,
            forms => {
                let forms = forms.unwrap_or_else(Forms::usual).0;
                match ListenerSet::of(forms, args.ascii_names == Some(true)) {
                    Some(set) => SetChange::Make(set),
                    None => SetChange::Remove,
                }
            }
        },
        ascii_names: args.ascii_names,
        radio: match args.radio {
            None => SetChange::Keep,
            Some(RadioLevel(None)) => SetChange::Remove,
            Some(RadioLevel(Some(level))) => SetChange::Make(RadioSet {
                level,
                bits: args.bits,
                channels: Channels::of(args.dual_mono),
                days: args.days,
            }),
        },
        hotline: match args.hotline {
            None => SetChange::Keep,
            Some(Hotline::None) => SetChange::Remove,
            Some(what) => SetChange::Make(HotlineSet {
                wide: what != Hotline::Narrow,
                g722: what == Hotline::G722,
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
        Style::Text => {
            if let Some(told) = report::without_podcast(&edition) {
                out(&format!("{told}\n"))?;
            }
            out(&format!(
                "{} files, {:.1} MB: {}\n",
                files.len(),
                bytes as f64 / 1e6,
                args.edition.display()
            ))?;
        }
        Style::Json => print::json(&json!({
            "event": "done",
            "output": args.edition,
            "exports": edition.exports,
        }))?,
        Style::Quiet => {}
    }
    Ok(Exit::Complete)
}
