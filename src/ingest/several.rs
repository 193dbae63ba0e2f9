//! Pieces that hold more than one thing: what is asked and what is answered, a title
//! and its poet, two rows of a table side by side.

use std::collections::HashSet;

use super::glyph::{Glyph, ends_sentence, is_han, is_stop, text};
use super::piece::Piece;
use super::table;
use crate::model::interview;

/// The longest title that a poet's name stands behind, in characters.
const LONGEST_TITLE: usize = 24;
/// The marks before a writer's name.
const BEFORE_NAMES: &[char] = &['□', '■', '◎', '◇', '◆', '●', '○'];

/// Splits every piece that holds more than one thing.
pub(super) fn split(pieces: Vec<Piece>) -> Vec<Piece> {
    let speakers = speakers(&pieces);
    let split = |piece: Piece| -> Vec<Piece> {
        let mut cuts = turns(&piece, &speakers);
        cuts.extend(poet(&piece));
        cuts.extend(second_row(&piece));
        cuts.sort_unstable();
        cuts.dedup();
        let ends = cuts.iter().copied().chain([piece.glyphs.len()]);
        let starts = [0].into_iter().chain(cuts.iter().copied());
        starts.zip(ends).map(|(a, b)| piece.part(a, b)).collect()
    };
    pieces.into_iter().flat_map(split).collect()
}

/// As much of a text as a speaker's name may take.
fn start(glyphs: &[Glyph]) -> String {
    text(&glyphs[..glyphs.len().min(8)])
}

/// Who speaks: those whose turns two pieces at least begin with.
fn speakers(pieces: &[Piece]) -> HashSet<String> {
    let mut turns = interview::begun(pieces.iter().map(|p| start(&p.glyphs)));
    turns.retain(|_, turns| *turns > 1);
    turns.into_keys().collect()
}

/// Where in a turn another one begins: behind a sentence.
fn turns(piece: &Piece, speakers: &HashSet<String>) -> Vec<usize> {
    let glyphs = &piece.glyphs;
    let begins = |at: &usize| {
        let before = &glyphs[..*at];
        before.last().is_some_and(|g| !is_han(g.c))
            && ends_sentence(before)
            && interview::speaker(&start(&glyphs[*at..]))
                .is_some_and(|name| speakers.contains(name))
    };
    match speakers.len() < 2 {
        true => Vec::new(),
        false => (1..glyphs.len()).filter(begins).collect(),
    }
}

/// `霜降访友 □ 贺某某`: where the name begins, its mark with it.
fn poet(piece: &Piece) -> Option<usize> {
    let glyphs = &piece.glyphs;
    let short = glyphs.len() <= LONGEST_TITLE && !glyphs.iter().any(|g| is_stop(g.c));
    let at = glyphs.iter().position(|g| BEFORE_NAMES.contains(&g.c))?;
    let apart = piece.gaps.iter().any(|g| g.at == at);
    let name = &glyphs[at + 1..];
    let named = (2..=4).contains(&name.len()) && name.iter().all(|g| is_han(g.c));
    (short && at >= 2 && apart && named).then_some(at)
}

/// `供水抢修 8124406    燃气报修 8120119`: where the second label begins.
fn second_row(piece: &Piece) -> Option<usize> {
    let cells: Vec<&[Glyph]> = piece.segments().collect();
    let [first, number, second, other] = cells[..] else {
        return None;
    };
    // Letters among the figures are misread.
    let figures = |cell: &[Glyph]| {
        let count = cell.iter().filter(|g| g.c.is_ascii_digit()).count();
        count >= 3 && 2 * count > cell.len() && !cell.iter().any(|g| is_han(g.c))
    };
    let middle = piece.gaps.get(1).filter(|g| g.wide)?;
    let rows =
        table::is_label(first) && table::is_label(second) && figures(number) && figures(other);
    rows.then_some(middle.at)
}

#[cfg(test)]
mod tests {
    use super::super::piece::pieces;
    use super::*;

    fn parts(page: &str) -> Vec<String> {
        split(pieces(page))
            .iter()
            .map(|p| text(&p.glyphs))
            .collect()
    }

    #[test]
    fn turns_titles_and_rows_are_told_apart() {
        let page = "记者：几点？\n\n孟某：九点。\n\n孟某：十点。\n\n记者：洗澡呢？ 孟某：三不要：空腹不要洗。";
        assert_eq!(
            parts(page)[3..],
            ["记者：洗澡呢？", "孟某：三不要：空腹不要洗。"]
        );
        assert_eq!(parts("霜降访友 □ 贺兰溪"), ["霜降访友", "□贺兰溪"]);
        assert_eq!(
            parts("供水抢修 8124406    燃气报修 8120119"),
            ["供水抢修8124406", "燃气报修8120119"]
        );
        for one in [
            "他说：好。她说：坏。",
            "□ 陆晚舟",
            "供水抢修 8124406 燃气报修 8120119",
        ] {
            assert_eq!(parts(one).len(), 1, "{one}");
        }
    }
}
