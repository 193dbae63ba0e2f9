//! A radio programme of a given length out of finished editions: articles are chosen,
//! spoken again at the pace that makes them fit, and laid down with stings between as a
//! radio set of their own.

mod attempt;
mod planned;
mod programme;
mod station;
mod stings;
mod write;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::listener::name_of;
use super::{Finished, Host};
use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::export::RUNDOWN_FILE;
use crate::model::{
    ChapterKind, Frames, LeftOut, Millis, RadioSet, Rundown, SampleRate, TimeOfDay, Trouble,
};
use crate::rundown::{Choice, Limits, Target, choose};
use crate::speech::install;
use crate::store::{Draft, Lock, TakeStore};
use attempt::{Attempt, Desk};
pub use planned::{PlannedItem, PlannedRundown};
use programme::Programme;
use stings::Stings;

/// The pauses inside of an item may become so much shorter and longer.
const PAUSES: (f64, f64) = (0.8, 1.35);
/// The silence between a sting and what is beside it: the shortest, the usual, the
/// longest. Between two items without a sting it is twice as long.
const GAP: (Millis, Millis, Millis) = (Millis(200), Millis(400), Millis(1_000));
/// Articles are chosen so often at most: voices may not become as fast as they should.
const ROUNDS: usize = 3;

/// What programme is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct RundownJob {
    /// The editions it is made of. Opening and sign-off are those of the first.
    pub editions: Vec<PathBuf>,
    /// How long it should be.
    pub slot: Millis,
    /// So far from that it may be.
    pub tolerance: Millis,
    /// The articles that must be in it.
    pub must: Vec<Must>,
    /// A folder of sounds for between the items; the first edition's own when left out.
    pub stings: Option<PathBuf>,
    /// What speeds may be multiplied with: the least and the most.
    pub speed: (f64, f64),
    /// When the slot begins.
    pub at: Option<TimeOfDay>,
    /// How the files for the station are made.
    pub radio: RadioSet,
    /// Where it goes; beside the first edition when not said.
    pub output: Option<PathBuf>,
    /// How many chunks are spoken at once.
    pub workers: NonZeroUsize,
    /// Where voices that are not installed come from.
    pub voices: install::Source,
}

/// An article that must be in a programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Must {
    /// Its edition, counted from 0 in the order in which they are named.
    pub edition: usize,
    /// The number of its chapter.
    pub chapter: u32,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeRundown {
    /// The programme.
    pub rundown: Rundown,
    /// Where it is.
    pub output: PathBuf,
    /// What was met on the way.
    pub notes: Vec<Diagnostic>,
}

/// Makes a programme and writes it.
///
/// A slot that cannot be met is no error: the nearest programme is made and tells what
/// is wrong with it.
///
/// # Errors
/// An edition that cannot be spoken again, a slot or range of speeds that is none, an
/// article that must be there and is not, a sting that is no sound; a folder in the way
/// that holds something else; whatever stops speaking. What was there before is then as
/// it was.
pub fn rundown(job: &RundownJob, mut host: Host) -> Result<MadeRundown> {
    let store = TakeStore::new(&host.home.takes);
    let mut ground = Ground::of(job, &store)?;
    let output = match &job.output {
        Some(output) => output.clone(),
        None => beside(&ground.first()?.folder),
    };
    let lock = Lock::take(&output)?;
    let draft = Draft::begin_with(&output, &lock, RUNDOWN_FILE)?;
    let mut notes = std::mem::take(&mut ground.notes);
    let mut desk = ground.desk(job, &store, &mut host, false);
    let programme = Programme::of(&mut desk, &job.must)?;
    let (choice, attempt) = best(&programme, &mut desk, target(job))?;
    let told = Told {
        job,
        editions: &ground.editions,
        programme: &programme,
        choice: &choice,
    };
    let rundown = write::write(&told, &attempt, &mut desk, &draft, &mut notes)?;
    host.go_on()?;
    draft.publish(&write::guests(&output)?)?;
    Ok(MadeRundown {
        rundown,
        output,
        notes,
    })
}

/// Chooses a programme without speaking or writing anything: its lengths are those that
/// the voices' known pace makes likely.
///
/// # Errors
/// As [`rundown`], but for what concerns its folder and speaking.
pub fn plan(job: &RundownJob, mut host: Host) -> Result<PlannedRundown> {
    let store = TakeStore::new(&host.home.takes);
    let mut ground = Ground::of(job, &store)?;
    let notes = std::mem::take(&mut ground.notes);
    let mut desk = ground.desk(job, &store, &mut host, true);
    let programme = Programme::of(&mut desk, &job.must)?;
    let (choice, attempt) = best(&programme, &mut desk, target(job))?;
    let (chunks, length) = desk.unspoken(&attempt.elements, &attempt.chapters);
    let to_speak = length.seconds(SampleRate::MASTER) / attempt.speed;
    let told = Told {
        job,
        editions: &ground.editions,
        programme: &programme,
        choice: &choice,
    };
    Ok(PlannedRundown::of(&told, &attempt, chunks, to_speak, notes))
}

/// What a programme is made from, checked.
struct Ground {
    editions: Vec<Finished>,
    stings: Stings,
    notes: Vec<Diagnostic>,
}

impl Ground {
    fn of(job: &RundownJob, store: &TakeStore) -> Result<Ground> {
        check(job)?;
        let editions = (job.editions.iter())
            .map(|folder| Finished::open(folder))
            .collect::<Result<Vec<_>>>()?;
        if editions.is_empty() {
            return Err(no_edition());
        }
        for must in &job.must {
            there_is(*must, &editions)?;
        }
        let mut notes = Vec::new();
        let stings = Stings::gather(job.stings.as_deref(), &editions, store, &mut notes)?;
        Ok(Ground {
            editions,
            stings,
            notes,
        })
    }

