//! The radio set, looked at as a station would: every file by its standard, its sound
//! measured again, the playlist against the files.

use std::collections::BTreeMap;
use std::path::Path;

use crate::audio::broadcast::ProgrammeMeter;
use crate::audio::decode;
use crate::audio::level::Target;
use crate::audio::targets::TOLERANCE;
use crate::check::{self, Finding};
use crate::diag::Result;
use crate::export::PLAYLIST_FILE;
use crate::model::{Channels, ExportedFile, Exports, Measures, RadioSet, SampleRate};
use crate::pipeline::check::{near, shown};
use crate::store;

/// What says how an edition must be.
const INDEX: &str = "edition.json";
/// What says how loud a programme is.
const LOUDNESS: &str = "ITU-R BS.1770-4, level of the radio set";
/// What says how playlists are written.
const PLAYLIST: &str = "Liquidsoap, annotate";

/// What is wrong with the files of a set.
///
/// # Errors
/// None is known; what cannot be read is a finding.
pub fn check(output: &Path, set: &RadioSet, exports: &Exports) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let mut frames = BTreeMap::new();
    let mut cuts: BTreeMap<String, &str> = BTreeMap::new();
    for (_, file) in exports.of(RadioSet::FOLDER) {
        let Ok(bytes) = store::map("sound", &output.join(&file.file)) else {
            // That it is missing is told elsewhere.
            continue;
        };
        let mut add = |clause, message: String| {
            findings.push(finding(&file.file, clause, message));
        };
        if file.file.ends_with(".flac") {
            let mut heard = 0;
            let decoded = decode::blocks(&file.file, &bytes, &mut |samples, _| {
                heard += samples.len() as u64;
                Ok(())
            });
            match decoded {
                Ok(_) => drop(frames.insert(file.file.clone(), heard)),
                Err(fault) => add("RFC 9639", fault.message),
            }
            continue;
        }
        if !file.file.ends_with(".wav") {
            continue;
        }
        let (wave, found) = check::broadcast(&file.file, &bytes);
        let Some(wave) = wave else {
            findings.extend(found);
            continue;
        };
        frames.insert(file.file.clone(), wave.frames);
        let channels = match wave.channels {
            1 => Channels::Mono,
            _ => Channels::Dual,
        };
        if (channels, wave.bits) != (set.channels, set.bits.count()) {
            let message = format!("it has {} channels of {} bits", wave.channels, wave.bits);
            add(INDEX, message);
        }
        let mut meter = ProgrammeMeter::new(SampleRate(wave.rate), channels)?;
        if !wave.samples(&mut |samples| meter.add(samples))? {
            add(INDEX, "its two channels are not the same".into());
        }
        let measures = meter.finish()?;
        for (clause, message) in loudness(&measures, set, file, wave.bext.as_ref()) {
            add(clause, message);
        }
        let seconds = wave.frames as f64 / f64::from(wave.rate);
        if file
            .sound
            .is_none_or(|s| (s.seconds - seconds).abs() > 0.001)
        {
            add(
                INDEX,
                format!("it lasts {seconds:.3} s, not what the index says"),
            );
        }
        if let Some(cart) = &wave.cart
            && let Some(other) = cuts.insert(cart.cut.clone(), &file.file)
        {
            add("AES46-2002", format!("`{other}` has the same cut's name"));
        }
        findings.extend(found);
    }
    findings.extend(playlist(output, &frames));
    Ok(findings)
}

/// Where a file of the set lies in the edition.
fn place(file: &str) -> String {
    format!("{}/{file}", RadioSet::FOLDER)
}

fn finding(file: &str, clause: &'static str, message: String) -> Finding {
    Finding {
        file: file.into(),
        line: 0,
        message,
        clause,
    }
}

/// Whether a sound measures what it states, what the index says, and what the level
/// asks for.
fn loudness(
    is: &Measures,
    set: &RadioSet,
    file: &ExportedFile,
    bext: Option<&check::broadcast::BextFields>,
) -> Vec<(&'static str, String)> {
    let mut wrong = Vec::new();
    let told = file.sound.unwrap_or(crate::model::ExportedSound {
        seconds: 0.0,
        loudness_lufs: None,
        true_peak_dbtp: None,
    });
    let stated = bext.map_or([None; 5], |b| b.loudness);
    let integrated = is.integrated.map(|l| l.0);
    let peak = is.true_peak.map(|p| p.0);
    for (what, is, told) in [
        (
            "loudness by the index",
            integrated,
            told.loudness_lufs.map(|l| l.0),
        ),
        (
            "true peak by the index",
            peak,
            told.true_peak_dbtp.map(|p| p.0),
        ),
        ("loudness", integrated, stated[0]),
        ("loudness range", is.range, stated[1]),
        ("true peak", peak, stated[2]),
        (
            "highest momentary loudness",
            is.momentary.map(|l| l.0),
            stated[3],
        ),
        (
            "highest short-term loudness",
            is.short_term.map(|l| l.0),
            stated[4],
        ),
    ] {
        if !near(is, told) {
            let message = format!(
                "the {what} is stated as {}, it is {}",
                shown(told),
                shown(is)
            );
            wrong.push((LOUDNESS, message));
        }
    }
    let target = Target::of(set.level);
    if let Some(is) = integrated.filter(|is| (is - target.loudness.0).abs() > TOLERANCE) {
        let message = format!("its loudness is {is:.2} LUFS, not {:.1}", target.loudness.0);
        wrong.push((LOUDNESS, message));
    }
    if let Some(is) = peak.filter(|is| *is > target.peak.0) {
        let message = format!("its true peak is {is:.2} dBTP, above {}", target.peak.0);
        wrong.push((LOUDNESS, message));
    }
    wrong
}

/// Whether the playlist's files are there and as long as it says.
fn playlist(output: &Path, frames: &BTreeMap<String, u64>) -> Vec<Finding> {
    let file = place(PLAYLIST_FILE);
    let text = store::read("playlist", &output.join(&file)).unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (line, text) in (1..).zip(text.lines()).filter(|(_, t)| !t.starts_with('#')) {
        count += 1;
        let mut add = |message: String| {
            wrong.push(Finding {
                line,
                ..finding(&file, PLAYLIST, message)
            });
        };
        let Some((fields, name)) = text
            .strip_prefix("annotate:")
            .and_then(|t| t.rsplit_once("\":"))
        else {
            add("the line tells nothing of a file".into());
            continue;
        };
        let Some(frames) = frames.get(&place(name)) else {
            add(format!("`{name}` is missing"));
            continue;
        };
        let seconds = *frames as f64 / f64::from(RadioSet::RATE);
        for field in ["duration=\"", "liq_cue_out=\""] {
            let told = (fields.split_once(field))
                .and_then(|(_, rest)| rest.split('"').next()?.parse::<f64>().ok());
            if told.is_none_or(|told| (told - seconds).abs() > 0.001) {
                add(format!(
                    "`{name}` lasts {seconds:.3} s, `{field}` says otherwise"
                ));
            }
        }
    }
    if count == 0 {
        wrong.push(finding(&file, PLAYLIST, "it names nothing to play".into()));
    }
    wrong
}
