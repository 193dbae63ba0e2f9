//! hOCR, the HTML of OCR programs (hOCR 1.2, <http://kba.github.io/hocr-spec/1.2/>).
//!
//! Pages are elements of the class `ocr_page`, print lines those of `ocr_line`
//! or what Tesseract calls a line in a special place, words `ocrx_word`. The
//! attribute `title` holds properties: `bbox` (left, top, right and bottom in
//! pixels) and `x_size`, the size of a line's type.

use super::dom::{Dom, Id};
use super::layout::{Described, Edges, page_text};
use crate::diag::Result;

const LINES: [&str; 6] = [
    "ocr_line",
    "ocrx_line",
    "ocr_header",
    "ocr_footer",
    "ocr_caption",
    "ocr_textfloat",
];

/// The text of every page, in reading order.
///
/// # Errors
/// What is no HTML.
pub(super) fn pages(file: &str, html: &str) -> Result<Vec<String>> {
    let dom = Dom::parse(file, html)?;
    let mut pages: Vec<Id> = dom
        .below(dom.root())
        .filter(|id| dom.has_class(*id, "ocr_page"))
        .collect();
    if pages.is_empty() {
        pages.push(dom.root());
    }
    Ok(pages.iter().map(|p| page_text(lines(&dom, *p))).collect())
}

fn lines(dom: &Dom, page: Id) -> Vec<Described> {
    let is_line = |id: &Id| LINES.iter().any(|class| dom.has_class(*id, class));
    let line = |id: Id| {
        let word = |w: Id| (bbox(dom, w), dom.text_below(w));
        let mut words: Vec<_> = dom
            .below(id)
            .filter(|w| dom.has_class(*w, "ocrx_word"))
            .map(word)
            .collect();
        if words.is_empty() {
            let text = dom.text_below(id);
            words.extend(text.split_whitespace().map(|w| (None, w.to_string())));
        }
        Described {
            edges: bbox(dom, id),
            size: property(dom, id, "x_size").and_then(|v| v.first().copied()),
            words,
        }
    };
    dom.below(page).filter(is_line).map(line).collect()
}

/// The numbers of a property in the element's `title`.
fn property(dom: &Dom, id: Id, name: &str) -> Option<Vec<f32>> {
    dom.attr(id, "title")?.split(';').find_map(|property| {
        let mut words = property.split_whitespace();
        (words.next() == Some(name))
            .then(|| words.map_while(|w| w.parse().ok()).collect::<Vec<f32>>())
            .filter(|v| !v.is_empty() && v.iter().all(|n| n.is_finite()))
    })
}

fn bbox(dom: &Dom, id: Id) -> Option<Edges> {
    property(dom, id, "bbox")?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lines_and_pages_are_read() {
        let html = "<html><body>\
            <div class='ocr_page' title='image \"a;b.png\"; bbox 0 0 500 700'>\
            <span class='ocr_header' title='bbox 10 10 400 60; x_size 50'>\
            <span class='ocrx_word' title='bbox 10 10 200 60'>食堂</span> \
            <span class='ocrx_word' title='bbox 210 10 400 60'>开张</span></span>\
            <span class='ocr_line' title='bbox 10 80 480 100; x_size 20'>\
            <span class='ocrx_word'>使用</span> <span class='ocrx_word'>Open</span> \
            <span class='ocrx_word'>Day</span> <span class='ocrx_word'>3</span> \
            <span class='ocrx_word'>号</span></span></div>\
            <div class='ocr_page'><p class='ocr_par'><span class='ocr_line' \
            title='bbox 10 80 480 100'>第二页的字</span></p></div></body></html>";
        assert_eq!(
            pages("a.hocr", html).unwrap(),
            ["食堂开张\n\n使用Open Day 3号\n", "第二页的字\n"]
        );
    }

    #[test]
    fn lines_without_boxes_keep_their_order() {
        let html = "<div class='ocr_page'><span class='ocr_line'>一行</span>\
            <span class='ocr_line'>二行</span><span class='ocr_line' title='bbox x'>三行</span></div>";
        assert_eq!(pages("a.hocr", html).unwrap(), ["一行\n二行\n三行\n"]);
    }
}
