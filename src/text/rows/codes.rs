//! Numbers that name a thing: codes, plates, trains, models, rooms.

use super::super::grammar::{
    Ctx::{All, Any, Is, Latin, LatinWord, Near, NoCode, Not, Open, Uncounted, Unitless, Within},
    Row,
};
use super::row;
use super::words::{ACCOUNT, CODE, FIGURES, MODELS};

/// What names of lines and trains stand before.
const LINES: &[&str] = &["次", "路", "号线", "线", "号", "车", "列车", "高速"];

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("plate", Any, "{p:=京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使}{l:=ABCDEFGHJKLMNPQRSTUVWXYZ}[·]?{c:plate}", NoCode, "{p:text}{l:text}{c:text}"),
    row("code", Near(&["ISBN", "ISSN", "书号", "ISBN-13", "ISBN-10"]), "{n:groups}", Any, "{n:digits}"),
    row("code", NoCode, "{n:groups}", Is(&["阵型", "阵式", "阵容"]), "{n:digits}"),
    row("code", Near(CODE), "{a:digits}-{b:digits}-{c:digits}", NoCode, "{a:digits} 杠 {b:digits} 杠 {c:digits}"),
    row("code", Within(&["分辨率", "像素"]), "{a:d3-4}[x*×]{b:d3-4}", NoCode, "{a:digits}乘 {b:digits}"),
    row("code", Is(&["波音"]), "{a:d3}-{b:round}", Any, "{a:digits} 杠 {b:card}"),
    row("code", Near(CODE), "{a:digits}-{b:digits}", Not(&[".", "-"]), "{a:digits} 杠 {b:digits}"),
    row("code", Near(CODE), "{n:digits}", All(&[Unitless, Not(&[".", ",", "个", "项", "条", "万", "亿", "~", "年", "月", "-", "—", "%", "×", "x", "*", ":"]), Not(&["架", "枚", "人", "名", "次", "位", "天", "种", "家", "岁", "元", "股", "份", "只"])]), "{n:digits}"),

    // The whole text of 第.
    row("ordinal", Is(&["第"]), "{a:int}{to}{b:int}", Any, "{a:card}至 {b:card}"),
    row("ordinal", Is(&["第"]), "{n:round}", Not(&[",", "."]), "{n:card}"),
    row("ordinal", Is(&["第"]), "{n:d6-99}", Not(&[",", "."]), "{n:digits}"),
    row("ordinal", Is(&["第"]), "{n:int}", Not(&["."]), "{n:card}"),

    // Names with a dash: F-16, AK-47, 歼-20.
    row("ordinal", NoCode, "{n:roman}", Is(&["级", "类", "期", "度", "世纪"]), "{n:roman}"),
    row("ordinal", NoCode, "{n:roman}", All(&[Is(&["型", "卷", "章", "册", "区", "标", "段", "代", "号", "部", "篇", "组", "档"]), Not(&["号码"])]), "{n:roman}"),
    row("range", NoCode, "{a:=ABCDEFGHIJKLMNOPQRSTUVWXYZ}{dash}{b:=ABCDEFGHIJKLMNOPQRSTUVWXYZ}", Is(&["栋", "座", "区", "幢", "楼", "级", "口", "组", "类", "班", "档", "门", "段"]), "{a:text}至{b:text}"),
    row("code", All(&[Latin, Within(ACCOUNT)]), "-", Latin, "杠"),
    row("code", All(&[Latin, Within(ACCOUNT)]), "-{n:digits}", NoCode, "杠 {n:digits}"),
    row("sign", Is(&["UTC", "GMT"]), "-{n:num}", Any, "减 {n:card}"),
    row("code", Is(&["No", "NO", "no", "Vol", "vol"]), "[.]?[ ]?{n:int}", Not(&["."]), "{n:card}"),
    row("code", Latin, "{n:d1-2}", Latin, "{n:card}"),
    row("code", Latin, "-{n:teen}", Not(&[".", "%", "-", "/", ":"]), "{n:card}"),
    row("code", Latin, "-{n:round}", Not(&[".", "%", "-"]), "{n:card}"),
    row("code", Is(MODELS), "-{n:teen}", Not(&["."]), "{n:card}"),
    row("code", Is(MODELS), "-{n:digits}", Not(&["."]), "{n:digits}"),
    row("code", Latin, "-{n:digits}", Not(&[".", "%"]), "{n:digits}"),

    // Names in a Latin word and a number: NGC 4414.
    row("code", Is(&["Windows ", "Office ", "Win"]), "{n:late}", NoCode, "{n:digits}"),
    row("code", LatinWord, "{a:d3-99}[-–—]{b:d1-4}", All(&[NoCode, Uncounted]), "{a:digits} 杠 {b:short}"),
    row("code", LatinWord, "{a:d3-4}.{b:digits}", Unitless, "{a:digits}点{b:digits}"),
    row("code", LatinWord, "{n:hundred}", Uncounted, "{n:card}"),
    row("code", LatinWord, "{n:d3-99}", All(&[Uncounted, Not(&["至", "到"])]), "{n:digits}"),

    // Roads, lines, trains.
    row("route", NoCode, "{p:=GDCZTKSYBM}{a:d3-99}/{q:=GDCZTKSYBM}{b:d3-99}", Is(LINES), "{p:text}{a:digits}、{q:text}{b:digits}"),
    row("route", NoCode, "{p:=GDCZTKSYBM}{a:int}/{q:=GDCZTKSYBM}{b:int}", Is(LINES), "{p:text}{a:card}、{q:text}{b:card}"),
    row("route", NoCode, "{n:d3-4}{s:=路}", Not(&["人", "诸"]), "{n:digits}{s:text}"),
    row("route", NoCode, "{n:d3}", Is(&["国道", "省道", "县道", "线公交"]), "{n:digits}"),
];

