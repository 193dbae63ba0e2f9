//! The normalisation rows, tried from the top; the first that fits is taken.
//!
//! To teach the reader something new, add a row here and a case to `CASES`
//! below it in the tests. The language is told in [`super::grammar`].

use super::grammar::{
    Ctx::{Any, Figure, Is, Latin, Measure, Near, NoCode, Not, Said, Start, Uncounted},
    Row,
};

/// Words that announce a telephone number.
const PHONE: &[&str] = &[
    "电话",
    "热线",
    "拨打",
    "致电",
    "手机",
    "传真",
    "座机",
    "号码",
    "联系方式",
    "固话",
    "专线",
    "来电",
    "拨",
];

/// Words that announce a code read figure by figure.
const CODE: &[&str] = &[
    "编号",
    "证号",
    "代码",
    "编码",
    "邮编",
    "密码",
    "尾号",
    "房号",
    "单号",
    "学号",
    "工号",
    "卡号",
    "账号",
    "帐号",
    "车牌",
    "牌号",
    "刊号",
    "型号",
    "QQ",
    "群号",
    "验证码",
    "统一书号",
    "总第",
    "分辨率",
    "批号",
    "文号",
    "证书号",
    "邮政编码",
    "信用编码",
    "证书编号",
    "门牌",
];

/// Words after which even a long bare number is a quantity.
const QUANTITY: &[&str] = &[
    "达", "达到", "约", "共", "共计", "近", "超", "超过", "逾", "仅", "增至", "加", "减", "乘",
    "除以", "等于", "总计", "合计", "有", "突破",
];

const FIGURES: &[&str] = &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// What makes 1500年 a length of time.
const DURATION: &[&str] = &["历史", "前", "以", "来", "的历史", "后的", "寿"];

const fn row(
    rule: &'static str,
    prev: super::grammar::Ctx,
    pattern: &'static str,
    next: super::grammar::Ctx,
    say: &'static str,
) -> Row {
    Row {
        rule,
        prev,
        pattern,
        next,
        say,
    }
}

