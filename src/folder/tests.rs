//! The folder as a whole: round trips, the sample issue, the messages.

use proptest::prelude::*;

use super::*;
use crate::model::{
    Article, ArticleKind, Block, BlockKind, Masthead, Millis, Pauses, SourceText, Speed,
};

fn file(path: &str, text: &str) -> FolderFile {
    FolderFile {
        path: path.to_string(),
        bytes: text.as_bytes().to_vec(),
    }
}

const ARTICLE: &str = "+++\nheadline = \"题\"\n+++\n正文\n";

fn refused(files: &[FolderFile]) -> String {
    read("issues/a/", files).unwrap_err().to_string()
}

#[test]
fn a_folder_needs_its_settings_and_an_article() {
    assert_eq!(
        refused(&[file("articles/01-a.md", ARTICLE)]),
        "error: the issue folder has no issue.toml\n  --> issues/a\n  help: name a folder made by \
         `tingbao ingest PAGE.txt -o FOLDER`, or write an issue.toml with `paper`, `issue_number` and `date`"
    );
    assert_eq!(
        refused(&[file("issue.toml", ""), file("articles/01-a.txt", ARTICLE)]),
        "error: the issue folder has no articles\n  --> issues/a/articles\n  \
         help: write each article as articles/NN-name.md, such as articles/01-canteen.md"
    );
}

#[test]
fn an_article_that_is_not_utf8_names_file_and_line() {
    let mut bad = file("articles/01-a.md", "+++\nheadline = \"题\"\n+++\n");
    bad.bytes.extend([0xD5, 0xFD]);
    assert_eq!(
        refused(&[file("issue.toml", ""), bad]),
        "error: the file is not UTF-8: byte 0xD5 begins no character\n  --> issues/a/articles/01-a.md:4:1\n  \
         help: save the file as UTF-8 in your editor, then run the command again"
    );
}

#[test]
fn articles_come_by_number_and_other_files_are_told() {
    let files = [
        file("issue.toml", "paper = \"浦岸报\""),
        file("articles/10-c.md", ARTICLE),
        file("articles/2-b.md", ARTICLE),
        file("articles/01-晨练 🏃.md", ARTICLE),
        file("articles/notes.txt", "…"),
        file("articles/.01-a.md.swp", "…"),
        file("pages/p.txt", "…"),
    ];
    let noted = read("issues/a", &files).unwrap();
    let ids: Vec<_> = noted
        .value
        .0
        .articles
        .iter()
        .map(|a| a.id.as_str())
        .collect();
    assert_eq!(ids, ["01-晨练 🏃", "2-b", "10-c"]);
    let notes: Vec<_> = noted.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "note: `.01-a.md.swp` is no article and not read\n  --> issues/a/articles/.01-a.md.swp\n  \
             help: articles are files right below articles/ whose names end in .md",
            "note: `notes.txt` is no article and not read\n  --> issues/a/articles/notes.txt\n  \
             help: articles are files right below articles/ whose names end in .md",
        ]
    );
}

#[test]
fn windows_files_read_like_others() {
    let toml = "\u{FEFF}paper = \"浦岸报\"\r\nspeed = 0.9\r\n";
    let md = "\u{FEFF}+++\r\nheadline = \"题\"\r\n+++\r\n第一行\r\n第二行\r\n";
    let (issue, settings) = read("", &[file("issue.toml", toml), file("articles/1.md", md)])
        .unwrap()
        .value;
    assert_eq!(settings.speed, Some(Speed(0.9)));
    let text = &issue.articles[0].blocks[0].text;
    assert_eq!(text.text, "第一行第二行");
    assert_eq!(text.place_at(9), Some(Place::new("articles/1.md", 5, 0)));
}

