//! The neural voice: how fast, how much memory, how loud, how slow.
//!
//! ```text
//! cargo bench --bench speech                     the sample issue: bare model against the engine's workers
//! cargo bench --bench speech -- PAGE or FOLDER   the same over another input
//! ```
//!
//! The bare model runs the chunks one after another with the runtime's own
//! thread pool (all cores); the engine runs the same chunks with a worker and a
//! thread per core. Both come from one process, one after the other, on a warm
//! model; peak memory (Linux, `VmHWM`) is reset in between. Voices must be
//! installed (`tingbao voices install`).

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rten::{Model, ModelOptions};
use rten_tensor::NdTensor;
use tingbao::diag::{Fault, Result};
use tingbao::model::{Pcm, Reading, Repair, SampleRate, Speed};
use tingbao::pipeline::{self, Input};
use tingbao::speech::{Catalogue, Engine, SayError, Speaker, kokoro};
use tingbao::store::Home;

const SAMPLE: &str = "issues/2026-11-hewan";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let done = match args.split_first() {
        Some((input, _)) => race(input),
        None => race(SAMPLE),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

/// A chunk as a worker gets it.
struct Job {
    reading: Reading,
    voice: String,
    speed: Speed,
}

/// The chunks of an input that have something to say, in order.
fn jobs(input: &str, speaker: &Speaker) -> Result<Vec<Job>> {
    let loaded = pipeline::load(&Input::of(&[PathBuf::from(input)])?, Repair::default())?;
    let plan = pipeline::plan(loaded, None, speaker)?;
    let chunks = plan.chapters.into_iter().flat_map(|c| c.chunks);
    Ok(chunks
        .filter(|c| c.reading.syllables() > 0)
        .map(|c| Job {
            reading: c.reading,
            voice: c.key.voice,
            speed: c.key.speed,
        })
        .collect())
}

// --- speed and memory ---

fn race(input: &str) -> Result<()> {
    let home = Home::of_user()?;
    let speaker = Speaker::open(&home.data)?;
    let jobs = jobs(input, &speaker)?;
    let syllables: usize = jobs.iter().map(|j| j.reading.syllables()).sum();
    let workers = thread::available_parallelism().map_or(1, |n| n.get());
    println!("{input}: {} chunks, {syllables} syllables", jobs.len());

    let bare = Bare::open(&home.data)?;
    bare.say(&jobs[0])?;
    reset_peak();
    let begun = Instant::now();
    let mut samples = 0;
    for job in &jobs {
        samples += bare.say(job)?;
    }
    let alone = begun.elapsed();
    let bare_peak = peak_mb();
    report(
        "bare model, one chunk at a time, all cores",
        samples,
        alone,
        bare_peak,
    );
    drop(bare);

    said(
        speaker
            .engine
            .say(&jobs[0].reading, &jobs[0].voice, jobs[0].speed),
    )?;
    reset_peak();
    let begun = Instant::now();
    let (said, peaks) = together(&*speaker.engine, &jobs, workers)?;
    let shared = begun.elapsed();
    let name = format!("engine, {workers} chunks at a time, a thread each");
    report(&name, said, shared, peak_mb());
    println!("  peak after each quarter of the chunks: {peaks:.0?} MB");
    println!("ratio {:.3}", shared.as_secs_f64() / alone.as_secs_f64());
    Ok(())
}

fn report(name: &str, samples: usize, time: Duration, peak: f64) {
    let seconds = samples as f64 / f64::from(SampleRate::MASTER.0);
    let time = time.as_secs_f64();
    println!(
        "{name}: {seconds:.1} s of sound in {time:.1} s, real-time factor {:.3}, peak {peak:.0} MB",
        time / seconds
    );
}

/// Says all chunks; gives the samples made and the peak memory after each
/// quarter.
fn together(engine: &dyn Engine, jobs: &[Job], workers: usize) -> Result<(usize, Vec<f64>)> {
    let next = AtomicUsize::new(0);
    let peaks = std::sync::Mutex::new(Vec::new());
    let work = || -> Result<usize> {
        let mut samples = 0;
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(at) else {
                return Ok(samples);
            };
            samples += said(engine.say(&job.reading, &job.voice, job.speed))?
                .samples
                .len();
            if (at + 1) * 4 / jobs.len() > at * 4 / jobs.len()
                && let Ok(mut peaks) = peaks.lock()
            {
                peaks.push(peak_mb());
            }
        }
    };
    let samples = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .map(|w| {
                w.join()
                    .unwrap_or_else(|_| Err(Fault::new("a worker panicked")))
            })
            .sum::<Result<usize>>()
    })?;
    Ok((samples, peaks.into_inner().unwrap_or_default()))
}

fn said(take: Result<Pcm, SayError>) -> Result<Pcm> {
    take.map_err(|e| match e {
        SayError::Fault(fault) => fault,
        SayError::Unsayable(why) => Fault::new(why),
    })
}

/// The installed model without anything of ours around it.
struct Bare {
    model: Model,
    folder: PathBuf,
}

impl Bare {
    fn open(data: &Path) -> Result<Self> {
        let model = &Catalogue::built_in()?.models[0];
        let folder = data.join(&model.name);
        let path = folder.join(&model.installed.file);
        let loaded = ModelOptions::with_all_ops().load_file(&path);
        Ok(Bare {
            model: loaded.map_err(|e| failed(format!("{}: {e}", path.display())))?,
            folder,
        })
    }

    /// Gives the number of samples.
    fn say(&self, job: &Job) -> Result<usize> {
        let ids = kokoro::tokens(&job.reading).map_err(failed)?;
        let style = std::fs::read(self.folder.join(format!("{}.bin", job.voice)));
        let style = style.map_err(failed)?;
        let row = (ids.len() - 3) * 1024;
        let style: Vec<f32> = (style[row..row + 1024].as_chunks::<4>().0.iter())
            .map(|b| f32::from_le_bytes(*b))
            .collect();
        let id = |name| self.model.node_id(name).map_err(failed);
        let inputs = vec![
            (
                id("tokens")?,
                NdTensor::from_data([1, ids.len()], ids).into(),
            ),
            (id("style")?, NdTensor::from_data([1, 256], style).into()),
            (
                id("speed")?,
                NdTensor::from_data([1], vec![job.speed.0]).into(),
            ),
        ];
        let [audio] = (self.model)
            .run_n(inputs, [id("audio")?], None)
            .map_err(failed)?;
        let audio: NdTensor<f32, 1> = audio.try_into().map_err(|_| failed("no row of samples"))?;
        Ok(audio.into_data().len())
    }
}

fn failed(why: impl ToString) -> Fault {
    Fault::new(format!("the bare model failed: {}", why.to_string()))
}

/// Peak resident memory since the last reset, in MB; 0 where it is not told.
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kb = line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kb.unwrap_or(0.0) * 1024.0 / 1e6
}

/// Documented in proc_pid_clear_refs(5); elsewhere nothing happens.
fn reset_peak() {
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open("/proc/self/clear_refs");
    let _ = file.and_then(|mut f| f.write_all(b"5"));
}
