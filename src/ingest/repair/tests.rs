//! Whole pages, read with the system's model of words.

use std::sync::LazyLock;

use super::*;
use crate::ingest::{PageFile, PagesRead, read_pages};
use crate::lm::tests::file;

static MODEL: LazyLock<WordModel> = LazyLock::new(|| WordModel::new(file()).unwrap());

fn read(page: &str, how: Repair) -> PagesRead {
    let page = PageFile {
        name: "p.txt".into(),
        bytes: page.as_bytes().to_vec(),
    };
    let repairs = Repairs {
        model: Some(&MODEL),
        how,
    };
    read_pages(&[page], repairs).unwrap().value
}

/// The changes, as `wrong→right`.
fn changes(page: &str, how: Repair) -> Vec<String> {
    let edits = read(page, how).edits;
    let applied = edits.iter().filter(|e| e.applied);
    applied
        .map(|e| format!("{}→{}", e.wrong, e.right))
        .collect()
}

const PAGE: &str = "题目有七个字\n\n这次改诰得到了居民的支持，讲一步完善了小区环境，大家都很满意。";

#[test]
fn misread_characters_are_set_right_and_told() {
    assert_eq!(changes(PAGE, Repair::Apply), ["诰→造", "讲→进"]);
    let read = read(PAGE, Repair::Apply);
    let text = &read.issue.articles[0].blocks[0].text;
    assert!(
        text.text
            .starts_with("这次改造得到了居民的支持，进一步完善"),
        "{}",
        text.text
    );
    let edit = &read.edits[0];
    assert_eq!((edit.line, edit.col, edit.applied), (3, 3, true));
    assert!(edit.confidence >= APPLIED && edit.candidates[0] == '造');
}

#[test]
fn flagging_changes_nothing_and_off_says_nothing() {
    let flagged = read(PAGE, Repair::Flag);
    assert!(
        flagged.issue.articles[0].blocks[0]
            .text
            .text
            .contains("改诰")
    );
    assert!(flagged.edits.len() >= 2 && flagged.edits.iter().all(|e| !e.applied));
    assert_eq!(read(PAGE, Repair::Off).edits, []);
}

#[test]
fn puns_and_names_stay() {
    let page =
        "题目有七个字\n\n大家“治”同道合，居民区书记王讲一说，事情办得好。记者干建设到了现场。";
    assert_eq!(changes(page, Repair::Apply), Vec::<String>::new());
}

#[test]
fn narrowed_marks_are_told_apart() {
    let page = "题目有七个字\n\n中心秉承为民理念. 其团队多次上门，内容包括外墙翻新: 道路整治: 花园更新等。";
    assert_eq!(changes(page, Repair::Apply), [".→，", ":→；", ":→；"]);
}

#[test]
fn what_the_page_says_elsewhere_proves_a_name() {
    let page = "题目有七个字\n\n社区组织佘山零五服务社的人来了。佘山零五服务社的门开着。大家都说，会山零五服务社办得好。";
    assert_eq!(changes(page, Repair::Apply), ["会→佘"]);
}

#[test]
fn frequencies_alone_change_nothing() {
    let page = PageFile {
        name: "p.txt".into(),
        bytes: PAGE.as_bytes().to_vec(),
    };
    let model = WordModel::frequencies();
    let repairs = Repairs {
        model: Some(&model),
        how: Repair::Apply,
    };
    let read = read_pages(&[page], repairs).unwrap().value;
    let found: Vec<(char, char, bool)> = (read.edits.iter())
        .map(|e| (e.wrong, e.right, e.applied))
        .collect();
    assert_eq!(found, [('诰', '造', false), ('讲', '进', false)]);
}
