//! Front end: speed, and accuracy against labelled files.
//!
//! ```text
//! cargo bench --bench frontend                            characters a second, one core
//! cargo bench --bench frontend -- normalise CASES.tsv     exact matches (suite, category, input, expected)
//! cargo bench --bench frontend -- polyphones CASES.tsv    right readings (sentence, index, pinyin)
//! cargo bench --bench frontend -- read FILE               the reading of every line
//! ```
//!
//! Add `--errors` behind a file to see what went wrong. The speed is text →
//! syllables, words found and tone changes applied, over invented newspaper
//! sentences; the best of several rounds, dictionaries loaded before.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

use tingbao::model::{Reading, Rule, SourceText, Token};
use tingbao::text::FrontEnd;

/// Invented sentences in the style of a community paper.
const SENTENCES: &[&str] = &[
    "11月17日上午9时20分，荷湾三村26号楼的电梯门第一次打开，八十八岁的阿婆把买菜的小拖车推进轿厢。",
    "居民区党总支书记带着设计师一家一家地听意见，前后开了11次协调会，图纸改了4稿。",
    "荷湾街道提供的数字显示，截至11月20日，居民同意率从去年的79%升到96.5%，明年还有8个门洞准备开工。",
    "咨询和预约电话：021-1550 0126，遇到危急情况，请直接拨打120。",
    "社区社会组织的培育和壮大，是推进基层治理的重要内容，也是提高人民生活品质的重要载体。",
    "“您慢点，”他说，“不着急。”那张小板凳，她在四楼平台上放了整整七年，这天也一起带回了家。",
    "修鞋的师傅早已收了摊，却还坐在小凳上，脚边放着一盏充电灯，等我进了楼门，才把灯关掉。",
    "小屋面积约120平方米，备有2台自动血压计和1台骨密度仪，门口的墙上挂着一台AED。",
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let started = Instant::now();
    let front = match FrontEnd::new(&[]) {
        Ok(front) => front,
        Err(fault) => {
            eprintln!("{fault}");
            return ExitCode::FAILURE;
        }
    };
    let tables = started.elapsed();
    let started = Instant::now();
    front.read(&SourceText::made("你好"));
    println!(
        "loading: tables {:.1} ms, word dictionary {:.1} ms",
        tables.as_secs_f64() * 1e3,
        started.elapsed().as_secs_f64() * 1e3
    );
    let errors = args.iter().any(|a| a == "--errors");
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["normalise", path, ..] => with_lines(path, |lines| normalise(&front, lines, errors)),
        ["polyphones", path, ..] => with_lines(path, |lines| polyphones(&front, lines, errors)),
        ["read", path, ..] => with_lines(path, |lines| read(&front, lines)),
        _ => {
            speed(&front);
            ExitCode::SUCCESS
        }
    }
}

fn with_lines(path: &str, run: impl Fn(Vec<&str>)) -> ExitCode {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            run(text.lines().collect());
            ExitCode::SUCCESS
        }
        Err(e) => {
            eprintln!("cannot read {path}: {e}");
            ExitCode::FAILURE
        }
    }
}

fn speed(front: &FrontEnd) {
    const TIMES: usize = 250;
    let texts: Vec<SourceText> = SENTENCES.iter().map(|s| SourceText::made(*s)).collect();
    let chars: usize = SENTENCES.iter().map(|s| s.chars().count()).sum::<usize>() * TIMES;
    let mut best = 0.0_f64;
    for _ in 0..7 {
        let started = Instant::now();
        let mut syllables = 0;
        for _ in 0..TIMES {
            for text in &texts {
                syllables += std::hint::black_box(front.read(text)).value.syllables();
            }
        }
        let rate = chars as f64 / started.elapsed().as_secs_f64();
        println!("{chars} characters, {syllables} syllables: {rate:.0} characters/s");
        best = best.max(rate);
    }
    println!("best: {best:.0} characters/s");
}

fn read(front: &FrontEnd, lines: Vec<&str>) {
    for line in lines.into_iter().filter(|l| !l.trim().is_empty()) {
        let reading = front.read(&SourceText::made(line));
        println!(
            "{}\n  {}\n  {}",
            line,
            reading.value.spoken,
            reading.value.pinyin()
        );
        for note in reading.notes {
            println!("  {note}");
        }
    }
}

fn normalise(front: &FrontEnd, lines: Vec<&str>, errors: bool) {
    let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in lines.into_iter().skip(1) {
        let [_, category, input, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        let spoken = front.read(&SourceText::made(input)).value.spoken;
        let right = folded(&spoken) == folded(expected);
        for key in [category, "(all)"] {
            let (good, all) = tally.entry(key).or_default();
            *good += usize::from(right);
            *all += 1;
        }
        if errors && !right {
            println!("{category}: {input}\n  {spoken}\n  {expected}");
        }
    }
    report(&tally);
}

/// What counts as the same in scoring: see the README of the data.
fn folded(text: &str) -> String {
    const SAME: &[(&str, &str)] = &[
        ("幺", "一"),
        ("两", "二"),
        ("千克", "公斤"),
        ("千米", "公里"),
        ("摄氏度", "度"),
        ("人民币", "元"),
        ("零下", "负"),
        ("至", "到"),
        ("号", "日"),
    ];
    let kept: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
            }
            c => c,
        })
        .filter(|c| c.is_ascii_alphanumeric() || ('\u{3400}'..'\u{A000}').contains(c))
        .collect();
    SAME.iter()
        .fold(kept.to_lowercase(), |s, (a, b)| s.replace(a, b))
}

fn polyphones(front: &FrontEnd, lines: Vec<&str>, errors: bool) {
    let mut all: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut by_char: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in lines.into_iter().skip(1) {
        let [sentence, index, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        let Some((at, c)) = index
            .parse()
            .ok()
            .and_then(|i| sentence.char_indices().nth(i))
        else {
            continue;
        };
        let reading = front.read(&SourceText::made(sentence)).value;
        let said = syllable_at(&reading, at).unwrap_or_default();
        let right = said == expected.replace("u:", "v").replace('ü', "v");
        let (good, n) = all.entry("(all)").or_default();
        *good += usize::from(right);
        *n += 1;
        let (good, n) = by_char
            .entry(format!("{c} {expected} said {said}"))
            .or_default();
        *good += usize::from(right);
        *n += 1;
    }
    if errors {
        let mut worst: Vec<_> = by_char.iter().filter(|(_, (good, _))| *good == 0).collect();
        worst.sort_by_key(|(_, (_, n))| std::cmp::Reverse(*n));
        for (what, (_, n)) in worst.into_iter().take(60) {
            println!("{n:5} {what}");
        }
    }
    report(&all);
}

/// The syllable of the character at byte `at` of the printed text.
fn syllable_at(reading: &Reading, at: usize) -> Option<String> {
    let span = reading.map.iter().find(|s| s.display.contains(&at))?;
    if span.rule != Rule::Plain {
        return None;
    }
    let spoken = span.spoken.start + (at - span.display.start);
    let mut from = 0;
    for token in &reading.tokens {
        let Token::Word(word) = token else { continue };
        let start = from + reading.spoken[from..].find(&word.text)?;
        from = start + word.text.len();
        if (start..from).contains(&spoken) {
            let n = reading.spoken[start..spoken].chars().count();
            return word.syllables.get(n).map(ToString::to_string);
        }
    }
    None
}

fn report(tally: &BTreeMap<&str, (usize, usize)>) {
    for (what, (good, all)) in tally {
        println!(
            "{what}: {good}/{all} = {:.2} %",
            100.0 * *good as f64 / (*all).max(1) as f64
        );
    }
}
