//! SMIL documents.

use std::collections::BTreeMap;

use super::super::grammar::{Content, Rule, conform};
use super::super::sync::{Dialect, Smil, same};
use super::super::xml::{Document, Meta};
use super::super::{Report, clock};
use super::{clause, known, meta};

/// The DTB profile of SMIL 2.0, dtbsmil 2005-2.
const RULES: &[Rule] = &[
    (
        "smil",
        Content::Order("head body"),
        "id class title xml:lang",
    ),
    (
        "head",
        Content::Order("meta* layout? meta* customAttributes? meta*"),
        "id class title xml:lang",
    ),
    ("meta", Content::Empty, "name! content"),
    (
        "layout",
        Content::Order("region+"),
        "id class title xml:lang",
    ),
    (
        "region",
        Content::Empty,
        "id! height width bottom top left right fit z-index backgroundColor showBackground",
    ),
    (
        "customAttributes",
        Content::Order("customTest+"),
        "id class title xml:lang",
    ),
    (
        "customTest",
        Content::Empty,
        "id! class defaultState! title xml:lang override!",
    ),
    (
        "body",
        Content::Some("par seq text audio img a"),
        "id class title xml:lang",
    ),
    (
        "seq",
        Content::Some("par seq text audio img a"),
        "id! class customTest dur end fill",
    ),
    (
        "par",
        Content::Some("seq text audio img a"),
        "id! class customTest",
    ),
    ("text", Content::Empty, "id region src! type"),
    (
        "audio",
        Content::Empty,
        "id src! clipBegin! clipEnd! region type",
    ),
    ("img", Content::Empty, "id region src! type"),
    (
        "a",
        Content::Some("par seq text audio img"),
        "id class title xml:lang href! external",
    ),
];

const NAMESPACE: &str = "http://www.w3.org/2001/SMIL20/";
const PUBLIC_IDS: &[&str] = &[
    "-//NISO//DTD dtbsmil 2005-2//EN",
    "-//NISO//DTD dtbsmil 2005-1//EN",
];

const DIALECT: Dialect = Dialect {
    begin: "clipBegin",
    end: "clipEnd",
    clock: clock::value,
    clause: clause::SMIL,
};

/// Reads and checks a SMIL document by itself; `uid` is the book's identifier.
pub fn read<'a, 'b>(
    document: &'b Document<'a>,
    uid: Option<&str>,
    report: &mut Report,
) -> Smil<'a, 'b> {
    document.expect("smil", NAMESPACE, PUBLIC_IDS, clause::SMIL, report);
    conform(document, RULES, clause::SMIL, report);
    document.languages(clause::SMIL, report);
    known(
        document,
        &["uid", "generator", "totalElapsedTime"],
        clause::SMIL,
        report,
    );
    meta(document, "dtb:uid", uid, clause::SMIL, report);
    meta(document, "dtb:totalElapsedTime", None, clause::SMIL, report);
    for par in document.named("par") {
        for name in ["text", "audio", "img", "seq"] {
            if par
                .children()
                .filter(|n| n.has_tag_name((NAMESPACE, name)))
                .count()
                > 1
            {
                let message = format!("a `par` may have one `{name}`, no more");
                document.find(report, par, clause::SMIL, message);
            }
        }
    }
    references(document, report);
    let smil = Smil::read(document, &DIALECT, report);
    whole(&smil, report);
    smil
}

/// Ids are unique; custom tests that are used stand in the head.
fn references(document: &Document, report: &mut Report) {
    let ids = document.ids(clause::SMIL, report);
    let mut lost = Vec::new();
    for node in document.elements() {
        let Some(test) = node.attribute("customTest") else {
            continue;
        };
        if ids
            .get(test)
            .is_none_or(|n| n.tag_name().name() != "customTest")
        {
            lost.push((node, format!("`{test}` is no `customTest` of the head")));
        }
    }
    for (node, message) in lost {
        document.find(report, node, clause::SMIL, message);
    }
}

/// The duration of the outermost `seq`.
fn whole(smil: &Smil, report: &mut Report) {
    let document = smil.document;
    let seqs = document.named("seq").filter(|n| {
        let parent = n.parent_element();
        parent.is_some_and(|p| p.tag_name().name() == "body")
    });
    let mut total = Some(0);
    let mut last = None;
    for seq in seqs {
        last = Some(seq);
        let dur = seq.attribute("dur");
        let ms = dur.and_then(clock::value);
        if ms.is_none() {
            let message = format!("`dur` is `{}`, which is no time", dur.unwrap_or_default());
            document.find(report, seq, clause::SMIL, message);
        }
        total = total.zip(ms).map(|(a, b)| a + b);
    }
    if let (Some(seq), Some(total)) = (last, total)
        && !same(total, smil.duration)
    {
        let message = format!(
            "`dur` is {total} ms, but the clips last {} ms",
            smil.duration
        );
        document.find(report, seq, clause::SMIL, message);
    }
}

/// `dtb:totalElapsedTime` is the length of all SMIL files before.
pub fn times(smils: &[&Smil], report: &mut Report) {
    let mut elapsed = 0;
    for smil in smils {
        for meta in &smil.document.metas() {
            if meta.name == "dtb:totalElapsedTime" {
                time(smil.document, meta, elapsed, clause::SMIL, report);
            }
        }
        elapsed += smil.duration;
    }
}

/// A time that must be the truth, in milliseconds; told in whole seconds it may be
/// half a second off.
pub fn time(
    document: &Document,
    meta: &Meta,
    truth: u64,
    clause: &'static str,
    report: &mut Report,
) {
    let told = clock::value(meta.content);
    let tolerance = if clock::is_hms(meta.content) { 500 } else { 1 };
    if told.is_none_or(|told| told.abs_diff(truth) > tolerance) {
        let message = format!(
            "`{}` is `{}`, but it is {truth} ms",
            meta.name, meta.content
        );
        document.find(report, meta.node, clause, message);
    }
}

/// The custom tests of all documents: their default state and override by their ids.
pub type Tests = BTreeMap<String, (String, String)>;

/// Gathers them, and reports one that is not the same everywhere.
pub fn custom_tests(smils: &[&Smil], report: &mut Report) -> Tests {
    let mut tests = Tests::new();
    for smil in smils {
        for node in smil.document.named("customTest") {
            let of = |name: &str| node.attribute(name).unwrap_or_default().to_string();
            let own = (of("defaultState"), of("override"));
            let first = tests.entry(of("id")).or_insert_with(|| own.clone());
            if *first != own {
                let message = format!(
                    "the custom test `{}` differs from that of other files",
                    of("id")
                );
                smil.document.find(report, node, clause::SMIL, message);
            }
        }
    }
    tests
}
