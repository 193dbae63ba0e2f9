//! The types that the stages hand to one another, in the order of flow:
//! [`Issue`] → [`ChapterScript`] → [`Reading`] → [`Pcm`] → [`Edition`].
//!
//! Plain data: nothing here reads a file, looks at the clock, or knows an
//! engine.

mod calendar;
mod codec;
mod edition;
mod exports;
mod hotline;
pub mod interview;
mod issue;
mod page;
mod pcm;
mod podcast;
mod radio;
mod reading;
mod readings;
mod repair;
mod rundown;
mod script;
mod settings;
mod text;
mod units;

pub use calendar::{day, days_after, days_in};
pub use codec::{Codec, HotlineSet};
pub use edition::{
    Chapter, Cue, EDITION_FORMAT, Edition, EditionMasthead, Omitted, Source, VoiceCredit,
};
pub use exports::{ExportedFile, ExportedSound, Exports, Format, ListenerSet, Sets};
pub use hotline::{
    Control, Does, HOTLINE_FORMAT, Hotline, Key, Pace, Piece, Prompt, Rules, Said, State, Story,
    Take,
};
pub use issue::{Article, ArticleKind, Block, BlockKind, Issue, Masthead, Priority};
pub use page::PageText;
pub use pcm::Pcm;
pub use podcast::{Category, Email, Podcast, WebAddress};
pub use radio::{Bits, Channels, Level, Measures, RadioSet};
pub use reading::{Foreign, Mark, Reading, Rule, Span, Syllable, Token, Word};
pub use readings::{Omission, READINGS_FORMAT, ReadChunk, Readings};
pub use repair::{Edit, Repair};
pub use rundown::{
    LeftOut, RUNDOWN_FORMAT, Rundown, RundownEdition, RundownFile, RundownItem, RundownKind,
    SoundOfRundown, TimeOfDay, Trouble, Why,
};
pub use script::{ChapterKind, ChapterScript, Chunk, ChunkId, Recorded, Role};
pub use settings::{
    Cast, CastVoice, Fix, FixBy, ForeignVoices, LexiconEntry, LexiconReading, MANDARIN, Part,
    Pauses, Settings, is_mandarin, main_language, same_language,
};
pub use text::{Anchor, GAP_MARK, GivenReading, Overleaf, SourceText};
pub use units::{Db, Dbtp, Frames, Lufs, Millis, SampleRate, Speed};
