//! Numbers at any byte and at any bit of a file, least significant first.

/// A file's bytes; what is past the end reads as zero.
#[derive(Clone, Copy)]
pub(super) struct Bytes<'a>(pub &'a [u8]);

impl Bytes<'_> {
    /// Eight bytes.
    pub fn u64(self, at: usize) -> u64 {
        self.array(at).map_or(0, u64::from_le_bytes)
    }

    /// Four bytes.
    pub fn u32(self, at: usize) -> u32 {
        self.array(at).map_or(0, u32::from_le_bytes)
    }

    /// Four bytes as an IEEE 754 number.
    pub fn f32(self, at: usize) -> f32 {
        f32::from_bits(self.u32(at))
    }

    /// One byte.
    pub fn byte(self, at: usize) -> u8 {
        self.0.get(at).copied().unwrap_or(0)
    }

    /// At most 57 bits, the first one at bit `bit` behind byte `base`.
    pub fn bits(self, base: usize, bit: u64, width: u8) -> u64 {
        let word = self.u64(base + (bit >> 3) as usize);
        (word >> (bit & 7)) & ((1 << width) - 1)
    }

    fn array<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..at.checked_add(N)?)?.try_into().ok()
    }
}

/// How many bits hold every number up to `most`.
pub(super) fn width(most: u64) -> u8 {
    (u64::BITS - most.leading_zeros()) as u8
}
