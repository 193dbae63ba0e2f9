//! An article before its parts have their final shape.

use std::collections::HashSet;

use super::glyph::{ends_sentence, runs};
use super::piece::Piece;
use super::role::Role;
use super::torn::Item;
use super::wording;

/// What a draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A report, notice or letter.
    Article,
    /// Advertising.
    Advert,
    /// A roll of honour.
    Honours,
    /// Lines that send the reader to another page.
    Furniture,
}

/// An article whose parts are known but not yet their final shape.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub class: Class,
    /// The headings above the body, from top to bottom.
    pub heads: Vec<Piece>,
    /// The body, subheads among it, in page order.
    pub body: Vec<Item>,
    /// The byline; two when there is one above and one below.
    pub bylines: Vec<Piece>,
    /// A byline stood below the body: nothing more is to come.
    pub signed: bool,
    /// A paragraph of it was torn by what stands in between.
    pub torn: bool,
    /// The page it goes on on.
    pub to: Option<u32>,
    /// The page it began on.
    pub from: Option<u32>,
    /// Every three characters that follow one another in it.
    pub words: HashSet<[char; 3]>,
}

impl Draft {
    pub fn new(class: Class) -> Self {
        Draft {
            class,
            heads: Vec::new(),
            body: Vec::new(),
            bylines: Vec::new(),
            signed: false,
            torn: false,
            to: None,
            from: None,
            words: HashSet::new(),
        }
    }

    /// Its text is still to come.
    pub fn has_pictures_only(&self) -> bool {
        self.body.iter().all(|i| i.role == Role::Caption)
    }

    /// It is one paragraph, and told to its end.
    pub fn is_brief(&self) -> bool {
        let told =
            |i: &Item| ends_sentence(&i.piece.glyphs) || wording::ends_with_phone(&i.piece.glyphs);
        !self.heads.is_empty()
            && self.bylines.is_empty()
            && matches!(&self.body[..], [one] if one.role == Role::Prose && told(one))
    }

    pub fn push_head(&mut self, piece: Piece) {
        self.words.extend(runs(&piece.glyphs));
        self.heads.push(piece);
    }

    pub fn push_body(&mut self, item: Item) {
        self.words.extend(runs(&item.piece.glyphs));
        self.body.push(item);
    }
}
