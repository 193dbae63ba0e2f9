//! Which elements of a page hold its article.
//!
//! Paragraphs vote for the elements they stand in, by their length and the
//! marks of their sentences, and links vote against: the way of Readability
//! (Arc90, 2009) and of Kohlschütter, Fankhauser and Nejdl, "Boilerplate
//! detection using shallow text features" (WSDM 2010).

use std::collections::HashMap;

use super::super::dom::{Dom, Id, Step};
use super::super::flow::{self, Flow, Shape};

/// Names of classes and ids, and parts of them, of what is no article.
const ASIDE: &[&str] = &[
    "breadcrumb",
    "comment",
    "copyright",
    "crumb",
    "footer",
    "login",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "pager",
    "pagination",
    "popup",
    "qrcode",
    "recommend",
    "related",
    "relate",
    "share",
    "sidebar",
    "social",
    "subscribe",
    "toolbar",
    "hotlist",
    "ranking",
    "banner",
    "advert",
    "ads",
    "ad",
    "statement",
    "disclaimer",
];

/// Elements that are no article wherever they stand.
const NAVIGATION: &[&str] = &["nav", "footer", "aside", "form", "menu"];

/// A block with a larger share of links, and no sentence, is a list of links.
const LINKS: f32 = 0.5;

/// An element beside the best one belongs to the article with this share of
/// its score.
const BESIDE: f32 = 0.2;

/// What of a page is navigation or the like.
pub(super) struct Asides(Vec<bool>);

impl Asides {
    /// Looks at every element of the page, once.
    pub fn of(dom: &Dom) -> Asides {
        // The full stops in each element, to know what bears the article.
        let mut stops = vec![0usize; dom.len()];
        for step in dom.walk(dom.root()) {
            match step {
                Step::Enter(id) => {
                    let own = dom.text(id).map_or(0, |t| t.matches('。').count());
                    stops[id] = own;
                    if own > 0
                        && let Some(parent) = dom.parent(id)
                    {
                        stops[parent] += own;
                    }
                }
                Step::Leave(id) => {
                    if let Some(parent) = dom.parent(id) {
                        stops[parent] += stops[id];
                    }
                }
            }
        }
        let all = stops[dom.root()];
        let mut asides = vec![false; dom.len()];
        for id in dom.below(dom.root()) {
            // What bears most of the sentences is no aside, whatever its name:
            // on some sites the whole page stands in a form.
            let bears_article = stops[id] > 2 && stops[id] * 2 > all;
            let inside = dom.parent(id).is_some_and(|p| asides[p]);
            let named_so = is_navigation(dom, id) || is_named_so(dom, id);
            asides[id] = inside || (named_so && !bears_article);
        }
        Asides(asides)
    }

    /// Whether the element is an aside or stands in one.
    pub fn holds(&self, id: Id) -> bool {
        self.0[id]
    }
}

fn is_navigation(dom: &Dom, id: Id) -> bool {
    let role = dom.attr(id, "role").unwrap_or_default();
    let roles = [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
    ];
    NAVIGATION.contains(&dom.name(id)) || roles.contains(&role)
}

/// Whether a class or the id of the element names an aside.
fn is_named_so(dom: &Dom, id: Id) -> bool {
    if matches!(dom.name(id), "html" | "body" | "main" | "article") {
        return false;
    }
    let names = [dom.attr(id, "class"), dom.attr(id, "id")];
    let mut words = (names.into_iter().flatten())
        .flat_map(|n| n.split(|c: char| !c.is_ascii_alphabetic()))
        .map(str::to_ascii_lowercase);
    words.any(|w| ASIDE.contains(&w.as_str()))
}

/// Whether a block is a list of links.
pub(super) fn is_links(flow: &Flow) -> bool {
    flow.link_share() > LINKS && !has_sentence(&flow.text)
}

/// Whether a text has a sentence that ends.
pub(super) fn has_sentence(text: &str) -> bool {
    text.contains(['。', '！', '？'])
}

/// How much a block speaks for the element it stands in.
fn score(flow: &Flow) -> f32 {
    let body = matches!(flow.shape, Shape::Body(_));
    let length = flow.text.chars().count();
    if !body || length < 8 && !has_sentence(&flow.text) {
        return 0.0;
    }
    let marks = flow
        .text
        .matches(['，', '、', '。', '；', '！', '？'])
        .count();
    let base = f32::from(u8::from(has_sentence(&flow.text)));
    (base + marks as f32 + (length as f32 / 40.0).min(3.0)) * (1.0 - flow.link_share())
}

/// The articles of a page that marks several of them, each with a heading and
/// a sentence of its own.
pub(super) fn articles(dom: &Dom, asides: &Asides) -> Vec<Id> {
    let is_whole = |id: Id| {
        let flows = flow::blocks(dom, id, |id| asides.holds(id));
        let sentences = flows
            .iter()
            .filter(|f| matches!(f.shape, Shape::Body(_)) && has_sentence(&f.text))
            .map(|f| f.text.chars().count() as f32 * (1.0 - f.link_share()))
            .sum::<f32>();
        sentences > 20.0 && flows.iter().any(|f| matches!(f.shape, Shape::Heading(_)))
    };
    let mut found = Vec::new();
    let mut walk = dom.walk(dom.root());
    while let Some(step) = walk.next() {
        if let Step::Enter(id) = step
            && dom.name(id) == "article"
        {
            // An article inside another one is a comment on it, or quoted.
            walk.pass_over();
            if is_whole(id) {
                found.push(id);
            }
        }
    }
    found
}

/// The elements that hold the article of the page, in its order.
pub(super) fn find(dom: &Dom, asides: &Asides) -> Vec<Id> {
    let marked = dom.below(dom.root()).find(|id| {
        dom.attr(*id, "itemprop") == Some("articleBody")
            || dom.attr(*id, "id") == Some("js_content")
    });
    if let Some(marked) = marked {
        return vec![marked];
    }
    let flows = flow::blocks(dom, dom.root(), |id| asides.holds(id));
    let mut scores: HashMap<Id, f32> = HashMap::new();
    for flow in flows.iter().filter(|f| !is_links(f)) {
        let own = score(flow);
        let is_paragraph = matches!(dom.name(flow.at), "p" | "li" | "td" | "tr" | "blockquote");
        let start = match is_paragraph {
            true => dom.parent(flow.at),
            false => Some(flow.at),
        };
        let around = start
            .into_iter()
            .chain(start.iter().flat_map(|s| dom.ancestors(*s)));
        for (id, share) in around.zip([1.0, 0.5, 0.25]) {
            *scores.entry(id).or_default() += own * share;
        }
    }
    // Of two equal ones the first on the page, so that one page is read one way.
    let best = scores
        .iter()
        .map(|(id, score)| (*id, *score))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    let Some((best, most)) = best.filter(|b| b.1 > 0.0) else {
        return Vec::new();
    };
    let Some(parent) = dom.parent(best) else {
        return vec![best];
    };
    let belongs = |id: &Id| *id == best || scores.get(id).is_some_and(|s| *s >= most * BESIDE);
    let paragraph = |id: &Id| {
        let of = |f: &&Flow| f.at == *id && has_sentence(&f.text) && f.link_share() < LINKS / 2.0;
        dom.name(*id) == "p" && flows.iter().any(|f| of(&f))
    };
    dom.children(parent)
        .iter()
        .copied()
        .filter(|id| belongs(id) || paragraph(id))
        .collect()
}
