//! A programme that is only planned: what would be played, and what would have to be
//! spoken for it.

use serde::Serialize;

use super::attempt::Attempt;
use super::{Told, station, target, trouble};
use crate::diag::Diagnostic;
use crate::model::{Frames, LeftOut, RundownItem, RundownKind, SampleRate, TimeOfDay, Trouble};

/// A programme that is only planned; nothing of it is written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlannedRundown {
    /// The rate of every length here.
    pub sample_rate: SampleRate,
    /// How long it should be.
    pub slot: Frames,
    /// How long it would be, about.
    pub frames: Frames,
    /// What would be wrong with that.
    pub trouble: Option<Trouble>,
    /// When it begins.
    pub at: Option<TimeOfDay>,
    /// What speeds would be multiplied with.
    pub speed: f64,
    /// What pauses would be multiplied with.
    pub pauses: f64,
    /// What would be played.
    pub items: Vec<PlannedItem>,
    /// What would not, and why.
    pub left_out: Vec<LeftOut>,
    /// How many chunks would have to be spoken.
    pub chunks: usize,
    /// How long their sound would be, about, in seconds.
    pub to_speak: f64,
    /// What was met on the way.
    pub notes: Vec<Diagnostic>,
}

/// A sound of it, or as much of a made one as is told of both.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlannedItem {
    /// Its place, from 1.
    pub position: u32,
    /// What it is.
    pub kind: RundownKind,
    /// Its title.
    pub title: String,
    /// Whether it must be there.
    pub must: bool,
    /// Where it would begin.
    pub start: Frames,
    /// How long it would be.
    pub frames: Frames,
}

impl From<&RundownItem> for PlannedItem {
    fn from(item: &RundownItem) -> Self {
        PlannedItem {
            position: item.position,
            kind: item.kind,
            title: item.title.clone(),
            must: item.must,
            start: item.start,
            frames: item.frames,
        }
    }
}

impl PlannedRundown {
    pub(super) fn of(
        told: &Told<'_>,
        attempt: &Attempt,
        chunks: usize,
        to_speak: f64,
        notes: Vec<Diagnostic>,
    ) -> Self {
        let sample_rate = SampleRate::MASTER;
        let mut start = Frames(0);
        let sounds = attempt.elements.iter().zip(&attempt.lengths);
        let items = (1..)
            .zip(sounds.zip(&attempt.gaps))
            .map(|(position, ((element, frames), gap))| {
                let begins = start;
                start = start + *frames + *gap;
                PlannedItem {
                    position,
                    kind: element.kind,
                    title: station::title(element),
                    must: element.must,
                    start: begins,
                    frames: *frames,
                }
            })
            .collect();
        let target = target(told.job);
        PlannedRundown {
            sample_rate,
            slot: target.slot,
            frames: attempt.frames(),
            trouble: trouble(attempt.frames(), target),
            at: told.job.at,
            speed: attempt.speed,
            pauses: attempt.pauses,
            items,
            left_out: told.left_out(sample_rate),
            chunks,
            to_speak,
            notes,
        }
    }
}
