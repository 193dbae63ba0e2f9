//! An edition as a listener holds it: parts (chapters), passages (headlines,
//! paragraphs, items) and sentences with their times. Every export with text in it
//! is a view of a [`Book`].

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::{edition_title, one_line};
use crate::model::{Chapter, ChapterKind, Cue, Edition, Frames, Role, is_mandarin};

/// What is heard where there are no words: the sound between chapters.
const MUSIC: (&str, &str) = ("（音乐）", "(music)");
/// And a human recording whose words nobody wrote down.
const RECORDING: (&str, &str) = ("（录音）", "(recording)");

/// An edition ready to be put into a book, a player or a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Book<'a> {
    /// The index it was made from.
    pub edition: &'a Edition,
    /// Its name for good, `urn:uuid:…`: of paper, section, number and date, so that
    /// a corrected edition of the same issue is the same book.
    pub identity: String,
    /// Paper, section, number and date in one line; never empty.
    pub title: String,
    /// The chapters in order, the opening first.
    pub parts: Vec<Part<'a>>,
}

/// One chapter.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<'a> {
    /// The chapter in the index.
    pub chapter: &'a Chapter,
    /// A name for files and elements: `p00`, `p01`, …
    pub id: String,
    /// Its title in one line; never empty.
    pub title: String,
    /// The language of most of it, BCP 47.
    pub language: &'a str,
    /// The page of the paper that it begins on, as the page calls itself, in one line;
    /// of articles only.
    pub page: Option<String>,
    /// What is said, in order.
    pub passages: Vec<Passage<'a>>,
}

/// A headline, a paragraph, an item of a list …: what is set as one block.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage<'a> {
    /// A name for elements: `p01-b03`.
    pub id: String,
    /// What it is.
    pub role: Role,
    /// Its language, BCP 47.
    pub language: &'a str,
    /// Its sentences (or parts of long ones); at least one.
    pub sentences: Vec<Sentence<'a>>,
}

/// What is heard, and shown as heard, at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence<'a> {
    /// A name for elements: `p01-s0003`.
    pub id: String,
    /// The cue in the index.
    pub cue: &'a Cue,
    /// The text as printed without layout; white space at an end is kept as one
    /// space, so that the sentences of a passage can be set one after the other.
    /// Never empty. Of a recording it may have several paragraphs, parted by `\n`.
    pub text: Cow<'a, str>,
    /// First frame at the edition's rate.
    pub start: Frames,
    /// One past its last frame, the pause behind it included: the next one's first.
    pub end: Frames,
}

impl<'a> Book<'a> {
    /// The book of an edition.
    pub fn new(edition: &'a Edition) -> Self {
        let title = edition_title(&edition.masthead);
        // The page of an issue of one page is that of all its articles.
        let told = edition.chapters.iter().any(|c| c.page.is_some());
        let only = edition.masthead.printed.page.as_ref().filter(|_| !told);
        Book {
            edition,
            identity: identity(edition),
            title: if title.is_empty() {
                "听报".into()
            } else {
                title
            },
            parts: edition
                .chapters
                .iter()
                .map(|chapter| part(chapter, &edition.masthead.language, only))
                .collect(),
        }
    }

    /// The edition's language, BCP 47.
    pub fn language(&self) -> &'a str {
        &self.edition.masthead.language
    }

    /// Whether what the book itself says (labels, summaries) is said in Chinese; in
    /// English otherwise.
    pub fn in_chinese(&self) -> bool {
        is_mandarin(self.language())
    }

    /// The paper's name; the edition's title where the page does not say it.
    pub fn paper(&self) -> &str {
        match self.edition.masthead.printed.paper.trim() {
            "" => &self.title,
            paper => paper,
        }
    }

    /// The day of the issue, `YYYY-MM-DD`, where the paper says it.
    pub fn date(&self) -> Option<&'a str> {
        self.edition.masthead.printed.date.as_deref()
    }
}

impl Part<'_> {
    /// Its sentences in the order in which they are heard.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence<'_>> {
        self.passages.iter().flat_map(|p| &p.sentences)
    }

    /// The last so many characters of what is said in it, as printed.
    pub fn last_words(&self, characters: usize) -> String {
        let last = self.sentences().last();
        let text: Vec<char> = last.map_or("", |s| s.text.trim()).chars().collect();
        text[text.len().saturating_sub(characters)..]
            .iter()
            .collect()
    }

    /// The language of its title, BCP 47.
    pub fn title_language(&self) -> &str {
        let headline = self.passages.iter().find(|p| p.role == Role::Headline);
        headline.map_or(self.language, |p| p.language)
    }

    /// Whether it is one of the articles.
    pub fn is_article(&self) -> bool {
        self.chapter.kind == ChapterKind::Article
    }
}

/// The part of a chapter; `page` is that of an article that says none.
fn part<'a>(chapter: &'a Chapter, edition_language: &'a str, page: Option<&String>) -> Part<'a> {
    let id = format!("p{:02}", chapter.number);
    let mut passages: Vec<Passage<'a>> = Vec::new();
    let mut before = None;
    for (n, cue) in (1..).zip(&chapter.cues) {
        let language = cue.language.as_deref().unwrap_or(edition_language);
        let sentence = Sentence {
            id: format!("{id}-s{n:04}"),
            cue,
            text: text(cue, language),
            start: cue.start,
            end: cue.end,
        };
        // A stand-in for what no voice could say belongs to its paragraph.
        let goes_on = before == Some(cue.block) && cue.block > 0;
        match passages.last_mut().filter(|_| goes_on) {
            Some(passage) => passage.sentences.push(sentence),
            None => passages.push(Passage {
                id: format!("{id}-b{:02}", passages.len() + 1),
                role: cue.role,
                language,
                sentences: vec![sentence],
            }),
        }
        before = Some(cue.block);
    }
    let title = one_line(&chapter.title);
    let page = (chapter.page.as_ref().or(page)).filter(|_| chapter.kind == ChapterKind::Article);
    Part {
        chapter,
        title: if title.is_empty() { id.clone() } else { title },
        language: (passages.iter().max_by_key(|p| length(p)))
            .map_or(edition_language, |p| p.language),
        id,
        page: page.map(|p| one_line(p)).filter(|p| !p.is_empty()),
        passages,
    }
}

