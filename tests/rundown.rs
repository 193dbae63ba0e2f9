//! Radio programmes made of finished editions, as a scheduler would make them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::fs;

use common::{Desk, Run};
use serde_json::Value;

const RATE: u64 = 48_000;

/// Sentences of about so many seconds, as the tone voice says them.
fn body(seconds: usize) -> String {
    let sentence = "荷湾的老街坊们今天又聚在桥头说起了旧事。\n\n";
    sentence.repeat((seconds / 5).max(1))
}

/// An issue of articles of these lengths and priorities, built into `output/NAME`.
fn build(desk: &Desk, name: &str, date: &str, articles: &[(&str, usize, &str)]) {
    desk.write(
        &format!("issues/{name}/issue.toml"),
        format!("paper = \"荷湾社区报\"\ndate = \"{date}\"\ncast = \"tone\"\n"),
    );
    for (i, (headline, seconds, more)) in articles.iter().enumerate() {
        desk.write(
            &format!("issues/{name}/articles/{:02}-a.md", i + 1),
            format!(
                "+++\nheadline = \"{headline}\"\nbyline = \"记者 明远\"\n{more}\n+++\n\n{}",
                body(*seconds)
            ),
        );
    }
    let issue = format!("issues/{name}");
    let run = desk.run(&["build", &issue, "-q"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

fn today() -> Desk {
    let desk = Desk::new();
    build(
        &desk,
        "today",
        "2026-11-24",
        &[
            ("菜场搬家", 40, ""),
            ("路灯换新", 60, "priority = 1"),
            ("桥头诗会", 90, "priority = 4"),
            ("食堂开张", 30, ""),
            ("夜校招生", 20, "priority = 2"),
        ],
    );
    desk
}

fn rundown(desk: &Desk, more: &[&str]) -> Run {
    let mut args = vec!["rundown", "output/today"];
    args.extend(more);
    desk.run(&args)
}

fn json(desk: &Desk, folder: &str) -> Value {
    serde_json::from_str(&desk.read(&format!("{folder}/rundown.json"))).unwrap()
}

fn titles(rundown: &Value, kind: &str) -> Vec<String> {
    (rundown["items"].as_array().unwrap().iter())
        .filter(|i| i["kind"] == kind)
        .map(|i| i["title"].as_str().unwrap().to_string())
        .collect()
}

/// The samples of a file as the station gets it: one channel, 48 kHz, 24 bits.
fn samples(desk: &Desk, file: &str) -> Vec<i32> {
    let bytes = fs::read(desk.path(file)).unwrap();
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
    let mut at = 12;
    loop {
        let length = number(at + 4) as usize;
        let content = &bytes[at + 8..at + 8 + length];
        match &bytes[at..at + 4] {
            b"fmt " => assert_eq!(
                (content[2], number(at + 12), content[14]),
                (1, 48_000, 24),
                "{file}"
            ),
            b"data" => {
                let sample = |b: &[u8]| i32::from_le_bytes([0, b[0], b[1], b[2]]) >> 8;
                return content.chunks_exact(3).map(sample).collect();
            }
            _ => {}
        }
        at += 8 + length + length % 2;
    }
}

/// Whether the files are what the rundown says, and no article is lost between it and
/// its editions.
fn holds(desk: &Desk, folder: &str, editions: &[&str]) -> Value {
    let rundown = json(desk, folder);
    let number = |v: &Value| v.as_u64().unwrap();
    let file = |sound: &Value| format!("{folder}/{}", sound["file"].as_str().unwrap());
    let programme = samples(desk, &file(&rundown["programme"]));
    assert_eq!(programme.len() as u64, number(&rundown["frames"]));
    let off = number(&rundown["frames"]).abs_diff(number(&rundown["slot"]));
    assert_eq!(
        rundown["fits"].as_bool().unwrap(),
        off <= number(&rundown["tolerance"])
    );
    let mut at = 0;
    for item in rundown["items"].as_array().unwrap() {
        assert_eq!(number(&item["start"]), at);
        let sound = samples(desk, &file(item));
        let gap = number(&item["gap"]) as usize;
        assert_eq!(sound.len() as u64, number(&item["frames"]) + gap as u64);
        let (from, end) = (at as usize, at as usize + sound.len());
        assert!(programme[from..end] == sound[..], "{item}");
        let (heard, silence) = sound.split_at(sound.len() - gap);
        assert!(heard.iter().any(|s| s.abs() > 500 << 8), "{item}");
        // Behind what the resampler lets ring.
        let silence = silence.get(480..).unwrap_or_default();
        assert!(silence.iter().all(|s| s.abs() < 8), "{item}");
        let loudness = item["loudness_lufs"].as_f64().unwrap();
        assert!((loudness + 23.0).abs() <= 0.2, "{item}");
        at += sound.len() as u64;
    }
    assert_eq!(at, number(&rundown["frames"]));
    let mut there: Vec<(u64, u64)> = Vec::new();
    for list in ["items", "left_out"] {
        let entries = rundown[list].as_array().unwrap().iter();
        let articles = entries.filter(|e| e["kind"].is_null() || e["kind"] == "article");
        there.extend(articles.map(|e| (number(&e["edition"]), number(&e["chapter"]))));
    }
    there.sort_unstable();
    let mut all = Vec::new();
    for (i, edition) in (0u64..).zip(editions) {
        let index = desk.edition(edition);
        let chapters = index["chapters"].as_array().unwrap().iter();
        let articles = chapters.filter(|c| c["kind"] == "article");
        all.extend(articles.map(|c| (i, number(&c["number"]))));
    }
    assert_eq!(there, all, "every article once");
    rundown
}

#[test]
fn a_programme_is_as_long_as_its_slot_to_the_frame() {
    let desk = today();
    let run = rundown(&desk, &["--slot", "2:40", "--at", "07:30"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (Some(0), run.stderr.as_str())
    );
    let made = holds(&desk, "output/today-rundown", &["output/today"]);
    assert_eq!(made["frames"].as_u64().unwrap(), 160 * RATE);
    assert_eq!(
        titles(&made, "article"),
        ["路灯换新", "夜校招生", "菜场搬家", "食堂开张"],
        "by priority, then as in the paper"
    );
    assert!(
        run.stdout.contains("left out: 3 桥头诗会"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("07:30:00"), "{}", run.stdout);
    let articles: Vec<&Value> = (made["items"].as_array().unwrap().iter())
        .filter(|i| i["kind"] == "article")
        .collect();
    assert_eq!(articles[0]["intro"], "路灯换新\n记者 明远");
    assert_eq!(articles[0]["in_cue"], "路灯换新");
    assert_eq!(articles[0]["out_cue"], "…们今天又聚在桥头说起了旧事。");
    assert_eq!(articles[0]["priority"], 1);
    // The greeting is heard, the list of the edition's headlines is not.
    let opening = &made["items"][0];
    assert_eq!(opening["kind"], "opening");
    assert!(
        opening["out_cue"].as_str().unwrap().ends_with("二十四日。")
            || opening["out_cue"].as_str().unwrap().ends_with("24日。"),
        "{opening}"
    );

    let table = desk.read("output/today-rundown/rundown.csv");
    assert_eq!(
        csv::Reader::from_reader(table.as_bytes()).records().count(),
        made["items"].as_array().unwrap().len()
    );
    let page = desk.read("output/today-rundown/rundown.html");
    assert!(page.contains("07:30:00 – 07:32:40") && page.contains("桥头诗会"));

    // Again it is the same, and what somebody put there stays.
    let files = desk.files("output/today-rundown");
    let read = || -> Vec<Vec<u8>> {
        (files.iter())
            .map(|f| fs::read(desk.path("output/today-rundown").join(f)).unwrap())
            .collect()
    };
    let before = read();
    desk.write("output/today-rundown/mine.txt", "mine");
    assert_eq!(
        rundown(&desk, &["--slot", "2:40", "--at", "07:30", "-q"]).code,
        Some(0)
    );
    assert_eq!(before, read());
    assert_eq!(desk.read("output/today-rundown/mine.txt"), "mine");
    assert_eq!(desk.files("output/today-rundown").len(), files.len() + 1);
}

#[test]
fn what_pauses_cannot_do_is_spoken_at_another_speed() {
    let desk = Desk::new();
    build(
        &desk,
        "today",
        "2026-11-24",
        &[("菜场搬家", 100, ""), ("路灯换新", 100, "")],
    );
    let whole: u64 = (desk.edition("output/today")["chapters"]
        .as_array()
        .unwrap()
        .iter())
    .map(|c| c["frames"].as_u64().unwrap() * 2)
    .sum();
    let seconds = |factor: f64| format!("{:.3}s", whole as f64 * factor / RATE as f64);
    // What will be is told before anything is spoken or written.
    let slot = seconds(0.88);
    let planned = rundown(&desk, &["--slot", &slot, "--plan"]);
    assert_eq!(planned.code, Some(0), "{}", planned.stderr);
    let last = planned.stdout.lines().last().unwrap();
    assert!(
        last.ends_with(" of sound") && last.starts_with("planned: "),
        "{last}"
    );
    assert!(
        !planned.stdout.contains("speed 1.000"),
        "{}",
        planned.stdout
    );
    assert!(!desk.path("output/today-rundown").exists());
    for (factor, faster) in [(0.88, true), (1.03, false)] {
        let run = rundown(&desk, &["--slot", &seconds(factor), "-q"]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{factor}");
        let made = holds(&desk, "output/today-rundown", &["output/today"]);
        let speed = made["speed"].as_f64().unwrap();
        assert!(if faster { speed > 1.0 } else { speed < 1.0 }, "{speed}");
        assert!((0.95..=1.08).contains(&speed));
        assert_eq!(made["frames"], made["slot"], "to the frame");
        assert_eq!(made["left_out"].as_array().unwrap().len(), 0);
    }
    // The plan was the programme that came of it, and there is nothing left to speak.
    let again = rundown(&desk, &["--slot", &slot, "--plan", "--json"]);
    let plan: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(
        (&plan["event"], &plan["plan"]["chunks"]),
        (&"planned".into(), &0.into())
    );
    assert_eq!(rundown(&desk, &["--slot", &slot, "-q"]).code, Some(0));
    let made = json(&desk, "output/today-rundown");
    assert_eq!(titles(&plan["plan"], "article"), titles(&made, "article"));
    // Without another speed it is not possible: the nearest is made, and told.
    let run = rundown(&desk, &["--slot", &seconds(1.1), "--speed", "1..1"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stdout
            .contains("shorter than its slot: no set of the articles fills it"),
        "{}",
        run.stdout
    );
    let made = holds(&desk, "output/today-rundown", &["output/today"]);
    assert_eq!(made["trouble"]["trouble"], "too_short");
    assert_eq!(titles(&made, "article").len(), 2);
}

#[test]
fn musts_stings_and_several_editions() {
    let desk = today();
    build(
        &desk,
        "yesterday",
        "2026-11-23",
        &[("旧书市集", 40, ""), ("冬泳队", 25, "")],
    );
    for (name, hertz) in [
        ("opening", 300.0),
        ("a", 500.0),
        ("b", 700.0),
        ("closing", 900.0),
    ] {
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 44_100,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        desk.write("stings/.hidden", "not looked at");
        let mut wav =
            hound::WavWriter::create(desk.path(&format!("stings/{name}.wav")), spec).unwrap();
        for i in 0..44_100 * 2 {
            let t = f64::from(i) / 44_100.0;
            let level = (t * hertz * std::f64::consts::TAU).sin() * 8000.0;
            wav.write_sample(level as i16).unwrap();
        }
        wav.finalize().unwrap();
    }
    let run = rundown(
        &desk,
        &[
            "output/yesterday",
            "--slot",
            "3:00",
            "--tolerance",
            "500ms",
            "--must",
            "3,2:2",
            "--stings",
            "stings",
            "-o",
            "radio",
            "-q",
        ],
    );
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let made = holds(&desk, "radio", &["output/today", "output/yesterday"]);
    assert_eq!(made["frames"], made["slot"]);
    let all = titles(&made, "article");
    assert!(
        all.contains(&"桥头诗会".into()) && all.contains(&"冬泳队".into()),
        "{all:?}"
    );
    let stings = titles(&made, "sting");
    assert_eq!(
        (&stings[0][..], &stings[stings.len() - 1][..]),
        ("opening", "closing")
    );
    let between: Vec<&str> = stings[1..stings.len() - 1]
        .iter()
        .map(String::as_str)
        .collect();
    let turns: Vec<&str> = ["a", "b"].into_iter().cycle().take(all.len() + 1).collect();
    assert_eq!(between, turns);
    for article in made["items"].as_array().unwrap() {
        let must = ["桥头诗会", "冬泳队"]
            .iter()
            .any(|t| article["title"] == *t);
        assert_eq!(article["must"].as_bool().unwrap(), must);
    }

    // Of equals the newer edition comes first, however they are named.
    let run = desk.run(&[
        "rundown",
        "output/yesterday",
        "output/today",
        "--slot",
        "5:00",
        "-q",
        "-o",
        "all",
    ]);
    let made = holds(&desk, "all", &["output/yesterday", "output/today"]);
    assert_eq!(run.code, Some(if made["fits"] == true { 0 } else { 1 }));
    let order = titles(&made, "article");
    let at = |title: &str| order.iter().position(|t| t == title);
    assert!(
        at("菜场搬家") < at("旧书市集") && at("旧书市集") < at("桥头诗会"),
        "{order:?}"
    );
}

#[test]
fn the_impossible_gets_the_nearest_and_a_plain_word() {
    let desk = today();
    let run = rundown(&desk, &["--slot", "20s", "--must", "3"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stdout
            .contains("longer than its slot: what must be in it"),
        "{}",
        run.stdout
    );
    let made = holds(&desk, "output/today-rundown", &["output/today"]);
    assert_eq!(titles(&made, "article"), ["桥头诗会"]);
    assert_eq!(made["trouble"]["trouble"], "too_long");

    let run = rundown(&desk, &["--slot", "1:30:00"]);
    assert_eq!(run.code, Some(1));
    let made = holds(&desk, "output/today-rundown", &["output/today"]);
    assert_eq!(titles(&made, "article").len(), 5);
    assert_eq!(made["trouble"]["trouble"], "too_short");
}

#[test]
fn mistakes_change_nothing() {
    let desk = today();
    desk.write("bad/a.wav", "this is no sound");
    fs::create_dir_all(desk.path("empty")).unwrap();
    desk.write("mine/cat.jpg", "x");
    assert_eq!(rundown(&desk, &["--slot", "2:00", "-q"]).code, Some(0));
    let seen = || -> Vec<(String, Vec<u8>)> {
        (desk.files("").into_iter())
            .filter(|f| !f.starts_with("home/") && !f.ends_with(".lock"))
            .map(|f| (f.clone(), fs::read(desk.path(&f)).unwrap()))
            .collect()
    };
    let before = seen();
    for (args, said) in [
        (
            &["--slot", "0:00"][..],
            "error: a slot of 0 seconds holds no programme",
        ),
        (&["--slot", "soon"], "`soon` is no length of time"),
        (&["--slot", "-5:00"], "`-5:00` is no length of time"),
        (
            &["--slot", "2:00", "--must", "9"],
            "`--must` asks for chapter 9, which is no article of the edition",
        ),
        (
            &["--slot", "2:00", "--must", "0"],
            "its articles are chapters 1 to 5",
        ),
        (
            &["--slot", "2:00", "--must", "2:1"],
            "asks for edition 2, and there are 1",
        ),
        (&["--slot", "2:00", "--stings", "bad"], "bad/a.wav"),
        (
            &["--slot", "2:00", "--stings", "empty"],
            "the folder of stings is empty",
        ),
        (
            &["--slot", "2:00", "--stings", "none"],
            "there is no such file or folder",
        ),
        (
            &["--slot", "2:00", "--speed", "1.1..1.2"],
            "do not have the voices' own among them",
        ),
        (
            &["--slot", "2:00", "--at", "25:00"],
            "`25:00` is no time of day",
        ),
        (
            &["--slot", "2:00", "-o", "mine"],
            "holds no rundown, so it is left alone",
        ),
        (
            &["--slot", "2:00", "-o", "output/today"],
            "holds no rundown, so it is left alone",
        ),
        (
            &["output/nothing", "--slot", "2:00"],
            "there is no edition here",
        ),
    ] {
        let run = rundown(&desk, args);
        assert_eq!(run.code, Some(2), "{args:?}");
        assert!(run.stderr.contains(said), "{args:?}: {}", run.stderr);
        assert!(before == seen(), "{args:?}");
    }
    // An edition whose readings were altered cannot be spoken again.
    let readings = desk.read("output/today/readings.json");
    desk.write(
        "output/today/readings.json",
        readings.replace("0.5", "0.6") + " ",
    );
    let run = rundown(&desk, &["--slot", "2:00"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("the readings are not those"),
        "{}",
        run.stderr
    );
}
