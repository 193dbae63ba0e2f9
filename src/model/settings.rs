//! What an editor may choose for an edition.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::podcast::Podcast;
use super::script::Role;
use super::units::{Millis, Speed};
use crate::diag::Place;

/// The choices of `issue.toml` beyond the masthead.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The language, BCP 47; `zh-CN` unless the issue says otherwise.
    pub language: String,
    /// A cast by name; `None` for the default one.
    pub cast: Option<String>,
    /// Voices chosen by name in place of the cast's.
    pub body_voice: Option<String>,
    /// The headline voice in place of the cast's.
    pub headline_voice: Option<String>,
    /// Readers that take the articles in turn; empty for one reader.
    pub alternate: Vec<String>,
    /// A speed for the whole edition in place of each voice's own.
    pub speed: Option<Speed>,
    /// Whether 1 is said 幺 in telephone numbers, as most people do.
    pub yao: bool,
    /// The silences.
    pub pauses: Pauses,
    /// Words with their readings, in the order given.
    pub lexicon: Vec<LexiconEntry>,
    /// Lexicon files of the paper, relative to the issue folder; those named
    /// first win.
    pub lexicons: Vec<String>,
    /// A sound file played between chapters, relative to the issue folder.
    pub sting: Option<String>,
    /// The paper as a podcast.
    pub podcast: Podcast,
    /// Sentences that were set right by ear, from `fixes.toml`.
    pub fixes: Vec<Fix>,
}

/// A sentence that an editor heard and wants said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// The article it stands in ([`super::Article::id`]); `None` for words of the
    /// edition itself.
    pub article: Option<String>,
    /// The chunk's text as printed.
    pub text: String,
    /// What is heard in its place.
    pub by: FixBy,
    /// Where it was written.
    pub place: Place,
}

/// What is heard in place of a chunk as it would be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FixBy {
    /// Other words.
    Say(String),
    /// The same words in these syllables.
    Pinyin(String),
    /// A human voice: a path relative to the issue folder.
    Recording(String),
}

impl Fix {
    /// Whether it is meant for this chunk of this article. White space around a
    /// chunk is layout.
    pub fn is_for(&self, article: Option<&str>, text: &str) -> bool {
        self.article.as_deref() == article && self.text.trim() == text.trim()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            language: MANDARIN.into(),
            cast: None,
            body_voice: None,
            headline_voice: None,
            alternate: Vec::new(),
            speed: None,
            yao: true,
            pauses: Pauses::default(),
            lexicon: Vec::new(),
            lexicons: Vec::new(),
            sting: None,
            podcast: Podcast::default(),
            fixes: Vec::new(),
        }
    }
}

/// The silence after each kind of chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pauses {
    /// After "第二篇".
    pub chapter_number: Millis,
    /// After the kicker, the deck and the byline.
    pub line: Millis,
    /// Between headline and what follows.
    pub headline: Millis,
    /// Before a heading in the body; the paragraph pause follows it.
    pub subhead: Millis,
    /// After a paragraph.
    pub paragraph: Millis,
    /// After an item of a list.
    pub item: Millis,
    /// After a sentence inside a paragraph.
    pub sentence: Millis,
    /// Where a long sentence was cut between clauses.
    pub clause: Millis,
    /// At the end of a chapter.
    pub chapter: Millis,
}

impl Default for Pauses {
    fn default() -> Self {
        Pauses {
            chapter_number: Millis(500),
            line: Millis(700),
            headline: Millis(900),
            subhead: Millis(900),
            paragraph: Millis(650),
            item: Millis(500),
            sentence: Millis(400),
            clause: Millis(160),
            chapter: Millis(1500),
        }
    }
}

/// A word with the reading an editor gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconEntry {
    /// The word as printed.
    pub word: String,
    /// How it is read.
    pub reading: LexiconReading,
    /// Where it was written.
    pub place: Place,
}

/// What a lexicon says of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LexiconReading {
    /// Its syllables as written, with tone numbers: `song1 jue2`.
    Pinyin(String),
    /// Other text that is read in its place.
    Say(String),
    /// Its figures are read one by one.
    Digits,
    /// Its figures are read as a number.
    Value,
    /// It is not read.
    Skip,
}

