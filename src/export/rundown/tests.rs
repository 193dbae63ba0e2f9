use serde_json::{Value, json};

use super::*;
use crate::export::sample::edition;
use crate::export::schema_tests::{agrees, described, refuses_strangers};
use crate::model::{
    LeftOut, Lufs, Priority, RUNDOWN_FORMAT, RadioSet, RundownEdition, RundownFile, SampleRate,
    SoundOfRundown, Trouble, Why,
};

const SCHEMA: &str = include_str!("../../../schema/rundown-1.schema.json");

fn sound(file: &str) -> SoundOfRundown {
    SoundOfRundown {
        file: file.into(),
        sha256: "ab".repeat(32),
        loudness_lufs: Some(Lufs(-20.1)),
        true_peak_dbtp: None,
    }
}

fn item(position: u32, kind: RundownKind, start: u64, frames: u64, gap: u64) -> RundownItem {
    let article = kind == RundownKind::Article;
    RundownItem {
        position,
        kind,
        title: "“菜园” <A&B>".into(),
        edition: (kind != RundownKind::Sting).then_some(0),
        chapter: (kind != RundownKind::Sting).then_some(position),
        priority: article.then_some(Priority(2)),
        must: article,
        start: Frames(start),
        frames: Frames(frames),
        gap: Frames(gap),
        sound: sound(&format!("bwf/x-{position:02}.wav")),
        intro: if article {
            "引题\n\"题\", 一".into()
        } else {
            String::new()
        },
        in_cue: "头几个字".into(),
        out_cue: "…末几个字。".into(),
    }
}

/// Half a second more than its slot of ten.
fn rundown() -> Rundown {
    let index = edition();
    Rundown {
        format: RUNDOWN_FORMAT,
        generator: "tingbao 0.1.0".into(),
        sample_rate: SampleRate::MASTER,
        slot: Frames(240_000),
        tolerance: Frames(2_400),
        frames: Frames(252_000),
        fits: false,
        trouble: Some(Trouble::TooLong {
            over: Frames(12_000),
        }),
        at: "23:59:55".parse().ok(),
        speed: 1.04,
        pauses: 0.9,
        radio: RadioSet::default(),
        editions: vec![RundownEdition {
            folder: "output/<x>".into(),
            key: index.key,
            masthead: index.masthead,
        }],
        programme: sound("bwf/x-all.wav"),
        items: vec![
            item(1, RundownKind::Opening, 0, 48_000, 12_000),
            item(2, RundownKind::Sting, 60_000, 24_000, 12_000),
            item(3, RundownKind::Article, 96_000, 120_000, 12_000),
            item(4, RundownKind::SignOff, 228_000, 24_000, 0),
        ],
        left_out: vec![
            LeftOut {
                edition: 0,
                chapter: 9,
                title: "<script>长文</script>".into(),
                priority: None,
                frames: Frames(24_000 * 700),
                why: Why::TooLong {
                    over: Frames(24_000 * 65),
                },
            },
            LeftOut {
                edition: 0,
                chapter: 8,
                title: "短文".into(),
                priority: Some(Priority(5)),
                frames: Frames(24_000),
                why: Why::OthersFit,
            },
        ],
        files: vec![RundownFile {
            file: "playlist.m3u".into(),
            sha256: "cd".repeat(32),
        }],
    }
}

#[test]
fn json_keeps_its_schema_and_is_read_again() {
    let rundown = rundown();
    let bytes = rundown_json(&rundown).unwrap();
    let written: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(read_rundown(&bytes).unwrap(), rundown);
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    agrees(&written, &validator);
    let mut strict = written.clone();
    // Heads of papers have a field that may be left out.
    strict["editions"][0]["masthead"]
        .as_object_mut()
        .unwrap()
        .shift_remove("page");
    refuses_strangers(&strict, &validator, 12);
    for (pointer, value) in [
        ("/at", json!("7:30")),
        ("/items/0/kind", json!("news")),
        ("/items/2/priority", json!(6)),
        ("/left_out/0/why/reason", json!("boring")),
        ("/trouble", json!("too_long")),
        ("/editions", json!([])),
    ] {
        let mut damaged = written.clone();
        *damaged.pointer_mut(pointer).unwrap() = value;
        assert!(!validator.is_valid(&damaged), "{pointer}");
    }
    described(&schema, "");
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        described(definition, name);
    }
}

#[test]
fn the_table_is_read_by_spreadsheets() {
    let text = String::from_utf8(rundown_csv(&rundown()).unwrap()).unwrap();
    assert!(text.starts_with("position,kind,title,start,duration,gap,end,remaining,clock,"));
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(|r| r.unwrap()).collect();
    assert_eq!(rows.len(), 4);
    let cells: Vec<&str> = rows[2].iter().collect();
    assert_eq!(
        cells,
        [
            "3",
            "article",
            "“菜园” <A&B>",
            "0:00:04.000",
            "0:00:05.000",
            "0:00:00.500",
            "0:00:09.000",
            "0:00:06.500",
            "23:59:59",
            // Half a second late: 3.5 s behind the slot's beginning, to the nearest.
            "23:59:59",
            "1",
            "3",
            "bwf/x-03.wav",
            "引题 / \"题\", 一",
            "头几个字",
            "…末几个字。",
        ]
    );
    assert_eq!(&rows[3][8], "00:00:05", "the clock goes round at midnight");
    assert_eq!(&rows[1][10], "", "a sting is of no edition");
    let mut no_time = rundown();
    no_time.at = None;
    let text = String::from_utf8(rundown_csv(&no_time).unwrap()).unwrap();
    let row = text.lines().nth(1).unwrap();
    assert!(row.contains(",0:00:10.500,,,1,1,"), "{row}");
}

#[test]
fn the_page_tells_all_of_it_and_lets_nothing_in() {
    let page = String::from_utf8(rundown_html(&rundown())).unwrap();
    roxmltree_like(&page);
    for told in [
        "<html lang=\"zh-CN\">",
        "节目串联单",
        "23:59:55 – 00:00:05",
        "超时0.5秒",
        "23:59:59<small>倒推 23:59:59</small><small>+0:04 −0:07</small>",
        "“菜园” &lt;A&amp;B&gt;",
        "<dt>导语</dt>",
        "引题<br>&quot;题&quot;, 一",
        "，必播",
        "&lt;script&gt;长文&lt;/script&gt;</strong> (11:40) – 单独播出也超过时段1:05",
        "加上它，其他文章就得念得更快",
    ] {
        assert!(page.contains(told), "{told}\n{page}");
    }
    assert!(!page.contains("<script"));
    let mut english = rundown();
    english.editions[0].masthead.language = "en-GB".into();
    english.trouble = None;
    english.fits = true;
    english.frames = english.slot;
    let page = String::from_utf8(rundown_html(&english)).unwrap();
    assert!(page.contains("<html lang=\"en\">"));
    assert!(page.contains("The programme is as long as its slot."));
    assert!(page.contains("with it the others would have to be read faster"));
}

/// Whether every element is closed: all but the head's are written as XML is.
fn roxmltree_like(page: &str) {
    let body = &page[page.find("<body>").unwrap()..page.rfind("</html>").unwrap()];
    let body = body.replace("<br>", "<br/>");
    roxmltree::Document::parse(&body).unwrap();
}
