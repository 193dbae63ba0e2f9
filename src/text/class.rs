//! Kinds of text that a pattern of the grammar can match.

use super::numbers::roman;
use super::symbols::{RAISED, VULGAR, raised, vulgar};
use super::units;

/// Kinds of text a pattern can keep.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Class {
    /// Four figures, 1000 to 2999.
    Year,
    /// Four figures, 1900 to 2099.
    Recent,
    /// A number of hundreds, to 99900.
    Round,
    /// 100, 200 … 900.
    Hundred,
    /// 1 to 12, a leading zero allowed; likewise the next four.
    Month,
    /// 1 to 31.
    Day,
    /// 0 to 24.
    Hour,
    /// Two figures, 00 to 59.
    Minute,
    /// 00.
    Zeros,
    /// Two figures, the second 0 or 5.
    Decade,
    /// A whole number without leading zero, thousands separators allowed.
    Int,
    /// The same with an optional fraction.
    Num,
    /// + or − where it is a sign and no dash.
    Sign,
    /// So many figures.
    Figures(usize, usize),
    /// A mobile number of mainland China.
    Mobile,
    /// An area code.
    Area,
    /// 400 or 800.
    TollFree,
    /// A service number everyone knows.
    Service,
    /// 万, 亿, 多 …
    Magnitude,
    /// The sign of a unit.
    Unit,
    /// The sign of a currency.
    Currency,
    /// The sign of a currency behind the amount.
    Code,
    /// One of these.
    OneOf(Vec<char>),
    /// 01 to 09.
    ZeroMonth,
    /// 1 to 19, no leading zero: said as a number behind a letter and a dash.
    Teen,
    /// A late year of the last century, or an early one of this, in two
    /// figures.
    Late,
    /// 40 to 99: a year of the last century, or a class that bears its name.
    Past,
    /// A room by storey and number: 503, 1203.
    Room,
    /// A Roman numeral in capitals with an I or a V in it, to 39.
    Roman,
    /// The dash of a range, one or two.
    Dash,
    /// The same, or the word 至 or 到.
    To,
    /// Small raised figures, with their sign.
    Raised,
    /// A vulgar fraction: ½.
    Vulgar,
    /// `a.m.` or `p.m.`
    Half,
    /// The five or six signs of a licence plate behind its letter.
    Plate,
    /// Figures without leading zero, of as many as no telephone number has.
    Lone,
    /// Figures in groups parted by dashes.
    Groups,
    /// Figures in groups of three parted by spaces.
    Spaced,
}

/// `12315`, `120` … known to every reader, without a word before them.
const SERVICE: &[&str] = &[
    "110", "119", "120", "122", "114", "12315", "12345", "12333", "12348", "12320", "12355",
    "12371", "12366", "12328", "12306", "12388", "11315", "10086", "10010", "10000", "95598",
];

impl Class {
    /// How many characters of the class stand at `at`.
    pub fn fit(&self, text: &[char], from: usize, at: usize) -> Option<usize> {
        let rest = &text[at..];
        let run = figures(rest);
        let value = |lens: std::ops::RangeInclusive<usize>| {
            (lens.contains(&run)).then(|| rest[..run].iter().fold(0, |n, c| n * 10 + digit(*c)))
        };
        let within = |v: Option<u32>, range: std::ops::RangeInclusive<u32>| {
            v.filter(|v| range.contains(v)).map(|_| run)
        };
        match self {
            Class::Year => within(value(4..=4), 1000..=2999),
            Class::Recent => within(value(4..=4), 1900..=2099),
            Class::Round => {
                let hundreds = value(3..=5).is_some_and(|v| v > 0 && v % 100 == 0);
                (hundreds && rest[0] != '0' && number(rest) == Some(run)).then_some(run)
            }
            Class::Hundred => value(3..=3).filter(|v| *v > 0 && v % 100 == 0).map(|_| run),
            Class::Month => within(value(1..=2), 1..=12),
            Class::Day => within(value(1..=2), 1..=31),
            Class::Hour => within(value(1..=2), 0..=24),
            Class::Minute => within(value(2..=2), 0..=59),
            Class::Zeros => within(value(2..=2), 0..=0),
            Class::Decade => value(2..=2).filter(|v| v % 5 == 0).map(|_| run),
            Class::Figures(min, max) => (*min..=*max).contains(&run).then_some(run),
            Class::Int => whole(rest),
            Class::Num => number(rest),
            Class::Sign => sign(text, from, at).then_some(1),
            Class::Mobile => {
                (run == 11 && rest[0] == '1' && matches!(rest[1], '3'..='9')).then_some(11)
            }
            Class::Area => ((3..=4).contains(&run) && rest[0] == '0').then_some(run),
            Class::TollFree => {
                let first: String = rest.iter().take(run.min(4)).collect();
                (first == "400" || first == "800").then_some(3)
            }
            Class::Service => {
                let number: String = rest[..run].iter().collect();
                SERVICE.contains(&number.as_str()).then_some(run)
            }
            Class::Magnitude => Some(super::counts::magnitude(rest)).filter(|n| *n > 0),
            Class::Unit => units::unit(rest).map(|(len, _)| len),
            Class::Currency => units::currency(rest).map(|(len, _)| len),
            Class::Code => units::currency_code(rest).map(|(len, _)| len),
            Class::ZeroMonth => within(value(2..=2), 1..=9),
            Class::Teen => within(value(1..=2), 1..=19).filter(|_| rest[0] != '0'),
            Class::Late => value(2..=2)
                .filter(|v| (76..=99).contains(v) || (1..=9).contains(v))
                .map(|_| run),
            Class::Past => within(value(2..=2), 40..=99),
            Class::Room => (value(3..=4).is_some_and(|v| v % 100 / 10 == 0 && v % 10 > 0)
                && rest[0] != '0')
                .then_some(run),
            Class::Roman => roman(rest).map(|(len, _)| len),
            Class::Dash => dash(rest),
            Class::To => match rest.first() {
                Some('至' | '到') => Some(1),
                _ => dash(rest),
            },
            Class::Raised => {
                let len = rest.iter().take_while(|c| raised(**c).is_some()).count();
                (len > 0).then_some(len)
            }
            Class::Vulgar => rest.first().and_then(|c| vulgar(*c)).map(|_| 1),
            Class::Half => half(rest),
            Class::Plate => plate(rest),
            Class::Lone => (matches!(run, 4 | 6 | 7 | 9..=16) && rest[0] != '0').then_some(run),
            Class::Groups => groups(rest),
            Class::Spaced => spaced(rest),
            Class::OneOf(set) => rest.first().filter(|c| set.contains(c)).map(|_| 1),
        }
    }

