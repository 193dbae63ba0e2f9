//! The files by the programs that stations look at them with.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::common::Desk;
use crate::common::root;
use crate::common::tools::{done, pip};
use crate::{OUT, SET, desk, lengths, named};

fn out(command: &mut Command) -> String {
    String::from_utf8_lossy(&done(command).stdout).into_owned()
}

fn wavinfo(file: &Path) -> Value {
    let text = out(Command::new("python3")
        .arg(root().join("tests/radio/read.py"))
        .arg(file)
        .env("PYTHONPATH", pip("radio")));
    serde_json::from_str(&text).unwrap()
}

fn mediainfo(file: &Path) -> Value {
    let text = out(Command::new("mediainfo").arg("--Output=JSON").arg(file));
    let json: Value = serde_json::from_str(&text).unwrap();
    json["media"]["track"].clone()
}

/// Integrated loudness and true peak as ffmpeg tells them.
fn ebur128(file: &Path) -> (f64, f64) {
    let output = done(
        Command::new("ffmpeg")
            .args(["-nostats", "-hide_banner", "-i"])
            .arg(file)
            .args(["-af", "ebur128=peak=true", "-f", "null", "-"]),
    );
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let summary = text.rsplit_once("Summary:").unwrap().1.to_string();
    let of = |name: &str| -> f64 {
        let rest = summary.split_once(name).unwrap().1;
        rest.split_whitespace().next().unwrap().parse().unwrap()
    };
    (of("I:"), of("Peak:"))
}

