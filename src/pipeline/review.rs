//! The reports that go beside what was made of raw pages.

use std::collections::HashSet;

use crate::diag::{Diagnostic, Result};
use crate::export::{REPORT_FILE, REVIEW_FILE, Review, report_json, review_html};
use crate::folder::FolderFile;
use crate::ingest::{PageFile, PagesRead, decode};
use crate::model::{Edit, Issue, PageText};

/// The texts that places of what was read mean; a picture or an archive, whose
/// text stands in a file of its own, is none.
pub(super) fn page_texts(pages: &[PageFile], read: &PagesRead) -> Vec<PageText> {
    let articles = &read.issue.articles;
    let texts = articles
        .iter()
        .flat_map(|a| a.blocks.iter().map(|b| &b.text));
    let overleaf = texts.flat_map(|t| t.overleaf.iter().map(|o| o.file.as_str()));
    let edits = read.edits.iter().map(|e| e.file.as_str());
    let named: HashSet<&str> = (articles.iter().map(|a| a.place.file.as_str()))
        .chain(overleaf)
        .chain(edits)
        .collect();
    pages
        .iter()
        .filter(|page| named.contains(page.name.as_str()))
        // What is to be told of it was told when the page was read.
        .filter_map(|page| {
            Some(PageText {
                file: page.name.clone(),
                text: decode(&page.name, &page.bytes).ok()?.value,
            })
        })
        .collect()
}

/// `report.json` and `review.html`.
///
/// # Errors
/// None is known; what the serialiser says is passed on.
pub(super) fn reports(
    issue: &Issue,
    edits: &[Edit],
    notes: &[Diagnostic],
    pages: &[PageText],
) -> Result<Vec<FolderFile>> {
    let review = Review {
        issue,
        edits,
        notes,
        pages,
    };
    let file = |path: &str, bytes| FolderFile {
        path: path.into(),
        bytes,
    };
    Ok(vec![
        file(REPORT_FILE, report_json(review)?),
        file(REVIEW_FILE, review_html(review)),
    ])
}
