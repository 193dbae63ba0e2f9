//! Articles that go on on another page, put together again.

use super::finish::{self, Part};
use super::glyph::{is_closer, is_stop};
use super::seam;
use crate::diag::Diagnostic;
use crate::lm::WordModel;
use crate::model::{Article, Block, BlockKind, GAP_MARK, SourceText};

/// The parts of one page, and its number when it says it.
pub(super) struct PageParts {
    pub number: Option<u32>,
    pub parts: Vec<Part>,
}

/// A part and the page it stands on.
struct Placed {
    /// Which of the pages given.
    file: usize,
    /// What that page calls itself.
    number: Option<u32>,
    /// `None` once it stands with its first part.
    part: Option<Part>,
}

/// Joins what goes on on other pages, and doubts what the pages do not have.
pub(super) fn join(
    pages: Vec<PageParts>,
    model: Option<&WordModel>,
    notes: &mut Vec<Diagnostic>,
) -> Vec<Article> {
    let mut all: Vec<Placed> = Vec::new();
    for (file, page) in pages.into_iter().enumerate() {
        all.extend(page.parts.into_iter().map(|part| Placed {
            file,
            number: page.number,
            part: Some(part),
        }));
    }
    for i in 0..all.len() {
        let Some(first) = first_part(&all, i, model) else {
            continue;
        };
        if let Some(rest) = all[i].part.take()
            && let Some(part) = all[first].part.as_mut()
        {
            go_on(part, rest);
        }
    }
    let parts = all.into_iter().filter_map(|p| p.part);
    parts.map(|part| whole(part, notes)).collect()
}

/// Which part goes on as the `i`-th, which says that it began elsewhere.
///
/// Pages that do not say their number may be any; two parts of one file may be
/// of two pages, as a file may hold several.
fn first_part(all: &[Placed], i: usize, model: Option<&WordModel>) -> Option<usize> {
    let here = &all[i];
    let rest = here.part.as_ref()?;
    let from = rest.from?;
    let weight = |j: usize| {
        let there = &all[j];
        let part = there.part.as_ref().filter(|_| j != i)?;
        let to = part.to?;
        let says = |number: Option<u32>, wanted: u32| match number {
            Some(n) if n == wanted => Some(3.0),
            Some(_) if there.file != here.file => None,
            _ => Some(0.0),
        };
        // A part of its own file goes on below it.
        if there.file == here.file && j > i {
            return None;
        }
        let pages = says(there.number, from)? + says(here.number, to)?;
        let (first, rest) = (&part.article, &rest.article);
        let head = &rest.headline.text;
        let same = !head.is_empty() && first.headline.text.contains(head);
        let text = |b: &&Block| b.kind != BlockKind::Caption;
        let gain = match (model, first.blocks.iter().rfind(text), rest.blocks.first()) {
            (Some(model), Some(a), Some(b)) => {
                seam::odds(seam::gain(model, a.text.text.chars(), b.text.text.chars()))
            }
            _ => 0.0,
        };
        Some(pages + gain + if same { 10.0 } else { 0.0 })
    };
    // Of equals the first: parts go on in the order they stand in.
    let found = (0..all.len()).rev().filter_map(|j| Some((j, weight(j)?)));
    found.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(j, _)| j)
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
    // A picture may stand below the first part.
    let text = |b: &&mut Block| b.kind != BlockKind::Caption;
    if let (Some(last), Some(next)) = (article.blocks.iter_mut().rfind(text), blocks.peek())
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
        let text = |b: &&mut Block| b.kind != BlockKind::Caption;
        let last = article.blocks.iter_mut().rfind(text);
        if let Some(last) = last.filter(|b| is_open(&b.text.text)) {
            last.text.append(&SourceText::made(GAP_MARK));
        }
    }
    if article.headline.text.is_empty() && part.from.is_some() {
        article.headline = finish::made_headline(&article.blocks, &article.place, notes);
    }
    article
}
