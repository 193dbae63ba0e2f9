//! `tingbao voices --casts`.

use serde::Serialize;

use super::Exit;
use super::print::{self, out};
use crate::diag::{Fault, Result};
use crate::model::{MANDARIN, Part, Speed};
use crate::speech::Catalogue;
use crate::speech::catalogue::{CastRole, CastSheet, DEFAULT_CAST};

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
            .filter_map(|(what, role)| problem(catalogue, what, role))
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
        for (what, role) in &roles {
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

/// Who reads what.
fn roles(cast: &CastSheet) -> Vec<(String, &CastRole)> {
    let mut roles = vec![
        ("body".to_string(), &cast.body),
        ("headline".to_string(), &cast.headline),
    ];
    roles.extend(cast.alternate.iter().map(|role| ("alternate".into(), role)));
    roles.extend(cast.parts().map(|(part, role)| {
        let name = match part {
            Part::Question => "question",
            Part::Answer => "answer",
            Part::Letter => "letter",
            Part::Advert => "advert",
        };
        (name.into(), role)
    }));
    for (language, own) in &cast.languages {
        roles.push((format!("{language} body"), &own.body));
        roles.push((format!("{language} headline"), &own.headline));
    }
    roles
}

fn told(role: &CastRole) -> String {
    let speed = role.speed.map(|Speed(speed)| format!(" at {speed:.2}"));
    format!("{}{}", role.voice, speed.unwrap_or_default())
}

fn problem(catalogue: &Catalogue, what: &str, role: &CastRole) -> Option<String> {
    let voice = match catalogue.voice(&role.voice) {
        Ok(voice) => voice,
        Err(fault) => return Some(told_fault(&fault)),
    };
    let language = what
        .split_once(' ')
        .map_or(MANDARIN, |(language, _)| language);
    if !voice.speaks(language) {
        return Some(format!(
            "`{}` speaks {}, and {what} is in {language}",
            role.voice, voice.language
        ));
    }
    let (min, max) = (voice.speed.min, voice.speed.max);
    let speed = role.speed.filter(|s| !(min.0..=max.0).contains(&s.0))?;
    Some(format!(
        "`{}` bears speeds from {min} to {max}, not {speed}",
        role.voice
    ))
}

pub fn told_fault(fault: &Fault) -> String {
    let place = fault.place.iter().map(|place| format!("{place}: "));
    let help = fault.help.iter().map(|help| format!("; {help}"));
    let message = fault.message.clone();
    place.chain([message]).chain(help).collect()
}
