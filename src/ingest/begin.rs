//! Whether a heading begins an article, by what stands above, below and in it.

use std::collections::HashSet;

use super::article::Draft;
use super::glyph::{is_han, runs, text, width};
use super::marker;
use super::piece::Piece;
use super::role::{self, Role};
use super::torn::Item;
use super::wording;

/// What stands under a heading: up to the next heading, the end of the article,
/// or the place where another one goes on.
pub(super) fn section(items: &[Item]) -> &[Item] {
    let goes_on = |i: &&Item| i.resumes.is_none();
    let body = |i: &&Item| {
        let between = matches!(
            i.role,
            Role::Advert | Role::Honours | Role::Furniture | Role::Notice
        );
        i.role.is_body() || i.role == Role::Byline || i.in_tear || between
    };
    let own = items.iter().take_while(goes_on).count();
    let items = &items[..own];
    let first = items.iter().take(2).take_while(body).count();
    let rest = items[first..]
        .iter()
        .take(10)
        .take_while(|i| body(i) && i.role != Role::Byline && i.role != Role::Heading)
        .count();
    &items[..first + rest]
}

/// What stands below the section of some headings, and below those that follow
/// under single headings of the same shape.
pub(super) fn below(items: &[Item], at: usize, run: usize, length: usize) -> Option<Role> {
    let mut end = at + run + length;
    let alone = |i: usize| {
        let heading = |i: usize| items.get(i).is_some_and(|i| i.role == Role::Heading);
        run == 1 && heading(i) && !heading(i + 1) && alike(&items[at].piece, &items[i].piece)
    };
    while alone(end) {
        let next = section(&items[end + 1..]).len();
        if next == 0 {
            break;
        }
        end += 1 + next;
    }
    items.get(end).map(|i| i.role)
}

/// How much of a section has to be said in the article before for it to be a
/// part of that, as a share of its runs of three characters.
const AKIN: f32 = 0.12;
/// … and so little that it is another.
const STRANGE: f32 = 0.05;

/// Whether headings behind an article's body are the head of another: what is
/// above, below and in them is weighed.
pub(super) fn begins_article(
    draft: &Draft,
    group: &[Item],
    section: &[Item],
    signed: bool,
) -> bool {
    let Some(first) = group.first() else {
        return false;
    };
    // `寻物启事` or `旺铺招租` is a heading of its own, however short.
    let own = |i: &Item| {
        let line = text(&i.piece.glyphs);
        wording::is_notice_title(&line) || wording::is_offer(&line)
    };
    if group.iter().any(own) {
        return true;
    }
    // Of two the lower one is the headline, below its kicker; one with a pause may be the
    // first line of a paragraph.
    let letters = |i: &Item| i.piece.glyphs.iter().filter(|g| is_han(g.c)).count();
    let second = group.get(1).filter(|i| role::pauses(&i.piece.glyphs) == 0);
    let han = letters(first).max(second.map_or(0, letters));
    let numbered = marker::find(&first.piece.glyphs).is_some();
    let byline_above = section.first().is_some_and(|i| i.role == Role::Byline);
    let prose = section.iter().find(|i| i.role == Role::Prose);
    let mut weight = 0;
    let last = draft.body.last().map(|i| i.role);
    let verses = |items: &[Item]| items.iter().any(|i| i.role == Role::Verse);
    weight += match last {
        // Signed is finished.
        Some(Role::Signature) => 4,
        Some(Role::Closing) => 2,
        // Nothing goes on behind a poem but another one.
        Some(Role::Verse) if prose.is_some() => 4,
        _ => 0,
    };
    weight += match section.first().map(|i| i.role) {
        Some(Role::Salutation) => 3,
        // One poem of several.
        Some(Role::Verse) if verses(&draft.body) => -4,
        Some(Role::Verse | Role::Row) => 1,
        _ => 0,
    };
    // A notice is one paragraph or two, without sections.
    let noticed = draft
        .heads
        .last()
        .is_some_and(|h| wording::is_notice_title(&text(&h.glyphs)));
    weight += if noticed && !numbered { 2 } else { 0 };
    weight += if byline_above { 3 } else { 0 };
    weight += if draft.signed { 3 } else { 0 };
    weight += if prose.is_some_and(|p| wording::opens_report(&p.piece.glyphs)) {
        2
    } else {
        0
    };
    weight += i32::from(group.len() > 1);
    weight += match han {
        0..6 => -2,
        6..9 => 0,
        _ => 1,
    };
    weight -= if numbered { 4 } else { 0 };
    let inner = draft.body.iter().filter(|i| i.role == Role::Heading);
    // The first section's own may have been taken for a deck.
    let sections = inner.map(|i| &i.piece).chain(draft.heads.iter().skip(2));
    weight -= i32::from(sections.into_iter().any(|p| alike(p, &first.piece)));
    // A byline below both and none between: they may well be one article.
    weight -= i32::from(signed && !byline_above && draft.bylines.is_empty());
    // A short heading alone in an article whose writer stands at its head: where
    // articles are signed so, the next one would be too.
    let plain = group.len() == 1 && han < 9 && !byline_above && !draft.signed;
    weight -= i32::from(plain && !draft.bylines.is_empty());
    let (mut known, mut all) = (0usize, 0usize);
    for three in group
        .iter()
        .chain(section)
        .flat_map(|i| runs::<3>(&i.piece.glyphs))
    {
        all += 1;
        known += usize::from(draft.words.contains(&three));
    }
    let share = known as f32 / all.max(1) as f32;
    weight += match share {
        s if s >= AKIN => -2,
        s if s < STRANGE => 1,
        _ => 0,
    };
    weight += said_below(draft, group, section);
    weight > 0
}

/// So large a share of a headline's pairs of characters is said in the text below …
const SAID: f32 = 0.4;
/// … and so small a one of a section's heading, which says what is new; it says more
/// of the article around.
const NOT_SAID: f32 = 0.2;
const SAID_BEFORE: f32 = 0.14;
/// Fewer pairs than these may be said anywhere.
const FEW: usize = 5;

/// What the words of a heading tell: a headline is said again in its own text.
fn said_below(draft: &Draft, group: &[Item], section: &[Item]) -> i32 {
    let pairs = |items: &mut dyn Iterator<Item = &Piece>| -> HashSet<[char; 2]> {
        items.flat_map(|p| runs::<2>(&p.glyphs)).collect()
    };
    let texts = section.iter().filter(|i| i.role.is_text());
    let below = pairs(&mut texts.map(|i| &i.piece));
    let heading = pairs(&mut group.iter().map(|i| &i.piece));
    if below.is_empty() || heading.is_empty() {
        return 0;
    }
    let bodies = draft.body.iter().map(|i| &i.piece);
    let above = pairs(&mut draft.heads.iter().chain(bodies));
    let share = |said: &HashSet<[char; 2]>| {
        heading.intersection(said).count() as f32 / heading.len() as f32
    };
    let own = match share(&below) {
        s if s >= SAID && heading.len() >= FEW => 1,
        s if s < NOT_SAID => -1,
        _ => 0,
    };
    own - i32::from(share(&above) >= SAID_BEFORE)
}

/// Whether two headings have one shape: both of two phrases, or of one width.
pub(super) fn alike(a: &Piece, b: &Piece) -> bool {
    let phrases = |p: &Piece| p.segments().filter(|s| s.len() > 3).count();
    (phrases(a) > 1 && phrases(a) == phrases(b)) || width(&a.glyphs) == width(&b.glyphs)
}
