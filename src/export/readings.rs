//! `readings.json`, written and read. Its JSON Schema is
//! `schema/readings-1.schema.json`.

use serde::Serialize;

use super::index::{BUILD_AGAIN, read_format};
use crate::diag::{Fault, Result};
use crate::model::{READINGS_FORMAT, Readings};

/// The file's name in the edition's folder.
pub const READINGS_FILE: &str = "readings.json";

/// The readings as they are written: a chunk a line, so that two editions can be
/// compared by lines, and as small as that allows. Equal readings, equal bytes.
///
/// # Errors
/// None is known; what the serialiser says is passed on.
pub fn readings_json(readings: &Readings) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut put = |text: &str| bytes.extend_from_slice(text.as_bytes());
    put(&format!("{{\n\"format\": {},\n", readings.format));
    put(&format!("\"omission\": {},\n", line(&readings.omission)?));
    put(&format!(
        "\"part_pause\": {},\n",
        line(&readings.part_pause)?
    ));
    put("\"chunks\": {");
    for (i, (id, chunk)) in readings.chunks.iter().enumerate() {
        let comma = if i == 0 { "" } else { "," };
        put(&format!("{comma}\n\"{id}\": {}", line(chunk)?));
    }
    put("\n}\n}\n");
    Ok(bytes)
}

/// A value as JSON without a line end in it.
fn line(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|e| {
        Fault::new(format!("cannot write {READINGS_FILE}: {e}")).help("please report this as a bug")
    })
}

/// Reads what [`readings_json`] wrote.
///
/// # Errors
/// As [`read_edition`](super::read_edition).
pub fn read_readings(bytes: &[u8]) -> Result<Readings> {
    read_format(
        READINGS_FILE,
        "list of an edition's readings",
        READINGS_FORMAT,
        BUILD_AGAIN,
        bytes,
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::*;
    use crate::export::schema_tests::{agrees, described, refuses_strangers};
    use crate::model::{
        ChunkId, Db, Foreign, Mark, Millis, Omission, ReadChunk, Reading, Role, Rule, Span, Speed,
        Syllable, Token, Word,
    };

    const SCHEMA: &str = include_str!("../../schema/readings-1.schema.json");

    fn reading() -> Reading {
        Reading {
            display: "好3M。".into(),
            spoken: "好三M。".into(),
            map: [Rule::Plain, Rule::Normalised("digits".into())]
                .map(|rule| Span {
                    display: 0..3,
                    spoken: 0..3,
                    rule,
                })
                .into(),
            tokens: vec![
                Token::Word(Word {
                    text: "好".into(),
                    syllables: vec![Syllable {
                        base: "hao".into(),
                        tone: 3,
                    }],
                }),
                Token::Foreign(Foreign {
                    text: "M".into(),
                    phonemes: None,
                    syllables: 1,
                }),
                Token::Mark(Mark::Stop),
            ],
        }
    }

    fn readings() -> Readings {
        let chunk = |index| {
            let read = ReadChunk {
                role: Role::Body,
                language: (index == 2).then(|| "en".to_string()),
                voice: "tone".into(),
                speed: Speed(0.9),
                pause_after: Millis(400),
                gain: Db(2.4),
                reading: reading(),
            };
            (ChunkId { chapter: 1, index }, read)
        };
        Readings {
            format: READINGS_FORMAT,
            omission: Omission {
                mandarin: reading(),
                english: reading(),
            },
            part_pause: Millis(160),
            chunks: BTreeMap::from([chunk(1), chunk(2)]),
        }
    }

    #[test]
    fn what_is_written_is_read_again_and_keeps_its_schema() {
        let readings = readings();
        let bytes = readings_json(&readings).unwrap();
        assert_eq!(read_readings(&bytes).unwrap(), readings);
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("{\n\"format\": 1,\n\"omission\": {\"mandarin\":"));
        assert!(text.contains("\n\"01-001\": {\"role\":\"body\",\"language\":null,\"voice\":"));
        assert_eq!(text.lines().count(), 9);

        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        assert!(jsonschema::meta::is_valid(&schema));
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let written: Value = serde_json::from_str(&text).unwrap();
        agrees(&written, &validator);
        let mut damaged = written.clone();
        for (pointer, value) in [
            ("/format", json!(2)),
            ("/chunks/01-001/speed", json!(0)),
            ("/chunks/01-001/role", json!("title")),
            ("/chunks/01-001/reading/tokens/0/word/syllables", json!([])),
            (
                "/chunks/01-001/reading/tokens/0/word/syllables/0/tone",
                json!(6),
            ),
        ] {
            let whole = damaged.clone();
            *damaged.pointer_mut(pointer).unwrap() = value;
            assert!(!validator.is_valid(&damaged), "{pointer}");
            damaged = whole;
        }
        // A list of chunks may have fewer of them.
        let mut strict = written;
        let chunks = strict["chunks"].as_object_mut().unwrap();
        let one = chunks["01-001"].take();
        let chunk_schema = json!({
            "$schema": schema["$schema"],
            "$defs": schema["$defs"],
            "$ref": "#/$defs/chunk"
        });
        let validator = jsonschema::draft202012::new(&chunk_schema).unwrap();
        refuses_strangers(&one, &validator, 5);
        described(&schema, "");
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            described(definition, name);
        }
    }

    #[test]
    fn other_files_are_refused() {
        let said = |text: &str| read_readings(text.as_bytes()).unwrap_err().message;
        assert_eq!(
            said("{}"),
            "readings.json cannot be read: it has no `format` and so is no list of an edition's \
             readings"
        );
        let wrong = String::from_utf8(readings_json(&readings()).unwrap()).unwrap();
        let wrong = wrong.replace("01-002", "first");
        assert!(said(&wrong).contains("`first` is no chunk's id"));
    }
}
