//! Punctuation that a reading program narrowed or mistook.

use super::super::glyph::{Glyph, is_han, is_stop};

/// How sure a change of a mark is: a judgement, as pages have few of them.
pub(super) const SURE: f32 = 0.98;

/// A mark that was another on the page.
pub(super) struct Mark {
    pub at: usize,
    pub right: char,
    pub reason: &'static str,
}

/// Words that carry a sentence on: a stop before them was a comma.
const CARRIES_ON: &[char] = &['其', '并', '而', '且', '但', '使', '让'];
/// Words that begin an enumeration of clauses.
const LISTS: &[&str] = &["包括", "涉及", "涵盖", "分别为", "分别是"];
/// Words that a colon belongs to.
const SPEAKS: &[char] = &[
    '说', '道', '示', '称', '问', '答', '是', '为', '下', '记', '诉',
];

/// Looks at the marks of one paragraph.
pub(super) fn look(text: &[Glyph]) -> Vec<Mark> {
    let mut found = Vec::new();
    let han = |i: usize| text.get(i).is_some_and(|g| is_han(g.c));
    let closes = |i: usize| matches!(text[i].c, '"' | '”' | '」' | '）' | ')');
    for i in 1..text.len() {
        let behind = han(i - 1) || closes(i - 1);
        let next = |n: usize| text.get(i + n).map(|g| g.c);
        let carries = next(1).is_some_and(|c| CARRIES_ON.contains(&c));
        // `其中` and the like may well begin a sentence.
        let begins = next(1) == Some('其') && matches!(next(2), Some('中' | '他' | '实' | '次'));
        if text[i].c == '.' && behind && carries && !begins {
            found.push(Mark {
                at: i,
                right: '，',
                reason: "a narrow full stop in mid-sentence",
            });
        }
    }
    let mut start = 0;
    while start < text.len() {
        let end = text[start..]
            .iter()
            .position(|g| is_stop(g.c))
            .map_or(text.len(), |n| start + n + 1);
        list(text, start..end, &mut found);
        start = end;
    }
    found.sort_by_key(|m| m.at);
    found
}

/// `内容包括A: B: C等。`: two colons in one enumeration are semicolons.
fn list(text: &[Glyph], sentence: std::ops::Range<usize>, found: &mut Vec<Mark>) {
    let chars: Vec<char> = text[sentence.clone()].iter().map(|g| g.c).collect();
    let colons: Vec<usize> = (0..chars.len())
        .filter(|i| matches!(chars[*i], ':' | '：'))
        .collect();
    let (Some(first), [_, _, ..]) = (colons.first(), &colons[..]) else {
        return;
    };
    let before: String = chars[..*first].iter().collect();
    let spoken = colons.iter().any(|i| {
        i.checked_sub(1)
            .is_none_or(|b| SPEAKS.contains(&chars[b]) || !is_han(chars[b]))
            || chars.get(i + 1).is_none_or(|c| !is_han(*c))
    });
    let listed = LISTS.iter().any(|w| before.contains(w)) && chars.ends_with(&['等', '。']);
    if listed && !spoken {
        found.extend(colons.iter().map(|i| Mark {
            at: sentence.start + i,
            right: '；',
            reason: "a second colon in one enumeration",
        }));
    }
}
