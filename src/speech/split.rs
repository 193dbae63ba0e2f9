//! A take that failed is tried again smaller: one reading cut into two.

use crate::model::{Mark, Reading, Span, Token};

/// Cuts a reading in two, behind the mark nearest the middle, or between words
/// where no mark stands within the middle half. `None` when there is but one
/// word. The two halves together hold every token, and every byte of the
/// printed and the spoken text, in order.
pub fn split(reading: &Reading) -> Option<(Reading, Reading)> {
    let at = cut(&reading.tokens)?;
    let (head, tail) = reading.tokens.split_at(at);
    let spoken = spoken_cut(&reading.spoken, &reading.tokens, at);
    let (map_head, map_tail, display) = split_map(reading, spoken);
    Some((
        Reading {
            display: reading.display[..display].to_string(),
            spoken: reading.spoken[..spoken].to_string(),
            map: map_head,
            tokens: head.to_vec(),
        },
        Reading {
            display: reading.display[display..].to_string(),
            spoken: reading.spoken[spoken..].to_string(),
            map: map_tail,
            tokens: tail.to_vec(),
        },
    ))
}

/// The index of the first token of the second half.
fn cut(tokens: &[Token]) -> Option<usize> {
    let total: usize = tokens.iter().map(weight).sum();
    let mut before = 0;
    // (at a mark?, distance from the middle in half syllables, index)
    let mut best: Option<(bool, usize, usize)> = None;
    for (i, token) in tokens.iter().enumerate() {
        if before > 0 && before < total && may_cut(tokens, i) {
            let distance = (2 * before).abs_diff(total);
            let at_mark = matches!(tokens[i - 1], Token::Mark(m) if !opens(m));
            let good_mark = at_mark && 2 * distance <= total;
            let better = match best {
                None => true,
                Some((mark, d, _)) => (!good_mark, distance) < (!mark, d),
            };
            if better {
                best = Some((good_mark, distance, i));
            }
        }
        before += weight(token);
    }
    best.map(|(_, _, i)| i)
}

fn weight(token: &Token) -> usize {
    match token {
        Token::Word(w) => w.syllables.len(),
        Token::Foreign(w) => w.syllables,
        Token::Mark(_) => 0,
    }
}

fn opens(mark: Mark) -> bool {
    matches!(mark, Mark::OpenQuote | Mark::OpenBracket)
}

/// A cut before token `i` keeps marks where they belong: closing marks stay
/// with the words before them, opening ones with those behind.
fn may_cut(tokens: &[Token], i: usize) -> bool {
    let after = match &tokens[i] {
        Token::Word(_) | Token::Foreign(_) => true,
        Token::Mark(m) => opens(*m),
    };
    let before = match &tokens[i - 1] {
        Token::Word(_) | Token::Foreign(_) => true,
        Token::Mark(m) => !opens(*m),
    };
    after && before
}

/// Where token `at` begins in the spoken text: words are looked for in order,
/// and marks stand between them.
fn spoken_cut(spoken: &str, tokens: &[Token], at: usize) -> usize {
    let mut end = 0;
    let mut next = spoken.len();
    for (i, token) in tokens.iter().enumerate() {
        let word = match token {
            Token::Word(word) => &word.text,
            Token::Foreign(word) => &word.text,
            Token::Mark(_) => continue,
        };
        let Some(start) = spoken[end..].find(word).map(|p| p + end) else {
            continue;
        };
        if i >= at {
            next = start;
            break;
        }
        end = start + word.len();
    }
    // Opening marks between the two words belong to the second.
    let gap = &spoken[end..next];
    let opening = |c: char| "“‘《〈（(【「『[＜<".contains(c);
    gap.find(opening).map_or(next, |p| end + p)
}

