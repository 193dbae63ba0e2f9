//! The radio set: masters → Broadcast Wave Files at the station's level, FLAC for
//! libraries, and what automation reads of them.

mod check;
mod sound;
mod spell;

pub use check::check;

use std::num::NonZeroUsize;

use super::Event;
use super::workers::each;
use crate::diag::{Diagnostic, Result};
use crate::export::{Book, Content, Cut, Radio};
use crate::model::{Edition, ExportedSound, Frames, Measures, RadioSet};
use crate::store::Draft;

/// What is made.
pub struct Made {
    /// Every file, and what its sound measures where it is one.
    pub files: Vec<(String, Option<ExportedSound>)>,
    /// What was met on the way.
    pub notes: Vec<Diagnostic>,
}

/// Makes the set in the draft of an edition whose masters are there.
///
/// # Errors
/// A master that cannot be read, a full disk.
pub fn make(
    edition: &Edition,
    set: &RadioSet,
    workers: NonZeroUsize,
    draft: &Draft,
    tell: &mut dyn FnMut(Event),
) -> Result<Made> {
    let book = Book::new(edition);
    let radio = Radio::new(&book, &spell::spelled(&book)?, *set)?;
    let studio = sound::Studio {
        radio: &radio,
        draft,
    };
    let lengths: Vec<Frames> = radio.cuts.iter().map(|cut| cut.frames).collect();
    let measures = each(&lengths, workers, |n| studio.part(n))?;
    let whole = studio.whole(&measures)?;
    each(&lengths, workers, |n| {
        studio.library(n, &radio.comments(n, &measures[n], &whole))
    })?;
    let mut files = Vec::new();
    let mut notes = Vec::new();
    let cuts = radio.cuts.iter().zip(&measures);
    for (cut, measures) in cuts.chain([(&radio.whole, &whole)]) {
        notes.extend(sound::doubt(cut, *set, measures));
        files.push((place(&cut.wave()), Some(exported(cut.frames, measures))));
    }
    files.extend(radio.cuts.iter().map(|cut| (place(&cut.flac()), None)));
    for entry in radio.entries() {
        if let Content::Bytes(bytes) = &entry.content {
            let file = place(&entry.path);
            draft.write(&file, bytes)?;
            files.push((file, None));
        }
    }
    tell(Event::RadioMade {
        items: radio.cuts.len(),
        place: RadioSet::FOLDER.into(),
    });
    Ok(Made { files, notes })
}

/// Where a file of the set lies in the edition.
fn place(file: &str) -> String {
    format!("{}/{file}", RadioSet::FOLDER)
}

fn exported(frames: Frames, measures: &Measures) -> ExportedSound {
    let seconds = frames.seconds(Radio::rate());
    ExportedSound {
        seconds: (seconds * 1000.0).round() / 1000.0,
        loudness_lufs: measures.integrated,
        true_peak_dbtp: measures.true_peak,
    }
}

/// The path of a cut's file in the edition.
fn wave(cut: &Cut) -> String {
    place(&cut.wave())
}
