//! What a piece of the page is, by its own words and by its neighbours.

use super::byline;
use super::glyph::{Glyph, ends_sentence, is_han, is_stop, text, width};
use super::layout::Layout;
use super::marker::{self, Marker};
use super::piece::Piece;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A headline, kicker, deck or subhead; which, its place will tell.
    Heading,
    /// A paragraph or a part of one.
    Prose,
    /// An item of a list.
    Item(Marker),
    /// Who wrote it.
    Byline,
    /// A phone number or address that may close a notice or an advert.
    Contact,
    /// Advertising.
    Advert,
    /// A roll of honour.
    Honours,
}

/// Words of advertising and of the certificates that advertisers show.
const SELLING: &[&str] = &[
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
const FIRMS: &[&str] = &[
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
const ROLLS: &[&str] = &[
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
const CONTACT: &[&str] = &[
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
const DATELINES: &[&str] = &[
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

/// What a piece is by its own words and print lines.
pub(super) fn of(piece: &Piece, layout: &Layout) -> Role {
    let glyphs = &piece.glyphs;
    let line = text(glyphs);
    let stops = glyphs.iter().filter(|g| is_stop(g.c)).count();
    if is_closing(&line) || (is_credit(&line) && byline::is_byline(piece)) {
        return Role::Prose;
    }
    if byline::is_byline(piece) {
        return Role::Byline;
    }
    if is_roll(&line) {
        return Role::Honours;
    }
    let selling = selling(piece, &line);
    let phone = has_phone(glyphs);
    if (stops == 0 && selling >= 2) || selling + usize::from(phone) >= 6 {
        return Role::Advert;
    }
    if let Some(marker) = marker::find(glyphs) {
        let heading = marker.chinese && stops == 0 && width(glyphs) <= 20.0 && pauses(glyphs) == 0;
        return if heading {
            Role::Heading
        } else {
            Role::Item(marker)
        };
    }
    if stops == 0 && (phone || CONTACT.iter().any(|w| line.starts_with(w))) && glyphs.len() <= 80 {
        return Role::Contact;
    }
    if is_prose(piece, layout, stops) {
        Role::Prose
    } else {
        Role::Heading
    }
}

fn is_prose(piece: &Piece, layout: &Layout, stops: usize) -> bool {
    let glyphs = &piece.glyphs;
    let wide = width(glyphs);
    let pauses = pauses(glyphs);
    let full_stop = glyphs.iter().any(|g| g.c == '。')
        || (ends_sentence(glyphs) && glyphs.last().is_some_and(|g| g.c == '.'));
    if full_stop {
        return true;
    }
    if stops > 0 {
        // A headline may ask or exclaim, but it does not quote speech whole.
        let quoted = glyphs.first().is_some_and(|g| matches!(g.c, '"' | '“'));
        return wide > 30.0 || pauses > 1 || stops > 1 || (quoted && ends_sentence(glyphs));
    }
    let ends_open = glyphs
        .last()
        .is_some_and(|g| matches!(g.c, ',' | '，' | '、' | '；' | ';' | '：' | ':'));
    let lines = layout.line_ends.iter().any(|end| *end) && layout.is_measured();
    // Headlines of two phrases are many, of three and so long hardly any.
    ends_open
        || (pauses > 1 && wide >= 24.0)
        || wide > 60.0
        || (pauses > 0 && (lines || wide > 45.0))
        || (lines && wide > 45.0)
}

/// Marks inside a sentence.
pub(super) fn pauses(glyphs: &[Glyph]) -> usize {
    glyphs
        .iter()
        .filter(|g| matches!(g.c, ',' | '，' | '；' | ';'))
        .count()
}

/// A line that credits a picture: it closes no article.
pub(super) fn is_credit(line: &str) -> bool {
    let line = line.trim_end_matches([')', '）']);
    (line.ends_with('摄') || line.ends_with("摄影"))
        && !line.contains('文')
        && !line.contains("通讯员")
}

/// The end of a letter.
pub(super) fn is_closing(line: &str) -> bool {
    (line.starts_with("此致") || line.starts_with("敬礼")) && line.chars().count() <= 6
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
fn selling(piece: &Piece, line: &str) -> usize {
    let words = SELLING.iter().filter(|w| line.contains(*w)).count();
    let firms = piece.segments().all(|s| {
        let word = text(s);
        FIRMS.iter().any(|f| word.ends_with(f)) && !word.contains(['，', ','])
    });
    words * 2 + usize::from(firms) * 2
}

/// Eight figures in a row, hyphens and brackets between allowed.
fn has_phone(glyphs: &[Glyph]) -> bool {
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

/// Sets right what only the neighbours can tell: `roles` are those of the
/// page's pieces in order.
pub(super) fn by_neighbours(roles: &mut [Role], pieces: &[Piece]) {
    let sold = |r: Role| matches!(r, Role::Advert | Role::Honours);
    // Names alone below a paragraph and above something new wrote it.
    for i in 1..roles.len() {
        let below = matches!(roles[i - 1], Role::Prose | Role::Item(_));
        let above = matches!(roles.get(i + 1), Some(Role::Prose | Role::Item(_)));
        if roles[i] == Role::Heading && below && !above && byline::is_names(&pieces[i]) {
            roles[i] = Role::Byline;
        }
    }
    // A headline may well speak of adverts or end in a firm's name.
    for i in 0..roles.len() {
        let line = &pieces[i];
        let before = i > 0 && sold(roles[i - 1]);
        let prose_next = matches!(roles.get(i + 1), Some(Role::Prose | Role::Byline));
        if sold(roles[i])
            && !before
            && prose_next
            && width(&line.glyphs) <= 36.0
            && !is_roll(&text(&line.glyphs))
        {
            roles[i] = Role::Heading;
        }
    }
    // A contact line closes the notice before it, or else it is an advert's.
    for i in 0..roles.len() {
        if roles[i] == Role::Contact {
            let before = i.checked_sub(1).map(|i| roles[i]);
            if !matches!(before, Some(Role::Prose | Role::Item(_) | Role::Contact)) {
                roles[i] = Role::Advert;
            }
        }
    }
    // Headings go with what they stand over.
    for i in (0..roles.len()).rev() {
        let next = roles.get(i + 1).copied();
        let before = i > 0 && sold(roles[i - 1]);
        let short = width(&pieces[i].glyphs) <= 60.0;
        match roles[i] {
            Role::Heading if next == Some(Role::Advert) => roles[i] = Role::Advert,
            Role::Heading if before && next.is_none_or(sold) => roles[i] = roles[i - 1],
            Role::Prose if before && short && next.is_none_or(sold) => roles[i] = Role::Advert,
            _ => {}
        }
    }
    // Lists go with the advert or the roll of honour above them, and so does a
    // line between the roll and its names.
    for i in 1..roles.len() {
        let names = |i: usize| pieces.get(i).is_some_and(is_name_list);
        match (roles[i - 1], roles[i]) {
            (Role::Advert, Role::Item(_)) => roles[i] = Role::Advert,
            (Role::Honours, Role::Item(_) | Role::Heading) if names(i) || names(i + 1) => {
                roles[i] = Role::Honours;
            }
            (Role::Honours, Role::Prose) if names(i + 1) => roles[i] = Role::Honours,
            _ => {}
        }
    }
}

/// Three or more words of two to four characters and hardly anything else.
fn is_name_list(piece: &Piece) -> bool {
    let mark = |g: &Glyph| matches!(g.c, '、' | ',' | '，' | ':' | '：' | '●' | '·');
    // Where marks part the names, spaces are line ends.
    let marked = piece
        .glyphs
        .iter()
        .any(|g| matches!(g.c, '、' | ',' | '，'));
    let runs: Vec<&[Glyph]> = match marked {
        true => vec![&piece.glyphs],
        false => piece.segments().collect(),
    };
    let words = runs.into_iter().flat_map(|run| run.split(mark));
    let (mut all, mut names) = (0, 0);
    for word in words.filter(|w| !w.is_empty()) {
        all += 1;
        names += usize::from((2..=4).contains(&word.len()) && word.iter().all(|g| is_han(g.c)));
    }
    all >= 3 && names * 10 >= all * 9 && !piece.glyphs.iter().any(|g| is_stop(g.c))
}
