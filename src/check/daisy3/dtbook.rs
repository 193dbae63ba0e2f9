//! The text.

use std::collections::HashMap;

use roxmltree::Node;

use super::super::Report;
use super::super::sync::{self, Smil};
use super::super::xml::{Document, text};
use super::{clause, meta};

const NAMESPACE: &str = "http://www.daisy.org/z3986/2005/dtbook/";
const PUBLIC_IDS: &[&str] = &[
    "-//NISO//DTD dtbook 2005-3//EN",
    "-//NISO//DTD dtbook 2005-2//EN",
    "-//NISO//DTD dtbook 2005-1//EN",
];

/// The elements of DTBook 2005-3.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "annoref",
    "annotation",
    "author",
    "bdo",
    "blockquote",
    "bodymatter",
    "book",
    "br",
    "bridgehead",
    "byline",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "covertitle",
    "dateline",
    "dd",
    "dfn",
    "div",
    "dl",
    "docauthor",
    "doctitle",
    "dt",
    "dtbook",
    "em",
    "epigraph",
    "frontmatter",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hd",
    "head",
    "img",
    "imggroup",
    "kbd",
    "level",
    "level1",
    "level2",
    "level3",
    "level4",
    "level5",
    "level6",
    "li",
    "lic",
    "line",
    "linegroup",
    "linenum",
    "link",
    "list",
    "meta",
    "note",
    "noteref",
    "p",
    "pagenum",
    "poem",
    "prodnote",
    "q",
    "rearmatter",
    "samp",
    "sent",
    "sidebar",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "w",
];

/// Checks the text by itself and its links to the sound.
pub fn check(
    document: &Document,
    uid: Option<&str>,
    smils: &HashMap<&str, &Smil>,
    report: &mut Report,
) {
    document.expect("dtbook", NAMESPACE, PUBLIC_IDS, clause::TEXT, report);
    document.languages(clause::TEXT, report);
    let id = document.public_id().unwrap_or_default();
    let version = document.root().attribute("version").unwrap_or_default();
    if version.is_empty() || !id.ends_with(&format!("dtbook {version}//EN")) {
        let message = format!("`version` is `{version}`, not that of the document type");
        document.find(report, document.root(), clause::TEXT, message);
    }
    meta(document, "dtb:uid", uid, clause::TEXT, report);
    meta(document, "dc:Title", None, clause::TEXT, report);
    structure(document, report);
    let links = document.elements().filter_map(|node| {
        let href = node.attribute("smilref")?;
        Some((node, node.attribute("id"), href))
    });
    sync::links(document, links, smils, clause::TEXT, report);
}

/// Elements, their nesting as far as it makes the book's structure, and levels with
/// their headings.
fn structure(document: &Document, report: &mut Report) {
    for node in document.elements() {
        let name = node.tag_name().name();
        let parent = node.parent_element();
        let parent = parent.map_or("", |p| p.tag_name().name());
        let mut say = |message: String| document.find(report, node, clause::TEXT, message);
        if !ELEMENTS.contains(&name) {
            say(format!("`{name}` is no element of DTBook"));
        }
        let right = match name {
            "dtbook" => parent.is_empty(),
            "head" | "book" => parent == "dtbook",
            "frontmatter" | "bodymatter" | "rearmatter" => parent == "book",
            "meta" => parent == "head",
            "level1" => matches!(parent, "frontmatter" | "bodymatter" | "rearmatter"),
            "level2" | "level3" | "level4" | "level5" | "level6" => {
                deeper(parent).is_some_and(|d| d == name[5..])
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                parent.strip_prefix("level") == Some(&name[1..])
            }
            _ => true,
        };
        if !right {
            say(format!("`{name}` must not stand in `{parent}`"));
        }
        let inner: Vec<&str> = (node.children().filter(Node::is_element))
            .map(|n| n.tag_name().name())
            .collect();
        match name {
            "dtbook" if inner != ["head", "book"] => {
                say("`dtbook` must have `head` and `book`, no more".into());
            }
            "book" if !inner.contains(&"bodymatter") => say("`book` lacks `bodymatter`".into()),
            "bodymatter" if inner.is_empty() => say("`bodymatter` is empty".into()),
            "frontmatter" if inner.first() != Some(&"doctitle") => {
                say("`frontmatter` must begin with `doctitle`".into());
            }
            _ if name.starts_with("level") && inner.iter().all(|n| is_heading(n)) => {
                say(format!("`{name}` has nothing but a heading"));
            }
            _ if is_heading(name) && text(node).trim().is_empty() => {
                say(format!("`{name}` has no text"));
            }
            _ => {}
        }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The number of the level inside a level: `level1` → `2`.
fn deeper(name: &str) -> Option<String> {
    let level: u32 = name.strip_prefix("level")?.parse().ok()?;
    Some((level + 1).to_string())
}
