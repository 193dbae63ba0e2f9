//! One sentence of a finished edition set right: the change is kept in the issue
//! folder, and the edition made anew from it, which speaks only that sentence.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::fixes::read_by;
use super::inputs::is_issue_folder;
use super::load::{Input, load};
use super::plan::{Plan, PlannedChunk, plan};
use super::{Host, Outcome, Wanted, make, publish};
use crate::audio::decode;
use crate::audio::trim::trim_recording;
use crate::diag::{Fault, Noted, Place, Result};
use crate::folder::{self, FIXES_FILE};
use crate::model::{Edition, Fix, FixBy, Repair, SampleRate};
use crate::speech::install;
use crate::store;
use crate::text::FrontEnd;

/// Where recordings of single sentences are kept in the issue folder.
const RECORDINGS: &str = "recordings";

/// Which sentence is to be set right, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixJob {
    /// The edition; or its issue folder, whose edition is then looked for at
    /// `output`.
    pub edition: PathBuf,
    /// The issue folder it was made from; told from the edition when left out.
    pub issue: Option<PathBuf>,
    /// Where the edition of an issue folder is; `output/<slug>` when not said.
    pub output: Option<PathBuf>,
    /// The chunk.
    pub chunk: String,
    /// What is to be heard.
    pub to: To,
    /// The cast that the edition was built with, when not the issue's own.
    pub cast: Option<String>,
    /// How many chunks are spoken at once, should more than one be missing.
    pub workers: NonZeroUsize,
    /// Where voices that are not installed come from.
    pub voices: install::Source,
}

/// What a sentence is changed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// Other words.
    Words(String),
    /// Other syllables.
    Pinyin(String),
    /// A sound file anywhere.
    Recording(PathBuf),
    /// As it was before any fix.
    Unfixed,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mended {
    /// The chunk as it is now.
    pub chunk: PlannedChunk,
    /// Where the change is kept.
    pub kept: PathBuf,
    /// The edition made anew.
    pub outcome: Outcome,
}

/// Changes one sentence of an edition and keeps the change for later builds.
///
/// # Errors
/// No edition or issue folder there, an edition that was not made from the folder
/// as it is now, an unknown chunk, words or syllables that cannot be said, a
/// recording that cannot be decoded: then nothing was changed. Whatever stops a
/// build: then the change is kept, and the next build makes it.
pub fn fix(job: &FixJob, host: Host) -> Result<Mended> {
    let (issue, output, edition) = find(job)?;
    let input = Input::Folder(issue.clone());
    let plan_now = || -> Result<(Plan, FrontEnd)> {
        let loaded = load(&input, Repair::Off)?;
        let front = loaded.front_end()?;
        Ok((plan(loaded, job.cast.as_deref(), host.speaker)?, front))
    };
    let (before, front) = plan_now()?;
    if before.key != edition.key {
        return Err(Fault::new(
            "the edition was not made from the issue folder and the cast as they are now, so its \
             chunks may be others",
        )
        .at(Place::file(output.display().to_string()))
        .help(format!(
            "give the `--cast` that it was built with, or run `tingbao build {} --output {}` first",
            issue.display(),
            output.display()
        )));
    }
    let chunk = before.chunk(&job.chunk)?;
    let article = (before.chapters.iter())
        .find(|c| c.script.number == chunk.chunk.id.chapter)
        .and_then(|c| c.script.article.clone());
    let kept = issue.join(FIXES_FILE);
    let text = match store::exists(&kept) {
        true => store::utf8(
            "sentences set right",
            &kept,
            store::read("sentences set right", &kept)?,
        )?,
        false => String::new(),
    };
    let written = match change(job, chunk, &front, &issue)? {
        Some(by) => folder::with_fix(
            &text,
            &Fix {
                article,
                text: chunk.chunk.text.text.clone(),
                by,
                place: Place::file(kept.display().to_string()),
            },
        )?,
        None => folder::without_fix(&text, article.as_deref(), &chunk.chunk.text.text)?
            .ok_or_else(|| {
                Fault::new(format!(
                    "chunk `{}` has no fix that could be taken back",
                    job.chunk
                ))
                .at(Place::file(kept.display().to_string()))
                .help("open the file for the fixes that there are")
            })?,
    };
    store::write(&kept, written.as_bytes())?;
    let (after, _) = plan_now()?;
    let chunk = after.chunk(&job.chunk)?.clone();
    let wanted = Wanted {
        keep_forms: false,
        sets: edition.exports.unwrap_or_default().sets,
        workers: job.workers,
    };
    let outcome = make(after, output, &wanted, &job.voices, host)?;
    Ok(Mended {
        chunk,
        kept,
        outcome,
    })
}

