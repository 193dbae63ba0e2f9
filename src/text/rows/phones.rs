//! Telephone numbers.

use super::super::grammar::{
    Ctx::{All, Any, Is, Near, NoCode, Not, Uncounted, Within, Without},
    Row,
};
use super::row;
use super::words::{CALLED, CALLING, CONTACT, PHONE, QUANTITY};

/// What makes a number behind 电话 a quantity.
const COUNTED: &[&str] = &[
    "个", "次", "部", "元", "台", "人", "度", "家", "万", "亿", "块", "条", ".", ",", "%", "：",
    ":", "年", "月", "小时", "分钟", "天", "余", "多", "号", "日", "名", "位", "-", "折", "楼",
    "层", "卡",
];

/// A service number after these is a quantity.
const AMOUNT: &[&str] = &[
    "约", "达", "共", "近", "超过", "共有", "人口", "海拔", "波音", "第",
];

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("phone", Any, "(+{c:d1-3})[ -]?{n:mobile}", NoCode, "{c:phone} {n:phone}"),
    row("phone", Any, "(+{c:d1-3})[ -]?{a:d1-4}[- ]{b:d7-8}", NoCode, "{c:phone} {a:phone} {b:phone}"),
    row("phone", Any, "+{n:d11-14}", NoCode, "{n:phone}"),
    row("phone", Any, "+{c:d1-3}[ -]?{n:mobile}", NoCode, "{c:phone} {n:phone}"),
    row("phone", Any, "+{c:d1-3}[ -]?{a:d2-4}[- ]{b:d7-8}", NoCode, "{c:phone} {a:phone} {b:phone}"),
    row("phone", Any, "+{c:d1-3}[ -]{a:d1-4}[- ]{b:d3-4}[- ]{d:d4}", NoCode, "{c:phone} {a:phone} {b:phone} {d:phone}"),
    row("phone", Any, "+{c:d1-3}[ -]?({a:d1-4})[- ]?{b:d7-8}", NoCode, "{c:phone} {a:phone} {b:phone}"),
    row("phone", NoCode, "{c:area}[- ]{a:d2-3}[- ]{b:d7-8}", NoCode, "{c:phone} {a:phone} {b:phone}"),
    row("phone", NoCode, "{n:mobile}", NoCode, "{n:phone}"),
    // The end of a print line may stand behind a dash.
    row("phone", NoCode, "{a:d3}-[ ]?{b:d4}-[ ]?{c:d4}", NoCode, "{a:phone} {b:phone} {c:phone}"),
    row("phone", NoCode, "{a:d3}[- ]{b:d4}[- ]{c:d4}", NoCode, "{a:phone} {b:phone} {c:phone}"),
    row("phone", NoCode, "{a:d3}****{b:d4}", NoCode, "{a:phone} 星号 {b:phone}"),
    row("phone", NoCode, "{a:tollfree}[- ]{b:d3}[- ]{c:d4}", NoCode, "{a:phone} {b:phone} {c:phone}"),
    row("phone", NoCode, "{a:tollfree}[- ]{b:d4}[- ]{c:d3}", NoCode, "{a:phone} {b:phone} {c:phone}"),
    row("phone", NoCode, "{a:tollfree}[- ]{b:d7}", NoCode, "{a:phone} {b:phone}"),
    row("phone", NoCode, "(?{a:area})?[-—– ]?{b:d7-8}[ ]?[-转*][ ]?{c:d1-6}", NoCode, "{a:phone} {b:phone} 转 {c:phone}"),
    row("phone", NoCode, "{b:d7-8}[ ]?转[ ]?{c:d1-6}", NoCode, "{b:phone} 转 {c:phone}"),
    row("phone", All(&[NoCode, Within(CONTACT)]), "{b:d7-8}[ ]?[-—–*][ ]?{c:d1-6}", NoCode, "{b:phone} 转 {c:phone}"),
    row("phone", All(&[NoCode, Within(CONTACT)]), "{a:d4}[- ]{b:d4}[ ]?[-—–*转][ ]?{c:d1-6}", NoCode, "{a:phone} {b:phone} 转 {c:phone}"),
    row("phone", NoCode, "{b:d7-8}", Is(&["转", " 转", "分机"]), "{b:phone}"),
    row("phone", Is(&["转", "转 ", "转分机"]), "{n:d1-6}", Is(&["分机", "号分机"]), "{n:phone}"),
    row("phone", NoCode, "({a:area})[ -]?{b:d7-8}", NoCode, "{a:phone} {b:phone}"),
    row("phone", NoCode, "{a:area}-[ ]?{b:d4}[- ][ ]?{c:d4}", NoCode, "{a:phone} {b:phone} {c:phone}"),
    row("phone", NoCode, "{a:area}[-—– ][ ]?{b:d7-8}", NoCode, "{a:phone} {b:phone}"),
    row("phone", NoCode, "(?{a:area})?[- ]?{b:d3-4}[- ]{c:d4}", Not(&["-", "年", "元", "赛季", "学年"]), "{a:phone} {b:phone} {c:phone}"),
    row("phone", Near(PHONE), "{a:d4}-[ ]?{b:d4}", NoCode, "{a:phone} {b:phone}"),
    row("phone", Near(PHONE), "{a:d3-4}[- ]{b:d4}", NoCode, "{a:phone} {b:phone}"),
    row("phone", Is(&["、", "或", "，", "/"]), "{a:d4}[- ]{b:d4}", NoCode, "{a:phone} {b:phone}"),
    row("phone", NoCode, "{a:d4}[- ]{b:d4}{a>b}", NoCode, "{a:phone} {b:phone}"),
    row("phone", Near(PHONE), "{n:d3-12}", Not(COUNTED), "{n:phone}"),
    row("phone", Near(CALLING), "{n:d3-12}", Uncounted, "{n:phone}"),
    row("phone", NoCode, "{n:service}", Is(CALLED), "{n:phone}"),
    row("phone", All(&[NoCode, Not(AMOUNT), Not(QUANTITY), Without(&["比分"])]), "{n:service}", Uncounted, "{n:phone}"),
];
