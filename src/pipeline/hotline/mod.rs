//! The set for a telephone exchange: the line's states, its sounds, and the views of
//! the states that exchanges read.

mod gate;
mod publish;
mod sound;
mod speak;

use std::num::NonZeroUsize;
use std::path::Path;

pub use gate::{findings, hotline_of};
pub use publish::{PublishJob, Published, publish_hotline, unpublish_hotline};

use super::again::{Finished, Pace, Tempo};
use super::{GENERATOR, Host};
use crate::diag::{Fault, Result};
use crate::export::{Content, Entry, READINGS_FILE, edition_title, exchanges, hotline_json};
use crate::hotline::{Source, flow, problems};
use crate::model::{Edition, ExportedSound, HotlineSet};
use crate::speech::install;
use crate::store::{self, Draft, TakeStore};

/// How the slower takes are read: at four fifths of the speed, and with pauses that are
/// longer still. What a voice does not bear of that is stretched.
const SLOWER: Pace = Pace {
    tempo: Tempo::Times(0.8),
    pauses: 1.2,
};

/// Makes the set in the draft of an edition whose masters are there; the files made.
/// `output` is where a finished edition stands, whose readings are not in the draft.
///
/// # Errors
/// More articles than can be typed, a prompt that no voice can say, an edition that does
/// not tell how it is read, a full disk.
pub fn make(
    edition: &Edition,
    set: HotlineSet,
    workers: NonZeroUsize,
    output: &Path,
    draft: &Draft,
    host: &mut Host,
) -> Result<Vec<(String, Option<ExportedSound>)>> {
    let mut flow = flow(edition, &edition_title(&edition.masthead), GENERATOR)?;
    let texts: Vec<&str> = (flow.line.prompts.iter().zip(&flow.sources))
        .filter(|(_, source)| **source == Source::Spoken)
        .map(|(prompt, _)| prompt.text.as_str())
        .collect();
    let spoken = speak::speak(&texts, edition, workers, host)?;
    let folder = match store::exists(&draft.path(READINGS_FILE)) {
        true => draft.path(""),
        false => output.to_path_buf(),
    };
    let finished = Finished::of(&folder, edition)?;
    let articles = (flow.chapters.iter())
        .map(|at| finished.at_pace(edition.chapters[*at].number, SLOWER, host.speaker))
        .collect::<Result<Vec<_>>>()?;
    let parts = finished.speak(&articles, workers, &install::Source::Packages, host)?;
    let store = TakeStore::new(&host.home.takes);
    let studio = sound::Studio {
        edition,
        set,
        draft,
        workers,
        slower: sound::Slower {
            finished: &finished,
            articles: &articles,
            parts: &parts,
            store: &store,
        },
    };
    let mut files = studio.record(&mut flow, &spoken)?;
    if let Some(problem) = problems(&flow.line).first() {
        return Err(
            Fault::new(format!("the line does not hold together: {problem}"))
                .help("please report this as a bug"),
        );
    }
    let mut entries = vec![hotline_json(&flow.line)?];
    entries.extend(exchanges(&flow.line));
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