impl fmt::Display for LexiconReading {
    /// As the notes tell it: `read song1 jue2`, `said as …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LexiconReading::Pinyin(pinyin) => write!(f, "read {pinyin}"),
            LexiconReading::Say(text) => write!(f, "said as {text}"),
            LexiconReading::Digits => f.write_str("read digit by digit"),
            LexiconReading::Value => f.write_str("read as a number"),
            LexiconReading::Skip => f.write_str("not read"),
        }
    }
}

/// Which voice speaks which part, names and speeds resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Cast {
    /// The cast's name.
    pub name: String,
    /// Reads the bodies.
    pub body: CastVoice,
    /// Reads headlines and announcements.
    pub headline: CastVoice,
    /// Readers of the bodies in turn, in place of `body`; may be empty.
    pub alternate: Vec<CastVoice>,
    /// Who reads parts of a body in place of its reader.
    pub parts: Vec<(Part, CastVoice)>,
    /// Who reads what is not Mandarin.
    pub foreign: Vec<ForeignVoices>,
}

/// Who reads a language other than Mandarin.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignVoices {
    /// The language, as the issue or article names it.
    pub language: String,
    /// Reads the bodies.
    pub body: CastVoice,
    /// Reads headlines and announcements.
    pub headline: CastVoice,
}

/// A part of a body that a cast may give to a voice of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// What an interviewer asks.
    Question,
    /// What is answered.
    Answer,
    /// A letter or contribution by a reader.
    Letter,
    /// An advert.
    Advert,
}

/// A voice and the speed it reads at.
#[derive(Debug, Clone, PartialEq)]
pub struct CastVoice {
    /// The name of its folder under `voices/`.
    pub voice: String,
    /// How fast.
    pub speed: Speed,
}

impl Cast {
    /// Who speaks a chunk of this role and part in the `article`-th spoken
    /// article (counted from 0).
    pub fn speaker(&self, role: Role, part: Option<Part>, article: usize) -> &CastVoice {
        if is_announced(role) {
            return &self.headline;
        }
        let own = self.parts.iter().find(|(p, _)| Some(*p) == part);
        match own {
            Some((_, voice)) => voice,
            None if self.alternate.is_empty() => &self.body,
            None => &self.alternate[article % self.alternate.len()],
        }
    }

    /// Who speaks a chunk of this role in a language other than Mandarin, where
    /// the cast knows one.
    pub fn foreign_speaker(&self, language: &str, role: Role) -> Option<&CastVoice> {
        let voices = self.foreign.iter().find(|f| f.language == language)?;
        Some(match is_announced(role) {
            true => &voices.headline,
            false => &voices.body,
        })
    }
}

/// Whether the voice of headlines speaks it.
fn is_announced(role: Role) -> bool {
    matches!(
        role,
        Role::Announcement | Role::ChapterNumber | Role::Headline | Role::Kicker
    )
}

/// The language of papers that do not name theirs.
pub const MANDARIN: &str = "zh-CN";

/// Whether a language (BCP 47) is Mandarin, which has two names.
pub fn is_mandarin(tag: &str) -> bool {
    matches!(main_language(tag).as_str(), "zh" | "cmn")
}

/// Whether two tags are of one language, whatever accent or script.
pub fn same_language(a: &str, b: &str) -> bool {
    main_language(a) == main_language(b) || (is_mandarin(a) && is_mandarin(b))
}

/// The language of a tag without script, region and the like: `en` of `en-GB`.
pub fn main_language(tag: &str) -> String {
    tag.split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mandarin_has_two_names() {
        for tag in ["zh", "zh-CN", "cmn", "cmn-latn-pinyin", "ZH_tw"] {
            assert!(is_mandarin(tag) && same_language(tag, "zh"), "{tag}");
        }
        assert_eq!(main_language("en-GB"), "en");
        assert!(same_language("en", "en-GB") && !same_language("en", "zh"));
    }
}
