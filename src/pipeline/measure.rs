//! What a voice's manifest holds, measured: its level, its pace, the bounds of
//! its syllables, the longest chunk it speaks whole.

use std::path::Path;

use super::front_end;
use crate::audio::loudness::{self, gain_to};
use crate::audio::shape::push_silence;
use crate::audio::trim::trim;
use crate::diag::{Fault, Place, Result};
use crate::model::{
    Article, ArticleKind, Block, BlockKind, Issue, Masthead, Millis, Pcm, Reading, Settings,
    SourceText, Speed, is_mandarin, main_language,
};
use crate::speech::desk::Measures;
use crate::speech::{Defect, Manifest, SayError, Speaker, SyllableSeconds, check};
use crate::store;
use crate::text;

/// What is read: the kinds of sentence a community paper has.
const PASSAGE: &str = include_str!("../../voices/passage.txt");
/// The same in English.
const ENGLISH: &str = include_str!("../../voices/passage_en.txt");
/// The pause between chunks while loudness is measured: as a listener hears it,
/// the gate of BS.1770 leaves it out.
const PAUSE: Millis = Millis(400);
/// Shorter chunks than this tell more of their ends than of the pace.
const LONG_ENOUGH: usize = 5;
/// The bounds lie this much beyond what was measured.
const MARGIN: f64 = 0.2;
/// The lengths that are tried for the longest chunk, in syllables.
const LENGTHS: [usize; 8] = [20, 30, 40, 60, 80, 100, 140, 180];
/// At the edges of a voice's speeds every so manieth chunk is enough.
const EVERY: usize = 4;

/// What was measured, and what went wrong on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The figures.
    pub measures: Measures,
    /// How many chunks were spoken.
    pub chunks: usize,
    /// What is wrong with takes beyond their length: the sentence and the defect.
    pub defects: Vec<(String, Defect)>,
}

