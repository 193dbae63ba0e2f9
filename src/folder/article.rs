//! `articles/NN-slug.md`: front matter and body.

use std::ops::Range;

use toml::de::DeValue;

use super::fields::{Found, Refusal, list, parse};
use super::issue_toml::{language, relative_file, voice};
use super::markdown;
use super::source::Source;
use crate::diag::{Fault, Noted, Place, Result, nearest};
use crate::model::{Article, ArticleKind, Priority};

const FENCE: &str = "+++";

/// Reads one article; `id` is its file's stem.
///
/// Faults: no front matter or one that never ends, whatever TOML refuses, no
/// headline, and an article to be read that has neither body nor recording.
pub(super) fn read(source: &Source, id: &str) -> Result<Noted<Article>> {
    let (front, body) = split(source)?;
    let mut notes = Vec::new();
    let mut article = parse(source, front.clone(), |f, m| {
        let kind = f.take("kind", m, kind).unwrap_or(ArticleKind::News);
        let kicker = f.text("kicker", m, &mut notes);
        let headline = f.take("headline", m, |v| v.text(&mut notes));
        if headline == Some(None) {
            m.add(front.start, "the headline is empty", Some(headline_help()));
        }
        let article = Article {
            id: id.to_string(),
            kind,
            kicker,
            // Checked below, when it is sure that no other mistake hid it.
            headline: headline
                .flatten()
                .unwrap_or_else(|| crate::model::SourceText::made("")),
            subhead: f.text("subhead", m, &mut notes),
            byline: f.text("byline", m, &mut notes),
            blocks: Vec::new(),
            read: f
                .take("read", m, Found::boolean)
                .unwrap_or_else(|| kind.read_by_default()),
            audio: f.take("audio", m, relative_file),
            voice: f.take("voice", m, voice),
            language: f.take("language", m, language),
            page: f.take("page", m, page),
            priority: f.take("priority", m, priority),
            place: Place::new(&source.file, 1, 0),
        };
        f.finish(m, &[]);
        article
    })?;
    if article.headline.text.is_empty() {
        return Err(Fault::new("the article has no headline")
            .at(Place::file(&source.file))
            .help(headline_help()));
    }
    article.blocks = markdown::blocks(source, body).drain_into(&mut notes);
    if article.read && article.blocks.is_empty() && article.audio.is_none() {
        return Err(Fault::new(format!(
            "the article `{}` has no body to read",
            article.headline.text
        ))
        .at(Place::file(&source.file))
        .help(
            "write its text below the second `+++`, name a recording with `audio = \"…\"`, \
             or keep it silent with `read = false`",
        ));
    }
    Ok(Noted::new(article, notes))
}

fn headline_help() -> String {
    "write `headline = \"…\"` between the two `+++` lines".to_string()
}

/// Where the front matter stands and where the body begins.
fn split(source: &Source) -> Result<(Range<usize>, usize)> {
    let mut at = 0;
    let mut front = None;
    for line in source.text.split_inclusive('\n') {
        let (start, trimmed) = (at, line.trim());
        at += line.len();
        match front {
            None if trimmed == FENCE => front = Some((at, start)),
            None if trimmed.is_empty() => {}
            None => break,
            Some((from, _)) if trimmed == FENCE => return Ok((from..start, at)),
            Some(_) => {}
        }
    }
    Err(match front {
        Some((_, opened)) => Fault::new("the front matter is not closed")
            .at(source.place(opened))
            .help("put a line `+++` between the front matter and the body"),
        None => Fault::new("the article has no front matter")
            .at(Place::file(&source.file))
            .help("begin the file with a line `+++`, a line `headline = \"…\"`, and another line `+++`"),
    })
}

/// What a page calls itself: a word or a few, for it is shown in one line.
fn page(v: &Found<'_>) -> Result<String, Refusal> {
    let written = v.string()?;
    let name = written.trim();
    if !name.is_empty() && !name.contains(char::is_control) {
        return Ok(name.to_string());
    }
    Err((
        format!("`page` is {}, which names no page", v.written()),
        Some(
            "write what the page calls itself, such as `page = \"3\"` or `page = \"A05\"`, \
             or leave the line out"
                .to_string(),
        ),
    ))
}

