//! What of a page is not its article: kept beside it, not read, and told.

use std::collections::HashMap;

use super::super::dom::Dom;
use super::super::flow::{self, Shape};
use super::super::story::Story;
use super::main_text::{has_sentence, is_links};
use crate::diag::{Diagnostic, Place};
use crate::model::BlockKind;

/// The headline of what is kept and not read.
const HEADLINE: &str = "网页上的其余文字";

/// What of a page no story has.
pub(super) struct Rest {
    blocks: Vec<String>,
    /// Sentences among them, which may be missed: lists of links have none.
    sentences: Vec<String>,
}

/// The blocks of the page, and the texts of its pictures, that these stories do not
/// have.
pub(super) fn of(dom: &Dom, stories: &[Story]) -> Rest {
    let mut taken: HashMap<&str, usize> = HashMap::new();
    for story in stories {
        let heads = [&story.kicker, &story.subhead, &story.byline];
        let heads = heads.into_iter().flatten().chain([&story.headline]);
        for text in heads.chain(story.blocks.iter().map(|b| &b.1)) {
            *taken.entry(text).or_default() += 1;
        }
    }
    let mut rest = Rest {
        blocks: Vec::new(),
        sentences: Vec::new(),
    };
    for flow in flow::blocks(dom, dom.root(), |_| false) {
        if let Some(times) = taken.get_mut(flow.text.as_str()).filter(|n| **n > 0) {
            *times -= 1;
            continue;
        }
        let is_body = matches!(flow.shape, Shape::Body(_));
        if is_body && !is_links(&flow) && has_sentence(&flow.text) {
            rest.sentences.push(flow.text.clone());
        }
        rest.blocks.push(flow.text);
    }
    let pictures = dom.named(dom.root(), "img");
    let told = pictures.filter_map(|id| Some(dom.attr(id, "alt")?.trim()));
    let told = told.filter(|alt| !alt.is_empty());
    rest.blocks.extend(told.map(|alt| format!("（图）{alt}")));
    rest
}

impl Rest {
    /// What an editor should know of it; `kept` says whether it becomes a story.
    pub fn told(&self, file: &str, kept: bool) -> Option<Diagnostic> {
        let place = Some(Place::file(file));
        let help = match kept {
            true => format!("it is kept in the article `{HEADLINE}`, which is not read"),
            false => "if text is missing, copy it from the browser into a text file".to_string(),
        };
        if let Some(first) = self.sentences.first() {
            let more = match self.sentences.len() {
                1 => " stands".to_string(),
                2 => " and another sentence stand".to_string(),
                n => format!(" and {} more sentences stand", n - 1),
            };
            let first: String = first.chars().take(30).collect();
            let message = format!("`{first}`{more} outside of the page's article");
            return Some(Diagnostic::doubt(place, message).help(help));
        }
        let characters: usize = self.blocks.iter().map(|b| b.chars().count()).sum();
        (characters > 0).then(|| {
            let message = format!(
                "{characters} characters of the page are taken for navigation and not read"
            );
            Diagnostic::note(place, message).help(help)
        })
    }

    /// It as something that is kept and not read.
    pub fn story(self) -> Option<Story> {
        let kept = Story {
            headline: HEADLINE.into(),
            blocks: (self.blocks.into_iter())
                .map(|text| (BlockKind::Para, text))
                .collect(),
            apart: true,
            ..Story::default()
        };
        (!kept.blocks.is_empty()).then_some(kept)
    }
}
