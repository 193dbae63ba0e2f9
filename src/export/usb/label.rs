//! The label of a stick: what is on it, to be printed large and laid beside it.

use crate::export::clock::milliseconds;
use crate::export::escape::escape;
use crate::export::{Book, Part, one_line};
use crate::model::Frames;

/// The longest line, in columns of which a Chinese character takes two: what fits
/// across a page of A4 in type of 28 points.
const COLUMNS: usize = 34;

/// What a label says.
pub struct Label {
    language: String,
    /// The paper's name, then number, day and length, a line each.
    head: Vec<String>,
    /// The parts with their lengths, in order.
    parts: Vec<String>,
}

impl Label {
    /// The label of an edition.
    pub fn new(book: &Book<'_>) -> Self {
        let rate = book.edition.sample_rate;
        let zh = book.in_chinese();
        let printed = &book.edition.masthead.printed;
        let total: Frames = book.parts.iter().map(|p| p.chapter.frames).sum();
        let length = spoken(milliseconds(total, rate), zh);
        let articles = book.parts.iter().filter(|p| p.is_article()).count();
        let paper = one_line(&printed.paper);
        let section = (printed.section.as_deref()).map_or_else(String::new, one_line);
        let mut head = vec![match paper.is_empty() {
            true => book.title.clone(),
            false => format!("{paper} {section}").trim_end().to_string(),
        }];
        if let Some(number) = &printed.issue_number {
            let number = one_line(number);
            head.push(match zh {
                true => format!("第{number}期"),
                false => format!("No. {number}"),
            });
        }
        head.extend(book.date().map(|date| day(date, zh)));
        head.push(match zh {
            true => format!("共{articles}篇文章，全长{length}"),
            false => format!("Articles: {articles}. Length: {length}"),
        });
        let told = |part: &Part<'_>| {
            let length = spoken(milliseconds(part.chapter.frames, rate), zh);
            format!("{}（{length}）", part.title)
        };
        Label {
            language: book.language().to_string(),
            head,
            parts: book.parts.iter().map(told).collect(),
        }
    }

    /// Plain text of short lines, UTF-8 with a byte order mark and with line ends of
    /// two characters, as the editor of every Windows opens and prints it.
    pub fn text(&self) -> Vec<u8> {
        let mut lines = Vec::new();
        self.head.iter().for_each(|line| wrap(&mut lines, "", line));
        lines.push(String::new());
        let width = self.parts.len().to_string().len().max(2);
        for (i, part) in self.parts.iter().enumerate() {
            wrap(&mut lines, &format!("{:0width$}  ", i + 1), part);
        }
        let mut text = String::from("\u{FEFF}");
        for line in lines {
            text.push_str(&line);
            text.push_str("\r\n");
        }
        text.into_bytes()
    }

    /// A page that prints large whatever the printer: HTML without anything from
    /// elsewhere.
    pub fn page(&self) -> Vec<u8> {
        let title = escape(&self.head[0]);
        let mut page = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
             <style>\n@page {{ size: A4; margin: 15mm }}\n\
             body {{ font: bold 28pt/1.45 sans-serif; color: #000; background: #fff; margin: 1em }}\n\
             h1 {{ font-size: 44pt; line-height: 1.25; margin: 0 0 .3em }}\n\
             p {{ margin: 0 }}\n\
             ol {{ margin: .6em 0 0; padding-left: 2.2em }}\n\
             li {{ break-inside: avoid; margin-bottom: .3em }}\n\
             </style>\n</head>\n<body>\n<h1>{title}</h1>\n",
            escape(&self.language)
        );
        for line in &self.head[1..] {
            page.push_str(&format!("<p>{}</p>\n", escape(line)));
        }
        page.push_str("<ol>\n");
        for part in &self.parts {
            page.push_str(&format!("<li>{}</li>\n", escape(part)));
        }
        page.push_str("</ol>\n</body>\n</html>\n");
        page.into_bytes()
    }
}

