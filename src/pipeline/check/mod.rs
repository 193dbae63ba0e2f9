//! An edition and everything exported from it, looked at as a listener's program would:
//! the index against the files, the sound against the index, the forms against their
//! specifications.

mod again;
mod forms;
mod index;

pub use index::{near, shown};

use std::collections::BTreeSet;
use std::path::Path;

use super::{hotline, publish, radio};
use crate::audio::decode;
use crate::audio::level::Target;
use crate::audio::loudness::{Loudness, Meter};
use crate::check::{self, Finding};
use crate::diag::Result;
use crate::export::{READINGS_FILE, feed_name};
use crate::model::{Edition, ExportedFile, Exports, Frames, ListenerSet, SampleRate, Sets};
use crate::store;

/// What says how an edition must be.
const INDEX: &str = "edition.json";
/// What says how loud it is delivered.
const LOUDNESS: &str = "ITU-R BS.1770-4, target of the listener's set";
/// So far a delivered chapter may be from the target: a codec moves it a little.
const ON_TARGET: f64 = 0.5;
/// Documents of a form, by their endings; all else is not read.
const DOCUMENTS: [&str; 13] = [
    "html", "xhtml", "smil", "opf", "ncx", "xml", "json", "css", "vtt", "m3u8", "m3u", "txt", "res",
];

/// The edition in `output`, and what is wrong with it.
///
/// # Errors
/// When there is no edition, or its index cannot be read.
pub fn check(output: &Path) -> Result<(Edition, Vec<Finding>)> {
    let edition = publish::edition(output)?;
    let mut findings = Findings(Vec::new());
    for chapter in &edition.chapters {
        index::cues(chapter, &mut findings);
        index::master(output, chapter, edition.sample_rate, &mut findings)?;
    }
    index::figures(&edition, &mut findings);
    let sum: Frames = edition.chapters.iter().map(|c| c.frames).sum();
    if sum != edition.frames {
        let message = format!(
            "the edition has {} frames by the index, its chapters {} together",
            edition.frames.0, sum.0
        );
        findings.add(INDEX, message);
    }
    for (file, bytes) in publish::texts(&edition)? {
        match store::read("file", &output.join(&file)) {
            Ok(there) if there == bytes => {}
            Ok(_) => findings.add(&file, "the file is not what the index makes of it"),
            Err(_) => findings.add(&file, "the file is missing"),
        }
    }
    if let Some(told) = &edition.readings_sha256 {
        match store::sha256_file("file", &output.join(READINGS_FILE)) {
            Err(_) => findings.add(READINGS_FILE, "the file is missing"),
            Ok(hash) if hash != *told => {
                findings.add(
                    READINGS_FILE,
                    "the file was altered: it has another SHA-256",
                );
            }
            Ok(_) => {}
        }
    }
    exports(output, &edition, &mut findings)?;
    let mut found = findings.0;
    found.sort();
    found.dedup();
    Ok((edition, found))
}

struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, file: &str, message: impl Into<String>) {
        self.by(file, INDEX, message);
    }

    fn by(&mut self, file: &str, clause: &'static str, message: impl Into<String>) {
        self.0.push(Finding {
            file: file.into(),
            line: 0,
            message: message.into(),
            clause,
        });
    }
}

/// Whether the exports are what the index says, and right by themselves.
fn exports(output: &Path, edition: &Edition, findings: &mut Findings) -> Result<()> {
    let Some(exports) = &edition.exports else {
        return Ok(());
    };
    for file in &exports.files {
        let path = output.join(&file.file);
        match store::sha256_file("file", &path) {
            Err(_) => findings.add(&file.file, "the file is missing"),
            Ok(hash) if hash != file.sha256 => {
                findings.add(&file.file, "the file was altered: it has another SHA-256");
            }
            Ok(_) => {
                let bytes = store::length(&path);
                if bytes != file.bytes {
                    let message = format!("it has {bytes} bytes, by the index {}", file.bytes);
                    findings.add(&file.file, message);
                }
            }
        }
    }
    strangers(output, exports, findings)?;
    feed(output, edition, exports, findings);
    again::made(output, edition, exports, findings)?;
    let mut heard = BTreeSet::new();
    let listened = exports.of(ListenerSet::FOLDER).map(|(_, file)| file);
    for file in listened.filter(|f| f.sound.is_some()) {
        // The same chapter in another form, with the same measure: once is enough.
        let sound = file
            .sound
            .map(|s| (s.seconds.to_bits(), s.loudness_lufs.map(|l| l.0.to_bits())));
        if heard.insert(sound) || !file.file.ends_with(".mp3") {
            delivered(output, file, findings)?;
        }
    }
    if let Some(set) = &exports.sets.radio {
        findings.0.extend(radio::check(output, set, exports)?);
    }
    for form in exports.sets.listener.iter().flat_map(|l| &l.forms) {
        for (prefix, found) in forms::findings_of(output, *form, &exports.files, findings)? {
            findings.0.extend(found.into_iter().map(|finding| Finding {
                file: format!("{prefix}{}", finding.file),
                ..finding
            }));
        }
    }
    if let Some(set) = &exports.sets.hotline {
        for (file, message) in hotline::findings(output, *set) {
            findings.add(&file, message);
        }
    }
    Ok(())
}

