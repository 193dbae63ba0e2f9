//! What the rows of the grammar make of a page, case by case: the files of
//! `tests/cases`, one a subject. Each line has a name, the printed text, what
//! is spoken, and why, parted by tabs.

use std::collections::BTreeSet;

use crate::model::SourceText;

use super::{Digits, FrontEnd, score};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../tests/cases/", $name, ".tsv")))),*]
    };
}

/// The files with their names; a new one is added here.
const FILES: &[(&str, &str)] = files![
    "cardinals",
    "codes",
    "dates",
    "decimals",
    "electronic",
    "encyclopedia",
    "fractions",
    "lists_and_symbols",
    "measures",
    "money",
    "ordinals",
    "pages",
    "percent",
    "phones",
    "ranges",
    "ratios",
    "scores",
    "signs",
    "times",
    "traditional",
    "widths",
    "years",
];

#[test]
fn figures_and_signs_are_said_in_words() {
    let front = FrontEnd::new(&[]).unwrap();
    let mut wrong = Vec::new();
    let mut names = BTreeSet::new();
    for (file, cases) in FILES {
        for line in cases.lines().skip(1) {
            let [name, text, expected, why] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{file}: not four columns: {line}");
            };
            assert!(names.insert(name), "{name} is there twice");
            let spoken = front.read(&SourceText::made(text)).value.spoken;
            if spoken != expected {
                wrong.push(format!("{name}: {text} → {spoken}, not {expected} ({why})"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_may_be_yi_in_telephone_numbers() {
    let front = FrontEnd::new(&[])
        .unwrap()
        .with_digits(Digits { yao: false });
    let spoken = front.read(&SourceText::made("拨打110")).value.spoken;
    assert_eq!(spoken, "拨打一一零");
}

/// Sentences that nothing learned from: no change may read fewer of them right.
#[test]
fn characters_are_read_by_what_stands_around_them() {
    let front = FrontEnd::new(&[]).unwrap();
    for (name, file, most_wrong) in [
        (
            "polyphones.tsv",
            include_str!("../../tests/cases/polyphones.tsv"),
            6,
        ),
        (
            "readings.tsv",
            include_str!("../../tests/cases/readings.tsv"),
            24,
        ),
    ] {
        let scores = score(&front, name, file, false).unwrap();
        let wrong: Vec<String> = scores.misses.iter().map(|m| format!("{m:?}")).collect();
        assert!(wrong.len() <= most_wrong, "{name}: {}", wrong.join("\n"));
    }
}
