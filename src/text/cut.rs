//! A block of text → chunks: whole sentences, long ones cut between clauses so
//! that the pieces come out even, and never more than [`MOST`] syllables.
//!
//! Sentences are cut each by itself, so that an edited sentence leaves the
//! chunks of all others as they were.

use std::ops::Range;

use crate::model::{Mark, SourceText};

use super::FrontEnd;
use super::normalise::{Normalised, PartKind, Why};
use super::words::words;

/// The hard limit of a chunk, in syllables: far below what the voice can take.
pub(super) const MOST: usize = 60;
/// A chunk is to have about this many; measured with the first voice, longer ones
/// are said less clearly.
const GOOD: usize = 44;
/// Shorter ones sound clipped.
const SHORT: usize = 16;
/// A sentence below this is said together with the next.
const TINY: usize = 8;
/// So many characters have surely fewer than [`MOST`] syllables, whatever they
/// are (`W` has three, `mmHg` four).
const SLICE: usize = 12;

/// How good a place is to cut, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// Inside something that should stay whole but has too many syllables.
    Emergency,
    /// Between a word and a figure.
    Figure,
    /// Between words.
    Word,
    /// Between the items of an enumeration.
    List,
    /// Between clauses.
    Clause,
    /// Between sentences.
    Sentence,
}

/// A stretch of the printed text that is never cut, with its syllables.
struct Atom {
    display: Range<usize>,
    syllables: usize,
    /// What stands behind it.
    end: Break,
}

/// The chunks of `text` in order, as byte ranges that cover all of it, each
/// with the break behind it. Empty when nothing of `text` is spoken.
pub(super) fn cut(front: &FrontEnd, text: &SourceText) -> Vec<(Range<usize>, Break)> {
    cut_within(front, text, GOOD)
}

fn cut_within(front: &FrontEnd, text: &SourceText, good: usize) -> Vec<(Range<usize>, Break)> {
    let atoms = atoms(front, text);
    let mut chunks = Vec::new();
    // The break before the chunk.
    let mut before = Break::Sentence;
    for sentence in sentences(&atoms) {
        for chunk in best(sentence, good) {
            let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else {
                continue;
            };
            let range = first.display.start..last.display.end;
            // A figure cut off from the word that explains it, before it or
            // behind, may be read at greater length than in its sentence.
            let torn = last.end.min(before) < Break::Clause;
            before = last.end;
            if torn && good > SLICE && front.count(text, &range) > MOST {
                let again = cut_within(front, &text.slice(range.start, range.end), good / 2);
                chunks.extend(
                    again
                        .into_iter()
                        .map(|(r, end)| (r.start + range.start..r.end + range.start, end)),
                );
                continue;
            }
            chunks.push((range, last.end));
        }
    }
    chunks
}

/// The atoms of `text`, covering all of it; every one has a syllable, so that
/// no chunk is empty.
fn atoms(front: &FrontEnd, text: &SourceText) -> Vec<Atom> {
    let (normalised, _) = front.normalise(text);
    let shown = text.text.as_str();
    let mut atoms: Vec<Atom> = Vec::new();
    // What opens belongs to what follows.
    let mut opening: Option<usize> = None;
    let mut parts = normalised.parts.iter().peekable();
    for (number, piece) in normalised.pieces.iter().enumerate() {
        let from = opening.unwrap_or(piece.display.start);
        let mut syllables = 0;
        let mut mark = None;
        let mut plain = None;
        while let Some(part) = parts.next_if(|p| p.piece == number) {
            syllables += front.syllables(&normalised, part);
            match part.kind {
                PartKind::Mark(m) => mark = Some(m),
                PartKind::Text if piece.why == Why::Plain => plain = Some(part.spoken.clone()),
                _ => {}
            }
        }
        if syllables == 0 {
            let opens = matches!(mark, Some(Mark::OpenQuote | Mark::OpenBracket));
            match atoms.last_mut() {
                Some(last) if opening.is_none() && !opens => {
                    last.display.end = piece.display.end;
                    let mark_shown = &shown[piece.display.clone()];
                    last.end = last.end.max(behind(mark, mark_shown));
                }
                last => {
                    if opens
                        && let Some(last) = last
                        && shown[..from].ends_with(['”', '》', '』', '」', '’'])
                    {
                        last.end = last.end.max(Break::List);
                    }
                    opening = Some(from);
                }
            }
            continue;
        }
        opening = None;
        match plain {
            Some(spoken) => push_words(&mut atoms, &normalised, spoken, from, piece.display.end),
            None => {
                if let Some(last) = atoms.last_mut().filter(|a| a.end == Break::Word) {
                    last.end = Break::Figure;
                }
                // 电话：5417 0000 is a telephone number only behind the word.
                if let Some(last) = atoms.last_mut()
                    && matches!(piece.why, Why::Row(_))
                    && shown[..from].ends_with(['：', ':'])
                {
                    last.end = Break::Figure;
                }
                push_whole(front, &mut atoms, text, from..piece.display.end, syllables);
            }
        }
    }
    if let (Some(_), Some(last)) = (opening, atoms.last_mut()) {
        last.display.end = shown.len();
    }
    atoms
}

