//! The rules of the DAISY 2.02 Recommendation (28 February 2001) for a book in one
//! volume with full text and full audio.

mod meta;
mod ncc;
mod pages;
mod smil;
mod text;

use std::collections::HashMap;

use self::meta::Whole;
use super::sync::{self, Smil, Texts};
use super::xml::{Document, documents};
use super::{Files, Finding, Report, names};

/// Clauses by the titles of their sections; the Recommendation's own headings.
mod clause {
    /// Which documents and files there are, and how they are named.
    pub const FILES: &str = "DAISY 2.02, documents and files used in the standard";
    /// The navigation control centre.
    pub const NCC: &str = "DAISY 2.02, the NCC document";
    /// Its metadata.
    pub const NCC_META: &str = "DAISY 2.02, the NCC document: metadata; Appendix 2";
    /// Its body.
    pub const NCC_BODY: &str = "DAISY 2.02, the NCC document: body elements";
    /// Text documents.
    pub const TEXT: &str = "DAISY 2.02, the text content document";
    /// SMIL documents.
    pub const SMIL: &str = "DAISY 2.02, the SMIL document";
    /// Their metadata.
    pub const SMIL_META: &str = "DAISY 2.02, the SMIL document: metadata; Appendix 2";
    /// The master SMIL document.
    pub const MASTER: &str = "DAISY 2.02, the master SMIL document";
    /// XHTML.
    pub const XHTML: &str = "XHTML 1.0, 3.1.1: strictly conforming documents";
}

const NCC: &str = "ncc.html";
const MASTER: &str = "master.smil";

/// What is wrong with a DAISY 2.02 talking book; nothing when it is right.
pub fn daisy202(files: &Files) -> Vec<Finding> {
    let mut report = Report::default();
    for (path, _) in files.iter() {
        if !names::is_plain(path) {
            let message =
                "the name has other characters than letters, digits, `-`, `_`, `.` of ASCII";
            report.file(path, clause::FILES, message);
        }
    }
    let html = documents(files, &[".html", ".htm"], clause::XHTML, &mut report);
    let smil = documents(files, &[".smil", ".smi"], clause::SMIL, &mut report);
    let (ncc, texts): (Vec<_>, Vec<_>) = (html.iter()).partition(|d| is(d, NCC));
    let (master, smil): (Vec<_>, Vec<_>) = (smil.iter()).partition(|d| is(d, MASTER));
    match ncc.first() {
        Some(ncc) => book(files, ncc, &texts, &smil, &mut report),
        None if !files.iter().any(|(path, _)| path.eq_ignore_ascii_case(NCC)) => {
            report.file(NCC, clause::FILES, "there is no NCC document");
        }
        None => {}
    }
    if let Some(master) = master.first() {
        let names: Vec<&str> = smil.iter().map(|d| d.file).collect();
        let order = ncc.first().map(|ncc| ncc::spine(ncc));
        let whole = ncc.first().map(|ncc| Whole::of(ncc)).unwrap_or_default();
        smil::master(master, whole, &names, order.as_deref(), &mut report);
    }
    report.sorted()
}

fn is(document: &Document, name: &str) -> bool {
    document.file.eq_ignore_ascii_case(name)
}

fn book<'a>(
    files: &Files,
    ncc: &Document<'a>,
    texts: &[&Document<'a>],
    smil: &[&Document<'a>],
    report: &mut Report,
) {
    let whole = Whole::of(ncc);
    let smils: Vec<Smil> = (smil.iter())
        .map(|document| smil::read(document, whole, report))
        .collect();
    let by_name: HashMap<&str, &Smil> = smils.iter().map(|s| (s.document.file, s)).collect();
    let spine = ncc::spine(ncc);
    let in_order: Vec<&Smil> = (spine.iter())
        .filter_map(|file| by_name.get(file).copied())
        .collect();
    for smil in &smils {
        if !spine.contains(&smil.document.file) {
            let message = "no heading of the NCC leads to this SMIL file";
            report.file(smil.document.file, clause::NCC_BODY, message);
        }
    }
    let mut ids: Texts = HashMap::new();
    for document in texts {
        ids.insert(document.file, document.ids(clause::XHTML, report));
        text::check(document, whole, &by_name, report);
    }
    ncc::check(ncc, files, &by_name, &in_order, report);
    pages::texts(ncc, texts, &by_name, report);
    smil::times(&in_order, report);
    sync::clips(&in_order, files, clause::SMIL, report);
    let mut with_ncc = ids;
    let mut quiet = Report::default();
    with_ncc.insert(ncc.file, ncc.ids(clause::NCC, &mut quiet));
    sync::texts(&in_order, &with_ncc, clause::SMIL, report);
    strangers(files, &in_order, report);
}

/// Reports files of the folder that the book does not use.
fn strangers(files: &Files, smils: &[&Smil], report: &mut Report) {
    let pars = || smils.iter().flat_map(|s| &s.pars);
    for (path, _) in files.iter() {
        let html = matches!(names::extension(path).as_str(), "html" | "htm");
        let own = path.eq_ignore_ascii_case(NCC);
        let text = || pars().any(|p| p.text.is_some_and(|(file, _)| file == path));
        if html && !own && !text() {
            report.file(path, clause::TEXT, "nothing of this text document is heard");
        }
        let known = [
            "html", "htm", "smil", "smi", "mp3", "wav", "mp2", "css", "jpg", "gif", "png",
        ];
        if !known.contains(&names::extension(path).as_str()) {
            report.file(
                path,
                clause::FILES,
                "a file of this kind is no part of a DAISY 2.02 book",
            );
        }
    }
}
