use std::collections::HashSet;

use super::*;
use crate::export::review_sample::Sample;
use crate::model::SourceText;

fn sample() -> String {
    page(Sample::new().review(), LIMITS)
}

/// The lines of `html` that hold `part`.
fn lines<'a>(html: &'a str, part: &str) -> Vec<&'a str> {
    html.lines().filter(|l| l.contains(part)).collect()
}

#[test]
fn edits_and_doubts_are_marked_in_the_page() {
    let html = sample();
    assert_eq!(
        lines(&html, "<p id=\"p1-3\""),
        [
            "<p id=\"p1-3\" tabindex=\"-1\"><span class=\"n\">3</span><span class=\"t\">老闵行的\
         <a class=\"edit\" id=\"edit-1\" href=\"#edit-1-why\" \
         title=\"改1：“丁”已改成“工”，把握 99 %；`工人` is far likelier\">\
         <del>丁</del><ins>工</ins><sup>改1</sup></a>人新村</span></p>"
        ]
    );
    assert_eq!(
        lines(&html, "<p id=\"p1-4\""),
        [
            "<p id=\"p1-4\" tabindex=\"-1\"><span class=\"n\">4</span><span class=\"t\"> 以\
         <a class=\"doubt\" id=\"doubt-1\" href=\"#doubt-1-why\" \
         title=\"疑1：“力”可能是“为”，把握 71 %；the page says `为` elsewhere\">\
         <mark>力</mark><sup>疑1</sup></a>民服务 &amp; &lt;b&gt;</span></p>"
        ]
    );
    assert_eq!(
        lines(&html, "<p id=\"p1-5\""),
        [
            "<p id=\"p1-5\" tabindex=\"-1\"><span class=\"n\">5</span><span class=\"t\">未完\
         <a class=\"doubt\" id=\"doubt-2\" href=\"#doubt-2-why\" \
         title=\"疑2：the paragraph breaks off\"><sup>疑2</sup></a></span></p>"
        ]
    );
}

#[test]
fn what_was_read_stands_beside_it_with_its_place() {
    let html = sample();
    assert_eq!(
        lines(&html, "老闵行的<a class=\"edit\" href"),
        ["<p>老闵行的<a class=\"edit\" href=\"#edit-1\" \
         title=\"改1：“丁”已改成“工”，把握 99 %；`工人` is far likelier\">\
         <ins>工</ins><sup>改1</sup></a>人新村以<a class=\"doubt\" href=\"#doubt-1\" \
         title=\"疑1：“力”可能是“为”，把握 71 %；the page says `为` elsewhere\">\
         <mark>力</mark><sup>疑1</sup></a>民服务 &amp; &lt;b&gt;</p>"]
    );
    assert!(html.contains("<a href=\"#p1-3\">1.2 段落，原文第 3 行</a>"));
    assert_eq!(
        lines(&html, "<span style"),
        [
            "<span style=\"grid-row:1\"><a href=\"#a1-1\" title=\"第 1 行：到文章段落 1.1\">→1.1</a> </span>",
            "<span style=\"grid-row:3\"><a href=\"#a1-2\" title=\"第 3 行：到文章段落 1.2\">→1.2</a> </span>",
        ]
    );
}

