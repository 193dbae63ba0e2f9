//! Pieces in page order → drafts of articles: which paragraphs stand under
//! which headline.

use std::collections::HashSet;

use super::glyph::{Glyph, is_han, text, width};
use super::kinds::{self, Jump};
use super::marker;
use super::piece::Piece;
use super::role::Role;
use super::torn::Item;
use super::wording;

/// What a draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A report, notice or letter.
    Article,
    /// Advertising.
    Advert,
    /// A roll of honour.
    Honours,
    /// Lines that send the reader to another page.
    Furniture,
}

/// An article whose parts are known but not yet their final shape.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub class: Class,
    /// The headings above the body, from top to bottom.
    pub heads: Vec<Piece>,
    /// The body, subheads among it, in page order.
    pub body: Vec<Item>,
    /// The byline; two when there is one above and one below.
    pub bylines: Vec<Piece>,
    /// The page it goes on on.
    pub to: Option<u32>,
    /// The page it began on.
    pub from: Option<u32>,
    /// Every three characters that follow one another in it.
    words: HashSet<[char; 3]>,
}

impl Draft {
    fn new(class: Class) -> Self {
        Draft {
            class,
            heads: Vec::new(),
            body: Vec::new(),
            bylines: Vec::new(),
            to: None,
            from: None,
            words: HashSet::new(),
        }
    }

    fn push_head(&mut self, piece: Piece) {
        self.words.extend(threes(&piece.glyphs));
        self.heads.push(piece);
    }

    fn push_body(&mut self, item: Item) {
        self.words.extend(threes(&item.piece.glyphs));
        self.body.push(item);
    }
}

/// Gathers a page's pieces into drafts.
pub(super) fn gather(items: Vec<Item>) -> Vec<Draft> {
    let mut gatherer = Gatherer {
        drafts: Vec::new(),
        owners: Vec::new(),
        open: None,
        waiting: None,
        coming: None,
        after_byline: false,
    };
    let mut at = 0;
    while at < items.len() {
        at = gatherer.take(&items, at);
        let owner = gatherer.open;
        gatherer.owners.resize(at, owner);
    }
    gatherer.drafts
}

struct Gatherer {
    drafts: Vec<Draft>,
    /// For each item taken, the draft that was open behind it.
    owners: Vec<Option<usize>>,
    /// The draft that paragraphs go to.
    open: Option<usize>,
    /// A draft with a headline that stood in the middle of another's text; its
    /// own text is still to come.
    waiting: Option<usize>,
    /// The page where the text began that comes next.
    coming: Option<u32>,
    /// The last piece was the byline that closed the last draft.
    after_byline: bool,
}

impl Gatherer {
    /// Takes one piece, or a run that belongs together; returns the next one's
    /// number.
    fn take(&mut self, items: &[Item], at: usize) -> usize {
        let item = &items[at];
        let after_byline = std::mem::take(&mut self.after_byline);
        // A torn paragraph came to its end just before: its article goes on.
        if let Some(owner) = item.resumes.and_then(|n| self.owners.get(n)) {
            self.open = *owner;
        }
        match item.role {
            Role::Advert => self.apart(items, at, Class::Advert),
            Role::Honours => self.apart(items, at, Class::Honours),
            Role::Furniture => self.jump(items, at),
            Role::Byline => {
                self.byline(item.piece.clone(), after_byline);
                at + 1
            }
            Role::Heading => self.headings(items, at),
            _ => {
                self.choose(item);
                self.draft().push_body(item.clone());
                at + 1
            }
        }
    }

    /// A line that sends the reader to another page, or says that he comes
    /// from one.
    fn jump(&mut self, items: &[Item], at: usize) -> usize {
        match kinds::jump(&text(&items[at].piece.glyphs)) {
            Some(Jump::To(page)) => {
                if let Some(draft) = self.open.take().and_then(|i| self.drafts.get_mut(i)) {
                    draft.to = Some(page);
                }
            }
            Some(Jump::From(page)) => {
                self.open = None;
                self.coming = Some(page);
            }
            None => {}
        }
        let open = self.open;
        let next = self.apart(items, at, Class::Furniture);
        self.open = open;
        next
    }

