//! The rundown as Liquidsoap plays it.

use std::fs;
use std::process::Command;

use crate::common::root;
use crate::common::tools::done;
use crate::{OUT, SET, desk, lengths, named};

/// So much longer or shorter an item may be played, in seconds: a frame of Liquidsoap.
const NEAR: f64 = 0.04;

#[test]
fn liquidsoap_plays_every_item_once_and_in_order() {
    let desk = desk(&["--radio"]);
    let lengths = lengths(&desk);
    let folder = desk.path(SET);
    let script = fs::read_to_string(root().join("tests/radio/play.liq")).unwrap();
    desk.write(&format!("{SET}/play.liq"), script);
    let into = desk.path("played.wav");
    let output = done(
        Command::new("timeout")
            .args(["120", "liquidsoap", "play.liq"])
            .current_dir(&folder)
            .env("ITEMS", lengths.len().to_string())
            .env("INTO", &into),
    );
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let plays: Vec<Vec<&str>> = (text.lines())
        .filter_map(|l| l.strip_prefix("PLAYS "))
        .map(|l| l.split('|').collect())
        .collect();
    assert_eq!(plays.len(), lengths.len(), "{text}");
    let edition = desk.edition(OUT);
    let titles: Vec<&str> = (edition["chapters"].as_array().unwrap().iter())
        .map(|c| c["title"].as_str().unwrap())
        .collect();
    for (n, (play, frames)) in plays.iter().zip(&lengths).enumerate() {
        assert!(play[0].ends_with(&format!("-{n:02}")), "{play:?}");
        assert_eq!(play[1], titles[n]);
        let told: f64 = play[2].parse().unwrap();
        assert!((told - *frames as f64 / 48_000.0).abs() < 0.001, "{play:?}");
    }
    let heard = items(&fs::read(&into).unwrap());
    let sum = lengths.iter().sum::<u64>() as f64 / 48_000.0;
    assert!(
        (heard - sum).abs() <= NEAR * lengths.len() as f64,
        "{heard} s are heard, {sum} s were made"
    );
}

/// How long both channels are the same, in seconds: items, and nothing else.
fn items(wave: &[u8]) -> f64 {
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
