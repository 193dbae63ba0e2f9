//! What listeners hold, made from a finished edition: seconds and peak memory
//! (`cargo bench --bench export -- EDITION`). Nothing is spoken; the edition's own set
//! is made again in every form.

use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::thread::available_parallelism;
use std::time::Instant;

use tingbao::model::{Format, ListenerSet};
use tingbao::pipeline::{self, Changes, Host, SetChange};
use tingbao::speech::Speaker;
use tingbao::store::Home;

/// Rounds; the best counts.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    let Some(edition) = std::env::args().skip(1).find(|a| !a.starts_with("--")) else {
        eprintln!(
            "error: which edition?\n  help: cargo bench --bench export -- output/2026-11-hewan"
        );
        return ExitCode::FAILURE;
    };
    match rounds(Path::new(&edition)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn rounds(edition: &Path) -> tingbao::diag::Result<()> {
    let changes = Changes {
        listener: ListenerSet::of(Format::USUAL.to_vec(), false)
            .map_or(SetChange::Keep, SetChange::Make),
        ..Changes::default()
    };
    let workers = available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let home = Home::of_user()?;
    let speaker = Speaker::open(&home.data)?;
    let mut host = Host {
        home: &home,
        speaker: &speaker,
        cancel: &AtomicBool::new(false),
        tell: &mut |_| {},
    };
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let made = pipeline::export(edition, &changes, workers, &mut host)?;
        let seconds = started.elapsed().as_secs_f64();
        let files = made.exports.map_or(0, |e| e.files.len());
        println!(
            "{:.0} s of sound into {files} files: {seconds:.2} s",
            made.frames.seconds(made.sample_rate)
        );
        best = best.min(seconds);
    }
    println!("best: {best:.2} s; peak memory {}", peak());
    Ok(())
}

/// The most memory this process had at once, as the system tells it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.map_or("unknown".into(), |l| l.trim().into())
}
