//! An article page of a web site → its article: headline, byline, paragraphs;
//! no navigation, no related links, no comments.

mod main_text;
mod meta;
mod rest;
#[cfg(test)]
mod tests;

use super::dom::{Dom, Id};
use super::flow::{self, Flow, Shape};
use super::info::info;
use super::story::Story;
use crate::diag::{Diagnostic, Fault, Place, Result};
use crate::model::{BlockKind, Masthead};
use main_text::Asides;
use meta::Meta;

/// How many lines below the headline may say who wrote it.
const BELOW: usize = 6;

/// What a page says.
pub(super) struct Page {
    /// Paper and date as the page's head names them.
    pub masthead: Masthead,
    pub stories: Vec<Story>,
    /// The text of a page that names no headline, in place of stories: the usual
    /// reading of pages finds one.
    pub untitled: Option<String>,
}

/// Reads a page of one article, or of several that are each marked as
/// `<article>`.
///
/// # Errors
/// What is no HTML, and a page without a text that could be an article.
pub(super) fn read(file: &str, html: &str, notes: &mut Vec<Diagnostic>) -> Result<Page> {
    let dom = Dom::parse(file, html)?;
    let asides = Asides::of(&dom);
    let meta = Meta::of(&dom, &asides);
    let several = main_text::articles(&dom, &asides);
    let stories: Vec<Story> = if several.len() > 1 {
        let alone = Meta::default();
        let each = (several.iter()).filter_map(|id| story(&dom, &asides, &[*id], &alone));
        each.collect()
    } else {
        let main = main_text::find(&dom, &asides);
        let mut one = story(&dom, &asides, &main, &meta);
        if let Some(story) = one.as_mut().filter(|s| s.byline.is_none()) {
            story.byline = byline_below(&dom, &asides, &story.headline);
        }
        one.into_iter().collect()
    };
    if stories.is_empty() {
        return Err(
            Fault::new("the page holds no article: only links, or no text at all")
                .at(Place::file(file))
                .help("save the page of one article, or copy its text into a text file"),
        );
    }
    let untitled = stories.iter().any(|s| s.headline.is_empty()).then(|| {
        let blocks = stories.iter().flat_map(|s| &s.blocks);
        blocks
            .map(|b| b.1.as_str())
            .collect::<Vec<_>>()
            .join("\n\n")
    });
    let rest = rest::of(&dom, &stories);
    notes.extend(rest.told(file, untitled.is_none()));
    Ok(Page {
        masthead: meta.masthead(),
        stories: stories.into_iter().chain(rest.story()).collect(),
        untitled,
    })
}

/// The article in some elements of the page.
fn story(dom: &Dom, asides: &Asides, parts: &[Id], meta: &Meta) -> Option<Story> {
    let mut flows: Vec<Flow> = Vec::new();
    for part in parts {
        let blocks = flow::blocks(dom, *part, |id| asides.holds(id)).into_iter();
        flows.extend(blocks.filter(|f| !main_text::is_links(f)));
    }
    let title = meta.headline.clone().or_else(|| {
        let heading = flows.iter().filter_map(|f| match f.shape {
            Shape::Heading(level) => Some((level, f)),
            Shape::Body(_) => None,
        });
        heading.min_by_key(|h| h.0).map(|h| h.1.text.clone())
    });
    let mut story = Story {
        kicker: meta.kicker.clone(),
        headline: title.unwrap_or_default(),
        subhead: meta.subhead.clone(),
        byline: meta.byline.clone(),
        ..Story::default()
    };
    for flow in flows {
        let begun = story.blocks.iter().any(|b| b.0 != BlockKind::Subhead);
        if is_told(&story, &flow.text) {
            continue;
        }
        // Between headline and body stand source, date, and who wrote it.
        if !begun && let Some(info) = info(&flow.text) {
            story.byline = story.byline.or(info.byline);
            continue;
        }
        story.blocks.push(match flow.shape {
            Shape::Heading(_) => (BlockKind::Subhead, flow.text),
            Shape::Body(kind) => (kind, flow.text),
        });
    }
    // A heading with nothing below it heads no part of the article.
    while matches!(story.blocks.last(), Some((BlockKind::Subhead, _))) {
        story.blocks.pop();
    }
    (!story.blocks.is_empty()).then_some(story)
}

/// Who wrote it, as one of the few lines below the headline says; these often
/// stand outside the element that holds the text.
fn byline_below(dom: &Dom, asides: &Asides, headline: &str) -> Option<String> {
    flow::blocks(dom, dom.root(), |id| asides.holds(id))
        .iter()
        .skip_while(|f| f.text != headline)
        .skip(1)
        .take(BELOW)
        .find_map(|f| info(&f.text)?.byline)
}

/// Whether a block only repeats what stands above the article.
fn is_told(story: &Story, text: &str) -> bool {
    let heads = [&story.kicker, &story.subhead, &story.byline];
    story.blocks.is_empty()
        && (text == story.headline || heads.into_iter().flatten().any(|h| h == text))
}
