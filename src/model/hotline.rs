//! An edition as a telephone line: the one description of what a caller hears and what
//! the keys do, `hotline.json`. What exchanges are given are views of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::units::{Frames, Millis, SampleRate};

/// The number in `format`; a reader checks it before anything else.
pub const HOTLINE_FORMAT: u32 = 1;

/// The whole line. Field order is the order in the file: `format` first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hotline {
    /// [`HOTLINE_FORMAT`].
    pub format: u32,
    /// The program that made it.
    pub generator: String,
    /// A short name of this edition of this issue, letters and figures of ASCII: what
    /// exchanges call its contexts, menus and folder.
    pub id: String,
    /// Paper, number and date in one line.
    pub title: String,
    /// The language of the prompts, BCP 47.
    pub language: String,
    /// The rate of every length and position here: 8 kHz.
    pub sample_rate: SampleRate,
    /// What holds in every state.
    pub rules: Rules,
    /// What is said, in the order in which it was written.
    pub prompts: Vec<Prompt>,
    /// The articles in order.
    pub articles: Vec<Story>,
    /// The state a call begins in.
    pub start: String,
    /// Every state.
    pub states: Vec<State>,
}

/// What holds in every state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How long is waited for a key behind the last word of a menu.
    pub wait: Millis,
    /// How long is waited for the next figure of a number.
    pub between: Millis,
    /// So many silences one behind the other end the call.
    pub silences: u32,
    /// The prompt for a key that does nothing.
    pub wrong: String,
    /// The prompt when no key came.
    pub silent: String,
    /// The state after too many silences.
    pub quiet: String,
    /// What the keys do while an article is read.
    pub reading: BTreeMap<Key, Control>,
    /// The prompt that explains them.
    pub reading_help: String,
    /// The prompt for a key that does nothing while an article is read.
    pub reading_wrong: String,
    /// The prompt where nothing slower, or nothing faster, is there.
    pub slowest: String,
    /// The same for nothing faster.
    pub fastest: String,
    /// The prompt for an article whose sound the exchange cannot play.
    pub lost: String,
    /// How far back and forward go.
    pub skip: Millis,
    /// Who asks for a sentence again this soon after its beginning means the one before.
    pub grace: Millis,
    /// How long the place of a caller is kept, in seconds.
    pub remember: u32,
    /// The longest call, in seconds; then it ends as after too many silences.
    pub longest: u32,
}

/// A key of a telephone: `0` to `9`, `*`, `#`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "char", into = "char")]
pub struct Key(char);

impl Key {
    /// Every key.
    pub const ALL: [Key; 12] = [
        Key('1'),
        Key('2'),
        Key('3'),
        Key('4'),
        Key('5'),
        Key('6'),
        Key('7'),
        Key('8'),
        Key('9'),
        Key('*'),
        Key('0'),
        Key('#'),
    ];
    /// The star: up, wherever one is.
    pub const STAR: Key = Key('*');
    /// The hash: ends a number, else goes on.
    pub const HASH: Key = Key('#');

    /// The key of a sign.
    pub fn of(sign: char) -> Option<Key> {
        Key::ALL.into_iter().find(|k| k.0 == sign)
    }

    /// Its sign.
    pub fn sign(self) -> char {
        self.0
    }

    /// Whether it is a figure.
    pub fn is_figure(self) -> bool {
        self.0.is_ascii_digit()
    }
}

impl TryFrom<char> for Key {
    type Error = String;
    fn try_from(sign: char) -> Result<Self, String> {
        Key::of(sign).ok_or_else(|| format!("a telephone has no key `{sign}`"))
    }
}

impl From<Key> for char {
    fn from(key: Key) -> char {
        key.0
    }
}

/// What a key does while an article is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// Back by [`Rules::skip`].
    Back,
    /// Forward by [`Rules::skip`]; over the end is the end.
    Forward,
    /// Pause, and on again.
    Pause,
    /// The next slower take, from the sentence on that is heard.
    Slower,
    /// The next faster take, from the sentence on that is heard.
    Faster,
    /// The sentence again.
    Repeat,
    /// The next article.
    Next,
    /// The article before.
    Previous,
    /// What the keys do.
    Help,
    /// Out of the article.
    Up,
    /// Nothing, and nothing is said: who ends a number by the hash that needed none has
    /// the article already.
    Ignore,
}

/// One prompt, a sound file of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Its name.
    pub id: String,
    /// What is said.
    pub text: String,
    /// Its sound below the folder of sounds, without ending.
    pub file: String,
    /// Its length.
    pub frames: Frames,
}

/// One article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Story {
    /// Its number, from 1: what callers type.
    pub number: u32,
    /// Its headline.
    pub title: String,
    /// The prompt that tells number and headline.
    pub prompt: String,
    /// What is said, sentence by sentence.
    pub sentences: Vec<String>,
    /// The same at every pace, the slowest first.
    pub takes: Vec<Take>,
}

/// One article at one pace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Take {
    /// Which pace.
    pub pace: Pace,
    /// Its sound below the folder of sounds, without ending.
    pub file: String,
    /// Its length.
    pub frames: Frames,
    /// Where each sentence begins; as many as [`Story::sentences`].
    pub starts: Vec<Frames>,
    /// The same in pieces, for exchanges that cannot go to a place in a file.
    pub pieces: Vec<Piece>,
}

/// A few sentences of a take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Its sound below the folder of sounds, without ending.
    pub file: String,
    /// Its length.
    pub frames: Frames,
    /// Its first sentence, counted from 0.
    pub sentence: usize,
}

