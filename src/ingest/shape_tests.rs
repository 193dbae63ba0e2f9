//! Tests of what only the shape of a page tells: its head, names, and articles that lie
//! around others.

use super::tests::{outlines, page};
use super::{Repairs, read_pages};

/// The outlines of the articles that are read.
fn told(text: &str) -> Vec<Vec<String>> {
    let (all, _) = outlines(text);
    let read = all.into_iter().filter(|a| !a[0].ends_with("unread"));
    read.collect()
}

#[test]
fn short_lines_above_the_date_are_the_head_whatever_they_are_called() {
    let text = "石桥生活扳\n\n健康·家\n\n2024年1月10日 星期三 第2版 责编:佟大江 版式:袁圆\n\n\
                三九天怎么护心\n\n天冷了,门诊量涨了四成,医生提醒大家添衣。";
    let issue = read_pages(&[page(text)], Repairs::OFF).unwrap().value;
    let head = issue.issue.masthead;
    assert_eq!(head.paper, "石桥生活报");
    assert_eq!(head.section.as_deref(), Some("健康·家"));
    assert_eq!(head.date.as_deref(), Some("2024-01-10"));
    assert_eq!(head.page.as_deref(), Some("2"));
    assert_eq!(issue.edits.len(), 1);
    assert_eq!(told(text).len(), 1);
}

#[test]
fn poets_pictures_and_names_in_brackets_are_known_by_their_places() {
    assert_eq!(
        told(
            "霜降访友 □ 贺兰溪\n\n霜叶敲窗夜未央,\n一炉新火煮茶香。\n故人笑指篱边菊,\n不向春风借半黄。\n\n\
             石梁桥秋色 杜若衡 摄\n\n书讯\n\n盐是渡口的记性\n\n《渡口的盐》近日出版,写三代盐工的聚散离合,全书二十八万字。\n\n\
             (闻人彻)"
        ),
        [
            vec![
                "news",
                "by: 贺兰溪",
                "head: 霜降访友",
                "verse: 霜叶敲窗夜未央，",
                "verse: 一炉新火煮茶香。",
                "verse: 故人笑指篱边菊，",
                "verse: 不向春风借半黄。",
                "caption: 石梁桥秋色 杜若衡 摄",
            ],
            vec![
                "news",
                "kicker: 书讯",
                "by: （闻人彻）",
                "head: 盐是渡口的记性",
                "《渡口的盐》近日出版，写三代盐工的聚散离合，全书二十八万字。",
            ],
        ]
    );
}

#[test]
fn an_interview_goes_on_behind_what_stands_in_it() {
    let talk = told(
        "冬天不慌\n\n记者:门诊量涨了多少?\n\n孟广田:多了四成。\n\n记者:晨练呢?\n\n孟广田:晚点出门。\n\n\
         腊八粥免费喝   冰面虽美 切莫大意\n\n昨天甜水井社区支起三口大锅,熬了八百碗腊八粥分给居民。\n\n\
         记者:洗澡有什么讲究? 孟广田:三不要。\n\n连日来北湖公园冰面吸引市民滑冰,园方提醒冰层薄。",
    );
    let heads: Vec<&String> = talk
        .iter()
        .flatten()
        .filter(|l| l.starts_with("head"))
        .collect();
    assert_eq!(
        heads,
        [
            "head: 冬天不慌",
            "head: 腊八粥免费喝",
            "head: 冰面虽美 切莫大意"
        ]
    );
    assert_eq!(
        talk[0][talk[0].len() - 2..],
        [
            "question: 记者：洗澡有什么讲究？",
            "answer: 孟广田：三不要。"
        ]
    );
    assert_eq!(talk[2].len(), 3);
}

#[test]
fn who_signs_with_a_date_is_no_kicker_and_a_jump_below_a_headline_parts_nothing() {
    assert_eq!(
        told(
            "停水通知\n\n因供水管网改造,定于11月16日停水,请居民提前储水。\n\n榕树街派出所 11月10日\n\n\
             老厂房里办起了文创街\n\n上接第1版\n\n钢厂停产多年,如今车间变成了剧场,行车成了吊灯。"
        ),
        [
            vec![
                "notice",
                "head: 停水通知",
                "因供水管网改造，定于11月16日停水，请居民提前储水。",
                "signature: 榕树街派出所 11月10日",
            ],
            vec![
                "news",
                "head: 老厂房里办起了文创街",
                "钢厂停产多年，如今车间变成了剧场，行车成了吊灯。",
            ],
        ]
    );
}
