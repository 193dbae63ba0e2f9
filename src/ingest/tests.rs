//! Tests of whole pages: invented ones, each of another shape.

use proptest::prelude::*;

use super::{PageFile, Repairs, read_pages};
use crate::model::{Article, BlockKind, Issue};

pub(super) fn page(text: &str) -> PageFile {
    PageFile {
        name: "p.txt".into(),
        bytes: text.as_bytes().to_vec(),
    }
}

fn read(text: &str) -> (Issue, Vec<String>) {
    let noted = read_pages(&[page(text)], Repairs::OFF).unwrap();
    (
        noted.value.issue,
        noted.notes.iter().map(|n| n.message.clone()).collect(),
    )
}

/// An article in a line each: head, byline, blocks.
fn outline(a: &Article) -> Vec<String> {
    let mut out = vec![format!(
        "{}{}",
        a.kind.name(),
        if a.read { "" } else { " unread" }
    )];
    for (name, text) in [
        ("kicker", &a.kicker),
        ("deck", &a.subhead),
        ("by", &a.byline),
    ] {
        out.extend(text.as_ref().map(|t| format!("{name}: {}", t.text)));
    }
    out.push(format!("head: {}", a.headline.text));
    out.extend(a.blocks.iter().map(|b| match b.kind {
        BlockKind::Lede => format!("lede: {}", b.text.text),
        BlockKind::Para => b.text.text.clone(),
        BlockKind::Subhead => format!("## {}", b.text.text),
        BlockKind::Item { number: Some(n) } => format!("{n}) {}", b.text.text),
        BlockKind::Item { number: None } => format!("- {}", b.text.text),
        kind => format!("{kind:?}: {}", b.text.text).to_lowercase(),
    }));
    out
}

pub(super) fn outlines(text: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let (issue, notes) = read(text);
    (issue.articles.iter().map(outline).collect(), notes)
}

#[test]
fn a_page_whose_every_print_line_is_a_line() {
    let text = "\
荷湾社区报
2026年11月20日 星期五 第12期
社区食堂换新颜
本报记者 何小田
近日,荷湾街道社区食堂完成改
造重新开张,首日接待居民三百二十
人次,菜品增加到三十二种。
食堂负责人介绍,六十岁以上老
人凭卡就餐可以享受八折,行动不便
的居民还可以预约送餐上门。
楼道里装上了扶手
日前,三号楼的居民发现,楼道
里多了一排木扶手,转角处还有凳子
可以坐下歇脚,上楼不再那么累了。
通讯员 江晓";
    let (articles, notes) = outlines(text);
    assert_eq!(
        articles,
        [
            vec![
                "news",
                "by: 本报记者 何小田",
                "head: 社区食堂换新颜",
                "近日，荷湾街道社区食堂完成改造重新开张，首日接待居民三百二十人次，菜品增加到三十二种。",
                "食堂负责人介绍，六十岁以上老人凭卡就餐可以享受八折，行动不便的居民还可以预约送餐上门。",
            ],
            vec![
                "news",
                "by: 通讯员 江晓",
                "head: 楼道里装上了扶手",
                "日前，三号楼的居民发现，楼道里多了一排木扶手，转角处还有凳子可以坐下歇脚，上楼不再那么累了。",
            ],
            vec!["other unread", "head: 2026年11月20日 星期五 第12期"],
        ]
    );
    assert_eq!(notes, [""; 0]);
    let (issue, _) = read(text);
    assert_eq!(issue.masthead.paper, "荷湾社区报");
    assert_eq!(issue.masthead.date.as_deref(), Some("2026-11-20"));
    assert_eq!(issue.masthead.issue_number.as_deref(), Some("12"));
    assert_eq!(issue.articles[0].id, "01-社区食堂换新颜");
    assert_eq!(
        issue.articles[0].blocks[0].text.place_at(0).unwrap().line,
        5
    );
}

#[test]
fn a_notice_with_a_list_and_a_contact_line() {
    let (articles, notes) = outlines(
        "关于办理老年卡的通知\n\n请符合条件的居民带好以下材料:\n\n1.身份证原件;\n\n2、近期照片两张,\n背面写姓名;\n\n(3)户口簿。\n\n办理时间为每周三8:30至11:00。\n\n联系电话:021-55550123",
    );
    assert_eq!(
        articles,
        [vec![
            "notice",
            "head: 关于办理老年卡的通知",
            "请符合条件的居民带好以下材料：",
            "1) 身份证原件；",
            "2) 近期照片两张，背面写姓名；",
            "3) 户口簿。",
            "办理时间为每周三8:30至11:00。",
            "联系电话：021-55550123",
        ]]
    );
    assert_eq!(notes, [""; 0]);
}

