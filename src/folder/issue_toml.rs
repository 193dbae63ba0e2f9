//! `issue.toml`: masthead and settings.

use toml::de::DeValue;

use super::fields::{Fields, Found, Mistakes, Refusal, parse};
use super::lexicon;
use super::name::{is_component, is_lexicon_path, stays_inside};
use super::podcast::podcast;
use super::source::Source;
use crate::diag::{Diagnostic, Noted, Result};
use crate::model::{Masthead, Millis, Pauses, Settings, Speed, day};

/// The longest pause an editor may ask for, in milliseconds.
const LONGEST_PAUSE: u32 = 10_000;

const TO_THE_TOP: &str = "move it to the top of the file, above the first `[…]` line";

/// Keys that editors put on the wrong side of a `[table]` line, and where they belong.
const MASTHEAD_KEYS: [&str; 17] = [
    "paper",
    "section",
    "issue_number",
    "date",
    "publisher",
    "sponsor",
    "cn_code",
    "page",
    "language",
    "cast",
    "body_voice",
    "headline_voice",
    "alternate",
    "speed",
    "yao",
    "sting",
    "lexicons",
];

const PAUSE_KEYS: [&str; 9] = [
    "chapter_number",
    "line",
    "headline",
    "subhead",
    "paragraph",
    "item",
    "sentence",
    "clause",
    "chapter",
];

/// Reads `issue.toml`.
pub(super) fn read(source: &Source) -> Result<Noted<(Masthead, Settings)>> {
    let mut notes = Vec::new();
    let value = parse(source, 0..source.text.len(), |f, m| {
        let masthead = masthead(f, m, &mut notes);
        let settings = settings(f, m);
        let under_pauses = PAUSE_KEYS.map(|k| (k, "it belongs below the line `[pauses]`"));
        f.finish(m, &under_pauses);
        (masthead, settings)
    })?;
    Ok(Noted::new(value, notes))
}

fn masthead(f: &mut Fields<'_>, m: &mut Mistakes, notes: &mut Vec<Diagnostic>) -> Masthead {
    Masthead {
        paper: f.string("paper", m).unwrap_or_default(),
        section: f.string("section", m),
        issue_number: f
            .take("issue_number", m, |v| {
                let (number, place) = (issue_number(v)?, v.place());
                if !number.chars().all(|c| c.is_ascii_digit()) {
                    notes.push(
                        Diagnostic::doubt(
                            Some(place),
                            format!("the issue number `{number}` is more than digits"),
                        )
                        .help("write the digits only: the edition says 第 and 期 itself"),
                    );
                }
                Ok(Some(number).filter(|n| !n.is_empty()))
            })
            .flatten(),
        date: f.take("date", m, date),
        publisher: f.string("publisher", m),
        sponsor: f.string("sponsor", m),
        cn_code: f.string("cn_code", m),
        page: f.string("page", m).filter(|p| !p.is_empty()),
    }
}

fn settings(f: &mut Fields<'_>, m: &mut Mistakes) -> Settings {
    let default = Settings::default();
    Settings {
        language: f.take("language", m, language).unwrap_or(default.language),
        cast: f.take("cast", m, |v| v.string().and_then(|s| folder_name(v, s))),
        body_voice: f.take("body_voice", m, voice),
        headline_voice: f.take("headline_voice", m, voice),
        alternate: f
            .take("alternate", m, |v| {
                let names = v.strings()?;
                names.into_iter().map(|s| folder_name(v, s)).collect()
            })
            .unwrap_or_default(),
        speed: f.take("speed", m, speed),
        yao: f.take("yao", m, Found::boolean).unwrap_or(default.yao),
        sting: f.take("sting", m, relative_file),
        pauses: pauses(f, m),
        lexicon: lexicon::table(f, m),
        lexicons: lexicons(f, m),
        podcast: podcast(f, m),
        fixes: Vec::new(),
    }
}

fn pauses(f: &mut Fields<'_>, m: &mut Mistakes) -> Pauses {
    let mut pauses = Pauses::default();
    let Some(mut t) = f.table("pauses", m) else {
        return pauses;
    };
    let [
        chapter_number,
        line,
        headline,
        subhead,
        paragraph,
        item,
        sentence,
        clause,
        chapter,
    ] = PAUSE_KEYS;
    for (key, slot) in [
        (chapter_number, &mut pauses.chapter_number),
        (line, &mut pauses.line),
        (headline, &mut pauses.headline),
        (subhead, &mut pauses.subhead),
        (paragraph, &mut pauses.paragraph),
        (item, &mut pauses.item),
        (sentence, &mut pauses.sentence),
        (clause, &mut pauses.clause),
        (chapter, &mut pauses.chapter),
    ] {
        if let Some(millis) = t.take(key, m, pause) {
            *slot = millis;
        }
    }
    t.finish(m, &MASTHEAD_KEYS.map(|k| (k, TO_THE_TOP)));
    pauses
}