/// The break behind a mark; `shown` is the mark as printed.
fn behind(mark: Option<Mark>, shown: &str) -> Break {
    match mark {
        Some(Mark::Stop | Mark::Exclamation | Mark::Question | Mark::Semicolon) => Break::Sentence,
        Some(Mark::Comma) if shown == "、" => Break::List,
        Some(Mark::Comma | Mark::Colon | Mark::Dash) => Break::Clause,
        _ => Break::Emergency,
    }
}

/// Adds the words of a stretch of Han: it is spoken as printed, byte for byte,
/// but for what opens before it.
fn push_words(
    atoms: &mut Vec<Atom>,
    normalised: &Normalised,
    spoken: Range<usize>,
    from: usize,
    to: usize,
) {
    let said = &normalised.spoken[spoken];
    let shift = to - said.len();
    let mut start = from;
    for word in words(said) {
        let end = shift + word.end;
        atoms.push(Atom {
            display: start..end,
            syllables: said[word].chars().count(),
            end: Break::Word,
        });
        start = end;
    }
}

/// Adds one thing; in slices when no chunk could hold it.
fn push_whole(
    front: &FrontEnd,
    atoms: &mut Vec<Atom>,
    text: &SourceText,
    display: Range<usize>,
    syllables: usize,
) {
    if syllables <= MOST {
        atoms.push(Atom {
            display,
            syllables,
            end: Break::Figure,
        });
        return;
    }
    let mut from = display.start;
    while from < display.end {
        let rest = &text.text[from..display.end];
        let len = rest
            .char_indices()
            .nth(SLICE)
            .map_or(rest.len(), |(i, _)| i);
        let slice = from..from + len;
        match front.count(text, &slice) {
            0 => match atoms.last_mut() {
                Some(last) => last.display.end = slice.end,
                // Nothing of it is said alone; it stays with its neighbours.
                None => atoms.push(Atom {
                    display: slice.clone(),
                    syllables: 1,
                    end: Break::Emergency,
                }),
            },
            syllables => atoms.push(Atom {
                display: slice.clone(),
                syllables,
                end: Break::Emergency,
            }),
        }
        from = slice.end;
    }
    if let Some(last) = atoms.last_mut() {
        last.end = Break::Figure;
    }
}

/// Groups of atoms that are cut each by itself: sentences, tiny ones with the
/// next (the last one with the one before) where one chunk can hold both.
fn sentences(atoms: &[Atom]) -> Vec<&[Atom]> {
    let mut groups: Vec<(Range<usize>, usize)> = Vec::new();
    let mut from = 0;
    let mut own = 0;
    for (i, atom) in atoms.iter().enumerate() {
        own += atom.syllables;
        if atom.end < Break::Sentence && i + 1 < atoms.len() {
            continue;
        }
        let last = i + 1 == atoms.len();
        match groups.last_mut() {
            Some((range, size))
                if (*size < TINY || (last && own < TINY)) && *size + own <= GOOD =>
            {
                range.end = i + 1;
                *size += own;
            }
            _ => groups.push((from..i + 1, own)),
        }
        from = i + 1;
        own = 0;
    }
    groups.into_iter().map(|(range, _)| &atoms[range]).collect()
}

/// The cheapest way to cut a sentence: few cuts, at good places, into pieces
/// neither long nor short (shortest path over the atoms).
fn best(atoms: &[Atom], good: usize) -> Vec<&[Atom]> {
    let total: usize = atoms.iter().map(|a| a.syllables).sum();
    if total <= good {
        return vec![atoms];
    }
    // cost and start of the last piece, for every number of atoms
    let mut ways: Vec<(usize, usize)> = vec![(0, 0)];
    for to in 1..=atoms.len() {
        let mut size = 0;
        let mut way = (usize::MAX, to - 1);
        for from in (0..to).rev() {
            size += atoms[from].syllables;
            if size > MOST && from + 1 < to {
                break;
            }
            let end = if to == atoms.len() {
                Break::Sentence
            } else {
                atoms[to - 1].end
            };
            let cost = ways[from].0.saturating_add(price(size, end, good));
            if cost < way.0 {
                way = (cost, from);
            }
        }
        ways.push(way);
    }
    let mut pieces = Vec::new();
    let mut to = atoms.len();
    while to > 0 {
        let from = ways[to].1;
        pieces.push(&atoms[from..to]);
        to = from;
    }
    pieces.reverse();
    pieces
}

/// What a piece of `size` syllables with this break behind it costs.
fn price(size: usize, end: Break, good: usize) -> usize {
    let size_price = match size {
        s if s > good => (s - good) * (s - good),
        s if s < SHORT => (SHORT - s) * (SHORT - s) / 2,
        _ => 0,
    };
    let break_price = match end {
        Break::Sentence => 0,
        Break::Clause => 8,
        Break::List => 40,
        Break::Word => 400,
        Break::Figure => 800,
        Break::Emergency => 8000,
    };
    size_price + break_price
}
