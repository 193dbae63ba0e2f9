//! `tingbao audition`.

use serde_json::json;

use super::Exit;
use super::args::AuditionArgs;
use super::build::{default_workers, voices, with_host};
use super::listen::through;
use super::print::{self, out};
use super::progress::Style;
use crate::diag::Result;
use crate::listen::Track;
use crate::model::{Repair, Settings, Speed, is_mandarin};
use crate::pipeline::{self, Audition, AuditionJob, Input};
use crate::speech::{Catalogue, resolve_cast, voices_in};
use crate::store;

pub fn audition(args: AuditionArgs) -> Result<Exit> {
    let front = match &args.issue {
        Some(folder) => pipeline::load(&Input::Folder(folder.clone()), Repair::Off)?.front_end()?,
        None => pipeline::front_end()?,
    };
    let audition = with_host(Style::Quiet, |host| {
        let job = AuditionJob {
            text: &args.text,
            front: &front,
            language: args.language.as_deref(),
            voices: names(&args, &host.speaker.catalogue)?,
            speed: args.speed.map(Speed),
            workers: default_workers(),
            source: voices(args.offline),
        };
        pipeline::audition(&job, host)
    })?;
    for note in &audition.notes {
        eprintln!("{note}");
    }
    match &args.out {
        Some(file) => {
            store::write(file, &audition.wav()?)?;
            if args.json {
                print::json(&json!({
                    "file": file.display().to_string(),
                    "pinyin": audition.reading.pinyin(),
                    "heard": audition.heard,
                }))?;
            } else {
                out(&format!(
                    "{}the sound is in {}\n",
                    list(&audition),
                    file.display()
                ))?;
            }
        }
        None => {
            out(&list(&audition))?;
            let samples = audition.pcm.samples.clone();
            through(vec![track(&audition)], &|_| Ok(samples.clone()))?;
        }
    }
    Ok(Exit::Complete)
}

/// The voices asked for, each once; those of the default cast when none is.
fn names(args: &AuditionArgs, catalogue: &Catalogue) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for name in &args.voices {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    if !names.is_empty() {
        return Ok(names);
    }
    let cast = resolve_cast(catalogue, &Settings::default(), None)?.value;
    let (body, headline) = match args.language.as_deref().filter(|l| !is_mandarin(l)) {
        Some(language) => {
            let voices = voices_in(catalogue, &cast.name, language, None)?.value;
            (voices.body, voices.headline)
        }
        None => (cast.body, cast.headline),
    };
    Ok(vec![body.voice, headline.voice])
}

/// How it is read, and who speaks when.
fn list(audition: &Audition) -> String {
    let mut text = format!("{}\n", audition.reading.pinyin());
    for heard in &audition.heard {
        text.push_str(&format!(
            "{:7.2} s  {:5.2} s  {} at {}\n",
            heard.start, heard.seconds, heard.voice, heard.speed
        ));
    }
    text
}

/// The audition as a track whose sentences are its voices.
fn track(audition: &Audition) -> Track {
    let rate = f64::from(audition.pcm.rate.0);
    Track {
        number: 0,
        title: audition.reading.display.clone(),
        file: String::new(),
        frames: 0..audition.pcm.samples.len() as u64,
        sentences: (audition.heard.iter())
            .map(|h| ((h.start * rate) as u64, h.voice.clone()))
            .collect(),
    }
}
