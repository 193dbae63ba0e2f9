//! What a piece of the page is: what only its neighbours can tell.

use super::byline;
use super::finish::kind_of;
use super::glyph::{ends_sentence, is_stop, text, width};
use super::kinds::{self, LEAST_VERSES, WIDEST_VERSE};
use super::leaf;
use super::names;
use super::pen;
use super::piece::Piece;
use super::role::Role;
use super::signature;
use super::small;
use super::wording::{self, has_phone, is_roll};
use crate::model::ArticleKind;

/// The longest text of a small advert, in em.
const LONGEST_OFFER: f32 = 90.0;
/// So many headings may stand over lines that say how to reach somebody.
const MOST_HEADINGS: usize = 3;
/// What is said of what everybody may come to, and of no shop.
const PUBLIC: &[&str] = &[
    "受理",
    "开放",
    "接待",
    "报名",
    "办理",
    "活动",
    "集合",
    "领取",
    "申请",
    "服务时间",
    "服务地点",
    "咨询人",
    "对象",
    "相关链接",
    "链接",
    "预约",
    "参观",
    "讲座",
    "会议",
    "认领",
];

/// Sets right what only the neighbours can tell: `roles` are those of the
/// page's pieces in order.
pub(super) fn settle(roles: &mut [Role], pieces: &[Piece]) {
    let sold = |r: Role| matches!(r, Role::Advert | Role::Honours);
    kinds::interviews(roles, pieces);
    kinds::tables(roles, pieces);
    for i in 0..roles.len() {
        // A row alone looks the same.
        let beside = |i: usize| roles.get(i) == Some(&Role::Row);
        let row = beside(i + 1) || i > 0 && beside(i - 1);
        let open = matches!(roles[i], Role::Heading | Role::Contact);
        if open && !row && small::is_advert(&pieces[i]) {
            roles[i] = Role::Advert;
        }
    }
    // Names below a heading of their own are a roll of honour, whatever it is
    // called.
    for i in 1..roles.len() {
        let above = text(&pieces[i - 1].glyphs);
        let called = wording::is_roll_title(&above) || wording::is_long_roll_title(&above);
        if roles[i - 1] == Role::Heading && called && names::is_list(&pieces[i]) {
            roles[i - 1] = Role::Honours;
        }
    }
    // Names padded to one width below a roll of honour.
    for i in 1..roles.len() {
        let open = matches!(roles[i], Role::Heading | Role::Advert | Role::Verse);
        if roles[i - 1] != Role::Honours {
            continue;
        }
        let above = text(&pieces[i - 1].glyphs);
        let thanks = ["鸣谢", "单位", "企业", "赞助", "捐", "支持"];
        let thanked = thanks.iter().any(|w| above.contains(w)) || names::is_firms(&pieces[i - 1]);
        let firms = |i: usize| pieces.get(i).is_some_and(names::is_firms);
        let listed = open && (names::is_list(&pieces[i]) || thanked && firms(i));
        // `感谢以下单位：`
        let told = thanked && above.len() < 60 && firms(i + 1);
        if listed || (told && matches!(roles[i], Role::Prose | Role::Heading)) {
            roles[i] = Role::Honours;
        }
    }
    // Names alone below a headline wrote what follows.
    for i in 1..roles.len() {
        let above = roles[i - 1] == Role::Heading && (i < 2 || roles[i - 2] != Role::Verse);
        let below = roles.get(i + 1);
        let follows = below.is_some_and(|r| r.is_body() || *r == Role::Heading);
        let apart = || !pieces[i].begins_below(&pieces[i - 1]);
        let pen = || below == Some(&Role::Prose) && apart() && pen::is_pen_name(&pieces[i]);
        let own = || byline::is_spaced_name(&pieces[i]) || pen();
        let spaced = || below.is_some_and(|r| r.is_body()) && own();
        let named = || byline::is_names(&pieces[i]) || spaced();
        if roles[i] == Role::Heading && above && follows && named() {
            roles[i] = Role::Byline;
        }
    }
    signature::signatures(roles, pieces);
    // What breaks off at a jump line is a paragraph.
    for i in 1..roles.len() {
        let jump = pieces
            .get(i + 1)
            .is_some_and(|p| matches!(leaf::jump(&text(&p.glyphs)), Some(leaf::Jump::To(_))));
        if roles[i] == Role::Heading && roles[i - 1].is_body() && jump {
            roles[i] = Role::Prose;
        }
    }
    // Names alone below a paragraph and above something new wrote it.
    for i in 1..roles.len() {
        let below = roles[i - 1].is_body();
        let above = roles.get(i + 1).is_some_and(|r| r.is_body());
        let bracketed = below && pen::is_bracketed_name(&pieces[i]);
        let named = || !above && byline::is_names(&pieces[i]);
        if roles[i] == Role::Heading && below && (bracketed || named()) {
            roles[i] = Role::Byline;
        }
    }
    // A headline may well speak of adverts or end in a firm's name, but gives
    // no phone number.
    for i in 0..roles.len() {
        let line = &pieces[i];
        let before = i > 0 && sold(roles[i - 1]);
        let prose_next = roles.get(i + 1).is_some_and(|r| {
            matches!(
                r,
                Role::Prose | Role::Byline | Role::Question | Role::Salutation
            )
        });
        if sold(roles[i])
            && !before
            && prose_next
            && width(&line.glyphs) <= 36.0
            && !is_roll(&text(&line.glyphs))
            && !has_phone(&line.glyphs)
        {
            roles[i] = Role::Heading;
        }
    }
    torn_around(roles, pieces);
    poems(roles, pieces);
    offers(roles, pieces);
    contacts(roles, pieces);
    // Headings go with what they stand over.
    for i in (0..roles.len()).rev() {
        let next = roles.get(i + 1).copied();
        let before = i > 0 && sold(roles[i - 1]);
        let short = width(&pieces[i].glyphs) <= 60.0;
        match roles[i] {
            Role::Heading if next == Some(Role::Advert) => roles[i] = Role::Advert,
            Role::Heading if before && next.is_none_or(sold) => roles[i] = roles[i - 1],
            Role::Prose if before && short && next.is_none_or(sold) => roles[i] = Role::Advert,
            _ => {}
        }
    }
    // Lists go with the advert or the roll of honour above them, and so does a
    // line between the roll and its names.
    for i in 1..roles.len() {
        let table = |i: usize| matches!(roles.get(i), Some(Role::Columns | Role::Row));
        let listed = |i: usize| !table(i) && pieces.get(i).is_some_and(names::is_list);
        match (roles[i - 1], roles[i]) {
            (Role::Advert, Role::Item(_)) => roles[i] = Role::Advert,
            (Role::Honours, Role::Item(_) | Role::Heading) if listed(i) || listed(i + 1) => {
                roles[i] = Role::Honours;
            }
            (Role::Honours, Role::Prose) if listed(i + 1) => roles[i] = Role::Honours,
            _ => {}
        }
    }
}

