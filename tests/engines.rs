//! Editions spoken by the platform's own voices and by programs: the real Speech
//! Dispatcher and the real eSpeak NG, which `make test` installs.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![cfg(all(target_os = "linux", feature = "platform"))]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use common::{Desk, Run};
use serde_json::Value;

/// A command whose temporary files lie at the desk, where they can be counted.
fn command(desk: &Desk, args: &[&str]) -> Command {
    // A socket's path has room for some 100 bytes.
    let temporary = temporary(desk);
    fs::create_dir_all(&temporary).unwrap();
    let mut command = desk.command(args);
    command.env("TMPDIR", temporary);
    command
}

fn temporary(desk: &Desk) -> PathBuf {
    desk.path("t")
}

fn run(desk: &Desk, args: &[&str]) -> Run {
    Run::from(command(desk, args).output().unwrap())
}

fn build(desk: &Desk, cast: &str, to: &str) -> Run {
    run(
        desk,
        &["build", "issues/hewan", "--cast", cast, "-q", "-o", to],
    )
}

fn chapters(edition: &Value) -> impl Iterator<Item = &Value> {
    edition["chapters"].as_array().unwrap().iter()
}

/// What the platform engine keeps while it works.
fn services(desk: &Desk) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(temporary(desk)) else {
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    folders.sort();
    folders
}

/// The processes that were started for this desk's services.
fn processes(desk: &Desk) -> Vec<u32> {
    let mark = temporary(desk).display().to_string();
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let pid = entry.file_name().to_string_lossy().parse();
        if let (Ok(pid), true) = (pid, String::from_utf8_lossy(&line).contains(&mark)) {
            found.push(pid);
        }
    }
    found
}

/// Waits until something is so; a test that waits in vain stops.
fn until(what: &str, is: impl Fn() -> bool) {
    for _ in 0..600 {
        if is() {
            return;
        }
        sleep(Duration::from_millis(50));
    }
    panic!("waited in vain until {what}");
}

fn nothing_stays(desk: &Desk) {
    until("the services are gone", || {
        services(desk).is_empty() && processes(desk).is_empty()
    });
}

/// An edition's index without what voices, their sound and times shape.
fn score(mut edition: Value) -> Value {
    edition["key"] = Value::Null;
    edition["voices"] = Value::Null;
    edition["frames"] = Value::Null;
    edition["diagnostics"] = Value::Null;
    edition["readings_sha256"] = Value::Null;
    for chapter in edition["chapters"].as_array_mut().unwrap() {
        for key in [
            "frames",
            "seconds",
            "sha256",
            "loudness_lufs",
            "true_peak_dbtp",
        ] {
            chapter[key] = Value::Null;
        }
        for cue in chapter["cues"].as_array_mut().unwrap() {
            for key in ["voice", "start", "speech_end", "end"] {
                cue[key] = Value::Null;
            }
        }
    }
    edition
}

#[test]
fn every_engine_speaks_the_sample_issue_from_start_to_end() {
    let desk = Desk::new();
    desk.sample_issue();
    module_cast(&desk);
    for cast in ["tone", "espeak", "platform", "module"] {
        let run = build(&desk, cast, cast);
        assert_eq!(run.code, Some(0), "{cast}: {run:?}");
        // All are as loud as their manifests say.
        assert!(!run.stderr.contains("than the others"), "{cast}: {run:?}");
        nothing_stays(&desk);
    }
    let tone = score(desk.edition("tone"));
    assert_eq!(score(desk.edition("espeak")), tone);
    assert_eq!(score(desk.edition("platform")), tone);
    assert_eq!(score(desk.edition("module")), tone);
    for chapter in chapters(&desk.edition("platform")) {
        let lufs = chapter["loudness_lufs"].as_f64().unwrap();
        assert!((-24.0..-16.0).contains(&lufs), "{lufs} LUFS");
    }
}

