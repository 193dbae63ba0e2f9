//! The radio set as other programs read, measure and play it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;
#[path = "radio/delivery.rs"]
mod delivery;
#[path = "radio/files.rs"]
mod files;
#[path = "radio/play.rs"]
mod play;

use common::Desk;
use serde_json::Value;

/// The edition's folder at the desk.
const OUT: &str = "output/bao";
/// Its radio set.
const SET: &str = "output/bao/radio";

/// An issue of three articles; titles as troublesome as print allows.
fn issue(desk: &Desk, headline: &str) {
    desk.write(
        "issues/bao/issue.toml",
        "paper = \"荷湾社区报\"\nsection = \"生活版\"\nissue_number = \"312\"\n\
         date = \"2026-11-24\"\ncast = \"tone\"\n",
    );
    let body = "门口的花坛今天换了新土。施工队一早就来了，邻居们帮着搬花盆。\n\n\
                中午时分，新栽的月季已经排得整整齐齐。大家说，明年春天这里会很好看。";
    for (file, title) in [
        ("01-a", headline),
        ("02-b", "问：\\\"100%\\\"的 \\\\ 路灯、$修好了吗？"),
        ("03-c", "Café “A&B” <新店>"),
    ] {
        desk.write(
            &format!("issues/bao/articles/{file}.md"),
            format!("+++\nheadline = \"{title}\"\n+++\n\n{body}\n"),
        );
    }
}

/// An edition with a radio set.
fn desk(options: &[&str]) -> Desk {
    let desk = Desk::new();
    issue(&desk, "花坛换新土，邻居齐动手");
    made(&desk, options);
    desk
}

/// Builds the edition and makes its radio set.
fn made(desk: &Desk, options: &[&str]) {
    let run = desk.run(&["build", "issues/bao", "-q", "-o", OUT]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let mut args = vec!["export", OUT, "-q"];
    args.extend(options);
    let run = desk.run(&args);
    assert_eq!(run.code, Some(0), "{run:?}");
}

/// The names of the set's files in a folder with an ending, sorted.
fn named(desk: &Desk, folder: &str, ending: &str) -> Vec<String> {
    let files = desk.files(&format!("{SET}/{folder}"));
    files.into_iter().filter(|f| f.ends_with(ending)).collect()
}

/// The length of every chapter in frames of 48 kHz.
fn lengths(desk: &Desk) -> Vec<u64> {
    let edition = desk.edition(OUT);
    let chapters = edition["chapters"].as_array().unwrap();
    let frames = |c: &Value| c["frames"].as_u64().unwrap() * 2;
    chapters.iter().map(frames).collect()
}
