//! Which elements and attributes a document may have, written as tables: as much of
//! a DTD as a checker without one needs.

use roxmltree::Node;

use super::Report;
use super::xml::{Document, attribute_name};

/// What an element may contain.
pub enum Content {
    /// Nothing.
    Empty,
    /// Text alone.
    Text,
    /// These elements in any order, at least one; no text.
    Some(&'static str),
    /// These elements in this order, no text: a name alone stands for exactly one,
    /// with `?` for none or one, `*` for any number, `+` for at least one.
    Order(&'static str),
}

/// One element: its name, its content, its attributes (`!` behind those it must
/// have).
pub type Rule = (&'static str, Content, &'static str);

/// Dublin Core, the only elements with a prefix.
const DC: &str = "http://purl.org/dc/elements/1.1/";

/// Reports every element and attribute that the table does not allow.
pub fn conform(document: &Document, rules: &[Rule], clause: &'static str, report: &mut Report) {
    for node in document.elements() {
        let name = name(node);
        match rules.iter().find(|rule| rule.0 == name) {
            Some((_, content, attributes)) => {
                let mut say = |message: String| document.find(report, node, clause, message);
                children(node, &name, content, &mut say);
                self::attributes(node, &name, attributes, &mut say);
            }
            None => {
                let message = format!("the element `{name}` is not allowed in this document");
                document.find(report, node, clause, message);
            }
        }
    }
}

fn name(node: Node) -> String {
    let tag = node.tag_name();
    match tag.namespace() {
        Some(DC) => format!("dc:{}", tag.name()),
        _ => tag.name().into(),
    }
}

fn children(node: Node, name: &str, content: &Content, say: &mut impl FnMut(String)) {
    let inner: Vec<String> = (node.children().filter(Node::is_element))
        .map(self::name)
        .collect();
    let text =
        (node.children()).any(|n| n.is_text() && !n.text().unwrap_or_default().trim().is_empty());
    if text && !matches!(content, Content::Text) {
        say(format!("`{name}` must not contain text"));
    }
    let mut only = |allowed: &str| {
        for child in &inner {
            if !allowed.split(' ').any(|a| a == child) {
                say(format!("`{child}` is not allowed in `{name}`"));
            }
        }
    };
    match content {
        Content::Empty | Content::Text => only(""),
        Content::Some(allowed) => {
            only(allowed);
            if inner.is_empty() {
                say(format!("`{name}` must not be empty"));
            }
        }
        Content::Order(order) => in_order(&inner, name, order, say),
    }
}

fn in_order(inner: &[String], name: &str, order: &str, say: &mut impl FnMut(String)) {
    let mut at = 0;
    for wanted in order.split(' ') {
        let bare = wanted.trim_end_matches(['?', '*', '+']);
        let many = wanted.ends_with(['*', '+']);
        let count = (inner[at..].iter())
            .take_while(|child| *child == bare)
            .count();
        if count == 0 && !wanted.ends_with(['?', '*']) {
            say(format!(
                "`{name}` lacks `{bare}`, or has it in the wrong place"
            ));
        }
        if count > 1 && !many {
            say(format!("`{name}` has more than one `{bare}`"));
        }
        at += count;
    }
    if let Some(child) = inner.get(at) {
        say(format!(
            "`{child}` is not allowed in this place of `{name}`"
        ));
    }
}

fn attributes(node: Node, name: &str, allowed: &str, say: &mut impl FnMut(String)) {
    for attribute in node.attributes() {
        let found = attribute_name(&attribute);
        if !allowed.split(' ').any(|a| a.trim_end_matches('!') == found) {
            say(format!("`{name}` must not have the attribute `{found}`"));
        }
    }
    for needed in allowed.split(' ').filter_map(|a| a.strip_suffix('!')) {
        let there = (node.attributes()).any(|a| attribute_name(&a) == needed);
        if !there {
            say(format!("`{name}` lacks the attribute `{needed}`"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &[Rule] = &[
        ("a", Content::Order("b c? d*"), "x! y"),
        ("b", Content::Text, ""),
        ("c", Content::Some("b d"), "xml:lang"),
        ("d", Content::Empty, ""),
    ];

    fn findings(xml: &str) -> Vec<String> {
        let mut report = Report::default();
        let xml = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>{xml}");
        let document = Document::parse("f", xml.as_bytes(), "", &mut report).unwrap();
        conform(&document, RULES, "", &mut report);
        report.0.into_iter().map(|f| f.message).collect()
    }

    #[test]
    fn what_the_table_allows_is_right() {
        assert_eq!(
            findings("<a x='1'><b>t</b><c xml:lang='zh'><d/><b/></c> <d/><d/></a>"),
            [""; 0]
        );
    }

    #[test]
    fn all_else_is_found() {
        for (xml, message) in [
            ("<a x='1'/>", "`a` lacks `b`, or has it in the wrong place"),
            ("<a x='1'><b/><b/></a>", "`a` has more than one `b`"),
            (
                "<a x='1'><b/><d/><c><d/></c></a>",
                "`c` is not allowed in this place of `a`",
            ),
            ("<a x='1'>t<b/></a>", "`a` must not contain text"),
            (
                "<a x='1' z='1'><b/></a>",
                "`a` must not have the attribute `z`",
            ),
            ("<a><b/></a>", "`a` lacks the attribute `x`"),
            ("<a x='1'><b/><c/></a>", "`c` must not be empty"),
            ("<a x='1'><b><d/></b></a>", "`d` is not allowed in `b`"),
        ] {
            assert!(
                findings(xml).contains(&message.to_string()),
                "{xml}: {:?}",
                findings(xml)
            );
        }
        assert_eq!(
            findings("<e/>"),
            ["the element `e` is not allowed in this document"]
        );
    }
}
