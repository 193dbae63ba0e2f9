//! What a piece of the page is: what only its neighbours can tell.

use super::byline;
use super::glyph::{Glyph, is_han, is_stop, text, width};
use super::kinds;
use super::leaf;
use super::piece::Piece;
use super::role::Role;
use super::wording::{has_phone, is_roll};

/// Sets right what only the neighbours can tell: `roles` are those of the
/// page's pieces in order.
pub(super) fn settle(roles: &mut [Role], pieces: &[Piece]) {
    let sold = |r: Role| matches!(r, Role::Advert | Role::Honours);
    kinds::interviews(roles, pieces);
    kinds::tables(roles, pieces);
    // Names padded to one width below a roll of honour.
    for i in 1..roles.len() {
        let open = matches!(roles[i], Role::Heading | Role::Advert | Role::Verse);
        if roles[i - 1] == Role::Honours && open && is_name_list(&pieces[i]) {
            roles[i] = Role::Honours;
        }
    }
    // Names alone below a headline wrote what follows.
    for i in 1..roles.len() {
        let above = roles[i - 1] == Role::Heading && (i < 2 || roles[i - 2] != Role::Verse);
        let below = roles.get(i + 1);
        let follows = below.is_some_and(|r| r.is_body() || *r == Role::Heading);
        if roles[i] == Role::Heading && above && follows && byline::is_names(&pieces[i]) {
            roles[i] = Role::Byline;
        }
    }
    kinds::signatures(roles, pieces);
    // What breaks off at a jump line is a paragraph.
    for i in 1..roles.len() {
        let jump = pieces
            .get(i + 1)
            .is_some_and(|p| leaf::jump(&text(&p.glyphs)).is_some());
        if roles[i] == Role::Heading && roles[i - 1].is_body() && jump {
            roles[i] = Role::Prose;
        }
    }
    // Names alone below a paragraph and above something new wrote it.
    for i in 1..roles.len() {
        let below = roles[i - 1].is_body();
        let above = roles.get(i + 1).is_some_and(|r| r.is_body());
        if roles[i] == Role::Heading && below && !above && byline::is_names(&pieces[i]) {
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
    // A contact line closes the notice before it, or else it is an advert's.
    for i in 0..roles.len() {
        if roles[i] == Role::Contact {
            let before = i.checked_sub(1).map(|i| roles[i]);
            if !before.is_some_and(Role::is_body) {
                roles[i] = Role::Advert;
            }
        }
    }
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
        let names = |i: usize| pieces.get(i).is_some_and(is_name_list);
        match (roles[i - 1], roles[i]) {
            (Role::Advert, Role::Item(_)) => roles[i] = Role::Advert,
            (Role::Honours, Role::Item(_) | Role::Heading) if names(i) || names(i + 1) => {
                roles[i] = Role::Honours;
            }
            (Role::Honours, Role::Prose) if names(i + 1) => roles[i] = Role::Honours,
            _ => {}
        }
    }
}

/// Three or more words of two to four characters and hardly anything else.
fn is_name_list(piece: &Piece) -> bool {
    let mark = |g: &Glyph| matches!(g.c, '、' | ',' | '，' | ':' | '：' | '●' | '·');
    // Where marks part the names, spaces are line ends.
    let marked = piece
        .glyphs
        .iter()
        .any(|g| matches!(g.c, '、' | ',' | '，'));
    let runs: Vec<&[Glyph]> = match marked {
        true => vec![&piece.glyphs],
        false => piece.segments().collect(),
    };
    let words = runs.into_iter().flat_map(|run| run.split(mark));
    let (mut all, mut names) = (0, 0);
    for mut word in words.filter(|w| !w.is_empty()) {
        // `勾某二等奖`: the next prize behind a name.
        if word.len() > 4
            && matches!(word, [.., kind, g, p] if g.c == '等' && p.c == '奖' && is_han(kind.c))
        {
            word = &word[..word.len() - 3];
        }
        all += 1;
        names += usize::from((2..=4).contains(&word.len()) && word.iter().all(|g| is_han(g.c)));
    }
    all >= 3 && names * 10 >= all * 9 && !piece.glyphs.iter().any(|g| is_stop(g.c))
}
