//! What a radio station gets, and how loud.

use std::fmt;
use std::str::FromStr;

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use super::units::{Dbtp, Lufs};

/// The radio set of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RadioSet {
    /// How loud the files are.
    pub level: Level,
    /// How exact their samples are.
    pub bits: Bits,
    /// How many channels they have.
    pub channels: Channels,
    /// So many days from the on the items may be broadcast, its own day
    /// included; 0 for ever.
    pub days: u16,
}

impl RadioSet {
    /// The folder of the set in the edition's.
    pub const FOLDER: &str = "radio";
    /// The rate of its files in hertz.
    pub const RATE: u32 = 48_000;
}

impl Default for RadioSet {
    /// What the European Broadcasting Union asks of programmes, for the week until the
    /// next issue.
    fn default() -> Self {
        RadioSet {
            level: Level::Ebu,
            bits: Bits::default(),
            channels: Channels::default(),
            days: 7,
        }
    }
}

/// How exact a sample is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ValueEnum)]
pub enum Bits {
    /// 16 bits, dithered
    #[serde(rename = "16")]
    #[value(name = "16")]
    Sixteen,
    /// 24 bits
    #[default]
    #[serde(rename = "24")]
    #[value(name = "24")]
    TwentyFour,
}

impl Bits {
    /// How many.
    pub fn count(self) -> u16 {
        match self {
            Bits::Sixteen => 16,
            Bits::TwentyFour => 24,
        }
    }
}

/// How many channels a file of one voice has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Channels {
    /// One
    #[default]
    Mono,
    /// Two that are the same, for players that know stereo only
    Dual,
}

impl Channels {
    /// Two where `dual` is wanted, one otherwise.
    pub fn of(dual: bool) -> Channels {
        match dual {
            true => Channels::Dual,
            false => Channels::Mono,
        }
    }

    /// How many.
    pub fn count(self) -> u16 {
        match self {
            Channels::Mono => 1,
            Channels::Dual => 2,
        }
    }
}

/// Whose rule a programme's loudness follows. What each asks for stands in
/// `audio::targets`.
///
/// The loudness is that of the file as a meter shows it (ITU-R BS.1770-4): of a mono
/// file its one channel, of dual mono the sum of both, so that each channel of such a
/// file is 3 dB lower than that of a mono file of the same loudness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Level {
    /// EBU R 128.
    Ebu,
    /// GY/T 282 of China's radio and television administration.
    Gyt,
    /// AES TD1008, speech on streams.
    Aes,
    /// What podcast services ask for.
    Podcast,
    /// The station's own: tenths of a LUFS.
    Own(i16),
}

impl Level {
    /// The named ones.
    pub const NAMED: [(&str, Level); 4] = [
        ("r128", Level::Ebu),
        ("gyt282", Level::Gyt),
        ("td1008", Level::Aes),
        ("podcast", Level::Podcast),
    ];
    /// What a station may ask for, in tenths of a LUFS: softer, and listeners turn the
    /// radio up; louder, and the limiter would have to work on every word.
    const OWN: std::ops::RangeInclusive<i16> = -360..=-120;
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Level::Own(tenths) => write!(f, "{:.1}", f64::from(*tenths) / 10.0),
            named => {
                let name = Level::NAMED.iter().find(|(_, level)| level == named);
                f.write_str(name.map_or("", |(name, _)| name))
            }
        }
    }
}

impl FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some((_, level)) = Level::NAMED.iter().find(|(name, _)| *name == text) {
            return Ok(*level);
        }
        let names: Vec<&str> = Level::NAMED.iter().map(|(name, _)| *name).collect();
        let number: f64 = text.parse().map_err(|_| {
            format!(
                "there is no level `{text}` (known: {}, or a number of LUFS)",
                names.join(", ")
            )
        })?;
        let tenths = (number * 10.0).round();
        let known = f64::from(*Level::OWN.start())..=f64::from(*Level::OWN.end());
        match known.contains(&tenths) {
            true => Ok(Level::Own(tenths as i16)),
            false => Err(format!(
                "a level of {text} LUFS is not for broadcasting: give one from -36 to -12"
            )),
        }
    }
}

impl From<Level> for String {
    fn from(level: Level) -> String {
        level.to_string()
    }
}

impl TryFrom<String> for Level {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

/// What a programme measures, as Broadcast Wave Files state it (EBU Tech 3285, version
/// 2); a value that cannot be measured is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measures {
    /// Integrated loudness.
    pub integrated: Option<Lufs>,
    /// Loudness range, LU (EBU Tech 3342).
    pub range: Option<f64>,
    /// The highest true peak.
    pub true_peak: Option<Dbtp>,
    /// The highest loudness of 400 ms.
    pub momentary: Option<Lufs>,
    /// The highest loudness of 3 s.
    pub short_term: Option<Lufs>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_as_they_are_written() {
        for (name, level) in Level::NAMED {
            assert_eq!(name.parse(), Ok(level));
            assert_eq!(level.to_string(), name);
        }
        assert_eq!("-20.5".parse(), Ok(Level::Own(-205)));
        assert_eq!(Level::Own(-205).to_string(), "-20.5");
        assert!("r129".parse::<Level>().unwrap_err().contains("gyt282"));
        for wrong in ["0", "-40", "NaN", "-inf", "", "-11.9"] {
            assert!(wrong.parse::<Level>().is_err(), "{wrong}");
        }
    }
}
