//! `tingbao voices`.

use super::Exit;
use super::args::{VoicesArgs, VoicesCommand};
use super::print::{self, megabytes, out};
use crate::diag::Result;
use crate::model::Settings;
use crate::speech::install::{self, Source, State, Status};
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
fn describe(voice: &Status) -> String {
    let [min, best, max] = voice.speeds;
    let state = match &voice.state {
        State::BuiltIn => "built in".into(),
        State::Installed => "installed".into(),
        State::Missing => format!("not installed; `tingbao voices install {}`", voice.name),
        State::Damaged(why) => format!("damaged: {why}; `tingbao voices install {}`", voice.name),
    };
    let mut text = format!(
        "{}  {}\n  {state}\n  speed {best:.2} ({min:.2} to {max:.2}), {}, {}\n",
        voice.name, voice.description, voice.licence, voice.source
    );
    for (path, bytes, sha256) in &voice.files {
        text.push_str(&format!(
            "  {}  {}  SHA-256 {sha256}\n",
            path.display(),
            megabytes(*bytes)
        ));
    }
    text
}
