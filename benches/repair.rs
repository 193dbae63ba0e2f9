//! How many misread characters are set right, how many changes are wrong, and
//! how fast that is: over clean text and over the same text with a seeded part
//! of its characters misread.
//!
//! `cargo bench --bench repair -- FILE…`: each line a sentence; of lines with
//! tabs the first column. `--misses` prints every wrong change and every error
//! left, `--noise=FILE` names other misreadings than those of the tests,
//! `--features` prints what `tools/make_repair.py` learns from, `--often` takes the
//! pairs of `data/often.txt` as misreadings.
#![allow(missing_docs, reason = "a program")]

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Instant;

use tingbao::ingest::{PageFile, Repairs, read_pages};
use tingbao::lm::WordModel;
use tingbao::model::{Edit, Repair};
use tingbao::store;

/// One in so many characters is misread.
const RATE: u64 = 80;
/// The same of those that are in every print, which are few.
const OFTEN_RATE: u64 = 10;
/// So many lines are a page.
const LINES: usize = 60;

/// Prints what `ingest` tells about every change it thinks of, with the truth:
/// what `tools/make_repair.py` learns from.
struct Teller;

/// What was misread, by line and column.
type Errors = HashMap<(u32, u32), char>;

/// The page under work: its first line, and what was misread on it.
static PAGE: Mutex<Option<(u32, Errors)>> = Mutex::new(None);

impl log::Log for Teller {
    fn enabled(&self, of: &log::Metadata<'_>) -> bool {
        of.target().starts_with("tingbao::ingest::repair")
    }

    fn log(&self, record: &log::Record<'_>) {
        let told = record.args().to_string();
        let mut parts = told.splitn(5, ' ');
        let mut next = || parts.next().unwrap_or_default();
        let (line, col, wrong, right, features) = (next(), next(), next(), next(), next());
        let page = PAGE.lock().ok();
        let Some((first, errors)) = page.as_deref().and_then(Option::as_ref) else {
            return;
        };
        let place = line.parse().ok().zip(col.parse().ok());
        let truth = place.and_then(|(l, c): (u32, u32)| errors.get(&(l / 2 + first, c)));
        let good = truth.is_some_and(|c| right.starts_with(*c));
        println!(
            "F {} {} {wrong} {right} {features}",
            u8::from(good),
            u8::from(truth.is_some())
        );
    }

    fn flush(&self) {}
}

static TELLER: Teller = Teller;

/// SplitMix64 (Steele, Lea and Flood 2014): the same noise every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }
}

/// What each character may be misread as: lines of a character, a tab and what
/// it is taken for; both ways unless `>` stands before.
fn confusions(table: &str) -> HashMap<char, Vec<char>> {
    let mut confused: HashMap<char, Vec<char>> = HashMap::new();
    let rows = table.lines().filter(|l| !l.starts_with('#'));
    for (left, others) in rows.filter_map(|l| l.split_once('\t')) {
        let one_way = left.starts_with('>');
        for (a, b) in left
            .trim_start_matches('>')
            .chars()
            .flat_map(|a| others.chars().map(move |b| (a, b)))
        {
            confused.entry(a).or_default().push(b);
            if !one_way {
                confused.entry(b).or_default().push(a);
            }
        }
    }
    confused
}

