//! What was read from a page: its articles, each part with its place.

use super::marks::{Kind, Mark, Marks};
use super::raw::{Lines, Start, excerpts, left_out};
use crate::export::escape::{escape, push};
use crate::model::{Article, ArticleKind, BlockKind, Issue, PageText, SourceText};

/// The articles of a page.
pub struct Read {
    /// As HTML.
    pub html: String,
    /// Where their parts begin, in the order of the lines.
    pub starts: Vec<Start>,
}

/// One part of an article.
struct Part<'a> {
    what: &'static str,
    /// The element it stands in.
    element: &'static str,
    text: &'a SourceText,
    number: Option<u32>,
}

/// The articles that begin on `page`.
pub fn articles(issue: &Issue, page: &PageText, lines: &Lines<'_>, marks: &Marks<'_>) -> Read {
    let mut read = Read {
        html: String::new(),
        starts: Vec::new(),
    };
    let mut left = 0;
    for (i, article) in issue.articles.iter().enumerate() {
        if article.place.file == page.file && !one(&mut read, i + 1, article, lines, marks) {
            left += 1;
        }
    }
    if left > 0 {
        read.html.push_str(&format!(
            "<p class=\"left-out\">略去 {left} 篇没有标记的文章</p>\n"
        ));
    } else if read.html.is_empty() {
        read.html.push_str("<p>没有读出文章。</p>\n");
    }
    read.starts.sort_by_key(|s| s.line);
    read
}

/// Adds one article; `false` when it is left out.
fn one(
    read: &mut Read,
    number: usize,
    article: &Article,
    lines: &Lines<'_>,
    marks: &Marks<'_>,
) -> bool {
    let id = format!("a{number}");
    let mut html = String::new();
    let mut left = 0;
    let mut marked = false;
    for (i, part) in parts(article).iter().enumerate() {
        let placed = Placed::of(part.text, lines, marks);
        // Of a long page only the parts with marks, under their headline.
        if lines.is_large() && placed.marks.is_empty() && part.element != "h4" {
            left += 1;
            continue;
        }
        marked |= !placed.marks.is_empty();
        let label = format!("{number}.{}", i + 1);
        let part_id = format!("{id}-{}", i + 1);
        let place = part.text.place().filter(|p| p.file == part.text.file);
        let where_from = match place {
            Some(place) if lines.shows(place.line) => {
                read.starts.push(Start {
                    line: place.line,
                    id: part_id.clone(),
                    label: label.clone(),
                });
                format!(
                    "<a href=\"#{}\">{label} {}，原文第 {} 行</a>",
                    lines.id(place.line),
                    part.what,
                    place.line
                )
            }
            Some(place) => format!("{label} {}，原文第 {} 行", part.what, place.line),
            None => format!("{label} {}", part.what),
        };
        let number = part.number.map(|n| format!("{n}. ")).unwrap_or_default();
        let text = match part.text.is_blank() {
            true => "（无题）".to_string(),
            false => placed.html(part.text, lines.is_large()),
        };
        html.push_str(&format!(
            "<div class=\"part\" id=\"{part_id}\" tabindex=\"-1\">\n\
             <p class=\"where\">{where_from}</p>\n\
             <{element}{heading}>{number}{text}</{element}>\n</div>\n",
            element = part.element,
            heading = if part.element == "h4" {
                format!(" id=\"{id}\"")
            } else {
                String::new()
            },
        ));
    }
    if lines.is_large() && !marked {
        return false;
    }
    if left > 0 {
        html.push_str(&format!(
            "<p class=\"left-out\">略去 {left} 段没有标记的文字</p>\n"
        ));
    }
    let silent = if article.read { "" } else { "，不朗读" };
    read.html.push_str(&format!(
        "<article aria-labelledby=\"{id}\">\n<p class=\"kind\">第 {number} 篇：{}{silent}</p>\n{html}</article>\n",
        kind(article.kind)
    ));
    true
}

