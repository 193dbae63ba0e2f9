use std::collections::BTreeMap;

use super::decide::{Decision, decide};
use super::record::{Record, Written};
use super::*;

/// A folder in memory: what is wanted, was written, lies there.
#[derive(Default)]
struct Desk {
    record: Record,
    disk: BTreeMap<String, Vec<u8>>,
}

fn article(path: &str, text: &str) -> FolderFile {
    FolderFile {
        path: format!("articles/{path}.md"),
        bytes: format!("+++\nheadline = \"题\"\n+++\n\n{text}\n").into_bytes(),
    }
}

fn settings() -> FolderFile {
    FolderFile {
        path: SETTINGS_FILE.into(),
        bytes: b"paper = \"p\"\n".to_vec(),
    }
}

impl Desk {
    /// A folder that ingest wrote with these articles.
    fn of(articles: &[(&str, &str)]) -> Self {
        let mut desk = Desk::default();
        desk.again(articles);
        desk
    }

    fn edit(&mut self, path: &str, from: &str, to: &str) {
        let bytes = self.disk.get_mut(&format!("articles/{path}.md")).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(from));
        *bytes = text.replace(from, to).into_bytes();
    }

    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.disk[&format!("articles/{path}.md")]).unwrap()
    }

    /// Ingests again and tells what became of each article that did not stay as
    /// it was; the same once more must change nothing.
    fn again(&mut self, articles: &[(&str, &str)]) -> Vec<String> {
        let told = self.once(articles);
        let (record, disk) = (self.record.clone(), self.disk.clone());
        self.once(articles);
        assert_eq!((&self.record, &self.disk), (&record, &disk), "{told:?}");
        told
    }

    fn once(&mut self, articles: &[(&str, &str)]) -> Vec<String> {
        let mut wanted = vec![settings()];
        wanted.extend(articles.iter().map(|(path, text)| article(path, text)));
        let Decision { changes, record } = decide(wanted, &self.record, &self.disk, false);
        // As `write` and `remove` do it.
        for change in &changes {
            if let Some(from) = &change.from {
                self.disk.remove(from);
            }
            if change.fate == Fate::Removed {
                self.disk.remove(&change.path);
            }
        }
        for change in &changes {
            if let Some(after) = &change.after {
                self.disk.insert(change.path.clone(), after.clone());
            }
        }
        self.record = record;
        let name = |path: &str| path.replace("articles/", "").replace(".md", "");
        changes
            .iter()
            .filter(|c| c.fate != Fate::Same || c.from.is_some())
            .map(|c| match &c.from {
                Some(from) => format!("{:?} {} {}", c.fate, name(from), name(&c.path)),
                None => format!("{:?} {}", c.fate, name(&c.path)),
            })
            .collect()
    }
}

const LAMPS: &str = "小区里的新路灯第一次亮了起来。\n\n大家都很高兴。";
const LAMPS_MORE: &str = "小区里的新路灯第一次亮了起来。\n\n大家都很高兴。\n\n明天再装十盏。";
const CANTEEN: &str = "社区食堂昨天开张，菜价便宜。";
const OTHER: &str = "今年第一场雪落在菜市场旁边的河上。";

#[test]
fn what_nobody_touched_follows_the_page() {
    let mut desk = Desk::of(&[("01-灯", LAMPS), ("02-食堂", CANTEEN)]);
    assert_eq!(
        desk.again(&[("01-灯", LAMPS_MORE), ("02-雪", OTHER)]),
        ["Updated 01-灯", "New 02-雪", "Removed 02-食堂"]
    );
    assert_eq!(desk.disk.len(), 3);
}

#[test]
fn an_edited_file_is_kept_merged_or_doubted() {
    let mut desk = Desk::of(&[("01-灯", LAMPS)]);
    desk.edit("01-灯", "第一次亮", "终于亮");
    assert_eq!(desk.again(&[("01-灯", LAMPS)]), ["Kept(Edited) 01-灯"]);
    assert_eq!(desk.again(&[("01-灯", LAMPS_MORE)]), ["Merged 01-灯"]);
    assert!(desk.text("01-灯").contains("终于亮") && desk.text("01-灯").contains("十盏"));
    let other = LAMPS_MORE.replace("第一次亮", "都亮");
    assert_eq!(desk.again(&[("01-灯", &other)]), ["Kept(Differs) 01-灯"]);
    // It stays doubted until somebody looks, and back on the page it is fine.
    assert_eq!(desk.again(&[("01-灯", &other)]), ["Kept(Differs) 01-灯"]);
    assert_eq!(desk.again(&[("01-灯", LAMPS_MORE)]), ["Kept(Edited) 01-灯"]);
    desk.edit("01-灯", "终于亮", "第一次亮");
    assert!(desk.again(&[("01-灯", LAMPS_MORE)]).is_empty());
}

#[test]
fn one_line_that_both_changed_does_not_hold_the_others_back() {
    let mut desk = Desk::of(&[("01-灯", LAMPS_MORE)]);
    desk.edit("01-灯", "大家都很高兴", "大家都欢喜");
    let page = LAMPS_MORE.replace("十盏", "十二盏").replace("都很", "很");
    assert_eq!(desk.again(&[("01-灯", &page)]), ["Partly 01-灯"]);
    assert!(desk.text("01-灯").contains("都欢喜") && desk.text("01-灯").contains("十二盏"));
    // What was kept back is told until the editor takes it or the page its back.
    desk.edit("01-灯", "大家都欢喜", "大家很高兴");
    assert!(desk.again(&[("01-灯", &page)]).is_empty());
}

