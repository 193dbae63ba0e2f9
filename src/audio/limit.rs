//! A limiter for true peaks that acts on single peaks only: speech at −16 LUFS has
//! some that would pass full scale, and turning the whole chapter down for their
//! sake would leave it too quiet.
//!
//! Peaks are found between the samples too ([`super::peak`]). The gain goes down over
//! 15 ms before a peak and up again over the same time behind it, in a straight, smoothed
//! line: nothing else of the chapter is touched, so that nothing pumps.

use std::collections::VecDeque;

use super::peak::{TAPS, Wave};
use super::shape::amplify;
use crate::model::{Db, Dbtp, Millis, SampleRate};

/// How long before and behind a peak the gain moves: longer than a period of the
/// deepest voice, so that the waves of one vowel are lowered alike.
const REACH: Millis = Millis(15);

/// Amplifies and limits a sound that comes piece by piece; as many samples come out
/// as go in, none of them late.
pub struct Limiter {
    gain: Db,
    ceiling: f32,
    wave: Wave,
    /// Amplified samples that have not come out yet.
    waiting: VecDeque<f32>,
    /// The gain that each sample of the block needs by itself.
    wanted: Vec<f32>,
    least: SlidingLeast,
    first: SlidingMean,
    second: SlidingMean,
    /// Gains that were worked out before their samples came.
    skip: usize,
    /// For so many samples more the gain may be other than 1.
    busy: usize,
    /// What a peak moves at most.
    span: usize,
}

impl Limiter {
    /// A limiter that raises by `gain` and keeps true peaks below `ceiling`.
    pub fn new(gain: Db, ceiling: Dbtp, rate: SampleRate) -> Self {
        let reach = (REACH.frames(rate).0 as usize).max(1);
        let (least, mean) = (2 * reach + 1, reach + 1);
        Limiter {
            gain,
            ceiling: Db(ceiling.0).factor(),
            wave: Wave::default(),
            waiting: VecDeque::new(),
            wanted: Vec::new(),
            least: SlidingLeast::new(least),
            first: SlidingMean::new(mean),
            second: SlidingMean::new(mean),
            // What the windows look ahead, and the half of the interpolation.
            skip: 2 * reach + TAPS / 2,
            busy: 0,
            span: least + 2 * mean,
        }
    }

    /// Takes samples; adds to `out` those whose gain is settled.
    pub fn add(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        let mut block = samples.to_vec();
        amplify(&mut block, self.gain);
        self.waiting.extend(&block);
        self.wanted.clear();
        self.wanted.resize(block.len(), 1.0);
        let (wanted, ceiling) = (&mut self.wanted, self.ceiling);
        self.wave
            .add(&block, ceiling, &mut |at, peak| wanted[at] = ceiling / peak);
        let mut at = 0;
        while at < self.wanted.len() {
            if self.busy == 0 {
                // As a rule nothing is limited: samples pass as they are.
                let rest = &self.wanted[at..];
                let run = rest.iter().take_while(|w| **w == 1.0).count();
                self.pass(run, out);
                at += run;
            }
            if let Some(wanted) = self.wanted.get(at).copied() {
                self.step(wanted, out);
                at += 1;
            }
        }
    }

    /// Ends the sound: the rest comes out.
    pub fn finish(mut self, out: &mut Vec<f32>) {
        let left = self.waiting.len();
        // Silence behind the end pushes it out.
        let mut rest = Vec::new();
        while rest.len() < left {
            self.add(&[0.0; TAPS], &mut rest);
        }
        out.extend_from_slice(&rest[..left]);
    }

    /// Hands on samples whose gain is 1.
    fn pass(&mut self, run: usize, out: &mut Vec<f32>) {
        let skipped = run.min(self.skip);
        self.skip -= skipped;
        out.extend(self.waiting.drain(..run - skipped));
    }

    fn step(&mut self, wanted: f32, out: &mut Vec<f32>) {
        match wanted < 1.0 {
            true => self.busy = self.span,
            false => self.busy -= 1,
        }
        let gain = self.second.next(self.first.next(self.least.next(wanted)));
        if self.skip > 0 {
            self.skip -= 1;
        } else if let Some(sample) = self.waiting.pop_front() {
            out.push(sample * gain);
        }
    }
}

/// The least of the last so many values.
struct SlidingLeast {
    length: u64,
    at: u64,
    /// Rising values with the place until which they count.
    rising: VecDeque<(f32, u64)>,
}