/// Both maps, and where the printed text is cut. A span that the cut falls
/// into is cut too when it is spoken as printed; otherwise its print stays
/// with the first half.
fn split_map(reading: &Reading, spoken: usize) -> (Vec<Span>, Vec<Span>, usize) {
    let mut head = Vec::new();
    let mut tail: Vec<Span> = Vec::new();
    let mut display = 0;
    for span in &reading.map {
        if span.spoken.end <= spoken && tail.is_empty() {
            display = span.display.end;
            head.push(span.clone());
            continue;
        }
        let mut rest = span.clone();
        if span.spoken.start < spoken {
            let here = &reading.display[span.display.clone()];
            let said = &reading.spoken[span.spoken.clone()];
            display = if here == said {
                span.display.start + (spoken - span.spoken.start)
            } else {
                span.display.end
            };
            head.push(Span {
                display: span.display.start..display,
                spoken: span.spoken.start..spoken,
                rule: span.rule.clone(),
            });
            rest.display.start = display;
            rest.spoken.start = spoken;
        }
        tail.push(rest);
    }
    for span in &mut tail {
        span.display = span.display.start - display..span.display.end - display;
        span.spoken = span.spoken.start - spoken..span.spoken.end - spoken;
    }
    (head, tail, display)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Rule, Syllable, Word};
    use crate::speech::sample::reading;
    use proptest::prelude::*;

    fn halves(line: &str) -> (String, String) {
        let (a, b) = split(&reading(line)).unwrap();
        (a.pinyin(), b.pinyin())
    }

    #[test]
    fn the_cut_is_behind_the_mark_nearest_the_middle() {
        assert_eq!(
            halves("a1 ba1 ， la1 ma1 na1 ka1 。"),
            ("a1 ba1，".into(), "la1 ma1 na1 ka1。".into())
        );
        assert_eq!(
            halves("a1 ， ba1 la1 ma1 na1 ka1 ta1 sa1 。"),
            ("a1， ba1 la1 ma1".into(), "na1 ka1 ta1 sa1。".into()),
            "a mark far from the middle is no place to cut"
        );
    }

    #[test]
    fn marks_stay_with_their_words() {
        assert_eq!(
            halves("a1 ba1 ： “ la1 ma1 ！ ”"),
            ("a1 ba1：".into(), "“ la1 ma1！”".into())
        );
        assert_eq!(
            halves("“ a1 ba1 ” la1 ma1"),
            ("“ a1 ba1”".into(), "la1 ma1".into())
        );
    }

    #[test]
    fn one_word_cannot_be_cut() {
        assert!(split(&reading("ni3hao3 。")).is_none());
        assert!(split(&reading("。")).is_none());
        assert!(split(&reading("")).is_none());
    }

    #[test]
    fn text_and_map_are_cut_with_the_tokens() {
        let word = |text: &str, n: usize| {
            Token::Word(Word {
                text: text.into(),
                syllables: vec![
                    Syllable {
                        base: "a".into(),
                        tone: 1
                    };
                    n
                ],
            })
        };
        let r = Reading {
            display: "约30%，“好”".into(),
            spoken: "约百分之三十，“好”".into(),
            map: vec![
                Span {
                    display: 0..3,
                    spoken: 0..3,
                    rule: Rule::Plain,
                },
                Span {
                    display: 3..6,
                    spoken: 3..18,
                    rule: Rule::Normalised("percent".into()),
                },
                Span {
                    display: 6..18,
                    spoken: 18..30,
                    rule: Rule::Plain,
                },
            ],
            tokens: vec![
                word("约", 1),
                word("百分之", 3),
                word("三十", 2),
                Token::Mark(Mark::Comma),
                Token::Mark(Mark::OpenQuote),
                word("好", 1),
                Token::Mark(Mark::CloseQuote),
            ],
        };
        let (a, b) = split(&r).unwrap();
        assert_eq!((&*a.spoken, &*b.spoken), ("约百分之", "三十，“好”"));
        assert_eq!((&*a.display, &*b.display), ("约30%", "，“好”"));
        assert_eq!(b.map[0].spoken, 0..6);
        assert_eq!(b.map[0].display, 0..0);
        let (c, d) = split(&b).unwrap();
        assert_eq!((&*c.display, &*d.display), ("，", "“好”"));
        assert_eq!((&*c.spoken, &*d.spoken), ("三十，", "“好”"));
        assert_eq!(
            d.map,
            [Span {
                display: 0..9,
                spoken: 0..9,
                rule: Rule::Plain
            }]
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost(parts in prop::collection::vec(
            prop_oneof!["[a-z]{1,3}[1-5]", "([a-z]{1,3}[1-5]){2,4}", "[，。！“”（）]"], 0..30)) {
            let r = reading(&parts.join(" "));
            if let Some((a, b)) = split(&r) {
                prop_assert_eq!([a.tokens.clone(), b.tokens.clone()].concat(), r.tokens.clone());
                prop_assert_eq!(format!("{}{}", a.spoken, b.spoken), r.spoken.clone());
                prop_assert_eq!(format!("{}{}", a.display, b.display), r.display.clone());
                prop_assert!(a.syllables() > 0 && b.syllables() > 0);
                for half in [a, b] {
                    prop_assert_eq!(half.map.iter().map(|s| s.spoken.len()).sum::<usize>(), half.spoken.len());
                    prop_assert_eq!(half.map.iter().map(|s| s.display.len()).sum::<usize>(), half.display.len());
                }
            } else {
                let words = r.tokens.iter().filter(|t| matches!(t, Token::Word(_))).count();
                // Between words there may stand only a mark that opens after one that opens.
                prop_assert!(words < 2 || !r.tokens.iter().enumerate().skip(1).any(|(i, _)|
                    may_cut(&r.tokens, i)
                    && r.tokens[..i].iter().map(weight).sum::<usize>() > 0
                    && r.tokens[i..].iter().map(weight).sum::<usize>() > 0));
            }
        }
    }
}
