//! Puts set texts where the layout says: pieces one after another, halves of
//! paragraphs apart, columns side by side.

use std::collections::HashMap;

use super::set;
use super::{Cell, Line, Losses, Press, Style};
use crate::rng::Rng;
use crate::truth::Truth;

/// Kinds of text that are set in a column; all others are lines of their own.
const FLOWING: &[&str] = &["para", "lede", "question", "answer", "list", "caption"];

/// A text, or a half of one, as the layout names it: `a1.3b@22!`.
#[derive(Debug, Clone)]
struct Token {
    text: usize,
    /// Which half, from 0, when it is cut.
    half: Option<usize>,
    /// The width of its box.
    column: usize,
    /// Its last print line is lost.
    torn: bool,
    /// A text that stands behind its last sentence.
    tail: Option<usize>,
}

/// What an OCR program takes for one block, as lines of the file.
struct Piece {
    lines: Vec<Line>,
    /// The width of its column, when it is a paragraph.
    flow: Option<usize>,
    /// It is the second half of a paragraph.
    goes_on: bool,
}

impl Piece {
    fn alone(lines: Vec<Line>) -> Piece {
        Piece {
            lines,
            flow: None,
            goes_on: false,
        }
    }
}

/// The printed pages, as lines of the file.
pub fn pages(
    press: &Press,
    truth: &Truth,
    inked: &[Line],
    rng: &mut Rng,
    losses: &mut Losses,
) -> Vec<Vec<Line>> {
    let mut shop = Shop {
        press,
        truth,
        inked,
        halves: HashMap::new(),
        losses,
        rng,
    };
    truth.pages.iter().map(|rows| shop.page(rows)).collect()
}

struct Shop<'a> {
    press: &'a Press,
    truth: &'a Truth,
    inked: &'a [Line],
    /// The halves of texts that are cut, once it is known where.
    halves: HashMap<usize, Vec<Vec<Line>>>,
    losses: &'a mut Losses,
    rng: &'a mut Rng,
}

