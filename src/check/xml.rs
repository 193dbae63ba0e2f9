//! Documents of an export: parsed, with lines, ids and metadata.

use std::collections::HashMap;

use roxmltree::{Node, ParsingOptions};

use super::{File, Files, Report};

const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";

/// A parsed document and where it lies.
pub struct Document<'a> {
    /// Its path.
    pub file: &'a str,
    /// Its text.
    text: &'a str,
    tree: roxmltree::Document<'a>,
}

/// A `meta` element of a document.
pub struct Meta<'a, 'b> {
    /// Its name.
    pub name: &'b str,
    /// Its content.
    pub content: &'b str,
    /// The element.
    pub node: Node<'b, 'a>,
}

impl<'a> Document<'a> {
    /// Parses a document that must be UTF-8 and well-formed (XML 1.0, 2.1); tells
    /// what is wrong when it is not.
    pub fn parse(
        file: &'a str,
        bytes: &'a [u8],
        clause: &'static str,
        report: &mut Report,
    ) -> Option<Self> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{FEFF}').unwrap_or(text),
            Err(e) => {
                let line = 1 + bytes[..e.valid_up_to()]
                    .iter()
                    .filter(|b| **b == b'\n')
                    .count();
                report.line(file, line as u32, clause, "the document is not UTF-8");
                return None;
            }
        };
        let options = ParsingOptions {
            allow_dtd: true,
            ..Default::default()
        };
        match roxmltree::Document::parse_with_options(text, options) {
            Ok(tree) => {
                let document = Document { file, text, tree };
                document.declaration(clause, report);
                Some(document)
            }
            Err(e) => {
                let message = format!("the document is not well-formed XML: {e}");
                report.line(file, e.pos().row, clause, message);
                None
            }
        }
    }

    /// The XML declaration must be there and name the encoding.
    fn declaration(&self, clause: &'static str, report: &mut Report) {
        let head = self.text.split("?>").next().unwrap_or_default();
        if !head.starts_with("<?xml") {
            report.line(self.file, 1, clause, "the XML declaration is missing");
        } else if !declares(head, "version", "1.0") {
            report.line(self.file, 1, clause, "the XML version is not 1.0");
        } else if !declares(head, "encoding", "utf-8") {
            let message = "the XML declaration does not name the encoding utf-8";
            report.line(self.file, 1, clause, message);
        }
    }

    /// The root element.
    pub fn root(&self) -> Node<'_, 'a> {
        self.tree.root_element()
    }

    /// All elements in the order of the document.
    pub fn elements(&self) -> impl Iterator<Item = Node<'_, 'a>> {
        self.tree.descendants().filter(Node::is_element)
    }

    /// All elements of this name.
    pub fn named<'b>(&'b self, name: &'b str) -> impl Iterator<Item = Node<'b, 'a>> {
        self.elements().filter(move |n| n.tag_name().name() == name)
    }

    /// The line in which an element begins.
    pub fn line(&self, node: Node) -> u32 {
        self.tree.text_pos_at(node.range().start).row
    }

    /// Reports something about an element.
    pub fn find(
        &self,
        report: &mut Report,
        node: Node,
        clause: &'static str,
        message: impl Into<String>,
    ) {
        report.line(self.file, self.line(node), clause, message);
    }

    /// The public identifier of the document type, if there is one.
    pub fn public_id(&self) -> Option<&'a str> {
        let declaration = self.text.split_once("<!DOCTYPE")?.1.split('>').next()?;
        let quoted = declaration.split_once("PUBLIC")?.1.trim_start();
        let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        quoted[1..].split(quote).next()
    }

    /// Reports a document type, a root element or a namespace other than these.
    pub fn expect(
        &self,
        root: &str,
        namespace: &str,
        public_ids: &[&str],
        clause: &'static str,
        report: &mut Report,
    ) {
        let id = self.public_id();
        if !id.is_some_and(|id| public_ids.contains(&id)) {
            let found = id.map_or("there is none".into(), |id| format!("it is `{id}`"));
            let message = format!("the document type should be `{}`; {found}", public_ids[0]);
            report.line(self.file, 1, clause, message);
        }
        let tag = self.root().tag_name();
        if tag.name() != root || tag.namespace().unwrap_or_default() != namespace {
            let message = format!("the root element should be `{root}` of namespace `{namespace}`");
            self.find(report, self.root(), clause, message);
        }
    }

    /// The elements by their ids; ids that occur twice or are no names are reported.
    pub fn ids(&self, clause: &'static str, report: &mut Report) -> HashMap<&str, Node<'_, 'a>> {
        let mut ids = HashMap::new();
        for node in self.elements() {
            let Some(id) = node.attribute("id") else {
                continue;
            };
            let start = id.chars().next();
            let name = start.is_some_and(|c| c.is_alphabetic() || c == '_')
                && id
                    .chars()
                    .all(|c| c.is_alphanumeric() || "-_.:".contains(c));
            if !name {
                self.find(
                    report,
                    node,
                    clause,
                    format!("the id `{id}` is no XML name"),
                );
            }
            if ids.contains_key(id) {
                self.find(
                    report,
                    node,
                    clause,
                    format!("the id `{id}` occurs more than once"),
                );
            } else {
                ids.insert(id, node);
            }
        }
        ids
    }

    /// The `meta` elements that have a name.
    pub fn metas(&self) -> Vec<Meta<'a, '_>> {
        self.named("meta")
            .filter_map(|node| {
                Some(Meta {
                    name: node.attribute("name")?,
                    content: node.attribute("content").unwrap_or_default(),
                    node,
                })
            })
            .collect()
    }

    /// Reports languages that are none (RFC 3066, 2.1).
    pub fn languages(&self, clause: &'static str, report: &mut Report) {
        for node in self.elements() {
            let own = node.attribute((XML_NAMESPACE, "lang"));
            for tag in own.into_iter().chain(node.attribute("lang")) {
                if !super::names::is_language(tag) {
                    self.find(report, node, clause, format!("`{tag}` is no language tag"));
                }
            }
        }
    }
}

/// Whether an XML declaration says this of the document, in whatever case.
fn declares(declaration: &str, name: &str, value: &str) -> bool {
    let plain = declaration.to_ascii_lowercase().replace('\'', "\"");
    plain.contains(&format!(" {name}=\"{value}\""))
}

/// All the text inside an element.
pub fn text(node: Node) -> String {
    node.descendants()
        .filter(Node::is_text)
        .filter_map(|n| n.text())
        .collect()
}

/// The name of an attribute as it is written, for the only prefix in use.
pub fn attribute_name(attribute: &roxmltree::Attribute) -> String {
    match attribute.namespace() {
        Some(XML_NAMESPACE) => format!("xml:{}", attribute.name()),
        Some(other) => format!("{{{other}}}{}", attribute.name()),
        None => attribute.name().into(),
    }
}

/// The documents whose names end like one of these, parsed.
pub fn documents<'a>(
    files: &'a Files,
    endings: &[&str],
    clause: &'static str,
    report: &mut Report,
) -> Vec<Document<'a>> {
    let mut documents = Vec::new();
    for (path, file) in files.iter() {
        let File::Document(bytes) = file else {
            continue;
        };
        if endings
            .iter()
            .any(|e| path.to_ascii_lowercase().ends_with(e))
        {
            documents.extend(Document::parse(path, bytes, clause, report));
        }
    }
    documents
}
