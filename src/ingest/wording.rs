//! The words that tell what a line of a paper is.

use super::glyph::{Glyph, text};
use super::piece::Piece;

/// Words of advertising and of the certificates that advertisers show.
pub(super) const SELLING: &[&str] = &[
    "信用中国",
    "守信激励",
    "立信单位",
    "诚信体系",
    "星级单位",
    "证书编号",
    "信用编码",
    "主导产品",
    "主导服务",
    "主营",
    "招租",
    "出租",
    "出售",
    "转让",
    "特价",
    "优惠",
    "促销",
    "折扣",
    "折起",
    "加盟",
    "广告",
    "爱心公益企业",
    "模范企业",
    "旗舰店",
    "欢迎选购",
    "欢迎惠顾",
    "欢迎光临",
    "上门回收",
    "高价回收",
    "管道疏通",
    "专业疏通",
    "开锁",
    "搬家",
    "恭贺",
    "热烈祝贺",
    "售后服务",
    "买一送一",
];

/// How the names of firms end.
pub(super) const FIRMS: &[&str] = &[
    "公司",
    "酒家",
    "酒店",
    "饭店",
    "医院",
    "护理院",
    "药房",
    "商店",
    "超市",
    "门诊部",
    "养老院",
    "经营部",
    "服务部",
    "商行",
    "事务所",
    "合作社",
    "工厂",
    "诊所",
    "家政",
];

/// How a roll of honour begins.
pub(super) const ROLLS: &[&str] = &[
    "荣誉榜",
    "光荣榜",
    "红榜",
    "好人榜",
    "英雄榜",
    "善行榜",
    "捐款名单",
    "获奖名单",
    "表彰名单",
    "鸣谢",
    "榮譽榜",
    "优秀志愿者名单",
    "志愿者名单",
    "受表彰",
];

/// Words before a phone number or address.
pub(super) const CONTACT: &[&str] = &[
    "电话",
    "热线",
    "地址",
    "联系人",
    "咨询",
    "邮编",
    "邮箱",
    "微信",
    "传真",
];

/// How a report begins.
pub(super) const DATELINES: &[&str] = &[
    "本报讯",
    "近日",
    "日前",
    "昨日",
    "昨天",
    "今日",
    "今天",
    "前天",
    "近期",
    "连日来",
    "上周",
    "本周",
    "上月",
    "本月",
    "（记者",
    "(记者",
    "（通讯员",
    "(通讯员",
    "【本报讯",
    "（本报记者",
    "(本报记者",
];

/// A line that credits a picture: it closes no article.
pub(super) fn is_credit(line: &str) -> bool {
    let line = line.trim_end_matches([')', '）']);
    (line.ends_with('摄') || line.ends_with("摄影"))
        && !line.contains('文')
        && !line.contains("通讯员")
}

/// How the headings of notices end.
const NOTICE_TITLES: &[&str] = &[
    "启事",
    "通知",
    "公告",
    "通告",
    "招领",
    "公示",
    "声明",
    "开放时间",
    "时间表",
    "安排表",
    "更正",
    "招聘",
    "征稿",
    "相关链接",
    "开放日",
    "停水",
    "停电",
    "招募令",
    "讣告",
    "倡议书",
    "感谢信",
    "表扬信",
    "公开信",
];
/// What the headings of small adverts offer.
const OFFERS: &[&str] = &[
    "招租", "出租", "求租", "转让", "出售", "求购", "家政", "搬家", "开锁", "疏通", "回收", "维修",
    "二手", "旺铺", "保洁", "代驾", "租房", "售房", "月嫂", "保姆", "装潢", "装修", "诚聘", "急聘",
];
/// Words that an offer has beside a phone number.
const PRICED: &[&str] = &["元", "价格", "面议", "优惠", "从优", "优价"];
/// The longest heading that alone tells what stands below it, in characters.
const LONGEST_TITLE: usize = 16;

/// The heading of a notice of its own: `寻物启事`, `关于停水的通知`.
pub(super) fn is_notice_title(line: &str) -> bool {
    line.chars().count() <= LONGEST_TITLE && NOTICE_TITLES.iter().any(|t| line.ends_with(t))
}

/// The heading of a small advert: `旺铺招租`, `家政服务`.
pub(super) fn is_offer(line: &str) -> bool {
    line.chars().count() <= 8 && OFFERS.iter().any(|t| line.contains(t))
}

/// Whether a short text offers something: a number to call and a price.
pub(super) fn offers(glyphs: &[Glyph]) -> bool {
    let line = text(glyphs);
    let words = PRICED.iter().chain(SELLING).chain(OFFERS);
    has_phone(glyphs) && words.into_iter().any(|w| line.contains(w))
}

/// Whether a short text offers something without a number to call: a price, and how to
/// agree on it.
pub(super) fn is_small_offer(glyphs: &[Glyph]) -> bool {
    let line = text(glyphs);
    let ways = [
        "面谈",
        "面议",
        "有意者",
        "非诚勿扰",
        "月薪",
        "月租",
        "包吃",
        "电联",
    ];
    line.contains('元') && ways.iter().any(|w| line.contains(w))
}

