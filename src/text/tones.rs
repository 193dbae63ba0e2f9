//! Tone changes of 一, 不 and third tones, and erhua.
//!
//! The rules are those of the standard grammars (Lin, *The Sounds of Chinese*,
//! 2007, chapters 9 and 10).

use crate::model::Syllable;

use super::dictionary;
use super::syllables::{NEUTRAL, Syl};

/// Numerals, beside which 一 keeps its tone.
const NUMERALS: &str = "零一二三四五六七八九";
/// Before 一 in a number or an ordinal: 十一, 第一, 百分之一, 二点一.
const KEEPING: &str = "零一二三四五六七八九十百千万亿点第初之";
/// Behind 一 where it numbers and does not count: 一月, 一号楼, 一期工程.
const NUMBERED: &str = "月号日期级楼流线审汽至";
/// Likewise, of two characters and more.
const NUMBERING: &[&str] = &["等奖", "季度", "年级", "把手", "对一", "而再"];
/// Words such as 这一 end in a counting 一, other words (统一, 周一) do not.
const COUNTING: &str = "这那每另某同任哪前上下后头有";

/// Words whose 儿 is no syllable of its own, by their last two characters.
const ERHUA: &[&str] = &[
    "会儿", "点儿", "这儿", "那儿", "哪儿", "玩儿", "事儿", "花儿", "今儿", "明儿", "昨儿", "块儿",
    "味儿", "劲儿", "活儿", "门儿", "孩儿", "头儿", "天儿", "空儿", "份儿", "样儿", "字儿", "馅儿",
    "边儿", "歌儿", "词儿", "根儿", "个儿", "面儿", "串儿", "兜儿", "趟儿", "伴儿", "园儿", "弯儿",
    "棍儿", "馆儿",
];

/// Applies the tone changes to the syllables between two marks. `chars` are
/// their characters, `starts` tells where words begin.
pub(super) fn change(syls: &mut [Syl], chars: &[char], starts: &[bool]) {
    for i in 0..syls.len() {
        match chars[i] {
            '一' => syls[i] = syls[i].with_tone(one(syls, chars, starts, i)),
            '不' if syls.get(i + 1).is_some_and(|s| s.tone == 4) => {
                syls[i] = syls[i].with_tone(2);
            }
            _ => {}
        }
    }
    // Most texts have few third tones in a row: look before working.
    if syls.windows(2).any(|w| w[0].tone == 3 && w[1].tone == 3) {
        third_tones(syls, chars, starts);
    }
}

/// The tone of 一 at `i`.
fn one(syls: &[Syl], chars: &[char], starts: &[bool], i: usize) -> u8 {
    let before = i.checked_sub(1).map(|b| chars[b]);
    let Some(&next) = chars.get(i + 1) else {
        return 1;
    };
    let is = |c: Option<char>, set: &str| c.is_some_and(|c| set.contains(c));
    let ends_word = starts.get(i + 1) == Some(&true) && !starts[i];
    let decimal = next == '点' && is(chars.get(i + 2).copied(), NUMERALS);
    if is(before, KEEPING)
        || is(Some(next), NUMERALS)
        || decimal
        || (ends_word && !is(before, COUNTING))
        || (starts[i]
            && (is(Some(next), NUMBERED)
                || NUMBERING
                    .iter()
                    .any(|w| w.chars().eq(chars[i + 1..].iter().copied().take(2)))))
    {
        return 1;
    }
    let counted_twice = i >= 2 && chars[i - 2] == '一';
    if before == Some(next) && next != '\0' && !counted_twice {
        // 看一看, but not 一家一家
        return NEUTRAL;
    }
    match syls[i + 1].tone {
        4 => 2,
        NEUTRAL if next == '个' => 2,
        _ => 4,
    }
}

/// A third tone before a third tone is said as a second: inside words first,
/// then from word to word where one of the two is a single syllable, which leans
/// on the other. Between longer words a reader who takes the time keeps both.
fn third_tones(syls: &mut [Syl], chars: &[char], starts: &[bool]) {
    let mut from = 0;
    while from < syls.len() {
        let len = 1 + starts[from + 1..].iter().take_while(|s| !**s).count();
        let to = from + len;
        in_word(&mut syls[from..to], &chars[from..to]);
        from = to;
    }
    let alone = |i: usize| starts[i] && starts.get(i + 1).is_none_or(|s| *s);
    for i in 0..syls.len().saturating_sub(1) {
        let leans = starts[i + 1] && (alone(i) || alone(i + 1));
        if leans && syls[i].tone == 3 && syls[i + 1].tone == 3 {
            syls[i] = syls[i].with_tone(2);
        }
    }
}

fn in_word(syls: &mut [Syl], chars: &[char]) {
    // 岂有-此理: four syllables are said two and two.
    if syls.len() == 4 {
        for (syls, chars) in syls.chunks_mut(2).zip(chars.chunks(2)) {
            in_word(syls, chars);
        }
        return;
    }
    // 小-老虎 keeps its first tone, 展览-馆 does not.
    let right_branching = syls.len() == 3
        && syls.iter().all(|s| s.tone == 3)
        && !known(&chars[..2])
        && known(&chars[1..]);
    let from = usize::from(right_branching);
    for i in from..syls.len().saturating_sub(1) {
        if syls[i].tone == 3 && syls[i + 1].tone == 3 {
            syls[i] = syls[i].with_tone(2);
        }
    }
}

fn known(chars: &[char]) -> bool {
    let word: String = chars.iter().collect();
    dictionary().has_word(&word)
}

/// The syllables as later stages hold them, 儿 joined to what it colours.
pub(super) fn erhua(syls: &[Syl], chars: &[char]) -> Vec<Syllable> {
    let mut out: Vec<Syllable> = syls.iter().map(|s| s.to_model()).collect();
    if let [.., before, '儿'] = chars
        && out.len() >= 2
        && ERHUA.iter().any(|w| w.starts_with(*before))
    {
        out.pop();
        if let Some(last) = out.last_mut() {
            last.base.push('r');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::model::SourceText;
    use crate::text::FrontEnd;

    #[test]
    fn tone_changes() {
        let front = FrontEnd::new(&[]).unwrap();
        for (text, pinyin) in [
            ("一个", "yi2 ge4"),
            ("一天", "yi4 tian1"),
            ("一起", "yi4qi3"),
            ("第一", "di4 yi1"),
            ("统一", "tong3yi1"),
            ("十一个", "shi2yi1 ge4"),
            ("1949年", "yi1jiu3si4jiu3nian2"),
            ("不对", "bu2 dui4"),
            ("不好", "bu4hao3"),
            ("你好", "ni2hao3"),
            ("展览馆", "zhan2lan2guan3"),
            ("一会儿", "yi2huir4"),
            ("看一看", "kan4 yi5 kan4"),
            ("一家一家", "yi4 jia1 yi4 jia1"),
            ("女儿", "nv3er2"),
            ("一等奖", "yi1deng2jiang3"),
            ("一楼", "yi1 lou2"),
            ("我也很想你", "wo2 ye2 hen2 xiang2 ni3"),
            ("很美丽", "hen2 mei3li4"),
            ("买水果", "mai3 shui2guo3"),
            ("表演 理想", "biao2yan3，li2xiang3"),
            ("美好理想", "mei2hao3 li2xiang3"),
        ] {
            let reading = front.read(&SourceText::made(text)).value;
            assert_eq!(
                reading.pinyin().replace(' ', ""),
                pinyin.replace(' ', ""),
                "{text}"
            );
        }
    }
}
