//! Voices of any program that leaves a sound file: its manifest gives the command
//! line, and what it leaves is checked as any other take.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;

use super::catalogue::Catalogue;
use super::feed::{Feed, fed};
use super::{Engine, SayError};
use crate::audio::decode;
use crate::diag::{Fault, Result};
use crate::model::{Pcm, Reading, Speed};
use crate::process;
use crate::store;

/// What a manifest says of the command that speaks a voice.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommandSpeech {
    /// The program, by name or path.
    pub program: String,
    /// Its arguments, each with [`PLACEHOLDERS`] filled in. No shell is asked.
    pub args: Vec<String>,
    /// What it is given to read: in a file where `{input}` stands, as an argument
    /// where `{text}` stands, else on its standard input.
    pub feed: Feed,
    /// The ending of the output file, which tells some programs the format.
    #[serde(default = "wav")]
    pub output: String,
    /// What `{voice}` stands for.
    #[serde(default)]
    pub voice: String,
    /// What `{rate}` is at speed 1, such as words a minute.
    #[serde(default = "words_a_minute")]
    pub rate: f32,
    /// How long one chunk may take, in seconds.
    #[serde(default = "half_a_minute")]
    pub timeout: u32,
    /// Arguments that make it tell its version; takes are spoken again when that
    /// changes.
    #[serde(default)]
    pub version: Vec<String>,
    /// What to do where it is not installed.
    pub install: String,
}

/// What may stand in the arguments of a command.
pub const PLACEHOLDERS: &[&str] = &[
    "{text}",
    "{input}",
    "{output}",
    "{speed}",
    "{slowness}",
    "{rate}",
    "{voice}",
];

fn wav() -> String {
    "wav".into()
}

fn words_a_minute() -> f32 {
    175.0
}

fn half_a_minute() -> u32 {
    30
}

impl CommandSpeech {
    /// Whether it can be run.
    ///
    /// # Errors
    /// A lower-case sentence about what cannot be.
    pub fn validate(&self) -> Result<(), String> {
        if self.program.is_empty() {
            return Err("`program` is empty".into());
        }
        if !self.args.iter().any(|a| a.contains("{output}")) {
            return Err("no argument has `{output}`, the file that it is to leave".into());
        }
        for arg in &self.args {
            let rest = PLACEHOLDERS
                .iter()
                .fold(arg.clone(), |a, p| a.replace(p, ""));
            if rest.contains(['{', '}']) {
                return Err(format!(
                    "`{arg}` holds an unknown placeholder; known are {}",
                    PLACEHOLDERS.join(" ")
                ));
            }
        }
        let plain = |c: char| c.is_ascii_alphanumeric();
        if self.output.is_empty() || !self.output.chars().all(plain) {
            return Err(format!("`{}` is not the ending of a file", self.output));
        }
        if !(1..=3600).contains(&self.timeout) || !(1.0..=10_000.0).contains(&self.rate) {
            return Err(format!(
                "`timeout` is {} and `rate` {}; from 1 to 3600 and from 1 to 10000 they may be",
                self.timeout, self.rate
            ));
        }
        Ok(())
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(self.timeout.into())
    }

    /// The command line for one chunk.
    fn line(&self, text: &str, input: &Path, output: &Path, speed: Speed) -> Command {
        let mut command = Command::new(&self.program);
        for arg in &self.args {
            command.arg(
                arg.replace("{input}", &input.display().to_string())
                    .replace("{output}", &output.display().to_string())
                    .replace("{speed}", &format!("{:.3}", speed.0))
                    .replace("{slowness}", &format!("{:.3}", 1.0 / speed.0))
                    .replace("{rate}", &format!("{:.0}", self.rate * speed.0))
                    .replace("{voice}", &self.voice)
                    // Last, so that nothing in the text is taken for a placeholder.
                    .replace("{text}", text),
            );
        }
        command
    }

    /// What of it is not installed, with what to do.
    pub fn missing(&self) -> Option<Fault> {
        missing(&self.program, &self.install)
    }

    fn not_started(&self, error: &std::io::Error) -> Fault {
        not_started(&self.program, &self.install, error)
    }
}

/// What of a voice's program is not installed, with what to do.
pub(super) fn missing(program: &str, install: &str) -> Option<Fault> {
    let missing = Fault::new(format!("the program `{program}`"));
    let found = store::find_program(program).is_some();
    (!found).then(|| missing.help(install))
}

/// The fault of a voice's program that cannot be started.
pub(super) fn not_started(program: &str, install: &str, error: &std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::NotFound => Fault::new(format!(
            "the voice is spoken by the program `{program}`, which is not installed"
        ))
        .help(install),
        _ => Fault::new(format!("cannot run `{program}`: {error}"))
            .help("check `program` in the voice's manifest"),
    }
}

/// What programs say of their versions, each asked once.
#[derive(Default)]
pub(super) struct Versions(Mutex<HashMap<(String, Vec<String>), String>>);

