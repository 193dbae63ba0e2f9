//! Misread characters: how many of them are set right or doubted, and whether
//! anything is changed that was right.

use std::collections::{BTreeMap, HashSet};

use crate::gold::Misread;
use crate::marks::{self, Marks};
use crate::measure::{STYLES, in_parallel, model, most, truths};
use crate::prediction::Prediction;
use crate::press::noise::is_often;
use crate::press::{Press, Style};
use crate::score::Share;

use tingbao::ingest::Repairs;
use tingbao::lm::WordModel;
use tingbao::model::Repair;

/// How many times each page is printed with other misreadings.
const SEEDS: u64 = 20;
/// The probability that a character with a look-alike is misread: about seven
/// in a thousand characters, as on a real page.
const NOISE: f64 = 0.016;

/// What was reached when somebody last looked, less a little; to be raised
/// whenever the program repairs better.
const RECALL: f64 = 0.36;
const PRECISION: f64 = 0.99;
const DETECTION: f64 = 0.53;
/// The probability that one of the characters is misread that are in every
/// print: about one and a half in a hundred characters of a page.
const NAMED_NOISE: f64 = 0.17;
const NAMED_RECALL: f64 = 0.81;
const NAMED_PRECISION: f64 = 0.995;

/// What came of the misread characters of one printed page.
struct Found {
    marks: Marks,
    /// The wrong edits with what is around them.
    told: String,
    /// How many of the often and of the seldom misreadings were set right.
    kinds: [Share; 2],
    /// What was read for what, and whether it was set right.
    pairs: Vec<((char, char), bool)>,
}

/// How well the marks of one printed page were found.
fn marks(press: Press, truth: &crate::truth::Truth, model: Option<&WordModel>) -> Found {
    let printed = press.print(truth);
    let how = Repair::Apply;
    let (found, _) = Prediction::read(&printed.pages, Repairs { model, how });
    let marks = marks::score(&printed.gold, &found);
    let told: Vec<String> = (marks.bad.iter())
        .map(|e| {
            let line = printed.pages[e.page].split('\n').nth(e.line - 1);
            let chars: Vec<char> = line.unwrap_or_default().chars().collect();
            let near = |from: usize, to: usize| -> String {
                chars[from.min(chars.len())..to.min(chars.len())]
                    .iter()
                    .collect()
            };
            let before = near(e.col.saturating_sub(6), e.col);
            let behind = near(e.col + 1, e.col + 7);
            let Misread { wrong, right, .. } = e;
            format!("{}: {before}[{wrong}→{right}]{behind}", truth.name)
        })
        .collect();
    let mut kinds = [Share::default(); 2];
    for e in &printed.gold.misread {
        let (wrong, right) = pair(e);
        let seldom = usize::from(!is_often(right, wrong));
        kinds[seldom].add(!marks.missed.contains(e));
    }
    let pairs = printed.gold.misread.iter();
    Found {
        pairs: pairs
            .map(|e| (pair(e), !marks.missed.contains(e)))
            .collect(),
        marks,
        told: told.join("\n"),
        kinds,
    }
}

/// The pairs of the program's own table.
fn known() -> HashSet<(char, char)> {
    let rows = include_str!("../../data/lookalikes.txt").lines();
    let rows = rows
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'));
    let pairs = rows.flat_map(|(left, right)| {
        left.chars()
            .flat_map(move |a| right.chars().map(move |b| (a, b)))
    });
    pairs
        .flat_map(|(a, b)| [(a, b), (b, a)])
        .chain([('□', '口')])
        .collect()
}

fn pair(e: &Misread) -> (char, char) {
    let first = |s: &str| s.chars().next().unwrap_or_default();
    (first(&e.wrong), first(&e.right))
}

/// Every page with every seed.
fn jobs(pages: usize, noise: f64, named: bool) -> Vec<(usize, Press)> {
    let press = |seed| Press {
        style: Style::Spaces,
        narrow: true,
        worn: seed % 2 == 0,
        noise,
        named,
        seed,
    };
    (1..=SEEDS)
        .flat_map(|seed| (0..pages).map(move |i| (i, press(seed))))
        .collect()
}

