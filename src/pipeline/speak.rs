//! The chunks that no take is kept of, spoken by several workers in the order
//! in which the chapters need them.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::plan::PlannedChunk;
use super::{Event, Host};
use crate::audio::resample::resample;
use crate::audio::trim::trim;
use crate::diag::{Fault, Result};
use crate::model::{Omission, Pcm, Reading, SampleRate, Token};
use crate::speech::{self, Defect, SayError, Speaker, install};
use crate::store::{TakeKey, TakeStore};

/// The silence between the halves of a chunk that was said in two, in
/// seconds: behind a mark, and between words.
const JOIN: (f64, f64) = (0.16, 0.04);

/// How a chunk was spoken.
#[derive(Debug, Clone, PartialEq)]
pub enum Spoken {
    /// As one take, kept under the chunk's key.
    Whole,
    /// In parts, because some of it no voice could say.
    Parts(Vec<Part>),
}

/// A part of a chunk.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// How it is read.
    pub reading: Reading,
    /// What its take is kept under; of a lost part, that of the sentence that
    /// stands for it.
    pub key: TakeKey,
    /// Why it was not said.
    pub lost: Option<String>,
}

/// The distinct chunks that have something to say and no take in the store,
/// in the order in which they are needed.
pub fn missing<'p>(
    chunks: impl Iterator<Item = &'p PlannedChunk>,
    store: &TakeStore,
) -> Vec<&'p PlannedChunk> {
    let mut seen = HashSet::new();
    chunks
        .filter(|c| c.reading.syllables() > 0)
        .filter(|c| seen.insert(c.key.hash()))
        .filter(|c| !store.has(&c.key))
        .collect()
}

/// Has the voices ready that these chunks need.
///
/// # Errors
/// A voice that cannot be had.
pub fn fetch_voices(
    missing: &[&PlannedChunk],
    voices: &install::Source,
    host: &mut Host,
) -> Result<()> {
    let mut names: Vec<&str> = missing.iter().map(|c| c.key.voice.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return Ok(());
    }
    let catalogue = &host.speaker.catalogue;
    let tell = &mut *host.tell;
    install::ensure(&host.home.data, catalogue, &names, voices, &mut |e| {
        tell(Event::Voice(e))
    })
}

/// A take that was spoken a moment ago.
///
/// # Errors
/// When it has vanished.
pub fn kept(key: &TakeKey, store: &TakeStore) -> Result<Pcm> {
    store.get(key).ok_or_else(|| {
        Fault::new("a finished take has vanished from the store")
            .help("run the same command again; it is spoken again then")
    })
}

/// What the workers share.
pub struct Speaking<'a> {
    /// What speaks.
    pub speaker: &'a Speaker,
    /// Where takes are kept.
    pub store: &'a TakeStore,
    /// Set when the user wants to stop.
    pub cancel: &'a AtomicBool,
    /// The sentence that stands for what no voice could say.
    pub omission: &'a Omission,
    /// Which voices were silent so far.
    pub silent: Silent,
}

/// So many silent takes and no other one: the voice is silent.
const MOST_SILENT: u32 = 8;

/// The voices of a run of which nothing was heard yet, with their takes; 0 for those
/// that were heard.
#[derive(Debug, Default)]
pub struct Silent(Mutex<HashMap<String, u32>>);

impl Silent {
    /// A voice gave a take.
    ///
    /// # Errors
    /// When it gave many, and all were silent: it would leave out the whole paper.
    fn heard(&self, voice: &str, silent: bool) -> Result<()> {
        let mut takes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = match (takes.get(voice), silent) {
            (_, false) | (Some(0), true) => 0,
            (before, true) => before.map_or(1, |n| n + 1),
        };
        takes.insert(voice.to_string(), count);
        if count < MOST_SILENT {
            return Ok(());
        }
        Err(Fault::new(format!(
            "the voice `{voice}` is silent: {count} takes, and no sound in any"
        ))
        .help(format!(
            "`tingbao audition 你好 --voice {voice}` tries it; correct its manifest, or choose \
             another voice"
        )))
    }
}

/// What a worker reports: the hash of the key, how it went, how long it is.
type Report = Result<(String, Spoken, f64)>;