/// Speaks a passage at the voice's own, its lowest and its highest speed and
/// measures what comes. `passage` is a file with a paragraph a line; without one a
/// passage of the program's own is read. `tell` hears how many chunks of how many are
/// spoken.
///
/// # Errors
/// A voice that does not exist, cannot speak, or is silent; a passage that cannot be
/// read, and none in a language that the program has none in.
pub fn measure(
    voice: &str,
    passage: Option<&Path>,
    speaker: &Speaker,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Measured> {
    let manifest = speaker.catalogue.voice(voice)?;
    let readings = match (passage, main_language(&manifest.language).as_str()) {
        (Some(file), _) => {
            let bytes = store::read("passage", file)?;
            let text = store::utf8("passage", file, bytes)?;
            let name = file.display().to_string();
            match is_mandarin(&manifest.language) {
                true => readings(&text, &name)?,
                false => foreign(&text, &name, &manifest.language)?,
            }
        }
        (None, _) if is_mandarin(&manifest.language) => readings(PASSAGE, "voices/passage.txt")?,
        (None, "en") => foreign(ENGLISH, "voices/passage_en.txt", &manifest.language)?,
        (None, language) => {
            return Err(Fault::new(format!(
                "`{voice}` reads `{language}`, and there is no passage in that language to \
                 measure it by"
            ))
            .help("give a file with some ten sentences, one a line: `--text FILE`"));
        }
    };
    let jobs = jobs(manifest, &readings);
    let mut takes = Vec::new();
    for (i, (reading, speed)) in jobs.iter().enumerate() {
        takes.push((*reading, *speed, say(speaker, manifest, reading, *speed)?));
        tell(i + 1, jobs.len() + LENGTHS.len());
    }
    let level_db = level(manifest, &takes)?;
    let syllable = bounds(&takes)?;
    let own = |t: &&(&Reading, Speed, Pcm)| t.1 == manifest.speed.default;
    let pace = pace(takes.iter().filter(own));
    let mut new = manifest.clone();
    new.syllable = syllable;
    let defects = (takes.iter())
        .filter_map(|(reading, speed, pcm)| {
            let defect = check::check(pcm, reading, *speed, &new).err()?;
            Some((reading.spoken.clone(), defect))
        })
        .collect();
    let mut longest = 0;
    for (i, length) in LENGTHS.into_iter().enumerate() {
        let whole = joined(&readings, length);
        let Ok(pcm) = speaker.engine.say(&whole, voice, manifest.speed.default) else {
            break;
        };
        if check::check(&pcm, &whole, manifest.speed.default, &new).is_err() {
            break;
        }
        longest = whole.syllables();
        tell(jobs.len() + i + 1, jobs.len() + LENGTHS.len());
    }
    if longest == 0 {
        return Err(Fault::new(format!(
            "`{voice}` does not speak even short chunks whole"
        )));
    }
    let sample_rate = takes.first().map_or(manifest.sample_rate, |t| t.2.rate);
    Ok(Measured {
        measures: Measures {
            sample_rate,
            level_db,
            syllable,
            pace,
            longest,
        },
        chunks: jobs.len(),
        defects,
    })
}

/// A passage in another language than Mandarin, read line by line.
fn foreign(passage: &str, file: &str, language: &str) -> Result<Vec<Reading>> {
    let front = front_end()?;
    let readings: Vec<Reading> = paragraphs(passage, file)
        .map(|text| front.read_in(Some(language), &text).value)
        .filter(|reading| reading.syllables() > 0)
        .collect();
    spoken(readings, file)
}

/// The lines of a passage that say something.
fn paragraphs(passage: &str, file: &str) -> impl Iterator<Item = SourceText> {
    let lines = passage
        .lines()
        .zip(1..)
        .filter(|(l, _)| !l.trim().is_empty());
    lines.map(move |(line, number)| SourceText::at(line, Place::new(file, number, 0)))
}

/// What is there to be spoken.
fn spoken(readings: Vec<Reading>, file: &str) -> Result<Vec<Reading>> {
    match readings.is_empty() {
        true => Err(Fault::new("the passage has nothing to say").at(Place::file(file))),
        false => Ok(readings),
    }
}

/// The passage cut and read as an article's body is.
fn readings(passage: &str, file: &str) -> Result<Vec<Reading>> {
    let article = Article {
        id: "passage".into(),
        kind: ArticleKind::News,
        kicker: None,
        headline: SourceText::made("试音"),
        subhead: None,
        byline: None,
        blocks: paragraphs(passage, file)
            .map(|text| Block {
                kind: BlockKind::Para,
                text,
            })
            .collect(),
        read: true,
        audio: None,
        voice: None,
        language: None,
        page: None,
        priority: None,
        place: Place::new(file, 1, 0),
    };
    let issue = Issue {
        masthead: Masthead::default(),
        articles: vec![article],
    };
    let front = front_end()?;
    let settings = Settings::default();
    let cast = crate::speech::resolve_cast(crate::speech::Catalogue::built_in()?, &settings, None)?;
    let script = text::script(&issue, &settings, &cast.value, &front).value;
    let chunks = script.iter().filter(|c| c.article.is_some());
    let readings = chunks
        .flat_map(|c| &c.chunks)
        .map(|chunk| front.read(&chunk.text).value)
        .filter(|reading| reading.syllables() > 0)
        .collect();
    spoken(readings, file)
}

/// What is spoken at which speed.
fn jobs<'r>(manifest: &Manifest, readings: &'r [Reading]) -> Vec<(&'r Reading, Speed)> {
    let speeds = manifest.speed;
    let mut jobs: Vec<_> = readings.iter().map(|r| (r, speeds.default)).collect();
    for speed in [speeds.min, speeds.max] {
        if speed != speeds.default {
            jobs.extend(readings.iter().step_by(EVERY).map(|r| (r, speed)));
        }
    }
    jobs
}

fn say(speaker: &Speaker, voice: &Manifest, reading: &Reading, speed: Speed) -> Result<Pcm> {
    speaker
        .engine
        .say(reading, &voice.name, speed)
        .map_err(|e| match e {
            SayError::Fault(fault) => fault,
            SayError::Unsayable(why) => Fault::new(format!(
                "`{}` cannot say a plain sentence: {why}",
                voice.name
            )),
        })
}

/// The gain that brings the voice at its own speed to the cast's loudness.
fn level(manifest: &Manifest, takes: &[(&Reading, Speed, Pcm)]) -> Result<crate::model::Db> {
    let mut whole = Pcm {
        rate: manifest.sample_rate,
        samples: Vec::new(),
    };
    for (_, _, pcm) in takes.iter().filter(|t| t.1 == manifest.speed.default) {
        whole.rate = pcm.rate;
        whole.samples.extend(trim(pcm.clone()).samples);
        let pause = PAUSE.frames(whole.rate);
        push_silence(&mut whole, pause);
    }
    match loudness::measure(&whole)?.integrated {
        Some(lufs) => Ok(gain_to(lufs, loudness::CAST)),
        None => Err(Fault::new(format!("`{}` is silent", manifest.name))
            .help("listen to what it makes: `tingbao audition`")),
    }
}

