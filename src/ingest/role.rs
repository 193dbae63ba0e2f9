//! What a piece of the page is, by its own words and print lines.

use super::byline;
use super::furniture;
use super::glyph::{Glyph, ends_sentence, is_pause, is_stop, text, width};
use super::kinds;
use super::layout::Layout;
use super::leaf;
use super::marker::{self, Marker};
use super::names;
use super::piece::Piece;
use super::small;
use super::wording;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A headline, kicker, deck or subhead; which, its place will tell.
    Heading,
    /// A paragraph or a part of one.
    Prose,
    /// What somebody asks in an interview, or a part of it.
    Question,
    /// What somebody answers, or a part of it.
    Answer,
    /// An item of a list.
    Item(Marker),
    /// The headings of a table's columns.
    Columns,
    /// A row of a table.
    Row,
    /// Lines of a poem.
    Verse,
    /// What stands beside a picture.
    Caption,
    /// Whom a letter speaks to.
    Salutation,
    /// The words that close a letter.
    Closing,
    /// Who signed it, and when.
    Signature,
    /// Who wrote it.
    Byline,
    /// A phone number or address that may close a notice or an advert.
    Contact,
    /// A notice in one paragraph with its name: nothing of the article around.
    Notice,
    /// Advertising.
    Advert,
    /// A roll of honour.
    Honours,
    /// `下转第4版`, or the head of an inner page: nothing of any article.
    Furniture,
}

impl Role {
    /// It is running text, which a column can tear.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Role::Prose | Role::Question | Role::Answer | Role::Item(_)
        )
    }

    /// It is a part of an article's body.
    pub fn is_body(self) -> bool {
        self.is_text()
            || matches!(
                self,
                Role::Columns
                    | Role::Row
                    | Role::Verse
                    | Role::Caption
                    | Role::Salutation
                    | Role::Closing
                    | Role::Signature
                    | Role::Contact
            )
    }
}

/// What a piece is by its own words and print lines.
pub(super) fn of(piece: &Piece, layout: &Layout) -> Role {
    let glyphs = &piece.glyphs;
    let line = text(glyphs);
    let stops = glyphs.iter().filter(|g| is_stop(g.c)).count();
    let of_page = line.starts_with("本版") && stops == 0 && line.chars().count() <= LONGEST_NOTE;
    if leaf::is_furniture(&line)
        || of_page
        || wording::is_label(&line)
        || furniture::page_line(piece).is_some()
    {
        return Role::Furniture;
    }
    if kinds::is_salutation(&line) {
        return Role::Salutation;
    }
    if kinds::is_closing(&line) {
        return Role::Closing;
    }
    if kinds::is_caption(&line) || kinds::is_credited(piece) {
        return Role::Caption;
    }
    if byline::is_byline(piece) {
        return Role::Byline;
    }
    if small::notice(glyphs).is_some() {
        return Role::Notice;
    }
    if small::is_offer(piece) {
        return Role::Advert;
    }
    if wording::is_roll(&line) || names::behind_heading(piece).is_some() {
        return Role::Honours;
    }
    let selling = wording::selling(piece, &line);
    let phone = wording::has_phone(glyphs);
    if (stops == 0 && selling >= 2) || selling + usize::from(phone) >= 6 {
        return Role::Advert;
    }
    if let Some(marker) = marker::find(glyphs) {
        let heading = marker.chinese && stops == 0 && width(glyphs) <= 20.0 && pauses(glyphs) == 0;
        return if heading {
            Role::Heading
        } else {
            Role::Item(marker)
        };
    }
    let contact =
        || wording::CONTACT.iter().any(|w| line.starts_with(w)) || kinds::is_detail(&line);
    if stops == 0 && (phone || contact()) && glyphs.len() <= 80 {
        return Role::Contact;
    }
    if kinds::is_verse(piece) {
        return Role::Verse;
    }
    if is_prose(piece, layout, stops) {
        Role::Prose
    } else {
        Role::Heading
    }
}

/// The longest line in which a page says something of itself, in characters.
const LONGEST_NOTE: usize = 30;
/// The widest line that is a heading because no column is so wide, in em.
const WIDEST_HEADING: f32 = 45.0;

fn is_prose(piece: &Piece, layout: &Layout, stops: usize) -> bool {
    let glyphs = &piece.glyphs;
    let wide = width(glyphs);
    let pauses = pauses(glyphs);
    // No print line of a column is so wide: it is set over several.
    let over = layout.column.is_some_and(|c| wide > c + 3.0) && piece.gaps.is_empty();
    if over && stops == 0 && wide <= WIDEST_HEADING && glyphs.last().is_some_and(|g| !is_pause(g.c))
    {
        return false;
    }
    // The first line of a paragraph that its column cut off.
    let cut = |c: f32| piece.indented && piece.gaps.is_empty() && (wide - (c - 2.0)).abs() <= 0.6;
    if layout.column.is_some_and(cut) {
        return true;
    }
    let full_stop = glyphs.iter().any(|g| g.c == '。')
        || (ends_sentence(glyphs) && glyphs.last().is_some_and(|g| g.c == '.'));
    let begun = wording::opens_report(glyphs) && pauses > 0 && wide >= 14.0;
    if full_stop || begun || wording::is_dateline(glyphs) {
        return true;
    }
    if stops > 0 {
        // A headline may ask or exclaim, but it does not quote speech whole.
        let quoted = glyphs.first().is_some_and(|g| matches!(g.c, '"' | '“'));
        let lines = layout.line_ends.iter().any(|end| *end) && layout.is_measured();
        return wide > 30.0
            || (lines && pauses > 0)
            || pauses > 1
            || stops > 1
            || (quoted && ends_sentence(glyphs));
    }
    let ends_open = glyphs.last().is_some_and(|g| is_pause(g.c));
    let lines = layout.line_ends.iter().any(|end| *end) && layout.is_measured();
    // Headlines of two phrases are many, of three and so long hardly any.
    ends_open
        || (pauses > 1 && wide >= 24.0)
        || wide > 60.0
        || (pauses > 0 && (lines || wide > 45.0))
        || (lines && wide > 45.0)
}

/// Marks inside a sentence.
pub(super) fn pauses(glyphs: &[Glyph]) -> usize {
    glyphs
        .iter()
        .filter(|g| matches!(g.c, ',' | '，' | '；' | ';'))
        .count()
}
