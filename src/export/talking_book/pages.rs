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
