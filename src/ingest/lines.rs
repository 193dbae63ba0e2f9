//! A page without blank lines: which of its lines are one paragraph.
//!
//! Some OCR programs keep every print line as a line of the file. The lines of
//! a paragraph are as wide as the column; headings, bylines and last lines are
//! not. Where no column shows, every line is taken for a paragraph, and what
//! was torn is joined again later.

use std::collections::HashSet;

use super::byline;
use super::finish::kind_of;
use super::glyph::{Glyph, ends_sentence, is_closer, is_han, is_pause, is_stop, text, width};
use super::kinds;
use super::layout::{self, mode};
use super::leaf;
use super::marker;
use super::masthead;
use super::piece::Piece;
use super::row::{End, Habits, INSERTED, NARROWEST, Row, WIDEST};
use super::seam;
use super::setting;
use super::wording;
use super::wrap;
use crate::lm::WordModel;
use crate::model::{ArticleKind, interview};

/// The lines from the top of the file that may be the head of the paper.
const HEAD: u32 = 20;
/// On a longer file the words across line ends are not weighed: it is no page.
const MOST_ROWS: usize = 4000;

/// A page of so many pieces, of fewer lines each than this, has a blank line
/// between its blocks.
const BLOCKS: usize = 6;
const LONG_BLOCK: usize = 12;

/// Splits every piece that holds more than one paragraph.
pub(super) fn split(mut pieces: Vec<Piece>, model: Option<&WordModel>) -> Vec<Piece> {
    let widths: Vec<f32> = (pieces.iter().flat_map(rows))
        .map(|(a, b, p)| width(&p.glyphs[a..b]))
        .filter(|w| (NARROWEST..=WIDEST).contains(w))
        .collect();
    let column = mode(widths.iter().copied(), 4).filter(|_| layout::set(&widths));
    if let (Some(model), Some(column)) = (model, column) {
        pieces.iter_mut().for_each(|p| mend(p, column, model));
    }
    let whole = |p: &Piece| kinds::is_verse(p) || !p.gaps.iter().any(|g| g.line_end);
    let count: usize = pieces.iter().map(|p| 1 + p.gaps.len()).sum();
    let model = model.filter(|_| count <= MOST_ROWS);
    let speakers = speakers(&pieces);
    let mut all = Vec::new();
    for piece in pieces.iter().filter(|p| !whole(p)) {
        let first = all.len();
        all.extend(rows(piece).map(|(a, b, p)| row(p, (a, b), &speakers, model)));
        if let Some(last) = all.last_mut() {
            last.bottom = true;
        }
        if let Some(model) = model {
            skips(piece, &mut all[first..], model);
        }
    }
    let habits = Habits {
        column,
        indents: indents(&all, column),
        spaced: pieces.iter().filter(|p| p.indented).count() > 2,
        blocks: pieces.len() >= BLOCKS && all.len() < LONG_BLOCK * pieces.len(),
    };
    let mut begins = wrap::units(&all, habits).into_iter().zip(&all);
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if whole(&piece) {
            out.push(piece);
            continue;
        }
        let count = rows(&piece).count();
        let units: Vec<&Row> = (begins.by_ref().take(count))
            .filter(|(begins, row)| *begins || row.start == 0)
            .map(|(_, row)| row)
            .collect();
        let starts = units.iter().map(|row| row.start);
        let ends = starts.clone().skip(1).chain([piece.glyphs.len()]);
        out.extend(starts.zip(ends).map(|(a, b)| piece.part(a, b)));
        if let (Some(last), Some(part)) = (units.last(), out.last_mut()) {
            part.indented |= habits.column.is_some_and(|c| setting::is_cut(last, c));
        }
    }
    out
}

/// How much the words across a line end must say for both to be one print line.
const MENDED: f32 = -1.2;

