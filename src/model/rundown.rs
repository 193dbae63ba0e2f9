//! A radio programme made of editions, `rundown.json`: what is played when, and what
//! was left out.

use serde::{Deserialize, Serialize};

use super::edition::EditionMasthead;
use super::issue::Priority;
use super::radio::RadioSet;
use super::units::{Dbtp, Frames, Lufs, SampleRate};

/// The number in `format`; a reader checks it before anything else.
pub const RUNDOWN_FORMAT: u32 = 1;

/// A programme that fits a slot. Positions and lengths are frames at `sample_rate`;
/// seconds are in the views of it alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rundown {
    /// [`RUNDOWN_FORMAT`].
    pub format: u32,
    /// The program that made it, `tingbao 0.1.0`.
    pub generator: String,
    /// The rate of all sound.
    pub sample_rate: SampleRate,
    /// How long the slot is.
    pub slot: Frames,
    /// So far the programme may be from it.
    pub tolerance: Frames,
    /// How long the programme is.
    pub frames: Frames,
    /// Whether it is as long as the slot, but for the tolerance.
    pub fits: bool,
    /// Why it does not, and what was done about it; `null` when it fits.
    pub trouble: Option<Trouble>,
    /// When the slot begins.
    pub at: Option<TimeOfDay>,
    /// What the voices' speeds were multiplied with.
    pub speed: f64,
    /// What the pauses inside of the items were multiplied with.
    pub pauses: f64,
    /// How the files for the station are made.
    pub radio: RadioSet,
    /// The editions it was made of, in the order in which they were named.
    pub editions: Vec<RundownEdition>,
    /// The programme as one file.
    pub programme: SoundOfRundown,
    /// What is played, in order.
    pub items: Vec<RundownItem>,
    /// The articles that are not in it.
    pub left_out: Vec<LeftOut>,
    /// Every other file beside this one.
    pub files: Vec<RundownFile>,
}

impl Rundown {
    /// Every file of it but `rundown.json`, and its SHA-256.
    pub fn all_files(&self) -> impl Iterator<Item = (&str, &str)> {
        let sounds = self.items.iter().map(|item| &item.sound);
        let sounds = sounds.chain([&self.programme]);
        let others = self.files.iter().map(|f| (&*f.file, &*f.sha256));
        sounds.map(|s| (&*s.file, &*s.sha256)).chain(others)
    }
}

/// A file of a rundown that is no sound of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RundownFile {
    /// Its path, relative to the rundown's folder, `/` between parts.
    pub file: String,
    /// SHA-256 of the whole file, lower-case hexadecimal.
    pub sha256: String,
}

/// An edition that a programme was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RundownEdition {
    /// Its folder as it was named.
    pub folder: String,
    /// Its `key`.
    pub key: String,
    /// What paper it is.
    pub masthead: EditionMasthead,
}

/// A sound file of a rundown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SoundOfRundown {
    /// Its path, relative to the rundown's folder, `/` between parts.
    pub file: String,
    /// SHA-256 of the whole file, lower-case hexadecimal.
    pub sha256: String,
    /// Integrated loudness; `null` when too short or too quiet to measure.
    pub loudness_lufs: Option<Lufs>,
    /// True peak; `null` for digital silence.
    pub true_peak_dbtp: Option<Dbtp>,
}

/// One sound of the programme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RundownItem {
    /// Its place in the programme, from 1.
    pub position: u32,
    /// What it is.
    pub kind: RundownKind,
    /// Its title; of a sting the name of its file.
    pub title: String,
    /// Which edition it is from, counted from 0; `null` for a sting.
    pub edition: Option<usize>,
    /// Which chapter of it; `null` for a sting.
    pub chapter: Option<u32>,
    /// How important it is; of articles that say it.
    pub priority: Option<Priority>,
    /// Whether it was asked for.
    pub must: bool,
    /// Its first frame in the programme.
    pub start: Frames,
    /// How long it is, without the silence behind.
    pub frames: Frames,
    /// The silence behind it, which is in its file.
    pub gap: Frames,
    /// Its own sound.
    #[serde(flatten)]
    pub sound: SoundOfRundown,
    /// Who would announce it might say this: kicker, headline, deck and byline.
    pub intro: String,
    /// The first words that are heard; empty where there are none.
    pub in_cue: String,
    /// The last words that are heard.
    pub out_cue: String,
}

/// What a sound of the programme is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RundownKind {
    /// The greeting of the first edition.
    Opening,
    /// A sound between others.
    Sting,
    /// An article.
    Article,
    /// The last words.
    SignOff,
}

