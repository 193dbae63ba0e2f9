//! Articles whose parts are known by markup, and the plain text that their
//! places mean.

use super::flow::Shape;
use super::info::info;
use crate::diag::{Diagnostic, Place};
use crate::ingest::{self, PageFile, Repairs};
use crate::model::{Article, ArticleKind, Block, BlockKind, Masthead, Repair, SourceText};

/// An article as markup gives it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Story {
    pub kicker: Option<String>,
    pub headline: String,
    pub subhead: Option<String>,
    pub byline: Option<String>,
    pub blocks: Vec<(BlockKind, String)>,
    /// It is kept but not read: what belongs to no article.
    pub apart: bool,
}

/// What one headline stands over, as numbers of blocks.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Part {
    pub headline: Option<usize>,
    pub byline: Option<usize>,
    pub body: Vec<usize>,
}

impl Part {
    /// It has no headline: what stands above the first article.
    pub fn is_apart(&self) -> bool {
        self.headline.is_none()
    }
}

/// Parts blocks into articles; `None` when no heading says where one begins.
///
/// The highest heading is that of an article. Where there is one such heading
/// only, with no sentence below it, but two or more of the next level, it is
/// the name of the whole, and these are the articles'.
pub(super) fn parts(blocks: &[(Shape, &str)]) -> Option<Vec<Part>> {
    let level = article_level(blocks)?;
    let mut parts = vec![Part::default()];
    for (i, (shape, text)) in blocks.iter().enumerate() {
        match (shape, parts.last_mut()) {
            (Shape::Heading(at), _) if *at == level => parts.push(Part {
                headline: Some(i),
                ..Part::default()
            }),
            (Shape::Body(BlockKind::Para), Some(part))
                if part.body.is_empty()
                    && part.byline.is_none()
                    && !part.is_apart()
                    && info(text).is_some_and(|i| i.byline.as_deref() == Some(*text)) =>
            {
                part.byline = Some(i);
            }
            (_, Some(part)) => part.body.push(i),
            (_, None) => {}
        }
    }
    parts.retain(|p| p.headline.is_some() || !p.body.is_empty());
    Some(parts)
}

fn article_level(blocks: &[(Shape, &str)]) -> Option<u8> {
    let levels = || {
        blocks.iter().filter_map(|b| match b.0 {
            Shape::Heading(level) => Some(level),
            Shape::Body(_) => None,
        })
    };
    let highest = levels().min()?;
    let second = levels().filter(|l| *l > highest).min();
    let Some(second) = second.filter(|_| levels().filter(|l| *l == highest).count() == 1) else {
        return Some(highest);
    };
    let below = blocks
        .iter()
        .skip_while(|b| b.0 != Shape::Heading(highest))
        .take_while(|b| b.0 != Shape::Heading(second));
    let sentence = below.clone().any(|b| b.1.contains(['。', '！', '？']));
    let several = levels().filter(|l| *l == second).count() > 1;
    Some(if several && !sentence {
        second
    } else {
        highest
    })
}

/// The kind of block that stands in a body.
pub(super) fn body_kind(shape: Shape) -> BlockKind {
    match shape {
        Shape::Heading(_) => BlockKind::Subhead,
        Shape::Body(kind) => kind,
    }
}

/// What the head of a document says of the paper: its name, number, day.
pub(super) fn masthead(lines: &[&str]) -> Masthead {
    let page = PageFile {
        name: String::new(),
        bytes: lines.join("\n\n").into_bytes(),
    };
    let repairs = Repairs {
        model: None,
        how: Repair::Off,
    };
    ingest::read_pages(&[page], repairs)
        .map(|read| read.value.issue.masthead)
        .unwrap_or_default()
}

/// The articles that headings part, written; what stands above the first one
/// is kept but not read.
pub(super) fn write(blocks: &[(Shape, &str)], parts: &[Part], writer: &mut Writer) -> Masthead {
    let mut head = Masthead::default();
    for part in parts {
        let text = |i: &usize| blocks[*i].1.to_string();
        if part.is_apart() {
            let lines: Vec<&str> = part.body.iter().map(|i| blocks[*i].1).collect();
            head = masthead(&lines);
        }
        let mut body = part.body.iter();
        let headline = part.headline.as_ref().or_else(|| body.next());
        writer.add(Story {
            headline: headline.map(text).unwrap_or_default(),
            byline: part.byline.as_ref().map(text),
            blocks: body.map(|i| (body_kind(blocks[*i].0), text(i))).collect(),
            apart: part.is_apart(),
            ..Story::default()
        });
    }
    head
}

