//! What is spoken, in order: chapters of chunks.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::issue::Priority;
use super::text::SourceText;
use super::units::{Millis, Speed};

/// One chapter of the edition before it is spoken.
#[derive(Debug, Clone, PartialEq)]
pub struct ChapterScript {
    /// 0 for the opening, then 1, 2, … in order.
    pub number: u32,
    /// Opening, article or closing.
    pub kind: ChapterKind,
    /// The chapter's title: for an article its headline.
    pub title: String,
    /// The article it speaks ([`super::Article::id`]); `None` for opening and closing.
    pub article: Option<String>,
    /// The page of the paper that article begins on ([`super::Article::page`]).
    pub page: Option<String>,
    /// How important the article is, when it says so.
    pub priority: Option<Priority>,
    /// What the synthetic voice says, in order.
    pub chunks: Vec<Chunk>,
    /// A human recording played after the chunks in place of the body.
    pub recording: Option<Recorded>,
}

/// A human recording in place of the synthetic voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its file: a path relative to the issue folder.
    pub file: String,
    /// What it stands for: the article's text as printed, a blank line between
    /// paragraphs.
    pub text: String,
}

/// What a chapter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChapterKind {
    /// Paper, section, number and date, then the headlines.
    Opening,
    /// One article.
    Article,
    /// The end of the edition.
    Closing,
}

/// One utterance: what an engine is asked to say at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Chunk {
    /// Its name within the edition.
    pub id: ChunkId,
    /// What it is in the chapter.
    pub role: Role,
    /// Which block of the chapter it is cut from, counted from 1.
    pub block: u32,
    /// The text as printed, punctuation and all: the chunks of a block give
    /// back the block, character for character.
    pub text: SourceText,
    /// The language, BCP 47, when it is not Mandarin.
    pub language: Option<String>,
    /// The voice, by the name of its folder under `voices/`.
    pub voice: String,
    /// How fast.
    pub speed: Speed,
    /// The silence after it.
    pub pause_after: Millis,
}

/// Chapter and position, both counted from 0 and 1: `02-014` is the
/// fourteenth chunk of chapter 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ChunkId {
    /// The chapter's number.
    pub chapter: u32,
    /// The chunk's position in it, from 1.
    pub index: u32,
}

impl fmt::Display for ChunkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:03}", self.chapter, self.index)
    }
}

impl From<ChunkId> for String {
    fn from(id: ChunkId) -> String {
        id.to_string()
    }
}

impl TryFrom<String> for ChunkId {
    type Error = String;
    fn try_from(id: String) -> Result<Self, String> {
        (id.parse()).map_err(|()| format!("`{id}` is no chunk's id, such as `02-014`"))
    }
}

impl std::str::FromStr for ChunkId {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        let (chapter, index) = s.split_once('-').ok_or(())?;
        Ok(ChunkId {
            chapter: chapter.parse().map_err(|_| ())?,
            index: index.parse().map_err(|_| ())?,
        })
    }
}

/// What a chunk is in its chapter; casts and pauses go by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Words of the edition itself: the opening, the closing.
    Announcement,
    /// "第二篇".
    ChapterNumber,
    /// The headline.
    Headline,
    /// The line above the headline.
    Kicker,
    /// The line below the headline.
    Deck,
    /// Who wrote it.
    Byline,
    /// A heading inside the body.
    Subhead,
    /// Body text.
    Body,
    /// An item of a list.
    Item,
    /// The sentence that stands for a chunk no voice could say.
    Omission,
    /// A human recording.
    Recording,
    /// The sound between chapters.
    Sting,
}