#[test]
fn a_name_follows_the_headline_that_stands_in_the_file() {
    let mut desk = Desk::of(&[("01-灯", LAMPS)]);
    desk.edit("01-灯", "题", "我的题");
    let mut wanted = vec![settings(), article("01-雪", OTHER), article("02-亮", LAMPS)];
    let text = String::from_utf8(wanted[2].bytes.clone()).unwrap();
    wanted[2].bytes = text.replace("题", "另一题").into_bytes();
    let decision = decide(wanted, &desk.record, &desk.disk, false);
    let paths: Vec<&str> = decision.changes.iter().map(|c| c.path.as_str()).collect();
    assert_eq!(
        paths,
        [SETTINGS_FILE, "articles/01-雪.md", "articles/02-灯.md"]
    );
}

#[test]
fn files_follow_their_articles_to_other_names() {
    let mut desk = Desk::of(&[("01-灯", LAMPS), ("02-食堂", CANTEEN)]);
    desk.edit("02-食堂", "便宜", "公道");
    assert_eq!(
        desk.again(&[("01-雪", OTHER), ("02-新灯", LAMPS), ("03-食堂", CANTEEN)]),
        [
            "New 01-雪",
            "Same 01-灯 02-新灯",
            "Kept(Edited) 02-食堂 03-食堂"
        ]
    );
    assert!(desk.text("03-食堂").contains("公道"));
    assert_eq!(desk.disk.len(), 4);
}

#[test]
fn equal_names_in_a_row_move_up_without_loss() {
    let mut desk = Desk::of(&[("01-广告", CANTEEN), ("02-广告", LAMPS)]);
    desk.edit("01-广告", "便宜", "公道");
    desk.edit("02-广告", "高兴", "欢喜");
    assert_eq!(
        desk.again(&[("01-广告", OTHER), ("02-广告", CANTEEN), ("03-广告", LAMPS)]),
        [
            "New 01-广告",
            "Kept(Edited) 01-广告 02-广告",
            "Kept(Edited) 02-广告 03-广告"
        ]
    );
    assert!(desk.text("02-广告").contains("公道") && desk.text("03-广告").contains("欢喜"));
}

#[test]
fn what_the_pages_no_longer_give_is_kept_when_edited() {
    let mut desk = Desk::of(&[("01-灯", LAMPS), ("02-食堂", CANTEEN)]);
    desk.edit("02-食堂", "便宜", "公道");
    assert_eq!(desk.again(&[("01-灯", LAMPS)]), ["Kept(Dropped) 02-食堂"]);
    assert_eq!(
        desk.again(&[("01-灯", LAMPS), ("02-食堂", CANTEEN)]),
        ["Kept(Edited) 02-食堂"],
        "the page has it again"
    );
}

#[test]
fn what_the_editor_removed_stays_removed() {
    let mut desk = Desk::of(&[("01-灯", LAMPS), ("02-食堂", CANTEEN)]);
    desk.disk.remove("articles/01-灯.md");
    desk.disk.remove(SETTINGS_FILE);
    assert_eq!(
        desk.again(&[("01-灯", LAMPS), ("02-食堂", CANTEEN)]),
        ["New issue.toml", "Kept(Gone) 01-灯"]
    );
    assert_eq!(
        desk.again(&[
            ("01-雪", OTHER),
            ("02-灯", LAMPS_MORE),
            ("03-食堂", CANTEEN)
        ]),
        [
            "New 01-雪",
            "Kept(GoneDiffers) 02-灯",
            "Same 02-食堂 03-食堂"
        ]
    );
}

#[test]
fn a_file_of_somebody_else_is_never_written_over() {
    let mut desk = Desk::of(&[("01-灯", LAMPS)]);
    let mine = article("02-食堂", "我自己写的一篇。");
    desk.disk.insert(mine.path.clone(), mine.bytes.clone());
    assert_eq!(
        desk.again(&[("01-灯", LAMPS), ("02-食堂", CANTEEN)]),
        ["Kept(Foreign) 02-食堂"]
    );
    // An article that would move there takes another name.
    assert_eq!(
        desk.again(&[("01-雪", OTHER), ("02-食堂", LAMPS)]),
        ["New 01-雪", "Same 01-灯 02-食堂-2"]
    );
    assert_eq!(desk.disk[&mine.path], mine.bytes);
}

#[test]
fn records_of_earlier_versions_count() {
    let mut desk = Desk::of(&[("01-灯", LAMPS), ("02-食堂", CANTEEN)]);
    for (path, written) in &mut desk.record {
        *written = Written::Hash(store::sha256(&desk.disk[path]));
    }
    desk.edit("02-食堂", "便宜", "公道");
    // Without the text of last time nothing can be merged.
    assert_eq!(
        desk.again(&[
            ("01-灯", LAMPS_MORE),
            ("02-食堂", &format!("{CANTEEN}\n\n又说。"))
        ]),
        ["Updated 01-灯", "Kept(Differs) 02-食堂"]
    );
}

#[test]
fn by_force_the_pages_win() {
    let mut desk = Desk::of(&[("01-灯", LAMPS), ("02-食堂", CANTEEN), ("03-雪", OTHER)]);
    desk.edit("01-灯", "高兴", "欢喜");
    desk.edit("03-雪", "第一场", "头一场");
    desk.disk.remove("articles/02-食堂.md");
    let wanted = vec![
        settings(),
        article("01-灯", LAMPS),
        article("02-食堂", CANTEEN),
    ];
    let decision = decide(wanted, &desk.record, &desk.disk, true);
    let fates: Vec<Fate> = decision.changes.iter().map(|c| c.fate).collect();
    assert_eq!(fates, [Fate::Same, Fate::Updated, Fate::New, Fate::Removed]);
}