fn checked(desk: &Desk) {
    let run = desk.run(&["check", OUT]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn other_programs_read_what_was_meant() {
    let desk = desk(&["--radio"]);
    checked(&desk);
    let waves = named(&desk, "bwf", ".wav");
    let lengths = lengths(&desk);
    assert_eq!(waves.len(), lengths.len() + 1);
    assert!(waves.iter().all(|w| w.is_ascii()), "{waves:?}");
    let mut at = 0;
    for (wave, frames) in waves.iter().zip(&lengths) {
        let path = desk.path(&format!("{SET}/bwf/{wave}"));
        let read = wavinfo(&path);
        assert_eq!(read["frames"], *frames, "{wave}");
        assert_eq!(
            (&read["rate"], &read["bits"], &read["channels"]),
            (&48_000.into(), &24.into(), &1.into())
        );
        assert_eq!(read["version"], 2);
        assert_eq!(read["date"], "2026-11-24");
        assert_eq!(read["time_reference"], at);
        assert_eq!(read["artist"], "荷湾社区报");
        assert!(read["history"].as_str().unwrap().lines().count() == 2);
        let marks = read["markers"].as_array().unwrap();
        assert_eq!(marks[0][0], 0);
        let last = marks.last().unwrap();
        assert_eq!(
            last[0].as_u64().unwrap() + last[1].as_u64().unwrap(),
            *frames
        );
        at += frames;

        let tracks = mediainfo(&path);
        assert_eq!(tracks[0]["Format"], "Wave");
        assert_eq!(tracks[0]["Track"], read["title"]);
        assert_eq!(tracks[0]["Performer"], "荷湾社区报");
        assert_eq!(tracks[1]["SamplingRate"], "48000");
        assert_eq!(tracks[1]["BitDepth"], "24");
        assert_eq!(tracks[1]["SamplingCount"], frames.to_string());

        let info = out(Command::new("sndfile-info").arg(&path));
        assert!(info.contains(&format!("Frames      : {frames}")), "{info}");
        assert!(info.contains("bext") && info.contains("cart"), "{info}");
        assert!(!info.to_lowercase().contains("error"), "{info}");

        let (loudness, peak) = ebur128(&path);
        let stated = read["loudness"][0].as_f64().unwrap();
        assert!((loudness + 23.0).abs() <= 0.2, "{wave}: {loudness} LUFS");
        assert!(
            (loudness - stated).abs() <= 0.2,
            "{wave}: {loudness} and {stated}"
        );
        assert!(peak <= -1.0, "{wave}: {peak} dBTP");
    }
    let second = wavinfo(&desk.path(&format!("{SET}/bwf/{}", waves[2])));
    assert_eq!(second["title"], "问：\"100%\"的 \\ 路灯、$修好了吗？");
    assert!(second["description"].as_str().unwrap().contains("Ludeng"));
    // The title and the first sentence, in Chinese.
    assert!(second["markers"].to_string().contains("今天换了新土"));
}

#[test]
fn the_programme_has_every_item_as_a_chapter() {
    let desk = desk(&["--radio"]);
    let waves = named(&desk, "bwf", "-all.wav");
    let path = desk.path(&format!("{SET}/bwf/{}", waves[0]));
    let lengths = lengths(&desk);
    assert_eq!(wavinfo(&path)["frames"], lengths.iter().sum::<u64>());
    let text = out(Command::new("ffprobe")
        .args([
            "-v",
            "error",
            "-show_chapters",
            "-show_entries",
            "format_tags",
            "-of",
            "json",
        ])
        .arg(&path));
    let probed: Value = serde_json::from_str(&text).unwrap();
    let title = |c: &Value| c["tags"]["title"].as_str().unwrap().to_string();
    let all = probed["chapters"].as_array().unwrap();
    assert!(
        all.iter().any(|c| title(c).starts_with("中午时分")),
        "{text}"
    );
    let chapters: Vec<&Value> = (all.iter()).filter(|c| title(c).starts_with('0')).collect();
    assert_eq!(chapters.len(), lengths.len(), "{text}");
    let mut at = 0.0;
    for (chapter, frames) in chapters.iter().zip(&lengths) {
        let start: f64 = chapter["start_time"].as_str().unwrap().parse().unwrap();
        assert!((start - at).abs() < 0.002, "{start} and {at}");
        at += *frames as f64 / 48_000.0;
    }
    assert_eq!(title(chapters[1]), "01 花坛换新土，邻居齐动手");
    let (loudness, _) = ebur128(&path);
    assert!((loudness + 23.0).abs() <= 0.2, "{loudness}");
}

#[test]
fn a_library_gets_exact_files_with_gains() {
    let desk = desk(&["--radio"]);
    let files = named(&desk, "library", ".flac");
    for (file, frames) in files.iter().zip(lengths(&desk)) {
        let path = desk.path(&format!("{SET}/library/{file}"));
        let text = out(Command::new("ffprobe")
            .args([
                "-v",
                "error",
                "-show_streams",
                "-show_format",
                "-of",
                "json",
            ])
            .arg(&path));
        let probed: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(probed["streams"][0]["duration_ts"], frames, "{text}");
        let tags = &probed["format"]["tags"];
        assert_eq!(tags["ARTIST"], "荷湾社区报");
        let gain = tags["REPLAYGAIN_TRACK_GAIN"].as_str().unwrap();
        let gain: f64 = gain.strip_suffix(" dB").unwrap().parse().unwrap();
        assert!((gain - 5.0).abs() <= 0.2, "{gain}");
        // Every frame's checksum and the sound's own are right.
        done(
            Command::new("ffmpeg")
                .args(["-v", "error", "-xerror", "-i"])
                .arg(&path)
                .args(["-f", "null", "-"]),
        );
    }
}

#[test]
fn levels_and_forms_are_as_asked_for() {
    let desk = desk(&[
        "--radio=podcast",
        "--bits",
        "16",
        "--dual-mono",
        "--days",
        "0",
    ]);
    checked(&desk);
    let wave = &named(&desk, "bwf", ".wav")[1];
    let path = desk.path(&format!("{SET}/bwf/{wave}"));
    let read = wavinfo(&path);
    assert_eq!((&read["bits"], &read["channels"]), (&16.into(), &2.into()));
    // Both meters hear two channels.
    let (loudness, peak) = ebur128(&path);
    let stated = read["loudness"][0].as_f64().unwrap();
    assert!((loudness + 16.0).abs() <= 0.2, "{loudness}");
    assert!((loudness - stated).abs() <= 0.2, "{loudness} and {stated}");
    assert!(peak <= -1.5, "{peak}");
    let again = desk.files(SET);
    let before: Vec<Vec<u8>> = (again.iter())
        .map(|f| std::fs::read(desk.path(&format!("{SET}/{f}"))).unwrap())
        .collect();
    let run = desk.run(&[
        "export",
        OUT,
        "-q",
        "--radio=podcast",
        "--bits",
        "16",
        "--dual-mono",
        "--days",
        "0",
    ]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for (file, bytes) in again.iter().zip(before) {
        let now = std::fs::read(desk.path(&format!("{SET}/{file}"))).unwrap();
        assert!(now == bytes, "{file} is another");
    }
    let run = desk.run(&["export", OUT, "-q", "--radio=none"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!desk.path(SET).exists());
}

#[test]
fn damage_is_found() {
    let desk = desk(&["--radio"]);
    let wave = format!("{SET}/bwf/{}", named(&desk, "bwf", ".wav")[0]);
    let mut bytes = std::fs::read(desk.path(&wave)).unwrap();
    let bext = bytes.windows(4).position(|w| w == b"bext").unwrap();
    bytes[bext + 8 + 413] = 0xF8;
    desk.write(&wave, bytes);
    let run = desk.run(&["check", OUT]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("another SHA-256"), "{run:?}");
    assert!(run.stdout.contains("the loudness is stated as"), "{run:?}");
}

#[test]
fn a_wrong_level_is_refused() {
    let desk = Desk::new();
    for (level, told) in [("r129", "known: r128"), ("-3", "is not for broadcasting")] {
        let run = desk.run(&["export", "x", &format!("--radio={level}")]);
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains(told), "{run:?}");
    }
}
