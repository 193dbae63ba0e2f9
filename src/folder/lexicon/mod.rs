//! Lexicons: words with their readings, in TOML, CSV and PLS.

mod csv;
mod pls;

use toml::de::DeValue;

use super::fields::{Fields, Found, Mistakes, Refusal, list, parse};
use super::source::Source;
use crate::diag::{Result, nearest};
use crate::model::{LexiconEntry, LexiconReading};

/// What an entry may give: one of these.
const WAYS: [&str; 3] = ["pinyin", "say", "read"];
/// What `read` may be.
const READ: [&str; 3] = ["digits", "value", "skip"];

/// Reads a lexicon file of any format.
pub(super) fn read(source: &Source) -> Result<Vec<LexiconEntry>> {
    let ending = source.file.rsplit_once('.').map_or("", |(_, e)| e);
    match ending {
        "csv" => csv::read(source),
        "pls" => pls::read(source),
        _ => parse(source, 0..source.text.len(), |f, m| {
            let entries = table(f, m);
            f.finish(m, &[]);
            entries
        }),
    }
}

/// The table `[lexicon]`.
pub(super) fn table(f: &mut Fields<'_>, m: &mut Mistakes) -> Vec<LexiconEntry> {
    let Some(t) = f.table("lexicon", m) else {
        return Vec::new();
    };
    let mut entries = Vec::new();
    for (word, at, found) in t.entries() {
        let word = word.trim().to_string();
        let Some(given) = found.read(m, given) else {
            continue;
        };
        match reading(&word, given) {
            Ok(reading) => entries.push(LexiconEntry {
                word,
                reading,
                place: found.place(),
            }),
            Err((message, help)) => m.add(at, message, help),
        }
    }
    entries
}

/// What is written in the place of a reading: [`WAYS`], each empty when it is
/// not there.
type Given = [String; 3];

/// The value of a word: pinyin, or a table.
fn given(v: &Found<'_>) -> Result<Given, Refusal> {
    let DeValue::Table(fields) = v.value else {
        return Ok([v.string()?, String::new(), String::new()]);
    };
    let mut given = Given::default();
    for (key, value) in fields {
        let name: &str = key.get_ref();
        let Some(way) = WAYS.iter().position(|w| *w == name) else {
            let help = match nearest(name, WAYS) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known keys are {}", list(&WAYS)),
            };
            return Err((format!("unknown key `{name}` in `{}`", v.key), Some(help)));
        };
        let DeValue::String(text) = value.get_ref() else {
            return Err((
                format!("`{name}` in `{}` must be a string", v.key),
                Some(format!("write `{name} = \"…\"`")),
            ));
        };
        given[way] = text.to_string();
    }
    Ok(given)
}

/// The one reading among what is given for `word`.
fn reading(word: &str, given: Given) -> Result<LexiconReading, Refusal> {
    let given = given.map(|g| g.trim().to_string());
    let ways: Vec<&str> = (WAYS.iter().zip(&given))
        .filter(|(_, g)| !g.is_empty())
        .map(|(w, _)| *w)
        .collect();
    let help = || Some("write `\"词语\" = \"ci2 yu3\"`".to_string());
    match ways[..] {
        _ if word.is_empty() => Err((
            format!(
                "the lexicon gives a reading, `{}`, to no word",
                given.concat()
            ),
            help(),
        )),
        [] => Err((format!("the lexicon gives `{word}` no reading"), help())),
        [_] => one(word, given),
        _ => Err((
            format!("the lexicon gives `{word}` several readings"),
            Some(format!("keep one of {}", list(&ways))),
        )),
    }
}

fn one(word: &str, [pinyin, say, read]: Given) -> Result<LexiconReading, Refusal> {
    match read.as_str() {
        "" if say.is_empty() => Ok(LexiconReading::Pinyin(pinyin)),
        "" => Ok(LexiconReading::Say(say)),
        "digits" => Ok(LexiconReading::Digits),
        "value" => Ok(LexiconReading::Value),
        "skip" => Ok(LexiconReading::Skip),
        other => Err((
            format!("the lexicon reads `{word}` as `{other}`, which is no way to read"),
            Some(match nearest(other, READ) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of {}", list(&READ)),
            }),
        )),
    }
}

#[cfg(test)]
mod tests;
