//! What an HTML page shows → headings, paragraphs, items and rows, in order.
//!
//! Which elements stand as blocks is what the HTML Standard's rendering says
//! (section 15.3, <https://html.spec.whatwg.org/multipage/rendering.html>).

use super::dom::{Dom, Id, Step};
use super::tidy::{Cells, tidy};
use crate::model::BlockKind;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A heading; 1 is the highest.
    Heading(u8),
    /// What becomes a block of an article.
    Body(BlockKind),
}

/// A block of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Flow {
    pub shape: Shape,
    /// Its text on one line.
    pub text: String,
    /// The element it stands in.
    pub at: Id,
    /// How many of its characters are links.
    pub links: usize,
}

impl Flow {
    /// The share of its characters that are links.
    pub fn link_share(&self) -> f32 {
        self.links as f32 / self.text.chars().count().max(1) as f32
    }
}

/// Elements that begin a line of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements whose text nobody reads: code, what is typed into, pictures, and
/// the small readings above characters.
const SILENT: &[&str] = &[
    "head", "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "canvas",
    "audio", "video", "button", "select", "option", "textarea", "input", "rt", "rp", "map",
    "dialog",
];

/// The blocks of what stands below `from`; elements for which `skip` holds, and
/// what nobody sees, are passed over.
pub(super) fn blocks(dom: &Dom, from: Id, skip: impl Fn(Id) -> bool) -> Vec<Flow> {
    let mut reader = Reader {
        dom,
        found: Vec::new(),
        open: String::new(),
        links: 0,
        at: from,
        in_link: 0,
        lists: Vec::new(),
        item: None,
        rows: Vec::new(),
    };
    let mut walk = dom.walk(from);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) if dom.text(id).is_some() => reader.text(id),
            Step::Enter(id) if !dom.name(id).is_empty() && (is_silent(dom, id) || skip(id)) => {
                if BLOCKS.contains(&dom.name(id)) {
                    reader.flush();
                }
                walk.pass_over();
            }
            Step::Enter(id) => reader.enter(id),
            Step::Leave(id) => reader.leave(id),
        }
    }
    reader.flush();
    reader.found
}

fn is_silent(dom: &Dom, id: Id) -> bool {
    let style = || dom.attr(id, "style").unwrap_or_default().replace(' ', "");
    SILENT.contains(&dom.name(id))
        || dom.attr(id, "hidden").is_some()
        || dom.attr(id, "aria-hidden") == Some("true")
        || style().contains("display:none")
}

struct Reader<'a> {
    dom: &'a Dom,
    found: Vec<Flow>,
    open: String,
    links: usize,
    /// The block element that the open text stands in.
    at: Id,
    in_link: usize,
    /// For each list we are in, the number of its next item.
    lists: Vec<Option<u32>>,
    /// The item whose first text is still to come.
    item: Option<Option<u32>>,
    /// For each table of data we are in, the row.
    rows: Vec<Cells>,
}