/// The bounds of a syllable: wide enough for all that was heard, and a margin.
fn bounds(takes: &[(&Reading, Speed, Pcm)]) -> Result<SyllableSeconds> {
    let long = takes.iter().filter(|t| t.0.syllables() >= LONG_ENOUGH);
    let paces: Vec<f64> = long
        .map(|(r, speed, pcm)| check::pace(pcm, r, *speed))
        .collect();
    let least = paces.iter().copied().fold(f64::INFINITY, f64::min);
    let most = paces.iter().copied().fold(0.0, f64::max);
    if !(least > 0.0 && most < 4.0) {
        return Err(Fault::new(format!(
            "syllables of {least:.2} to {most:.2} seconds are no speech"
        ))
        .help("listen to what the voice makes: `tingbao audition`"));
    }
    Ok(SyllableSeconds {
        min: least * (1.0 - MARGIN),
        max: most * (1.0 + MARGIN),
    })
}

/// Syllables a second.
fn pace<'t>(takes: impl Iterator<Item = &'t (&'t Reading, Speed, Pcm)>) -> f64 {
    let (mut syllables, mut seconds) = (0.0, 0.0);
    for (reading, speed, pcm) in takes {
        let count = reading.syllables() as f64;
        syllables += count;
        seconds += check::pace(pcm, reading, *speed) * count / f64::from(speed.0);
    }
    if seconds > 0.0 {
        syllables / seconds
    } else {
        0.0
    }
}

/// The first readings joined to one of at least so many syllables.
fn joined(readings: &[Reading], length: usize) -> Reading {
    let mut whole = Reading {
        display: String::new(),
        spoken: String::new(),
        map: Vec::new(),
        tokens: Vec::new(),
    };
    for reading in readings.iter().cycle() {
        if whole.syllables() >= length {
            break;
        }
        whole.display.push_str(&reading.display);
        whole.spoken.push_str(&reading.spoken);
        whole.tokens.extend(reading.tokens.iter().cloned());
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::catalogue::built_in_text;
    use crate::speech::desk;

    #[test]
    fn the_tone_voice_is_measured_as_it_is_made() {
        let dir = tempfile::tempdir().unwrap();
        let speaker = Speaker::open(dir.path()).unwrap();
        let measured = measure("tone", None, &speaker, &mut |_, _| {}).unwrap();
        assert!(measured.defects.is_empty(), "{:?}", measured.defects);
        let Measures {
            syllable,
            pace,
            longest,
            ..
        } = measured.measures;
        assert!((4.5..5.5).contains(&pace), "{pace}");
        assert!(syllable.min < 0.2 && 0.2 < syllable.max && syllable.max < 0.3);
        assert!(longest >= 180);
    }

    #[test]
    fn a_voice_is_measured_in_its_own_language() {
        assert!(foreign(ENGLISH, "p.txt", "en").unwrap().len() >= 10);
        let dir = tempfile::tempdir().unwrap();
        let french = built_in_text("tone").unwrap();
        let language = french.lines().find(|l| l.starts_with("language")).unwrap();
        let french = french.replace(language, "language = \"fr\"");
        desk::keep(dir.path(), &french, "tone.toml").unwrap();
        let speaker = Speaker::open(dir.path()).unwrap();
        let fault = measure("tone", None, &speaker, &mut |_, _| {}).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "error: `tone` reads `fr`, and there is no passage in that language to measure it by\n  \
             help: give a file with some ten sentences, one a line: `--text FILE`"
        );
        let file = dir.path().join("p.txt");
        std::fs::write(
            &file,
            "Bonjour les voisins du quartier.\n\nLe marché ouvre demain.\n",
        )
        .unwrap();
        assert!(measure("tone", Some(&file), &speaker, &mut |_, _| {}).is_ok());
        std::fs::write(&file, "\n").unwrap();
        let fault = measure("tone", Some(&file), &speaker, &mut |_, _| {}).unwrap_err();
        assert_eq!(fault.message, "the passage has nothing to say");
    }
}