/// Makes one line of two halves of a print line that stand in lines of their own: as
/// wide together as the column, beside a line that is, and the words go on.
fn mend(piece: &mut Piece, column: f32, model: &WordModel) {
    if kinds::is_verse(piece) {
        return;
    }
    let lines: Vec<(usize, usize)> = rows(piece).map(|(a, b, _)| (a, b)).collect();
    let wide = |(a, b): (usize, usize)| width(&piece.glyphs[a..b]);
    let near = |w: f32, of: f32| (w - of).abs() <= 0.7;
    let mut mended = Vec::new();
    for i in 1..lines.len() {
        let (above, here) = (lines[i - 1], lines[i]);
        let both = wide(above) + wide(here);
        let halves = wide(above) < column - 2.5 && wide(here) < column - 2.5;
        let first = i == 1 || ends_sentence(&piece.glyphs[..above.0]);
        let fits = near(both, column) || (first && near(both, column - 2.0));
        let wide_as = |n: usize, of: f32| lines.get(n).is_some_and(|l| near(wide(*l), of));
        let above_full =
            i >= 2 && (wide_as(i - 2, column) || wide_as(i - 2, column - 2.0)) || first;
        let below_full = wide_as(i + 1, column);
        let open = !ends_sentence(&piece.glyphs[above.0..above.1]);
        let taken = mended.last() == Some(&above.0);
        let signed = |(a, b): (usize, usize)| byline::is_byline(&piece.part(a, b));
        let beside = above_full && below_full && !signed(above) && !signed(here);
        if halves && fits && open && !taken && beside {
            let (before, behind) = piece.glyphs.split_at(here.0);
            let han = before.last().is_some_and(|g| is_han(g.c)) && is_han(behind[0].c);
            if !han || words(model, before, behind) > MENDED {
                mended.push(here.0);
            }
        }
    }
    for gap in &mut piece.gaps {
        gap.line_end &= mended.binary_search(&gap.at).is_err();
    }
}

/// Looks what follows what when lines that may be inserted are passed over.
fn skips(piece: &Piece, rows: &mut [Row], model: &WordModel) {
    for i in 2..rows.len() {
        let passed = (1..=INSERTED.min(i - 1))
            .take_while(|n| setting::may_be_inserted(&rows[i - n]))
            .count();
        for n in 1..=passed {
            let before = &piece.glyphs[..rows[i - n].start];
            let behind = &piece.glyphs[rows[i].start..];
            rows[i].skips[n - 1] = words(model, before, behind);
        }
    }
}

/// What the words where two runs meet say for one going on in the other.
fn words(model: &WordModel, before: &[Glyph], behind: &[Glyph]) -> f32 {
    let (before, behind) = (before.iter(), behind.iter());
    seam::odds(seam::gain(model, before.map(|g| g.c), behind.map(|g| g.c)))
}

/// How wide the marks are that a line ends with, but for the first of them: a stop
/// behind a closing mark has no line to itself.
fn hang(glyphs: &[Glyph]) -> f32 {
    let mark = |g: &&Glyph| is_stop(g.c) || is_pause(g.c) || is_closer(g.c);
    let marks = glyphs.iter().rev().take_while(mark).count();
    width(&glyphs[glyphs.len() - marks.saturating_sub(1)..])
}

/// A mark that nothing ends with.
fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '（' | '(' | '《' | '「' | '【')
}

/// Who speaks in an interview: those that ask, and names that two lines at least
/// begin with.
fn speakers(pieces: &[Piece]) -> HashSet<String> {
    let lines = pieces.iter().flat_map(rows);
    let turns = interview::begun(lines.map(|(a, b, p)| text(&p.glyphs[a..b])));
    let speaks =
        |(name, turns): (String, usize)| (turns > 1 || interview::by_trade(&name)).then_some(name);
    turns.into_iter().filter_map(speaks).collect()
}

