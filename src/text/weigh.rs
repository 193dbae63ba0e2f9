//! Weighs the readings of every polyphone of a text, once its words are known.

use std::borrow::Cow;

use super::explain::{By, Choice};
use super::normalise::{Normalised, Why};
use super::polyphones::{Polyphones, Sight, is_agreed};
use super::syllables::{NEUTRAL, Syl};
use super::symbols::fold;
use super::tables::LONGEST;
use super::traditional::{simplified, simplified_text};
use super::words::{Item, Line};
use super::{FrontEnd, dictionary};

/// The longest phrase looked for around a character.
const AROUND: usize = 6;

/// A syllable to be weighed.
struct Place<'a> {
    /// Its number in the line.
    syl: usize,
    sight: Sight<'a>,
}

/// Gives every polyphone the reading that its surroundings speak for, where no
/// editor and no hand-made reading has spoken.
pub(super) fn weigh(front: &FrontEnd, display: &str, normalised: &Normalised, line: &mut Line) {
    let Some(polyphones) = &front.base.polyphones else {
        return;
    };
    if !line.chars.iter().any(|c| polyphones.has(*c)) {
        return;
    }
    let text: Vec<char> = (display.chars().map(fold)).map(simplified).collect();
    let places = places(front, polyphones, display, &text, normalised, line);
    let syls: Vec<usize> = places.iter().map(|p| p.syl).collect();
    let sights: Vec<Sight> = places.into_iter().map(|p| p.sight).collect();
    let chosen = polyphones.choose(&text, &sights);
    for (n, chosen) in syls.into_iter().zip(chosen) {
        let Some((syl, sure)) = chosen.ranked.first() else {
            continue;
        };
        // What the dictionary has for the word is not doubted.
        let by = match line.by[n].by {
            by @ (By::Word | By::Phrase) if line.syls[n] == *syl => by,
            _ => By::Context,
        };
        line.syls[n] = *syl;
        line.by[n] = Choice {
            by,
            confidence: (by == By::Context).then_some(*sure),
        };
        line.weighed.push((n, chosen));
    }
}

/// What there is to weigh, in order.
fn places<'a>(
    front: &FrontEnd,
    polyphones: &Polyphones,
    display: &str,
    text: &[char],
    normalised: &'a Normalised,
    line: &Line,
) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    let mut pieces = normalised.pieces.iter();
    let mut piece = pieces.next();
    // Characters of the printed text before the piece.
    let mut passed = 0;
    let word_at = |n: Option<usize>, plain: &std::ops::Range<usize>| -> Cow<'a, str> {
        match n.and_then(|n| line.items.get(n)) {
            Some(Item::Word { spoken, .. })
                if plain.start <= spoken.start && spoken.end <= plain.end =>
            {
                simplified_text(&normalised.spoken[spoken.clone()])
            }
            _ => Cow::Borrowed(""),
        }
    };
    for (n, item) in line.items.iter().enumerate() {
        let Item::Word { spoken, syls } = item else {
            continue;
        };
        while let Some(p) = piece.filter(|p| p.spoken.end <= spoken.start) {
            passed += display[p.display.clone()].chars().count();
            piece = pieces.next();
        }
        let Some(p) = piece.filter(|p| p.why == Why::Plain) else {
            continue;
        };
        let word = simplified_text(&normalised.spoken[spoken.clone()]);
        let start = passed
            + normalised.spoken[p.spoken.start..spoken.start]
                .chars()
                .count();
        let known = syls.len() > 1 && front.knows(&word);
        for (place, at) in syls.clone().enumerate() {
            let (c, syl) = (line.chars[at], line.syls[at]);
            let settled = matches!(line.by[at].by, By::Corrected | By::Lexicon)
                // The neutral tone is the word's matter.
                || (known && syl.tone == NEUTRAL);
            if settled || !polyphones.has(c) {
                continue;
            }
            let before = word_at(n.checked_sub(1), &p.spoken);
            let behind = word_at(Some(n + 1), &p.spoken);
            let kinds = match syls.len() {
                1 => [&before, &behind].map(|w| part_of_speech(w)),
                _ => ['#'; 2],
            };
            places.push(Place {
                syl: at,
                sight: Sight {
                    char: c,
                    at: start + place,
                    word: word.clone(),
                    place,
                    before,
                    behind,
                    kinds,
                    own: known.then_some(syl),
                    around: match known {
                        true => None,
                        false => around(front, text, start + place),
                    },
                },
            });
        }
    }
    places
}

/// What the longest known phrase around the character at `at` has for it.
fn around(front: &FrontEnd, text: &[char], at: usize) -> Option<Syl> {
    const { assert!(AROUND <= LONGEST) };
    let mut phrase = String::with_capacity(4 * AROUND);
    (2..=AROUND).rev().find_map(|size| {
        let first = (at + 1).saturating_sub(size);
        let last = at.min(text.len().checked_sub(size)?);
        (first..=last).find_map(|from| {
            phrase.clear();
            phrase.extend(&text[from..from + size]);
            let tables = &front.base.tables;
            if let Some(own) = tables.word(&phrase) {
                return own.get(at - from).copied();
            }
            // One that is read as its characters and shorter phrases are.
            let mut own = Vec::with_capacity(AROUND);
            if is_agreed(&phrase) {
                tables.read(&phrase, &mut |syls, _| own.extend_from_slice(syls));
            }
            own.get(at - from).copied()
        })
    })
}

/// What kind of word this is, in a letter: `z` of a doubled word, else as the
/// dictionary tags it; `?` where it does not, `#` where there is no word.
fn part_of_speech(word: &str) -> char {
    let chars: Vec<char> = word.chars().collect();
    let doubled = match chars[..] {
        [] => return '#',
        [a, b] => a == b,
        [a, b, c, d] => (a == c && b == d) || (a == b && c == d) || (a == '一' && c == '一'),
        _ => false,
    };
    if doubled {
        return 'z';
    }
    if !dictionary().has_word(word) {
        return '?';
    }
    let tags = dictionary().tag(word, false);
    let tag = tags.first().filter(|t| t.word == word);
    tag.and_then(|t| t.tag.chars().next()).unwrap_or('?')
}

impl FrontEnd {
    /// Whether a dictionary has the word.
    fn knows(&self, word: &str) -> bool {
        dictionary().has_word(word) || self.base.tables.word(word).is_some()
    }
}
