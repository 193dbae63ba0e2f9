//! Two headlines that stand side by side over two articles, read as one line.

use super::glyph::width;
use super::role::Role;
use super::torn::Item;

/// Each headline is at least so wide, in em.
const NARROWEST: f32 = 4.0;

/// Parts such headlines: the second one moves down to the second article.
pub(super) fn part(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut waiting: Option<Item> = None;
    for i in 0..items.len() {
        if let Some(second) = waiting.take() {
            // The first article is one paragraph; the second one begins here.
            if out.last().is_some_and(|i| i.role == Role::Prose) {
                out.push(second);
            } else {
                waiting = Some(second);
            }
        }
        let below = |n: usize| items.get(i + n).map(|i| i.role);
        let over_two = (below(1), below(2)) == (Some(Role::Prose), Some(Role::Prose));
        match cut(&items[i]).filter(|_| over_two) {
            Some((first, second)) => {
                out.push(first);
                waiting = Some(second);
            }
            None => out.push(items[i].clone()),
        }
    }
    out.extend(waiting);
    out
}

/// The two halves of a heading with one wide space in it.
fn cut(item: &Item) -> Option<(Item, Item)> {
    let mut wide = item.piece.gaps.iter().filter(|g| g.wide);
    let at = wide.next()?.at;
    let whole = item.piece.glyphs.len();
    let half = |from: usize, to: usize| Item {
        piece: item.piece.part(from, to),
        ..item.clone()
    };
    let (first, second) = (half(0, at), half(at, whole));
    let both = [&first, &second]
        .iter()
        .all(|h| width(&h.piece.glyphs) >= NARROWEST);
    (item.role == Role::Heading && wide.next().is_none() && both).then_some((first, second))
}
