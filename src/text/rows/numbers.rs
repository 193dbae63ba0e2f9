//! Ranges, lists and bare numbers: what is left when nothing else fits.

use super::super::grammar::{
    Ctx::{All, Any, Counted, Edge, Figure, Is, Measure, Near, NoCode, Not, Place, Said, Within},
    Row,
};
use super::row;
use super::words::QUANTITY;

/// The dash between two quantities that other rows say, tried first.
#[rustfmt::skip]
pub const DASHES: &[Row] = &[
    row("code", All(&[Is(&["号"]), Within(&["备", "ICP"])]), "-{n:int}", All(&[NoCode, Not(&["号", "日", "楼", "幢", "栋"])]), "杠 {n:card}"),
    row("range", Place, "[ ]?[-—–~－][ ]?", Place, "至"),
    row("room", Is(&["楼", "幢", "栋", "单元"]), "-{n:d3-4}", NoCode, "{n:digits}"),
    row("range", Said, "[ ]?{dash}[ ]?", Figure, "至"),
    row("range", Counted, "[ ]?{dash}[ ]?", Figure, "至"),
    row("range", Said, "{dash}", Is(&["第"]), "至"),
    row("range", Counted, "{dash}", Is(&["第"]), "至"),
    row("range", Said, "[ ]?{dash}[ ]?", Is(&["次日", "翌日", "当日", "当晚", "次年", "凌晨", "第二天", "隔天"]), "至"),
    row("range", All(&[Counted, Is(&["年", "月", "日"])]), "{dash}", Is(&["公元", "前", "西元", "今", "至今", "次年", "次日", "现在"]), "至"),
];

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("range", Any, "{s:sign}?{a:num}{g:mag}?{dash}{t:sign}?{b:num}", NoCode, "{s:sign}{a:count}{g:text}至 {t:sign}{b:count}"),

    row("ordinal", Any, "§[ ]?{n:int}", Any, "第{n:card}节"),
    row("number", Any, ".{n:digits}", NoCode, "零点{n:digits}"),
    row("number", NoCode, "{n:spaced}", Any, "{n:card}"),
    row("number", Any, "{s:sign}?{n:num}", Measure, "{s:sign}{n:count}"),
    row("number", Near(QUANTITY), "{s:sign}?{n:num}", Any, "{s:sign}{n:count}"),
    row("number", Any, "{n:int}", Is(&["加", "减", "乘", "除", "+", "×", "÷", "=", "*"]), "{n:card}"),
    row("number", Any, "{s:sign}?{n:round}", Any, "{s:sign}{n:card}"),
    // Alone, a number of as many figures as no telephone number has.
    row("number", Edge, "{n:lone}", Edge, "{n:card}"),
    row("digits", Any, "{n:d3-99}", Not(&[".", ","]), "{n:digits}"),
    row("number", Any, "{s:sign}?{n:num}", Any, "{s:sign}{n:count}"),
    row("number", NoCode, "{a:digits}.{b:digits}", NoCode, "{a:digits}点{b:digits}"),
    row("digits", Any, "{n:digits}", Any, "{n:digits}"),
];
