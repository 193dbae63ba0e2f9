//! Issue → chapters of chunks.

use std::ops::Range;

use crate::diag::{Diagnostic, Noted};
use crate::model::interview::{self, Turn};
use crate::model::{
    Anchor, Article, ArticleKind, Block, BlockKind, Cast, ChapterKind, ChapterScript, Chunk,
    ChunkId, GAP_MARK, Issue, Millis, Part, Pauses, Recorded, Role, Settings, SourceText,
    is_mandarin,
};

use super::FrontEnd;
use super::announce;
use super::cut::{Break, cut};
use super::foreign::{self, Words};

/// The title of the opening chapter.
const OPENING: &str = "本期内容";
/// The title of the closing chapter.
const CLOSING: &str = "结束语";

/// What is spoken, in order: the opening, one chapter for every article that
/// is read, and the closing. The notes name what the script leaves out.
pub fn script(
    issue: &Issue,
    settings: &Settings,
    cast: &Cast,
    front: &FrontEnd,
) -> Noted<Vec<ChapterScript>> {
    let mut desk = Desk {
        pauses: settings.pauses,
        language: other(&settings.language).map(|own| foreign::announced_in(&own).to_string()),
        spoken: other(&settings.language),
        cast,
        front,
        notes: Vec::new(),
    };
    let read: Vec<&Article> = issue.articles.iter().filter(|a| a.read).collect();
    if read.is_empty() {
        desk.notes.push(
            Diagnostic::omission(None, "the issue has no article to read")
                .help("set `read = true` in the front matter of an article, or look at the page"),
        );
    }
    let mut chapters = vec![desk.opening(issue, &read)];
    for (number, article) in (1..).zip(&read) {
        chapters.push(desk.article(number, article));
    }
    chapters.push(desk.closing(issue, read.len()));
    Noted::new(chapters, desk.notes)
}

/// The language, when it is not Mandarin.
fn other(language: &str) -> Option<String> {
    Some(language.to_string()).filter(|l| !is_mandarin(l))
}

/// What every chapter is written with.
struct Desk<'a> {
    pauses: Pauses,
    /// What the edition speaks of itself in, when it is not Mandarin.
    language: Option<String>,
    /// The issue's language, when it is not Mandarin.
    spoken: Option<String>,
    cast: &'a Cast,
    front: &'a FrontEnd,
    notes: Vec<Diagnostic>,
}

/// A piece of a chapter before it is cut.
struct Piece<'a> {
    role: Role,
    text: SourceText,
    /// The silence behind it.
    pause: Millis,
    /// A voice in place of the cast's.
    voice: Option<&'a str>,
    /// What part of the body it is, when the cast may have a voice for that.
    part: Option<Part>,
    /// Its language, when it is not Mandarin.
    language: Option<String>,
}

impl<'a> Piece<'a> {
    fn new(role: Role, text: SourceText, pause: Millis) -> Self {
        Piece {
            role,
            text,
            pause,
            voice: None,
            part: None,
            language: None,
        }
    }
}