/// The most lines of an advert that stands in the middle of a paragraph.
const MOST_TEARING: usize = 4;

/// A few lines that offer something in the middle of a torn paragraph are an advert:
/// no headline tears one and names a price.
fn torn_around(roles: &mut [Role], pieces: &[Piece]) {
    let line = |r: Role| matches!(r, Role::Heading | Role::Contact | Role::Advert);
    let mut at = 1;
    while at < roles.len() {
        let run = roles[at..].iter().take_while(|r| line(**r)).count();
        let behind = roles.get(at + run);
        let torn = roles[at - 1] == Role::Prose && !ends_sentence(&pieces[at - 1].glyphs);
        let lines = &pieces[at..at + run];
        if (1..=MOST_TEARING).contains(&run)
            && torn
            && behind == Some(&Role::Prose)
            && !wording::opens_report(&pieces[at + run].glyphs)
            && lines.iter().any(wording::has_offer)
        {
            roles[at..at + run].fill(Role::Advert);
        }
        at += run.max(1);
    }
}

/// Poems with a blank line between any two lines: many short lines in a row, none
/// of which ends a sentence, below a title and perhaps the poet. What stands
/// over the next text is the next headline.
fn poems(roles: &mut [Role], pieces: &[Piece]) {
    let line = |i: usize| text(&pieces[i].glyphs);
    let mut at = 0;
    while at < roles.len() {
        let run = roles[at..]
            .iter()
            .take_while(|r| **r == Role::Heading)
            .count();
        let end = at + run;
        let signed = (at + 1..end)
            .find(|i| byline::is_names(&pieces[*i]) || byline::is_spaced_name(&pieces[*i]))
            .filter(|i| *i <= at + 2);
        let first = signed.map_or(at + 1, |i| i + 1);
        let titled = |i: &usize| kind_of(&line(*i), "") != ArticleKind::News;
        let body = roles.get(end).is_some_and(|r| r.is_body());
        let last = (first..end)
            .find(titled)
            .unwrap_or(end - usize::from(body && run > 0));
        let verse = |i: usize| {
            let glyphs = &pieces[i].glyphs;
            width(glyphs) <= WIDEST_VERSE && !glyphs.iter().any(|g| is_stop(g.c) && g.c != '…')
        };
        if last >= first + LEAST_VERSES && (first..last).all(verse) {
            if let Some(poet) = signed {
                roles[poet] = Role::Byline;
            }
            roles[first..last].fill(Role::Verse);
        }
        at = end.max(at + 1);
    }
}