    /// A paragraph behind a torn one may be the first below a headline that
    /// stood in the tear.
    fn choose(&mut self, item: &Item) {
        let (Some(waiting), Some(open)) = (self.waiting, self.open) else {
            return;
        };
        if item.in_tear || !item.role.is_text() {
            return;
        }
        let akin = |draft: usize| {
            let draft = &self.drafts[draft];
            let own = pairs(&item.piece.glyphs);
            let heads = draft.heads.iter().flat_map(|p| pairs(&p.glyphs));
            let known: HashSet<[char; 2]> = heads.collect();
            own.filter(|pair| known.contains(pair)).count()
        };
        let fresh = wording::opens_report(&item.piece.glyphs) || akin(waiting) > akin(open);
        if fresh {
            self.open = Some(waiting);
            self.waiting = None;
        }
    }

    /// The open draft, or a new one.
    fn draft(&mut self) -> &mut Draft {
        let at = *self.open.get_or_insert_with(|| {
            self.drafts.push(Draft {
                from: self.coming.take(),
                ..Draft::new(Class::Article)
            });
            self.drafts.len() - 1
        });
        &mut self.drafts[at]
    }

    /// A run of adverts or of honours; the article before it may go on behind.
    fn apart(&mut self, items: &[Item], at: usize, class: Class) -> usize {
        let role = items[at].role;
        let same = |i: &&Item| i.role == role && role != Role::Furniture;
        let run = 1
            + (items[at + 1..].iter().take_while(same))
                .take_while(|i| i.resumes.is_none())
                .count();
        let mut draft = Draft::new(class);
        for item in &items[at..at + run] {
            draft.push_body(item.clone());
        }
        self.drafts.push(draft);
        at + run
    }

    /// A byline below its article closes it; one above is kept with it.
    fn byline(&mut self, piece: Piece, after_byline: bool) {
        if self.open.is_none()
            && after_byline
            && let Some(last) = self.drafts.last_mut()
        {
            last.bylines.push(piece);
            self.after_byline = true;
            return;
        }
        let draft = self.draft();
        draft.bylines.push(piece);
        if !draft.body.is_empty() {
            self.open = None;
            self.after_byline = true;
        }
    }

    /// A run of headings: the head of a new article, or subheads of this one.
    fn headings(&mut self, items: &[Item], at: usize) -> usize {
        let in_tear = items[at].in_tear;
        let run = 1
            + (items[at + 1..].iter())
                .take_while(|i| i.role == Role::Heading && i.in_tear == in_tear)
                .take_while(|i| i.resumes.is_none())
                .count();
        let group = &items[at..at + run];
        let section = section(&items[at + run..]);
        let below = items.get(at + run + section.len()).map(|i| i.role);
        let fresh = match self.open.map(|i| &self.drafts[i]) {
            None => true,
            Some(draft) if draft.body.is_empty() => false,
            // A headline alone: what it stands over comes later.
            Some(draft) if in_tear && !draft.heads.is_empty() && section.is_empty() => {
                if self.waits(items, at + run, group) {
                    return at + run;
                }
                false
            }
            // The page's own headline may have found its place in the middle.
            Some(draft) if in_tear && draft.heads.is_empty() => false,
            Some(_) if in_tear => section
                .iter()
                .any(|i| i.in_tear && i.role.is_body() && i.role != Role::Caption && !i.is_box()),
            Some(draft) => begins_article(draft, group, section, below == Some(Role::Byline)),
        };
        if fresh {
            self.open = None;
        }
        let draft = self.draft();
        let behind_byline = !draft.heads.is_empty() && !draft.bylines.is_empty();
        let into_body = (!draft.body.is_empty() && !draft.heads.is_empty()) || behind_byline;
        for item in group {
            if into_body {
                draft.push_body(item.clone());
            } else {
                draft.push_head(item.piece.clone());
            }
        }
        at + run
    }
}

impl Gatherer {
    /// Keeps headings that stand alone in a tear for a paragraph behind it that
    /// has none of its own, if there is one.
    fn waits(&mut self, items: &[Item], behind: usize, group: &[Item]) -> bool {
        let next = items[behind..].iter().take(3).find(|i| !i.in_tear);
        let open = next.is_some_and(|i| i.role == Role::Prose);
        let long = group
            .iter()
            .any(|i| marker::find(&i.piece.glyphs).is_none() && i.piece.glyphs.len() >= 6);
        if !open || !long {
            return false;
        }
        let mut draft = Draft::new(Class::Article);
        group.iter().for_each(|i| draft.push_head(i.piece.clone()));
        self.drafts.push(draft);
        self.waiting = Some(self.drafts.len() - 1);
        true
    }
}

