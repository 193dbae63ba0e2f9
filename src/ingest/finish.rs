//! Drafts → articles: the parts get their final text and their place.

use super::article::{Class, Draft};
use super::glyph::{Glyph, source};
use super::head::Head;
use super::layout::Layout;
use super::piece::Piece;
use super::role::Role;
use super::space::{self, Spacing};
use super::table;
use super::torn::Item;
use super::wording;
use super::{punct, quote};
use crate::diag::{Diagnostic, Place};
use crate::model::{Article, ArticleKind, Block, BlockKind, SourceText};

/// Words in the headlines of notices.
const NOTICES: &[&str] = &[
    "通知",
    "公告",
    "启事",
    "通告",
    "公示",
    "招领",
    "声明",
    "温馨提示",
    "须知",
    "预告",
    "告知书",
    "办事指南",
    "服务指南",
    "招募令",
];
/// Words in the headlines of readers' letters.
const LETTERS: &[&str] = &["来信", "读者来稿", "来函", "致读者", "读者之声"];
/// The longest headline that is taken from a first sentence, in characters.
const LONGEST_MADE: usize = 24;
/// … and the shortest.
const SHORTEST_MADE: usize = 6;

/// An article, or a part of one that other pages have the rest of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub article: Article,
    /// The page it goes on on.
    pub to: Option<u32>,
    /// The page it began on.
    pub from: Option<u32>,
}

/// Writes the final texts of one page.
pub(super) struct Finisher<'a> {
    pub file: &'a str,
    pub notes: &'a mut Vec<Diagnostic>,
}

