//! The headings above an article's body: kicker, headline, deck, and the first
//! section's own.

use super::begin::alike;
use super::glyph::{Glyph, text, width};
use super::piece::Piece;
use super::role::{self, Role};
use super::torn::Item;

/// The headings above a body, told apart.
#[derive(Default)]
pub(super) struct Head {
    pub kicker: Option<Piece>,
    pub headline: Option<Piece>,
    pub deck: Option<Piece>,
    /// What is a heading of the first section, or one too many.
    pub subheads: Vec<Piece>,
}

impl Head {
    pub fn arrange(heads: Vec<Piece>, body: &[Item]) -> Head {
        let mut subheads = heads;
        // The last one may be the first section's own: shaped like the others.
        let inner = body.iter().filter(|i| i.role == Role::Heading);
        let phrases = |p: &Piece| p.segments().filter(|s| s.len() > 3).count();
        let first_section = subheads.len() > 1
            && subheads.last().is_some_and(|last| {
                let near = |i: &Item| width(&last.glyphs) <= 1.5 * width(&i.piece.glyphs);
                phrases(last) > 1
                    && inner
                        .clone()
                        .any(|i| phrases(&i.piece) > 1 && near(i) && alike(last, &i.piece))
            });
        let behind = if first_section {
            subheads.len() - 1
        } else {
            subheads.len()
        };
        let rest = subheads.split_off(behind);
        let mut heads = subheads.into_iter();
        let mut head = Head::default();
        match (heads.next(), heads.next()) {
            (first, None) => head.headline = first,
            (Some(first), Some(second)) => {
                let third = heads.next();
                if third.is_some() || stands_above(&first, &second) {
                    (head.kicker, head.headline, head.deck) = (Some(first), Some(second), third);
                } else {
                    (head.headline, head.deck) = (Some(first), Some(second));
                }
            }
            (None, Some(_)) => {}
        }
        head.subheads.extend(heads);
        head.subheads.extend(rest);
        head
    }
}

/// How much longer a headline may be than the kicker above it.
const LONGER: f32 = 1.6;

/// Whether a heading is two phrases of one length, as kickers that praise are.
fn is_couplet(piece: &Piece) -> bool {
    let phrases: Vec<usize> = piece.segments().map(<[Glyph]>::len).collect();
    matches!(phrases[..], [a, b] if a == b && a >= 4)
}

/// Whether the first of two headings is the kicker of the second: of another
/// shape, longer, a few characters only, or alone of the two a couplet. A second that begins with a dash
/// never is a headline, and one of the same shape and longer is a deck.
fn stands_above(first: &Piece, second: &Piece) -> bool {
    let dash = second
        .glyphs
        .first()
        .is_some_and(|g| matches!(g.c, '—' | '-' | '－'));
    let (above, below) = (width(&first.glyphs), width(&second.glyphs));
    let shaped = role::pauses(&first.glyphs) == role::pauses(&second.glyphs);
    let line = text(&first.glyphs);
    let points = ["聚焦", "关注", "直击"].iter().any(|w| line.starts_with(w));
    let couplet = is_couplet(first) && !is_couplet(second);
    // Of two plain lines the longer one may be the headline; what it tells more than
    // that is a deck.
    let plain = role::pauses(&first.glyphs) == 0 && below <= LONGER * above;
    !dash && (!shaped || above > below || above <= 7.0 || plain || couplet || points)
}
