//! Where the white space between two columns stands on lines that hold a line
//! of each.
//!
//! Programs that keep the layout pad the left column, so that the right one
//! begins at the same place on every line. What that place is depends on how
//! the program counts: Chinese characters as two, marks such as `“` as one or
//! two, or all characters alike. Programs that do not pad leave the same space
//! on every line instead.

use super::columns::{self, Line};
use super::glyph::{Glyph, em, is_blank};

/// White space of so many half em may part columns.
const WIDE: usize = 3;
/// Where a line of a pair of headlines is parted, in half em.
const VERY_WIDE: usize = 4;
/// A headline of a pair has at least so many characters.
const HEADLINE: usize = 4;
/// How far behind its place a line of the right column may begin when it was
/// counted another way, in half em.
const DRIFT: usize = 3;
/// How many lines from the top are asked where the right column begins.
const ASKED: usize = 6;
/// Blank lines inside columns.
const MOST_BLANK: usize = 2;
/// So many lines tell whether there are columns.
const PROBED: usize = 24;
/// … of which so many hold both.
const LEAST_BOTH: usize = 3;
/// The longest run of columns, in lines.
const LONGEST: usize = 600;
/// The longest line of print, in characters.
const LONGEST_LINE: usize = 300;

/// How a program counts places on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    /// Chinese characters and marks are two wide.
    Wide,
    /// The same, but marks that Latin has too are one wide.
    Ambiguous,
    /// As print does: narrow marks stand for wide ones.
    Print,
    /// Every character is one.
    Characters,
}

/// All of them, the commonest first.
const COUNTS: [Count; 4] = [
    Count::Wide,
    Count::Ambiguous,
    Count::Print,
    Count::Characters,
];

impl Count {
    fn of(self, c: char) -> usize {
        let shared = matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·' | '①'..='⑳' | '℃');
        match self {
            Count::Print => (em(c) * 2.0) as usize,
            _ if c.is_ascii() => 1,
            Count::Characters => 1,
            Count::Ambiguous if shared => 1,
            _ => 2,
        }
    }
}

/// How wide white space is, in half em.
pub(super) fn half_em(c: char) -> usize {
    match c {
        '\u{3000}' => 2,
        '\t' => 4,
        _ => 1,
    }
}

/// White space between two words of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Space {
    /// The first blank's number and that of the glyph behind the last.
    from: usize,
    to: usize,
    /// In half em.
    wide: usize,
    /// Where the text behind it begins.
    place: usize,
}

/// A line with the places of its white space.
struct Measured {
    /// The white space it begins with.
    lead: Space,
    /// White space between its words, the wide one.
    wide: Vec<Space>,
    /// Where each glyph begins, and where the line ends.
    places: Vec<usize>,
    /// For each glyph, whether it is a blank.
    blank: Vec<bool>,
}

fn measure(line: &[Glyph], count: Count) -> Option<Measured> {
    let last = line.iter().rposition(|g| !is_blank(g.c))?;
    let mut places = Vec::with_capacity(last + 2);
    let mut at = 0;
    for g in &line[..=last] {
        places.push(at);
        at += match count {
            Count::Characters => 1,
            _ if is_blank(g.c) => half_em(g.c),
            _ => count.of(g.c),
        };
    }
    places.push(at);
    let mut spaces = Vec::new();
    let mut from = 0;
    for (to, g) in line[..=last].iter().enumerate() {
        if is_blank(g.c) {
            continue;
        }
        if from < to || to == 0 {
            spaces.push(Space {
                from,
                to,
                wide: line[from..to].iter().map(|g| half_em(g.c)).sum(),
                place: places[to],
            });
        }
        from = to + 1;
    }
    // The first ink has white space before it, if only none.
    let lead = spaces.remove(0);
    spaces.retain(|s| s.wide >= WIDE);
    Some(Measured {
        lead,
        wide: spaces,
        places,
        blank: line[..=last].iter().map(|g| is_blank(g.c)).collect(),
    })
}

/// The parts of a line between wide spaces.
pub(super) fn parts(line: &[Glyph]) -> Vec<Line> {
    let Some(m) = measure(line, Count::Wide) else {
        return Vec::new();
    };
    let starts = std::iter::once(m.lead.to).chain(m.wide.iter().map(|s| s.to));
    let ends = m.wide.iter().map(|s| s.from).chain([m.blank.len()]);
    (starts.zip(ends).map(|(a, b)| line[a..b].to_vec())).collect()
}

