//! What a reading says that the page does not: characters from nowhere, and
//! characters that were changed without a word.

use std::collections::HashMap;

use crate::canon::{canon, canon_block};
use crate::gold::{Gold, Part};
use crate::matching::{Run, find};
use crate::prediction::Prediction;
use crate::score::{Container, Score};

/// The longest stretch between two matches that is looked at.
const LONGEST: usize = 40;
/// Shorter parts are too short to be aligned.
const SHORTEST: usize = 10;

fn counts(text: impl Iterator<Item = char>) -> HashMap<char, usize> {
    let mut counts = HashMap::new();
    for c in text {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

pub fn score(
    gold: &Gold,
    pages: &[String],
    found: &Prediction,
    golds: &[(String, Vec<&Part>)],
    reads: &[Container],
    score: &mut Score,
) {
    let raw = canon(&pages.join("\n"));
    let parts = || golds.iter().flat_map(|(_, parts)| parts.iter());
    let bag = counts(raw.iter().copied());
    let truth = parts()
        .flat_map(|p| canon(&p.text))
        .chain(canon(&gold.masthead_text));
    let truth = counts(truth);
    let said = counts(
        reads
            .iter()
            .flat_map(|c| c.hay.text.iter().copied())
            .filter(|c| *c != '\n'),
    );
    let mut extra = String::new();
    for (c, n) in said {
        let of = |bag: &HashMap<char, usize>| bag.get(&c).copied().unwrap_or(0);
        let known = of(&bag).max(of(&truth));
        extra.extend(std::iter::repeat_n(c, n.saturating_sub(known)));
    }
    score.invented = extra.chars().count();
    let told = |c: char| found.edits.iter().any(|e| canon(&e.right) == [c]);
    score.foreign = (extra.chars().filter(|c| !bag.contains_key(c) && !told(*c))).count();
    if !extra.is_empty() {
        score.faults.push(format!("invented or doubled: {extra}"));
    }
    let lines: Vec<Vec<Vec<char>>> = (pages.iter())
        .map(|p| {
            p.split('\n')
                .map(|l| l.trim_end_matches('\r').chars().collect())
                .collect()
        })
        .collect();
    for part in parts() {
        let text = canon_block(&part.kind, &part.text);
        if text.len() < SHORTEST {
            continue;
        }
        let best = (reads.iter().rev()).max_by_key(|c| c.hay.shared(&text));
        let Some(best) = best else { continue };
        let printed = printed(part, &lines).filter(|p| p.len() == text.len());
        let runs: Vec<Run> = (best.hay.runs(&text).into_iter())
            .filter(|r| r.size >= 3)
            .collect();
        for pair in runs.windows(2) {
            let (from, to) = (pair[0].a + pair[0].size, pair[1].a);
            let read = &best.hay.text[pair[0].b + pair[0].size..pair[1].b];
            if to - from == read.len() {
                for (at, c) in (from..to).zip(read) {
                    let on_page = printed.as_ref().map(|p| p[at]);
                    if *c == text[at] || on_page == Some(*c) || *c == '\n' {
                        continue;
                    }
                    score.substituted += 1;
                    if !on_page.is_some_and(|p| is_told(found, p, *c)) {
                        score.silent += 1;
                        let near: String = text[from.saturating_sub(3)..to].iter().collect();
                        score.faults.push(format!("silent: {near} ← {c}"));
                    }
                }
            } else if read.len() > to - from
                && read.len() <= LONGEST
                && !read.contains(&'\n')
                && find(&raw, read).is_none()
            {
                score.inserted += read.len() - (to - from);
                let said: String = read.iter().collect();
                score.faults.push(format!("inserted: {said}"));
            }
        }
    }
}

/// The part as it stands on the page.
fn printed(part: &Part, lines: &[Vec<Vec<char>>]) -> Option<Vec<char>> {
    let mut text = String::new();
    for span in &part.spans {
        let line = lines.get(span.page)?.get(span.line.checked_sub(1)?)?;
        text.extend(line.get(span.from..span.to)?.iter().filter(|c| **c != '|'));
    }
    (!text.is_empty()).then(|| canon_block(&part.kind, &text))
}

/// Whether some edit tells of the change.
fn is_told(found: &Prediction, printed: char, said: char) -> bool {
    let same = |text: &str, c: char| canon(text) == [c];
    (found.edits.iter()).any(|e| same(&e.wrong, printed) && same(&e.right, said))
}