/// How fast an article is read.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Slower and clearer.
    Slow,
    /// As the edition has it.
    #[default]
    Normal,
    /// Faster.
    Fast,
}

impl Pace {
    /// All of them, the slowest first.
    pub const ALL: [Pace; 3] = [Pace::Slow, Pace::Normal, Pace::Fast];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Pace::Slow => "slow",
            Pace::Normal => "normal",
            Pace::Fast => "fast",
        }
    }
}

/// One state of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Its name.
    pub id: String,
    /// What happens in it.
    #[serde(flatten)]
    pub does: Does,
}

/// What happens in a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "does", rename_all = "snake_case")]
pub enum Does {
    /// Says something and goes on. A key interrupts it and counts as one of the menu
    /// that follows: who knows the words need not wait for their end.
    Tell {
        /// Prompts.
        say: Vec<Said>,
        /// The next state: a menu, or the end of the call.
        next: String,
    },
    /// Says something, meanwhile and afterwards waits for a key.
    Ask {
        /// Prompts.
        say: Vec<Said>,
        /// The state a key leads to.
        keys: BTreeMap<Key, String>,
        /// Whether figures are the number of an article: it is then read alone.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        numbers: bool,
    },
    /// Reads an article; the keys are those of [`Rules::reading`].
    Read {
        /// Which.
        article: u32,
        /// The state of the next article.
        next: String,
        /// The state of the one before.
        previous: String,
        /// The state out of it.
        up: String,
        /// The state after its last word.
        end: String,
    },
    /// Looks whether a place is kept for the caller.
    Recall {
        /// The state when one is.
        known: String,
        /// The state when none is.
        unknown: String,
    },
    /// Goes to the place that is kept.
    Resume,
    /// Keeps no places of this caller from now on.
    Forget {
        /// The next state.
        next: String,
    },
    /// Says something and hangs up.
    HangUp {
        /// Prompts.
        say: Vec<Said>,
    },
}

/// What is said in a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// This prompt.
    Prompt(String),
    /// Number and headline of the article whose place is kept.
    KeptArticle,
}

impl Hotline {
    /// The rate of all its lengths.
    pub const RATE: SampleRate = SampleRate(8_000);

    /// The state of that name.
    pub fn state(&self, id: &str) -> Option<&State> {
        self.states.iter().find(|s| s.id == id)
    }

    /// The prompt of that name.
    pub fn prompt(&self, id: &str) -> Option<&Prompt> {
        self.prompts.iter().find(|p| p.id == id)
    }

    /// The article of that number; they are numbered in order, from 1.
    pub fn article(&self, number: u32) -> Option<&Story> {
        let at = usize::try_from(number.checked_sub(1)?).ok()?;
        self.articles.get(at).filter(|a| a.number == number)
    }

    /// The state in which an article is read alone.
    pub fn alone(number: u32) -> String {
        format!("one-{number}")
    }

    /// Whether more figures could follow this number and still name an article.
    pub fn may_go_on(&self, typed: u32) -> bool {
        (typed.checked_mul(10)).is_some_and(|longer| self.article(longer).is_some())
    }

    /// Every sound by its file without ending, and its length; the pieces only where
    /// they are asked for, for they exist as µ-law alone.
    pub fn sounds(&self, pieces: bool) -> Vec<(&str, Frames)> {
        let prompts = self.prompts.iter().map(|p| (p.file.as_str(), p.frames));
        let takes = self.articles.iter().flat_map(|a| &a.takes);
        let mut sounds: Vec<_> = prompts
            .chain(takes.clone().map(|t| (t.file.as_str(), t.frames)))
            .collect();
        if pieces {
            let pieces = takes.flat_map(|t| &t.pieces);
            sounds.extend(pieces.map(|p| (p.file.as_str(), p.frames)));
        }
        sounds
    }
}

impl Story {
    /// The article at this pace.
    pub fn take(&self, pace: Pace) -> Option<&Take> {
        self.takes.iter().find(|t| t.pace == pace)
    }

    /// The pace beside this one that exists, slower or faster.
    pub fn beside(&self, pace: Pace, faster: bool) -> Option<Pace> {
        let mut paces = self.takes.iter().map(|t| t.pace);
        match faster {
            true => paces.find(|p| *p > pace),
            false => paces.rfind(|p| *p < pace),
        }
    }
}

impl Take {
    /// The sentence that is heard at this place, counted from 0.
    pub fn sentence_at(&self, at: Frames) -> usize {
        let begun = self.starts.iter().filter(|s| **s <= at).count();
        begun.saturating_sub(1)
    }

    /// Where a sentence begins; the end for one that is not there.
    pub fn start_of(&self, sentence: usize) -> Frames {
        self.starts.get(sentence).copied().unwrap_or(self.frames)
    }
}

impl State {
    /// The states that it may lead to, by what the keys and the end of its words do.
    pub fn leads_to(&self) -> Vec<&str> {
        match &self.does {
            Does::Tell { next, .. } | Does::Forget { next } => vec![next],
            Does::Ask { keys, .. } => keys.values().map(String::as_str).collect(),
            Does::Read {
                next,
                previous,
                up,
                end,
                ..
            } => vec![next, previous, up, end],
            Does::Recall { known, unknown } => vec![known, unknown],
            Does::Resume | Does::HangUp { .. } => Vec::new(),
        }
    }
}
