//! The folder as a whole: its messages, its names, and what the repository ships.

mod roundtrip;

use super::*;
use crate::model::{
    Article, ArticleKind, Block, BlockKind, LexiconReading, Masthead, SourceText, Speed,
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
        language: None,
        page: None,
        priority: None,
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

// ---- what the repository ships ----

/// The files of the sample issue, as `store` would hand them over.
fn sample() -> Vec<FolderFile> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("issues/2026-11-hewan");
    let mut files = vec![FolderFile {
        path: "issue.toml".into(),
        bytes: std::fs::read(root.join("issue.toml")).unwrap(),
    }];
    for entry in std::fs::read_dir(root.join("articles")).unwrap() {
        let path = entry.unwrap().path();
        files.push(FolderFile {
            path: format!("articles/{}", path.file_name().unwrap().to_str().unwrap()),
            bytes: std::fs::read(&path).unwrap(),
        });
    }
    files
}

#[test]
fn the_sample_issue_holds_what_it_should_and_reads_without_a_remark() {
    let noted = read("issues/2026-11-hewan", &sample()).unwrap();
    assert_eq!(noted.notes, []);
    let (issue, settings) = noted.value;
    assert_eq!(issue.masthead.date.as_deref(), Some("2026-11-24"));
    let kinds: Vec<_> = issue
        .articles
        .iter()
        .map(|a| (a.kind.name(), a.read))
        .collect();
    assert_eq!(
        kinds,
        [
            ("news", true),
            ("notice", true),
            ("letter", true),
            ("advert", false),
            ("honours", false)
        ]
    );
    let texts: Vec<&SourceText> = issue
        .articles
        .iter()
        .flat_map(|a| {
            let lines = [&a.kicker, &a.subhead, &a.byline].into_iter().flatten();
            let blocks = a.blocks.iter().map(|b| &b.text);
            lines.chain([&a.headline]).chain(blocks)
        })
        .collect();
    let characters: usize = texts.iter().map(|t| t.text.chars().count()).sum();
    assert!((1500..=2500).contains(&characters), "{characters}");
    let whole: String = texts.iter().map(|t| t.text.as_str()).collect();
    for part in [
        "96.5%",
        "021-1550 0126",
        "8:30-17:00",
        "：‘我嘴上",
        "AED",
        "12月5日",
    ] {
        assert!(whole.contains(part), "{part}");
    }
    for entry in &settings.lexicon {
        assert!(whole.contains(&entry.word), "{}", entry.word);
    }
    // Each character stands where its place says, in every article.
    let files = sample();
    for text in texts {
        let path = text.file.strip_prefix("issues/2026-11-hewan/").unwrap();
        let bytes = &files.iter().find(|f| f.path == path).unwrap().bytes;
        let lines: Vec<&str> = std::str::from_utf8(bytes).unwrap().lines().collect();
        for (at, c) in text.text.char_indices() {
            let place = text.place_at(at).unwrap();
            let line = lines[place.line as usize - 1];
            assert_eq!(line.chars().nth(place.col as usize), Some(c), "{place}");
        }
    }
}

#[test]
fn the_project_lexicon_gives_each_character_a_syllable() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(root.join("voices/lexicon.toml")).unwrap();
    let entries = read_lexicon("voices/lexicon.toml", &bytes).unwrap();
    assert!(entries.len() > 20);
    for e in entries {
        let LexiconReading::Pinyin(pinyin) = &e.reading else {
            panic!("{}", e.word)
        };
        let syllables: Vec<_> = pinyin.split(' ').collect();
        if !e.word.is_ascii() {
            assert_eq!(syllables.len(), e.word.chars().count(), "{}", e.word);
        }
        for s in syllables {
            let (base, tone) = s.split_at(s.len() - 1);
            assert!(base.bytes().all(|b| b.is_ascii_lowercase()), "{s}");
            assert!("12345".contains(tone), "{s}");
        }
    }
}
