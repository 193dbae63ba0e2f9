//! Finished editions, spoken again.

use super::*;
use crate::assemble::ChapterAudio;
use crate::diag::Noted;
use crate::model::Cue;

/// A chapter spoken again by this voice: its samples, the rest, and how many chunks
/// the voice was asked for.
fn again(
    desk: &Desk,
    moody: &Moody,
    number: u32,
    pace: Pace,
) -> (Vec<f32>, Noted<ChapterAudio>, usize) {
    let finished = Finished::open(&desk.path("out")).unwrap();
    let before = moody.asked.load(Ordering::Relaxed);
    let mut samples = Vec::new();
    let (home, speaker) = (desk.home(), moody.speaker());
    let mut host = Host {
        home: &home,
        speaker: &speaker,
        cancel: &AtomicBool::new(false),
        tell: &mut |_| {},
    };
    let two = NonZeroUsize::new(2).unwrap();
    let chapters = [finished.at_pace(number, pace, &speaker).unwrap()];
    let parts = finished
        .speak(&chapters, two, &install::Source::Offline, &mut host)
        .unwrap();
    let store = TakeStore::new(&home.takes);
    let made = finished
        .lay(&chapters[0], &parts, &store, &mut |block| {
            samples.extend_from_slice(block);
            Ok(())
        })
        .unwrap();
    (samples, made, moody.asked.load(Ordering::Relaxed) - before)
}

/// An edition with a sting, an article that is a recording, and one sentence that is.
fn with_recordings() -> Desk {
    let desk = Desk::new("第一句话在这里。\n\n****\n\n第二句话在这里。");
    let pcm = crate::audio::test_signal::sine(44_100, 500.0, 1.0, 0.3);
    let to = fs::File::create(desk.path("issue/mine.wav")).unwrap();
    crate::audio::wav::write(&pcm, to).unwrap();
    desk.article(
        "02-b",
        "headline = \"录音\"\naudio = \"mine.wav\"",
        "这些字不用合成的声音念。",
    );
    let settings = "paper = \"报\"\ncast = \"tone\"\nsting = \"mine.wav\"\n";
    fs::write(desk.path("issue/issue.toml"), settings).unwrap();
    let fix =
        "[[fix]]\narticle = \"01-a\"\ntext = \"第二句话在这里。\"\nrecording = \"mine.wav\"\n";
    fs::write(desk.path("issue/fixes.toml"), fix).unwrap();
    desk
}

#[test]
fn at_its_own_pace_an_edition_is_as_it_was_and_nothing_is_spoken() {
    let desk = with_recordings();
    let moody = Moody::default();
    let outcome = desk.build(&moody).unwrap();
    let roles: Vec<Role> = (outcome.edition.chapters.iter().flat_map(|c| &c.cues))
        .filter(|c| c.voice == "recording")
        .map(|c| c.role)
        .collect();
    let sting = Role::Sting;
    assert_eq!(
        roles,
        [sting, Role::Body, sting, Role::Recording, sting],
        "the sample has all kinds"
    );
    // The issue is needed no more.
    fs::remove_dir_all(desk.path("issue")).unwrap();
    for chapter in &outcome.edition.chapters {
        let (samples, made, asked) = again(&desk, &moody, chapter.number, Pace::SAME);
        assert_eq!(asked, 0);
        assert_eq!(made.value.cues, chapter.cues);
        assert_eq!(made.notes, []);
        let bytes = fs::read(outcome.output.join(&chapter.file)).unwrap();
        let master = crate::audio::decode::decode("chapter", &bytes)
            .unwrap()
            .value;
        assert_eq!(samples.len(), master.samples.len());
        for (cue, from) in chapter.cues.iter().map(|c| (c, c.start.0 as usize)) {
            let from = if from == 0 { 6000 } else { from };
            // A recording's edges are faded once more.
            let edge = if cue.voice == "recording" { 400 } else { 0 };
            let (from, to) = (from + edge, cue.speech_end.0 as usize - edge);
            let speech = from..to.max(from);
            for (a, b) in samples[speech.clone()].iter().zip(&master.samples[speech]) {
                let apart = (a - b).abs();
                assert!(apart < 2.0 / 32768.0, "{}: {apart}", cue.chunk);
            }
        }
    }
}

