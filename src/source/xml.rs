//! XML of the formats that are packages or page descriptions.

use roxmltree::{Document, Node};

use crate::diag::{Fault, Place, Result};

/// Parses a part of `file`; `what` is what it should be ("the ALTO file").
///
/// A document type is refused: none of these formats has one, and its entities
/// could make a small file a huge one.
///
/// # Errors
/// What is no XML.
pub(super) fn parse<'a>(file: &str, what: &str, text: &'a str) -> Result<Document<'a>> {
    Document::parse(text).map_err(|e| {
        let at = e.pos();
        Fault::new(format!("{what} is not sound XML: {e}"))
            .at(Place::new(file, at.row, at.col.saturating_sub(1)))
            .help("export it again from the program that made it")
    })
}

/// The elements below `node` of this local name, whatever their namespace:
/// versions of one format differ in nothing else.
pub(super) fn named<'a, 'i>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |n| is(*n, name))
}

/// The elements directly in `node` of this local name.
pub(super) fn children<'a, 'i>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |n| is(*n, name))
}

/// Whether the node is an element of this local name.
pub(super) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// An attribute by its local name, whatever its namespace.
pub(super) fn attr<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|a| a.name() == name)
        .map(|a| a.value())
}