#[test]
fn characters_misread_in_every_print_are_set_right_as_well_as_before() {
    let Some(model) = model() else { return };
    let truths = truths();
    let found = in_parallel(jobs(truths.len(), NAMED_NOISE, true), |(i, press)| {
        marks(press, &truths[i], Some(&model))
    });
    let mut sum = Marks::default();
    found.iter().for_each(|f| sum.add(f.marks.clone()));
    let mut pairs: BTreeMap<(char, char), Share> = BTreeMap::new();
    for (pair, fixed) in found.iter().flat_map(|f| &f.pairs) {
        pairs.entry(*pair).or_default().add(*fixed);
    }
    let bad = most(sum.bad.iter().map(pair));
    println!("{:<8}{:>8}{:>8}{:>8}", "pair", "errors", "recall", "bad");
    for ((wrong, right), share) in &pairs {
        let wrongs = bad.iter().find(|(p, _)| p == &(*wrong, *right));
        let wrongs = wrongs.map_or(0, |(_, n)| *n);
        println!(
            "{:<8}{:>8}{:>8.3}{:>8}",
            format!("{wrong}→{right}"),
            share.all,
            share.rate(),
            wrongs
        );
    }
    println!(
        "named: {} errors, recall {:.3}, precision {:.3}, found {:.3}, doubts right {:.3}",
        sum.errors,
        sum.recall(),
        sum.precision(),
        sum.detection(),
        sum.detection_precision()
    );
    let told = found.iter().flat_map(|f| f.told.lines());
    for (edit, n) in most(told) {
        println!("  {n:>3} {edit}");
    }
    assert!(sum.errors > 2000, "{} errors are too few", sum.errors);
    assert!(sum.recall() >= NAMED_RECALL, "recall {:.3}", sum.recall());
    let precision = sum.precision();
    assert!(precision >= NAMED_PRECISION, "precision {precision:.3}");
}

#[test]
fn misread_characters_are_set_right_as_well_as_before() {
    let Some(model) = model() else { return };
    let truths = truths();
    let jobs = jobs(truths.len(), NOISE, false);
    let found = in_parallel(jobs.clone(), |(i, press)| {
        marks(press, &truths[i], Some(&model))
    });
    let mut sum = Marks::default();
    println!(
        "{:<22}{:>8}{:>8}{:>8}{:>8}{:>8}",
        "page", "errors", "recall", "precis", "found", "false"
    );
    let row = |name: &str, m: &Marks| {
        println!(
            "{name:<22}{:>8}{:>8.3}{:>8.3}{:>8.3}{:>8}",
            m.errors,
            m.recall(),
            m.precision(),
            m.detection(),
            m.false_edits
        );
    };
    for (i, truth) in truths.iter().enumerate() {
        let mut page = Marks::default();
        let of_page = jobs.iter().zip(&found).filter(|(job, _)| job.0 == i);
        of_page.for_each(|(_, found)| page.add(found.marks.clone()));
        row(&truth.name, &page);
        sum.add(page);
    }
    row("all", &sum);
    println!(
        "detection precision {:.3}, wrong fixes {}",
        sum.detection_precision(),
        sum.wrong_fixes
    );
    let mut kinds = [Share::default(); 2];
    for f in &found {
        kinds.iter_mut().zip(f.kinds).for_each(|(k, f)| *k += f);
    }
    let [often, seldom] = kinds;
    println!(
        "set right of what is often misread {:.3} ({}), of what is seldom {:.3} ({})",
        often.rate(),
        often.all,
        seldom.rate(),
        seldom.all
    );
    let known = known();
    let han = |e: &&Misread| pair(e).0 >= '\u{4E00}' || pair(e).0 == '□';
    let unknown = sum
        .missed
        .iter()
        .filter(han)
        .filter(|e| !known.contains(&pair(e)))
        .count();
    let other = sum.missed.iter().filter(|e| !han(e)).count();
    println!(
        "of {} not set right: {unknown} are of pairs the program does not know, {other} are marks \
         and figures",
        sum.missed.len()
    );
    let list = |name: &str, of: &[Misread], which: &dyn Fn(&(char, char)) -> bool| {
        let pairs = most(of.iter().map(pair).filter(|p| which(p)));
        let pairs = pairs
            .iter()
            .take(60)
            .map(|((a, b), n)| format!("{a}/{b} {n}"));
        println!("{name}: {}", pairs.collect::<Vec<_>>().join("  "));
    };
    list("not set right, known", &sum.missed, &|p| known.contains(p));
    list("not set right, unknown", &sum.missed, &|p| {
        !known.contains(p)
    });
    let bad = found.iter().flat_map(|f| f.told.lines());
    println!("wrong edits:");
    for (edit, n) in most(bad) {
        println!("  {n:>3} {edit}");
    }
    assert!(sum.errors > 2000, "{} errors are too few", sum.errors);
    assert!(sum.recall() >= RECALL, "recall {:.3}", sum.recall());
    assert!(
        sum.precision() >= PRECISION,
        "precision {:.3}",
        sum.precision()
    );
    assert!(
        sum.detection() >= DETECTION,
        "detection {:.3}",
        sum.detection()
    );
}

#[test]
fn what_was_read_rightly_is_let_be() {
    let Some(model) = model() else { return };
    let truths = truths();
    let jobs: Vec<(usize, Press)> = (0..truths.len())
        .flat_map(|i| STYLES.map(|(_, press)| (i, press)))
        .collect();
    let found = in_parallel(jobs, |(i, press)| marks(press, &truths[i], Some(&model)));
    let mut sum = Marks::default();
    found.iter().for_each(|f| sum.add(f.marks.clone()));
    println!("edits of pages without a misread character: {}", sum.edits);
    println!("doubts and edits there: {}", sum.pointed);
    let bad = found.iter().flat_map(|f| f.told.lines());
    for (edit, n) in most(bad) {
        println!("  {n:>3} {edit}");
    }
    assert_eq!(sum.edits, 0, "false edits");
}