impl Shop<'_> {
    fn page(&mut self, rows: &[String]) -> Vec<Line> {
        let mut out: Vec<Line> = Vec::new();
        let mut last = None;
        for row in rows {
            let pieces = if let Some(rest) = row.strip_prefix("cols ") {
                let (mark, rest) = rest.split_once(':').expect("cols MARK: …");
                vec![Piece::alone(self.side_by_side(mark.trim(), rest))]
            } else if row.contains(" + ") {
                let parts: Vec<Line> = (row.split(" + "))
                    .map(|t| self.inked[self.truth.find(t.trim())].clone())
                    .collect();
                let space = [Cell::blank(' '); 4];
                vec![Piece::alone(vec![parts.join(&space[..])])]
            } else {
                self.pieces(row)
            };
            for piece in pieces {
                let flow = piece.flow;
                let blank = match self.press.style {
                    Style::Dense => false,
                    // The paragraphs of one column are one block.
                    Style::Indents => piece.goes_on || flow.is_none() || flow != last,
                    _ => true,
                };
                if blank && !out.is_empty() {
                    out.push(Line::new());
                }
                out.extend(piece.lines);
                last = flow;
            }
        }
        out
    }

    /// The pieces of a row of tokens; lines of a poem and rows of a table that
    /// are named together are one.
    fn pieces(&mut self, row: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for word in row.split_whitespace() {
            let tokens = self.tokens(word);
            let kind = &self.truth.texts[tokens[0].text].kind;
            let together = tokens.len() > 1 && matches!(kind.as_str(), "verse" | "table");
            let spaced = together && kind == "verse" && self.press.style == Style::Spaces;
            let set: Vec<Vec<Line>> = tokens.iter().map(|t| self.piece(t)).collect();
            if spaced {
                let lines: Vec<Line> = set.concat();
                pieces.push(Piece::alone(vec![lines.join(&Cell::blank(' '))]));
            } else if together {
                pieces.push(Piece::alone(set.concat()));
            } else {
                let flow = |t: &Token| self.flows(t).then_some(t.column);
                pieces.extend(tokens.iter().zip(set).map(|(token, lines)| Piece {
                    lines,
                    flow: flow(token),
                    goes_on: token.half.unwrap_or(0) > 0,
                }));
            }
        }
        pieces
    }

    /// One text as lines of the file.
    fn piece(&mut self, token: &Token) -> Vec<Line> {
        let lines = self.set(token);
        let flows = self.flows(token);
        match self.press.style {
            Style::Spaces => vec![lines.join(&Cell::blank(' '))],
            Style::Whole => vec![whole(lines, token.tail.is_some())],
            Style::Lines | Style::Dense => lines,
            Style::Ragged if flows => self.ragged(lines, token.tail.is_some()),
            Style::Ragged => lines,
            Style::Indents => {
                let indented = flows && token.half.unwrap_or(0) == 0;
                lead(lines, indented)
            }
        }
    }

    /// The same text in lines of odd lengths; a text behind the last sentence
    /// keeps a line of its own.
    fn ragged(&mut self, mut lines: Vec<Line>, tailed: bool) -> Vec<Line> {
        let tail = if tailed { lines.pop() } else { None };
        let cells: Line = lines.concat();
        let mut out = Vec::new();
        let mut rest = &cells[..];
        while !rest.is_empty() {
            let length = *self.rng.pick(&[9, 12, 14, 17, 19, 22, 26]);
            let (line, behind) = rest.split_at(length.min(rest.len()));
            out.push(line.to_vec());
            rest = behind;
        }
        out.extend(tail);
        out
    }

    fn flows(&self, token: &Token) -> bool {
        let kind = self.truth.texts[token.text].kind.as_str();
        FLOWING.contains(&kind)
    }

    /// The print lines of a text or of a half of one.
    fn set(&mut self, token: &Token) -> Vec<Line> {
        let cells = &self.inked[token.text];
        if !self.flows(token) {
            return vec![cells.clone()];
        }
        let caption = self.truth.texts[token.text].kind == "caption";
        let indent = if caption { 0 } else { 2 };
        let mut lines = match token.half {
            None => set::lines(cells, token.column, indent),
            Some(half) => self.cut(token)[half].clone(),
        };
        if token.torn {
            self.tear(token, &mut lines);
        }
        if let Some(tail) = token.tail {
            lines.push(self.inked[tail].clone());
        }
        lines
    }

    /// Cuts a paragraph at ends of print lines, not of sentences if it can.
    fn cut(&mut self, token: &Token) -> &[Vec<Line>] {
        if !self.halves.contains_key(&token.text) {
            let name = &self.truth.texts[token.text].name;
            let count = ('a'..='d')
                .filter(|half| self.is_cut(&format!("{name}{half}")))
                .count();
            let lines = set::lines(&self.inked[token.text], token.column, 2);
            let mut halves = Vec::new();
            let mut rest = &lines[..];
            for left in (2..=count).rev() {
                let inside: Vec<usize> = (1..rest.len().saturating_sub(left - 2))
                    .filter(|n| rest[n - 1].last().is_some_and(|cell| !ends(cell.c)))
                    .collect();
                assert!(!inside.is_empty(), "{name} is too short to be cut");
                // Among the middle ones, so that something is left to cut.
                let near = &inside[..inside.len().div_ceil(left - 1)];
                let at = *self.rng.pick(near);
                halves.push(rest[..at].to_vec());
                rest = &rest[at..];
            }
            halves.push(rest.to_vec());
            self.losses.fragments.push((token.text, count));
            self.halves.insert(token.text, halves);
        }
        &self.halves[&token.text]
    }

    /// Whether the layout names this half.
    fn is_cut(&self, half: &str) -> bool {
        let words = self.truth.pages.iter().flatten();
        (words.flat_map(|row| row.split_whitespace()))
            .any(|w| w.split(['@', '!', '&']).next() == Some(half))
    }

    /// Takes the last print lines away so that the text breaks off.
    fn tear(&mut self, token: &Token, lines: &mut Vec<Line>) {
        loop {
            let gone = lines.pop().unwrap_or_default();
            let first = gone.iter().find_map(|cell| cell.from);
            let name = &self.truth.texts[token.text].name;
            assert!(lines.len() > 1, "{name} is too short to be torn");
            let last = lines.last().and_then(|l| l.last());
            if last.is_some_and(|cell| !ends(cell.c)) {
                let (_, at) = first.expect("a line has characters");
                self.losses.cut.push((token.text, at));
                return;
            }
        }
    }

    /// Columns that were read line by line.
    fn side_by_side(&mut self, mark: &str, columns: &str) -> Vec<Line> {
        let mut sets: Vec<(usize, Vec<Line>)> = Vec::new();
        for column in columns.split('|') {
            let tokens: Vec<Token> = (column.split_whitespace())
                .flat_map(|word| self.tokens(word))
                .collect();
            let width = tokens.iter().map(|t| t.column).max().unwrap_or(15);
            let lines = tokens.iter().flat_map(|t| {
                let lines = self.set(t);
                let indented = self.flows(t) && t.half.unwrap_or(0) == 0;
                lead(lines, indented && mark != "tab")
            });
            sets.push((width, lines.collect()));
        }
        let height = sets.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        (0..height)
            .map(|row| {
                let mut out = Line::new();
                let last = (sets.iter()).rposition(|(_, lines)| row < lines.len());
                for (i, (width, lines)) in sets.iter().enumerate() {
                    out.extend(lines.get(row).into_iter().flatten());
                    if Some(i) >= last {
                        break;
                    }
                    let set: usize = (lines.get(row).into_iter().flatten())
                        .map(|cell| set::halves(cell.c))
                        .sum();
                    let space = match mark {
                        "tab" => "\t".to_string(),
                        "bar" => " | ".to_string(),
                        _ => " ".repeat((width * 2 + 4).saturating_sub(set).max(3)),
                    };
                    out.extend(space.chars().map(Cell::blank));
                }
                out
            })
            .collect()
    }

    /// The texts that a word of the layout names.
    fn tokens(&self, word: &str) -> Vec<Token> {
        let (word, tail) = match word.split_once('&') {
            Some((word, tail)) => (word, Some(self.truth.find(tail))),
            None => (word, None),
        };
        let torn = word.ends_with('!');
        let word = word.trim_end_matches('!');
        let (word, column) = match word.split_once('@') {
            Some((word, width)) => (word, width.parse().expect("a width behind @")),
            None => (word, self.truth.column),
        };
        let letter = word
            .bytes()
            .next_back()
            .filter(|b| (b'a'..=b'd').contains(b));
        let behind_number = (word.bytes().nth_back(1)).is_some_and(|b| b.is_ascii_digit());
        let half = letter.filter(|_| behind_number && word.contains('.'));
        let word = &word[..word.len() - usize::from(half.is_some())];
        let half = half.map(|b| usize::from(b - b'a'));
        let named = |name: &str| self.truth.texts.iter().any(|t| t.name == name);
        let token = |text: usize| Token {
            text,
            half,
            column,
            torn,
            tail,
        };
        let (owner, which) = word.split_once('.').unwrap_or((word, ""));
        let numbers = |from: usize, to: usize| -> Vec<Token> {
            (from..=to)
                .map(|n| token(self.truth.find(&format!("{owner}.{n}"))))
                .collect()
        };
        if which.is_empty() {
            let count = (1..).take_while(|n| named(&format!("{owner}.{n}"))).count();
            return numbers(1, count);
        }
        if which == "head" {
            return (["kicker", "headline"].iter())
                .map(|part| format!("{owner}.{part}"))
                .filter(|name| named(name))
                .map(|name| token(self.truth.find(&name)))
                .collect();
        }
        match which.split_once('-') {
            Some((from, to)) => {
                let number = |n: &str| n.parse().expect("a number of a text");
                numbers(number(from), number(to))
            }
            None => vec![token(self.truth.find(word))],
        }
    }
}

/// Whether a sentence ends there, or a mark stands that would give it away.
fn ends(c: char) -> bool {
    "。！？!?…”\"；;：:".contains(c)
}

/// The lines as one; what stands behind the last sentence is set off.
fn whole(mut lines: Vec<Line>, tail: bool) -> Line {
    let tail = if tail { lines.pop() } else { None };
    let mut out = lines.concat();
    if let Some(tail) = tail {
        out.push(Cell::blank(' '));
        out.extend(tail);
    }
    out
}

/// The lines, the first one indented when wanted.
fn lead(mut lines: Vec<Line>, indented: bool) -> Vec<Line> {
    if let (true, Some(first)) = (indented, lines.first_mut()) {
        first.splice(0..0, [Cell::blank('\u{3000}'); 2]);
    }
    lines
}