#[test]
fn an_advert_column_is_kept_apart() {
    let (articles, _) = outlines(
        "广场舞队换了新音箱\n\n昨天,荷湾公园的舞队用上了新音箱,附近居民说晚上安静多了。\n\n旺铺招租\n\n荷湾路8号 电话:55550188\n\n老张家电维修服务部\n\n地址:荷湾路12号 热线:13900000000\n\n荣誉榜\n\n赵大力 钱小川 孙一航 李半夏",
    );
    assert_eq!(
        articles,
        [
            vec![
                "news",
                "head: 广场舞队换了新音箱",
                "昨天，荷湾公园的舞队用上了新音箱，附近居民说晚上安静多了。"
            ],
            vec![
                "advert unread",
                "head: 旺铺招租",
                "荷湾路8号 电话：55550188",
                "老张家电维修服务部",
                "地址：荷湾路12号 热线：13900000000",
            ],
            vec![
                "honours unread",
                "head: 荣誉榜",
                "赵大力 钱小川 孙一航 李半夏"
            ],
        ]
    );
}

#[test]
fn a_traditional_page_with_one_article_and_indents() {
    let (articles, notes) = outlines(
        "老街坊重聚茶館\n——記荷灣茶館三十週年\n\n　　上週末，荷灣茶館坐滿了老街坊。「好久不見！」大家互相問候。\n　　茶館三十年前開張，許多人在這裏學會了下棋。\n\n（記者 何小田）",
    );
    assert_eq!(articles.len(), 1);
    assert_eq!(articles[0][0], "news");
    assert!(
        articles[0].contains(&"deck: ——記荷灣茶館三十週年".to_string()),
        "{articles:?}"
    );
    assert!(articles[0].contains(&"head: 老街坊重聚茶館".to_string()));
    assert_eq!(articles[0].iter().filter(|l| l.ends_with('。')).count(), 2);
    assert_eq!(notes, [""; 0]);
}

#[test]
fn a_headline_without_article_and_an_article_without_headline() {
    let (articles, notes) =
        outlines("近日,社区图书角添了两百本新书。\n\n记者 何小田\n\n下期看点早知道");
    assert_eq!(
        articles,
        [
            vec![
                "news",
                "by: 记者 何小田",
                "head: 近日，社区图书角添了两百本新书",
                "近日，社区图书角添了两百本新书。"
            ],
            vec!["news unread", "head: 下期看点早知道"],
        ]
    );
    assert_eq!(
        notes,
        [
            "no headline was found; the article is called `近日，社区图书角添了两百本新书` after its first words",
            "the headline `下期看点早知道` has no article below it; it is not read",
        ]
    );
}

#[test]
fn a_paragraph_torn_at_a_column_is_joined_and_its_quotes_pair() {
    let (articles, notes) = outlines(
        "小花园里的新长椅\n\n今年春天,居民提议在小花园里添几把长椅,居委会把它列入\"微\n\n心愿\"清单,上个月长椅装好了。",
    );
    assert_eq!(
        articles[0][2],
        "今年春天，居民提议在小花园里添几把长椅，居委会把它列入“微心愿”清单，上个月长椅装好了。"
    );
    assert_eq!(notes, [""; 0]);
}

#[test]
fn pages_of_one_issue_are_numbered_through_and_contradictions_doubted() {
    let first = page("荷湾社区报\n\n第12期\n\n食堂开张了\n\n今天，社区食堂开张。");
    let second = PageFile {
        name: "q.txt".into(),
        ..page("荷湾社区报\n\n第13期\n\n食堂开张了\n\n今天，社区食堂开张。")
    };
    let noted = read_pages(&[first, second], Repairs::OFF).unwrap();
    let ids: Vec<&str> = noted
        .value
        .issue
        .articles
        .iter()
        .map(|a| a.id.as_str())
        .collect();
    assert_eq!(
        ids,
        ["01-食堂开张了", "02-第12期", "03-食堂开张了", "04-第13期"]
    );
    assert_eq!(
        noted.value.issue.masthead.issue_number.as_deref(),
        Some("12")
    );
    assert_eq!(
        noted.notes[0].message,
        "this page says issue_number is `13`, an earlier one `12`"
    );
}

#[test]
fn an_article_knows_the_page_it_begins_on() {
    let file = |name: &str, text: &str| PageFile {
        name: name.into(),
        ..page(text)
    };
    let first = file(
        "p.txt",
        "荷湾社区报 A01版 2026年3月18日\n\n清晨的一米\n\n\
         本报讯 每天早上七点,志愿者都站在桥头,见了人总要(下转第2版)",
    );
    let second = file(
        "q.txt",
        "第 2 版 综合新闻 2026 年 3 月 18 日\n\n(上接第1版)打个招呼,再递上一张地图。\n\n\
         春天的菜场\n\n三月的菜场里到处是荠菜的香气,大家挤来挤去。",
    );
    let third = file("r.txt", "路灯亮了\n\n昨晚，新路灯第一次亮了起来。");
    let pages = |files: &[PageFile]| -> Vec<(String, Option<String>)> {
        let read = read_pages(files, Repairs::OFF).unwrap().value;
        let articles = read.issue.articles.into_iter().filter(|a| a.read);
        articles.map(|a| (a.headline.text, a.page)).collect()
    };
    let told = |headline: &str, page: Option<&str>| (headline.into(), page.map(String::from));
    assert_eq!(
        pages(&[first, second.clone(), third]),
        [
            told("清晨的一米", Some("A01")),
            told("春天的菜场", Some("2")),
            told("路灯亮了", None),
        ]
    );
    // An issue of one page too.
    let alone = pages(&[second]);
    assert_eq!(alone.last(), Some(&told("春天的菜场", Some("2"))));
}

