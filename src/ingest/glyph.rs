//! One character of a page with its place, and what kind of character it is.

use crate::diag::Place;
use crate::model::{Anchor, GAP_MARK, SourceText};

/// A character and where it stands in the page.
///
/// The stages of reading a page work on slices of these instead of
/// [`SourceText`]: twelve bytes a character, and no search to find a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub c: char,
    /// Source line, from 1.
    pub line: u32,
    /// Source column in code points, from 0.
    pub col: u32,
}

impl Glyph {
    /// Where it stands in `file`.
    pub fn place(self, file: &str) -> Place {
        Place::new(file, self.line, self.col)
    }
}

/// What stands for text that the page has lost, until [`source`] writes
/// [`GAP_MARK`]: no character of any text.
pub(super) const GAP: char = '\u{FDD0}';

/// The characters alone.
pub(super) fn text(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|g| g.c).collect()
}

/// The same as a [`SourceText`], in one walk ([`SourceText::push`] would count
/// from the last anchor for every character).
pub(super) fn source(glyphs: &[Glyph], file: &str) -> SourceText {
    let mut text = String::with_capacity(glyphs.len() * 3);
    let mut anchors = Vec::new();
    let mut next = None;
    for g in glyphs {
        if next != Some((g.line, g.col)) {
            anchors.push(Anchor {
                at: text.len(),
                line: g.line,
                col: g.col,
            });
        }
        next = Some((g.line, g.col + 1));
        if g.c == GAP {
            text.push_str(GAP_MARK);
        } else {
            text.push(g.c);
        }
    }
    SourceText {
        text,
        file: file.to_string(),
        anchors,
        readings: Vec::new(),
        overleaf: Vec::new(),
    }
}

/// White space and what only looks like text: control characters, zero-width
/// marks.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// A Chinese character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}'
        | '\u{F900}'..='\u{FAFF}' | '〇')
}

/// A character that is set on a whole em: Han, kana, full-width punctuation.
pub(super) fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{2E80}'..='\u{33FF}' | '\u{AC00}'..='\u{D7AF}'
            | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}')
        || is_shared_punctuation(c)
}

/// Punctuation that Chinese sets wide and Latin narrow, in one code point.
fn is_shared_punctuation(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '‘'
            | '’'
            | '…'
            | '—'
            | '·'
            | '□'
            | '■'
            | '●'
            | '○'
            | '★'
            | '☆'
            | '◆'
            | '◇'
            | '▲'
            | '△'
            | '▼'
            | '▽'
            | '℃'
            | '①'..='⑳'
    )
}

/// How wide a print shop sets a character, in em. Half-width punctuation counts
/// as whole: in a Chinese line it stands for a full-width mark that the OCR
/// program narrowed.
pub(super) fn em(c: char) -> f32 {
    let narrowed = matches!(c, ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '(' | ')');
    if is_wide(c) || narrowed { 1.0 } else { 0.5 }
}

/// The width of a run, in em.
pub(super) fn width(glyphs: &[Glyph]) -> f32 {
    glyphs.iter().map(|g| em(g.c)).sum()
}

/// A mark that ends a sentence.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '．')
}

/// A mark inside a sentence.
pub(super) fn is_pause(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | '；' | ';' | '：' | ':')
}

/// Runs of `N` Chinese characters that follow one another, each where it begins.
pub(super) fn runs<const N: usize>(glyphs: &[Glyph]) -> impl Iterator<Item = [char; N]> {
    glyphs
        .windows(N)
        .filter(|w| w.iter().all(|g| is_han(g.c)))
        .map(|w| std::array::from_fn(|i| w[i].c))
}

/// A mark that may follow the stop of a sentence.
pub(super) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | ')' | '）' | '」' | '』' | '》' | '】' | ']'
    )
}

/// Whether the run ends a sentence: a stop, perhaps with closing marks behind.
pub(super) fn ends_sentence(glyphs: &[Glyph]) -> bool {
    let end = glyphs
        .iter()
        .rposition(|g| !is_closer(g.c) && !g.c.is_whitespace());
    match end {
        Some(i) if is_stop(glyphs[i].c) => true,
        // A narrow full stop counts unless it belongs to a number or a name; of
        // a sentence in Latin letters the last word is no abbreviation.
        Some(i) if glyphs[i].c == '.' => {
            let word = glyphs[..i].iter().rev();
            let letters = word.take_while(|g| g.c.is_ascii_lowercase()).count();
            i > 0 && (is_wide(glyphs[i - 1].c) || letters >= 3)
        }
        _ => false,
    }
}
