//! Tests of notices, tables, rolls of honour, adverts and lines of the page, as
//! invented community papers set them.

use super::tests::{outlines, page};
use super::{PageFile, Repairs, read_pages};

/// The outlines alone.
fn articles(text: &str) -> Vec<Vec<String>> {
    outlines(text).0
}

#[test]
fn place_hours_and_phone_belong_to_the_notice_above_them() {
    assert_eq!(
        articles(
            "街道公告\n\n河湾新村加装电梯意见征集即日起开始,请大家踊跃参加。\n受理地点:河湾路20号\n\
             受理时间:9:00-11:30\n咨询人:卜老师\n电话:55501234\n\n失物招领\n\n在河湾阅览室捡到雨伞一把,请失主前来认领。"
        ),
        [
            vec![
                "notice",
                "head: 街道公告",
                "河湾新村加装电梯意见征集即日起开始，请大家踊跃参加。",
                "受理地点：河湾路20号",
                "受理时间：9:00-11:30",
                "咨询人：卜老师",
                "电话：55501234",
            ],
            vec![
                "notice",
                "head: 失物招领",
                "在河湾阅览室捡到雨伞一把，请失主前来认领。",
            ],
        ]
    );
}

#[test]
fn details_below_a_heading_are_lines_of_their_own() {
    let poem = "风从桥洞里走过\n带着泥土的香气\n河水慢慢地绿了\n柳树垂下了头发";
    let news = "本报讯 荷湾二村来了一辆理发车，二十多位老人排队理了发，大家都说方便。";
    let text = format!(
        "理发车来了\n\n{news}\n\n又来一辆\n\n{news}\n\n荷湾二村理发室\n地址:荷湾路128号\n\
         接待时间:周一、三、五9:00-11:00\n电话:021-5550 1234\n\n三月的河\n\n{poem}"
    );
    let found = articles(&text).concat();
    for line in ["地址：荷湾路128号", "接待时间：周一、三、五9:00-11:00"] {
        assert!(found.iter().any(|l| l == line), "{line}: {found:?}");
    }
}

#[test]
fn a_colon_is_never_put_into_a_torn_word() {
    assert_eq!(
        articles("河湾阅览室\n\n即日起,阅览室开放时间调 整为:\n周一 闭馆\n周二至周五 9:00-17:00"),
        [[
            "news",
            "head: 河湾阅览室",
            "即日起，阅览室开放时间调整为：",
            "row: 周一 闭馆",
            "row: 周二至周五 9:00-17:00",
        ]]
    );
}

#[test]
fn rows_below_headings_are_told_with_them() {
    for between in ["\t", "    ", " "] {
        let rows = "科室 医生 时间 地点\n眼科 钱未央 周一至周五8:00-11:30 1楼103室\n牙科 方小舟 周三全天 2楼208室";
        let text = format!("社区门诊安排\n\n{}", rows.replace(' ', between));
        assert_eq!(
            articles(&text)[0][2..],
            [
                "row: 科室：眼科；医生：钱未央；时间：周一至周五8:00-11:30；地点：1楼103室",
                "row: 科室：牙科；医生：方小舟；时间：周三全天；地点：2楼208室",
            ],
            "{between:?}"
        );
    }
}

#[test]
fn a_roll_is_one_block_below_its_heading() {
    assert_eq!(
        articles(
            "敬老好儿女金榜\n孙 静 周文斌 吴 越 郑小芳\n王 强 冯 兰 陈 晨 褚卫国\n\n爱心捐款名单\n\
             张小德 500 元 李 红 200 元 河湾餐饮有限公司 5000 元"
        ),
        [
            vec![
                "honours unread",
                "head: 敬老好儿女金榜",
                "孙静 周文斌 吴越 郑小芳 王强 冯兰 陈晨 褚卫国",
            ],
            vec![
                "honours unread",
                "head: 爱心捐款名单",
                "张小德 500元 李红 200元 河湾餐饮有限公司 5000元",
            ],
        ]
    );
}

