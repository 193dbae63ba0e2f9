//! How what a row kept is said.

use super::grammar::Kept;
use super::numbers::{self, Digits, amount, cardinal, roman, spell, spell_phone};
use super::symbols::{power, vulgar};
use super::{counts, units};

/// How a kept text is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum How {
    /// Figure by figure.
    Digits,
    /// Figure by figure, as telephone numbers are.
    Phone,
    /// As a number up to two figures, figure by figure beyond.
    Short,
    /// As a number.
    Card,
    /// A Roman numeral, as a number.
    Roman,
    /// As a number; 2 is 两 where the word behind the match wants it.
    Count,
    /// As a number; 2 is 两.
    Two,
    /// As money: without idle zeros.
    Amount,
    /// 负 or 正.
    Sign,
    /// 零下 or 零上.
    Below,
    /// With a zero before a single minute.
    Minutes,
    /// Seconds with a fraction behind the colon: `58.32`.
    Seconds,
    /// As the month of an event named by its day: 九 of 9·11, 十一 of 11·3.
    Event,
    /// As printed; figures one by one.
    Text,
    /// The name of a unit.
    Unit,
    /// The name of a currency.
    Currency,
    /// 上午 or 下午.
    Half,
    /// 平方, 立方, or so-manieth 次方.
    Power,
    /// A vulgar fraction: ½.
    Vulgar,
}

impl How {
    /// The one of this name in a row.
    pub fn named(name: &str) -> Option<How> {
        Some(match name {
            "digits" => How::Digits,
            "phone" => How::Phone,
            "short" => How::Short,
            "card" => How::Card,
            "roman" => How::Roman,
            "count" => How::Count,
            "two" => How::Two,
            "amount" => How::Amount,
            "sign" => How::Sign,
            "below" => How::Below,
            "minutes" => How::Minutes,
            "seconds" => How::Seconds,
            "event" => How::Event,
            "text" => How::Text,
            "unit" => How::Unit,
            "cur" => How::Currency,
            "half" => How::Half,
            "power" => How::Power,
            "vulgar" => How::Vulgar,
            _ => return None,
        })
    }
}

/// A part of what a row says.
#[derive(Debug)]
pub(super) enum Piece {
    Text(&'static str),
    Kept(char, How),
}

/// A folded text: as it is matched, and as it is said where it is said as
/// printed. Both have the same characters but for traditional ones.
pub(super) struct Text {
    /// Traditional characters that rows ask for are simplified.
    pub keys: Vec<char>,
    /// As printed, full-width forms narrowed.
    pub shown: Vec<char>,
}

impl Text {
    /// The first `end` characters.
    pub fn before(&self, end: usize) -> Text {
        Text {
            keys: self.keys[..end].to_vec(),
            shown: self.shown[..end].to_vec(),
        }
    }
}

/// The words for the match `from..to`.
pub(super) fn say(
    pieces: &[Piece],
    text: &Text,
    from: usize,
    to: usize,
    kept: &Kept,
    digits: Digits,
) -> String {
    let mut out = String::new();
    let keys = &text.keys;
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
        let own: String = keys[a..b].iter().collect();
        let two = || match own.as_str() {
            "2" | "02" => "两".to_string(),
            _ => cardinal(&own),
        };
        match how {
            How::Digits => out.push_str(&spell(&own)),
            How::Short if own.len() <= 2 && !own.starts_with('0') => {
                out.push_str(&cardinal(&own));
            }
            How::Short => out.push_str(&spell(&own)),
            How::Phone => out.push_str(&spell_phone(&own, digits)),
            How::Card => out.push_str(&cardinal(&own)),
            How::Roman => {
                if let Some((_, value)) = roman(&keys[a..b]) {
                    out.push_str(&cardinal(&value.to_string()));
                }
            }
            How::Amount if own.contains('.') => out.push_str(&amount(&own)),
            How::Amount | How::Two => out.push_str(&two()),
            How::Count => {
                // 1、2楼 numbers, 书包、2支笔 counts.
                let listed = match keys[..from] {
                    [.., c, '、'] => c.is_ascii_digit(),
                    [.., last] => last == '第',
                    [] => false,
                };
                let paired = !listed && counts::paired(&keys[to..]);
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
            How::Seconds => {
                let (whole, rest) = own.split_once('.').unwrap_or((&own, ""));
                out.push_str(&cardinal(whole));
                out.push('秒');
                out.push_str(&spell(rest));
            }
            How::Event if own.starts_with('1') => out.push_str(&cardinal(&own)),
            How::Event => out.push_str(&spell(&own)),
            How::Text => out.extend(
                text.shown[a..b]
                    .iter()
                    .map(|&c| numbers::digit(c).unwrap_or(c)),
            ),
            How::Unit => out.extend(units::unit(&keys[a..]).map(|(_, said)| said)),
            How::Currency => out.extend(units::currency(&keys[a..]).map(|(_, said)| said)),
            How::Half => out.push_str(if own.starts_with(['a', 'A']) {
                "上午"
            } else {
                "下午"
            }),
            How::Power => out.push_str(&power(&own)),
            How::Vulgar => out.extend(own.chars().next().and_then(vulgar)),
        }
    }
    out
}
