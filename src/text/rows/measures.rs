//! Quantities with the sign of a unit.

use super::super::grammar::{
    Ctx::{All, Any, Figure, Is, Latin, NoCode, Not, Said, Uncounted, Without},
    Row,
};
use super::row;
use super::words::FIGURES;

/// Words that another may be counted by: 350人/平方公里.
const PER: &[&str] = &[
    "元", "人", "次", "天", "小时", "吨", "斤", "米", "克", "户", "个", "升", "千米", "公里", "度",
    "时", "辆", "条", "只", "万", "亿", "角", "分", "卡", "瓦", "摩尔", "帧", "转", "里", "包",
    "瓶", "盒", "件", "圆", "字", "位",
];

/// What is as many inches big as two strokes behind a figure say: 5"屏.
const INCHES: &[&str] = &[
    "屏",
    "显示",
    "液晶",
    "电视",
    "大屏",
    "触屏",
    "触摸屏",
    "平板",
    "轮",
    "披萨",
    "比萨",
    "硬盘",
    "软盘",
    "光盘",
    "蛋糕",
    "管",
    "晶圆",
];

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("temperature", Any, "{s:sign}{n:num}{to}{b:num}[℃°]C?", Not(FIGURES), "{s:below} {n:two}至 {b:two}摄氏度"),
    row("temperature", Any, "{s:sign}{n:num}[℃]", Any, "{s:below} {n:two}摄氏度"),
    row("temperature", Any, "{s:sign}{n:num}°[CcС]", Any, "{s:below} {n:two}摄氏度"),
    row("unit", Is(&["°", "度"]), "{a:num}[′']{b:num}[″\"]", Any, "{a:card}分 {b:card}秒"),
    row("unit", Is(&["°", "度"]), "{a:num}[′']", Any, "{a:card}分"),
    row("unit", NoCode, "{a:d1-2}['′]{b:d1-2}[\"″]", Any, "{a:two}英尺 {b:two}英寸"),
    row("unit", NoCode, "{n:num}[\"″”]", Is(INCHES), "{n:two}英寸"),
    row("unit", Is(&["米"]), "{n:d2}", All(&[NoCode, Uncounted]), "{n:digits}"),
    row("unit", Is(&["秒"]), "{n:d2-3}", All(&[NoCode, Uncounted]), "{n:digits}"),
    row("unit", NoCode, "{n:num}[wW]+", Any, "{n:card}万加"),
    row("unit", NoCode, "{n:num}M", Is(&["宽带", "光纤", "带宽", "网", "光网"]), "{n:card}兆"),
    row("unit", Any, "{s:sign}?{a:num}{g:mag}?{to}{t:sign}?{b:num}{h:mag}?[ ]?{u:unit}", Any, "{s:sign}{a:two}{g:text}至 {t:sign}{b:two}{h:text} {u:unit}"),
    row("unit", NoCode, "{n:spaced}{g:mag}?[ ]?{u:unit}", Any, "{n:card}{g:text} {u:unit}"),
    row("unit", Any, "{s:sign}?{n:num}{g:mag}?[ ]?{u:unit}", Any, "{s:sign}{n:two}{g:text} {u:unit}"),
    row("unit", Is(&["元/", "次/", "人/", "每"]), "{u:unit}", Any, "{u:unit}"),
    row("unit", Said, "[ ]?{u:unit}", NoCode, "{u:unit}"),
    row("per", All(&[Said, Not(&["G", "T", "K", "M", "V"])]), "/{n:num}[ ]?{u:unit}", Any, "每 {n:card}{u:unit}"),
    row("per", Is(PER), "/{u:unit}", Any, "每 {u:unit}"),
    row("per", Said, "/", Not(FIGURES), "每"),
    row("per", Is(PER), "/", Not(FIGURES), "每"),
    row("times", Said, "[ ]?[x*X×][ ]?", Figure, "乘"),
    row("times", Is(&["米", "寸", "尺", "分", "个"]), "[ ]?[*X×][ ]?", Figure, "乘"),
    row("times", Figure, "[ ]?[x*X×][ ]?", Figure, "乘"),
    row("times", Latin, "[ ]?×[ ]?", Latin, "乘"),
    row("times", All(&[Said, Without(&["某"])]), "[=]", Any, "等于"),
];