/// Whether first lines of paragraphs are two em short on this page: which of
/// both widths the lines have that follow a short one with a stop.
fn indents(rows: &[Row], column: Option<f32>) -> bool {
    let Some(column) = column else { return true };
    let (mut short, mut flush) = (0, 0);
    for pair in rows.windows(2) {
        let ends = pair[0].end == End::Stop && pair[0].width < column - 3.0;
        let near = |c: f32| (pair[1].width - c).abs() <= 0.6;
        short += usize::from(ends && (pair[1].indented || near(column - 2.0)));
        flush += usize::from(ends && !pair[1].indented && near(column));
    }
    flush < 3 || short * 2 > flush
}

/// The file's lines in a piece, when there are more than one.
fn rows(piece: &Piece) -> impl Iterator<Item = (usize, usize, &Piece)> {
    let cuts: Vec<usize> = piece
        .gaps
        .iter()
        .filter(|g| g.line_end)
        .map(|g| g.at)
        .collect();
    let starts = std::iter::once(0).chain(cuts.clone());
    let ends = cuts.clone().into_iter().chain([piece.glyphs.len()]);
    starts
        .zip(ends)
        .filter(move |_| !cuts.is_empty())
        .map(move |(a, b)| (a, b, piece))
}

fn row(
    piece: &Piece,
    (start, end): (usize, usize),
    speakers: &HashSet<String>,
    model: Option<&WordModel>,
) -> Row {
    let glyphs = &piece.glyphs[start..end];
    let part = piece.part(start, end);
    let line = text(glyphs);
    let last = glyphs.last().map_or(' ', |g| g.c);
    let inner = &glyphs[..glyphs.len().saturating_sub(1)];
    let before = &piece.glyphs[..start];
    // Words of Latin letters are parted by half an em.
    let latin = |at: usize| !is_han(part.glyphs[at - 1].c) && !is_han(part.glyphs[at].c);
    let gap = |at: usize| is_han(part.glyphs[at - 1].c) && is_han(part.glyphs[at].c);
    let detail = kinds::is_detail(&line);
    Row {
        start,
        width: width(glyphs) + 0.5 * part.gaps.iter().filter(|g| latin(g.at)).count() as f32,
        hang: hang(glyphs),
        foot: (piece.glyphs.get(end))
            .is_some_and(|next| next.line <= glyphs[glyphs.len() - 1].line),
        indented: piece.indented && start == 0,
        parted: start == 0,
        bottom: false,
        end: match last {
            _ if ends_sentence(glyphs) => match glyphs.iter().rev().find(|g| is_stop(g.c)) {
                Some(g) if matches!(g.c, '！' | '？' | '!' | '?') => End::Call,
                _ => End::Stop,
            },
            '；' | ';' | '：' | ':' => End::Clause,
            c if is_pause(c) => End::Pause,
            _ => End::Open,
        },
        stop_inside: inner.iter().any(|g| g.c == '。'),
        pauses: inner
            .iter()
            .filter(|g| is_pause(g.c) && !matches!(g.c, '、' | '：' | ':'))
            .count(),
        alone: byline::is_byline(&part)
            || (glyphs.len() < 20 && wording::is_roll(&line))
            || kinds::is_row(&part)
            || kinds::is_salutation(&line)
            || kinds::is_closing(&line)
            || leaf::is_furniture(&line)
            || (glyphs[0].line <= HEAD && masthead::is_head(&part)),
        names: byline::is_names(&part),
        item: detail
            || marker::find(glyphs).is_some()
            || interview::speaker(&line).is_some_and(|name| speakers.contains(name)),
        detail,
        opens: match () {
            () if wording::is_dateline(glyphs) || kinds::greets(&line) => 3.0,
            () if wording::opens_report(glyphs) => 1.5,
            () => 0.0,
        },
        titled: kind_of(&line, "") != ArticleKind::News
            || wording::is_notice_title(&line)
            || (wording::is_offer(&line) && is_han(last)),
        follows: seam::begins_inside(glyphs) || before.last().is_some_and(|g| opens(g.c)),
        spaced: part.gaps.iter().any(|g| gap(g.at)),
        words: model.map_or(0.0, |model| words(model, before, glyphs)),
        skips: [0.0; INSERTED],
    }
}
