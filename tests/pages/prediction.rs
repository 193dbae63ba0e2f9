//! What the program read of a page, as the scorer compares it.

use serde_json::Value;
use tingbao::diag::Severity;
use tingbao::export::reading_json;
use tingbao::ingest::{PageFile, Repairs, read_pages};

use crate::gold::Misread;

#[derive(Debug, Default)]
pub struct Article {
    pub kicker: String,
    pub headline: String,
    pub byline: String,
    /// Type and text of each.
    pub blocks: Vec<(String, String)>,
}

#[derive(Debug, Default)]
pub struct Prediction {
    pub masthead: Vec<(String, String)>,
    pub articles: Vec<Article>,
    /// What is no article: kind and text of each.
    pub aparts: Vec<(String, String)>,
    pub edits: Vec<Misread>,
    /// Doubted places: page, line, column.
    pub flags: Vec<(usize, usize, usize)>,
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

impl Prediction {
    /// Reads the pages of an issue. The articles are taken from the JSON that
    /// `tingbao ingest --json` writes, edits and doubts from the values, which
    /// know their page.
    pub fn read(pages: &[String], repairs: Repairs<'_>) -> (Prediction, Value) {
        let name = |i: usize| format!("{i}.txt");
        let files: Vec<PageFile> = (pages.iter().enumerate())
            .map(|(i, text)| PageFile {
                name: name(i),
                bytes: text.clone().into_bytes(),
            })
            .collect();
        let noted = read_pages(&files, repairs).expect("the pages are read");
        let (read, notes) = (noted.value, noted.notes);
        let json = reading_json(&read.issue, &notes, &read.edits).expect("the reading is told");
        let json: Value = serde_json::from_slice(&json).expect("the reading is JSON");
        let page = |file: &str| (0..pages.len()).find(|i| name(*i) == file).unwrap_or(0);
        let mut found = Prediction::from_json(&json);
        found.edits = (read.edits.iter().filter(|e| e.applied))
            .map(|e| Misread {
                page: page(&e.file),
                line: e.line as usize,
                col: e.col as usize,
                wrong: e.wrong.to_string(),
                right: e.right.to_string(),
                apply: true,
            })
            .collect();
        found.flags = (notes.iter().filter(|n| n.severity == Severity::Doubt))
            .filter_map(|n| n.place.as_ref())
            .filter(|p| p.line > 0)
            .map(|p| (page(&p.file), p.line as usize, p.col as usize))
            .collect();
        (found, json)
    }

    /// From the JSON of a reading.
    pub fn from_json(value: &Value) -> Prediction {
        let article = |a: &Value| Article {
            kicker: string(&a["kicker"]),
            headline: string(&a["headline"]),
            byline: string(&a["byline"]),
            blocks: list(&a["blocks"])
                .map(|b| (string(&b["type"]), string(&b["text"])))
                .collect(),
        };
        let head = value["masthead"].as_object().into_iter().flatten();
        Prediction {
            masthead: head.map(|(k, v)| (k.clone(), string(v))).collect(),
            articles: list(&value["articles"]).map(article).collect(),
            aparts: list(&value["non_article"])
                .map(|a| (string(&a["kind"]), string(&a["text"])))
                .collect(),
            edits: list(&value["edits"])
                .map(|e| Misread {
                    page: 0,
                    line: e["line"].as_u64().unwrap_or_default() as usize,
                    col: e["col"].as_u64().unwrap_or_default() as usize,
                    wrong: string(&e["wrong"]),
                    right: string(&e["right"]),
                    apply: true,
                })
                .collect(),
            flags: list(&value["flags"])
                .map(|f| {
                    let at = |k: &str| f[k].as_u64().unwrap_or_default() as usize;
                    (0, at("line"), at("col"))
                })
                .collect(),
        }
    }

    /// Everything it says, a line for each part.
    pub fn text(&self) -> String {
        let articles = self.articles.iter().flat_map(|a| {
            let head = [&a.kicker, &a.headline, &a.byline];
            head.into_iter()
                .chain(a.blocks.iter().map(|(_, text)| text))
        });
        let lines = articles.chain(self.aparts.iter().map(|(_, text)| text));
        lines.map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}
