//! `tingbao build`.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;

use super::Exit;
use super::args::BuildArgs;
use super::forms::Forms;
use super::print::{self, out};
use super::progress::{Progress, Style};
use super::report;
use crate::diag::{Fault, Result};
use crate::model::{ListenerSet, Sets};
use crate::pipeline::{self, Host, Input, Job, Wanted};
use crate::speech::{Speaker, install};
use crate::store::Home;

/// More workers than this need more memory than a desk has.
const MOST_WORKERS: usize = 8;

pub fn build(args: BuildArgs) -> Result<Exit> {
    let style = Style::of(args.quiet, args.json);
    let job = Job {
        input: Input::of(&args.input)?,
        repair: args.repair,
        output: args.output,
        cast: args.cast,
        voices: voices(args.offline),
        wanted: Wanted {
            keep_forms: args.listener.is_none(),
            sets: Sets {
                listener: ListenerSet::of(
                    args.listener.unwrap_or_else(Forms::usual).0,
                    args.ascii_names,
                ),
                radio: None,
                hotline: None,
            },
            workers: args.workers.unwrap_or_else(default_workers),
        },
    };
    let outcome = with_host(style, |host| pipeline::build(&job, host))?;
    match style {
        Style::Text => out(&report::text(&outcome))?,
        Style::Json => print::json(&report::record(&outcome))?,
        Style::Quiet => {
            for diagnostic in report::worth_telling(&outcome.edition) {
                eprintln!("{diagnostic}");
            }
        }
    }
    Ok(if outcome.incomplete() {
        Exit::Omissions
    } else {
        Exit::Complete
    })
}

/// Does something with what the desk has: its voices, its takes, its patience, and
/// a terminal that is told how it goes.
pub(super) fn with_host<T>(style: Style, work: impl FnOnce(Host) -> Result<T>) -> Result<T> {
    let home = Home::of_user()?;
    let speaker = Speaker::open(&home.data)?;
    let cancel = on_interrupt()?;
    let mut progress = Progress::new(style);
    work(Host {
        home: &home,
        speaker: &speaker,
        cancel: &cancel,
        tell: &mut |event| progress.tell(&event),
    })
}

/// Where voices that are not installed come from.
pub(super) fn voices(offline: bool) -> install::Source {
    if offline {
        install::Source::Offline
    } else {
        install::Source::Packages
    }
}

pub(super) fn default_workers() -> NonZeroUsize {
    let most = NonZeroUsize::new(MOST_WORKERS).unwrap_or(NonZeroUsize::MIN);
    available_parallelism()
        .unwrap_or(NonZeroUsize::MIN)
        .min(most)
}

/// Ctrl-C sets the flag; a second one ends the program at once.
fn on_interrupt() -> Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    ctrlc::set_handler(move || {
        if set.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        eprintln!("stopping as soon as what is under way allows; once more to stop at once");
    })
    .map_err(|e| Fault::new(format!("cannot listen for Ctrl-C: {e}")))?;
    Ok(flag)
}
