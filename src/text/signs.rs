//! Signs and white space on the walk through a text: what is said for them, and
//! where they are a pause.

use crate::model::Mark;

use super::normalise::{PartKind, Walk, Why};
use super::symbols::Symbol;

/// Words of a byline that go with the name behind the space.
const TITLES: &[&str] = &[
    "记者",
    "通讯员",
    "摄影",
    "作者",
    "编辑",
    "文",
    "图",
    "文字",
    "图片",
    "供稿",
    "撰文",
    "实习生",
];

/// Ornaments that begin the item of a list.
const BULLETS: &str = "●■▲◆★▶►◇△☆▪";

/// Behind these a circled number is part of a name: 图①.
const NAMING: &str = "图表第注见如至到和及与或类级的";

impl Walk<'_> {
    /// White space. Between two phrases it stands for a comma, as headlines and
    /// lists of names have it; between letter-spaced characters, behind a
    /// byline's title and beside anything but Han it is layout.
    pub fn space(&mut self, from: usize, to: usize, han: &dyn Fn(char) -> bool) -> usize {
        let before = &self.text[..from];
        let behind = &self.text[to..];
        let ends = before
            .last()
            .is_some_and(|&c| han(c) || "”’》〉」』)）】".contains(c));
        let starts = behind
            .first()
            .is_some_and(|&c| han(c) || "“‘《〈「『(（【".contains(c));
        let one = |near: Option<&char>, far: Option<&char>| {
            near.is_some_and(|c| han(*c)) && !far.is_some_and(|c| han(*c))
        };
        let spaced =
            one(before.last(), before.iter().nth_back(1)) && one(behind.first(), behind.get(1));
        let title = TITLES.iter().any(|t| {
            let n = t.chars().count();
            before.len() >= n
                && before[before.len() - n..].iter().copied().eq(t.chars())
                && !before[..before.len() - n]
                    .last()
                    .is_some_and(|&c| n == 1 && han(c))
        });
        if ends && starts && !spaced && !title {
            self.part("，", PartKind::Mark(Mark::Comma));
            return self.piece(from, to, Why::Row("space"));
        }
        self.piece(from, to, Why::Silent)
    }

    pub fn symbol(&mut self, i: usize, symbol: Symbol) -> usize {
        let latin = |i: Option<usize>| {
            i.and_then(|i| self.text.get(i))
                .is_some_and(char::is_ascii_alphanumeric)
        };
        let between_letters = latin(i.checked_sub(1)) && latin(Some(i + 1));
        let why = match (self.text[i], symbol) {
            ('.', _) if between_letters => {
                self.part("点", PartKind::Word);
                Why::Row("letters")
            }
            ('_', _) if between_letters => {
                self.part("下划线", PartKind::Word);
                Why::Row("letters")
            }
            ('\'' | '’', _) if between_letters => Why::Silent,
            (_, Symbol::Mark(mark)) => {
                self.mark(i, mark);
                Why::Plain
            }
            (c, Symbol::Quote) => {
                let open = &mut self.open[usize::from(c == '\'')];
                *open = !*open;
                let mark = if *open {
                    Mark::OpenQuote
                } else {
                    Mark::CloseQuote
                };
                self.mark(i, mark);
                Why::Plain
            }
            (c, Symbol::Named(name)) => {
                // ①…②…: a list has a pause between its items.
                if is_item(c) && self.text[..i].last().is_some_and(|&c| item_before(c)) {
                    self.part("，", PartKind::Mark(Mark::Comma));
                }
                self.part(name, PartKind::Word);
                Why::Row("symbol")
            }
            (c, Symbol::Silent) if BULLETS.contains(c) && self.within_han(i) => {
                self.part("，", PartKind::Mark(Mark::Comma));
                Why::Row("list")
            }
            (_, Symbol::Silent) => Why::Silent,
        };
        self.piece(i, i + 1, why)
    }

    /// Punctuation stands in the spoken text as printed, not as folded.
    fn mark(&mut self, i: usize, mark: Mark) {
        let printed = &self.display[self.at[i]..self.at[i + 1]];
        self.part(printed, PartKind::Mark(mark));
    }

    /// Whether Han stands on both sides of the sign at `i`.
    fn within_han(&self, i: usize) -> bool {
        let han = |c: Option<&char>| c.is_some_and(|c| !c.is_ascii() && c.is_alphabetic());
        han(self.text[..i].last()) && han(self.text.get(i + 1))
    }
}

/// A circled or bracketed number, as lists have them.
fn is_item(c: char) -> bool {
    matches!(c, '①'..='⒇' | '❶'..='❿' | '➀'..='➓' | '㈠'..='㈩' | '㊀'..='㊉')
}

/// Whether an item of a list may end with this.
fn item_before(c: char) -> bool {
    c.is_alphanumeric() && !NAMING.contains(c) && !is_item(c)
}
