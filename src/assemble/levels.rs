//! Whether every voice is as loud as its manifest says.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::Take;
use crate::audio::loudness::{CAST, Meter, gain_to};
use crate::diag::{Diagnostic, Result};
use crate::model::{Db, Frames, SampleRate};

/// A voice may be so many LU beside the cast's loudness: sentences differ by as much.
const TOLERANCE: f64 = 4.0;
/// Less speech than this, in seconds, tells nothing of a voice.
const ENOUGH: f64 = 4.0;

/// How loud the voices of an edition are as they come from their engines.
#[derive(Default)]
pub struct Levels(BTreeMap<String, Level>);

struct Level {
    meter: Meter,
    frames: Frames,
    gain: Db,
}

impl Levels {
    /// Hears a take of a voice, before its gain.
    ///
    /// # Errors
    /// When it cannot be measured.
    pub fn hear(&mut self, take: &Take) -> Result<()> {
        let level = match self.0.entry(take.voice.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(Level {
                meter: Meter::without_peak(SampleRate::MASTER)?,
                frames: Frames(0),
                gain: take.gain,
            }),
        };
        level.frames.0 += take.pcm.samples.len() as u64;
        level.meter.add(&take.pcm.samples)
    }

    /// A doubt for every voice that is much louder or fainter than the others. Those
    /// for tests are not `judged`.
    ///
    /// # Errors
    /// When one cannot be measured.
    pub fn doubts(self, judged: impl Fn(&str) -> bool) -> Result<Vec<Diagnostic>> {
        let mut doubts = Vec::new();
        for (voice, level) in self.0.into_iter().filter(|(voice, _)| judged(voice)) {
            let enough = level.frames.seconds(SampleRate::MASTER) >= ENOUGH;
            let Some(loudness) = level.meter.finish()?.integrated.filter(|_| enough) else {
                continue;
            };
            // What it should have been laid down with.
            let right = gain_to(loudness, CAST);
            let off = level.gain.0 - right.0;
            if off.abs() > TOLERANCE {
                let how = if off > 0.0 { "louder" } else { "fainter" };
                doubts.push(
                    Diagnostic::doubt(
                        None,
                        format!(
                            "the voice `{voice}` is {:.0} dB {how} than the others: its manifest \
                             says a level of {:.1} dB, and here {:.1} dB would be right",
                            off.abs(),
                            level.gain.0,
                            right.0
                        ),
                    )
                    .help(format!(
                        "`tingbao voices measure {voice}` writes the right one; then build again"
                    )),
                );
            }
        }
        Ok(doubts)
    }
}
