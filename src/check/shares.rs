//! The player's page and the stick: whether what they name is there.

use std::collections::BTreeSet;

use super::{File, Files, Finding, Report};

const PLAYER: &str = "the player's page";
const STICK: &str = "the stick's playlist";

/// What is wrong with the player `index` among the files of its folder.
pub fn player(files: &Files, index: &str) -> Vec<Finding> {
    let mut report = Report::default();
    let Some(page) = document(files, index, PLAYER, &mut report) else {
        return report.sorted();
    };
    if !page.trim_end().ends_with("</html>") {
        report.file(index, PLAYER, "the page is cut short");
    }
    let mut named = BTreeSet::new();
    for (n, line) in (1..).zip(page.lines()) {
        for attribute in ["src=\"", "href=\""] {
            for value in line.split(attribute).skip(1) {
                let value = value.split('"').next().unwrap_or_default();
                if value.starts_with('#') || value.starts_with("data:") {
                    continue;
                }
                if value.contains("//") {
                    report.line(index, n, PLAYER, format!("`{value}` leads out of the page"));
                } else if files.get(value).is_none() {
                    report.line(index, n, PLAYER, format!("`{value}` is missing"));
                } else {
                    named.insert(value.to_string());
                }
            }
        }
    }
    for (file, _) in files.iter().filter(|(f, _)| f.starts_with("audio/")) {
        if !named.contains(file) {
            report.file(file, PLAYER, "the page does not play it");
        }
    }
    report.sorted()
}

/// What is wrong with the stick's files.
pub fn usb(files: &Files) -> Vec<Finding> {
    let mut report = Report::default();
    let lists: Vec<&str> = (files.iter().map(|(name, _)| name))
        .filter(|name| name.ends_with(".m3u8") || name.ends_with(".m3u"))
        .collect();
    if lists.is_empty() {
        report.file("00.m3u8", STICK, "the playlist is missing");
    }
    let sounds: Vec<&str> = (files.iter())
        .filter(|(name, _)| name.ends_with(".mp3"))
        .map(|(name, _)| name)
        .collect();
    for list in lists {
        let Some(text) = document(files, list, STICK, &mut report) else {
            continue;
        };
        let named: Vec<&str> = (text.lines().map(str::trim))
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect();
        for name in named.iter().filter(|n| files.get(n).is_none()) {
            report.file(list, STICK, format!("`{name}` is missing"));
        }
        for sound in sounds.iter().filter(|s| !named.contains(s)) {
            report.file(list, STICK, format!("`{sound}` is not in the playlist"));
        }
        if !named.is_sorted() {
            report.file(list, STICK, "the order is not the order of the names");
        }
    }
    report.sorted()
}

fn document<'a>(
    files: &'a Files,
    name: &str,
    clause: &'static str,
    report: &mut Report,
) -> Option<&'a str> {
    let text = match files.get(name) {
        Some(File::Document(bytes)) => std::str::from_utf8(bytes).ok(),
        _ => None,
    };
    if text.is_none() {
        report.file(name, clause, "it is missing or not UTF-8");
    }
    text
}