/// Every row. `prev` and `next` are what stands before and behind.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    // Telephone numbers.
    row("phone", Any, "+{c:d1-3}[ -]?{n:mobile}", NoCode, "{c:phone} {n:phone}"),
    row("phone", NoCode, "{n:mobile}", NoCode, "{n:phone}"),
    row("phone", NoCode, "{a:d3}-{b:d4}-{c:d4}", NoCode, "{a:phone} {b:phone} {c:phone}"),
    row("phone", NoCode, "{a:d3}****{b:d4}", NoCode, "{a:phone} 星号 {b:phone}"),
    row("phone", NoCode, "{a:tollfree}[- ]{b:d3}[- ]{c:d4}", NoCode, "{a:phone} {b:phone} {c:phone}"),
    row("phone", NoCode, "{a:tollfree}[- ]{b:d4}[- ]{c:d3}", NoCode, "{a:phone} {b:phone} {c:phone}"),
    row("phone", NoCode, "{a:tollfree}[- ]{b:d7}", NoCode, "{a:phone} {b:phone}"),
    row("phone", NoCode, "(?{a:area})?[-—– ]?{b:d7-8}-{c:d1-6}", NoCode, "{a:phone} {b:phone} 转 {c:phone}"),
    row("phone", NoCode, "({a:area})[ -]?{b:d7-8}", NoCode, "{a:phone} {b:phone}"),
    row("phone", NoCode, "{a:area}[-—– ]{b:d7-8}", NoCode, "{a:phone} {b:phone}"),
    row("phone", NoCode, "(?{a:area})?[- ]?{b:d3-4}[- ]{c:d4}", Not(&["-", "年", "元"]), "{a:phone} {b:phone} {c:phone}"),
    row("phone", Near(PHONE), "{a:d3-4}[- ]{b:d4}", NoCode, "{a:phone} {b:phone}"),
    row("phone", Near(PHONE), "{n:d3-12}", Not(&["个", "次", "部", "元", "台", "人", "度", "家", ".", ","]), "{n:phone}"),
    row("phone", NoCode, "{n:service}", Uncounted, "{n:phone}"),

    // Codes.
    row("code", Near(CODE), "{a:digits}-{b:digits}-{c:digits}", NoCode, "{a:digits} 杠 {b:digits} 杠 {c:digits}"),
    row("code", Near(CODE), "{a:digits}-{b:digits}", NoCode, "{a:digits} 杠 {b:digits}"),
    row("code", Near(CODE), "{n:digits}", Not(&[".", ",", "个", "项", "条"]), "{n:digits}"),
    row("ordinal", Is(&["第"]), "{a:int}[-~—–]{b:int}", Any, "{a:card}至 {b:card}"),
    row("ordinal", Is(&["第"]), "{n:int}", Not(&[",", "."]), "{n:card}"),

    // Dates.
    row("date", NoCode, "{y:year}[-/.]{m:month}[-/.]{d:day}日?", NoCode, "{y:digits}年 {m:card}月 {d:card}日"),
    row("date", NoCode, "{a:year}[-—–~至到]{b:year}", Is(&["年", "学年", "赛季"]), "{a:digits}至 {b:digits}"),
    row("date", NoCode, "{a:year}[-/]{b:d2}", Is(&["学年", "赛季", "年度"]), "{a:digits}至 {b:digits}"),
    row("date", NoCode, "{a:year}/{b:year}", Any, "{a:digits}至 {b:digits}"),
    row("date", NoCode, "{a:year}[-—–~]{b:year}", Not(&["元", "个", "人", "户", "米", "平", "名", "."]), "{a:digits}至 {b:digits}"),
    row("date", NoCode, "{y:recent}年", Not(&["历史", "的历史"]), "{y:digits}年"),
    row("date", NoCode, "{y:year}年", Not(DURATION), "{y:digits}年"),
    row("date", NoCode, "{y:d2}年{m:month}月", Any, "{y:digits}年 {m:card}月"),
    row("date", NoCode, "{n:zeros}年代", Any, "零零年代"),
    row("date", NoCode, "{n:d2}年代", Any, "{n:card}年代"),
    row("date", Any, "{a:decade}[、/]{b:decade}后", Not(&["退", "续", "期", "天"]), "{a:digits}，{b:digits}后"),
    row("date", NoCode, "{n:decade}后", Not(&["退", "续", "期", "天"]), "{n:digits}后"),
    row("date", NoCode, "{m:month}月{a:day}[-—–~至]{b:day}{s:=日号}", Any, "{m:card}月 {a:card}至 {b:card}{s:text}"),
    row("date", NoCode, "{a:month}[-—–~至]{b:month}月", Any, "{a:card}至 {b:card}月"),
    row("date", NoCode, "{m:month}月", Any, "{m:card}月"),
    row("date", NoCode, "{a:day}[-—–~至]{b:day}{s:=日号}", Any, "{a:card}至 {b:card}{s:text}"),
    row("date", NoCode, "{d:day}{s:=日号}", Any, "{d:card}{s:text}"),
    row("date", NoCode, "{a:d1-2}·{b:d1-2}", NoCode, "{a:digits}{b:digits}"),

    // Scores, times.
    row("score", Near(&["比分", "战平", "击败", "战胜", "比例", "赔率", "以", "按"]), "{a:int}:{b:int}", NoCode, "{a:card}比 {b:card}"),
    row("time", NoCode, "{h:hour}:{m:minute}:{s:minute}", NoCode, "{h:two}点 {m:minutes}分 {s:minutes}秒"),
    row("time", NoCode, "{h:hour}:{z:zeros}", NoCode, "{h:two}点"),
    row("time", NoCode, "{h:hour}:{m:minute}", NoCode, "{h:two}点 {m:minutes}分"),
    row("time", NoCode, "{h:hour}点{m:minute}分?", Any, "{h:two}点 {m:minutes}分"),
    row("score", NoCode, "{a:int}:{b:int}:{c:int}", NoCode, "{a:card}比 {b:card}比 {c:card}"),
    row("score", NoCode, "{a:num}:{b:num}", NoCode, "{a:card}比 {b:card}"),

    // Shares.
    row("percent", NoCode, "100%", Any, "百分之百"),
    row("percent", Any, "{s:sign}?{a:num}[-—–~至到]{t:sign}?{b:num}%", Any, "{s:sign}百分之 {a:card}至 {t:sign}{b:card}"),
    row("percent", Any, "{s:sign}?{n:num}{g:mag}?%", Any, "{s:sign}百分之 {n:card}{g:text}"),
    row("percent", Any, "{s:sign}?{n:num}‰", Any, "{s:sign}千分之 {n:card}"),
    row("fraction", NoCode, "{a:int}/{b:int}", Not(&["/", "."]), "{b:card}分之 {a:card}"),

    // Money, units.
    row("money", Any, "{c:cur}[ ]?{n:num}[-—–~]{m:num}{g:mag}?元?", NoCode, "{n:amount}至 {m:amount}{g:text}{c:cur}"),
    row("money", Any, "{c:cur}[ ]?{n:num}{g:mag}?元?", NoCode, "{n:amount}{g:text}{c:cur}"),
    row("money", NoCode, "{n:num}元", Not(&["素", "旦", "宵"]), "{n:amount}元"),
    row("temperature", Any, "{s:sign}{n:num}[℃°]C?", Any, "{s:below} {n:two}摄氏度"),
    row("unit", Any, "{s:sign}?{a:num}[-—–~至到]{t:sign}?{b:num}{g:mag}?[ ]?{u:unit}", Any, "{s:sign}{a:two}至 {t:sign}{b:two}{g:text} {u:unit}"),
    row("unit", Any, "{s:sign}?{n:num}{g:mag}?[ ]?{u:unit}", Any, "{s:sign}{n:two}{g:text} {u:unit}"),
    row("unit", Is(&["元/", "次/", "人/", "每"]), "{u:unit}", Any, "{u:unit}"),
    row("per", Said, "/", Not(FIGURES), "每"),
    row("per", Is(&["元", "人", "次", "吨", "斤", "米", "克", "户"]), "/", Not(FIGURES), "每"),
    row("times", Said, "[x*X×]", Figure, "乘"),
    row("times", Figure, "[x*X×]", Figure, "乘"),
    row("times", Said, "[=]", Any, "等于"),

    // Places and rooms.
    row("room", NoCode, "{n:d3-5}{s:=室房弄}", Any, "{n:digits}{s:text}"),
    row("room", NoCode, "{a:d3-4}-{b:d3-4}{s:=室号弄}", Any, "{a:digits}至 {b:digits}{s:text}"),
    row("room", Is(&["路", "街", "弄", "道", "巷", "村", "镇"]), "{n:d3-5}号", Any, "{n:digits}号"),
    row("room", NoCode, "{n:d4-6}号", Any, "{n:digits}号"),
    row("room", NoCode, "{n:int}#", Any, "{n:card}号"),
    row("route", NoCode, "{n:d3-4}路", Any, "{n:digits}路"),

    // Ranges and lists.
    row("code", NoCode, "{a:digits}-{b:digits}-{c:digits}", Any, "{a:digits} 杠 {b:digits} 杠 {c:digits}"),
    row("range", Any, "{s:sign}?{a:num}[-—–~]{t:sign}?{b:num}", NoCode, "{s:sign}{a:count}至 {t:sign}{b:count}"),
    row("range", Said, "[-—–~]", Figure, "至"),
    row("version", NoCode, "{a:digits}.{b:digits}.{c:digits}.{d:digits}", Any, "{a:digits}点 {b:digits}点 {c:digits}点 {d:digits}"),
    row("version", NoCode, "{a:digits}.{b:digits}.{c:digits}", Any, "{a:digits}点 {b:digits}点 {c:digits}"),
    row("item", Start, "{n:d1-2}[.)]", Not(FIGURES), "{n:card}，"),

    // Figures with letters: 5G, A4, G60, CN31-0062.
    row("code", Latin, "{n:d1-2}-{b:digits}", NoCode, "{n:digits} 杠 {b:digits}"),
    row("code", Latin, "-{n:d3-99}", Any, "杠 {n:digits}"),
    row("code", Latin, "{n:d3-99}", Any, "{n:digits}"),

    // Bare numbers.
    row("number", Any, ".{n:digits}", NoCode, "零点{n:digits}"),
    row("number", Any, "{s:sign}?{n:num}", Measure, "{s:sign}{n:count}"),
    row("number", Near(QUANTITY), "{s:sign}?{n:num}", Any, "{s:sign}{n:count}"),
    row("number", Any, "{n:int}", Is(&["加", "减", "乘", "除"]), "{n:card}"),
    row("number", Any, "{s:sign}?{n:round}", Any, "{s:sign}{n:card}"),
    row("digits", Any, "{n:d3-99}", Not(&[".", ","]), "{n:digits}"),
    row("number", Any, "{s:sign}?{n:num}", Any, "{s:sign}{n:count}"),
    row("digits", Any, "{n:digits}", Any, "{n:digits}"),
];
