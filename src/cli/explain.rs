//! `tingbao explain`: why a text is read as it is.
//!
//! As JSON a text is one object: `text`, `spoken`, `pinyin`, `spans`, `notes`. A
//! span has `printed`, `spoken`, `from` and `to` (characters of `text`), `rule`
//! (`plain`, `normalised`, `lexicon`, `given`, `silent`), `name` (of the
//! normalisation rule, else null), `entry` (`word`, `reading`, `place` of the
//! lexicon's entry, else null) and `syllables`: of each `text`, `pinyin` as
//! said, `citation` as in a dictionary, `by`, `alternatives` (`pinyin` and
//! `confidence`), `confidence` (0 to 1, null where nothing was weighed).

use std::io::Read;

use serde_json::{Value, json};

use super::Exit;
use super::args::ExplainArgs;
use super::print::{self, out};
use crate::diag::{Diagnostic, Fault, Noted, Result};
use crate::folder;
use crate::model::{Repair, Rule, SourceText};
use crate::pipeline::{self, Input};
use crate::speech::Speaker;
use crate::store::Home;
use crate::text::{Decision, Explained, Explanation, FrontEnd};

pub fn explain(args: &ExplainArgs) -> Result<Exit> {
    let loaded = args
        .issue
        .as_ref()
        .map(|issue| pipeline::load(&Input::of(std::slice::from_ref(issue))?, Repair::default()))
        .transpose()?;
    let front = match &loaded {
        Some(loaded) => loaded.front_end()?,
        None => pipeline::front_end()?,
    };
    let texts = match (loaded, &args.chunk, args.text.as_deref()) {
        (Some(loaded), Some(id), _) => {
            let speaker = Speaker::open(&Home::of_user()?.data)?;
            let plan = pipeline::plan(loaded, None, &speaker)?;
            vec![Noted::clean(plan.chunk(id)?.chunk.text.clone())]
        }
        (_, _, Some("-")) => lines(&standard_input()?),
        (_, _, text) => lines(text.unwrap_or_default()),
    };
    if texts.is_empty() {
        return Err(Fault::new("there is no text to explain")
            .help("give it as an argument, or `-` and lines on standard input"));
    }
    for text in texts {
        show(&front, text, args.json)?;
    }
    Ok(Exit::Complete)
}

fn standard_input() -> Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|e| Fault::new(format!("cannot read standard input: {e}")))?;
    String::from_utf8(bytes)
        .map_err(|_| Fault::new("standard input is not UTF-8").help("give the text as UTF-8"))
}

/// The lines that hold anything; readings given in them are taken out.
fn lines(text: &str) -> Vec<Noted<SourceText>> {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    lines.map(folder::read_line).collect()
}

fn show(front: &FrontEnd, text: Noted<SourceText>, as_json: bool) -> Result<()> {
    let mut notes = Vec::new();
    let text = text.drain_into(&mut notes);
    let explanation = front.explain(&text);
    let reading = front.read(&text).drain_into(&mut notes);
    if as_json {
        return print::json(&record(&explanation, &reading.pinyin(), &notes));
    }
    out(&table(&explanation, &notes))
}

/// The spans as lines, the columns in line.
fn table(explanation: &Explanation, notes: &[Diagnostic]) -> String {
    let rows: Vec<[String; 4]> = explanation
        .spans
        .iter()
        .map(|span| {
            [
                explanation.printed(span).to_string(),
                explanation.said(span).to_string(),
                why(span),
                heard(span),
            ]
        })
        .collect();
    let widest = |i: usize| rows.iter().map(|r| width(&r[i])).max().unwrap_or(0);
    let widths = [widest(0), widest(1), widest(2)];
    let pad = |text: &str, to: usize| " ".repeat(to.saturating_sub(width(text)));
    let mut text = String::new();
    for row in &rows {
        let [printed, said, why, heard] = row;
        let line = format!(
            "{printed}{} → {said}{}  {why}{}  {heard}",
            pad(printed, widths[0]),
            pad(said, widths[1]),
            pad(why, widths[2]),
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
    for note in notes {
        text.push_str(&format!("{note}\n"));
    }
    text
}

/// How many columns a terminal gives a text: two for what is set as wide as
/// Han.
fn width(text: &str) -> usize {
    let wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}')
    };
    text.chars().map(|c| 1 + usize::from(wide(c))).sum()
}

