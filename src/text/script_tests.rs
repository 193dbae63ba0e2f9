//! Chapters and chunks of invented issues.

use super::*;
use crate::diag::{Place, Severity};
use crate::model::{ArticleKind, CastVoice, ForeignVoices, Masthead, Speed};
use crate::text::cut::MOST;

fn at(text: &str, line: u32) -> SourceText {
    SourceText::at(text, Place::new("a.md", line, 0))
}

fn block(kind: BlockKind, text: &str) -> Block {
    Block {
        kind,
        text: at(text, 9),
    }
}

fn article(id: &str, headline: &str, blocks: Vec<Block>) -> Article {
    Article {
        id: id.into(),
        kind: ArticleKind::News,
        kicker: None,
        headline: at(headline, 2),
        subhead: None,
        byline: None,
        blocks,
        read: true,
        audio: None,
        voice: None,
        language: None,
        page: None,
        priority: None,
        place: Place::new("a.md", 1, 0),
    }
}

fn issue(articles: Vec<Article>) -> Issue {
    Issue {
        masthead: Masthead {
            paper: "荷湾社区报".into(),
            issue_number: Some("8545".into()),
            ..Masthead::default()
        },
        articles,
    }
}

fn cast() -> Cast {
    let voice = |name: &str, speed| CastVoice {
        voice: name.into(),
        speed: Speed(speed),
    };
    Cast {
        name: "standard".into(),
        body: voice("body", 0.9),
        headline: voice("head", 0.95),
        alternate: Vec::new(),
        parts: vec![(Part::Question, voice("asks", 1.0))],
        foreign: vec![ForeignVoices {
            language: "en".into(),
            body: voice("reader", 0.9),
            headline: voice("crier", 0.9),
        }],
    }
}

#[test]
fn an_english_article_in_a_chinese_issue_has_its_own_voices() {
    let mut english = article(
        "02",
        "Lift inspection",
        vec![block(
            BlockKind::Para,
            "Dear residents, the lift stops at 8:30. Please wait a little while on the ground floor.",
        )],
    );
    english.language = Some("en".into());
    let issue = issue(vec![
        article("01", "题", vec![block(BlockKind::Para, "正文。")]),
        english,
    ]);
    let chapters = write(&issue, &cast()).value;
    let said = |c: &Chunk| (c.text.text.clone(), c.voice.clone(), c.language.clone());
    let opening: Vec<_> = chapters[0].chunks[2..].iter().map(said).collect();
    let (zh, en) = (None, Some("en".to_string()));
    assert_eq!(
        opening,
        [
            ("第一篇，题。".into(), "head".into(), zh.clone()),
            ("第二篇。".into(), "head".into(), zh.clone()),
            ("Lift inspection.".into(), "crier".into(), en.clone()),
        ]
    );
    let second: Vec<_> = chapters[2].chunks.iter().map(said).collect();
    assert_eq!(
        second,
        [
            ("第二篇。".into(), "head".into(), zh),
            ("Lift inspection".into(), "crier".into(), en.clone()),
            (
                "Dear residents, the lift stops at 8:30. ".into(),
                "reader".into(),
                en.clone()
            ),
            (
                "Please wait a little while on the ground floor.".into(),
                "reader".into(),
                en
            ),
        ]
    );
}

#[test]
fn an_english_issue_announces_itself_in_english() {
    let only = article(
        "01",
        "Open day",
        vec![block(BlockKind::Para, "Come and see the garden.")],
    );
    let settings = Settings {
        language: "en-US".into(),
        ..Settings::default()
    };
    let front = FrontEnd::new(&[]).unwrap();
    let chapters = script(&issue(vec![only]), &settings, &cast(), &front).value;
    let said: Vec<&str> = chapters
        .iter()
        .flat_map(|c| &c.chunks)
        .map(|c| c.text.text.as_str())
        .collect();
    assert!(
        said.iter().all(|t| t.is_ascii() || t.contains("荷湾")),
        "{said:?}"
    );
    assert_eq!(chapters[0].title, "In this issue");
    assert!(
        chapters[2]
            .chunks
            .last()
            .unwrap()
            .text
            .text
            .ends_with("Thank you for listening.")
    );
}

