//! What was set right and what is doubted, numbered and found by its place.

use std::collections::HashMap;
use std::ops::Range;

use crate::diag::{Diagnostic, Severity};
use crate::export::Review;
use crate::export::escape::escape;
use crate::model::{Edit, PageText};

/// Characters before and behind a mark that its line in the list shows.
const NEAR: usize = 10;

/// What a mark says, by its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An editor should look.
    Doubt,
    /// A character was changed.
    Change,
    /// Worth knowing.
    Note,
}

impl Kind {
    /// The kinds in the order in which the summary tells them.
    pub const ALL: [Kind; 3] = [Kind::Doubt, Kind::Change, Kind::Note];

    /// The heading of its list.
    pub fn heading(self) -> &'static str {
        match self {
            Kind::Doubt => "存疑",
            Kind::Change => "改正",
            Kind::Note => "说明",
        }
    }

    /// The sign it has in the text.
    fn sign(self) -> &'static str {
        match self {
            Kind::Doubt => "疑",
            Kind::Change => "改",
            Kind::Note => "注",
        }
    }

    /// Its name in ids and classes.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Doubt => "doubt",
            Kind::Change => "edit",
            Kind::Note => "note",
        }
    }
}

/// What a mark tells.
#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    /// A character that was changed or may have to be.
    Edit(&'a Edit),
    /// Anything else.
    Flag(&'a Diagnostic),
}

/// One mark.
#[derive(Debug, Clone, Copy)]
pub struct Mark<'a> {
    /// What kind of mark.
    pub kind: Kind,
    /// Its number among its kind, from 1, in the order of the pages.
    pub number: usize,
    /// What it tells.
    pub what: What<'a>,
    /// On which page, line (from 1) and column (from 0); `None` when no single
    /// place is to blame.
    pub place: Option<(usize, u32, u32)>,
    /// The words around it, as the page has them.
    pub words: Option<Words<'a>>,
}

/// A character of a page and what stands before and behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// Before it.
    pub before: &'a str,
    /// The character; nothing at the end of a line.
    pub at: &'a str,
    /// Behind it.
    pub behind: &'a str,
    /// Whether the line has more, before and behind.
    pub more: (bool, bool),
}

impl<'a> Words<'a> {
    /// What stands around column `col` of a line whose characters begin at
    /// these offsets.
    fn around(line: &'a str, offsets: &[usize], col: usize) -> Self {
        let cut = |from: usize, to: usize| {
            let at = |i: usize| offsets.get(i).copied().unwrap_or(line.len());
            &line[at(from)..at(to)]
        };
        let from = col.saturating_sub(NEAR);
        Words {
            before: cut(from, col),
            at: cut(col, col + 1),
            behind: cut(col + 1, col + 1 + NEAR),
            more: (from > 0, offsets.len() > col + 1 + NEAR),
        }
    }
}

impl Mark<'_> {
    /// The id of its place in the page's text.
    pub fn id(&self) -> String {
        format!("{}-{}", self.kind.name(), self.number)
    }

    /// Its sign with its number, as it stands in the text.
    pub fn sign(&self) -> String {
        format!("{}{}", self.kind.sign(), self.number)
    }

    /// What it tells, without markup, as HTML.
    pub fn title(&self) -> String {
        let told = match self.what {
            What::Edit(edit) => format!("{}；{}", change(edit), escape(&edit.reason)),
            What::Flag(flag) => escape(&flag.message),
        };
        format!("{}：{told}", self.sign())
    }

    /// A link to `to` around `text`, with the mark's sign behind it; `id` is its
    /// own id, if any.
    pub fn link(&self, id: &str, to: &str, text: &str) -> String {
        let id = if id.is_empty() {
            String::new()
        } else {
            format!(" id=\"{id}\"")
        };
        format!(
            "<a class=\"{}\"{id} href=\"#{to}\" title=\"{}\">{text}<sup>{}</sup></a>",
            self.kind.name(),
            self.title(),
            self.sign()
        )
    }
}