#[test]
fn a_letter_keeps_its_end_and_adverts_and_rolls_their_lists() {
    let (articles, notes) = outlines(
        "读者来信\n\n编辑同志:\n\n弄口的路灯修好了,谢谢师傅。\n\n此致\n\n敬礼!\n\n荷湾五村读者 宁小晚\n\n便民广告\n\n\
         ●荷湾清洗:空调每台80元 ,油烟机每台150元。\n\n第三季度光荣榜\n\n以下居民上榜,排名不分先后\n\n\
         ●荷湾一村:郭小舒、覃小满、丁 小诚\n\n●荷湾二村:单小远、罗小禾、夏小诺",
    );
    assert_eq!(
        articles,
        [
            vec![
                "letter",
                "head: 读者来信",
                "salutation: 编辑同志：",
                "弄口的路灯修好了，谢谢师傅。",
                "closing: 此致",
                "closing: 敬礼！",
                "signature: 荷湾五村读者 宁小晚",
            ],
            vec![
                "advert unread",
                "head: 便民广告",
                "●荷湾清洗：空调每台80元，油烟机每台150元。"
            ],
            vec![
                "honours unread",
                "head: 第三季度光荣榜",
                "以下居民上榜，排名不分先后",
                "●荷湾一村：郭小舒、覃小满、丁小诚",
                "●荷湾二村：单小远、罗小禾、夏小诺",
            ],
        ]
    );
    assert_eq!(notes, [""; 0]);
}

#[test]
fn indented_paragraphs_of_print_lines_and_a_wrapped_list() {
    let (articles, notes) = outlines(
        "\
健康小屋本周六开门,都不收费
医生每周两次坐诊,帮居民看报告
　　荷湾社区健康小屋将于本周六
启用,开放时间为周一至周六8:30-
17:00,周日休息。
　　小屋面积不大,备有两台血压计
和一台骨密度仪。
居民可以这样预约
1.量血压:不用预约,测血糖请空
腹到场。
2.讲解报告:请提前一天打电话。
　　上门随访由楼组长代为登记。",
    );
    assert_eq!(
        articles,
        [[
            "news",
            "deck: 医生每周两次坐诊，帮居民看报告",
            "head: 健康小屋本周六开门，都不收费",
            "荷湾社区健康小屋将于本周六启用，开放时间为周一至周六8:30-17:00，周日休息。",
            "小屋面积不大，备有两台血压计和一台骨密度仪。",
            "## 居民可以这样预约",
            "1) 量血压：不用预约，测血糖请空腹到场。",
            "2) 讲解报告：请提前一天打电话。",
            "上门随访由楼组长代为登记。",
        ]]
    );
    assert_eq!(notes, [""; 0]);
}

/// Everything an issue says.
fn said(issue: &Issue) -> String {
    let mut all = format!("{:?}", issue.masthead);
    for a in &issue.articles {
        let texts = [&a.kicker, &a.subhead, &a.byline].into_iter().flatten();
        for t in texts
            .chain([&a.headline])
            .chain(a.blocks.iter().map(|b| &b.text))
        {
            all.push_str(&t.text);
        }
    }
    all
}

fn counts(text: &str) -> std::collections::HashMap<char, usize> {
    let mut counts = std::collections::HashMap::new();
    for c in text
        .chars()
        .filter(|c| super::glyph::is_han(*c) || c.is_ascii_alphanumeric())
    {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

proptest! {
    /// Pages made of what pages hold, in any order.
    #[test]
    fn no_character_is_lost(parts in proptest::collection::vec(prop_oneof![
        Just("新氏晚報"), Just("社区版"), Just("2026年2月30日"), Just("第 12 期"), Just("通讯员 钟小丽"),
        Just("宋小发 赵小杰"), Just("信用中国守信激励单位"), Just("荣誉榜"), Just("近日,社区"), Just("食堂开张了。"),
        Just("\"好!\""), Just("(完)"), Just("一、时间"), Just("●带好证件"), Just("电话:55550123"), Just(" "),
        Just("\n"), Just("\n\n"), Just("　　"), Just("楼道里装上了扶手"), Just("。"), Just("'"), Just("Wi-Fi 6"),
        Just("等。"), Just("居民区党总支以居民需求为导向，通过"),
    ], 1..30)) {
        let text = format!("社{}", parts.concat());
        let (issue, notes) = read(&text);
        let told = notes.concat();
        let all = counts(&(said(&issue) + &told));
        for (c, n) in counts(&text) {
            prop_assert!(all.get(&c).is_some_and(|m| *m >= n), "{c} in {text:?}");
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,80}") {
        let _ = read_pages(&[page(&text)], Repairs::OFF);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_pages(&[PageFile { name: "p".into(), bytes }], Repairs::OFF);
    }
}
