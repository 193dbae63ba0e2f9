//! `tingbao fix`.

use serde_json::json;

use super::Exit;
use super::args::FixArgs;
use super::build::{default_workers, voices, with_host};
use super::print::{self, clock, out};
use super::progress::Style;
use super::show;
use crate::diag::Result;
use crate::pipeline::{self, FixJob, To};

pub fn fix(args: FixArgs) -> Result<Exit> {
    let to = (args.text.map(To::Words))
        .or(args.pinyin.map(To::Pinyin))
        .or(args.recording.map(To::Recording))
        .unwrap_or(To::Unfixed);
    let job = FixJob {
        edition: args.edition,
        issue: args.issue,
        output: args.output,
        chunk: args.chunk,
        to,
        cast: args.cast,
        workers: default_workers(),
        voices: voices(args.offline),
    };
    let mended = with_host(Style::Quiet, |host| pipeline::fix(&job, host))?;
    let number = mended.chunk.chunk.id.chapter;
    let edition = &mended.outcome.edition;
    let chapter = edition.chapters.iter().find(|c| c.number == number);
    if args.json {
        print::json(&json!({
            "chunk": show::record(&mended.chunk),
            "chapter": chapter.map(|c| &c.file),
            "spoken": mended.outcome.spoken,
            "kept": mended.kept.display().to_string(),
            "output": mended.outcome.output.display().to_string(),
        }))?;
    } else {
        let mut text = show::lines(&mended.chunk);
        if let Some(chapter) = chapter {
            text.push_str(&format!("{}  {}\n", clock(chapter.seconds), chapter.file));
        }
        text.push_str(&format!(
            "the change is in {} and in {}\n",
            mended.outcome.output.display(),
            mended.kept.display()
        ));
        for lost in edition.omitted.iter().filter(|o| !o.intended) {
            text.push_str(&format!(
                "not said: {} ({}): {}\n",
                lost.what, lost.why, lost.text
            ));
        }
        out(&text)?;
    }
    Ok(match mended.outcome.incomplete() {
        true => Exit::Omissions,
        false => Exit::Complete,
    })
}
