//! Lists of names: rolls of honour and of donors.
//!
//! Names of two characters are padded to the width of three, so that a space
//! stands in the middle of them; spaces between names look the same.

use super::glyph::{Glyph, is_han, is_stop};
use super::piece::Piece;
use super::wording;

/// A name or what stands for one: a run of the piece.
type Word = (usize, usize);

/// The words of a list; two characters that stand alone side by side are one.
fn words(piece: &Piece) -> Vec<Word> {
    let mark = |g: &Glyph| matches!(g.c, '、' | ',' | '，' | ':' | '：' | '●' | '·' | ';' | '；');
    // Where marks part the names, spaces are line ends.
    let marked = piece
        .glyphs
        .iter()
        .any(|g| matches!(g.c, '、' | ',' | '，'));
    let gap = |at: usize| !marked && piece.gaps.binary_search_by_key(&at, |g| g.at).is_ok();
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (i, g) in piece.glyphs.iter().enumerate() {
        if mark(g) {
            open = false;
            continue;
        }
        match words.last_mut() {
            Some(last) if open && !gap(i) => last.1 = i + 1,
            _ => words.push((i, i + 1)),
        }
        open = true;
    }
    let alone = |w: &Word| w.1 - w.0 == 1 && is_han(piece.glyphs[w.0].c);
    let figure = |w: &Word| piece.glyphs[w.0..w.1].iter().all(|g| g.c.is_ascii_digit());
    let unit = |w: &Word| alone(w) && "元万件册".contains(piece.glyphs[w.0].c);
    let mut paired: Vec<Word> = Vec::with_capacity(words.len());
    let mut half = false;
    for word in words {
        match paired.last_mut() {
            Some(last) if figure(last) && unit(&word) => last.1 = word.1,
            Some(last) if half && alone(&word) && last.1 == word.0 => {
                last.1 = word.1;
                half = false;
            }
            _ => {
                half = alone(&word);
                paired.push(word);
            }
        }
    }
    paired
}

/// A part of what somebody gave: `500元`, `30册`.
fn given(g: &Glyph) -> bool {
    g.c.is_ascii_digit() || "元万件册.".contains(g.c)
}

/// Three or more names of persons, or of firms, and hardly anything else but
/// what they gave.
pub(super) fn is_list(piece: &Piece) -> bool {
    let (mut all, mut names) = (0, 0);
    let words = words(piece);
    let gives = |i: usize| {
        let next = words.get(i + 1).map(|(from, to)| &piece.glyphs[*from..*to]);
        next.is_some_and(|w| w.iter().all(given) && w.len() > 1)
    };
    for (i, (from, to)) in words.iter().copied().enumerate() {
        let mut word = &piece.glyphs[from..to];
        // `勾某二等奖`: the next prize behind a name.
        if word.len() > 4
            && matches!(word, [.., kind, g, p] if g.c == '等' && p.c == '奖' && is_han(kind.c))
        {
            word = &word[..word.len() - 3];
        }
        if word.iter().all(given) {
            continue;
        }
        all += 1;
        let name = (2..=4).contains(&word.len()) && word.iter().all(|g| is_han(g.c));
        // Who gives may be called anything: `南塘水果店 1000元`.
        let giver = word.iter().all(|g| is_han(g.c)) && word.len() <= 16 && gives(i);
        names += usize::from(name || giver || wording::is_firm(word));
    }
    all >= 3 && names * 10 >= all * 9 && !piece.glyphs.iter().any(|g| is_stop(g.c))
}

/// Names of firms and nothing else.
pub(super) fn is_firms(piece: &Piece) -> bool {
    let firm = |(from, to): &Word| wording::is_firm(&piece.glyphs[*from..*to]);
    words(piece).iter().all(firm)
}

/// Names of firms, some of which end as no firm's usually does.
fn is_mostly_firms(piece: &Piece) -> bool {
    let words = words(piece);
    let firm = |(from, to): &&Word| wording::is_firm(&piece.glyphs[*from..*to]);
    words.iter().filter(firm).count() * 2 >= words.len()
}

/// The list with a space between its names and none inside them.
pub(super) fn join(piece: &Piece) -> Vec<Glyph> {
    let words = words(piece);
    let mut out = Vec::with_capacity(piece.glyphs.len() + words.len());
    for (i, g) in piece.glyphs.iter().enumerate() {
        let begins = i > 0 && words.binary_search_by_key(&i, |w| w.0).is_ok();
        if let (true, Ok(gap)) = (begins, piece.gaps.binary_search_by_key(&i, |gap| gap.at)) {
            out.push(piece.gaps[gap].space);
        }
        out.push(*g);
    }
    out
}

/// Where the list begins when its heading stands on the same line: behind the
/// heading's colon or space.
pub(super) fn behind_heading(piece: &Piece) -> Option<(usize, usize)> {
    let near = piece.glyphs.len().min(16);
    let heading = |at: usize| {
        let line: String = piece.glyphs[..at].iter().map(|g| g.c).collect();
        wording::is_roll(&line) || line.ends_with('榜') || line.ends_with("名单")
    };
    (2..near).find_map(|at| {
        let colon = matches!(piece.glyphs[at].c, ':' | '：');
        let gap = piece.gaps.binary_search_by_key(&at, |g| g.at).is_ok();
        let rest = at + usize::from(colon);
        // `荷湾好人榜 揭晓` is a headline.
        let listed = || {
            let list = piece.part(rest, piece.glyphs.len());
            let stops = list.glyphs.iter().any(|g| is_stop(g.c));
            is_list(&list) || colon && !stops && is_mostly_firms(&list)
        };
        let found = (colon || gap) && rest < piece.glyphs.len() && heading(at) && listed();
        found.then_some((at, rest))
    })
}

#[cfg(test)]
mod tests {
    use super::super::glyph::text;
    use super::super::piece::pieces;
    use super::*;

    #[test]
    fn padded_names_are_told_from_two_names() {
        let joined = |t: &str| text(&join(&pieces(t)[0]));
        assert_eq!(joined("林 芳 周 全 赵大有 钱 进"), "林芳 周全 赵大有 钱进");
        assert_eq!(joined("丁 一 王建国 方 圆"), "丁一 王建国 方圆");
        assert_eq!(joined("郭小舒、丁 小诚、夏小诺"), "郭小舒、丁小诚、夏小诺");
    }

    #[test]
    fn donors_are_a_list_and_sentences_are_none() {
        assert!(is_list(
            &pieces("张德明 500 元 李 红 200 元 荷湾餐饮有限公司 5000 元")[0]
        ));
        assert!(is_list(&pieces("孙 静 周文斌 吴 越 郑小芳")[0]));
        assert!(!is_list(&pieces("社区食堂今天开张 居民都说好")[0]));
    }

    #[test]
    fn a_heading_on_the_same_line_is_found() {
        assert_eq!(
            behind_heading(&pieces("荣誉榜: 荷湾后勤管理有限公司")[0]),
            Some((3, 4))
        );
        assert_eq!(
            behind_heading(&pieces("光荣榜 赵大力 钱小川 孙一航")[0]),
            Some((3, 3))
        );
        assert_eq!(behind_heading(&pieces("光荣榜")[0]), None);
        assert_eq!(behind_heading(&pieces("荷湾好人榜 今晚揭晓")[0]), None);
    }
}
