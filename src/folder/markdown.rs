//! The body of an article: Markdown (CommonMark with tables and footnotes)
//! into blocks of plain text that know their places.
//!
//! Headings become subheads, items of lists stay items, a link is its text, a
//! row of a table is an item "heading：cell；heading：cell". What cannot be
//! read (pictures, HTML, link definitions) is told in a diagnostic each.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::fields::shorten;
use super::source::{Cursor, Joined, Source};
use crate::diag::{Diagnostic, Noted, Place};
use crate::model::{Block, BlockKind, SourceText};

/// The blocks of the Markdown that begins at byte `from` of `source`.
pub(super) fn blocks(source: &Source, from: usize) -> Noted<Vec<Block>> {
    let body = &source.text[from..];
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    let parser = Parser::new_ext(body, options);
    let mut reader = Reader {
        source,
        cursor: source.cursor(),
        blocks: Vec::new(),
        notes: Vec::new(),
        kind: BlockKind::Para,
        open: None,
        lists: Vec::new(),
        picture: None,
        html: None,
        code: false,
        table: None,
    };
    for (label, definition) in parser.reference_definitions().iter() {
        let place = source.place(from + definition.span.start);
        reader.notes.push(
            Diagnostic::note(
                Some(place),
                format!(
                    "the link definition `[{label}]: {}` is not read",
                    definition.dest
                ),
            )
            .help("write `\\[` when the bracket is part of the text"),
        );
    }
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, from + range.start..from + range.end);
    }
    reader.flush();
    reader.notes.sort_by(|a, b| a.place.cmp(&b.place));
    Noted::new(reader.blocks, reader.notes)
}

struct Reader<'a> {
    source: &'a Source,
    cursor: Cursor<'a>,
    blocks: Vec<Block>,
    notes: Vec<Diagnostic>,
    /// What the block will be that is open or comes next.
    kind: BlockKind,
    /// The text being gathered.
    open: Option<Joined>,
    /// For each list we are in, the number of its next item.
    lists: Vec<Option<u64>>,
    /// The alternative text of the picture we are in, and where it began.
    picture: Option<(usize, String)>,
    /// The HTML block we are in, and where it began.
    html: Option<(usize, String)>,
    /// Whether we are in a code block.
    code: bool,
    table: Option<Table>,
}

