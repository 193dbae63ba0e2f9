//! The sound files of a telephone exchange.

use serde::{Deserialize, Serialize};

/// A kind of sound file, by the ending that exchanges know it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Codec {
    /// µ-law, 8 kHz, without a header (ITU-T G.711).
    Ulaw,
    /// A-law, 8 kHz, without a header (ITU-T G.711).
    Alaw,
    /// RIFF WAVE with 16-bit samples, one channel, 8 kHz, and nothing else in it.
    Wav,
    /// 16-bit little-endian samples, one channel, 16 kHz, without a header.
    Sln16,
    /// RIFF WAVE with 16-bit samples, one channel, 16 kHz.
    Wav16,
    /// Two bands in 64 kbit/s, 16 kHz, without a header (ITU-T G.722, mode 1).
    G722,
}

impl Codec {
    /// All of them, in the order in which they are made.
    pub const ALL: [Codec; 6] = [
        Codec::Ulaw,
        Codec::Alaw,
        Codec::Wav,
        Codec::Sln16,
        Codec::Wav16,
        Codec::G722,
    ];

    /// The ending of its files, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Codec::Ulaw => "ulaw",
            Codec::Alaw => "alaw",
            Codec::Wav => "wav",
            Codec::Sln16 => "sln16",
            Codec::Wav16 => "wav16",
            Codec::G722 => "g722",
        }
    }

    /// The kind of a file by its name.
    pub fn of(file: &str) -> Option<Codec> {
        let ending = file.rsplit_once('.')?.1;
        Codec::ALL.into_iter().find(|c| c.ending() == ending)
    }

    /// Whether it is for wideband lines, 16 kHz.
    pub fn is_wide(self) -> bool {
        matches!(self, Codec::Sln16 | Codec::Wav16 | Codec::G722)
    }

    /// The folder of its files in the set. Wideband files have one of their own: an
    /// exchange that finds one beside a narrow file of the same name takes it for a
    /// wideband caller, and Asterisk counts positions as if all files had 8 kHz.
    pub fn folder(self) -> &'static str {
        match self.is_wide() {
            false => "sounds",
            true => "sounds16",
        }
    }
}

/// What a telephone exchange gets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HotlineSet {
    /// Whether there are files for wideband lines besides those of 8 kHz.
    pub wide: bool,
    /// Whether those are there in G.722 too, as telephones of the house carry it.
    #[serde(default)]
    pub g722: bool,
}

impl HotlineSet {
    /// The folder of the set in the edition's.
    pub const FOLDER: &str = "hotline";

    /// The kinds of sound files in it.
    pub fn codecs(self) -> impl Iterator<Item = Codec> {
        Codec::ALL.into_iter().filter(move |codec| match codec {
            Codec::G722 => self.g722,
            codec => self.wide || !codec.is_wide(),
        })
    }
}