/// What is spoken so far, as the laying thread sees it.
pub struct Takes {
    reports: Receiver<Report>,
    /// Keys that are still to come.
    awaited: HashSet<String>,
    /// The chunks that could not be said as a whole.
    pub parts: Parts,
    done: usize,
}

/// The chunks that could not be said as a whole, by their keys.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parts(HashMap<String, Vec<Part>>);

impl Parts {
    /// The parts of a chunk; `None` when it was said as a whole.
    pub fn of(&self, key: &TakeKey) -> Option<&[Part]> {
        self.0.get(&key.hash()).map(Vec::as_slice)
    }

    /// Why something of a chunk was not said, when it was not.
    pub fn lost(&self, key: &TakeKey) -> Option<&str> {
        self.of(key)?.iter().find_map(|p| p.lost.as_deref())
    }
}

impl Takes {
    /// Waits until every one of the chunks is spoken.
    ///
    /// # Errors
    /// The first fault of a worker; when the user wants to stop.
    pub fn wait_for(&mut self, chunks: &[PlannedChunk], tell: &mut dyn FnMut(Event)) -> Result<()> {
        let needed: Vec<String> = chunks.iter().map(|c| c.key.hash()).collect();
        while needed.iter().any(|hash| self.awaited.contains(hash)) {
            let Ok(report) = self.reports.recv() else {
                return Err(stopped(self.done, self.awaited.len()));
            };
            let (hash, spoken, seconds) = report?;
            self.awaited.remove(&hash);
            self.done += 1;
            tell(Event::Spoken {
                done: self.done,
                seconds,
            });
            if let Spoken::Parts(parts) = spoken {
                self.parts.0.insert(hash, parts);
            }
        }
        Ok(())
    }
}

/// The fault of a run that the user stopped.
fn stopped(done: usize, left: usize) -> Fault {
    Fault::new(format!(
        "stopped with {left} chunks left to speak; the {done} spoken ones are kept"
    ))
    .help("run the same command again to go on from here")
}

