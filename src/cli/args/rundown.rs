//! Arguments of `rundown`.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueHint};

use crate::model::{Bits, Level, Millis, RadioSet, TimeOfDay};
use crate::pipeline::Must;

/// Nobody has a slot longer than a day.
const LONGEST: u64 = 24 * 3_600_000;

/// Arguments of `rundown`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    tingbao rundown output/2026-11-hewan --slot 14:30 --at 07:30\n  \
    tingbao rundown output/today output/yesterday --slot 30:00 --must 1,2:3 --stings stings/\n\n\
    Articles are chosen by `priority` in their heads (1 to 5, 3 when not said), then the\n\
    newest edition, then the order in the paper. Silences, pauses and, where these are\n\
    not enough, the speed of the voices make the programme as long as the slot; what\n\
    changes its speed is spoken again. In the folder of stings, files called `opening`\n\
    and `closing` begin and end the programme, the others come between in turn.\n\n\
    Exit codes: 0 it fits, 1 it is the nearest that could be made, 2 nothing made.")]
pub struct RundownArgs {
    /// The editions; opening and sign-off are those of the first
    #[arg(required = true, value_name = "EDITION", value_hint = ValueHint::DirPath)]
    pub editions: Vec<PathBuf>,
    /// How long the programme should be: MM:SS, H:MM:SS, or seconds such as 870s
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true)]
    pub slot: Length,
    /// So far from that it may be
    #[arg(
        long,
        value_name = "LENGTH",
        default_value = "5s",
        allow_hyphen_values = true
    )]
    pub tolerance: Length,
    /// Chapters that must be in it, with commas between; 2:3 is chapter 3 of the second
    /// edition
    #[arg(long, value_name = "CHAPTERS", value_delimiter = ',')]
    pub must: Vec<MustBe>,
    /// A folder of sounds for between the items [default: the edition's own sting]
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub stings: Option<PathBuf>,
    /// What the voices' speeds may be multiplied with
    #[arg(long, value_name = "LEAST..MOST", default_value = "0.95..1.08")]
    pub speed: Speeds,
    /// When the slot begins, for the times of day
    #[arg(long, value_name = "HH:MM")]
    pub at: Option<TimeOfDay>,
    /// How loud the station's files are: r128, gyt282, td1008, podcast, or a number of
    /// LUFS
    #[arg(long, value_name = "LEVEL", default_value = "r128")]
    pub level: Level,
    /// How exact their samples are, in bits
    #[arg(long, value_enum, default_value_t)]
    pub bits: Bits,
    /// Two equal channels in them, for players that know stereo only
    #[arg(long)]
    pub dual_mono: bool,
    /// So many days from the first edition's own on they may be broadcast; 0 for ever
    #[arg(long, value_name = "NUMBER", default_value_t = RadioSet::default().days)]
    pub days: u16,
    /// Only tell what would be played, and how much would have to be spoken for it
    #[arg(long)]
    pub plan: bool,
    /// Where it goes [default: EDITION-rundown]
    #[arg(short, long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
    /// How many chunks are spoken at once, about 400 MB each [default: one per core, at most 8]
    #[arg(long, value_name = "NUMBER", env = "TINGBAO_WORKERS")]
    pub workers: Option<NonZeroUsize>,
    /// Fetch nothing: voices must be installed
    #[arg(long)]
    pub offline: bool,
    /// No progress and no report, only problems
    #[arg(short, long)]
    pub quiet: bool,
    /// Progress and rundown as one JSON object a line
    #[arg(long, conflicts_with = "quiet")]
    pub json: bool,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length(pub Millis);

