//! The helper process: starts a private service, speaks to it through the crate
//! `tts`, and hands back what was captured.
//!
//! It is a process of its own because the platform's client library finds its
//! service through the environment, keeps one table of callbacks for a whole
//! process, and may wait without end: a process can be given an environment of
//! its own and can be stopped.

use std::io::{BufRead, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use tts::{Backends, Tts, UtteranceId, Voice};

use super::capture::Capture;
use super::dispatcher::{self, Dispatcher};
use super::wire::Answer;
use crate::diag::{Fault, Result};
use crate::model::Pcm;
use crate::speech::platform::{Say, Setup};
use crate::store::Scratch;

/// How long one utterance may take.
const UTTERANCE: Duration = Duration::from_secs(20);

/// How often it is looked whether the service still lives.
const LOOK: Duration = Duration::from_millis(250);

/// Serves one engine: a `Setup` and then [`Say`]s come in, `Answer`s go out,
/// until the input ends. Everything is kept in `folder`, which is made and
/// removed again.
///
/// # Errors
/// When the engine can no longer be talked to.
pub fn serve(folder: &Path, mut input: impl BufRead, mut output: impl Write) -> Result<()> {
    let lost = |e: std::io::Error| Fault::new(format!("the engine does not listen: {e}"));
    let mut line = String::new();
    input.read_line(&mut line).map_err(lost)?;
    let setup: Setup = read(&line)?;
    dispatcher::clear_away();
    let mut voice = match Mouth::open(folder, &setup) {
        Ok(voice) => voice,
        Err(fault) => return answer(&mut output, &failed(fault, false)).map_err(lost),
    };
    answer(&mut output, &Answer::Ready).map_err(lost)?;
    loop {
        line.clear();
        if input.read_line(&mut line).map_err(lost)? == 0 {
            return Ok(());
        }
        match voice.say(&read(&line)?) {
            Ok(pcm) => {
                let said = Answer::Said {
                    rate: pcm.rate.0,
                    frames: pcm.samples.len(),
                };
                answer(&mut output, &said).map_err(lost)?;
                let samples: Vec<u8> = (pcm.samples.iter())
                    .flat_map(|s| ((s * 32768.0).round() as i16).to_le_bytes())
                    .collect();
                output.write_all(&samples).map_err(lost)?;
                output.flush().map_err(lost)?;
            }
            Err(fault) => {
                let alive = voice.service.alive();
                answer(&mut output, &failed(fault, alive)).map_err(lost)?;
            }
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(line: &str) -> Result<T> {
    serde_json::from_str(line).map_err(|e| {
        Fault::new(format!("this is not what the engine says: {e}"))
            .help("`tingbao` starts this command itself; it is of no use by hand")
    })
}

fn answer(output: &mut impl Write, answer: &Answer) -> std::io::Result<()> {
    serde_json::to_writer(&mut *output, answer)?;
    output.write_all(b"\n")?;
    output.flush()
}

fn failed(fault: Fault, alive: bool) -> Answer {
    Answer::Failed {
        why: fault.message,
        help: fault.help,
        alive,
    }
}

/// What was heard of an utterance.
enum Heard {
    /// It was spoken to its end.
    End(UtteranceId),
    /// It was cut off.
    Stop(UtteranceId),
}

/// A connection to a private service. Fields are dropped in this order: the
/// client before the service, the service before its folder.
struct Mouth {
    client: Tts,
    heard: Receiver<Heard>,
    voices: Vec<Voice>,
    /// What the service was last told to speak with.
    set: Option<Say>,
    /// Whether anything was heard so far.
    spoke: bool,
    capture: Capture,
    service: Dispatcher,
    _scratch: Scratch,
}

impl Mouth {
    fn open(folder: &Path, setup: &Setup) -> Result<Mouth> {
        let scratch = Scratch::make(folder)?;
        let service = Dispatcher::start(folder, setup)?;
        let no = |e: tts::Error| service.fault(&format!("does not answer ({e})"));
        let client = Tts::new(Backends::SpeechDispatcher).map_err(no)?;
        let (sender, heard) = mpsc::channel();
        let ended = sender.clone();
        // Nobody hears of what is said after the helper has given up.
        client
            .on_utterance_end(Some(Box::new(move |id| {
                let _ = ended.send(Heard::End(id));
            })))
            .map_err(no)?;
        client
            .on_utterance_stop(Some(Box::new(move |id| {
                let _ = sender.send(Heard::Stop(id));
            })))
            .map_err(no)?;
        let voices = client.voices().map_err(no)?;
        if voices.is_empty() {
            let module = &setup.module;
            return Err(service.fault(&format!("has no voices by the module `{module}`")));
        }
        Ok(Mouth {
            client,
            heard,
            voices,
            set: None,
            spoke: false,
            capture: Capture::new(&dispatcher::sound(folder)),
            service,
            _scratch: scratch,
        })
    }

    fn say(&mut self, say: &Say) -> Result<Pcm> {
        self.set(say)?;
        let sound = |e| Fault::new(format!("what was spoken cannot be read: {e}"));
        self.capture.begin().map_err(sound)?;
        let id = self.client.speak(say.text.as_str(), false);
        let id = id
            .map_err(|e| self.service.fault(&format!("does not speak ({e})")))?
            .ok_or_else(|| self.service.fault("does not tell when it has spoken"))?;
        let mut waited = Duration::ZERO;
        loop {
            match self.heard.recv_timeout(LOOK) {
                Ok(Heard::End(ended)) if ended == id => break,
                Ok(Heard::Stop(stopped)) if stopped == id => {
                    return Err(self.service.fault("stopped in the middle of an utterance"));
                }
                // An utterance that was given up may still end.
                Ok(_) => {}
                Err(_) if !self.service.alive() => {
                    return Err(self.service.fault("died in the middle of an utterance"));
                }
                Err(_) if waited < UTTERANCE => waited += LOOK,
                Err(_) => {
                    let seconds = UTTERANCE.as_secs();
                    let what = format!("did not end an utterance within {seconds} seconds");
                    return Err(self.service.fault(&what));
                }
            }
        }
        let pcm = self.capture.end().map_err(sound)?;
        self.spoke |= !pcm.samples.is_empty();
        // A program that never spoke is broken; later it is the text it cannot say.
        match self.spoke {
            true => Ok(pcm),
            false => {
                (self.capture.complaint()).map_or(Ok(pcm), |why| Err(self.service.refusal(&why)))
            }
        }
    }

    /// Sets voice, rate, pitch and volume, each where it differs from before.
    fn set(&mut self, say: &Say) -> Result<()> {
        let known = |v: &&Voice| v.id() == say.voice;
        let voice = self.voices.iter().find(known).ok_or_else(|| {
            let what = format!("the platform has no voice called `{}`", say.voice);
            Fault::new(what)
                .help("`tingbao voices --platform` lists them; correct `voice` in the manifest")
        })?;
        let old = self.set.take();
        let differs = |what: fn(&Say) -> f32| old.as_ref().map(what) != Some(what(say));
        let client = &mut self.client;
        let set = (|| {
            // The crate has the service list its voices before it sets one.
            if old.as_ref().is_none_or(|old| old.voice != say.voice) {
                client.set_voice(voice)?;
            }
            if differs(|s| s.rate) {
                let scale = (client.min_rate(), client.normal_rate(), client.max_rate());
                client.set_rate(between(scale, say.rate))?;
            }
            if differs(|s| s.pitch) {
                let scale = (
                    client.min_pitch(),
                    client.normal_pitch(),
                    client.max_pitch(),
                );
                client.set_pitch(between(scale, say.pitch))?;
            }
            if differs(|s| s.volume) {
                let scale = (
                    client.min_volume(),
                    client.normal_volume(),
                    client.max_volume(),
                );
                client.set_volume(between(scale, say.volume))?;
            }
            Ok(())
        })();
        set.map_err(|e: tts::Error| self.service.fault(&format!("takes no settings ({e})")))?;
        self.set = Some(say.clone());
        Ok(())
    }
}

/// A figure from -1 to 1 on the platform's scale: lowest, normal, highest.
fn between((min, normal, max): (f32, f32, f32), at: f32) -> f32 {
    let at = at.clamp(-1.0, 1.0);
    if at < 0.0 {
        normal + at * (normal - min)
    } else {
        normal + at * (max - normal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_laid_on_the_platforms_scale() {
        assert_eq!(between((-100.0, 0.0, 100.0), -0.5), -50.0);
        assert_eq!(between((0.1, 1.0, 10.0), 0.0), 1.0);
        assert_eq!(between((-100.0, 100.0, 100.0), 3.0), 100.0);
    }

    #[test]
    fn nonsense_for_a_setup_is_refused() {
        let folder = Scratch::path("tingbao-test");
        let fault = serve(&folder, &b"hello\n"[..], Vec::new()).unwrap_err();
        assert!(
            fault
                .message
                .starts_with("this is not what the engine says")
        );
        assert!(!folder.exists());
    }
}