/// Places, rooms and numbers behind letters, tried after the quantities.
#[rustfmt::skip]
pub const PLACES: &[Row] = &[
    row("room", NoCode, "{n:d1-2}弄", Any, "{n:card}弄"),
    row("room", NoCode, "{n:d3-5}{s:=室房弄}", Any, "{n:digits}{s:text}"),
    row("room", NoCode, "{n:d3-4}", Is(&["包间", "教室", "会议室", "号房", "号室", "病房", "办公室", "房间"]), "{n:digits}"),
    row("room", NoCode, "{a:round}{dash}{b:round}", Is(&["号"]), "{a:card}至 {b:card}"),
    row("room", NoCode, "{a:d3-4}{dash}{b:d3-4}{s:=室号弄}", Any, "{a:digits}至 {b:digits}{s:text}"),
    row("room", NoCode, "{a:d1-2}-{b:d3-4}{s:=室}", Any, "{a:digits} 杠 {b:digits}{s:text}"),
    row("room", Is(&["路", "街", "弄", "道", "巷", "村", "镇"]), "{n:d3-5}{s:=号}", Any, "{n:digits}{s:text}"),
    row("room", NoCode, "{n:d4-6}{s:=号}", Any, "{n:digits}{s:text}"),
    row("room", NoCode, "{a:d1}-{b:round}", Any, "{a:card}至 {b:card}"),
    row("room", NoCode, "{a:d1}-{b:d3-4}", All(&[NoCode, Uncounted]), "{a:card} 杠 {b:digits}"),
    row("room", NoCode, "{n:int}#", Any, "{n:card}号"),

    // Figures with letters: 5G, A4, G60, CN31-0062.
    row("code", Latin, "{a:d1-3}-{b:d2-99}", NoCode, "{a:digits} 杠 {b:digits}"),
    row("code", Is(&["N", "KN"]), "95", Any, "九五"),
    row("code", Latin, ".{n:digits}", Any, "点{n:digits}"),
    row("code", Latin, "{n:d3-99}", Not(&["."]), "{n:digits}"),
    row("code", Latin, "{n:int}", All(&[Any, Not(&["."])]), "{n:card}"),

    row("code", NoCode, "{a:digits}-{b:digits}-{c:digits}", Any, "{a:digits} 杠 {b:digits} 杠 {c:digits}"),
    row("code", NoCode, "{n:digits}", Is(&["式步枪", "式手枪", "式坦克", "式冲锋枪", "式机枪"]), "{n:digits}"),
    row("version", Any, "{a:digits}.{b:digits}.{c:digits}.{d:digits}", Any, "{a:digits}点 {b:digits}点 {c:digits}点 {d:digits}"),
    row("version", Any, "{a:digits}.{b:digits}.{c:digits}", Any, "{a:short}点 {b:short}点 {c:short}"),
    row("item", All(&[Open, Not(&["("])]), "{n:d1-2}[.)]", All(&[Not(FIGURES), Not(&["com", "cn"])]), "{n:card}，"),
];