/// An article that is not in the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Which edition it is from, counted from 0.
    pub edition: usize,
    /// Which chapter of it.
    pub chapter: u32,
    /// Its title.
    pub title: String,
    /// How important it is; of articles that say it.
    pub priority: Option<Priority>,
    /// How long it would be at its own pace.
    pub frames: Frames,
    /// Why it is not there.
    pub why: Why,
}

/// Why an article is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Why {
    /// With opening, sign-off and what must be there it alone is longer than the slot.
    TooLong {
        /// So much, at the fastest pace.
        over: Frames,
    },
    /// There was no room beside what is more important or fits better.
    NoRoom {
        /// So much longer than allowed the programme would be with it, at the fastest
        /// pace.
        over: Frames,
    },
    /// There was room, but not for a whole programme of this length: others fit it
    /// better.
    OthersFit,
}

impl Why {
    /// The same in frames of another rate.
    pub fn at(self, from: SampleRate, to: SampleRate) -> Why {
        match self {
            Why::TooLong { over } => Why::TooLong {
                over: over.at(from, to),
            },
            Why::NoRoom { over } => Why::NoRoom {
                over: over.at(from, to),
            },
            Why::OthersFit => Why::OthersFit,
        }
    }
}

/// Why a programme cannot be as long as its slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "trouble", rename_all = "snake_case")]
pub enum Trouble {
    /// What must be in it is longer, at the fastest pace.
    TooLong {
        /// So much longer than the slot.
        over: Frames,
    },
    /// All that fits is shorter, at the slowest pace.
    TooShort {
        /// So much shorter than the slot.
        under: Frames,
    },
}

/// A time of day, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TimeOfDay {
    /// Seconds after midnight, below 86,400.
    seconds: u32,
}

/// Seconds of a day.
const DAY: u64 = 86_400;

impl TimeOfDay {
    /// The time so many frames later, to the nearest second; after midnight it begins
    /// anew.
    pub fn after(self, frames: Frames, rate: SampleRate) -> TimeOfDay {
        let rate = u64::from(rate.0.max(1));
        let seconds = (frames.0 + rate / 2) / rate;
        TimeOfDay {
            seconds: ((u64::from(self.seconds) + seconds) % DAY) as u32,
        }
    }

    /// The time so many frames earlier, to the nearest second.
    pub fn before(self, frames: Frames, rate: SampleRate) -> TimeOfDay {
        let rate = u64::from(rate.0.max(1));
        let seconds = (frames.0 + rate / 2) / rate % DAY;
        TimeOfDay {
            seconds: ((u64::from(self.seconds) + DAY - seconds) % DAY) as u32,
        }
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let s = self.seconds;
        write!(f, "{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
    }
}

impl std::str::FromStr for TimeOfDay {
    type Err = String;

    /// `7:30`, `07:30` or `07:30:15`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no time of day, such as 07:30 or 19:05:30");
        let parts: Vec<&str> = text.split(':').collect();
        let digits = |p: &&str| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit());
        if !(2..=3).contains(&parts.len()) || !parts.iter().all(digits) {
            return Err(wrong());
        }
        let number = |i: usize| {
            parts
                .get(i)
                .and_then(|p| p.parse::<u32>().ok())
                .unwrap_or(0)
        };
        let (h, m, s) = (number(0), number(1), number(2));
        match h < 24 && m < 60 && s < 60 {
            true => Ok(TimeOfDay {
                seconds: h * 3600 + m * 60 + s,
            }),
            false => Err(wrong()),
        }
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> String {
        time.to_string()
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_strictly_and_go_round() {
        let time = |text: &str| text.parse::<TimeOfDay>();
        assert_eq!(time("7:30").unwrap().to_string(), "07:30:00");
        assert_eq!(time("23:59:58").unwrap().to_string(), "23:59:58");
        for wrong in [
            "",
            "7",
            "24:00",
            "7:60",
            "7:30:60",
            "7:3a",
            "-1:00",
            "07:30:00:00",
            "007:30",
        ] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
        let rate = SampleRate::MASTER;
        let late = time("23:59:58").unwrap();
        assert_eq!(late.after(Frames(24_000 * 3), rate).to_string(), "00:00:01");
        assert_eq!(late.after(Frames(11_999), rate), late);
        let early = time("00:00:01").unwrap();
        assert_eq!(early.before(Frames(24_000 * 3), rate), late);
    }
}
