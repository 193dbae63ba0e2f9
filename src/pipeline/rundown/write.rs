//! A programme laid down: its sounds one by one and as one file, and the lists that tell
//! what is where.

use std::io::{Seek, Write};
use std::path::Path;

use super::super::lay::RECORDING;
use super::super::publish;
use super::Told;
use super::attempt::{Attempt, Desk};
use super::programme::{Element, Source};
use super::stings::Sting;
use crate::assemble::{self, ChapterAudio, Take, item_file};
use crate::audio::loudness::{Loudness, Meter};
use crate::audio::wav::Master;
use crate::diag::{Diagnostic, Fault, Noted, Result};
use crate::export::{
    RUNDOWN_FILE, RUNDOWN_PAGE, RUNDOWN_TABLE, rundown_csv, rundown_html, rundown_json,
};
use crate::model::{
    Cue, Frames, LeftOut, Millis, RUNDOWN_FORMAT, Role, Rundown, RundownEdition, RundownItem,
    RundownKind, SampleRate, SoundOfRundown,
};
use crate::pipeline::Event;
use crate::rundown::{in_cue, out_cue};
use crate::store::{self, Draft};

/// The programme as one file.
const PROGRAMME: &str = "programme.wav";
/// Silence is written in blocks of so many frames.
const BLOCK: usize = 4096;

/// Writes all of a rundown into the draft.
///
/// # Errors
/// A full disk; a take that vanished from the store.
pub fn write(
    told: &Told<'_>,
    attempt: &Attempt,
    desk: &mut Desk<'_, '_>,
    draft: &Draft,
    notes: &mut Vec<Diagnostic>,
) -> Result<Rundown> {
    let mut programme = begin(PROGRAMME, draft)?;
    let mut meter = Meter::new(SampleRate::MASTER)?;
    let mut items = Vec::new();
    let mut start = Frames(0);
    for (at, element) in attempt.elements.iter().enumerate() {
        let (position, gap) = (at as u32 + 1, attempt.gaps[at]);
        let mut track = begin(&item_file(position, &title(element)), draft)?;
        let audio = lay(attempt, at, desk, &mut |block| {
            track.add(block)?;
            meter.add(block)?;
            programme.add(block)
        })?
        .drain_into(notes);
        silence(gap, &mut |block| {
            meter.add(block)?;
            programme.add(block)
        })?;
        (desk.host.tell)(Event::Chapter {
            number: position,
            title: title(element),
            seconds: audio.frames.seconds(SampleRate::MASTER),
        });
        let (edition, chapter) = match element.source {
            Source::Chapter { edition, number } => (Some(edition), Some(number)),
            Source::File(_) => (None, None),
        };
        items.push(RundownItem {
            position,
            kind: element.kind,
            title: title(element),
            edition,
            chapter,
            priority: element.priority,
            must: element.must,
            start,
            frames: audio.frames,
            gap,
            sound: track.finish(audio.loudness)?,
            intro: match element.kind {
                RundownKind::Article => intro(&audio.cues),
                _ => String::new(),
            },
            in_cue: in_cue(&audio.cues),
            out_cue: out_cue(&audio.cues),
        });
        start = start + audio.frames + gap;
    }
    let rundown = Rundown {
        format: RUNDOWN_FORMAT,
        generator: super::super::GENERATOR.into(),
        sample_rate: SampleRate::MASTER,
        slot: told.job.slot.frames(SampleRate::MASTER),
        tolerance: told.job.tolerance.frames(SampleRate::MASTER),
        frames: start,
        fits: told.trouble.is_none(),
        trouble: told.trouble,
        at: told.job.at,
        speed: attempt.speed,
        pauses: (attempt.pauses * 1000.0).round() / 1000.0,
        editions: (told.editions.iter())
            .map(|finished| RundownEdition {
                folder: finished.folder.display().to_string(),
                key: finished.edition.key.clone(),
                masthead: finished.edition.masthead.clone(),
            })
            .collect(),
        programme: programme.finish(meter.finish()?)?,
        items,
        left_out: (told.programme.left_out(told.choice))
            .map(|(article, why)| LeftOut {
                edition: article.edition,
                chapter: article.chapter,
                title: article.element.title.clone(),
                priority: article.element.priority,
                frames: article.frames,
                why,
            })
            .collect(),
    };
    draft.write(RUNDOWN_FILE, &rundown_json(&rundown)?)?;
    draft.write(RUNDOWN_TABLE, &rundown_csv(&rundown)?)?;
    draft.write(RUNDOWN_PAGE, &rundown_html(&rundown))?;
    Ok(rundown)
}