/// An article's parts in the order of the page; the headline is always one.
fn parts(article: &Article) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    parts.extend(article.kicker.as_ref().map(|t| part("肩题", "p", t)));
    parts.push(part("题目", "h4", &article.headline));
    parts.extend(article.subhead.as_ref().map(|t| part("副题", "p", t)));
    parts.extend(article.byline.as_ref().map(|t| part("署名", "p", t)));
    parts.extend(article.blocks.iter().map(|block| match block.kind {
        BlockKind::Lede => part("导语", "p", &block.text),
        BlockKind::Para => part("段落", "p", &block.text),
        BlockKind::Subhead => part("小标题", "h5", &block.text),
        BlockKind::Item { number } => Part {
            number,
            ..part("条目", "p", &block.text)
        },
        BlockKind::Caption => part("图片说明", "p", &block.text),
        BlockKind::Question => part("问", "p", &block.text),
        BlockKind::Answer => part("答", "p", &block.text),
        BlockKind::Row => part("表格行", "p", &block.text),
        BlockKind::Verse => part("诗行", "p", &block.text),
        BlockKind::Salutation => part("称呼", "p", &block.text),
        BlockKind::Closing => part("结语", "p", &block.text),
        BlockKind::Signature => part("落款", "p", &block.text),
    }));
    parts
}

fn part<'a>(what: &'static str, element: &'static str, text: &'a SourceText) -> Part<'a> {
    Part {
        what,
        element,
        text,
        number: None,
    }
}

fn kind(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::News => "报道",
        ArticleKind::Notice => "通知",
        ArticleKind::Letter => "来信",
        ArticleKind::Advert => "广告",
        ArticleKind::Honours => "光荣榜",
        ArticleKind::Other => "其他",
    }
}

/// The marks of a text by the index of their character; notes stand in the
/// page's text alone.
struct Placed<'m, 'a> {
    marks: Vec<(usize, &'m Mark<'a>)>,
}

impl<'m, 'a> Placed<'m, 'a> {
    fn of(text: &SourceText, lines: &Lines<'_>, marks: &'m Marks<'a>) -> Self {
        let mut found = Vec::new();
        let mut anchors = text.anchors.iter().peekable();
        let mut here: &[Mark<'a>] = &[];
        let mut col = 0;
        for (i, (at, _)) in text.text.char_indices().enumerate() {
            while let Some(anchor) = anchors.next_if(|a| a.at <= at) {
                here = marks.on_line(lines.index(), anchor.line);
                col = anchor.col;
            }
            let of = |m: &Mark<'_>| m.place.map_or(0, |(_, _, col)| col);
            let from = here.partition_point(|m| of(m) < col);
            let on = here[from..].iter().take_while(|m| of(m) == col);
            found.extend(on.filter(|m| m.kind != Kind::Note).map(|m| (i, m)));
            col += 1;
        }
        Placed { marks: found }
    }

    fn html(&self, text: &SourceText, large: bool) -> String {
        let at: Vec<usize> = self.marks.iter().map(|(at, _)| *at).collect();
        let len = text.text.chars().count();
        let mut html = String::new();
        let mut next = self.marks.iter().peekable();
        let mut chars = text.text.chars().enumerate();
        let mut end = 0;
        for part in excerpts(len, &at, large) {
            left_out(&mut html, end..part.start);
            for (i, c) in chars.by_ref().skip(part.start - end).take(part.len()) {
                let mut held = false;
                while let Some((_, mark)) = next.next_if(|(at, _)| *at == i) {
                    // The first mark holds the character, others only follow.
                    let text = if held {
                        String::new()
                    } else {
                        marked(mark.kind, c)
                    };
                    html.push_str(&mark.link("", &mark.id(), &text));
                    held = true;
                }
                if !held {
                    push(&mut html, c);
                }
            }
            end = part.end;
        }
        left_out(&mut html, end..len);
        html
    }
}

fn marked(kind: Kind, c: char) -> String {
    let c = escape(&c.to_string());
    match kind {
        Kind::Change => format!("<ins>{c}</ins>"),
        Kind::Doubt | Kind::Note => format!("<mark>{c}</mark>"),
    }
}
