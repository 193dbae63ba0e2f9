//! Money.

use super::super::grammar::{
    Ctx::{Any, NoCode, Not},
    Row,
};
use super::row;

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("money", Any, "{s:sign}?{c:cur}[ ]?{n:num}{g:mag}?{dash}{cur}?{m:num}{h:mag}?元?", NoCode, "{s:sign}{n:amount}{g:text}至 {m:amount}{h:text}{c:cur}"),
    row("money", Any, "{s:sign}?{c:cur}[ ]?{t:sign}?{n:num}[ ]?{g:mag}?元?", Any, "{s:sign}{t:sign}{n:amount}{g:text}{c:cur}"),
    row("money", Any, "{n:num}{dash}{m:num}{g:mag}?[ ]?{c:code}", Any, "{n:amount}至 {m:amount}{g:text}{c:cur}"),
    row("money", Any, "{n:num}{g:mag}?[ ]?{c:code}", Any, "{n:amount}{g:text}{c:cur}"),
    row("money", NoCode, "{a:num}{to}{n:num}元", Not(&["素", "旦", "宵", "年", "月"]), "{a:amount}至 {n:amount}元"),
    row("money", NoCode, "{n:num}元", Not(&["素", "旦", "宵", "年", "月"]), "{n:amount}元"),
];