/// The files in `output` that the rundown there does not have: somebody put them there.
///
/// # Errors
/// When the folder cannot be listed.
pub fn guests(output: &Path) -> Result<Vec<String>> {
    let Ok(bytes) = store::read("rundown", &output.join(RUNDOWN_FILE)) else {
        return Ok(Vec::new());
    };
    let Ok(rundown) = serde_json::from_slice::<Rundown>(&bytes) else {
        // What is damaged cannot tell what belongs to it.
        return Ok(Vec::new());
    };
    let lists = [RUNDOWN_FILE, RUNDOWN_TABLE, RUNDOWN_PAGE].map(String::from);
    let sounds = rundown.items.iter().map(|i| i.sound.file.clone());
    let own: Vec<String> = (lists.into_iter().chain(sounds))
        .chain([rundown.programme.file.clone()])
        .collect();
    publish::strangers(output, &own)
}

/// The sound of one element, block by block.
fn lay(
    attempt: &Attempt,
    at: usize,
    desk: &Desk<'_, '_>,
    sink: &mut dyn FnMut(&[f32]) -> Result<()>,
) -> Result<Noted<ChapterAudio>> {
    let lost =
        || Fault::new("a sound of the programme was not made").help("please report this as a bug");
    match (&attempt.elements[at].source, &attempt.chapters[at]) {
        (Source::Chapter { edition, .. }, Some(chapter)) => {
            let finished = desk.editions.get(*edition).ok_or_else(lost)?;
            let spoken = attempt.spoken.get(*edition).ok_or_else(lost)?;
            finished.lay(chapter, spoken, desk.store, sink)
        }
        (Source::File(sting), _) => assemble::chapter([take(sting, desk)], Millis(0), sink),
        _ => Err(lost()),
    }
}

/// The take of a sound of the station's.
fn take(sting: &Sting, desk: &Desk<'_, '_>) -> Result<Take> {
    let vanished = || {
        Fault::new("a sting has vanished from the store while the programme was made")
            .help("run the same command again")
    };
    Ok(Take {
        id: sting.name.clone(),
        role: Role::Sting,
        block: 0,
        language: None,
        text: String::new(),
        spoken: String::new(),
        voice: RECORDING.into(),
        source: None,
        pcm: desk.store.get(&sting.recording.key).ok_or_else(vanished)?,
        gain: sting.recording.gain,
        pause_after: Millis(0),
    })
}

/// The title of an element; the edition's own sting has none.
fn title(element: &Element) -> String {
    match element.title.is_empty() {
        true => "sting".to_string(),
        false => element.title.clone(),
    }
}

/// What whoever announces an article might say: the lines around its headline.
fn intro(cues: &[Cue]) -> String {
    let lines = [Role::Kicker, Role::Headline, Role::Deck, Role::Byline].map(|role| {
        let own = cues.iter().filter(|c| c.role == role);
        own.map(|c| c.text.trim()).collect::<String>()
    });
    let said: Vec<&str> = (lines.iter().map(String::as_str))
        .filter(|l| !l.is_empty())
        .collect();
    said.join("\n")
}

/// So much silence, block by block.
fn silence(length: Frames, sink: &mut dyn FnMut(&[f32]) -> Result<()>) -> Result<()> {
    let block = [0.0; BLOCK];
    let mut left = length.0 as usize;
    while left > 0 {
        let now = left.min(BLOCK);
        sink(&block[..now])?;
        left -= now;
    }
    Ok(())
}

/// A sound file on its way to the disk.
struct Track<'a, W: Write + Seek> {
    file: String,
    draft: &'a Draft,
    master: Master<W>,
}

/// Begins a sound file.
fn begin<'a>(file: &str, draft: &'a Draft) -> Result<Track<'a, impl Write + Seek + use<>>> {
    let master =
        Master::new(draft.create(file)?, SampleRate::MASTER).map_err(|f| draft.blame(f, file))?;
    Ok(Track {
        file: file.to_string(),
        draft,
        master,
    })
}

impl<W: Write + Seek> Track<'_, W> {
    fn add(&mut self, block: &[f32]) -> Result<()> {
        (self.master.add(block)).map_err(|f| self.draft.blame(f, &self.file))
    }

    fn finish(self, loudness: Loudness) -> Result<SoundOfRundown> {
        (self.master.finish()).map_err(|f| self.draft.blame(f, &self.file))?;
        Ok(SoundOfRundown {
            sha256: self.draft.keep(&self.file)?,
            file: self.file,
            loudness_lufs: loudness.integrated,
            true_peak_dbtp: loudness.true_peak,
        })
    }
}
