//! Broadcast Wave Files: sound with what a station's automation must know of it.
//!
//! A file is RIFF, or RF64 (EBU Tech 3306) once it passes 4 GiB. Everything that is said
//! of the sound stands before it, for readers that stop at the samples: `bext` (EBU
//! Tech 3285), `cart` (AES46), `LIST`/`INFO`, `cue ` and `LIST`/`adtl` (Microsoft and
//! IBM, "Multimedia Programming Interface", 1991), and an ID3 tag. `bext` and `cart`
//! know ASCII only ([`Ascii`]); titles as they are printed stand in the others, in
//! UTF-8 and in the tag.

mod ascii;
mod bext;
mod cart;
mod chunk;
mod cues;
mod info;
mod meter;
mod writer;

pub use ascii::Ascii;
pub use bext::{Bext, coding_history};
pub use cart::{Cart, Timer, TimerUse};
pub use cues::Marker;
pub use info::Info;
pub use meter::ProgrammeMeter;
pub use writer::{Stated, Writer, state};

use crate::model::{Bits, Channels, SampleRate};

/// What the samples of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    /// Frames a second.
    pub rate: SampleRate,
    /// How exact a sample is.
    pub bits: Bits,
    /// How many channels there are.
    pub channels: Channels,
}

impl Format {
    /// Bytes of one frame.
    pub fn frame_bytes(self) -> u16 {
        self.channels.count() * self.bits.count() / 8
    }
}

/// What is said of a sound.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct About {
    /// What the programme is and where it comes from.
    pub bext: Bext,
    /// What automation needs to schedule it.
    pub cart: Cart,
    /// Titles as they are printed.
    pub info: Vec<Info>,
    /// Places in it, in order.
    pub markers: Vec<Marker>,
    /// An ID3 tag; none when empty.
    pub id3: Vec<u8>,
}
