//! `tingbao audition`.

use serde_json::json;

use super::Exit;
use super::args::AuditionArgs;
use super::build::{default_workers, on_interrupt, voices};
use super::listen::through;
use super::print::{self, out};
use super::progress::{Progress, Style};
use crate::diag::Result;
use crate::listen::Track;
use crate::model::{Repair, Settings, Speed, is_mandarin};
use crate::pipeline::{self, Audition, AuditionJob, Host, Input};
use crate::speech::{Speaker, resolve_cast, voices_in};
use crate::store::{self, Home};

pub fn audition(args: AuditionArgs) -> Result<Exit> {
    let home = Home::of_user()?;
    let speaker = Speaker::open(&home.data)?;
    let mut names = args.voices.clone();
    if names.is_empty() {
        let cast = resolve_cast(&speaker.catalogue, &Settings::default(), None)?.value;
        let (body, headline) = match args.language.as_deref().filter(|l| !is_mandarin(l)) {
            Some(language) => {
                let voices = voices_in(&speaker.catalogue, &cast.name, language, None)?.value;
                (voices.body, voices.headline)
            }
            None => (cast.body, cast.headline),
        };
        names = vec![body.voice, headline.voice];
    }
    let mut seen = Vec::new();
    names.retain(|name| {
        !seen.contains(name) && {
            seen.push(name.clone());
            true
        }
    });
    let cancel = on_interrupt()?;
    let mut progress = Progress::new(Style::Quiet);
    let front = match &args.issue {
        Some(folder) => pipeline::load(&Input::Folder(folder.clone()), Repair::Off)?.front_end()?,
        None => pipeline::front_end()?,
    };
    let audition = pipeline::audition(
        &AuditionJob {
            text: &args.text,
            front: &front,
            language: args.language.as_deref(),
            voices: names,
            speed: args.speed.map(Speed),
            workers: default_workers(),
            source: voices(args.offline),
        },
        Host {
            home: &home,
            speaker: &speaker,
            cancel: &cancel,
            tell: &mut |event| progress.tell(&event),
        },
    )?;
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
