//! Single characters beside Han: folding, marks, named signs, letter names.

use crate::model::Mark;

use super::numbers::cardinal;
use super::syllables::Syl;

/// What a single character comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Symbol {
    /// Punctuation.
    Mark(Mark),
    /// A straight quotation mark, opening or closing by turns.
    Quote,
    /// Said by this name.
    Named(&'static str),
    /// Layout or ornament: nothing is said and nothing is lost.
    Silent,
}

/// Full-width letters, figures and signs, look-alike dashes and dots folded to
/// the one form that the rows are written in. One character stays one.
pub(super) fn fold(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => narrow(c),
        '％' | '＋' | '＝' | '／' | '＃' | '＆' | '＠' | '＊' | '＄' | '．' | '－' | '：'
        | '（' | '）' | '＜' | '＞' | '＂' | '＇' | '＿' | '～' => narrow(c),
        '\u{2010}'..='\u{2012}' | '−' => '-',
        '〜' | '∼' | '˜' => '~',
        '•' | '‧' | '・' | '･' | '∙' => '·',
        '∶' => ':',
        '✕' | '✖' | '╳' => '×',
        '〇' => '零',
        '￡' => '£',
        'º' | '˚' => '°',
        '￠' => '¢',
        '₀'..='₉' => (b'0' + (c as u32 - '₀' as u32) as u8) as char,
        '⁺' | '₊' => '+',
        '₋' => '-',
        c if c.is_ascii() => c,
        c => plain_letter(c).unwrap_or(c),
    }
}

/// A text folded character by character, and circles between numerals as the
/// zeros they are: `二○○八年`.
pub(super) fn fold_text(text: &str) -> Vec<char> {
    let mut folded: Vec<char> = text.chars().map(fold).collect();
    let numeral = |c: Option<&char>| c.is_some_and(|c| "一二三四五六七八九零".contains(*c));
    let circle = |c: &char| matches!(c, '○' | '◯' | 'O');
    let mut at = 0;
    while at < folded.len() {
        let length = folded[at..].iter().take_while(|c| circle(c)).count();
        let behind = folded.get(at + length);
        if length > 0 && at > 0 && numeral(folded.get(at - 1)) {
            let drawn = folded[at..at + length].iter().all(|c| *c != 'O');
            if numeral(behind) || (drawn && behind == Some(&'年')) {
                folded[at..at + length].fill('零');
            }
        }
        at += length.max(1);
    }
    folded
}

/// A full-width form as ASCII.
fn narrow(c: char) -> char {
    char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
}

/// Latin letters without their accents.
fn plain_letter(c: char) -> Option<char> {
    const ACCENTED: &[(&str, char)] = &[
        ("àáâãäåāǎ", 'a'),
        ("çć", 'c'),
        ("èéêëēě", 'e'),
        ("ìíîïīǐ", 'i'),
        ("ñń", 'n'),
        ("òóôõöøōǒ", 'o'),
        ("ùúûüūǔǖǘǚǜ", 'u'),
        ("ýÿ", 'y'),
        ("ÀÁÂÃÄÅĀ", 'A'),
        ("ÈÉÊËĒ", 'E'),
        ("ÒÓÔÕÖØ", 'O'),
        ("ÙÚÛÜ", 'U'),
    ];
    if !('À'..='ǜ').contains(&c) {
        return None;
    }
    ACCENTED
        .iter()
        .find(|(set, _)| set.contains(c))
        .map(|(_, plain)| *plain)
}

