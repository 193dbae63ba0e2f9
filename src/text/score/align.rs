//! Two rows of syllables side by side.

/// Pairs the items of two rows so that as few as possible are wrong: for every
/// item of the first row its partner in the second. `wrong` is 0 for a pair
/// that is right.
pub(super) fn align<A, B>(
    first: &[A],
    second: &[B],
    wrong: impl Fn(usize, usize) -> usize,
) -> Vec<Option<usize>> {
    /// An item without a partner costs as much as a pair that has nothing in
    /// common, or a little more.
    const ALONE: usize = 3;
    if first.len() == second.len() {
        let straight: usize = (0..first.len()).map(|i| wrong(i, i)).sum();
        if straight < 2 * ALONE {
            return (0..first.len()).map(Some).collect();
        }
    }
    let width = second.len() + 1;
    let mut cost = vec![0; (first.len() + 1) * width];
    for i in 0..=first.len() {
        for j in 0..=second.len() {
            let left = (i > 0).then(|| cost[(i - 1) * width + j] + ALONE);
            let up = (j > 0).then(|| cost[i * width + j - 1] + ALONE);
            let both =
                (i > 0 && j > 0).then(|| cost[(i - 1) * width + j - 1] + wrong(i - 1, j - 1));
            cost[i * width + j] = [both, left, up].into_iter().flatten().min().unwrap_or(0);
        }
    }
    let mut pairs = vec![None; first.len()];
    let (mut i, mut j) = (first.len(), second.len());
    while i > 0 && j > 0 {
        let here = cost[i * width + j];
        if here == cost[(i - 1) * width + j - 1] + wrong(i - 1, j - 1) {
            (i, j) = (i - 1, j - 1);
            pairs[i] = Some(j);
        } else if here == cost[(i - 1) * width + j] + ALONE {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_item_shifts_nothing() {
        let pair = |a: &str, b: &str| {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            align(&a, &b, |i, j| if a[i] == b[j] { 0 } else { 2 })
        };
        assert_eq!(pair("abc", "abc"), [Some(0), Some(1), Some(2)]);
        assert_eq!(pair("abc", "bc"), [None, Some(0), Some(1)]);
        assert_eq!(pair("abc", "xabc"), [Some(1), Some(2), Some(3)]);
        assert_eq!(pair("", "a"), []);
    }
}
