//! Percentages and fractions.

use super::super::grammar::{
    Ctx::{Any, Is, Near, NoCode, Not},
    Row,
};
use super::row;
use super::words::NUMBERED;

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("percent", NoCode, "100%", Any, "百分之百"),
    row("percent", Any, "{s:sign}?{a:num}{to}{t:sign}?{b:num}%", Any, "{s:sign}百分之 {a:card}至 {t:sign}{b:card}"),
    row("percent", Any, "{s:sign}?{a:num}{to}{t:sign}?{b:num}‰", Any, "{s:sign}千分之 {a:card}至 {t:sign}{b:card}"),
    row("percent", Any, "{s:sign}?{n:num}{g:mag}?[ ]?%", Any, "{s:sign}百分之 {n:card}{g:text}"),
    row("percent", Any, "{s:sign}?.{n:digits}%", Any, "{s:sign}百分之 零点{n:digits}"),
    row("percent", Any, "{s:sign}?{n:num}[ ]?‰", Any, "{s:sign}千分之 {n:card}"),
    row("percent", Any, "{s:sign}?{n:num}[ ]?‱", Any, "{s:sign}万分之 {n:card}"),
    row("unit", NoCode, "{a:int}/{b:int}[ ]?mmHg", Any, "{a:card}，{b:card}毫米汞柱"),
    row("unit", Near(&["血压"]), "{a:int}/{b:int}", NoCode, "{a:card}，{b:card}"),
    row("route", NoCode, "{a:int}/{b:int}/{c:int}/{d:int}", Is(NUMBERED), "{a:short}、{b:short}、{c:short}、{d:short}"),
    row("route", NoCode, "{a:int}/{b:int}/{c:int}", Is(NUMBERED), "{a:short}、{b:short}、{c:short}"),
    row("route", NoCode, "{a:int}/{b:int}", Is(NUMBERED), "{a:short}、{b:short}"),
    row("room", NoCode, "{a:d1-2}/{b:room}", NoCode, "{a:card}、{b:digits}"),
    row("fraction", NoCode, "24/7", NoCode, "二十四七"),
    row("fraction", NoCode, "{w:d1-3} {a:d1-2}/{b:d1-3}{a<b}", Not(&["/", "."]), "{w:card}又 {b:card}分之 {a:card}"),
    row("fraction", NoCode, "{a:int}/{b:int}{g:=万亿}", Any, "{b:card}{g:text}分之 {a:card}"),
    row("fraction", Any, "{s:sign}?{a:int}/{b:int}", Not(&["/", "."]), "{s:sign}{b:card}分之 {a:card}"),
    row("fraction", NoCode, "{w:d1-3}[ ]?{v:vulgar}", Any, "{w:card}又 {v:vulgar}"),
    row("fraction", Any, "{v:vulgar}", Any, "{v:vulgar}"),
];
