//! English → the sounds that the Kokoro model was trained on, by the crate
//! `misaki-rs` (MIT), a port of misaki 0.9.4, with which the model's own training
//! texts were read.

use std::sync::OnceLock;

use misaki_rs::{G2P, Language};
use unicode_normalization::UnicodeNormalization;

use super::{figures, mark, names, syllables_of};
use crate::model::{Foreign, Mark, Token};

/// What stands for sounds that are not known.
const UNKNOWN: char = '❓';

/// A reader of each of both kinds; loading one takes half a second.
fn reader(british: bool) -> &'static G2P {
    static READERS: [OnceLock<G2P>; 2] = [OnceLock::new(), OnceLock::new()];
    let language = match british {
        true => Language::EnglishGB,
        false => Language::EnglishUS,
    };
    READERS[usize::from(british)].get_or_init(|| G2P::with_fallback(language, None))
}

/// Reads a text without Chinese characters; `spelled` hears of words that are
/// in no dictionary and no name in pinyin.
pub(super) fn read(
    text: &str,
    language: &str,
    tokens: &mut Vec<Token>,
    spelled: &mut dyn FnMut(&str),
) {
    let british = language.to_ascii_lowercase().ends_with("-gb");
    // The dictionary has `cafe` and `naive`.
    let plain: String = text.nfd().filter(|c| !is_accent(*c)).collect();
    let text = tidy(&figures::in_words(&plain));
    let Ok((_, words)) = reader(british).g2p(&text) else {
        return super::written(&text, tokens);
    };
    for word in words {
        let marks = word.text.chars().all(|c| !c.is_alphanumeric());
        match word.phonemes.as_deref() {
            Some(said) if marks => {
                let marks = said
                    .chars()
                    .chain(word.text.chars().filter(|_| said.is_empty()));
                let first = marks.filter_map(mark).next();
                tokens.extend(first.map(Token::Mark));
                if first.is_none() && said.chars().any(char::is_alphabetic) {
                    push(tokens, &word.text, said.to_string());
                }
            }
            // A figure whose sense is in the word behind it.
            Some("") => {}
            Some(said) if !said.contains(UNKNOWN) => push(tokens, &word.text, said.to_string()),
            _ if marks => {
                let first = word.text.chars().filter_map(mark).next();
                tokens.extend(first.map(Token::Mark));
            }
            _ => match names::pinyin(&word.text) {
                Some(said) => push(tokens, &word.text, said),
                None => {
                    spelled(&word.text);
                    push(tokens, &word.text, names::letters(&word.text));
                }
            },
        }
    }
    // A quotation mark that nothing follows shapes nothing.
    while matches!(
        tokens.last(),
        Some(Token::Mark(Mark::OpenQuote | Mark::OpenBracket))
    ) {
        tokens.pop();
    }
}

/// An accent on a letter, as Unicode writes it apart (combining diacritical marks).
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

fn push(tokens: &mut Vec<Token>, text: &str, phonemes: String) {
    let syllables = phonemes.chars().filter(|c| is_vowel(*c)).count();
    tokens.push(Token::Foreign(Foreign {
        text: text.to_string(),
        syllables: if syllables == 0 {
            syllables_of(text)
        } else {
            syllables
        },
        phonemes: Some(phonemes),
    }));
}

/// The vowels of the model's symbols; capitals are diphthongs.
fn is_vowel(c: char) -> bool {
    "AIWYOQæɑɒɔəɚɛɜɪiuʊʌᵊᵻaeoɐ".contains(c)
}

