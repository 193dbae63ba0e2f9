//! Prints a page as an OCR program would have read it.
//!
//! The way from truth to raw text: marks are narrowed or lost ([`marks`]), texts
//! are set in print lines ([`set`]) and stand where the layout says ([`layout`]),
//! some characters are misread ([`noise`]). Every printed character knows which
//! one of the truth it is, so that the gold has its places and is changed
//! wherever the page has lost something that nobody can know.

pub mod layout;
pub mod marks;
pub mod noise;
pub mod set;

use crate::gold::{Apart, Article, Gold, Misread, Part, Span};
use crate::rng::Rng;
use crate::truth::Truth;

/// How an OCR program writes down what it read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A paragraph is a line of the file, its print lines parted by spaces;
    /// blank lines between.
    Spaces,
    /// Every print line is a line of the file; blank lines between blocks.
    Lines,
    /// Every print line is a line of the file; paragraphs are indented, blank
    /// lines are between columns and around headings only.
    Indents,
    /// Every print line is a line of the file; no line is blank or indented.
    Dense,
    /// A paragraph is a line of the file without any trace of print lines.
    Whole,
    /// Lines of the file end anywhere, as a mail program or an editor wrapped
    /// them; blank lines between blocks.
    Ragged,
}

/// A press and what it does to a page.
#[derive(Debug, Clone, Copy)]
pub struct Press {
    pub style: Style,
    /// Marks that have a half-width form get it.
    pub narrow: bool,
    /// Marks are lost here and there, and spaces come in.
    pub worn: bool,
    /// The probability that a character with a look-alike is misread.
    pub noise: f64,
    /// Only characters that are misread in every print are, each so often.
    pub named: bool,
    pub seed: u64,
}

/// A printed character: which one of which text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub c: char,
    pub from: Option<(usize, usize)>,
}

impl Cell {
    /// A character that the truth does not have.
    pub fn blank(c: char) -> Cell {
        Cell { c, from: None }
    }
}

pub type Line = Vec<Cell>;

/// What is known only when the page is printed.
#[derive(Default)]
pub struct Losses {
    /// Characters of texts that are not on the page and cannot be known.
    pub lost: Vec<(usize, usize)>,
    /// Texts that break off, at which character.
    pub cut: Vec<(usize, usize)>,
    /// How often a text is cut in two.
    pub fragments: Vec<(usize, usize)>,
}

/// A page as printed, and what it says.
pub struct Printed {
    pub pages: Vec<String>,
    pub gold: Gold,
}

impl Press {
    /// Prints a page file.
    pub fn print(&self, truth: &Truth) -> Printed {
        let mut rng = Rng::new(self.seed ^ 0x7061_6765);
        let mut losses = Losses::default();
        let inked: Vec<Line> = (0..truth.texts.len())
            .map(|i| marks::ink(self, truth, i, &mut rng, &mut losses))
            .collect();
        let mut pages = layout::pages(self, truth, &inked, &mut rng, &mut losses);
        let misread = noise::misread(self, truth, &mut pages, &mut rng);
        let gold = gold(truth, &pages, &losses, misread);
        let text = |lines: &Vec<Line>| -> String {
            let lines: Vec<String> = (lines.iter())
                .map(|l| l.iter().map(|cell| cell.c).collect())
                .collect();
            lines.join("\n")
        };
        Printed {
            pages: pages.iter().map(text).collect(),
            gold,
        }
    }
}

/// Where each text is printed.
fn spans(texts: usize, pages: &[Vec<Line>]) -> Vec<Vec<Span>> {
    let mut spans: Vec<Vec<Span>> = vec![Vec::new(); texts];
    for (page, lines) in pages.iter().enumerate() {
        for (number, line) in lines.iter().enumerate() {
            for (col, cell) in line.iter().enumerate() {
                let Some((text, _)) = cell.from else { continue };
                let here = Span {
                    page,
                    line: number + 1,
                    from: col,
                    to: col + 1,
                };
                match spans[text].last_mut() {
                    Some(s) if (s.page, s.line) == (here.page, here.line) => s.to = here.to,
                    _ => spans[text].push(here),
                }
            }
        }
    }
    spans
}

