//! Every page, printed in every way and read: no figure may fall below its
//! floor.

use crate::measure::{STYLES, head, in_parallel, model, read, roles, row, total, truths};
use crate::press::Press;
use crate::score::Score;

/// What each press reached when somebody last looked; a little less is let pass.
struct Floor {
    press: &'static str,
    segments: f64,
    headlines: f64,
    bylines: f64,
    blocks: f64,
    exact: f64,
    joins: f64,
    cer: f64,
}

const FLOORS: [Floor; 0] = [];

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
        let at_least = |what: &str, value: f64, floor: f64| {
            assert!(value >= floor, "{what}: {value:.3} is below {floor}");
        };
        let name = |what: &str| format!("{} {what}", floor.press);
        at_least(&name("segments"), sum.f1, floor.segments);
        at_least(&name("headlines"), sum.headline.rate(), floor.headlines);
        at_least(&name("bylines"), sum.byline.rate(), floor.bylines);
        at_least(&name("blocks"), sum.blocks.rate(), floor.blocks);
        at_least(&name("exact blocks"), sum.exact.rate(), floor.exact);
        at_least(&name("joins"), sum.joins.rate(), floor.joins);
        at_least(&name("right order"), 1.0 - sum.cer(), 1.0 - floor.cer);
    }
}
