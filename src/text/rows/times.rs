//! Times of day and times on a stop-watch.

use super::super::grammar::{
    Ctx::{All, Any, Is, NoCode, Not, Within},
    Row,
};
use super::row;
use super::words::{HALVES, TIMED};

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    // Stop-watch.
    row("time", NoCode, "{m:d1-2}:{s:d2}.{f:d1-3}", NoCode, "{m:two}分 {s:minutes}秒 {f:digits}"),
    row("time", All(&[NoCode, Within(TIMED)]), "{h:d1-2}:{m:minute}:{s:minute}", NoCode, "{h:two}小时 {m:card}分 {s:card}秒"),

    // With a.m. and p.m.
    row("time", Is(HALVES), "{h:hour}:{z:zeros}[ ]?{half}", Any, "{h:two}点"),
    row("time", Is(HALVES), "{h:hour}:{m:minute}[ ]?{half}", Any, "{h:two}点 {m:minutes}分"),
    row("time", Is(HALVES), "{h:hour}[ ]?{half}", Any, "{h:two}点"),
    row("time", NoCode, "{h:hour}:{z:zeros}[ ]?{p:half}", Any, "{p:half} {h:two}点"),
    row("time", NoCode, "{h:hour}:{m:minute}[ ]?{p:half}", Any, "{p:half} {h:two}点 {m:minutes}分"),
    row("time", NoCode, "{h:hour}:{m:minute}:{s:minute}[ ]?{p:half}", Any, "{p:half} {h:two}点 {m:minutes}分 {s:minutes}秒"),
    row("time", NoCode, "{h:hour}[ ]?{p:half}", Any, "{p:half} {h:two}点"),

    // Of the day.
    row("time", NoCode, "{h:hour}:00:00", NoCode, "{h:two}点"),
    row("time", NoCode, "{h:hour}:{m:minute}:{s:minute}", NoCode, "{h:two}点 {m:minutes}分 {s:minutes}秒"),
    row("time", NoCode, "{h:hour}:{z:zeros}", NoCode, "{h:two}点"),
    row("time", NoCode, "{h:hour}:{m:minute}", All(&[NoCode, Not(&[":"])]), "{h:two}点 {m:minutes}分"),
    row("time", NoCode, "{h:hour}{p:=点}{m:minute}分?", Not(&["钟"]), "{h:two}{p:text} {m:minutes}分"),
    row("time", NoCode, "{h:hour}{p:=时}{m:minute}分", Not(&["钟"]), "{h:card}{p:text} {m:minutes}分"),
    row("time", NoCode, "{a:hour}{dash}{b:hour}{p:=点}", Any, "{a:two}至 {b:two}{p:text}"),
];
