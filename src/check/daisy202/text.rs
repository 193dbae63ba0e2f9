//! Text content documents.

use std::collections::HashMap;

use roxmltree::Node;

use super::super::Report;
use super::super::sync::{self, Smil};
use super::super::xml::{Document, text};
use super::meta::{self, Whole};
use super::{clause, ncc};

/// The elements of XHTML 1.0 Transitional that stand in the body of a text.
const BODY: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "b",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "map",
    "area",
    "menu",
    "object",
    "ol",
    "p",
    "param",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
];
/// Those of the head.
const HEAD: &[&str] = &["title", "meta", "link", "style", "base", "script"];

/// Checks a text document by itself and its links to the sound.
pub fn check(document: &Document, whole: Whole, smils: &HashMap<&str, &Smil>, report: &mut Report) {
    document.expect("html", ncc::NAMESPACE, ncc::XHTML, clause::TEXT, report);
    document.languages(clause::XHTML, report);
    meta::agree(document, whole, clause::TEXT, report);
    structure(document, report);
    let headings: Vec<Node> = (document.elements())
        .filter(|n| matches!(n.tag_name().name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
        .collect();
    ncc::headings(document, &headings, clause::TEXT, false, report);
    let links = document.named("a").filter_map(|a| {
        let href = a.attribute("href")?;
        let own = a.ancestors().find_map(|n| n.attribute("id"));
        href.contains(".smi").then_some((a, own, href))
    });
    sync::links(document, links, smils, clause::TEXT, report);
}

/// A title that says something, and metadata with a content.
pub fn head(document: &Document, clause: &'static str, report: &mut Report) {
    let mut titles = document.named("title");
    match (titles.next(), titles.next()) {
        (Some(title), None) if !text(title).trim().is_empty() => {}
        (Some(title), None) => document.find(report, title, clause, "the title is empty"),
        _ => {
            let message = "the document must have one `title`";
            document.find(report, document.root(), clause, message);
        }
    }
    for meta in document.named("meta") {
        if meta.attribute("content").is_none() {
            document.find(report, meta, clause, "`meta` lacks the attribute `content`");
        }
    }
}

/// Head and body, with a title, and nothing but elements of XHTML in them.
fn structure(document: &Document, report: &mut Report) {
    let root = document.root();
    let parts: Vec<&str> = (root.children().filter(Node::is_element))
        .map(|n| n.tag_name().name())
        .collect();
    if parts != ["head", "body"] {
        document.find(
            report,
            root,
            clause::XHTML,
            "`html` must have `head` and `body`, no more",
        );
    }
    head(document, clause::XHTML, report);
    for node in document.elements().skip(1) {
        let name = node.tag_name().name();
        let inside = |part: &str| {
            node.ancestors()
                .skip(1)
                .any(|a| a.tag_name().name() == part)
        };
        let allowed = matches!(name, "head" | "body")
            || inside("head") && HEAD.contains(&name)
            || inside("body") && BODY.contains(&name);
        if !allowed {
            let message = format!("`{name}` is not allowed in this place of XHTML 1.0");
            document.find(report, node, clause::XHTML, message);
        }
        if name == "a" && node.ancestors().skip(1).any(|a| a.tag_name().name() == "a") {
            document.find(report, node, clause::XHTML, "a link stands inside a link");
        }
    }
}