fn gold(truth: &Truth, pages: &[Vec<Line>], losses: &Losses, misread: Vec<Misread>) -> Gold {
    let mut spans = spans(truth.texts.len(), pages);
    let mut gold = Gold {
        masthead: truth.masthead.clone(),
        misread,
        ..Gold::default()
    };
    for (field, value) in &truth.masthead {
        gold.masthead_text.push_str(&format!("{field}{value}"));
    }
    let mut parts: Vec<Part> = Vec::new();
    for (i, text) in truth.texts.iter().enumerate() {
        let cut = losses.cut.iter().find(|(t, _)| *t == i).map(|(_, at)| *at);
        let lost = |at: usize| losses.lost.contains(&(i, at)) || cut.is_some_and(|c| at >= c);
        let chars = text.text.chars().enumerate();
        let mut kept: String = chars.filter(|(at, _)| !lost(*at)).map(|(_, c)| c).collect();
        if cut.is_some() {
            kept.push_str(crate::canon::GAP);
            gold.gaps
                .extend(spans[i].last().map(|s| (s.page, s.line, s.to)));
        }
        let halves = losses.fragments.iter().find(|(t, _)| *t == i);
        assert!(
            !spans[i].is_empty(),
            "{}: {} is not printed",
            truth.name,
            text.name
        );
        parts.push(Part {
            kind: text.kind.clone(),
            text: kept,
            spans: std::mem::take(&mut spans[i]),
            fragments: halves.map_or(1, |(_, n)| *n),
        });
    }
    // A trap that has lost a mark is none.
    let whole = |trap: &&String| parts.iter().any(|p| p.text.contains(trap.as_str()));
    gold.traps = truth.traps.iter().filter(whole).cloned().collect();
    // Where a mark is lost a doubt does no harm.
    for (text, at) in &losses.lost {
        let near = |cell: &Cell| {
            cell.from
                .is_some_and(|(t, i)| t == *text && i.abs_diff(*at) <= 1)
        };
        for (page, lines) in pages.iter().enumerate() {
            for (number, line) in lines.iter().enumerate() {
                let cols = (0..line.len()).filter(|c| near(&line[*c]));
                gold.soft.extend(cols.map(|col| (page, number + 1, col)));
            }
        }
    }
    let part = |name: &str| {
        let at = truth.texts.iter().position(|t| t.name == name)?;
        Some(parts[at].clone())
    };
    let blocks =
        |owner: &str| -> Vec<Part> { (1..).map_while(|n| part(&format!("{owner}.{n}"))).collect() };
    gold.articles = (truth.articles.iter())
        .map(|id| Article {
            id: id.clone(),
            kicker: part(&format!("{id}.kicker")),
            headline: part(&format!("{id}.headline")),
            byline: part(&format!("{id}.byline")),
            blocks: blocks(id),
        })
        .collect();
    gold.aparts = (truth.aparts.iter())
        .map(|(id, kind)| Apart {
            kind: kind.clone(),
            blocks: blocks(id),
        })
        .collect();
    for head in blocks("head") {
        gold.masthead_text.push_str(&head.text);
    }
    gold
}

#[test]
fn every_character_is_printed_once() {
    for truth in crate::measure::truths() {
        for (name, press) in crate::measure::STYLES {
            let printed = press.print(&truth);
            let again = press.print(&truth);
            assert!(
                printed.pages == again.pages,
                "{}: {name} is not the same",
                truth.name
            );
            let raw: String = printed.pages.concat();
            let mut raw = crate::canon::canon(&raw);
            let gold = &printed.gold;
            let articles = gold.articles.iter().flat_map(|a| {
                let head = a.kicker.iter().chain(&a.headline).chain(&a.byline);
                head.chain(&a.blocks)
            });
            let parts = articles.chain(gold.aparts.iter().flat_map(|a| &a.blocks));
            let heads = truth.texts.iter().filter(|t| t.owner() == "head");
            let texts = parts.map(|p| &p.text).chain(heads.map(|t| &t.text));
            let mut told: Vec<char> = texts.flat_map(|t| crate::canon::canon(t)).collect();
            // Bars between columns are no text; a stop may have become a point.
            raw.retain(|c| c.is_alphanumeric());
            told.retain(|c| c.is_alphanumeric());
            raw.sort_unstable();
            told.sort_unstable();
            let (raw, told): (String, String) = (raw.iter().collect(), told.iter().collect());
            assert_eq!(raw, told, "{}: {name}", truth.name);
        }
    }
}

#[test]
fn misreadings_stand_where_the_gold_says() {
    for truth in crate::measure::truths() {
        let press = Press {
            style: Style::Spaces,
            narrow: true,
            worn: true,
            noise: 0.05,
            named: false,
            seed: 3,
        };
        let printed = press.print(&truth);
        assert!(!printed.gold.misread.is_empty());
        for e in &printed.gold.misread {
            let line = printed.pages[e.page].split('\n').nth(e.line - 1).unwrap();
            assert_eq!(line.chars().nth(e.col), e.wrong.chars().next(), "{e:?}");
            assert_ne!(e.wrong, e.right);
        }
    }
}
