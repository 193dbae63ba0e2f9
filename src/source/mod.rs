//! Whatever a desk has its pages in → page text, or articles.
//!
//! Pure: bytes come in, values go out. Files with coordinates (hOCR, ALTO) give
//! page text in reading order, which the usual reading of `ingest` understands;
//! files whose markup says what is a headline (HTML, Markdown, EPUB, DOCX) give
//! articles, and nothing of them is guessed. Places mean the text that was
//! derived, which therefore is part of what comes out, and is kept beside the
//! file it came from.

mod alto;
mod archive;
mod docx;
mod dom;
mod epub;
mod flow;
mod hocr;
mod html;
mod info;
mod layout;
mod markdown;
mod pandoc;
mod plain;
mod sniff;
mod story;
mod tidy;
mod xml;

use crate::diag::{Diagnostic, Fault, Noted, Place, Result};
use crate::ingest::{self, PageFile};
use crate::model::{Article, Masthead};
use flow::Shape;

pub use plain::keep_spaces;
pub use sniff::{Kind, sniff};

/// What a file holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Texts of pages, to be read by `ingest`.
    Pages(Vec<PageFile>),
    /// Articles that need no reading.
    Articles {
        /// What the file says of the issue.
        masthead: Box<Masthead>,
        /// The articles, without ids.
        articles: Vec<Article>,
        /// The text that their places mean; `None` when it is the file itself.
        text: Option<PageFile>,
    },
}

impl Content {
    /// Articles whose places mean the file itself.
    fn of(articles: Vec<Article>, masthead: Masthead) -> Content {
        Content::Articles {
            masthead: Box::new(masthead),
            articles,
            text: None,
        }
    }
}

/// What was written of a file's articles, with the text that places mean.
fn articles(
    file: &str,
    masthead: Masthead,
    writer: story::Writer,
    notes: &mut Vec<Diagnostic>,
) -> Content {
    let (articles, text, met) = writer.finish();
    notes.extend(met);
    Content::Articles {
        masthead: Box::new(masthead),
        articles,
        text: Some(derived(file, None, text)),
    }
}

/// What the blocks of a document say: articles where headings tell them apart;
/// `complete` adds to the masthead what the document itself says. Headings that
/// are only set large are found by the usual reading.
fn document(
    file: &str,
    blocks: &[(Shape, &str)],
    notes: &mut Vec<Diagnostic>,
    complete: impl FnOnce(&mut Masthead),
) -> Content {
    let Some(parts) = story::parts(blocks) else {
        let texts: Vec<&str> = blocks.iter().map(|b| b.1).collect();
        return Content::Pages(vec![derived(file, None, texts.join("\n\n"))]);
    };
    let mut writer = story::Writer::new(derived_name(file, None));
    let mut masthead = story::write(blocks, &parts, &mut writer);
    complete(&mut masthead);
    articles(file, masthead, writer, notes)
}

/// Reads a file of any kind but those that must be recognised first.
///
/// # Errors
/// A file of a kind that is not read, named with what it looks like; and what
/// the readers of the kinds refuse.
pub fn read(file: &PageFile) -> Result<Noted<Content>> {
    let name = file.name.as_str();
    let decoded = |notes: &mut Vec<Diagnostic>| -> Result<String> {
        Ok(ingest::decode(name, &file.bytes)?.drain_into(notes))
    };
    let mut notes = Vec::new();
    let content = match sniff(name, &file.bytes) {
        Kind::Text => Content::Pages(vec![file.clone()]),
        Kind::Markdown => {
            let text = decoded(&mut notes)?;
            markdown::read(name, &text)?.drain_into(&mut notes)
        }
        Kind::Html => {
            let text = decoded(&mut notes)?;
            let page = html::read(name, &text, &mut notes)?;
            if let Some(text) = page.untitled {
                let pages = vec![derived(name, None, text)];
                return Ok(Noted::new(Content::Pages(pages), notes));
            }
            let mut writer = story::Writer::new(derived_name(name, None));
            page.stories.into_iter().for_each(|s| writer.add(s));
            articles(name, page.masthead, writer, &mut notes)
        }
        Kind::Hocr => {
            let text = decoded(&mut notes)?;
            recognised(name, hocr::pages(name, &text)?, "hOCR")?
        }
        Kind::Alto => {
            let text = decoded(&mut notes)?;
            recognised(name, alto::pages(name, &text)?, "ALTO")?
        }
        Kind::Epub => epub::read(name, &file.bytes)?.drain_into(&mut notes),
        Kind::Docx => docx::read(name, &file.bytes)?.drain_into(&mut notes),
        Kind::Pdf | Kind::Image => {
            return Err(
                Fault::new("the page must be recognised before it is read").at(Place::file(name))
            );
        }
        Kind::Other(what, help) => {
            return Err(Fault::new(format!("this is no page but {what}"))
                .at(Place::file(name))
                .help(help));
        }
    };
    Ok(Noted::new(content, notes))
}

