//! The scorer against the one that came with the real page: the same reading
//! has to get the same figures.
//!
//! The page lies beside the repository in `../shared/pages`; where that folder
//! does not exist (or no Python), a note is printed and the test passes.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tingbao::ingest::Repairs;
use tingbao::model::Repair;

use crate::gold::Gold;
use crate::prediction::Prediction;
use crate::score::{Score, Share, score};

fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/pages");
    if !folder.join("score.py").exists() {
        eprintln!(
            "note: {} is not there; nothing was tested",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

/// The figures of the other scorer.
fn other(folder: &Path, gold: &Path, raw: &Path, found: &Value) -> Option<Value> {
    let desk = tempfile::tempdir().unwrap();
    let file = desk.path().join("found.json");
    std::fs::write(&file, found.to_string()).unwrap();
    let run = Command::new("python3")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg(folder.join("score.py"))
        .args([gold, raw, &file])
        .output();
    let Ok(run) = run else {
        eprintln!("note: there is no python3; nothing was tested");
        return None;
    };
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    Some(serde_json::from_slice(&run.stdout).unwrap())
}

/// Compares all figures that both have.
fn compare(ours: &Score, theirs: &Value) {
    let share = |s: Share| (s.hits as f64, s.all as f64);
    let shares = [
        ("headline_exact", ours.headline),
        ("kicker_exact", ours.kicker),
        ("byline_exact", ours.byline),
        ("blocks_exact_with_role", ours.blocks),
        ("split_paragraphs_rejoined", ours.joins),
        ("masthead", ours.masthead),
        ("traps_kept", ours.traps),
        ("gaps_marked", ours.gaps),
    ];
    for (name, value) in shares {
        let pair = &theirs[name];
        let pair = (pair[0].as_f64().unwrap(), pair[1].as_f64().unwrap());
        assert_eq!(share(value), pair, "{name}");
    }
    let marks = &ours.marks;
    let figures = [
        ("/seg_precision", ours.precision),
        ("/seg_recall", ours.recall),
        ("/seg_f1", ours.f1),
        ("/order_cer", ours.cer()),
        ("/ocr/errors", marks.errors as f64),
        ("/ocr/fixed", marks.fixed as f64),
        ("/ocr/edits", marks.edits as f64),
        ("/ocr/false_edits", marks.false_edits as f64),
        ("/ocr/wrong_fix", marks.wrong_fixes as f64),
        ("/ocr/corr_recall", marks.recall()),
        ("/ocr/corr_precision", marks.precision()),
        ("/ocr/det_recall", marks.detection()),
        ("/ocr/det_precision", marks.detection_precision()),
        ("/invented_or_doubled_chars", ours.invented as f64),
        ("/inserted_not_in_raw", ours.inserted as f64),
        ("/silent_substitutions", ours.substituted as f64),
    ];
    for (name, value) in figures {
        let theirs = theirs.pointer(name).and_then(Value::as_f64).unwrap();
        assert!(
            (value - theirs).abs() < 0.002,
            "{name}: {value}, not {theirs}"
        );
    }
}

#[test]
fn the_real_page_gets_the_figures_of_the_other_scorer() {
    let Some(folder) = shared() else { return };
    let gold_file = folder.join("xinmin-8545.gold.json");
    let raw_file = folder.join("xinmin-8545.txt");
    let json: Value = serde_json::from_slice(&std::fs::read(&gold_file).unwrap()).unwrap();
    let gold = Gold::from_json(&json);
    let raw = [std::fs::read_to_string(&raw_file).unwrap()];
    let model = crate::measure::model();
    let how = Repairs {
        model: model.as_ref(),
        how: Repair::Apply,
    };
    // As it is read, and a reading with more faults: nothing set right, two
    // articles as one, a character changed.
    let (_, good) = Prediction::read(&raw, how);
    let (_, mut bad) = Prediction::read(&raw, Repairs::OFF);
    let second = bad["articles"][1]["blocks"].clone();
    let blocks = bad["articles"][0]["blocks"].as_array_mut().unwrap();
    blocks.extend(second.as_array().unwrap().clone());
    blocks[2]["text"] = blocks[2]["text"]
        .as_str()
        .unwrap()
        .replace('市', "布")
        .into();
    bad["articles"].as_array_mut().unwrap().remove(1);
    for found in [good, bad] {
        let ours = score(&gold, &raw, &Prediction::from_json(&found));
        let Some(theirs) = other(&folder, &gold_file, &raw_file, &found) else {
            return;
        };
        compare(&ours, &theirs);
    }
}
