//! Figures as they stand on pages, and what is made of them.

use super::*;
use crate::ingest::piece::pieces;

/// The text with what is set right, and in brackets what is doubted.
fn read(text: &str) -> String {
    let mut found = pieces(text);
    let edits = repair(&mut found, "p.txt", Repair::Apply);
    let doubted = |col: usize| edits.iter().find(|e| !e.applied && e.col as usize == col);
    let mut out = String::new();
    for (col, c) in text.chars().enumerate() {
        let set = edits.iter().find(|e| e.applied && e.col as usize == col);
        out.push(set.map_or(c, |e| e.right));
        if let Some(doubt) = doubted(col) {
            out.push_str(&format!("[{}]", doubt.right));
        }
    }
    out
}

#[test]
fn digits_are_set_right_where_a_number_must_stand() {
    for (printed, right) in [
        ("咨询电话：021-64I2 3O88。", "咨询电话：021-6412 3088。"),
        ("开放时间8:OO-11:3O", "开放时间8:00-11:30"),
        ("开放时间8：OO—11：3O", "开放时间8：00—11：30"),
        ("地址:荷塘路l28号", "地址:荷塘路128号"),
        ("一共1O个", "一共10个"),
        ("2O26年3月l8日", "2026年3月18日"),
        ("每户S00元", "每户500元"),
        ("手机l39-1234-S678", "手机139-1234-5678"),
        ("在3月l日开门", "在3月1日开门"),
        ("从S月12日起", "从5月12日起"),
        ("住在7○5室", "住在705室"),
        ("共有3О户", "共有30户"),
        ("全长O.5公里", "全长0.5公里"),
        ("2〇26年的10l人", "2026年的101人"),
        ("六成为6O%", "六成为60%"),
        ("２０I６年", "２０１６年"),
        ("拨打021-6б12B088", "拨打021-66128088"),
        ("收费1,O00元", "收费1,000元"),
        ("第l2期", "第12期"),
        ("10-l5岁", "10-15岁"),
        ("l2.5万元", "12.5万元"),
    ] {
        assert_eq!(read(printed), right);
    }
}

#[test]
fn letters_that_are_meant_stay() {
    for printed in [
        "5G网络",
        "B1停车场",
        "A区",
        "CO2排放",
        "O2O平台",
        "手机系统为iOS18的居民",
        "须在iOS 15以上",
        "做B超",
        "T1航站楼",
        "S20高速",
        "S20公里",
        "G1234次列车",
        "牌照沪A12345",
        "沪B1204个",
        "K线图",
        "www.l28.com",
        "me1O8@qq.com",
        "微信号l28O66",
        "4S店里",
        "5S管理",
        "3B号楼",
        "B12号楼",
        "12B室",
        "A4O2室",
        "CN31-OO62",
        "○12月3日",
        "8:30|9:00",
        "O型血",
        "5l装",
        "I级响应",
        "PM2.5",
        "二○○八年",
        "S1号线",
        "3D打印",
        "验证码3O88",
        "Z2路",
    ] {
        assert_eq!(read(printed), printed);
    }
}

#[test]
fn what_may_be_meant_is_doubted() {
    for (printed, told) in [
        ("只有l个", "只有l[1]个"),
        ("票价SO元", "票价S[5]O[0]元"),
        ("共4S个", "共4S[5]个"),
        ("共2B5人", "共2B[8]5人"),
        ("数字3O88", "数字3O[0]88"),
    ] {
        assert_eq!(read(printed), told);
    }
}

#[test]
fn a_number_torn_at_a_hyphen_is_one() {
    let [piece] = &pieces("电话139-1234- 5678，")[..] else {
        panic!("one piece");
    };
    let at = piece.gaps[0].at;
    assert!(is_torn(&piece.glyphs[..at], &piece.glyphs[at..]));
    assert!(!is_torn(&piece.glyphs[..3], &piece.glyphs[3..]));
}
