//! The set for a telephone exchange: its sounds as others read them, its states as
//! exchanges have them, a call in the terminal, and its folder at the exchange.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;
#[path = "hotline/publish.rs"]
mod publish;
#[path = "hotline/sounds.rs"]
mod sounds;
#[path = "hotline/views.rs"]
mod views;

use std::fs;
use std::process::Command;
use std::sync::OnceLock;

use common::Desk;
use common::tools::done;
use serde_json::{Value, json};
use tingbao::model::Hotline;

/// More than nine, so that a figure may begin a longer number.
const ARTICLES: u32 = 12;

/// An edition with a line, made once; tests do not change it.
fn line() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let desk = Desk::new();
        issue(&desk, "i", "荷湾社区报", ARTICLES);
        make(&desk, "i", "out");
        desk
    })
}

fn issue(desk: &Desk, folder: &str, paper: &str, articles: u32) {
    for n in 1..=articles {
        desk.issue(
            folder,
            &format!("headline = \"菜场{n}号摊\""),
            "菜场搬到了桥东。\n\n下周一开门。",
        );
        let from = desk.path(&format!("{folder}/articles/01-a.md"));
        fs::rename(from, desk.path(&format!("{folder}/articles/{n:02}-x.md"))).unwrap();
    }
    desk.write(
        &format!("{folder}/issue.toml"),
        format!("paper = \"{paper}\"\ndate = \"2026-11-24\"\ncast = \"tone\"\n"),
    );
}

fn make(desk: &Desk, issue: &str, out: &str) {
    let run = desk.run(&["build", issue, "-q", "-o", out]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let run = desk.run(&["export", out, "--hotline", "-q"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

fn model(desk: &Desk, folder: &str) -> Hotline {
    serde_json::from_str(&desk.read(&format!("{folder}/hotline.json"))).unwrap()
}

fn text(command: &mut Command) -> String {
    String::from_utf8(done(command).stdout).unwrap()
}

#[test]
fn the_edition_has_the_set_and_nothing_is_wrong_with_it() {
    let desk = line();
    let index = desk.edition("out");
    assert_eq!(index["exports"]["hotline"]["wide"], true);
    let run = desk.run(&["check", "out"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(0), ""),
        "{}",
        run.stdout
    );
    // Again it is the same, and nothing is spoken.
    let before = desk.read("out/edition.json");
    let run = desk.run(&["export", "out", "--hotline", "--json"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!run.stdout.contains("\"spoken\""), "{}", run.stdout);
    assert_eq!(desk.read("out/edition.json"), before);
}

#[test]
fn the_line_keeps_its_schema() {
    let schema = include_str!("../schema/hotline-1.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let written: Value = serde_json::from_str(&line().read("out/hotline/hotline.json")).unwrap();
    let wrong: Vec<String> = (validator.iter_errors(&written))
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert_eq!(wrong, [""; 0]);
    for (pointer, value) in [
        ("/format", json!(2)),
        ("/sample_rate", json!(16_000)),
        ("/rules/wait", json!("4 s")),
        ("/rules/reading/1", json!("louder")),
        ("/prompts/0/file", json!("../x")),
        ("/articles/0/takes/0/pace", json!("fastest")),
        ("/articles/0/takes/0/frames", json!(-1)),
        ("/states/0/does", json!("dance")),
    ] {
        let mut damaged = written.clone();
        *damaged.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&damaged), "{pointer}");
    }
    for pointer in [
        "",
        "/rules",
        "/prompts/0",
        "/articles/0/takes/0/pieces/0",
        "/states/0",
    ] {
        let mut more = written.clone();
        let object = more.pointer_mut(pointer).unwrap().as_object_mut().unwrap();
        object.insert("stranger".into(), json!(1));
        assert!(!validator.is_valid(&more), "{pointer} took a stranger");
    }
}

fn tried(keys: &str) -> Vec<Value> {
    let run = line().run(&["hotline", "try", "out", "--json", "--keys", keys]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    run.stdout
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

#[test]
fn every_article_is_reached_in_four_keys() {
    for number in 1..=ARTICLES {
        let digits: Vec<String> = number.to_string().chars().map(String::from).collect();
        let mut keys = vec!["2".to_string()];
        keys.extend(digits);
        if number == 1 {
            keys.push("#".into());
        }
        assert!(keys.len() <= 4);
        let heard = tried(&keys.join(","));
        let last = heard.last().unwrap();
        assert_eq!(last["reading"]["article"], number, "{last}");
    }
}

#[test]
fn a_call_is_walked_in_the_terminal() {
    let heard = tried("2,#,5,@1,7,h,1,t");
    let states: Vec<&str> = heard.iter().map(|h| h["state"].as_str().unwrap()).collect();
    assert_eq!(states[..4], ["main", "choose-1", "choose-2", "one-5"]);
    let paces: Vec<&str> = (heard.iter())
        .filter_map(|h| h["reading"]["pace"].as_str())
        .collect();
    assert!(paces.contains(&"slow"), "{paces:?}");
    // Hung up, called again, gone on, heard to the end.
    assert_eq!(states[states.len() - 3..], ["kept", "one-5", "after-5"]);
    let run = line().run(&["hotline", "try", "out", "--keys", "2,x"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("a telephone has no key `x`"),
        "{}",
        run.stderr
    );
    let run = line().run(&["hotline", "try", "i"]);
    assert!(
        run.stderr.contains("there is no hotline here"),
        "{}",
        run.stderr
    );
    // Three silences end the call.
    let last = tried("t,t,t").pop().unwrap();
    assert_eq!(last["over"], true);
}
