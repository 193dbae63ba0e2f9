//! Invented editions, made without a voice, and their talking books as the checker
//! wants them.

use tingbao::check::{File, Files};
use tingbao::export::{Book, Content, Entry, Track};
use tingbao::model::{
    Chapter, ChapterKind, Cue, EDITION_FORMAT, Edition, EditionMasthead, Frames, Masthead, Role,
    SampleRate, Speed, VoiceCredit,
};

/// A role, the number of its block, and what is said.
pub type Said<'a> = (Role, u32, &'a str);

/// How long every sentence is heard.
pub const SENTENCE: Frames = Frames(48_000);

/// A chapter in which every sentence lasts two seconds.
pub fn chapter(number: u32, kind: ChapterKind, title: &str, said: &[Said]) -> Chapter {
    let cues: Vec<Cue> = (said.iter().enumerate())
        .map(|(i, (role, block, text))| Cue {
            chunk: format!("{number:02}-{:03}", i + 1),
            role: *role,
            block: *block,
            language: None,
            text: text.to_string(),
            spoken: text.to_string(),
            voice: "tone".into(),
            start: Frames(SENTENCE.0 * i as u64),
            speech_end: Frames(SENTENCE.0 * (i as u64 + 1) - 2400),
            end: Frames(SENTENCE.0 * (i as u64 + 1)),
            source: None,
        })
        .collect();
    let frames = Frames(SENTENCE.0 * cues.len() as u64);
    Chapter {
        number,
        kind,
        title: title.into(),
        article: None,
        page: None,
        priority: None,
        file: format!("chapters/{number:02}.wav"),
        frames,
        seconds: frames.seconds(SampleRate::MASTER),
        sha256: "0".repeat(64),
        loudness_lufs: None,
        true_peak_dbtp: None,
        cues,
    }
}

/// An edition of these chapters.
pub fn edition(chapters: Vec<Chapter>) -> Edition {
    Edition {
        readings_sha256: None,
        podcast: None,
        exports: None,
        format: EDITION_FORMAT,
        generator: "tingbao 0.1.0".into(),
        key: "ab".repeat(32),
        masthead: EditionMasthead {
            printed: Masthead {
                paper: "梧桐里社区报".into(),
                section: Some("生活版".into()),
                issue_number: Some("38".into()),
                date: Some("2024-05-12".into()),
                publisher: Some("梧桐里街道".into()),
                sponsor: None,
                cn_code: None,
                page: None,
            },
            language: "zh-CN".into(),
        },
        sample_rate: SampleRate::MASTER,
        frames: chapters.iter().map(|c| c.frames).sum(),
        chapters,
        voices: vec![VoiceCredit {
            name: "tone".into(),
            engine: "tone".into(),
            licence: "MIT".into(),
            speeds: vec![Speed(1.0)],
        }],
        diagnostics: Vec::new(),
        omitted: Vec::new(),
    }
}

/// An opening, an article with a subheading, one without, and a closing.
pub fn plain() -> Edition {
    edition(vec![
        opening(),
        chapter(
            1,
            ChapterKind::Article,
            "电梯通了",
            &[
                (Role::ChapterNumber, 1, "第一篇。"),
                (Role::Headline, 2, "电梯通了"),
                (Role::Byline, 3, "记者 甲"),
                (Role::Body, 4, "门第一次打开。"),
                (Role::Body, 4, "大家鼓掌。"),
                (Role::Subhead, 5, "费用怎么分"),
                (Role::Body, 6, "一楼不出钱。"),
            ],
        ),
        chapter(
            2,
            ChapterKind::Article,
            "来信",
            &[
                (Role::ChapterNumber, 1, "第二篇。"),
                (Role::Headline, 2, "来信"),
                (Role::Body, 3, "编辑同志：您好。"),
            ],
        ),
        chapter(
            3,
            ChapterKind::Closing,
            "结束语",
            &[(Role::Announcement, 1, "播送完了。")],
        ),
    ])
}

/// The chapter that opens every edition here.
pub fn opening() -> Chapter {
    chapter(
        0,
        ChapterKind::Opening,
        "本期内容",
        &[
            (Role::Announcement, 1, "欢迎收听《梧桐里社区报》。"),
            (Role::Announcement, 2, "本期共有两篇。"),
        ],
    )
}

/// The plain edition on pages of the paper, one of them named by no number.
pub fn paged() -> Edition {
    let mut edition = plain();
    edition.chapters[1].page = Some("4".into());
    edition.chapters[2].page = Some("A05".into());
    edition
}

