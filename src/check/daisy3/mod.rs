//! The rules of ANSI/NISO Z39.86-2005 (DAISY 3) for a book with full text and full
//! audio.

mod dtbook;
mod ncx;
mod package;
mod pages;
mod resource;
mod smil;

use std::collections::HashMap;

use super::sync::{self, Smil, Texts};
use super::xml::{Document, documents};
use super::{Files, Finding, Report, names};

/// Clauses.
mod clause {
    /// Names of files.
    pub const NAMES: &str = "Z39.86-2005, 3.3.1: names of files";
    /// The package file.
    pub const PACKAGE: &str = "Z39.86-2005, 3: the package file";
    /// Its identifier.
    pub const IDENTITY: &str = "Z39.86-2005, 3.1: package identity";
    /// Dublin Core metadata.
    pub const DUBLIN: &str = "Z39.86-2005, 3.2.1: Dublin Core metadata";
    /// Metadata of digital talking books.
    pub const X_META: &str = "Z39.86-2005, 3.2.3: x-metadata";
    /// The manifest.
    pub const MANIFEST: &str = "Z39.86-2005, 3.3: manifest";
    /// The spine.
    pub const SPINE: &str = "Z39.86-2005, 3.4: spine";
    /// Text.
    pub const TEXT: &str = "Z39.86-2005, 4: content format for text";
    /// Synchronisation.
    pub const SMIL: &str = "Z39.86-2005, 7: synchronization of media files";
    /// The navigation control file.
    pub const NCX: &str = "Z39.86-2005, 8: navigation control file";
    /// The order of its points.
    pub const PLAY_ORDER: &str = "Z39.86-2005, 8: navigation control file: playOrder";
    /// The resource file.
    pub const RESOURCE: &str = "Z39.86-2005, 10: resource file";
}

/// What is wrong with a DAISY 3 talking book; nothing when it is right.
pub fn daisy3(files: &Files) -> Vec<Finding> {
    let mut report = Report::default();
    for (path, _) in files.iter() {
        if !path.split('/').all(names::is_plain) {
            let message =
                "the name has other characters than letters, digits, `-`, `_`, `.` of ASCII";
            report.file(path, clause::NAMES, message);
        }
    }
    let packages = documents(files, &[".opf"], clause::PACKAGE, &mut report);
    let ncxs = documents(files, &[".ncx"], clause::NCX, &mut report);
    let texts = documents(files, &[".xml"], clause::TEXT, &mut report);
    let smils = documents(files, &[".smil"], clause::SMIL, &mut report);
    let resources = documents(files, &[".res"], clause::RESOURCE, &mut report);
    for resource in &resources {
        resource::check(resource, &ncxs, &mut report);
    }
    for (kind, ending, clause) in [
        ("package", "opf", clause::PACKAGE),
        ("navigation control", "ncx", clause::NCX),
    ] {
        let found = files
            .iter()
            .filter(|(path, _)| names::extension(path) == ending);
        let count = found.count();
        if count != 1 {
            let message = format!("there are {count} {kind} files; there must be one");
            report.file(&format!("*.{ending}"), clause, message);
        }
    }
    if let [package, ..] = &packages[..] {
        book(files, package, &ncxs, &texts, &smils, &mut report);
    }
    report.sorted()
}

fn book<'a>(
    files: &Files,
    package: &Document<'a>,
    ncxs: &[Document<'a>],
    texts: &[Document<'a>],
    smils: &[Document<'a>],
    report: &mut Report,
) {
    let uid = package::uid(package);
    let uid = uid.as_deref();
    let smils: Vec<Smil> = (smils.iter())
        .map(|document| smil::read(document, uid, report))
        .collect();
    let by_name: HashMap<&str, &Smil> = smils.iter().map(|s| (s.document.file, s)).collect();
    let spine = package::spine(package);
    let in_order: Vec<&Smil> = (spine.iter())
        .filter_map(|file| by_name.get(file).copied())
        .collect();
    package::check(package, files, report);
    let total = in_order.iter().map(|s| s.duration).sum();
    package::total_time(package, total, report);
    smil::times(&in_order, report);
    sync::clips(&in_order, files, clause::SMIL, report);
    let mut ids: Texts = HashMap::new();
    for document in texts {
        ids.insert(document.file, document.ids(clause::TEXT, report));
        dtbook::check(document, uid, &by_name, report);
    }
    sync::texts(&in_order, &ids, clause::SMIL, report);
    let tests = smil::custom_tests(&in_order, report);
    for ncx in ncxs {
        ncx::check(ncx, uid, files, &in_order, &tests, report);
        pages::check(ncx, texts, &by_name, report);
    }
    let resources = files
        .iter()
        .any(|(path, _)| names::extension(path) == "res");
    if !tests.is_empty() && !resources {
        let message = "there are skippable structures but no resource file";
        report.file(package.file, clause::RESOURCE, message);
    }
}

/// The `meta` of a document that must be there once, with this content where one is
/// given.
fn meta(
    document: &Document,
    name: &str,
    content: Option<&str>,
    clause: &'static str,
    report: &mut Report,
) {
    let metas = document.metas();
    let mut found = metas.iter().filter(|m| m.name == name);
    match found.next() {
        None => report.file(document.file, clause, format!("`{name}` is missing")),
        Some(meta) if meta.content.trim().is_empty() => {
            document.find(report, meta.node, clause, format!("`{name}` is empty"));
        }
        Some(meta) => {
            if let Some(content) = content.filter(|c| *c != meta.content) {
                let message = format!("`{name}` is `{}`; it should be `{content}`", meta.content);
                document.find(report, meta.node, clause, message);
            }
        }
    }
    for more in found {
        document.find(
            report,
            more.node,
            clause,
            format!("`{name}` is told more than once"),
        );
    }
}

/// Metadata with the prefix `dtb:` must be one of these.
fn known(document: &Document, allowed: &[&str], clause: &'static str, report: &mut Report) {
    for meta in document.metas() {
        let unknown = (meta.name.strip_prefix("dtb:")).is_some_and(|n| !allowed.contains(&n));
        if unknown {
            let message = format!("`{}` is no metadata of this document", meta.name);
            document.find(report, meta.node, clause, message);
        }
    }
}
