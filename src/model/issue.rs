//! One issue of a paper as it was read from its pages or its folder.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::text::SourceText;
use crate::diag::Place;

/// One issue of a newspaper: its masthead and articles, no audio, no markup.
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// Which paper, which number, which day.
    pub masthead: Masthead,
    /// The articles in reading order, those not to be read among them.
    pub articles: Vec<Article>,
}

/// What the head of the paper says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Masthead {
    /// The paper's name, such as `新民晚报`; empty when the page does not say.
    pub paper: String,
    /// Edition or section, such as `社区版`.
    pub section: Option<String>,
    /// The issue number as printed, digits only, such as `8545`.
    pub issue_number: Option<String>,
    /// The date of the issue, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Who sponsors it (主管主办).
    pub sponsor: Option<String>,
    /// The national serial number, such as `CN31-0062`.
    pub cn_code: Option<String>,
    /// The page of the issue as it calls itself, such as `3` or `A05`; none
    /// when it does not say, or when the issue has several pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// One article, or another piece of the page kept as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// A name that stays the same between builds: the file stem `NN-slug`.
    pub id: String,
    /// What kind of piece it is.
    pub kind: ArticleKind,
    /// The line above the headline.
    pub kicker: Option<SourceText>,
    /// The headline.
    pub headline: SourceText,
    /// The line below the headline (deck).
    pub subhead: Option<SourceText>,
    /// Who wrote it, as printed.
    pub byline: Option<SourceText>,
    /// The body in reading order.
    pub blocks: Vec<Block>,
    /// Whether the edition speaks it.
    pub read: bool,
    /// A human recording in place of the synthetic voice: a path relative to
    /// the issue folder.
    pub audio: Option<String>,
    /// A voice of its own for the body.
    pub voice: Option<String>,
    /// Its language, BCP 47, when it is not the issue's.
    pub language: Option<String>,
    /// The page of the paper it begins on, as the page calls itself, such as `3` or
    /// `A05`; none when nobody says it.
    pub page: Option<String>,
    /// How important it is where not all can be played, when the editor says so.
    pub priority: Option<Priority>,
    /// Where it begins.
    pub place: Place,
}

/// How important an article is where there is no room for all, from 1, the most
/// important, to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Priority(pub u8);

impl Priority {
    /// The most important.
    pub const MOST: Priority = Priority(1);
    /// That of an article which does not say its own.
    pub const USUAL: Priority = Priority(3);
    /// The least important.
    pub const LEAST: Priority = Priority(5);
}

/// What kind of piece an [`Article`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleKind {
    /// A report.
    News,
    /// A notice or service piece.
    Notice,
    /// A letter or contribution by a reader.
    Letter,
    /// Advertising; not read by default.
    Advert,
    /// A roll of honour or list of names; not read by default.
    Honours,
    /// Text that could not be given to any article; not read by default.
    Other,
}

impl ArticleKind {
    /// Every kind, in the order the manual lists them.
    pub const ALL: [ArticleKind; 6] = [
        ArticleKind::News,
        ArticleKind::Notice,
        ArticleKind::Letter,
        ArticleKind::Advert,
        ArticleKind::Honours,
        ArticleKind::Other,
    ];

    /// The name used in front matter.
    pub fn name(self) -> &'static str {
        match self {
            ArticleKind::News => "news",
            ArticleKind::Notice => "notice",
            ArticleKind::Letter => "letter",
            ArticleKind::Advert => "advert",
            ArticleKind::Honours => "honours",
            ArticleKind::Other => "other",
        }
    }

    /// Whether such a piece is read unless the editor says otherwise.
    pub fn read_by_default(self) -> bool {
        matches!(
            self,
            ArticleKind::News | ArticleKind::Notice | ArticleKind::Letter
        )
    }
}

/// A paragraph or its like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, without marks of layout or markup.
    pub text: SourceText,
}

/// What a [`Block`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The opening paragraph, set apart on the page.
    Lede,
    /// A paragraph.
    Para,
    /// A heading inside the article.
    Subhead,
    /// An item of a list; numbered when the list is.
    Item {
        /// The item's number in an ordered list.
        number: Option<u32>,
    },
    /// What stands below or beside a picture.
    Caption,
    /// What an interviewer asks, the speaker's name before it.
    Question,
    /// What is answered, the speaker's name before it.
    Answer,
    /// A row of a table: what it is about, a space, and the value.
    Row,
    /// One line of a poem.
    Verse,
    /// Whom a letter speaks to.
    Salutation,
    /// The words that close a letter.
    Closing,
    /// Who signed a letter or notice, and when.
    Signature,
}

impl Block {
    /// The text as it is read and edited: between the label of a row and its
    /// value stands a colon.
    pub fn told(&self) -> Cow<'_, SourceText> {
        let text = &self.text;
        match text.text.find(' ').filter(|_| self.kind == BlockKind::Row) {
            // A row below headings has its own.
            Some(at) if !text.text[..at].contains(['：', ':']) => {
                let mut told = text.slice(0, at);
                told.append(&SourceText::made("："));
                told.append(&text.slice(at + 1, text.text.len()));
                Cow::Owned(told)
            }
            _ => Cow::Borrowed(text),
        }
    }
}