#[test]
fn who_asks_has_a_voice_of_its_own_until_somebody_answers() {
    let paras = [
        "开头。",
        "记者：忙吗？",
        "累吗？",
        "老沈：忙。",
        "记者：好。",
        "老沈：好。",
    ];
    let blocks = paras.map(|p| block(BlockKind::Para, p)).into();
    let chapters = write(&issue(vec![article("01", "题", blocks)]), &cast()).value;
    let body = chapters[1].chunks.iter().filter(|c| c.role == Role::Body);
    let voices: Vec<&str> = body.map(|c| c.voice.as_str()).collect();
    assert_eq!(voices, ["body", "asks", "asks", "body", "asks", "body"]);
}

fn write(issue: &Issue, cast: &Cast) -> Noted<Vec<ChapterScript>> {
    let front = FrontEnd::new(&[]).unwrap();
    script(issue, &Settings::default(), cast, &front)
}

/// Role, text and pause of every chunk.
fn told(chapter: &ChapterScript) -> Vec<(Role, &str, u32)> {
    let chunks = chapter.chunks.iter();
    chunks
        .map(|c| (c.role, c.text.text.as_str(), c.pause_after.0))
        .collect()
}

#[test]
fn an_edition_opens_tells_its_articles_and_closes() {
    let mut first = article(
        "01-dianti",
        "电梯通了",
        vec![
            block(BlockKind::Para, "第一次打开。大家都来看！"),
            block(BlockKind::Subhead, "费用怎么分摊"),
            block(BlockKind::Item { number: Some(1) }, "量血压"),
            block(BlockKind::Item { number: Some(2) }, "测血糖"),
            block(BlockKind::Para, "就这样。"),
        ],
    );
    first.kicker = Some(at("老楼新事", 3));
    first.byline = Some(at("记者 沈知禾", 4));
    let mut unread = article("02-guanggao", "广告", vec![]);
    unread.read = false;
    let noted = write(&issue(vec![first, unread]), &cast());
    assert_eq!(noted.notes, []);
    let chapters = noted.value;
    assert_eq!(chapters.len(), 3);
    assert_eq!(
        told(&chapters[0]),
        [
            (
                Role::Announcement,
                "欢迎收听《荷湾社区报》，第8545期。",
                650
            ),
            (Role::Announcement, "本期共有1篇文章。", 650),
            (Role::Announcement, "第一篇，电梯通了。", 1500),
        ]
    );
    assert_eq!(
        told(&chapters[1]),
        [
            (Role::ChapterNumber, "第一篇。", 500),
            (Role::Headline, "电梯通了", 900),
            (Role::Kicker, "老楼新事", 700),
            (Role::Byline, "记者 沈知禾", 700),
            (Role::Body, "第一次打开。大家都来看！", 900),
            (Role::Subhead, "费用怎么分摊", 650),
            (Role::Item, "1. 量血压", 500),
            (Role::Item, "2. 测血糖", 650),
            (Role::Body, "就这样。", 1500),
        ]
    );
    assert_eq!(chapters[1].article.as_deref(), Some("01-dianti"));
    assert_eq!(chapters[1].title, "电梯通了");
    assert_eq!(chapters[1].chunks[2].voice, "head");
    assert_eq!(chapters[1].chunks[4].voice, "body");
    assert_eq!(chapters[1].chunks[4].speed, Speed(0.9));
    assert_eq!(
        chapters[1].chunks[6].text.place(),
        Some(Place::new("a.md", 9, 0))
    );
    assert_eq!(
        told(&chapters[2]),
        [(
            Role::Announcement,
            "本期《荷湾社区报》播送完毕，感谢收听。",
            1500
        )]
    );
    assert_eq!(
        (chapters[2].number, chapters[2].kind),
        (2, ChapterKind::Closing)
    );
    let ids: Vec<String> = chapters[1]
        .chunks
        .iter()
        .map(|c| c.id.to_string())
        .collect();
    assert_eq!((ids[0].as_str(), ids[8].as_str()), ("01-001", "01-009"));
}

#[test]
fn a_recording_stands_for_the_body() {
    let mut recorded = article("01", "现场录音", vec![block(BlockKind::Para, "正文不读。")]);
    recorded.audio = Some("sound/a.mp3".into());
    recorded.byline = Some(at("记者 沈知禾", 4));
    let chapters = write(&issue(vec![recorded]), &cast()).value;
    assert_eq!(
        told(&chapters[1]),
        [
            (Role::ChapterNumber, "第一篇。", 500),
            (Role::Headline, "现场录音", 900),
        ]
    );
    assert_eq!(
        chapters[1].recording.as_ref().map(|r| r.file.as_str()),
        Some("sound/a.mp3")
    );
}