impl FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is no length of time, such as 14:30 (minutes and seconds), 1:00:00 or 5s"
            )
        };
        let digits =
            |s: &str| !s.is_empty() && s.len() < 10 && s.bytes().all(|b| b.is_ascii_digit());
        // Seconds with up to three decimals.
        let seconds = |s: &str| -> Option<u64> {
            let (whole, part) = s.split_once('.').unwrap_or((s, "0"));
            if !digits(whole) || !digits(part) || part.len() > 3 {
                return None;
            }
            let part: u64 = format!("{part:0<3}").parse().ok()?;
            Some(whole.parse::<u64>().ok()? * 1000 + part)
        };
        let all = if let Some(ms) = text.strip_suffix("ms") {
            digits(ms).then(|| ms.parse().ok()).flatten()
        } else if let Some(s) = text.strip_suffix('s') {
            seconds(s)
        } else {
            let parts: Vec<&str> = text.split(':').collect();
            match parts[..] {
                [m, s] if digits(m) => seconds(s)
                    .filter(|s| *s < 60_000)
                    .and_then(|s| Some(m.parse::<u64>().ok()? * 60_000 + s)),
                [h, m, s] if digits(h) && digits(m) => seconds(s)
                    .filter(|s| *s < 60_000)
                    .zip(m.parse::<u64>().ok().filter(|m| *m < 60))
                    .and_then(|(s, m)| Some((h.parse::<u64>().ok()? * 60 + m) * 60_000 + s)),
                _ => None,
            }
        };
        let all = all.ok_or_else(wrong)?;
        match u32::try_from(all) {
            Ok(ms) if all <= LONGEST => Ok(Length(Millis(ms))),
            _ => Err(format!("`{text}` is longer than a day")),
        }
    }
}

/// A chapter that must be in the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MustBe(pub Must);

impl FromStr for MustBe {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is no chapter, such as 3, or 2:3 for the second edition's");
        let text = text.trim();
        let (edition, chapter) = text.split_once(':').unwrap_or(("1", text));
        let edition: usize = edition.parse().map_err(|_| wrong())?;
        Ok(MustBe(Must {
            edition: edition.checked_sub(1).ok_or_else(wrong)?,
            chapter: chapter.parse().map_err(|_| wrong())?,
        }))
    }
}

/// A range of factors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speeds(pub (f64, f64));

impl FromStr for Speeds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no range of speeds, such as 0.95..1.08");
        let (least, most) = text.split_once("..").ok_or_else(wrong)?;
        let factor = |s: &str| s.trim().parse::<f64>().ok().filter(|x| x.is_finite());
        let range = factor(least).zip(factor(most)).ok_or_else(wrong)?;
        Ok(Speeds(range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_strictly() {
        let length = |text: &str| text.parse::<Length>().map(|l| l.0.0);
        for (text, ms) in [
            ("14:30", 870_000),
            ("0:00", 0),
            ("90:05", 5_405_000),
            ("1:00:00.5", 3_600_500),
            ("5s", 5_000),
            ("2.25s", 2_250),
            ("500ms", 500),
        ] {
            assert_eq!(length(text), Ok(ms), "{text}");
        }
        for wrong in [
            "",
            "14",
            "14:60",
            "1:60:00",
            "-1s",
            "1e3s",
            "1:2:3:4",
            "s",
            "14:3o",
            "25:00:00",
            "99999999999s",
        ] {
            assert!(length(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn chapters_and_speeds_are_read_strictly() {
        let must = |text: &str| text.parse::<MustBe>().map(|m| (m.0.edition, m.0.chapter));
        assert_eq!(must("3"), Ok((0, 3)));
        assert_eq!(must("2:7"), Ok((1, 7)));
        for wrong in ["", "x", "0:1", "1:", ":1", "1.5", "-1"] {
            assert!(must(wrong).is_err(), "{wrong}");
        }
        assert_eq!("0.9..1.1".parse::<Speeds>(), Ok(Speeds((0.9, 1.1))));
        for wrong in ["", "1", "1..", "a..b", "NaN..1", "1..inf"] {
            assert!(wrong.parse::<Speeds>().is_err(), "{wrong}");
        }
    }
}
