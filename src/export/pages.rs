//! Where the pages of the paper begin in an edition.

use super::Part;

/// A page of the paper and where it begins: with the first article of it that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageStart<'a> {
    /// The position of the part that it begins with.
    pub part: usize,
    /// What the page calls itself.
    pub name: &'a str,
}

/// The pages in the order in which they begin. Where articles of a page come back
/// behind those of another one the page has begun already: no page begins twice.
pub fn page_starts<'a>(
    parts: impl IntoIterator<Item = (usize, &'a Part<'a>)>,
) -> Vec<PageStart<'a>> {
    let mut starts: Vec<PageStart> = Vec::new();
    for (part, name) in (parts.into_iter()).filter_map(|(i, p)| Some((i, p.page.as_deref()?))) {
        if starts.iter().all(|s| s.name != name) {
            starts.push(PageStart { part, name });
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Book;
    use crate::export::sample::edition;
    use crate::model::{ChapterKind, Edition};

    /// The sample with articles on these pages.
    fn on(pages: &[Option<&str>]) -> Edition {
        let mut edition = edition();
        let article = edition.chapters[1].clone();
        let closing = edition.chapters.pop().unwrap();
        edition.chapters.pop();
        for page in pages {
            let mut chapter = article.clone();
            chapter.page = page.map(String::from);
            edition.chapters.push(chapter);
        }
        edition.chapters.push(closing);
        edition
    }

    fn starts(edition: &Edition) -> Vec<(usize, String)> {
        let book = Book::new(edition);
        let starts = page_starts(book.parts.iter().enumerate());
        starts.iter().map(|s| (s.part, s.name.into())).collect()
    }

    #[test]
    fn no_page_begins_twice() {
        let edition = on(&[
            None,
            Some("1"),
            Some("1"),
            Some("A2"),
            Some("1"),
            Some(" A2 "),
        ]);
        assert_eq!(starts(&edition), [(2, "1".into()), (4, "A2".into())]);
    }

    #[test]
    fn the_page_of_an_issue_of_one_page_is_that_of_its_articles() {
        let mut edition = on(&[None, None]);
        assert_eq!(starts(&edition), []);
        edition.masthead.printed.page = Some("3".into());
        assert_eq!(starts(&edition), [(1, "3".into())]);
        // Where articles say their pages nobody else does.
        edition.chapters[2].page = Some("4".into());
        assert_eq!(starts(&edition), [(2, "4".into())]);
        edition.chapters[2].page = Some(" \n".into());
        assert_eq!(starts(&edition), []);
    }

    #[test]
    fn only_articles_stand_on_pages() {
        let mut edition = on(&[Some("1")]);
        edition.chapters[0].page = Some("0".into());
        edition.chapters[2].page = Some("2".into());
        assert_eq!(edition.chapters[2].kind, ChapterKind::Closing);
        assert_eq!(starts(&edition), [(1, "1".into())]);
    }
}
