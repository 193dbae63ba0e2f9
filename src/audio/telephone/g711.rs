//! µ-law and A-law, 8 bits a sample (ITU-T G.711, 11/1988), from and to 16-bit samples.
//!
//! Both follow the conventions of the reference programs in ITU-T G.191: the upper 14
//! bits of a sample count for µ-law, the upper 13 for A-law; a negative sample is
//! mirrored by its one's complement, so that every decision value belongs to the
//! interval on the side away from zero for positive and towards it for negative samples.

/// What µ-law adds to a magnitude of 14 bits, so that every segment begins at a power of
/// two (G.711, table 2: decision values 1, 3, … 31, 35 …).
const BIAS: i32 = 33;
/// The greatest biased magnitude, 13 bits.
const MOST: i32 = 0x1FFF;

/// The µ-law character of a sample.
pub fn ulaw(sample: i16) -> u8 {
    let linear = i32::from(sample);
    let magnitude = if linear < 0 { !linear } else { linear } >> 2;
    let biased = (magnitude + BIAS).min(MOST);
    // The segment is the place of the highest bit: 1 from 32 on, 8 from 4,096 on.
    let segment = biased.ilog2() as i32 - 4;
    let interval = (biased >> segment) & 0x0F;
    // All bits but the sign are sent inverted (G.711, 3.2).
    let character = ((8 - segment) << 4) | (0x0F - interval);
    let sign = if linear < 0 { 0 } else { 0x80 };
    (character | sign) as u8
}

/// The sample of a µ-law character: the middle of its interval, 14 bits wide.
pub fn from_ulaw(character: u8) -> i16 {
    let inverted = !character;
    let segment = i32::from((inverted >> 4) & 0x07);
    let interval = i32::from(inverted & 0x0F);
    let magnitude = ((((interval << 1) + BIAS) << segment) - BIAS) << 2;
    let value = if character & 0x80 == 0 {
        -magnitude
    } else {
        magnitude
    };
    value as i16
}

/// The A-law character of a sample.
pub fn alaw(sample: i16) -> u8 {
    let linear = i32::from(sample);
    let magnitude = if linear < 0 { !linear } else { linear } >> 4;
    // The first two segments have steps of one size (G.711, table 1).
    let character = match magnitude {
        0..=31 => magnitude,
        _ => {
            let segment = magnitude.ilog2() as i32 - 3;
            (segment << 4) | ((magnitude >> (segment - 1)) & 0x0F)
        }
    };
    let sign = if linear < 0 { 0 } else { 0x80 };
    // Even bits are sent inverted (G.711, 3.1).
    ((character | sign) ^ 0x55) as u8
}

/// The sample of an A-law character: the middle of its interval, 13 bits wide.
pub fn from_alaw(character: u8) -> i16 {
    let plain = character ^ 0x55;
    let segment = i32::from((plain >> 4) & 0x07);
    let interval = (i32::from(plain & 0x0F) << 4) + 8;
    let magnitude = match segment {
        0 => interval,
        _ => (interval + 0x100) << (segment - 1),
    };
    let value = if plain & 0x80 == 0 {
        -magnitude
    } else {
        magnitude
    };
    value as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// G.711's tables as lists: the decision values of one polarity from zero on, in
    /// units of the uniform quantizer, by segments of 16 steps that double in size.
    fn decisions(first: i32, mut step: i32, linear_segments: usize) -> Vec<i32> {
        let mut values = vec![0];
        let mut at = first;
        for segment in 0..8 {
            if segment >= linear_segments {
                step *= 2;
            }
            // The first µ-law step is half as long as its neighbours.
            let steps = if segment == 0 && first > 0 { 15 } else { 16 };
            if segment == 0 && first > 0 {
                values.push(at);
            }
            for _ in 0..steps {
                at += step;
                values.push(at);
            }
        }
        // Beyond the last is the virtual decision value.
        values.pop();
        values
    }

    /// Which interval a magnitude lies in.
    fn interval(values: &[i32], magnitude: i32) -> u8 {
        (values.iter().filter(|v| **v <= magnitude).count() - 1) as u8
    }

    #[test]
    fn the_tables_of_the_standard_are_followed_by_every_sample() {
        let mu = decisions(1, 2, 1);
        let a = decisions(0, 1, 2);
        assert_eq!((mu.len(), a.len()), (128, 128));
        // Table 2a: 31, 95, 223, 479, 991, 2015, 4063 bound the segments; the last
        // decision value is 7903. Table 1a in units of 1/2 of its own: 2048 · 31/32.
        for (n, value) in [
            (16, 31),
            (32, 95),
            (48, 223),
            (64, 479),
            (112, 4063),
            (127, 7903),
        ] {
            assert_eq!(mu[n], value, "µ {n}");
        }
        for (n, value) in [(16, 16), (32, 32), (48, 64), (112, 1024), (127, 1984)] {
            assert_eq!(a[n], value, "A {n}");
        }
        for sample in i16::MIN..=i16::MAX {
            let one = if sample < 0 { !sample } else { sample };
            let sign = if sample < 0 { 0u8 } else { 0x80 };
            let mu = interval(&mu, i32::from(one >> 2));
            assert_eq!(ulaw(sample), !mu & 0x7F | sign, "µ {sample}");
            let a = interval(&a, i32::from(one >> 4));
            assert_eq!(alaw(sample), (a | sign) ^ 0x55, "A {sample}");
        }
    }

    #[test]
    fn characters_come_back_and_the_well_known_ones_are_right() {
        for character in 0..=255u8 {
            // µ-law has two zeros; the negative one is heard as the positive.
            if character != 0x7F {
                assert_eq!(ulaw(from_ulaw(character)), character);
            }
            assert_eq!(alaw(from_alaw(character)), character);
        }
        assert_eq!((ulaw(0), alaw(0)), (0xFF, 0xD5));
        assert_eq!((ulaw(i16::MAX), alaw(i16::MAX)), (0x80, 0xAA));
        assert_eq!((ulaw(i16::MIN), alaw(i16::MIN)), (0x00, 0x2A));
        assert_eq!((from_ulaw(0x80), from_alaw(0xAA)), (32_124, 32_256));
    }
}