/// What a folded character comes to; `None` when nothing is known of it.
pub(super) fn symbol(c: char) -> Option<Symbol> {
    use Symbol::{Named, Quote, Silent};
    Some(match c {
        '，' | '、' | ',' | '､' | '|' | '｜' | '︱' | '﹑' | '-' | '/' => {
            Symbol::Mark(Mark::Comma)
        }
        '。' | '.' | '｡' => Symbol::Mark(Mark::Stop),
        '！' | '!' => Symbol::Mark(Mark::Exclamation),
        '？' | '?' => Symbol::Mark(Mark::Question),
        '；' | ';' => Symbol::Mark(Mark::Semicolon),
        ':' | '︰' => Symbol::Mark(Mark::Colon),
        '…' | '⋯' | '—' | '–' | '―' => Symbol::Mark(Mark::Dash),
        '“' | '‘' | '《' | '〈' | '「' | '『' | '«' | '‹' | '〝' | '﹁' | '﹃' | '<' => {
            Symbol::Mark(Mark::OpenQuote)
        }
        '”' | '’' | '》' | '〉' | '」' | '』' | '»' | '›' | '〞' | '〟' | '﹂' | '﹄' | '>' => {
            Symbol::Mark(Mark::CloseQuote)
        }
        '(' | '【' | '〔' | '[' | '［' | '{' | '｛' | '〖' => Symbol::Mark(Mark::OpenBracket),
        ')' | '】' | '〕' | ']' | '］' | '}' | '｝' | '〗' => Symbol::Mark(Mark::CloseBracket),
        '"' | '\'' => Quote,
        '+' => Named("加"),
        '±' => Named("正负"),
        '÷' => Named("除以"),
        '=' => Named("等于"),
        '≈' => Named("约等于"),
        '≠' => Named("不等于"),
        '≤' | '≦' => Named("小于等于"),
        '≥' | '≧' => Named("大于等于"),
        '×' => Named("某"),
        '%' => Named("百分号"),
        '‰' => Named("千分号"),
        '&' => Named("和"),
        '@' => Named("艾特"),
        '#' => Named("井号"),
        '℃' => Named("摄氏度"),
        '℉' => Named("华氏度"),
        '°' => Named("度"),
        '㎡' => Named("平方米"),
        '㎞' => Named("公里"),
        '㎏' => Named("公斤"),
        '¥' | '￥' => Named("元"),
        '$' => Named("美元"),
        '€' => Named("欧元"),
        '£' => Named("英镑"),
        '№' => Named("编号"),
        '→' => Named("到"),
        '√' | '✓' | '✔' => Named("对勾"),
        '∞' => Named("无穷"),
        '∈' => Named("属于"),
        '∵' => Named("因为"),
        '∴' => Named("所以"),
        '∠' => Named("角"),
        '⊥' => Named("垂直于"),
        '∥' => Named("平行于"),
        '∑' => Named("求和"),
        '²' => Named("平方"),
        '³' => Named("立方"),
        '¹' => Named("一"),
        '⁰' => Named("零"),
        '⁻' => Named("负"),
        '⁴'..='⁹' => Named(SMALL[c as usize - '⁰' as usize - 1]),
        'α' | 'Α' => Named("阿尔法"),
        'β' | 'Β' => Named("贝塔"),
        'γ' | 'Γ' => Named("伽马"),
        'δ' | 'Δ' => Named("德尔塔"),
        'ε' | 'Ε' => Named("艾普西隆"),
        'ζ' | 'Ζ' => Named("泽塔"),
        'η' | 'Η' => Named("伊塔"),
        'θ' | 'Θ' => Named("西塔"),
        'ι' | 'Ι' => Named("约塔"),
        'κ' | 'Κ' => Named("卡帕"),
        'λ' | 'Λ' => Named("拉姆达"),
        'ν' | 'Ν' => Named("纽"),
        'ξ' | 'Ξ' => Named("克西"),
        'ο' | 'Ο' => Named("奥密克戎"),
        'π' | 'Π' => Named("派"),
        'ρ' | 'Ρ' => Named("柔"),
        'σ' | 'Σ' | 'ς' => Named("西格玛"),
        'τ' | 'Τ' => Named("陶"),
        'υ' | 'Υ' => Named("宇普西隆"),
        'φ' | 'Φ' => Named("斐"),
        'χ' | 'Χ' => Named("希"),
        'ψ' | 'Ψ' => Named("普西"),
        'ω' => Named("欧米伽"),
        'μ' | 'µ' | 'Μ' => Named("缪"),
        'Ω' => Named("欧姆"),
        'Ⅰ'..='Ⅻ' => Named(SMALL[c as usize - 'Ⅰ' as usize]),
        'ⅰ'..='ⅻ' => Named(SMALL[c as usize - 'ⅰ' as usize]),
        '①'..='⑳' => Named(SMALL[c as usize - '①' as usize]),
        '⑴'..='⒇' => Named(SMALL[c as usize - '⑴' as usize]),
        '⒈'..='⒛' => Named(SMALL[c as usize - '⒈' as usize]),
        '❶'..='❿' => Named(SMALL[c as usize - '❶' as usize]),
        '➀'..='➉' => Named(SMALL[c as usize - '➀' as usize]),
        '➊'..='➓' => Named(SMALL[c as usize - '➊' as usize]),
        '㉑'..='㉟' => Named(TENS[c as usize - '㉑' as usize]),
        '㊱'..='㊿' => Named(TENS[c as usize - '㊱' as usize + 15]),
        '⓪' | '⓿' => Named("零"),
        '⓵'..='⓾' => Named(SMALL[c as usize - '⓵' as usize]),
        '⓫'..='⓴' => Named(SMALL[c as usize - '⓫' as usize + 10]),
        'Ⅼ' | 'ⅼ' => Named("五十"),
        'Ⅽ' | 'ⅽ' => Named("一百"),
        'Ⅾ' | 'ⅾ' => Named("五百"),
        'Ⅿ' | 'ⅿ' => Named("一千"),
        '㈠'..='㈩' => Named(SMALL[c as usize - '㈠' as usize]),
        '㊀'..='㊉' => Named(SMALL[c as usize - '㊀' as usize]),
        '·' | '*' | '_' | '~' | '^' | '`' | '´' | '¨' | '\\' | '※' | '〓' | '§' | '†' | '￣'
        | '¯' | 'ˉ' | '′' | '″' | '®' | '©' | '™' | '￼' => Silent,
        // Box drawing, blocks, geometric shapes, stars: ornaments of a page.
        '\u{2500}'..='\u{25FF}'
        | '★'
        | '☆'
        | '✦'..='❧'
        | '➔'..='➾'
        | '←'
        | '↑'
        | '↓'
        | '↔'
        | '\u{2B00}'..='\u{2BFF}'
        | '☐'..='☒' => Silent,
        // Joiners, direction marks, variation selectors, the BOM.
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' => Silent,
        c if c.is_whitespace() || c.is_control() => Silent,
        _ => return None,
    })
}

