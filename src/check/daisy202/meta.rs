//! Metadata (DAISY 2.02, Appendix 2).

use super::super::xml::{Document, Meta};
use super::super::{Report, clock, names};
use super::clause;

/// How often a piece of metadata must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    Once,
    OnceOrMore,
    AtMostOnce,
    Any,
}

/// What a value must be.
#[derive(Clone, Copy)]
enum Value {
    Text,
    Number,
    Date,
    Language,
    Time,
    OneOf(&'static [&'static str]),
    /// `n of m`.
    Set,
}

use Times::{Any, AtMostOnce, Once, OnceOrMore};
use Value::{Date, Language, Number, OneOf, Set, Text, Time};

const NCC: &[(&str, Times, Value)] = &[
    ("dc:contributor", Any, Text),
    ("dc:coverage", Any, Text),
    ("dc:creator", OnceOrMore, Text),
    ("dc:date", Once, Date),
    ("dc:description", Any, Text),
    ("dc:format", Once, OneOf(&["Daisy 2.02"])),
    ("dc:identifier", Once, Text),
    ("dc:language", OnceOrMore, Language),
    ("dc:publisher", Once, Text),
    ("dc:relation", Any, Text),
    ("dc:rights", Any, Text),
    ("dc:source", AtMostOnce, Text),
    ("dc:subject", Any, Text),
    ("dc:title", Once, Text),
    ("dc:type", Any, Text),
    ("ncc:charset", Once, OneOf(&["utf-8", "UTF-8"])),
    (
        "ncc:depth",
        AtMostOnce,
        OneOf(&["1", "2", "3", "4", "5", "6"]),
    ),
    ("ncc:files", AtMostOnce, Number),
    ("ncc:footnotes", AtMostOnce, Number),
    ("ncc:generator", AtMostOnce, Text),
    ("ncc:kByteSize", AtMostOnce, Number),
    ("ncc:maxPageNormal", AtMostOnce, Number),
    (
        "ncc:multimediaType",
        AtMostOnce,
        OneOf(&[
            "audioOnly",
            "audioNcc",
            "audioPartText",
            "audioFullText",
            "textPartAudio",
            "textNcc",
        ]),
    ),
    ("ncc:narrator", Any, Text),
    ("ncc:pageFront", Once, Number),
    ("ncc:pageNormal", Once, Number),
    ("ncc:pageSpecial", Once, Number),
    ("ncc:prodNotes", AtMostOnce, Number),
    ("ncc:producedDate", AtMostOnce, Date),
    ("ncc:producer", AtMostOnce, Text),
    ("ncc:revision", AtMostOnce, Number),
    ("ncc:revisionDate", AtMostOnce, Date),
    ("ncc:setInfo", AtMostOnce, Set),
    ("ncc:sidebars", AtMostOnce, Number),
    ("ncc:sourceDate", AtMostOnce, Date),
    ("ncc:sourceEdition", AtMostOnce, Text),
    ("ncc:sourcePublisher", AtMostOnce, Text),
    ("ncc:sourceRights", AtMostOnce, Text),
    ("ncc:sourceTitle", AtMostOnce, Text),
    ("ncc:tocItems", Once, Number),
    ("ncc:totalTime", Once, Time),
];

const SMIL: &[(&str, Times, Value)] = &[
    ("dc:format", Once, OneOf(&["Daisy 2.02"])),
    ("dc:identifier", AtMostOnce, Text),
    ("dc:title", AtMostOnce, Text),
    ("ncc:generator", AtMostOnce, Text),
    ("ncc:timeInThisSmil", AtMostOnce, Time),
    ("ncc:totalElapsedTime", AtMostOnce, Time),
    ("title", AtMostOnce, Text),
];

/// The metadata of the NCC by themselves.
pub fn ncc(document: &Document, report: &mut Report) {
    check(document, NCC, clause::NCC_META, report);
}

/// The metadata of a SMIL document, the master one too.
pub fn smil(document: &Document, whole: Whole, clause: &'static str, report: &mut Report) {
    check(document, SMIL, clause, report);
    agree(document, whole, clause, report);
}

