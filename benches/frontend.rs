//! Front end: characters a second on one core (`cargo bench --bench frontend`).
//! Its accuracy is told by `tingbao dev score`.
//!
//! The speed is text → syllables, words found and tone changes applied, over
//! invented newspaper sentences; the best of several rounds, dictionaries
//! loaded before. For a first look without an optimised build of everything,
//! add `--profile dev`.

use std::process::ExitCode;
use std::time::Instant;

use tingbao::model::SourceText;
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
    speed(&front);
    ExitCode::SUCCESS
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
