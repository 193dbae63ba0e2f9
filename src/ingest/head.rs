//! The headings above an article's body: kicker, headline, deck, and the first
//! section's own.

use super::begin::alike;
use super::glyph::width;
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
                phrases(last) > 1
                    && inner
                        .clone()
                        .any(|i| phrases(&i.piece) > 1 && alike(last, &i.piece))
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

/// Whether the first of two headings is the kicker of the second: of another
/// shape, longer, or a few characters only. A second that begins with a dash
/// never is a headline, and one of the same shape and longer is a deck.
fn stands_above(first: &Piece, second: &Piece) -> bool {
    let dash = second
        .glyphs
        .first()
        .is_some_and(|g| matches!(g.c, '—' | '-' | '－'));
    let (above, below) = (width(&first.glyphs), width(&second.glyphs));
    let shaped = role::pauses(&first.glyphs) == role::pauses(&second.glyphs);
    !dash && (!shaped || above > below || above <= 7.0)
}
