//! Which characters are taken for one another.

use std::collections::HashMap;
use std::sync::LazyLock;

/// For every character, those it may have been on the page.
static ALIKE: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut table: HashMap<char, Vec<char>> = HashMap::new();
    let rows = include_str!("../../../data/lookalikes.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'));
    for (left, others) in rows {
        for (a, b) in left
            .chars()
            .flat_map(|a| others.chars().map(move |b| (a, b)))
        {
            table.entry(a).or_default().push(b);
            table.entry(b).or_default().push(a);
        }
    }
    // The box that stands for a missing glyph.
    table.entry('□').or_default().push('口');
    table
});

/// What `c` may have been on the page; empty for most characters.
pub(super) fn candidates(c: char) -> &'static [char] {
    ALIKE.get(&c).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::candidates;

    #[test]
    fn pairs_hold_both_ways() {
        assert!(candidates('讲').contains(&'进'));
        assert!(candidates('进').contains(&'讲'));
        assert_eq!(candidates('□'), ['口']);
        assert!(candidates('，').is_empty());
    }
}