impl Finisher<'_> {
    /// Makes the article of a draft; `None` for a draft without a character.
    pub fn article(&mut self, draft: Draft) -> Option<Part> {
        let place = first_place(&draft, self.file)?;
        let (to, from) = (draft.to, draft.from);
        let article = match draft.class {
            Class::Article => self.report(draft, place),
            Class::Advert => self.apart(&pieces(&draft), ArticleKind::Advert, place),
            Class::Furniture => self.apart(&pieces(&draft), ArticleKind::Other, place),
            Class::Honours => self.honours(&pieces(&draft), place),
        };
        Some(Part { article, to, from })
    }

    fn report(&mut self, draft: Draft, place: Place) -> Article {
        let Draft {
            heads,
            mut body,
            bylines,
            from,
            ..
        } = draft;
        let head = Head::arrange(heads, &body);
        // A box with the lede stands where the page had room for it.
        let boxed = body.iter().take(4).position(|i| {
            i.role == Role::Prose
                && i.is_box()
                && (i.in_tear || wording::opens_report(&i.piece.glyphs))
        });
        let lede = boxed.map(|at| body.remove(at));
        let mut blocks = Vec::new();
        if let Some(lede) = lede {
            blocks.push(Block {
                kind: BlockKind::Lede,
                text: self.prose(&lede.piece, &lede.layout),
            });
        }
        for subhead in &head.subheads {
            blocks.push(Block {
                kind: BlockKind::Subhead,
                text: self.display(subhead),
            });
        }
        let mut columns: Option<&Piece> = None;
        for (i, item) in body.iter().enumerate() {
            let below = body.get(i + 1).is_some_and(|b| b.role == Role::Row);
            match (item.role, columns) {
                // The headings are said with every row.
                (Role::Columns, _) if below => columns = Some(&item.piece),
                (Role::Row, Some(head)) => blocks.push(self.row(head, &item.piece)),
                _ => {
                    columns = None;
                    blocks.extend(self.block(item));
                }
            }
        }
        let kicker = head.kicker.as_ref().map(|p| self.display(p));
        let subhead = head.deck.as_ref().map(|p| self.display(p));
        let mut byline: Option<SourceText> = None;
        for piece in &bylines {
            let text = self.display(&without_bullet(piece));
            match (&mut byline, piece.glyphs.first()) {
                (Some(whole), Some(first)) => {
                    whole.push(' ', first.line, first.col);
                    whole.append(&text);
                }
                _ => byline = Some(text),
            }
        }
        let headline = match &head.headline {
            Some(piece) => self.display(piece),
            // What comes from another page has its headline there.
            None if from.is_some() => SourceText::made(""),
            None => made_headline(&blocks, &place, self.notes),
        };
        let kind = kind_of(&headline.text, kicker.as_ref().map_or("", |k| &k.text));
        let read = !blocks.is_empty();
        if !read {
            self.notes.push(
                Diagnostic::doubt(
                    Some(place.clone()),
                    format!(
                        "the headline `{}` has no article below it; it is not read",
                        headline.text
                    ),
                )
                .help("look at the printed page; set `read = true` once its text is there"),
            );
        }
        Article {
            kicker,
            subhead,
            byline,
            blocks,
            ..bare(headline, kind, read, place)
        }
    }

    fn block(&mut self, item: &Item) -> Vec<Block> {
        let kind = match item.role {
            Role::Verse => return self.verses(&item.piece),
            Role::Item(mark) if !mark.chinese && mark.length < item.piece.glyphs.len() => {
                let whole = item.piece.glyphs.len();
                let rest = item.piece.part(mark.length, whole);
                let kept = item.layout.line_ends.len().min(rest.gaps.len());
                let from = item.layout.line_ends.len() - kept;
                let line_ends = item.layout.line_ends[from..].to_vec();
                let layout = Layout {
                    line_ends,
                    ..item.layout.clone()
                };
                let number = mark.number;
                let text = self.prose(&rest, &layout);
                let kind = BlockKind::Item { number };
                return vec![Block { kind, text }];
            }
            Role::Heading => BlockKind::Subhead,
            Role::Item(_) => BlockKind::Item { number: None },
            Role::Columns | Role::Row => BlockKind::Row,
            Role::Caption => BlockKind::Caption,
            Role::Question => BlockKind::Question,
            Role::Answer => BlockKind::Answer,
            Role::Salutation => BlockKind::Salutation,
            Role::Closing => BlockKind::Closing,
            Role::Signature => BlockKind::Signature,
            _ => BlockKind::Para,
        };
        // What has no print lines keeps the spaces between its phrases.
        let display = matches!(
            item.role,
            Role::Heading | Role::Columns | Role::Signature | Role::Contact
        );
        let text = if item.role == Role::Row {
            self.text(table::spaced(&item.piece))
        } else if display {
            self.display(&item.piece)
        } else {
            self.prose(&item.piece, &item.layout)
        };
        vec![Block { kind, text }]
    }

    /// A row with the headings of its cells; as it stands, where its spaces do
    /// not tell which cell is which.
    fn row(&mut self, head: &Piece, row: &Piece) -> Block {
        let glyphs = table::told(head, row);
        let text = match glyphs {
            Some(glyphs) => self.text(glyphs),
            None => self.text(table::spaced(row)),
        };
        let kind = BlockKind::Row;
        Block { kind, text }
    }

    /// The lines of a poem, each a block. Where they are lines of the file, a
    /// space inside one is the poet's.
    fn verses(&mut self, piece: &Piece) -> Vec<Block> {
        let lines = piece.gaps.iter().any(|g| g.line_end);
        let ends = piece.gaps.iter().filter(|g| g.line_end || !lines);
        let ends = ends.map(|g| g.at).chain([piece.glyphs.len()]);
        let mut start = 0;
        let mut lines = Vec::new();
        for end in ends {
            lines.push(Block {
                kind: BlockKind::Verse,
                text: self.display(&piece.part(start, end)),
            });
            start = end;
        }
        lines
    }

    fn prose(&mut self, piece: &Piece, layout: &Layout) -> SourceText {
        let ends = |i: usize| layout.line_ends.get(i).copied().unwrap_or(true);
        self.text(space::join(piece, Spacing::Prose, ends))
    }

    pub(super) fn display(&mut self, piece: &Piece) -> SourceText {
        self.text(space::join(piece, Spacing::Display, |_| false))
    }

    pub(super) fn text(&mut self, mut glyphs: Vec<Glyph>) -> SourceText {
        punct::widen(&mut glyphs, self.file, self.notes);
        quote::pair(&mut glyphs, self.file, self.notes);
        for g in glyphs
            .iter()
            .filter(|g| g.c == '□' && Some(g.col) != glyphs.first().map(|f| f.col))
        {
            self.notes.push(
                Diagnostic::doubt(
                    Some(g.place(self.file)),
                    "`□` stands where a character could not be read",
                )
                .help("look at the printed page and write the character"),
            );
        }
        source(&glyphs, self.file)
    }
}

