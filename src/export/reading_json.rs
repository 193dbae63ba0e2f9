//! What was read from the pages, before anything is spoken, as one JSON object
//! that other programs can compare or show.
//!
//! `masthead` has the fields of the head and `page`; `articles` have `kicker`,
//! `headline`, `byline` and `blocks` of a `type` (`lede`, `para`, `subhead`,
//! `list`, `caption`, `question`, `answer`, `table` for a row of one, `verse`
//! for a line, `salutation`, `closing`, `signature`) and a `text`; `non_article`
//! has what is no article, each of a `kind` (`ad`, `honour_roll`, `other`); `edits` are characters that were put right,
//! `flags` the places that are doubted, each with the `file` of its page. Lines
//! count from 1, columns from 0.

use serde::Serialize;

use crate::diag::{Diagnostic, Result, Severity};
use crate::model::{Article, ArticleKind, Block, BlockKind, Edit, Issue, SourceText};

/// The whole reading.
#[derive(Serialize)]
struct Reading<'a> {
    masthead: Head<'a>,
    articles: Vec<Piece<'a>>,
    non_article: Vec<Apart<'a>>,
    edits: Vec<Change<'a>>,
    flags: Vec<Flag<'a>>,
}

/// What the head of the paper says; `null` where it does not.
#[derive(Serialize)]
struct Head<'a> {
    paper: Option<&'a str>,
    section: Option<&'a str>,
    issue_number: Option<&'a str>,
    publisher: Option<&'a str>,
    sponsor: Option<&'a str>,
    cn_code: Option<&'a str>,
    date: Option<&'a str>,
    page: Option<&'a str>,
}

/// One article.
#[derive(Serialize)]
struct Piece<'a> {
    kicker: Option<&'a str>,
    headline: Option<&'a str>,
    byline: Option<&'a str>,
    blocks: Vec<Part>,
}

/// One block of an article.
#[derive(Serialize)]
struct Part {
    r#type: &'static str,
    text: String,
}

/// What is no article.
#[derive(Serialize)]
struct Apart<'a> {
    kind: &'a str,
    text: String,
}

/// A character that was put right.
#[derive(Serialize)]
struct Change<'a> {
    file: &'a str,
    line: u32,
    col: u32,
    wrong: char,
    right: char,
}

/// A place that is doubted.
#[derive(Serialize)]
struct Flag<'a> {
    file: &'a str,
    line: u32,
    col: u32,
}

/// The reading of an issue as it is written: UTF-8, two spaces of indentation,
/// a line end at the end. Of `notes` the doubts with a line count.
///
/// # Errors
/// None is known; what the serialiser says is passed on.
pub fn reading_json(issue: &Issue, notes: &[Diagnostic], edits: &[Edit]) -> Result<Vec<u8>> {
    let head = &issue.masthead;
    let mut reading = Reading {
        masthead: Head {
            paper: some(&head.paper),
            section: head.section.as_deref(),
            issue_number: head.issue_number.as_deref(),
            publisher: head.publisher.as_deref(),
            sponsor: head.sponsor.as_deref(),
            cn_code: head.cn_code.as_deref(),
            date: head.date.as_deref(),
            page: head.page.as_deref(),
        },
        articles: Vec::new(),
        non_article: Vec::new(),
        edits: edits
            .iter()
            .filter(|e| e.applied)
            .map(|e| Change {
                file: &e.file,
                line: e.line,
                col: e.col,
                wrong: e.wrong,
                right: e.right,
            })
            .collect(),
        flags: notes.iter().filter_map(flag).collect(),
    };
    for article in &issue.articles {
        match apart(article.kind) {
            None => reading.articles.push(piece(article)),
            Some(kind) => reading.non_article.push(Apart {
                kind,
                text: whole(article),
            }),
        }
    }
    super::json("what was read as JSON", &reading)
}

/// What a piece is called that is no article.
fn apart(kind: ArticleKind) -> Option<&'static str> {
    match kind {
        ArticleKind::News | ArticleKind::Notice | ArticleKind::Letter => None,
        ArticleKind::Advert => Some("ad"),
        ArticleKind::Honours => Some("honour_roll"),
        ArticleKind::Other => Some("other"),
    }
}

/// Whether the headline is only the first words of the body: the page has none.
fn is_made(article: &Article) -> bool {
    let first = article.blocks.first().map(|block| &block.text);
    let place = |text: &SourceText| text.place_at(0);
    first.is_some_and(|first| {
        let headline = &article.headline;
        first.text.starts_with(&headline.text)
            && place(headline).is_some()
            && place(headline) == place(first)
    })
}

/// An article; its deck stands before the body, as on the page.
fn piece(article: &Article) -> Piece<'_> {
    let deck = printed(article.subhead.as_ref()).map(|text| Part {
        r#type: "subhead",
        text: text.to_string(),
    });
    Piece {
        kicker: printed(article.kicker.as_ref()),
        headline: some(&article.headline.text).filter(|_| !is_made(article)),
        byline: printed(article.byline.as_ref()),
        blocks: deck
            .into_iter()
            .chain(article.blocks.iter().map(part))
            .collect(),
    }
}

