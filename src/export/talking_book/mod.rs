//! What both generations of DAISY talking books say of an edition: which clip of
//! which sound belongs to which sentence, what is a heading, and who made it.

mod pages;

pub use pages::Page;

use super::clock::milliseconds;
use super::narrators::named;
use super::{Book, Part, Passage, Sentence, one_line};
use crate::model::{ChapterKind, Role, day};

/// The day given for an issue that names none: both formats ask for one, and a day
/// that is plainly none is better than an invented one.
const NO_DATE: &str = "1970-01-01";

/// An edition as a talking book.
pub struct TalkingBook<'a> {
    /// Paper, section, number and date in one line.
    pub title: String,
    /// Who made the words: the paper.
    pub creator: String,
    /// Who publishes it.
    pub publisher: String,
    /// The day of the issue, `YYYY-MM-DD`.
    pub date: String,
    /// The paper's own name, when the title says more than that.
    pub source_title: Option<String>,
    /// The issue as the paper counts it: section and number.
    pub source_edition: Option<String>,
    /// The voices, named as what they are.
    pub narrators: Vec<String>,
    /// Its language first, then the others of its passages; RFC 3066.
    pub languages: Vec<String>,
    /// The parts with something to hear, in order.
    pub sections: Vec<Section<'a>>,
}

/// One part of the book: a text, a sound, and their synchronisation.
pub struct Section<'a> {
    /// The part.
    pub part: &'a Part<'a>,
    /// Its position among the book's parts, by which its sound is known.
    pub sound: usize,
    /// Its number among the sections, from 1; its files are named by it.
    pub number: usize,
    /// Milliseconds of all sections before it.
    pub before: u64,
    /// The page of the paper that begins with it.
    pub page: Option<Page>,
    /// Its blocks: before the heading there is nothing but music.
    pub blocks: Vec<Block<'a>>,
}

/// What is set as one block.
pub struct Block<'a> {
    /// What it is.
    pub kind: BlockKind,
    /// Its passages, each beginning a line: one, or several of a heading.
    pub lines: Vec<Line<'a>>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The heading of the section.
    Heading,
    /// A heading inside it.
    Subheading,
    /// Anything else.
    Text(Role),
}

/// A passage as it is heard.
pub struct Line<'a> {
    /// The passage.
    pub passage: &'a Passage<'a>,
    /// Its sentences.
    pub phrases: Vec<Phrase<'a>>,
}

/// A sentence and its sound.
#[derive(Clone, Copy)]
pub struct Phrase<'a> {
    /// The sentence.
    pub sentence: &'a Sentence<'a>,
    /// Where it is heard; none when it is shorter than a millisecond.
    pub clip: Option<Clip>,
}

/// A stretch of a section's sound, in milliseconds from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clip {
    /// The first millisecond.
    pub begin: u64,
    /// One past the last.
    pub end: u64,
}

impl<'a> TalkingBook<'a> {
    /// The talking book of an edition. Parts without any sound are left out.
    pub fn new(book: &'a Book<'a>) -> Self {
        let head = &book.edition.masthead.printed;
        let named = |text: &Option<String>| {
            let text = one_line(text.as_deref().unwrap_or_default());
            (!text.is_empty()).then_some(text)
        };
        let paper = named(&Some(head.paper.clone()));
        let publisher = named(&head.publisher).or_else(|| named(&head.sponsor));
        let number = named(&head.issue_number).map(|n| match book.in_chinese() {
            true => format!("第{n}期"),
            false => format!("No. {n}"),
        });
        let edition: Vec<String> = (named(&head.section).into_iter().chain(number)).collect();
        let mut sections: Vec<Section> = Vec::new();
        for (sound, part) in book.parts.iter().enumerate() {
            let before = sections.last().map_or(0, Section::elapsed);
            let section = Section {
                part,
                sound,
                number: sections.len() + 1,
                before,
                page: None,
                blocks: blocks(part, book),
            };
            if section.first().is_some() {
                sections.push(section);
            }
        }
        pages::begin(&mut sections);
        TalkingBook {
            title: book.title.clone(),
            creator: (paper.clone().or_else(|| publisher.clone()))
                .unwrap_or_else(|| book.title.clone()),
            publisher: (publisher.or_else(|| paper.clone())).unwrap_or_else(|| book.title.clone()),
            date: (book.date().and_then(day)).unwrap_or(NO_DATE).into(),
            source_title: paper.filter(|p| *p != book.title),
            source_edition: (!edition.is_empty()).then(|| edition.join(" ")),
            narrators: narrators(book),
            languages: languages(book, &sections),
            sections,
        }
    }

    /// Milliseconds of the whole book.
    pub fn duration(&self) -> u64 {
        self.sections.last().map_or(0, Section::elapsed)
    }

    /// The pages of the paper in the order in which they begin.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.sections.iter().filter_map(|s| s.page.as_ref())
    }

    /// How many levels of headings it has: 1, or 2 where sections have subheadings.
    pub fn depth(&self) -> usize {
        let inner = (self.sections.iter()).any(|s| s.subheadings().next().is_some());
        if inner { 2 } else { 1 }
    }
}

