//! Articles that go on on another page, put together again.

use super::finish::{self, Part};
use super::glyph::{is_closer, is_stop};
use super::seam;
use crate::diag::Diagnostic;
use crate::lm::WordModel;
use crate::model::{Article, Block, BlockKind, GAP_MARK, SourceText};

/// The parts of one page, and its number.
pub(super) struct PageParts {
    pub number: u32,
    pub parts: Vec<Part>,
}

/// Joins what goes on on other pages, and doubts what the pages do not have.
pub(super) fn join(
    pages: Vec<PageParts>,
    model: Option<&WordModel>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<Article> {
    let mut all: Vec<(u32, Part)> = Vec::new();
    for page in pages {
        for part in page.parts {
            let first = match part.from {
                Some(from) => first_part(&all, from, page.number, &part.article, model),
                None => None,
            };
            match first {
                Some(at) => go_on(&mut all[at].1, part),
                None => all.push((page.number, part)),
            }
        }
    }
    all.into_iter()
        .map(|(_, part)| whole(part, notes))
        .collect()
}

/// Which part of page `from` goes on on page `here` as `rest`.
fn first_part(
    all: &[(u32, Part)],
    from: u32,
    here: u32,
    rest: &Article,
    model: Option<&WordModel>,
) -> Option<usize> {
    let waits = |i: &usize| all[*i].1.to == Some(here);
    let mut found: Vec<usize> = (0..all.len()).filter(waits).collect();
    if found.iter().any(|i| all[*i].0 == from) {
        found.retain(|i| all[*i].0 == from);
    }
    let weight = |i: &usize| {
        let article = &all[*i].1.article;
        let same =
            !rest.headline.text.is_empty() && article.headline.text.contains(&rest.headline.text);
        let gain = match (model, article.blocks.last(), rest.blocks.first()) {
            (Some(model), Some(a), Some(b)) => {
                seam::odds(seam::gain(model, a.text.text.chars(), b.text.text.chars()))
            }
            _ => 0.0,
        };
        gain + if same { 10.0 } else { 0.0 }
    };
    // Of equals the first: parts go on in the order they stand in.
    found.reverse();
    found
        .into_iter()
        .max_by(|a, b| weight(a).total_cmp(&weight(b)))
}

fn is_open(text: &str) -> bool {
    !text
        .trim_end_matches(is_closer)
        .ends_with(|c| is_stop(c) || matches!(c, '：' | '；'))
}

/// Adds the rest to the first part of an article.
fn go_on(first: &mut Part, rest: Part) {
    let article = &mut first.article;
    let mut blocks = rest.article.blocks.into_iter().peekable();
    if let (Some(last), Some(next)) = (article.blocks.last_mut(), blocks.peek())
        && is_open(&last.text.text)
        && next.kind == BlockKind::Para
    {
        last.text.append(&next.text);
        blocks.next();
    }
    let repeated = article.headline.text.contains(&rest.article.headline.text);
    if !repeated {
        article.blocks.push(Block {
            kind: BlockKind::Subhead,
            text: rest.article.headline,
        });
    }
    article.blocks.extend(blocks);
    if article.byline.is_none() {
        article.byline = rest.article.byline;
    }
    first.to = rest.to;
}

/// An article as it is when no page has more of it.
fn whole(part: Part, notes: &mut Vec<Diagnostic>) -> Article {
    let mut article = part.article;
    if let Some(page) = part.to {
        notes.push(
            Diagnostic::doubt(
                Some(article.place.clone()),
                format!(
                    "`{}` goes on on page {page}, which does not have the rest",
                    article.headline.text
                ),
            )
            .help("give all pages of the issue together"),
        );
        if let Some(last) = article.blocks.last_mut().filter(|b| is_open(&b.text.text)) {
            last.text.append(&SourceText::made(GAP_MARK));
        }
    }
    if article.headline.text.is_empty() && part.from.is_some() {
        article.headline = finish::made_headline(&article.blocks, &article.place, notes);
    }
    article
}