#[test]
fn slower_means_longer_words_and_pauses_but_recordings_as_they_are() {
    let desk = with_recordings();
    let moody = Moody::default();
    let outcome = desk.build(&moody).unwrap();
    let slow = Pace {
        tempo: Tempo::Times(0.8),
        pauses: 1.5,
    };
    let chapter = &outcome.edition.chapters[1];
    let (samples, made, asked) = again(&desk, &moody, chapter.number, slow);
    assert!(asked > 2, "{asked} chunks spoken");
    let made = made.value;
    assert_eq!(samples.len() as u64, made.frames.0);
    assert_eq!(made.cues.len(), chapter.cues.len());
    let lead_in = 6000;
    let length = |c: &Cue, first: bool| {
        let before = if first { lead_in } else { 0 };
        (c.speech_end.0 - c.start.0 - before) as f64
    };
    for (i, (new, old)) in made.cues.iter().zip(&chapter.cues).enumerate() {
        assert_eq!((&new.chunk, &new.text), (&old.chunk, &old.text));
        let (new_length, old_length) = (length(new, i == 0), length(old, i == 0));
        let factor = match old.voice.as_str() {
            "recording" => 1.0,
            _ => 1.25,
        };
        assert!(
            (new_length - old_length * factor).abs() <= 2400.0,
            "{}: {old_length} became {new_length}",
            old.chunk
        );
        let pause = |c: &Cue| (c.end - c.speech_end).0 as f64;
        assert!(
            (pause(new) - 1.5 * pause(old)).abs() <= 24.0,
            "{}",
            old.chunk
        );
    }
    // Once more: all of it is kept.
    assert_eq!(again(&desk, &moody, chapter.number, slow).2, 0);
    // A speed no voice bears is held in its range: the tone voice goes down to 0.5.
    let crawl = |tempo| again(&desk, &moody, 1, Pace { tempo, pauses: 1.0 }).1;
    assert_eq!(
        crawl(Tempo::Times(0.01)).value,
        crawl(Tempo::At(Speed(0.5))).value
    );
}

#[test]
fn what_could_not_be_said_cannot_be_said_slower_either_and_breaks_nothing() {
    let desk = Desk::new("前面一句说得出来。这里有一个怪字，后面也说得出来。");
    let moody = Moody {
        stumbles: Some('怪'),
        ..Moody::default()
    };
    let outcome = desk.build(&moody).unwrap();
    let chapter = &outcome.edition.chapters[1];
    let pace = |factor| Pace {
        tempo: Tempo::Times(factor),
        pauses: 1.0,
    };
    let (_, made, _) = again(&desk, &moody, 1, pace(1.0));
    assert_eq!(made.value.cues, chapter.cues);
    let (_, made, _) = again(&desk, &moody, 1, pace(0.9));
    let texts = |cues: &[Cue]| -> Vec<(Role, String)> {
        cues.iter().map(|c| (c.role, c.text.clone())).collect()
    };
    assert_eq!(texts(&made.value.cues), texts(&chapter.cues));
    assert_eq!(made.notes.len(), 1);
    assert_eq!(made.notes[0].severity, Severity::Omission);

    // A voice that is better today says it all.
    let (_, made, _) = again(&desk, &Moody::default(), 1, pace(0.95));
    assert_eq!(made.notes, []);
    let body: String = (made.value.cues.iter())
        .filter(|c| c.role == Role::Body)
        .map(|c| c.text.as_str())
        .collect();
    assert_eq!(body, "前面一句说得出来。这里有一个怪字，后面也说得出来。");
}

#[test]
fn an_edition_without_its_readings_is_named() {
    let desk = Desk::new("一句话。");
    desk.build(&Moody::default()).unwrap();
    let out = desk.path("out");
    let file = out.join("readings.json");
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..whole.len() - 1]).unwrap();
    let fault = Finished::open(&out).unwrap_err();
    assert_eq!(
        fault.message,
        "the readings are not those that the index tells of"
    );
    fs::remove_file(&file).unwrap();
    assert!(Finished::open(&out).is_err());
    fs::write(&file, whole).unwrap();
    let finished = Finished::open(&out).unwrap();
    let fault = finished.chapter(9).unwrap_err();
    assert_eq!(fault.message, "the edition has no chapter 9");
}
