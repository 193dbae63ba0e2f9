//! The model begins and ends almost every utterance with a faint crack of 10
//! to 80 ms, up to −24 dBFS loud, a quarter of a second away from the first and
//! the last word (measured over the sample issue: 74 of 79 chunks). It is no
//! speech, and a trimmer would take it for the first sound.

/// Below this (−50 dBFS) is silence.
const SILENCE: f32 = 0.003;
/// A crack ends within so many seconds of the edge.
const REACH: f64 = 0.12;
/// So many seconds of silence tell a crack from a consonant: the closure of a
/// Mandarin stop is never that long.
const GAP: f64 = 0.1;

/// What is fainter than [`SILENCE`] just before the first sound may be the
/// onset of a soft consonant: so many seconds of it stay.
const ONSET: f64 = 0.06;

/// Silences the cracks at both ends and what dies away behind them. `rate` in samples a second.
pub fn silence_cracks(samples: &mut [f32], rate: u32) {
    let frames = |seconds: f64| (seconds * f64::from(rate)) as usize;
    let limits = [REACH, GAP, ONSET].map(frames);
    let head = crack(samples.iter(), limits);
    samples[..head].fill(0.0);
    let tail = crack(samples.iter().rev(), limits);
    let end = samples.len() - tail;
    samples[end..].fill(0.0);
}

/// How many samples from its beginning on are a crack and the silence behind
/// it: there must be a silence of length `gap` that begins within `reach`.
fn crack<'s>(samples: impl Iterator<Item = &'s f32>, [reach, gap, onset]: [usize; 3]) -> usize {
    let mut start = 0;
    for (i, sample) in samples.enumerate() {
        if sample.abs() < SILENCE {
            continue;
        }
        if i >= start + gap {
            return i.saturating_sub(onset).max(start);
        }
        start = i + 1;
        if start > reach {
            break;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stretches of (milliseconds, level) at 1000 samples a second.
    fn sound(parts: &[(usize, f32)]) -> Vec<f32> {
        parts
            .iter()
            .flat_map(|(n, level)| vec![*level; *n])
            .collect()
    }

    fn silenced(parts: &[(usize, f32)]) -> Vec<f32> {
        let mut samples = sound(parts);
        silence_cracks(&mut samples, 1000);
        samples
    }

    #[test]
    fn cracks_at_both_ends_go_and_speech_stays() {
        assert_eq!(
            silenced(&[
                (40, 0.05),
                (200, 0.002),
                (500, 0.4),
                (150, 0.001),
                (30, 0.02)
            ]),
            sound(&[(180, 0.0), (60, 0.002), (500, 0.4), (60, 0.001), (120, 0.0)])
        );
    }

    #[test]
    fn speech_at_the_edge_is_no_crack() {
        for parts in [
            // A stop with its closure.
            &[(30, 0.1), (60, 0.0), (300, 0.4), (110, 0.0)][..],
            &[(300, 0.4)],
            &[(130, 0.4), (300, 0.0)],
            &[],
        ] {
            let mut samples = sound(parts);
            let before = samples.clone();
            silence_cracks(&mut samples, 1000);
            assert_eq!(samples, before, "{parts:?}");
        }
    }
}