/// What the NCC tells of the whole book.
#[derive(Clone, Copy, Default)]
pub struct Whole<'b> {
    /// `dc:identifier`.
    pub identifier: Option<&'b str>,
    /// `dc:title`.
    pub title: Option<&'b str>,
}

impl<'b> Whole<'b> {
    /// Reads it.
    pub fn of(ncc: &'b Document) -> Self {
        let metas = ncc.metas();
        let told = |name: &str| metas.iter().find(|m| m.name == name).map(|m| m.content);
        Whole {
            identifier: told("dc:identifier"),
            title: told("dc:title"),
        }
    }
}

/// A document that tells another identifier or title than the NCC.
pub fn agree(document: &Document, whole: Whole, clause: &'static str, report: &mut Report) {
    for meta in document.metas() {
        let right = match meta.name {
            "dc:identifier" => whole.identifier,
            "dc:title" => whole.title,
            _ => None,
        };
        if right.is_some_and(|right| right != meta.content) {
            let message = format!("`{}` is `{}`, not that of the NCC", meta.name, meta.content);
            document.find(report, meta.node, clause, message);
        }
    }
}

/// A time that must be the truth, in milliseconds; told in whole seconds it may be
/// half a second off.
pub fn time(
    document: &Document,
    name: &str,
    truth: u64,
    clause: &'static str,
    report: &mut Report,
) {
    for meta in document.metas().iter().filter(|m| m.name == name) {
        let Some(told) = clock::value(meta.content) else {
            continue;
        };
        let tolerance = if clock::is_hms(meta.content) { 500 } else { 1 };
        if told.abs_diff(truth) > tolerance {
            let message = format!("`{name}` is `{}`, but it is {truth} ms", meta.content);
            document.find(report, meta.node, clause, message);
        }
    }
}

/// A number that must be the truth.
pub fn number(
    document: &Document,
    name: &str,
    truth: u64,
    clause: &'static str,
    report: &mut Report,
) {
    for meta in document.metas().iter().filter(|m| m.name == name) {
        if meta.content.parse() != Ok(truth) {
            let message = format!("`{name}` is `{}`; it should be {truth}", meta.content);
            document.find(report, meta.node, clause, message);
        }
    }
}

fn check(
    document: &Document,
    table: &[(&str, Times, Value)],
    clause: &'static str,
    report: &mut Report,
) {
    let metas = document.metas();
    for (name, times, value) in table {
        let found: Vec<&Meta> = metas.iter().filter(|m| m.name == *name).collect();
        if found.is_empty() && matches!(times, Once | OnceOrMore) {
            report.file(document.file, clause, format!("`{name}` is missing"));
        }
        if matches!(times, Once | AtMostOnce) {
            for more in found.iter().skip(1) {
                document.find(
                    report,
                    more.node,
                    clause,
                    format!("`{name}` is told more than once"),
                );
            }
        }
        for meta in found {
            if !allows(*value, meta.content) {
                let message = format!("`{name}` must not be `{}`", meta.content);
                document.find(report, meta.node, clause, message);
            }
        }
    }
    for meta in &metas {
        let known = table.iter().any(|row| row.0 == meta.name) || meta.name.starts_with("prod:");
        if !known {
            document.find(
                report,
                meta.node,
                clause,
                format!("`{}` is no metadata of DAISY 2.02", meta.name),
            );
        }
    }
}

fn allows(value: Value, content: &str) -> bool {
    match value {
        Text => !content.trim().is_empty(),
        Number => !content.is_empty() && content.bytes().all(|b| b.is_ascii_digit()),
        Date => names::is_date(content),
        Language => names::is_language(content),
        Time => clock::value(content).is_some(),
        OneOf(values) => values.contains(&content),
        Set => (content.split_once(" of ")).is_some_and(|(one, all)| {
            let number = |n: &str| n.parse::<u32>().ok().filter(|n| *n > 0);
            number(one)
                .zip(number(all))
                .is_some_and(|(one, all)| one <= all)
        }),
    }
}
