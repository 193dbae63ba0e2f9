//! Sums, powers and comparisons.

use super::super::grammar::{
    Ctx::{All, Any, Figure, Is, Latin, NoCode, Not, Open, Said, Without},
    Row,
};
use super::row;

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("power", NoCode, "{b:num}^(?-{n:int})?", Any, "{b:card}的 负{n:card}次方"),
    row("power", NoCode, "{b:num}^(?{n:int})?", Any, "{b:card}的 {n:power}"),
    row("power", NoCode, "{b:int}{n:raised}", Not(&["+"]), "{b:card}的 {n:power}"),
    row("power", NoCode, "{n:num}[eE]{s:sign}?{m:int}", NoCode, "{n:card}乘十的 {s:sign}{m:card}次方"),
    row("power", Said, "^{l:=abcdefghijklmnopqrstuvwxyz}", NoCode, "的{l:text}次方"),
    row("power", Latin, "^(?{n:int})?", Any, "{n:power}"),
    row("sum", NoCode, "{a:num}[ ]?[-–−][ ]?{b:num}[ ]?", Is(&["="]), "{a:card}减 {b:card}"),
    row("sum", Said, "[ ]?+[ ]?", Figure, "加"),
    row("sum", Said, "[ ]?÷[ ]?", Figure, "除以"),
    row("sum", Any, "[ ]?=[ ]?", Any, "等于"),
    row("sum", Any, "[ ]?>=[ ]?", Figure, "大于等于"),
    row("sum", Any, "[ ]?<=[ ]?", Figure, "小于等于"),
    row("sum", All(&[Any, Without(&["<", "《"])]), "[ ]?>[ ]?", Figure, "大于"),
    row("sum", All(&[Any, Without(&[">", "》"])]), "[ ]?<[ ]?", Figure, "小于"),
    row("sum", Any, "√[ ]?", Figure, "根号"),
    row("sum", Open, "~", Figure, "约"),
    row("trend", Any, "↑[ ]?", Figure, "上升 "),
    row("trend", Any, "↓[ ]?", Figure, "下降 "),
];
