//! The model of words that misread characters are judged by.

use crate::diag::{Diagnostic, Result};
use crate::lm::WordModel;
use crate::model::Repair;
use crate::store;

/// The system's model of words, when repairs are wanted; where it has none, how
/// common words are, and a note.
///
/// # Errors
/// A model that cannot be read.
pub(super) fn word_model(how: Repair, notes: &mut Vec<Diagnostic>) -> Result<Option<WordModel>> {
    if how == Repair::Off {
        return Ok(None);
    }
    let Some(path) = store::word_model() else {
        notes.push(
            Diagnostic::note(
                None,
                "misread characters are only doubted, none is set right: this system has no model \
                 of words",
            )
            .help(
                "install it (Debian: apt install libime-data-language-model), or name a KenLM file in TINGBAO_LM",
            ),
        );
        return Ok(Some(WordModel::frequencies()));
    };
    let bytes = store::map("model of words", &path)?;
    WordModel::new(bytes)
        .map(Some)
        .map_err(|fault| fault.at(crate::diag::Place::file(path.display().to_string())))
}
