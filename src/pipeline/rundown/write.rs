//! A programme laid down: the sounds of the station one by one and as one file, and the
//! lists that tell what is where.

use std::path::Path;

use super::super::exports::measured;
use super::super::radio::{self, Programme};
use super::super::{GENERATOR, publish};
use super::Told;
use super::attempt::{Attempt, Desk};
use super::programme::Source;
use super::station::{self, Station};
use crate::diag::{Diagnostic, Fault, Result};
use crate::export::{
    RUNDOWN_FILE, RUNDOWN_PAGE, RUNDOWN_TABLE, read_rundown, rundown_csv, rundown_html,
    rundown_json,
};
use crate::model::{
    Cue, ExportedFile, Frames, RUNDOWN_FORMAT, RadioSet, Role, Rundown, RundownEdition,
    RundownFile, RundownItem, RundownKind, SampleRate, SoundOfRundown, TimeOfDay,
};
use crate::pipeline::Event;
use crate::rundown::{Target, in_cue, out_cue};
use crate::store::{self, Draft};

/// The rate of a station's files.
const RATE: SampleRate = SampleRate(RadioSet::RATE);

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
    let station = Station {
        attempt,
        editions: desk.editions,
        store: desk.store,
    };
    let mut sounds = Vec::new();
    for (at, element) in attempt.elements.iter().enumerate() {
        let audio = station.lay(at, &mut |_| Ok(()))?.drain_into(notes);
        (desk.host.tell)(Event::Chapter {
            number: at as u32 + 1,
            title: station::title(element),
            seconds: audio.frames.seconds(SampleRate::MASTER),
        });
        sounds.push(audio);
    }
    let edition = station.edition(&sounds)?;
    let occasion = told.job.at.map_or_else(|| "rd".to_string(), occasion);
    let programme = Programme {
        edition: &edition,
        sounds: &|n, sink| station.item(n, sink),
        set: told.job.radio,
        folder: "",
        occasion: &occasion,
    };
    let made = radio::make(&programme, told.job.workers, draft)?;
    notes.extend(made.notes);
    let mut files = measured(made.files, told.job.workers, draft)?.into_iter();
    let mut sound = || sound(files.next());

    let length = |frames: Frames| frames.at(SampleRate::MASTER, RATE);
    let mut start = Frames(0);
    let mut items = Vec::new();
    for (at, (element, audio)) in attempt.elements.iter().zip(&sounds).enumerate() {
        let gap = length(attempt.gaps[at]);
        let (edition, chapter) = match element.source {
            Source::Chapter { edition, number } => (Some(edition), Some(number)),
            Source::File(_) => (None, None),
        };
        let frames = length(audio.frames);
        items.push(RundownItem {
            position: at as u32 + 1,
            kind: element.kind,
            title: station::title(element),
            edition,
            chapter,
            priority: element.priority,
            must: element.must,
            start,
            frames,
            gap,
            sound: sound()?,
            intro: match element.kind {
                RundownKind::Article => intro(&audio.cues),
                _ => String::new(),
            },
            in_cue: in_cue(&audio.cues),
            out_cue: out_cue(&audio.cues),
        });
        start = start + frames + gap;
    }
    let target = Target {
        slot: told.job.slot.frames(RATE),
        tolerance: told.job.tolerance.frames(RATE),
        rate: RATE,
    };
    let trouble = super::trouble(start, target);
    let mut rundown = Rundown {
        format: RUNDOWN_FORMAT,
        generator: GENERATOR.into(),
        sample_rate: RATE,
        slot: target.slot,
        tolerance: target.tolerance,
        frames: start,
        fits: trouble.is_none(),
        trouble,
        at: told.job.at,
        speed: attempt.speed,
        pauses: (attempt.pauses * 1000.0).round() / 1000.0,
        radio: told.job.radio,
        editions: (told.editions.iter())
            .map(|finished| RundownEdition {
                folder: finished.folder.display().to_string(),
                key: finished.edition.key.clone(),
                masthead: finished.edition.masthead.clone(),
            })
            .collect(),
        programme: sound()?,
        items,
        left_out: told.left_out(RATE),
        files: Vec::new(),
    };
    draft.write(RUNDOWN_TABLE, &rundown_csv(&rundown)?)?;
    draft.write(RUNDOWN_PAGE, &rundown_html(&rundown))?;
    let lists = [RUNDOWN_TABLE, RUNDOWN_PAGE].map(|list| (list.to_string(), None));
    let lists = measured(lists.into(), told.job.workers, draft)?;
    rundown.files = (files.chain(lists))
        .map(|made| RundownFile {
            file: made.file,
            sha256: made.sha256,
        })
        .collect();
    draft.write(RUNDOWN_FILE, &rundown_json(&rundown)?)?;
    Ok(rundown)
}

/// What a rundown tells of a sound file of the set.
fn sound(made: Option<ExportedFile>) -> Result<SoundOfRundown> {
    let sound = made.and_then(|made| Some((made.file, made.sha256, made.sound?)));
    let Some((file, sha256, sound)) = sound else {
        return Err(
            Fault::new("a sound of the programme was not made").help("please report this as a bug")
        );
    };
    Ok(SoundOfRundown {
        file,
        sha256,
        loudness_lufs: sound.loudness_lufs,
        true_peak_dbtp: sound.true_peak_dbtp,
    })
}

/// What the programme of a time of day is called in the names of its cuts: those of
/// another hour of the day are others.
fn occasion(at: TimeOfDay) -> String {
    let digits = at.to_string().replace(':', "");
    format!("r{}", &digits[..4])
}

/// The files in `output` that the rundown there does not have: somebody put them there.
///
/// # Errors
/// When the folder cannot be listed.
pub fn guests(output: &Path) -> Result<Vec<String>> {
    let Ok(bytes) = store::read("rundown", &output.join(RUNDOWN_FILE)) else {
        return Ok(Vec::new());
    };
    let Ok(rundown) = read_rundown(&bytes) else {
        // What is damaged cannot tell what belongs to it.
        return Ok(Vec::new());
    };
    let mut own = vec![RUNDOWN_FILE.to_string()];
    own.extend(rundown.all_files().map(|(file, _)| file.to_string()));
    publish::strangers(output, &own)
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