#[test]
fn two_builds_at_once_do_not_hear_each_other() {
    let desk = Desk::new();
    desk.sample_issue();
    let start = |to: &str, home: &str| -> Child {
        let args = [
            "build",
            "issues/hewan",
            "--cast",
            "platform",
            "-q",
            "-o",
            to,
        ];
        let mut command = command(&desk, &args);
        command
            .env("TINGBAO_HOME", desk.path(home))
            .stderr(Stdio::null());
        command.spawn().unwrap()
    };
    let mut both = [start("a", "home-a"), start("b", "home-b")];
    for child in &mut both {
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
    // eSpeak NG's noise goes on from one utterance to the next: the same chunk
    // differs by some hundredths of a second, and no more.
    let (a, b) = (desk.edition("a"), desk.edition("b"));
    for (a, b) in chapters(&a).zip(chapters(&b)) {
        let (a, b) = (
            a["seconds"].as_f64().unwrap(),
            b["seconds"].as_f64().unwrap(),
        );
        assert!((a - b).abs() < 0.01 * a + 0.1, "{a} and {b} s");
    }
    nothing_stays(&desk);
}

/// A build by such a cast under way, one worker.
fn begun(desk: &Desk, cast: &str) -> Child {
    let args = [
        "build",
        "issues/hewan",
        "--cast",
        cast,
        "-q",
        "-o",
        "out",
        "--workers",
        "1",
    ];
    let child = command(desk, &args).stderr(Stdio::piped()).spawn().unwrap();
    until("the service plays", || {
        let playing = |folder: &PathBuf| {
            let sound = folder.join("sound.wav");
            fs::metadata(sound).is_ok_and(|m| m.len() > 200_000)
        };
        services(desk).iter().any(playing)
    });
    child
}

fn kill(pid: u32) {
    let done = Command::new("kill").args(["-9", &pid.to_string()]).status();
    assert!(done.unwrap().success());
}

#[test]
fn a_service_killed_in_the_middle_is_started_anew() {
    let desk = Desk::new();
    desk.sample_issue();
    module_cast(&desk);
    let child = begun(&desk, "module");
    let pid = fs::read_to_string(services(&desk)[0].join("pid")).unwrap();
    kill(pid.trim().parse().unwrap());
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(desk.edition("out")["omitted"].as_array().unwrap().len(), 2);
    nothing_stays(&desk);
}

#[test]
fn nothing_stays_when_the_program_is_killed() {
    for cast in ["platform", "module"] {
        let desk = Desk::new();
        desk.sample_issue();
        module_cast(&desk);
        let mut child = begun(&desk, cast);
        kill(child.id());
        child.wait().unwrap();
        nothing_stays(&desk);
    }
}

/// The manifest of a built-in voice; that of `module` is the platform's with a module of
/// its own in place of the program that writes.
fn manifest(desk: &Desk, of: &str) -> String {
    if of != "module" {
        return run(desk, &["voices", "manifest", of]).stdout;
    }
    let text = run(desk, &["voices", "manifest", "platform"]).stdout;
    let own = text.find("# Speech Dispatcher's generic").unwrap();
    let mut text = text[..own].to_string();
    for (from, to) in [
        ("name = \"platform\"", "name = \"module\""),
        (
            "\"cmn-latn-pinyin\"",
            "\"Chinese (Mandarin, latin as Pinyin)\"",
        ),
        ("slowest = 0.1", "slowest = 0.47"),
        ("fastest = 1.9", "fastest = 2.64"),
        ("level_db = -0.8", "level_db = -5.1"),
    ] {
        assert!(text.contains(from), "{from} in {text}");
        text = text.replace(from, to);
    }
    let install = text.lines().find(|l| l.starts_with("install")).unwrap();
    text.replace(install, "")
}

/// A cast of that voice.
fn module_cast(desk: &Desk) {
    desk.write("module.toml", manifest(desk, "module"));
    assert_eq!(run(desk, &["voices", "add", "module.toml"]).code, Some(0));
    desk.write(
        "home/data/voices/casts/module.toml",
        "name = \"module\"\ndescription = \"\"\nbody = { voice = \"module\" }\n\
         headline = { voice = \"module\" }\n",
    );
}

/// A voice of the desk's own, made from a built-in one.
fn own_voice(desk: &Desk, from: &str, change: (&str, &str)) {
    let manifest = manifest(desk, from);
    assert!(manifest.contains(change.0), "{manifest}");
    let name = format!("name = \"{from}\"");
    let manifest = manifest
        .replace(&name, "name = \"own\"")
        .replace(change.0, change.1);
    desk.write("own.toml", manifest);
    let added = run(desk, &["voices", "add", "own.toml"]);
    assert_eq!(added.code, Some(0), "{added:?}");
    desk.issue("i", "headline = \"新路灯\"", "路灯亮了。")
        .write(
            "i/issue.toml",
            "paper = \"荷湾社区报\"\nbody_voice = \"own\"\nheadline_voice = \"own\"\n",
        );
}

const BUILD: &[&str] = &["build", "i", "-q", "-o", "out"];

#[test]
fn a_module_that_is_not_there_is_named() {
    let desk = Desk::new();
    own_voice(
        &desk,
        "module",
        ("module = \"espeak-ng\"", "module = \"no-such-module\""),
    );
    let run = run(&desk, BUILD);
    assert_eq!(run.code, Some(2));
    let first = run.stderr.lines().next().unwrap();
    assert!(
        first.starts_with(
            "error: the platform's speech service ended at once (exit status: 1) with the module \
             `no-such-module`; its log ends: "
        ),
        "{first}"
    );
    assert!(
        run.stderr.contains("apt install speech-dispatcher "),
        "{run:?}"
    );
    nothing_stays(&desk);
}

#[test]
fn a_voice_the_platform_does_not_have_is_named() {
    let desk = Desk::new();
    own_voice(&desk, "module", ("latin as Pinyin", "latin as Klingon"));
    let run = run(&desk, BUILD);
    assert_eq!(run.code, Some(2));
    assert_eq!(
        run.stderr,
        "error: the platform has no voice called `Chinese (Mandarin, latin as Klingon)`\n  \
         help: `tingbao voices --platform` lists them; correct `voice` in the manifest\n"
    );
}

#[test]
fn a_variant_of_a_voice_speaks_too() {
    let desk = Desk::new();
    own_voice(
        &desk,
        "module",
        ("latin as Pinyin)", "latin as Pinyin)+Adam"),
    );
    let run = run(&desk, BUILD);
    assert_eq!(run.code, Some(0), "{run:?}");
    nothing_stays(&desk);
}

#[test]
fn a_program_that_writes_nothing_is_a_silent_voice() {
    let desk = Desk::new();
    own_voice(&desk, "platform", ("\"--stdin\"", "\"--stdin\", \"-q\""));
    let silent = run(&desk, BUILD);
    assert_eq!(silent.code, Some(2), "{silent:?}");
    assert_eq!(
        silent.stderr,
        "error: the voice `own` is silent: 8 takes, and no sound in any\n  help: `tingbao \
         audition 你好 --voice own` tries it; correct its manifest, or choose another voice\n"
    );
    // One that fails is told with what it said.
    own_voice(
        &desk,
        "platform",
        ("\"--stdin\"", "\"--stdin\", \"--nope\""),
    );
    let failed = run(&desk, BUILD);
    assert_eq!(failed.code, Some(2), "{failed:?}");
    assert!(
        failed
            .stderr
            .starts_with("error: the program of the voice failed: espeak-ng: unrecognized option"),
        "{failed:?}"
    );
    nothing_stays(&desk);
}

#[test]
fn a_voice_far_from_its_level_is_told() {
    let desk = Desk::new();
    own_voice(&desk, "platform", ("level_db = -0.8", "level_db = -14.8"));
    desk.write(
        "i/articles/01-a.md",
        "+++\nheadline = \"新消息\"\n+++\n\n天亮了，路灯也亮了，居民们说这样晚上回家放心多了。\n",
    );
    let run = run(&desk, BUILD);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.stderr
            .contains("doubt: the voice `own` is 14 dB fainter than the others"),
        "{run:?}"
    );
}

