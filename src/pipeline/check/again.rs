//! The listener's files against what the index makes of them: whatever the
//! specifications have no word about (which sound a page plays, what a label says) is
//! found by making it again.

use std::collections::BTreeMap;
use std::path::Path;

use super::Findings;
use crate::audio::mp3;
use crate::audio::{decode, wav};
use crate::check::id3_length;
use crate::diag::Result;
use crate::export::{Content, Track};
use crate::model::{Chapter, Edition, Exports, Frames, ListenerSet, SampleRate};
use crate::pipeline::GENERATOR;
use crate::pipeline::listener::{Described, name_of};
use crate::store;

/// The parts of a second by which two sounds are compared.
const PARTS: usize = 20;
/// Two sounds that rise and fall less alike than this (Pearson's correlation of their
/// levels) are not the same.
const ALIKE: f64 = 0.9;
/// Below this level, of full scale, everything is silence.
const SILENCE: f64 = 1e-3;

/// Whether the folders of the listener's set hold what this program makes of the index,
/// when this program made them.
///
/// # Errors
/// When a sound cannot be measured.
pub fn made(
    output: &Path,
    edition: &Edition,
    exports: &Exports,
    findings: &mut Findings,
) -> Result<()> {
    let Some(set) = &exports.sets.listener else {
        return Ok(());
    };
    if edition.generator != GENERATOR {
        return Ok(());
    }
    let name = named(exports).unwrap_or_else(|| name_of(output));
    let mut described = Described::new(edition, set, name);
    // Which file has which part's sound does not depend on how long the sounds are.
    let unknown = vec![Track::default(); edition.chapters.len()];
    let mut sounds: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (file, entry) in described.files(unknown)? {
        if let Some(part) = entry.content.part() {
            sounds.entry(part).or_default().push(file);
        }
    }
    let mut tracks = Vec::new();
    for (part, chapter) in edition.chapters.iter().enumerate() {
        let files = sounds.get(&part).map_or(&[][..], |f| f);
        match track(output, chapter, edition.sample_rate, files, findings)? {
            Some(track) => tracks.push(track),
            // What is missing is told already, and no text can be right then.
            None => return Ok(()),
        }
    }
    for (file, entry) in described.files(tracks.clone())? {
        let Ok(there) = store::map("file", &output.join(&file)) else {
            continue;
        };
        let right = match &entry.content {
            Content::Bytes(bytes) => there[..] == bytes[..],
            Content::Sound { head, .. } => {
                there.starts_with(head) && there.len() as u64 == entry.content.bytes(&tracks)
            }
        };
        if !right {
            findings.add(&file, "the file is not what the index makes of it");
        }
    }
    Ok(())
}

/// What the folder was called when the set was made: an archive bears its name.
fn named(exports: &Exports) -> Option<String> {
    exports.of(ListenerSet::FOLDER).find_map(|(name, _)| {
        let stem = (name.strip_suffix(".epub")).or_else(|| name.strip_suffix(".audiobook"))?;
        (!stem.contains('/')).then(|| stem.to_string())
    })
}

/// How long a part's sound is, when all its copies are the same and the chapter's.
fn track(
    output: &Path,
    chapter: &Chapter,
    rate: SampleRate,
    files: &[String],
    findings: &mut Findings,
) -> Result<Option<Track>> {
    let mut first: Option<(u64, String)> = None;
    for file in files {
        let Ok(bytes) = store::map("file", &output.join(file)) else {
            return Ok(None);
        };
        let sound = &bytes[id3_length(&bytes).min(bytes.len())..];
        let hash = store::sha256(sound);
        match &first {
            Some((_, before)) if *before != hash => {
                findings.add(file, "its sound is not that of the same chapter elsewhere");
                return Ok(None);
            }
            Some(_) => {}
            None => {
                if !alike(output, chapter, rate, file, sound)? {
                    findings.add(file, "its sound is not the chapter's");
                    return Ok(None);
                }
                first = Some((sound.len() as u64, hash));
            }
        }
    }
    Ok(first.map(|(bytes, _)| Track {
        bytes,
        played: Frames(bytes / mp3::FRAME_BYTES * mp3::FRAMES_EACH),
    }))
}

/// Whether a delivered sound rises and falls as its chapter does.
fn alike(
    output: &Path,
    chapter: &Chapter,
    rate: SampleRate,
    file: &str,
    sound: &[u8],
) -> Result<bool> {
    let mut own = Levels::new(rate);
    let master = store::open("chapter", &output.join(&chapter.file))
        .and_then(|input| wav::read(input, rate, &mut |samples| own.add(samples)));
    let mut heard = Levels::new(rate);
    let decoded = decode::blocks(file, sound, &mut |samples, _| heard.add(samples));
    // What cannot be read at all is told elsewhere.
    Ok(master.is_err() || decoded.is_err() || correlation(&own.levels, &heard.levels) >= ALIKE)
}

/// The level of a sound part by part, in decibels.
struct Levels {
    length: usize,
    sum: f64,
    count: usize,
    levels: Vec<f64>,
}

impl Levels {
    fn new(rate: SampleRate) -> Self {
        Levels {
            length: (rate.0 as usize / PARTS).max(1),
            sum: 0.0,
            count: 0,
            levels: Vec::new(),
        }
    }

    fn add(&mut self, samples: &[f32]) -> Result<()> {
        for sample in samples {
            self.sum += f64::from(*sample).powi(2);
            self.count += 1;
            if self.count == self.length {
                let level = (self.sum / self.count as f64).sqrt().max(SILENCE);
                self.levels.push(20.0 * level.log10());
                (self.sum, self.count) = (0.0, 0);
            }
        }
        Ok(())
    }
}

/// Pearson's correlation over the length of the shorter; 1 where one does not vary.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().min(b.len()) as f64;
    let pairs = || a.iter().zip(b);
    let (sum_a, sum_b) = pairs().fold((0.0, 0.0), |(x, y), (a, b)| (x + a, y + b));
    let (mean_a, mean_b) = (sum_a / n, sum_b / n);
    let (mut both, mut of_a, mut of_b) = (0.0, 0.0, 0.0);
    for (a, b) in pairs() {
        both += (a - mean_a) * (b - mean_b);
        of_a += (a - mean_a).powi(2);
        of_b += (b - mean_b).powi(2);
    }
    match of_a * of_b > 0.0 {
        true => both / (of_a * of_b).sqrt(),
        false => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_are_told_apart_by_their_levels() {
        let wave = |n: usize| (0..n).map(|i| ((i * i) % 37) as f64).collect::<Vec<_>>();
        let louder: Vec<f64> = wave(100).iter().map(|x| x + 4.0).collect();
        assert!(correlation(&wave(100), &louder) > 0.999);
        let other: Vec<f64> = wave(150)[50..].to_vec();
        assert!(correlation(&wave(100), &other) < ALIKE);
        assert_eq!(correlation(&[1.0, 1.0], &[2.0, 3.0]), 1.0);
        assert_eq!(correlation(&[], &[2.0]), 1.0);
    }

    #[test]
    fn levels_are_of_parts_of_a_second() {
        let mut levels = Levels::new(SampleRate(100));
        levels.add(&[0.1; 7]).unwrap();
        levels.add(&[0.1; 4]).unwrap();
        assert_eq!(levels.levels.len(), 2);
        assert!((levels.levels[0] + 20.0).abs() < 1e-4);
    }
}
