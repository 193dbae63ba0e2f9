//! A lexicon as a table: `word,pinyin,say,read`.

use super::{Given, WAYS, reading};
use crate::diag::{Fault, Place, Result, nearest};
use crate::folder::fields::list;
use crate::folder::source::Source;
use crate::model::LexiconEntry;

/// Reads the rows below the header. A row of nothing is passed over.
pub(super) fn read(source: &Source) -> Result<Vec<LexiconEntry>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .comment(Some(b'#'))
        .from_reader(source.text.as_bytes());
    let fault = |line: u64, message: String, help: String| {
        Fault::new(message)
            .at(Place::new(&source.file, line as u32, 0))
            .help(help)
    };
    let line_of = |at: Option<&csv::Position>| line(&source.text, at);
    let unreadable = |e: csv::Error| {
        fault(
            line_of(e.position()),
            format!("this is not CSV: {e}"),
            "write `word,pinyin,say,read` and below it a row for each word".into(),
        )
    };
    let header = reader.headers().map_err(unreadable)?.clone();
    let columns = columns(&header).map_err(|(message, help)| fault(1, message, help))?;
    let mut entries = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = line_of(record.position());
        if record.iter().all(str::is_empty) {
            continue;
        }
        if let Some(extra) = record.get(header.len()) {
            return Err(fault(
                line,
                format!("the row has a field, `{extra}`, without a column"),
                "put a reading with a comma in it between straight double quotes".into(),
            ));
        }
        let field = |i: Option<usize>| i.and_then(|i| record.get(i)).unwrap_or("").to_string();
        let word = field(columns.word);
        let given: Given = columns.ways.map(field);
        let reading = reading(&word, given).map_err(|(message, _)| {
            fault(
                line,
                message,
                "fill `word` and one of `pinyin`, `say`, `read` in every row".into(),
            )
        })?;
        entries.push(LexiconEntry {
            word,
            reading,
            place: Place::new(&source.file, line as u32, 0),
        });
    }
    Ok(entries)
}

/// The line of a record, from 1: what the reader gives is the end of the record
/// before it, with remarks and empty lines between.
fn line(text: &str, at: Option<&csv::Position>) -> u64 {
    let Some(at) = at else { return 0 };
    let rest = text.get(at.byte() as usize..).unwrap_or_default();
    let passed = |l: &&str| l.trim().is_empty() || l.starts_with('#');
    at.line() + rest.split('\n').take_while(passed).count() as u64
}

/// Where each column stands.
struct Columns {
    word: Option<usize>,
    ways: [Option<usize>; 3],
}

fn columns(header: &csv::StringRecord) -> Result<Columns, (String, String)> {
    let names: Vec<String> = header.iter().map(str::to_lowercase).collect();
    let known = ["word", "pinyin", "say", "read"];
    if let Some(unknown) = names.iter().find(|n| !known.contains(&n.as_str())) {
        let help = match nearest(unknown, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known columns are {}", list(&known)),
        };
        return Err((format!("unknown column `{unknown}`"), help));
    }
    let find = |name: &str| names.iter().position(|n| n == name);
    let columns = Columns {
        word: find("word"),
        ways: WAYS.map(find),
    };
    if columns.word.is_none() || columns.ways.iter().all(Option::is_none) {
        return Err((
            "the first line does not name the columns".into(),
            "begin with a line `word,pinyin,say,read`".into(),
        ));
    }
    Ok(columns)
}
