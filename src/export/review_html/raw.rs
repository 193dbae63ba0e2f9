//! The text of a page, line by line, with its marks.

use std::ops::{Range, RangeInclusive};

use super::Limits;
use super::marks::{Kind, Mark, Marks, What};
use crate::export::escape::{escape, push};
use crate::model::PageText;

/// Lines before and behind a mark that are shown of a long page.
const AROUND: u32 = 2;
/// Characters before and behind a mark that are shown of a long line.
const NEAR: usize = 60;
/// A line of a long page that is not longer is shown whole.
const SHORT: usize = 400;

/// Which lines of a page are shown.
pub struct Lines<'a> {
    page: &'a PageText,
    index: usize,
    large: bool,
    shown: Vec<RangeInclusive<u32>>,
}

/// Where a part of an article begins, to link there from the page.
pub struct Start {
    /// The line of the page.
    pub line: u32,
    /// The id of the part.
    pub id: String,
    /// Its number, such as `1.3`.
    pub label: String,
}

impl<'a> Lines<'a> {
    /// Chooses the lines of a page: all, or those around the marks when there
    /// are too many.
    pub fn of(page: &'a PageText, index: usize, marks: &Marks<'_>, limits: Limits) -> Self {
        let count = page.text.strip_suffix('\n').unwrap_or(&page.text);
        let count = count.split('\n').count() as u32;
        let large = count as usize > limits.lines || page.text.chars().count() > limits.characters;
        let shown = if large {
            let mut shown: Vec<RangeInclusive<u32>> = Vec::new();
            for line in marks.lines_of(index) {
                let (from, to) = (line.saturating_sub(AROUND).max(1), line + AROUND);
                match shown.last_mut() {
                    Some(last) if from <= last.end() + 1 => *last = *last.start()..=to.min(count),
                    _ => shown.push(from..=to.min(count)),
                }
            }
            shown
        } else {
            vec![1..=count]
        };
        Lines {
            page,
            index,
            large,
            shown,
        }
    }

    /// Whether only a part of the page is shown.
    pub fn is_large(&self) -> bool {
        self.large
    }

    /// Which page it is, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Whether that line is shown.
    pub fn shows(&self, line: u32) -> bool {
        self.shown.iter().any(|range| range.contains(&line))
    }

    /// The id of a line.
    pub fn id(&self, line: u32) -> String {
        format!("p{}-{line}", self.index + 1)
    }

    /// The lines, then the links from them to the articles. The links stand
    /// behind all lines, and are laid beside them by the style, so that Tab goes
    /// from mark to mark first.
    pub fn html(&self, marks: &Marks<'_>, starts: &[Start]) -> String {
        let mut html = String::from("<div class=\"lines\">\n");
        let mut row = 0;
        let mut last = 0;
        let mut rows = std::collections::HashMap::new();
        let mut text = self.page.text.split('\n');
        for range in &self.shown {
            if *range.start() > last + 1 {
                row += 1;
                html.push_str(&format!(
                    "<p class=\"left-out\">略去第 {} 至 {} 行</p>\n",
                    last + 1,
                    range.start() - 1
                ));
            }
            let skipped = (range.start() - last - 1) as usize;
            for (line, text) in range.clone().zip(text.by_ref().skip(skipped)) {
                row += 1;
                rows.insert(line, row);
                html.push_str(&self.line(line, text, marks));
            }
            last = *range.end();
        }
        if self.large {
            html.push_str("<p class=\"left-out\">其余各行略去</p>\n");
        }
        let links: Vec<_> = starts
            .chunk_by(|a, b| a.line == b.line)
            .filter_map(|group| Some((rows.get(&group.first()?.line)?, group)))
            .collect();
        if !links.is_empty() {
            html.push_str(&format!(
                "<nav class=\"starts\" aria-label=\"第 {} 页：从原文到文章\">\n",
                self.index + 1
            ));
            for (row, group) in links {
                html.push_str(&format!("<span style=\"grid-row:{row}\">"));
                for start in group {
                    html.push_str(&format!(
                        "<a href=\"#{}\" title=\"第 {} 行：到文章段落 {label}\">→{label}</a> ",
                        start.id,
                        start.line,
                        label = start.label,
                    ));
                }
                html.push_str("</span>\n");
            }
            html.push_str("</nav>\n");
        }
        html.push_str("</div>\n");
        html
    }