/// One to twenty, as circled and Roman numerals are said.
const SMALL: [&str; 20] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
    "十五", "十六", "十七", "十八", "十九", "二十",
];

/// Twenty-one to fifty.
const TENS: [&str; 30] = [
    "二十一",
    "二十二",
    "二十三",
    "二十四",
    "二十五",
    "二十六",
    "二十七",
    "二十八",
    "二十九",
    "三十",
    "三十一",
    "三十二",
    "三十三",
    "三十四",
    "三十五",
    "三十六",
    "三十七",
    "三十八",
    "三十九",
    "四十",
    "四十一",
    "四十二",
    "四十三",
    "四十四",
    "四十五",
    "四十六",
    "四十七",
    "四十八",
    "四十九",
    "五十",
];

/// The vulgar fractions.
pub(super) const VULGAR: &[(char, &str)] = &[
    ('½', "二分之一"),
    ('⅓', "三分之一"),
    ('⅔', "三分之二"),
    ('¼', "四分之一"),
    ('¾', "四分之三"),
    ('⅕', "五分之一"),
    ('⅖', "五分之二"),
    ('⅗', "五分之三"),
    ('⅘', "五分之四"),
    ('⅙', "六分之一"),
    ('⅚', "六分之五"),
    ('⅐', "七分之一"),
    ('⅛', "八分之一"),
    ('⅜', "八分之三"),
    ('⅝', "八分之五"),
    ('⅞', "八分之七"),
    ('⅑', "九分之一"),
    ('⅒', "十分之一"),
];