/// What is written down, once it is known that it can be said; a recording is
/// copied into the issue folder.
fn change(
    job: &FixJob,
    chunk: &PlannedChunk,
    front: &FrontEnd,
    issue: &Path,
) -> Result<Option<FixBy>> {
    let by = match &job.to {
        To::Words(words) => FixBy::Say(words.clone()),
        To::Pinyin(pinyin) => FixBy::Pinyin(pinyin.clone()),
        To::Recording(file) => FixBy::Recording(copy(file, &job.chunk, issue)?),
        To::Unfixed => return Ok(None),
    };
    // The build tells what there is to note.
    read_by(&by, front, &chunk.chunk, &mut Vec::new())?;
    Ok(Some(by))
}

/// Copies a recording that can be decoded into the issue folder; its path there.
fn copy(file: &Path, chunk: &str, issue: &Path) -> Result<String> {
    let bytes = store::read("recording", file)?;
    let name = file.display().to_string();
    let Noted { value: pcm, .. } = decode::decode_at(&name, &bytes, SampleRate::MASTER)?;
    if trim_recording(pcm).samples.is_empty() {
        return Err(Fault::new("the recording is silent from end to end")
            .at(Place::file(name))
            .help("record it again"));
    }
    let ending = (file.extension()).map_or("wav".into(), |e| e.to_string_lossy().to_lowercase());
    let hash = store::sha256(&bytes);
    let path = format!("{RECORDINGS}/{chunk}-{}.{ending}", &hash[..8]);
    store::write(&issue.join(&path), &bytes)?;
    Ok(path)
}

/// The issue folder, the edition's folder and its index.
fn find(job: &FixJob) -> Result<(PathBuf, PathBuf, Edition)> {
    if is_issue_folder(&job.edition) {
        let issue = job.edition.clone();
        let output = match &job.output {
            Some(output) => output.clone(),
            None => Input::Folder(issue.clone()).output(),
        };
        let edition = publish::edition(&output).map_err(|f| {
            f.help(format!(
                "build it with `tingbao build {}`, or name another place with --output",
                issue.display()
            ))
        })?;
        return Ok((issue, output, edition));
    }
    let edition = publish::edition(&job.edition)
        .map_err(|f| f.help("name an edition that `tingbao build` made, such as `output/today`"))?;
    let issue = match &job.issue {
        Some(issue) => Some(issue.clone()),
        None => made_from(&edition),
    };
    let help = "name the folder with --issue FOLDER; for an edition of raw pages make one with \
                `tingbao ingest PAGE -o FOLDER`, build that, and set its sentences right";
    match issue {
        Some(issue) if is_issue_folder(&issue) => Ok((issue, job.edition.clone(), edition)),
        Some(issue) => Err(
            Fault::new("there is no issue folder here to keep the change in")
                .at(Place::file(issue.display().to_string()))
                .help(help),
        ),
        None => Err(
            Fault::new("the edition does not tell which issue folder it was made from")
                .at(Place::file(job.edition.display().to_string()))
                .help(help),
        ),
    }
}

/// The folder whose articles the edition names as its sources.
fn made_from(edition: &Edition) -> Option<PathBuf> {
    let cues = edition.chapters.iter().flat_map(|c| &c.cues);
    let mut files = cues.filter_map(|c| c.source.as_ref());
    files.find_map(|source| {
        let (folder, _) = source.file.rsplit_once("/articles/")?;
        Some(PathBuf::from(folder))
    })
}
