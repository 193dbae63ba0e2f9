//! How well a page was read: its articles, their parts and their order.
//!
//! The measures are those of the scorer beside the real page (`score.py`), so
//! that figures of made and of real pages can be compared. Two things are told
//! apart more finely here: a list may mark its items as it likes, and a change
//! that was reported is not silent.

use std::collections::BTreeMap;

use crate::canon::{GAP, canon, canon_block};
use crate::gold::{Gold, Part};
use crate::inventions;
use crate::marks::{self, Marks};
use crate::matching::{Haystack, distance, find};
use crate::prediction::{self, Prediction};

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub hits: usize,
    pub all: usize,
}

impl Share {
    pub fn add(&mut self, hit: bool) {
        self.hits += usize::from(hit);
        self.all += 1;
    }

    /// From 0 to 1; 1 of nothing.
    pub fn rate(self) -> f64 {
        if self.all == 0 {
            return 1.0;
        }
        self.hits as f64 / self.all as f64
    }
}

impl std::ops::AddAssign for Share {
    fn add_assign(&mut self, other: Share) {
        self.hits += other.hits;
        self.all += other.all;
    }
}

#[derive(Debug, Clone, Default)]
pub struct Score {
    /// B-cubed over characters: are those of one article together, and alone?
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    pub headline: Share,
    pub kicker: Share,
    pub byline: Share,
    /// Changes that part the bodies from the true ones, and their length.
    pub changes: usize,
    pub length: usize,
    /// Blocks that are exact and have their role.
    pub blocks: Share,
    /// The same by role.
    pub roles: BTreeMap<String, Share>,
    /// Blocks whose text is exact, whatever their role.
    pub exact: Share,
    pub joins: Share,
    pub masthead: Share,
    pub marks: Marks,
    /// Characters that are said more often than the page has them …
    pub invented: usize,
    /// … those that it does not have at all, nor any reported edit.
    pub foreign: usize,
    pub inserted: usize,
    /// Characters changed against page and truth, reported or not.
    pub substituted: usize,
    /// … and not reported as edits.
    pub silent: usize,
    pub traps: Share,
    /// Lost text that is marked in the text …
    pub gaps: Share,
    /// … or doubted at its place.
    pub gaps_doubted: Share,
    /// What went wrong, for a reader of the table.
    pub faults: Vec<String>,
}

impl Score {
    /// In-order character error rate.
    pub fn cer(&self) -> f64 {
        self.changes as f64 / self.length.max(1) as f64
    }
}

/// A text whose characters belong together: an article, or all that is none.
pub struct Container {
    pub id: String,
    pub hay: Haystack,
}

/// The containers of the truth: each the parts it consists of.
pub fn gold_containers(gold: &Gold) -> Vec<(String, Vec<&Part>)> {
    let articles = gold.articles.iter().map(|a| {
        let head = a.kicker.iter().chain(&a.headline);
        let parts = head.chain(&a.blocks).chain(&a.byline);
        (format!("art:{}", a.id), parts.collect())
    });
    let aparts = gold.aparts.iter();
    let aparts = aparts.map(|a| ("non".to_string(), a.blocks.iter().collect()));
    articles.chain(aparts).collect()
}

/// The containers of a reading, a line for each part.
pub fn containers(found: &Prediction) -> Vec<Container> {
    let article = |(i, a): (usize, &prediction::Article)| {
        let head = [&a.kicker, &a.headline].map(|t| canon(t));
        let blocks = a.blocks.iter().map(|(kind, text)| canon_block(kind, text));
        let mut text = Vec::new();
        for part in head.into_iter().chain(blocks) {
            text.extend(part);
            text.push('\n');
        }
        text.extend(canon(&a.byline));
        Container {
            id: format!("art:{i}"),
            hay: Haystack::new(text),
        }
    };
    let aparts: Vec<Vec<char>> = found.aparts.iter().map(|(_, t)| canon(t)).collect();
    let apart = Container {
        id: "non".into(),
        hay: Haystack::new(aparts.join(&'\n')),
    };
    let articles = found.articles.iter().enumerate().map(article);
    articles.chain([apart]).collect()
}

