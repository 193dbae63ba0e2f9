//! Damaging books, and looking whether it is found.

use tingbao::check::{File, Files, Finding};

/// The text of a document of a book.
pub fn text(files: &Files, path: &str) -> String {
    match files.get(path) {
        Some(File::Document(bytes)) => String::from_utf8(bytes.clone()).unwrap(),
        other => panic!("{path}: {other:?}"),
    }
}

/// The book with something else in one place of a document.
pub fn changed(files: &Files, path: &str, from: &str, to: &str) -> Files {
    let whole = text(files, path);
    assert!(whole.contains(from), "{path} has no `{from}`:\n{whole}");
    let mut files = files.clone();
    let damaged = whole.replacen(from, to, 1);
    files.insert(path, File::Document(damaged.into_bytes()));
    files
}

/// The rows of a table of damage: a file, what stands there, what is put in its
/// place, and what is found.
pub fn cases(table: &'static str) -> impl Iterator<Item = [&'static str; 4]> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [file, from, to, message] = cells[..] else {
            panic!("{line}");
        };
        let to = if to == "-" { "" } else { to };
        [file, from, to, message]
    })
}

/// Something in `file` says so, and every finding names its clause.
pub fn found(findings: &[Finding], file: &str, message: &str) {
    let there = |f: &Finding| f.file == file && f.message.contains(message);
    assert!(
        findings.iter().any(there),
        "{file}: {message}\nfound:\n{}",
        told(findings)
    );
    assert!(findings.iter().all(|f| !f.clause.is_empty()));
}

/// Nothing is wrong.
pub fn nothing(name: &str, findings: &[Finding]) {
    assert!(findings.is_empty(), "{name}:\n{}", told(findings));
}

fn told(findings: &[Finding]) -> String {
    let all: Vec<String> = findings.iter().map(ToString::to_string).collect();
    all.join("\n")
}
