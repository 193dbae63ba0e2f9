//! The EPUB that the program makes, as validators and a reading program find it.
//! EPUBCheck, Ace and foliate-js are fetched at pinned versions (see `tests/epub`).

#[path = "../epub/check.rs"]
pub mod check;
#[path = "../epub/tools.rs"]
pub mod tools;

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::common::Desk;
use check::{Clip, Files, heard, unpack};
use serde_json::Value;

/// A headline that wants to be markup, and has what few fonts have.
const HOSTILE: &str = "他说“<b>&amp;'1\\\"”😀\\u200F 𠮷野家 ]]> -->";

/// The only EPUB of the edition `out`.
fn book(desk: &Desk) -> PathBuf {
    let files = desk.files("out/listener");
    let books: Vec<&String> = files.iter().filter(|f| f.ends_with(".epub")).collect();
    assert_eq!(books.len(), 1, "{files:?}");
    desk.path("out/listener").join(books[0])
}

fn build(desk: &Desk, issue: &str) -> PathBuf {
    let run = desk.tone(issue, "epub", "out");
    // 1 where no voice knows a character.
    assert!(matches!(run.code, Some(0 | 1)), "{run:?}");
    book(desk)
}

/// The sample issue, built once for all tests.
fn sample() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let desk = Desk::new();
        desk.sample_issue();
        build(&desk, "issues/hewan");
        desk
    })
}

/// An issue of everything that is hard on a format.
fn hostile() -> Desk {
    let desk = Desk::new();
    desk.write(
        "i/issue.toml",
        format!(
            "paper = \"荷湾<社区>报 & “友”\"\nissue_number = \"7\"\ndate = \"2024-02-29\"\n\
             page = \"A05\"\npublisher = \"{HOSTILE}\"\nlanguage = \"zh-CN\"\n"
        ),
    );
    desk.write(
        "i/articles/01-a.md",
        format!(
            "+++\nheadline = \"{HOSTILE}\"\nkicker = \"引题 & <k>\"\n+++\n\n学用AED，唱Auld Lang \
             Syne。\n\n## 小题 <1>\n\n1. 甲。又一句。\n2. 乙。\n\n- 丙\n"
        ),
    );
    desk.write(
        "i/articles/02-b.md",
        format!(
            "+++\nheadline = \"{}\"\n+++\n\n一句。\n",
            "很长的标题".repeat(60)
        ),
    );
    desk.write(
        "i/articles/03-c.md",
        "+++\nheadline = \"Tai chi 太极 at dawn\"\nlanguage = \"en\"\n+++\n\nThey practise \
         every day. Rain or shine.\n",
    );
    desk.write(
        "i/articles/04-d.md",
        "+++\nheadline = \"录音\"\naudio = \"audio/d.mp3\"\n+++\n\n第一段 \\<a>。\n\n第二段。\n",
    );
    desk.write(
        "i/articles/05-e.md",
        "+++\nheadline = \"只有录音\"\naudio = \"audio/d.mp3\"\n+++\n",
    );
    let tone = crate::common::root().join("tests/fixtures/audio/tone.mp3");
    desk.write("i/audio/d.mp3", fs::read(tone).unwrap());
    desk
}

