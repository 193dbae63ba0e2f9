//! How the work goes, while it goes: a bar on a terminal, plain lines
//! elsewhere, JSON for programs, nothing with `--quiet`. All but JSON goes to
//! standard error, so that the report can be kept.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::print::{clock, json};
use crate::pipeline::Event;

/// Plain lines come this often at most.
const EVERY: Duration = Duration::from_secs(5);

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Not at all.
    Quiet,
    /// JSON lines on standard output.
    Json,
    /// For people: a bar on a terminal, else lines.
    Text,
}

impl Style {
    /// As `--quiet` and `--json` say, of which at most one is given.
    pub fn of(quiet: bool, json: bool) -> Self {
        match (quiet, json) {
            (true, _) => Style::Quiet,
            (_, true) => Style::Json,
            _ => Style::Text,
        }
    }
}

/// Shows progress.
pub struct Progress {
    style: Style,
    bar: Option<ProgressBar>,
    begun: Instant,
    told: Instant,
    seconds: f64,
    of: usize,
}

impl Progress {
    /// Nothing shown yet.
    pub fn new(style: Style) -> Self {
        let now = Instant::now();
        Progress {
            style,
            bar: None,
            begun: now,
            told: now,
            seconds: 0.0,
            of: 0,
        }
    }

    /// Takes one event.
    pub fn tell(&mut self, event: &Event) {
        match self.style {
            Style::Quiet => {}
            // When nobody reads, the work goes on: the edition is what counts.
            Style::Json => drop(json(event)),
            Style::Text => self.show(event),
        }
    }

    fn show(&mut self, event: &Event) {
        match event {
            Event::Voice(event) => self.line(&event.to_string()),
            Event::Planned {
                chapters,
                chunks,
                to_speak,
            } => {
                self.line(&format!(
                    "{chapters} chapters, {chunks} chunks, {to_speak} of them to be spoken"
                ));
                self.of = *to_speak;
                self.begun = Instant::now();
                if *to_speak > 0 && std::io::stderr().is_terminal() {
                    self.bar = Some(bar(*to_speak));
                }
            }
            Event::Again { speed, seconds } => self.line(&format!(
                "to be spoken again at {speed:.3} times its speed: about {} of sound",
                clock(*seconds)
            )),
            Event::Spoken { done, seconds } => {
                self.seconds += seconds;
                let pace = self.pace(*done);
                match &self.bar {
                    Some(bar) => {
                        bar.set_position(*done as u64);
                        bar.set_message(pace);
                    }
                    None if self.told.elapsed() >= EVERY => {
                        self.told = Instant::now();
                        eprintln!("spoken {done} of {} chunks, {pace}", self.of);
                    }
                    None => {}
                }
            }
            Event::Chapter {
                number,
                title,
                seconds,
            } => {
                self.line(&format!(
                    "chapter {number:02} {title} ({})",
                    clock(*seconds)
                ));
            }
            Event::Exported { place, .. } => self.line(&format!("made {place}")),
            Event::RadioMade { items, place } => {
                self.line(&format!(
                    "made {place}: {items} items and the whole programme"
                ));
            }
        }
    }

    /// Seconds of sound, speed and time left.
    fn pace(&self, done: usize) -> String {
        let spent = self.begun.elapsed().as_secs_f64().max(0.001);
        let left = spent / done.max(1) as f64 * self.of.saturating_sub(done) as f64;
        format!(
            "{} of sound, {:.1} times as fast as listening, {} left",
            clock(self.seconds),
            self.seconds / spent,
            clock(left)
        )
    }

    /// A line of its own, above the bar when there is one.
    fn line(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.println(text),
            None => eprintln!("{text}"),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(length: usize) -> ProgressBar {
    let bar = ProgressBar::new(length as u64);
    // The template is a constant; if it were wrong the plain bar would do.
    if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} chunks, {msg}") {
        bar.set_style(style);
    }
    bar
}
