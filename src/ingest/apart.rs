//! What no edition reads: adverts, rolls of honour, lines of the page.

use super::finish::{Finisher, bare};
use super::glyph::{Glyph, is_han};
use super::names;
use super::piece::Piece;
use super::space::{self, Spacing};
use crate::diag::Place;
use crate::model::{Article, ArticleKind, Block, BlockKind, SourceText};

impl Finisher<'_> {
    /// Pieces that no edition reads: the first is the headline, the others are
    /// paragraphs.
    pub(super) fn apart(&mut self, pieces: &[&Piece], kind: ArticleKind, place: Place) -> Article {
        let mut texts = pieces.iter().map(|p| {
            // Cells of a table keep their spaces, sentences do not, nor lists
            // but those of what is sold.
            let mark = |g: &Glyph| match kind {
                ArticleKind::Advert => matches!(g.c, '，' | ',' | '。'),
                _ => matches!(g.c, '，' | ',' | '、' | '。'),
            };
            if p.glyphs.iter().any(mark) {
                self.text(space::join(p, Spacing::Prose, |_| true))
            } else {
                self.display(p)
            }
        });
        let headline = texts.next().unwrap_or_else(|| SourceText::made(""));
        let blocks = texts
            .map(|text| Block {
                kind: BlockKind::Para,
                text,
            })
            .collect();
        Article {
            blocks,
            ..bare(headline, kind, false, place)
        }
    }

    /// A roll of honour: its heading alone is the headline, and all names that
    /// follow one another are one block.
    pub(super) fn honours(&mut self, pieces: &[&Piece], place: Place) -> Article {
        let mut rest: Vec<Piece> = pieces.iter().map(|p| (*p).clone()).collect();
        let split = rest.first().and_then(names::behind_heading);
        if let (Some((end, list)), Some(first)) = (split, rest.first_mut()) {
            let names = first.part(list, first.glyphs.len());
            *first = first.part(0, end);
            rest.insert(1, names);
        }
        let mut article = self.apart(
            &rest.iter().take(1).collect::<Vec<_>>(),
            ArticleKind::Honours,
            place,
        );
        let mut listed = false;
        for piece in &rest[rest.len().min(1)..] {
            let list = names::is_list(piece);
            let glyphs = match list {
                true => names::join(piece),
                false => space::join(piece, Spacing::Prose, |_| true),
            };
            let marked = piece.glyphs.first().is_some_and(|g| !is_han(g.c));
            let text = self.text(glyphs);
            match (article.blocks.last_mut(), piece.glyphs.first()) {
                (Some(last), Some(first)) if listed && list && !marked => {
                    last.text.push(' ', first.line, first.col);
                    last.text.append(&text);
                }
                _ => article.blocks.push(Block {
                    kind: BlockKind::Para,
                    text,
                }),
            }
            listed = list;
        }
        article
    }
}
