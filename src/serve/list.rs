//! The pages that the server makes itself: the list of editions, and what is said when
//! there is nothing. They are read by people who see little, like the player.

use std::sync::Arc;

use super::library::Held;
use crate::export::{edition_title, encoded, escape};

/// Large, plain, and right in the dark too.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1.4rem/1.6 system-ui,sans-serif;margin:0 auto;max-width:40rem;padding:1rem;\
background:#fff;color:#111}\
h1{font-size:1.8rem}\
ul{list-style:none;padding:0}\
li{border-top:2px solid #767676;padding:1rem 0}\
a{color:#003a9b;display:inline-block;min-height:60px;line-height:60px;margin-right:1.5rem}\
a.play{font-weight:bold;font-size:1.6rem;line-height:1.4;padding:.6rem 0}\
a:focus{outline:4px solid #b00020;outline-offset:2px}\
p{margin:.2rem 0}\
@media(prefers-color-scheme:dark){body{background:#111;color:#f5f5f5}a{color:#9ec5ff}\
a:focus{outline-color:#ffd54f}}";

/// Whether somebody who asks for these languages reads Chinese sooner than English.
pub fn prefers_chinese(accepted: &str) -> bool {
    let first = |code: &str| accepted.to_ascii_lowercase().find(code);
    match (first("zh"), first("en")) {
        (Some(zh), Some(en)) => zh < en,
        (None, Some(_)) => false,
        _ => true,
    }
}

/// The list of editions, newest first.
pub fn list(editions: &[Arc<Held>], chinese: bool) -> String {
    let (title, none, feed) = match chinese {
        true => ("听报：选一期来听", "还没有可以听的报纸。", "订阅播客"),
        false => (
            "Tingbao: choose an issue",
            "There is no issue to listen to yet.",
            "Podcast",
        ),
    };
    let mut body = format!("<h1>{title}</h1>\n");
    if editions.is_empty() {
        body.push_str(&format!("<p>{none}</p>\n"));
    } else {
        body.push_str("<ul>\n");
        editions
            .iter()
            .for_each(|held| body.push_str(&entry(held, chinese)));
        body.push_str("</ul>\n");
    }
    body.push_str(&format!("<p><a href=\"/feed.xml\">{feed}</a></p>\n"));
    page(title, chinese, &body)
}

fn entry(held: &Held, chinese: bool) -> String {
    let edition = &held.edition;
    let title = match edition_title(&edition.masthead) {
        empty if empty.is_empty() => held.slug.clone(),
        title => title,
    };
    let slug = encoded(&held.slug);
    let articles = edition
        .chapters
        .iter()
        .filter(|c| c.article.is_some())
        .count() as u64;
    let minutes = (edition.frames.seconds(edition.sample_rate) / 60.0)
        .round()
        .max(1.0) as u64;
    let about = match chinese {
        true => format!("{articles}篇文章，{minutes}分钟"),
        false => format!(
            "{}, {}",
            count(articles, "article"),
            count(minutes, "minute")
        ),
    };
    let language = escape(&edition.masthead.language);
    let mut item = format!(
        "<li><a class=\"play\" href=\"/{slug}/\" lang=\"{language}\">{}</a>\n<p>{about}</p>\n<p>",
        escape(&title)
    );
    for (ending, zh, en) in [
        (".epub", "下载电子书（EPUB）", "Book (EPUB)"),
        (".audiobook", "下载有声书", "Audiobook"),
    ] {
        for file in held.ending(ending) {
            let name = if chinese { zh } else { en };
            item.push_str(&format!("<a href=\"/{slug}/{}\">{name}</a>", encoded(file)));
        }
    }
    item.push_str("</p></li>\n");
    item
}

/// So many of something, in English.
fn count(n: u64, what: &str) -> String {
    match n {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

/// What is said where there is nothing.
pub fn missing() -> String {
    page(
        "没有这一页",
        true,
        "<h1>没有这一页</h1>\n<p>这一期可能已经撤下。<span lang=\"en\">There is no such page.</span></p>\n\
         <p><a href=\"/\">回到目录</a></p>\n",
    )
}

/// What is said when something went wrong.
pub fn broken() -> String {
    page(
        "出错了",
        true,
        "<h1>出错了</h1>\n<p>请稍后再试。<span lang=\"en\">Something went wrong, please try again.</span></p>\n\
         <p><a href=\"/\">回到目录</a></p>\n",
    )
}

fn page(title: &str, chinese: bool, body: &str) -> String {
    let language = if chinese { "zh-CN" } else { "en" };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n\
         </body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_asked_for_first() {
        assert!(prefers_chinese("zh-CN,zh;q=0.9,en;q=0.8"));
        assert!(!prefers_chinese("en-US,en;q=0.9,zh;q=0.1"));
        assert!(!prefers_chinese("en"));
        assert!(prefers_chinese("fr") && prefers_chinese(""));
    }

    #[test]
    fn an_empty_folder_has_a_page() {
        assert!(list(&[], true).contains("还没有可以听的报纸"));
        assert!(list(&[], false).contains("lang=\"en\""));
    }
}
