//! An issue into the files of an issue folder, so that `read` gives it back.

use std::collections::HashSet;

use super::FolderFile;
use super::escape::{front_matter, markdown, toml};
use super::inline::with_readings;
use super::name::{file_name, order};
use super::podcast;
use crate::model::{
    Article, Block, BlockKind, Issue, LexiconReading, Masthead, Millis, Pauses, Settings,
    SourceText,
};

/// The largest number CommonMark allows a list item to bear.
const LARGEST_ITEM: u32 = 999_999_999;

/// `issue.toml`, the articles and the raw pages (under `pages/`).
pub(super) fn files(issue: &Issue, settings: &Settings, raw: &[FolderFile]) -> Vec<FolderFile> {
    let mut files = vec![FolderFile {
        path: "issue.toml".to_string(),
        bytes: issue_toml(&issue.masthead, settings).into_bytes(),
    }];
    for (article, name) in issue.articles.iter().zip(article_names(&issue.articles)) {
        files.push(FolderFile {
            path: format!("articles/{name}"),
            bytes: article_md(article).into_bytes(),
        });
    }
    let mut taken = HashSet::new();
    for page in raw {
        files.push(FolderFile {
            path: format!("pages/{}", page_name(&page.path, &mut taken)),
            bytes: page.bytes.clone(),
        });
    }
    files
}

/// File names that are safe, all different (on file systems that do not tell
/// upper from lower case too), and sort in the order of the articles. The
/// articles' ids are kept when they do all that, else numbered.
fn article_names(articles: &[Article]) -> Vec<String> {
    let names: Vec<_> = articles.iter().map(|a| file_name(&a.id, ".md")).collect();
    let rising = names.windows(2).all(|w| order(&w[0]) < order(&w[1]));
    let lower: HashSet<_> = names.iter().map(|n| n.to_lowercase()).collect();
    if rising && lower.len() == names.len() {
        return names;
    }
    let numbered = |(i, a): (usize, &Article)| {
        let stem = file_name(a.id.trim_start_matches(|c: char| c.is_ascii_digit()), "");
        file_name(&format!("{:02}-{stem}", i + 1), ".md")
    };
    articles.iter().enumerate().map(numbered).collect()
}

/// The last part of a page's path, made safe; a second page of that name gets
/// a number.
fn page_name(path: &str, taken: &mut HashSet<String>) -> String {
    let last = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let (stem, extension) = match last.rsplit_once('.') {
        Some((stem, ext))
            if !stem.is_empty()
                && (1..=8).contains(&ext.len())
                && ext.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            (stem, format!(".{ext}"))
        }
        _ => (last, String::new()),
    };
    let stem = if stem.trim_matches(['.', ' ']).is_empty() {
        "page"
    } else {
        stem
    };
    let mut name = file_name(stem, &extension);
    let mut n = 2;
    while !taken.insert(name.to_lowercase()) {
        name = file_name(stem, &format!("-{n}{extension}"));
        n += 1;
    }
    name
}

fn issue_toml(masthead: &Masthead, settings: &Settings) -> String {
    let mut out = String::new();
    let mut line = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.push_str(&format!("{key} = {}\n", toml(value)));
        }
    };
    line("paper", Some(&masthead.paper));
    line("section", masthead.section.as_deref());
    line("issue_number", masthead.issue_number.as_deref());
    line("date", masthead.date.as_deref());
    line("publisher", masthead.publisher.as_deref());
    line("sponsor", masthead.sponsor.as_deref());
    line("cn_code", masthead.cn_code.as_deref());
    line("page", masthead.page.as_deref());
    line("language", Some(&settings.language));
    line("cast", settings.cast.as_deref());
    line("body_voice", settings.body_voice.as_deref());
    line("headline_voice", settings.headline_voice.as_deref());
    line("sting", settings.sting.as_deref());
    if !settings.alternate.is_empty() {
        let names: Vec<_> = settings.alternate.iter().map(|n| toml(n)).collect();
        out.push_str(&format!("alternate = [{}]\n", names.join(", ")));
    }
    if !settings.lexicons.is_empty() {
        let paths: Vec<_> = settings.lexicons.iter().map(|p| toml(p)).collect();
        out.push_str(&format!("lexicons = [{}]\n", paths.join(", ")));
    }
    match settings.speed {
        Some(speed) => out.push_str(&format!("speed = {:?}\n", speed.0)),
        None => out.push_str("# speed = 0.85   # 0.5 (slow) to 2.0 (fast)\n"),
    }
    if !settings.yao {
        out.push_str("yao = false   # 1 in telephone numbers is 一, not 幺\n");
    }
    out.push_str(&pauses(&settings.pauses));
    out.push_str(&podcast::written(&settings.podcast));
    out.push_str("\n[lexicon]\n# \"崧珏\" = \"song1 jue2\"   # a word and how it is read\n");
    // TOML knows a key once: of two readings the later one counts.
    let again = |i: usize, word: &str| settings.lexicon[i + 1..].iter().any(|e| e.word == word);
    for (i, entry) in settings.lexicon.iter().enumerate() {
        if again(i, &entry.word) {
            continue;
        }
        let value = match &entry.reading {
            LexiconReading::Pinyin(pinyin) => toml(pinyin),
            LexiconReading::Say(text) => format!("{{ say = {} }}", toml(text)),
            LexiconReading::Digits => "{ read = \"digits\" }".to_string(),
            LexiconReading::Value => "{ read = \"value\" }".to_string(),
            LexiconReading::Skip => "{ read = \"skip\" }".to_string(),
        };
        out.push_str(&format!("{} = {value}\n", toml(&entry.word)));
    }
    out
}

