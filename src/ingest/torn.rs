//! Paragraphs torn by columns, boxes and headlines, joined again.
//!
//! All that break off and all that begin in mid-sentence are matched at once,
//! so that a good match is not lost to a worse one that comes first: the
//! assignment of the greatest weight (Kuhn 1955, Munkres 1957), in which
//! leaving a piece open is always possible.

use std::collections::{HashMap, HashSet};

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

use super::blocks;
use super::byline;
use super::glyph::{GAP, Glyph, ends_sentence, is_stop, runs, text, width};
use super::kinds;
use super::layout::{Layout, Start};
use super::leaf;
use super::piece::Piece;
use super::role::{self, Role};
use super::seam::{self, Habit};
use super::subject;
use super::wording;
use crate::diag::Diagnostic;
use crate::lm::WordModel;

/// How far behind its first half a second one is looked for, in pieces.
const REACH: usize = 14;
/// So many halves that may belong together are matched at once; on a page with
/// more of them each is matched with the best that is left.
const MOST: usize = 80;
/// The narrowest piece that may be a half, in em.
const NARROWEST: f32 = 5.0;

/// What speaks for going on in the very next line of the file.
const BELOW: f32 = 1.0;
/// What speaks for going on on a page without a trace of print lines: there
/// nothing tells that a line was full, but few paragraphs lose their end.
const UNSET: f32 = 2.0;

/// A piece of the page that is an article's, with what was found out about it.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub piece: Piece,
    pub role: Role,
    pub layout: Layout,
    /// It stands between two halves of a paragraph.
    pub in_tear: bool,
    /// The number of the item whose second half stood just before this one.
    pub resumes: Option<usize>,
}

impl Item {
    /// It is a box with a column of its own.
    pub fn is_box(&self) -> bool {
        self.layout.own_column.is_some()
    }

    /// It is a paragraph that breaks off.
    pub fn is_open(&self) -> bool {
        let last = self.piece.glyphs.last().map(|g| g.c);
        let line = text(&self.piece.glyphs);
        self.role.is_text()
            && !ends_sentence(&self.piece.glyphs)
            && !matches!(last, Some('：' | ':' | '；' | ';'))
            && !wording::is_credit(&line)
            && !wording::ends_with_phone(&self.piece.glyphs)
            && !kinds::is_closing(&line)
            && !self.is_told_out()
    }

    /// Behind its last stop stands what needs none: who wrote it, `联系人：吴晓`.
    fn is_told_out(&self) -> bool {
        let glyphs = &self.piece.glyphs;
        let Some(stop) = glyphs.iter().rposition(|g| is_stop(g.c)) else {
            return kinds::is_detail(&text(glyphs));
        };
        let rest = &glyphs[stop + 1..];
        let line = text(rest);
        kinds::is_detail(&line) || kinds::is_person(&line) || byline::is_one_name(rest)
    }

    /// It looks like a heading, and may be the first lines of a paragraph.
    fn may_be_short_half(&self, page: Option<f32>) -> bool {
        let wide = width(&self.piece.glyphs);
        let room = page.map_or(NARROWEST..=60.0, |c| c - 3.5..=2.0 * c + 1.0);
        self.role == Role::Heading
            && room.contains(&wide)
            && (role::pauses(&self.piece.glyphs) > 0 || self.layout.is_measured())
    }

    /// It sends the reader to another page, or says that he comes from one.
    fn is_jump(&self) -> bool {
        self.role == Role::Furniture && leaf::jump(&text(&self.piece.glyphs)).is_some()
    }

    /// It may be the second half of something.
    fn may_go_on(&self, habit: Habit) -> bool {
        self.role == Role::Prose && (habit == Habit::Flush || self.layout.start != Start::Indented)
    }
}