#[test]
fn names_that_would_leave_the_folder_are_made_safe() {
    let article = |id: &str| Article {
        id: id.to_string(),
        kind: ArticleKind::News,
        kicker: None,
        headline: SourceText::made("题"),
        subhead: None,
        byline: None,
        blocks: vec![Block {
            kind: BlockKind::Para,
            text: SourceText::made("文"),
        }],
        read: true,
        audio: None,
        voice: None,
        place: Place::file("p.txt"),
    };
    let issue = Issue {
        masthead: Masthead::default(),
        articles: vec![article("../../x"), article("/etc/passwd"), article("")],
    };
    let raw = [
        file("../scan/page.txt", "甲"),
        file("page.txt", "乙"),
        file("..", "丙"),
    ];
    let files = write(&issue, &Settings::default(), &raw);
    let paths: Vec<_> = files.iter().map(|f| f.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "issue.toml",
            "articles/01-x.md",
            "articles/02-etc-passwd.md",
            "articles/03-article.md",
            "pages/page.txt",
            "pages/page-2.txt",
            "pages/page",
        ]
    );
}

// ---- round trip ----

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

fn block() -> impl Strategy<Value = Block> {
    let kind = prop_oneof![
        3 => Just(BlockKind::Para),
        1 => Just(BlockKind::Subhead),
        2 => Just(BlockKind::Item { number: None }),
        2 => (1u32..4).prop_map(|n| BlockKind::Item { number: Some(n) }),
        1 => (0u32..=999_999_999).prop_map(|n| BlockKind::Item { number: Some(n) }),
    ];
    (kind, line()).prop_map(|(kind, text)| Block {
        kind,
        text: SourceText::made(text),
    })
}

fn article() -> impl Strategy<Value = Article> {
    let lines = (
        prop::option::of(front()),
        front(),
        prop::option::of(front()),
        prop::option::of(front()),
    );
    let kind = prop::sample::select(ArticleKind::ALL.to_vec());
    let audio = prop::option::of(Just("audio/甲 乙.mp3".to_string()));
    let voice = prop::option::of(Just("zf_xiaoyi".to_string()));
    (
        lines,
        kind,
        prop::collection::vec(block(), 1..8),
        any::<bool>(),
        audio,
        voice,
    )
        .prop_map(
            |((kicker, headline, subhead, byline), kind, blocks, read, audio, voice)| Article {
                id: String::new(),
                kind,
                kicker: kicker.map(SourceText::made),
                headline: SourceText::made(headline),
                subhead: subhead.map(SourceText::made),
                byline: byline.map(SourceText::made),
                blocks,
                read,
                audio,
                voice,
                place: Place::file(""),
            },
        )
}

fn settings() -> impl Strategy<Value = Settings> {
    let names = prop::collection::vec(Just("zm_yunxi".to_string()), 0..3);
    let words = prop::collection::btree_map(front(), front(), 0..4);
    let speed = prop::option::of((0.5f32..=2.0).prop_map(Speed));
    let pause = || (0u32..=10_000).prop_map(Millis);
    (names, words, speed, (pause(), pause(), pause())).prop_map(|(alternate, words, speed, p)| {
        Settings {
            language: "zh-CN".into(),
            cast: Some("双播".into()),
            alternate,
            speed,
            sting: Some("ding.wav".into()),
            pauses: Pauses {
                headline: p.0,
                clause: p.1,
                chapter: p.2,
                ..Pauses::default()
            },
            lexicon: words
                .into_iter()
                .map(|(word, pinyin)| LexiconEntry {
                    word,
                    pinyin,
                    place: Place::file(""),
                })
                .collect(),
            ..Settings::default()
        }
    })
}

/// What must come back: everything but the places.
fn essence(issue: &Issue, settings: &Settings) -> String {
    use std::fmt::Write as _;
    let mut out = format!("{:?}\n", issue.masthead);
    for a in &issue.articles {
        let t = |s: &Option<SourceText>| s.as_ref().map(|s| s.text.clone());
        let lines = (t(&a.kicker), &a.headline.text, t(&a.subhead), t(&a.byline));
        writeln!(out, "{:?}", (a.kind, a.read, &a.audio, &a.voice, lines)).unwrap();
        for b in &a.blocks {
            writeln!(out, "  {:?} {:?}", b.kind, b.text.text).unwrap();
        }
    }
    let words: Vec<_> = settings
        .lexicon
        .iter()
        .map(|e| (&e.word, &e.pinyin))
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