    /// What such a text can start with.
    pub fn starters(&self) -> Vec<char> {
        match self {
            Class::Sign => vec!['-', '+'],
            Class::Currency => units::currency_starters(),
            Class::Code => units::code_starters(),
            Class::Unit => units::unit_starters(),
            Class::Magnitude => super::counts::MAGNITUDES.chars().collect(),
            Class::OneOf(set) => set.clone(),
            Class::Dash => DASHES.chars().collect(),
            Class::To => DASHES.chars().chain(['至', '到']).collect(),
            Class::Raised => RAISED.chars().collect(),
            Class::Vulgar => VULGAR.iter().map(|(c, _)| *c).collect(),
            Class::Half => "apAP".chars().collect(),
            Class::Plate => ('A'..='Z').chain('0'..='9').collect(),
            Class::Roman => "IVX".chars().collect(),
            Class::Mobile => vec!['1'],
            Class::Area => vec!['0'],
            Class::TollFree => vec!['4', '8'],
            Class::Service | Class::Year => ('1'..='9').collect(),
            Class::Recent => vec!['1', '2'],
            _ => ('0'..='9').collect(),
        }
    }

    /// The class of this name in a pattern.
    pub fn named(name: &str) -> Option<Class> {
        Some(match name {
            "year" => Class::Year,
            "recent" => Class::Recent,
            "round" => Class::Round,
            "hundred" => Class::Hundred,
            "month" => Class::Month,
            "day" => Class::Day,
            "hour" => Class::Hour,
            "minute" => Class::Minute,
            "zeros" => Class::Zeros,
            "decade" => Class::Decade,
            "int" => Class::Int,
            "num" => Class::Num,
            "sign" => Class::Sign,
            "mobile" => Class::Mobile,
            "area" => Class::Area,
            "tollfree" => Class::TollFree,
            "service" => Class::Service,
            "mag" => Class::Magnitude,
            "unit" => Class::Unit,
            "cur" => Class::Currency,
            "code" => Class::Code,
            "zeromonth" => Class::ZeroMonth,
            "teen" => Class::Teen,
            "late" => Class::Late,
            "past" => Class::Past,
            "room" => Class::Room,
            "roman" => Class::Roman,
            "dash" => Class::Dash,
            "to" => Class::To,
            "raised" => Class::Raised,
            "vulgar" => Class::Vulgar,
            "half" => Class::Half,
            "plate" => Class::Plate,
            "lone" => Class::Lone,
            "groups" => Class::Groups,
            "spaced" => Class::Spaced,
            "digits" => Class::Figures(1, usize::MAX),
            _ => match name.strip_prefix('=') {
                Some(set) => Class::OneOf(set.chars().collect()),
                None => {
                    let range = name.strip_prefix('d')?;
                    let (min, max) = range.split_once('-').unwrap_or((range, range));
                    Class::Figures(min.parse().ok()?, max.parse().ok()?)
                }
            },
        })
    }
}

/// How many figures `text` starts with.
pub(super) fn figures(text: &[char]) -> usize {
    text.iter().take_while(|c| c.is_ascii_digit()).count()
}

