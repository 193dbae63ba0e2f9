//! The little language in which the normalisation rows are written, and its
//! matcher. The rows themselves are in [`super::rows`].
//!
//! A pattern is matched against folded text (see [`super::fold`]):
//!
//! | written | matches |
//! |---|---|
//! | `年` | itself |
//! | `[-~]` | one of these |
//! | `{n:int}` | a [`Class`] of text, kept under one letter |
//! | `…?` | what stands before it, or nothing |
//!
//! Figures are taken as a whole: a class never ends inside a run of figures.
//! What is said is text with `{n:card}` for what was kept, said in a [`How`];
//! a space parts two words, `，` is a pause.

use super::numbers::{self, amount, cardinal, spell, spell_phone};
use super::units;

/// What must stand before or behind a match.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ctx {
    /// Anything.
    Any,
    /// One of these texts.
    Is(&'static [&'static str]),
    /// None of these.
    Not(&'static [&'static str]),
    /// Before a match: one of these, perhaps with `：`, `为` or a quote between.
    Near(&'static [&'static str]),
    /// A word that counts.
    Measure,
    /// Behind a match: nothing that makes a quantity of it.
    Uncounted,
    /// A figure, or a sign and a figure.
    Figure,
    /// A Latin letter.
    Latin,
    /// No Latin letter and no figure.
    NoCode,
    /// Before a match: what another row said.
    Said,
    /// Before a match: the beginning of the text.
    Start,
}

/// One row of the grammar.
pub(super) struct Row {
    /// The rule's name, as `tingbao show` prints it.
    pub rule: &'static str,
    /// What stands before.
    pub prev: Ctx,
    /// What is matched.
    pub pattern: &'static str,
    /// What stands behind.
    pub next: Ctx,
    /// What is said.
    pub say: &'static str,
}

/// Kinds of text a pattern can keep.
#[derive(Debug, Clone, PartialEq)]
enum Class {
    /// Four figures, 1000 to 2999.
    Year,
    /// Four figures, 1900 to 2099.
    Recent,
    /// A number of hundreds, to 99900.
    Round,
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
    /// One of these.
    OneOf(Vec<char>),
}

/// How a kept text is said.
#[derive(Debug, Clone, Copy, PartialEq)]
enum How {
    Digits,
    Phone,
    Card,
    /// A cardinal; 2 is 两 where the word behind the match wants it.
    Count,
    /// A cardinal; 2 is 两.
    Two,
    Amount,
    Sign,
    /// The sign of a temperature.
    Below,
    Minutes,
    Text,
    Unit,
    Currency,
}

#[derive(Debug)]
struct Elem {
    class: Class,
    /// The letter it is kept under.
    keep: Option<char>,
    optional: bool,
}

#[derive(Debug)]
enum Piece {
    Text(&'static str),
    Kept(char, How),
}

/// A row made ready.
struct Compiled {
    row: &'static Row,
    pattern: Vec<Elem>,
    say: Vec<Piece>,
}

/// All rows, made ready.
pub(super) struct Grammar {
    rows: Vec<Compiled>,
    /// Which characters some row can start with, beside figures.
    starters: Vec<char>,
}

/// What a row made of the text.
pub(super) struct Match {
    /// How many characters it took.
    pub len: usize,
    /// Which rule it was.
    pub rule: &'static str,
    /// What is said, words parted by [`numbers::BREAK`].
    pub said: String,
}

/// What was kept, by letter, as ranges of the text.
type Kept = Vec<(char, usize, usize)>;

/// `12315`, `120` … known to every reader, without a word before them.
const SERVICE: &[&str] = &[
    "110", "119", "120", "122", "114", "12315", "12345", "12333", "12348", "12320", "12355",
    "12371", "12366", "12328", "12306", "12388", "11315", "10086", "10010", "10000", "95598",
];

impl Grammar {
    /// Makes the rows ready. A row that does not parse is left out; the tests
    /// see that there is none.
    pub fn new(rows: &'static [Row]) -> Grammar {
        let rows: Vec<Compiled> = rows.iter().filter_map(compile).collect();
        let mut starters = Vec::new();
        for row in &rows {
            for elem in &row.pattern {
                starters.extend(elem.class.starters());
                if !elem.optional {
                    break;
                }
            }
        }
        starters.sort_unstable();
        starters.dedup();
        Grammar { rows, starters }
    }

    /// Whether a row may begin with `c`.
    pub fn may_start(&self, c: char) -> bool {
        c.is_ascii_digit() || self.starters.binary_search(&c).is_ok()
    }

