//! The schema accepts what is written, and refuses what is damaged.

use jsonschema::Validator;
use serde_json::{Value, json};

use super::sample::edition;
use super::{edition_json, read_edition};

const SCHEMA: &str = include_str!("../../schema/edition-1.schema.json");

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).unwrap()
}

fn written() -> Value {
    serde_json::from_slice(&edition_json(&edition()).unwrap()).unwrap()
}

#[test]
fn the_schema_is_one() {
    assert!(jsonschema::meta::is_valid(&schema()));
}

/// What is written is as the schema says.
pub fn agrees(written: &Value, validator: &Validator) {
    let errors: Vec<String> = validator
        .iter_errors(written)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert_eq!(errors.join("\n"), "");
}

#[test]
fn what_is_written_is_valid() {
    agrees(&written(), &validator());
}

#[test]
fn damaged_indexes_are_refused() {
    let changes: &[(&str, Value)] = &[
        ("/format", json!(2)),
        ("/format", json!("1")),
        ("/key", json!("ab")),
        ("/masthead/date", json!("12.5.2024")),
        ("/masthead/issue_number", json!("")),
        ("/masthead/language", json!("")),
        ("/sample_rate", json!(0)),
        ("/frames", json!(1.5)),
        ("/chapters", json!({})),
        ("/chapters/0/kind", json!("intro")),
        ("/chapters/0/number", json!(-1)),
        ("/chapters/1/file", json!("../outside.wav")),
        ("/chapters/1/file", json!("chapters/../../outside.wav")),
        ("/chapters/1/sha256", json!("ABCDEF")),
        ("/chapters/1/loudness_lufs", json!("-19")),
        ("/chapters/1/cues/0/start", json!(-5)),
        ("/chapters/1/cues/0/role", json!("title")),
        ("/chapters/1/cues/0/source", json!({"file": "a", "line": 1})),
        ("/voices/0/speeds", json!([0])),
        ("/diagnostics/0/severity", json!("warning")),
        ("/omitted/0/intended", json!(null)),
    ];
    let validator = validator();
    for (pointer, value) in changes {
        let mut damaged = written();
        *damaged.pointer_mut(pointer).unwrap() = value.clone();
        assert!(!validator.is_valid(&damaged), "{pointer} = {value}");
    }
}

#[test]
fn a_chapter_may_say_its_page() {
    let mut edition = edition();
    edition.chapters[1].page = Some("A05".into());
    let bytes = edition_json(&edition).unwrap();
    let mut value: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(value["chapters"][1]["page"], "A05");
    assert_eq!(value["chapters"][0].get("page"), None);
    assert!(validator().is_valid(&value));
    for wrong in [json!(5), json!(""), json!(null)] {
        value["chapters"][1]["page"] = wrong.clone();
        assert!(!validator().is_valid(&value), "{wrong}");
    }
    assert_eq!(read_edition(&bytes).unwrap(), edition);
}

/// Every object of the index by its pointer.
fn objects(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, child) in map {
                objects(child, format!("{at}/{key}"), found);
            }
            found.push(at);
        }
        Value::Array(items) => {
            for (i, child) in items.iter().enumerate() {
                objects(child, format!("{at}/{i}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn no_object_takes_a_stranger_or_misses_a_field() {
    refuses_strangers(&written(), &validator(), 20);
}

/// Every object of what was written, more of them than `at_least`, refuses a
/// field that it should not have and misses one that it should.
pub fn refuses_strangers(whole: &Value, validator: &Validator, at_least: usize) {
    let mut found = Vec::new();
    objects(whole, String::new(), &mut found);
    assert!(found.len() > at_least);
    for pointer in found {
        let mut more = whole.clone();
        let map = more.pointer_mut(&pointer).unwrap().as_object_mut().unwrap();
        let keys: Vec<String> = map.keys().cloned().collect();
        map.insert("stranger".into(), json!(1));
        assert!(!validator.is_valid(&more), "{pointer} took a stranger");
        for key in keys {
            let mut less = whole.clone();
            let map = less.pointer_mut(&pointer).unwrap().as_object_mut().unwrap();
            map.shift_remove(&key);
            assert!(!validator.is_valid(&less), "{pointer} misses {key}");
        }
    }
}

/// Every property of the schema tells what it means.
pub fn described(schema: &Value, at: &str) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        assert_eq!(
            schema.get("additionalProperties"),
            Some(&json!(false)),
            "{at} is not strict"
        );
        for (name, property) in properties {
            let told = property.get("description").and_then(Value::as_str);
            assert!(
                told.is_some_and(|d| d.ends_with('.')),
                "{at}/{name} has no description"
            );
            described(property, &format!("{at}/{name}"));
        }
    }
}

#[test]
fn every_field_is_described() {
    let schema = schema();
    described(&schema, "");
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        described(definition, name);
    }
}

#[test]
fn what_the_program_reads_the_schema_knows() {
    // A field that the types have and the schema has not would fail above;
    // here the other way round: what the schema calls valid can be read.
    let written = written();
    assert!(validator().is_valid(&written));
    assert_eq!(
        read_edition(written.to_string().as_bytes()).unwrap(),
        edition()
    );
}
