//! The sounds between the items: a folder of the station's, or the edition's own.

use std::path::Path;

use super::super::Finished;
use super::super::lay::{Recording, keep_recording};
use super::super::plan::SoundFile;
use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::model::{Frames, Role};
use crate::store::{self, TakeStore};

/// The file of this name opens the programme …
const OPENING: &str = "opening";
/// … and that of this one ends it.
const CLOSING: &str = "closing";

/// A sound of the station's.
#[derive(Debug, Clone, PartialEq)]
pub struct Sting {
    /// The name of its file without the ending.
    pub name: String,
    /// Where it is kept, and how loud it is played.
    pub recording: Recording,
    /// How long it is.
    pub frames: Frames,
}

/// What is between the items.
#[derive(Debug, Clone, PartialEq)]
pub enum Stings {
    /// Sounds of the station's.
    Files {
        /// Before all.
        opening: Option<Box<Sting>>,
        /// Between the items, in turn; may be none.
        between: Vec<Sting>,
        /// After all.
        closing: Option<Box<Sting>>,
    },
    /// The sting that this chapter of the first edition begins with.
    Edition(u32),
    /// Nothing.
    None,
}

impl Stings {
    /// The files of `folder`, decoded and kept; without one what the first edition has.
    ///
    /// # Errors
    /// A folder that cannot be read or is empty, a file that is no sound.
    pub fn gather(
        folder: Option<&Path>,
        editions: &[Finished],
        store: &TakeStore,
        notes: &mut Vec<Diagnostic>,
    ) -> Result<Stings> {
        let Some(folder) = folder else {
            let chapters = editions.iter().take(1).flat_map(|f| &f.edition.chapters);
            let with = chapters.filter(|c| c.cues.iter().any(|q| q.role == Role::Sting));
            return Ok(with
                .map(|c| Stings::Edition(c.number))
                .next()
                .unwrap_or(Stings::None));
        };
        let (mut opening, mut between, mut closing) = (None, Vec::new(), None);
        let paths = store::names_in(folder)?;
        if paths.is_empty() {
            return Err(Fault::new("the folder of stings is empty")
                .at(Place::file(folder.display().to_string()))
                .help("put sound files into it, or leave --stings out"));
        }
        for path in paths {
            let bytes = store::read("sting", &path)?;
            let file = SoundFile {
                sha256: store::sha256(&bytes),
                path: path.clone(),
            };
            let (recording, frames) = keep_recording("sting", &file, store, notes)?;
            let name = (path.file_stem()).map_or(String::new(), |n| n.to_string_lossy().into());
            let sting = Sting {
                name,
                recording,
                frames,
            };
            match sting.name.as_str() {
                OPENING => opening = Some(Box::new(sting)),
                CLOSING => closing = Some(Box::new(sting)),
                _ => between.push(sting),
            }
        }
        Ok(Stings::Files {
            opening,
            between,
            closing,
        })
    }
}