/// The texts of pages that were recognised from a picture or PDF: `hocr` is
/// what the recogniser said of each. Pages without any text are left out.
///
/// # Errors
/// When no page has a text.
pub fn read_recognised(name: &str, hocr: &[String]) -> Result<Content> {
    let mut texts = Vec::new();
    for page in hocr {
        texts.push(hocr::pages(name, page)?.concat());
    }
    recognised(name, texts, "picture")
}

fn recognised(name: &str, texts: Vec<String>, what: &str) -> Result<Content> {
    let one = texts.len() == 1;
    let pages: Vec<PageFile> = (1..)
        .zip(texts)
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(number, text)| derived(name, (!one).then_some(number), text))
        .collect();
    if pages.is_empty() {
        return Err(Fault::new(format!("no text was found in the {what}"))
            .at(Place::file(name))
            .help("look whether it shows a page, upright and sharp"));
    }
    Ok(Content::Pages(pages))
}

/// The name of the text derived from a file, or from one of its pages.
fn derived_name(file: &str, page: Option<usize>) -> String {
    match page {
        Some(page) => format!("{file}.{page}.txt"),
        None => format!("{file}.txt"),
    }
}

fn derived(file: &str, page: Option<usize>, text: String) -> PageFile {
    PageFile {
        name: derived_name(file, page),
        bytes: text.into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SEEDS: [&str; 5] = [
        "<div class='ocr_page'><span class='ocr_line' title='bbox 1 2 30 9; x_size 7'>社区</span>\
         <span class='ocr_line' title='bbox 40 2 1e38 9'>食堂</span><span class='ocr_line' title='bbox \
         9 9 1 1'>开张</span><span class='ocr_line' title='bbox 3e38 3e38 3e38 3e38'>了</span></div>",
        "<alto><Page><TextLine HPOS='1' VPOS='1' WIDTH='9' HEIGHT='-3'><String CONTENT='社区'/>\
         </TextLine><TextLine HPOS='-9e37' VPOS='1' WIDTH='9' HEIGHT='3'/></Page></alto>",
        "<html><title>社区_报</title><ol start=4294967295><li>食堂开张了，<li>大家都来。</ol><table><tr>\
         <td>一<td>二<tr><th>三</table><p>社区的新食堂昨天开张了。",
        "---\ntitle: 社区\n---\n# 食堂\n\n一句话。\n===\n## 二\n- 项\n",
        "+++\nheadline = \"社区\"\n+++\n正文。",
    ];

    fn file(name: &str, bytes: Vec<u8>) -> PageFile {
        PageFile {
            name: name.to_string(),
            bytes,
        }
    }

    proptest! {
        #[test]
        fn no_file_stops_the_program(
            seed in 0..SEEDS.len(),
            ending in prop::sample::select(vec!["a.html", "a.xml", "a.md", "a"]),
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut bytes = SEEDS[seed].as_bytes().to_vec();
            for (at, byte) in edits {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = read(&file(ending, bytes.clone()));
            bytes.truncate(cut.index(bytes.len()));
            let _ = read(&file(ending, bytes));
        }

        #[test]
        fn no_package_stops_the_program(
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        ) {
            let document = "<w:p xmlns:w='w'><w:r><w:t>社区</w:t></w:r></w:p>";
            let mut bytes = archive::tests::package(&[(docx::DOCUMENT, document)]);
            for (at, byte) in edits {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let _ = read(&file("a.docx", bytes));
        }
    }
}
