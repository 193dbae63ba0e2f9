//! What the listener's files share, made by the program: the talking-newspaper stick,
//! its tags as another program reads them, its names, its label and the cover.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use common::{Desk, root};
use serde_json::{Value, json};

const STICK: &str = "output/hewan/listener/usb";

fn built() -> Desk {
    let desk = Desk::new();
    desk.sample_issue();
    let run = desk.tone("issues/hewan", "all", "output/hewan");
    assert_eq!(run.code, Some(0), "{run:?}");
    desk
}

/// The sound files of the stick in the order of their names.
fn sounds(desk: &Desk) -> Vec<String> {
    let files = desk.files(STICK).into_iter();
    files.filter(|f| f.ends_with(".mp3")).collect()
}

fn chapters(desk: &Desk) -> Vec<Value> {
    desk.edition("output/hewan")["chapters"]
        .as_array()
        .unwrap()
        .clone()
}

/// How many subheads a chapter has.
fn subheads(chapter: &Value) -> usize {
    let cues = chapter["cues"].as_array().unwrap();
    let mut blocks: Vec<_> = (cues.iter())
        .filter(|c| c["role"] == "subhead")
        .map(|c| &c["block"])
        .collect();
    blocks.dedup();
    blocks.len()
}

/// One edition is built for all of these.
#[test]
fn a_real_edition_is_a_stick() {
    let desk = built();
    the_stick_is_in_the_order_of_the_paper(&desk);
    every_sound_says_what_it_is(&desk);
    every_sound_is_decoded_to_its_length(&desk);
    made_again_it_is_the_same(&desk);
    opus_files_are_read_by_others(&desk);
    flac_files_are_the_chapters_bit_for_bit(&desk);
}

/// By FFmpeg's decoder.
fn flac_files_are_the_chapters_bit_for_bit(desk: &Desk) {
    let folder = "output/hewan/listener/flac";
    let files = desk.files(folder);
    let chapters = chapters(desk);
    assert_eq!(files.len(), chapters.len());
    for (name, chapter) in files.iter().zip(&chapters) {
        let samples = |file: PathBuf| {
            let decoded = Command::new("ffmpeg")
                .args(["-v", "error", "-i"])
                .arg(file)
                .args(["-map", "0:a", "-f", "s16le", "-"])
                .output()
                .unwrap();
            assert_eq!(String::from_utf8_lossy(&decoded.stderr), "", "{name}");
            decoded.stdout
        };
        let master = chapter["file"].as_str().unwrap();
        let master = samples(desk.path("output/hewan").join(master));
        assert!(!master.is_empty());
        assert_eq!(samples(desk.path(folder).join(name)), master, "{name}");
    }
}

/// By libopus and FFmpeg: the length to the sample, what they say, their picture.
fn opus_files_are_read_by_others(desk: &Desk) {
    let folder = "output/hewan/listener/opus";
    let files = desk.files(folder);
    let chapters = chapters(desk);
    assert_eq!(files.len(), chapters.len());
    for (i, (name, chapter)) in files.iter().zip(&chapters).enumerate() {
        let file = desk.path(folder).join(name);
        let decoded = Command::new("ffmpeg")
            .args(["-v", "warning", "-c:a", "libopus", "-i"])
            .arg(&file)
            .args(["-map", "0:a", "-f", "s16le", "-ar", "48000", "-"])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&decoded.stderr), "", "{name}");
        let wanted = chapter["frames"].as_u64().unwrap();
        assert_eq!(decoded.stdout.len() as u64, 2 * 2 * wanted, "{name}");
        let probed = Command::new("ffprobe")
            .args([
                "-v",
                "error",
                "-of",
                "json",
                "-show_streams",
                "-show_chapters",
            ])
            .arg(&file)
            .output()
            .unwrap();
        let probed: Value = serde_json::from_slice(&probed.stdout).unwrap();
        let tags = &probed["streams"][0]["tags"];
        assert_eq!(tags["TITLE"], chapter["title"]);
        assert_eq!(tags["ARTIST"], "荷湾社区报");
        assert_eq!(tags["DATE"], "2026-11-24");
        assert_eq!(tags["track"], (i + 1).to_string());
        assert_eq!(probed["streams"][1]["codec_name"], "png");
        let marks = probed["chapters"].as_array().unwrap();
        let wanted = match subheads(chapter) {
            0 => 0,
            subheads => subheads + 1,
        };
        assert_eq!(marks.len(), wanted, "{name}");
    }
}