/// The `[pauses]` table: those that differ from the default, the others as
/// comments to show what there is.
fn pauses(pauses: &Pauses) -> String {
    let default = Pauses::default();
    let pair = |key: &str, now: Millis, usual: Millis| {
        let hidden = if now == usual { "# " } else { "" };
        format!("{hidden}{key} = {}\n", now.0)
    };
    [
        "\n[pauses]   # milliseconds\n".to_string(),
        pair(
            "chapter_number",
            pauses.chapter_number,
            default.chapter_number,
        ),
        pair("headline", pauses.headline, default.headline),
        pair("line", pauses.line, default.line),
        pair("subhead", pauses.subhead, default.subhead),
        pair("paragraph", pauses.paragraph, default.paragraph),
        pair("item", pauses.item, default.item),
        pair("sentence", pauses.sentence, default.sentence),
        pair("clause", pauses.clause, default.clause),
        pair("chapter", pauses.chapter, default.chapter),
    ]
    .concat()
}

fn article_md(article: &Article) -> String {
    let mut out = String::from("+++\n");
    let mut line = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.push_str(&format!("{key} = {}\n", toml(value)));
        }
    };
    let front = |t: &SourceText| with_readings(t, &front_matter);
    line("kicker", article.kicker.as_ref().map(front).as_deref());
    line("headline", Some(&front(&article.headline)));
    line("subhead", article.subhead.as_ref().map(front).as_deref());
    line("byline", article.byline.as_ref().map(front).as_deref());
    line("kind", Some(article.kind.name()));
    line("audio", article.audio.as_deref());
    line("voice", article.voice.as_deref());
    line("language", article.language.as_deref());
    line("page", article.page.as_deref());
    if let Some(priority) = article.priority {
        out.push_str(&format!("priority = {}\n", priority.0));
    }
    out.push_str(&format!("read = {}\n+++\n", article.read));
    out.push_str(&body(&article.blocks));
    out
}

/// The body. Items of one list stand line below line; where the numbers of
/// two items do not follow one another a new list begins, which Markdown
/// knows by another mark behind the number.
fn body(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut last: Option<Option<u32>> = None;
    let mut mark = '.';
    let mut verses = false;
    for block in blocks.iter().filter(|b| !b.text.is_blank()) {
        let text = markdown(&block.told(), block.kind == BlockKind::Subhead);
        let number = match block.kind {
            BlockKind::Item { number } => Some(number.filter(|n| *n <= LARGEST_ITEM)),
            BlockKind::Row => Some(None),
            _ => None,
        };
        let runs_on = match (last, number) {
            (Some(None), Some(None)) => true,
            (Some(Some(a)), Some(Some(b))) => a.checked_add(1) == Some(b),
            _ => false,
        };
        let verse = block.kind == BlockKind::Verse;
        if verse && verses {
            // A line of the same stanza: what ended the last one is a hard break.
            out.insert(out.len() - 1, '\\');
        } else if !runs_on {
            out.push('\n');
            mark = if mark == '.' { ')' } else { '.' };
        }
        match (block.kind, number) {
            (_, Some(Some(n))) => out.push_str(&format!("{n}{mark} {text}\n")),
            (_, Some(None)) => out.push_str(&format!("- {text}\n")),
            (BlockKind::Subhead, _) => out.push_str(&format!("## {text}\n")),
            _ => out.push_str(&format!("{text}\n")),
        }
        last = number;
        verses = verse;
    }
    out
}
