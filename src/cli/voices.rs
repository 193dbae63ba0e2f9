//! `tingbao voices`.

use super::Exit;
use super::args::{VoicesArgs, VoicesCommand};
use super::print::{self, megabytes, out};
use crate::diag::Result;
use crate::model::Settings;
use crate::speech::install::{self, Source, VoiceStatus};
use crate::speech::resolve_cast;
use crate::store::Home;

pub fn voices(args: VoicesArgs) -> Result<Exit> {
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