fn part(block: &Block) -> Part {
    Part {
        r#type: match block.kind {
            BlockKind::Lede => "lede",
            BlockKind::Para => "para",
            BlockKind::Subhead => "subhead",
            BlockKind::Item { .. } => "list",
            BlockKind::Caption => "caption",
            BlockKind::Question => "question",
            BlockKind::Answer => "answer",
            BlockKind::Row => "table",
            BlockKind::Verse => "verse",
            BlockKind::Salutation => "salutation",
            BlockKind::Closing => "closing",
            BlockKind::Signature => "signature",
        },
        text: text(block),
    }
}

/// A block's text; an item has its number before it.
fn text(block: &Block) -> String {
    match block.kind {
        BlockKind::Item { number: Some(n) } => format!("{n}. {}", block.text.text),
        _ => block.text.text.clone(),
    }
}

/// All that a piece says, a line for each part of it.
fn whole(article: &Article) -> String {
    let above = printed(article.kicker.as_ref());
    let below = [article.subhead.as_ref(), article.byline.as_ref()].map(printed);
    let head = [above, some(&article.headline.text)];
    head.into_iter()
        .chain(below)
        .flatten()
        .map(String::from)
        .chain(article.blocks.iter().map(text))
        .collect::<Vec<_>>()
        .join("\n")
}

fn printed(text: Option<&SourceText>) -> Option<&str> {
    text.and_then(|t| some(&t.text))
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn flag(note: &Diagnostic) -> Option<Flag<'_>> {
    let place = note.place.as_ref()?;
    (note.severity == Severity::Doubt && place.line > 0).then_some(Flag {
        file: &place.file,
        line: place.line,
        col: place.col,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

    use serde_json::{Value, json};

    use super::*;
    use crate::diag::Place;
    use crate::model::Masthead;

    fn article(kind: ArticleKind, headline: &str, blocks: &[(BlockKind, &str)]) -> Article {
        let block = |(kind, text): &(BlockKind, &str)| Block {
            kind: *kind,
            text: SourceText::made(*text),
        };
        Article {
            id: "01".into(),
            kind,
            kicker: None,
            headline: SourceText::made(headline),
            subhead: None,
            byline: None,
            blocks: blocks.iter().map(block).collect(),
            read: kind.read_by_default(),
            audio: None,
            voice: None,
            language: None,
            page: None,
            priority: None,
            place: Place::new("p.txt", 1, 0),
        }
    }

    #[test]
    fn a_headline_that_the_page_does_not_have_is_not_told() {
        let mut made = article(
            ArticleKind::News,
            "",
            &[(BlockKind::Para, "近日有雨，带伞。")],
        );
        let body = &mut made.blocks[0].text;
        body.file = "p.txt".into();
        body.anchors = vec![crate::model::Anchor {
            at: 0,
            line: 3,
            col: 0,
        }];
        made.headline = body.slice(0, "近日有雨".len());
        assert_eq!(piece(&made).headline, None);
        made.headline = SourceText::made("近日有雨");
        assert_eq!(piece(&made).headline, Some("近日有雨"));
    }

    #[test]
    fn everything_read_has_its_place_in_the_object() {
        let item = BlockKind::Item { number: Some(2) };
        let mut news = article(ArticleKind::News, "题目", &[(item, "种花")]);
        news.subhead = Some(SourceText::made("副题"));
        let advert = article(ArticleKind::Advert, "", &[(BlockKind::Para, "酒家")]);
        let honours = article(ArticleKind::Honours, "榜", &[(BlockKind::Para, "某某")]);
        let issue = Issue {
            masthead: Masthead::default(),
            articles: vec![news, advert, honours],
        };
        let at = |line| Some(Place::new("p.txt", line, 4));
        let notes = [
            Diagnostic::doubt(at(3), "a"),
            Diagnostic::note(at(5), "b"),
            Diagnostic::doubt(at(0), "the whole file"),
            Diagnostic::doubt(None, "c"),
        ];
        let edit = |wrong, right, applied| Edit {
            file: "p.txt".into(),
            line: 1,
            col: 1,
            wrong,
            right,
            confidence: 0.9,
            reason: String::new(),
            candidates: vec![right],
            applied,
        };
        let edits = [edit('氏', '民', true), edit('干', '于', false)];
        let bytes = reading_json(&issue, &notes, &edits).unwrap();
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(value["masthead"]["paper"], Value::Null);
        assert_eq!(
            value["articles"],
            json!([{
                "kicker": null, "headline": "题目", "byline": null,
                "blocks": [
                    { "type": "subhead", "text": "副题" },
                    { "type": "list", "text": "2. 种花" },
                ],
            }])
        );
        assert_eq!(
            value["non_article"],
            json!([
                { "kind": "ad", "text": "酒家" },
                { "kind": "honour_roll", "text": "榜\n某某" },
            ])
        );
        assert_eq!(
            value["edits"],
            json!([{ "file": "p.txt", "line": 1, "col": 1, "wrong": "氏", "right": "民" }])
        );
        assert_eq!(
            value["flags"],
            json!([{ "file": "p.txt", "line": 3, "col": 4 }])
        );
    }
}