fn nothing(what: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn the_sample_issue_passes_epubcheck_and_ace() {
    let book = book(sample());
    nothing("EPUBCheck", tools::epubcheck(&book));
    nothing("Ace", tools::ace(&book));
}

#[test]
fn the_container_is_as_a_reader_wants_it() {
    let (files, order) = unpack(&book(sample()));
    // EPUB 3.3, 4.3.3: first, stored, these bytes.
    assert_eq!(order[0], ("mimetype".into(), false));
    assert_eq!(files["mimetype"], b"application/epub+zip");
    for (name, packed) in order.iter().filter(|(name, _)| !name.ends_with(".png")) {
        let stored = name.ends_with(".mp3") || name == "mimetype";
        assert_eq!(*packed, !stored, "{name}");
    }
}

#[test]
fn every_cue_is_a_sentence_in_its_order_and_time() {
    let desk = sample();
    let (files, _) = unpack(&book(desk));
    let (clips, faults) = heard(&files);
    nothing("our own check", faults);
    let edition = desk.edition("out");
    let mut clips = clips.iter();
    for (part, chapter) in edition["chapters"].as_array().unwrap().iter().enumerate() {
        for cue in chapter["cues"].as_array().unwrap() {
            let clip = clips.next().unwrap();
            assert_eq!(clip.document, format!("EPUB/p{part:02}.xhtml"));
            let start = cue["start"].as_u64().unwrap();
            assert!(clip.begin.abs_diff(start / 24) <= 1, "{cue} {clip:?}");
            let page = std::str::from_utf8(&files[&clip.document]).unwrap();
            let shown = text_of(page, &clip.id);
            assert_eq!(shown.trim(), cue["text"].as_str().unwrap().trim());
        }
    }
    assert_eq!(clips.next(), None);
}

/// The text of an element of a page.
fn text_of(page: &str, id: &str) -> String {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let page = roxmltree::Document::parse_with_options(page, options).unwrap();
    let mut nodes = page.descendants();
    let node = nodes.find(|n| n.attribute("id") == Some(id)).unwrap();
    node.descendants()
        .filter_map(|n| n.is_text().then(|| n.text()).flatten())
        .collect()
}

#[test]
fn our_own_check_sees_what_validators_do_not() {
    let (files, _) = unpack(&book(sample()));
    let smil = "EPUB/p01.smil";
    let damaged = |path: &str, change: &dyn Fn(&str) -> String| -> Vec<String> {
        let mut files: Files = files.clone();
        let text = String::from_utf8(files[path].clone()).unwrap();
        let changed = change(&text);
        assert_ne!(changed, text, "nothing was damaged");
        files.insert(path.into(), changed.into_bytes());
        heard(&files).1
    };
    let swapped = damaged(smil, &|t| {
        t.replace("#p01-s0002\"", "#x\"")
            .replace("#p01-s0003\"", "#p01-s0002\"")
            .replace("#x\"", "#p01-s0003\"")
    });
    assert!(
        swapped.iter().any(|f| f.contains("stands before it")),
        "{swapped:?}"
    );
    let past = damaged(smil, &|t| {
        let at = t.rfind("clipEnd=\"").unwrap();
        format!(
            "{}clipEnd=\"0:59:59.000\"/></par></seq></body></smil>",
            &t[..at]
        )
    });
    assert!(
        past.iter().any(|f| f.contains("ends at 3599000 ms")),
        "{past:?}"
    );
    let gap = damaged(smil, &|t| {
        t.replacen("clipBegin=\"0:00:00.000\"", "clipBegin=\"0:00:00.400\"", 1)
    });
    assert!(
        gap.iter().any(|f| f.contains("begins at 400 ms")),
        "{gap:?}"
    );
    let lost = damaged(smil, &|t| {
        let lines = t.lines().filter(|l| !l.contains("\"p01-s0005\""));
        lines.collect::<Vec<_>>().join("\n")
    });
    assert!(
        lost.iter().any(|f| f.contains("is shown and never heard")),
        "{lost:?}"
    );
    let short = damaged(smil, &|t| {
        let at = t.rfind("<par id").unwrap();
        let end = t[at..].find("</par>").unwrap() + at + 6;
        format!("{}{}", &t[..at], &t[end..])
    });
    assert!(
        short.iter().any(|f| f.contains("goes on after")),
        "{short:?}"
    );
    let total = damaged("EPUB/package.opf", &|t| {
        t.replacen(
            "<meta property=\"media:duration\">0:",
            "<meta property=\"media:duration\">1:",
            1,
        )
    });
    assert_eq!(total.len(), 1, "{total:?}");
    let strange = damaged("EPUB/p01.xhtml", &|t| {
        t.replacen("</h1>", "</h1><p>陌生</p>", 1)
    });
    assert_eq!(strange, ["EPUB/p01.xhtml: `陌生` is shown and never heard"]);
}

#[test]
fn a_reading_program_plays_it_sentence_by_sentence() {
    let book = book(sample());
    let packages = crate::common::tools::npm("epub");
    let mut node = Command::new("node");
    node.current_dir(&packages).arg("play.mjs").arg(&book);
    let played = crate::common::tools::done(node.env("TINGBAO_CHROMIUM", tools::chromium()));
    let played: Value = serde_json::from_slice(&played.stdout).unwrap();
    for trouble in ["errors", "messages", "strangers"] {
        assert_eq!(played[trouble], Value::Array(Vec::new()), "{trouble}");
    }
    let (clips, _) = heard(&unpack(&book).0);
    let wanted: Vec<String> = clips
        .iter()
        .map(|c| format!("{}#{}", c.document, c.id))
        .collect();
    let events = played["heard"].as_array().unwrap();
    let texts: Vec<&str> = events.iter().map(|e| e["text"].as_str().unwrap()).collect();
    assert_eq!(texts, wanted);
    for (event, Clip { begin, end, .. }) in events.iter().zip(&clips) {
        let at = event["at"].as_f64().unwrap() * 1000.0;
        let (begin, end) = (*begin as f64, *end as f64);
        assert!((begin - 5.0..=end + 5.0).contains(&at), "{event}");
        assert!(event["end"].as_f64() <= event["length"].as_f64(), "{event}");
    }
    // What is seen: one sentence at a time, the same ones, black on yellow.
    let shown = played["shown"].as_array().unwrap();
    let ids: Vec<&str> = shown.iter().map(|s| s["ids"].as_str().unwrap()).collect();
    let wanted: Vec<&str> = clips.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, wanted);
    for seen in shown {
        assert_eq!(seen["playing"], true);
        assert_eq!(seen["background"], "rgb(255, 216, 77)");
        assert_eq!(seen["color"], "rgb(0, 0, 0)");
    }
}

