//! What is written reads back, whatever the text; and no bytes make the reader panic.

use proptest::prelude::*;

use super::*;
use crate::model::{GivenReading, LexiconReading, Millis, Pauses, Priority};

/// Text that Markdown or TOML could stumble over, and text that is plain.
fn line() -> impl Strategy<Value = String> {
    let trap = prop::sample::select(vec![
        "# ",
        "## ",
        "1. ",
        "2) ",
        "- ",
        "+ ",
        "* ",
        "> ",
        "+++",
        "---",
        "***",
        "___",
        "===",
        "```",
        "~~~",
        "~~",
        "`",
        "*",
        "**",
        "_",
        "[",
        "]",
        "](",
        "![",
        "[x]: ",
        "[^1]",
        "[^1]: ",
        "[ ] ",
        "<",
        "</b>",
        "<b>",
        "<!--",
        "<http://x.cn>",
        "&",
        "&amp;",
        "&#10;",
        "&nbsp",
        "\\",
        "\\\\",
        "\\n",
        "|",
        "|--|",
        ":--",
        "$x$",
        "$$",
        "^",
        "  ",
        "\t",
        "\n",
        "\r",
        "　",
        "#",
        " #",
        "\"",
        "\"\"\"",
        "'''",
        "3·15",
        "1.5",
        "“‘好’”",
        "——",
        "……",
        "社区",
        "食堂",
        "AED",
        "95.05%",
        "021-5555 0123",
        "\u{7F}",
        "\u{85}",
        "\u{2028}",
        "\u{FEFF}",
        "\u{200B}",
        "👩‍🚒",
        "𬭚",
        "{#a}",
        "{",
        "}",
        "{甲|jia3}",
        ":",
    ]);
    prop_oneof![
        4 => prop::collection::vec(trap, 1..6).prop_map(|parts| parts.concat()),
        1 => "\\PC{1,40}",
        1 => "[ -~]{1,40}",
    ]
    .prop_map(|s| s.trim().to_string())
    .prop_filter("blank", |s| !s.is_empty() && !s.contains('\0'))
}

/// A line of front matter: line ends in it are layout.
fn front() -> impl Strategy<Value = String> {
    line()
        .prop_map(|s| s.replace('\n', "").trim().to_string())
        .prop_filter("blank", |s| !s.is_empty())
}

/// A line, with a reading given in some.
fn given(line: impl Strategy<Value = String>) -> impl Strategy<Value = SourceText> {
    let reading = prop::option::weighted(0.3, front());
    (line, reading).prop_map(|(line, before)| {
        let Some(before) = before.filter(|b| !b.ends_with('\\')) else {
            return SourceText::made(line);
        };
        let at = before.len()..before.len() + "崧珏".len();
        let pinyin = "song1 jue2".to_string();
        SourceText {
            readings: vec![GivenReading { at, pinyin }],
            ..SourceText::made(format!("{before}崧珏{line}"))
        }
    })
}

fn block() -> impl Strategy<Value = Block> {
    let kind = prop_oneof![
        3 => Just(BlockKind::Para),
        1 => Just(BlockKind::Subhead),
        2 => Just(BlockKind::Item { number: None }),
        2 => (1u32..4).prop_map(|n| BlockKind::Item { number: Some(n) }),
        1 => (0u32..=999_999_999).prop_map(|n| BlockKind::Item { number: Some(n) }),
    ];
    (kind, given(line())).prop_map(|(kind, text)| Block { kind, text })
}

fn article() -> impl Strategy<Value = Article> {
    let lines = (
        prop::option::of(given(front())),
        given(front()),
        prop::option::of(front()),
        prop::option::of(front()),
    );
    let kind = prop::sample::select(ArticleKind::ALL.to_vec());
    let audio = prop::option::of(Just("audio/甲 乙.mp3".to_string()));
    let voice = prop::option::of(Just("zf_xiaoyi".to_string()));
    let language = prop::option::of(Just("en-GB".to_string()));
    let page = prop::option::of(front().prop_map(|name| name.replace(char::is_control, "")));
    let page = page.prop_map(|page| page.map(|p| p.trim().to_string()).filter(|p| !p.is_empty()));
    let priority = prop::option::of((1u8..=5).prop_map(Priority));
    (
        lines,
        kind,
        prop::collection::vec(block(), 1..8),
        any::<bool>(),
        audio,
        (voice, language, page, priority),
    )
        .prop_map(
            |(
                (kicker, headline, subhead, byline),
                kind,
                blocks,
                read,
                audio,
                (voice, language, page, priority),
            )| Article {
                id: String::new(),
                kind,
                kicker,
                headline,
                subhead: subhead.map(SourceText::made),
                byline: byline.map(SourceText::made),
                blocks,
                read,
                audio,
                voice,
                language,
                page,
                priority,
                place: Place::file(""),
            },
        )
}

