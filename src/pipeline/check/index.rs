//! The index against itself, and the chapters' sound against the index.

use std::path::Path;

use super::{Findings, INDEX, LOUDNESS};
use crate::audio::loudness::{Loudness, Meter};
use crate::audio::wav;
use crate::diag::Result;
use crate::model::{Chapter, Edition, Frames, SampleRate};
use crate::pipeline::lay::RECORDING;
use crate::pipeline::masters;
use crate::store;

/// So far a measure may be from what is told, in LU or dB: meters agree to a tenth.
const NEAR: f64 = 0.1;

/// Whether the cues cover the chapter and their blocks rise.
pub fn cues(chapter: &Chapter, findings: &mut Findings) {
    let mut at = Frames(0);
    let mut block = 0;
    for cue in &chapter.cues {
        if cue.start != at || cue.end < cue.speech_end || cue.speech_end < cue.start {
            let message = format!(
                "cue `{}` goes from {} to {} frames, the one before ends at {}",
                cue.chunk, cue.start.0, cue.end.0, at.0
            );
            findings.add(&chapter.file, message);
        }
        if cue.block < block {
            let message = format!(
                "cue `{}` belongs to a block before the last one's",
                cue.chunk
            );
            findings.add(&chapter.file, message);
        }
        (at, block) = (cue.end, cue.block);
    }
    if at != chapter.frames {
        let message = format!(
            "the cues end at {} frames, the chapter at {}",
            at.0, chapter.frames.0
        );
        findings.add(&chapter.file, message);
    }
}

/// Whether what the index says twice agrees.
pub fn figures(edition: &Edition, findings: &mut Findings) {
    for pair in edition.chapters.windows(2) {
        if pair[0].number >= pair[1].number {
            let message = format!(
                "chapter {} stands before chapter {}",
                pair[0].number, pair[1].number
            );
            findings.add(INDEX, message);
        }
    }
    for chapter in &edition.chapters {
        let seconds = chapter.frames.seconds(edition.sample_rate);
        if (chapter.seconds - seconds).abs() > 0.001 {
            let message = format!(
                "it lasts {seconds:.3} s by its frames, by the index {} s",
                chapter.seconds
            );
            findings.add(&chapter.file, message);
        }
        for cue in &chapter.cues {
            let known = edition.voices.iter().any(|v| v.name == cue.voice);
            if !known && cue.voice != RECORDING {
                let message = format!(
                    "cue `{}` has the voice `{}`, which the index does not list",
                    cue.chunk, cue.voice
                );
                findings.add(INDEX, message);
            }
        }
    }
}

/// Whether a chapter's master is what the index says.
pub fn master(
    output: &Path,
    chapter: &Chapter,
    rate: SampleRate,
    findings: &mut Findings,
) -> Result<()> {
    let path = output.join(&chapter.file);
    match store::sha256_file("chapter", &path) {
        Err(_) => {
            findings.add(&chapter.file, "the chapter's sound is missing");
            return Ok(());
        }
        Ok(hash) if hash != chapter.sha256 => {
            findings.add(
                &chapter.file,
                "the sound was altered: it has another SHA-256",
            );
        }
        Ok(_) => {}
    }
    let mut meter = Meter::new(rate)?;
    let mut frames = 0;
    let read = wav::read(store::open("chapter", &path)?, rate, &mut |samples| {
        frames += samples.len() as u64;
        meter.add(samples)
    });
    if let Err(fault) = read {
        findings.add(&chapter.file, fault.message);
        return Ok(());
    }
    if frames != chapter.frames.0 {
        let message = format!("it has {frames} frames, by the index {}", chapter.frames.0);
        findings.add(&chapter.file, message);
    }
    let heard = meter.finish()?;
    measures(&chapter.file, heard, masters::loudness(chapter), findings);
    Ok(())
}

/// Tells of measures that are not those told.
pub fn measures(file: &str, is: Loudness, told: Loudness, findings: &mut Findings) {
    let loudness = |l: Loudness| l.integrated.map(|l| l.0);
    let peak = |l: Loudness| l.true_peak.map(|p| p.0);
    for (what, is, told) in [
        ("loudness", loudness(is), loudness(told)),
        ("true peak", peak(is), peak(told)),
    ] {
        if !near(is, told) {
            let message = format!("its {what} is {}, by the index {}", shown(is), shown(told));
            findings.by(file, LOUDNESS, message);
        }
    }
}

/// Whether two measures are the same to a meter.
pub fn near(is: Option<f64>, told: Option<f64>) -> bool {
    match (is, told) {
        (Some(is), Some(told)) => (is - told).abs() <= NEAR,
        (is, told) => is == told,
    }
}

/// A measure in a message.
pub fn shown(measure: Option<f64>) -> String {
    measure.map_or("none".into(), |x| format!("{x:.2}"))
}
