//! The radio set: masters → Broadcast Wave Files at the station's level, FLAC for
//! libraries, and what automation reads of them.

mod check;
mod sound;
mod spell;

pub use check::check;

use std::num::NonZeroUsize;

use super::workers::each;
use super::{Event, masters};
use crate::diag::{Diagnostic, Fault, Result};
use crate::export::{Book, Content, Radio};
use crate::model::{Edition, ExportedSound, Frames, Measures, RadioSet};
use crate::store::Draft;

/// The sound of the chapters, told by their place: block by block, as often as it is
/// asked for, from any thread.
pub type Sounds<'a> = dyn Fn(usize, &mut dyn FnMut(&[f32]) -> Result<()>) -> Result<()> + Sync + 'a;

/// What a set is made of.
pub struct Programme<'a> {
    /// What is heard, in order, and of what paper.
    pub edition: &'a Edition,
    /// The chapters' sound.
    pub sounds: &'a Sounds<'a>,
    /// How the set is made.
    pub set: RadioSet,
    /// The folder of the set in the draft; empty for the draft itself.
    pub folder: &'a str,
    /// What it is called besides the name, in ASCII; empty for the issue itself.
    pub occasion: &'a str,
}

impl Programme<'_> {
    /// Where a file of the set lies in the draft.
    fn place(&self, file: &str) -> String {
        match self.folder {
            "" => file.to_string(),
            folder => format!("{folder}/{file}"),
        }
    }
}

/// What is made.
pub struct Made {
    /// Every file in the draft, and what its sound measures where it is one: first the
    /// parts' Broadcast Wave Files and that of the whole programme, then all else.
    pub files: Vec<(String, Option<ExportedSound>)>,
    /// What was met on the way.
    pub notes: Vec<Diagnostic>,
}

/// Makes the set of an edition whose masters are there, in its folder of the draft.
///
/// # Errors
/// A master that cannot be read, a full disk.
pub fn of_edition(
    edition: &Edition,
    set: &RadioSet,
    workers: NonZeroUsize,
    draft: &Draft,
    tell: &mut dyn FnMut(Event),
) -> Result<Made> {
    let sounds =
        |n: usize, sink: &mut dyn FnMut(&[f32]) -> Result<()>| match edition.chapters.get(n) {
            Some(chapter) => masters::read(draft, chapter, edition.sample_rate, sink),
            None => Err(Fault::new(format!("there is no part {n}"))),
        };
    let programme = Programme {
        edition,
        sounds: &sounds,
        set: *set,
        folder: RadioSet::FOLDER,
        occasion: "",
    };
    let made = make(&programme, workers, draft)?;
    tell(Event::RadioMade {
        items: edition.chapters.len(),
        place: RadioSet::FOLDER.into(),
    });
    Ok(made)
}

/// Makes a set in the draft.
///
/// # Errors
/// A sound that cannot be read, a full disk.
pub fn make(programme: &Programme<'_>, workers: NonZeroUsize, draft: &Draft) -> Result<Made> {
    let book = Book::new(programme.edition);
    let spelled = spell::spelled(&book, programme.occasion)?;
    let radio = Radio::new(&book, &spelled, programme.set)?;
    let studio = sound::Studio {
        radio: &radio,
        programme,
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
        let file = programme.place(&cut.wave());
        notes.extend(sound::doubt(&file, programme.set, measures));
        files.push((file, Some(exported(cut.frames, measures))));
    }
    files.extend((radio.cuts.iter()).map(|cut| (programme.place(&cut.flac()), None)));
    for entry in radio.entries() {
        if let Content::Bytes(bytes) = &entry.content {
            let file = programme.place(&entry.path);
            draft.write(&file, bytes)?;
            files.push((file, None));
        }
    }
    Ok(Made { files, notes })
}

fn exported(frames: Frames, measures: &Measures) -> ExportedSound {
    let seconds = frames.seconds(Radio::rate());
    ExportedSound {
        seconds: (seconds * 1000.0).round() / 1000.0,
        loudness_lufs: measures.integrated,
        true_peak_dbtp: measures.true_peak,
    }
}
