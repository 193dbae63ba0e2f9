//! `report.json` is exactly this, its schema accepts it and refuses what is
//! damaged.

use jsonschema::Validator;
use serde_json::{Value, json};

use super::report_json;
use super::review_sample::Sample;
use super::schema_tests::{agrees, described, refuses_strangers};

const SCHEMA: &str = include_str!("../../schema/report-1.schema.json");

fn schema() -> Value {
    serde_json::from_str(SCHEMA).unwrap()
}

fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).unwrap()
}

fn written() -> Value {
    serde_json::from_slice(&report_json(Sample::new().review()).unwrap()).unwrap()
}

#[test]
fn every_edit_and_doubt_is_in_it_once() {
    let text = String::from_utf8(report_json(Sample::new().review()).unwrap()).unwrap();
    assert!(text.starts_with("{\n  \"format\": 1,\n  \"pages\": [\n"));
    assert!(text.ends_with("}\n"));
    assert_eq!(
        written(),
        json!({
            "format": 1,
            "pages": [{ "file": "p.txt", "lines": 5, "characters": 47 }],
            "counts": {
                "articles": 1, "edits_applied": 1, "edits_doubted": 1,
                "omissions": 0, "doubts": 2, "notes": 1,
            },
            "edits": [
                {
                    "file": "p.txt", "line": 3, "col": 4, "wrong": "丁", "right": "工",
                    "applied": true, "confidence": 0.996, "reason": "`工人` is far likelier",
                    "candidates": ["工"],
                },
                {
                    "file": "p.txt", "line": 4, "col": 2, "wrong": "力", "right": "为",
                    "applied": false, "confidence": 0.71, "reason": "the page says `为` elsewhere",
                    "candidates": ["为", "刀"],
                },
            ],
            "flags": [
                {
                    "severity": "doubt", "place": { "file": "p.txt", "line": 5, "col": 3 },
                    "message": "the paragraph breaks off", "help": "look at the printed page",
                },
                {
                    "severity": "doubt", "place": { "file": "p.txt", "line": 0, "col": 0 },
                    "message": "this page says <another> date", "help": null,
                },
                { "severity": "note", "place": null, "message": "worth knowing", "help": null },
            ],
        })
    );
}

#[test]
fn what_is_written_is_valid() {
    assert!(jsonschema::meta::is_valid(&schema()));
    agrees(&written(), &validator());
}

#[test]
fn damaged_reports_are_refused() {
    let changes: &[(&str, Value)] = &[
        ("/format", json!(2)),
        ("/pages/0/lines", json!(-1)),
        ("/counts/doubts", json!("2")),
        ("/edits/0/line", json!(0)),
        ("/edits/0/right", json!("工人")),
        ("/edits/0/confidence", json!(1.5)),
        ("/edits/0/candidates", json!("工")),
        ("/flags/0/severity", json!("warning")),
        ("/flags/0/message", json!("")),
    ];
    let validator = validator();
    for (pointer, value) in changes {
        let mut damaged = written();
        *damaged.pointer_mut(pointer).unwrap() = value.clone();
        assert!(!validator.is_valid(&damaged), "{pointer} = {value}");
    }
    refuses_strangers(&written(), &validator, 8);
}

#[test]
fn every_field_is_described() {
    let schema = schema();
    described(&schema, "");
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        described(definition, name);
    }
}
