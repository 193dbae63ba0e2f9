//! `tingbao show`: what would be said, and why so.

use serde_json::json;

use super::Exit;
use super::args::ShowArgs;
use super::print::{self, out};
use crate::diag::{Result, Severity};
use crate::model::Rule;
use crate::pipeline::{self, Input, PlannedChunk};
use crate::speech::Speaker;
use crate::store::Home;

pub fn show(args: &ShowArgs) -> Result<Exit> {
    let speaker = Speaker::open(&Home::of_user()?.data)?;
    let loaded = pipeline::load(&Input::of(&args.input)?, args.repair)?;
    let plan = pipeline::plan(loaded, args.cast.as_deref(), &speaker)?;
    if let Some(id) = &args.chunk {
        let chunk = plan.chunk(id)?;
        if args.json {
            print::json(&record(chunk))?;
        } else {
            out(&(lines(chunk) + &reasons(chunk)))?;
        }
        return Ok(Exit::Complete);
    }
    if args.json {
        for chunk in plan.chapters.iter().flat_map(|c| &c.chunks) {
            print::json(&record(chunk))?;
        }
        return Ok(Exit::Complete);
    }
    let mut text = String::new();
    for chapter in &plan.chapters {
        text.push_str(&format!(
            "# {:02} {}\n",
            chapter.script.number, chapter.script.title
        ));
        for chunk in &chapter.chunks {
            text.push_str(&lines(chunk));
        }
        if let Some(recording) = &chapter.recording {
            text.push_str(&format!(
                "{:02}  recording {}\n",
                chapter.script.number,
                recording.path.display()
            ));
        }
    }
    for omitted in &plan.omitted {
        text.push_str(&format!("not read: {} ({})\n", omitted.what, omitted.why));
    }
    for doubt in plan.notes.iter().filter(|d| d.severity > Severity::Note) {
        text.push_str(&format!("{doubt}\n"));
    }
    out(&text)?;
    Ok(Exit::Complete)
}

/// A chunk in a few lines.
pub(super) fn lines(planned: &PlannedChunk) -> String {
    let PlannedChunk {
        chunk,
        reading,
        recording,
        ..
    } = planned;
    let recorded = recording.as_ref().map_or(String::new(), |r| {
        format!("  record  {}\n", r.path.display())
    });
    let place = chunk
        .text
        .place()
        .map_or(String::new(), |p| format!("  {p}"));
    format!(
        "{}  {}  {} at {}  pause {} ms{place}\n  text    {}\n  spoken  {}\n  pinyin  {}\n{recorded}",
        chunk.id,
        role(planned),
        chunk.voice,
        chunk.speed,
        chunk.pause_after.0,
        chunk.text.text,
        reading.spoken,
        reading.pinyin(),
    )
}

/// Every part of the text that is not spoken as printed, and the rule.
fn reasons(planned: &PlannedChunk) -> String {
    let reading = &planned.reading;
    let mut text = String::new();
    for span in &reading.map {
        let why = match &span.rule {
            Rule::Plain => continue,
            Rule::Normalised(rule) => rule,
            Rule::Lexicon => "lexicon",
            Rule::Given => "given in the text",
            Rule::Fixed => "set right by ear",
            Rule::Silent => "layout, not spoken",
        };
        text.push_str(&format!(
            "  why     `{}` → `{}`: {why}\n",
            &reading.display[span.display.clone()],
            &reading.spoken[span.spoken.clone()],
        ));
    }
    text.push_str(&format!("  key     {}\n", planned.key.hash()));
    text
}

pub(super) fn record(planned: &PlannedChunk) -> serde_json::Value {
    let PlannedChunk {
        chunk,
        reading,
        key,
        gain,
        recording,
    } = planned;
    json!({
        "chunk": chunk.id.to_string(),
        "role": chunk.role,
        "voice": chunk.voice,
        "speed": chunk.speed,
        "pause_after_ms": chunk.pause_after,
        "text": chunk.text.text,
        "spoken": reading.spoken,
        "pinyin": reading.pinyin(),
        "syllables": reading.syllables(),
        "map": reading.map,
        "source": chunk.text.place(),
        "key": key,
        "gain_db": gain,
        "recording": recording.as_ref().map(|r| r.path.display().to_string()),
    })
}

/// The role's name, as in the index.
fn role(planned: &PlannedChunk) -> String {
    match serde_json::to_value(planned.chunk.role) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
