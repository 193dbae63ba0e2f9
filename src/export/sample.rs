//! A small edition of our own invention for the tests of the exporters: every
//! role, kind and severity occurs in it.

use crate::diag::{Diagnostic, Place};
use crate::model::{
    Chapter, ChapterKind, Cue, Dbtp, EDITION_FORMAT, Edition, EditionMasthead, ExportedFile,
    ExportedSound, Exports, Format, Frames, HotlineSet, ListenerSet, Lufs, Masthead, Omitted,
    Podcast, RadioSet, Role, SampleRate, Sets, Source, Speed, VoiceCredit, WebAddress,
};

/// The edition.
pub fn edition() -> Edition {
    let opening = chapter(
        0,
        ChapterKind::Opening,
        "本期导读",
        "chapters/00-本期导读.wav",
        &[(Role::Announcement, "梧桐里社区报，共一篇。", 72_000)],
    );
    let article = chapter(
        1,
        ChapterKind::Article,
        "\"一平米”菜园 <A&B>",
        "chapters/01-“一平米”菜园 A&B.wav",
        &[
            (Role::ChapterNumber, "第一篇", 36_000),
            (Role::Headline, "“一平米”菜园 <A&B>", 96_000),
            (
                Role::Body,
                "居民在楼下种菜，--> 收成不错。\r\n\n第二行。",
                222_000,
            ),
            (Role::Recording, " ", 336_000),
        ],
    );
    let closing = chapter(
        2,
        ChapterKind::Closing,
        "结束",
        "chapters/02-结束.wav",
        &[
            (Role::Kicker, "引题", 4800),
            (Role::Deck, "副题", 9600),
            (Role::Byline, "作者", 14_400),
            (Role::Subhead, "小标题", 19_200),
            (Role::Item, "第一，", 24_000),
            (Role::Omission, "此处有一句未能播出。", 36_000),
        ],
    );
    let chapters = vec![opening, article, closing];
    Edition {
        format: EDITION_FORMAT,
        generator: "tingbao 0.1.0".into(),
        key: "ab".repeat(32),
        masthead: EditionMasthead {
            printed: Masthead {
                paper: "梧桐里社区报".into(),
                section: Some("生活版".into()),
                issue_number: Some("38".into()),
                date: Some("2024-05-12".into()),
                publisher: None,
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
            name: "zm_yunjian".into(),
            engine: "kokoro".into(),
            licence: "Apache-2.0".into(),
            speeds: vec![Speed(0.9), Speed(1.0)],
        }],
        diagnostics: vec![
            Diagnostic::doubt(Some(Place::new("page.txt", 12, 3)), "`己` may be `已`")
                .help("correct the page"),
            Diagnostic::note(None, "the page has no date"),
            Diagnostic::omission(Some(Place::file("page.txt")), "one sentence is not heard"),
        ],
        omitted: vec![
            Omitted {
                what: "03-guanggao".into(),
                why: "advert, not read by default".into(),
                text: "理发店开业".into(),
                source: Some(Source {
                    file: "page.txt".into(),
                    line: 40,
                    col: 0,
                }),
                intended: true,
            },
            Omitted {
                what: "02-006".into(),
                why: "no voice could say it".into(),
                text: "〇".into(),
                source: None,
                intended: false,
            },
        ],
        readings_sha256: Some("cd".repeat(32)),
        podcast: Some(Podcast {
            base: WebAddress::parse("https://audio.example.org/").ok(),
            ..Podcast::default()
        }),
        exports: Some(Exports {
            sets: Sets {
                listener: ListenerSet::of(vec![Format::Epub, Format::Player], true),
                radio: Some(RadioSet::default()),
                hotline: Some(HotlineSet {
                    wide: true,
                    g722: false,
                }),
            },
            files: vec![ExportedFile {
                file: "listener/audio/00.mp3".into(),
                bytes: 24_192,
                sha256: "0123456789abcdef".repeat(4),
                sound: Some(ExportedSound {
                    seconds: 3.0,
                    loudness_lufs: Some(Lufs(-16.0)),
                    true_peak_dbtp: None,
                }),
            }],
        }),
    }
}

/// A chapter whose cues end at the given frames.
fn chapter(
    number: u32,
    kind: ChapterKind,
    title: &str,
    file: &str,
    parts: &[(Role, &str, u64)],
) -> Chapter {
    let mut start = Frames(0);
    let mut cues = Vec::new();
    for (i, (role, text, end)) in parts.iter().enumerate() {
        let made = *role == Role::Announcement;
        cues.push(Cue {
            chunk: format!("{number:02}-{:03}", i + 1),
            role: *role,
            block: i as u32 + 1,
            language: None,
            text: (*text).into(),
            spoken: (*text).into(),
            voice: "zm_yunjian".into(),
            start,
            speech_end: Frames(end - 2400),
            end: Frames(*end),
            source: (!made).then(|| Source {
                file: "page.txt".into(),
                line: 7,
                col: i as u32,
            }),
        });
        start = Frames(*end);
    }
    Chapter {
        number,
        kind,
        title: title.into(),
        article: (kind == ChapterKind::Article).then(|| "01-caiyuan".into()),
        page: None,
        priority: None,
        file: file.into(),
        frames: start,
        seconds: start.seconds(SampleRate::MASTER),
        sha256: "0123456789abcdef".repeat(4),
        loudness_lufs: (number > 0).then_some(Lufs(-19.25)),
        true_peak_dbtp: (number > 0).then_some(Dbtp(-1.5)),
        cues,
    }
}