/// What stands under a heading: up to the next heading, the end of the article,
/// or the place where another one goes on.
fn section(items: &[Item]) -> &[Item] {
    let goes_on = |i: &&Item| i.resumes.is_none();
    let body = |i: &&Item| i.role.is_body() || i.role == Role::Byline || i.in_tear;
    let own = items.iter().take_while(goes_on).count();
    let items = &items[..own];
    let first = items.iter().take(2).take_while(body).count();
    let rest = items[first..]
        .iter()
        .take(10)
        .take_while(|i| body(i) && i.role != Role::Byline && i.role != Role::Heading)
        .count();
    &items[..first + rest]
}

/// How much of a section has to be said in the article before for it to be a
/// part of that, as a share of its runs of three characters.
const AKIN: f32 = 0.12;
/// … and so little that it is another.
const STRANGE: f32 = 0.05;

/// Whether headings behind an article's body are the head of another: what is
/// above, below and in them is weighed.
fn begins_article(draft: &Draft, group: &[Item], section: &[Item], signed: bool) -> bool {
    let Some(first) = group.first() else {
        return false;
    };
    let han = first.piece.glyphs.iter().filter(|g| is_han(g.c)).count();
    let numbered = marker::find(&first.piece.glyphs).is_some();
    let byline_above = section.first().is_some_and(|i| i.role == Role::Byline);
    let prose = section.iter().find(|i| i.role == Role::Prose);
    let mut weight = 0;
    let last = draft.body.last().map(|i| i.role);
    let verses = |items: &[Item]| items.iter().any(|i| i.role == Role::Verse);
    weight += match last {
        // Signed is finished.
        Some(Role::Signature) => 4,
        Some(Role::Closing) => 2,
        _ => 0,
    };
    weight += match section.first().map(|i| i.role) {
        Some(Role::Salutation) => 3,
        // One poem of several.
        Some(Role::Verse) if verses(&draft.body) => -4,
        Some(Role::Verse | Role::Row) => 1,
        _ => 0,
    };
    weight += if byline_above { 3 } else { 0 };
    weight += if prose.is_some_and(|p| wording::opens_report(&p.piece.glyphs)) {
        2
    } else {
        0
    };
    weight += i32::from(group.len() > 1);
    weight += match han {
        0..6 => -2,
        6..9 => 0,
        _ => 1,
    };
    weight -= if numbered { 4 } else { 0 };
    weight -= i32::from(
        draft
            .body
            .iter()
            .any(|i| i.role == Role::Heading && alike(&i.piece, &first.piece)),
    );
    // A byline below both and none between: they may well be one article.
    weight -= i32::from(signed && !byline_above && draft.bylines.is_empty());
    let (mut known, mut all) = (0usize, 0usize);
    for three in group
        .iter()
        .chain(section)
        .flat_map(|i| threes(&i.piece.glyphs))
    {
        all += 1;
        known += usize::from(draft.words.contains(&three));
    }
    let share = known as f32 / all.max(1) as f32;
    weight += match share {
        s if s >= AKIN => -2,
        s if s < STRANGE => 1,
        _ => 0,
    };
    weight > 0
}

/// Whether two headings have one shape: both of two phrases, or of one width.
pub(super) fn alike(a: &Piece, b: &Piece) -> bool {
    let phrases = |p: &Piece| p.segments().filter(|s| s.len() > 3).count();
    (phrases(a) > 1 && phrases(a) == phrases(b)) || width(&a.glyphs) == width(&b.glyphs)
}

/// Every three Chinese characters that follow one another.
fn threes(glyphs: &[Glyph]) -> impl Iterator<Item = [char; 3]> {
    glyphs
        .windows(3)
        .filter(|w| w.iter().all(|g| is_han(g.c)))
        .map(|w| [w[0].c, w[1].c, w[2].c])
}

/// Every two Chinese characters that follow one another.
fn pairs(glyphs: &[Glyph]) -> impl Iterator<Item = [char; 2]> {
    glyphs
        .windows(2)
        .filter(|w| w.iter().all(|g| is_han(g.c)))
        .map(|w| [w[0].c, w[1].c])
}