/// What a line is of two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Blank,
    /// Both, the right one from this glyph on, indented by so many half em.
    Both(usize, usize),
    Left,
    Right(usize, usize),
    /// Text runs across the gutter.
    Across,
}

/// Two columns: their lines, as many of each.
pub(super) struct Pair {
    pub left: Vec<Line>,
    pub right: Vec<Line>,
    /// How many lines hold both.
    pub both: usize,
}

impl Pair {
    /// How many lines of the file it takes.
    pub fn len(&self) -> usize {
        self.left.len()
    }
}

/// The two columns that begin at the first of the lines, if any do.
pub(super) fn pair(lines: &[Line]) -> Option<Pair> {
    // Nothing to be found without a wide space in the first line.
    let usable = free(lines, PROBED);
    measure(usable.first()?, Count::Wide)?.wide.first()?;
    // A few lines tell where the right column begins, if they are columns.
    let (place, count) = probe(usable)?;
    let lines = free(lines, LONGEST);
    let rows = rows(&measured(lines, count), place);
    Some(cut(&lines[..rows.len()], &rows))
}

/// The lines up to the first one whose cells tabs or rules part, or that is no
/// line of print.
fn free(lines: &[Line], most: usize) -> &[Line] {
    let lines = &lines[..lines.len().min(most)];
    let other =
        |l: &Line| l.len() > LONGEST_LINE || l.iter().any(|g| g.c == '\t' || columns::is_rule(g.c));
    let end = lines.iter().position(other).unwrap_or(lines.len());
    &lines[..end]
}

/// Where the right column begins on most lines, and how places are counted.
fn probe(lines: &[Line]) -> Option<(usize, Count)> {
    let mut best: Option<(usize, (usize, Count))> = None;
    for count in COUNTS {
        let measured = measured(lines, count);
        // Without padding only the space tells.
        let least = usize::from(usual(&measured).is_none());
        let spaces = |m: &Measured| m.wide.iter().map(|s| s.place).collect::<Vec<usize>>();
        let top = measured.iter().take(ASKED).flatten();
        let mut asked: Vec<usize> = top.flat_map(spaces).collect();
        asked.sort_unstable();
        asked.dedup();
        for place in asked {
            let rows = rows(&measured, place);
            let both = rows.iter().filter(|r| matches!(r, Row::Both(..))).count();
            let exact = |m: &&Measured| m.wide.iter().any(|s| s.place == place);
            let exact = measured[..rows.len()]
                .iter()
                .flatten()
                .filter(exact)
                .count();
            if both >= LEAST_BOTH && exact > best.map_or(least, |b| b.0) {
                best = Some((exact, (place, count)));
            }
        }
    }
    best.map(|b| b.1)
}

fn measured(lines: &[Line], count: Count) -> Vec<Option<Measured>> {
    lines.iter().map(|l| measure(l, count)).collect()
}

/// What each line is when the right column begins at `place`, up to the last
/// line of both.
fn rows(measured: &[Option<Measured>], place: usize) -> Vec<Row> {
    // Without padding the same space stands on every line.
    let space = usual(measured);
    let mut rows: Vec<Row> = Vec::new();
    let (mut end, mut blank, mut found) = (0, 0, 0);
    for m in measured {
        let row = m
            .as_ref()
            .map_or(Row::Blank, |m| row(m, place, space, found));
        match row {
            Row::Blank => blank += 1,
            Row::Across => break,
            // What stands below a blank line on the left alone may be anything.
            Row::Left if blank > 0 && !more_follows(&measured[rows.len()..], place) => break,
            _ => blank = 0,
        }
        if blank > MOST_BLANK {
            break;
        }
        rows.push(row);
        if row != Row::Blank {
            end = rows.len();
        }
        found += usize::from(matches!(row, Row::Both(..)));
    }
    rows.truncate(end);
    unpushed(&mut rows, measured);
    rows
}

