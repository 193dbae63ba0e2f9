//! Lines of a page to its pieces: blank lines, indents and the length of the
//! lines tell where a paragraph begins.

use super::chars::{half_ems, is_blank, is_closer, is_stop};
use super::piece::{Glyph, Piece};

/// A page that was wrapped has print lines no longer than this (in half ems);
/// longer ones are paragraphs that an editor wraps on the screen.
const LONGEST_PRINT_LINE: u32 = 100;

/// One line of the page that is not blank.
struct Line<'a> {
    text: &'a str,
    number: u32,
    /// Half ems of white space before the first character.
    indent: u32,
    /// Half ems from the first to the last character.
    width: u32,
    /// Blank lines before it.
    gap: u32,
}

impl Line<'_> {
    fn indented(&self) -> bool {
        self.indent >= 2
    }

    /// Whether a sentence ends at its end.
    fn stops(&self) -> bool {
        let mut tail = self.text.trim_end().chars().rev();
        tail.find(|c| !is_closer(*c)).is_some_and(is_stop)
    }
}

/// The pieces of a page, in the order in which they stand there.
pub(super) fn pieces(page: &str) -> Vec<Piece> {
    let lines = lines_of(page);
    let wrap = wrap_width(&lines);
    let mut pieces: Vec<Piece> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let goes_on = i > 0 && goes_on(&lines[i - 1], line, wrap);
        match pieces.last_mut() {
            Some(piece) if goes_on => add_line(piece, line),
            _ => {
                let mut piece = Piece {
                    indented: line.indented(),
                    gap: line.gap,
                    ..Piece::default()
                };
                add_line(&mut piece, line);
                pieces.push(piece);
            }
        }
    }
    pieces
}

fn lines_of(page: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut gap = 0;
    for (i, text) in page.split('\n').enumerate() {
        let body = text.trim_matches(is_blank);
        if body.is_empty() {
            gap += 1;
            continue;
        }
        let white = text.chars().take_while(|c| is_blank(*c));
        lines.push(Line {
            text,
            number: i as u32 + 1,
            indent: white.map(|c| if c == '\t' { 4 } else { half_ems(c) }).sum(),
            width: body.chars().map(half_ems).sum(),
            gap,
        });
        gap = 0;
    }
    lines
}

/// The width at which the lines of the page were wrapped, if they were: one
/// that many lines share, two of them neighbours without a blank line.
fn wrap_width(lines: &[Line<'_>]) -> Option<u32> {
    let mut counts = vec![0usize; LONGEST_PRINT_LINE as usize + 4];
    let mut neighbours = 0usize;
    for (i, line) in lines.iter().enumerate() {
        let tight = line.gap == 0 && i > 0;
        let followed = lines.get(i + 1).is_some_and(|next| next.gap == 0);
        let reach = (line.width + if line.indented() { line.indent } else { 0 }) as usize;
        if (tight || followed) && reach < counts.len() {
            counts[reach] += 1;
            neighbours += 1;
        }
    }
    // A justified line may be a character shorter where punctuation was set
    // close or hung over.
    let near = |w: usize| counts[w.saturating_sub(2)..=w + 1].iter().sum::<usize>();
    let best = (16..=LONGEST_PRINT_LINE as usize).max_by_key(|w| (near(*w), *w))?;
    (near(best) >= 3 && near(best) * 5 >= neighbours * 2).then_some(best as u32)
}

/// Whether `line` carries on the paragraph that `before` belongs to.
fn goes_on(before: &Line<'_>, line: &Line<'_>, wrap: Option<u32>) -> bool {
    let Some(wrap) = wrap else { return false };
    if line.gap > 0 || line.indented() {
        return false;
    }
    let reach = before.width + if before.indented() { before.indent } else { 0 };
    let full = (wrap.saturating_sub(5)..=wrap + 4).contains(&reach);
    // The first line of a paragraph is two characters short where the OCR
    // dropped the indent: behind it the text goes on, in front of it a
    // paragraph ends.
    let lost_indent = (wrap.saturating_sub(6)..=wrap.saturating_sub(3)).contains(&line.width);
    let begins = before.stops() && lost_indent && before.width + 1 < wrap;
    full && !begins
}

fn add_line(piece: &mut Piece, line: &Line<'_>) {
    if let Some(last) = piece.segments.last_mut() {
        last.line_end = true;
    }
    let mut fresh = true;
    for (col, c) in line.text.chars().enumerate() {
        if invisible(c) {
            continue;
        }
        if is_blank(c) {
            fresh = true;
            continue;
        }
        let glyph = Glyph {
            c,
            line: line.number,
            col: col as u32,
        };
        piece.push(glyph, fresh);
        fresh = false;
    }
}

/// Blank, and without width: it parts nothing.
fn invisible(c: char) -> bool {
    is_blank(c) && !c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &str) -> Vec<String> {
        pieces(page).iter().map(Piece::text).collect()
    }

    #[test]
    fn blank_lines_part_pieces_and_are_counted() {
        let got = pieces("\u{3000}\n甲 乙\n\n\n丙\n");
        assert_eq!(got.len(), 2);
        assert_eq!((got[0].gap, got[1].gap), (1, 2));
        assert_eq!(got[0].words(), ["甲", "乙"]);
        assert_eq!((got[0].glyphs[1].line, got[0].glyphs[1].col), (2, 2));
    }

    #[test]
    fn plain_text_has_a_paragraph_a_line() {
        let page = "梧桐里社区食堂开张\n本周一，食堂开门迎客，首日接待居民三百余人，大家都说好。\n食堂每天供应三餐。\n菜价公道。";
        assert_eq!(texts(page).len(), 4);
    }

    #[test]
    fn hard_wrapped_lines_are_joined_by_indent_and_width() {
        let page = "梧桐里社区食堂开张\n\
            　　本周一，梧桐里社区食堂正式\n\
            开门迎客，首日接待居民三百余人\n\
            次，大家都说好。\n\
            　　食堂每天供应三餐，菜价公道\n\
            ，早上六点半开门。";
        assert_eq!(
            texts(page),
            [
                "梧桐里社区食堂开张",
                "本周一，梧桐里社区食堂正式开门迎客，首日接待居民三百余人次，大家都说好。",
                "食堂每天供应三餐，菜价公道，早上六点半开门。"
            ]
        );
    }

    #[test]
    fn an_invisible_character_parts_nothing() {
        assert_eq!(pieces("居\u{200B}民\u{FEFF} 区")[0].words(), ["居民", "区"]);
    }
}