impl Reader<'_> {
    fn text(&mut self, id: Id) {
        let text = self.dom.text(id).unwrap_or_default();
        self.open.push_str(text);
        if self.in_link > 0 {
            self.links += tidy(text).chars().count();
        }
    }

    fn enter(&mut self, id: Id) {
        let name = self.dom.name(id);
        match name {
            "br" => {
                // In a heading a line break is layout.
                if heading(self.dom, self.at).is_some() || !self.rows.is_empty() {
                    self.open.push('\n');
                } else {
                    self.flush();
                }
            }
            "a" => self.in_link += 1,
            "table" if is_data(self.dom, id) => {
                self.flush();
                self.rows.push(Cells::default());
            }
            "td" | "th" if !self.rows.is_empty() => self.open.clear(),
            _ if BLOCKS.contains(&name) && self.rows.is_empty() => {
                self.flush();
                self.at = id;
                match name {
                    "ol" => {
                        let start = self.dom.attr(id, "start").and_then(|s| s.parse().ok());
                        self.lists.push(Some(start.unwrap_or(1)));
                    }
                    "ul" | "menu" => self.lists.push(None),
                    "li" => {
                        let number = self.lists.last_mut().and_then(Option::as_mut);
                        self.item = Some(number.map(|n| {
                            *n = n.saturating_add(1);
                            *n - 1
                        }));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn leave(&mut self, id: Id) {
        let name = self.dom.name(id);
        match name {
            "a" => self.in_link = self.in_link.saturating_sub(1),
            "td" | "th" if !self.rows.is_empty() => {
                let cell = tidy(&std::mem::take(&mut self.open));
                if let Some(row) = self.rows.last_mut() {
                    row.cell(cell, name == "th");
                }
            }
            "caption" if !self.rows.is_empty() => {
                let text = tidy(&std::mem::take(&mut self.open));
                if !text.is_empty() {
                    self.push(Shape::Body(BlockKind::Para), text, id);
                }
            }
            "tr" if !self.rows.is_empty() => {
                let row = self.rows.last_mut().and_then(Cells::end_row);
                if let Some(text) = row {
                    self.push(Shape::Body(BlockKind::Item { number: None }), text, id);
                }
            }
            "table" if !self.rows.is_empty() && is_data(self.dom, id) => {
                if let Some(text) = self.rows.pop().and_then(Cells::end) {
                    self.push(Shape::Body(BlockKind::Para), text, id);
                }
                self.links = 0;
            }
            _ if BLOCKS.contains(&name) && self.rows.is_empty() => {
                self.flush();
                self.at = self.dom.parent(id).unwrap_or(self.dom.root());
                match name {
                    "ol" | "ul" | "menu" => {
                        self.lists.pop();
                    }
                    "li" => self.item = None,
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Ends the open text. Only the first block of an item is the item.
    fn flush(&mut self) {
        if !self.rows.is_empty() {
            return;
        }
        let text = tidy(&std::mem::take(&mut self.open));
        let links = std::mem::take(&mut self.links);
        if text.is_empty() {
            return;
        }
        let shape = match heading(self.dom, self.at) {
            Some(level) => Shape::Heading(level),
            None => Shape::Body(match self.item.take() {
                Some(number) => BlockKind::Item { number },
                None if self.is_caption() => BlockKind::Caption,
                None => BlockKind::Para,
            }),
        };
        let at = self.at;
        self.links = links;
        self.push(shape, text, at);
        self.links = 0;
    }

    /// Whether the open text stands below a picture.
    fn is_caption(&self) -> bool {
        around(self.dom, self.at).any(|id| self.dom.name(id) == "figcaption")
    }

    fn push(&mut self, shape: Shape, text: String, at: Id) {
        let links = self.links.min(text.chars().count());
        self.found.push(Flow {
            shape,
            text,
            at,
            links,
        });
    }
}

/// An element and those that it stands in, as far up as inline ones nest.
fn around(dom: &Dom, id: Id) -> impl Iterator<Item = Id> {
    std::iter::once(id).chain(dom.ancestors(id).take(3))
}

/// The level of the heading that the element is or stands in.
fn heading(dom: &Dom, id: Id) -> Option<u8> {
    around(dom, id).find_map(|id| match dom.name(id) {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    })
}

/// Whether a table holds data: two columns or more, and no cell has blocks in
/// it. Old pages are laid out in tables, and those are no tables to a reader.
fn is_data(dom: &Dom, table: Id) -> bool {
    let blocks = |id: Id| {
        let name = dom.name(id);
        BLOCKS.contains(&name) && !matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr")
    };
    let mut columns = 0;
    for id in dom.below(table).skip(1) {
        match dom.name(id) {
            "td" | "th" => {}
            "caption" => {}
            "table" => return false,
            "tr" => {
                let cells = dom.children(id).iter();
                columns = columns.max(cells.filter(|c| !dom.name(**c).is_empty()).count());
            }
            _ if blocks(id) => return false,
            _ => {}
        }
    }
    columns > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Vec<(Shape, String)> {
        let dom = Dom::parse("p.html", html).unwrap();
        blocks(&dom, dom.root(), |id| dom.name(id) == "nav")
            .into_iter()
            .map(|f| (f.shape, f.text))
            .collect()
    }

    fn para(text: &str) -> (Shape, String) {
        (Shape::Body(BlockKind::Para), text.into())
    }

    fn item(number: Option<u32>, text: &str) -> (Shape, String) {
        (Shape::Body(BlockKind::Item { number }), text.into())
    }

    #[test]
    fn blocks_breaks_and_marks_inside_lines() {
        assert_eq!(
            read(
                "<h1>社区<br>食堂</h1><div>一句<b>话</b>。<br>又一句。<p>第三<i>句</i>\n话。</p>尾</div>\
                 <nav>首页</nav><script>x()</script><p style='display: none'>藏</p><p>&nbsp;</p>"
            ),
            [
                (Shape::Heading(1), "社区食堂".to_string()),
                para("一句话。"),
                para("又一句。"),
                para("第三句话。"),
                para("尾"),
            ]
        );
    }

    #[test]
    fn lists_are_counted() {
        assert_eq!(
            read("<ol start=3><li>甲<li><p>乙</p><p>乙续</p></ol><ul><li>丙</ul>末"),
            [
                item(Some(3), "甲"),
                item(Some(4), "乙"),
                para("乙续"),
                item(None, "丙"),
                para("末"),
            ]
        );
    }

    #[test]
    fn tables_of_data_are_rows_and_those_of_layout_are_not() {
        assert_eq!(
            read(
                "<table><tr><th>菜<th>价<tr><td>面<td>8元<tr><td>饭<td>2元</table>\
                 <table><tr><td>左<td>右</table><table><tr><td><p>一。</p><td><p>二。</p></table>"
            ),
            [
                item(None, "菜：面；价：8元"),
                item(None, "菜：饭；价：2元"),
                item(None, "左；右"),
                para("一。"),
                para("二。"),
            ]
        );
    }
}
