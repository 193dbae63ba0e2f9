//! The reports that go beside what was made of raw pages.

use crate::diag::{Diagnostic, Result};
use crate::export::{REPORT_FILE, REVIEW_FILE, Review, report_json, review_html};
use crate::folder::FolderFile;
use crate::ingest::{PageFile, decode};
use crate::model::{Edit, Issue, PageText};

/// The pages as text.
///
/// # Errors
/// Those of `decode`; none for pages that were read.
pub(super) fn page_texts(pages: &[PageFile]) -> Result<Vec<PageText>> {
    pages
        .iter()
        .map(|page| {
            Ok(PageText {
                file: page.name.clone(),
                // What is to be told of it was told when the page was read.
                text: decode(&page.name, &page.bytes)?.value,
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