fn issue_number(v: &Found<'_>) -> Result<String, Refusal> {
    match v.value {
        DeValue::Integer(n) if n.radix() == 10 => Ok(n.to_string()),
        _ => Ok(v.string()?.trim().to_string()),
    }
}

/// A day that was or will be: `2026-11-24`, quoted or not.
fn date(v: &Found<'_>) -> Result<String, Refusal> {
    let text = match v.value {
        DeValue::Datetime(d) => d.to_string(),
        _ => v.string()?.trim().to_string(),
    };
    if day(&text).is_some() {
        return Ok(text);
    }
    Err((
        format!("`date` is `{text}`, which is no day of the calendar"),
        Some("write year, month and day as `date = \"2026-11-24\"`".to_string()),
    ))
}

/// A language tag (BCP 47).
pub(super) fn language(v: &Found<'_>) -> Result<String, Refusal> {
    let text = v.string()?;
    let plain = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if text.split('-').all(plain) {
        return Ok(text);
    }
    Err((
        format!("`language` is `{text}`, which is no language tag"),
        Some("write a BCP 47 tag such as `language = \"zh-CN\"`".to_string()),
    ))
}

/// The name of a voice: it names a folder under `voices/`, so it must not lead
/// anywhere else.
pub(super) fn voice(v: &Found<'_>) -> Result<String, Refusal> {
    folder_name(v, v.string()?)
}

fn folder_name(v: &Found<'_>, name: String) -> Result<String, Refusal> {
    if is_component(&name) {
        return Ok(name);
    }
    Err((
        format!("`{}` names `{name}`, which cannot be a name", v.key),
        Some("`tingbao voices` lists what there is".to_string()),
    ))
}

fn speed(v: &Found<'_>) -> Result<Speed, Refusal> {
    let help = "write a number from 0.5 (slow) to 2.0 (fast), such as `speed = 0.9`";
    let speed: Option<f64> = match v.value {
        DeValue::Float(f) => f.as_str().parse().ok(),
        DeValue::Integer(i) if i.radix() == 10 => i.as_str().parse().ok(),
        _ => return Err(v.wanted("a number", help.to_string())),
    };
    match speed {
        Some(s) if (0.5..=2.0).contains(&s) => Ok(Speed(s as f32)),
        _ => Err((
            format!("`speed` is {}, outside 0.5 to 2.0", v.written()),
            Some(help.to_string()),
        )),
    }
}

fn pause(v: &Found<'_>) -> Result<Millis, Refusal> {
    let help = "write whole milliseconds: 900 is nine tenths of a second".to_string();
    let DeValue::Integer(n) = v.value else {
        return Err(v.wanted("an integer", help));
    };
    u32::from_str_radix(n.as_str(), n.radix())
        .ok()
        .filter(|ms| *ms <= LONGEST_PAUSE)
        .map(Millis)
        .ok_or_else(|| {
            (
                format!(
                    "`{}` is {}, outside 0 to {LONGEST_PAUSE}",
                    v.key,
                    v.written()
                ),
                Some(help),
            )
        })
}

/// A file below the issue folder.
pub(super) fn relative_file(v: &Found<'_>) -> Result<String, Refusal> {
    let path = v.string()?;
    if stays_inside(&path) {
        return Ok(path);
    }
    Err((
        format!("`{}` is `{path}`, which is not a file inside the issue folder", v.key),
        Some("copy the file into the issue folder and write its path from there, with `/` and without `..`".to_string()),
    ))
}

/// The lexicon files of the paper: below the issue folder, or up to two
/// folders above it, where the issues of a paper share them.
fn lexicons(f: &mut Fields<'_>, m: &mut Mistakes) -> Vec<String> {
    let paths = f.take("lexicons", m, |v| {
        let paths = v.strings()?;
        match paths.iter().find(|p| !is_lexicon_path(p)) {
            None => Ok(paths),
            Some(bad) => Err((
                format!("`lexicons` names `{bad}`, which cannot be a lexicon of this paper"),
                Some(
                    "write a path to a .toml, .csv or .pls file from the issue folder, with `/` \
                     and at most two `..` before it, such as `lexicons = [\"../lexicon.csv\"]`"
                        .to_string(),
                ),
            )),
        }
    });
    paths.unwrap_or_default()
}

#[cfg(test)]
mod tests;
