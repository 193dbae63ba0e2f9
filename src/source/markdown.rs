//! Markdown that is clean already: its text passes through unchanged, its
//! headings say where articles begin, and places mean the file itself.

use super::flow::Shape;
use super::info::day;
use super::pandoc;
use super::story::{self, Part};
use super::{Content, derived};
use crate::diag::{Diagnostic, Noted, Place, Result};
use crate::folder;
use crate::ingest;
use crate::model::{Article, ArticleKind, Block, BlockKind, Masthead, SourceText};

/// Reads a file of Markdown: an article as it lies in an issue folder (front
/// matter between `+++` lines), or any other text with headings, with the
/// front matter of site generators (`---`, with `title`, `author`, `date`) or
/// without.
///
/// # Errors
/// Those of an article in an issue folder.
pub(super) fn read(file: &str, text: &str) -> Result<Noted<Content>> {
    if text.trim_start().starts_with("+++") {
        let read = folder::read_article(file, text)?;
        return Ok(read.map(|article| Content::of(vec![article], Masthead::default())));
    }
    let (front, body) = front_matter(text);
    let mut notes = Vec::new();
    let mut blocks = folder::read_body(file, &pandoc::plain(&body))?.drain_into(&mut notes);
    if let Some((line, title)) = &front.title {
        let place = Place::new(file, *line, 0);
        blocks.insert(
            0,
            Block {
                kind: BlockKind::Subhead,
                text: SourceText::at(title.as_str(), place),
            },
        );
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let shapes: Vec<(Shape, &str)> = blocks
        .iter()
        .enumerate()
        .map(|(i, b)| {
            let shape = match b.kind {
                // A file with a title is one article, whatever headings it has.
                BlockKind::Subhead if front.title.is_some() && i == 0 => Shape::Heading(1),
                BlockKind::Subhead if front.title.is_some() => Shape::Body(b.kind),
                BlockKind::Subhead => Shape::Heading(level(&lines, &b.text)),
                kind => Shape::Body(kind),
            };
            (shape, b.text.text.as_str())
        })
        .collect();
    let Some(parts) = story::parts(&shapes) else {
        // Without a heading the usual reading finds out what is one.
        let texts: Vec<&str> = blocks.iter().map(|b| b.text.text.as_str()).collect();
        let page = derived(file, None, texts.join("\n\n"));
        return Ok(Noted::new(Content::Pages(vec![page]), notes));
    };
    let mut head = Masthead {
        date: front.date,
        ..Masthead::default()
    };
    let mut articles = Vec::new();
    for part in &parts {
        if part.is_apart() {
            let lines: Vec<&str> = part.body.iter().map(|i| shapes[*i].1).collect();
            head = story::masthead(&lines);
        }
        articles.push(article(file, &blocks, &shapes, part, &mut notes));
    }
    if let (Some(author), Some(first)) = (front.author, articles.first_mut()) {
        first.byline.get_or_insert(author.at(file));
    }
    Ok(Noted::new(Content::of(articles, head), notes))
}

fn article(
    file: &str,
    blocks: &[Block],
    shapes: &[(Shape, &str)],
    part: &Part,
    notes: &mut Vec<Diagnostic>,
) -> Article {
    let text = |i: &usize| blocks[*i].text.clone();
    let mut body = part.body.iter();
    let headline = part.headline.as_ref().or_else(|| body.next());
    let headline = headline.map_or_else(|| SourceText::made(""), text);
    let place = headline.place().unwrap_or_else(|| Place::file(file));
    let body: Vec<Block> = body
        .map(|i| Block {
            kind: story::body_kind(shapes[*i].0),
            text: text(i),
        })
        .collect();
    let read = !part.is_apart() && !body.is_empty();
    if !read && !part.is_apart() {
        notes.push(story::no_body(&headline.text, &place));
    }
    Article {
        id: String::new(),
        kind: match part.is_apart() {
            true => ArticleKind::Other,
            false => ingest::kind_of(&headline.text, ""),
        },
        kicker: None,
        headline,
        subhead: None,
        byline: part.byline.as_ref().map(text),
        blocks: body,
        read,
        audio: None,
        voice: None,
        language: None,
        page: None,
        priority: None,
        place,
    }
}

/// The level of a heading: the `#` before it, or the line below it.
fn level(lines: &[&str], heading: &SourceText) -> u8 {
    let Some(place) = heading.place() else {
        return 1;
    };
    let at = place.line as usize;
    let line = lines.get(at.wrapping_sub(1)).copied().unwrap_or_default();
    let before: String = line.chars().take(place.col as usize).collect();
    match before.matches('#').count() {
        0 => {
            let below = lines[at.min(lines.len())..].iter();
            let underline = below
                .map(|l| l.trim())
                .find(|l| !l.is_empty() && l.chars().all(|c| c == '=' || c == '-'));
            if underline.is_some_and(|l| l.starts_with('=')) {
                1
            } else {
                2
            }
        }
        n => n.min(6) as u8,
    }
}

/// What a site generator's front matter says.
#[derive(Default)]
struct Front {
    /// The title and its line.
    title: Option<(u32, String)>,
    author: Option<Said>,
    date: Option<String>,
}

struct Said {
    line: u32,
    text: String,
}

impl Said {
    fn at(self, file: &str) -> SourceText {
        SourceText::at(self.text, Place::new(file, self.line, 0))
    }
}

/// Takes a block between two `---` lines at the top off; its lines stay as
/// empty ones, so that places keep their meaning.
fn front_matter(text: &str) -> (Front, String) {
    let mut front = Front::default();
    let mut lines = text.split('\n').enumerate();
    if lines.next().is_none_or(|(_, l)| l.trim_end() != "---") {
        return (front, text.to_string());
    }
    for (i, line) in lines {
        if line.trim_end() == "---" {
            let rest: Vec<&str> = text.split('\n').skip(i + 1).collect();
            return (front, "\n".repeat(i + 1) + &rest.join("\n"));
        }
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_matches(['"', '\'']).to_string();
        let line = i as u32 + 1;
        match key.trim() {
            _ if value.is_empty() => {}
            "title" => front.title = Some((line, value)),
            "author" => front.author = Some(Said { line, text: value }),
            "date" => front.date = day(&value),
            _ => {}
        }
    }
    // A rule, not front matter: nothing closes it.
    (Front::default(), text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_articles(text: &str) -> (Vec<Article>, Masthead) {
        match read("a.md", text).unwrap().value {
            Content::Articles {
                articles, masthead, ..
            } => (articles, *masthead),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn clean_text_passes_through_unchanged() {
        let text = "# 食堂开张\n\n记者 林晓\n\n首日供应 26 种菜品，“真好”，她说。\n\n## 价格\n\n- 面 8 元\n";
        let (articles, _) = read_articles(text);
        let [a] = articles.as_slice() else {
            panic!("{articles:?}")
        };
        assert_eq!(a.headline.text, "食堂开张");
        assert_eq!(a.byline.as_ref().unwrap().text, "记者 林晓");
        let body: Vec<_> = a
            .blocks
            .iter()
            .map(|b| (b.kind, b.text.text.as_str()))
            .collect();
        assert_eq!(
            body,
            [
                (BlockKind::Para, "首日供应 26 种菜品，“真好”，她说。"),
                (BlockKind::Subhead, "价格"),
                (BlockKind::Item { number: None }, "面 8 元"),
            ]
        );
        assert_eq!(a.blocks[0].text.place(), Some(Place::new("a.md", 5, 0)));
    }

    #[test]
    fn an_issue_of_several_articles_has_a_head() {
        let (articles, head) =
            read_articles("荷湾社区报\n===\n\n2026年11月20日\n\n## 一\n话。\n\n## 二\n话。\n");
        assert_eq!(head.paper, "荷湾社区报");
        assert_eq!(head.date.as_deref(), Some("2026-11-20"));
        let heads: Vec<_> = articles
            .iter()
            .map(|a| (a.headline.text.as_str(), a.read))
            .collect();
        assert_eq!(heads, [("荷湾社区报", false), ("一", true), ("二", true)]);
    }

    #[test]
    fn front_matter_of_both_kinds_is_read() {
        let (articles, head) = read_articles(
            "---\ntitle: \"食堂开张\"\nauthor: 林晓\ndate: 2026-11-20\n---\n正文。\n\n# 小题\n正文。",
        );
        assert_eq!(articles.len(), 1);
        assert_eq!(articles[0].headline.text, "食堂开张");
        assert_eq!(articles[0].byline.as_ref().unwrap().text, "林晓");
        assert_eq!(articles[0].blocks[1].kind, BlockKind::Subhead);
        assert_eq!(
            articles[0].blocks[0].text.place(),
            Some(Place::new("a.md", 6, 0))
        );
        assert_eq!(head.date.as_deref(), Some("2026-11-20"));
        let (articles, _) = read_articles("+++\nheadline = \"食堂开张\"\n+++\n正文。");
        assert_eq!(articles[0].headline.text, "食堂开张");
    }

    #[test]
    fn without_headings_the_usual_reading_takes_over() {
        let Content::Pages(pages) = read("a.md", "食堂开张\n\n**正文**第一\n句。")
            .unwrap()
            .value
        else {
            panic!()
        };
        assert_eq!(pages[0].name, "a.md.txt");
        assert_eq!(
            String::from_utf8(pages[0].bytes.clone()).unwrap(),
            "食堂开张\n\n正文第一句。"
        );
    }
}
