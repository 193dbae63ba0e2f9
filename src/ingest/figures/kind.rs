//! What a figure tells, by its form and the words around.

/// What a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Phone,
    Time,
    Date,
    Price,
    Count,
}

impl Kind {
    /// Letters have no place in it, not even a code's.
    pub fn is_strict(self) -> bool {
        self != Kind::Count
    }

    /// For the reason of a change.
    pub fn told(self) -> &'static str {
        match self {
            Kind::Phone => "a telephone number has digits only",
            Kind::Time => "a time of day has digits only",
            Kind::Date => "a date has digits only",
            Kind::Price => "a price or a share has digits only",
            Kind::Count => "a number of what is counted has digits only",
        }
    }
}

/// What is counted, or numbered.
const COUNTED: &str = "个名人户位号岁天周时点分秒楼层室弄幢栋期版届次条家只米公万亿千百余多张份台辆本件倍度\
元年月日场间套组支项批页盏棵把把幅瓶袋箱斤克吨亩里平路";
/// What a code may stand before: `B12号楼`, `3B室`, `S1次`.
const CODED: &str = "号楼层室幢栋次路座区";
/// Words before a telephone number.
const CALLED: &[&str] = &[
    "电话", "热线", "致电", "拨打", "手机", "传真", "咨询", "报名", "专线", "联系",
];
/// Words before what may hold letters and digits at will.
const CODES: &[&str] = &[
    "微信",
    "公众号",
    "验证码",
    "编号",
    "型号",
    "车牌",
    "账号",
    "密码",
    "网址",
    "邮箱",
    "订单",
    "代码",
    "条码",
    "货号",
    "版本",
    "号牌",
];
/// What stands for a province on a number plate.
const PLATES: &str = "京沪津渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新";

/// The words around a figure.
pub(super) struct Around<'a> {
    /// What stands before, to its end.
    pub before: &'a [char],
    /// What stands behind, from its start.
    pub behind: &'a [char],
}

impl Around<'_> {
    fn last(&self) -> char {
        self.before.last().copied().unwrap_or(' ')
    }

    fn next(&self) -> char {
        self.behind.first().copied().unwrap_or(' ')
    }

    fn has(&self, words: &[&str]) -> bool {
        let near: String = self.before[self.before.len().saturating_sub(8)..]
            .iter()
            .collect();
        words.iter().any(|w| near.contains(w))
    }

    /// A code, an address of the net, a number plate: letters are meant.
    pub fn is_code(&self) -> bool {
        let net = |c: char| {
            matches!(c, '@' | '_' | '=' | '&' | '#' | '\\' | '*')
                || (c.is_alphabetic() && c < '\u{2E80}')
        };
        let point = |side: Option<(char, char)>| {
            side.is_some_and(|(mark, c)| matches!(mark, '.' | '/' | '-') && c.is_ascii_alphabetic())
        };
        let left = match self.before {
            [.., c, mark] => Some((*mark, *c)),
            _ => None,
        };
        let right = match self.behind {
            [mark, c, ..] => Some((*mark, *c)),
            _ => None,
        };
        net(self.last()) || net(self.next()) || point(left) || point(right) || self.has(CODES)
    }

    /// A letter that begins the figure belongs to a number plate.
    pub fn is_plate(&self) -> bool {
        PLATES.contains(self.last())
    }

    /// What a code may stand before.
    pub fn is_coded(&self) -> bool {
        CODED.contains(self.next())
    }

    fn counts(&self) -> bool {
        self.last() == '第' || COUNTED.contains(self.next())
    }

    /// What the figure is: `text` has its digits as ASCII, with the marks
    /// between them.
    pub fn kind(&self, text: &str) -> Option<Kind> {
        let number = |part: &str| part.parse::<u32>().ok();
        let digits: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
        let marks: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
        if self.is_phone(text, &marks) {
            return Some(Kind::Phone);
        }
        let times = |part: &str| {
            let mut parts = part.split([':', '：']);
            let (hour, minute) = (parts.next(), parts.next());
            hour.and_then(number).is_some_and(|h| h <= 24)
                && minute.is_some_and(|m| m.len() == 2 && number(m).is_some_and(|m| m < 60))
                && parts.next().is_none()
        };
        if text
            .split(['-', '—', '–', '~', '～', '－'])
            .filter(|p| !p.is_empty())
            .all(times)
        {
            return Some(Kind::Time);
        }
        if let [year, month, day] = digits[..]
            && marks.chars().all(|c| matches!(c, '-' | '.' | '/'))
            && year.len() == 4
            && is_date(number(year), number(month), number(day))
        {
            return Some(Kind::Date);
        }
        // The last number of a range is what the words behind belong to.
        let last = digits.last().and_then(|d| number(d));
        let within = |low: u32, high: u32| last.is_some_and(|n| (low..=high).contains(&n));
        let year = digits.last().is_some_and(|d| d.len() == 4) && within(1800, 2199);
        match self.next() {
            '年' if year => return Some(Kind::Date),
            '月' if within(1, 12) => return Some(Kind::Date),
            '日' if within(1, 31) && self.last() == '月' => return Some(Kind::Date),
            '元' | '%' | '％' | '‰' | '块' => return Some(Kind::Price),
            _ if matches!(self.last(), '¥' | '￥') => return Some(Kind::Price),
            '万' | '亿' if self.behind.get(1) == Some(&'元') => return Some(Kind::Price),
            _ => {}
        }
        self.counts().then_some(Kind::Count)
    }

    fn is_phone(&self, text: &str, marks: &str) -> bool {
        if !marks.chars().all(|c| matches!(c, '-' | '－' | '—' | '–')) {
            return false;
        }
        let all: String = text.chars().filter(char::is_ascii_digit).collect();
        match all.len() {
            11 if all.starts_with('1') => all.as_bytes()[1] > b'2',
            10..=12 if all.starts_with('0') => true,
            10 => all.starts_with("400") || all.starts_with("800"),
            7 | 8 => self.has(CALLED) && !self.counts(),
            5 | 6 => self.has(CALLED) && all.starts_with('1') && !self.counts(),
            _ => false,
        }
    }
}

fn is_date(year: Option<u32>, month: Option<u32>, day: Option<u32>) -> bool {
    let within = |n: Option<u32>, low, high| n.is_some_and(|n| (low..=high).contains(&n));
    within(year, 1800, 2199) && within(month, 1, 12) && within(day, 1, 31)
}