#[test]
fn the_summary_lists_every_mark_with_a_link() {
    assert_eq!(
        lines(&sample(), "-why\" tabindex"),
        [
            "<li id=\"doubt-1-why\" tabindex=\"-1\"><a href=\"#doubt-1\">疑1 第 4 行第 3 字</a> \
             “力”可能是“为”，把握 71 %，也可能是“刀”。<span lang=\"en\">the page says `为` elsewhere</span> \
             <span class=\"words\"> 以<mark>力</mark>民服务 &amp; &lt;b&gt;</span></li>",
            "<li id=\"doubt-2-why\" tabindex=\"-1\"><a href=\"#doubt-2\">疑2 第 5 行第 4 字</a> \
             <span lang=\"en\">the paragraph breaks off</span> \
             <span class=\"help\" lang=\"en\">look at the printed page</span> \
             <span class=\"words\">未完<mark></mark></span></li>",
            "<li id=\"doubt-3-why\" tabindex=\"-1\"><a href=\"#page-1\">疑3 第 1 页</a> \
             <span lang=\"en\">this page says &lt;another&gt; date</span> </li>",
            "<li id=\"edit-1-why\" tabindex=\"-1\"><a href=\"#edit-1\">改1 第 3 行第 5 字</a> \
             “丁”已改成“工”，把握 99 %。<span lang=\"en\">`工人` is far likelier</span> \
             <span class=\"words\">老闵行的<mark>丁</mark>人新村</span></li>",
            "<li id=\"note-1-why\" tabindex=\"-1\"><b>注1</b> <span lang=\"en\">worth knowing</span> </li>",
        ]
    );
}

#[test]
fn a_page_cannot_speak_html() {
    let html = sample();
    assert!(!html.contains("<script"));
    assert!(!html.contains("<b>\n") && !html.contains("& <"));
    assert!(html.contains("<h4 id=\"a1\">&lt;script&gt;alert(1)&lt;/script&gt;</h4>"));
    assert!(html.contains("default-src 'none'"));
    for outside in ["http:", "https:", "url(", "@import", "src="] {
        assert!(!html.contains(outside), "{outside}");
    }
}

#[test]
fn every_link_leads_somewhere_and_ids_are_single() {
    let html = sample();
    let quoted = |before: &str| -> Vec<String> {
        html.split(before)
            .skip(1)
            .filter_map(|rest| Some(rest.split('"').next()?.to_string()))
            .collect()
    };
    let ids = quoted(" id=\"");
    let known: HashSet<&String> = ids.iter().collect();
    assert_eq!(known.len(), ids.len());
    let links = quoted("href=\"#");
    assert!(links.len() > 15);
    for link in links {
        assert!(known.contains(&link), "{link}");
    }
    let levels: Vec<u32> = html
        .match_indices("<h")
        .filter_map(|(at, _)| html[at + 2..].chars().next()?.to_digit(10))
        .collect();
    assert_eq!(levels[0], 1);
    assert!(levels.windows(2).all(|w| w[1] <= w[0] + 1), "{levels:?}");
}

#[test]
fn a_long_page_is_shown_around_its_marks() {
    let mut sample = Sample::new();
    let page_text = &mut sample.pages[0].text;
    page_text.push_str(&"无事。\n".repeat(40));
    let limits = Limits {
        lines: 20,
        ..LIMITS
    };
    let html = page(sample.review(), limits);
    assert!(html.contains("这一页很长，只显示有标记之处的前后文"));
    let shown = lines(&html, "<span class=\"n\">");
    assert_eq!(shown.len(), 7, "lines 1 to 5 and two more");
    assert!(html.contains("<p class=\"left-out\">其余各行略去</p>"));

    // An article without marks is left out, a long line cut around its mark.
    let mut other = sample.issue.articles[0].clone();
    other.blocks[0].text = SourceText::made("没有标记");
    sample.issue.articles.push(other);
    sample.pages[0].text = format!("\n\n老闵行的丁人新村{}", "长".repeat(900));
    let html = page(
        sample.review(),
        Limits {
            characters: 500,
            ..LIMITS
        },
    );
    assert!(html.contains("<p class=\"left-out\">略去 1 篇没有标记的文章</p>"));
    assert!(html.contains("长<span class=\"left-out\">〔略去 843 字〕</span></span></p>"));
}

#[test]
fn more_marks_than_a_reader_can_bear_are_counted() {
    let sample = Sample::new();
    let html = page(sample.review(), Limits { marks: 1, ..LIMITS });
    assert!(html.contains("<h3>存疑（3）</h3>"));
    assert!(html.contains("另有 2 处，见 <code>report.json</code>"));
    assert!(!html.contains("doubt-2"));
}