/// A line of the right column that stands behind the narrowest space of all is not
/// indented: what hangs over the edge of the left column has pushed it on.
fn unpushed(rows: &mut [Row], measured: &[Option<Measured>]) {
    let before = |m: &Measured, at: usize| m.wide.iter().find(|s| s.to == at).map(|s| s.wide);
    let space = |row: &Row, m: &Option<Measured>| match row {
        Row::Both(at, _) => before(m.as_ref()?, *at),
        _ => None,
    };
    let spaces: Vec<Option<usize>> = rows
        .iter()
        .zip(measured)
        .map(|(r, m)| space(r, m))
        .collect();
    let narrowest = spaces.iter().flatten().min().copied();
    for (row, space) in rows.iter_mut().zip(spaces) {
        if let (Row::Both(_, indent), true) = (row, space.is_some() && space == narrowest) {
            *indent = 0;
        }
    }
}

/// The space that most lines have, when they have the same one.
fn usual(measured: &[Option<Measured>]) -> Option<usize> {
    let singles: Vec<usize> = (measured.iter().flatten().take(40))
        .filter(|m| m.wide.len() == 1)
        .map(|m| m.wide[0].wide)
        .collect();
    let count = |w: usize| singles.iter().filter(|s| **s == w).count();
    let best = singles.iter().copied().max_by_key(|w| count(*w))?;
    (count(best) >= 3 && count(best) * 4 >= singles.len() * 3).then_some(best)
}

/// Whether lines below, before the next blank ones, hold the right column.
fn more_follows(measured: &[Option<Measured>], place: usize) -> bool {
    let block = measured.iter().map_while(Option::as_ref);
    block.take(40).any(|m| {
        m.lead.place + 1 >= place || m.wide.iter().any(|s| s.place.abs_diff(place) <= DRIFT)
    })
}

fn row(m: &Measured, place: usize, space: Option<usize>, found: usize) -> Row {
    let end = m.places.last().copied().unwrap_or_default();
    if m.lead.place + 1 >= place && m.lead.wide >= VERY_WIDE {
        return Row::Right(m.lead.to, m.lead.place.saturating_sub(place));
    }
    // Blank up to the place: a line of the right column, indented or not.
    let to_place = |s: &&Space| m.places[s.from] + 2 <= place && s.place >= place;
    let near = |s: &&Space| s.place.abs_diff(place) <= DRIFT;
    let found_at = (m.wide.iter().find(to_place)).or_else(|| m.wide.iter().find(near));
    if let Some(s) = found_at {
        return Row::Both(s.to, s.place.saturating_sub(place));
    }
    // A mark that hangs leaves little space.
    let begins = m.places.binary_search(&place).ok();
    if let Some(at) = begins.filter(|at| *at > 0 && m.blank.get(at - 1) == Some(&true)) {
        return Row::Both(at, 0);
    }
    if let [only] = m.wide[..] {
        let right = m.blank.len() - only.to;
        let pair = only.from - m.lead.to >= HEADLINE && right >= HEADLINE;
        // Lines that were not padded, and headlines above the columns.
        if let Some(space) = space.filter(|s| (*s..=s + 4).contains(&only.wide)) {
            return Row::Both(only.to, only.wide - space);
        }
        if found < 2 && pair && only.wide >= VERY_WIDE {
            return Row::Both(only.to, 0);
        }
    }
    if end <= place + 1 {
        Row::Left
    } else {
        Row::Across
    }
}

fn cut(lines: &[Line], rows: &[Row]) -> Pair {
    let mut pair = Pair {
        left: Vec::new(),
        right: Vec::new(),
        both: 0,
    };
    for (line, row) in lines.iter().zip(rows) {
        let (left, right) = match row {
            Row::Both(at, indent) => {
                pair.both += 1;
                (&line[..*at], &line[at - blanks(&line[..*at], *indent)..])
            }
            Row::Right(at, indent) => (&line[..0], &line[at - blanks(&line[..*at], *indent)..]),
            _ => (&line[..], &line[..0]),
        };
        pair.left.push(left.to_vec());
        pair.right.push(right.to_vec());
    }
    pair
}

/// How many of the blanks a line ends with are an indent of so many half em.
fn blanks(line: &[Glyph], indent: usize) -> usize {
    let mut wide = 0;
    let inside = |g: &&Glyph| {
        wide += half_em(g.c);
        is_blank(g.c) && wide <= indent
    };
    line.iter().rev().take_while(inside).count()
}
