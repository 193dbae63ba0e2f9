//! The head of the review: what the paper is, and every mark as a list.

use super::marks::{Kind, Mark, Marks, What, Words, change};
use crate::export::Review;
use crate::export::escape::escape;

/// The paper's name and what the page's head says.
pub fn header(review: Review<'_>, title: &str) -> String {
    let head = &review.issue.masthead;
    let rows = [
        ("报名", Some(&head.paper)),
        ("版", head.section.as_ref()),
        ("期号", head.issue_number.as_ref()),
        ("日期", head.date.as_ref()),
        ("出版", head.publisher.as_ref()),
        ("主管主办", head.sponsor.as_ref()),
        ("刊号", head.cn_code.as_ref()),
        ("版次", head.page.as_ref()),
    ];
    let mut html = format!("<header>\n<h1>审读：{title}</h1>\n<dl>\n");
    for (name, value) in rows {
        let value = value.filter(|v| !v.is_empty());
        let value = value.map_or_else(|| "（页上没有）".into(), |v| escape(v));
        html.push_str(&format!("<div><dt>{name}</dt><dd>{value}</dd></div>\n"));
    }
    html.push_str("</dl>\n</header>\n");
    html
}

/// Every mark that is shown, by kind, each with a link to its place.
pub fn lists(review: Review<'_>, marks: &Marks<'_>) -> String {
    let mut html = format!(
        "<section aria-labelledby=\"summary\">\n<h2 id=\"summary\" tabindex=\"-1\">提要</h2>\n\
         <p>{} 页，{} 篇；存疑 {} 处，改正 {} 处，说明 {} 条。</p>\n\
         <p>文中标记：<del>原字</del><ins>改字</ins><sup>改</sup>是已经改正的字，\
         <mark>原字</mark><sup>疑</sup>是存疑而未改的字，<sup>注</sup>是说明；\
         数字是下面各表中的序号。按 Tab 键从一处到下一处，按回车键到文中或回到表中。</p>\n",
        review.pages.len(),
        review.issue.articles.len(),
        marks.count(Kind::Doubt),
        marks.count(Kind::Change),
        marks.count(Kind::Note),
    );
    for kind in Kind::ALL {
        let count = marks.count(kind);
        html.push_str(&format!("<h3>{}（{count}）</h3>\n", kind.heading()));
        if count == 0 {
            html.push_str("<p>没有。</p>\n");
            continue;
        }
        html.push_str(&format!("<ul class=\"{}\">\n", kind.name()));
        let mut shown = 0;
        for mark in marks.of_kind(kind) {
            html.push_str(&item(review, mark));
            shown += 1;
        }
        html.push_str("</ul>\n");
        if shown < count {
            html.push_str(&format!(
                "<p class=\"left-out\">另有 {} 处，见 <code>report.json</code></p>\n",
                count - shown
            ));
        }
    }
    html.push_str("</section>\n");
    html
}

/// One mark: its place as a link, what it says, and the words around it.
fn item(review: Review<'_>, mark: &Mark<'_>) -> String {
    let id = mark.id();
    let sign = mark.sign();
    let place = match (mark.place, mark.what) {
        (Some((page, line, col)), _) => {
            let page = if review.pages.len() > 1 {
                format!("第 {} 页", page + 1)
            } else {
                String::new()
            };
            format!(
                "<a href=\"#{id}\">{sign} {page}第 {line} 行第 {} 字</a>",
                col + 1
            )
        }
        (None, What::Flag(flag)) if flag.place.is_some() => {
            let file = flag.place.as_ref().map_or("", |p| p.file.as_str());
            let page = review.pages.iter().position(|p| p.file == file);
            page.map_or_else(
                || format!("<b>{sign}</b> {}", escape(file)),
                |i| format!("<a href=\"#page-{n}\">{sign} 第 {n} 页</a>", n = i + 1),
            )
        }
        _ => format!("<b>{sign}</b>"),
    };
    let told = match mark.what {
        What::Edit(edit) => {
            let others: Vec<String> = (edit.candidates.iter())
                .filter(|c| **c != edit.right)
                .map(|c| format!("“{}”", escape(&c.to_string())))
                .collect();
            let others = if others.is_empty() {
                String::new()
            } else {
                format!("，也可能是{}", others.join("、"))
            };
            format!(
                "{}{others}。<span lang=\"en\">{}</span>",
                change(edit),
                escape(&edit.reason)
            )
        }
        What::Flag(flag) => {
            let help = flag.help.as_ref().map_or_else(String::new, |help| {
                format!(" <span class=\"help\" lang=\"en\">{}</span>", escape(help))
            });
            format!("<span lang=\"en\">{}</span>{help}", escape(&flag.message))
        }
    };
    let words = mark.words.map_or_else(String::new, around);
    format!("<li id=\"{id}-why\" tabindex=\"-1\">{place} {told} {words}</li>\n")
}

/// The words around a mark as the page has them.
fn around(words: Words<'_>) -> String {
    let dots = |more| if more { "…" } else { "" };
    format!(
        "<span class=\"words\">{}{}<mark>{}</mark>{}{}</span>",
        dots(words.more.0),
        escape(words.before),
        escape(words.at),
        escape(words.behind),
        dots(words.more.1),
    )
}