/// What a vulgar fraction is said as.
pub(super) fn vulgar(c: char) -> Option<&'static str> {
    VULGAR.iter().find(|(v, _)| *v == c).map(|(_, said)| *said)
}

/// The raised figures with their signs; `+` is folded before.
pub(super) const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";

/// The raised figure as an ASCII one.
pub(super) fn raised(c: char) -> Option<char> {
    Some(match c {
        '⁻' => '-',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' | '⁴'..='⁹' => (b'0' + (c as u32 - '⁰' as u32) as u8) as char,
        _ => return None,
    })
}

/// A power by its raised or plain figures: `²` 平方, `-6` 负六次方.
pub(super) fn power(figures: &str) -> String {
    let plain: String = figures.chars().map(|c| raised(c).unwrap_or(c)).collect();
    match plain.as_str() {
        "2" => "平方".to_string(),
        "3" => "立方".to_string(),
        _ => {
            let minus = if plain.starts_with('-') { "负" } else { "" };
            format!("{minus}{}次方", cardinal(plain.trim_start_matches('-')))
        }
    }
}

/// The letters' names, in syllables that a Mandarin voice has, A to Z.
const LETTERS: [&str; 26] = [
    "ei1",
    "bi4",
    "xi1",
    "di4",
    "yi4",
    "ai2 fu5",
    "ji4",
    "ei2 chi5",
    "ai4",
    "zhei4",
    "kei4",
    "ai2 le5",
    "ai2 mu5",
    "en1",
    "ou1",
    "pi4",
    "qiu1",
    "a4 er5",
    "ai2 si5",
    "ti4",
    "you1",
    "wei1",
    "da2 bu5 liu5",
    "ai2 ke5 si5",
    "wai4",
    "zei4",
];

/// The letters' names as syllables.
pub(super) struct Letters(Vec<Vec<Syl>>);

impl Letters {
    /// Reads the built-in table; the tests see that it parses.
    pub fn new() -> Letters {
        Letters(
            LETTERS
                .iter()
                .map(|name| {
                    let syls = name.split(' ').filter_map(Syl::parse);
                    syls.map(Syl::held).collect()
                })
                .collect(),
        )
    }

    /// The name of an ASCII letter of either case; empty for anything else.
    pub fn name(&self, c: char) -> &[Syl] {
        let i = (c.to_ascii_uppercase() as usize).wrapping_sub('A' as usize);
        self.0.get(i).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_a_name_the_voice_can_say() {
        let letters = Letters::new();
        for (i, c) in ('A'..='Z').enumerate() {
            assert_eq!(letters.name(c).len(), LETTERS[i].split(' ').count(), "{c}");
        }
        assert!(letters.name('1').is_empty());
    }

    #[test]
    fn names_of_signs_hold_no_figure() {
        for c in '\0'..='\u{FFFF}' {
            if let Some(Symbol::Named(name)) = symbol(fold(c)) {
                assert!(!name.chars().any(char::is_numeric), "{c}");
            }
        }
    }

    #[test]
    fn full_width_is_folded() {
        let folded: String = "ＡＢｃ１２３％（〇）".chars().map(fold).collect();
        assert_eq!(folded, "ABc123%(零)");
        assert_eq!(fold('é'), 'e');
        assert_eq!(fold('，'), '，');
    }

    #[test]
    fn circles_between_numerals_are_zeros() {
        let folded = |text| fold_text(text).into_iter().collect::<String>();
        assert_eq!(folded("二○○八年，二○一○年"), "二零零八年，二零一零年");
        assert_eq!(folded("○八年，二○号，一○○"), "○八年，二○号，一○○");
    }
}
