//! `tingbao rundown`.

use serde_json::json;

use super::Exit;
use super::args::RundownArgs;
use super::build::{default_workers, voices, with_host};
use super::print::{self, clock, out};
use super::progress::Style;
use crate::diag::{Result, Severity};
use crate::model::{Channels, Frames, RadioSet, RundownKind, Trouble, Why};
use crate::pipeline::{self, MadeRundown, RundownJob};

pub fn rundown(args: RundownArgs) -> Result<Exit> {
    let style = Style::of(args.quiet, args.json);
    let job = RundownJob {
        editions: args.editions,
        slot: args.slot.0,
        tolerance: args.tolerance.0,
        must: args.must.iter().map(|m| m.0).collect(),
        stings: args.stings,
        speed: args.speed.0,
        at: args.at,
        radio: RadioSet {
            level: args.level,
            bits: args.bits,
            channels: Channels::of(args.dual_mono),
            days: args.days,
        },
        output: args.output,
        workers: args.workers.unwrap_or_else(default_workers),
        voices: voices(args.offline),
    };
    let made = with_host(style, |host| pipeline::rundown(&job, host))?;
    match style {
        Style::Text => out(&text(&made))?,
        Style::Json => print::json(&json!({
            "event": "done",
            "output": made.output,
            "notes": made.notes,
            "rundown": made.rundown,
        }))?,
        Style::Quiet => {
            for note in made.notes.iter().filter(|n| n.severity != Severity::Note) {
                eprintln!("{note}");
            }
            if let Some(trouble) = made.rundown.trouble {
                eprintln!("{}", told(trouble, &made));
            }
        }
    }
    let whole = (made.notes.iter()).all(|n| n.severity != Severity::Omission);
    Ok(match made.rundown.fits && whole {
        true => Exit::Complete,
        false => Exit::Omissions,
    })
}

/// The report as text.
fn text(made: &MadeRundown) -> String {
    let rundown = &made.rundown;
    let seconds = |frames: Frames| frames.seconds(rundown.sample_rate);
    let mut text = String::new();
    let mut line = |l: String| {
        text.push_str(&l);
        text.push('\n');
    };
    for item in &rundown.items {
        let when = match rundown.at {
            Some(at) => at.after(item.start, rundown.sample_rate).to_string(),
            None => clock(seconds(item.start)),
        };
        let must = if item.must { " (must)" } else { "" };
        let title = match item.kind {
            RundownKind::Sting => format!("~ {}", item.title),
            _ => item.title.clone(),
        };
        line(format!(
            "  {:02}  {when:>8}  {:>7}  {title}{must}",
            item.position,
            clock(seconds(item.frames)),
        ));
    }
    line(format!(
        "{} in a slot of {}; speed {:.3}, pauses {:.2} times their own",
        clock(seconds(rundown.frames)),
        clock(seconds(rundown.slot)),
        rundown.speed,
        rundown.pauses,
    ));
    for article in &rundown.left_out {
        let several = match rundown.editions.len() > 1 {
            true => format!("{}:", article.edition + 1),
            false => String::new(),
        };
        let over = |frames: Frames| format!("{:.1} s", seconds(frames));
        let why = match article.why {
            Why::TooLong { over: by } => {
                format!("too long for the slot by {} even alone", over(by))
            }
            Why::NoRoom { over: by } => format!(
                "no room beside what is more important or fits better, it lacks {}",
                over(by)
            ),
            Why::OthersFit => "with it the others would have to be read faster".to_string(),
        };
        line(format!(
            "left out: {several}{} {} ({}): {why}",
            article.chapter,
            article.title,
            clock(seconds(article.frames)),
        ));
    }
    for note in made.notes.iter().filter(|n| n.severity != Severity::Note) {
        line(note.to_string());
    }
    if let Some(trouble) = rundown.trouble {
        line(told(trouble, made));
    }
    line(format!("the rundown is in {}", made.output.display()));
    text
}

/// What is wrong with the programme's length, and what helps.
fn told(trouble: Trouble, made: &MadeRundown) -> String {
    let seconds = |frames: Frames| frames.seconds(made.rundown.sample_rate);
    match trouble {
        Trouble::TooLong { over } => format!(
            "the programme is {:.1} s longer than its slot: what must be in it cannot be shorter\n  \
             help: ask for less with --must, allow faster voices with --speed, or give it more time",
            seconds(over)
        ),
        Trouble::TooShort { under } => format!(
            "the programme is {:.1} s shorter than its slot: no set of the articles fills it\n  \
             help: add an older edition, allow slower voices with --speed, or let music follow",
            seconds(under)
        ),
    }
}