impl Versions {
    /// The version in one line; nothing where the program is not to be asked.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn of(
        &self,
        program: &str,
        args: &[String],
        patience: Duration,
    ) -> std::io::Result<String> {
        if args.is_empty() {
            return Ok(String::new());
        }
        let key = (program.to_string(), args.to_vec());
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(version) = known.get(&key) {
            return Ok(version.clone());
        }
        let answer = process::talk(Command::new(program).args(args), b"", patience)?;
        let said = answer.map(|a| String::from_utf8_lossy(&a.stdout).into_owned());
        let said = said.unwrap_or_default();
        let version = said.split_whitespace().collect::<Vec<_>>().join(" ");
        known.insert(key, version.clone());
        Ok(version)
    }
}

/// The engine of all voices whose manifest says `engine = "command"`.
pub struct Commands {
    catalogue: Arc<Catalogue>,
    versions: Versions,
    /// Whether a chunk was spoken in this run: a command that never was of use is
    /// broken, one that fails at a chunk is not.
    spoke: AtomicBool,
    /// How many chunks in a row were given up for want of time.
    hung: AtomicU32,
}

/// So many chunks may hang one after the other.
const MOST_HUNG: u32 = 3;

impl Commands {
    /// An engine that has not run anything yet.
    pub fn new(catalogue: Arc<Catalogue>) -> Self {
        Commands {
            catalogue,
            versions: Versions::default(),
            spoke: AtomicBool::new(false),
            hung: AtomicU32::new(0),
        }
    }

    fn known(&self, voice: &str) -> Result<&CommandSpeech> {
        let speech = self.catalogue.voice(voice)?.command.as_ref();
        speech.ok_or_else(|| Fault::new(format!("`{voice}` is not a voice of the command engine")))
    }

    /// What a failure means: the first one that of the command, a later one that
    /// of the chunk.
    fn failure(&self, voice: &str, speech: &CommandSpeech, why: &str) -> SayError {
        if self.spoke.load(Ordering::Relaxed) {
            return SayError::Unsayable(why.to_string());
        }
        let fault = Fault::new(format!("the voice `{voice}` cannot speak: {why}"));
        let help = format!(
            "try the command by hand (`--verbose` shows it) and correct the voice's manifest; {}",
            speech.install
        );
        SayError::Fault(fault.help(help))
    }
}

impl Engine for Commands {
    fn identity(&self, voice: &str) -> Result<String> {
        let speech = self.known(voice)?;
        let version = (self.versions)
            .of(&speech.program, &speech.version, speech.patience())
            .map_err(|e| speech.not_started(&e))?;
        let args = serde_json::to_string(&speech.args).unwrap_or_default();
        Ok(format!(
            "command 1, {} {args}, fed {}, voice {}, rate {}, version {version}",
            speech.program, speech.feed, speech.voice, speech.rate
        ))
    }

    fn say(&self, reading: &Reading, voice: &str, speed: Speed) -> Result<Pcm, SayError> {
        let speech = self.known(voice)?;
        let text = fed(reading, speech.feed)?;
        let folder = tempfile::Builder::new().prefix("tingbao-voice-").tempdir();
        let cannot = |e| Fault::new(format!("cannot make a folder for temporary files: {e}"));
        let folder = folder.map_err(cannot)?;
        let input = folder.path().join("text.txt");
        let output = folder.path().join(format!("speech.{}", speech.output));
        let has = |placeholder: &str| speech.args.iter().any(|a| a.contains(placeholder));
        if has("{input}") {
            std::fs::write(&input, &text).map_err(cannot)?;
        }
        let stdin = if has("{input}") || has("{text}") {
            ""
        } else {
            &text
        };
        let mut command = speech.line(&text, &input, &output, speed);
        let answer = process::talk(&mut command, stdin.as_bytes(), speech.patience())
            .map_err(|e| speech.not_started(&e))?;
        let failure = |why: &str| Err(self.failure(voice, speech, why));
        let program = &speech.program;
        let Some(answer) = answer else {
            let seconds = speech.timeout;
            let why = format!("`{program}` did not end within {seconds} seconds");
            // Every piece of every chunk would have to be waited for as long.
            if self.hung.fetch_add(1, Ordering::Relaxed) + 1 >= MOST_HUNG {
                self.spoke.store(false, Ordering::Relaxed);
            }
            return failure(&why);
        };
        self.hung.store(0, Ordering::Relaxed);
        let complaint = answer.complaint().unwrap_or("it gave no reason");
        if !answer.status.success() {
            return failure(&format!(
                "`{program}` failed ({}): {complaint}",
                answer.status
            ));
        }
        let Ok(bytes) = std::fs::read(&output) else {
            return failure(&format!("`{program}` left no sound file: {complaint}"));
        };
        match decode::decode(program, &bytes) {
            Ok(pcm) => {
                self.spoke.store(true, Ordering::Relaxed);
                Ok(pcm.value)
            }
            Err(fault) => failure(&format!("`{program}` left no sound: {}", fault.message)),
        }
    }
}

#[cfg(test)]
#[path = "command_tests.rs"]
mod tests;