/// Editions that a careless exporter breaks at, each with its name.
pub fn hard() -> Vec<(&'static str, Edition)> {
    let article = |title: &str, said: &[Said]| {
        edition(vec![
            opening(),
            chapter(1, ChapterKind::Article, title, said),
        ])
    };
    let long = "很长的标题，".repeat(300);
    let names = "\"引号\" '单' <b>&amp; ]]> 😀 𠮷野家 \u{200F}العربية\u{202E} \u{FFFE}\u{0}";
    let mut foreign = article(
        "Two languages",
        &[
            (Role::Headline, 1, "Two languages"),
            (Role::Body, 2, "中文一句。"),
            (Role::Body, 3, "And English."),
        ],
    );
    foreign.chapters[1].cues[0].language = Some("en".into());
    foreign.chapters[1].cues[2].language = Some("en-GB".into());
    let mut brief = plain();
    for chapter in &mut brief.chapters {
        // A cue too short to be a clip, in every place of a chapter.
        let first = chapter.cues[0].clone();
        let none = Cue {
            end: Frames(5),
            ..first
        };
        chapter.cues[0].start = Frames(5);
        chapter.cues.insert(0, none);
    }
    let mut silent = plain();
    silent.chapters[2].cues.clear();
    let mut nameless = plain();
    nameless.masthead.printed = Masthead {
        paper: String::new(),
        section: None,
        issue_number: None,
        date: Some("im Mai".into()),
        publisher: None,
        sponsor: None,
        cn_code: None,
        page: None,
    };
    nameless.masthead.language = "不是语言".into();
    let mut pages = article("版", &[(Role::Sting, 0, ""), (Role::Headline, 1, "版")]);
    pages.chapters.remove(0);
    let on = ["1", "<2>", "1", "01", "0", names, "7", "很长的版名"];
    for (number, page) in (2..).zip(on) {
        let said = [(Role::Headline, 1, "题"), (Role::Body, 2, "文。")];
        let mut chapter = chapter(number, ChapterKind::Article, "题", &said);
        chapter.page = Some(page.into());
        pages.chapters.push(chapter);
    }
    pages.chapters[0].page = Some("8".into());
    let mut many = vec![opening()];
    for number in 1..=200 {
        let said = [
            (Role::ChapterNumber, 1, "第几篇。"),
            (Role::Headline, 2, "标题"),
            (Role::Body, 3, "正文。"),
            (Role::Subhead, 4, "小标题"),
            (Role::Body, 5, "正文。"),
        ];
        many.push(chapter(number, ChapterKind::Article, "标题", &said));
    }
    vec![
        ("plain", plain()),
        (
            "one article",
            article(
                "独篇",
                &[(Role::Headline, 1, "独篇"), (Role::Body, 2, "正文。")],
            ),
        ),
        (
            "a headline alone",
            article("独题", &[(Role::Headline, 1, "独题")]),
        ),
        (
            "no headline",
            article(
                "无题",
                &[(Role::Body, 1, "正文。"), (Role::Subhead, 2, "小标题")],
            ),
        ),
        (
            "empty byline",
            article(
                "署名",
                &[
                    (Role::Headline, 1, "署名"),
                    (Role::Byline, 2, ""),
                    (Role::Body, 3, "文"),
                ],
            ),
        ),
        (
            "music first",
            article(
                "乐",
                &[
                    (Role::Sting, 0, ""),
                    (Role::Headline, 1, "乐"),
                    (Role::Body, 2, "文"),
                ],
            ),
        ),
        ("music alone", article("乐", &[(Role::Sting, 0, "")])),
        (
            "hostile names",
            article(
                names,
                &[
                    (Role::Headline, 1, names),
                    (Role::Subhead, 2, names),
                    (Role::Body, 3, names),
                ],
            ),
        ),
        (
            "a very long title",
            article(&long, &[(Role::Headline, 1, &long), (Role::Body, 2, "文")]),
        ),
        (
            "a recording without text",
            article(
                "录音",
                &[(Role::Headline, 1, "录音"), (Role::Recording, 2, " ")],
            ),
        ),
        (
            "a recording with text",
            article(
                "录音",
                &[
                    (Role::Headline, 1, "录音"),
                    (Role::Recording, 2, "一段。\n\n二段 & 三段。"),
                ],
            ),
        ),
        (
            "subheadings in a row",
            article(
                "小题",
                &[
                    (Role::Headline, 1, "小题"),
                    (Role::Subhead, 2, "甲"),
                    (Role::Subhead, 3, "乙"),
                    (Role::Body, 4, "文"),
                    (Role::Subhead, 5, "丙"),
                ],
            ),
        ),
        (
            "no opening",
            edition(vec![chapter(
                1,
                ChapterKind::Article,
                "独",
                &[(Role::Headline, 1, "独"), (Role::Body, 2, "文")],
            )]),
        ),
        ("two languages", foreign),
        ("too short to hear", brief),
        ("a chapter without a word", silent),
        ("nothing in the masthead", nameless),
        ("pages", paged()),
        ("odd pages", pages),
        ("200 articles", edition(many)),
    ]
}

/// An exporter.
pub type Make = fn(&Book, &[Track]) -> Vec<Entry>;

/// The talking book that an exporter makes of an edition.
pub fn book(edition: &Edition, make: Make) -> Files {
    let book = Book::new(edition);
    // 64 kbit/s are eight bytes a millisecond; the encoder adds some frames.
    let length = |part: usize| {
        let frames = book.parts[part].chapter.frames;
        (frames.seconds(edition.sample_rate) * 1000.0).round() as u64
    };
    let tracks: Vec<Track> = (0..book.parts.len())
        .map(|part| Track {
            bytes: length(part) * 8 + 384,
            ..Track::default()
        })
        .collect();
    let mut files = Files::default();
    for entry in make(&book, &tracks) {
        let file = match entry.content {
            Content::Bytes(bytes) => File::Document(bytes),
            Content::Sound { parts, head } => {
                let [part] = parts[..] else {
                    panic!("talking books have a sound for each part")
                };
                File::Sound {
                    bytes: head.len() as u64 + tracks[part].bytes,
                    duration: length(part) + 48,
                }
            }
        };
        files.insert(entry.path, file);
    }
    files
}