impl SlidingLeast {
    fn new(length: usize) -> Self {
        SlidingLeast {
            length: length as u64,
            at: 0,
            rising: VecDeque::new(),
        }
    }

    fn next(&mut self, value: f32) -> f32 {
        while self.rising.back().is_some_and(|(v, _)| *v >= value) {
            self.rising.pop_back();
        }
        self.rising.push_back((value, self.at + self.length));
        while self
            .rising
            .front()
            .is_some_and(|(_, until)| *until <= self.at)
        {
            self.rising.pop_front();
        }
        self.at += 1;
        self.rising.front().map_or(value, |(v, _)| *v)
    }
}

/// The mean of the last so many values; before the first, all were 1.
struct SlidingMean {
    values: VecDeque<f32>,
    /// The sum of what the values lack of 1.
    lack: f64,
    /// How many of them lack something. When none does, `lack` is exactly 0, so that no
    /// rounding stays behind.
    lacking: usize,
}

impl SlidingMean {
    fn new(length: usize) -> Self {
        SlidingMean {
            values: VecDeque::from(vec![1.0; length]),
            lack: 0.0,
            lacking: 0,
        }
    }

    fn next(&mut self, value: f32) -> f32 {
        let old = self.values.pop_front().unwrap_or(1.0);
        self.values.push_back(value);
        self.lacking = self.lacking + usize::from(value != 1.0) - usize::from(old != 1.0);
        self.lack += f64::from(old) - f64::from(value);
        if self.lacking == 0 {
            self.lack = 0.0;
        }
        (1.0 - self.lack / self.values.len() as f64) as f32
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::audio::loudness::measure;
    use crate::audio::test_signal::{rms, sine};
    use crate::model::Pcm;

    fn limited(pcm: &Pcm, gain: f64, ceiling: f64, block: usize) -> Pcm {
        let mut limiter = Limiter::new(Db(gain), Dbtp(ceiling), pcm.rate);
        let mut samples = Vec::new();
        for part in pcm.samples.chunks(block) {
            limiter.add(part, &mut samples);
        }
        limiter.finish(&mut samples);
        Pcm {
            rate: pcm.rate,
            samples,
        }
    }

    #[test]
    fn what_is_quiet_is_only_amplified() {
        let tone = sine(24_000, 300.0, 0.5, 0.1);
        let got = limited(&tone, 6.0, -1.0, 777);
        assert_eq!(got.samples.len(), tone.samples.len());
        let factor = Db(6.0).factor();
        for (a, b) in tone.samples.iter().zip(&got.samples) {
            assert_eq!(a * factor, *b);
        }
    }

    #[test]
    fn a_loud_sound_stays_below_the_ceiling_between_samples_too() {
        for hertz in [110.0, 997.0, 5_999.0, 9_000.0] {
            let tone = sine(24_000, hertz, 1.0, 0.7);
            let got = limited(&tone, 6.0, -2.0, 500);
            let peak = measure(&got).unwrap().true_peak.unwrap().0;
            assert!((-2.6..=-1.9).contains(&peak), "{hertz} Hz: {peak}");
        }
    }

    #[test]
    fn one_peak_moves_nothing_that_is_far_from_it() {
        let mut tone = sine(24_000, 200.0, 1.0, 0.2);
        tone.samples[12_000] = 1.0;
        let got = limited(&tone, 0.0, -6.0, 4096);
        let reach = 2 * REACH.frames(tone.rate).0 as usize + TAPS;
        assert_eq!(
            got.samples[..12_000 - reach],
            tone.samples[..12_000 - reach]
        );
        assert_eq!(
            got.samples[12_000 + reach..],
            tone.samples[12_000 + reach..]
        );
        assert!(got.samples[12_000] <= 0.51);
        let near = 12_200..12_300;
        assert!(rms(&got.samples[near.clone()]) < rms(&tone.samples[near]));
    }

    proptest! {
        #[test]
        fn any_sound_comes_out_whole_and_below_the_ceiling(
            samples in prop::collection::vec(-1.5f32..1.5, 0..3000),
            block in 1usize..900,
        ) {
            let pcm = Pcm { rate: SampleRate::MASTER, samples };
            let got = limited(&pcm, 3.0, -3.0, block);
            prop_assert_eq!(got.samples.len(), pcm.samples.len());
            let most = Db(-3.0).factor() * 1.0001;
            prop_assert!(got.samples.iter().all(|s| s.abs() <= most));
            prop_assert_eq!(got, limited(&pcm, 3.0, -3.0, 1));
        }
    }
}
