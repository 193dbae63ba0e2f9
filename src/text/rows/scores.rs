//! Scores and proportions.

use super::super::grammar::{
    Ctx::{All, Any, Is, Near, NoCode, Not, Within},
    Row,
};
use super::row;
use super::words::{OUTCOME, RATIO};

/// What makes two numbers with a dash a span and no score.
const SPAN: &[&str] = &[
    "号", "室", "幢", "栋", "楼", "层", "个", "人", "元", "名", "岁", "天", "年", "月", "日", "米",
    "万", "亿", "次", "场", "轮", "届", "位", "倍", "公", "小时", "分钟", "周", "季", "集", "章",
    "页", "℃", "°", "%", "k", "m", "c", "g", ".", "千", "吨", "斤", "/", "-", "=", ":", "只", "支",
    "条", "户", "家", "座", "种", "级", "度", "英", "毫", "厘", "平", "路", "线", "点", "时", "版",
    "课",
];

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("score", Near(&["比分", "比数", "总比分", "以", "比分测试"]), "{a:int}[:-–—]{b:int}", All(&[NoCode, Not(&[":", "~", "年", "-", "."])]), "{a:card}比 {b:card}"),
    row("score", All(&[NoCode, Within(OUTCOME)]), "{a:d1-3}[:–-]{b:d1-3}", All(&[NoCode, Not(SPAN)]), "{a:card}比 {b:card}"),
    row("score", All(&[NoCode, Within(RATIO)]), "{a:num}:{b:num}", All(&[NoCode, Not(&[":", "~", "-"])]), "{a:card}比 {b:card}"),
    row("score", NoCode, "{a:d1-3}-{b:d1-3}{a>b}", All(&[NoCode, Not(SPAN)]), "{a:card}比 {b:card}"),
    row("score", NoCode, "{a:d1-3}-{b:d1-3}{a=b}", All(&[NoCode, Not(SPAN)]), "{a:card}比 {b:card}"),
    row("score", NoCode, "{a:num}{p:=比}{b:num}", NoCode, "{a:card}{p:text} {b:card}"),
    row("score", Is(&["比"]), "{a:int}-{b:int}", NoCode, "{a:card}比 {b:card}"),
];

/// Tried when a colon is no time of day.
#[rustfmt::skip]
pub const RATIOS: &[Row] = &[
    row("score", NoCode, "{a:num}:{b:num}:{c:num}", NoCode, "{a:card}比 {b:card}比 {c:card}"),
    row("score", NoCode, "{a:num}[ ]?:[ ]?{b:num}", Any, "{a:card}比 {b:card}"),
];