    /// The first row that fits at `from`; `said_before` tells whether a row
    /// made what stands right before.
    pub fn apply(&self, text: &[char], from: usize, said_before: bool) -> Option<Match> {
        let mut kept = Kept::new();
        self.rows.iter().find_map(|c| {
            kept.clear();
            if !c.row.prev.fits_before(text, from, said_before) {
                return None;
            }
            let to = fit(&c.pattern, text, from, from, &mut kept)?;
            (to > from && c.row.next.fits_behind(text, to)).then(|| Match {
                len: to - from,
                rule: c.row.rule,
                said: say(&c.say, text, from, to, &kept),
            })
        })
    }
}

impl Ctx {
    fn fits_before(self, text: &[char], at: usize, said_before: bool) -> bool {
        let ends = |at: usize, words: &[&str]| words.iter().any(|w| ends_with(&text[..at], w));
        match self {
            Ctx::Any => true,
            Ctx::Is(words) => ends(at, words),
            Ctx::Not(words) => !ends(at, words),
            Ctx::Near(words) => {
                let filler = text[..at].iter().rev().take(3);
                let filler = filler.take_while(|c| ":：为是“\"( ".contains(**c)).count();
                (0..=filler).any(|n| ends(at - n, words))
            }
            Ctx::Said => said_before,
            Ctx::Start => at == 0,
            Ctx::Latin => at > 0 && text[at - 1].is_ascii_alphabetic(),
            Ctx::NoCode => at == 0 || !text[at - 1].is_ascii_alphanumeric(),
            Ctx::Figure => at > 0 && text[at - 1].is_ascii_digit(),
            Ctx::Measure => at > 0 && units::measured(&text[at - 1..at]),
            Ctx::Uncounted => true,
        }
    }

    fn fits_behind(self, text: &[char], at: usize) -> bool {
        let rest = &text[at..];
        let starts = |words: &[&str]| words.iter().any(|w| units::starts_with(rest, w));
        match self {
            Ctx::Is(words) | Ctx::Near(words) => starts(words),
            Ctx::Not(words) => !starts(words),
            Ctx::Any | Ctx::Said | Ctx::Start => true,
            Ctx::Measure => units::measured(rest),
            Ctx::Uncounted => {
                !units::paired(rest)
                    && units::magnitude(rest) == 0
                    && units::unit(rest).is_none()
                    && !rest.first().is_some_and(|c| ".,-/:%‰~×".contains(*c))
                    && !rest.first().is_some_and(char::is_ascii_alphanumeric)
            }
            Ctx::Figure => match rest {
                ['-' | '+', c, ..] | [c, ..] => c.is_ascii_digit(),
                [] => false,
            },
            Ctx::Latin => rest.first().is_some_and(char::is_ascii_alphabetic),
            Ctx::NoCode => !rest.first().is_some_and(char::is_ascii_alphanumeric),
        }
    }
}

fn ends_with(text: &[char], word: &str) -> bool {
    let mut at = text.iter().rev();
    word.chars().rev().all(|c| at.next() == Some(&c))
}

/// Matches the elements one after another, with the optional ones first tried
/// and then left out; gives the end of the match.
fn fit(pattern: &[Elem], text: &[char], from: usize, at: usize, kept: &mut Kept) -> Option<usize> {
    let Some((elem, rest)) = pattern.split_first() else {
        return Some(at);
    };
    let mark = kept.len();
    if let Some(len) = elem.class.fit(text, from, at) {
        if let Some(name) = elem.keep {
            kept.push((name, at, at + len));
        }
        if let Some(end) = fit(rest, text, from, at + len, kept) {
            return Some(end);
        }
        kept.truncate(mark);
    }
    if elem.optional {
        fit(rest, text, from, at, kept)
    } else {
        None
    }
}

impl Class {
    /// How many characters of the class stand at `at`.
    fn fit(&self, text: &[char], from: usize, at: usize) -> Option<usize> {
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
            Class::Magnitude => Some(units::magnitude(rest)).filter(|n| *n > 0),
            Class::Unit => units::unit(rest).map(|(len, _)| len),
            Class::Currency => units::currency(rest).map(|(len, _)| len),
            Class::OneOf(set) => rest.first().filter(|c| set.contains(c)).map(|_| 1),
        }
    }

    /// What such a text can start with, beside a figure.
    fn starters(&self) -> Vec<char> {
        match self {
            Class::Sign => vec!['-', '+'],
            Class::Currency => "HURC¥￥$€£".chars().collect(),
            Class::Unit => units::unit_starters(),
            Class::OneOf(set) => set.clone(),
            _ => Vec::new(),
        }
    }