impl Speaking<'_> {
    /// Speaks `missing` in `workers` threads while `lay` takes what is ready.
    ///
    /// # Errors
    /// The first error of `lay`; the workers then end after their chunk.
    pub fn run(
        &self,
        missing: &[&PlannedChunk],
        workers: NonZeroUsize,
        lay: impl FnOnce(&mut Takes) -> Result<()>,
    ) -> Result<()> {
        let next = AtomicUsize::new(0);
        let enough = AtomicBool::new(false);
        let (sender, reports) = mpsc::channel();
        let mut takes = Takes {
            reports,
            awaited: missing.iter().map(|c| c.key.hash()).collect(),
            parts: Parts::default(),
            done: 0,
        };
        thread::scope(|scope| {
            for _ in 0..workers.get().min(missing.len()) {
                let sender = sender.clone();
                let (next, enough) = (&next, &enough);
                scope.spawn(move || self.work(missing, next, enough, &sender));
            }
            // The channel must end when the last worker does.
            drop(sender);
            let laid = lay(&mut takes);
            enough.store(true, Ordering::Relaxed);
            laid
        })
    }

    /// One worker: chunk after chunk until there are none or somebody says stop.
    fn work(
        &self,
        missing: &[&PlannedChunk],
        next: &AtomicUsize,
        enough: &AtomicBool,
        to: &Sender<Report>,
    ) {
        let stop = || self.cancel.load(Ordering::Relaxed) || enough.load(Ordering::Relaxed);
        while !stop() {
            let Some(chunk) = missing.get(next.fetch_add(1, Ordering::Relaxed)) else {
                return;
            };
            let report = self
                .speak(chunk)
                .map(|(spoken, seconds)| (chunk.key.hash(), spoken, seconds));
            let over = report.is_err();
            // Nobody listening means that the laying thread has given up.
            if to.send(report).is_err() || over {
                return;
            }
        }
    }

    /// Speaks one chunk and keeps what came of it.
    fn speak(&self, chunk: &PlannedChunk) -> Result<(Spoken, f64)> {
        let mut parts = Vec::new();
        let pcm = self.say(&chunk.reading, &chunk.key, &mut parts)?;
        let seconds = pcm.seconds();
        if parts.iter().all(|p| p.lost.is_none()) {
            self.store.put(&chunk.key, &pcm)?;
            return Ok((Spoken::Whole, seconds));
        }
        Ok((Spoken::Parts(parts), seconds))
    }

    /// Says a reading, in two halves when it fails as one, and so on down to
    /// single words. Gives the sound of all of it and adds its parts, each
    /// kept under a key of its own unless the reading was said as a whole.
    fn say(&self, reading: &Reading, key: &TakeKey, parts: &mut Vec<Part>) -> Result<Pcm> {
        if let Some(pcm) = self.store.get(key) {
            parts.push(Part {
                reading: reading.clone(),
                key: key.clone(),
                lost: None,
            });
            return Ok(pcm);
        }
        let why = match self.bear(reading, key)? {
            Ok(pcm) => {
                self.store.put(key, &pcm)?;
                parts.push(Part {
                    reading: reading.clone(),
                    key: key.clone(),
                    lost: None,
                });
                return Ok(pcm);
            }
            Err(why) => why,
        };
        log::info!("`{}` is tried again smaller: {why}", reading.spoken);
        let Some((head, tail)) = speech::split(reading) else {
            return self.lose(reading, key, why, parts);
        };
        let gap = if matches!(head.tokens.last(), Some(Token::Mark(_))) {
            JOIN.0
        } else {
            JOIN.1
        };
        let mut pcm = self.say(&head, &keyed(key, &head), parts)?;
        let tail = self.say(&tail, &keyed(key, &tail), parts)?;
        let silence = (gap * f64::from(pcm.rate.0)) as usize;
        pcm.samples.resize(pcm.samples.len() + silence, 0.0);
        pcm.samples.extend(tail.samples);
        Ok(pcm)
    }

    /// Asks the engine, unless the reading is longer than the voice speaks whole.
    fn bear(&self, reading: &Reading, key: &TakeKey) -> Result<Result<Pcm, String>> {
        let longest = self.speaker.catalogue.voice(&key.voice)?.longest;
        match longest.filter(|longest| reading.syllables() > *longest) {
            Some(longest) => Ok(Err(format!(
                "`{}` speaks {longest} syllables at once",
                key.voice
            ))),
            None => self.attempt(reading, key),
        }
    }

    /// Asks the engine once. The inner error says what is wrong with the take.
    fn attempt(&self, reading: &Reading, key: &TakeKey) -> Result<Result<Pcm, String>> {
        let manifest = self.speaker.catalogue.voice(&key.voice)?;
        let pcm = match self.speaker.engine.say(reading, &key.voice, key.speed) {
            Ok(pcm) => pcm,
            Err(SayError::Unsayable(why)) => return Ok(Err(why)),
            Err(SayError::Fault(fault)) => return Err(fault),
        };
        let checked = speech::check(&pcm, reading, key.speed, manifest);
        self.silent
            .heard(&key.voice, checked == Err(Defect::Silent))?;
        if let Err(defect) = checked {
            return Ok(Err(defect.to_string()));
        }
        Ok(Ok(resample(&trim(pcm), SampleRate::MASTER)?))
    }

    /// Puts the sentence that says so in the place of a part that was lost.
    fn lose(
        &self,
        reading: &Reading,
        key: &TakeKey,
        why: String,
        parts: &mut Vec<Part>,
    ) -> Result<Pcm> {
        let omission = self.omission.of(reading);
        let stand_in = keyed(key, omission);
        let pcm = match self.store.get(&stand_in) {
            Some(pcm) => pcm,
            // A voice that cannot say even this leaves a silence; the report
            // and the index still tell what is missing.
            None => match self.attempt(omission, &stand_in)? {
                Ok(pcm) => {
                    self.store.put(&stand_in, &pcm)?;
                    pcm
                }
                Err(_) => Pcm {
                    rate: SampleRate::MASTER,
                    samples: Vec::new(),
                },
            },
        };
        parts.push(Part {
            reading: reading.clone(),
            key: stand_in,
            lost: Some(why),
        });
        Ok(pcm)
    }
}

/// The key of another reading by the same voice.
fn keyed(key: &TakeKey, reading: &Reading) -> TakeKey {
    TakeKey {
        pinyin: reading.pinyin(),
        ..key.clone()
    }
}
