//! What an editor finds beside what was made of raw pages.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use common::Desk;
use serde_json::{Value, json};

const PAGE: &str = "小区里的<script>新路灯\n\n昨天晚上，小区里的新路灯第一次亮了起来，大家都很高兴 & 满意。中建科工秉承理念.其管理团队来过\n";

fn report(desk: &Desk, folder: &str) -> Value {
    serde_json::from_str(&desk.read(&format!("{folder}/report.json"))).unwrap()
}

#[test]
fn ingest_tells_every_edit_and_doubt_beside_the_folder() {
    let desk = Desk::new();
    desk.write("p.txt", PAGE);
    let run = desk.run(&["ingest", "p.txt", "-o", "i"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let report = report(&desk, "i");
    assert_eq!(report["format"], 1);
    assert_eq!(report["pages"][0]["file"], "p.txt");
    let edit = json!({
        "file": "p.txt", "line": 3, "col": 40, "wrong": ".", "right": "，",
        "applied": true, "confidence": 0.98,
        "reason": "a narrow full stop in mid-sentence", "candidates": ["，"],
    });
    // A model of words, where there is one, may add edits of its own.
    assert!(
        report["edits"].as_array().unwrap().contains(&edit),
        "{report}"
    );
    let count = |what: &str| report["counts"][what].as_u64().unwrap();
    let shown = run.stdout.matches("\ndoubt: ").count() as u64;
    assert_eq!(
        count("doubts") + count("edits_doubted"),
        shown,
        "{}",
        run.stdout
    );

    let html = desk.read("i/review.html");
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">"));
    assert!(!html.contains("<script"));
    assert!(html.contains("小区里的&lt;script&gt;新路灯"));
    assert!(html.contains("高兴 &amp; 满意"));
    assert!(html.contains("<del>.</del><ins>，</ins><sup>改"));

    let again = desk.run(&["ingest", "p.txt", "-o", "i"]);
    assert_eq!(again.code, Some(0));
    assert_eq!(desk.read("i/review.html"), html);
    assert_eq!(desk.run(&["show", "i"]).code, Some(0));
}

#[test]
fn an_edition_of_raw_pages_has_the_reports_too() {
    let desk = Desk::new();
    desk.write("p.txt", PAGE);
    desk.run(&["ingest", "p.txt", "-o", "i"]);
    let build = || {
        let run = desk.run(&["build", "p.txt", "--cast", "tone", "-o", "out"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        run.stdout.lines().last().unwrap().to_string()
    };
    build();
    for file in ["report.json", "review.html"] {
        assert_eq!(
            desk.read(&format!("out/{file}")),
            desk.read(&format!("i/{file}"))
        );
    }
    assert_eq!(build(), "nothing has changed, nothing was spoken: out");

    // A lost report, and a page that reads the same but shows another place.
    std::fs::remove_file(desk.path("out/review.html")).unwrap();
    assert!(build().starts_with("0 of "));
    desk.write("p.txt", format!("\n{PAGE}"));
    assert!(build().starts_with("0 of "));
    assert_eq!(report(&desk, "out")["edits"][0]["line"], 4);

    desk.run(&["build", "i", "--cast", "tone", "-o", "out"]);
    assert!(!desk.path("out/report.json").exists());
}