#[test]
fn small_adverts_below_news_are_no_sections_of_it() {
    assert_eq!(
        articles(
            "樱花开了\n\n河湾二村的樱花开了,居民纷纷前来拍照,物业提醒大家不要攀折。\n\n招租\n\
             河湾路店面出租,面积30平方米,月租5000元,电话13900001111。\n\n家政服务\n钟点工、护工,价格从优。电话55505555"
        ),
        [
            vec![
                "news",
                "head: 樱花开了",
                "河湾二村的樱花开了，居民纷纷前来拍照，物业提醒大家不要攀折。",
            ],
            vec![
                "advert unread",
                "head: 招租",
                "河湾路店面出租，面积30平方米，月租5000元，电话13900001111。",
            ],
            vec![
                "advert unread",
                "head: 家政服务",
                "钟点工、护工，价格从优。电话55505555",
            ],
        ]
    );
}

#[test]
fn the_rest_on_another_page_is_joined_and_jump_lines_are_not_read() {
    let first =
        page("清晨的\"一米\"\n\n本报讯 每天早上七点,志愿者都站在桥头,见了人总要(下转第3版)");
    let rest = PageFile {
        name: "q.txt".into(),
        ..page(
            "(上接第2版)打个招呼,再递上一张地图。\n\n春天的菜场\n\n三月的菜场里到处是荠菜的香气,大家挤来挤去。",
        )
    };
    let read = read_pages(&[first, rest], Repairs::OFF).unwrap();
    let issue = &read.value.issue;
    let body = |n: usize| issue.articles[n].blocks[0].text.text.as_str();
    assert_eq!(
        body(0),
        "本报讯 每天早上七点，志愿者都站在桥头，见了人总要打个招呼，再递上一张地图。"
    );
    let heads: Vec<(&str, bool)> = (issue.articles.iter())
        .map(|a| (a.headline.text.as_str(), a.read))
        .collect();
    assert_eq!(
        heads,
        [
            ("清晨的“一米”", true),
            ("（下转第3版）", false),
            ("（上接第2版）", false),
            ("春天的菜场", true),
        ]
    );
    assert_eq!(read.notes, []);
}

#[test]
fn captions_and_lines_of_the_page_are_told() {
    let text = "第 2 版 综合新闻 2026 年 3 月 18 日 星期三 责任编辑:许未 美编:周舟\n\n桥头的志愿者\n\n\
        本报讯 河湾桥头的志愿者每天清晨站在路口,为行人指路。\n\n(下转第 3 版)\n\n图为志愿者在指路。 方小舟 摄";
    assert_eq!(
        articles(text)[0],
        [
            "news",
            "head: 桥头的志愿者",
            "本报讯 河湾桥头的志愿者每天清晨站在路口，为行人指路。",
            "caption: 图为志愿者在指路。 方小舟 摄",
        ]
    );
    let read = read_pages(&[page(text)], Repairs::OFF).unwrap();
    let head = read.value.issue.masthead;
    assert_eq!(head.date.as_deref(), Some("2026-03-18"));
    assert_eq!(head.section.as_deref(), Some("综合新闻"));
}

#[test]
fn a_caesura_stays_in_its_line_and_a_bullet_is_no_name() {
    assert_eq!(
        articles(
            "春到弄堂\n\n□ 周慕云\n\n青砖缝里钻出一点绿\n像谁悄悄写下的逗号\n晾衣竿挑起半条天空\n麻雀落下来 又飞走"
        ),
        [[
            "news",
            "by: 周慕云",
            "head: 春到弄堂",
            "verse: 青砖缝里钻出一点绿",
            "verse: 像谁悄悄写下的逗号",
            "verse: 晾衣竿挑起半条天空",
            "verse: 麻雀落下来 又飞走",
        ]]
    );
}
