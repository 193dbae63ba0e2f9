//! Small print: adverts of one line, and notices that begin with their own name.

use super::glyph::{Glyph, is_han, is_pause, is_stop, text, width};
use super::layout::Layout;
use super::piece::Piece;
use super::role::Role;
use super::torn::Item;
use super::wording;

/// How the names of notices end that stand in one line with what they say.
const NAMES: &[&str] = &["启事", "更正", "勘误", "预告", "征稿"];
/// The longest such name, in characters.
const LONGEST_NAME: usize = 6;

/// The colon behind the name of a notice of one paragraph: `本报启事：…`. It is no
/// part of any article, wherever it stands.
pub(super) fn notice(glyphs: &[Glyph]) -> Option<usize> {
    let near = glyphs.iter().take(LONGEST_NAME + 1);
    let at = near.clone().position(|g| matches!(g.c, ':' | '：'))?;
    let name = text(&glyphs[..at]);
    let named = name.chars().all(is_han) && NAMES.iter().any(|n| name.ends_with(n));
    (named && at + 1 < glyphs.len()).then_some(at)
}

/// The name of such a notice, and what it says.
pub(super) fn parted(item: &Item) -> (Piece, Item) {
    let whole = item.piece.glyphs.len();
    let colon = notice(&item.piece.glyphs).unwrap_or(0);
    let piece = item.piece.part(colon + 1, whole);
    let ends = &item.layout.line_ends;
    let kept = piece.gaps.len().min(ends.len());
    let layout = Layout {
        line_ends: ends[ends.len() - kept..].to_vec(),
        ..item.layout.clone()
    };
    let told = Item {
        piece,
        role: Role::Prose,
        layout,
        ..item.clone()
    };
    (item.piece.part(0, colon), told)
}

/// What a small advert offers, in the first word of its line.
const OFFERED: &[&str] = &[
    "招租", "出租", "求租", "转让", "出让", "出售", "求购", "收购", "招聘", "诚聘", "急聘", "招工",
    "求职", "家教",
];
/// What it says about the price, or about how to agree on it.
const PRICED: &[&str] = &["元", "面议", "面谈", "有意者", "电联"];
/// The longest word that says what is offered, in characters.
const LONGEST_WORD: usize = 6;
/// The longest small advert, in em.
const LONGEST: f32 = 90.0;

/// `转让 丁字路口旺铺一间 … 电话…`: a line that begins with what it offers.
pub(super) fn is_offer(piece: &Piece) -> bool {
    let line = text(&piece.glyphs);
    let word = piece.segments().next().unwrap_or_default();
    let word = word.split(|g| matches!(g.c, ':' | '：')).next();
    let word = text(word.unwrap_or_default());
    let offers = OFFERED
        .iter()
        .any(|o| word.ends_with(o) || word.starts_with(o));
    let told = || wording::has_phone(&piece.glyphs) || PRICED.iter().any(|p| line.contains(p));
    word.chars().count() <= LONGEST_WORD
        && word.chars().count() < piece.glyphs.len()
        && offers
        && width(&piece.glyphs) <= LONGEST
        && told()
}

/// What the line of a shop or a class says beside its goods.
const SOLD: &[&str] = &[
    "订座",
    "订餐",
    "外送",
    "预订",
    "地址",
    "电话",
    "营业",
    "半价",
    "折",
    "优惠",
    "免费送",
    "上门",
    "小时",
    "报名截止",
    "送货",
    "代收",
    "周一休息",
];
/// So many words at least has the line of an advert.
const WORDS: usize = 3;

/// `梧桐里咖啡 手冲咖啡 现烤面包 营业时间7:30—21:00`: words and no sentence, among
/// them an address, an hour or a price.
pub(super) fn is_advert(piece: &Piece) -> bool {
    let line = text(&piece.glyphs);
    let sentence = |g: &Glyph| is_stop(g.c) || is_pause(g.c) && !matches!(g.c, ':' | '：' | '、');
    let price = || {
        let figures = line.contains(|c: char| c.is_ascii_digit()) || line.contains("十元");
        figures && line.contains('元')
    };
    // `时间：… 地点：…` is told of a notice.
    let goods = |s: &&[Glyph]| !s.iter().any(|g| matches!(g.c, ':' | '：'));
    let first = piece.segments().next();
    first.is_some_and(|s| goods(&s))
        && piece.segments().filter(goods).count() + 1 >= WORDS
        && piece.segments().count() >= WORDS
        && !piece.glyphs.iter().any(sentence)
        && width(&piece.glyphs) <= LONGEST
        && (SOLD.iter().any(|s| line.contains(s)) || price())
}

#[cfg(test)]
mod tests {
    use super::super::piece::pieces;
    use super::*;

    #[test]
    fn notices_of_one_paragraph_are_told_by_their_name() {
        let at = |line: &str| notice(&pieces(line)[0].glyphs);
        assert_eq!(at("本报启事:来稿请注明姓名。"), Some(4));
        assert_eq!(at("更正：上期三版有误。"), Some(2));
        assert_eq!(at("寻物启事"), None);
        assert_eq!(at("他说：启事贴好了。"), None);
        assert_eq!(at("启事："), None);
    }

    #[test]
    fn adverts_of_one_line_are_told_from_headlines_and_paragraphs() {
        for line in [
            "转让 丁字路口旺铺一间，有意者电话13800001122，中介勿扰。",
            "招聘 水果店招店员两名，月薪4500元起，面谈。",
            "房屋出租 一室一厅，面议",
        ] {
            assert!(is_offer(&pieces(line)[0]), "{line}");
        }
        for line in [
            "转让旺铺引纠纷",
            "招聘会上来了三百人。",
            "出租车司机拾金不昧 送还5000元",
        ] {
            assert!(!is_offer(&pieces(line)[0]), "{line}");
        }
        assert!(is_advert(
            &pieces("小店 手冲咖啡 面包 营业时间7:30—21:00")[0]
        ));
        assert!(is_advert(&pieces("理发店 剪发十元 老人半价 周一休息")[0]));
        assert!(!is_advert(&pieces("小小食堂 暖了人心")[0]));
        assert!(!is_advert(&pieces("一部电梯 三年等待 邻里同心")[0]));
    }
}