#[test]
fn readers_take_turns_and_an_article_may_have_its_own() {
    let body = || vec![block(BlockKind::Para, "正文。")];
    let mut own = article("03", "三", body());
    own.voice = Some("own".into());
    let mut cast = cast();
    let headline = cast.headline.clone();
    cast.alternate = vec![cast.body.clone(), headline];
    let articles = vec![
        article("01", "一", body()),
        article("02", "二", body()),
        own,
    ];
    let chapters = write(&issue(articles), &cast).value;
    let voices: Vec<&str> = chapters[1..4]
        .iter()
        .map(|c| c.chunks.last().unwrap().voice.as_str())
        .collect();
    assert_eq!(voices, ["body", "head", "own"]);
    assert_eq!(chapters[3].chunks[1].voice, "head");
}

#[test]
fn an_issue_without_articles_still_opens_and_closes() {
    let noted = write(&issue(vec![]), &cast());
    assert_eq!(noted.value.len(), 2);
    assert_eq!(
        noted.value[0].chunks[1].text.text,
        "本期没有可以朗读的文章。"
    );
    assert_eq!(noted.notes.len(), 1);
    assert_eq!(noted.notes[0].severity, Severity::Omission);
}

#[test]
fn a_block_that_says_nothing_makes_no_chunk_and_a_note() {
    let blocks = vec![
        block(BlockKind::Para, "★★★"),
        block(BlockKind::Para, "正文。"),
    ];
    let noted = write(&issue(vec![article("01", "一", blocks)]), &cast());
    assert_eq!(noted.value[1].chunks.len(), 3);
    assert_eq!(noted.notes[0].message, "there is nothing to say in `★★★`");
}

/// The cuts of a text, `|` between chunks.
fn cuts(text: &str) -> String {
    let front = FrontEnd::new(&[]).unwrap();
    let chunks = cut(&front, &SourceText::made(text)).into_iter();
    chunks.map(|(r, _)| &text[r]).collect::<Vec<_>>().join("|")
}

#[test]
fn sentences_are_cut_where_they_end_and_long_ones_between_clauses() {
    for marked in [
        "参会的不但有镇领导、相关部门和社区居民。|大家围绕共同治理的话题，展开了多方讨论。",
        // Tiny sentences stay with their neighbours.
        "好！大家都来看看新装的电梯通了没有。",
        "“不着急。”他站在门口笑着对大家说。",
        // A closing quote stays, an opening one goes on.
        "他说：“再也不用到处去找车位了！”|这是最近小区里不少居民的切身感受。",
        "改造以后新增了近七百六十个停车位，小区内路旁停满车辆的景象从此不复存在，|\
         为了解决居民反映最多的充电难题，又在室外新增了三十六个非机动车充电车棚。",
    ] {
        assert_eq!(cuts(&marked.replace('|', "")), marked);
    }
}

#[test]
fn an_edited_sentence_changes_its_own_chunks_only() {
    let before =
        "参会的不但有镇领导、相关部门和居民。大家围绕共同治理展开了讨论。今天的会开得很热闹。";
    let after = before.replace("共同治理", "电梯和停车位的共同治理");
    let chunks = |t: &str| cuts(t).split('|').map(String::from).collect::<Vec<_>>();
    let (a, b) = (chunks(before), chunks(&after));
    assert_eq!((a.len(), &a[0], &a[2]), (b.len(), &b[0], &b[2]));
}

#[test]
fn a_long_clause_is_cut_between_words() {
    let clause = "社区社会组织培育壮大工作推进小组办公室".repeat(6);
    let front = FrontEnd::new(&[]).unwrap();
    let clause = SourceText::made(clause);
    let chunks = cut(&front, &clause);
    assert!(chunks.len() > 1);
    for (range, _) in chunks {
        assert!(front.count(&clause, &range) <= MOST);
    }
}

#[test]
fn chunks_keep_the_places_of_their_characters() {
    let mut text = at("", 3);
    for (i, c) in "一二三四五六七八".chars().enumerate() {
        text.push(c, 3 + i as u32 / 3, i as u32 % 3 + 4);
    }
    let ends = [0, 3, 12, 15, 24];
    let ranges: Vec<_> = ends.windows(2).map(|w| w[0]..w[1]).collect();
    let whole: Vec<_> = ranges.iter().map(|r| text.slice(r.start, r.end)).collect();
    assert_eq!(slices(&text, ranges.into_iter()), whole);
}