fn the_stick_is_in_the_order_of_the_paper(desk: &Desk) {
    let chapters = chapters(desk);
    let sounds = sounds(desk);
    assert_eq!(sounds.len(), chapters.len());
    assert_eq!(sounds[0], "01_报头.mp3");
    for (i, name) in sounds.iter().enumerate() {
        assert!(name.starts_with(&format!("{:02}_", i + 1)), "{name}");
        let forbidden = ['\\', '/', ':', '*', '?', '"', '<', '>', '|'];
        assert!(
            !name.contains(forbidden) && name.chars().count() < 40,
            "{name}"
        );
        assert!(name.chars().all(|c| c.len_utf16() == 1), "{name}");
    }
    let list = desk.read(&format!("{STICK}/00.m3u8"));
    let lines: Vec<&str> = list.split("\r\n").collect();
    assert_eq!(lines[0], "#EXTM3U");
    let listed = lines
        .iter()
        .filter(|l| !l.starts_with('#') && !l.is_empty());
    assert!(listed.copied().eq(sounds.iter().map(String::as_str)));

    let label = desk.read(&format!("{STICK}/标签.txt"));
    assert!(
        label.starts_with(
            "\u{FEFF}荷湾社区报 生活版\r\n第312期\r\n2026年11月24日\r\n共3篇文章，全长"
        )
    );
    for i in 1..=chapters.len() {
        assert!(label.contains(&format!("\r\n{i:02}  ")));
    }
    let printed: String = label.split_whitespace().collect();
    for chapter in &chapters {
        let title: String = chapter["title"]
            .as_str()
            .unwrap()
            .split_whitespace()
            .collect();
        assert!(printed.contains(&title), "{title}");
    }
}

fn every_sound_says_what_it_is(desk: &Desk) {
    let chapters = chapters(desk);
    let files: Vec<PathBuf> = (sounds(desk).iter())
        .map(|name| desk.path(STICK).join(name))
        .collect();
    let output = Command::new("python3")
        .env("PYTHONPATH", common::tools::pip("shares"))
        .arg(root().join("tests/shares/tags.py"))
        .args(&files)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let tags: Value = serde_json::from_slice(&output.stdout).unwrap();
    for (i, (tag, chapter)) in tags.as_array().unwrap().iter().zip(&chapters).enumerate() {
        assert_eq!(tag["version"], json!([2, 3, 0]));
        assert_eq!(tag["unknown"], 0);
        let frames = &tag["frames"];
        let text = |id: &str| frames[id][0]["text"].as_str().unwrap();
        assert_eq!(text("TIT2"), chapter["title"]);
        // UTF-16 with a byte order mark.
        assert_eq!(frames["TIT2"][0]["encoding"], 1);
        assert_eq!(text("TPE1"), "荷湾社区报");
        assert_eq!(text("TALB"), "荷湾社区报 生活版 第312期 2026-11-24");
        assert_eq!(text("TRCK"), format!("{}/{}", i + 1, chapters.len()));
        assert_eq!((text("TYER"), text("TDAT")), ("2026", "2411"));
        assert_eq!((text("TLAN"), text("TCON")), ("zho", "Speech"));
        let length: f64 = text("TLEN").parse().unwrap();
        assert!((length / 1000.0 - chapter["seconds"].as_f64().unwrap()).abs() < 0.001);
        let picture = json!([{"mime": "image/png", "type": 3, "png": "89504e470d0a1a0a"}]);
        assert_eq!(frames["APIC"], picture);
        assert_eq!(frames["USLT"][0]["lang"], "zho");
        let told: String = text("USLT").split_whitespace().collect();
        for cue in chapter["cues"].as_array().unwrap() {
            let words: String = cue["text"].as_str().unwrap().split_whitespace().collect();
            assert!(told.contains(&words), "{words}");
        }

        // Marks at the subheads, from the beginning to the end without a gap.
        let subheads = subheads(chapter);
        let marks = frames["CHAP"].as_array().cloned().unwrap_or_default();
        if subheads == 0 {
            assert_eq!(marks.len(), 0);
            continue;
        }
        assert_eq!(marks.len(), subheads + 1);
        assert_eq!(frames["CTOC"][0]["flags"], 3);
        let children: Vec<_> = marks.iter().map(|m| m["id"].clone()).collect();
        assert_eq!(frames["CTOC"][0]["children"], json!(children));
        assert_eq!(marks[0]["start"], 0);
        assert!(marks.windows(2).all(|m| m[0]["end"] == m[1]["start"]));
        assert_eq!(marks.last().unwrap()["end"].as_f64().unwrap(), length);
    }
}

fn every_sound_is_decoded_to_its_length(desk: &Desk) {
    for (name, chapter) in sounds(desk).iter().zip(chapters(desk)) {
        let output = Command::new("ffmpeg")
            .args(["-v", "warning", "-i"])
            .arg(desk.path(STICK).join(name))
            .args(["-map", "0:a", "-f", "s16le", "-"])
            .output()
            .unwrap();
        // Of files without a tag frame the length is told by the bit rate, which is
        // constant here.
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let other = said
            .lines()
            .find(|l| !l.contains("Estimating duration from bitrate"));
        assert_eq!(other, None, "{name}");
        let frames = output.stdout.len() as u64 / 2;
        let wanted = chapter["frames"].as_u64().unwrap();
        // The last MP3 frame and the encoder's last ones are more than its sound.
        assert!(
            (wanted..wanted + 4 * 576).contains(&frames),
            "{name}: {frames} of {wanted}"
        );
    }
}

fn made_again_it_is_the_same(desk: &Desk) {
    let read = || -> Vec<Vec<u8>> {
        let files = desk.files(STICK).into_iter();
        files
            .map(|f| fs::read(desk.path(STICK).join(f)).unwrap())
            .collect()
    };
    let first = read();
    fs::remove_dir_all(desk.path(STICK)).unwrap();
    let run = desk.run(&["export", "output/hewan", "--listener=usb"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(read(), first);
}
