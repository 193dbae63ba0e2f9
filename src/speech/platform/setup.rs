//! What a private service is started with.

use serde::{Deserialize, Serialize};

use super::Writer;

/// The service that a voice needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// The output module of Speech Dispatcher, such as `espeak-ng`.
    pub module: String,
    /// The program of that module, such as `sd_generic`.
    pub binary: String,
    /// Whether it is asked for variants of voices (eSpeak NG has hundreds).
    pub variants: bool,
    /// What the generic module runs, where it is to write its sound itself.
    pub generic: Option<Generic>,
    /// What to do where something is missing.
    pub install: String,
}

/// A voice that the generic module speaks by a program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Generic {
    /// The program.
    pub writer: Writer,
    /// The voice, as the program calls it.
    pub voice: String,
    /// Its language, without the country.
    pub language: String,
    /// How fast it speaks at the highest rate, as a part of its normal speed; at the
    /// lowest as much slower.
    pub fastest: f32,
}

/// Which packages a module needs, on Debian and Ubuntu.
pub fn packages(module: &str) -> String {
    let own = match module {
        "espeak-ng" | "espeak" => "speech-dispatcher-espeak-ng",
        "espeak-ng-mbrola" => "speech-dispatcher-espeak-ng mbrola",
        "festival" => "speech-dispatcher-festival",
        "flite" => "speech-dispatcher-flite",
        "pico" => "speech-dispatcher-pico",
        "rhvoice" => "speech-dispatcher-rhvoice",
        _ => "",
    };
    let more = match module {
        "festival" => "; it needs a running `festival --server`",
        _ if module.ends_with("-generic") => "; and the program that the module runs",
        _ if own.is_empty() => ", and the package that has the module",
        _ => "",
    };
    let apt = format!("apt install speech-dispatcher speech-dispatcher-audio-plugins {own}");
    format!("on Debian and Ubuntu: `{}`{more}", apt.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_of_a_module_are_named() {
        assert!(packages("flite").ends_with(" speech-dispatcher-flite`"));
        assert!(
            packages("mary-generic").ends_with("plugins`; and the program that the module runs")
        );
        assert!(packages("x").ends_with("plugins`, and the package that has the module"));
    }
}
