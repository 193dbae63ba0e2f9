//! Build, edit, rebuild: what is finished is never lost and never done twice.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::fs;
use std::time::{Duration, Instant};

use common::{Desk, Run};

fn spoken(run: &Run) -> u64 {
    let last = run.stdout.lines().last().unwrap_or_default();
    serde_json::from_str::<serde_json::Value>(last).unwrap()["spoken"]
        .as_u64()
        .unwrap()
}

fn build(desk: &Desk) -> Run {
    let run = desk.run(&[
        "build",
        "issues/hewan",
        "--cast",
        "tone",
        "--json",
        "-o",
        "out",
    ]);
    assert_eq!(run.code, Some(0), "{run:?}");
    run
}

#[test]
fn nothing_changed_speaks_nothing() {
    let desk = Desk::new();
    desk.sample_issue();
    assert!(spoken(&build(&desk)) > 10);
    let before = fs::metadata(desk.path("out/edition.json"))
        .unwrap()
        .modified()
        .unwrap();
    let again = desk.run(&["build", "issues/hewan", "--cast", "tone", "-o", "out"]);
    assert_eq!(again.code, Some(0));
    assert_eq!(again.stderr, "");
    assert_eq!(
        again.stdout.lines().last().unwrap(),
        "nothing has changed, nothing was spoken: out"
    );
    let after = fs::metadata(desk.path("out/edition.json"))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(
        before, after,
        "an edition that is right is not written again"
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (one, two) = (Desk::new(), Desk::new());
    for (desk, workers) in [(&one, "1"), (&two, "4")] {
        desk.sample_issue();
        desk.run(&[
            "build",
            "issues/hewan",
            "--cast",
            "tone",
            "-o",
            "out",
            "--workers",
            workers,
        ]);
    }
    assert_eq!(one.files("out"), two.files("out"));
    for file in one.files("out") {
        let file = format!("out/{file}");
        assert_eq!(
            fs::read(one.path(&file)).unwrap(),
            fs::read(two.path(&file)).unwrap(),
            "{file}"
        );
    }
}

#[test]
fn one_edited_sentence_is_spoken_alone() {
    let desk = Desk::new();
    desk.issue(
        "issues/hewan",
        "headline = \"新路灯\"",
        "第一句在这里说完了。\n\n第二句在这里说完了。\n\n第三句在这里说完了。",
    );
    build(&desk);
    let file = "issues/hewan/articles/01-a.md";
    desk.write(file, desk.read(file).replace("第二句", "另一句"));
    assert_eq!(spoken(&build(&desk)), 1);
    let all = desk.read("out/edition.json");
    assert!(all.contains("另一句") && !all.contains("第二句"));
}

#[test]
fn a_pause_is_changed_without_speaking() {
    let desk = Desk::new();
    desk.sample_issue();
    build(&desk);
    let before = desk.edition("out")["frames"].as_u64().unwrap();
    let settings = desk.read("issues/hewan/issue.toml");
    desk.write(
        "issues/hewan/issue.toml",
        format!("{settings}\n[pauses]\nparagraph = 2000\n"),
    );
    assert_eq!(spoken(&build(&desk)), 0);
    assert!(desk.edition("out")["frames"].as_u64().unwrap() > before);
}

#[test]
fn a_damaged_edition_is_mended_from_what_is_kept() {
    let desk = Desk::new();
    desk.sample_issue();
    build(&desk);
    let wav = desk
        .files("out")
        .into_iter()
        .find(|f| f.ends_with(".wav"))
        .unwrap();
    let wav = format!("out/{wav}");
    let whole = fs::read(desk.path(&wav)).unwrap();
    for damaged in [&whole[..whole.len() / 2], b"".as_slice()] {
        desk.write(&wav, damaged);
        assert_eq!(spoken(&build(&desk)), 0);
        assert_eq!(fs::read(desk.path(&wav)).unwrap(), whole);
    }
    for file in desk.files("out") {
        fs::remove_file(desk.path("out").join(&file)).unwrap();
        if file == "edition.json" {
            // Without it the folder could be anybody's.
            desk.write("out/edition.json", "");
        }
        assert_eq!(spoken(&build(&desk)), 0, "{file}");
        assert!(desk.path("out").join(file).exists());
    }
}

#[test]
fn a_damaged_take_is_spoken_again() {
    let desk = Desk::new();
    desk.sample_issue();
    build(&desk);
    let take = desk.files("home/takes").into_iter().next().unwrap();
    let take = format!("home/takes/{take}");
    let bytes = fs::read(desk.path(&take)).unwrap();
    desk.write(&take, &bytes[..bytes.len() - 1]);
    fs::remove_dir_all(desk.path("out")).unwrap();
    assert_eq!(spoken(&build(&desk)), 1);
}

/// An issue that takes the tone voice some seconds.
fn long_issue(desk: &Desk) {
    let body: String = (0..400)
        .map(|i| format!("第{i}段，这一段有一些话要说，说完了再说下一段。\n\n"))
        .collect();
    desk.issue("issues/hewan", "headline = \"很长的一篇\"", &body);
}

fn wait_for_takes(desk: &Desk, count: usize) {
    let begun = Instant::now();
    while !desk.path("home/takes").exists() || takes(desk) < count {
        assert!(begun.elapsed() < Duration::from_secs(60), "no takes appear");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn takes(desk: &Desk) -> usize {
    desk.files("home/takes")
        .iter()
        .filter(|f| f.ends_with(".take"))
        .count()
}

#[test]
fn a_killed_build_goes_on_where_it_was() {
    let desk = Desk::new();
    desk.sample_issue();
    build(&desk);
    let old = desk.read("out/edition.json");
    fs::remove_dir_all(desk.path("home")).unwrap();
    long_issue(&desk);
    let mut child = desk
        .command(&[
            "build",
            "issues/hewan",
            "--cast",
            "tone",
            "-q",
            "-o",
            "out",
            "--workers",
            "1",
        ])
        .spawn()
        .unwrap();
    wait_for_takes(&desk, 20);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(desk.read("out/edition.json"), old, "the old edition stands");
    let kept = takes(&desk) as u64;
    let rest = spoken(&build(&desk));
    assert!(kept >= 20);
    assert_eq!(
        kept + rest,
        takes(&desk) as u64,
        "no chunk is lost, none is spoken twice"
    );
    assert!(desk.edition("out")["chapters"].as_array().unwrap().len() > 1);
    let left: Vec<_> = fs::read_dir(desk.path("."))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|n| n.contains("draft"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_politely() {
    let desk = Desk::new();
    long_issue(&desk);
    let child = desk
        .command(&["build", "issues/hewan", "-q", "-o", "out", "--workers", "1"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    wait_for_takes(&desk, 20);
    let sent = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(run.code, Some(2));
    let mut lines = run.stderr.lines();
    assert_eq!(
        lines.next(),
        Some("stopping as soon as what is under way allows; once more to stop at once")
    );
    let message = lines.next().unwrap();
    assert!(message.starts_with("error: stopped with "), "{message}");
    assert_eq!(
        lines.next(),
        Some("  help: run the same command again to go on from here")
    );
    assert!(!desk.path("out").exists());
    let kept = takes(&desk) as u64;
    assert_eq!(kept + spoken(&build(&desk)), takes(&desk) as u64);
}

#[test]
fn a_rebuild_keeps_what_listeners_had() {
    let desk = Desk::new();
    desk.issue("i", "headline = \"食堂\"", "食堂开张了。");
    let forms = |args: &[&str]| -> Vec<String> {
        let mut all = vec!["build", "i", "--cast", "tone", "-q", "-o", "out"];
        all.extend(args);
        let mut command = desk.command(&all);
        let run = Run::from(command.env_remove("TINGBAO_LISTENER").output().unwrap());
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        let edition = desk.edition("out");
        let forms = edition["exports"]["listener"]["forms"].as_array().unwrap();
        let mut forms: Vec<String> = forms.iter().map(|f| f.as_str().unwrap().into()).collect();
        forms.sort();
        forms
    };
    let all = forms(&["--listener=all"]);
    assert!(all.contains(&"flac".to_string()), "{all:?}");
    desk.issue("i", "headline = \"食堂\"", "食堂今天开张了。");
    assert_eq!(forms(&[]), all);
    assert_eq!(forms(&["--listener=usb"]), ["usb"]);
}
