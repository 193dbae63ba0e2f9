mod again;

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::*;
use crate::diag::Fault;
use crate::model::{Pcm, Reading, Role, Sets, Speed};
use crate::speech::{Catalogue, Engine, SayError, Tone};

/// The tone voice with a temper.
#[derive(Default, Clone)]
struct Moody {
    /// It has no sound for this character.
    stumbles: Option<char>,
    /// It falls silent over more syllables than this.
    breath: Option<usize>,
    /// It breaks for good after so many readings.
    breaks_after: Option<usize>,
    asked: Arc<AtomicUsize>,
}

impl Engine for Moody {
    fn identity(&self, voice: &str) -> Result<String> {
        Tone.identity(voice)
    }

    fn say(&self, reading: &Reading, voice: &str, speed: Speed) -> Result<Pcm, SayError> {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        if self.breaks_after.is_some_and(|n| asked >= n) {
            return Err(Fault::new("the voice is gone").into());
        }
        if self.stumbles.is_some_and(|c| reading.spoken.contains(c)) {
            return Err(SayError::Unsayable("it stumbles".into()));
        }
        let mut pcm = Tone.say(reading, voice, speed)?;
        if self.breath.is_some_and(|n| reading.syllables() > n) {
            pcm.samples.fill(0.0);
        }
        Ok(pcm)
    }
}

impl Moody {
    fn speaker(&self) -> Speaker {
        Speaker {
            catalogue: Catalogue::built_in().unwrap().clone().into(),
            engine: Box::new(self.clone()),
        }
    }
}

struct Desk(tempfile::TempDir);