/// What decided a span.
fn why(span: &Explained) -> String {
    match (&span.rule, &span.entry) {
        (Rule::Normalised(rule), _) => format!("rule {rule}"),
        (Rule::Given, _) => "given in the text".into(),
        (Rule::Fixed, _) => "set right by ear".into(),
        (Rule::Silent, _) => "layout, not spoken".into(),
        (_, Some(entry)) => format!("lexicon {}", entry.place),
        (Rule::Lexicon, None) => "lexicon".into(),
        (Rule::Plain, None) if span.syllables.is_empty() => "mark".into(),
        (Rule::Plain, None) => {
            let mut names: Vec<&str> = Vec::new();
            for name in span.syllables.iter().map(|d| d.by.name()) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names.join(" + ")
        }
    }
}

/// The pinyin of a span, and what else there is to know of its syllables.
fn heard(span: &Explained) -> String {
    let said: Vec<String> = span.syllables.iter().map(|d| d.said.to_string()).collect();
    let mut parts = vec![said.join(" ")];
    let changed = |d: &&Decision| d.said != d.citation;
    for d in span.syllables.iter().filter(changed) {
        parts.push(format!("{} {} → {}", d.text, d.citation, d.said));
    }
    // Of what a rule wrote, nobody asks whether 分 could be fen4.
    if span.rule == Rule::Plain {
        for d in &span.syllables {
            let others = d.alternatives.iter().map(|a| match a.confidence {
                Some(p) => format!("{} {:.0} %", a.syllable, 100.0 * p),
                None => a.syllable.to_string(),
            });
            let others = others.collect::<Vec<_>>().join(", ");
            match (d.confidence, others.as_str()) {
                (None, "") => {}
                (None, others) => parts.push(format!("{} also {others}", d.text)),
                (Some(p), "") => parts.push(format!("{} {:.0} % sure", d.text, 100.0 * p)),
                (Some(p), others) => {
                    parts.push(format!("{} {:.0} % sure, also {others}", d.text, 100.0 * p))
                }
            }
        }
    }
    parts.join("; ")
}

fn record(explanation: &Explanation, pinyin: &str, notes: &[Diagnostic]) -> Value {
    let spans: Vec<Value> = explanation
        .spans
        .iter()
        .map(|span| span_record(explanation, span))
        .collect();
    json!({
        "text": explanation.display,
        "spoken": explanation.spoken,
        "pinyin": pinyin,
        "spans": spans,
        "notes": notes,
    })
}

fn span_record(explanation: &Explanation, span: &Explained) -> Value {
    let chars = |to: usize| explanation.display[..to].chars().count();
    let (rule, name) = match &span.rule {
        Rule::Plain => ("plain", None),
        Rule::Normalised(name) => ("normalised", Some(name)),
        Rule::Lexicon => ("lexicon", None),
        Rule::Given => ("given", None),
        Rule::Fixed => ("fixed", None),
        Rule::Silent => ("silent", None),
    };
    let entry = span.entry.as_ref().map(|e| {
        json!({
            "word": e.word,
            "reading": e.reading.to_string(),
            "place": e.place,
        })
    });
    let syllables: Vec<Value> = span
        .syllables
        .iter()
        .map(|d| {
            let alternatives: Vec<Value> = d
                .alternatives
                .iter()
                .map(|a| json!({ "pinyin": a.syllable.to_string(), "confidence": a.confidence }))
                .collect();
            json!({
                "text": d.text,
                "pinyin": d.said.to_string(),
                "citation": d.citation.to_string(),
                "by": d.by,
                "alternatives": alternatives,
                "confidence": d.confidence,
            })
        })
        .collect();
    json!({
        "printed": explanation.printed(span),
        "spoken": explanation.said(span),
        "from": chars(span.display.start),
        "to": chars(span.display.end),
        "rule": rule,
        "name": name,
        "entry": entry,
        "syllables": syllables,
    })
}
