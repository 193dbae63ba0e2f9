//! The lines of a file, measured: what tells which of them are one paragraph.

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// With a full stop.
    Stop,
    /// With a question or an exclamation, as a headline may.
    Call,
    /// With `；` or `：`, which close an item of a list or lead to one.
    Clause,
    /// With a mark inside a sentence.
    Pause,
    /// Without a mark.
    Open,
}

/// A line, with what tells what it is.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The first glyph of it in its piece.
    pub start: usize,
    /// In em.
    pub width: f32,
    /// How much of that are the marks it ends with, which may hang over the edge of
    /// the column.
    pub hang: f32,
    /// It is the last line of a column that another one stands beside.
    pub foot: bool,
    /// White space of two em stood before it.
    pub indented: bool,
    /// A blank line stood before it, or an indent.
    pub parted: bool,
    /// It is the last line of its block.
    pub bottom: bool,
    pub end: End,
    /// A full stop stands inside.
    pub stop_inside: bool,
    /// Marks inside a sentence, but for the last character.
    pub pauses: usize,
    /// It is a byline, a row of a table …: alone whatever stands around.
    pub alone: bool,
    /// It is nothing but names: alone where it stands under a heading.
    pub names: bool,
    /// It begins an item of a list, or what somebody says in an interview.
    pub item: bool,
    /// It says where, when or how to be reached: a line of its own, without a stop.
    pub detail: bool,
    /// It begins as a report does, or speaks to its readers: how much that tells.
    pub opens: f32,
    /// It has a word of headlines.
    pub titled: bool,
    /// It begins with a mark that cannot begin a paragraph.
    pub follows: bool,
    /// Words in it are spaced, as in adverts and lists of names.
    pub spaced: bool,
    /// What its words say for going on from the line before, as natural log of
    /// odds.
    pub words: f32,
    /// The same with one, two and three lines between.
    pub skips: [f32; INSERTED],
}

/// What is known of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Habits {
    /// The usual column of the page.
    pub column: Option<f32>,
    /// First lines of paragraphs are two em short.
    pub indents: bool,
    /// The white space of their indents is in the file.
    pub spaced: bool,
    /// Blank lines stand between blocks: most of what has none is one paragraph.
    pub blocks: bool,
}

/// Lines narrower than this are no print lines of a column, in em.
pub(super) const NARROWEST: f32 = 8.0;
/// Lines wider than this are whole paragraphs, in em.
pub(super) const WIDEST: f32 = 45.0;
/// So many lines that are none of its own may stand in a paragraph: a headline, an
/// advert.
pub(super) const INSERTED: usize = 3;
