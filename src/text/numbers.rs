//! Figures in words.

/// The ten figures.
const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Four-figure groups from the lowest.
const GROUPS: [&str; 4] = ["", "万", "亿", "万亿"];

/// Figures spelled one by one are said in groups of this many.
const BREATH: usize = 4;

/// The break between two words in what this module and the grammar write.
pub(super) const BREAK: char = ' ';

/// The word for one ASCII figure.
pub(super) fn digit(c: char) -> Option<char> {
    Some(DIGITS[c.to_digit(10)? as usize])
}

/// Figures one by one, as years and codes are read: `2024` 二零二四.
pub(super) fn spell(figures: &str) -> String {
    grouped(figures.chars().filter_map(digit), figures.len())
}

/// How figures are said where people differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    /// Whether 1 is 幺 in telephone numbers.
    pub yao: bool,
}

impl Default for Digits {
    fn default() -> Self {
        Digits { yao: true }
    }
}

/// Figures one by one, as telephone numbers are read; eleven figures of a
/// mobile number in the habitual 3-4-4.
pub(super) fn spell_phone(figures: &str, digits: Digits) -> String {
    let said = figures.chars().filter_map(digit).map(|c| match c {
        '一' if digits.yao => '幺',
        c => c,
    });
    if figures.len() == 11 {
        let mut out = String::new();
        for (i, c) in said.enumerate() {
            if i == 3 || i == 7 {
                out.push(BREAK);
            }
            out.push(c);
        }
        return out;
    }
    grouped(said, figures.len())
}

/// Words of about four figures, so that the voice keeps a rhythm; never one
/// figure left over.
fn grouped(said: impl Iterator<Item = char>, len: usize) -> String {
    let mut out = String::with_capacity(len * 4);
    for (i, c) in said.enumerate() {
        if i > 0 && i % BREATH == 0 && len - i > 1 {
            out.push(BREAK);
        }
        out.push(c);
    }
    out
}

/// A whole number or a decimal, thousands separators allowed: `1,234.50`
/// 一千二百三十四点五零. A number beyond the words for groups is spelled.
pub(super) fn cardinal(figures: &str) -> String {
    let (whole, fraction) = match figures.split_once('.') {
        Some((w, f)) => (w, Some(f)),
        None => (figures, None),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let mut out = integer(whole.trim_start_matches('0'));
    if let Some(fraction) = fraction.filter(|f| !f.is_empty()) {
        // A long fraction is a breath of its own.
        if fraction.len() > 2 {
            out.push(BREAK);
        }
        out.push('点');
        out.extend(fraction.chars().filter_map(digit));
    }
    out
}

/// The Roman numeral at the start of `text`, its length and its value: all of a
/// run of I, V and X, up to 39. Without an I or a V it is a mark of omission
/// (`XX路`).
pub(super) fn roman(text: &[char]) -> Option<(usize, u32)> {
    let len = text.iter().take_while(|c| "IVX".contains(**c)).count();
    let numeral: String = text[..len].iter().collect();
    let tens = numeral.chars().take_while(|c| *c == 'X').count();
    let ones = ROMAN_ONES.iter().position(|n| *n == &numeral[tens..])?;
    (tens <= 3 && ones > 0).then_some((len, (10 * tens + ones) as u32))
}

/// Nought to nine.
const ROMAN_ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];

/// As money is read: 36.00 元 is 三十六元, 14.60 元 is 十四点六元.
pub(super) fn amount(figures: &str) -> String {
    match figures.contains('.') {
        true => cardinal(figures.trim_end_matches('0').trim_end_matches('.')),
        false => cardinal(figures),
    }
}

fn integer(figures: &str) -> String {
    if figures.is_empty() {
        return DIGITS[0].to_string();
    }
    if figures.len() > 4 * GROUPS.len() {
        return spell(figures);
    }
    let mut out = String::new();
    let head = (figures.len() - 1) % 4 + 1;
    let groups = figures.len().div_ceil(4);
    let mut from = 0;
    // A zero is said once before the next figure that is not one.
    let mut zero = false;
    for g in (0..groups).rev() {
        let to = if from == 0 { head } else { from + 4 };
        let group = &figures[from..to];
        let said_before = out.len();
        for (place, c) in (0..group.len()).rev().zip(group.chars()) {
            if c == '0' {
                zero = true;
                continue;
            }
            if zero && !out.is_empty() {
                out.push(DIGITS[0]);
            }
            zero = false;
            place_value(c, place, group, g, &mut out);
        }
        if out.len() > said_before {
            // 一万二千亿, but 一万亿 where no figure of the 亿 follows.
            let own_hundred_millions = g == 3 && figures[to..to + 4] != *"0000";
            out.push_str(if own_hundred_millions {
                GROUPS[1]
            } else {
                GROUPS[g]
            });
            if g > 0 && figures[to..].contains(|c| c != '0') {
                out.push(BREAK);
            }
        }
        from = to;
    }
    out.trim_end_matches(BREAK).to_string()
}

/// One figure with its place: 三百, 十 (for a leading 1), 两千, 两万.
fn place_value(c: char, place: usize, group: &str, group_number: usize, out: &mut String) {
    const PLACES: [&str; 4] = ["", "十", "百", "千"];
    let first = out.is_empty();
    let leading_ten = first && place == 1 && c == '1';
    // 两 for a 2 that opens the number before 千, 万, 亿.
    let pair = first && c == '2' && (place == 3 || (group == "2" && group_number > 0));
    if pair {
        out.push('两');
    } else if !leading_ten {
        out.extend(digit(c));
    }
    out.push_str(PLACES[place]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(s: String) -> String {
        s.replace(BREAK, "")
    }

    #[test]
    fn cardinals() {
        for (figures, words) in [
            ("0", "零"),
            ("10", "十"),
            ("12", "十二"),
            ("20", "二十"),
            ("110", "一百一十"),
            ("105", "一百零五"),
            ("200", "二百"),
            ("2000", "两千"),
            ("2222", "两千二百二十二"),
            ("10000", "一万"),
            ("10010", "一万零一十"),
            ("20000", "两万"),
            ("120000", "十二万"),
            ("100000000", "一亿"),
            ("200000001", "两亿零一"),
            ("1000000000000", "一万亿"),
            ("1200000000000", "一万二千亿"),
            ("1,234,567", "一百二十三万四千五百六十七"),
            ("30029", "三万零二十九"),
            ("0.05", "零点零五"),
            ("007", "七"),
            ("40001.987", "四万零一点九八七"),
            ("100020003", "一亿零二万零三"),
        ] {
            assert_eq!(said(cardinal(figures)), words, "{figures}");
        }
    }

    #[test]
    fn a_number_beyond_words_is_spelled() {
        assert_eq!(said(cardinal(&"9".repeat(21))), "九".repeat(21));
    }

    #[test]
    fn money_drops_idle_zeros() {
        assert_eq!(amount("36.00"), "三十六");
        assert_eq!(amount("14.60"), "十四点六");
        assert_eq!(amount("100"), "一百");
    }

    #[test]
    fn spelled_figures_keep_a_rhythm() {
        assert_eq!(spell("2024"), "二零二四");
        assert_eq!(spell("12345"), "一二三四五");
        let phone = |figures| spell_phone(figures, Digits::default());
        assert_eq!(phone("54170000"), "五四幺七 零零零零");
        assert_eq!(phone("13800001111"), "幺三八 零零零零 幺幺幺幺");
        assert_eq!(spell_phone("110", Digits { yao: false }), "一一零");
    }
}