impl Desk<'_> {
    fn opening(&mut self, issue: &Issue, read: &[&Article]) -> ChapterScript {
        let Pauses {
            paragraph, item, ..
        } = self.pauses;
        let own = self.language.clone();
        let say = |text, pause, language| Piece {
            language,
            ..Piece::new(Role::Announcement, text, pause)
        };
        let (welcome, count, title) = match self.words() {
            None => (
                announce::welcome(&issue.masthead),
                announce::count(read.len()),
                OPENING,
            ),
            Some(words) => (
                words.welcome(&issue.masthead),
                words.count(read.len()),
                words.opening.as_str(),
            ),
        };
        let mut pieces = vec![
            say(SourceText::made(welcome), paragraph, own.clone()),
            say(SourceText::made(count), paragraph, own.clone()),
        ];
        for (number, article) in (1..).zip(read) {
            let language = self.language_of(article);
            if language.is_none() && own.is_none() {
                let line = announce::contents_line(number, &article.headline);
                pieces.push(say(line, item, None));
                continue;
            }
            // The number in the language of the issue, the headline in its own.
            let chapter = SourceText::made(self.chapter_number(number));
            pieces.push(say(chapter, self.pauses.clause, own.clone()));
            pieces.push(say(Words::contents_line(&article.headline), item, language));
        }
        self.chapter(0, ChapterKind::Opening, title, pieces)
    }

    fn closing(&mut self, issue: &Issue, articles: usize) -> ChapterScript {
        let (text, title) = match self.words() {
            None => (announce::farewell(&issue.masthead), CLOSING),
            Some(words) => (words.farewell(&issue.masthead), words.closing.as_str()),
        };
        let piece = Piece {
            language: self.language.clone(),
            ..Piece::new(
                Role::Announcement,
                SourceText::made(text),
                self.pauses.chapter,
            )
        };
        let number = articles as u32 + 1;
        self.chapter(number, ChapterKind::Closing, title, vec![piece])
    }

    /// What the edition says of itself, when that is not Mandarin.
    fn words(&self) -> Option<&'static Words> {
        self.language.as_deref().map(Words::of)
    }

    /// The language of an article, when it is not Mandarin.
    fn language_of(&self, article: &Article) -> Option<String> {
        match &article.language {
            Some(own) => other(own),
            None => self.spoken.clone(),
        }
    }

    /// The number of a chapter, as the edition says it.
    fn chapter_number(&self, number: u32) -> String {
        match self.words() {
            None => announce::chapter_number(number) + "。",
            Some(words) => words.chapter_number(number),
        }
    }

    fn article(&mut self, number: u32, article: &Article) -> ChapterScript {
        let pauses = self.pauses;
        let language = self.language_of(article);
        let mut pieces = vec![
            Piece::new(
                Role::ChapterNumber,
                SourceText::made(self.chapter_number(number)),
                pauses.chapter_number,
            ),
            Piece::new(Role::Headline, article.headline.clone(), pauses.headline),
        ];
        if article.audio.is_none() {
            let lines = [
                (Role::Kicker, &article.kicker),
                (Role::Deck, &article.subhead),
                (Role::Byline, &article.byline),
            ];
            for (role, line) in lines {
                pieces.extend(
                    line.iter()
                        .map(|l| Piece::new(role, l.clone(), pauses.line)),
                );
            }
            let next = article.blocks.iter().skip(1).map(Some).chain([None]);
            let blocks = article.blocks.iter().zip(next).zip(parts(article));
            pieces.extend(blocks.map(|((block, next), part)| Piece {
                part,
                ..self.block(block, next)
            }));
        }
        for piece in &mut pieces {
            let body = !matches!(
                piece.role,
                Role::ChapterNumber | Role::Headline | Role::Kicker
            );
            piece.voice = article.voice.as_deref().filter(|_| body);
            piece.language = match piece.role {
                Role::ChapterNumber => self.language.clone(),
                _ => language.clone(),
            };
        }
        let title = article.headline.text.trim().to_string();
        let mut chapter = self.chapter(number, ChapterKind::Article, &title, pieces);
        chapter.article = Some(article.id.clone());
        chapter.page = article.page.clone();
        chapter.priority = article.priority;
        chapter.recording = article.audio.clone().map(|file| Recorded {
            file,
            text: printed(article),
        });
        if chapter.recording.is_some()
            && let Some(last) = chapter.chunks.last_mut()
        {
            // The pause at the end of the chapter belongs behind the recording.
            last.pause_after = pauses.headline;
        }
        chapter
    }

    /// A block of the body; `next` is the one behind it.
    fn block(&self, block: &Block, next: Option<&Block>) -> Piece<'static> {
        let Pauses {
            paragraph,
            item,
            subhead,
            ..
        } = self.pauses;
        let is_item = |b: &Block| {
            matches!(
                b.kind,
                BlockKind::Item { .. } | BlockKind::Row | BlockKind::Verse
            )
        };
        let pause = match next {
            Some(n) if n.kind == BlockKind::Subhead => subhead,
            Some(n) if is_item(n) && is_item(block) => item,
            _ => paragraph,
        };
        let (role, text) = match block.kind {
            BlockKind::Subhead => (Role::Subhead, block.text.clone()),
            BlockKind::Row => (Role::Item, block.told().into_owned()),
            BlockKind::Item { number: None } => (Role::Item, block.text.clone()),
            BlockKind::Item { number: Some(n) } => (
                Role::Item,
                announce::prefixed(&format!("{n}. "), &block.text),
            ),
            _ => (Role::Body, block.text.clone()),
        };
        Piece::new(role, text, pause)
    }

    fn chapter(
        &mut self,
        number: u32,
        kind: ChapterKind,
        title: &str,
        pieces: Vec<Piece<'_>>,
    ) -> ChapterScript {
        let mut chunks = Vec::new();
        for (block, piece) in (1..).zip(pieces) {
            self.push(number, block, piece, &mut chunks);
        }
        if let Some(last) = chunks.last_mut() {
            last.pause_after = self.pauses.chapter;
        }
        ChapterScript {
            number,
            kind,
            title: title.to_string(),
            article: None,
            page: None,
            priority: None,
            chunks,
            recording: None,
        }
    }

    /// Cuts a piece into chunks. One in which nothing is spoken makes none,
    /// and a note says so.
    fn push(&mut self, chapter: u32, block: u32, mut piece: Piece<'_>, chunks: &mut Vec<Chunk>) {
        if piece.text.text.contains(GAP_MARK) {
            let gap = match &piece.language {
                None => announce::GAP.to_string(),
                Some(language) => format!(" {} ", Words::of(language).gap),
            };
            piece.text = announce::gaps(&piece.text, &gap);
        }
        let parts = match piece.language {
            None => cut(self.front, &piece.text),
            Some(_) => foreign::cut(&piece.text.text),
        };
        if parts.is_empty() && !piece.text.is_blank() {
            let before = self.notes.len();
            self.front
                .read_in(piece.language.as_deref(), &piece.text)
                .drain_into(&mut self.notes);
            if self.notes.len() == before {
                self.notes.push(Diagnostic::note(
                    piece.text.place(),
                    format!("there is nothing to say in `{}`", piece.text.text.trim()),
                ));
            }
            // Its pause, if longer, is the listener's only trace of it.
            if let Some(last) = chunks.last_mut() {
                last.pause_after = last.pause_after.max(piece.pause);
            }
        }
        // Counted from 0, the spoken articles are the chapters from 1.
        let article = chapter.saturating_sub(1) as usize;
        let speaker = (piece.language.as_deref())
            .and_then(|language| self.cast.foreign_speaker(language, piece.role))
            .unwrap_or_else(|| self.cast.speaker(piece.role, piece.part, article));
        let last = parts.len().saturating_sub(1);
        let texts = slices(&piece.text, parts.iter().map(|(range, _)| range.clone()));
        for (i, ((_, end), text)) in parts.iter().zip(texts).enumerate() {
            chunks.push(Chunk {
                id: ChunkId {
                    chapter,
                    index: chunks.len() as u32 + 1,
                },
                role: piece.role,
                block,
                text,
                language: piece.language.clone(),
                voice: piece.voice.unwrap_or(&speaker.voice).to_string(),
                speed: speaker.speed,
                pause_after: match end {
                    _ if i == last => piece.pause,
                    Break::Sentence => self.pauses.sentence,
                    _ => self.pauses.clause,
                },
            });
        }
    }
}

