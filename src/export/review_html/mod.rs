//! `review.html`: the pages beside what was read from them, for an editor.
//!
//! One file without script, font or network, to be read in any browser, with a
//! screen reader, by keyboard alone, and on paper. What was set right and what
//! is doubted is listed first and marked in the text by sign and word, never by
//! colour alone. The text of a page is untrusted: every character of it goes
//! through [`escape()`], and the file forbids scripts to itself besides.

mod article;
mod marks;
mod raw;
mod summary;
#[cfg(test)]
mod tests;

use super::review::Review;
use crate::export::escape::escape;
use crate::model::{Masthead, PageText};
use marks::Marks;
use raw::Lines;

/// The file's name, beside what was made of the pages.
pub const REVIEW_FILE: &str = "review.html";

const STYLE: &str = include_str!("style.css");

/// How much is shown; a page of 20 MB must not become a file that no browser
/// opens.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// A page of more lines is shown around its marks only …
    lines: usize,
    /// … and so is one of more characters.
    characters: usize,
    /// So many marks of a kind are shown; `report.json` has them all.
    marks: usize,
}

const LIMITS: Limits = Limits {
    lines: 3_000,
    characters: 200_000,
    marks: 1_000,
};

/// The page as it is written: UTF-8, the same for the same pages.
pub fn review_html(review: Review<'_>) -> Vec<u8> {
    page(review, LIMITS).into_bytes()
}

fn page(review: Review<'_>, limits: Limits) -> String {
    let marks = Marks::of(review, limits.marks);
    let title = title(&review.issue.masthead, review.pages);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>审读：{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    );
    html.push_str(
        "<nav class=\"skip\" aria-label=\"快速跳转\">\n<a href=\"#summary\">跳到提要</a>\n",
    );
    for number in 1..=review.pages.len() {
        html.push_str(&format!(
            "<a href=\"#page-{number}\">跳到第 {number} 页原文</a>\n\
             <a href=\"#read-{number}\">跳到第 {number} 页文章</a>\n"
        ));
    }
    html.push_str("</nav>\n");
    html.push_str(&summary::header(review, &title));
    html.push_str("<main>\n");
    html.push_str(&summary::lists(review, &marks));
    for (i, page) in review.pages.iter().enumerate() {
        html.push_str(&section(review, &marks, i, page, limits));
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html
}

/// One page: its text, and beside it what was read from it.
fn section(
    review: Review<'_>,
    marks: &Marks<'_>,
    index: usize,
    page: &PageText,
    limits: Limits,
) -> String {
    let number = index + 1;
    let lines = Lines::of(page, index, marks, limits);
    let read = article::articles(review.issue, page, &lines, marks);
    let told = if lines.is_large() {
        "<p class=\"told\">这一页很长，只显示有标记之处的前后文；全部改正和存疑见 <code>report.json</code>。</p>\n"
    } else {
        ""
    };
    format!(
        "<section class=\"page\" aria-labelledby=\"page-{number}\">\n\
         <h2 id=\"page-{number}\" tabindex=\"-1\">第 {number} 页：{file}</h2>\n\
         <p class=\"up\"><a href=\"#summary\">回到提要</a></p>\n{told}\
         <div class=\"side-by-side\">\n\
         <section class=\"raw\" aria-labelledby=\"raw-{number}\">\n\
         <h3 id=\"raw-{number}\">原文</h3>\n{raw}</section>\n\
         <section class=\"read\" aria-labelledby=\"read-{number}\">\n\
         <h3 id=\"read-{number}\" tabindex=\"-1\">读成的文章</h3>\n{html}</section>\n\
         </div>\n</section>\n",
        file = escape(&page.file),
        raw = lines.html(marks, &read.starts),
        html = read.html,
    )
}

/// The issue as a reader would name it, or its first page when the pages do
/// not say.
fn title(masthead: &Masthead, pages: &[PageText]) -> String {
    let number = masthead.issue_number.as_ref().map(|n| format!("第{n}期"));
    let parts = [
        Some(&masthead.paper),
        masthead.section.as_ref(),
        number.as_ref(),
        masthead.date.as_ref(),
    ];
    let parts: Vec<String> = (parts.into_iter().flatten())
        .filter(|part| !part.trim().is_empty())
        .map(|part| escape(part.trim()))
        .collect();
    match pages.first() {
        Some(page) if parts.is_empty() => escape(&page.file),
        _ => parts.join(" "),
    }
}
