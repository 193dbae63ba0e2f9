//! The chapter index, `edition.json`: the one record of an edition that every
//! exporter and every listener's program reads.

use serde::{Deserialize, Serialize};

use super::exports::Exports;
use super::issue::{Masthead, Priority};
use super::podcast::Podcast;
use super::script::{ChapterKind, Role};
use super::units::{Dbtp, Frames, Lufs, SampleRate, Speed};
use crate::diag::Diagnostic;

/// The number in `format`; a reader checks it before anything else.
pub const EDITION_FORMAT: u32 = 1;

/// The chapter index of one edition. Field order is the order in the file:
/// `format` first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// [`EDITION_FORMAT`].
    pub format: u32,
    /// The program that made it, `tingbao 0.1.0`.
    pub generator: String,
    /// SHA-256 of everything that shaped the edition; equal keys, equal bytes.
    pub key: String,
    /// What paper it is.
    pub masthead: EditionMasthead,
    /// The rate of every chapter master.
    pub sample_rate: SampleRate,
    /// The length of all chapters together.
    pub frames: Frames,
    /// The chapters in order, the opening first.
    pub chapters: Vec<Chapter>,
    /// The voices heard, with their licences.
    pub voices: Vec<VoiceCredit>,
    /// The doubts and notes met on the way.
    pub diagnostics: Vec<Diagnostic>,
    /// What the page has and the edition does not speak.
    pub omitted: Vec<Omitted>,
    /// SHA-256 of `readings.json` beside it, which tells how every chunk is read;
    /// `null` in editions of programs that did not write it.
    #[serde(default)]
    pub readings_sha256: Option<String>,
    /// The paper as a podcast, when it is one.
    #[serde(default)]
    pub podcast: Option<Podcast>,
    /// What was made of it for listeners.
    #[serde(default)]
    pub exports: Option<Exports>,
}

/// The masthead as the index gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionMasthead {
    /// What the head of the paper says.
    #[serde(flatten)]
    pub printed: Masthead,
    /// The language of the edition, BCP 47 (`zh-CN`).
    pub language: String,
}

/// One chapter and its sound file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chapter {
    /// 0 for the opening, then 1, 2, …
    pub number: u32,
    /// Opening, article or closing.
    pub kind: ChapterKind,
    /// The title: for an article its headline as printed.
    pub title: String,
    /// The article's id in the issue folder; `null` for opening and closing.
    pub article: Option<String>,
    /// The page of the paper that the article begins on, as the page calls itself,
    /// such as `3` or `A05`, when somebody says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// How important the article is where there is no room for all, when it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// The WAV file, relative to the edition's folder, `/` between parts.
    pub file: String,
    /// Its length in frames.
    pub frames: Frames,
    /// Its length in seconds, for people.
    pub seconds: f64,
    /// SHA-256 of the whole file, lower-case hexadecimal.
    pub sha256: String,
    /// Integrated loudness; `null` when too short or too quiet to measure.
    pub loudness_lufs: Option<Lufs>,
    /// True peak; `null` for digital silence.
    pub true_peak_dbtp: Option<Dbtp>,
    /// What is heard when, without overlap, in order.
    pub cues: Vec<Cue>,
}

/// One chunk's place in its chapter. Cues cover the chapter without gap or
/// overlap: each ends where the next starts, and the pause after a chunk
/// belongs to its cue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    /// The chunk's id, such as `02-014`.
    pub chunk: String,
    /// What it is.
    pub role: Role,
    /// Which block of the chapter (headline, paragraph, item …) it belongs to, in
    /// rising order; the cues of one block follow one another.
    #[serde(default)]
    pub block: u32,
    /// The language of the text, BCP 47, when it is not the edition's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The text as printed; of a recording, all that it stands for, a blank line
    /// between paragraphs.
    pub text: String,
    /// The text as spoken.
    pub spoken: String,
    /// The voice, or `recording`.
    pub voice: String,
    /// First frame.
    pub start: Frames,
    /// One past the last frame of speech; the pause follows.
    pub speech_end: Frames,
    /// One past the last frame of the cue.
    pub end: Frames,
    /// Where the text stood; `null` for words of the edition itself.
    pub source: Option<Source>,
}

/// A place in a source file, as the index gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 0.
    pub col: u32,
}

/// A voice heard in the edition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VoiceCredit {
    /// Its name under `voices/`.
    pub name: String,
    /// The engine that speaks it.
    pub engine: String,
    /// Its licence, SPDX.
    pub licence: String,
    /// The speeds it was heard at.
    pub speeds: Vec<Speed>,
}

/// Something on the page that the edition does not speak.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Omitted {
    /// What it is: the article's id, or the chunk's.
    pub what: String,
    /// Why: `advert, not read by default`, `no voice could say it` …
    pub why: String,
    /// The text left out.
    pub text: String,
    /// Where it stood.
    pub source: Option<Source>,
    /// Whether the editor (or the default for its kind) wanted it so; when
    /// not, the exit code is 1.
    pub intended: bool,
}
