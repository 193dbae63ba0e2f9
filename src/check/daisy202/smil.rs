//! SMIL documents and the master of them.

use super::super::grammar::{Content, Rule, conform};
use super::super::sync::{Dialect, Smil, same};
use super::super::xml::Document;
use super::super::{Report, clock};
use super::clause;
use super::meta::{self, Whole};

/// SMIL 1.0 (appendix A, the DTD), as much as DAISY 2.02 uses.
const RULES: &[Rule] = &[
    ("smil", Content::Order("head body"), "id"),
    ("head", Content::Order("meta* layout meta*"), "id"),
    ("meta", Content::Empty, "name! content! skip-content"),
    ("layout", Content::Order("region+"), "id type"),
    (
        "region",
        Content::Empty,
        "id! title left top width height z-index background-color fit skip-content",
    ),
    ("body", Content::Order("seq"), "id"),
    (
        "seq",
        Content::Some("par seq text audio img"),
        "id dur repeat",
    ),
    (
        "par",
        Content::Some("text seq audio img"),
        "id! endsync! system-required dur repeat",
    ),
    ("text", Content::Empty, "id! src! region type"),
    (
        "audio",
        Content::Empty,
        "id! src! clip-begin! clip-end! region type",
    ),
    ("img", Content::Empty, "id! src! region type"),
];

/// The same for the master SMIL document.
const MASTER_RULES: &[Rule] = &[
    ("smil", Content::Order("head body"), "id"),
    ("head", Content::Order("meta* layout meta*"), "id"),
    ("meta", Content::Empty, "name! content! skip-content"),
    ("layout", Content::Order("region+"), "id type"),
    ("region", Content::Empty, "id!"),
    ("body", Content::Order("ref+"), "id"),
    ("ref", Content::Empty, "id! src! title"),
];

/// What a listener may have passed over.
const SKIPPABLE: &[&str] = &["pagenumber-on", "sidebar-on", "prodnote-on", "footnote-on"];

const PUBLIC_ID: &str = "-//W3C//DTD SMIL 1.0//EN";

const DIALECT: Dialect = Dialect {
    begin: "clip-begin",
    end: "clip-end",
    clock: clock::npt,
    clause: clause::SMIL,
};

/// Reads and checks a SMIL document by itself.
pub fn read<'a, 'b>(document: &'b Document<'a>, whole: Whole, report: &mut Report) -> Smil<'a, 'b> {
    document.expect("smil", "", &[PUBLIC_ID], clause::SMIL, report);
    conform(document, RULES, clause::SMIL, report);
    document.ids(clause::SMIL, report);
    meta::smil(document, whole, clause::SMIL_META, report);
    for par in document.named("par") {
        let endsync = par.attribute("endsync").unwrap_or("last");
        let required = par.attribute("system-required");
        if let Some(other) = required.filter(|r| !SKIPPABLE.contains(r)) {
            let message = format!("`system-required` is `{other}`, which no player knows");
            document.find(report, par, clause::SMIL, message);
        }
        if endsync != "last" {
            let message = format!("`endsync` is `{endsync}`; it must be `last`");
            document.find(report, par, clause::SMIL, message);
        }
    }
    for seq in document.named("seq") {
        let parent = seq.parent_element().map(|p| p.tag_name().name());
        let of_sound = parent == Some("par");
        for inner in seq.children().filter(|n| n.is_element()) {
            let name = inner.tag_name().name();
            if of_sound != (name == "audio") {
                let message = match of_sound {
                    true => format!("`{name}` stands in a `seq` of sounds"),
                    false => format!("`{name}` stands in no `par`"),
                };
                document.find(report, inner, clause::SMIL, message);
            }
        }
    }
    let smil = Smil::read(document, &DIALECT, report);
    duration(&smil, report);
    smil
}

/// The duration of the outermost `seq`.
fn duration(smil: &Smil, report: &mut Report) {
    let document = smil.document;
    let body = document.named("body").next();
    let seq = body.and_then(|b| b.children().find(|n| n.has_tag_name("seq")));
    let Some(seq) = seq else {
        return;
    };
    let Some(dur) = seq.attribute("dur") else {
        document.find(report, seq, clause::SMIL, "the outermost `seq` lacks `dur`");
        return;
    };
    let seconds = dur.ends_with('s').then(|| clock::value(dur)).flatten();
    match seconds {
        None => {
            let message = format!("`dur` is `{dur}`; it must be seconds, such as `12.345s`");
            document.find(report, seq, clause::SMIL, message);
        }
        Some(ms) if !same(ms, smil.duration) => {
            let message = format!("`dur` is {ms} ms, but the clips last {} ms", smil.duration);
            document.find(report, seq, clause::SMIL, message);
        }
        Some(_) => {}
    }
}

/// The times that the documents tell of themselves, in the order of the book.
pub fn times(smils: &[&Smil], report: &mut Report) {
    let mut elapsed = 0;
    for smil in smils {
        for (name, truth) in [
            ("ncc:timeInThisSmil", smil.duration),
            ("ncc:totalElapsedTime", elapsed),
        ] {
            meta::time(smil.document, name, truth, clause::SMIL_META, report);
        }
        elapsed += smil.duration;
    }
}

/// The master SMIL document: it names every SMIL document once, in order. `order` is
/// that of the NCC.
pub fn master(
    document: &Document,
    whole: Whole,
    smils: &[&str],
    order: Option<&[&str]>,
    report: &mut Report,
) {
    document.expect("smil", "", &[PUBLIC_ID], clause::MASTER, report);
    conform(document, MASTER_RULES, clause::MASTER, report);
    document.ids(clause::MASTER, report);
    meta::smil(document, whole, clause::MASTER, report);
    let mut named = Vec::new();
    for node in document.named("ref") {
        let src = node.attribute("src").unwrap_or_default();
        let file = src.split('#').next().unwrap_or_default();
        if !smils.contains(&file) {
            document.find(
                report,
                node,
                clause::MASTER,
                format!("the SMIL file `{src}` is missing"),
            );
        } else if named.contains(&file) {
            document.find(
                report,
                node,
                clause::MASTER,
                format!("`{file}` is named twice"),
            );
        }
        named.push(file);
    }
    for file in smils.iter().filter(|f| !named.contains(f)) {
        report.file(
            document.file,
            clause::MASTER,
            format!("`{file}` is not named"),
        );
    }
    let mut sorted = named.clone();
    sorted.sort_unstable();
    let mut expected = order.unwrap_or_default().to_vec();
    expected.sort_unstable();
    if sorted == expected && Some(named.as_slice()) != order {
        let message = "the SMIL files stand in another order than in the NCC";
        report.file(document.file, clause::MASTER, message);
    }
}
