//! Text → XHTML in which words of another language are marked, so that a voice or a
//! braille table of that language takes them (WCAG 2.2, 3.1.2 Language of Parts).

use super::escape::{escape, push};
use crate::model::main_language;

/// The language of the Chinese words in a text of a language that is not written so.
const CHINESE: &str = "zh";
/// Of Latin words in a text that is written in characters: most are English, or
/// letters that are said as in English.
const ENGLISH: &str = "en";
/// Of syllables with marks of tone.
const PINYIN: &str = "zh-Latn-pinyin";

/// The attributes of an element whose text is in this language.
pub fn lang(tag: &str) -> String {
    let tag = escape(&well_formed(tag));
    format!(" lang=\"{tag}\" xml:lang=\"{tag}\"")
}

/// The same for an element inside of one in the language `around`: nothing when it
/// is that.
pub fn lang_within(tag: &str, around: &str) -> String {
    match tag == around {
        true => String::new(),
        false => lang(tag),
    }
}

/// The tag as BCP 47 writes it (RFC 5646, 2.1), `und` when it is none: a book with a
/// wrong tag is refused by shops and libraries.
pub fn well_formed(tag: &str) -> String {
    let tag = tag.trim().replace('_', "-");
    let good = |(i, part): (usize, &str)| {
        (1..=8).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphanumeric())
            && (i > 0 || part.len() > 1 && part.bytes().all(|b| b.is_ascii_alphabetic()))
    };
    let whole = tag.split('-').enumerate().all(good);
    // A part of one letter announces others.
    let open = tag.rsplit('-').next().is_none_or(|last| last.len() < 2);
    if whole && !open { tag } else { "und".into() }
}

/// The text, escaped, with its foreign words in elements of their own.
pub fn marked(text: &str, language: &str) -> String {
    let characters = matches!(
        main_language(language).as_str(),
        "zh" | "cmn" | "yue" | "wuu" | "nan" | "hak" | "gan" | "hsn" | "ja" | "ko"
    );
    let runs = if characters {
        latin_runs(text)
    } else {
        han_runs(text)
    };
    let mut html = String::with_capacity(text.len() + runs.len() * 40);
    let mut done = 0;
    let plain = |html: &mut String, part: &str| part.chars().for_each(|c| push(html, c));
    for (from, to, tag) in runs {
        plain(&mut html, &text[done..from]);
        html.push_str(&format!("<span{}>", lang(tag)));
        plain(&mut html, &text[from..to]);
        html.push_str("</span>");
        done = to;
    }
    plain(&mut html, &text[done..]);
    html
}

/// A stretch of a text in another language: from, to, its language.
type Run = (usize, usize, &'static str);

/// Words in Latin letters. A letter alone (B超), a number with its unit (120 ml) and
/// an address are read in every language as they stand.
fn latin_runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut number_before = false;
    // Whether the word before belongs to the last run and only a space lies between.
    let mut goes_on = false;
    for (from, token) in tokens(text) {
        let to = from + token.len();
        let found = language_of(token).filter(|_| !(number_before && token.chars().count() <= 3));
        number_before = token.starts_with(|c: char| c.is_ascii_digit());
        if let Some(tag) = found {
            match runs.last_mut() {
                Some(run) if goes_on && run.2 == tag && is_space(&text[run.1..from]) => run.1 = to,
                _ => runs.push((from, to, tag)),
            }
        }
        goes_on = found.is_some();
    }
    runs
}

fn is_space(text: &str) -> bool {
    text.chars().all(|c| c == ' ')
}

