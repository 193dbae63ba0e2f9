//! Articles and issues of other languages than Mandarin.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use common::Desk;

const ENGLISH: &str = "headline = \"Lift inspection\"\nlanguage = \"en\"";

fn cues(desk: &Desk, chapter: usize) -> Vec<(String, String)> {
    let index: serde_json::Value =
        serde_json::from_str(&desk.read("output/today/edition.json")).unwrap();
    let cues = index["chapters"][chapter]["cues"].as_array().unwrap();
    let text = |c: &serde_json::Value, key: &str| c[key].as_str().unwrap().to_string();
    cues.iter()
        .map(|c| (text(c, "text"), text(c, "voice")))
        .collect()
}

#[test]
fn a_bilingual_issue_is_built_and_an_article_read_by_its_own_voices() {
    let desk = Desk::new();
    desk.issue("issues/today", "headline = \"食堂开张\"", "每天供应二十种菜。").write(
        "issues/today/articles/02-b.md",
        format!("+++\n{ENGLISH}\n+++\n\nThe lift stops at 8:30. Call 021-5550 7170, said Dr. Weller of Wuqiao.\n"),
    );
    let run = desk.run(&["build", "issues/today"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!run.stdout.contains("spelled"), "{run:?}");
    assert_eq!(cues(&desk, 2)[1], ("Lift inspection".into(), "tone".into()));
    let shown = desk.run(&[
        "show",
        "issues/today",
        "--cast",
        "calm",
        "--chunk",
        "02-003",
    ]);
    assert!(shown.stdout.contains("body  af_heart at 0.90"), "{shown:?}");
    assert!(shown.stdout.contains("/ˈAt/ /θˈɜɹTi/"), "{shown:?}");
    let shown = desk.run(&["show", "issues/today", "--cast", "espeak"]);
    assert!(shown.stdout.contains("headline  espeak_en at"), "{shown:?}");
}

#[test]
fn a_language_that_no_voice_speaks_names_the_article() {
    let desk = Desk::new();
    desk.issue(
        "issues/today",
        "headline = \"Bore da\"\nlanguage = \"cy\"",
        "Bore da i bawb.",
    );
    let run = desk.run(&["build", "issues/today"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert_eq!(
        run.stderr,
        "error: no voice speaks the language `cy`, that of the article `Bore da`\n  \
         --> issues/today/articles/01-a.md:1:1\n  \
         help: `tingbao voices` lists the voices and their languages; `tingbao voices add` takes another one, of the platform or of any program\n"
    );
    // A voice that the desk adds is found by its language.
    let manifest = desk.run(&["voices", "manifest", "espeak_en"]).stdout;
    let welsh = manifest
        .replace("name = \"espeak_en\"", "name = \"welsh\"")
        .replace("en-GB", "cy")
        .replace("\"en-gb\"", "\"cy\"");
    desk.write("welsh.toml", welsh);
    assert_eq!(desk.run(&["voices", "add", "welsh.toml"]).code, Some(0));
    let shown = desk.run(&["show", "issues/today"]);
    assert!(
        shown.stdout.contains("headline  welsh at 0.90"),
        "{shown:?}"
    );
    let run = desk.run(&["build", "issues/today"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(cues(&desk, 1).last().unwrap().1, "welsh");
}

#[test]
fn a_voice_of_another_language_is_refused() {
    let desk = Desk::new();
    desk.issue(
        "issues/today",
        &format!("{ENGLISH}\nvoice = \"zm_yunjian\""),
        "Hello there.",
    );
    let run = desk.run(&["build", "issues/today"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(
        run.stderr.starts_with(
            "error: the voice `zm_yunjian` speaks zh-CN, and the article `Lift inspection` is in en\n"
        ),
        "{run:?}"
    );
}
