use proptest::prelude::*;

use super::*;
use crate::audio::test_signal::sine;
use crate::diag::Severity;
use crate::model::{Dbtp, Speed};

/// A chapter with the samples its master was given.
fn laid(
    takes: impl IntoIterator<Item = Result<Take>>,
    lead_in: Millis,
) -> Result<(Vec<f32>, Noted<ChapterAudio>)> {
    let mut samples = Vec::new();
    let made = chapter(takes, lead_in, &mut |more| {
        samples.extend_from_slice(more);
        Ok(())
    })?;
    Ok((samples, made))
}

fn take(id: &str, samples: Vec<f32>, pause: u32) -> Take {
    Take {
        id: id.into(),
        role: Role::Body,
        block: 1,
        language: None,
        text: format!("文字{id}"),
        spoken: format!("文字{id}"),
        voice: "tone".into(),
        source: Some(Source {
            file: "page.txt".into(),
            line: 3,
            col: 4,
        }),
        pcm: Pcm {
            rate: SampleRate::MASTER,
            samples,
        },
        gain: Db(0.0),
        pause_after: Millis(pause),
    }
}

fn tone(id: &str, seconds: f64, level: f32, pause: u32) -> Take {
    take(id, sine(24_000, 300.0, seconds, level).samples, pause)
}

#[test]
fn takes_are_laid_end_to_end_with_exact_pauses() {
    let takes = [
        tone("01-001", 0.5, 0.25, 900),
        tone("01-002", 0.25, 0.25, 1500),
    ];
    let (samples, made) = laid(takes.into_iter().map(Ok), Millis(200)).unwrap();
    assert_eq!(made.notes, []);
    let made = made.value;
    let at: Vec<[u64; 3]> = made
        .cues
        .iter()
        .map(|c| [c.start.0, c.speech_end.0, c.end.0])
        .collect();
    let second = 4800 + 12_000 + 21_600;
    assert_eq!(
        at,
        [
            [0, 16_800, second],
            [second, second + 6000, second + 6000 + 36_000]
        ]
    );
    assert_eq!(made.frames, Frames(second + 42_000));
    assert_eq!(samples.len() as u64, made.frames.0);
    let silent = |from: usize, to: usize| samples[from..to].iter().all(|s| *s == 0.0);
    assert!(silent(0, 4800) && silent(16_800, second as usize));
    assert!(!silent(4800, 4900));
    // Both edges of a take are faded.
    assert!(samples[4800].abs() < 1e-3 && samples[16_799].abs() < 1e-3);
    assert_eq!(made.cues[0].source.as_ref().unwrap().line, 3);
    assert!(made.loudness.integrated.is_some());
}

#[test]
fn gain_is_applied_and_lowered_before_it_clips() {
    let mut louder = tone("01-001", 0.5, 0.25, 0);
    louder.gain = Db(6.0);
    let (samples, made) = laid([Ok(louder.clone())], Millis(0)).unwrap();
    assert_eq!(made.notes, []);
    assert!((peak(&samples) - 0.4988).abs() < 0.001);

    louder.gain = Db(20.0);
    let (samples, made) = laid([Ok(louder)], Millis(0)).unwrap();
    assert!((peak(&samples) - CEILING).abs() < 1e-4);
    assert_eq!(
        made.notes[0].to_string(),
        "note: the gain of `01-001` was lowered from 20.0 to 11.9 dB, it would have clipped\n  \
         --> page.txt:3:5"
    );
}

#[test]
fn a_take_without_sound_is_an_omission_and_keeps_its_pause() {
    let takes = [take("01-001", Vec::new(), 400), tone("01-002", 0.1, 0.5, 0)];
    let made = laid(takes.into_iter().map(Ok), Millis(0)).unwrap().1;
    assert_eq!(made.notes[0].severity, Severity::Omission);
    assert_eq!(
        made.notes[0].message,
        "nothing is heard of `01-001`: 文字01-001"
    );
    assert_eq!(made.value.cues[0].speech_end, Frames(0));
    assert_eq!(made.value.cues[0].end, Frames(9600));
}

