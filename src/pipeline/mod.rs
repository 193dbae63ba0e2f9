//! The stages in order, told in one page: [`load()`] → [`plan()`] → speak →
//! lay down → publish. Everything that can be known is known before anything
//! is spoken, so that a mistake in the last article does not cost an hour.

mod again;
mod audition;
mod check;
mod deliver;
mod exports;
mod fix;
mod fixes;
mod hotline;
mod ingest;
mod inputs;
mod lay;
mod lexicons;
mod listener;
mod load;
mod masters;
mod measure;
mod plan;
mod publish;
mod radio;
mod read;
mod readers;
mod review;
mod rundown;
mod source;
mod speak;
mod takes;
#[cfg(test)]
mod tests;
mod words;
mod workers;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

pub use again::{AgainChapter, Finished, Pace, Tempo};
pub use audition::{Audition, AuditionJob, Heard, audition};
pub use check::check;
pub use deliver::{Delivered, deliver};
pub use exports::{Changes, SetChange, Wanted, export};
pub use fix::{FixJob, Mended, To, fix};
pub use hotline::{PublishJob, Published, hotline_of, publish_hotline, unpublish_hotline};
pub use ingest::{Change, Fate, Ingest, Ingested, Why, ingest};
pub use lexicons::front_end;
pub use load::{Input, Loaded, load};
pub use measure::{Measured, measure};
pub use plan::{Plan, PlannedChapter, PlannedChunk, SoundFile, plan};
pub use publish::edition;
pub use rundown::{
    MadeRundown, Must, PlannedItem, PlannedRundown, RundownJob, plan as plan_rundown, rundown,
};

use listener::Feed;

use crate::assemble::{self, Imprint, Levels};
use crate::diag::{Diagnostic, Fault, Result, Severity};
use crate::export::{READINGS_FILE, readings_json};
use crate::model::{Chapter, Edition, Format, Omitted, Repair};
use crate::speech::{EngineKind, Speaker, install};
use crate::store::{self, Draft, Home, Lock, TakeStore};
use crate::text::LexiconReport;

/// The program and its version, as every edition names it.
pub const GENERATOR: &str = concat!("tingbao ", env!("CARGO_PKG_VERSION"));

/// What is to be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// From what.
    pub input: Input,
    /// Where to; `output/<slug>` when not said.
    pub output: Option<PathBuf>,
    /// What to do about misread characters of pages.
    pub repair: Repair,
    /// A cast in place of the issue's own.
    pub cast: Option<String>,
    /// Where voices that are not installed yet come from.
    pub voices: install::Source,
    /// What it is made into, besides the sets for station and exchange that the edition
    /// before it has.
    pub wanted: Wanted,
}

/// What a build needs of the machine it runs on.
pub struct Host<'a> {
    /// Where voices and finished takes lie.
    pub home: &'a Home,
    /// What speaks.
    pub speaker: &'a Speaker,
    /// Set by another thread when the user wants to stop.
    pub cancel: &'a AtomicBool,
    /// Is told how the work goes.
    pub tell: &'a mut dyn FnMut(Event),
}

impl Host<'_> {
    /// Whether the user still wants it, asked before anything is put in its place.
    ///
    /// # Errors
    /// When the user wants to stop.
    pub fn go_on(&self) -> Result<()> {
        match self.cancel.load(Ordering::Relaxed) {
            false => Ok(()),
            true => Err(Fault::new("stopped; what stood there before is as it was")
                .help("run the same command again: what is spoken is kept")),
        }
    }
}

/// How the work goes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// Something is done to have a voice ready.
    Voice(install::InstallEvent),
    /// All is read; what follows is speaking.
    Planned {
        /// How many chapters there are.
        chapters: usize,
        /// How many chunks in all.
        chunks: usize,
        /// How many of them are still to be spoken; equal ones count once.
        to_speak: usize,
    },
    /// Chunks are spoken again at another speed.
    Again {
        /// What their speeds are multiplied with.
        speed: f64,
        /// How long their sound will be, about, in seconds.
        seconds: f64,
    },
    /// One chunk more is spoken.
    Spoken {
        /// So many are done, of those that were to be spoken.
        done: usize,
        /// The length of this one in seconds.
        seconds: f64,
    },
    /// A chapter is laid down.
    Chapter {
        /// Its number.
        number: u32,
        /// Its title.
        title: String,
        /// Its length in seconds.
        seconds: f64,
    },
    /// One form of the listener's set is made.
    Exported {
        /// Which.
        form: Format,
        /// Where, relative to the edition's folder.
        place: String,
    },
    /// The radio set is made.
    RadioMade {
        /// How many items it has.
        items: usize,
        /// Where, relative to the edition's folder.
        place: String,
    },
}

/// What a build came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The edition.
    pub edition: Edition,
    /// Where it is.
    pub output: PathBuf,
    /// Whether it was there already, just as it should be.
    pub unchanged: bool,
    /// How many chunks were spoken.
    pub spoken: usize,
    /// How many chunks there are.
    pub chunks: usize,
    /// What the lexicons did.
    pub lexicon: LexiconReport,
}

