//! `tingbao rundown`.

use std::borrow::Cow;

use serde_json::json;

use super::Exit;
use super::args::RundownArgs;
use super::build::{default_workers, voices, with_host};
use super::print::{self, clock, out};
use super::progress::Style;
use crate::diag::{Diagnostic, Result, Severity};
use crate::model::{
    Channels, Frames, LeftOut, RadioSet, Rundown, RundownKind, SampleRate, TimeOfDay, Trouble, Why,
};
use crate::pipeline::{self, PlannedItem, PlannedRundown, RundownJob};

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
    if args.plan {
        let planned = with_host(style, |host| pipeline::plan_rundown(&job, host))?;
        let sheet = Sheet::of_plan(&planned, job.editions.len());
        let last = match planned.chunks {
            0 => "planned: nothing would have to be spoken".to_string(),
            chunks => format!(
                "planned: {chunks} chunks would be spoken, about {} of sound",
                clock(planned.to_speak)
            ),
        };
        let event = json!({ "event": "planned", "plan": planned });
        return told(style, &sheet, &last, &event);
    }
    let made = with_host(style, |host| pipeline::rundown(&job, host))?;
    let sheet = Sheet::of(&made.rundown, &made.notes);
    let last = format!("the rundown is in {}", made.output.display());
    let event = json!({
        "event": "done",
        "output": made.output,
        "notes": made.notes,
        "rundown": made.rundown,
    });
    told(style, &sheet, &last, &event)
}

/// Reports a programme; whether it fits and is whole is the exit code.
fn told(style: Style, sheet: &Sheet<'_>, last: &str, event: &serde_json::Value) -> Result<Exit> {
    match style {
        Style::Text => out(&format!("{}{last}\n", sheet.text()))?,
        Style::Json => print::json(event)?,
        Style::Quiet => {
            for problem in sheet.problems() {
                eprintln!("{problem}");
            }
        }
    }
    let whole = (sheet.notes.iter()).all(|n| n.severity != Severity::Omission);
    Ok(match sheet.trouble.is_none() && whole {
        true => Exit::Complete,
        false => Exit::Omissions,
    })
}

/// What is told of a programme, made or planned.
struct Sheet<'a> {
    sample_rate: SampleRate,
    slot: Frames,
    frames: Frames,
    at: Option<TimeOfDay>,
    speed: f64,
    pauses: f64,
    items: Cow<'a, [PlannedItem]>,
    left_out: &'a [LeftOut],
    trouble: Option<Trouble>,
    notes: &'a [Diagnostic],
    /// How many editions it is made of.
    editions: usize,
}

impl<'a> Sheet<'a> {
    fn of(rundown: &'a Rundown, notes: &'a [Diagnostic]) -> Self {
        Sheet {
            sample_rate: rundown.sample_rate,
            slot: rundown.slot,
            frames: rundown.frames,
            at: rundown.at,
            speed: rundown.speed,
            pauses: rundown.pauses,
            items: Cow::Owned(rundown.items.iter().map(PlannedItem::from).collect()),
            left_out: &rundown.left_out,
            trouble: rundown.trouble,
            notes,
            editions: rundown.editions.len(),
        }
    }

    fn of_plan(plan: &'a PlannedRundown, editions: usize) -> Self {
        Sheet {
            sample_rate: plan.sample_rate,
            slot: plan.slot,
            frames: plan.frames,
            at: plan.at,
            speed: plan.speed,
            pauses: plan.pauses,
            items: Cow::Borrowed(&plan.items),
            left_out: &plan.left_out,
            trouble: plan.trouble,
            notes: &plan.notes,
            editions,
        }
    }

    fn seconds(&self, frames: Frames) -> f64 {
        frames.seconds(self.sample_rate)
    }

    /// What an operator has to know of it.
    fn problems(&self) -> Vec<String> {
        let notes = self.notes.iter().filter(|n| n.severity != Severity::Note);
        (notes.map(Diagnostic::to_string))
            .chain(self.trouble.map(|t| self.trouble(t)))
            .collect()
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |l: String| {
            text.push_str(&l);
            text.push('\n');
        };
        for item in self.items.iter() {
            let when = match self.at {
                Some(at) => at.after(item.start, self.sample_rate).to_string(),
                None => clock(self.seconds(item.start)),
            };
            let must = if item.must { " (must)" } else { "" };
            let title = match item.kind {
                RundownKind::Sting => format!("~ {}", item.title),
                _ => item.title.clone(),
            };
            line(format!(
                "  {:02}  {when:>8}  {:>7}  {title}{must}",
                item.position,
                clock(self.seconds(item.frames)),
            ));
        }
        line(format!(
            "{} in a slot of {}; speed {:.3}, pauses {:.2} times their own",
            clock(self.seconds(self.frames)),
            clock(self.seconds(self.slot)),
            self.speed,
            self.pauses,
        ));
        for article in self.left_out {
            line(self.left_out(article));
        }
        self.problems().into_iter().for_each(line);
        text
    }

    /// Why an article is not in it.
    fn left_out(&self, article: &LeftOut) -> String {
        let several = match self.editions > 1 {
            true => format!("{}:", article.edition + 1),
            false => String::new(),
        };
        let over = |frames: Frames| format!("{:.1} s", self.seconds(frames));
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
        format!(
            "left out: {several}{} {} ({}): {why}",
            article.chapter,
            article.title,
            clock(self.seconds(article.frames)),
        )
    }

    /// What is wrong with its length, and what helps.
    fn trouble(&self, trouble: Trouble) -> String {
        match trouble {
            Trouble::TooLong { over } => format!(
                "the programme is {:.1} s longer than its slot: what must be in it cannot be shorter\n  \
                 help: ask for less with --must, allow faster voices with --speed, or give it more time",
                self.seconds(over)
            ),
            Trouble::TooShort { under } => format!(
                "the programme is {:.1} s shorter than its slot: no set of the articles fills it\n  \
                 help: add an older edition, allow slower voices with --speed, or let music follow",
                self.seconds(under)
            ),
        }
    }
}