/// The doubt about a headline without an article.
pub(super) fn no_body(headline: &str, place: &Place) -> Diagnostic {
    Diagnostic::doubt(
        Some(place.clone()),
        format!("the headline `{headline}` has no article below it; it is not read"),
    )
    .help("look at the file; set `read = true` once its text is there")
}

/// The articles of one file and their text, one block a line, a blank line
/// between.
pub(super) struct Writer {
    file: String,
    text: String,
    line: u32,
    articles: Vec<Article>,
    notes: Vec<Diagnostic>,
}

impl Writer {
    /// Nothing yet; places will name `file`.
    pub fn new(file: String) -> Writer {
        Writer {
            file,
            text: String::new(),
            line: 1,
            articles: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds an article.
    pub fn add(&mut self, story: Story) {
        let place = Place::new(&self.file, self.line, 0);
        let kicker = story.kicker.map(|t| self.put("", &t));
        let headline = self.put("", &story.headline);
        let subhead = story.subhead.map(|t| self.put("", &t));
        let byline = story.byline.map(|t| self.put("", &t));
        let blocks: Vec<Block> = story
            .blocks
            .into_iter()
            .map(|(kind, text)| {
                let mark = match kind {
                    BlockKind::Item { number: Some(n) } => format!("{n}. "),
                    BlockKind::Item { number: None } => "- ".to_string(),
                    _ => String::new(),
                };
                let text = self.put(&mark, &text);
                Block { kind, text }
            })
            .collect();
        let kind = match story.apart {
            true => ArticleKind::Other,
            false => ingest::kind_of(&headline.text, kicker.as_ref().map_or("", |k| &k.text)),
        };
        let read = !story.apart && !blocks.is_empty();
        if !read && !story.apart {
            self.notes.push(no_body(&headline.text, &place));
        }
        self.articles.push(Article {
            id: String::new(),
            kind,
            kicker,
            headline,
            subhead,
            byline,
            read,
            blocks,
            audio: None,
            voice: None,
            language: None,
            page: None,
            priority: None,
            place,
        });
    }

    fn put(&mut self, mark: &str, text: &str) -> SourceText {
        let col = mark.chars().count() as u32;
        let placed = SourceText::at(text, Place::new(&self.file, self.line, col));
        self.text.push_str(mark);
        self.text.push_str(text);
        self.text.push_str("\n\n");
        self.line += 2;
        placed
    }

    /// The articles, their text, and what was met.
    pub fn finish(self) -> (Vec<Article>, String, Vec<Diagnostic>) {
        (self.articles, self.text, self.notes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(blocks: &[(Shape, &'static str)]) -> Vec<Option<&'static str>> {
        let parts = parts(blocks).unwrap();
        parts
            .iter()
            .map(|p| p.headline.map(|i| blocks[i].1))
            .collect()
    }

    #[test]
    fn headings_say_where_articles_begin() {
        let (h1, h2, p) = (
            Shape::Heading(1),
            Shape::Heading(2),
            Shape::Body(BlockKind::Para),
        );
        assert_eq!(
            heads(&[
                (h1, "一"),
                (p, "话。"),
                (h2, "小"),
                (p, "话。"),
                (h2, "小"),
                (h1, "二")
            ]),
            [Some("一"), Some("二")]
        );
        assert_eq!(
            heads(&[
                (h1, "荷湾社区报"),
                (p, "第12期"),
                (h2, "一"),
                (p, "话。"),
                (h2, "二")
            ]),
            [None, Some("一"), Some("二")]
        );
        assert_eq!(
            heads(&[(h1, "一"), (p, "话。"), (h2, "小"), (h2, "小")]),
            [Some("一")]
        );
        assert_eq!(parts(&[(p, "话。")]), None);
    }

    #[test]
    fn the_head_of_a_document_is_read() {
        let head = masthead(&["荷湾社区报", "2026年11月20日 第12期"]);
        assert_eq!(head.paper, "荷湾社区报");
        assert_eq!(head.date.as_deref(), Some("2026-11-20"));
        assert_eq!(masthead(&["English only"]), Masthead::default());
    }

    #[test]
    fn places_mean_the_written_text() {
        let mut writer = Writer::new("a.docx.txt".into());
        writer.add(Story {
            headline: "题目".into(),
            byline: Some("记者 林晓".into()),
            blocks: vec![(BlockKind::Item { number: Some(2) }, "第二项".into())],
            ..Story::default()
        });
        let (articles, text, notes) = writer.finish();
        assert_eq!(text, "题目\n\n记者 林晓\n\n2. 第二项\n\n");
        assert_eq!(
            articles[0].blocks[0].text.place(),
            Some(Place::new("a.docx.txt", 5, 3))
        );
        assert_eq!(notes, []);
    }
}
