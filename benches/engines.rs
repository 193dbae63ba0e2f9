//! The platform's voice against the bare program behind it.
//!
//! ```text
//! cargo bench --bench engines                     the sample issue
//! cargo bench --bench engines -- PAGE or FOLDER   the same over another input
//! ```
//!
//! The bare program is `espeak-ng -v VOICE -s WORDS -f FILE -w FILE`, once a chunk,
//! one after the other; the engine says the same chunks by one worker, through its
//! private Speech Dispatcher. Both are fed the same text at the same pace. Of several
//! rounds, in turns, the fastest of each counts: other work on the machine only ever
//! makes one slower. The start of the engine is told apart: what the first word of a
//! fresh engine takes longer than the same word again. Needs Linux and what the
//! cast `platform` needs.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use tingbao::diag::{Fault, Result};
use tingbao::model::{Pcm, Reading, Repair, Speed};
use tingbao::pipeline::{self, Input};
use tingbao::speech::feed::fed;
use tingbao::speech::platform::PlatformSpeech;
use tingbao::speech::{Engine, Platform, SayError, Speaker};
use tingbao::store::Home;

const SAMPLE: &str = "issues/2026-11-hewan";
/// The voice, as the program calls what the platform calls by its long name.
const VOICE: &str = "cmn-latn-pinyin";
/// Words a minute at the platform's normal rate.
const WORDS: f32 = 170.0;
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let args: Vec<String> = (std::env::args().skip(1))
        .filter(|a| a != "--bench")
        .collect();
    // The engine starts its own program as its helper: here that is this one.
    if args.first().is_some_and(|a| a == "dev") {
        return tingbao::cli::run(std::env::args_os());
    }
    match race(args.first().map_or(SAMPLE, String::as_str)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

/// A chunk as both get it.
struct Job {
    reading: Reading,
    speed: Speed,
    text: String,
}

fn race(input: &str) -> Result<()> {
    let speaker = Speaker::open(&Home::of_user()?.data)?;
    let voice = speaker.catalogue.voice("platform")?;
    let speech = (voice.platform.clone()).ok_or_else(|| Fault::new("no such voice"))?;
    let jobs = jobs(input, &speaker, &speech)?;
    let syllables: usize = jobs.iter().map(|j| j.reading.syllables()).sum();
    println!("{input}: {} chunks, {syllables} syllables", jobs.len());

    let starts = (0..ROUNDS).map(|_| start(&speaker, &jobs[0]));
    let starts = starts.collect::<Result<Vec<_>>>()?;
    let milliseconds: Vec<u128> = starts.iter().map(Duration::as_millis).collect();
    println!("start of the engine: {milliseconds:?} ms");

    let folder = tempfile::tempdir().map_err(failed)?;
    let engine = Platform::new(speaker.catalogue.clone());
    said(&engine, &jobs[0])?;
    let mut fastest = [Duration::MAX; 2];
    let mut sound = [0.0; 2];
    for _ in 0..ROUNDS {
        let bare = || (jobs.iter()).map(|j| espeak(folder.path(), j)).sum();
        let ours = || (jobs.iter()).map(|j| said(&engine, j)).sum();
        let runs: [&dyn Fn() -> Result<f64>; 2] = [&bare, &ours];
        for (at, run) in runs.iter().enumerate() {
            let begun = Instant::now();
            sound[at] = run()?;
            fastest[at] = fastest[at].min(begun.elapsed());
        }
    }
    let names = [
        "bare espeak-ng, a process a chunk",
        "platform engine, one worker",
    ];
    for ((name, time), sound) in names.iter().zip(fastest).zip(sound) {
        println!(
            "{name}: {sound:.1} s of sound in {:.3} s",
            time.as_secs_f64()
        );
    }
    let ratio = fastest[1].as_secs_f64() / fastest[0].as_secs_f64();
    println!("ratio {ratio:.3}");
    Ok(())
}

/// The chunks of an input that have something to say, in order.
fn jobs(input: &str, speaker: &Speaker, speech: &PlatformSpeech) -> Result<Vec<Job>> {
    let loaded = pipeline::load(&Input::of(&[PathBuf::from(input)])?, Repair::default())?;
    let plan = pipeline::plan(loaded, Some("platform"), speaker)?;
    let chunks = plan.chapters.into_iter().flat_map(|c| c.chunks);
    let chunks = chunks.filter(|c| c.reading.syllables() > 0);
    chunks
        .map(|c| {
            Ok(Job {
                text: fed(&c.reading, speech.feed).map_err(unsayable)?,
                reading: c.reading,
                speed: c.key.speed,
            })
        })
        .collect()
}

/// What a fresh engine takes for its first word beyond the word itself.
fn start(speaker: &Speaker, job: &Job) -> Result<Duration> {
    let engine = Platform::new(speaker.catalogue.clone());
    let begun = Instant::now();
    said(&engine, job)?;
    let first = begun.elapsed();
    let begun = Instant::now();
    said(&engine, job)?;
    Ok(first.saturating_sub(begun.elapsed()))
}

/// Says a chunk by the engine; gives the seconds of sound.
fn said(engine: &Platform, job: &Job) -> Result<f64> {
    let Pcm { rate, samples } =
        (engine.say(&job.reading, "platform", job.speed)).map_err(unsayable)?;
    Ok(samples.len() as f64 / f64::from(rate.0))
}

/// Says a chunk by the program; gives the seconds of sound.
fn espeak(folder: &Path, job: &Job) -> Result<f64> {
    let (input, output) = (folder.join("text"), folder.join("speech.wav"));
    std::fs::write(&input, &job.text).map_err(failed)?;
    let mut command = Command::new("espeak-ng");
    let words = format!("{:.0}", WORDS * job.speed.0);
    command.args(["-v", VOICE, "-s", &words]);
    command.arg("-f").arg(&input).arg("-w").arg(&output);
    let status = command.status().map_err(failed)?;
    if !status.success() {
        return Err(failed(format!("espeak-ng: {status}")));
    }
    // 16-bit samples at 22,050 Hz behind a header of 44 bytes.
    let bytes = std::fs::read(&output).map_err(failed)?;
    Ok(bytes.len().saturating_sub(44) as f64 / 2.0 / 22_050.0)
}

fn unsayable(e: SayError) -> Fault {
    match e {
        SayError::Fault(fault) => fault,
        SayError::Unsayable(why) => Fault::new(why),
    }
}

fn failed(why: impl ToString) -> Fault {
    Fault::new(why.to_string())
}
