//! What the rows of the grammar make of a page, case by case: the files of
//! `tests/cases`, one a subject. Each line has a name, the printed text, what
//! is spoken, and why, parted by tabs.

use std::fs;
use std::path::Path;

use crate::model::SourceText;

use super::{Digits, FrontEnd};

#[test]
fn figures_and_signs_are_said_in_words() {
    let front = FrontEnd::new(&[]).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut wrong = Vec::new();
    let mut names = std::collections::BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        for line in fs::read_to_string(&file).unwrap().lines().skip(1) {
            let [name, text, expected, why] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{}: not four columns: {line}", file.display());
            };
            assert!(names.insert(name.to_string()), "{name} is there twice");
            let spoken = front.read(&SourceText::made(text)).value.spoken;
            if spoken != expected {
                wrong.push(format!("{name}: {text} → {spoken}, not {expected} ({why})"));
            }
        }
    }
    assert!(names.len() > 500, "{} cases", names.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_may_be_yi_in_telephone_numbers() {
    let front = FrontEnd::new(&[])
        .unwrap()
        .with_digits(Digits { yao: false });
    let spoken = |text| front.read(&SourceText::made(text)).value.spoken;
    assert_eq!(spoken("拨打110"), "拨打一一零");
}