fn settings() -> impl Strategy<Value = Settings> {
    let names = prop::collection::vec(Just("zm_yunxi".to_string()), 0..3);
    let words = prop::collection::btree_map(front(), front(), 0..4);
    let speed = prop::option::of((0.5f32..=2.0).prop_map(Speed));
    let pause = || (0u32..=10_000).prop_map(Millis);
    (
        names,
        words,
        speed,
        any::<bool>(),
        (pause(), pause(), pause()),
    )
        .prop_map(|(alternate, words, speed, yao, p)| Settings {
            language: "zh-CN".into(),
            cast: Some("双播".into()),
            alternate,
            speed,
            yao,
            sting: Some("ding.wav".into()),
            pauses: Pauses {
                headline: p.0,
                clause: p.1,
                chapter: p.2,
                ..Pauses::default()
            },
            lexicon: words
                .into_iter()
                .map(|(word, text)| LexiconEntry {
                    reading: match text.len() % 5 {
                        0 => LexiconReading::Digits,
                        1 => LexiconReading::Value,
                        2 => LexiconReading::Skip,
                        3 => LexiconReading::Say(text),
                        _ => LexiconReading::Pinyin(text),
                    },
                    word,
                    place: Place::file(""),
                })
                .collect(),
            ..Settings::default()
        })
}

/// What must come back: everything but the places.
fn essence(issue: &Issue, settings: &Settings) -> String {
    use std::fmt::Write as _;
    let mut out = format!("{:?}\n", issue.masthead);
    for a in &issue.articles {
        let t = |s: &Option<SourceText>| s.as_ref().map(|s| s.text.clone());
        let readings = (a.kicker.as_ref().map(|k| &k.readings), &a.headline.readings);
        writeln!(out, "{readings:?}").unwrap();
        let lines = (t(&a.kicker), &a.headline.text, t(&a.subhead), t(&a.byline));
        writeln!(out, "{:?}", (a.kind, a.read, &a.audio, &a.voice, lines)).unwrap();
        writeln!(out, "{:?}", (&a.language, &a.page, a.priority)).unwrap();
        for b in &a.blocks {
            writeln!(out, "  {:?} {:?}", b.kind, (&b.text.text, &b.text.readings)).unwrap();
        }
    }
    let words: Vec<_> = settings
        .lexicon
        .iter()
        .map(|e| (&e.word, &e.reading))
        .collect();
    let rest = Settings {
        lexicon: Vec::new(),
        ..settings.clone()
    };
    writeln!(out, "{rest:?} {words:?}").unwrap();
    out
}

proptest! {
    #[test]
    fn what_is_written_reads_back(
        mut articles in prop::collection::vec(article(), 1..4),
        ids in prop::collection::vec("[0-9]{0,2}-?\\PC{0,60}", 4),
        settings in settings(),
        paper in front(),
    ) {
        for (a, id) in articles.iter_mut().zip(ids) {
            a.id = id;
        }
        let masthead = Masthead {
            paper,
            issue_number: Some("312".into()),
            date: Some("2026-11-24".into()),
            ..Masthead::default()
        };
        let issue = Issue { masthead, articles };
        let files = write(&issue, &settings, &[]);
        let back = read("x", &files).map_err(|f| TestCaseError::fail(f.to_string()))?;
        prop_assert!(back.notes.is_empty(), "{:?}", back.notes);
        prop_assert_eq!(essence(&back.value.0, &back.value.1), essence(&issue, &settings));
        // And once more: the ids are file names now and stay as they are.
        let again = write(&back.value.0, &back.value.1, &[]);
        prop_assert_eq!(again, files);
    }

    #[test]
    fn no_bytes_make_it_panic(toml in any::<Vec<u8>>(), front in "\\PC{0,60}", body in any::<String>()) {
        let _ = read_lexicon("l.toml", &toml);
        let article = format!("+++\nheadline = \"a\"\n{front}\n+++\n{body}");
        let plain = format!("+++\nheadline = \"a\"\n+++\n{body}");
        for md in [article, plain] {
            let _ = read("x", &[file("issue.toml", ""), file("articles/1.md", &md)]);
        }
    }
}