/// The first words of the body, for an article that has lost its headline.
pub(super) fn made_headline(
    blocks: &[Block],
    place: &Place,
    notes: &mut Vec<Diagnostic>,
) -> SourceText {
    let mark = |c: char| {
        matches!(
            c,
            '，' | '。' | '：' | '；' | '！' | '？' | '、' | ',' | ':'
        )
    };
    let headline = blocks.first().map_or_else(
        || SourceText::made(""),
        |b| {
            let body = &b.text.text;
            // `近日` or `他说` alone would name nothing.
            let clause = body
                .char_indices()
                .skip(SHORTEST_MADE)
                .find(|(_, c)| mark(*c))
                .map(|(i, _)| i);
            let most = body
                .char_indices()
                .nth(LONGEST_MADE)
                .map_or(body.len(), |(i, _)| i);
            b.text.slice(0, clause.unwrap_or(most).min(most))
        },
    );
    notes.push(
        Diagnostic::doubt(
            Some(place.clone()),
            format!(
                "no headline was found; the article is called `{}` after its first words",
                headline.text
            ),
        )
        .help("look at the printed page and write its headline"),
    );
    headline
}

/// The kind of an article, by the words of its headline and kicker.
pub fn kind_of(headline: &str, kicker: &str) -> ArticleKind {
    let has = |words: &[&str]| {
        words
            .iter()
            .any(|w| headline.contains(w) || kicker.contains(w))
    };
    if has(LETTERS) {
        ArticleKind::Letter
    } else if has(NOTICES) {
        ArticleKind::Notice
    } else {
        ArticleKind::News
    }
}

/// An article of nothing but a headline.
pub(super) fn bare(headline: SourceText, kind: ArticleKind, read: bool, place: Place) -> Article {
    Article {
        id: String::new(),
        kind,
        kicker: None,
        headline,
        subhead: None,
        byline: None,
        blocks: Vec::new(),
        read,
        audio: None,
        voice: None,
        language: None,
        page: None,
        priority: None,
        place,
    }
}

/// A byline without the mark that only sets it off.
fn without_bullet(piece: &Piece) -> Piece {
    let mark = |g: &&Glyph| matches!(g.c, '□' | '■' | '●' | '◆' | '▲' | '○' | '◎');
    let marks = piece.glyphs.iter().take_while(mark).count();
    match marks < piece.glyphs.len() {
        true => piece.part(marks, piece.glyphs.len()),
        false => piece.clone(),
    }
}

fn pieces(draft: &Draft) -> Vec<&Piece> {
    draft.body.iter().map(|i| &i.piece).collect()
}

/// The first place of the draft in the file.
fn first_place(draft: &Draft, file: &str) -> Option<Place> {
    let pieces = draft
        .heads
        .iter()
        .chain(draft.body.iter().map(|i| &i.piece))
        .chain(&draft.bylines);
    pieces
        .filter_map(|p| p.glyphs.first())
        .min_by_key(|g| (g.line, g.col))
        .map(|g| g.place(file))
}

/// A file stem for the article: its number and its headline's letters, at most
/// 60 bytes.
pub fn id(number: usize, headline: &str) -> String {
    let mut id = format!("{number:02}-");
    let mut gap = false;
    for c in headline.chars() {
        if !c.is_alphanumeric() {
            gap = c.is_whitespace() || gap;
            continue;
        }
        let joint = if gap && !id.ends_with('-') { "-" } else { "" };
        gap = false;
        if id.len() + joint.len() + c.len_utf8() > 60 {
            break;
        }
        id.push_str(joint);
        id.extend(c.to_lowercase().next());
    }
    if id.ends_with('-') {
        id.push_str("article");
    }
    id
}
