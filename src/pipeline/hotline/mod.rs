//! The set for a telephone exchange: the line's states, its sounds, and the views of
//! the states that exchanges read.

mod gate;
mod publish;
mod sound;
mod speak;

use std::num::NonZeroUsize;

pub use gate::{findings, hotline_of};
pub use publish::{PublishJob, Published, publish_hotline, unpublish_hotline};

use super::{GENERATOR, Host};
use crate::diag::{Fault, Result};
use crate::export::{Content, Entry, edition_title, exchanges, hotline_json};
use crate::hotline::{Source, flow, problems};
use crate::model::{Edition, ExportedSound, HotlineSet};
use crate::store::Draft;

/// Makes the set in the draft of an edition whose masters are there; the files made.
///
/// # Errors
/// More articles than can be typed, a prompt that no voice can say, a full disk.
pub fn make(
    edition: &Edition,
    set: &HotlineSet,
    workers: NonZeroUsize,
    draft: &Draft,
    host: &mut Host,
) -> Result<Vec<(String, Option<ExportedSound>)>> {
    let mut flow = flow(edition, &edition_title(&edition.masthead), GENERATOR)?;
    let texts: Vec<&str> = (flow.line.prompts.iter().zip(&flow.sources))
        .filter(|(_, source)| **source == Source::Spoken)
        .map(|(prompt, _)| prompt.text.as_str())
        .collect();
    let spoken = speak::speak(&texts, edition, workers, host)?;
    let studio = sound::Studio {
        edition,
        set,
        draft,
        workers: workers.get(),
    };
    let mut files = studio.record(&mut flow, &spoken)?;
    if let Some(problem) = problems(&flow.line).first() {
        return Err(
            Fault::new(format!("the line does not hold together: {problem}"))
                .help("please report this as a bug"),
        );
    }
    let mut entries = vec![hotline_json(&flow.line)?];
    entries.extend(exchanges(&flow.line)?);
    for Entry { path, content } in entries {
        let Content::Bytes(bytes) = content else {
            continue;
        };
        let file = format!("{}/{path}", HotlineSet::FOLDER);
        draft.write(&file, &bytes)?;
        files.push(file);
    }
    Ok(files.into_iter().map(|file| (file, None)).collect())
}