    fn first(&self) -> Result<&Finished> {
        self.editions.first().ok_or_else(no_edition)
    }

    fn desk<'a, 'h>(
        &'a self,
        job: &'a RundownJob,
        store: &'a TakeStore,
        host: &'a mut Host<'h>,
        only_planned: bool,
    ) -> Desk<'a, 'h> {
        let gap = |time: Millis| time.frames(SampleRate::MASTER);
        Desk {
            editions: &self.editions,
            stings: &self.stings,
            store,
            limits: Limits {
                speed: job.speed,
                pauses: PAUSES,
                gap: (gap(GAP.0), gap(GAP.1), gap(GAP.2)),
            },
            workers: job.workers,
            voices: &job.voices,
            host,
            only_planned,
        }
    }
}

/// The slot at the masters' rate.
fn target(job: &RundownJob) -> Target {
    let rate = SampleRate::MASTER;
    Target {
        slot: job.slot.frames(rate),
        tolerance: job.tolerance.frames(rate),
        rate,
    }
}

/// What a rundown tells besides its sound.
struct Told<'a> {
    job: &'a RundownJob,
    editions: &'a [Finished],
    programme: &'a Programme,
    choice: &'a Choice,
}

impl Told<'_> {
    /// The articles that are left out, their lengths at this rate.
    fn left_out(&self, rate: SampleRate) -> Vec<LeftOut> {
        (self.programme.left_out(self.choice))
            .map(|(article, why)| LeftOut {
                edition: article.edition,
                chapter: article.chapter,
                title: article.element.title.clone(),
                priority: article.element.priority,
                frames: article.frames.at(SampleRate::MASTER, rate),
                why: why.at(SampleRate::MASTER, rate),
            })
            .collect()
    }
}

/// Chooses articles and speaks them. When the voices make them longer or shorter than
/// was thought, chooses again with what is known now.
fn best(
    programme: &Programme,
    desk: &mut Desk<'_, '_>,
    target: Target,
) -> Result<(Choice, Attempt)> {
    // How much longer than thought things are at their least, and at their most.
    let mut scale = (1.0, 1.0);
    let mut round = 1;
    loop {
        let (base, candidates) = programme.candidates(scale);
        let choice = choose(base, &candidates, target);
        let attempt = Attempt::make(programme.elements(&choice), desk, target.slot)?;
        let off = trouble(attempt.frames(), target);
        let thought = choice.trouble;
        if off.is_none() || off.map(sign) == thought.map(sign) || round == ROUNDS {
            return Ok((choice, attempt));
        }
        // A little more than it was wrong by, lest it be wrong by a little again.
        let ratio = attempt.frames().0 as f64 / target.slot.0.max(1) as f64;
        match ratio > 1.0 {
            true => scale.0 *= ratio * 1.002,
            false => scale.1 *= ratio * 0.998,
        }
        round += 1;
    }
}

/// Too long or too short.
fn sign(trouble: Trouble) -> bool {
    matches!(trouble, Trouble::TooLong { .. })
}

/// What is wrong with a programme of this length.
fn trouble(frames: Frames, target: Target) -> Option<Trouble> {
    let slot = target.slot;
    if frames.0.abs_diff(slot.0) <= target.tolerance.0 {
        None
    } else if frames > slot {
        Some(Trouble::TooLong {
            over: frames - slot,
        })
    } else {
        Some(Trouble::TooShort {
            under: slot - frames,
        })
    }
}

fn no_edition() -> Fault {
    Fault::new("no edition was named").help("name one that `tingbao build` made")
}

/// Refuses what no programme can be made for.
fn check(job: &RundownJob) -> Result<()> {
    if job.slot == Millis(0) {
        return Err(Fault::new("a slot of 0 seconds holds no programme")
            .help("give its length in minutes and seconds: `--slot 14:30`"));
    }
    let (least, most) = job.speed;
    let sound = |x: &f64| (0.5..=2.0).contains(x);
    if !sound(&least) || !sound(&most) || least > 1.0 || most < 1.0 {
        return Err(Fault::new(format!(
            "speeds from {least} to {most} times do not have the voices' own among them"
        ))
        .help("give a range around 1, such as `--speed 0.95..1.08`"));
    }
    Ok(())
}

/// Refuses a must that is no article of its edition.
fn there_is(must: Must, editions: &[Finished]) -> Result<()> {
    let Some(finished) = editions.get(must.edition) else {
        return Err(Fault::new(format!(
            "`--must {}:{}` asks for edition {}, and there are {}",
            must.edition + 1,
            must.chapter,
            must.edition + 1,
            editions.len()
        ))
        .help("editions are counted from 1 in the order in which they are named"));
    };
    let articles: Vec<u32> = (finished.edition.chapters.iter())
        .filter(|c| c.kind == ChapterKind::Article)
        .map(|c| c.number)
        .collect();
    if articles.contains(&must.chapter) {
        return Ok(());
    }
    let range = match (articles.first(), articles.last()) {
        (Some(first), Some(last)) => format!("its articles are chapters {first} to {last}"),
        _ => "it has no article".to_string(),
    };
    Err(Fault::new(format!(
        "`--must` asks for chapter {}, which is no article of the edition",
        must.chapter
    ))
    .at(Place::file(finished.folder.display().to_string()))
    .help(range))
}

/// Where the programme of an edition goes: beside it.
fn beside(edition: &Path) -> PathBuf {
    edition.with_file_name(format!("{}-rundown", name_of(edition)))
}
