//! Which characters are taken for one another.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Another character that may have stood on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Other {
    /// The character.
    pub right: char,
    /// How likely it is that it is misread just so, as log10 of the odds
    /// against its being read rightly.
    pub odds: f32,
    /// It is one of the pairs that are taken for one another in every print.
    pub often: bool,
}

/// How often characters that are known to be taken for one another are.
const KNOWN: f32 = -3.0;
/// How often two are that only look alike, by how alike they are, 0 to 9.
const ALIKE: [f32; 10] = [-4.6, -4.4, -4.2, -4.0, -3.8, -3.6, -3.4, -3.2, -3.0, -2.8];

/// For every character, those it may have been on the page.
static OTHERS: LazyLock<HashMap<char, Vec<Other>>> = LazyLock::new(|| {
    let mut table: HashMap<char, HashMap<char, (f32, bool)>> = HashMap::new();
    let mut add = |a, b, odds: f32, often: bool| {
        let known = table
            .entry(a)
            .or_default()
            .entry(b)
            .or_insert((odds, often));
        *known = (known.0.max(odds), known.1 | often);
    };
    for (a, others) in rows(include_str!("../../../data/shapes.txt")) {
        let mut others = others.chars();
        while let (Some(b), Some(alike)) = (others.next(), others.next()) {
            let odds = ALIKE[alike.to_digit(10).unwrap_or(0) as usize];
            add(a, b, odds, false);
            add(b, a, odds, false);
        }
    }
    for (a, others) in rows(include_str!("../../../data/lookalikes.txt")) {
        for b in others.chars() {
            add(a, b, KNOWN, false);
            add(b, a, KNOWN, false);
        }
    }
    for (a, others) in rows(include_str!("../../../data/often.txt")) {
        for b in others.chars() {
            add(a, b, KNOWN, true);
            add(b, a, KNOWN, true);
        }
    }
    // The boxes that stand for a missing glyph.
    add('□', '口', KNOWN, true);
    add('囗', '口', KNOWN, true);
    let sorted = |others: HashMap<char, (f32, bool)>| {
        let others = others.into_iter();
        let other = |(right, (odds, often))| Other { right, odds, often };
        let mut others: Vec<Other> = others.map(other).collect();
        others.sort_by(|a, b| b.odds.total_cmp(&a.odds).then(a.right.cmp(&b.right)));
        others
    };
    table.into_iter().map(|(c, o)| (c, sorted(o))).collect()
});

/// The lines of a table: a character and what stands behind the tab.
fn rows(table: &'static str) -> impl Iterator<Item = (char, &'static str)> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(left, others)| Some((left.chars().next()?, others)))
}

/// What `c` may have been on the page; empty for most characters.
pub(super) fn candidates(c: char) -> &'static [Other] {
    OTHERS.get(&c).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::candidates;

    #[test]
    fn pairs_hold_both_ways() {
        let has = |a, b| candidates(a).iter().any(|o| o.right == b);
        assert!(has('讲', '进') && has('进', '讲'));
        assert!(has('侯', '候') && has('候', '侯'));
        assert!(has('□', '口'));
        assert!(candidates('，').is_empty());
    }
}
