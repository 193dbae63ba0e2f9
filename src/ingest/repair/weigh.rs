//! How sure a change is: what speaks for it and against it, weighed.

use std::sync::LazyLock;

/// What is known about a change, each about between −1 and 1.
pub(super) const FEATURES: [&str; 22] = [
    "gain",
    "high_gain",
    "odds",
    "printed_in_word",
    "printed_in_long_word",
    "right_in_word",
    "right_in_long_word",
    "right_word_score",
    "printed_word_score",
    "alone_left",
    "alone_right",
    "edge_left",
    "edge_right",
    "strange",
    "score",
    "margin",
    "seen_twice",
    "seen_long",
    "family",
    "sounds",
    "right_score",
    "printed_score",
];
/// How many there are.
pub(super) const COUNT: usize = FEATURES.len();

/// The units of the hidden layer.
const UNITS: usize = 8;

/// A network with one hidden layer of rectified units (Glorot, Bordes and
/// Bengio 2011), fitted by `tools/make_repair.py` to text with misreadings put
/// into it.
struct Network {
    hidden: [[f32; COUNT + 1]; UNITS],
    out: [f32; UNITS + 1],
}

static NETWORK: LazyLock<Network> = LazyLock::new(|| {
    let table = include_str!("../../../data/repair.tsv");
    let mut rows = table.lines().filter(|line| !line.starts_with('#'));
    Network {
        hidden: std::array::from_fn(|_| row(rows.next())),
        out: row(rows.next()),
    }
});

/// A line of figures; what is missing counts nothing.
fn row<const N: usize>(line: Option<&str>) -> [f32; N] {
    let mut figures = line.unwrap_or_default().split('\t');
    std::array::from_fn(|_| figures.next().and_then(|f| f.parse().ok()).unwrap_or(0.0))
}

/// The first figure and the others times `inputs`.
fn sum(weights: &[f32], inputs: &[f32]) -> f32 {
    let products = weights[1..].iter().zip(inputs).map(|(w, i)| w * i);
    weights[0] + products.sum::<f32>()
}

/// What speaks how much where a pair is misread in every print: there the words
/// around alone decide, and a sum is enough.
static OFTEN: LazyLock<[f32; COUNT + 1]> = LazyLock::new(|| {
    let table = include_str!("../../../data/often.tsv");
    row(table.lines().find(|line| !line.starts_with('#')))
});

/// How likely a change to one that is taken for the other in every print is
/// right, as natural log of odds.
pub(super) fn often(features: &[f32; COUNT]) -> f32 {
    sum(&*OFTEN, features)
}

/// How likely any other change is right, as natural log of odds.
pub(super) fn odds(features: &[f32; COUNT]) -> f32 {
    let units = (NETWORK.hidden).map(|weights| sum(&weights, features).max(0.0));
    sum(&NETWORK.out, &units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(table: &str) {
        let head = table.lines().find(|l| l.starts_with("# bias"));
        let names = head.into_iter().flat_map(|l| l.split('\t')).skip(1);
        assert!(names.eq(FEATURES));
    }

    #[test]
    fn the_tables_are_of_these_features() {
        named(include_str!("../../../data/often.tsv"));
        let table = include_str!("../../../data/repair.tsv");
        named(table);
        let rows: Vec<usize> = (table.lines().filter(|l| !l.starts_with('#')))
            .map(|l| l.split('\t').filter(|f| f.parse::<f32>().is_ok()).count())
            .collect();
        assert_eq!(rows[..UNITS], [COUNT + 1; UNITS]);
        assert_eq!(rows[UNITS..], [UNITS + 1]);
    }
}
