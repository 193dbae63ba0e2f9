//! A strict reader of TOML tables: every key must be known, every value of the
//! wanted type, and every mistake of a file is named with its line at once.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::source::{Joined, Source};
use crate::diag::{Diagnostic, Fault, Place, Result, nearest};
use crate::model::SourceText;

/// What is wrong in one file, gathered before the run stops.
#[derive(Default)]
pub(super) struct Mistakes(Vec<Mistake>);

struct Mistake {
    at: usize,
    message: String,
    help: Option<String>,
}

impl Mistakes {
    /// Adds a mistake at byte `at` of the file.
    pub fn add(&mut self, at: usize, message: impl Into<String>, help: Option<String>) {
        self.0.push(Mistake {
            at,
            message: message.into(),
            help,
        });
    }

    /// One fault for all of them: the first in the file is the message, the
    /// others follow as help lines. `Ok` when there are none.
    pub fn check(mut self, source: &Source) -> Result<()> {
        self.0.sort_by_key(|m| m.at);
        let mut mistakes = self.0.into_iter();
        let Some(first) = mistakes.next() else {
            return Ok(());
        };
        let mut lines: Vec<String> = first.help.into_iter().collect();
        lines.extend(mistakes.map(|m| {
            let line = source.place(m.at).line;
            let help = m.help.map_or(String::new(), |h| format!("; {h}"));
            format!("line {line} too: {}{help}", m.message)
        }));
        let fault = Fault::new(first.message).at(source.place(first.at));
        Err(if lines.is_empty() {
            fault
        } else {
            fault.help(lines.join("\n  help: "))
        })
    }
}

/// Parses the part `range` of a file as TOML and hands its fields to `read`.
///
/// `title` says what the keys belong to, for messages about a missing one.
/// Faults: what is no TOML, and whatever `read` found wrong.
pub(super) fn parse<T>(
    source: &Source,
    range: Range<usize>,
    read: impl FnOnce(&mut Fields<'_>, &mut Mistakes) -> T,
) -> Result<T> {
    let base = range.start;
    let text = &source.text[range];
    let document = DeTable::parse(text).map_err(|e| {
        let at = base + e.span().map_or(0, |s| s.start);
        let message = e.message().trim().replace('\n', ", ");
        Fault::new(format!("this is not TOML: {message}"))
            .at(source.place(at))
            .help(
                "write `key = value`, text between straight double quotes; \
                 put \\ before a straight double quote inside it",
            )
    })?;
    let mut mistakes = Mistakes::default();
    let mut fields = Fields::new(source, base, document.get_ref(), None);
    let value = read(&mut fields, &mut mistakes);
    mistakes.check(source)?;
    Ok(value)
}

/// The fields of one table. Ask for every key that may be there, then
/// [`finish`](Fields::finish): what was not asked for is unknown.
pub(super) struct Fields<'a> {
    source: &'a Source,
    base: usize,
    table: &'a DeTable<'a>,
    name: Option<&'static str>,
    asked: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    fn new(
        source: &'a Source,
        base: usize,
        table: &'a DeTable<'a>,
        name: Option<&'static str>,
    ) -> Self {
        Fields {
            source,
            base,
            table,
            name,
            asked: Vec::new(),
        }
    }

    fn get(&mut self, key: &'static str) -> Option<Found<'a>> {
        self.asked.push(key);
        let (_, value) = self.table.get_key_value(key)?;
        Some(self.found(key, value))
    }

    fn found(&self, key: &str, value: &'a Spanned<DeValue<'a>>) -> Found<'a> {
        let span = value.span();
        Found {
            source: self.source,
            key: match self.name {
                Some(name) => format!("{name}.{key}"),
                None => key.to_string(),
            },
            value: value.get_ref(),
            span: self.base + span.start..self.base + span.end,
        }
    }

    /// The value of `key` as `read` takes it; `None` when it is not there or
    /// was refused.
    pub fn take<T>(
        &mut self,
        key: &'static str,
        mistakes: &mut Mistakes,
        read: impl FnOnce(&Found<'a>) -> Result<T, Refusal>,
    ) -> Option<T> {
        let found = self.get(key)?;
        found.read(mistakes, read)
    }

    /// Whether `key` is there, whatever its value.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// A line of text under `key`; `None` when it is empty.
    pub fn string(&mut self, key: &'static str, mistakes: &mut Mistakes) -> Option<String> {
        self.take(key, mistakes, Found::string)
            .map(|s| s.trim().to_string())
            .filter(|s| !s.is_empty())
    }

    /// A line of text under `key` with its places; `None` when it is empty.
    pub fn text(
        &mut self,
        key: &'static str,
        mistakes: &mut Mistakes,
        notes: &mut Vec<Diagnostic>,
    ) -> Option<SourceText> {
        self.take(key, mistakes, |v| v.text(notes)).flatten()
    }

    /// The fields of the table `key`.
    pub fn table(&mut self, key: &'static str, mistakes: &mut Mistakes) -> Option<Fields<'a>> {
        let found = self.get(key)?;
        let table = found.read(mistakes, |f| match f.value {
            DeValue::Table(table) => Ok(table),
            _ => Err(f.wanted("a table", format!("write `[{key}]` on a line of its own"))),
        })?;
        Some(Fields::new(self.source, self.base, table, Some(key)))
    }

    /// The fields of every table of the array `key`, with the byte of the file
    /// where it begins.
    pub fn tables(
        &mut self,
        key: &'static str,
        mistakes: &mut Mistakes,
    ) -> Vec<(usize, Fields<'a>)> {
        let Some(found) = self.get(key) else {
            return Vec::new();
        };
        let wanted = || found.wanted("tables", format!("write `[[{key}]]` on a line of its own"));
        let tables = found.read(mistakes, |f| match f.value {
            DeValue::Array(items) => (items.iter())
                .map(|item| match item.get_ref() {
                    DeValue::Table(table) => Ok((self.base + item.span().start, table)),
                    _ => Err(wanted()),
                })
                .collect::<Result<Vec<_>, _>>(),
            _ => Err(wanted()),
        });
        let fields = |(at, table)| (at, Fields::new(self.source, self.base, table, Some(key)));
        tables.unwrap_or_default().into_iter().map(fields).collect()
    }

    /// Every key and value in the order of the file, for a table whose keys
    /// are the editor's own.
    pub fn entries(&self) -> Vec<(String, usize, Found<'a>)> {
        let mut entries: Vec<_> = self
            .table
            .iter()
            .map(|(key, value)| {
                let name = key.get_ref().to_string();
                let found = self.found(&name, value);
                (name, self.base + key.span().start, found)
            })
            .collect();
        entries.sort_by_key(|(_, at, _)| *at);
        entries
    }

    /// Refuses the keys nobody asked for. `elsewhere` lists keys that are
    /// known in another place of the file, with the advice to move them.
    pub fn finish(&self, mistakes: &mut Mistakes, elsewhere: &[(&str, &str)]) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if self.asked.contains(&name) {
                continue;
            }
            let context = self.name.map_or(String::new(), |n| format!(" in `[{n}]`"));
            let moved = elsewhere.iter().find(|(k, _)| *k == name);
            let help = match (moved, nearest(name, self.asked.iter().copied())) {
                (Some((_, advice)), _) => (*advice).to_string(),
                (None, Some(near)) => format!("did you mean `{near}`?"),
                (None, None) => format!("known keys are {}", list(&self.asked)),
            };
            mistakes.add(
                self.base + key.span().start,
                format!("unknown key `{name}`{context}"),
                Some(help),
            );
        }
    }
}