/// The table we are in.
#[derive(Default)]
struct Table {
    head: Vec<Option<SourceText>>,
    row: Vec<Option<SourceText>>,
    rows: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(TagEnd::TableRow) => self.table_row(range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text, range, self.code);
            }
            Event::Code(text) => {
                // The range holds the backticks too.
                let raw = &self.source.text[range.clone()];
                let shift = raw.find(&*text).unwrap_or(0);
                let range = range.start + shift..range.start + shift + text.len();
                self.text(&text, range, true);
            }
            Event::SoftBreak => self.line_break(range.start),
            Event::HardBreak if self.kind == BlockKind::Subhead || self.table.is_some() => {
                self.line_break(range.start);
            }
            Event::HardBreak => self.flush(),
            Event::Html(html) => match &mut self.html {
                Some((_, text)) => text.push_str(&html),
                None => self.tell_html(range.start, &html),
            },
            Event::InlineHtml(html) => {
                let tag = html.to_lowercase();
                if tag.starts_with("<br") {
                    self.flush();
                } else {
                    self.tell_html(range.start, &html);
                }
            }
            Event::FootnoteReference(label) => {
                let place = self.place(range.start);
                self.notes.push(Diagnostic::note(
                    Some(place),
                    format!(
                        "the footnote mark `{label}` is not read; its note is, where it stands"
                    ),
                ));
            }
            Event::Rule => self.flush(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {}
            Tag::Heading { .. } => {
                self.flush();
                self.kind = BlockKind::Subhead;
            }
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush();
                let next = self.lists.last_mut().and_then(Option::as_mut);
                let number = next.map(|n| {
                    *n += 1;
                    u32::try_from(*n - 1).unwrap_or(u32::MAX)
                });
                self.kind = BlockKind::Item { number };
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
                let place = self.place(range.start);
                self.notes.push(
                    Diagnostic::note(
                        Some(place),
                        "an indented or fenced block is read as a plain paragraph",
                    )
                    .help("begin paragraphs at the left margin"),
                );
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some((range.start, String::new()));
            }
            Tag::Image { .. } => self.picture = Some((range.start, String::new())),
            Tag::Table(_) => {
                self.flush();
                self.table = Some(Table::default());
            }
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => self.flush(),
            // Marks inside a line, and what the options above do not enable.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition => self.flush(),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::CodeBlock => {
                self.flush();
                self.code = false;
            }
            TagEnd::HtmlBlock => {
                if let Some((at, html)) = self.html.take() {
                    self.tell_html(at, &html);
                }
            }
            TagEnd::Image => {
                if let Some((at, alt)) = self.picture.take() {
                    let place = self.place(at);
                    let message = match shorten(&alt, 40) {
                        alt if alt.is_empty() => "a picture is not read".to_string(),
                        alt => format!("the picture `{alt}` is not read"),
                    };
                    self.notes
                        .push(Diagnostic::note(Some(place), message).help(
                            "tell in a sentence of its own what listeners should know of it",
                        ));
                }
            }
            TagEnd::TableCell => {
                let cell = self.open.take().and_then(|o| o.finish(&mut self.notes));
                if let Some(table) = &mut self.table {
                    table.row.push(cell);
                }
            }
            TagEnd::TableHead => {
                if let Some(table) = &mut self.table {
                    table.head = std::mem::take(&mut table.row);
                }
            }
            TagEnd::Table => self.table_end(),
            _ => {}
        }
    }

    /// Adds text that stands at `range` of the file; in `code` no character
    /// means anything but itself.
    fn text(&mut self, text: &str, range: Range<usize>, code: bool) {
        if let Some((_, alt)) = &mut self.picture {
            alt.push_str(text);
            return;
        }
        let verbatim = self.source.text.get(range.clone()) == Some(text);
        let open = self
            .open
            .get_or_insert_with(|| Joined::new(&self.source.file));
        // Behind a backslash, and in code, a brace is a brace; a cell of a table
        // cannot have a bar without one.
        let escaped = self.source.text[..range.start].ends_with('\\');
        let in_table = self.table.is_some();
        let mut at = range.start;
        for (i, c) in text.char_indices() {
            let here = self.cursor.seek(at);
            let plain = !verbatim || code || (i == 0 && escaped && !(c == '|' && in_table));
            match c {
                '\n' if self.code => open.line_break(here),
                '{' | '|' | '}' if !plain => open.mark(c, here),
                c => open.push(c, here),
            }
            if verbatim {
                at += c.len_utf8();
            }
        }
    }

    fn line_break(&mut self, at: usize) {
        let here = self.cursor.seek(at);
        match (&mut self.picture, &mut self.open) {
            (Some((_, alt)), _) => alt.push(' '),
            (None, Some(open)) => open.line_break(here),
            (None, None) => {}
        }
    }

    /// Ends the open block. Only the first block of an item is the item, only
    /// a heading's own text is a subhead: what follows is a paragraph.
    fn flush(&mut self) {
        if self.table.is_some() {
            return;
        }
        let Some(text) = self.open.take().and_then(|o| o.finish(&mut self.notes)) else {
            return;
        };
        let kind = std::mem::replace(&mut self.kind, BlockKind::Para);
        self.blocks.push(Block { kind, text });
    }

    fn table_row(&mut self, range: Range<usize>) {
        let columns = self.table.as_ref().map_or(0, |t| t.head.len());
        let beyond = self.cells_beyond(columns, range);
        let Some(table) = &mut self.table else { return };
        let mut cells = std::mem::take(&mut table.row);
        cells.extend(beyond);
        table.rows += 1;
        let mut parts = Vec::new();
        for (i, cell) in cells.into_iter().enumerate() {
            let Some(cell) = cell else { continue };
            parts.push(match table.head.get(i) {
                Some(Some(head)) => join(vec![head.clone(), cell], "："),
                _ => Some(cell),
            });
        }
        if let Some(text) = join(parts.into_iter().flatten().collect(), "；") {
            let kind = BlockKind::Item { number: None };
            self.blocks.push(Block { kind, text });
        }
    }

    /// The cells of a row that has more of them than the head: the format ignores them
    /// (GitHub Flavored Markdown, 4.10), a listener should not.
    fn cells_beyond(&mut self, columns: usize, range: Range<usize>) -> Vec<Option<SourceText>> {
        let row = self.source.text.get(range.clone()).unwrap_or_default();
        let bare = row.trim_end();
        let bare = bare
            .strip_suffix('|')
            .filter(|r| !r.ends_with('\\'))
            .unwrap_or(bare);
        let mut begins = Vec::new();
        let (mut begin, mut escaped) = (0, false);
        for (at, c) in bare.char_indices() {
            if c == '|' && !escaped {
                // A bar at the very beginning opens the first cell.
                if at > 0 {
                    begins.push((begin, at));
                }
                begin = at + 1;
            }
            escaped = c == '\\' && !escaped;
        }
        begins.push((begin, bare.len()));
        let beyond: Vec<(usize, String)> = (begins.into_iter().skip(columns))
            .map(|(from, to)| {
                let text = bare[from..to].trim_start();
                (to - text.len(), text.trim_end().to_string())
            })
            .filter(|(_, text)| !text.is_empty())
            .collect();
        (beyond.into_iter())
            .map(|(from, text)| Some(SourceText::at(text, self.place(range.start + from))))
            .collect()
    }

    fn table_end(&mut self) {
        let Some(table) = self.table.take() else {
            return;
        };
        if table.rows == 0
            && let Some(text) = join(table.head.into_iter().flatten().collect(), "，")
        {
            let kind = BlockKind::Para;
            self.blocks.push(Block { kind, text });
        }
        self.kind = BlockKind::Para;
    }

    fn place(&mut self, at: usize) -> Place {
        let (line, col) = self.cursor.seek(at);
        Place::new(&self.source.file, line, col)
    }

    fn tell_html(&mut self, at: usize, html: &str) {
        let place = Some(self.place(at));
        let text = shorten(html, 40);
        self.notes.push(if html.trim_start().starts_with("<!--") {
            Diagnostic::note(place, format!("the comment `{text}` is not read"))
        } else {
            Diagnostic::doubt(place, format!("`{text}` is taken for HTML and not read"))
                .help("write Markdown, or `\\<` when the bracket is part of the text")
        });
    }
}

/// `parts` with `mark` between them; each mark stands where the part after it does.
fn join(parts: Vec<SourceText>, mark: &str) -> Option<SourceText> {
    let mut parts = parts.into_iter();
    let mut whole = parts.next()?;
    for part in parts {
        let place = part.place().unwrap_or_else(|| Place::file(&part.file));
        whole.append(&SourceText::at(mark, place));
        whole.append(&part);
    }
    Some(whole)
}

#[cfg(test)]
mod tests;