/// What an edit does or would do, in words.
pub fn change(edit: &Edit) -> String {
    let verb = if edit.applied {
        "已改成"
    } else {
        "可能是"
    };
    // Rounded down and never 100 %: nobody has looked at the print.
    let sure = (f64::from(edit.confidence) * 100.0 + 1e-4)
        .floor()
        .min(99.0);
    format!(
        "“{}”{verb}“{}”，把握 {sure} %",
        escape(&edit.wrong.to_string()),
        escape(&edit.right.to_string())
    )
}

/// All marks that are shown.
pub struct Marks<'a> {
    all: Vec<Mark<'a>>,
    /// By page and line: which of them, in order of their columns.
    lines: HashMap<(usize, u32), Range<usize>>,
    /// How many there are of each kind, those not shown among them.
    counts: HashMap<&'static str, usize>,
}

impl<'a> Marks<'a> {
    /// The marks of a review, of each kind so many at most.
    pub fn of(review: Review<'a>, most: usize) -> Self {
        let files: HashMap<&str, (usize, u32)> = (review.pages.iter().enumerate())
            .map(|(i, page)| {
                let lines = page.text.split('\n').count();
                (page.file.as_str(), (i, lines as u32))
            })
            .collect();
        let found = |file: &str, line: u32, col: u32| {
            let (page, lines) = *files.get(file)?;
            (1..=lines).contains(&line).then_some((page, line, col))
        };
        let edits = review.edits.iter().map(|edit| Mark {
            kind: if edit.applied {
                Kind::Change
            } else {
                Kind::Doubt
            },
            number: 0,
            what: What::Edit(edit),
            place: found(&edit.file, edit.line, edit.col),
            words: None,
        });
        let flags = review.flags().into_iter().map(|flag| Mark {
            kind: match flag.severity {
                Severity::Note => Kind::Note,
                Severity::Doubt | Severity::Omission => Kind::Doubt,
            },
            number: 0,
            what: What::Flag(flag),
            place: (flag.place.as_ref()).and_then(|p| found(&p.file, p.line, p.col)),
            words: None,
        });
        let mut all: Vec<Mark<'a>> = edits.chain(flags).collect();
        // What has no place comes last, so that a reader goes down the page.
        all.sort_by_key(|m| (m.place.is_none(), m.place));
        let mut counts = HashMap::new();
        for mark in &mut all {
            let count = counts.entry(mark.kind.name()).or_insert(0);
            *count += 1;
            mark.number = *count;
        }
        all.retain(|m| m.number <= most);
        let mut lines: HashMap<_, Range<usize>> = HashMap::new();
        for (i, mark) in all.iter().enumerate() {
            if let Some((page, line, _)) = mark.place {
                lines.entry((page, line)).or_insert(i..i).end = i + 1;
            }
        }
        for (i, page) in review.pages.iter().enumerate() {
            find_words(page, i, &lines, &mut all);
        }
        Marks { all, lines, counts }
    }

    /// Those of a kind that are shown, in order.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Mark<'a>> {
        self.all.iter().filter(move |m| m.kind == kind)
    }

    /// How many there are of a kind, shown or not.
    pub fn count(&self, kind: Kind) -> usize {
        self.counts.get(kind.name()).copied().unwrap_or(0)
    }

    /// Those on one line, in order of their columns.
    pub fn on_line(&self, page: usize, line: u32) -> &[Mark<'a>] {
        let range = self.lines.get(&(page, line)).cloned();
        range.map_or(&[][..], |range| &self.all[range])
    }

    /// The lines of a page that have a mark, in order.
    pub fn lines_of(&self, page: usize) -> Vec<u32> {
        let lines = self.lines.keys().filter(|(p, _)| *p == page);
        let mut lines: Vec<u32> = lines.map(|(_, line)| *line).collect();
        lines.sort_unstable();
        lines
    }
}

/// Gives the marks of a page the words around them, line by line, because a
/// line may be as long as a page.
fn find_words<'a>(
    page: &'a PageText,
    index: usize,
    lines: &HashMap<(usize, u32), Range<usize>>,
    all: &mut [Mark<'a>],
) {
    for (number, line) in (1..).zip(page.text.split('\n')) {
        let Some(here) = lines.get(&(index, number)) else {
            continue;
        };
        let offsets: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
        for mark in &mut all[here.clone()] {
            let col = mark.place.map_or(0, |(_, _, col)| col as usize);
            mark.words = Some(Words::around(line, &offsets, col));
        }
    }
}