/// "`a`, `b`, `c`".
pub(super) fn list(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|n| format!("`{n}`")).collect();
    quoted.join(", ")
}

/// Why a value is refused: message and help.
pub(super) type Refusal = (String, Option<String>);

/// A value in the file.
pub(super) struct Found<'a> {
    source: &'a Source,
    /// Its key, with the table's name before it.
    pub key: String,
    /// The value.
    pub value: &'a DeValue<'a>,
    span: Range<usize>,
}

impl Found<'_> {
    /// Applies `read`; a refusal becomes a mistake at the value.
    pub fn read<T>(
        &self,
        mistakes: &mut Mistakes,
        read: impl FnOnce(&Self) -> Result<T, Refusal>,
    ) -> Option<T> {
        match read(self) {
            Ok(value) => Some(value),
            Err((message, help)) => {
                mistakes.add(self.span.start, message, help);
                None
            }
        }
    }

    /// Where the value stands.
    pub fn place(&self) -> Place {
        self.source.place(self.span.start)
    }

    /// The value as it was written, shortened to 40 characters.
    pub fn written(&self) -> String {
        shorten(&self.source.text[self.span.clone()], 40)
    }

    /// The refusal of a value of the wrong type.
    pub fn wanted(&self, wanted: &str, help: String) -> Refusal {
        let article = match self.value.type_str() {
            kind @ ("integer" | "array") => format!("an {kind}"),
            kind => format!("a {kind}"),
        };
        (
            format!(
                "`{}` must be {wanted}, but `{}` is {article}",
                self.key,
                self.written()
            ),
            Some(help),
        )
    }

    /// The value as a string.
    pub fn string(&self) -> Result<String, Refusal> {
        match self.value {
            DeValue::String(s) => Ok(s.to_string()),
            _ => Err(self.wanted("a string", format!("write `{} = \"…\"`", self.bare_key()))),
        }
    }

    /// The value as a boolean.
    pub fn boolean(&self) -> Result<bool, Refusal> {
        self.value.as_bool().ok_or_else(|| {
            let key = self.bare_key();
            self.wanted(
                "true or false",
                format!("write `{key} = true` or `{key} = false`, without quotes"),
            )
        })
    }

    /// The value as an array of strings.
    pub fn strings(&self) -> Result<Vec<String>, Refusal> {
        let help = || format!("write `{} = [\"…\", \"…\"]`", self.bare_key());
        let DeValue::Array(items) = self.value else {
            return Err(self.wanted("an array of strings", help()));
        };
        items
            .iter()
            .map(|item| {
                item.get_ref()
                    .as_str()
                    .map(str::to_string)
                    .ok_or_else(|| self.wanted("an array of strings", help()))
            })
            .collect()
    }

    /// The value as text whose characters know where they stand; `None` when
    /// it is blank. Line ends inside it are joined as in the body, and readings
    /// given in it are taken out; a backslash before a brace keeps the brace.
    pub fn text(&self, notes: &mut Vec<Diagnostic>) -> Result<Option<SourceText>, Refusal> {
        let value = self.string()?;
        let mut joined = Joined::new(&self.source.file);
        let mut cursor = self.source.cursor();
        let mut chars = value.chars().zip(self.string_offsets()).peekable();
        while let Some((c, at)) = chars.next() {
            let here = cursor.seek(at);
            match c {
                '\n' => joined.line_break(here),
                '\\' if chars.peek().is_some_and(|(c, _)| *c == '{') => {
                    if let Some((c, at)) = chars.next() {
                        joined.push(c, cursor.seek(at));
                    }
                }
                '{' | '|' | '}' => joined.mark(c, here),
                c => joined.push(c, here),
            }
        }
        Ok(joined.finish(notes))
    }

    /// Where each character of a TOML string stands in the file, escapes
    /// counted as one character (TOML 1.0, section "String").
    fn string_offsets(&self) -> Vec<usize> {
        let raw = &self.source.text[self.span.clone()];
        let basic = raw.starts_with('"');
        let multiline = raw.starts_with("\"\"\"") || raw.starts_with("'''");
        let quotes = if multiline { 3 } else { 1 };
        let mut at = quotes + usize::from(multiline && raw[quotes..].starts_with('\n'));
        let end = raw.len().saturating_sub(quotes);
        let mut offsets = Vec::new();
        while at < end {
            let rest = &raw[at..end];
            let after = rest.strip_prefix('\\').filter(|_| basic);
            if let Some(after) = after {
                let next = after.chars().next();
                if next.is_some_and(char::is_whitespace) {
                    // A backslash at the end of a line swallows the space after it.
                    at += 1 + after.len() - after.trim_start().len();
                    continue;
                }
                offsets.push(self.span.start + at);
                at += match next {
                    Some('u') => 6,
                    Some('U') => 10,
                    Some('x') => 4,
                    _ => 2,
                };
            } else {
                offsets.push(self.span.start + at);
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        offsets
    }

    fn bare_key(&self) -> &str {
        self.key.rsplit('.').next().unwrap_or(&self.key)
    }
}

/// `text` on one line and of at most `most` characters, for messages.
pub(super) fn shorten(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let mut short: String = line.chars().take(most).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::decode("issue.toml".into(), text.as_bytes()).unwrap()
    }

    fn text_of(toml: &str) -> SourceText {
        let s = source(toml);
        parse(&s, 0..s.text.len(), |f, m| {
            f.text("headline", m, &mut Vec::new())
        })
        .unwrap()
        .unwrap()
    }

    #[test]
    fn text_knows_its_places_behind_escapes() {
        let t = text_of(r#"headline = "他说\"好\"\u4E86啊""#);
        assert_eq!(t.text, "他说\"好\"了啊");
        let col = |c: char| t.place_at(t.text.find(c).unwrap()).unwrap().col;
        assert_eq!(
            (col('他'), col('好'), col('了'), col('啊')),
            (12, 16, 19, 25)
        );
    }

    #[test]
    fn text_over_several_lines_is_joined() {
        let t = text_of("headline = \"\"\"\n社区\n  食堂 \\\n   开张\"\"\"");
        assert_eq!(t.text, "社区  食堂 开张");
        assert_eq!(t.place().unwrap(), Place::new("issue.toml", 2, 0));
        let open = t.text.find('开').unwrap();
        assert_eq!(t.place_at(open).unwrap(), Place::new("issue.toml", 4, 3));
    }

    #[test]
    fn what_is_no_toml_names_line_and_column() {
        let s = source("paper = \"浦岸报\"\nsection = 社区版\n");
        let fault = parse(&s, 0..s.text.len(), |_, _| ()).unwrap_err();
        let text = fault.to_string();
        assert!(text.starts_with("error: this is not TOML: "), "{text}");
        assert!(text.contains("--> issue.toml:2:11"), "{text}");
    }
}
