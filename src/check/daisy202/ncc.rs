//! The navigation control centre.

use std::collections::HashMap;

use roxmltree::Node;

use super::super::grammar::{Content, Rule, conform};
use super::super::names::link;
use super::super::sync::{Smil, led};
use super::super::xml::{Document, text};
use super::super::{Files, Report};
use super::{clause, meta, pages};

/// The whole of what an NCC may have.
const RULES: &[Rule] = &[
    ("html", Content::Order("head body"), "lang xml:lang"),
    ("head", Content::Some("title link meta"), ""),
    ("title", Content::Text, ""),
    ("link", Content::Empty, "rel! type! href!"),
    ("meta", Content::Empty, "name content! scheme http-equiv"),
    ("body", Content::Some("h1 h2 h3 h4 h5 h6 span div"), "id"),
    ("h1", Content::Order("a"), "id! class"),
    ("h2", Content::Order("a"), "id! class"),
    ("h3", Content::Order("a"), "id! class"),
    ("h4", Content::Order("a"), "id! class"),
    ("h5", Content::Order("a"), "id! class"),
    ("h6", Content::Order("a"), "id! class"),
    ("span", Content::Order("a"), "id! class!"),
    ("div", Content::Order("a"), "id! class!"),
    ("a", Content::Text, "id href!"),
];

/// The document types allowed: XHTML 1.0.
pub const XHTML: &[&str] = &[
    "-//W3C//DTD XHTML 1.0 Transitional//EN",
    "-//W3C//DTD XHTML 1.0 Strict//EN",
];
/// Its namespace.
pub const NAMESPACE: &str = "http://www.w3.org/1999/xhtml";

/// The SMIL files in the order in which the NCC leads to them.
pub fn spine<'b>(document: &'b Document) -> Vec<&'b str> {
    let mut files = Vec::new();
    for node in document.named("a") {
        let file = link(node.attribute("href").unwrap_or_default()).0;
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files
}

/// Checks the NCC by itself and against the rest of the book.
pub fn check(
    document: &Document,
    files: &Files,
    smils: &HashMap<&str, &Smil>,
    in_order: &[&Smil],
    report: &mut Report,
) {
    document.expect("html", NAMESPACE, XHTML, clause::NCC, report);
    conform(document, RULES, clause::NCC, report);
    document.ids(clause::NCC, report);
    document.languages(clause::NCC, report);
    super::text::head(document, clause::NCC, report);
    meta::ncc(document, report);
    let items: Vec<Node> = (document.named("body").next().into_iter())
        .flat_map(|body| body.children().filter(Node::is_element).collect::<Vec<_>>())
        .collect();
    headings(document, &items, clause::NCC_BODY, true, report);
    targets(document, &items, smils, in_order, report);
    counts(document, &items, report);
    pages::ncc(document, &items, report);
    let total = in_order.iter().map(|s| s.duration).sum();
    meta::time(document, "ncc:totalTime", total, clause::NCC_META, report);
    size(document, files, report);
    if document
        .metas()
        .iter()
        .any(|m| (m.name, m.content) == ("ncc:multimediaType", "audioFullText"))
    {
        let own = |file: &str| file == document.file;
        for par in in_order
            .iter()
            .flat_map(|s| s.pars.iter().map(move |p| (s, p)))
        {
            if par.1.text.is_some_and(|(file, _)| own(file)) {
                let message = "the text is that of the NCC, but the book has full text";
                par.0
                    .document
                    .find(report, par.1.node, clause::SMIL, message);
            }
        }
    }
}

