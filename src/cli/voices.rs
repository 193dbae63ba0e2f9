//! `tingbao voices`.

use super::Exit;
use super::args::{VoicesArgs, VoicesCommand};
use super::print::{self, megabytes, out};
use crate::diag::Result;
use crate::model::Settings;
use crate::speech::install::{self, Source, VoiceStatus};
use crate::speech::{platform, resolve_cast};
use crate::store::Home;

pub fn voices(args: VoicesArgs) -> Result<Exit> {
    if args.platform {
        return platform_voices(args.json);
    }
    let home = Home::of_user()?;
    match args.command {
        None if args.json => {
            for status in install::status(&home.data)? {
                print::json(&status)?;
            }
        }
        None => {
            let list: String = install::status(&home.data)?.iter().map(describe).collect();
            out(&list)?;
        }
        Some(VoicesCommand::Install { names, from }) => {
            let cast = resolve_cast(&Settings::default(), None)?.value;
            let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
            if names.is_empty() {
                names = vec![&cast.body.voice, &cast.headline.voice];
            }
            let source = from.map_or(Source::Packages, Source::From);
            install::ensure(&home.data, &names, &source, &mut |event| {
                eprintln!("{event}")
            })?;
            out(&format!("ready to speak: {}\n", names.join(", ")))?;
        }
    }
    Ok(Exit::Complete)
}

fn platform_voices(as_json: bool) -> Result<Exit> {
    let voices = platform::voices()?;
    for voice in &voices {
        if as_json {
            print::json(voice)?;
        } else {
            out(&format!(
                "{}  {}  {}\n",
                voice.id, voice.language, voice.name
            ))?;
        }
    }
    if voices.is_empty() && !as_json {
        out("the platform's speech service has no Chinese voice\n")?;
    }
    Ok(Exit::Complete)
}

/// A voice in a few lines.
fn describe(voice: &VoiceStatus) -> String {
    let state = match &voice.problem {
        Some(why) => format!("damaged: {why}; `tingbao voices install {}`", voice.name),
        None if voice.files.is_empty() => "built in".into(),
        None if voice.installed => "installed".into(),
        None => format!("not installed; `tingbao voices install {}`", voice.name),
    };
    let mut text = format!(
        "{}  {}\n  {state}\n  reads best at speed {}; {}; {}\n",
        voice.name, voice.description, voice.speed, voice.licence, voice.source
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
