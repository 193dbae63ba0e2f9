//! `tingbao fix`: one sentence set right, kept for later builds.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::fs;

use common::{Desk, Run};

const CHUNK: &str = "01-003";

/// A desk with the edition of a small issue in `output/today`.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.issue(
        "issues/today",
        "headline = \"食堂开张\"",
        "社区食堂每天供应20种菜。\n\n大家都说好。",
    );
    assert_eq!(desk.run(&["build", "issues/today"]).code, Some(0));
    desk
}

fn fix(desk: &Desk, args: &[&str]) -> Run {
    let all = [&["fix", "output/today", "--chunk", CHUNK], args].concat();
    desk.run(&all)
}

fn index(desk: &Desk) -> serde_json::Value {
    serde_json::from_str(&desk.read("output/today/edition.json")).unwrap()
}

/// The cue of the chunk that is set right.
fn cue(desk: &Desk) -> serde_json::Value {
    let index = index(desk);
    let cues = index["chapters"][1]["cues"].as_array().unwrap().clone();
    cues.into_iter().find(|c| c["chunk"] == CHUNK).unwrap()
}

#[test]
fn other_words_are_said_and_kept_by_later_builds() {
    let desk = desk();
    let before = index(&desk);
    let run = fix(&desk, &["--text", "社区食堂每天供应十二种菜。", "--json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(told["spoken"], 1);
    let now = cue(&desk);
    assert_eq!(now["text"], "社区食堂每天供应20种菜。");
    assert_eq!(now["spoken"], "社区食堂每天供应十二种菜。");
    let after = index(&desk);
    assert_eq!(before["chapters"][0], after["chapters"][0]);
    assert_ne!(
        before["chapters"][1]["sha256"],
        after["chapters"][1]["sha256"]
    );
    assert!(desk.read("output/today/chapters.cue").contains("TRACK"));

    let again = desk.run(&["build", "issues/today"]);
    assert!(again.stdout.contains("nothing has changed"), "{again:?}");
    assert_eq!(cue(&desk)["spoken"], "社区食堂每天供应十二种菜。");

    // A second fix takes the place of the first; taking it back gives the old bytes.
    let run = fix(
        &desk,
        &[
            "--pinyin",
            "she4 qu1 shi2 tang2 mei3 tian1 gong4 ying4 er4 shi2 zhong3 cai4",
        ],
    );
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("gong4ying4"), "{run:?}");
    assert_eq!(
        desk.read("issues/today/fixes.toml")
            .matches("[[fix]]")
            .count(),
        1
    );
    assert_eq!(fix(&desk, &["--undo"]).code, Some(0));
    assert_eq!(before["chapters"], index(&desk)["chapters"]);
}

#[test]
fn a_recording_is_copied_and_heard_at_the_common_loudness() {
    let desk = desk();
    let sound = fs::read(
        desk.path("output/today")
            .join(index(&desk)["chapters"][0]["file"].as_str().unwrap()),
    )
    .unwrap();
    desk.write("mine.wav", sound);
    let run = fix(&desk, &["--recording", "mine.wav"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.stdout
            .contains("record  issues/today/recordings/01-003-"),
        "{run:?}"
    );
    assert_eq!(cue(&desk)["voice"], "recording");
    fs::remove_file(desk.path("mine.wav")).unwrap();
    let again = desk.run(&["build", "issues/today"]);
    assert!(again.stdout.contains("nothing has changed"), "{again:?}");
    let loudness = index(&desk)["chapters"][1]["loudness_lufs"]
        .as_f64()
        .unwrap();
    assert!((-17.5..=-14.5).contains(&loudness), "{loudness}");
}

#[test]
fn a_fix_whose_sentence_is_gone_is_told() {
    let desk = desk();
    assert_eq!(fix(&desk, &["--text", "换一句。"]).code, Some(0));
    desk.issue(
        "issues/today",
        "headline = \"食堂开张\"",
        "社区食堂每天供应30种菜。",
    );
    let run = desk.run(&["build", "issues/today"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.stdout.contains("doubt: no sentence of article `01-a` is `社区食堂每天供应20种菜。` any more; its fix is not used"),
        "{run:?}"
    );
}

#[test]
fn what_cannot_be_done_is_told_and_changes_nothing() {
    let desk = desk();
    for (args, said) in [
        (
            &["--pinyin", "she4 qu1"][..],
            "error: the sentence has 12 syllables, and 2 are given\n  help: give one for each; as it is now: she4qu1",
        ),
        (&["--text", "……"], "error: there is nothing to say in `……`"),
        (
            &["--recording", "no.wav"],
            "error: cannot read the recording: there is no such file or folder",
        ),
        (
            &["--undo"],
            "error: chunk `01-003` has no fix that could be taken back\n  --> issues/today/fixes.toml",
        ),
    ] {
        let run = fix(&desk, args);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.stderr.contains(said), "{said}\n{}", run.stderr);
    }
    let run = desk.run(&["fix", "output/today", "--chunk", "09-001", "--text", "好"]);
    assert!(
        run.stderr.contains("no chunk is called `09-001`"),
        "{run:?}"
    );
    let run = desk.run(&["fix", "output/gone", "--chunk", CHUNK, "--text", "好"]);
    assert!(
        run.stderr.contains(
            "error: there is no edition here\n  --> output/gone\n  help: name an edition"
        ),
        "{run:?}"
    );
    assert!(!desk.path("issues/today/fixes.toml").exists());

    desk.issue("issues/today", "headline = \"食堂开张\"", "改过了。");
    let run = fix(&desk, &["--text", "好。"]);
    assert!(
        run.stderr.contains(
            "the edition was not made from the issue folder and the cast as they are now"
        ),
        "{run:?}"
    );
    assert!(
        run.stderr
            .contains("or run `tingbao build issues/today --output output/today` first"),
        "{run:?}"
    );

    desk.write(
        "page.txt",
        "荷湾社区报\n\n食堂开张\n\n社区食堂昨天开张，供应二十种菜。\n",
    );
    assert_eq!(
        desk.run(&["build", "page.txt", "--cast", "tone"]).code,
        Some(0)
    );
    let run = desk.run(&["fix", "output/page", "--chunk", CHUNK, "--text", "好。"]);
    assert!(
        run.stderr
            .contains("the edition does not tell which issue folder it was made from"),
        "{run:?}"
    );
}
