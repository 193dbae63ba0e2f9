//! A program that the platform's speech service runs for every utterance and that
//! leaves its sound in a file.
//!
//! Speech Dispatcher's own modules hand their sound to the service, which (in 0.11)
//! reads it from a pipe byte by byte: more than half of the time of a fast voice. Its
//! generic module (`sd_generic`) runs any command line instead; one that writes a file
//! costs next to nothing beyond the program itself.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::speech::command::Versions;

/// How long it may take to tell its version.
const PATIENCE: Duration = Duration::from_secs(10);
/// What may stand in the arguments.
const PLACEHOLDERS: [&str; 5] = ["{voice}", "{rate}", "{pitch}", "{volume}", "{output}"];

/// What a manifest says of the program, in `[platform.writer]`. It is given the text on
/// its standard input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Writer {
    /// The program, by name or path.
    pub program: String,
    /// Its arguments, each with these filled in: `{voice}`, `{rate}`, `{pitch}`,
    /// `{volume}`, and `{output}`, the WAV file that it is to leave.
    pub args: Vec<String>,
    /// What `{rate}` is at speed 1, such as words a minute.
    pub rate: f32,
    /// What `{pitch}` is where nothing is changed; from 0 to twice that it may become.
    #[serde(default = "fifty")]
    pub pitch: f32,
    /// What `{volume}` is where nothing is changed; down to 0 it may become.
    #[serde(default = "hundred")]
    pub volume: f32,
    /// Arguments that make it tell its version; takes are spoken again when that changes.
    #[serde(default)]
    pub version: Vec<String>,
}

fn fifty() -> f32 {
    50.0
}

fn hundred() -> f32 {
    100.0
}

impl Writer {
    /// Whether it can be run. Everything goes into a line for a shell, in a
    /// configuration file: only what needs no quoting there is taken.
    ///
    /// # Errors
    /// A lower-case sentence about what cannot be.
    pub fn validate(&self, voice: &str) -> Result<(), String> {
        if !self.args.iter().any(|a| a.contains("{output}")) {
            return Err("no argument has `{output}`, the file that it is to leave".into());
        }
        let plain = |c: char| c.is_alphanumeric() || " _-+=.,:/@%".contains(c);
        let words = self.args.iter().map(String::as_str);
        for word in [self.program.as_str(), voice].into_iter().chain(words) {
            let rest = (PLACEHOLDERS.iter()).fold(word.to_string(), |a, p| a.replace(p, ""));
            if word.is_empty() || !rest.chars().all(plain) {
                return Err(format!(
                    "`{word}` cannot stand in the line of a writer: letters, digits and \
                     `_-+=.,:/@%` can, and {}",
                    PLACEHOLDERS.join(" ")
                ));
            }
        }
        for figure in [self.rate, self.pitch, self.volume] {
            if !(0.01..=10_000.0).contains(&figure) {
                return Err(format!(
                    "a writer's `rate`, `pitch` and `volume` lie between 0.01 and 10000; \
                     {figure} does not"
                ));
            }
        }
        Ok(())
    }

    /// Everything of it that shapes the sound.
    ///
    /// # Errors
    /// When the program cannot be started.
    pub(super) fn identity(&self, versions: &Versions) -> std::io::Result<String> {
        let version = versions.of(&self.program, &self.version, PATIENCE)?;
        let args = self.args.join(" ");
        let Writer {
            program,
            rate,
            pitch,
            volume,
            ..
        } = self;
        Ok(format!(
            "{program} {args}, rate {rate}, pitch {pitch}, volume {volume}, {version}"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writer() -> Writer {
        Writer {
            program: "espeak-ng".into(),
            args: ["-v", "{voice}", "-w", "{output}"].map(String::from).into(),
            rate: 170.0,
            pitch: 50.0,
            volume: 100.0,
            version: Vec::new(),
        }
    }

    #[test]
    fn what_a_shell_would_read_otherwise_is_refused() {
        assert_eq!(writer().validate("cmn-latn-pinyin"), Ok(()));
        for voice in ["", "x'; rm y", "$(x)", "a\"b", "a\\b", "a\nb", "{speed}"] {
            assert!(writer().validate(voice).is_err(), "{voice}");
        }
        let silent = Writer {
            args: vec!["-v".into()],
            ..writer()
        };
        assert!(silent.validate("cmn").is_err());
        let stopped = Writer {
            rate: 0.0,
            ..writer()
        };
        assert!(stopped.validate("cmn").is_err());
    }
}
