//! Pages that are pictures → hOCR, by the programs that the system has for it:
//! Tesseract recognises, Poppler draws the pages of a PDF.
//!
//! One of the two places that start processes. The programs get what they need
//! by a pipe and answer by one: no file is written, and no name reaches a shell.

mod tool;

use std::time::Duration;

use crate::diag::{Fault, Place, Result};
use tool::Tool;

const TESSERACT: Tool = Tool {
    program: "tesseract",
    does: "page images are recognised",
    packages: "tesseract-ocr tesseract-ocr-chi-sim",
};
const PDFINFO: Tool = Tool {
    program: "pdfinfo",
    does: "PDF files are looked into",
    packages: "poppler-utils",
};
const PDFTOPPM: Tool = Tool {
    program: "pdftoppm",
    does: "the pages of PDF files are drawn",
    packages: "poppler-utils",
};

/// How long one page may take; a broadsheet takes a minute or two.
const PATIENCE: Duration = Duration::from_secs(600);
/// More pages than any issue has.
const MOST_PAGES: usize = 200;
/// The resolution that Tesseract reads best, in dots an inch.
const RESOLUTION: f64 = 300.0;
/// The longer side of a drawn page, in dots at most: a broadsheet of 600 mm has
/// 7,100 at full resolution.
const LONGEST_SIDE: f64 = 12_000.0;

/// Recognises the picture of a page, or of several in one TIFF file; gives the
/// hOCR of all.
///
/// # Errors
/// When Tesseract or its Chinese model is not installed, fails, or takes too
/// long; the message names the package.
pub fn image(name: &str, bytes: &[u8]) -> Result<String> {
    recognise(bytes, None).map_err(|fault| fault.at(Place::file(name)))
}

/// Recognises the pages of a PDF; gives the hOCR of each.
///
/// # Errors
/// Those of [`image`]; when Poppler is not installed; a PDF that is damaged,
/// locked, or has more than 200 pages.
pub fn pdf(name: &str, bytes: &[u8]) -> Result<Vec<String>> {
    let at = |fault: Fault| fault.at(Place::file(name));
    let last = MOST_PAGES.to_string();
    let info = PDFINFO
        .run(&["-f", "1", "-l", &last, "-"], bytes, PATIENCE)
        .map_err(at)?;
    let info = String::from_utf8_lossy(&info);
    let count: usize = field(&info, "Pages:")
        .and_then(|n| n.parse().ok())
        .unwrap_or(0);
    if count > MOST_PAGES {
        return Err(Fault::new(format!(
            "the PDF has {count} pages, and an issue may have {MOST_PAGES} at most"
        ))
        .at(Place::file(name))
        .help("give the pages of one issue"));
    }
    let mut pages = Vec::new();
    for number in 1..=count {
        let page = number.to_string();
        let resolution = resolution(&info, number).to_string();
        let args = ["-f", &page, "-l", &page, "-r", &resolution, "-gray", "-"];
        let drawn = PDFTOPPM.run(&args, bytes, PATIENCE).map_err(at)?;
        let hocr = recognise(&drawn, Some(&resolution)).map_err(|mut fault| {
            fault.message = format!("page {number}: {}", fault.message);
            at(fault)
        })?;
        pages.push(hocr);
    }
    Ok(pages)
}

/// Page segmentation 3 finds the blocks of a page by itself; over nine pages of
/// two columns, in three fonts, it had the fewest wrong characters (2.0 %, once
/// coordinates had set the order right; 4 and 1 had as many, 6 and 11 more).
/// One thread is faster than several (0.8 s against 2.7 s a small page on two
/// cores).
fn recognise(picture: &[u8], resolution: Option<&str>) -> Result<String> {
    let mut args = vec!["stdin", "stdout", "-l", "chi_sim", "--psm", "3"];
    args.extend(["-c", "tessedit_create_hocr=1"]);
    if let Some(resolution) = resolution {
        args.extend(["--dpi", resolution]);
    }
    let hocr = TESSERACT.run(&args, picture, PATIENCE)?;
    Ok(String::from_utf8_lossy(&hocr).into_owned())
}

/// What stands behind a label of `pdfinfo`.
fn field<'a>(info: &'a str, label: &str) -> Option<&'a str> {
    info.lines()
        .find_map(|l| l.strip_prefix(label))
        .map(str::trim)
}

/// The resolution at which a page is drawn: the best one, and less for a page
/// that would become larger than any paper.
fn resolution(info: &str, page: usize) -> u32 {
    let size = info.lines().find_map(|line| {
        let rest = line.strip_prefix("Page")?.trim_start();
        let rest = rest.strip_prefix(&page.to_string())?.trim_start();
        let sides = rest.strip_prefix("size:")?.split(" pts").next()?;
        let (a, b) = sides.split_once(" x ")?;
        Some(a.trim().parse::<f64>().ok()?.max(b.trim().parse().ok()?))
    });
    // A point is the 72nd part of an inch (ISO 32000-1, section 8.3.2.3).
    let inches = size.unwrap_or(0.0) / 72.0;
    (LONGEST_SIDE / inches).clamp(1.0, RESOLUTION) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_huge_page_is_drawn_small() {
        let info = "Pages:           2\nPage    1 size: 595.28 x 841.89 pts (A4)\n\
                    Page    2 size: 14400 x 100 pts\n";
        assert_eq!(field(info, "Pages:"), Some("2"));
        assert_eq!(resolution(info, 1), 300);
        assert_eq!(resolution(info, 2), 60);
        assert_eq!(resolution("", 1), 300);
    }
}
