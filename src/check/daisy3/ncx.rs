//! The navigation control file.

use std::collections::{BTreeSet, HashMap};

use roxmltree::Node;

use super::super::grammar::{Content, Rule, conform};
use super::super::names::link;
use super::super::sync::Smil;
use super::super::xml::{Document, text};
use super::super::{File, Files, Report, clock};
use super::smil::Tests;
use super::{clause, known, meta};

/// NCX 2005-1.
const RULES: &[Rule] = &[
    (
        "ncx",
        Content::Order("head docTitle docAuthor* navMap pageList? navList*"),
        "version! xml:lang dir",
    ),
    ("head", Content::Some("smilCustomTest meta"), ""),
    (
        "smilCustomTest",
        Content::Empty,
        "id! defaultState override bookStruct",
    ),
    ("meta", Content::Empty, "name! content! scheme"),
    (
        "docTitle",
        Content::Order("text audio? img?"),
        "id xml:lang dir",
    ),
    (
        "docAuthor",
        Content::Order("text audio? img?"),
        "id xml:lang dir",
    ),
    (
        "navMap",
        Content::Order("navInfo* navLabel* navPoint+"),
        "id",
    ),
    (
        "navPoint",
        Content::Order("navLabel+ content navPoint*"),
        "id! class playOrder!",
    ),
    (
        "pageList",
        Content::Order("navInfo* navLabel* pageTarget+"),
        "id class",
    ),
    (
        "pageTarget",
        Content::Order("navLabel+ content"),
        "id value type! class playOrder!",
    ),
    (
        "navList",
        Content::Order("navInfo* navLabel+ navTarget+"),
        "id class",
    ),
    (
        "navTarget",
        Content::Order("navLabel+ content"),
        "id! class value playOrder!",
    ),
    (
        "navInfo",
        Content::Order("text? audio? img?"),
        "xml:lang dir",
    ),
    (
        "navLabel",
        Content::Order("text? audio? img?"),
        "xml:lang dir",
    ),
    ("content", Content::Empty, "id src!"),
    ("text", Content::Text, "id class"),
    ("audio", Content::Empty, "id class src! clipBegin! clipEnd!"),
    ("img", Content::Empty, "id class src!"),
];

const NAMESPACE: &str = "http://www.daisy.org/z3986/2005/ncx/";
const PUBLIC_ID: &str = "-//NISO//DTD ncx 2005-1//EN";

/// Checks the file by itself and against the rest of the book.
pub fn check(
    document: &Document,
    uid: Option<&str>,
    files: &Files,
    smils: &[&Smil],
    tests: &Tests,
    report: &mut Report,
) {
    document.expect("ncx", NAMESPACE, &[PUBLIC_ID], clause::NCX, report);
    conform(document, RULES, clause::NCX, report);
    document.ids(clause::NCX, report);
    document.languages(clause::NCX, report);
    if document.root().attribute("version") != Some("2005-1") {
        document.find(
            report,
            document.root(),
            clause::NCX,
            "`version` must be `2005-1`",
        );
    }
    metadata(document, uid, report);
    labels(document, files, report);
    let points: Vec<Node> = (document.elements())
        .filter(|n| matches!(n.tag_name().name(), "navPoint" | "navTarget" | "pageTarget"))
        .collect();
    orders(document, &points, report);
    targets(document, &points, smils, report);
    custom_tests(document, tests, report);
}

fn metadata(document: &Document, uid: Option<&str>, report: &mut Report) {
    let names = [
        "uid",
        "depth",
        "generator",
        "totalPageCount",
        "maxPageNumber",
    ];
    known(document, &names, clause::NCX, report);
    let level = |n: Node| {
        n.ancestors()
            .filter(|a| a.tag_name().name() == "navPoint")
            .count()
    };
    let depth = document.named("navPoint").map(level).max().unwrap_or(0);
    let pages = document.named("pageTarget").count();
    let values = (document.named("pageTarget")).filter_map(|n| n.attribute("value")?.parse().ok());
    let highest: u32 = values.max().unwrap_or(0);
    let mut tell =
        |name: &str, content: Option<&str>| meta(document, name, content, clause::NCX, report);
    tell("dtb:uid", uid);
    tell("dtb:depth", Some(&depth.to_string()));
    tell("dtb:totalPageCount", Some(&pages.to_string()));
    tell("dtb:maxPageNumber", Some(&highest.to_string()));
}

