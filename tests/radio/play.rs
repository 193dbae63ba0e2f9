//! The rundown as Liquidsoap plays it.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::common::tools::done;
use crate::common::{Desk, root};
use crate::{OUT, SET, desk, lengths, named};

/// So much longer or shorter an item may be played, in seconds: a frame of Liquidsoap.
const NEAR: f64 = 0.04;

/// What Liquidsoap plays of the lists in a folder that should have so many items: of each
/// its cut, title and length, and how long all of them are heard, in seconds.
fn played(desk: &Desk, folder: &str, items: usize) -> (Vec<(String, String, f64)>, f64) {
    let script = fs::read_to_string(root().join("tests/radio/play.liq")).unwrap();
    desk.write(&format!("{folder}/play.liq"), script);
    let into = desk.path("played.wav");
    let output = done(
        Command::new("timeout")
            .args(["120", "liquidsoap", "play.liq"])
            .current_dir(desk.path(folder))
            .env("ITEMS", items.to_string())
            .env("INTO", &into),
    );
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let plays: Vec<(String, String, f64)> = (text.lines())
        .filter_map(|l| l.strip_prefix("PLAYS "))
        .map(|l| {
            let told: Vec<&str> = l.split('|').collect();
            (told[0].into(), told[1].into(), told[2].parse().unwrap())
        })
        .collect();
    assert_eq!(plays.len(), items, "{text}");
    (plays, heard(&fs::read(&into).unwrap()))
}

#[test]
fn liquidsoap_plays_every_item_once_and_in_order() {
    let desk = desk(&["--radio"]);
    let lengths = lengths(&desk);
    let (plays, heard) = played(&desk, SET, lengths.len());
    let edition = desk.edition(OUT);
    let titles: Vec<&str> = (edition["chapters"].as_array().unwrap().iter())
        .map(|c| c["title"].as_str().unwrap())
        .collect();
    for (n, ((cut, title, told), frames)) in plays.iter().zip(&lengths).enumerate() {
        assert!(cut.ends_with(&format!("-{n:02}")), "{cut}");
        assert_eq!(title, titles[n]);
        assert!((told - *frames as f64 / 48_000.0).abs() < 0.001, "{cut}");
    }
    let sum = lengths.iter().sum::<u64>() as f64 / 48_000.0;
    assert!(
        (heard - sum).abs() <= NEAR * lengths.len() as f64,
        "{heard} s are heard, {sum} s were made"
    );
}

#[test]
fn a_rundown_is_played_as_long_as_its_slot() {
    let desk = desk(&[]);
    let run = desk.run(&[
        "rundown",
        OUT,
        "--slot",
        "37.5s",
        "--at",
        "07:30",
        "--level=gyt282",
        "-q",
        "-o",
        "slot",
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    let run = desk.run(&["deliver", "slot", "--to", "station", "-q"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let rundown: Value = serde_json::from_str(&desk.read("slot/rundown.json")).unwrap();
    let items = rundown["items"].as_array().unwrap();
    let frames = rundown["frames"].as_u64().unwrap();
    let slot = rundown["slot"].as_u64().unwrap();
    assert!(frames.abs_diff(slot) <= 5 * 48_000, "{frames}, {slot}");
    let (plays, heard) = played(&desk, "station", items.len());
    for (n, ((cut, title, told), item)) in (1..).zip(plays.iter().zip(items)) {
        assert_eq!(*cut, format!("hewanshe-s-20261124-r0730-{n:02}"));
        assert_eq!(item["title"], title.as_str());
        let frames = item["frames"].as_u64().unwrap() + item["gap"].as_u64().unwrap();
        assert!((told - frames as f64 / 48_000.0).abs() < 0.001, "{cut}");
    }
    let programme = frames as f64 / 48_000.0;
    assert!(
        (heard - programme).abs() <= NEAR * items.len() as f64,
        "{heard} s are heard, {programme} s were made"
    );
    // What is for the eye comes along, and a damaged rundown does not.
    assert!(desk.read("station/rundown.html").contains("07:30:00"));
    desk.write("slot/rundown.csv", "damaged");
    let run = desk.run(&["deliver", "slot", "--to", "station", "-q"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("with `tingbao rundown`"), "{run:?}");
}

/// How long both channels are the same, in seconds: items, and nothing else.
fn heard(wave: &[u8]) -> f64 {
    let data = wave.windows(4).position(|w| w == b"data").unwrap() + 8;
    let same = wave[data..].chunks_exact(4).filter(|f| f[..2] == f[2..]);
    same.count() as f64 / 48_000.0
}

#[test]
fn scripts_are_accepted_here_and_at_the_station() {
    let desk = desk(&["--radio"]);
    let run = desk.run(&["deliver", OUT, "--to", "station", "-q"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for folder in [SET, "station"] {
        done(
            Command::new("liquidsoap")
                .args([
                    "settings.init.allow_root.set(true)",
                    "--check",
                    "edition.liq",
                ])
                .current_dir(desk.path(folder)),
        );
    }
    // The station's list works from anywhere.
    let list = desk.read("station/playlist.m3u");
    let files: Vec<&str> = (list.lines().filter(|l| !l.starts_with('#')))
        .map(|l| l.rsplit_once("\":").unwrap().1)
        .collect();
    assert_eq!(files.len(), named(&desk, "bwf", ".wav").len() - 1);
    for file in files {
        assert!(std::path::Path::new(file).is_absolute(), "{file}");
        assert!(fs::metadata(file).unwrap().len() > 1000);
    }
    done(
        Command::new("sh")
            .args(["-n"])
            .arg(desk.path("station/rivendell-import.sh")),
    );
}
