//! The chapters' own sound, as every set of files is made of it.

use std::num::NonZeroUsize;
use std::path::Path;

use super::workers::each;
use crate::audio::loudness::Loudness;
use crate::audio::wav;
use crate::diag::{Fault, Place, Result};
use crate::export::BUILD_AGAIN;
use crate::model::{Chapter, Edition, SampleRate};
use crate::store::{self, Draft};

/// Reads a chapter's master in the draft, block by block.
///
/// # Errors
/// A master that is missing or damaged; what the sink says.
pub fn read(
    draft: &Draft,
    chapter: &Chapter,
    rate: SampleRate,
    sink: &mut dyn FnMut(&[f32]) -> Result<()>,
) -> Result<()> {
    let input = store::open("chapter", &draft.path(&chapter.file))?;
    wav::read(input, rate, sink).map_err(|f| draft.blame(f, &chapter.file))
}

/// What a chapter measures, by the index.
pub fn loudness(chapter: &Chapter) -> Loudness {
    Loudness {
        integrated: chapter.loudness_lufs,
        true_peak: chapter.true_peak_dbtp,
    }
}

/// Refuses a chapter in the edition's folder whose sound is not what the index says.
///
/// # Errors
/// Then, and when it cannot be read.
pub fn whole(folder: &Path, chapter: &Chapter) -> Result<()> {
    let path = folder.join(&chapter.file);
    match store::sha256_file("chapter", &path)? == chapter.sha256 {
        true => Ok(()),
        false => Err(Fault::new(
            "the chapter's sound is not what the index says: it was altered or cut short",
        )
        .at(Place::file(path.display().to_string()))
        .help(BUILD_AGAIN)),
    }
}

/// [`whole`] of every chapter.
///
/// # Errors
/// The first that is not.
pub fn all_whole(folder: &Path, edition: &Edition, workers: NonZeroUsize) -> Result<()> {
    let lengths: Vec<_> = edition.chapters.iter().map(|c| c.frames).collect();
    each(&lengths, workers, |n| whole(folder, &edition.chapters[n])).map(drop)
}
