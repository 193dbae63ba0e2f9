//! Pages as sites make them; all of them invented.

use super::*;

const BODY: &str = "<p>昨天上午，荷湾社区食堂开张，首日接待居民三百二十人，队伍一直排到门外。</p>\
    <p>“饭菜软烂，价钱也合适。”住在三号楼的老人说，她打算每天中午都来这里吃饭。</p>";

fn read_page(html: &str) -> Page {
    read("p.html", html, &mut Vec::new()).unwrap()
}

fn texts(story: &Story) -> Vec<&str> {
    story.blocks.iter().map(|b| b.1.as_str()).collect()
}

#[test]
fn an_article_page_gives_its_article_only() {
    let html = format!(
        "<!doctype html><html><head><title>食堂开张_荷湾社区报</title>\
         <meta property='og:site_name' content='荷湾社区报'>\
         <meta name='PubDate' content='2026-11-20 10:00'></head><body class='has-nav'>\
         <div class='nav'><a href='/'>首页</a> <a href='/n'>新闻</a></div>\
         <div class='wrap'><div class='crumb'>当前位置：首页 &gt; 新闻</div><h1>食堂开张</h1>\
         <div class='info'>来源：荷湾社区报　2026-11-20 10:00　作者：林晓　浏览：128</div>\
         <div class='text'>{BODY}<h2>价格</h2><ul><li>面八元</li></ul>\
         <p>更多消息请看<a href='x'>食堂</a>的公告，每天早上更新一次。</p></div>\
         <div class='related'><h3>相关</h3><a href='1'>旧新闻一条，很长很长的标题。</a></div></div>\
         <ul><li><a href='2'>推荐阅读之一</a><li><a href='3'>推荐阅读之二</a></ul>\
         <footer>版权所有 荷湾社区报。</footer></body></html>"
    );
    let mut notes = Vec::new();
    let page = read("p.html", &html, &mut notes).unwrap();
    assert_eq!(page.masthead.paper, "荷湾社区报");
    assert_eq!(page.masthead.date.as_deref(), Some("2026-11-20"));
    let [story, rest] = page.stories.as_slice() else {
        panic!("{:?}", page.stories)
    };
    assert!(
        rest.apart && texts(rest).contains(&"版权所有 荷湾社区报。"),
        "{rest:?}"
    );
    assert!(!texts(rest).contains(&"面八元"));
    assert_eq!(story.headline, "食堂开张");
    assert_eq!(story.byline.as_deref(), Some("林晓"));
    assert_eq!(
        texts(story)[1..],
        [
            "“饭菜软烂，价钱也合适。”住在三号楼的老人说，她打算每天中午都来这里吃饭。",
            "价格",
            "面八元",
            "更多消息请看食堂的公告，每天早上更新一次。"
        ]
    );
    assert_eq!(story.blocks[2].0, BlockKind::Subhead);
    assert_eq!(story.blocks[3].0, BlockKind::Item { number: None });
    assert_eq!(
        notes[0].message,
        "`旧新闻一条，很长很长的标题。` and another sentence stand outside of the page's article"
    );
}

#[test]
fn what_stands_beside_an_article_is_kept_and_told() {
    let html = format!(
        "<article><h1>食堂开张</h1>{BODY}<figure><img src=a alt='排队的老人'>\
         <figcaption>图为开张第一天。</figcaption></figure>\
         <table><caption>票价</caption><tr><th>菜</th><th>价</th></tr>\
         <tr><td>面</td><td>8元</td></tr></table><aside>电话：64567890</aside></article>"
    );
    let mut notes = Vec::new();
    let page = read("p.html", &html, &mut notes).unwrap();
    let [story, rest] = page.stories.as_slice() else {
        panic!("{:?}", page.stories)
    };
    assert_eq!(
        story.blocks[2..],
        [
            (BlockKind::Caption, "图为开张第一天。".to_string()),
            (BlockKind::Para, "票价".into()),
            (BlockKind::Item { number: None }, "菜：面；价：8元".into()),
        ]
    );
    assert_eq!(texts(rest), ["电话：64567890", "（图）排队的老人"]);
    assert!(
        notes[0].message.contains("taken for navigation"),
        "{notes:?}"
    );
}

#[test]
fn several_articles_of_one_page_are_told_apart() {
    let html = format!(
        "<main><article><h2>第一篇</h2>{BODY}</article><article><h2>第二篇</h2>\
         <p>本报记者 周放</p>{BODY}</article></main>"
    );
    let stories = read_page(&html).stories;
    let heads: Vec<&str> = stories.iter().map(|s| s.headline.as_str()).collect();
    assert_eq!(heads, ["第一篇", "第二篇"]);
    assert_eq!(stories[1].byline.as_deref(), Some("本报记者 周放"));
    assert_eq!(stories[1].blocks.len(), 2);
}

#[test]
fn old_pages_in_tables_and_breaks_are_read() {
    let html = "<title>路灯亮了 - 荷湾社区报</title><table><tr><td><a href=1>首页</a></td></tr>\
        <tr><td>　　昨天晚上，小区里的新路灯第一次亮了起来。<br><br>　　大家都很高兴，说再也不怕黑了。</td>\
        </tr></table>";
    let page = read_page(html);
    assert_eq!(page.stories[0].headline, "路灯亮了");
    assert_eq!(
        texts(&page.stories[0]),
        [
            "昨天晚上，小区里的新路灯第一次亮了起来。",
            "大家都很高兴，说再也不怕黑了。"
        ]
    );
}

#[test]
fn a_page_of_links_alone_has_no_article() {
    let html =
        "<title>荷湾社区报</title><ul><li><a href=1>一条新闻</a><li><a href=2>又一条</a></ul>";
    assert_eq!(
        read("p.html", html, &mut Vec::new())
            .err()
            .unwrap()
            .to_string(),
        "error: the page holds no article: only links, or no text at all\n  --> p.html\n  \
         help: save the page of one article, or copy its text into a text file"
    );
}

#[test]
fn a_page_that_names_no_headline_is_left_to_the_usual_reading() {
    let page = read_page("<p>新路灯亮了</p><p>昨天晚上，新路灯第一次亮了起来，大家都很高兴。</p>");
    assert_eq!(
        page.untitled.as_deref(),
        Some("新路灯亮了\n\n昨天晚上，新路灯第一次亮了起来，大家都很高兴。")
    );
}
