//! The player in a real browser: playing, following, keyboard, sizes and colours, no
//! script, and three checkers of accessibility that may find nothing. What is tested
//! stands in `tests/player/*.test.js`; here the editions are made for it.

use std::fs;
use std::process::Command;

use crate::common::{Desk, root};

/// An article's file: front matter and body.
fn article(desk: &Desk, issue: &str, name: &str, front: &str, body: &str) {
    desk.write(
        &format!("{issue}/articles/{name}.md"),
        format!("+++\n{front}\n+++\n\n{body}\n"),
    );
}

/// Two hundred articles of one sentence.
fn many(desk: &Desk) {
    desk.write(
        "issues/many/issue.toml",
        "paper = \"荷湾社区报\"\ndate = \"2026-11-25\"\n",
    );
    for n in 1..=200 {
        let front = format!("headline = \"荷湾第{n}号楼的消息\"");
        let body = format!("第{n}号楼今天有新消息。");
        article(desk, "issues/many", &format!("{n:03}-lou"), &front, &body);
    }
}

/// Names that look like markup, very long ones, rare characters, another language in
/// the middle, a human recording without a word of text.
fn hostile(desk: &Desk) {
    desk.write(
        "issues/hostile/issue.toml",
        "paper = \"荷湾\\\"<b>&报\"\nsection = \"'生活'\"\ndate = \"2026-11-26\"\n",
    );
    let long = "很长的标题".repeat(30);
    let word = "W".repeat(60);
    article(
        desk,
        "issues/hostile",
        "01-biaoti",
        &format!("headline = \"“一平米”'菜园' <A&B> {{{{list}}}} </script>😀𠮷{long}{word}\""),
        &format!("第一句 <b>&amp;</b>。{long}。\n\n## 小标题 <i>\n\n- 第一项\n- 第二项"),
    );
    article(
        desk,
        "issues/hostile",
        "02-lift",
        "headline = \"Lift inspection & more\"\nlanguage = \"en\"",
        "The lift stops at half past eight. It goes on at nine.",
    );
    article(
        desk,
        "issues/hostile",
        "03-luyin",
        "headline = \"一段录音\"\naudio = \"luyin.mp3\"",
        "",
    );
    let recording = root().join("tests/fixtures/audio/tone.mp3");
    desk.write("issues/hostile/luyin.mp3", fs::read(recording).unwrap());
}

fn english(desk: &Desk) {
    desk.write(
        "issues/english/issue.toml",
        "paper = \"Hewan News\"\ndate = \"2026-11-27\"\nlanguage = \"en\"\n",
    );
    for n in 1..=3 {
        article(
            desk,
            "issues/english",
            &format!("0{n}-lift"),
            &format!("headline = \"Lift number {n}\""),
            "The lift stops at half past eight. It goes on at nine. Nobody has to walk.",
        );
    }
}

/// All that is tested, in one folder: `<name>/listener/index.html`.
fn editions() -> Desk {
    let desk = Desk::new();
    desk.sample_issue();
    many(&desk);
    hostile(&desk);
    english(&desk);
    for name in ["hewan", "many", "hostile", "english"] {
        let issue = format!("issues/{name}");
        let out = format!("editions/{name}");
        let run = desk.tone(&issue, "player", &out);
        assert!(matches!(run.code, Some(0 | 1)), "{name}: {run:?}");
    }
    desk
}

#[test]
fn the_player_in_chromium() {
    let shop = crate::common::tools::npm("player");
    let desk = editions();
    let page = fs::read(desk.path("editions/hewan/listener/index.html")).unwrap();
    let again = desk.run(&["export", "editions/hewan", "--listener=player"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    let made = fs::read(desk.path("editions/hewan/listener/index.html")).unwrap();
    assert!(page == made, "made again, the page is another one");

    let shots = shop.join("shots");
    fs::create_dir_all(&shots).unwrap();
    let run = Command::new("node")
        .arg("main.js")
        .current_dir(&shop)
        .env("EDITIONS", desk.path("editions"))
        .env("SHOTS", &shots)
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&run.stdout),
        String::from_utf8_lossy(&run.stderr)
    );
}