/// Labels say something, and their clips lie in their sounds.
fn labels(document: &Document, files: &Files, report: &mut Report) {
    for label in document.named("navLabel").chain(document.named("docTitle")) {
        let clip = label.descendants().any(|n| n.tag_name().name() == "audio");
        if text(label).trim().is_empty() && !clip {
            document.find(report, label, clause::NCX, "the label says nothing");
        }
    }
    for audio in document.named("audio") {
        let mut say = |message: String| document.find(report, audio, clause::NCX, message);
        let src = audio.attribute("src").unwrap_or_default();
        let time = |name: &str| audio.attribute(name).and_then(clock::value);
        match (time("clipBegin"), time("clipEnd"), files.get(src)) {
            (Some(begin), Some(end), Some(File::Sound { duration, .. })) => {
                if end <= begin {
                    say(format!(
                        "the clip ends at {end} ms, not after its beginning at {begin} ms"
                    ));
                }
                if end > duration + 1 {
                    say(format!(
                        "the clip ends at {end} ms, but `{src}` is {duration} ms long"
                    ));
                }
            }
            (Some(_), Some(_), _) => say(format!("the sound `{src}` is missing")),
            _ => say("the clip has no times".into()),
        }
    }
}

/// `playOrder` counts from 1 without gaps.
fn orders(document: &Document, points: &[Node], report: &mut Report) {
    let mut orders = BTreeSet::new();
    for point in points {
        let written = point.attribute("playOrder").unwrap_or_default();
        match written.parse::<u32>() {
            Ok(order) if order > 0 => {
                orders.insert(order);
            }
            _ => {
                let message = format!("`playOrder` is `{written}`, which is no positive number");
                document.find(report, *point, clause::PLAY_ORDER, message);
            }
        }
    }
    for (expected, found) in (1..).zip(&orders) {
        if expected != *found {
            let message = format!("`playOrder` leaps from {} to {found}", expected - 1);
            report.file(document.file, clause::PLAY_ORDER, message);
            break;
        }
    }
}

/// Every point leads to a place in a SMIL file; the order of the points is that of
/// their places, and points to the same place have the same number.
fn targets(document: &Document, points: &[Node], smils: &[&Smil], report: &mut Report) {
    let mut places: HashMap<u32, (usize, usize)> = HashMap::new();
    for point in points {
        let content = point.children().find(|n| n.tag_name().name() == "content");
        let Some(content) = content else {
            continue;
        };
        let mut say = |message: String| document.find(report, content, clause::NCX, message);
        let src = content.attribute("src").unwrap_or_default();
        let (file, Some(id)) = link(src) else {
            say(format!("the link `{src}` has no fragment"));
            continue;
        };
        let Some(place) = smils.iter().position(|s| s.document.file == file) else {
            say(format!(
                "the link `{src}` leads to no SMIL file of the spine"
            ));
            continue;
        };
        let Some(par) = smils[place].par(id) else {
            say(format!("the link `{src}` leads to no element of `{file}`"));
            continue;
        };
        let Some(order) = point.attribute("playOrder").and_then(|o| o.parse().ok()) else {
            continue;
        };
        if places
            .insert(order, (place, par))
            .is_some_and(|other| other != (place, par))
        {
            let message = format!("`playOrder` {order} is given to two places");
            document.find(report, *point, clause::PLAY_ORDER, message);
        }
    }
    let mut sorted: Vec<_> = places.into_iter().collect();
    sorted.sort_unstable();
    for pair in sorted.windows(2) {
        let ((before, first), (after, second)) = (pair[0], pair[1]);
        let message = if first == second {
            format!("`playOrder` {before} and {after} are given to one place")
        } else if first > second {
            format!("`playOrder` {after} is heard before {before}")
        } else {
            continue;
        };
        report.file(document.file, clause::PLAY_ORDER, message);
    }
}

/// The custom tests of the SMIL files are repeated here, and no others.
fn custom_tests(document: &Document, tests: &Tests, report: &mut Report) {
    let mut repeated = BTreeSet::new();
    for node in document.named("smilCustomTest") {
        let of = |name: &str| node.attribute(name).unwrap_or_default().to_string();
        let own = (of("defaultState"), of("override"));
        if tests.get(&of("id")) != Some(&own) {
            let message = format!("`{}` is no custom test of the SMIL files", of("id"));
            document.find(report, node, clause::NCX, message);
        }
        // Custom tests are called as the elements of the text that they skip.
        let pages = (of("id") == "pagenum", of("bookStruct") == "PAGE_NUMBER");
        if pages.0 != pages.1 {
            let message = "a custom test `pagenum` and the structure `PAGE_NUMBER` belong together";
            document.find(report, node, clause::NCX, message);
        }
        repeated.insert(of("id"));
    }
    for id in tests.keys().filter(|id| !repeated.contains(*id)) {
        let message = format!("the custom test `{id}` of the SMIL files is not repeated");
        report.file(document.file, clause::NCX, message);
    }
}