/// Whether the feed of all editions tells of this one's episodes as it is.
fn feed(output: &Path, edition: &Edition, exports: &Exports, findings: &mut Findings) {
    let own = "listener/podcast/feed.xml";
    if exports.files.iter().all(|f| f.file != own) {
        return;
    }
    let settings = edition.podcast.clone().unwrap_or_default();
    let Ok(name) = feed_name(&settings) else {
        findings.add(INDEX, "the feed's name is none");
        return;
    };
    let name = format!("../{name}");
    let read = |file: &str| store::map("feed", &output.join(file));
    match (read(&name), read(own)) {
        (Ok(all), Ok(own)) => findings.0.extend(check::listed(&all, &own, &name)),
        (Err(_), _) => findings.add(&name, "the feed of all editions is missing"),
        // Told already.
        (Ok(_), Err(_)) => {}
    }
}

/// Whether there are files in the folders of sets of which the index does not tell:
/// players of a stick play whatever lies there.
fn strangers(output: &Path, exports: &Exports, findings: &mut Findings) -> Result<()> {
    let known: BTreeSet<&str> = exports.files.iter().map(|f| f.file.as_str()).collect();
    for file in store::tree(output)? {
        let set = file.split_once('/').map(|(folder, _)| folder);
        if set.is_some_and(|s| Sets::FOLDERS.contains(&s)) && !known.contains(file.as_str()) {
            findings.add(&file, "the index does not tell of this file");
        }
    }
    Ok(())
}

/// Whether a delivered sound measures, decoded, what it should.
fn delivered(output: &Path, file: &ExportedFile, findings: &mut Findings) -> Result<()> {
    let Some(told) = &file.sound else {
        return Ok(());
    };
    let Ok(bytes) = store::map("sound", &output.join(&file.file)) else {
        return Ok(());
    };
    let mut meter = Meter::new(SampleRate::MASTER)?;
    let mut frames = Frames(0);
    let decoded = decode::blocks(&file.file, &bytes, &mut |samples, _| {
        frames.0 += samples.len() as u64;
        meter.add(samples)
    });
    if let Err(fault) = decoded {
        findings.by(&file.file, LOUDNESS, fault.message);
        return Ok(());
    }
    let seconds = frames.seconds(SampleRate::MASTER);
    if (seconds - told.seconds).abs() > 0.001 {
        let message = format!(
            "it lasts {seconds:.3} s, by the index {:.3} s",
            told.seconds
        );
        findings.add(&file.file, message);
    }
    let is = meter.finish()?;
    let by_index = Loudness {
        integrated: told.loudness_lufs,
        true_peak: told.true_peak_dbtp,
    };
    index::measures(&file.file, is, by_index, findings);
    let target = Target::LISTENER;
    let (loudness, peak) = (is.integrated.map(|l| l.0), is.true_peak.map(|p| p.0));
    if let Some(loudness) = loudness.filter(|l| (l - target.loudness.0).abs() > ON_TARGET) {
        let message = format!(
            "its loudness is {loudness:.2} LUFS, not {}",
            target.loudness.0
        );
        findings.by(&file.file, LOUDNESS, message);
    }
    if let Some(peak) = peak.filter(|p| *p > target.peak.0) {
        let message = format!("its true peak is {peak:.2} dBTP, above {}", target.peak.0);
        findings.by(&file.file, LOUDNESS, message);
    }
    Ok(())
}
