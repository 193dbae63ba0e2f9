//! In place of the encoder, where the program was built without one.

use std::io::Write;
use std::marker::PhantomData;

use crate::diag::{Fault, Result};

/// An MP3 file that cannot be.
pub struct Mp3<W>(PhantomData<W>);

impl<W: Write> Mp3<W> {
    /// Says that there is no encoder.
    ///
    /// # Errors
    /// Always.
    pub fn new(_out: W) -> Result<Self> {
        Err(missing())
    }

    /// Is never called.
    ///
    /// # Errors
    /// Always.
    pub fn add(&mut self, _samples: &[f32]) -> Result<()> {
        Err(missing())
    }

    /// Is never called.
    ///
    /// # Errors
    /// Always.
    pub fn finish(self) -> Result<u64> {
        Err(missing())
    }
}

fn missing() -> Fault {
    Fault::new("this program was built without the encoder for MP3").help(
        "build it with the feature `mp3` (a default one), or make no listener's set: --listener=none",
    )
}
