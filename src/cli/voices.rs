//! `tingbao voices`.

use std::path::Path;

use super::args::{VoicesArgs, VoicesCommand};
use super::print::{self, megabytes, out};
use super::{Exit, casts};
use crate::diag::Result;
use crate::model::Settings;
use crate::pipeline;
use crate::speech::install::{self, Source, VoiceStatus};
use crate::speech::{Catalogue, Speaker, desk, platform, resolve_cast};
use crate::store::{self, Home};

pub fn voices(args: VoicesArgs) -> Result<Exit> {
    if args.platform {
        return platform_voices(&args.language, args.json);
    }
    let home = Home::of_user()?;
    let catalogue = Catalogue::of_desk(&home.data)?;
    if args.casts {
        return casts::list(&catalogue, args.json);
    }
    match args.command {
        None if args.json => {
            for status in install::status(&catalogue, &home.data)? {
                print::json(&status)?;
            }
        }
        None => {
            let list: String = install::status(&catalogue, &home.data)?
                .iter()
                .map(describe)
                .collect();
            out(&list)?;
            for (name, fault) in &catalogue.broken_voices {
                out(&format!("{name}\n  wrong: {}\n", casts::told_fault(fault)))?;
            }
        }
        Some(VoicesCommand::Install { names, from }) => {
            let cast = resolve_cast(&catalogue, &Settings::default(), None)?.value;
            let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
            if names.is_empty() {
                names = vec![&cast.body.voice, &cast.headline.voice];
            }
            let source = from.map_or(Source::Packages, Source::From);
            install::ensure(&home.data, &catalogue, &names, &source, &mut |event| {
                eprintln!("{event}")
            })?;
            out(&format!("ready to speak: {}\n", names.join(", ")))?;
        }
        Some(VoicesCommand::Add { file }) => {
            let text = store::utf8("manifest", &file, store::read("manifest", &file)?)?;
            let (manifest, place) = desk::keep(&home.data, &text, &file.display().to_string())?;
            out(&format!(
                "`{0}` is kept in {1}; now `tingbao voices measure {0}`\n",
                manifest.name,
                place.display()
            ))?;
        }
        Some(VoicesCommand::Manifest { name }) => {
            out(&desk::text(&catalogue, &home.data, &name)?)?;
        }
        Some(VoicesCommand::Measure { name, text }) => measure(&home, &name, text.as_deref())?,
    }
    Ok(Exit::Complete)
}

/// Measures a voice and keeps what was measured.
fn measure(home: &Home, name: &str, passage: Option<&Path>) -> Result<()> {
    let speaker = Speaker::open(&home.data)?;
    install::ensure(
        &home.data,
        &speaker.catalogue,
        &[name],
        &Source::Packages,
        &mut |event| eprintln!("{event}"),
    )?;
    let measured = pipeline::measure(name, passage, &speaker, &mut |done, of| {
        if done % 10 == 0 {
            eprintln!("spoken {done} of {of} chunks");
        }
    })?;
    let text = desk::text(&speaker.catalogue, &home.data, name)?;
    let text = desk::with_measures(&text, &measured.measures)?;
    let (_, place) = desk::keep(&home.data, &text, "the manifest with what was measured")?;
    let m = &measured.measures;
    out(&format!(
        "{name}: level {:+.1} dB, {:.1} syllables a second, {:.3} to {:.3} s a syllable at speed 1, \
         {} syllables at once\n",
        m.level_db.0, m.pace, m.syllable.min, m.syllable.max, m.longest
    ))?;
    for (spoken, defect) in &measured.defects {
        out(&format!("  doubt: {defect}: {spoken}\n"))?;
    }
    out(&format!("kept in {}\n", place.display()))
}

fn platform_voices(language: &str, as_json: bool) -> Result<Exit> {
    let voices = platform::voices(Some(language).filter(|l| *l != "all"))?;
    if as_json {
        for voice in &voices {
            print::json(voice)?;
        }
        return Ok(Exit::Complete);
    }
    for (voice, variants) in platform::families(&voices) {
        out(&format!("{}  {}", voice.id, voice.language))?;
        if voice.name != voice.id {
            out(&format!("  {}", voice.name))?;
        }
        if !variants.is_empty() {
            let some: Vec<&str> = variants.iter().take(3).map(|v| v.id.as_str()).collect();
            out(&format!(
                "\n  and {} variants, such as {}; `--json` lists them all",
                variants.len(),
                some.join(", ")
            ))?;
        }
        out("\n")?;
    }
    if voices.is_empty() {
        out(&format!(
            "the platform's speech service, by the module it uses by itself, has no voice for \
             `{language}`\n  help: `--language all` lists what it has; `spd-say -O` its modules, \
             `spd-say -o MODULE -L` the voices of one: a manifest may name any of them\n"
        ))?;
    }
    Ok(Exit::Complete)
}

/// A voice in a few lines.
fn describe(voice: &VoiceStatus) -> String {
    let help = voice.help.as_deref().unwrap_or("install it");
    let state = match (&voice.problem, &voice.missing) {
        (Some(why), _) => format!("damaged: {why}; `tingbao voices install {}`", voice.name),
        (None, Some(what)) => format!("not installed: {what}; {help}"),
        _ if voice.files.is_empty() && voice.spoken_by_program() => "installed".into(),
        _ if voice.files.is_empty() => "built in".into(),
        _ if voice.installed => "installed".into(),
        _ => format!("not installed; `tingbao voices install {}`", voice.name),
    };
    let mut text = format!(
        "{}  {}  {}\n  {state}\n  reads best at speed {}; {}; {}\n",
        voice.name, voice.language, voice.description, voice.speed, voice.licence, voice.source
    );
    for file in &voice.files {
        text.push_str(&format!(
            "  {}  {}  SHA-256 {}\n",
            file.path,
            megabytes(file.bytes),
            file.sha256
        ));
    }
    text
}