/// Headings that offer something, with what stands below them: an advert, when
/// it is short and gives a number to call and a price.
fn offers(roles: &mut [Role], pieces: &[Piece]) {
    for i in 1..roles.len() {
        let (above, here) = (&pieces[i - 1].glyphs, &pieces[i].glyphs);
        let short = matches!(roles[i], Role::Prose | Role::Heading | Role::Contact)
            && width(here) <= LONGEST_OFFER
            && !wording::opens_report(here);
        let headed = matches!(roles[i - 1], Role::Heading | Role::Advert);
        let offered = || wording::offers(here) || wording::is_small_offer(here);
        if headed && short && wording::is_offer(&text(above)) && offered() {
            roles[i - 1] = Role::Advert;
            roles[i] = Role::Advert;
        }
    }
}

/// Place, time and phone belong to the notice they stand below. Below nothing
/// but a heading they are an advert's when anything is offered there, or when
/// they say only how to reach somebody.
fn contacts(roles: &mut [Role], pieces: &[Piece]) {
    for i in 0..roles.len() {
        if roles[i] != Role::Contact {
            continue;
        }
        let headings = (roles[..i].iter().rev())
            .take(MOST_HEADINGS)
            .take_while(|r| **r == Role::Heading)
            .count();
        let first = i - headings;
        let above = first.checked_sub(1).map(|i| roles[i]);
        let run = (roles[i..].iter())
            .take(MOST_HEADINGS)
            .take_while(|r| **r == Role::Contact)
            .count();
        let lines = &pieces[first..i + run];
        let said = |p: &Piece| text(&p.glyphs);
        let noticed = lines.iter().any(|p| {
            let line = said(p);
            wording::is_notice_title(&line) || PUBLIC.iter().any(|w| line.contains(w))
        });
        let sells = lines.iter().any(wording::has_offer);
        let follows = headings == 0 && above.is_some_and(Role::is_body);
        let advert = above == Some(Role::Advert) && !noticed;
        if advert || (!follows && (sells || !noticed)) {
            roles[i] = Role::Advert;
        }
    }
}
