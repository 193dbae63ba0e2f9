//! Page text → [`Issue`]: encoding, re-joined lines, punctuation, masthead,
//! articles.
//!
//! Pure: bytes come in, values go out. Beside white space, punctuation and
//! quotation marks only characters are changed whose misreading the page proves
//! ([`Repairs`]), each with an [`Edit`]; what only looks misread, and what is
//! missing, is left as it is and doubted.

mod abreast;
mod apart;
mod article;
mod bands;
mod begin;
mod blocks;
mod byline;
mod cells;
mod columns;
mod date;
mod decode;
mod draft;
mod figures;
mod finish;
mod furniture;
mod glyph;
mod gutter;
mod head;
mod imprint;
mod kinds;
mod layout;
mod leaf;
mod legacy;
mod lines;
mod marker;
mod masthead;
mod names;
mod neighbours;
mod overleaf;
mod paper;
mod pen;
mod piece;
mod punct;
mod quote;
mod refill;
mod repair;
mod role;
mod row;
mod seam;
mod serial;
mod setting;
mod several;
mod signature;
mod small;
mod space;
mod subject;
mod table;
mod top;
mod topic;
mod torn;
mod wording;
mod wrap;

use crate::diag::{Diagnostic, Noted, Result};
use crate::model::{ArticleKind, Edit, Issue, Masthead};
use finish::{Finisher, Part};
use overleaf::PageParts;
use piece::Piece;
use role::Role;
use torn::Item;

pub use decode::{MAX_BYTES, decode};
pub use finish::{id as article_id, kind_of};
pub use repair::Repairs;

/// One page of an issue as it lies on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFile {
    /// The file as the user named it; messages and places name it so.
    pub name: String,
    /// What the file holds.
    pub bytes: Vec<u8>,
}

/// What the pages of one issue say.
#[derive(Debug, Clone, PartialEq)]
pub struct PagesRead {
    /// The issue.
    pub issue: Issue,
    /// Which characters of the pages were set right, and which are doubted.
    pub edits: Vec<Edit>,
}

/// Reads the pages of one issue, in their order.
///
/// The first page to say something about the issue is right; a later page that
/// says otherwise is doubted. What is neither an article nor advertising (the
/// lines of the masthead) is kept in an article that is not read, so that every
/// character of the pages is somewhere in the issue.
///
/// Faults: those of `decode`.
pub fn read_pages(pages: &[PageFile], repairs: Repairs<'_>) -> Result<Noted<PagesRead>> {
    let mut notes = Vec::new();
    let mut edits = Vec::new();
    let mut issue = Issue {
        masthead: Masthead::default(),
        articles: Vec::new(),
    };
    let mut parts = Vec::new();
    for page in pages {
        let text = decode(&page.name, &page.bytes)?.drain_into(&mut notes);
        let read = read_page(&page.name, &text, repairs, &mut edits);
        let (head, number, mut own) = read.drain_into(&mut notes);
        for part in &mut own {
            part.article.page = head.page.clone();
        }
        // Of several pages none is the issue's.
        issue.masthead.page = head.page.clone().filter(|_| pages.len() == 1);
        merge(&mut issue.masthead, head, &page.name, &mut notes);
        parts.push(PageParts { number, parts: own });
    }
    issue.articles = overleaf::join(parts, repairs.model, &mut notes);
    for (i, article) in issue.articles.iter_mut().enumerate() {
        article.id = finish::id(i + 1, &article.headline.text);
    }
    Ok(Noted::new(PagesRead { issue, edits }, notes))
}

