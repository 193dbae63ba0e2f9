//! Pages that somebody wrote who did not know how the program reads, with what he
//! meant: the raw text and the gold in the form of `ingest --json`'s scorer. They
//! are harder than those of our own press. Their faults have told which general
//! rules were missing, so that pages nobody has seen are read a little worse.

use std::path::Path;

use serde_json::Value;
use tingbao::ingest::Repairs;
use tingbao::model::Repair;

use crate::gold::Gold;
use crate::measure::{head, model, row, total};
use crate::prediction::Prediction;
use crate::score::{Score, score};

/// The pages of one stranger: how their names begin, and what all together reached when
/// somebody last looked, a little less: of segments, headlines, and misreadings set
/// right. To be raised. Behind it the right characters that were changed, to be lowered.
const STRANGERS: [(char, [f64; 3], usize); 2] =
    [('p', [0.94, 0.94, 0.5], 0), ('s', [0.88, 0.77, 0.63], 1)];

#[test]
fn pages_of_strangers_are_read_as_well_as_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/strangers");
    let model = model();
    let how = Repairs {
        model: model.as_ref(),
        how: Repair::Apply,
    };
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|e| {
            Some(
                e.unwrap()
                    .file_name()
                    .to_str()?
                    .strip_suffix(".txt")?
                    .to_string(),
            )
        })
        .collect();
    names.sort();
    println!("{}", head());
    for (stranger, least, most_wrong) in STRANGERS {
        let own = names.iter().filter(|n| n.starts_with(stranger));
        let own: Vec<&String> = own.collect();
        assert_eq!(own.len(), 6);
        read(&folder, &own, how, (least, most_wrong));
    }
}

fn read(folder: &Path, names: &[&String], how: Repairs<'_>, floor: ([f64; 3], usize)) {
    let scores: Vec<Score> = names
        .iter()
        .map(|name| {
            let gold = std::fs::read(folder.join(format!("{name}.gold.json"))).unwrap();
            let gold: Value = serde_json::from_slice(&gold).unwrap();
            let raw = [std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap()];
            let (found, _) = Prediction::read(&raw, how);
            let score = score(&Gold::from_json(&gold), &raw, &found);
            println!("{}", row(name, "stranger", &score));
            score
        })
        .collect();
    let all = total(scores.iter());
    println!("{}", row("all", "stranger", &all));
    let wrong: usize = scores
        .iter()
        .map(|s| s.marks.false_edits + s.marks.wrong_fixes)
        .sum();
    assert!(wrong <= floor.1, "{wrong} right characters changed");
    let reached = [all.f1, all.headline.rate(), all.marks.recall()];
    for ((what, value), least) in ["segments", "headlines", "misreadings"]
        .iter()
        .zip(reached)
        .zip(floor.0)
    {
        assert!(value >= least, "{what} {value:.3} is below {least}");
    }
}