    fn line(&self, line: u32, text: &str, marks: &Marks<'_>) -> String {
        let chars: Vec<char> = text.chars().collect();
        let here = marks.on_line(self.index, line);
        let at: Vec<usize> = here.iter().filter_map(col).collect();
        let mut html = format!(
            "<p id=\"{}\" tabindex=\"-1\"><span class=\"n\">{line}</span><span class=\"t\">",
            self.id(line)
        );
        let mut next = here.iter().peekable();
        let mut end = 0;
        for part in excerpts(chars.len(), &at, self.large) {
            left_out(&mut html, end..part.start);
            for at in part.clone() {
                let mut wrapped = false;
                while let Some(mark) = next.next_if(|m| col(m) == Some(at)) {
                    let c = (!wrapped).then_some(chars[at]);
                    html.push_str(&raw_mark(mark, c));
                    wrapped = true;
                }
                if !wrapped {
                    push(&mut html, chars[at]);
                }
            }
            end = part.end;
        }
        left_out(&mut html, end..chars.len());
        // What is said of the line's end, or behind it.
        for mark in next {
            html.push_str(&raw_mark(mark, None));
        }
        html.push_str("</span></p>\n");
        html
    }
}

fn col(mark: &Mark<'_>) -> Option<usize> {
    mark.place.map(|(_, _, col)| col as usize)
}

/// Tells how many characters are not shown.
pub fn left_out(html: &mut String, part: Range<usize>) {
    if !part.is_empty() {
        html.push_str(&format!(
            "<span class=\"left-out\">〔略去 {} 字〕</span>",
            part.len()
        ));
    }
}

/// Which characters of a text of `len` are shown: all, or of a long page its
/// beginning and what is near the marks `at`.
pub fn excerpts(len: usize, at: &[usize], large: bool) -> Vec<Range<usize>> {
    if !large || len <= SHORT {
        return std::iter::once(0..len).collect();
    }
    let mut parts: Vec<Range<usize>> = std::iter::once(0..NEAR).collect();
    for at in at.iter().filter(|at| **at < len) {
        let (start, end) = (at.saturating_sub(NEAR), (at + NEAR + 1).min(len));
        match parts.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => parts.push(start..end),
        }
    }
    parts
}

/// A mark in the page's text, around its character if it has one.
fn raw_mark(mark: &Mark<'_>, c: Option<char>) -> String {
    let shown = c.map(|c| escape(&c.to_string())).unwrap_or_default();
    let text = match (mark.kind, mark.what) {
        (_, _) if c.is_none() => String::new(),
        (Kind::Change, What::Edit(edit)) => format!(
            "<del>{shown}</del><ins>{}</ins>",
            escape(&edit.right.to_string())
        ),
        (Kind::Note, _) => shown,
        _ => format!("<mark>{shown}</mark>"),
    };
    let id = mark.id();
    mark.link(&id, &format!("{id}-why"), &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_shown_around_its_marks() {
        let parts = |len, at: &[usize], large| -> Vec<(usize, usize)> {
            let parts = excerpts(len, at, large);
            parts.iter().map(|r| (r.start, r.end)).collect()
        };
        assert_eq!(parts(500, &[], false), [(0, 500)]);
        assert_eq!(parts(400, &[200], true), [(0, 400)]);
        assert_eq!(parts(1000, &[], true), [(0, 60)]);
        assert_eq!(
            parts(1000, &[70, 500, 530, 990], true),
            [(0, 131), (440, 591), (930, 1000)]
        );
        assert_eq!(parts(1000, &[1000, 2000], true), [(0, 60)]);
    }
}
