//! Imports run one way only: a module may use those that stand before it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers from the ground up; those in one line do not know one another.
const LAYERS: &[&[&str]] = &[
    &["diag"],
    &["model"],
    &["lm"],
    &["store", "audio", "folder", "ingest", "text", "process"],
    &[
        "speech", "export", "check", "source", "scan", "listen", "hotline",
    ],
    &["assemble", "rundown"],
    &["pipeline"],
    &["serve"],
    &["cli"],
];
/// A module may use a neighbour or a higher layer only when listed here.
const ALLOWED: &[(&str, &str)] = &[];

fn sources(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// The text without comments and without test modules at its end.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    text.lines()
        .map(|l| l.split("//").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The top-level modules that a text names after `crate::`.
fn used(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            for part in group.split('}').next().unwrap().split(',') {
                names.insert(part.trim().split("::").next().unwrap().to_string());
            }
        } else {
            names.insert(
                rest.chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    names.remove("");
    names
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|l| l.contains(&module))
}

#[test]
fn modules_use_only_those_before_them() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for file in &files {
        let inner = file.strip_prefix(&src).unwrap().to_str().unwrap();
        if matches!(inner, "lib.rs" | "main.rs") {
            continue;
        }
        let module = inner.split(['/', '.']).next().unwrap();
        seen.insert(module.to_string());
        let Some(own) = layer(module) else {
            wrong.push(format!("{inner}: `{module}` stands in no layer"));
            continue;
        };
        for name in used(&code(&fs::read_to_string(file).unwrap())) {
            let below = layer(&name).is_some_and(|l| l < own);
            if name != module && !below && !ALLOWED.contains(&(module, &name)) {
                wrong.push(format!("{inner} uses `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let all: BTreeSet<String> = LAYERS
        .iter()
        .flat_map(|l| l.iter().map(|m| m.to_string()))
        .collect();
    assert_eq!(
        seen, all,
        "the table of layers names other modules than there are"
    );
}

/// What reaches outside the program stands in the modules named for it.
#[test]
fn the_outside_world_has_few_doors() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let doors: &[(&str, &[&str])] = &[
        ("std::fs", &["store/", "speech/"]),
        ("process::{", &["speech/", "scan/", "check/", "process.rs"]),
        (
            "process::Command",
            &["speech/", "scan/", "check/", "process.rs"],
        ),
        ("std::env::", &["store/", "cli/", "main.rs"]),
        ("SystemTime::now", &["store/", "cli/"]),
        ("Instant::now", &["cli/"]),
    ];
    for file in &files {
        let inner = file.strip_prefix(&src).unwrap().to_str().unwrap();
        if inner.ends_with("tests.rs") {
            continue;
        }
        let code = code(&fs::read_to_string(file).unwrap());
        for (what, at) in doors {
            assert!(
                !code.contains(what) || at.iter().any(|door| inner.starts_with(door)),
                "{inner} uses {what}"
            );
        }
    }
}

#[test]
fn the_test_itself_can_tell() {
    assert_eq!(
        used(
            "use crate::diag::Result;\nuse crate::{model::X, store};\nlet a = crate::audio::trim(x);"
        ),
        ["audio", "diag", "model", "store"].map(String::from).into()
    );
    assert_eq!(
        used(&code("// crate::cli\nfn a() {} // crate::cli")),
        BTreeSet::new()
    );
}