    fn named(name: &str) -> Option<Class> {
        Some(match name {
            "year" => Class::Year,
            "recent" => Class::Recent,
            "round" => Class::Round,
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

impl How {
    fn named(name: &str) -> Option<How> {
        Some(match name {
            "digits" => How::Digits,
            "phone" => How::Phone,
            "card" => How::Card,
            "count" => How::Count,
            "two" => How::Two,
            "amount" => How::Amount,
            "sign" => How::Sign,
            "below" => How::Below,
            "minutes" => How::Minutes,
            "text" => How::Text,
            "unit" => How::Unit,
            "cur" => How::Currency,
            _ => return None,
        })
    }
}

/// How many figures `text` starts with.
pub(super) fn figures(text: &[char]) -> usize {
    text.iter().take_while(|c| c.is_ascii_digit()).count()
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
    const LEADS: &str = "达到至为是于约温从降升近超";
    let signed = matches!(text[at..], ['-' | '+', c, ..] if c.is_ascii_digit());
    signed
        && (at > from
            || match text[..at].last() {
                None => true,
                Some(c) if LEADS.contains(*c) => text[at] == '-',
                Some(c) => !c.is_alphanumeric() && !")-℃°%‰".contains(*c),
            })
}

/// The words for a match.
fn say(pieces: &[Piece], text: &[char], from: usize, to: usize, kept: &Kept) -> String {
    let mut out = String::new();
    for piece in pieces {
        let (name, how) = match piece {
            Piece::Text(t) => {
                out.push_str(t);
                continue;
            }
            Piece::Kept(name, how) => (*name, *how),
        };
        let Some(&(_, a, b)) = kept.iter().find(|(n, _, _)| *n == name) else {
            continue;
        };
        let own: String = text[a..b].iter().collect();
        let two = || match own.as_str() {
            "2" => "两".to_string(),
            _ => cardinal(&own),
        };
        match how {
            How::Digits => out.push_str(&spell(&own)),
            How::Phone => out.push_str(&spell_phone(&own)),
            How::Card => out.push_str(&cardinal(&own)),
            How::Amount if own.contains('.') => out.push_str(&amount(&own)),
            How::Amount | How::Two => out.push_str(&two()),
            How::Count => {
                let listed = matches!(text[..from].last(), Some('、' | '第'));
                let paired = !listed && units::paired(&text[to..]);
                out.push_str(&if paired { two() } else { cardinal(&own) });
            }
            How::Sign => out.push_str(if own == "-" { "负" } else { "正" }),
            How::Below => out.push_str(if own == "-" { "零下" } else { "零上" }),
            How::Minutes => {
                if own.starts_with('0') {
                    out.extend(numbers::digit('0'));
                }
                out.push_str(&cardinal(&own));
            }
            How::Text => out.push_str(&own),
            How::Unit => out.extend(units::unit(&text[a..]).map(|(_, said)| said)),
            How::Currency => out.extend(units::currency(&text[a..]).map(|(_, said)| said)),
        }
    }
    out
}

/// Parses a row; `None` when it is not well formed.
fn compile(row: &'static Row) -> Option<Compiled> {
    let mut pattern: Vec<Elem> = Vec::new();
    let mut rest = row.pattern;
    while let Some(c) = rest.chars().next() {
        let (class, keep, len) = match c {
            '?' => {
                pattern.last_mut()?.optional = true;
                rest = &rest[1..];
                continue;
            }
            '{' => {
                let end = rest.find('}')?;
                let (name, class) = rest[1..end].split_once(':')?;
                (Class::named(class)?, name.chars().next(), end + 1)
            }
            '[' => {
                let end = rest.find(']')?;
                (Class::OneOf(rest[1..end].chars().collect()), None, end + 1)
            }
            c => (Class::OneOf(vec![c]), None, c.len_utf8()),
        };
        pattern.push(Elem {
            class,
            keep,
            optional: false,
        });
        rest = &rest[len..];
    }
    let mut say = Vec::new();
    let mut rest = row.say;
    while let Some(open) = rest.find('{') {
        let close = rest.find('}')?;
        let (name, how) = rest[open + 1..close].split_once(':')?;
        say.push(Piece::Text(&rest[..open]));
        say.push(Piece::Kept(name.chars().next()?, How::named(how)?));
        rest = &rest[close + 1..];
    }
    say.push(Piece::Text(rest));
    Some(Compiled { row, pattern, say })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::rows::ROWS;

    #[test]
    fn every_row_is_well_formed() {
        for row in ROWS {
            let compiled = compile(row);
            assert!(
                compiled.is_some(),
                "{}: {} → {}",
                row.rule,
                row.pattern,
                row.say
            );
            let compiled = compiled.unwrap();
            for piece in &compiled.say {
                if let Piece::Kept(name, _) = piece {
                    assert!(
                        compiled.pattern.iter().any(|e| e.keep == Some(*name)),
                        "{}: {name} is said and never kept",
                        row.rule
                    );
                }
            }
        }
    }

    #[test]
    fn figures_are_taken_whole() {
        let text: Vec<char> = "12,345,67".chars().collect();
        assert_eq!(whole(&text), Some(6));
        assert_eq!(number(&['1', '.', '2', '.', '3']), None);
        assert_eq!(whole(&['0', '7']), None);
        assert_eq!(Class::Figures(1, 2).fit(&['1', '2', '3'], 0, 0), None);
    }
}