/// What a recording stands for: all of an article below its headline.
fn printed(article: &Article) -> String {
    let lines = [&article.kicker, &article.subhead, &article.byline];
    let lines = lines.into_iter().flatten().map(|l| l.text.clone());
    let blocks = article.blocks.iter().map(|b| b.told().text.clone());
    let all: Vec<String> = (lines.chain(blocks))
        .map(|text| text.trim().to_string())
        .filter(|text| !text.is_empty())
        .collect();
    all.join("\n\n")
}

/// What part of the body each block is, for casts with voices for such parts. In
/// an interview, paragraphs without a name go on with what was asked or answered.
fn parts(article: &Article) -> Vec<Option<Part>> {
    let of_all = match article.kind {
        ArticleKind::Letter => Some(Part::Letter),
        ArticleKind::Advert => Some(Part::Advert),
        _ => None,
    };
    let turns = interview::turns(article.blocks.iter().map(|b| b.text.text.as_str()));
    let mut now = None;
    (turns.into_iter().zip(&article.blocks))
        .map(|(turn, block)| {
            now = match (turn, block.kind) {
                (Some(Turn::Question), _) => Some(Part::Question),
                (Some(Turn::Answer), _) => Some(Part::Answer),
                (None, BlockKind::Para) => now,
                (None, _) => None,
            };
            now.or(of_all)
        })
        .collect()
}

/// The parts of `text` that lie one behind the other, as [`SourceText::slice`]
/// gives them, in one walk over text and anchors: a page may be one long line.
fn slices(text: &SourceText, ranges: impl Iterator<Item = Range<usize>>) -> Vec<SourceText> {
    let mut anchors = text.anchors.iter().copied().peekable();
    // Where the text stands in the source that was read last.
    let mut here: Option<Anchor> = None;
    ranges
        .map(|range| {
            while let Some(anchor) = anchors.next_if(|a| a.at <= range.start) {
                here = Some(anchor);
            }
            let start = here.map(|a| Anchor {
                at: range.start,
                line: a.line,
                col: a.col + text.text[a.at..range.start].chars().count() as u32,
            });
            here = start;
            let mut own: Vec<Anchor> = start.into_iter().collect();
            while let Some(anchor) = anchors.next_if(|a| a.at < range.end) {
                own.push(anchor);
                here = Some(anchor);
            }
            for anchor in &mut own {
                anchor.at -= range.start;
            }
            SourceText {
                readings: text.readings_in(&range),
                overleaf: text.overleaf_in(&range),
                file: text.file_at(range.start).to_string(),
                text: text.text[range].to_string(),
                anchors: own,
            }
        })
        .collect()
}

#[cfg(test)]
#[path = "script_tests.rs"]
mod tests;
