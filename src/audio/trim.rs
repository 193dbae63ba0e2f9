//! Silence before and after speech, found to the sample.
//!
//! Levels are relative to the take's own peak, so that a quiet take is
//! trimmed as a loud one is. Two levels are used, as in any gate with
//! hysteresis: speech certainly lies between the first and the last sample at
//! [`SURE`] or above; from there the cut moves outwards as long as 5 ms
//! stretches are above [`FAINT`], for at most [`REACH`]. That keeps the faint
//! onset of f, s, h, x and the breath that ends them, whose peaks may stay
//! below the upper level. At last [`MARGIN`] more is kept, so that the fade
//! at the edge falls on what was not speech.

use std::ops::Range;

use crate::model::{Db, Millis, Pcm, SampleRate};

use super::shape::peak;

/// A sample this far below the take's peak, or louder, is certainly sound.
pub const SURE: Db = Db(-45.0);

/// A 5 ms stretch whose root mean square is this far below the peak may
/// still be a soft consonant. (Noise of a peak just below [`SURE`] has a root
/// mean square some 12 dB below that.)
pub const FAINT: Db = Db(-60.0);

/// How far from the certain sound a soft consonant is looked for.
pub const REACH: Millis = Millis(120);

/// Kept beyond the last stretch found.
pub const MARGIN: Millis = Millis(5);

/// A take whose peak is below this (of full scale) is silence as a whole.
pub const FLOOR: Db = Db(-70.0);

/// The length of the stretches compared with [`FAINT`].
const STRETCH: Millis = Millis(5);

/// The take without the silence before and after; empty when it is silence
/// as a whole. No sample is changed.
pub fn trim(mut pcm: Pcm) -> Pcm {
    let kept = speech(&pcm.samples, pcm.rate);
    pcm.samples.truncate(kept.end);
    pcm.samples.drain(..kept.start);
    pcm
}

/// A recording without the silence before and after. Its peak may be a click far
/// louder than its speech, so the levels are relative to the loudness of its
/// louder half instead; empty when it is silence as a whole.
pub fn trim_recording(mut pcm: Pcm) -> Pcm {
    let stretch = (STRETCH.frames(pcm.rate).0 as usize).max(1);
    let mut peaks: Vec<f32> = pcm.samples.chunks(stretch).map(peak).collect();
    peaks.retain(|p| *p >= FLOOR.factor());
    let middle = peaks.len() / 2;
    if peaks.is_empty() {
        pcm.samples.clear();
        return pcm;
    }
    let (_, typical, _) = peaks.select_nth_unstable_by(middle, f32::total_cmp);
    let kept = between(&pcm.samples, pcm.rate, *typical);
    pcm.samples.truncate(kept.end);
    pcm.samples.drain(..kept.start);
    pcm
}

/// Where the speech is, as a range of samples; empty when there is none.
pub fn speech(samples: &[f32], rate: SampleRate) -> Range<usize> {
    let peak = peak(samples);
    if peak < FLOOR.factor() {
        return 0..0;
    }
    between(samples, rate, peak)
}

/// Where the sound is, levels taken relative to `peak`.
fn between(samples: &[f32], rate: SampleRate, peak: f32) -> Range<usize> {
    let sure = (peak * SURE.factor()).max(FLOOR.factor());
    let loud = |s: &f32| s.abs() >= sure;
    let (Some(first), Some(last)) = (
        samples.iter().position(loud),
        samples.iter().rposition(loud),
    ) else {
        return 0..0;
    };

    let faint = peak * FAINT.factor();
    let length = |ms: Millis| ms.frames(rate).0 as usize;
    let (stretch, reach, margin) = (length(STRETCH).max(1), length(REACH), length(MARGIN));

    let mut start = first;
    let limit = first.saturating_sub(reach);
    while start > limit {
        let next = start.saturating_sub(stretch).max(limit);
        if !is_above(&samples[next..start], faint) {
            break;
        }
        start = next;
    }

    let mut end = last + 1;
    let limit = (end + reach).min(samples.len());
    while end < limit {
        let next = (end + stretch).min(limit);
        if !is_above(&samples[end..next], faint) {
            break;
        }
        end = next;
    }

    start.saturating_sub(margin)..(end + margin).min(samples.len())
}

