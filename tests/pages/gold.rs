//! What a page really says: the truth that a reading is scored against.
//!
//! It is made by the press from a `.page` file, or read from the JSON of a real
//! page's gold file, and is written as such JSON for other programs.

use serde_json::{Value, json};

/// Where a part of a text is printed: page from 0, line from 1, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub page: usize,
    pub line: usize,
    pub from: usize,
    pub to: usize,
}

/// A headline, a paragraph, a line of a poem …
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Part {
    pub kind: String,
    pub text: String,
    pub spans: Vec<Span>,
    /// In how many halves it is printed.
    pub fragments: usize,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    pub id: String,
    pub kicker: Option<Part>,
    pub headline: Option<Part>,
    pub byline: Option<Part>,
    pub blocks: Vec<Part>,
}

/// An advert, a roll of honour, a jump line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Apart {
    pub kind: String,
    pub blocks: Vec<Part>,
}

/// A character that was misread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misread {
    pub page: usize,
    pub line: usize,
    pub col: usize,
    pub wrong: String,
    pub right: String,
    /// A reading should set it right; where not, it may.
    pub apply: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gold {
    /// The fields of the head that a reading has to find.
    pub masthead: Vec<(String, String)>,
    /// All that is told of the head.
    pub masthead_text: String,
    pub articles: Vec<Article>,
    pub aparts: Vec<Apart>,
    pub misread: Vec<Misread>,
    /// Places that may be doubted, nothing being wrong that could be set right.
    pub soft: Vec<(usize, usize, usize)>,
    /// Behind which places text was lost.
    pub gaps: Vec<(usize, usize, usize)>,
    /// Words that look wrong and are right.
    pub traps: Vec<String>,
}

/// The fields of a head that are compared.
const FIELDS: [&str; 7] = [
    "paper",
    "section",
    "issue_number",
    "publisher",
    "date",
    "page",
    "cn_code",
];

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap_or_default() as usize
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn place(value: &Value) -> (usize, usize, usize) {
    (0, number(&value["line"]), number(&value["col"]))
}

impl Part {
    fn from_json(value: &Value) -> Option<Part> {
        let spans: Vec<Span> = list(&value["src"])
            .map(|s| Span {
                page: 0,
                line: number(&s[0]),
                from: number(&s[1]),
                to: number(&s[2]),
            })
            .collect();
        let split = spans.windows(2).any(|w| w[0].line != w[1].line) && !value["joins"].is_null();
        value.is_object().then(|| Part {
            kind: string(&value["type"]),
            text: string(&value["text"]),
            fragments: if split { spans.len() } else { 1 },
            spans,
        })
    }

    fn to_json(&self) -> Value {
        let src: Vec<Value> = (self.spans.iter())
            .map(|s| json!([s.line, s.from, s.to]))
            .collect();
        json!({"type": self.kind, "text": self.text, "src": src, "fragments": self.fragments})
    }
}

impl Gold {
    /// The gold file of one real page.
    pub fn from_json(value: &Value) -> Gold {
        let head = &value["masthead"];
        let told = head.as_object().into_iter().flatten();
        let article = |a: &Value| Article {
            id: string(&a["id"]),
            kicker: Part::from_json(&a["kicker"]),
            headline: Part::from_json(&a["headline"]),
            byline: Part::from_json(&a["byline"]),
            blocks: list(&a["blocks"]).filter_map(Part::from_json).collect(),
        };
        let text = |t: &Value| Part {
            kind: "ad".into(),
            text: string(t),
            fragments: 1,
            ..Part::default()
        };
        let apart = |a: &Value| Apart {
            kind: string(&a["kind"]),
            blocks: (list(&a["blocks"]).filter_map(Part::from_json))
                .chain(list(&a["text"]).map(text))
                .collect(),
        };
        let misread = |e: &Value| Misread {
            page: 0,
            line: number(&e["line"]),
            col: number(&e["col"]),
            wrong: string(&e["wrong"]),
            right: string(&e["right"]),
            apply: e["apply"].as_bool().unwrap_or(true),
        };
        let gap = |g: &Value| (0, number(&g["line"]), 0);
        Gold {
            masthead: (FIELDS.iter())
                .filter_map(|f| Some((f.to_string(), head[f].as_str()?.to_string())))
                .collect(),
            masthead_text: told.filter_map(|(_, v)| v.as_str()).collect(),
            articles: list(&value["articles"]).map(article).collect(),
            aparts: list(&value["non_article"]).map(apart).collect(),
            misread: list(&value["ocr_errors"]).map(misread).collect(),
            soft: list(&value["flag_only"]).map(place).collect(),
            gaps: (list(&value["gaps"]).filter(|g| g["kind"] != "cut_brand"))
                .map(gap)
                .collect(),
            traps: (list(&value["traps"]).map(|t| string(&t["text"]))).collect(),
        }
    }

    /// The same shape as that of a real page's gold file.
    pub fn to_json(&self) -> Value {
        let part = |p: &Option<Part>| p.as_ref().map_or(Value::Null, Part::to_json);
        let head: serde_json::Map<String, Value> = (self.masthead.iter())
            .map(|(k, v)| (k.clone(), json!(v)))
            .chain([("text".to_string(), json!(self.masthead_text))])
            .collect();
        json!({
            "schema": "gold/1",
            "encoding": "utf-8",
            "masthead": head,
            "articles": self.articles.iter().map(|a| json!({
                "id": a.id, "kicker": part(&a.kicker), "headline": part(&a.headline),
                "byline": part(&a.byline),
                "blocks": a.blocks.iter().map(Part::to_json).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "non_article": self.aparts.iter().map(|a| json!({
                "kind": a.kind,
                "blocks": a.blocks.iter().map(Part::to_json).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "ocr_errors": self.misread.iter().map(|e| json!({
                "page": e.page, "line": e.line, "col": e.col,
                "wrong": e.wrong, "right": e.right, "apply": e.apply,
            })).collect::<Vec<_>>(),
            "flag_only": self.soft.iter()
                .map(|(page, line, col)| json!({"page": page, "line": line, "col": col}))
                .collect::<Vec<_>>(),
            "gaps": self.gaps.iter()
                .map(|(page, line, col)| json!({"page": page, "line": line, "col": col}))
                .collect::<Vec<_>>(),
            "traps": self.traps.iter().map(|t| json!({"text": t})).collect::<Vec<_>>(),
        })
    }
}