/// What a column of briefs is called.
const BRIEFS: &[&str] = &[
    "简讯",
    "短讯",
    "快讯",
    "短波",
    "速递",
    "速览",
    "集锦",
    "微新闻",
    "一句话新闻",
    "动态",
    "简报",
    "资讯",
];

/// Such names that need no brackets.
const BARE_LABELS: &[&str] = &[
    "简讯",
    "一周简讯",
    "本周简讯",
    "社区简讯",
    "短讯",
    "社区短讯",
    "社区快讯",
    "新闻速览",
    "一句话新闻",
];

/// The name over a column of briefs, in brackets: `【简讯】`. It is of none of them.
pub(super) fn is_label(line: &str) -> bool {
    if BARE_LABELS.contains(&line) {
        return true;
    }
    let inner = line.strip_prefix(['【', '[', '〔', '■', '●', '▲', '◆']);
    let inner = inner.map(|i| i.trim_end_matches(['】', ']', '〕']));
    inner.is_some_and(|i| i.chars().count() <= 6 && BRIEFS.iter().any(|b| i.ends_with(b)))
}

/// Whether anything of the line is an advert's: what is sold, a firm, a price.
pub(super) fn has_offer(piece: &Piece) -> bool {
    let line = text(&piece.glyphs);
    let price = line.contains('元') && line.contains(|c: char| c.is_ascii_digit());
    selling(piece, &line) > 0 || is_offer(&line) || price
}

/// Whether the line ends with a number to call, as a sentence without a stop
/// may.
pub(super) fn ends_with_phone(glyphs: &[Glyph]) -> bool {
    let figures = |g: &&Glyph| g.c.is_ascii_digit() || matches!(g.c, '-' | '－' | '—' | '转');
    glyphs
        .iter()
        .rev()
        .take_while(figures)
        .filter(|g| g.c.is_ascii_digit())
        .count()
        >= 7
}

/// The name of a firm.
pub(super) fn is_firm(word: &[Glyph]) -> bool {
    let word = text(word);
    FIRMS.iter().any(|f| word.ends_with(f))
}

/// The heading of a roll of honour.
pub(super) fn is_roll(line: &str) -> bool {
    ROLLS.iter().any(|r| {
        line.find(r)
            .is_some_and(|i| i <= 30 && line.len() - i - r.len() <= 12 || i == 0)
    })
}

/// The heading of a roll of honour alone: `鸣谢`, `爱心捐款名单`.
pub(super) fn is_roll_title(line: &str) -> bool {
    let ends = ["榜", "名单", "鸣谢"].iter().any(|e| line.ends_with(e));
    ends && line.chars().count() <= LONGEST_TITLE
}

/// The same with what it is of before: `某某街道2025年一季度“最美邻里”光荣榜`; only
/// names below tell it from a headline.
pub(super) fn is_long_roll_title(line: &str) -> bool {
    ROLLS.iter().any(|r| line.ends_with(r)) && line.chars().count() <= 2 * LONGEST_TITLE
}

/// How much the piece sells: two for each word of selling and for a line of
/// nothing but firms.
pub(super) fn selling(piece: &Piece, line: &str) -> usize {
    let words = SELLING.iter().filter(|w| line.contains(*w)).count();
    let firms = piece.segments().all(|s| {
        let word = text(s);
        FIRMS.iter().any(|f| word.ends_with(f)) && !word.contains(['，', ','])
    });
    words * 2 + usize::from(firms) * 2
}

/// Eight figures in a row, hyphens and brackets between allowed.
pub(super) fn has_phone(glyphs: &[Glyph]) -> bool {
    let mut run = 0;
    for g in glyphs {
        match g.c {
            '0'..='9' | '０'..='９' => run += 1,
            '-' | '－' | '(' | ')' | '（' | '）' | '—' => {}
            _ => run = 0,
        }
        if run >= 8 {
            return true;
        }
    }
    false
}

/// Whether a line begins as nothing but the first paragraph of a report does.
pub(super) fn is_dateline(glyphs: &[Glyph]) -> bool {
    let start: String = glyphs.iter().take(6).map(|g| g.c).collect();
    let start = start.trim_start_matches(['【', '[', '（', '(']);
    // The first character as it is misread.
    let start = start.replace(['木', '末', '未'], "本");
    ["本报讯", "本刊讯", "本报综合"]
        .iter()
        .any(|d| start.starts_with(d))
}

/// Whether a paragraph begins as reports do.
pub(super) fn opens_report(glyphs: &[Glyph]) -> bool {
    let start: String = glyphs.iter().take(12).map(|g| g.c).collect();
    let dated = {
        let rest = start.trim_start_matches(|c: char| c.is_ascii_digit());
        let month = rest.strip_prefix('月').filter(|_| rest.len() < start.len());
        month.is_some_and(|r| {
            r.trim_start_matches(|c: char| c.is_ascii_digit())
                .starts_with('日')
        })
    };
    dated || DATELINES.iter().any(|d| start.starts_with(d))
}
