//! DOCX, the documents of word processors (ECMA-376 part 1, WordprocessingML,
//! section 17): the body's paragraphs, with the headings that their styles name.

mod numbering;
mod styles;
#[cfg(test)]
mod tests;

use roxmltree::Node;

use super::Content;
use super::archive::Archive;
use super::flow::Shape;
use super::tidy::{Cells, tidy};
use super::xml::{attr, children, named, parse};
use crate::diag::{Diagnostic, Fault, Noted, Place, Result};
use crate::model::BlockKind;
use numbering::Numbering;
use styles::Styles;

/// The document's own part.
pub(super) const DOCUMENT: &str = "word/document.xml";

/// Reads a document.
///
/// # Errors
/// A damaged or protected file, and one without text.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Noted<Content>> {
    let mut archive = Archive::open(file, bytes)?;
    let body = archive.needed(DOCUMENT)?;
    let styles = archive.text("word/styles.xml")?.unwrap_or_default();
    let numbering = archive.text("word/numbering.xml")?.unwrap_or_default();
    let footnotes = archive.text("word/footnotes.xml")?.unwrap_or_default();
    let document = parse(file, "the document", &body)?;
    let mut reader = Reader {
        styles: Styles::read(file, &styles)?,
        numbering: Numbering::read(file, &numbering)?,
        blocks: Vec::new(),
    };
    if let Some(body) = named(document.root(), "body").next() {
        reader.body(body);
    }
    let mut notes = Vec::new();
    let count = match footnotes.is_empty() {
        true => 0,
        // The lines that part notes from text are of a type (section 17.18.33).
        false => named(parse(file, "the footnotes", &footnotes)?.root(), "footnote")
            .filter(|n| attr(*n, "type").is_none())
            .count(),
    };
    if count > 0 {
        notes.push(
            Diagnostic::doubt(
                Some(Place::file(file)),
                format!("the document's footnotes are not read: there are {count}"),
            )
            .help("write into the text what listeners should know of them"),
        );
    }
    let blocks: Vec<(Shape, &str)> = (reader.blocks.iter())
        .map(|(s, t)| (*s, t.as_str()))
        .collect();
    if blocks.is_empty() {
        return Err(Fault::new("the document holds no text")
            .at(Place::file(file))
            .help("a scanned page in it can be given as an image file of its own"));
    }
    let content = super::document(file, &blocks, &mut notes, |_| {});
    Ok(Noted::new(content, notes))
}

struct Reader {
    styles: Styles,
    numbering: Numbering,
    blocks: Vec<(Shape, String)>,
}

impl Reader {
    /// What holds paragraphs and tables, maybe inside content controls.
    fn body(&mut self, body: Node<'_, '_>) {
        // A stack in place of recursion, the next node on top.
        let mut open: Vec<Node> = body.children().rev().filter(Node::is_element).collect();
        while let Some(node) = open.pop() {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" if is_data(node) => self.table(node),
                "tbl" | "tr" | "tc" | "sdt" | "sdtContent" | "customXml" | "ins" | "smartTag" => {
                    open.extend(node.children().rev().filter(Node::is_element));
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node<'_, '_>) {
        let properties = children(node, "pPr").next();
        let property = |name| {
            let found = children(properties?, name).next()?;
            attr(found, "val")
        };
        let style = property("pStyle");
        let own_level = property("outlineLvl").and_then(|v| v.parse::<u8>().ok());
        let level = own_level.filter(|l| *l < 9).map(|l| l + 1);
        let heading = level.or_else(|| style.and_then(|s| self.styles.level(s)));
        let list = properties
            .and_then(|p| children(p, "numPr").next())
            .and_then(|n| {
                let value = |name| attr(children(n, name).next()?, "val");
                Some((value("numId")?, value("ilvl").unwrap_or("0")))
            });
        let item = list.and_then(|(id, level)| self.numbering.next(id, level));
        let mut lines = lines(node).into_iter().filter(|l| !l.is_empty());
        if let Some(level) = heading {
            let whole: Vec<String> = lines.collect();
            if !whole.is_empty() {
                let text = tidy(&whole.join("\n"));
                self.blocks.push((Shape::Heading(level), text));
            }
            return;
        }
        if let Some(number) = item
            && let Some(first) = lines.next()
        {
            let kind = BlockKind::Item { number };
            self.blocks.push((Shape::Body(kind), first));
        }
        let rest = lines.map(|text| (Shape::Body(BlockKind::Para), text));
        self.blocks.extend(rest);
    }

    fn table(&mut self, table: Node<'_, '_>) {
        let mut cells = Cells::default();
        for row in children(table, "tr") {
            let heading = named(row, "tblHeader").next().is_some();
            for cell in children(row, "tc") {
                let text: Vec<String> = children(cell, "p").flat_map(lines).collect();
                cells.cell(tidy(&text.join(" ")), heading);
            }
            if let Some(text) = cells.end_row() {
                let kind = BlockKind::Item { number: None };
                self.blocks.push((Shape::Body(kind), text));
            }
        }
        if let Some(text) = cells.end() {
            self.blocks.push((Shape::Body(BlockKind::Para), text));
        }
    }
}

/// A table of data has two columns or more and one paragraph in each cell;
/// others lay the page out.
fn is_data(table: Node<'_, '_>) -> bool {
    let row = |r| children(r, "tc").count();
    let cells = || children(table, "tr").flat_map(|r| children(r, "tc"));
    let written = |c| {
        children(c, "p")
            .filter(|p| named(*p, "t").next().is_some())
            .count()
    };
    children(table, "tr").any(|r| row(r) > 1)
        && cells().all(|c| written(c) <= 1 && children(c, "tbl").next().is_none())
}

/// The text of a paragraph, line by line as its breaks part it. What was
/// deleted while changes were tracked, and the second form of a drawing that is
/// there for older programs, is no text.
fn lines(paragraph: Node<'_, '_>) -> Vec<String> {
    let mut text = String::new();
    // A stack in place of recursion; nothing on it stands for a line end.
    let mut open: Vec<Option<Node>> = vec![Some(paragraph)];
    while let Some(node) = open.pop() {
        let Some(node) = node else {
            text.push('\n');
            continue;
        };
        match node.tag_name().name() {
            "t" => text.push_str(node.text().unwrap_or_default()),
            "tab" => text.push(' '),
            "noBreakHyphen" => text.push('-'),
            // A page or column break is layout; a line break parts lines.
            "br" | "cr" if attr(node, "type").is_none() => text.push('\n'),
            "del" | "moveFrom" | "Fallback" | "rt" | "instrText" | "pPr" | "rPr" => {}
            name => {
                // The paragraphs of a text box stand apart.
                let boxed = name == "p" && node != paragraph;
                open.extend(boxed.then_some(None));
                open.extend(node.children().rev().filter(Node::is_element).map(Some));
                open.extend(boxed.then_some(None));
            }
        }
    }
    text.split('\n').map(tidy).collect()
}
