//! The embedded neural voice: Kokoro-82M, run by the pure-Rust runtime `rten`.
//!
//! The model has no random operator, and every utterance is computed on one
//! thread, so that the same reading gives the same samples whichever worker
//! says it and however many there are.

mod edges;
pub mod patch;
mod phonemes;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rten::{Model as Network, ModelOptions, NodeId, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use sha2::{Digest, Sha256};

use super::catalogue::Catalogue;
use super::files::{self, hex};
use super::manifest::{Manifest, Model, Style};
use super::{Engine, SayError};
use crate::diag::{Fault, Result};
use crate::model::{Pcm, Reading, Speed};

/// Raised when a change here changes the sound of the same tokens.
const VERSION: &str = "kokoro 3, rten 0.27.0";

/// Length of a style vector.
const STYLE: usize = 256;

/// The engine of all voices whose manifest says `engine = "kokoro"`.
pub struct Kokoro {
    data_dir: PathBuf,
    catalogue: Arc<Catalogue>,
    /// By model name; opened, read and verified at the first word.
    network: OnceLock<Result<Opened>>,
    /// By voice name.
    styles: Mutex<HashMap<String, Arc<[f32]>>>,
    /// One-thread pools that no worker uses now. A pool each keeps workers from
    /// sharing threads, and a run from depending on how many there are.
    idle: Mutex<Vec<Arc<ThreadPool>>>,
}

struct Opened {
    network: Network,
    tokens: NodeId,
    style: NodeId,
    speed: NodeId,
    audio: NodeId,
}

impl Kokoro {
    /// An engine whose files lie under `data_dir`; opens nothing yet.
    pub fn new(data_dir: &Path, catalogue: Arc<Catalogue>) -> Self {
        Kokoro {
            data_dir: data_dir.to_path_buf(),
            catalogue,
            network: OnceLock::new(),
            styles: Mutex::default(),
            idle: Mutex::default(),
        }
    }

    /// What the catalogue knows of a voice of this engine.
    fn known(&self, voice: &str) -> Result<(&Manifest, &Model, &Style)> {
        let manifest = self.catalogue.voice(voice)?;
        match (self.catalogue.model_of(manifest)?, &manifest.style) {
            (Some(model), Some(style)) => Ok((manifest, model, style)),
            _ => Err(Fault::new(format!(
                "`{voice}` is not a voice of the kokoro engine"
            ))),
        }
    }

    fn opened(&self, manifest: &Manifest, model: &Model) -> Result<&Opened> {
        self.network
            .get_or_init(|| {
                let bytes = files::read(&self.data_dir, model, &model.installed, manifest)?;
                Opened::load(bytes).map_err(|why| {
                    Fault::new(format!("cannot open the model `{}`: {why}", model.name))
                        .help("please report this as a bug")
                })
            })
            .as_ref()
            .map_err(Fault::clone)
    }

    fn style(&self, manifest: &Manifest, model: &Model, style: &Style) -> Result<Arc<[f32]>> {
        let mut styles = lock(&self.styles);
        if let Some(table) = styles.get(&manifest.name) {
            return Ok(table.clone());
        }
        let bytes = files::read(&self.data_dir, model, &style.installed, manifest)?;
        let (floats, _) = bytes.as_chunks::<4>();
        let table: Arc<[f32]> = floats.iter().map(|b| f32::from_le_bytes(*b)).collect();
        styles.insert(manifest.name.clone(), table.clone());
        Ok(table)
    }

    /// Runs `work` with a thread pool of its own.
    fn with_pool<T>(&self, work: impl FnOnce(Arc<ThreadPool>) -> T) -> T {
        let idle = lock(&self.idle).pop();
        let pool = idle.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let result = work(pool.clone());
        lock(&self.idle).push(pool);
        result
    }
}

impl Opened {
    fn load(bytes: Vec<u8>) -> Result<Self, String> {
        let network = ModelOptions::with_all_ops()
            .load(bytes)
            .map_err(|e| e.to_string())?;
        let id = |name| network.node_id(name).map_err(|e| e.to_string());
        Ok(Opened {
            tokens: id("tokens")?,
            style: id("style")?,
            speed: id("speed")?,
            audio: id("audio")?,
            network,
        })
    }