#[test]
fn broken_takes_are_faults() {
    let mut wrong_rate = tone("01-001", 0.1, 0.5, 0);
    wrong_rate.pcm.rate = SampleRate(16_000);
    assert_eq!(
        laid([Ok(wrong_rate)], Millis(0)).unwrap_err().message,
        "the sound of `01-001` comes at 16000 Hz, chapters are made at 24000 Hz"
    );
    let mut samples = vec![0.1; 50];
    samples[7] = f32::NAN;
    assert_eq!(
        laid([Ok(take("01-002", samples, 0))], Millis(0))
            .unwrap_err()
            .message,
        "the sound of `01-002` is broken: sample 7 of the voice `tone` is NaN"
    );
    let fault = Fault::new("the voice is gone");
    assert_eq!(laid([Err(fault.clone())], Millis(0)).unwrap_err(), fault);
}

#[test]
fn takes_are_asked_for_one_at_a_time() {
    use std::cell::Cell;
    let alive = Cell::new(0);
    let takes = (0..5).map(|i| {
        alive.set(alive.get() + 1);
        if i == 2 {
            Err(Fault::new("stop"))
        } else {
            Ok(tone("x", 0.1, 0.1, 0))
        }
    });
    assert!(laid(takes, Millis(0)).is_err());
    assert_eq!(alive.get(), 3);
}

#[test]
fn the_index_adds_up() {
    let made = |number: u32, seconds: f64| {
        let audio = laid([Ok(tone("a", seconds, 0.25, 100))], Millis(0))
            .unwrap()
            .1
            .value;
        let head = ChapterHead {
            number,
            kind: ChapterKind::Article,
            title: "标题".into(),
            article: Some("01-a".into()),
            page: None,
            priority: None,
        };
        entry(head, audio, "0".repeat(64))
    };
    let credit = |name: &str| VoiceCredit {
        name: name.into(),
        engine: "tone".into(),
        licence: "CC0-1.0".into(),
        speeds: vec![Speed(1.0)],
    };
    let imprint = Imprint {
        podcast: None,
        readings_sha256: "0".repeat(64),
        generator: "tingbao 0.1.0".into(),
        key: "k".into(),
        masthead: Masthead::default(),
        language: "zh-CN".into(),
    };
    let edition = index(
        imprint,
        vec![made(0, 1.0), made(1, 0.5)],
        vec![credit("unheard"), credit("tone")],
        Vec::new(),
        Vec::new(),
    );
    assert_eq!(edition.format, EDITION_FORMAT);
    assert_eq!(edition.frames, Frames(24_000 + 2400 + 12_000 + 2400));
    assert_eq!(edition.voices.len(), 1);
    assert_eq!(edition.chapters[1].file, "chapters/01-标题.wav");
    assert_eq!(edition.chapters[1].seconds, 0.6);
    assert!(edition.chapters[0].true_peak_dbtp.unwrap() < Dbtp(-11.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn cues_cover_the_chapter_and_lengths_are_exact(
        parts in prop::collection::vec((0usize..3000, 0u32..200, -30.0f64..30.0), 0..12),
        lead_in in 0u32..300,
    ) {
        let takes: Vec<Take> = parts.iter().enumerate().map(|(i, (n, pause, gain))| Take {
            gain: Db(*gain),
            ..take(&format!("{i}"), sine(24_000, 200.0, *n as f64 / 24_000.0, 0.4).samples, *pause)
        }).collect();
        let rate = SampleRate::MASTER;
        let expected: u64 = Millis(lead_in).frames(rate).0
            + parts.iter().map(|(n, pause, _)| *n as u64 + Millis(*pause).frames(rate).0).sum::<u64>();
        let (samples, made) = laid(takes.clone().into_iter().map(Ok), Millis(lead_in)).unwrap();
        let made = made.value;
        prop_assert_eq!(made.frames.0, expected);
        let mut at = Frames(0);
        for cue in &made.cues {
            prop_assert_eq!(cue.start, at);
            prop_assert!(cue.start <= cue.speech_end && cue.speech_end <= cue.end);
            at = cue.end;
        }
        if !made.cues.is_empty() {
            prop_assert_eq!(at, made.frames);
        }
        prop_assert!(peak(&samples) <= CEILING + 1e-5);
        // The same takes, the same samples.
        let (again, _) = laid(takes.into_iter().map(Ok), Millis(lead_in)).unwrap();
        prop_assert_eq!(again, samples);
    }
}
