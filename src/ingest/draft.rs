//! Pieces in page order → drafts of articles: which paragraphs stand under
//! which headline.

use super::article::{Class, Draft};
use super::begin::{begins_article, below, section};
use super::glyph::text;
use super::leaf::{self, Jump};
use super::marker;
use super::piece::Piece;
use super::role::Role;
use super::small;
use super::topic::Topics;
use super::torn::Item;
use super::wording;

/// How much more a piece has to speak of another article to be its own.
const FAR_MORE: f32 = 1.5;
/// … and so much of it at least …
const SOME: f32 = 0.03;
/// … or so much that a byline between does not count …
const SAME: f32 = 0.06;
/// … or so much of it that its place under a new headline does not count.
const STRONG: f32 = 0.12;

/// Gathers a page's pieces into drafts.
pub(super) fn gather(items: Vec<Item>) -> Vec<Draft> {
    let mut gatherer = Gatherer {
        drafts: Vec::new(),
        owners: Vec::new(),
        open: None,
        waiting: None,
        rival: None,
        before: None,
        woven: false,
        topics: Topics::of(&items),
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
    /// The article that was interrupted by the one that is open.
    rival: Option<usize>,
    /// The article above the headline of the one that is open.
    before: Option<usize>,
    /// Columns of this page lie block between block.
    woven: bool,
    /// What the pieces of the page speak of.
    topics: Topics,
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
        if let Some(owner) = item.resumes.and_then(|n| self.owners.get(n).copied()) {
            if self.open != owner && self.open.is_some() && owner.is_some() {
                (self.rival, self.woven) = (self.open, true);
            }
            self.open = owner;
            if let Some(draft) = owner.and_then(|i| self.drafts.get_mut(i)) {
                draft.torn = true;
            }
        }
        match item.role {
            Role::Advert => self.apart(items, at, Class::Advert),
            Role::Honours => self.apart(items, at, Class::Honours),
            Role::Furniture => self.jump(items, at),
            Role::Notice => self.notice(item, at),
            Role::Byline => {
                self.byline(item.piece.clone(), after_byline);
                at + 1
            }
            Role::Heading => self.headings(items, at),
            Role::Caption if self.open.is_none() => {
                self.caption(item.clone());
                at + 1
            }
            _ => {
                self.turn(item);
                self.reopen(item, after_byline);
                self.choose(item);
                self.draft().push_body(item.clone());
                at + 1
            }
        }
    }

    /// A line that sends the reader to another page, or says that he comes
    /// from one.
    fn jump(&mut self, items: &[Item], at: usize) -> usize {
        match leaf::jump(&text(&items[at].piece.glyphs)) {
            Some(Jump::To(page)) => {
                if let Some(draft) = self.open.take().and_then(|i| self.drafts.get_mut(i)) {
                    draft.to = Some(page);
                }
            }
            Some(Jump::From(page)) => {
                // Its headline may stand above the line.
                let bare = |i: &usize| {
                    let draft = &self.drafts[*i];
                    draft.body.is_empty() && !draft.heads.is_empty()
                };
                self.open = self.open.filter(bare);
                match self.open.and_then(|i| self.drafts.get_mut(i)) {
                    Some(draft) => draft.from = Some(page),
                    None => self.coming = Some(page),
                }
            }
            None => {}
        }
        let open = self.open;
        let next = self.apart(items, at, Class::Furniture);
        self.open = open;
        next
    }

    /// A notice of one paragraph: an article of its own, its name the headline. The
    /// article around it goes on.
    fn notice(&mut self, item: &Item, at: usize) -> usize {
        let mut draft = Draft::new(Class::Article);
        let (name, told) = small::parted(item);
        draft.push_head(name);
        draft.push_body(told);
        self.drafts.push(draft);
        at + 1
    }

    /// Where columns lie block between block, a paragraph may belong to a
    /// headline that waits for its text, or to the article that another one
    /// interrupted.
    fn choose(&mut self, item: &Item) {
        if item.in_tear || !item.role.is_text() {
            return;
        }
        let akin = |draft: usize| self.topics.akin(item, &self.drafts[draft]);
        let fresh = wording::opens_report(&item.piece.glyphs);
        // What is signed has nothing more to say.
        let signed = |draft: usize| {
            let last = self.drafts[draft].body.last();
            last.is_some_and(|i| i.role == Role::Signature)
        };
        if let Some(waiting) = self.waiting
            && self
                .open
                .is_none_or(|open| fresh || signed(open) || akin(waiting) > akin(open))
        {
            self.open = Some(waiting);
            self.waiting = None;
            return;
        }
        if let (Some(rival), Some(open)) = (self.rival, self.open)
            && akin(rival) > (FAR_MORE * akin(open)).max(SOME)
        {
            (self.open, self.rival) = (Some(rival), Some(open));
            return;
        }
        // A brief may stand in the middle of an article.
        if let (Some(before), Some(open)) = (self.before, self.open)
            && !fresh
            && item.role == Role::Prose
            && self.drafts[before].torn
            && self.drafts[before].bylines.is_empty()
            && self.drafts[open].is_brief()
            && akin(before) > (2.0 * akin(open)).max(STRONG)
        {
            (self.open, self.before) = (Some(before), None);
        }
    }

    /// What is asked or answered goes on with the interview, whatever stood between.
    fn turn(&mut self, item: &Item) {
        let speaks = |role: Role| matches!(role, Role::Question | Role::Answer);
        let talk = |d: &Draft| !d.signed && d.body.iter().any(|i| speaks(i.role));
        let here = self.open.is_some_and(|i| talk(&self.drafts[i]));
        if speaks(item.role) && !here {
            let last = self.drafts.iter().rposition(talk);
            self.open = last.or(self.open);
        }
    }

    /// A byline may stand where its column had room, before the last column of its
    /// article: what follows without a headline and speaks of the same goes on.
    fn reopen(&mut self, item: &Item, after_byline: bool) {
        let fresh = item.in_tear || wording::opens_report(&item.piece.glyphs);
        let taken = self.open.is_some() || self.waiting.is_some();
        if !after_byline || taken || item.role != Role::Prose || fresh {
            return;
        }
        let last = self.drafts.iter().rposition(|d| d.class == Class::Article);
        self.open = last.filter(|d| self.topics.akin(item, &self.drafts[*d]) > SAME);
    }

    /// Whether what stands under a new headline goes on with the open article,
    /// on a page whose columns lie block between block.
    fn is_of_another(&self, group: &[Item], section: &[Item]) -> bool {
        // In a tear a headline has its own text below.
        let woven = |first: &&Item| self.woven && !first.in_tear;
        let Some(first) = section.first().filter(woven) else {
            return false;
        };
        let mut heading = Draft::new(Class::Article);
        group
            .iter()
            .for_each(|i| heading.push_head(i.piece.clone()));
        let own = self.topics.akin(first, &heading);
        let other = (self.rival.into_iter().chain(self.open))
            .map(|d| self.topics.akin(first, &self.drafts[d]))
            .fold(0.0, f32::max);
        let whole = first.role == Role::Prose && !wording::opens_report(&first.piece.glyphs);
        // Nine of ten first paragraphs say a word of their headline.
        let strange = own == 0.0 && other > 2.0 * SOME;
        whole && (strange || (other > STRONG && other > FAR_MORE * own))
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
                .take_while(|i| !begins_apart(i))
                .count();
        let mut draft = Draft::new(class);
        for item in &items[at..at + run] {
            draft.push_body(item.clone());
        }
        self.drafts.push(draft);
        at + run
    }

    /// A picture below an article that is closed, by a jump line for example,
    /// is that article's.
    fn caption(&mut self, item: Item) {
        let last = self
            .drafts
            .iter_mut()
            .rfind(|d| d.class != Class::Furniture);
        match last.filter(|d| d.class == Class::Article) {
            Some(draft) => draft.push_body(item),
            None => self.draft().push_body(item),
        }
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
            draft.signed = true;
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
        let below = below(items, at, run, section.len());
        let fresh = match self.open.map(|i| &self.drafts[i]) {
            None if self.is_of_another(group, section) => {
                self.wait(group);
                self.open = self.rival;
                return at + run;
            }
            None => true,
            // A picture above the headline is that article's.
            Some(draft) if draft.has_pictures_only() => false,
            // What came from another page has its headline there.
            Some(draft) if draft.from.is_some() && draft.heads.is_empty() => group
                .iter()
                .all(|i| marker::find(&i.piece.glyphs).is_none()),
            // A headline alone: what it stands over comes later.
            Some(draft) if in_tear && !draft.heads.is_empty() && section.is_empty() => {
                if self.waits(items, at + run, group) {
                    return at + run;
                }
                false
            }
            Some(_) if self.is_of_another(group, section) => {
                self.wait(group);
                return at + run;
            }
            // The page's own headline may have found its place in the middle.
            Some(draft) if in_tear && draft.heads.is_empty() => false,
            Some(_) if in_tear => section
                .iter()
                .any(|i| i.in_tear && i.role.is_body() && i.role != Role::Caption && !i.is_box()),
            Some(draft) => begins_article(draft, group, section, below == Some(Role::Byline)),
        };
        if fresh {
            self.before = self.open.take();
        }
        let draft = self.draft();
        let behind_byline = !draft.heads.is_empty() && !draft.bylines.is_empty();
        let headed = !draft.heads.is_empty() || draft.from.is_some();
        let into_body = (!draft.has_pictures_only() && headed) || behind_byline;
        for item in group {
            if into_body {
                draft.push_body(item.clone());
            } else {
                draft.push_head(item.piece.clone());
            }
        }
        at + run
    }

    /// Keeps headings that stand alone in a tear for a paragraph behind it that
    /// has none of its own, if there is one.
    fn waits(&mut self, items: &[Item], behind: usize, group: &[Item]) -> bool {
        let next = items[behind..].iter().take(3).find(|i| !i.in_tear);
        let open = next.is_some_and(|i| i.role == Role::Prose);
        // No section of the same article begins inside a paragraph.
        let other = group
            .iter()
            .any(|i| marker::find(&i.piece.glyphs).is_none() && i.piece.glyphs.len() >= 3);
        if open && other {
            self.wait(group);
        }
        open && other
    }

    /// Keeps headings for a text that is still to come.
    fn wait(&mut self, group: &[Item]) {
        let mut draft = Draft::new(Class::Article);
        group.iter().for_each(|i| draft.push_head(i.piece.clone()));
        self.drafts.push(draft);
        self.waiting = Some(self.drafts.len() - 1);
    }
}

/// Whether an advert or a roll of honour begins with a heading of its own.
fn begins_apart(item: &Item) -> bool {
    let line = text(&item.piece.glyphs);
    match item.role {
        Role::Advert => wording::is_offer(&line),
        Role::Honours => wording::is_roll_title(&line),
        _ => false,
    }
}
