//! Every page, printed in every way and read: no figure may fall below its
//! floor.

use crate::measure::{STYLES, head, in_parallel, model, read, roles, row, total, truths};
use crate::press::Press;
use crate::score::Score;

/// What each press reached when somebody last looked; a little less is let pass.
struct Floor {
    press: &'static str,
    /// Of segments, headlines, bylines, blocks with their role, exact blocks and
    /// joined halves.
    least: [f64; 6],
    /// The most errors in order, a character.
    errors: f64,
}

const fn floor(press: &'static str, least: [f64; 6], errors: f64) -> Floor {
    Floor {
        press,
        least,
        errors,
    }
}

/// To be raised whenever the program reads better.
const FLOORS: [Floor; 7] = [
    floor("spaces", [0.99, 0.98, 0.99, 0.99, 0.99, 0.96], 0.005),
    floor("worn", [0.99, 0.98, 0.99, 0.97, 0.975, 0.93], 0.011),
    floor("lines", [0.975, 0.96, 0.91, 0.965, 0.965, 0.96], 0.02),
    floor("indents", [0.975, 0.96, 0.91, 0.97, 0.97, 0.96], 0.02),
    floor("dense", [0.99, 0.96, 0.99, 0.93, 0.95, 0.9], 0.01),
    floor("whole", [0.965, 0.95, 0.91, 0.92, 0.92, 0.84], 0.08),
    floor("ragged", [0.94, 0.95, 0.86, 0.85, 0.85, 0.69], 0.11),
];

#[test]
fn pages_are_read_as_well_as_before() {
    let (truths, model) = (truths(), model());
    let jobs: Vec<(usize, &str, Press)> = (0..truths.len())
        .flat_map(|i| STYLES.map(|(name, press)| (i, name, press)))
        .collect();
    let scores: Vec<Score> = in_parallel(jobs.clone(), |(i, _, press)| {
        read(&truths[i], press, model.as_ref()).1
    });
    println!("{}", head());
    for ((i, name, _), score) in jobs.iter().zip(&scores) {
        println!("{}", row(&truths[*i].name, name, score));
    }
    let of = |style: &str| {
        let with = jobs.iter().zip(&scores);
        total(with.filter(|(job, _)| job.1 == style).map(|(_, s)| s))
    };
    for (name, _) in STYLES {
        let sum = of(name);
        println!("{}", row("all", name, &sum));
        println!("  {}", roles(&sum));
    }
    for floor in FLOORS {
        let sum = of(floor.press);
        let reached = [
            ("segments", sum.f1),
            ("headlines", sum.headline.rate()),
            ("bylines", sum.byline.rate()),
            ("blocks", sum.blocks.rate()),
            ("exact blocks", sum.exact.rate()),
            ("joins", sum.joins.rate()),
        ];
        for ((what, value), least) in reached.into_iter().zip(floor.least) {
            let press = floor.press;
            assert!(
                value >= least,
                "{press}: {what} {value:.3} is below {least}"
            );
        }
        assert!(
            sum.cer() <= floor.errors,
            "{}: {:.3}",
            floor.press,
            sum.cer()
        );
    }
    let all = total(scores.iter());
    assert_eq!(all.masthead.hits, all.masthead.all, "mastheads");
    assert_eq!(all.traps.hits, all.traps.all, "traps");
    assert_eq!(all.silent, 0, "characters changed without a word");
    assert_eq!(all.foreign, 0, "characters that the page does not have");
}