/// The dashes of a range, folded.
const DASHES: &str = "-–—~―";

fn dash(text: &[char]) -> Option<usize> {
    match text.iter().take_while(|c| DASHES.contains(**c)).count() {
        0 => None,
        n => (n <= 2).then_some(n),
    }
}

/// `am`, `a.m.`, and the like for the afternoon, no letter behind.
fn half(text: &[char]) -> Option<usize> {
    if !matches!(text.first(), Some('a' | 'A' | 'p' | 'P')) {
        return None;
    }
    let dotted = matches!(text.get(1..4), Some(['.', 'm' | 'M', '.']));
    let plain = matches!(text.get(1), Some('m' | 'M'));
    let len = match (dotted, plain) {
        (true, _) => 4,
        (_, true) => 2,
        _ if matches!(text.get(1..3), Some(['.', 'm' | 'M'])) => 3,
        _ => return None,
    };
    let runs_on = text.get(len).is_some_and(|c| c.is_ascii_alphanumeric());
    (!runs_on).then_some(len)
}

/// Five or six capitals and figures, three of them figures at least.
fn plate(text: &[char]) -> Option<usize> {
    let signs = text
        .iter()
        .take_while(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let len = signs.clone().count();
    let figures = signs.filter(|c| c.is_ascii_digit()).count();
    let runs_on = text.get(len).is_some_and(|c| c.is_ascii_alphanumeric());
    ((5..=6).contains(&len) && figures >= 3 && !runs_on).then_some(len)
}

/// Groups of figures with single dashes between, two groups at least.
fn groups(text: &[char]) -> Option<usize> {
    let mut len = figures(text);
    let mut count = 0;
    while len > 0 && text.get(len) == Some(&'-') && figures(&text[len + 1..]) > 0 {
        len += 1 + figures(&text[len + 1..]);
        count += 1;
    }
    (count > 0).then_some(len)
}

/// `12 345 678`: two groups of three at least behind the head, or one where
/// it is followed by something else than a figure.
fn spaced(text: &[char]) -> Option<usize> {
    let mut len = figures(text);
    if !(1..=3).contains(&len) || text[0] == '0' {
        return None;
    }
    let head = len;
    while text.get(len) == Some(&' ') && figures(&text[len + 1..]) == 3 {
        len += 4;
    }
    (len > head && figures(text.get(len + 1..).unwrap_or_default()) == 0).then_some(len)
}

fn digit(c: char) -> u32 {
    c.to_digit(10).unwrap_or(0)
}

/// A whole number, with separators only where thousands want them.
fn whole(text: &[char]) -> Option<usize> {
    let head = figures(text);
    if head == 0 || (head > 1 && text[0] == '0') {
        return None;
    }
    let mut len = head;
    if head <= 3 && text[0] != '0' {
        while text.get(len) == Some(&',') && figures(&text[len + 1..]) == 3 {
            len += 4;
        }
    }
    Some(len)
}

/// A number with an optional fraction; not the start of `1.2.3`.
fn number(text: &[char]) -> Option<usize> {
    let fraction_at = |at: usize| match text.get(at) {
        Some('.') => figures(&text[at + 1..]),
        _ => 0,
    };
    let len = whole(text)?;
    match fraction_at(len) {
        0 => Some(len),
        n => (fraction_at(len + 1 + n) == 0).then_some(len + 1 + n),
    }
}

/// Whether the + or − at `at` belongs to the figure behind it: at the start,
/// after a mark, after a word such as 到 or 气温, or inside a match (after the
/// dash of a range).
fn sign(text: &[char], from: usize, at: usize) -> bool {
    const LEADS: &str = "达到至为是于约温从降升近超长跌涨增减幅率值差等低高均";
    let signed = matches!(text[at..], ['-' | '+', c, ..] if c.is_ascii_digit());
    signed
        && (at > from
            || match text[..at].last() {
                None => true,
                Some('为' | '是' | '比') => true,
                Some(c) if LEADS.contains(*c) => text[at] == '-',
                // Behind Han a whole number may be part of a name (碳-14), and a percentage
                // the end of a range (三-5%).
                Some(c) if !c.is_ascii() && c.is_alphabetic() => {
                    let whole = figures(&text[at + 1..]);
                    text[at] == '-'
                        && match text.get(at + 1 + whole) {
                            Some('.') => true,
                            Some('%') => !"一二三四五六七八九十百千万".contains(*c),
                            _ => false,
                        }
                }
                Some(c) => !c.is_alphanumeric() && !")-+℃°%‰".contains(*c),
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_taken_whole() {
        let text: Vec<char> = "12,345,67".chars().collect();
        assert_eq!(whole(&text), Some(6));
        assert_eq!(number(&['1', '.', '2', '.', '3']), None);
        assert_eq!(whole(&['0', '7']), None);
        assert_eq!(Class::Figures(1, 2).fit(&['1', '2', '3'], 0, 0), None);
    }
}
