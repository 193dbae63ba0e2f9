//! The sample issue, spoken by the tone voice, is the golden edition: every
//! figure of its index is as it was when somebody last looked at it.
//! `TINGBAO_BLESS=1 cargo test --test golden` takes the present one.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::fs;

use common::{Desk, root};
use serde_json::Value;

fn built() -> Desk {
    let desk = Desk::new();
    desk.sample_issue();
    let run = desk.run(&["build", "issues/hewan", "--cast", "tone", "-q", "-o", "out"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    desk
}

#[test]
fn the_edition_is_the_golden_one() {
    let desk = built();
    let golden = root().join("tests/golden/hewan.edition.json");
    let made = desk.read("out/edition.json");
    if std::env::var_os("TINGBAO_BLESS").is_some() {
        fs::create_dir_all(golden.parent().unwrap()).unwrap();
        fs::write(&golden, &made).unwrap();
    }
    let wanted = fs::read_to_string(&golden).unwrap();
    for (i, (made, wanted)) in made.lines().zip(wanted.lines()).enumerate() {
        assert_eq!(made, wanted, "line {} of edition.json", i + 1);
    }
    assert_eq!(made.len(), wanted.len());
}

#[test]
fn the_edition_keeps_its_schema() {
    let schema = fs::read_to_string(root().join("schema/edition-1.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut edition = built().edition("out");
    let errors: Vec<String> = validator
        .iter_errors(&edition)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    edition["chapters"][0]["frames"] = "many".into();
    assert!(
        !validator.is_valid(&edition),
        "the schema lets anything pass"
    );
}

#[test]
fn the_sound_is_as_the_index_says() {
    let desk = built();
    let edition = desk.edition("out");
    let mut files = vec![
        "chapters.cue".to_string(),
        "chapters.m3u8".into(),
        "readings.json".into(),
        "edition.json".into(),
    ];
    for chapter in edition["chapters"].as_array().unwrap() {
        let file = chapter["file"].as_str().unwrap();
        files.push(file.to_string());
        files.push(file.replace(".wav", ".vtt"));
        let mut wav = hound::WavReader::open(desk.path("out").join(file)).unwrap();
        let spec = wav.spec();
        assert_eq!(
            (spec.channels, spec.sample_rate, spec.bits_per_sample),
            (1, 24_000, 16)
        );
        let samples: Vec<i16> = wav.samples().map(Result::unwrap).collect();
        assert_eq!(samples.len() as u64, chapter["frames"].as_u64().unwrap());

        // Cues cover the chapter; sound is where they say, silence between.
        let mut at = 0;
        for cue in chapter["cues"].as_array().unwrap() {
            let frame = |key: &str| cue[key].as_u64().unwrap() as usize;
            assert_eq!(frame("start"), at);
            let (speech, end) = (frame("speech_end"), frame("end"));
            assert!(samples[at..speech].iter().any(|s| s.abs() > 500), "{cue}");
            assert!(samples[speech..end].iter().all(|s| *s == 0), "{cue}");
            at = end;
        }
        assert_eq!(at, samples.len());
    }
    files.sort();
    assert_eq!(
        desk.files("out"),
        files,
        "every file of the edition is in the index and no other"
    );
}

#[test]
fn every_sentence_of_the_issue_is_in_the_edition() {
    let desk = built();
    let edition = desk.edition("out");
    let cues = |role: Option<&str>| -> String {
        (edition["chapters"].as_array().unwrap().iter())
            .flat_map(|c| c["cues"].as_array().unwrap())
            .filter(|c| role.is_none_or(|r| c["role"] == r))
            .map(|c| c["text"].as_str().unwrap())
            .collect()
    };
    let spoken: String = cues(None).split_whitespace().collect();
    let mut articles = 0;
    for file in desk.files("issues/hewan/articles") {
        let text = desk.read(&format!("issues/hewan/articles/{file}"));
        if text.contains("read = false")
            || text.contains("kind = \"advert\"")
            || text.contains("kind = \"honours\"")
        {
            continue;
        }
        articles += 1;
        let body = text.splitn(3, "+++").nth(2).unwrap();
        for line in body
            .lines()
            .map(|l| l.trim_start_matches(['#', '-', ' ']).trim())
        {
            let line = line
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .trim_start_matches(". ");
            let line: String = line.split_whitespace().collect();
            assert!(spoken.contains(&line), "{file}: not spoken: {line}");
        }
    }
    assert_eq!(articles, 3);
    assert!(cues(Some("headline")).contains("修鞋摊上那盏不肯先走的灯"));
    let omitted = edition["omitted"].as_array().unwrap();
    assert_eq!(omitted.len(), 2);
    assert!(
        omitted
            .iter()
            .all(|o| o["intended"] == true && !o["text"].as_str().unwrap().is_empty())
    );
}
