//! Prints every page in every way, has it read and tells how well that went.

use std::collections::BTreeMap;
use std::path::Path;

use tingbao::ingest::Repairs;
use tingbao::lm::WordModel;
use tingbao::model::Repair;
use tingbao::store;

use crate::prediction::Prediction;
use crate::press::{Press, Printed, Style};
use crate::score::{Score, Share, score};
use crate::truth::Truth;

/// The page files, in order.
pub fn truths() -> Vec<Truth> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut files: Vec<_> = (std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "page"))
        .collect();
    files.sort();
    let stem = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    (files.iter())
        .map(|path| Truth::parse(&stem(path), &std::fs::read_to_string(path).unwrap()))
        .collect()
}

/// The system's model of words; a note where it has none.
pub fn model() -> Option<WordModel> {
    let Some(path) = store::word_model() else {
        eprintln!("note: this system has no model of words");
        return None;
    };
    let bytes = store::map("model of words", &path).unwrap();
    Some(WordModel::new(bytes).unwrap())
}

/// The presses of a page without misread characters.
pub const STYLES: [(&str, Press); 7] = [
    ("spaces", press(Style::Spaces, true, false)),
    ("worn", press(Style::Spaces, true, true)),
    ("lines", press(Style::Lines, false, false)),
    ("indents", press(Style::Indents, false, false)),
    ("dense", press(Style::Dense, false, false)),
    ("whole", press(Style::Whole, false, false)),
    ("ragged", press(Style::Ragged, false, false)),
];

const fn press(style: Style, narrow: bool, worn: bool) -> Press {
    Press {
        style,
        narrow,
        worn,
        noise: 0.0,
        named: false,
        seed: 1,
    }
}

/// One reading: what was printed, what was found, how good it is.
pub fn read(truth: &Truth, press: Press, model: Option<&WordModel>) -> (Printed, Score) {
    let printed = press.print(truth);
    let repairs = Repairs {
        model,
        how: Repair::Apply,
    };
    let (found, json) = Prediction::read(&printed.pages, repairs);
    let score = score(&printed.gold, &printed.pages, &found);
    if let Some(folder) = std::env::var_os("TINGBAO_PAGES_OUT") {
        let folder = Path::new(&folder);
        std::fs::create_dir_all(folder).unwrap();
        let worn = if press.worn { "Worn" } else { "" };
        let name = format!("{}.{worn}{:?}.{}", truth.name, press.style, press.seed);
        let write = |end: &str, text: &str| {
            std::fs::write(folder.join(format!("{name}.{end}")), text).unwrap();
        };
        for (i, page) in printed.pages.iter().enumerate() {
            write(&format!("{i}.txt"), page);
        }
        write("gold.json", &printed.gold.to_json().to_string());
        write("found.json", &json.to_string());
        write("faults.txt", &score.faults.join("\n"));
    }
    (printed, score)
}

/// Does `work` for every item on all cores, in order.
pub fn in_parallel<T, U>(items: Vec<T>, work: impl Fn(T) -> U + Sync) -> Vec<U>
where
    T: Send,
    U: Send,
{
    let count = items.len();
    let queue = std::sync::Mutex::new(items.into_iter().enumerate());
    let done = std::sync::Mutex::new(Vec::with_capacity(count));
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap().next();
                    let Some((i, item)) = next else { break };
                    let out = work(item);
                    done.lock().unwrap().push((i, out));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, out)| out).collect()
}

/// The sum of many scores; shares are added, rates averaged.
pub fn total<'a>(scores: impl Iterator<Item = &'a Score>) -> Score {
    let mut sum = Score::default();
    let mut count = 0;
    for s in scores {
        count += 1;
        sum.f1 += s.f1;
        sum.precision += s.precision;
        sum.recall += s.recall;
        sum.headline += s.headline;
        sum.kicker += s.kicker;
        sum.byline += s.byline;
        sum.changes += s.changes;
        sum.length += s.length;
        sum.blocks += s.blocks;
        sum.exact += s.exact;
        sum.joins += s.joins;
        sum.masthead += s.masthead;
        sum.invented += s.invented;
        sum.foreign += s.foreign;
        sum.inserted += s.inserted;
        sum.substituted += s.substituted;
        sum.silent += s.silent;
        sum.traps += s.traps;
        sum.gaps += s.gaps;
        sum.gaps_doubted += s.gaps_doubted;
        sum.marks.add(s.marks.clone());
        for (role, share) in &s.roles {
            *sum.roles.entry(role.clone()).or_default() += *share;
        }
    }
    let count = f64::from(count).max(1.0);
    sum.f1 /= count;
    sum.precision /= count;
    sum.recall /= count;
    sum
}

/// The head of the table.
pub fn head() -> String {
    let names = [
        "seg", "headl", "kick", "byline", "blocks", "exact", "joins", "mast", "traps",
    ];
    let mut line = format!("{:<22}{:<9}", "page", "press");
    names.iter().for_each(|n| line.push_str(&format!("{n:>8}")));
    line + "     CER  gaps inv sil edits/false"
}

/// One row of it.
pub fn row(name: &str, press: &str, s: &Score) -> String {
    let shares = [
        s.headline, s.kicker, s.byline, s.blocks, s.exact, s.joins, s.masthead, s.traps,
    ];
    let mut line = format!("{name:<22}{press:<9}{:>8.3}", s.f1);
    for Share { hits, all } in shares {
        line.push_str(&format!("{:>8}", format!("{hits}/{all}")));
    }
    let gaps = format!("{}/{}", s.gaps_doubted.hits, s.gaps_doubted.all);
    line + &format!(
        "{:>8.4}{gaps:>6}{:>4}{:>4}{:>6}/{}",
        s.cer(),
        s.invented,
        s.silent,
        s.marks.edits,
        s.marks.false_edits
    )
}

/// The roles of a score, each with its share.
pub fn roles(s: &Score) -> String {
    let roles: Vec<String> = (s.roles.iter())
        .map(|(role, Share { hits, all })| format!("{role} {hits}/{all}"))
        .collect();
    roles.join("  ")
}

/// What is counted, the most frequent first.
pub fn most<T: Ord + Clone>(of: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    of.for_each(|t| *counts.entry(t).or_default() += 1);
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counts
}