#[test]
fn other_languages_are_read_by_the_platform() {
    let desk = Desk::new();
    for (language, text, welcome) in [
        (
            "fr",
            "La réunion commence à sept heures. Venez nombreux!",
            "Bienvenue à l'écoute de La Feuille.",
        ),
        (
            "ru",
            "Собрание жителей начинается в семь часов. Приходите все.",
            "Вы слушаете газету La Feuille.",
        ),
        (
            "ko",
            "주민 회의는 일곱 시에 시작합니다. 모두 오세요.",
            "La Feuille, 들으시는 신문입니다.",
        ),
        (
            "th",
            "การประชุมเริ่มเวลาหนึ่งทุ่ม มาร่วมกันนะครับ",
            "Welcome to La Feuille.",
        ),
    ] {
        desk.issue("i", "headline = \"15\"", text).write(
            "i/issue.toml",
            format!("paper = \"La Feuille\"\nlanguage = \"{language}\"\ncast = \"platform\"\n"),
        );
        let run = run(&desk, BUILD);
        assert_eq!(run.code, Some(0), "{language}: {run:?}");
        let index = desk.edition("out");
        assert_eq!(index["chapters"][0]["cues"][0]["text"], welcome);
        let body = index["chapters"][1]["cues"].as_array().unwrap();
        let body = body.iter().filter(|c| c["role"] == "body");
        for cue in body {
            assert_eq!(cue["voice"], format!("platform_{language}"));
            let rate = index["sample_rate"].as_f64().unwrap();
            let frames = |key: &str| cue[key].as_f64().unwrap();
            let seconds = (frames("speech_end") - frames("start")) / rate;
            // Letters that were lost on the way would be said in no time.
            let letters = cue["text"].as_str().unwrap().chars().count() as f64;
            assert!(seconds > 0.04 * letters, "{language}: {seconds} s");
        }
        nothing_stays(&desk);
    }
}

