//! `listen`, `audition` and `say` as a desk uses them. The sound card is ALSA's
//! file device, which writes down what it would play.
#![cfg(all(target_os = "linux", feature = "listen", feature = "platform"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::process::Command;

use common::{Desk, Run};

/// A desk with a small edition in `output/today`.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.issue(
        "issues/today",
        "headline = \"食堂开张\"",
        "社区食堂每天供应20种菜。",
    );
    assert_eq!(desk.run(&["build", "issues/today"]).code, Some(0));
    desk
}

fn run_with(desk: &Desk, config: &str, args: &[&str]) -> Run {
    desk.write("asound.conf", config);
    let mut command: Command = desk.command(args);
    command.env("ALSA_CONFIG_PATH", desk.path("asound.conf"));
    Run::from(command.output().unwrap())
}

/// With a sound card that writes to `played.raw`: 32-bit floating point, two
/// channels of 48 kHz, as the default device has it.
fn run(desk: &Desk, args: &[&str]) -> Run {
    let file = desk.path("played.raw");
    let config = format!(
        "pcm.!default {{ type file slave.pcm \"null\" file \"{}\" format raw }}\npcm.null {{ type null }}\n",
        file.display()
    );
    run_with(desk, &config, args)
}

/// How long something was heard, in seconds.
fn heard(desk: &Desk) -> f64 {
    let bytes = std::fs::read(desk.path("played.raw")).unwrap();
    let samples: Vec<f32> = bytes
        .chunks_exact(4)
        .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        .collect();
    let loud = |s: &f32| s.abs() > 0.001;
    let first = samples.iter().position(loud).unwrap();
    let last = samples.iter().rposition(loud).unwrap();
    (last - first) as f64 / 2.0 / 48_000.0
}

#[test]
fn a_chunk_and_a_chapter_are_played_whole() {
    let desk = desk();
    let index: serde_json::Value =
        serde_json::from_str(&desk.read("output/today/edition.json")).unwrap();
    let cues = index["chapters"][1]["cues"].as_array().unwrap();
    let frames = |key: &str, cue: &serde_json::Value| cue[key].as_f64().unwrap() / 24_000.0;
    let cue = cues.iter().find(|c| c["chunk"] == "01-003").unwrap();

    let played = run(&desk, &["listen", "output/today", "--chunk", "01-003"]);
    assert_eq!(played.code, Some(0), "{played:?}");
    assert_eq!(played.stdout, "\n01  食堂开张\n社区食堂每天供应20种菜。\n");
    assert_eq!(played.stderr, "");
    let wanted = frames("speech_end", cue) - frames("start", cue);
    assert!(
        (heard(&desk) - wanted).abs() < 0.1,
        "{} {wanted}",
        heard(&desk)
    );

    let played = run(&desk, &["listen", "output/today", "--chapter", "1"]);
    assert_eq!(played.code, Some(0), "{played:?}");
    let end = frames(
        "speech_end",
        index["chapters"][2]["cues"]
            .as_array()
            .unwrap()
            .last()
            .unwrap(),
    );
    let wanted = index["chapters"][1]["seconds"].as_f64().unwrap() + end - 0.25;
    assert!(
        (heard(&desk) - wanted).abs() < 0.1,
        "{} {wanted}",
        heard(&desk)
    );
}

#[test]
fn without_a_sound_device_it_says_so() {
    let desk = desk();
    let none = run_with(&desk, "", &["listen", "output/today"]);
    assert_eq!(none.code, Some(2), "{none:?}");
    assert_eq!(none.stdout, "");
    let told: Vec<&str> = none.stderr.lines().collect();
    assert!(told[0].starts_with("error: "), "{none:?}");
    assert!(told[0].contains("sound device"), "{none:?}");
    assert_eq!(
        told[1],
        "  help: connect loudspeakers or headphones and try again; the chapters are WAV files that any player opens"
    );
    assert_eq!(told.len(), 2, "{none:?}");
}

#[test]
fn what_is_not_there_is_not_played() {
    let desk = desk();
    let run = run(&desk, &["listen", "output/today", "--chunk", "07-001"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (
            Some(2),
            "error: the edition has no chunk `07-001`\n  help: `edition.json` and the subtitles name the chunks\n"
        )
    );
    let run = desk.run(&["listen", "output/today", "--chapter", "7"]);
    assert!(run.stderr.contains("its chapters are 0 to 2"), "{run:?}");
    let run = desk.run(&["listen", "output"]);
    assert!(
        run.stderr
            .contains("there is no edition here\n  --> output\n"),
        "{run:?}"
    );
}

#[test]
fn an_audition_has_every_voice_at_one_loudness() {
    let desk = desk();
    let text = "今天多云，气温8到15度，适合出门走走。";
    let made = desk.run(&[
        "audition", text, "--voice", "tone", "--voice", "espeak", "--voice", "tone", "--out",
        "a.wav", "--json",
    ]);
    assert_eq!(made.code, Some(0), "{made:?}");
    let told: serde_json::Value = serde_json::from_str(&made.stdout).unwrap();
    let heard = told["heard"].as_array().unwrap();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[1]["voice"], "espeak");
    let wav = hound::WavReader::open(desk.path("a.wav")).unwrap();
    let seconds = f64::from(wav.duration()) / f64::from(wav.spec().sample_rate);
    let end = heard[1]["start"].as_f64().unwrap() + heard[1]["seconds"].as_f64().unwrap();
    assert!((seconds - end - 0.9).abs() < 0.01, "{seconds} {end}");

    let played = run(&desk, &["audition", text, "--voice", "tone"]);
    assert_eq!(played.code, Some(0), "{played:?}");
    assert!(played.stdout.ends_with("\ntone\n"), "{played:?}");

    let fault = desk.run(&["audition", "……", "--voice", "tone", "--out", "b.wav"]);
    assert!(
        fault.stderr.contains("there is nothing to say in `……`"),
        "{fault:?}"
    );
    let fault = desk.run(&["audition", text, "--voice", "tnoe", "--out", "b.wav"]);
    assert!(fault.stderr.contains("did you mean `tone`?"), "{fault:?}");
    assert!(!desk.path("b.wav").exists());
}

#[test]
fn a_service_that_is_not_there_says_nothing() {
    let desk = Desk::new();
    let mut command = desk.command(&["say", "你好"]);
    // A socket that nobody listens at, in a folder where none can be made.
    command.env("SPEECHD_ADDRESS", "unix_socket:/proc/none/socket");
    let run = Run::from(command.output().unwrap());
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(
        run.stderr
            .starts_with("error: the platform's speech service cannot be reached"),
        "{run:?}"
    );
    assert!(
        run.stderr
            .contains("help: on Debian and Ubuntu: `apt install"),
        "{run:?}"
    );
    let run = desk.run(&["say", " "]);
    assert!(run.stderr.contains("there is nothing to say"), "{run:?}");
}
