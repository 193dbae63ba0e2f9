//! ALTO, the layout of digitised pages (ALTO 4.4, Library of Congress,
//! <https://www.loc.gov/standards/alto/>; versions 2 and 3 are the same here).
//!
//! `Page` holds `TextLine`s, wherever they are nested, and these `String`s with
//! `CONTENT`; `HPOS`, `VPOS`, `WIDTH` and `HEIGHT` are in the file's unit. The
//! two halves of a word that was divided at the line end name the whole in
//! `SUBS_CONTENT`.

use roxmltree::Node;

use super::layout::{Described, Edges, page_text};
use super::xml::{attr, children, named, parse};
use crate::diag::Result;

/// The text of every page, in reading order.
///
/// # Errors
/// What is no XML.
pub(super) fn pages(file: &str, text: &str) -> Result<Vec<String>> {
    let document = parse(file, "the ALTO file", text)?;
    Ok(named(document.root(), "Page")
        .map(|page| page_text(named(page, "TextLine").map(line).collect()))
        .collect())
}

fn line(node: Node<'_, '_>) -> Described {
    let words = children(node, "String").filter_map(|word| {
        let content = match attr(word, "SUBS_TYPE") {
            Some("HypPart1") => attr(word, "SUBS_CONTENT").or(attr(word, "CONTENT")),
            Some("HypPart2") => None,
            _ => attr(word, "CONTENT"),
        }?;
        Some((edges(word), content.to_string()))
    });
    Described {
        edges: edges(node),
        size: None,
        words: words.collect(),
    }
}

fn edges(node: Node<'_, '_>) -> Option<Edges> {
    let number = |name| {
        let value: f32 = attr(node, name)?.parse().ok()?;
        value.is_finite().then_some(value)
    };
    let (left, top) = (number("HPOS")?, number("VPOS")?);
    Some([left, top, left + number("WIDTH")?, top + number("HEIGHT")?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_wherever_they_are_nested() {
        let text = "<alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'><Layout><Page>\
            <PrintSpace><ComposedBlock><TextBlock>\
            <TextLine HPOS='0' VPOS='30' WIDTH='90' HEIGHT='10'><String CONTENT='第二'/>\
            <SP/><String CONTENT='com' SUBS_TYPE='HypPart1' SUBS_CONTENT='community'/><HYP CONTENT='-'/></TextLine>\
            </TextBlock></ComposedBlock><TextBlock>\
            <TextLine><String HPOS='0' VPOS='10' WIDTH='90' HEIGHT='10' CONTENT='第一'/></TextLine>\
            <TextLine><String CONTENT='没有位置'/></TextLine>\
            </TextBlock></PrintSpace></Page><Page/></Layout></alto>";
        assert_eq!(
            pages("a.xml", text).unwrap(),
            ["第一\n没有位置\n第二community\n", ""]
        );
    }

    #[test]
    fn entities_are_refused() {
        let text = "<!DOCTYPE a [<!ENTITY b \"c\">]><alto/>";
        assert_eq!(
            pages("a.xml", text).unwrap_err().to_string(),
            "error: the ALTO file is not sound XML: XML with DTD detected\n  --> a.xml:1:1\n  \
             help: export it again from the program that made it"
        );
    }
}