#[test]
fn the_list_of_voices_tells_what_is_not_installed() {
    let desk = Desk::new();
    own_voice(
        &desk,
        "module",
        ("module = \"espeak-ng\"", "module = \"no-such-module\""),
    );
    let state = |list: &str, voice: &str| -> String {
        let mut lines = list.lines();
        let found = lines.any(|l| l.starts_with(&format!("{voice}  ")));
        assert!(found, "{voice} in {list}");
        lines.next().unwrap().trim().to_string()
    };
    let here = run(&desk, &["voices"]).stdout;
    assert_eq!(state(&here, "espeak"), "installed");
    assert_eq!(state(&here, "platform"), "installed");
    assert_eq!(
        state(&here, "own"),
        "not installed: the program `sd_no-such-module` of the module `no-such-module`; on Debian \
         and Ubuntu: `apt install speech-dispatcher speech-dispatcher-audio-plugins`, and the \
         package that has the module"
    );
    let bare = command(&desk, &["voices"]).env("PATH", "/nowhere").output();
    let bare = Run::from(bare.unwrap()).stdout;
    assert_eq!(
        state(&bare, "espeak"),
        "not installed: the program `espeak-ng`; on Debian and Ubuntu: `apt install espeak-ng`"
    );
    let platform = state(&bare, "platform");
    assert!(
        platform.starts_with(
            "not installed: the program `speech-dispatcher`; on Debian and Ubuntu: `apt install \
             speech-dispatcher "
        ),
        "{platform}"
    );
}

#[test]
fn a_missing_package_is_named_before_anything_is_spoken() {
    let desk = Desk::new();
    desk.sample_issue();
    for (cast, program, help) in [
        (
            "platform",
            "speech-dispatcher",
            "apt install speech-dispatcher ",
        ),
        ("espeak", "espeak-ng", "apt install espeak-ng"),
    ] {
        let args = ["build", "issues/hewan", "--cast", cast, "-q", "-o", "out"];
        let output = command(&desk, &args).env("PATH", "/nowhere").output();
        let run = Run::from(output.unwrap());
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(
            run.stderr
                .contains(&format!("`{program}`, which is not installed")),
            "{run:?}"
        );
        assert!(run.stderr.contains(help), "{run:?}");
        assert!(!desk.path("out").exists());
    }
}

#[test]
fn a_command_that_breaks_halfway_is_told_aloud_and_listed() {
    let desk = Desk::new();
    let script = "if grep -q deng1 {input}; then echo no such lamp >&2; exit 1; fi; \
                  exec espeak-ng -v cmn-latn-pinyin -f {input} -w {output}";
    let manifest = run(&desk, &["voices", "manifest", "espeak"]).stdout;
    let begin = manifest.find("args = ").unwrap();
    let args = manifest[begin..].lines().next().unwrap().to_string();
    own_voice(
        &desk,
        "espeak",
        (&args, &format!("args = [\"-c\", \"{script}\"]")),
    );
    let own = desk
        .read("own.toml")
        .replace("program = \"espeak-ng\"", "program = \"sh\"");
    let own = own.replace("version = [\"--version\"]", "");
    desk.write("own.toml", own);
    assert_eq!(run(&desk, &["voices", "add", "own.toml"]).code, Some(0));
    desk.write(
        "i/articles/01-a.md",
        "+++\nheadline = \"新消息\"\n+++\n\n天亮了。路灯也亮了。\n",
    );
    let built = run(&desk, BUILD);
    assert_eq!(built.code, Some(1), "{built:?}");
    assert!(
        built
            .stderr
            .contains("`sh` failed (exit status: 1): no such lamp"),
        "{built:?}"
    );
}

#[test]
fn a_voice_is_measured_and_its_manifest_keeps_it() {
    let desk = Desk::new();
    let measured = run(&desk, &["voices", "measure", "espeak"]);
    assert_eq!(measured.code, Some(0), "{measured:?}");
    assert!(
        measured.stdout.starts_with("espeak: level "),
        "{measured:?}"
    );
    let manifest = desk.read("home/data/voices/espeak/voice.toml");
    let manifest: toml::Table = manifest.parse().unwrap();
    let pace = manifest["pace"].as_float().unwrap();
    assert!((2.0..8.0).contains(&pace), "{pace}");
    assert!(manifest["longest"].as_integer().unwrap() >= 60);
    assert_eq!(manifest["sample_rate"].as_integer(), Some(22_050));
}

#[test]
fn what_a_killed_run_left_is_cleared_away_by_the_next() {
    let desk = Desk::new();
    desk.sample_issue();
    let left = temporary(&desk).join("tingbao-speech-1-0");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("lock"), "").unwrap();
    let old = std::time::SystemTime::now() - Duration::from_secs(60);
    fs::File::open(&left).unwrap().set_modified(old).unwrap();
    assert_eq!(build(&desk, "platform", "out").code, Some(0));
    assert!(!Path::new(&left).exists());
    nothing_stays(&desk);
}
