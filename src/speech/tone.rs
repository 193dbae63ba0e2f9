//! The deterministic voice for tests: a burst of tone for every syllable, a gap
//! for every mark. Quick, the same bytes on every machine, and different for
//! readings that differ, so that a test can tell takes apart by their sound.

use super::{Engine, SayError};
use crate::diag::{Fault, Result};
use crate::model::{Mark, Pcm, Reading, SampleRate, Speed, Syllable, Token};

/// The name of its one voice.
pub const VOICE: &str = "tone";

const RATE: SampleRate = SampleRate::MASTER;
/// One syllable at speed 1: 200 ms, of which the last fifth fades.
const SYLLABLE_FRAMES: f32 = 4800.0;
/// Half of full scale.
const LEVEL: f32 = 0.5;
/// Silence left at both ends, as neural voices leave it.
const EDGE_FRAMES: usize = 1200;

/// The engine of the voice `tone`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tone;

impl Engine for Tone {
    fn identity(&self, voice: &str) -> Result<String> {
        known(voice)?;
        Ok("tone 1".into())
    }

    fn say(&self, reading: &Reading, voice: &str, speed: Speed) -> Result<Pcm, SayError> {
        known(voice)?;
        if reading.syllables() == 0 {
            return Err(SayError::Unsayable(format!(
                "`{}` has no syllable to say",
                reading.spoken
            )));
        }
        if !(0.1..=10.0).contains(&speed.0) {
            return Err(SayError::Unsayable(format!(
                "no voice speaks at speed {speed}"
            )));
        }
        let mut samples = vec![0.0; EDGE_FRAMES];
        for token in &reading.tokens {
            match token {
                Token::Word(word) => {
                    for syllable in &word.syllables {
                        burst(&mut samples, syllable, speed);
                    }
                }
                Token::Foreign(word) => {
                    for number in 0..word.syllables {
                        let base = format!("{}{number}", word.text);
                        burst(&mut samples, &Syllable { base, tone: 5 }, speed);
                    }
                }
                Token::Mark(mark) => {
                    let frames = (gap_frames(*mark) / speed.0).round() as usize;
                    samples.resize(samples.len() + frames, 0.0);
                }
            }
        }
        samples.resize(samples.len() + EDGE_FRAMES, 0.0);
        Ok(Pcm {
            rate: RATE,
            samples,
        })
    }
}

fn known(voice: &str) -> Result<()> {
    if voice == VOICE {
        return Ok(());
    }
    Err(Fault::new(format!(
        "the tone engine has no voice `{voice}`"
    )))
}

/// The silence of a mark at speed 1, in frames; quotes and brackets have none.
fn gap_frames(mark: Mark) -> f32 {
    match mark {
        Mark::Stop | Mark::Exclamation | Mark::Question => 3600.0,
        Mark::Comma | Mark::Semicolon | Mark::Colon | Mark::Dash => 1920.0,
        Mark::OpenQuote | Mark::CloseQuote | Mark::OpenBracket | Mark::CloseBracket => 0.0,
    }
}

/// One syllable: a pitch of its own, bent by its tone.
fn burst(samples: &mut Vec<f32>, syllable: &Syllable, speed: Speed) {
    let frames = (SYLLABLE_FRAMES / speed.0).round().max(1.0);
    let pitch = 140.0 + (hash(&syllable.base) % 160) as f32;
    let (from, to) = match syllable.tone {
        1 => (1.4, 1.4),
        2 => (1.0, 1.4),
        3 => (0.9, 0.8),
        4 => (1.4, 0.9),
        _ => (1.0, 1.0),
    };
    let mut phase = 0.0f32;
    for i in 0..frames as usize {
        let at = i as f32 / frames;
        phase += pitch * (from + (to - from) * at) / RATE.0 as f32;
        phase -= phase.floor();
        let edge = (at / 0.05).min((1.0 - at) / 0.2).min(1.0);
        samples.push(LEVEL * edge * wave(phase));
    }
}

/// A sine of parabolas: plain arithmetic, so that every machine makes the same
/// bytes (library sines differ in the last digit).
fn wave(phase: f32) -> f32 {
    let x = 2.0 * phase - 1.0;
    -4.0 * x * (1.0 - x.abs())
}

/// FNV-1a, 32 bits.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |h, b| {
        (h ^ u32::from(b)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::Catalogue;
    use crate::speech::check;
    use crate::speech::sample::reading;

    fn say(line: &str, speed: f32) -> Pcm {
        Tone.say(&reading(line), VOICE, Speed(speed)).unwrap()
    }

    #[test]
    fn a_syllable_takes_a_fifth_of_a_second_and_slower_takes_longer() {
        assert_eq!(say("ni3 hao3", 1.0).samples.len(), 2 * 4800 + 2 * 1200);
        assert_eq!(say("ni3 hao3", 0.5).samples.len(), 4 * 4800 + 2 * 1200);
        let gap = say("ni3 ， hao3", 1.0).samples.len() - say("ni3 hao3", 1.0).samples.len();
        assert_eq!(gap, 1920);
    }

    #[test]
    fn the_same_reading_gives_the_same_samples_and_another_one_others() {
        assert_eq!(say("ma1", 1.0), say("ma1", 1.0));
        assert_ne!(say("ma1", 1.0), say("ma3", 1.0));
        assert_ne!(say("ma1", 1.0), say("mo1", 1.0));
    }

    #[test]
    fn its_takes_pass_the_check() {
        let manifest = Catalogue::built_in().unwrap().voice(VOICE).unwrap();
        for line in [
            "a1",
            "ni3 hao3 。",
            "jin1 tian1 ， tian1 qi4 hao3 。 zou3 ba5 ！",
        ] {
            for speed in [0.5, 1.0, 2.0] {
                check(&say(line, speed), &reading(line), Speed(speed), manifest).unwrap();
            }
        }
    }

    #[test]
    fn nothing_to_say_and_foreign_voices_are_refused() {
        let nothing = Tone.say(&reading("。"), VOICE, Speed(1.0));
        assert!(matches!(nothing, Err(SayError::Unsayable(_))));
        let other = Tone.say(&reading("a1"), "zm_yunjian", Speed(1.0));
        assert!(matches!(other, Err(SayError::Fault(_))));
        assert!(Tone.identity("zm_yunjian").is_err());
    }
}