/// Times and telephone numbers as people say them: `8:30` as two numbers, a
/// number of seven digits or more digit by digit.
fn tidy(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let begins =
            digit(at) && !(at > 0 && (digit(at - 1) || matches!(chars[at - 1], '.' | ',')));
        if begins && let Some(end) = phone(&chars, at) {
            let mut groups = chars[at..end]
                .split(|c| !c.is_ascii_digit())
                .filter(|g| !g.is_empty());
            let spell = |g: &[char]| g.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
            let first = groups.next().map(spell).unwrap_or_default();
            out.push_str(&groups.fold(first, |all, g| format!("{all}, {}", spell(g))));
            at = end;
            continue;
        }
        match chars[at] {
            ':' if at > 0 && digit(at - 1) && digit(at + 1) => {
                let sharp = chars.get(at + 1) == Some(&'0') && chars.get(at + 2) == Some(&'0');
                let short = chars.get(at + 1) == Some(&'0') && digit(at + 2) && !sharp;
                if sharp && !digit(at + 3) {
                    out.push_str(" o'clock");
                    at += 2;
                } else if short {
                    out.push_str(" oh ");
                    at += 1;
                } else {
                    out.push(' ');
                }
            }
            '’' => out.push('\''),
            '–' | '-' if at > 0 && digit(at - 1) && digit(at + 1) => out.push_str(" to "),
            c => out.push(c),
        }
        at += 1;
    }
    out
}

/// The end of a telephone number that begins here: groups of three figures or
/// more, seven in all, parted by single hyphens or spaces; a `+` was before.
fn phone(chars: &[char], from: usize) -> Option<usize> {
    let mut at = from;
    let (mut digits, mut end) = (0, from);
    loop {
        let group = chars[at..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        let least = if digits == 0 { 2 } else { 3 };
        if group < least {
            break;
        }
        digits += group;
        at += group;
        end = at;
        match chars.get(at) {
            Some('-' | ' ') => at += 1,
            _ => break,
        }
    }
    let year = digits == 8 && end - from == 9 && chars[from..end].contains(&'-') && {
        let first: String = chars[from..from + 4].iter().collect();
        first.starts_with("19") || first.starts_with("20")
    };
    let grouped =
        chars.get(end) == Some(&',') && chars.get(end + 1).is_some_and(char::is_ascii_digit);
    (digits >= 7 && !year && !grouped).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> (String, Vec<String>) {
        let mut tokens = Vec::new();
        let mut spelled = Vec::new();
        read(text, "en", &mut tokens, &mut |w| {
            spelled.push(w.to_string())
        });
        let said = tokens.iter().map(|t| match t {
            Token::Foreign(w) => w.phonemes.clone().unwrap_or_default(),
            Token::Mark(m) => m.as_char().to_string(),
            Token::Word(w) => w.text.clone(),
        });
        (said.collect::<Vec<_>>().join(" "), spelled)
    }

    #[test]
    fn words_marks_and_money_are_read() {
        let (said, spelled) = line("Dr. Weller's book cost $12.50 (about 90 yuan), she said!");
        assert_eq!(
            said,
            "dˈɑktəɹ wˈɛləɹz bˈʊk kˈɔst twˈɛlv dˈɑləɹz ænd fˈɪfti sˈɛnts （ əbˈWt nˈIndi juˈɑn ） ， ʃi sˈɛd ！"
        );
        assert!(spelled.is_empty());
    }

    #[test]
    fn times_and_telephone_numbers_are_said_as_people_do() {
        for (text, tidied) in [
            ("at 8:30 a.m.", "at 8 30 a.m."),
            ("from 9:00 to 9:05", "from 9 o'clock to 9 oh 5"),
            ("call 021-5550 7170.", "call 0 2 1, 5 5 5 0, 7 1 7 0."),
            ("1998-2004", "1998 to 2004"),
            ("call 13800138000", "call 1 3 8 0 0 1 3 8 0 0 0"),
            ("1,234,567 people", "1,234,567 people"),
            ("3.1415926", "3.1415926"),
        ] {
            assert_eq!(tidy(text), tidied, "{text}");
        }
        let (said, _) = line("call 021-5550 7170 at 8:30");
        assert!(!said.contains(UNKNOWN), "{said}");
    }

    #[test]
    fn names_in_pinyin_are_said_and_others_spelled() {
        let (said, spelled) = line("Zhuqiao and xqzw");
        assert!(said.starts_with("ʤuʧjˈW ænd ˈɛks"), "{said}");
        assert_eq!(spelled, ["xqzw"]);
    }
}
