//! `fixes.toml`: sentences that an editor heard and wants said otherwise.
//!
//! ```toml
//! [[fix]]
//! article = "02-canteen"              # left out for words of the edition itself
//! text = "每天供应二十种菜。"           # the chunk as printed
//! say = "每天供应十二种菜。"            # or `pinyin = "…"`, or `recording = "…"`
//! ```

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::fields::{Fields, Mistakes, parse};
use super::issue_toml::relative_file;
use super::source::Source;
use crate::diag::{Fault, Result};
use crate::model::{Fix, FixBy};

/// What a new file begins with.
const HEAD: &str = "# Sentences set right by ear; `tingbao fix` writes them. A fix is used where\n\
    # its article has just this text, and told of where it no longer fits.\n\n";
/// What holds the fixes.
const FIX: &str = "fix";

/// Reads `fixes.toml`.
pub(super) fn read(source: &Source) -> Result<Vec<Fix>> {
    parse(source, 0..source.text.len(), |f, m| {
        let tables = f.tables(FIX, m);
        f.finish(m, &[]);
        (tables.into_iter().enumerate())
            .filter_map(|(i, (at, mut t))| fix(&mut t, i + 1, at, source, m))
            .collect()
    })
}

fn fix(
    f: &mut Fields<'_>,
    number: usize,
    at: usize,
    source: &Source,
    m: &mut Mistakes,
) -> Option<Fix> {
    let article = f.string("article", m);
    let text = f.string("text", m);
    let by = [
        f.string("say", m).map(FixBy::Say),
        f.string("pinyin", m).map(FixBy::Pinyin),
        f.take("recording", m, relative_file).map(FixBy::Recording),
    ];
    f.finish(m, &[]);
    if text.is_none() {
        m.add(
            at,
            format!("fix {number} does not say which text it is for"),
            Some("write `text = \"…\"`, the sentence as `tingbao show` prints it".into()),
        );
    }
    let says = match ["say", "pinyin", "recording"]
        .iter()
        .filter(|k| f.has(k))
        .count()
    {
        0 => Some("none of"),
        1 => None,
        _ => Some("more than one of"),
    };
    if let Some(says) = says {
        m.add(
            at,
            format!("fix {number} has {says} `say`, `pinyin` and `recording`"),
            Some("keep one of them".into()),
        );
    }
    Some(Fix {
        article,
        text: text?,
        by: by.into_iter().flatten().next()?,
        place: source.place(at),
    })
}

/// The file with this fix, in place of one for the same text; `text` is the file
/// as it is, empty when there is none yet.
///
/// # Errors
/// When it is not TOML.
pub fn with_fix(text: &str, fix: &Fix) -> Result<String> {
    let mut file = without(text, fix.article.as_deref(), &fix.text)?.0;
    let mut table = Table::new();
    if let Some(article) = &fix.article {
        table["article"] = value(article.as_str());
    }
    table["text"] = value(fix.text.trim());
    let (key, by) = match &fix.by {
        FixBy::Say(words) => ("say", words),
        FixBy::Pinyin(pinyin) => ("pinyin", pinyin),
        FixBy::Recording(file) => ("recording", file),
    };
    table[key] = value(by.as_str());
    let fixes = file
        .entry(FIX)
        .or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    match fixes.as_array_of_tables_mut() {
        Some(fixes) => fixes.push(table),
        None => return Err(no_tables()),
    }
    Ok(format!("{HEAD}{}", file.to_string().trim_start()))
}

/// The file without the fix for this text; `None` when it has none.
///
/// # Errors
/// When it is not TOML.
pub fn without_fix(text: &str, article: Option<&str>, sentence: &str) -> Result<Option<String>> {
    let (file, found) = without(text, article, sentence)?;
    let text = || format!("{HEAD}{}", file.to_string().trim_start());
    Ok(found.then(text))
}

fn without(text: &str, article: Option<&str>, sentence: &str) -> Result<(DocumentMut, bool)> {
    // The head would go with the first fix.
    let text = text.strip_prefix(HEAD).unwrap_or(text);
    let mut file: DocumentMut =
        (text.parse()).map_err(|e| Fault::new(format!("fixes.toml is not TOML: {e}")))?;
    let Some(fixes) = file.get_mut(FIX) else {
        return Ok((file, false));
    };
    let fixes = fixes.as_array_of_tables_mut().ok_or_else(no_tables)?;
    let before = fixes.len();
    let text = |t: &Table, key: &str| t.get(key).and_then(Item::as_str).map(String::from);
    fixes.retain(|t| {
        text(t, "article").as_deref() != article
            || text(t, "text").unwrap_or_default().trim() != sentence.trim()
    });
    let found = fixes.len() < before;
    Ok((file, found))
}

fn no_tables() -> Fault {
    Fault::new("`fix` in fixes.toml is no array of tables")
        .help("write each fix below a line `[[fix]]`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;

    fn fix(article: Option<&str>, text: &str, by: FixBy) -> Fix {
        Fix {
            article: article.map(String::from),
            text: text.into(),
            by,
            place: Place::file("fixes.toml"),
        }
    }

    fn read_text(text: &str) -> Result<Vec<Fix>> {
        read(&Source::decode("fixes.toml".into(), text.as_bytes())?)
    }

    #[test]
    fn what_is_written_is_read_and_one_text_has_one_fix() {
        let say = fix(
            Some("02-canteen"),
            "每天供应“二十”种菜。",
            FixBy::Say("十二种".into()),
        );
        let own = fix(None, "第二篇。", FixBy::Pinyin("di4 er4 pian1".into()));
        let sound = fix(
            Some("02-canteen"),
            "每天供应“二十”种菜。",
            FixBy::Recording("recordings/a.wav".into()),
        );
        let text = with_fix("", &say).unwrap();
        assert!(text.starts_with("# Sentences set right by ear"), "{text}");
        let text = with_fix(&text, &own).unwrap();
        let text = with_fix(&text, &sound).unwrap();
        let read: Vec<_> = read_text(&text)
            .unwrap()
            .into_iter()
            .map(|f| (f.article, f.text, f.by))
            .collect();
        assert_eq!(
            read,
            [own, sound.clone()].map(|f| (f.article, f.text, f.by))
        );
        let gone = without_fix(&text, Some("02-canteen"), &sound.text)
            .unwrap()
            .unwrap();
        assert_eq!(read_text(&gone).unwrap().len(), 1);
        assert_eq!(
            without_fix(&gone, Some("02-canteen"), &sound.text).unwrap(),
            None
        );
        assert!(gone.starts_with("# Sentences set right by ear"), "{gone}");
    }

    #[test]
    fn mistakes_are_named_with_their_lines() {
        let text =
            "[[fix]]\ntext = \"好。\"\nsay = \"好\"\npinyin = \"hao3\"\n\n[[fix]]\nsya = \"好\"\n";
        let fault = read_text(text).unwrap_err().to_string();
        for said in [
            "fixes.toml:1",
            "fix 1 has more than one of `say`, `pinyin` and `recording`",
            "line 6 too: fix 2 does not say which text it is for",
            "line 7 too: unknown key `sya` in `[fix]`; did you mean `say`?",
        ] {
            assert!(fault.contains(said), "{said}\n{fault}");
        }
        let fault = read_text("[[fix]]\ntext = \"好。\"\nrecording = \"../a.wav\"\n").unwrap_err();
        assert!(fault.to_string().contains("fixes.toml:3"), "{fault}");
    }
}
