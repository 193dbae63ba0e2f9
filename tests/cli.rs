//! The program's other words: help, completions, machine-readable output.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use common::Desk;
use serde_json::Value;

#[test]
fn every_command_explains_itself_with_an_example() {
    let desk = Desk::new();
    for command in [
        "build",
        "ingest",
        "show",
        "explain",
        "voices",
        "completions",
    ] {
        let run = desk.run(&[command, "--help"]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        assert!(run.stdout.contains("Example"), "{command}");
        assert!(
            run.stdout.contains(&format!("tingbao {command}")),
            "{command}"
        );
    }
    let run = desk.run(&["--version"]);
    assert_eq!(
        run.stdout,
        format!("tingbao {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn a_reading_is_explained() {
    let desk = Desk::new();
    let run = desk.run(&["explain", "{崧珏|song1 jue2}在银行"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(
        run.stdout
            .starts_with("崧珏 → 崧珏  given in the text  song1 jue2\n")
    );
    assert!(
        run.stdout.contains("银行 → 银行  corrected"),
        "{}",
        run.stdout
    );
    let run = desk.run(&["explain", "3.5%", "--json"]);
    let record: Value = serde_json::from_str(&run.stdout).unwrap();
    let span = &record["spans"][0];
    assert_eq!(record["spoken"], "百分之三点五");
    assert_eq!(
        (&span["rule"], &span["name"]),
        (&"normalised".into(), &"percent".into())
    );
    let syllable = &span["syllables"][4];
    assert_eq!(syllable["pinyin"], "dian2");
    assert_eq!(syllable["citation"], "dian3");
    desk.sample_issue();
    let run = desk.run(&["explain", "翟燊", "--issue", "issues/hewan"]);
    assert!(
        run.stdout.contains("lexicon issues/hewan/issue.toml:"),
        "{}",
        run.stdout
    );
    let run = desk.run(&["explain", "--issue", "issues/hewan", "--chunk", "01-004"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(run.stdout.lines().count() > 3);
    assert_eq!(desk.run(&["explain"]).code, Some(2));
}

#[test]
fn a_labelled_set_is_scored() {
    let desk = Desk::new();
    desk.write(
        "set.tsv",
        "suite\tcategory\tinput\texpected\ns\tdate\t3月5日\t三月五号\ns\tdate\t5月\t六月\n",
    );
    let run = desk.run(&["dev", "score", "set.tsv", "--misses"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(
        run.stdout
            .contains("line 3  s date  5月\n  got       五月\n  expected  六月\n")
    );
    assert!(
        run.stdout.contains(" 50.00 %       1 of 2       s date\n"),
        "{}",
        run.stdout
    );
    assert!(!desk.run(&["--help"]).stdout.contains("dev"));
}

#[test]
fn completions_name_the_commands() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = desk.run(&["completions", shell]);
        assert_eq!(run.code, Some(0));
        assert!(
            run.stdout.contains("ingest") && run.stdout.contains("completions"),
            "{shell}"
        );
    }
}

#[test]
fn json_is_one_object_a_line() {
    let desk = Desk::new();
    desk.sample_issue();
    let run = desk.run(&[
        "build",
        "issues/hewan",
        "--cast",
        "tone",
        "--json",
        "-o",
        "out",
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let lines: Vec<Value> = run
        .stdout
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let count = |event: &str| lines.iter().filter(|l| l["event"] == event).count() as u64;
    assert_eq!(lines[0]["event"], "planned");
    assert_eq!(count("spoken"), lines[0]["to_speak"].as_u64().unwrap());
    assert_eq!(count("chapter"), lines[0]["chapters"].as_u64().unwrap());
    let last = lines.last().unwrap();
    assert_eq!(last["event"], "done");
    assert_eq!(last["complete"], true);
    assert_eq!(last["output"], "out");
}

#[test]
fn what_was_read_is_told_as_json_and_writes_nothing() {
    let desk = Desk::new();
    let page =
        "　　　　花园又开门了\n\n　　（记者 张三）昨天，小区的花园又开门了。\n　　居民都很高兴。\n";
    desk.write("page.txt", page);
    let run = desk.run(&["ingest", "page.txt", "--json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(desk.files(""), ["page.txt"]);
    assert!(run.stderr.contains("news"), "{}", run.stderr);
    let read: Value = serde_json::from_str(&run.stdout).unwrap();
    let keys: Vec<&String> = read.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["masthead", "articles", "non_article", "edits", "flags"]
    );
    assert_eq!(read["masthead"]["page"], Value::Null);
    let article = &read["articles"][0];
    assert_eq!(article["headline"], "花园又开门了");
    assert_eq!(article["kicker"], Value::Null);
    let last = article["blocks"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["type"], &last["text"]),
        (&"para".into(), &"居民都很高兴。".into())
    );

    let with_folder = desk.run(&["ingest", "page.txt", "--json", "-o", "i"]);
    assert_eq!(with_folder.stdout, run.stdout);
    assert!(with_folder.stderr.contains("files in i; edit them"));
    assert!(desk.path("i/issue.toml").exists());
    assert_eq!(desk.run(&["ingest", "page.txt"]).code, Some(2));
}

#[test]
fn plain_lines_tell_how_it_goes_and_quiet_tells_nothing() {
    let desk = Desk::new();
    desk.sample_issue();
    let run = desk.run(&["build", "issues/hewan", "--cast", "tone", "-o", "out"]);
    let mut lines = run.stderr.lines();
    assert!(
        lines.next().unwrap().starts_with("5 chapters, "),
        "{}",
        run.stderr
    );
    assert_eq!(lines.filter(|l| l.starts_with("chapter 0")).count(), 5);
    assert!(
        run.stdout
            .starts_with("荷湾社区报 生活版 第312期 2026-11-24\n  00 "),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.ends_with("the edition is in out\n"),
        "{}",
        run.stdout
    );
    let run = desk.run(&[
        "build",
        "issues/hewan",
        "--cast",
        "tone",
        "--quiet",
        "-o",
        "quiet",
    ]);
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (Some(0), "", "")
    );
}

#[test]
fn show_tells_why_a_chunk_is_read_so() {
    let desk = Desk::new();
    desk.issue(
        "i",
        "headline = \"题目\"",
        "本月完成了95.05%，拨打12345热线，见崧珏。",
    )
    .write(
        "i/issue.toml",
        "paper = \"报\"\ncast = \"tone\"\n[lexicon]\n\"崧珏\" = \"song1 jue2\"\n",
    );
    let run = desk.run(&["show", "i", "--chunk", "01-003"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for part in [
        "01-003  body  tone at 1.00  pause 1500 ms  i/articles/01-a.md:5:1\n",
        "  text    本月完成了95.05%，拨打12345热线，见崧珏。\n",
        "  spoken  本月完成了百分之九十五点零五，拨打幺二三四五热线，见崧珏。\n",
        "song1jue2",
        "  why     `95.05%` → `百分之九十五点零五`: ",
        "  why     `崧珏` → `崧珏`: lexicon\n",
    ] {
        assert!(
            run.stdout.contains(part),
            "{part:?} is not in\n{}",
            run.stdout
        );
    }
    let run = desk.run(&["show", "i", "--json"]);
    for line in run.stdout.lines() {
        let chunk: Value = serde_json::from_str(line).unwrap();
        assert!(chunk["syllables"].as_u64().unwrap() <= 60);
    }
    assert_eq!(run.stdout.lines().count(), 7);
}

#[test]
fn verbose_tells_more() {
    let desk = Desk::new();
    desk.issue("i", "headline = \"题目\"", "正文。");
    desk.run(&["build", "i", "-q", "-o", "out"]);
    let take = desk.files("home/takes").pop().unwrap();
    desk.write(&format!("home/takes/{take}"), "junk");
    std::fs::remove_dir_all(desk.path("out")).unwrap();
    let run = desk.run(&["build", "i", "-q", "-o", "out", "-v"]);
    assert!(
        run.stderr
            .contains("a kept take is damaged and is spoken again"),
        "{}",
        run.stderr
    );
}

#[cfg(feature = "platform")]
#[test]
fn the_platform_s_voices_are_listed_or_missed_with_advice() {
    let run = Desk::new().run(&["voices", "--platform"]);
    if run.code == Some(0) {
        assert!(!run.stdout.is_empty());
    } else {
        assert_eq!(run.code, Some(2));
        assert!(
            run.stderr.contains("\n  help: on Debian and Ubuntu: "),
            "{}",
            run.stderr
        );
    }
}
