//! HTML → a tree that can be walked, however broken or deep the page is.
//!
//! The parser is the one that the HTML Standard describes (section 13.2,
//! <https://html.spec.whatwg.org/multipage/parsing.html>), so that a page means
//! here what it means in a browser. The tree lies in one vector and is walked
//! without recursion, so that no page overflows the stack; parsing costs time in
//! proportion to the depth, so a page nested beyond all sense is not read.

mod sink;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, QualName, parse_document};

use crate::diag::{Fault, Place, Result};
use sink::Sink;

/// Deeper than this no page is nested; browsers stop at 512.
const DEEPEST: usize = 4096;
/// How much is parsed between two looks at the depth, in bytes.
const STRETCH: usize = 64 << 10;

/// A node of the tree, by its number.
pub(in crate::source) type Id = usize;

/// A parsed page.
pub(in crate::source) struct Dom {
    nodes: Vec<Node>,
}

struct Node {
    parent: Option<Id>,
    depth: usize,
    children: Vec<Id>,
    data: Data,
}

enum Data {
    /// The document, comments, and what else holds no text of its own.
    Other,
    Text(String),
    Element(QualName, Vec<(String, String)>),
}

/// A step of a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Step {
    /// Into an element, or to a text.
    Enter(Id),
    /// Out of an element.
    Leave(Id),
}

impl Dom {
    /// Parses a page of `file`.
    ///
    /// # Errors
    /// One that is nested deeper than pages are.
    pub fn parse(file: &str, html: &str) -> Result<Dom> {
        let options = ParseOpts {
            tree_builder: TreeBuilderOpts {
                // A page is read as browsers without scripts show it.
                scripting_enabled: false,
                ..TreeBuilderOpts::default()
            },
            ..ParseOpts::default()
        };
        let mut parser = parse_document(Sink::default(), options);
        let mut rest = html;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.floor_char_boundary(STRETCH));
            parser.process(StrTendril::from_slice(now));
            if parser.tokenizer.sink.sink.deepest() > DEEPEST {
                return Err(Fault::new(format!(
                    "the page is no HTML to be read: its elements are nested more than {DEEPEST} deep"
                ))
                .at(Place::file(file))
                .help("save the page again in a browser, or copy its text into a text file"));
            }
            rest = later;
        }
        Ok(parser.finish())
    }

    /// How many nodes there are; every [`Id`] is below it.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The whole document.
    pub fn root(&self) -> Id {
        0
    }

    /// The local name of an element in lower case; empty for other nodes.
    pub fn name(&self, id: Id) -> &str {
        match &self.nodes[id].data {
            Data::Element(name, _) => &name.local,
            _ => "",
        }
    }

    /// The text of a text node.
    pub fn text(&self, id: Id) -> Option<&str> {
        match &self.nodes[id].data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of an attribute.
    pub fn attr(&self, id: Id, name: &str) -> Option<&str> {
        match &self.nodes[id].data {
            Data::Element(_, attrs) => attrs
                .iter()
                .find(|(n, _)| n == name)
                .map(|(_, v)| v.as_str()),
            _ => None,
        }
    }

    /// Whether an element bears a class.
    pub fn has_class(&self, id: Id, class: &str) -> bool {
        self.attr(id, "class")
            .is_some_and(|c| c.split_ascii_whitespace().any(|c| c == class))
    }

    /// What the node stands in.
    pub fn parent(&self, id: Id) -> Option<Id> {
        self.nodes[id].parent
    }

    /// What stands directly in the node.
    pub fn children(&self, id: Id) -> &[Id] {
        &self.nodes[id].children
    }

    /// The nodes it stands in, from the nearest outwards.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.parent(id), |id| self.parent(*id))
    }

    /// Walks through a node and all below it, in the order of the page.
    pub fn walk(&self, from: Id) -> Walk<'_> {
        Walk {
            dom: self,
            stack: vec![Step::Enter(from)],
        }
    }

    /// All nodes below and including `from`, in the order of the page.
    pub fn below(&self, from: Id) -> impl Iterator<Item = Id> {
        self.walk(from).filter_map(|step| match step {
            Step::Enter(id) => Some(id),
            Step::Leave(_) => None,
        })
    }

    /// The elements below `from` of this name.
    pub fn named(&self, from: Id, name: &str) -> impl Iterator<Item = Id> {
        self.below(from).filter(move |id| self.name(*id) == name)
    }

    /// All text below `from`, as it stands in the file.
    pub fn text_below(&self, from: Id) -> String {
        self.below(from).filter_map(|id| self.text(id)).collect()
    }
}

/// A walk through a part of the tree; [`Walk::pass_over`] passes over what stands in
/// the element entered last.
pub(in crate::source) struct Walk<'a> {
    dom: &'a Dom,
    stack: Vec<Step>,
}

impl Walk<'_> {
    /// Goes on behind the element that was entered last; it is not left.
    pub fn pass_over(&mut self) {
        while let Some(step) = self.stack.pop() {
            if matches!(step, Step::Leave(_)) {
                return;
            }
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.stack.pop()?;
        if let Step::Enter(id) = step
            && matches!(self.dom.nodes[id].data, Data::Element(..) | Data::Other)
        {
            self.stack.push(Step::Leave(id));
            let children = self.dom.children(id).iter().rev();
            self.stack.extend(children.map(|c| Step::Enter(*c)));
        }
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(html: &str) -> Dom {
        Dom::parse("p.html", html).unwrap()
    }

    #[test]
    fn a_broken_page_is_read_as_browsers_read_it() {
        let dom = parse("<p class='a b'>一<b>二<p>三</b>四<table><div>五</div><td>六");
        assert_eq!(dom.text_below(dom.root()), "一二三四五六");
        let p = dom.named(dom.root(), "p").next().unwrap();
        assert!(dom.has_class(p, "b") && !dom.has_class(p, "c"));
        let td = dom.named(dom.root(), "td").next().unwrap();
        assert!(dom.ancestors(td).any(|a| dom.name(a) == "table"));
    }

    #[test]
    fn a_walk_can_pass_over_an_element() {
        let dom = parse("<div>一<script>x<b></script><p>二</p></div>");
        let mut walk = dom.walk(dom.root());
        let mut text = String::new();
        while let Some(step) = walk.next() {
            if let Step::Enter(id) = step {
                if dom.name(id) == "script" {
                    walk.pass_over();
                }
                text.push_str(dom.text(id).unwrap_or_default());
            }
        }
        assert_eq!(text, "一二");
    }

    #[test]
    fn a_very_deep_page_is_refused_at_once() {
        assert_eq!(parse(&("<div>".repeat(4000) + "字")).text_below(0), "字");
        let deep = "<div>".repeat(1_000_000);
        assert_eq!(
            Dom::parse("p.html", &deep).err().unwrap().to_string(),
            "error: the page is no HTML to be read: its elements are nested more than 4096 deep\n  \
             --> p.html\n  help: save the page again in a browser, or copy its text into a text file"
        );
    }
}