/// Whether the root mean square of the stretch reaches the level.
fn is_above(stretch: &[f32], level: f32) -> bool {
    let energy: f64 = stretch.iter().map(|s| f64::from(*s).powi(2)).sum();
    energy >= f64::from(level).powi(2) * stretch.len() as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::audio::test_signal::sine;

    const RATE: u32 = 24_000;

    /// Silence, then parts at their levels, then silence.
    fn take(parts: &[(f32, usize)]) -> Pcm {
        let mut samples = Vec::new();
        for (level, n) in parts {
            // Alternating signs: a known root mean square, no slow start.
            samples.extend((0..*n).map(|i| if i % 2 == 0 { *level } else { -*level }));
        }
        Pcm {
            rate: SampleRate(RATE),
            samples,
        }
    }

    #[test]
    fn a_click_in_a_quiet_recording_takes_nothing_away() {
        let quiet = (0.003, 20_000);
        let pcm = take(&[(0.0, 6000), quiet, (1.0, 24), quiet, (0.0, 9000)]);
        assert!(
            trim(pcm.clone()).samples.len() < 10_000,
            "as takes are trimmed"
        );
        let kept = trim_recording(pcm).samples.len();
        assert!((40_000..41_000).contains(&kept), "{kept}");
        assert!(trim_recording(take(&[(0.0, 6000)])).samples.is_empty());
    }

    #[test]
    fn silence_goes_and_the_margin_stays() {
        let pcm = take(&[(0.0, 6000), (0.5, 4000), (0.0, 9000)]);
        assert_eq!(speech(&pcm.samples, pcm.rate), 5880..10_120);
        assert_eq!(trim(pcm).samples.len(), 4240);
    }

    #[test]
    fn a_soft_consonant_before_and_after_is_kept() {
        // 80 ms at −50 dB: below the sure level, above the faint one.
        let soft = 0.5 * Db(-50.0).factor();
        let pcm = take(&[
            (0.0, 6000),
            (soft, 1920),
            (0.5, 4000),
            (soft, 1920),
            (0.0, 6000),
        ]);
        let kept = speech(&pcm.samples, pcm.rate);
        assert!(kept.start <= 6000 && kept.start >= 6000 - 240, "{kept:?}");
        assert!(kept.end >= 13_840 && kept.end <= 13_840 + 240, "{kept:?}");
    }

    #[test]
    fn a_long_noise_floor_is_not_followed_for_ever() {
        let noise = 0.5 * Db(-50.0).factor();
        let pcm = take(&[(noise, 48_000), (0.5, 4000), (noise, 48_000)]);
        let kept = speech(&pcm.samples, pcm.rate);
        assert_eq!(kept, 48_000 - 2880 - 120..52_000 + 2880 + 120);
    }

    #[test]
    fn a_quiet_take_is_trimmed_like_a_loud_one() {
        let mut pcm = take(&[(0.0, 300), (0.5, 4000), (0.0001, 900), (0.0, 5000)]);
        let loud = speech(&pcm.samples, pcm.rate);
        pcm.samples.iter_mut().for_each(|s| *s *= 0.01);
        assert_eq!(speech(&pcm.samples, pcm.rate), loud);
    }

    #[test]
    fn silence_as_a_whole_leaves_nothing() {
        assert!(trim(take(&[(0.0, 5000)])).samples.is_empty());
        assert!(trim(take(&[(0.0001, 5000)])).samples.is_empty());
        assert!(trim(take(&[])).samples.is_empty());
        assert!(trim(take(&[(f32::NAN, 10)])).samples.is_empty());
    }

    #[test]
    fn a_sound_without_silence_is_left_whole() {
        let pcm = sine(RATE, 440.0, 0.2, 0.3);
        assert_eq!(trim(pcm.clone()), pcm);
    }

    proptest! {
        #[test]
        fn no_loud_sample_is_removed(
            samples in prop::collection::vec(
                prop_oneof![8 => Just(0.0f32), 2 => -0.004f32..0.004, 1 => -1.0f32..1.0], 0..4000),
            rate in 8_000u32..48_000,
        ) {
            let pcm = Pcm { rate: SampleRate(rate), samples };
            let top = peak(&pcm.samples);
            let kept = speech(&pcm.samples, pcm.rate);
            prop_assert!(kept.start <= kept.end && kept.end <= pcm.samples.len());
            if top >= FLOOR.factor() {
                for (i, s) in pcm.samples.iter().enumerate() {
                    prop_assert!(s.abs() < top * SURE.factor() || kept.contains(&i));
                }
            }
            let trimmed = trim(pcm.clone());
            prop_assert_eq!(&trimmed.samples[..], &pcm.samples[kept]);
            // Trimming again takes nothing more than the margins' worth of faint sound.
            prop_assert_eq!(trim(trimmed.clone()), trimmed);
        }
    }
}