/// One page: its masthead, its number and its articles, which have no id yet.
fn read_page(
    file: &str,
    text: &str,
    repairs: Repairs<'_>,
    edits: &mut Vec<Edit>,
) -> Noted<(Masthead, Option<u32>, Vec<Part>)> {
    let mut notes = Vec::new();
    let (unwoven, unsure) = columns::unweave(columns::lines(text), repairs.model);
    notes.extend(unsure.iter().map(|u| u.told(file)));
    let mut pieces = piece::of_lines(unwoven);
    refill::refill(&mut pieces);
    let mut pieces = lines::split(pieces, repairs.model);
    let digits = figures::repair(&mut pieces, file, repairs.how);
    notes.extend(digits.iter().map(Edit::told));
    edits.extend(digits);
    // A page may name itself in its head or below it.
    let number = pieces.iter().take(8).find_map(|p| {
        let own = || furniture::page_line(p).and_then(|l| l.page);
        leaf::page_number(&glyph::text(&p.glyphs)).or_else(own)
    });
    let head = masthead::read(&pieces, file, &mut notes, edits);
    let mut imprint = Vec::new();
    let mut rest = Vec::new();
    for (piece, in_head) in pieces.into_iter().zip(head.taken) {
        match in_head {
            true if masthead::is_told(&piece, &head.masthead) => {}
            true => imprint.push(piece),
            false if masthead::is_running_head(&piece, &head.masthead) => imprint.push(piece),
            false => rest.push(piece),
        }
    }
    let mut masthead = head.masthead;
    let number = number.or_else(|| masthead.page.as_deref()?.parse().ok());
    masthead.page = masthead.page.or(number.map(|n| n.to_string()));
    let column = layout::page_column(&rest);
    let mut items = torn::join(
        abreast::part(items(rest, column)),
        column,
        repairs.model,
        file,
        &mut notes,
    );
    let found = repair::repair(&mut items, file, repairs, &mut notes);
    notes.extend(found.iter().map(Edit::told));
    edits.extend(found);
    let drafts = draft::gather(items);
    let mut finisher = Finisher {
        file,
        notes: &mut notes,
    };
    let mut articles: Vec<Part> = drafts
        .into_iter()
        .filter_map(|d| finisher.article(d))
        .collect();
    if let Some(first) = imprint.first().and_then(|p| p.glyphs.first()) {
        let place = first.place(file);
        let pieces: Vec<&Piece> = imprint.iter().collect();
        articles.push(Part {
            article: finisher.apart(&pieces, ArticleKind::Other, place),
            to: None,
            from: None,
        });
    }
    notes.sort_by_key(|n| n.place.as_ref().map(|p| (p.line, p.col)));
    Noted::new((masthead, number, articles), notes)
}

/// Gives every piece its role; bylines behind last sentences become pieces of
/// their own.
fn items(pieces: Vec<Piece>, column: Option<f32>) -> Vec<Item> {
    let mut parts = Vec::new();
    let mut tails = Vec::new();
    let mut pieces: Vec<Piece> = pieces.into_iter().flat_map(furniture::part).collect();
    pen::mend(&mut pieces);
    for piece in several::split(pieces) {
        // Who took a picture stands with what it shows.
        let shown = kinds::is_caption(&glyph::text(&piece.glyphs));
        match byline::tail(&piece).filter(|_| !shown) {
            Some(at) if at > 0 => {
                parts.push(piece.part(0, at));
                tails.push(parts.len());
                parts.push(piece.part(at, piece.glyphs.len()));
            }
            _ => parts.push(piece),
        }
    }
    let layouts: Vec<_> = parts.iter().map(|p| layout::measure(p, column)).collect();
    let mut roles: Vec<Role> = parts
        .iter()
        .zip(&layouts)
        .map(|(p, l)| role::of(p, l))
        .collect();
    tails.into_iter().for_each(|i| roles[i] = Role::Byline);
    neighbours::settle(&mut roles, &parts);
    parts
        .into_iter()
        .zip(layouts)
        .zip(roles)
        .map(|((piece, layout), role)| Item {
            piece,
            role,
            layout,
            in_tear: false,
            resumes: None,
        })
        .collect()
}

/// Adds what a later page says about the issue.
fn merge(head: &mut Masthead, page: Masthead, file: &str, notes: &mut Vec<Diagnostic>) {
    if head.paper.is_empty() {
        head.paper = page.paper;
    }
    let fields = [
        ("section", &mut head.section, page.section),
        ("issue_number", &mut head.issue_number, page.issue_number),
        ("date", &mut head.date, page.date),
        ("publisher", &mut head.publisher, page.publisher),
        ("sponsor", &mut head.sponsor, page.sponsor),
        ("cn_code", &mut head.cn_code, page.cn_code),
    ];
    for (name, known, new) in fields {
        match (known.as_deref(), new) {
            (None, new) => *known = new,
            // Pages of one issue have sections of their own.
            (Some(first), Some(new)) if first != new && name != "section" => notes.push(
                Diagnostic::doubt(
                    Some(crate::diag::Place::file(file)),
                    format!("this page says {name} is `{new}`, an earlier one `{first}`"),
                )
                .help(format!(
                    "look at the printed pages and set `{name}` in issue.toml"
                )),
            ),
            _ => {}
        }
    }
}

#[cfg(test)]
mod columns_tests;
#[cfg(test)]
mod decode_tests;
#[cfg(test)]
mod mark_tests;
#[cfg(test)]
mod notice_tests;
#[cfg(test)]
mod shape_tests;
#[cfg(test)]
mod tests;