/// Headings: the first is of the first level and, in the NCC, of class `title`; none
/// is more than one level below the one before it; none is empty.
pub fn headings(
    document: &Document,
    items: &[Node],
    clause: &'static str,
    ncc: bool,
    report: &mut Report,
) {
    if let Some(first) = items.first().filter(|_| ncc) {
        if first.tag_name().name() != "h1" || first.attribute("class") != Some("title") {
            let message = "the first element of the body must be `h1` with the class `title`";
            document.find(report, *first, clause, message);
        }
    } else if ncc {
        report.file(document.file, clause, "the body has no heading");
    }
    let mut before = 0;
    for (i, node) in items.iter().enumerate() {
        if ncc && i > 0 && node.attribute("class") == Some("title") {
            document.find(
                report,
                *node,
                clause,
                "only the first heading has the class `title`",
            );
        }
        if text(*node).trim().is_empty() {
            document.find(report, *node, clause, "the element has no text");
        }
        let Some(level) = level(*node) else {
            continue;
        };
        if level > before + 1 {
            let message = format!("`h{level}` follows a heading of level {before}");
            document.find(report, *node, clause, message);
        }
        before = level;
    }
}

fn level(node: Node) -> Option<u32> {
    let name = node.tag_name().name().strip_prefix('h')?;
    name.parse().ok().filter(|level| (1..=6).contains(level))
}

/// Every item leads to a place in a SMIL file, none to a place before the one before.
fn targets(
    document: &Document,
    items: &[Node],
    smils: &HashMap<&str, &Smil>,
    in_order: &[&Smil],
    report: &mut Report,
) {
    let mut last = (0, 0);
    for item in items {
        let Some(a) = item.children().find(|n| n.tag_name().name() == "a") else {
            continue;
        };
        let mut say = |message: String| document.find(report, a, clause::NCC_BODY, message);
        let href = a.attribute("href").unwrap_or_default();
        let Some((smil, file, id)) = led(href, smils, &mut say) else {
            continue;
        };
        let Some(par) = smil.par(id) else {
            say(format!("the link `{href}` leads to no element of `{file}`"));
            continue;
        };
        let place = in_order.iter().position(|s| s.document.file == file);
        let place = (place.unwrap_or_default(), par);
        if place < last {
            say(format!(
                "the link `{href}` leads back, before the item before it"
            ));
        }
        last = place;
    }
}

/// What the metadata count.
fn counts(document: &Document, items: &[Node], report: &mut Report) {
    let class = |class: &str| {
        let found = items.iter().filter(|n| n.attribute("class") == Some(class));
        found.count() as u64
    };
    let depth = items.iter().filter_map(|n| level(*n)).max().unwrap_or(0);
    for (name, truth) in [
        ("ncc:tocItems", items.len() as u64),
        ("ncc:depth", u64::from(depth)),
        ("ncc:pageFront", class("page-front")),
        ("ncc:pageNormal", class("page-normal")),
        ("ncc:pageSpecial", class("page-special")),
        ("ncc:sidebars", class("sidebar")),
        ("ncc:footnotes", class("noteref")),
        ("ncc:prodNotes", class("optional-prodnote")),
    ] {
        meta::number(document, name, truth, clause::NCC_META, report);
    }
    let pages = items
        .iter()
        .filter(|n| n.attribute("class") == Some("page-normal"));
    let highest = pages.filter_map(|n| text(*n).trim().parse().ok()).max();
    meta::number(
        document,
        "ncc:maxPageNormal",
        highest.unwrap_or(0),
        clause::NCC_META,
        report,
    );
}

/// How many files there are and how large they are together, in units of 1024 bytes;
/// a program may have rounded up or down.
fn size(document: &Document, files: &Files, report: &mut Report) {
    meta::number(
        document,
        "ncc:files",
        files.iter().count() as u64,
        clause::NCC_META,
        report,
    );
    let bytes: u64 = files.iter().map(|(_, file)| file.bytes()).sum();
    let told = document.metas().iter().any(|m| {
        let kilobytes: Option<u64> = m.content.parse().ok();
        m.name == "ncc:kByteSize"
            && kilobytes.is_some_and(|k| k == bytes / 1024 || k == bytes.div_ceil(1024))
    });
    if !told {
        meta::number(
            document,
            "ncc:kByteSize",
            bytes.div_ceil(1024),
            clause::NCC_META,
            report,
        );
    }
}