impl Desk {
    fn new(body: &str) -> Self {
        let desk = Desk(tempfile::tempdir().unwrap());
        desk.article("01-a", "headline = \"新路灯\"", body);
        fs::write(
            desk.path("issue/issue.toml"),
            "paper = \"荷湾社区报\"\ncast = \"tone\"\n",
        )
        .unwrap();
        desk
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn article(&self, id: &str, front: &str, body: &str) {
        fs::create_dir_all(self.path("issue/articles")).unwrap();
        let text = format!("+++\n{front}\n+++\n\n{body}\n");
        fs::write(self.path(&format!("issue/articles/{id}.md")), text).unwrap();
    }

    fn home(&self) -> Home {
        Home {
            data: self.path("data"),
            takes: self.path("takes"),
        }
    }

    fn build(&self, moody: &Moody) -> Result<Outcome> {
        let job = Job {
            input: Input::Folder(self.path("issue")),
            repair: Repair::Off,
            output: Some(self.path("out")),
            cast: None,
            wanted: Wanted {
                keep_forms: false,
                sets: Sets::default(),
                workers: NonZeroUsize::new(2).unwrap(),
            },
            voices: install::Source::Offline,
        };
        build(
            &job,
            Host {
                home: &self.home(),
                speaker: &moody.speaker(),
                cancel: &AtomicBool::new(false),
                tell: &mut |_| {},
            },
        )
    }
}

fn cues(outcome: &Outcome, role: Role) -> Vec<(String, String)> {
    (outcome.edition.chapters.iter().flat_map(|c| &c.cues))
        .filter(|c| c.role == role)
        .map(|c| (c.text.clone(), c.spoken.clone()))
        .collect()
}

#[test]
fn what_no_voice_can_say_is_told_aloud_and_listed() {
    let desk = Desk::new("前面一句说得出来。这里有一个怪字，后面也说得出来。");
    let moody = Moody {
        stumbles: Some('怪'),
        ..Moody::default()
    };
    let outcome = desk.build(&moody).unwrap();
    assert!(outcome.incomplete());
    let stand_ins = cues(&outcome, Role::Omission);
    assert_eq!(stand_ins.len(), 1);
    let (text, spoken) = &stand_ins[0];
    assert!(
        text.contains('怪') && text.chars().count() < 5,
        "only that word is lost: {text}"
    );
    assert_eq!(spoken, "此处有一句未能读出。");
    let lost: Vec<_> = outcome.edition.omitted.iter().collect();
    assert_eq!(lost.len(), 1);
    assert!(!lost[0].intended && lost[0].why == "it stumbles" && lost[0].text.contains('怪'));
    let body: String = (outcome.edition.chapters.iter().flat_map(|c| &c.cues))
        .filter(|c| matches!(c.role, Role::Body | Role::Omission))
        .map(|c| c.text.as_str())
        .collect();
    assert_eq!(body, "前面一句说得出来。这里有一个怪字，后面也说得出来。");

    // It stays so when nothing has changed.
    let again = desk.build(&moody).unwrap();
    assert!(again.unchanged && again.incomplete());
}

#[test]
fn a_take_that_fails_is_said_in_halves() {
    let desk = Desk::new("这一句话有点长，一口气说不完，可是分成两半就好了。");
    let outcome = desk
        .build(&Moody {
            breath: Some(12),
            ..Moody::default()
        })
        .unwrap();
    assert!(!outcome.incomplete());
    assert_eq!(cues(&outcome, Role::Omission), []);
    let whole = "这一句话有点长，一口气说不完，可是分成两半就好了。";
    assert!(
        cues(&outcome, Role::Body)
            .iter()
            .any(|(text, _)| text == whole),
        "one cue all the same"
    );
}

#[test]
fn a_voice_that_breaks_loses_nothing_finished() {
    let desk =
        Desk::new("第一句话在这里。\n\n第二句话在这里。\n\n第三句话在这里。\n\n第四句话在这里。");
    let fault = desk
        .build(&Moody {
            breaks_after: Some(4),
            ..Moody::default()
        })
        .unwrap_err();
    assert_eq!(fault.message, "the voice is gone");
    assert!(!desk.path("out").exists());
    let whole = Moody::default();
    let outcome = desk.build(&whole).unwrap();
    assert_eq!(whole.asked.load(Ordering::Relaxed), outcome.spoken);
    assert!(
        outcome.spoken + 4 >= 9 && outcome.spoken < 9,
        "{} spoken",
        outcome.spoken
    );
}

#[test]
fn a_voice_that_can_say_nothing_stops_the_build() {
    let desk = Desk::new("一句话。");
    let fault = desk
        .build(&Moody {
            breath: Some(0),
            ..Moody::default()
        })
        .unwrap_err();
    assert_eq!(
        fault.message,
        "the voice `tone` is silent: 8 takes, and no sound in any"
    );
}

#[test]
fn stings_and_recordings_are_heard_at_the_loudness_of_the_voices() {
    let desk = Desk::new("一句话。");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/audio");
    let files = ["tone.flac", "tone.m4a", "tone.mp3", "tone.ogg", "tone.wav"];
    for (i, name) in files.iter().enumerate() {
        let to = desk.path("issue").join(name);
        if *name == "tone.wav" {
            let pcm = crate::audio::test_signal::sine(44_100, 500.0, 1.0, 0.02);
            crate::audio::wav::write(&pcm, fs::File::create(to).unwrap()).unwrap();
        } else {
            fs::copy(fixtures.join(name), to).unwrap();
        }
        desk.article(
            &format!("{:02}-r", i + 2),
            &format!("headline = \"录音\"\naudio = \"{name}\""),
            "这些字不用合成的声音念。",
        );
    }
    let settings = "paper = \"报\"\ncast = \"tone\"\nsting = \"tone.flac\"\n";
    fs::write(desk.path("issue/issue.toml"), settings).unwrap();

    let outcome = desk.build(&Moody::default()).unwrap();
    assert!(!outcome.incomplete(), "{:?}", outcome.edition.diagnostics);
    assert_eq!(cues(&outcome, Role::Recording).len(), files.len());
    assert_eq!(
        cues(&outcome, Role::Sting).len() + 1,
        outcome.edition.chapters.len()
    );
    let mut measured = 0;
    for chapter in &outcome.edition.chapters {
        let bytes = fs::read(outcome.output.join(&chapter.file)).unwrap();
        let pcm = crate::audio::decode::decode("chapter", &bytes)
            .unwrap()
            .value;
        for cue in chapter.cues.iter().filter(|c| c.voice == "recording") {
            let samples = pcm.samples[cue.start.0 as usize..cue.speech_end.0 as usize].to_vec();
            let pcm = Pcm {
                rate: pcm.rate,
                samples,
            };
            // What is shorter than a gating block of 400 ms stays as it is.
            if pcm.seconds() > 0.8 {
                let heard = crate::audio::loudness::measure(&pcm).unwrap();
                let lufs = heard.integrated.unwrap().0;
                assert!((lufs + 20.0).abs() < 0.7, "{} at {lufs} LUFS", cue.chunk);
                measured += 1;
            }
        }
    }
    assert_eq!(measured, 1, "tone.wav is long enough to be measured");
    assert!(
        !cues(&outcome, Role::Body)
            .iter()
            .any(|(text, _)| text.contains("合成"))
    );
}

#[test]
fn articles_can_have_readers_of_their_own() {
    let desk = Desk::new("一句话。");
    desk.article(
        "02-b",
        "headline = \"题\"\nvoice = \"zf_xiaoyi\"",
        "一句话。",
    );
    desk.article("03-c", "headline = \"题\"", "一句话。");
    let settings = "paper = \"报\"\nalternate = [\"zm_yunjian\", \"zm_yunxi\"]\n";
    fs::write(desk.path("issue/issue.toml"), settings).unwrap();
    let loaded = load(&Input::Folder(desk.path("issue")), Repair::Off).unwrap();
    let speaker = Speaker::open(&desk.path("data")).unwrap();
    let plan = plan(loaded, None, &speaker).unwrap();
    let readers: Vec<(&str, Speed)> = (plan.chapters.iter().flat_map(|c| &c.chunks))
        .filter(|c| c.chunk.role == Role::Body)
        .map(|c| (c.chunk.voice.as_str(), c.chunk.speed))
        .collect();
    let own = |voice: &str| speaker.catalogue.voice(voice).unwrap().speed.default;
    let expected = ["zm_yunjian", "zf_xiaoyi", "zm_yunjian"].map(|v| (v, own(v)));
    assert_eq!(readers, expected);
}