impl<'a> Section<'a> {
    /// Its sentences.
    pub fn phrases(&self) -> impl Iterator<Item = &Phrase<'a>> {
        (self.blocks.iter()).flat_map(Block::phrases)
    }

    /// Its sentences that are heard, with their clips.
    pub fn clips(&self) -> impl Iterator<Item = (&'a Sentence<'a>, Clip)> {
        self.phrases()
            .filter_map(|p| p.clip.map(|clip| (p.sentence, clip)))
    }

    /// Milliseconds of its clips together.
    pub fn duration(&self) -> u64 {
        let page = self.page.iter().map(|page| page.clip);
        let clips = page.chain(self.clips().map(|(_, clip)| clip));
        clips.map(|clip| clip.end - clip.begin).sum()
    }

    /// Milliseconds up to its end.
    pub fn elapsed(&self) -> u64 {
        self.before + self.duration()
    }

    /// Where its heading leads: the first sentence of it that is heard, or of all.
    /// None when nothing is heard.
    pub fn first(&self) -> Option<&'a Sentence<'a>> {
        let heading = self.heading().and_then(|heading| heading.clips().next());
        let clip = heading.or_else(|| self.clips().next());
        clip.map(|(sentence, _)| sentence)
    }

    /// Its heading; none only in a part without a word.
    pub fn heading(&self) -> Option<&Block<'a>> {
        self.blocks.iter().find(|b| b.kind == BlockKind::Heading)
    }

    /// The headings inside it that can be heard: their text and their sentences.
    pub fn subheadings(&self) -> impl Iterator<Item = &Block<'a>> {
        (self.blocks.iter())
            .filter(|b| b.kind == BlockKind::Subheading && b.clips().next().is_some())
    }

    /// Whether it opens the edition, saying what paper it is.
    pub fn is_opening(&self) -> bool {
        self.part.chapter.kind == ChapterKind::Opening
    }

    /// The name of its file of this kind: short, plain ASCII, and sorted as the
    /// sections are, for players that know no other names.
    pub fn file(&self, kind: char, extension: &str) -> String {
        format!("{kind}{:04}.{extension}", self.number)
    }
}

impl<'a> Block<'a> {
    /// Its sentences.
    pub fn phrases(&self) -> impl Iterator<Item = &Phrase<'a>> {
        self.lines.iter().flat_map(|line| &line.phrases)
    }

    /// Its sentences that are heard, with their clips.
    pub fn clips(&self) -> impl Iterator<Item = (&'a Sentence<'a>, Clip)> {
        self.phrases()
            .filter_map(|p| p.clip.map(|clip| (p.sentence, clip)))
    }

    /// Its text in one line.
    pub fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| {
            let text: String = (line.phrases.iter()).map(|p| &*p.sentence.text).collect();
            one_line(&text)
        });
        lines.collect::<Vec<_>>().join(" ")
    }
}

/// The blocks of a part. The heading is the headline with the number said before it;
/// where there is no headline, what is said first.
fn blocks<'a>(part: &'a Part<'a>, book: &Book) -> Vec<Block<'a>> {
    let rate = book.edition.sample_rate;
    let line = |passage: &'a Passage<'a>| Line {
        passage,
        phrases: (passage.sentences.iter())
            .map(|sentence| {
                let begin = milliseconds(sentence.start, rate);
                let end = milliseconds(sentence.end, rate);
                let clip = (end > begin).then_some(Clip { begin, end });
                Phrase { sentence, clip }
            })
            .collect(),
    };
    // Music comes before the heading, and is none.
    let music = (part.passages.iter())
        .take_while(|p| p.role == Role::Sting)
        .count();
    let music = music.min(part.passages.len().saturating_sub(1));
    let (music, spoken) = part.passages.split_at(music);
    let above = (spoken.iter())
        .take_while(|p| matches!(p.role, Role::ChapterNumber | Role::Kicker))
        .count();
    let headed = (spoken.get(above)).is_some_and(|p| p.role == Role::Headline);
    let heading = if headed { above + 1 } else { 1 };
    let (heading, rest) = spoken.split_at(heading.min(spoken.len()));
    let block = |passage: &'a Passage<'a>| Block {
        kind: match passage.role {
            Role::Subhead => BlockKind::Subheading,
            role => BlockKind::Text(role),
        },
        lines: vec![line(passage)],
    };
    let mut blocks: Vec<Block> = music.iter().map(block).collect();
    blocks.push(Block {
        kind: BlockKind::Heading,
        lines: heading.iter().map(line).collect(),
    });
    blocks.extend(rest.iter().map(block));
    blocks
}

/// The voices heard, and people where a recording is.
fn narrators(book: &Book) -> Vec<String> {
    let mut names = named(book, |voice, synthetic| {
        format!("{synthetic} {}", one_line(&voice.name))
    });
    names.dedup();
    names
}

fn languages(book: &Book, sections: &[Section]) -> Vec<String> {
    let mut all = vec![language(book.language()).to_string()];
    let passages = sections.iter().flat_map(|s| &s.part.passages);
    for tag in passages.map(|p| language(p.language)) {
        if !all.iter().any(|known| known == tag) {
            all.push(tag.into());
        }
    }
    all
}

/// A language tag as RFC 3066 (2.1) has it; `und` for what is none.
pub fn language(tag: &str) -> &str {
    let good = tag.split('-').enumerate().all(|(i, part)| {
        (1..=8).contains(&part.len())
            && (part.bytes()).all(|b| b.is_ascii_alphabetic() || i > 0 && b.is_ascii_digit())
    });
    if good { tag } else { "und" }
}

#[cfg(test)]
mod tests;
