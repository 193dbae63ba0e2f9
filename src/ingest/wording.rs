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

/// The heading of a roll of honour.
pub(super) fn is_roll(line: &str) -> bool {
    ROLLS.iter().any(|r| {
        line.find(r)
            .is_some_and(|i| i <= 30 && line.len() - i - r.len() <= 12 || i == 0)
    })
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