/// Joins torn paragraphs; the whole stands where its first half stood, and what
/// stood between follows it. Halves that were not found are doubted, and a mark
/// stands for what is missing.
pub(super) fn join(
    items: Vec<Item>,
    page: Option<f32>,
    model: Option<&WordModel>,
    file: &str,
    notes: &mut Vec<Diagnostic>,
) -> Vec<Item> {
    for (i, item) in items.iter().enumerate() {
        let (glyphs, layout) = (&item.piece.glyphs, &item.layout);
        log::trace!(
            "{i} {:?} {:?} {:?}: {}…{}",
            item.role,
            layout.start,
            layout.column.map(|c| c - layout.last),
            beginning(glyphs),
            ending(glyphs)
        );
    }
    let pairs = matches(&items, page, model);
    let mut items = merge(items, &pairs);
    captions(&mut items);
    for i in 0..items.len() {
        // Before a list, or a line that says where the text goes on.
        let next = items.get(i + 1);
        let jump = next.is_some_and(Item::is_jump);
        let listed = jump || matches!(next.map(|n| n.role), Some(Role::Item(_)));
        let item = &mut items[i];
        if let (true, false, Some(last)) = (item.is_open(), listed, item.piece.glyphs.last()) {
            notes.push(
                Diagnostic::doubt(
                    Some(last.place(file)),
                    format!(
                        "the paragraph breaks off after `{}`",
                        ending(&item.piece.glyphs)
                    ),
                )
                .help("look at the printed page and write what is missing"),
            );
            let gap = Glyph {
                c: GAP,
                col: last.col + 1,
                ..*last
            };
            item.piece.glyphs.push(gap);
        }
        let arrives = i > 0 && items[i - 1].is_jump();
        let item = &items[i];
        let inside = !arrives && item.role.is_text() && seam::begins_inside(&item.piece.glyphs);
        if let (true, Some(first)) = (inside, item.piece.glyphs.first()) {
            notes.push(
                Diagnostic::doubt(
                    Some(first.place(file)),
                    format!(
                        "the paragraph begins in mid-sentence with `{}`",
                        beginning(&item.piece.glyphs)
                    ),
                )
                .help("look at the printed page for its first half"),
            );
        }
    }
    items
}

/// The longest caption, in em.
const LONGEST_CAPTION: f32 = 46.0;

/// A sentence alone between the halves of a paragraph that speaks of the same
/// stands beside a picture.
fn captions(items: &mut [Item]) {
    for i in 1..items.len() {
        let ends = (items.get(i + 1)).is_none_or(|n| n.resumes.is_some() || n.role == Role::Byline);
        let alone = items[i].in_tear && !items[i - 1].in_tear && ends;
        let glyphs = &items[i].piece.glyphs;
        let short = || (14.0..=LONGEST_CAPTION).contains(&width(glyphs));
        let sentence = || match items[i].role {
            Role::Prose => glyphs.iter().filter(|g| is_stop(g.c)).count() <= 1,
            Role::Heading => role::pauses(glyphs) > 0,
            _ => false,
        };
        if !(alone && short() && sentence()) {
            continue;
        }
        let torn: HashSet<[char; 2]> = runs(&items[i - 1].piece.glyphs).collect();
        if runs(glyphs).filter(|pair| torn.contains(pair)).count() >= 2 {
            items[i].role = Role::Caption;
        }
    }
}

fn ending(glyphs: &[Glyph]) -> String {
    text(&glyphs[glyphs.len().saturating_sub(6)..])
}

fn beginning(glyphs: &[Glyph]) -> String {
    text(&glyphs[..glyphs.len().min(6)])
}

/// Which item goes on in which, by their numbers.
fn matches(items: &[Item], page: Option<f32>, model: Option<&WordModel>) -> Vec<(usize, usize)> {
    let mut edges: Vec<(usize, usize, f32)> = Vec::new();
    let habit = seam::habit(items);
    let blocks = page.is_some() && blocks::lie_so(items);
    let reach = if blocks { blocks::REACH } else { REACH };
    let jumps = |i: usize| items.get(i).is_some_and(Item::is_jump);
    for (i, first) in items.iter().enumerate() {
        // What goes on on another page goes on nowhere on this one.
        if jumps(i + 1) {
            continue;
        }
        let short = first.may_be_short_half(page);
        let open = first.is_open() && width(&first.piece.glyphs) >= NARROWEST;
        if !open && !short {
            continue;
        }
        let near = items.iter().enumerate().skip(i + 1).take(reach);
        let opened = |j: usize| opens_article(&items[..j]);
        for (j, second) in near.filter(|(j, s)| s.may_go_on(habit) && !jumps(j - 1) && !opened(*j))
        {
            // A heading needs more than a paragraph to be torn, and most of all
            // one with a paragraph below it.
            let less = match (short, j - i - 1, page) {
                (false, _, Some(_)) => 0.0,
                (false, _, None) => -UNSET,
                (true, 0, _) if role::pauses(&first.piece.glyphs) == 0 => 4.2,
                (true, 0, _) => 2.5,
                (true, _, Some(_)) => 2.5,
                (true, _, None) => 2.5 - UNSET / 2.0,
            };
            // Within a block all is as on any other page.
            let goes_on = second.piece.begins_below(&first.piece);
            let apart = blocks && first.piece.block != second.piece.block && !goes_on;
            let between = &items[i + 1..j];
            let weight = seam::weight(first, second, between, (habit, apart), model);
            let place = match (apart, goes_on) {
                (true, _) => blocks::places(items, i, j),
                (false, true) => BELOW,
                (false, false) => 0.0,
            };
            edges.extend(weight.map(|w| (i, j, w + place - seam::LEAST - less)));
        }
    }
    // Where print lines tell nothing, too many halves may belong to one tear for what
    // they speak of to decide.
    if habit == Habit::Indented && page.is_some() {
        subject::weigh(items, &mut edges, model);
    }
    for (i, j, weight) in &edges {
        log::trace!(
            "{habit:?} {weight:.1}: {} | {}",
            ending(&items[*i].piece.glyphs),
            beginning(&items[*j].piece.glyphs)
        );
    }
    edges.retain(|(_, _, weight)| *weight > 0.0);
    let mut pairs = Vec::new();
    let mut rest = edges.as_slice();
    while let Some((_, last, _)) = rest.first() {
        // Halves that no candidate connects are matched apart.
        let mut reach = *last;
        let end = rest
            .iter()
            .position(|(i, j, _)| {
                let apart = *i > reach;
                reach = reach.max(*j);
                apart
            })
            .unwrap_or(rest.len());
        pairs.extend(assign(&rest[..end]));
        rest = &rest[end..];
    }
    pairs
}