/// Scores a reading of `pages` against the truth.
pub fn score(gold: &Gold, pages: &[String], found: &Prediction) -> Score {
    let mut score = Score {
        marks: marks::score(gold, found),
        ..Score::default()
    };
    let golds = gold_containers(gold);
    let reads = containers(found);
    let pairs = segments(&golds, &reads, &mut score);
    for article in &gold.articles {
        let pair = pairs.get(&format!("art:{}", article.id));
        let read = pair.map(|i| &found.articles[*i]);
        let empty = prediction::Article::default();
        let read = read.unwrap_or(&empty);
        let heads = [
            (&article.kicker, &read.kicker, &mut score.kicker),
            (&article.headline, &read.headline, &mut score.headline),
            (&article.byline, &read.byline, &mut score.byline),
        ];
        for (at, (part, read, share)) in heads.into_iter().enumerate() {
            let mut texts = [part.as_ref().map_or("", |p| &p.text), read].map(canon);
            if at == 2 {
                texts = texts.map(|t| trimmed(&t));
            }
            let [wanted, had] = texts;
            if !wanted.is_empty() || !had.is_empty() {
                share.add(wanted == had);
                if wanted != had {
                    let name = ["kicker", "headline", "byline"][at];
                    let text = part.as_ref().map_or("", |p| &p.text);
                    score.faults.push(format!("{name}: {text:?} ← {read:?}"));
                }
            }
        }
        body(article, read, &mut score);
    }
    for (field, value) in &gold.masthead {
        let read = found.masthead.iter().find(|(f, _)| f == field);
        let read = read.map_or("", |(_, v)| v);
        let right = canon(read) == canon(value);
        score.masthead.add(right);
        if !right {
            score.faults.push(format!("{field}: {value:?} ← {read:?}"));
        }
    }
    inventions::score(gold, pages, found, &golds, &reads, &mut score);
    let text = found.text();
    let all = canon(&text);
    for trap in &gold.traps {
        let kept = find(&all, &canon(trap)).is_some();
        score.traps.add(kept);
        if !kept {
            score.faults.push(format!("trap not kept: {trap}"));
        }
    }
    score.gaps = Share {
        hits: text.matches(GAP).count(),
        all: gold.gaps.len(),
    };
    for (page, line, col) in &gold.gaps {
        let near =
            |f: &(usize, usize, usize)| f.0 == *page && f.1 == *line && f.2.abs_diff(*col) <= 2;
        score.gaps_doubted.add(found.flags.iter().any(near));
    }
    score
}

fn trimmed(text: &[char]) -> Vec<char> {
    let bracket = |c: &char| matches!(c, '(' | ')');
    let start = text.iter().take_while(|c| bracket(c)).count();
    let end = text.iter().rev().take_while(|c| bracket(c)).count();
    text[start..text.len().saturating_sub(end).max(start)].to_vec()
}

