//! How loud speech is on a telephone line: its active speech level, pauses not counted
//! (ITU-T P.56, 12/2011, method B).

use crate::model::{Db, SampleRate};

/// What is to be added to a level in dB below a square wave of full scale (dBov, ITU-T
/// G.100.1) for dBm0: a sine that just fills µ-law has +3.17 dBm0, one that fills A-law
/// +3.14 (G.711, clause 4), and its root mean square is −3.01 dBov. The 0.03 dB between
/// the two laws are left alone; the constant is the mean.
pub const DBM0: f64 = 3.155 + 3.01;

/// What spoken prompts are set to: −19 dBm0, in dB below full scale. That is as loud as
/// people are that speak up on a line (G.100.1 takes −26 dBov, about −20 dBm0, for
/// normal), and leaves 16 dB for peaks.
pub const SPEECH: Db = Db(-19.0 - DBM0);

/// Time constant of the envelope, in seconds (P.56, 6.2).
const CONSTANT: f64 = 0.03;
/// A pause of up to so long belongs to the speech, in seconds.
const HANGOVER: f64 = 0.2;
/// The active level lies so far above the threshold that decides what is active, in dB.
const MARGIN: f64 = 15.9;
/// Thresholds: halves of full scale.
const THRESHOLDS: usize = 15;

/// The active speech level in dB below full scale; none for silence.
pub fn active_speech(samples: &[f32], rate: SampleRate) -> Option<Db> {
    let energy: f64 = samples.iter().map(|s| f64::from(*s).powi(2)).sum();
    if energy <= 0.0 {
        return None;
    }
    let rate = f64::from(rate.0);
    let keep = (-1.0 / (rate * CONSTANT)).exp();
    let hangover = (rate * HANGOVER).ceil() as u64;
    // Activity count and frames since the envelope was above, a threshold each.
    let mut active = [0u64; THRESHOLDS];
    let mut since = [hangover; THRESHOLDS];
    let (mut first, mut envelope) = (0.0f64, 0.0f64);
    for sample in samples {
        first = keep * first + (1.0 - keep) * f64::from(sample.abs());
        envelope = keep * envelope + (1.0 - keep) * first;
        for (j, (active, since)) in active.iter_mut().zip(&mut since).enumerate() {
            if envelope >= threshold(j) {
                *since = 0;
                *active += 1;
            } else if *since < hangover {
                *since += 1;
                *active += 1;
            }
        }
    }
    // The level over what is active by each threshold falls towards the threshold as
    // this rises; it is right where the two are a margin apart (annex, interpolation).
    let levels: Vec<(f64, f64)> = (0..THRESHOLDS)
        .filter(|j| active[*j] > 0)
        .map(|j| {
            let level = 10.0 * (energy / active[j] as f64).log10();
            (level, level - 20.0 * threshold(j).log10() - MARGIN)
        })
        .collect();
    let fallback = 10.0 * (energy / samples.len() as f64).log10();
    // From the lowest threshold up the margin shrinks.
    let mut level = levels.last().map_or(fallback, |l| l.0);
    for pair in levels.windows(2) {
        let ((low, above), (high, below)) = (pair[0], pair[1]);
        if above >= 0.0 && below < 0.0 {
            let share = above / (above - below);
            level = low + share * (high - low);
        }
    }
    Some(Db(level))
}

/// The threshold `j`, 2⁻¹⁵ of full scale for the first, doubling.
fn threshold(j: usize) -> f64 {
    (2.0f64).powi(j as i32 - THRESHOLDS as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::test_signal::sine;

    /// A tone of so many seconds.
    fn tone(seconds: f64, level: f32) -> Vec<f32> {
        sine(8_000, 700.0, seconds, level).samples
    }

    /// Noise whose level goes up and down like syllables do.
    fn speech_like(seconds: f64) -> Vec<f32> {
        let mut seed = 1u32;
        let n = (seconds * 8_000.0) as usize;
        (0..n)
            .map(|i| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let noise = (seed >> 8) as f32 / (1 << 24) as f32 - 0.5;
                let syllable = (std::f32::consts::PI * i as f32 / 1_600.0).sin().powi(2);
                noise * syllable * 0.5
            })
            .collect()
    }

    #[test]
    fn a_steady_tone_has_its_own_level() {
        let level = active_speech(&tone(4.0, 0.1), SampleRate(8_000)).unwrap().0;
        // A sine of 0.1 has −23.01 dBov; it begins without a hangover before it.
        assert!((level + 23.01).abs() < 0.1, "{level}");
        assert_eq!(active_speech(&[0.0; 800], SampleRate(8_000)), None);
        assert_eq!(active_speech(&[], SampleRate(8_000)), None);
    }

    #[test]
    fn pauses_do_not_count() {
        let spoken = speech_like(4.0);
        let alone = active_speech(&spoken, SampleRate(8_000)).unwrap().0;
        let mut with_pauses = Vec::new();
        for part in spoken.chunks(8_000) {
            with_pauses.extend_from_slice(part);
            with_pauses.extend(std::iter::repeat_n(0.0, 24_000));
        }
        let level = active_speech(&with_pauses, SampleRate(8_000)).unwrap().0;
        // A fifth of a second of every pause counts as speech, by the standard.
        assert!((level - alone).abs() < 1.0, "{level} {alone}");
        let half: Vec<f32> = with_pauses.iter().map(|s| s / 2.0).collect();
        let softer = active_speech(&half, SampleRate(8_000)).unwrap().0;
        assert!((level - softer - 6.02).abs() < 0.05, "{level} {softer}");
    }
}
