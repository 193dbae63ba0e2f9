//! Samples as whole numbers: 24 bits rounded, 16 bits with dither.
//!
//! What is lost below 24 bits lies under any room's noise; below 16 bits it would be
//! heard as a rough edge of faint sound. Noise of triangular distribution over two
//! steps (TPDF) makes the error independent of the sound. The noise comes from a fixed
//! seed: the same sound gives the same file.

use crate::model::Bits;

/// Where the noise begins.
const SEED: u64 = 0x7469_6E67_6261_6F31;

/// Makes whole numbers of samples, piece by piece.
#[derive(Debug, Clone)]
pub struct Quantiser {
    bits: Bits,
    state: u64,
}

impl Quantiser {
    /// One at the beginning of a sound.
    pub fn new(bits: Bits) -> Self {
        Quantiser { bits, state: SEED }
    }

    /// Adds the samples to `out`, full scale ±1 as ±2^(bits−1); beyond it they stay
    /// there, and what is no number is silence.
    pub fn add(&mut self, samples: &[f32], out: &mut Vec<i32>) {
        let scale = full_scale(self.bits);
        let (low, high) = (-scale, scale - 1.0);
        out.extend(samples.iter().map(|sample| {
            let exact = f64::from(*sample) * scale;
            let noisy = match self.bits {
                Bits::TwentyFour => exact,
                Bits::Sixteen => exact + self.uniform() - self.uniform(),
            };
            // `as` takes what is no number to 0.
            nearest(noisy).clamp(low, high) as i32
        }));
    }

    /// A number from 0 to 1: xorshift64* (Marsaglia, "Xorshift RNGs", 2003; Vigna 2016).
    fn uniform(&mut self) -> f64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let mixed = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D);
        (mixed >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// The whole number nearest to one of less than 50 bits, the even one of two. The sum
/// leaves no room for a fraction; `round` is a call on processors of every age.
pub fn nearest(number: f64) -> f64 {
    const NO_FRACTION: f64 = 1.5 * (1u64 << 52) as f64;
    number + NO_FRACTION - NO_FRACTION
}

/// The whole number that stands for full scale.
pub fn full_scale(bits: Bits) -> f64 {
    f64::from(1u32 << (bits.count() - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(bits: Bits, samples: &[f32]) -> Vec<i32> {
        let mut out = Vec::new();
        Quantiser::new(bits).add(samples, &mut out);
        out
    }

    #[test]
    fn the_nearest_is_found() {
        for (number, whole) in [
            (0.4, 0.0),
            (-0.6, -1.0),
            (8_388_607.4, 8_388_607.0),
            (-8_388_608.5, -8_388_608.0),
            (2.5, 2.0),
            (3.5, 4.0),
        ] {
            assert_eq!(nearest(number), whole);
        }
        assert!(nearest(f64::NAN).is_nan());
    }

    #[test]
    fn twenty_four_bits_are_the_nearest() {
        let step = 1.0 / 8_388_608.0;
        let samples = [0.0, step, -3.0 * step, 0.6 * step, 1.0, -1.0, 2.0, f32::NAN];
        assert_eq!(
            numbers(Bits::TwentyFour, &samples),
            [0, 1, -3, 1, 8_388_607, -8_388_608, 8_388_607, 0]
        );
    }

    #[test]
    fn sixteen_bits_keep_what_lies_below_a_step() {
        // A third of a step: without dither it would be gone.
        let third = vec![1.0 / 3.0 / 32_768.0; 100_000];
        let made = numbers(Bits::Sixteen, &third);
        let mean = made.iter().map(|n| f64::from(*n)).sum::<f64>() / made.len() as f64;
        assert!((mean - 1.0 / 3.0).abs() < 0.01, "{mean}");
        // TPDF over two steps with the rounding: a variance of 1/6 + 1/12.
        let variance = made
            .iter()
            .map(|n| (f64::from(*n) - mean).powi(2))
            .sum::<f64>()
            / made.len() as f64;
        assert!((variance - 0.25).abs() < 0.01, "{variance}");
        assert_eq!(made, numbers(Bits::Sixteen, &third));
        assert!(
            numbers(Bits::Sixteen, &[1.0; 100])
                .iter()
                .all(|n| *n <= 32_767)
        );
    }
}