impl Outcome {
    /// Whether something on the page, that nobody chose to leave out, is not
    /// in the edition.
    pub fn incomplete(&self) -> bool {
        self.edition.omitted.iter().any(|o| !o.intended)
            || (self.edition.diagnostics.iter()).any(|d| d.severity == Severity::Omission)
    }
}

/// What is gathered chapter by chapter.
#[derive(Default)]
struct Book {
    chapters: Vec<Chapter>,
    notes: Vec<Diagnostic>,
    omitted: Vec<Omitted>,
    levels: Levels,
}

/// Builds an edition; when one made from the same things is there already, it
/// stays as it is.
///
/// # Errors
/// Whatever stops a run: input that cannot be read, a voice that is not there,
/// a full disk, the user. An edition that was there before is then as it was,
/// and what is spoken is kept for the next run.
pub fn build(job: &Job, host: Host) -> Result<Outcome> {
    let plan = plan(
        load(&job.input, job.repair)?,
        job.cast.as_deref(),
        host.speaker,
    )?;
    let output = match &job.output {
        Some(output) => output.clone(),
        None => job.input.output(),
    };
    make(plan, output, &job.wanted, &job.voices, host)
}

/// Makes the edition that is planned.
fn make(
    plan: Plan,
    output: PathBuf,
    wanted: &Wanted,
    voices: &install::Source,
    mut host: Host,
) -> Result<Outcome> {
    let chunks = plan.chunks();
    let wanted = &wanted.and_kept(&output);
    if let Some(edition) = publish::unchanged(&output, &plan, &wanted.sets)? {
        return Ok(Outcome {
            edition,
            output,
            unchanged: true,
            spoken: 0,
            chunks,
            lexicon: plan.lexicon,
        });
    }
    let lock = Lock::take(&output)?;
    let draft = Draft::begin(&output, &lock)?;
    let store = TakeStore::new(&host.home.takes);
    let mut book = Book {
        notes: plan.notes.clone(),
        omitted: plan.omitted.clone(),
        ..Book::default()
    };

    let readings = readings_json(&plan.readings())?;
    draft.write(READINGS_FILE, &readings)?;
    let imprint = Imprint {
        generator: GENERATOR.into(),
        key: plan.key.clone(),
        masthead: plan.issue.masthead.clone(),
        language: plan.settings.language.clone(),
        readings_sha256: store::sha256(&readings),
        podcast: Some(plan.settings.podcast.clone()).filter(|p| p.base.is_some()),
    };
    if let Some(set) = &wanted.sets.listener {
        let head = assemble::index(
            imprint.clone(),
            Vec::new(),
            Vec::new(),
            Vec::new(),
            Vec::new(),
        );
        listener::foresee(&head, set, &output)?;
    }

    let recordings = lay::keep_recordings(&plan, &store, &mut book.notes)?;
    let missing = speak::missing(plan.chapters.iter().flat_map(|c| &c.chunks), &store);
    speak::fetch_voices(&missing, voices, &mut host)?;
    let tell = &mut *host.tell;
    tell(Event::Planned {
        chapters: plan.chapters.len(),
        chunks,
        to_speak: missing.len(),
    });

    let speaking = speak::Speaking {
        speaker: host.speaker,
        store: &store,
        cancel: host.cancel,
        omission: &plan.omission,
        silent: speak::Silent::default(),
    };
    let to_speak = missing.len();
    speaking.run(&missing, wanted.workers, |spoken| {
        for chapter in &plan.chapters {
            spoken.wait_for(&chapter.chunks, &mut |e| tell(e))?;
            let entry = lay::chapter(
                chapter,
                &plan,
                &spoken.parts,
                &store,
                &recordings,
                &draft,
                &mut book,
            )?;
            tell(Event::Chapter {
                number: entry.number,
                title: entry.title.clone(),
                seconds: entry.seconds,
            });
            book.chapters.push(entry);
        }
        Ok(())
    })?;

    let Book {
        chapters,
        mut notes,
        omitted,
        levels,
    } = book;
    let speaks = |voice: &str| {
        let known = host.speaker.catalogue.voice(voice);
        known.is_ok_and(|v| v.engine != EngineKind::Tone)
    };
    notes.extend(levels.doubts(speaks)?);
    let mut edition = assemble::index(
        imprint,
        chapters,
        plan.credits(&host.speaker.catalogue)?,
        notes,
        omitted,
    );
    let feed = exports::make(&mut edition, wanted, &output, &draft, &mut host)?;
    publish::write_index(&edition, &plan.reports, &draft)?;
    host.go_on()?;
    draft.publish(&publish::guests(&output)?)?;
    feed.map_or(Ok(()), Feed::write)?;
    Ok(Outcome {
        edition,
        output,
        unchanged: false,
        spoken: to_speak,
        chunks,
        lexicon: plan.lexicon,
    })
}
