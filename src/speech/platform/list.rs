//! The voices of the platform's own speech service, through the crate `tts`:
//! Speech Dispatcher on Linux, the system's voices elsewhere. Here they are
//! listed only; they play and give no samples, so no edition is made with them.

use std::collections::HashSet;

use serde::Serialize;

use crate::diag::{Fault, Result};

/// A voice of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlatformVoice {
    /// What the service calls it.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// Its language, BCP 47.
    pub language: String,
}

impl PlatformVoice {
    /// The voice that this one is a variant of, as eSpeak NG names them
    /// (`Chinese+Adam`).
    fn base(&self) -> Option<&str> {
        self.id.split_once('+').map(|(base, _)| base)
    }
}

/// Every voice with its variants. A variant whose voice is not listed stands for
/// itself.
pub fn families(voices: &[PlatformVoice]) -> Vec<(&PlatformVoice, Vec<&PlatformVoice>)> {
    let mut families: Vec<(&PlatformVoice, Vec<&PlatformVoice>)> = Vec::new();
    let bases: HashSet<&str> = (voices.iter())
        .filter(|v| v.base().is_none())
        .map(|v| v.id.as_str())
        .collect();
    let stands = |v: &&PlatformVoice| v.base().is_none_or(|base| !bases.contains(base));
    for voice in voices.iter().filter(stands) {
        let of_it =
            |v: &&PlatformVoice| v.base() == Some(&voice.id) && v.language == voice.language;
        families.push((voice, voices.iter().filter(of_it).collect()));
    }
    families
}

/// The voices of the platform in this language, or in every one. Those of Mandarin and
/// Cantonese are Chinese alike.
///
/// # Errors
/// When the service is not there or does not answer within ten seconds; when
/// the program was built without it.
#[cfg(feature = "platform")]
pub fn voices(language: Option<&str>) -> Result<Vec<PlatformVoice>> {
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use crate::model::main_language;

    let (sender, answer) = mpsc::channel();
    // The service may wait for a sound card that never comes: nobody waits with
    // it. The thread is left behind and ends with the program.
    thread::spawn(move || {
        let voices = tts::Tts::default().and_then(|service| service.voices());
        // Nobody listens any more when it took too long.
        let _ = sender.send(voices.map_err(|e| e.to_string()));
    });
    let help = "on Debian and Ubuntu: `apt install speech-dispatcher speech-dispatcher-espeak-ng`";
    let voices = answer
        .recv_timeout(Duration::from_secs(10))
        .map_err(|_| {
            Fault::new("the platform's speech service does not answer within 10 seconds").help(
                "it may wait for a sound device that is not there: end it by \
                 `pkill -9 speech-dispatcher` and try again",
            )
        })?
        .map_err(|e| {
            let reason = e.to_lowercase();
            Fault::new(format!(
                "the platform's speech service cannot be reached: {reason}"
            ))
            .help(help)
        })?;
    let main = |tag: &str| match main_language(tag) {
        tongue if matches!(tongue.as_str(), "cmn" | "yue") => "zh".to_string(),
        other => other,
    };
    let wanted = language.map(main);
    Ok((voices.iter())
        .map(|v| PlatformVoice {
            id: v.id(),
            name: v.name(),
            language: v.language().to_string(),
        })
        .filter(|v| wanted.as_ref().is_none_or(|w| *w == main(&v.language)))
        .collect())
}

/// The voices of the platform: this build has none.
///
/// # Errors
/// Always.
#[cfg(not(feature = "platform"))]
pub fn voices(_language: Option<&str>) -> Result<Vec<PlatformVoice>> {
    Err(
        Fault::new("this program was built without the platform's voices")
            .help("build it with the feature `platform`"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(id: &str, language: &str) -> PlatformVoice {
        PlatformVoice {
            id: id.into(),
            name: id.into(),
            language: language.into(),
        }
    }

    #[test]
    fn variants_are_told_with_their_voice() {
        let list = [
            voice("Chinese", "cmn"),
            voice("Chinese+Adam", "cmn"),
            voice("Cantonese", "yue"),
            voice("Chinese+Zac", "cmn"),
            voice("Lone+Adam", "cmn"),
        ];
        let told: Vec<(&str, usize)> = (families(&list).into_iter())
            .map(|(voice, variants)| (voice.id.as_str(), variants.len()))
            .collect();
        assert_eq!(told, [("Chinese", 2), ("Cantonese", 0), ("Lone+Adam", 0)]);
    }
}
