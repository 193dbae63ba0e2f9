//! The audiobook that the program makes: both manifests against schemas of our own
//! (`tests/audiobook`), the first as Readium's own library reads it, the sound
//! against what both say of it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::common::{Desk, root};
use crate::epub::check::{Files, unpack};
use crate::epub::tools;
use serde_json::{Value, json};

fn audiobook(desk: &Desk) -> PathBuf {
    let files = desk.files("out/listener");
    let books: Vec<&String> = files.iter().filter(|f| f.ends_with(".audiobook")).collect();
    assert_eq!(books.len(), 1, "{files:?}");
    desk.path("out/listener").join(books[0])
}

fn export(desk: &Desk) {
    let run = desk.run(&["export", "out", "--listener=audiobook"]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

/// The sample issue's edition with its audiobook, built once for all tests.
fn built() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let desk = Desk::new();
        desk.sample_issue();
        let run = desk.run(&["build", "issues/hewan", "--cast", "tone", "-q", "-o", "out"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        export(&desk);
        desk
    })
}

fn json_of(files: &Files, name: &str) -> Value {
    serde_json::from_slice(&files[name]).unwrap()
}

fn keeps(value: &Value, schema: &str) {
    let schema = fs::read_to_string(root().join("tests/audiobook").join(schema)).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let errors: Vec<String> = (validator.iter_errors(value))
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert_eq!(errors.join("\n"), "");
}

#[test]
fn both_manifests_say_what_is_there() {
    let desk = built();
    let (files, order) = unpack(&audiobook(desk));
    let readium = json_of(&files, "manifest.json");
    let w3c = json_of(&files, "publication.json");
    keeps(&readium, "readium.schema.json");
    keeps(&w3c, "w3c.schema.json");
    for (name, packed) in order.iter().filter(|(name, _)| !name.ends_with(".png")) {
        // Packaging, 4: sound is stored as it is, text is deflated.
        let text = name.ends_with(".json") || name.ends_with(".html");
        assert_eq!(*packed, text, "{name}");
    }
    let edition = desk.edition("out");
    let chapters = edition["chapters"].as_array().unwrap();
    let heard = readium["readingOrder"].as_array().unwrap();
    assert_eq!(heard.len(), chapters.len());
    let mut total = 0;
    for ((link, also), chapter) in heard
        .iter()
        .zip(w3c["readingOrder"].as_array().unwrap())
        .zip(chapters)
    {
        let frames = chapter["frames"].as_u64().unwrap();
        let ms = frames * 1000 / 24_000;
        total += ms;
        assert_eq!(
            (link["duration"].as_f64().unwrap() * 1000.0).round() as u64,
            ms
        );
        assert_eq!(
            also["duration"],
            format!("PT{}.{:03}S", ms / 1000, ms % 1000)
        );
        assert_eq!(link["title"], chapter["title"]);
        let sound = &files[link["href"].as_str().unwrap()];
        assert_eq!(link["size"], sound.len());
        assert_eq!(link["bitrate"], 64);
        // Nothing is promised that is not heard, and the encoder adds little.
        let played = tools::samples(sound);
        assert!(
            (frames..frames + 3000).contains(&played),
            "{link}: {played} of {frames}"
        );
    }
    assert_eq!(
        w3c["duration"],
        format!("PT{}.{:03}S", total / 1000, total % 1000)
    );
    // Every subhead is in the contents, where it is said.
    let marks: Vec<f64> = (readium["toc"].as_array().unwrap().iter())
        .filter_map(|link| link["children"].as_array())
        .flatten()
        .map(|link| {
            link["href"]
                .as_str()
                .unwrap()
                .split_once("#t=")
                .unwrap()
                .1
                .parse()
                .unwrap()
        })
        .collect();
    let said: Vec<f64> = (chapters.iter())
        .flat_map(|c| c["cues"].as_array().unwrap())
        .filter(|cue| cue["role"] == "subhead")
        .map(|cue| cue["start"].as_f64().unwrap() / 24_000.0)
        .collect();
    assert_eq!(marks.len(), said.len());
    assert!(!said.is_empty() && marks.iter().zip(&said).all(|(a, b)| (a - b).abs() <= 0.001));
}

#[test]
fn the_entry_page_has_contents_and_text() {
    let desk = built();
    let (files, _) = unpack(&audiobook(desk));
    let page = std::str::from_utf8(&files["index.html"]).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\""));
    assert_eq!(page.matches("role=\"doc-toc\"").count(), 1);
    assert!(page.contains("<link rel=\"publication\" href=\"publication.json\">"));
    assert!(!page.contains("http"), "nothing of it comes from elsewhere");
    for file in files.keys() {
        if file.ends_with(".mp3") {
            assert!(page.contains(&format!("<li><a href=\"{file}\"")), "{file}");
        }
    }
    let shown: String = page.split_whitespace().collect();
    for chapter in desk.edition("out")["chapters"].as_array().unwrap() {
        for cue in chapter["cues"].as_array().unwrap() {
            let text = cue["text"].as_str().unwrap();
            let text: String = text.split_whitespace().collect();
            // Foreign words stand in elements of their own.
            let foreign = text.chars().any(|c| c.is_ascii_alphabetic());
            assert!(foreign || shown.contains(&text), "{text}");
        }
    }
}

#[test]
fn readiums_own_library_reads_it() {
    let desk = built();
    let (files, _) = unpack(&audiobook(desk));
    let packages = crate::common::tools::npm("audiobook");
    desk.write("manifest.json", &files["manifest.json"]);
    let mut node = Command::new("node");
    node.current_dir(packages)
        .arg("read.mjs")
        .arg(desk.path("manifest.json"));
    let read: Value =
        serde_json::from_slice(&crate::common::tools::done(&mut node).stdout).unwrap();
    let manifest = json_of(&files, "manifest.json");
    assert_eq!(read["profile"], true);
    assert_eq!(read["title"], manifest["metadata"]["title"]);
    assert_eq!(read["duration"], manifest["metadata"]["duration"]);
    assert_eq!(read["narrators"], manifest["metadata"]["narrator"]);
    assert_eq!(
        read["newspapers"],
        json!([{ "name": "荷湾社区报", "position": 312 }])
    );
    assert_eq!(
        read["summary"],
        manifest["metadata"]["accessibility"]["summary"]
    );
    assert_eq!(read["cover"], "cover.png");
    for (got, put) in [("readingOrder", "readingOrder"), ("toc", "toc")] {
        let (got, put) = (
            read[got].as_array().unwrap(),
            manifest[put].as_array().unwrap(),
        );
        assert_eq!(got.len(), put.len());
        for (got, put) in got.iter().zip(put) {
            assert_eq!((&got["href"], &got["title"]), (&put["href"], &put["title"]));
            let below = |link: &Value| link["children"].as_array().map_or(0, Vec::len);
            assert_eq!(below(got), below(put));
        }
    }
}

#[test]
fn a_second_export_has_the_same_bytes() {
    let desk = Desk::new();
    desk.issue("i", "headline = \"一条\"", "一句。又一句。");
    let run = desk.run(&["build", "i", "-q", "-o", "out"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    export(&desk);
    let book = audiobook(&desk);
    let first = fs::read(&book).unwrap();
    fs::remove_file(&book).unwrap();
    export(&desk);
    assert!(fs::read(&book).unwrap() == first, "the bytes differ");
}
