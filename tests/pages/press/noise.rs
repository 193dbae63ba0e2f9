//! Characters that are taken for others of a like shape.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Line, Press};
use crate::gold::Misread;
use crate::rng::Rng;
use crate::truth::Truth;

/// What characters are read as.
struct Alike {
    /// In every print.
    often: HashMap<char, Vec<char>>,
    /// In a bad one.
    seldom: HashMap<char, Vec<char>>,
    /// The pairs that every list of such misreadings begins with.
    named: HashMap<char, Vec<char>>,
}

static ALIKE: LazyLock<Alike> = LazyLock::new(|| {
    let mut alike = Alike {
        often: HashMap::new(),
        seldom: HashMap::new(),
        named: HashMap::new(),
    };
    for row in rows() {
        let table = match row.list {
            "often" => &mut alike.often,
            "seldom" => &mut alike.seldom,
            _ => &mut alike.named,
        };
        for wrong in row.wrongs.chars() {
            table.entry(row.right).or_default().push(wrong);
            if row.back {
                table.entry(wrong).or_default().push(row.right);
            }
        }
    }
    alike
});

/// A line of the list.
struct Row {
    list: &'static str,
    right: char,
    wrongs: &'static str,
    /// It holds both ways.
    back: bool,
}

fn rows() -> impl Iterator<Item = Row> {
    let mut list = "";
    let lines = include_str!("../noise.tsv").lines();
    lines
        .filter(|l| !l.starts_with('#'))
        .filter_map(move |line| {
            if let Some(name) = line.strip_prefix("== ") {
                list = name;
                return None;
            }
            let (right, wrongs) = line.split_once('\t').expect("two columns");
            let back = !right.starts_with('>');
            let right = right.trim_start_matches('>').chars().next();
            Some(Row {
                list,
                right: right.expect("a character"),
                wrongs,
                back,
            })
        })
}

/// What a character is misread as this time, if it is.
fn misreading(c: char, press: &Press, rng: &mut Rng) -> Option<char> {
    let rate = press.noise;
    if press.named {
        let wrongs = ALIKE.named.get(&c)?;
        return rng.happens(rate).then(|| *rng.pick(wrongs));
    }
    let often = ALIKE.often.get(&c);
    let seldom = ALIKE.seldom.get(&c);
    let wrongs = match (often, seldom) {
        (Some(often), None) => rng.happens(rate).then_some(often)?,
        (None, Some(seldom)) => rng.happens(rate * SELDOM).then_some(seldom)?,
        (Some(often), Some(seldom)) => {
            let which = if rng.happens(SELDOM) { seldom } else { often };
            rng.happens(rate).then_some(which)?
        }
        (None, None) => return None,
    };
    Some(*rng.pick(wrongs))
}

/// Whether this is a misreading of every day, not of a bad print.
pub fn is_often(right: char, wrong: char) -> bool {
    ALIKE.often.get(&right).is_some_and(|w| w.contains(&wrong))
}

/// How much less often the misreadings of a bad print are.
const SELDOM: f64 = 0.2;
/// How far apart misread characters stand at least: a reader must be able to
/// tell from what is around.
const APART: usize = 6;
/// Texts shorter than this are left alone.
const SHORTEST: usize = 5;
/// How often marks are misread, for every misread character.
const COMMAS: f64 = 0.1;
const SEMICOLONS: f64 = 2.0;

/// Misreads characters of the articles, in place.
pub fn misread(
    press: &Press,
    truth: &Truth,
    pages: &mut [Vec<Line>],
    rng: &mut Rng,
) -> Vec<Misread> {
    let mut found = Vec::new();
    if press.noise <= 0.0 {
        return found;
    }
    let mut last: Option<(usize, usize)> = None;
    for (page, lines) in pages.iter_mut().enumerate() {
        for (number, line) in lines.iter_mut().enumerate() {
            for (col, cell) in line.iter_mut().enumerate() {
                let Some((text, at)) = cell.from else {
                    continue;
                };
                let told = &truth.texts[text];
                let near = last.is_some_and(|(t, a)| t == text && at.abs_diff(a) < APART);
                let fit = told.is_article()
                    && told.kind != "byline"
                    && told.kept.len() >= SHORTEST
                    && !told.kept[at]
                    && !near;
                if !fit {
                    continue;
                }
                let right = told.chars[at];
                let wrong = match right {
                    '，' | '；' if press.named => None,
                    '，' => rng.happens(press.noise * COMMAS).then_some('.'),
                    '；' => rng.happens(press.noise * SEMICOLONS).then_some(':'),
                    _ if right == cell.c => misreading(right, press, rng),
                    _ => None,
                };
                let Some(wrong) = wrong else { continue };
                cell.c = wrong;
                last = Some((text, at));
                found.push(Misread {
                    page,
                    line: number + 1,
                    col,
                    wrong: wrong.to_string(),
                    right: right.to_string(),
                    apply: true,
                });
            }
        }
    }
    found
}

#[test]
fn the_list_is_long_and_without_slips() {
    let mut pairs = std::collections::HashSet::new();
    for Row {
        list,
        right,
        wrongs,
        back,
    } in rows()
    {
        let list = list == "named";
        for wrong in wrongs.chars() {
            assert_ne!(right, wrong);
            let new = pairs.insert((list, right, wrong));
            assert!(new, "{right}/{wrong} stands twice");
            if back {
                let new = pairs.insert((list, wrong, right));
                assert!(new, "{wrong}/{right} stands twice");
            }
        }
    }
    assert!(pairs.len() > 600, "{}", pairs.len());
}
