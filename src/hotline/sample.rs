//! A line of our own invention with any number of articles, for tests.

use super::flow;
use crate::model::{
    Chapter, ChapterKind, Cue, EDITION_FORMAT, Edition, EditionMasthead, Frames, Hotline, Masthead,
    Pace, Role, SampleRate, Take,
};

/// An edition of so many articles, each of five sentences of ten seconds.
pub fn edition(articles: u32) -> Edition {
    let mut chapters = vec![chapter(
        0,
        ChapterKind::Opening,
        "本期内容",
        &[
            (Role::Announcement, "欢迎收听《梧桐里社区报》。"),
            (Role::Announcement, "本期共有几篇文章。"),
            (Role::Announcement, "第一篇，菜园。"),
        ],
    )];
    for n in 1..=articles {
        let number = format!("第{n}篇。");
        let headline = format!("菜园的第{n}个故事");
        chapters.push(chapter(
            n,
            ChapterKind::Article,
            &headline,
            &[
                (Role::ChapterNumber, &number),
                (Role::Headline, &headline),
                (Role::Body, "春天种下了豆角。"),
                (Role::Body, "夏天邻居都来摘。"),
                (Role::Body, "秋天留了种子。"),
            ],
        ));
    }
    chapters.push(chapter(
        articles + 1,
        ChapterKind::Closing,
        "结束",
        &[(Role::Announcement, "本期播送完毕，感谢收听。")],
    ));
    Edition {
        format: EDITION_FORMAT,
        generator: "tingbao".into(),
        key: "ab12cd34ef".repeat(6),
        readings_sha256: None,
        masthead: EditionMasthead {
            printed: Masthead {
                paper: "梧桐里社区报".into(),
                ..Masthead::default()
            },
            language: "zh-CN".into(),
        },
        sample_rate: SampleRate::MASTER,
        frames: chapters.iter().map(|c| c.frames).sum(),
        chapters,
        voices: Vec::new(),
        diagnostics: Vec::new(),
        omitted: Vec::new(),
        podcast: None,
        exports: None,
    }
}

fn chapter(number: u32, kind: ChapterKind, title: &str, parts: &[(Role, &str)]) -> Chapter {
    let long = 10 * u64::from(SampleRate::MASTER.0);
    let cues: Vec<Cue> = (0u64..)
        .zip(parts)
        .map(|(i, (role, text))| Cue {
            chunk: format!("{number:02}-{:03}", i + 1),
            role: *role,
            block: i as u32 + 1,
            language: None,
            text: (*text).into(),
            spoken: (*text).into(),
            voice: "tone".into(),
            start: Frames(i * long),
            speech_end: Frames(i * long + long / 2),
            end: Frames((i + 1) * long),
            source: None,
        })
        .collect();
    let frames = cues.last().map_or(Frames(0), |c| c.end);
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
        sha256: "00".repeat(32),
        loudness_lufs: None,
        true_peak_dbtp: None,
        cues,
    }
}

/// Its line, with takes as long as the paces have them.
pub fn line(articles: u32) -> Hotline {
    let edition = edition(articles);
    let mut line = flow(&edition, "梧桐里社区报", "tingbao").unwrap().line;
    for story in &mut line.articles {
        let sentences = story.sentences.len() as u64;
        story.takes = [(Pace::Slow, 12), (Pace::Normal, 10), (Pace::Fast, 8)]
            .map(|(pace, seconds)| {
                let long = seconds * u64::from(Hotline::RATE.0);
                Take {
                    pace,
                    file: format!("articles/{:03}-{}", story.number, pace.name()),
                    frames: Frames(sentences * long),
                    starts: (0..sentences).map(|n| Frames(n * long)).collect(),
                    pieces: Vec::new(),
                }
            })
            .to_vec();
    }
    line
}
