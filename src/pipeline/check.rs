//! An edition and everything exported from it, looked at as a listener's program would:
//! the index against the files, the sound against the index, the forms against their
//! specifications.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use super::{publish, radio};
use crate::audio::level::Target;
use crate::audio::loudness::Meter;
use crate::audio::{decode, wav};
use crate::check::{self, File, Files, Finding};
use crate::diag::{Fault, Result};
use crate::export::{PLAYER_FILE, READINGS_FILE};
use crate::model::{Chapter, Edition, ExportedFile, Format, Frames, ListenerSet, SampleRate};
use crate::store;

/// What says how an edition must be.
const INDEX: &str = "edition.json";
/// What says how loud it is delivered.
const LOUDNESS: &str = "ITU-R BS.1770-4, target of the listener's set";
/// So far a loudness may be from what the index says, in LU: meters agree to a tenth.
const NEAR: f64 = 0.1;
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
        cues(chapter, &mut findings);
        master(output, chapter, edition.sample_rate, &mut findings)?;
    }
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

/// Whether the cues cover the chapter and their blocks rise.
fn cues(chapter: &Chapter, findings: &mut Findings) {
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

/// Whether a chapter's master is what the index says.
fn master(
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
    let pairs = [
        (
            "loudness",
            heard.integrated.map(|l| l.0),
            chapter.loudness_lufs.map(|l| l.0),
        ),
        (
            "true peak",
            heard.true_peak.map(|p| p.0),
            chapter.true_peak_dbtp.map(|p| p.0),
        ),
    ];
    for (what, is, told) in pairs {
        differs(&chapter.file, what, is, told, findings);
    }
    Ok(())
}

fn differs(file: &str, what: &str, is: Option<f64>, told: Option<f64>, findings: &mut Findings) {
    let near = match (is, told) {
        (Some(is), Some(told)) => (is - told).abs() <= NEAR,
        (is, told) => is == told,
    };
    if !near {
        let shown = |x: Option<f64>| x.map_or("none".into(), |x| format!("{x:.2}"));
        let message = format!("its {what} is {}, by the index {}", shown(is), shown(told));
        findings.by(file, LOUDNESS, message);
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
            Ok(_) => {}
        }
    }
    let mut heard = BTreeSet::new();
    for file in exports
        .files
        .iter()
        .filter(|f| f.sound.is_some() && f.file.starts_with(ListenerSet::FOLDER))
    {
        // The same chapter in another form, with the same measure: once is enough.
        let sound = file
            .sound
            .map(|s| (s.seconds.to_bits(), s.loudness_lufs.map(|l| l.0.to_bits())));
        if heard.insert(sound) || !file.file.ends_with(".mp3") {
            delivered(output, file, findings)?;
        }
    }
    if let Some(set) = &exports.sets.radio {
        findings
            .0
            .extend(radio::check(output, set, &exports.files)?);
    }
    for form in exports.sets.listener.iter().flat_map(|l| &l.forms) {
        for (prefix, found) in form_findings(output, *form, &exports.files, findings)? {
            findings.0.extend(found.into_iter().map(|finding| Finding {
                file: format!("{prefix}{}", finding.file),
                ..finding
            }));
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
    let loudness = is.integrated.map(|l| l.0);
    differs(
        &file.file,
        "loudness",
        loudness,
        told.loudness_lufs.map(|l| l.0),
        findings,
    );
    let peak = is.true_peak.map(|p| p.0);
    differs(
        &file.file,
        "true peak",
        peak,
        told.true_peak_dbtp.map(|p| p.0),
        findings,
    );
    let target = Target::LISTENER;
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

/// What is wrong with a form by its specification, with what stands before its files'
/// names.
fn form_findings(
    output: &Path,
    form: Format,
    all: &[ExportedFile],
    findings: &mut Findings,
) -> Result<Vec<(String, Vec<Finding>)>> {
    let mut folder = |inner: &str| -> Result<Files> {
        let mut files = Files::default();
        for file in all {
            let Some(name) = file.file.strip_prefix(inner) else {
                continue;
            };
            let path = output.join(&file.file);
            if let Ok(bytes) = store::map("file", &path) {
                files.insert(name, described(&file.file, name, &bytes, findings));
            }
        }
        Ok(files)
    };
    Ok(match form {
        // A sound is heard where all are.
        Format::Opus | Format::Flac => Vec::new(),
        Format::Daisy => vec![
            (
                "listener/daisy202/".into(),
                check::daisy202(&folder("listener/daisy202/")?),
            ),
            (
                "listener/daisy3/".into(),
                check::daisy3(&folder("listener/daisy3/")?),
            ),
        ],
        Format::Player => vec![(
            "listener/".into(),
            check::player(&folder("listener/")?, PLAYER_FILE),
        )],
        Format::Usb => vec![(
            "listener/usb/".into(),
            check::usb(&folder("listener/usb/")?),
        )],
        Format::Podcast => {
            let files = folder("listener/podcast/")?;
            let feeds: Vec<String> = (files.iter().map(|(name, _)| name))
                .filter(|name| name.ends_with(".xml"))
                .map(String::from)
                .collect();
            let found = feeds.iter().flat_map(|feed| check::feed(&files, feed));
            vec![("listener/podcast/".into(), found.collect())]
        }
        Format::Epub | Format::Audiobook => {
            let ending = match form {
                Format::Epub => ".epub",
                _ => ".audiobook",
            };
            let mut all_found = Vec::new();
            for book in all.iter().filter(|f| f.file.ends_with(ending)) {
                let Some(files) = unpacked(output, &book.file, findings)? else {
                    continue;
                };
                let found = match form {
                    Format::Epub => check::epub(&files),
                    _ => check::audiobook(&files),
                };
                all_found.push((format!("{}/", book.file), found));
            }
            all_found
        }
    })
}

/// A file as a check needs to know it.
fn described(path: &str, name: &str, bytes: &[u8], findings: &mut Findings) -> File {
    let length = bytes.len() as u64;
    let ending = name.rsplit_once('.').map_or("", |(_, e)| e);
    if ending == "mp3" {
        match check::mp3::length(bytes) {
            Ok(sound) => {
                return File::Sound {
                    bytes: length,
                    duration: sound.milliseconds(),
                };
            }
            Err(why) => findings.by(path, "ISO/IEC 13818-3", why),
        }
    }
    match DOCUMENTS.contains(&ending) {
        true => File::Document(bytes.to_vec()),
        false => File::Other { bytes: length },
    }
}

/// The files of an archive; of an EPUB, whether its first one is what it must be.
fn unpacked(output: &Path, file: &str, findings: &mut Findings) -> Result<Option<Files>> {
    const OCF: &str = "EPUB 3.3, 4.2.4";
    let Ok(bytes) = store::map("book", &output.join(file)) else {
        return Ok(None);
    };
    let broken = |e: zip::result::ZipError| Fault::new(format!("the archive is damaged: {e}"));
    let mut unpack = || -> Result<Files> {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes[..])).map_err(broken)?;
        let mut files = Files::default();
        for i in 0..zip.len() {
            let mut entry = zip.by_index(i).map_err(broken)?;
            let name = entry.name().map_err(broken)?.to_string();
            if i == 0 && file.ends_with(".epub") {
                let stored = entry.compression() == zip::CompressionMethod::Stored;
                if name != "mimetype" || !stored {
                    findings.by(file, OCF, "its first file is not `mimetype`, uncompressed");
                }
            }
            let mut content = Vec::new();
            (entry.read_to_end(&mut content))
                .map_err(|e| Fault::new(format!("`{name}` in the archive is damaged: {e}")))?;
            let inside = format!("{file}/{name}");
            files.insert(&*name, described(&inside, &name, &content, findings));
        }
        Ok(files)
    };
    match unpack() {
        Ok(files) => Ok(Some(files)),
        Err(fault) => {
            findings.by(file, OCF, fault.message);
            Ok(None)
        }
    }
}
