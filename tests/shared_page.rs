//! The real page `xinmin-8545.txt` has to come out as its two articles.
//!
//! The page lies beside the repository, in `../shared/pages`, and is not ours
//! to hand on. Where that folder does not exist, the tests print a note and
//! pass.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::PathBuf;

use tingbao::ingest::{PageFile, Repairs, read_pages};
use tingbao::model::{Article, ArticleKind, BlockKind, GAP_MARK, Issue};

fn shared(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/pages")
        .join(name);
    if !path.exists() {
        eprintln!("note: {} is not there; nothing was tested", path.display());
        return None;
    }
    Some(std::fs::read(&path).expect("the shared page can be read"))
}

fn read(bytes: Vec<u8>) -> (Issue, Vec<String>) {
    let page = PageFile {
        name: "xinmin-8545.txt".into(),
        bytes,
    };
    let noted = read_pages(&[page], Repairs::OFF).expect("the page is read");
    let notes = noted.notes.iter().map(|n| n.to_string()).collect();
    (noted.value.issue, notes)
}

/// The article's blocks as `kind: beginning … end`.
fn outline(article: &Article) -> Vec<String> {
    let part = |b: &tingbao::model::Block| {
        let kind = match b.kind {
            BlockKind::Lede => "lede",
            BlockKind::Para => "para",
            BlockKind::Subhead => "subhead",
            BlockKind::Item { .. } => "item",
            _ => "other",
        };
        let chars: Vec<char> = b.text.text.chars().collect();
        let begin: String = chars.iter().take(6).collect();
        let end: String = chars[chars.len().saturating_sub(4)..].iter().collect();
        format!("{kind}: {begin}…{end}")
    };
    article.blocks.iter().map(part).collect()
}

#[test]
fn the_page_is_two_articles_and_what_is_not_read() {
    let Some(bytes) = shared("xinmin-8545.txt") else {
        return;
    };
    let (issue, notes) = read(bytes);

    let head = &issue.masthead;
    assert_eq!(head.paper, "新民晚报");
    assert_eq!(head.section.as_deref(), Some("社区版"));
    assert_eq!(head.issue_number.as_deref(), Some("8545"));
    assert_eq!(head.date, None);
    assert_eq!(head.sponsor.as_deref(), Some("上海报业集团"));
    assert_eq!(head.publisher.as_deref(), Some("上海新民社区传媒有限公司"));
    assert_eq!(head.cn_code.as_deref(), Some("CN31-0062"));

    let read: Vec<&Article> = issue.articles.iter().filter(|a| a.read).collect();
    assert_eq!(
        read.len(),
        2,
        "{:?}",
        read.iter().map(|a| &a.id).collect::<Vec<_>>()
    );
    let [first, second] = [read[0], read[1]];

    assert_eq!(first.id, "01-为社区发展装上高校专业智库驱动轮");
    assert_eq!(
        first.kicker.as_ref().map(|k| k.text.as_str()),
        Some("专家赋能，助力佘山镇江秋新苑居民区从“共同治理”迈向“治理共同体”")
    );
    assert_eq!(first.headline.text, "为社区发展装上高校专业智库“驱动轮”");
    assert_eq!(
        first.byline.as_ref().map(|b| b.text.as_str()),
        Some("通讯员 钟丽 记者 郭爽")
    );
    assert_eq!(
        outline(first),
        [
            "lede: 近日，松江区…方讨论。",
            "subhead: 共绘治理“同…大文章”",
            "para: 今年，江秋新…动方向。",
            "para: 王敏表示，居…基赋能。",
            "para: 社区社会组织…AP]]",
            "para: 社区社会组织…持举措。",
            "subhead: 校社协同赋能…驱动轮”",
            "para: 华东政法大学…和发展。",
            "para: 上海政法学院…春活力。",
            "para: 下一步，高校…新动能。",
        ]
    );

    assert_eq!(second.kicker, None);
    assert_eq!(second.headline.text, "“70岁”的高华小区实现“华丽变身”");
    assert_eq!(
        second.byline.as_ref().map(|b| b.text.as_str()),
        Some("宋昌发 赵凯杰")
    );
    assert_eq!(
        outline(second),
        [
            "para: 近日，中建科…新活力。",
            "para: 高华小区建干…利通过。",
            "para: “现在回家停…再为难。",
            "para: “不仅外墙美…露喜色。",
            "para: “美丽家园”…文关怀。",
            "para: 如今，走进高…着家常。",
            "para: 项目通过提升…更智慧。",
            "para: 中建科工将继…献力量。",
        ]
    );

    let kinds: Vec<ArticleKind> = issue
        .articles
        .iter()
        .filter(|a| !a.read)
        .map(|a| a.kind)
        .collect();
    assert_eq!(
        kinds,
        [
            ArticleKind::Advert,
            ArticleKind::Honours,
            ArticleKind::Advert,
            ArticleKind::Other
        ]
    );
    assert!(
        notes.iter().any(|n| n.starts_with(
            "doubt: the paragraph breaks off after `一步设想进行`\n  --> xinmin-8545.txt:21:75"
        )),
        "{notes:#?}"
    );
}

#[test]
fn every_character_stands_where_its_place_says() {
    let Some(bytes) = shared("xinmin-8545.txt") else {
        return;
    };
    let page = String::from_utf8(bytes.clone()).expect("the page is UTF-8");
    let lines: Vec<Vec<char>> = page.lines().map(|l| l.chars().collect()).collect();
    let (issue, _) = read(bytes);
    let mut checked = 0;
    for article in &issue.articles {
        let texts = [&article.kicker, &article.subhead, &article.byline];
        let texts = texts.into_iter().flatten().chain([&article.headline]);
        for text in texts.chain(article.blocks.iter().map(|b| &b.text)) {
            // What is missing has no place.
            let marks = text.text.match_indices(GAP_MARK);
            let gaps: Vec<_> = marks.map(|(at, m)| at..at + m.len()).collect();
            for (at, c) in text
                .text
                .char_indices()
                .filter(|(at, c)| c.is_alphanumeric() && !gaps.iter().any(|g| g.contains(at)))
            {
                let place = text.place_at(at).expect("page text has a place");
                assert_eq!(
                    lines[place.line as usize - 1][place.col as usize],
                    c,
                    "{place}"
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 2000, "{checked}");
}

#[test]
fn other_encodings_and_line_ends_give_the_same_articles() {
    let Some(bytes) = shared("xinmin-8545.txt") else {
        return;
    };
    let page = String::from_utf8(bytes.clone()).expect("the page is UTF-8");
    let (issue, _) = read(bytes);
    let gb = encoding_rs::GB18030.encode(&page).0.into_owned();
    let utf16: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let crlf = page.replace('\n', "\r\n").into_bytes();
    for other in [gb, utf16, crlf] {
        assert!(read(other).0 == issue);
    }
}