/// Adds a text in lines that fit; the first begins with `number`, the others with
/// as much white space.
fn wrap(lines: &mut Vec<String>, number: &str, text: &str) {
    let mut line = number.to_string();
    let mut used = number.len();
    let indent = number.len();
    for piece in pieces(text) {
        let wide: usize = piece.chars().map(columns).sum();
        if used > indent && used + wide > COLUMNS {
            lines.push(line.trim_end().to_string());
            line = " ".repeat(indent);
            used = indent;
            if piece == " " {
                continue;
            }
        }
        line.push_str(piece);
        used += wide;
    }
    lines.push(line.trim_end().to_string());
}

/// A text in pieces between which a line may end: words of letters and figures stay
/// whole, and a mark that ends something stays with what it ends.
fn pieces(text: &str) -> Vec<&str> {
    let ends = |c: char| "，。、；：？！）》】”’…,.;:?!)".contains(c);
    let begins = |c: char| "（《【“‘(".contains(c);
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let joined = before.is_some_and(|b| {
            (b.is_ascii_graphic() && c.is_ascii_graphic()) || begins(b) || ends(c)
        });
        if at > start && !joined {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn columns(c: char) -> usize {
    if c < '\u{1100}' { 1 } else { 2 }
}

/// A length as people say it, to the second.
fn spoken(ms: u64, zh: bool) -> String {
    let s = (ms + 500) / 1000;
    let (h, m, s) = (s / 3600, s / 60 % 60, s % 60);
    let units = match zh {
        true => ["小时", "分", "秒"],
        false => [" h ", " min ", " s"],
    };
    let mut said = String::new();
    if h > 0 {
        said.push_str(&format!("{h}{}", units[0]));
    }
    if h > 0 || m > 0 {
        said.push_str(&format!("{m}{}", units[1]));
    }
    format!("{said}{s}{}", units[2])
}

/// `2026年11月24日`; as it stands where it is no date or in another language.
fn day(date: &str, zh: bool) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    match parts[..] {
        [y, m, d] if zh => {
            let plain = |n: &str| n.trim_start_matches('0').to_string();
            format!("{y}年{}月{}日", plain(m), plain(d))
        }
        _ => one_line(date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;
    use proptest::prelude::*;

    #[test]
    fn a_label_tells_what_is_on_the_stick() {
        let mut edition = edition();
        edition.chapters[1].title = "住了41年，88岁的她第一次“坐”着回家，邻居们都来帮忙".into();
        let text = String::from_utf8(Label::new(&Book::new(&edition)).text()).unwrap();
        assert_eq!(
            text,
            "\u{FEFF}梧桐里社区报 生活版\r\n第38期\r\n2024年5月12日\r\n\
             共1篇文章，全长19秒\r\n\r\n\
             01  本期导读（3秒）\r\n\
             02  住了41年，88岁的她第一次“坐”\r\n    着回家，邻居们都来帮忙（14秒）\r\n\
             03  结束（2秒）\r\n"
        );
        edition.masthead.language = "en".into();
        let text = String::from_utf8(Label::new(&Book::new(&edition)).text()).unwrap();
        assert!(text.contains("No. 38\r\n2024-05-12\r\nArticles: 1. Length: 19 s\r\n"));
    }

    #[test]
    fn the_page_is_html() {
        let edition = edition();
        let page = String::from_utf8(Label::new(&Book::new(&edition)).page()).unwrap();
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">"));
        assert!(
            page.contains("<h1>梧桐里社区报 生活版</h1>\n<p>第38期</p>\n<p>2024年5月12日</p>\n")
        );
        assert!(page.contains("<li>&quot;一平米”菜园 &lt;A&amp;B&gt;（14秒）</li>\n"));
        assert_eq!(page.matches("<li>").count(), 3);
    }

    #[test]
    fn lengths_are_said() {
        assert_eq!(spoken(134_400, true), "2分14秒");
        assert_eq!(spoken(3_600_000, true), "1小时0分0秒");
        assert_eq!(spoken(3_725_000, false), "1 h 2 min 5 s");
    }

    proptest! {
        #[test]
        fn no_text_is_lost_in_lines(text in "[a-z一-龥，。“” ]{0,80}") {
            let mut lines = Vec::new();
            wrap(&mut lines, "07  ", &text);
            let bare = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&format!("07  {text}")));
        }
    }
}
