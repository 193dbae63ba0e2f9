//! Sentences set right by ear: which chunk each is for, and what it does to it.

use crate::diag::{Diagnostic, Place, Result};
use crate::model::{Chunk, Fix, FixBy, Reading};
use crate::text::{FrontEnd, with_pinyin};

/// The fixes of an issue, and which of them were used.
pub struct Fixes<'a> {
    fixes: &'a [Fix],
    used: Vec<bool>,
}

/// A fix for a chunk that was found.
#[derive(Clone, Copy)]
pub struct Fixed<'a> {
    by: &'a FixBy,
    /// Where it is written.
    pub place: &'a Place,
}

impl<'a> Fixes<'a> {
    /// None is used yet.
    pub fn new(fixes: &'a [Fix]) -> Self {
        Fixes {
            fixes,
            used: vec![false; fixes.len()],
        }
    }

    /// The last fix that is for this chunk.
    pub fn of(&mut self, article: Option<&str>, chunk: &Chunk) -> Option<Fixed<'a>> {
        let at = (self.fixes.iter()).rposition(|f| f.is_for(article, &chunk.text.text))?;
        self.used[at] = true;
        let Fix { by, place, .. } = &self.fixes[at];
        Some(Fixed { by, place })
    }

    /// Doubts about those that fit no chunk.
    pub fn unused(&self) -> impl Iterator<Item = Diagnostic> {
        let unused = self.fixes.iter().zip(&self.used).filter(|(_, used)| !*used);
        unused.map(|(fix, _)| {
            let whose = match &fix.article {
                Some(article) => format!("article `{article}`"),
                None => "the edition's own words".into(),
            };
            Diagnostic::doubt(
                Some(fix.place.clone()),
                format!("no sentence of {whose} is `{}` any more; its fix is not used", fix.text),
            )
            .help("run `tingbao show` for the sentences as they are now, then change or remove the fix")
        })
    }
}

impl<'a> Fixed<'a> {
    /// How the chunk is read.
    ///
    /// # Errors
    /// Words or syllables that cannot be said, at the fix's place.
    pub fn read(
        self,
        front: &FrontEnd,
        chunk: &Chunk,
        notes: &mut Vec<Diagnostic>,
    ) -> Result<Reading> {
        read_by(self.by, front, chunk, notes).map_err(|fault| fault.at(self.place.clone()))
    }

    /// The recording, relative to the issue folder.
    pub fn recording(self) -> Option<&'a str> {
        match self.by {
            FixBy::Recording(file) => Some(file),
            _ => None,
        }
    }
}

/// How a chunk is read that is set right so.
///
/// # Errors
/// Words or syllables that cannot be said.
pub fn read_by(
    by: &FixBy,
    front: &FrontEnd,
    chunk: &Chunk,
    notes: &mut Vec<Diagnostic>,
) -> Result<Reading> {
    let language = chunk.language.as_deref();
    let own = || front.read_in(language, &chunk.text).value;
    match by {
        FixBy::Say(words) => Ok(front
            .read_as(language, &chunk.text, words)?
            .drain_into(notes)),
        // The doubts are about readings that were chosen; these are given.
        FixBy::Pinyin(pinyin) => with_pinyin(own(), pinyin),
        FixBy::Recording(_) => Ok(own()),
    }
}