/// The stretches of letters, digits and what joins them; what stands at an end of
/// them is not theirs.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let joins = |c: char| "-'’&.@:/_+".contains(c);
    let inside = |c: char| latin(c) || c.is_ascii_digit() || joins(c);
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split(|c| !inside(c)) {
        let lead = piece.len() - piece.trim_start_matches(joins).len();
        let token = piece.trim_matches(joins);
        if !token.is_empty() {
            found.push((at + lead, token));
        }
        at += piece.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// The language of a word in Latin letters; `None` when it cannot be told, or is
/// none.
fn language_of(token: &str) -> Option<&'static str> {
    let address = token.contains(['@', '_'])
        || token.contains("://")
        || token.contains('/') && token.contains('.')
        || token.split('.').filter(|p| p.chars().count() > 1).count() > 1
            && !token.contains(|c: char| c.is_ascii_digit());
    let letters = token.chars().filter(|c| latin(*c)).count();
    if address || letters < 2 || !token.starts_with(latin) {
        return None;
    }
    if token.chars().any(|c| "āēīōūǖǎěǐǒǔǚǘǜ".contains(c)) {
        return Some(PINYIN);
    }
    let foreign = |c: char| latin(c) && !c.is_ascii();
    (!token.contains(foreign)).then_some(ENGLISH)
}

fn latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || ('\u{C0}'..='\u{24F}').contains(&c) && c != '×' && c != '÷'
        || ('\u{1E00}'..='\u{1EFF}').contains(&c)
}

/// Chinese characters in a text of another language.
fn han_runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| han(*c)) {
        let to = at + c.len_utf8();
        match runs.last_mut() {
            Some(run) if run.1 == at => run.1 = to,
            _ => runs.push((at, to, CHINESE)),
        }
    }
    runs
}

fn han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The marked words, each as `tag:word`.
    fn found(text: &str, language: &str) -> Vec<String> {
        let runs = match language {
            "en" => han_runs(text),
            _ => latin_runs(text),
        };
        runs.iter()
            .map(|(from, to, tag)| format!("{tag}:{}", &text[*from..*to]))
            .collect()
    }

    #[test]
    fn foreign_words_are_marked() {
        assert_eq!(
            marked("学用AED都不收费", "zh-CN"),
            "学用<span lang=\"en\" xml:lang=\"en\">AED</span>都不收费"
        );
        assert_eq!(
            found("唱《Auld Lang Syne》，用WiFi 6和Windows 11 Pro。", "zh"),
            ["en:Auld Lang Syne", "en:WiFi", "en:Windows"]
        );
        assert_eq!(
            found("Don't worry，R&D、USB-C、PM2.5", "zh"),
            ["en:Don't worry", "en:R&D", "en:USB-C", "en:PM2.5"]
        );
        assert_eq!(found("读作nǐ hǎo。", "zh"), ["zh-Latn-pinyin:nǐ hǎo"]);
        assert_eq!(found("the 豆腐 shop of 𠮷野", "en"), ["zh:豆腐", "zh:𠮷野"]);
    }

    #[test]
    fn what_is_read_as_it_stands_is_not() {
        for text in [
            "B超、X光、T恤、A座、A05版",
            "120ml、120 ml、3 km、5G",
            "www.example.com、a@example.com、https://example.com/a",
            "Müller、café",
            "2024-05-12 10:30",
            "",
        ] {
            assert_eq!(found(text, "zh"), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn tags_are_well_formed() {
        assert_eq!(lang_within("en", "en"), "");
        assert_eq!(lang_within("en", "zh"), " lang=\"en\" xml:lang=\"en\"");
        assert_eq!(well_formed("zh_CN"), "zh-CN");
        assert_eq!(well_formed(" en "), "en");
        for bad in ["", "z", "zh-", "中文", "zh-CN-x", "a\"b", "1a"] {
            assert_eq!(well_formed(bad), "und", "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_character_is_lost(text in "[ -~é好〇nǐ\u{200F}𠮷]{0,40}", zh in any::<bool>()) {
            let html = marked(&text, if zh { "zh-CN" } else { "en-GB" });
            let mut bare = String::new();
            let mut tag = false;
            for c in html.chars() {
                match c {
                    '<' => tag = true,
                    '>' => tag = false,
                    c if !tag => bare.push(c),
                    _ => {}
                }
            }
            prop_assert_eq!(bare, escape(&text));
        }
    }
}