    fn run(
        &self,
        ids: Vec<i32>,
        style: &[f32],
        speed: Speed,
        pool: Arc<ThreadPool>,
    ) -> Result<Vec<f32>, String> {
        let tokens = NdTensor::from_data([1, ids.len()], ids);
        let style = NdTensor::from_data([1, STYLE], style.to_vec());
        let speed = NdTensor::from_data([1], vec![speed.0]);
        let options = RunOptions::default().with_thread_pool(Some(pool));
        let outputs = self
            .network
            .run(
                vec![
                    (self.tokens, tokens.into()),
                    (self.style, style.into()),
                    (self.speed, speed.into()),
                ],
                &[self.audio],
                Some(options),
            )
            .map_err(|e| e.to_string())?;
        let audio = outputs.into_iter().next().ok_or("it gave no output")?;
        let audio: NdTensor<f32, 1> = audio
            .try_into()
            .map_err(|_| "its output is not a row of samples")?;
        Ok(audio.into_data())
    }
}

impl Engine for Kokoro {
    fn identity(&self, voice: &str) -> Result<String> {
        let (_, model, style) = self.known(voice)?;
        let tables = Sha256::digest(phonemes::TABLES.concat());
        Ok(format!(
            "{VERSION}, model {}, style {}, tables {}",
            model.installed.sha256,
            style.installed.sha256,
            hex(&tables[..8])
        ))
    }

    fn say(&self, reading: &Reading, voice: &str, speed: Speed) -> Result<Pcm, SayError> {
        let (manifest, model, style) = self.known(voice)?;
        if !(0.3..=3.0).contains(&speed.0) {
            return Err(SayError::Unsayable(format!(
                "`{voice}` does not speak at speed {speed}"
            )));
        }
        let ids = tokens(reading)?;
        let table = self.style(manifest, model, style)?;
        let opened = self.opened(manifest, model)?;
        // The row for a sequence of n tokens, the zeros around it not counted.
        let row = (ids.len() - 3) * STYLE;
        let style = table.get(row..row + STYLE).ok_or_else(|| {
            SayError::Unsayable(format!(
                "`{voice}` has no style for {} tokens",
                ids.len() - 2
            ))
        })?;
        let mut samples = self
            .with_pool(|pool| opened.run(ids, style, speed, pool))
            .map_err(|why| {
                SayError::Unsayable(format!("the model failed at `{}`: {why}", reading.spoken))
            })?;
        edges::silence_cracks(&mut samples, manifest.sample_rate.0);
        Ok(Pcm {
            rate: manifest.sample_rate,
            samples,
        })
    }
}

/// What the model is given for a reading: token ids, a 0 before and after.
///
/// # Errors
/// [`SayError::Unsayable`] when there is nothing to say, a syllable has no
/// sound, or there are more tokens than the model takes.
pub fn tokens(reading: &Reading) -> Result<Vec<i32>, SayError> {
    phonemes::ids(&phonemes::phonemes(reading)?)
}

/// What is behind these locks is whole whenever they are free, so a worker that
/// panicked while holding one spoils nothing.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::sample::reading;

    fn nowhere() -> Kokoro {
        let catalogue = Catalogue::built_in().unwrap().clone();
        Kokoro::new(Path::new("/nowhere"), Arc::new(catalogue))
    }

    #[test]
    fn the_identity_needs_no_files_and_tells_voices_apart() {
        let engine = nowhere();
        let one = engine.identity("zm_yunjian").unwrap();
        assert_ne!(one, engine.identity("zf_xiaobei").unwrap());
        assert_eq!(one.lines().count(), 1);
        assert!(engine.identity("tone").is_err());
    }

    #[test]
    fn the_identity_names_the_runtime_that_is_built_in() {
        let lock = include_str!("../../../Cargo.lock");
        let at = lock.find("name = \"rten\"\n").unwrap();
        let version = lock[at..].lines().nth(1).unwrap();
        let version = version.trim_start_matches("version = ").trim_matches('"');
        assert!(VERSION.ends_with(&format!("rten {version}")), "{version}");
    }

    #[test]
    fn content_is_judged_before_files_are_looked_for() {
        let engine = nowhere();
        let say = |line: &str, speed| engine.say(&reading(line), "zm_yunjian", Speed(speed));
        assert!(matches!(say("xqz1", 1.0), Err(SayError::Unsayable(_))));
        assert!(matches!(say("。", 1.0), Err(SayError::Unsayable(_))));
        assert!(matches!(say("a1", f32::NAN), Err(SayError::Unsayable(_))));
        let Err(SayError::Fault(fault)) = say("a1", 1.0) else {
            panic!("a voice that is not there spoke");
        };
        assert_eq!(fault.message, "the voice `zm_yunjian` is not installed");
        assert_eq!(
            fault.help.unwrap(),
            "run `tingbao voices install zm_yunjian`"
        );
    }
}
