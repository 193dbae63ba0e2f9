//! Lexicons of every format, and what is refused.

use super::*;

fn entries(name: &str, text: &str) -> Result<Vec<(String, LexiconReading, u32)>> {
    let entries = read(&Source::decode(name.into(), text.as_bytes())?)?;
    let entry = |e: LexiconEntry| (e.word, e.reading, e.place.line);
    Ok(entries.into_iter().map(entry).collect())
}

fn refused(name: &str, text: &str) -> String {
    entries(name, text).unwrap_err().to_string()
}

fn four(lines: [u32; 5]) -> Vec<(String, LexiconReading, u32)> {
    use LexiconReading::{Digits, Pinyin, Say, Skip, Value};
    let readings = [
        ("崧珏", Pinyin("song1 jue2".into())),
        ("3M", Say("三艾姆".into())),
        ("4210", Digits),
        ("315", Value),
        ("（图）", Skip),
    ];
    (readings.into_iter().zip(lines))
        .map(|((w, r), l)| (w.to_string(), r, l))
        .collect()
}

#[test]
fn toml_gives_a_string_or_a_table() {
    let toml = "[lexicon]\n\"崧珏\" = { pinyin = \"song1 jue2\" }\n3M = { say = \"三艾姆\" }\n\
                4210 = { read = \"digits\" }\n315 = { read = \"value\" }\n\"（图）\" = { read = \"skip\" }\n";
    assert_eq!(entries("a.toml", toml).unwrap(), four([2, 3, 4, 5, 6]));
}

#[test]
fn csv_gives_a_row_a_word() {
    let csv = "\u{FEFF}word,pinyin,say,read\r\n崧珏,song1 jue2,,\r\n# 商号\r\n3M,,\"三艾姆\",\r\n\r\n\
               4210,,,digits\r\n315,,,value\r\n（图）,,,skip\r\n";
    assert_eq!(entries("a.csv", csv).unwrap(), four([2, 4, 6, 7, 8]));
    let short = entries("a.csv", "word,pinyin\n崧珏,song1 jue2\n").unwrap();
    assert_eq!(short.len(), 1);
}

#[test]
fn pls_gives_phonemes_and_aliases() {
    let pls = r#"<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="x-pinyin" xml:lang="zh-CN">
  <lexeme><grapheme>崧珏</grapheme><phoneme>song1 jue2</phoneme></lexeme>
  <lexeme>
    <grapheme>单明远</grapheme>
    <grapheme>单明遠</grapheme>
    <phoneme>dan1 ming2 yuan3</phoneme>
    <phoneme prefer="true">shàn míng yuǎn</phoneme>
  </lexeme>
  <lexeme><grapheme>3M</grapheme><alias>三艾姆</alias></lexeme>
</lexicon>"#;
    let entries = entries("a.pls", pls).unwrap();
    let pinyin = |p: &str| LexiconReading::Pinyin(p.into());
    assert_eq!(entries[0], ("崧珏".into(), pinyin("song1 jue2"), 3));
    assert_eq!(entries[1], ("单明远".into(), pinyin("shàn míng yuǎn"), 5));
    assert_eq!(entries[2].0, "单明遠");
    assert_eq!(entries[3].1, LexiconReading::Say("三艾姆".into()));
}

#[test]
fn bad_entries_name_file_and_line() {
    for (name, text, message) in [
        (
            "a.toml",
            "[lexicon]\n\"崧珏\" = { pinin = \"song1\" }\n",
            "error: unknown key `pinin` in `lexicon.崧珏`\n  --> a.toml:2:8\n  help: did you mean `pinyin`?",
        ),
        (
            "a.toml",
            "[lexicon]\n4210 = { read = \"digit\" }\n",
            "error: the lexicon reads `4210` as `digit`, which is no way to read\n  --> a.toml:2:1\n  \
             help: did you mean `digits`?",
        ),
        (
            "a.toml",
            "[lexicon]\n3M = { say = \"三艾姆\", read = \"skip\" }\n",
            "error: the lexicon gives `3M` several readings\n  --> a.toml:2:1\n  \
             help: keep one of `say`, `read`",
        ),
        (
            "a.toml",
            "[lexicon]\n3M = { say = 3 }\n",
            "error: `say` in `lexicon.3M` must be a string\n  --> a.toml:2:6\n  help: write `say = \"…\"`",
        ),
        (
            "a.csv",
            "word,pinyn\n",
            "error: unknown column `pinyn`\n  --> a.csv:1:1\n  help: did you mean `pinyin`?",
        ),
        (
            "a.csv",
            "pinyin\nsong1\n",
            "error: the first line does not name the columns\n  --> a.csv:1:1\n  \
             help: begin with a line `word,pinyin,say,read`",
        ),
        (
            "a.csv",
            "word,pinyin\n崧珏,song1 jue2\n单明远\n",
            "error: the lexicon gives `单明远` no reading\n  --> a.csv:3:1\n  \
             help: fill `word` and one of `pinyin`, `say`, `read` in every row",
        ),
        (
            "a.csv",
            "word,say\n3M,三,艾姆\n",
            "error: the row has a field, `艾姆`, without a column\n  --> a.csv:2:1\n  \
             help: put a reading with a comma in it between straight double quotes",
        ),
        (
            "a.pls",
            "<lexicon alphabet=\"ipa\">\n<lexeme><grapheme>崧</grapheme><phoneme>sʊŋ</phoneme></lexeme>\n</lexicon>",
            "error: the phonemes are in the alphabet `ipa`, which is not understood\n  --> a.pls:2:31\n  \
             help: write pinyin and `alphabet=\"x-pinyin\"`, or an `<alias>` in Chinese characters",
        ),
        (
            "a.pls",
            "<lexicon>\n<lexeme><alias>三</alias></lexeme></lexicon>",
            "error: the lexeme has no word\n  --> a.pls:2:1\n  help: give it a `<grapheme>`",
        ),
        (
            "a.pls",
            "<lexicon>\n<lexeme><grapheme>3M</grapheme></lexeme></lexicon>",
            "error: the lexeme has no pronunciation\n  --> a.pls:2:1\n  \
             help: give it a `<phoneme>` or an `<alias>`",
        ),
    ] {
        assert_eq!(refused(name, text), message);
    }
    assert!(
        refused("a.pls", "<lexicon>\n<lexeme></lexicon>").starts_with("error: this is not XML: ")
    );
    assert!(refused("a.pls", "<html/>").contains("no lexicon but a `<html>`"));
}