/// Reads the lines as pages of [`LINES`] lines each; the edits, with the lines
/// counted through.
fn read(lines: &[Vec<char>], repairs: Repairs<'_>) -> tingbao::diag::Result<Vec<Edit>> {
    let mut all = Vec::new();
    for (number, lines) in lines.chunks(LINES).enumerate() {
        let text: Vec<String> = lines.iter().map(|l| l.iter().collect()).collect();
        let page = PageFile {
            name: "text".into(),
            bytes: text.join("\n\n").into_bytes(),
        };
        if let Some((first, _)) = PAGE.lock().ok().as_deref_mut().and_then(Option::as_mut) {
            *first = (number * LINES) as u32;
        }
        let edits = read_pages(&[page], repairs)?.value.edits;
        all.extend(edits.into_iter().map(|e| Edit {
            line: e.line / 2 + (number * LINES) as u32,
            ..e
        }));
    }
    Ok(all)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (flags, files): (Vec<String>, Vec<String>) = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .partition(|a| a.starts_with("--"));
    let misses = flags.iter().any(|f| f == "--misses");
    let path = store::word_model().ok_or("install libime-data-language-model")?;
    let model = WordModel::new(store::map("model of words", &path)?)?;
    let repairs = Repairs {
        model: Some(&model),
        how: Repair::Apply,
    };
    let noise = flags.iter().find_map(|f| f.strip_prefix("--noise="));
    let often = flags.iter().any(|f| f == "--often");
    let (table, rate) = if often {
        ("data/often.txt", OFTEN_RATE)
    } else {
        ("tests/pages/noise.tsv", RATE)
    };
    let noise = std::fs::read_to_string(noise.unwrap_or(table))?;
    let confusions = confusions(&noise);
    let mut lines: Vec<Vec<char>> = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file)?;
        lines.extend(
            text.lines()
                .map(|l| l.split('\t').next().unwrap_or(l).trim().chars().collect())
                .filter(|l: &Vec<char>| !l.is_empty()),
        );
    }
    let characters: usize = lines.iter().map(Vec::len).sum();

    let start = Instant::now();
    let clean = read(&lines, repairs)?;
    let seconds = start.elapsed().as_secs_f64();
    let (applied, doubted): (Vec<&Edit>, Vec<&Edit>) = clean.iter().partition(|e| e.applied);
    println!(
        "clean: {characters} characters, {} changed, {} doubted, {:.0} characters a second",
        applied.len(),
        doubted.len(),
        characters as f64 / seconds
    );
    let show = |what: &str, e: &Edit, lines: &[Vec<char>]| {
        if misses {
            let line: String = lines[e.line as usize].iter().collect();
            println!(
                "  {what} {}→{} {:.3} {} | {line}",
                e.wrong, e.right, e.confidence, e.reason
            );
        }
    };
    for edit in applied {
        show("clean", edit, &lines);
    }

    let mut dice = Dice(1);
    let mut noisy = lines.clone();
    let mut errors: Errors = HashMap::new();
    for (l, line) in noisy.iter_mut().enumerate() {
        for (c, character) in line.iter_mut().enumerate() {
            let Some(others) = confusions.get(character) else {
                continue;
            };
            // Only such characters as can be misread count for the rate.
            if dice.roll(rate) == 0 {
                let wrong = others[dice.roll(others.len() as u64) as usize];
                errors.insert((l as u32, c as u32), *character);
                *character = wrong;
            }
        }
    }
    if flags.iter().any(|f| f == "--features") {
        log::set_logger(&TELLER)?;
        log::set_max_level(log::LevelFilter::Trace);
        if let Ok(mut page) = PAGE.lock() {
            *page = Some((0, errors.clone()));
        }
    }
    let edits = read(&noisy, repairs)?;
    let (mut right, mut wrong, mut false_edits, mut doubted, mut idle) = (0, 0, 0, 0, 0);
    for edit in &edits {
        match (errors.get(&(edit.line, edit.col)), edit.applied) {
            (Some(c), true) if *c == edit.right => right += 1,
            (Some(_), true) => {
                wrong += 1;
                show("wrong", edit, &lines);
            }
            (None, true) => {
                false_edits += 1;
                show("false", edit, &noisy);
            }
            (Some(_), false) => doubted += 1,
            (None, false) => idle += 1,
        }
    }
    let mut left: Vec<_> = errors
        .iter()
        .filter(|(at, c)| {
            !edits
                .iter()
                .any(|e| (e.line, e.col) == **at && e.applied && e.right == **c)
        })
        .collect();
    left.sort();
    for ((line, col), right) in left.into_iter().filter(|_| misses) {
        let text: String = noisy[*line as usize].iter().collect();
        println!(
            "  left {}→{right} | {text}",
            noisy[*line as usize][*col as usize]
        );
    }
    let made = right + wrong + false_edits;
    println!(
        "noisy: {} errors, {right} set right ({:.1} %), {wrong} set wrong, {false_edits} \
         right ones changed (precision {:.2} %), {doubted} errors and {idle} others doubted",
        errors.len(),
        100.0 * right as f64 / errors.len() as f64,
        100.0 * right as f64 / made.max(1) as f64,
    );
    Ok(())
}
