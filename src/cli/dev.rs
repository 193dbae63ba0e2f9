//! `tingbao dev`: for those who work on the program itself.

use super::Exit;
use super::args::{DevCommand, ScoreArgs};
use super::print::out;
use crate::diag::{Fault, Place, Result};
use crate::speech::platform;
use crate::store;
use crate::text::{self, FrontEnd, Scores};

pub fn dev(command: DevCommand) -> Result<Exit> {
    match command {
        DevCommand::Score(args) => score(&args),
        DevCommand::Capture { folder } => {
            platform::serve(&folder, std::io::stdin().lock(), std::io::stdout().lock())?;
            Ok(Exit::Complete)
        }
    }
}

fn score(args: &ScoreArgs) -> Result<Exit> {
    let front = FrontEnd::new(&[])?;
    for path in &args.files {
        let name = path.display().to_string();
        let bytes = store::read("set of cases", path)?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Fault::new("the set of cases is not UTF-8")
                .at(Place::file(&name))
                .help("save it as UTF-8 with tab-separated columns")
        })?;
        let scores = text::score(&front, &name, &text, args.lenient)?;
        if args.files.len() > 1 {
            out(&format!("{name}\n"))?;
        }
        out(&report(&scores, args.misses))?;
    }
    Ok(Exit::Complete)
}

fn report(scores: &Scores, misses: bool) -> String {
    let mut text = String::new();
    if misses {
        for miss in &scores.misses {
            text.push_str(&format!(
                "line {}  {}  {}\n  got       {}\n  expected  {}\n",
                miss.line, miss.group, miss.input, miss.got, miss.expected
            ));
        }
    }
    for (name, tally) in &scores.tallies {
        text.push_str(&format!(
            "{:6.2} %  {:>6} of {:<6}  {name}\n",
            tally.percent(),
            tally.right,
            tally.of
        ));
    }
    text
}
