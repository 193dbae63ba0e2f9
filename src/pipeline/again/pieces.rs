//! How fast a chapter is spoken again, and what it is made of then.

use super::super::plan::PlannedChunk;
use crate::model::{Cue, Frames, Millis, Role, SampleRate, Speed};
use crate::rundown::Load;

/// How fast a chapter is spoken again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tempo {
    /// Every chunk at its own speed times this.
    Times(f32),
    /// Every chunk at this speed.
    At(Speed),
}

/// How a chapter is spoken again. Speeds are held in what each voice bears.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// The speed of the voices.
    pub tempo: Tempo,
    /// What every pause is multiplied with.
    pub pauses: f64,
}

impl Pace {
    /// As the edition was spoken.
    pub const SAME: Pace = Pace {
        tempo: Tempo::Times(1.0),
        pauses: 1.0,
    };
}

/// One of its chapters at the pace that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct AgainChapter {
    /// The chapter's number.
    pub number: u32,
    pub(super) lead_in: Millis,
    pub(super) pieces: Vec<Piece>,
}

/// What a chapter is made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// A voice speaks it.
    Chunk {
        /// What it says.
        chunk: Box<PlannedChunk>,
        /// How long its sound is in the edition, the pauses between its parts included.
        was: Frames,
        /// The speed that was wanted, which its voice may not bear.
        wanted: Speed,
    },
    /// A recording or sting: its sound is in the chapter as it is.
    Cut {
        /// The cue in the chapter as it is.
        cue: Cue,
        /// Where its sound begins.
        from: Frames,
        /// The silence after it.
        pause: Millis,
    },
}

impl AgainChapter {
    /// The block that its first chunk belongs to.
    pub fn first_block(&self) -> Option<u32> {
        self.pieces.iter().map(|p| p.belongs().1).find(|b| *b > 0)
    }

    /// What of it `keep` wants, by role and block, without silence before and behind.
    pub fn only(mut self, keep: impl Fn(Role, u32) -> bool) -> AgainChapter {
        self.pieces.retain(|piece| {
            let (role, block) = piece.belongs();
            keep(role, block)
        });
        self.lead_in = Millis(0);
        if let Some(last) = self.pieces.last_mut() {
            *last.pause_mut() = Millis(0);
        }
        self
    }

    /// The silences of it, but for those between the parts of a chunk.
    pub fn pauses(&self) -> Frames {
        let rate = SampleRate::MASTER;
        let pauses = self.pieces.iter().map(|p| p.pause().frames(rate));
        self.lead_in.frames(rate) + pauses.sum()
    }

    /// How much faster than wanted its chunks are spoken, because their voices bear no
    /// slower speed: 1.0 when they bear it, 1.2 when they read a fifth too fast.
    pub fn too_fast(&self) -> f64 {
        let (mut sound, mut wanted_sound) = (0.0, 0.0);
        for piece in &self.pieces {
            if let Piece::Chunk { chunk, was, wanted } = piece {
                let was = was.0 as f64;
                sound += was / f64::from(chunk.chunk.speed.0);
                wanted_sound += was / f64::from(wanted.0.min(chunk.chunk.speed.0));
            }
        }
        if sound > 0.0 {
            wanted_sound / sound
        } else {
            1.0
        }
    }

    /// How long it is when its chunks are as long as they are in the edition.
    pub fn load(&self) -> Load {
        let mut load = Load {
            pauses: self.pauses(),
            ..Load::default()
        };
        for piece in &self.pieces {
            match piece {
                Piece::Chunk { was, .. } => load.speech += *was,
                Piece::Cut { cue, from, .. } => load.fixed += cue.speech_end - *from,
            }
        }
        load
    }
}

impl Piece {
    /// Its role and block.
    pub(super) fn belongs(&self) -> (Role, u32) {
        match self {
            Piece::Chunk { chunk, .. } => (chunk.chunk.role, chunk.chunk.block),
            Piece::Cut { cue, .. } => (cue.role, cue.block),
        }
    }

    pub(super) fn pause(&self) -> Millis {
        match self {
            Piece::Chunk { chunk, .. } => chunk.chunk.pause_after,
            Piece::Cut { pause, .. } => *pause,
        }
    }

    pub(super) fn pause_mut(&mut self) -> &mut Millis {
        match self {
            Piece::Chunk { chunk, .. } => &mut chunk.chunk.pause_after,
            Piece::Cut { pause, .. } => pause,
        }
    }
}
