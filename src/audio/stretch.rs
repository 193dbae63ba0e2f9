//! Faster and slower at the same pitch: waveform similarity overlap-add
//! (WSOLA; Verhelst and Roelands, ICASSP 1993).
//!
//! Windows of the sound are laid one behind the other, half over half; each is
//! taken from near the place where the speed would have it, at the offset that
//! goes on most like the window before.

/// The length of a window, in frames: 40 ms at the masters' 24 kHz, two to ten
/// periods of a voice.
const WINDOW: usize = 960;
/// So many frames come out at a time.
pub const HOP: usize = WINDOW / 2;
/// A window may be taken so many frames before or behind its place: a period of
/// the lowest voice.
const REACH: i64 = 240;
/// Every so manieth offset is tried, and every so manieth sample compared.
const EVERY: usize = 2;
/// So many samples of a window are compared.
const COMPARED: usize = HOP / EVERY;
/// So many offsets are tried on either side.
const OFFSETS: usize = REACH as usize / EVERY;
/// Sums that are formed side by side, which processors do at once.
const LANES: usize = 8;

/// Plays a sound at any speed from any place.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Where the next window belongs, in frames of the sound.
    at: f64,
    /// Where the last one was taken from.
    last: Option<i64>,
    /// The second half of the last window, faded out.
    tail: Vec<f32>,
    /// How loud a window is in its first half.
    fade: Vec<f32>,
}

impl Stretch {
    /// Begins at this frame; the first 20 ms are faded in.
    pub fn from(at: u64) -> Self {
        Stretch {
            at: at as f64,
            last: None,
            tail: vec![0.0; HOP],
            fade: (0..HOP).map(fade_in).collect(),
        }
    }

    /// The frame of the sound that is heard now.
    pub fn at(&self) -> u64 {
        self.at as u64
    }

    /// The next [`HOP`] frames of `sound` at `speed`; behind its end silence.
    pub fn next(&mut self, sound: &[f32], speed: f32) -> Vec<f32> {
        let place = match self.last {
            None => self.at as i64,
            Some(last) => best(sound, last + HOP as i64, self.at as i64),
        };
        let mut out = std::mem::take(&mut self.tail);
        self.tail.resize(HOP, 0.0);
        let both = out.iter_mut().zip(&mut self.tail).zip(&self.fade);
        for (i, ((out, tail), fade)) in both.enumerate() {
            *out += fade * sample(sound, place + i as i64);
            *tail = (1.0 - fade) * sample(sound, place + (HOP + i) as i64);
        }
        self.last = Some(place);
        self.at += HOP as f64 * f64::from(speed);
        out
    }
}

/// A raised cosine; it and what it leaves of one make one.
fn fade_in(i: usize) -> f32 {
    let turn = (i as f32 + 0.5) / HOP as f32;
    0.5 - 0.5 * (std::f32::consts::PI * turn).cos()
}

fn sample(sound: &[f32], at: i64) -> f32 {
    usize::try_from(at)
        .ok()
        .and_then(|at| sound.get(at))
        .copied()
        .unwrap_or(0.0)
}

/// The place near `wanted` whose sound is most like that at `goes_on`, where the
/// last window would have gone on.
fn best(sound: &[f32], goes_on: i64, wanted: i64) -> i64 {
    if (wanted - goes_on).abs() <= 1 {
        return goes_on;
    }
    let mut goes = [0.0; COMPARED];
    thin(sound, goes_on, &mut goes);
    let mut near = [0.0; COMPARED + 2 * OFFSETS];
    thin(sound, wanted - REACH, &mut near);
    let likeness = |offset: usize| -> f32 {
        let here = &near[offset..offset + COMPARED];
        let (mut product, mut energy) = ([0.0; LANES], [0.0; LANES]);
        for (here, goes) in here.chunks_exact(LANES).zip(goes.chunks_exact(LANES)) {
            for lane in 0..LANES {
                product[lane] += here[lane] * goes[lane];
                energy[lane] += here[lane] * here[lane];
            }
        }
        let energy: f32 = energy.iter().sum();
        product.iter().sum::<f32>() / f32::sqrt(energy + 1e-9)
    };
    // Of places that are equally like it the wanted one is taken, else the first.
    let mut best = (likeness(OFFSETS), OFFSETS);
    for offset in 0..=2 * OFFSETS {
        let like = likeness(offset);
        if like > best.0 {
            best = (like, offset);
        }
    }
    wanted - REACH + (best.1 * EVERY) as i64
}

/// The samples of the sound from a place on that are compared.
fn thin(sound: &[f32], from: i64, out: &mut [f32]) {
    for (i, out) in out.iter_mut().enumerate() {
        *out = sample(sound, from + (i * EVERY) as i64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::test_signal::{frequency, rms, sine};
    use crate::model::{Pcm, SampleRate};

    fn played(sound: &[f32], speed: f32) -> Vec<f32> {
        let mut stretch = Stretch::from(0);
        let mut out = Vec::new();
        while (stretch.at() as usize) < sound.len() {
            out.extend(stretch.next(sound, speed));
        }
        out
    }

    #[test]
    fn at_its_own_speed_a_sound_is_itself() {
        let sound = sine(24_000, 180.0, 0.5, 0.5).samples;
        let out = played(&sound, 1.0);
        for (i, (a, b)) in out.iter().zip(&sound).enumerate().skip(HOP) {
            assert!((a - b).abs() < 1e-5, "{i}: {a} {b}");
        }
    }

    #[test]
    fn the_length_changes_and_the_pitch_does_not() {
        let sound = sine(24_000, 180.0, 2.0, 0.5).samples;
        for speed in [0.7, 0.9, 1.25, 1.5, 2.0] {
            let out = played(&sound, speed);
            let wanted = sound.len() as f64 / f64::from(speed);
            assert!((out.len() as f64 - wanted).abs() <= HOP as f64, "{speed}");
            let middle = Pcm {
                rate: SampleRate(24_000),
                samples: out[WINDOW..out.len() - 2 * WINDOW].to_vec(),
            };
            assert!(
                (frequency(&middle) - 180.0).abs() < 2.0,
                "{speed}: {}",
                frequency(&middle)
            );
            assert!(
                (rms(&middle.samples) / (0.5 / 2f64.sqrt()) - 1.0).abs() < 0.05,
                "{speed}"
            );
        }
    }

    #[test]
    fn behind_the_end_is_silence() {
        let mut stretch = Stretch::from(50);
        let out = stretch.next(&[0.5; 100], 1.0);
        assert_eq!(out.len(), HOP);
        assert_eq!(out[HOP - 1], 0.0);
        assert_eq!(Stretch::from(10_000).next(&[], 1.5), vec![0.0; HOP]);
    }
}