fn length(passage: &Passage<'_>) -> u64 {
    let frames = passage.sentences.iter().map(|s| s.end - s.start);
    frames.sum::<Frames>().0
}

/// The text of a cue as it is shown.
fn text<'a>(cue: &'a Cue, language: &str) -> Cow<'a, str> {
    let shown = match cue.role {
        Role::Recording => paragraphs(&cue.text),
        _ => in_line(&cue.text),
    };
    if !shown.trim().is_empty() {
        return shown;
    }
    let chinese = is_mandarin(language);
    let (zh, en) = match cue.role {
        Role::Recording => RECORDING,
        Role::Sting => MUSIC,
        // A row of stars: it has its pause, and is shown as it is spoken.
        _ => ("…", "…"),
    };
    Cow::Borrowed(if chinese { zh } else { en })
}

/// White space and control characters of any length as one space.
fn in_line(text: &str) -> Cow<'_, str> {
    if !text
        .chars()
        .any(|c| c != ' ' && (c.is_whitespace() || c.is_control()))
        && !text.contains("  ")
    {
        return Cow::Borrowed(text);
    }
    let mut line = one_line(text);
    if text.starts_with(char::is_whitespace) && !line.is_empty() {
        line.insert(0, ' ');
    }
    if text.ends_with(char::is_whitespace) && !line.is_empty() {
        line.push(' ');
    }
    Cow::Owned(line)
}

/// The paragraphs of a recording's text, parted by single line ends.
fn paragraphs(text: &str) -> Cow<'_, str> {
    let lines: Vec<String> = (text.lines().map(one_line))
        .filter(|line| !line.is_empty())
        .collect();
    Cow::Owned(lines.join("\n"))
}

/// A UUID of the issue, version 8 (RFC 9562, 5.8: bits of the maker's own choice):
/// the SHA-256 of what the head of the paper says; of all that shaped the edition
/// where it says nothing.
fn identity(edition: &Edition) -> String {
    let head = &edition.masthead.printed;
    let named = [
        Some(&head.paper),
        head.section.as_ref(),
        head.issue_number.as_ref(),
        head.date.as_ref(),
    ];
    let mut hash = Sha256::new();
    hash.update(b"tingbao issue\n");
    for part in named {
        hash.update(part.map_or("", |p| p.trim()).as_bytes());
        hash.update(b"\n");
    }
    // The paper's name alone is every issue's.
    if head.issue_number.is_none() && head.date.is_none() {
        hash.update(edition.key.as_bytes());
    }
    let digest = hash.finalize();
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex: Vec<String> = bytes.iter().map(|b| format!("{b:02x}")).collect();
    let hex = hex.concat();
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;

    #[test]
    fn sentences_of_one_block_are_one_passage() {
        let mut edition = edition();
        let cues = &mut edition.chapters[1].cues;
        cues[2].block = 3;
        cues[3].block = 3;
        cues[3].role = Role::Body;
        let book = Book::new(&edition);
        let part = &book.parts[1];
        assert_eq!(part.id, "p01");
        assert_eq!(part.passages.len(), 3);
        assert_eq!(part.passages[2].sentences.len(), 2);
        assert_eq!(part.passages[2].sentences[1].id, "p01-s0004");
        let ends: Vec<_> = part.sentences().map(|s| (s.start, s.end)).collect();
        assert!(ends.windows(2).all(|w| w[0].1 == w[1].0));
        assert_eq!(ends.last().unwrap().1, part.chapter.frames);
    }

    #[test]
    fn what_has_no_words_is_named() {
        let mut edition = edition();
        let book = Book::new(&edition);
        let last = book.parts[1].sentences().last().unwrap().text.to_string();
        assert_eq!(last, "（录音）");
        edition.masthead.language = "en".into();
        edition.chapters[1].cues[3].role = Role::Sting;
        let book = Book::new(&edition);
        assert_eq!(book.parts[1].sentences().last().unwrap().text, "(music)");
        assert!(!book.in_chinese());
    }

    #[test]
    fn text_is_shown_without_layout() {
        assert_eq!(in_line("一\r\n\n二  三 "), "一 二 三 ");
        assert_eq!(in_line(" a\u{1}b"), " ab");
        assert_eq!(paragraphs("一\n\n 二\n三"), "一\n二\n三");
    }

    #[test]
    fn an_issue_keeps_its_identity() {
        let first = edition();
        let mut corrected = edition();
        corrected.key = "cd".repeat(32);
        let mut next = edition();
        next.masthead.printed.issue_number = Some("39".into());
        let id = |e: &Edition| Book::new(e).identity;
        assert_eq!(id(&first), id(&corrected));
        assert_ne!(id(&first), id(&next));
        assert_eq!(id(&first).len(), "urn:uuid:".len() + 36);
        assert_eq!(&id(&first)["urn:uuid:".len() + 14..][..1], "8");
        first.masthead.printed.date.as_ref().unwrap();
        corrected.masthead.printed.date = None;
        corrected.masthead.printed.issue_number = None;
        let mut other = corrected.clone();
        other.key = "ef".repeat(32);
        assert_ne!(id(&corrected), id(&other));
    }
}
