//! Where the platform plays and gives no samples, or the program was built
//! without it: every attempt says so and names what can.

use std::io::{BufRead, Write};
use std::path::Path;

use super::{Say, Setup};
use crate::diag::{Fault, Result};
use crate::model::Pcm;
use crate::speech::SayError;

/// No service is ever started here.
#[derive(Debug, Default)]
pub struct Desk;

impl Desk {
    /// What speaks: nothing here.
    ///
    /// # Errors
    /// Always.
    pub fn version(&self, _setup: &Setup) -> Result<String> {
        Err(no_samples())
    }

    /// Has something said: not here.
    ///
    /// # Errors
    /// Always.
    pub fn say(&self, _setup: &Setup, _say: &Say) -> Result<Pcm, SayError> {
        Err(no_samples().into())
    }
}

/// What a voice would need: a system that gives samples.
pub fn missing(_setup: &Setup) -> Option<Fault> {
    Some(no_samples())
}

/// The helper of the engine: not here.
///
/// # Errors
/// Always.
pub fn serve(_folder: &Path, _input: impl BufRead, _output: impl Write) -> Result<()> {
    Err(no_samples())
}

fn no_samples() -> Fault {
    if cfg!(feature = "platform") {
        Fault::new(
            "this system's own voices play and give no samples, so no edition is made with them",
        )
        .help(
            "choose the cast `calm`, or a voice of an external program such as `say` \
                 (`tingbao voices`); `tingbao say` speaks through the system",
        )
    } else {
        Fault::new("this program was built without the platform's voices")
            .help("build it with the feature `platform`, or choose the cast `calm`")
    }
}
