//! Page numbers: in the text, in the navigation control file, and in the SMIL documents.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use super::super::Report;
use super::super::names::link;
use super::super::sync::Smil;
use super::super::xml::{Document, text};
use super::clause;

/// What a page number may be (DTBook and NCX).
const TYPES: &[&str] = &["front", "normal", "special"];

/// A page number: its type, its name, and the link to its sound.
type Told<'b> = (&'b str, String, &'b str);

/// Checks the pages of the navigation control file against those of the texts.
pub fn check(
    ncx: &Document,
    texts: &[Document],
    smils: &HashMap<&str, &Smil>,
    report: &mut Report,
) {
    let targets: Vec<Told> = ncx.named("pageTarget").map(target).collect();
    by_themselves(ncx, report);
    let mut numbers = HashMap::new();
    for document in texts {
        for node in document.named("pagenum") {
            let mut say = |message: String| document.find(report, node, clause::TEXT, message);
            let own = number(node);
            if !TYPES.contains(&own.0) {
                say(format!("`page` is `{}`, which no page number is", own.0));
            }
            if own.0 == "normal" && !is_number(&own.1) {
                say(format!("a normal page is called `{}`", own.1));
            }
            if node.attribute("smilref").is_none() {
                say("the page number has no `smilref`".into());
            }
            if !targets.contains(&own) {
                say(format!(
                    "the page `{}` is not in the page list as it is here",
                    own.1
                ));
            }
            if let Some(id) = node.attribute("id") {
                numbers.insert((document.file, id), node);
            }
        }
    }
    for smil in smils.values() {
        for par in &smil.pars {
            let page = par.text.is_some_and(|at| numbers.contains_key(&at));
            let test = par.node.attribute("customTest");
            if page != (test == Some("pagenum")) {
                let message = match page {
                    true => "a page number that cannot be skipped: its `customTest` is missing",
                    false => "what can be skipped as a page number is none",
                };
                (smil.document).find(report, par.node, clause::SMIL, message);
            }
        }
    }
    for node in ncx.named("pageTarget") {
        let (_, name, src) = target(node);
        let (file, id) = link(src);
        let led = smils.get(file).zip(id).and_then(|(smil, id)| {
            let par = smil.par(id)?;
            smil.pars[par].text
        });
        if !texts.is_empty() && led.is_none_or(|at| !numbers.contains_key(&at)) {
            let message = format!("the page `{name}` leads to no page number of the text");
            ncx.find(report, node, clause::NCX, message);
        }
    }
}

/// Types and values: each pair of them once; a normal page has its name for its value.
fn by_themselves(ncx: &Document, report: &mut Report) {
    let mut pairs = HashSet::new();
    for node in ncx.named("pageTarget") {
        let mut say = |message: String| ncx.find(report, node, clause::NCX, message);
        let (kind, name, _) = target(node);
        if !TYPES.contains(&kind) {
            say(format!("`type` is `{kind}`, which no page is"));
        }
        let value = node.attribute("value");
        if let Some(value) = value {
            if !is_number(value) {
                say(format!("`value` is `{value}`, which is no positive number"));
            }
            if !pairs.insert((kind, value)) {
                say(format!(
                    "a {kind} page of the value {value} is listed twice"
                ));
            }
        }
        let same = |value: &str| value.parse::<u32>() == name.parse::<u32>();
        if kind == "normal" && !value.is_some_and(same) {
            say(format!(
                "the normal page `{name}` has the value `{}`",
                value.unwrap_or_default()
            ));
        }
    }
}

fn target<'b>(node: Node<'b, '_>) -> Told<'b> {
    let inner = |name: &str| node.children().find(|n| n.tag_name().name() == name);
    let name = inner("navLabel").map_or(String::new(), text);
    let src = inner("content").and_then(|n| n.attribute("src"));
    (
        node.attribute("type").unwrap_or_default(),
        name.trim().into(),
        src.unwrap_or_default(),
    )
}

fn number<'b>(node: Node<'b, '_>) -> Told<'b> {
    (
        node.attribute("page").unwrap_or("normal"),
        text(node).trim().into(),
        node.attribute("smilref").unwrap_or_default(),
    )
}

fn is_number(name: &str) -> bool {
    name.bytes().all(|b| b.is_ascii_digit()) && name.parse::<u32>().is_ok_and(|n| n > 0)
}