#[test]
fn what_is_hard_on_a_format_passes_too() {
    let desk = hostile();
    let book = build(&desk, "i");
    nothing("EPUBCheck", tools::epubcheck(&book));
    nothing("Ace", tools::ace(&book));
    let (files, _) = unpack(&book);
    nothing("our own check", heard(&files).1);
    let file = |name: &str| std::str::from_utf8(&files[name]).unwrap();
    assert!(file("EPUB/nav.xhtml").contains("epub:type=\"page-list\""));
    assert!(file("EPUB/nav.xhtml").contains(">A05</a>"));
    assert!(file("EPUB/p01.xhtml").contains("role=\"doc-pagebreak\""));
    assert!(
        file("EPUB/p01.xhtml").contains("<span lang=\"en\" xml:lang=\"en\">Auld Lang Syne</span>")
    );
    assert!(file("EPUB/p01.smil").contains("epub:type=\"list\""));
    assert!(file("EPUB/p03.xhtml").contains("lang=\"en\""));
    assert!(file("EPUB/p03.xhtml").contains("<span lang=\"zh\" xml:lang=\"zh\">太极</span>"));
    let package = file("EPUB/package.opf");
    assert!(package.contains("<dc:language>en</dc:language>"));
    assert!(package.contains("<meta property=\"media:narrator\">真人录音</meta>"));
    assert!(package.contains("T00:00:00Z"));
}

/// The pages of one issue as they come from the printer's, to be read from a folder.
const PAGES: [(&str, &str); 2] = [
    (
        "pages/1.txt",
        "荷湾社区报 A01版 2026年3月18日\n\n清晨的一米\n\n本报讯 每天早上七点,志愿者都站在桥头。\n",
    ),
    (
        "pages/2.txt",
        "第 2 版 综合新闻 2026 年 3 月 18 日\n\n春天的菜场\n\n三月的菜场里到处是荠菜的香气,大家挤来挤去。\n",
    ),
];

#[test]
fn an_issue_of_several_pages_lists_them() {
    let desk = Desk::new();
    for (path, text) in PAGES {
        desk.write(path, text);
    }
    let run = desk.run(&["ingest", "pages", "-o", "i"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        desk.read("i/articles/01-清晨的一米.md")
            .contains("page = \"A01\"\n")
    );
    let book = build(&desk, "i");
    nothing("EPUBCheck", tools::epubcheck(&book));
    nothing("Ace", tools::ace(&book));
    let (files, _) = unpack(&book);
    nothing("our own check", heard(&files).1);
    let run = desk.run(&["check", "out"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let file = |name: &str| std::str::from_utf8(&files[name]).unwrap();
    let nav = file("EPUB/nav.xhtml");
    assert!(nav.contains(
        "<li><a href=\"p01.xhtml#page-1\">A01</a></li>\n\
         <li><a href=\"p02.xhtml#page-2\">2</a></li>\n</ol>"
    ));
    assert!(file("EPUB/p02.xhtml").contains("aria-label=\"第2版\""));
    assert!(!file("EPUB/p03.xhtml").contains("pagebreak"));
}

#[test]
fn one_article_and_two_hundred_pass() {
    let desk = Desk::new();
    desk.issue("i", "headline = \"一条\"", "一句。");
    nothing("EPUBCheck", tools::epubcheck(&build(&desk, "i")));
    let desk = Desk::new();
    desk.issue("i", "headline = \"第1条\"", "一句。");
    for n in 2..=200 {
        desk.write(
            &format!("i/articles/{n:03}-a.md"),
            format!("+++\nheadline = \"第{n}条 <消息>\"\n+++\n\n一句。\n"),
        );
    }
    let book = build(&desk, "i");
    nothing("EPUBCheck", tools::epubcheck(&book));
    let (files, _) = unpack(&book);
    nothing("our own check", heard(&files).1);
    assert_eq!(files.keys().filter(|f| f.ends_with(".smil")).count(), 202);
}

#[test]
fn a_second_export_has_the_same_bytes() {
    let desk = Desk::new();
    desk.issue("i", "headline = \"一条\"", "一句。又一句。");
    let book = build(&desk, "i");
    let first = fs::read(&book).unwrap();
    fs::remove_file(&book).unwrap();
    let run = desk.run(&["export", "out", "--listener=epub"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(fs::read(&book).unwrap() == first, "the bytes differ");
}