/// B-cubed, and which read article (by number) each true one became.
fn segments(
    golds: &[(String, Vec<&Part>)],
    reads: &[Container],
    score: &mut Score,
) -> BTreeMap<String, usize> {
    // In the order of first sight, as ties go to the first.
    let mut cells: Vec<(&str, &str, usize)> = Vec::new();
    let mut total = 0;
    for (id, parts) in golds {
        for part in parts {
            let text = canon_block(&part.kind, &part.text);
            total += text.len();
            let best = reads.iter().map(|c| (c.hay.shared(&text), c.id.as_str()));
            let Some((n @ 1.., read)) = best.max() else {
                continue;
            };
            match cells.iter_mut().find(|c| c.0 == id && c.1 == read) {
                Some(cell) => cell.2 += n,
                None => cells.push((id, read, n)),
            }
        }
    }
    let sum = |which: fn(&(&str, &str, usize)) -> String| {
        let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
        for cell in &cells {
            *sizes.entry(which(cell)).or_default() += cell.2;
        }
        sizes
    };
    let (gold_sizes, read_sizes) = (sum(|c| c.0.into()), sum(|c| c.1.into()));
    let covered: usize = cells.iter().map(|c| c.2).sum();
    let square = |size: usize, n: usize| (n * n) as f64 / size as f64;
    let precision: f64 = cells.iter().map(|c| square(read_sizes[c.1], c.2)).sum();
    let recall: f64 = cells.iter().map(|c| square(gold_sizes[c.0], c.2)).sum();
    score.precision = precision / covered.max(1) as f64;
    score.recall = recall / total.max(1) as f64;
    let both = score.precision + score.recall;
    score.f1 = 2.0 * score.precision * score.recall / both.max(1e-9);

    cells.sort_by_key(|c| std::cmp::Reverse(c.2));
    let mut pairs: BTreeMap<String, usize> = BTreeMap::new();
    for (gold, read, _) in cells {
        let number = read.strip_prefix("art:").and_then(|n| n.parse().ok());
        let (true, Some(number)) = (gold.starts_with("art"), number) else {
            continue;
        };
        if !pairs.contains_key(gold) && !pairs.values().any(|n| *n == number) {
            pairs.insert(gold.to_string(), number);
        }
    }
    pairs
}

/// Roles that a listener hears the same.
fn same_role(a: &str, b: &str) -> bool {
    let among = |set: &[&str]| set.contains(&a) && set.contains(&b);
    a == b || among(&["para", "lede", "letter_para"]) || among(&["signature", "closing"])
}

/// The blocks of one article.
fn body(gold: &crate::gold::Article, read: &prediction::Article, score: &mut Score) {
    let blocks: Vec<(&str, Vec<char>)> = (read.blocks.iter())
        .map(|(kind, text)| (kind.as_str(), canon_block(kind, text)))
        .collect();
    let texts: Vec<Vec<char>> = (gold.blocks.iter())
        .map(|b| canon_block(&b.kind, &b.text))
        .collect();
    let with = || gold.blocks.iter().zip(&texts);
    let captions: Vec<&Vec<char>> = (with().filter(|(b, _)| b.kind == "caption"))
        .map(|(_, t)| t)
        .collect();
    let wanted: Vec<char> = (with().filter(|(b, _)| b.kind != "caption"))
        .flat_map(|(_, t)| t.iter().copied())
        .collect();
    let had: Vec<char> = (blocks.iter())
        .filter(|(kind, text)| *kind != "caption" && !captions.contains(&text))
        .flat_map(|(_, t)| t.iter().copied())
        .collect();
    score.changes += distance(&wanted, &had);
    score.length += wanted.len().max(1);
    for (part, text) in with() {
        let mut same = blocks.iter().filter(|(_, t)| t == text).peekable();
        let exact = same.peek().is_some();
        let right = same.any(|(kind, _)| same_role(kind, &part.kind));
        score.exact.add(exact);
        score.blocks.add(right);
        score.roles.entry(part.kind.clone()).or_default().add(right);
        if !right {
            let near = blocks.iter().map(|(k, t)| (distance(t, text), *k, t));
            let near = near.min_by_key(|(d, _, _)| *d).map(|(_, k, t)| {
                let text: String = t.iter().collect();
                format!("{k}: {text}")
            });
            let near = near.unwrap_or_default();
            let text = &part.text;
            score
                .faults
                .push(format!("{}: {text}\n      ← {near}", part.kind));
        }
        if part.fragments > 1 {
            let whole = |t: &[char]| t == text || distance(t, text) <= 2;
            score.joins.add(blocks.iter().any(|(_, t)| whole(t)));
        }
    }
}
