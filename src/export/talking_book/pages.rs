//! The pages of the paper in a talking book.
//!
//! A listener jumps to a page, and may have pages passed over: both formats ask that a
//! page number is an element of its own in the text and in the synchronisation
//! (Z39.86-2005, 7: skippable structures; DAISY 2.02: `system-required`). No voice says
//! page numbers. Every chapter begins with a quarter of a second of silence, though, and
//! the beginning of that is what is heard of a page.

use super::{Clip, Section};
use crate::export::page_starts;

/// How long a page is heard, in milliseconds.
const SILENCE: u64 = 100;

/// A page that begins with a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// A name for elements: `page-1`, `page-2`, … in the order in which they begin.
    pub id: String,
    /// What the page calls itself, in one line.
    pub name: String,
    /// How the formats number it.
    pub number: PageNumber,
    /// Where it is heard: before all else of its section.
    pub clip: Clip,
}

/// How a page is numbered. Each number occurs once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageNumber {
    /// By the figures that are its name.
    Normal(u32),
    /// It calls itself otherwise, such as `A05`, or as a page before it: its position
    /// among such pages, from 1.
    Special(u32),
}

/// Finds where the pages begin, and takes a little of each section's silence for them.
/// A section of a single millisecond has none to give; the next of its page has.
pub(super) fn begin(sections: &mut [Section<'_>]) {
    let parts = sections.iter().enumerate().map(|(i, s)| (i, s.part));
    let long = parts.filter(|(i, _)| {
        let first = sections[*i].clips().next();
        first.is_some_and(|(_, clip)| silence(clip) > 0)
    });
    let starts: Vec<(usize, String)> = (page_starts(long).into_iter())
        .map(|start| (start.part, start.name.to_string()))
        .collect();
    let (mut normal, mut special) = (Vec::new(), 0);
    for (n, (section, name)) in (1..).zip(starts) {
        let figures = name.bytes().all(|b| b.is_ascii_digit());
        let number = (name.parse().ok()).filter(|n| figures && *n > 0 && !normal.contains(n));
        let number = match number {
            Some(number) => {
                normal.push(number);
                PageNumber::Normal(number)
            }
            None => {
                special += 1;
                PageNumber::Special(special)
            }
        };
        let section = &mut sections[section];
        let phrases = (section.blocks.iter_mut())
            .flat_map(|b| &mut b.lines)
            .flat_map(|l| &mut l.phrases);
        let Some(first) = phrases.filter_map(|p| p.clip.as_mut()).next() else {
            continue;
        };
        let begin = first.begin;
        first.begin += silence(*first);
        section.page = Some(Page {
            id: format!("page-{n}"),
            name,
            number,
            clip: Clip {
                begin,
                end: first.begin,
            },
        });
    }
}

/// How much of a clip a page takes: most of it stays.
fn silence(clip: Clip) -> u64 {
    SILENCE.min((clip.end - clip.begin) / 2)
}

impl PageNumber {
    /// Whether figures are the page's name.
    pub fn is_normal(self) -> bool {
        matches!(self, PageNumber::Normal(_))
    }

    /// The number itself.
    pub fn value(self) -> u32 {
        match self {
            PageNumber::Normal(n) | PageNumber::Special(n) => n,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Book;
    use crate::export::sample::edition;
    use crate::export::talking_book::TalkingBook;
    use crate::model::{Edition, Frames};

    /// The sample with an article on each of these pages.
    fn on(pages: &[&str]) -> Edition {
        let mut edition = edition();
        let closing = edition.chapters.pop();
        let article = edition.chapters.pop().unwrap();
        for page in pages {
            let mut chapter = article.clone();
            chapter.number = edition.chapters.len() as u32;
            chapter.page = Some((*page).into());
            edition.chapters.push(chapter);
        }
        edition.chapters.extend(closing);
        edition
    }

    fn with<T>(edition: &Edition, look: impl FnOnce(&TalkingBook) -> T) -> T {
        look(&TalkingBook::new(&Book::new(edition)))
    }

    #[test]
    fn figures_number_pages_and_no_number_is_given_twice() {
        use PageNumber::{Normal, Special};
        let names = ["1", "A02", "03", "3", "0", "３", "1", "12345678901", "12"];
        with(&on(&names), |book| {
            let pages: Vec<(&str, &str, PageNumber)> = (book.pages())
                .map(|p| (p.id.as_str(), p.name.as_str(), p.number))
                .collect();
            assert_eq!(
                pages,
                [
                    ("page-1", "1", Normal(1)),
                    ("page-2", "A02", Special(1)),
                    ("page-3", "03", Normal(3)),
                    ("page-4", "3", Special(2)),
                    ("page-5", "0", Special(3)),
                    ("page-6", "３", Special(4)),
                    ("page-7", "12345678901", Special(5)),
                    ("page-8", "12", Normal(12)),
                ]
            );
        });
    }

    #[test]
    fn a_page_is_heard_before_all_else_of_its_section() {
        let edition = on(&["1", "1"]);
        let whole = with(&edition, |book| book.duration());
        let mut bare = edition.clone();
        bare.chapters.iter_mut().for_each(|c| c.page = None);
        assert_eq!(with(&bare, |book| book.duration()), whole);
        with(&edition, |book| {
            let page = book.sections[1].page.as_ref().unwrap();
            assert_eq!(page.clip, Clip { begin: 0, end: 100 });
            let (_, first) = book.sections[1].clips().next().unwrap();
            assert_eq!(
                first,
                Clip {
                    begin: 100,
                    end: 1500
                }
            );
            assert_eq!(book.sections[2].page, None);
        });
    }

    #[test]
    fn what_is_too_short_has_no_page() {
        let mut edition = on(&["1", "1"]);
        // A single millisecond, and one article of nothing.
        let cues = &mut edition.chapters[1].cues;
        cues.truncate(1);
        cues[0].end = Frames(24);
        with(&edition, |book| {
            assert_eq!(book.sections[1].page, None);
            assert_eq!(book.sections[2].page.as_ref().unwrap().name, "1");
        });
        edition.chapters[1].cues[0].end = Frames(72);
        with(&edition, |book| {
            let page = book.sections[1].page.as_ref().unwrap();
            assert_eq!(page.clip, Clip { begin: 0, end: 1 });
        });
        edition.chapters[1].cues.clear();
        with(&edition, |book| {
            assert_eq!(book.sections[1].page.as_ref().unwrap().name, "1");
        });
    }
}