/// Whether the first paragraph of an article stands below these pieces: behind whom
/// it speaks to, or behind a headline and who wrote it.
fn opens_article(above: &[Item]) -> bool {
    let roles: Vec<Role> = above.iter().rev().take(2).map(|i| i.role).collect();
    matches!(
        roles[..],
        [Role::Salutation, ..] | [Role::Byline, Role::Heading]
    )
}

/// The assignment of the greatest weight.
fn assign(edges: &[(usize, usize, f32)]) -> Vec<(usize, usize)> {
    let mut firsts: Vec<usize> = edges.iter().map(|e| e.0).collect();
    firsts.dedup();
    let mut seconds: Vec<usize> = edges.iter().map(|e| e.1).collect();
    seconds.sort_unstable();
    seconds.dedup();
    if firsts.len() > MOST || seconds.len() > MOST {
        return greedy(edges);
    }
    // Columns of no weight behind the others: to be left open.
    let columns = seconds.len() + firsts.len();
    let mut weights = Matrix::new(firsts.len(), columns, 0i64);
    for (i, j, weight) in edges {
        let row = firsts.partition_point(|f| f < i);
        let column = seconds.partition_point(|s| s < j);
        weights[(row, column)] = (weight * 1000.0) as i64;
    }
    let (_, chosen) = kuhn_munkres(&weights);
    let rows = chosen.into_iter().enumerate();
    rows.filter(|(row, column)| weights[(*row, *column)] > 0)
        .map(|(row, column)| (firsts[row], seconds[column]))
        .collect()
}

/// The heaviest pairs first.
fn greedy(edges: &[(usize, usize, f32)]) -> Vec<(usize, usize)> {
    let mut sorted = edges.to_vec();
    sorted.sort_by(|a, b| b.2.total_cmp(&a.2));
    let (mut firsts, mut seconds) = (HashSet::new(), HashSet::new());
    let mut pairs = Vec::new();
    for (i, j, _) in sorted {
        if !firsts.contains(&i) && !seconds.contains(&j) {
            firsts.insert(i);
            seconds.insert(j);
            pairs.push((i, j));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Puts second halves behind their first ones.
fn merge(items: Vec<Item>, pairs: &[(usize, usize)]) -> Vec<Item> {
    let nexts: HashMap<usize, usize> = pairs.iter().copied().collect();
    let seconds: HashSet<usize> = pairs.iter().map(|p| p.1).collect();
    let next = |i: usize| nexts.get(&i).copied();
    let is_second = |j: usize| seconds.contains(&j);
    // Where each item that stays will stand.
    let mut place = Vec::with_capacity(items.len());
    let mut stay = 0;
    for i in 0..items.len() {
        place.push(stay);
        stay += usize::from(!is_second(i));
    }
    let mut items: Vec<Option<Item>> = items.into_iter().map(Some).collect();
    for i in (0..items.len()).filter(|i| !is_second(*i)) {
        let mut last = i;
        while let Some(j) = next(last) {
            for between in items[last + 1..j].iter_mut().flatten() {
                between.in_tear = true;
            }
            let behind = items[j + 1..].iter_mut().flatten().next();
            if let Some(behind) = behind {
                behind.resumes = Some(place[i]);
            }
            if let (Some(second), Some(first)) = (items[j].take(), items[i].as_mut()) {
                append(first, second);
            }
            last = j;
        }
    }
    items.into_iter().flatten().collect()
}

fn append(first: &mut Item, second: Item) {
    if first.role == Role::Heading {
        first.role = Role::Prose;
    }
    if !second.piece.glyphs.is_empty() {
        first.layout.line_ends.push(true);
    }
    first.piece.append(&second.piece);
    first.layout.line_ends.extend(second.layout.line_ends);
    first.layout.last = second.layout.last;
}