fn kind(v: &Found<'_>) -> Result<ArticleKind, Refusal> {
    let name = v.string()?;
    let names = ArticleKind::ALL.map(ArticleKind::name);
    ArticleKind::ALL
        .into_iter()
        .find(|k| k.name() == name)
        .ok_or_else(|| {
            let help = match nearest(&name, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the kinds are {}", list(&names)),
            };
            (format!("unknown kind `{name}`"), Some(help))
        })
}

fn priority(v: &Found<'_>) -> Result<Priority, Refusal> {
    let (most, least) = (Priority::MOST.0, Priority::LEAST.0);
    let help = format!("write a whole number from {most} (the most important) to {least}");
    let DeValue::Integer(n) = v.value else {
        return Err(v.wanted("an integer", help));
    };
    (u8::from_str_radix(n.as_str(), n.radix()).ok())
        .filter(|n| (most..=least).contains(n))
        .map(Priority)
        .ok_or_else(|| {
            let message = format!("`priority` is {}, outside {most} to {least}", v.written());
            (message, Some(help))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;

    fn file(text: &str) -> Source {
        Source::decode("issues/a/articles/01-b.md".into(), text.as_bytes()).unwrap()
    }

    fn refused(text: &str) -> String {
        read(&file(text), "01-b").unwrap_err().to_string()
    }

    #[test]
    fn a_whole_article() {
        let a = read(
            &file(
                "+++\nkicker = \"引题\"\nheadline = \"题\"\nsubhead = \"副题\"\nbyline = \"记者 甲\"\n\
                 kind = \"letter\"\nvoice = \"zf_xiaoyi\"\naudio = \"audio/a.mp3\"\npage = \"A05\"\n+++\n\n正文\n",
            ),
            "01-b",
        )
        .unwrap()
        .value;
        assert_eq!(
            (a.id.as_str(), a.kind, a.read),
            ("01-b", ArticleKind::Letter, true)
        );
        assert_eq!(a.kicker.unwrap().text, "引题");
        assert_eq!(
            a.headline.place(),
            Some(Place::new("issues/a/articles/01-b.md", 3, 12))
        );
        assert_eq!(a.subhead.unwrap().text, "副题");
        assert_eq!(a.byline.unwrap().text, "记者 甲");
        assert_eq!(a.voice.as_deref(), Some("zf_xiaoyi"));
        assert_eq!(a.audio.as_deref(), Some("audio/a.mp3"));
        assert_eq!(a.page.as_deref(), Some("A05"));
        assert_eq!(a.blocks.len(), 1);
        assert_eq!(a.blocks[0].kind, BlockKind::Para);
        assert_eq!(
            a.blocks[0].text.place(),
            Some(Place::new("issues/a/articles/01-b.md", 12, 0))
        );
    }

    #[test]
    fn a_priority_is_a_number_from_one_to_five() {
        let front =
            |priority: &str| format!("+++\nheadline = \"题\"\npriority = {priority}\n+++\n文");
        let article = read(&file(&front("2")), "b").unwrap().value;
        assert_eq!(article.priority, Some(Priority(2)));
        assert_eq!(
            read(&file("+++\nheadline = \"题\"\n+++\n文"), "b")
                .unwrap()
                .value
                .priority,
            None
        );
        assert_eq!(
            refused(&front("6")),
            "error: `priority` is 6, outside 1 to 5\n  --> issues/a/articles/01-b.md:3:12\n  \
             help: write a whole number from 1 (the most important) to 5"
        );
        for wrong in ["0", "-1", "1.5", "\"1\"", "true", "300"] {
            assert!(
                refused(&front(wrong)).contains("whole number from 1"),
                "{wrong}"
            );
        }
    }

    #[test]
    fn kinds_decide_whether_they_are_read() {
        let read = |front: &str| {
            read(
                &file(&format!("+++\nheadline=\"题\"\n{front}\n+++\n文")),
                "b",
            )
            .unwrap()
            .value
            .read
        };
        assert!(read(""));
        assert!(!read("kind = \"advert\""));
        assert!(read("kind = \"honours\"\nread = true"));
        assert!(!read("read = false"));
    }

    #[test]
    fn a_missing_headline_names_the_file() {
        let message = "error: the article has no headline\n  --> issues/a/articles/01-b.md\n  \
                       help: write `headline = \"…\"` between the two `+++` lines";
        assert_eq!(refused("+++\n+++\n正文"), message);
        assert_eq!(
            refused("+++\nheadline = \" \"\n+++\n正文"),
            "error: the headline is empty\n  --> issues/a/articles/01-b.md:2:1\n  \
             help: write `headline = \"…\"` between the two `+++` lines"
        );
    }

    #[test]
    fn front_matter_must_be_there_and_end() {
        assert_eq!(
            refused("# 题\n正文"),
            "error: the article has no front matter\n  --> issues/a/articles/01-b.md\n  \
             help: begin the file with a line `+++`, a line `headline = \"…\"`, and another line `+++`"
        );
        assert_eq!(
            refused("\n+++\nheadline = \"题\"\n正文"),
            "error: the front matter is not closed\n  --> issues/a/articles/01-b.md:2:1\n  \
             help: put a line `+++` between the front matter and the body"
        );
    }

    #[test]
    fn an_article_to_be_read_needs_a_body_or_a_recording() {
        assert_eq!(
            refused("+++\nheadline = \"食堂开张\"\n+++\n\n<!-- 待补 -->\n"),
            "error: the article `食堂开张` has no body to read\n  --> issues/a/articles/01-b.md\n  \
             help: write its text below the second `+++`, name a recording with `audio = \"…\"`, or keep it silent with `read = false`"
        );
        for front in ["read = false", "kind = \"advert\"", "audio = \"a.wav\""] {
            assert!(
                read(
                    &file(&format!("+++\nheadline = \"题\"\n{front}\n+++\n")),
                    "b"
                )
                .is_ok()
            );
        }
    }

    #[test]
    fn a_page_is_called_something_in_one_line() {
        let front = |page: &str| format!("+++\nheadline = \"题\"\npage = {page}\n+++\n文");
        let page = |written: &str| read(&file(&front(written)), "b").unwrap().value.page;
        assert_eq!(page("\" 03 \"").as_deref(), Some("03"));
        assert_eq!(page("\"副刊 2\"").as_deref(), Some("副刊 2"));
        for written in ["\" \"", "\"3\\n4\""] {
            assert_eq!(
                refused(&front(written)),
                format!(
                    "error: `page` is {written}, which names no page\n  --> \
                     issues/a/articles/01-b.md:3:8\n  help: write what the page calls itself, such as \
                     `page = \"3\"` or `page = \"A05\"`, or leave the line out"
                )
            );
        }
        assert_eq!(
            refused(&front("3")),
            "error: `page` must be a string, but `3` is an integer\n  --> \
             issues/a/articles/01-b.md:3:8\n  help: write `page = \"…\"`"
        );
    }

    #[test]
    fn unknown_kinds_and_keys_name_the_nearest() {
        assert_eq!(
            refused("+++\nheadline = \"题\"\nkind = \"new\"\n+++\n文"),
            "error: unknown kind `new`\n  --> issues/a/articles/01-b.md:3:8\n  help: did you mean `news`?"
        );
        assert!(
            refused("+++\nheadline = \"题\"\nkind = \"广告\"\n+++\n文").contains(
                "help: the kinds are `news`, `notice`, `letter`, `advert`, `honours`, `other`"
            )
        );
        assert_eq!(
            refused("+++\nheadlin = \"题\"\n+++\n文"),
            "error: unknown key `headlin`\n  --> issues/a/articles/01-b.md:2:1\n  help: did you mean `headline`?"
        );
        assert_eq!(
            refused("+++\nheadline = \"题\"\nread = \"yes\"\n+++\n文"),
            "error: `read` must be true or false, but `\"yes\"` is a string\n  --> issues/a/articles/01-b.md:3:8\n  \
             help: write `read = true` or `read = false`, without quotes"
        );
        assert!(
            refused("+++\nheadline = \"题\"\naudio = \"/etc/a.wav\"\n+++\n文").starts_with(
                "error: `audio` is `/etc/a.wav`, which is not a file inside the issue folder"
            )
        );
    }
}
