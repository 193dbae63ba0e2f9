//! Page numbers: in the NCC, in the texts, and in the SMIL documents.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use super::super::Report;
use super::super::names::link;
use super::super::sync::Smil;
use super::super::xml::{Document, text};
use super::clause;

/// What an item of the NCC that is no heading may be.
const CLASSES: &[&str] = &[
    "page-front",
    "page-normal",
    "page-special",
    "sidebar",
    "optional-prodnote",
    "noteref",
];
/// What lets a listener pass over a page number.
const SKIPPABLE: &str = "pagenumber-on";

/// Whether an element is a page number.
pub fn is_page(node: Node) -> bool {
    let class = node.attribute("class").unwrap_or_default();
    node.tag_name().name() == "span" && class.starts_with("page-")
}

/// The items of the NCC: their classes, and page numbers by themselves.
pub fn ncc(document: &Document, items: &[Node], report: &mut Report) {
    let mut normal = HashSet::new();
    for item in items.iter().filter(|n| n.tag_name().name() == "span") {
        let mut say = |message: String| document.find(report, *item, clause::NCC_BODY, message);
        let class = item.attribute("class").unwrap_or_default();
        if !CLASSES.contains(&class) {
            say(format!("`{class}` is no class of an item"));
        }
        let name = text(*item);
        let name = name.trim();
        let good = match class {
            "page-normal" => is_number(name),
            "page-front" => is_number(name) || is_roman(name),
            _ => true,
        };
        if !good {
            say(format!("a page of the class `{class}` is called `{name}`"));
        }
        if class == "page-normal" && !normal.insert(name.trim_start_matches('0').to_string()) {
            say(format!("the page `{name}` is listed twice"));
        }
    }
}

fn is_number(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_digit()) && name.parse::<u32>().is_ok_and(|n| n > 0)
}

fn is_roman(name: &str) -> bool {
    !name.is_empty() && (name.chars()).all(|c| "ivxlcdm".contains(c.to_ascii_lowercase()))
}

/// A page number as the NCC and a text each have it: its class and its name.
type Told = (String, String);

/// Each page of the NCC leads to the `par` of that very page number in a text, and each
/// page number of a text is in the NCC; page numbers, and nothing else, can be skipped as
/// such.
pub fn texts(
    ncc: &Document,
    texts: &[&Document],
    smils: &HashMap<&str, &Smil>,
    report: &mut Report,
) {
    let told = |node: Node| -> Told {
        let class = node.attribute("class").unwrap_or_default();
        (class.into(), text(node).trim().into())
    };
    let mut numbers: HashMap<(&str, &str), (&Document, Node)> = HashMap::new();
    for document in texts {
        for node in document.elements().filter(|n| is_page(*n)) {
            match node.attribute("id") {
                Some(id) => {
                    numbers.insert((document.file, id), (document, node));
                }
                None => {
                    let message = "the page number has no `id`, so that nothing leads to it";
                    document.find(report, node, clause::TEXT, message);
                }
            }
        }
    }
    let mut listed = HashSet::new();
    for item in ncc.named("span").filter(|n| is_page(*n)) {
        let href = item.descendants().find_map(|n| n.attribute("href"));
        let (file, id) = link(href.unwrap_or_default());
        let led = smils.get(file).zip(id).and_then(|(smil, id)| {
            let par = smil.par(id)?;
            smil.pars[par].text
        });
        match led.and_then(|at| Some((at, numbers.get(&at)?))) {
            Some((at, (_, node))) if told(*node) == told(item) => {
                listed.insert(at);
            }
            Some((at, (document, node))) => {
                listed.insert(at);
                let (class, name) = told(item);
                let message = format!("the NCC has `{name}` of the class `{class}` for this page");
                document.find(report, *node, clause::TEXT, message);
            }
            None => {
                let message = "the item leads to no page number of a text";
                ncc.find(report, item, clause::NCC_BODY, message);
            }
        }
    }
    for (at, (document, node)) in &numbers {
        if !listed.contains(at) {
            let message = format!("the page `{}` is not in the NCC", text(*node).trim());
            document.find(report, *node, clause::NCC_BODY, message);
        }
    }
    for smil in smils.values() {
        for par in &smil.pars {
            let page = par.text.is_some_and(|at| numbers.contains_key(&at));
            let skippable = par.node.attribute("system-required") == Some(SKIPPABLE);
            if page != skippable {
                let message = match page {
                    true => "a page number that cannot be skipped: `system-required` is missing",
                    false => "what can be skipped as a page number is none",
                };
                (smil.document).find(report, par.node, clause::SMIL, message);
            }
        }
    }
}
