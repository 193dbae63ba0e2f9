//! `tingbao voices --casts`.

use serde::Serialize;

use super::Exit;
use super::print::{self, out};
use crate::diag::{Fault, Result};
use crate::model::{self, MANDARIN, Speed};
use crate::speech::catalogue::{CastRole, CastSheet, DEFAULT_CAST};
use crate::speech::{Catalogue, clamp_speed};

/// A cast, and what is wrong with it.
#[derive(Serialize)]
struct Listed<'a> {
    #[serde(flatten)]
    cast: &'a CastSheet,
    problems: Vec<String>,
}

/// Lists the casts. One that is wrong is told with its fault, and the exit code tells
/// that there was one.
pub fn list(catalogue: &Catalogue, as_json: bool) -> Result<Exit> {
    let mut exit = Exit::Complete;
    for cast in &catalogue.casts {
        let roles = roles(cast);
        let problems: Vec<String> = (roles.iter())
            .filter_map(|part| problem(catalogue, part))
            .collect();
        if !problems.is_empty() {
            exit = Exit::Omissions;
        }
        if as_json {
            print::json(&Listed { cast, problems })?;
            continue;
        }
        let default = match cast.name == DEFAULT_CAST {
            true => "  (the default)",
            false => "",
        };
        out(&format!("{}  {}{default}\n", cast.name, cast.description))?;
        for Part { what, role, .. } in &roles {
            out(&format!("  {what:<12} {}\n", told(role)))?;
        }
        for problem in &problems {
            out(&format!("  wrong: {problem}\n"))?;
        }
    }
    for (name, fault) in &catalogue.broken_casts {
        exit = Exit::Omissions;
        match as_json {
            true => print::json(&serde_json::json!({
                "name": name,
                "problems": [told_fault(fault)],
            }))?,
            false => out(&format!("{name}\n  wrong: {}\n", told_fault(fault)))?,
        }
    }
    Ok(exit)
}

/// What somebody reads in a cast.
struct Part<'a> {
    what: String,
    language: &'a str,
    role: &'a CastRole,
}

/// Who reads what.
fn roles(cast: &CastSheet) -> Vec<Part<'_>> {
    fn part<'a>(what: &str, role: &'a CastRole) -> Part<'a> {
        Part {
            what: what.to_string(),
            language: MANDARIN,
            role,
        }
    }
    let mut roles = vec![part("body", &cast.body), part("headline", &cast.headline)];
    roles.extend(cast.alternate.iter().map(|role| part("alternate", role)));
    roles.extend(cast.parts().map(|(own, role)| {
        let name = match own {
            model::Part::Question => "question",
            model::Part::Answer => "answer",
            model::Part::Letter => "letter",
            model::Part::Advert => "advert",
        };
        part(name, role)
    }));
    for (language, own) in &cast.languages {
        roles.extend(
            [("body", &own.body), ("headline", &own.headline)].map(|(what, role)| Part {
                what: format!("{language} {what}"),
                language,
                role,
            }),
        );
    }
    roles
}

fn told(role: &CastRole) -> String {
    let speed = role.speed.map(|Speed(speed)| format!(" at {speed:.2}"));
    format!("{}{}", role.voice, speed.unwrap_or_default())
}

fn problem(catalogue: &Catalogue, part: &Part<'_>) -> Option<String> {
    let Part {
        what,
        language,
        role,
    } = part;
    let voice = match catalogue.voice(&role.voice) {
        Ok(voice) => voice,
        Err(fault) => return Some(told_fault(&fault)),
    };
    if !voice.speaks(language) {
        return Some(format!(
            "`{}` speaks {}, and {what} is in {language}",
            role.voice, voice.language
        ));
    }
    let (_, doubt) = clamp_speed(voice, role.speed?);
    doubt.map(|doubt| doubt.message)
}

/// A fault in one line.
pub fn told_fault(fault: &Fault) -> String {
    let place = fault.place.iter().map(|place| format!("{place}: "));
    let help = fault.help.iter().map(|help| format!("; {help}"));
    let message = fault.message.clone();
    place.chain([message]).chain(help).collect()
}
