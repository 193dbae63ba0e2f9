//! Years, months and days.

use super::super::grammar::{
    Ctx::{All, Any, Edge, Is, Latin, Near, NoCode, Not, Open, Uncounted, Unitless, Without},
    Row,
};
use super::row;
use super::words::{ERA, FEAST, GRADUATES, LASTED, LASTING, REIGNS, SALES, STEPS, WHEN};

/// What makes two numbers with a dash a quantity and no years.
const COUNTED: &[&str] = &[
    "元", "个", "人", "户", "米", "平", "名", ".", "万", "亿", "公", "吨", "k", "m", "℃", "度",
    "只", "次", "亩", "英", "毫", "千", "磅", "美", "欧", "株", "棵", "%", "台", "辆", "件", "套",
];

#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    // Whole dates.
    row("date", NoCode, "{y:year}[-/.·]{m:month}[-/.·]{d:day}日?", Not(&["."]), "{y:digits}年 {m:card}月 {d:card}日"),
    row("date", NoCode, "{d:day}[/]{m:month}[/]{y:year}", NoCode, "{y:digits}年 {m:card}月 {d:card}日"),

    // Years in pairs.
    row("date", NoCode, "{a:year}{to}{b:year}", Is(&["年", "学年", "赛季"]), "{a:digits}至 {b:digits}"),
    row("date", NoCode, "{a:year}[-/–—]{b:d2}", Is(&["学年", "赛季", "年度", "年", "季"]), "{a:digits}至 {b:digits}"),
    row("date", NoCode, "{a:year}[-/–—]{b:d2}{a+b}", NoCode, "{a:digits}至 {b:digits}"),
    row("date", NoCode, "{a:year}/{b:year}", Any, "{a:digits}至 {b:digits}"),
    row("date", NoCode, "{a:d2}[-/–—~]{b:d2}{a+b}", Is(&["学年", "赛季", "年度"]), "{a:digits}至 {b:digits}"),
    row("range", NoCode, "1000{dash}{b:round}", NoCode, "一千至 {b:card}"),
    row("date", NoCode, "{a:year}{dash}{b:year}{a<b}", Not(COUNTED), "{a:digits}至 {b:digits}"),
    row("date", NoCode, "{a:d3}{dash}{b:d3-4}{a<b}年", Not(LASTING), "{a:digits}至 {b:digits}年"),
    row("date", Is(ERA), "{a:d3-4}{dash}{b:d1-4}年", Any, "{a:digits}至 {b:digits}年"),
    row("date", NoCode, "{y:recent}[-/.]{m:zeromonth}", NoCode, "{y:digits}年 {m:card}月"),
    row("date", NoCode, "{y:recent}[-/]{m:month}", All(&[NoCode, Uncounted]), "{y:digits}年 {m:card}月"),
    row("date", NoCode, "{y:recent}[.]{m:month}[-—–~]", Not(&["%"]), "{y:digits}年 {m:card}月至"),
    row("date", NoCode, "{a:year}、{b:d2}{s:=年}", Any, "{a:digits}、{b:digits}{s:text}"),
    row("date", NoCode, "{a:year}、{b:year}", Not(COUNTED), "{a:digits}、{b:digits}"),

    // Single years.
    row("date", NoCode, "{n:d3}年代", Any, "{n:digits}年代"),
    row("date", NoCode, "{y:year}年", Is(&["前后", "前期", "前夕", "后期"]), "{y:digits}年"),
    row("date", Is(LASTED), "{y:round}年", Is(LASTING), "{y:card}年"),
    row("date", Is(&["了", "共", "每", "历", "持续", "延续", "存在", "整", "满", "近", "长达", "距今", "距今约", "约有", "有约", "历经", "超过", "逾", "历时", "达"]), "{y:round}年", Any, "{y:card}年"),
    row("date", NoCode, "{y:recent}年", Not(&["历史", "的历史"]), "{y:digits}年"),
    row("date", NoCode, "{y:year}年", Not(LASTING), "{y:digits}年"),
    row("date", Is(ERA), "{y:d3-4}年", Any, "{y:digits}年"),
    row("date", Is(&["于", "自", "从", "在", "至", "到", "年-", "年—", "年至", "约"]), "{y:d3}年", Not(LASTING), "{y:digits}年"),
    row("date", All(&[NoCode, Not(LASTED)]), "{y:round}年", Any, "{y:card}年"),
    row("date", All(&[NoCode, Not(LASTED)]), "{y:d3}年", Not(LASTING), "{y:digits}年"),
    row("date", Is(REIGNS), "{y:d1-2}年", Any, "{y:card}年"),
    row("date", NoCode, "{y:d2}年{m:month}月", Any, "{y:digits}年 {m:card}月"),
    row("date", NoCode, "{n:zeros}年代", Any, "零零年代"),
    row("date", NoCode, "{a:d2}、{b:d2}年代", Any, "{a:card}、{b:card}年代"),
    row("date", NoCode, "{n:d2}年代", Any, "{n:card}年代"),
    row("date", Any, "{a:decade}[、/]{b:decade}[后後]", Not(&["退", "续", "期", "天"]), "{a:digits}、{b:digits}后"),
    row("date", NoCode, "{n:decade}后", Not(&["退", "续", "期", "天"]), "{n:digits}后"),
    row("date", All(&[NoCode, Not(LASTED), Not(ERA)]), "{n:late}年", All(&[Not(LASTING), Not(&["龄"])]), "{n:digits}年"),
    row("date", Is(&["自", "从"]), "{y:recent}", Is(&["起"]), "{y:digits}"),
    row("date", NoCode, "{y:recent}", Is(&["届", "级", "款", "版"]), "{y:digits}"),
    row("date", All(&[NoCode, Not(&["约", "共", "近", "达", "有", "数为", "量为", "口为", "分为", "额为", "值为", "价为", "重为", "长为", "高为", "积为", "海拔", "人口", "总数", "共计", "数量", "超过", "逾", "-", "~", "—", "第"])]), "{y:recent}", All(&[Uncounted, Not(&["加", "减", "乘", "除", "多", "余"]), Without(&["比分"])]), "{y:digits}"),
    row("date", NoCode, "{y:recent}[’']?s", NoCode, "{y:digits}年代"),
    row("date", NoCode, "{y:recent}[ ]?", Latin, "{y:digits}"),

    // The year of a life's step, of a class at school: 52年入党, 78级.
    row("date", All(&[NoCode, Not(LASTED)]), "{n:past}年", Is(STEPS), "{n:digits}年"),
    row("date", All(&[NoCode, Not(&["第"])]), "{n:past}{s:=级届}", Is(GRADUATES), "{n:digits}{s:text}"),
    row("date", All(&[NoCode, Not(&["第"]), Not(LASTED)]), "{n:past}届", Open, "{n:digits}届"),

    // Months and days.
    row("date", NoCode, "{m:month}月{a:day}{to}{b:day}{s:=日号}", Any, "{m:card}月 {a:card}至 {b:card}{s:text}"),
    row("date", NoCode, "{a:month}{to}{b:month}月", Not(&["龄", "大"]), "{a:card}至 {b:card}月"),
    row("date", NoCode, "{m:month}月{d:day}{s:=日号}", Any, "{m:card}月 {d:card}{s:text}"),
    row("date", Is(&["农历", "阴历", "腊", "正"]), "{m:month}月{d:day}", NoCode, "{m:card}月 {d:card}"),
    row("date", NoCode, "{m:month}月", Any, "{m:card}月"),
    row("date", NoCode, "{a:day}{to}{b:day}{s:=日号}", Not(&["楼", "线", "院", "门", "室", "店", "房"]), "{a:card}至 {b:card}{s:text}"),
    row("date", NoCode, "{d:day}{s:=日号}", Any, "{d:card}{s:text}"),
    row("date", NoCode, "{m:zeromonth}[-/]{d:d2}", All(&[NoCode, Not(&["-", "/", "."])]), "{m:card}月 {d:card}日"),
    row("date", NoCode, "12·9", NoCode, "一二九"),
    row("date", NoCode, "{a:month}·{b:day}", NoCode, "{a:event}{b:digits}"),
    row("date", Is(&["“", "\"", "‘"]), "{a:month}.{b:day}", Is(&["”", "\"", "’"]), "{a:event}{b:digits}"),
    row("date", NoCode, "11.11", Is(SALES), "十一 十一"),
    row("date", NoCode, "12.12", Is(SALES), "十二 十二"),
    row("date", NoCode, "{a:month}.{b:day}", Is(&["全民", "国际", "中国"]), "{a:card}月 {b:card}日"),
    row("date", All(&[NoCode, Not(&["第", "、", "~", "-"])]), "{a:month}.{b:day}", Is(FEAST), "{a:event}{b:digits}"),
    row("date", Edge, "9/11", Any, "九一一"),
    row("date", NoCode, "9/11", Is(FEAST), "九一一"),
    row("date", NoCode, "{a:month}.{b:day}日", Any, "{a:card}月 {b:card}日"),
    row("date", NoCode, "{a:month}/{b:d2}[-—–~至]{c:month}/{d:d2}", NoCode, "{a:card}月 {b:card}日至 {c:card}月 {d:card}日"),
    // 8/3-8/10, 7/28-8/13: no fraction goes so. 8.8-8.10: no number goes down.
    row("date", NoCode, "{a:month}/{b:day}[-—–~至]{c:month}/{d:day}{a=c}{b<d}", NoCode, "{a:card}月 {b:card}日至 {c:card}月 {d:card}日"),
    row("date", NoCode, "{a:month}/{b:d2}[-—–~至]{c:month}/{d:day}{a+c}{b>d}", NoCode, "{a:card}月 {b:card}日至 {c:card}月 {d:card}日"),
    row("date", NoCode, "{a:month}.{b:day}[-—–~至]{c:month}.{d:day}{a=c}{b<d}{b~d}", All(&[NoCode, Unitless]), "{a:card}月 {b:card}日至 {c:card}月 {d:card}日"),
    row("date", Near(WHEN), "{a:month}[./]{b:day}[-—–~至]{c:month}[./]{d:day}", NoCode, "{a:card}月 {b:card}日至 {c:card}月 {d:card}日"),
    row("date", Near(WHEN), "{a:month}[./]{b:day}", All(&[NoCode, Uncounted]), "{a:card}月 {b:card}日"),
    row("date", Is(&["周", "星期", "礼拜"]), "{n:d1}", NoCode, "{n:card}"),
];
