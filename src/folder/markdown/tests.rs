use super::*;

fn read(body: &str) -> (Vec<(BlockKind, String)>, Vec<String>) {
    let source = Source::decode("articles/01-a.md".into(), body.as_bytes()).unwrap();
    let noted = blocks(&source, 0);
    (
        noted
            .value
            .into_iter()
            .map(|b| (b.kind, b.text.text))
            .collect(),
        noted.notes.iter().map(ToString::to_string).collect(),
    )
}

fn paras(body: &str) -> Vec<String> {
    let (blocks, notes) = read(body);
    assert_eq!(notes, [""; 0]);
    blocks.into_iter().map(|(_, text)| text).collect()
}

const ITEM: BlockKind = BlockKind::Item { number: None };

#[test]
fn headings_paragraphs_and_lists() {
    let (blocks, notes) = read(
        "第一段\n还是第一段\n\n## 怎么报名\n\n1. 带身份证\n2. 填表\n\n   另附照片\n\n- 甲\n  - 乙\n- 丙\n\n末段",
    );
    assert!(notes.is_empty());
    let number = |n| BlockKind::Item { number: Some(n) };
    let want = [
        (BlockKind::Para, "第一段还是第一段"),
        (BlockKind::Subhead, "怎么报名"),
        (number(1), "带身份证"),
        (number(2), "填表"),
        (BlockKind::Para, "另附照片"),
        (ITEM, "甲"),
        (ITEM, "乙"),
        (ITEM, "丙"),
        (BlockKind::Para, "末段"),
    ];
    assert_eq!(blocks, want.map(|(k, t)| (k, t.to_string())));
}

#[test]
fn marks_inside_a_line_leave_their_text() {
    assert_eq!(
        paras(
            "**重点**是 *AED* 与 `CT`，见[通知](http://x.cn \"t\")和 <http://y.cn>；a &lt; b，\\*号"
        ),
        ["重点是 AED 与 CT，见通知和 http://y.cn；a < b，*号"]
    );
    assert_eq!(
        paras("> 引文\n> 两行\n\n---\n\n甲\\\n乙  \n丙<br>丁"),
        ["引文两行", "甲", "乙", "丙", "丁"]
    );
    assert_eq!(paras("open\nday ~3~5 天 $5$"), ["open day ~3~5 天 $5$"]);
}

#[test]
fn a_table_is_read_row_by_row_with_its_headings() {
    let (blocks, notes) = read(
        "| 项目 | 时间 |\n|--|--|\n| 理发 | 周一 |\n| 量血压 | |\n\n后文\n\n| 甲 | 乙 |\n|--|--|\n",
    );
    assert!(notes.is_empty());
    let want = [
        (ITEM, "项目：理发；时间：周一"),
        (ITEM, "项目：量血压"),
        (BlockKind::Para, "后文"),
        (BlockKind::Para, "甲，乙"),
    ];
    assert_eq!(blocks, want.map(|(k, t)| (k, t.to_string())));
}

#[test]
fn what_is_not_read_is_told() {
    let (blocks, notes) = read(
        "前![食堂 *开张*](a.jpg)后[^1]\n\n<div>\n广告\n</div>\n\n含<b>粗</b>字\n\n<!-- 编者按 -->\n\n[^1]: 注文\n\n[名]: http://x.cn\n\n    缩进\n    两行",
    );
    let texts: Vec<_> = blocks.iter().map(|(_, t)| t.as_str()).collect();
    assert_eq!(texts, ["前后", "含粗字", "注文", "缩进两行"]);
    let html = "help: write Markdown, or `\\<` when the bracket is part of the text";
    assert_eq!(
        notes,
        [
            "note: the picture `食堂 开张` is not read\n  --> articles/01-a.md:1:2\n  help: tell in a sentence of its own what listeners should know of it".to_string(),
            "note: the footnote mark `1` is not read; its note is, where it stands\n  --> articles/01-a.md:1:20".to_string(),
            format!("doubt: `<div> 广告 </div>` is taken for HTML and not read\n  --> articles/01-a.md:3:1\n  {html}"),
            format!("doubt: `<b>` is taken for HTML and not read\n  --> articles/01-a.md:7:2\n  {html}"),
            format!("doubt: `</b>` is taken for HTML and not read\n  --> articles/01-a.md:7:6\n  {html}"),
            "note: the comment `<!-- 编者按 -->` is not read\n  --> articles/01-a.md:9:1".to_string(),
            "note: the link definition `[名]: http://x.cn` is not read\n  --> articles/01-a.md:13:1\n  help: write `\\[` when the bracket is part of the text".to_string(),
            "note: an indented or fenced block is read as a plain paragraph\n  --> articles/01-a.md:15:5\n  help: begin paragraphs at the left margin".to_string(),
        ]
    );
}

#[test]
fn every_character_knows_its_place() {
    let text = "头\n\n- 甲**乙**\n  丙&amp;\\*丁\n";
    let source = Source::decode("a.md".into(), text.as_bytes()).unwrap();
    let block = &blocks(&source, 0).value[1].text;
    assert_eq!(block.text, "甲乙丙&*丁");
    let at = |c: char| {
        let p = block.place_at(block.text.find(c).unwrap()).unwrap();
        (p.line, p.col)
    };
    assert_eq!(at('甲'), (3, 2));
    assert_eq!(at('乙'), (3, 5));
    assert_eq!(at('丙'), (4, 2));
    assert_eq!(at('&'), (4, 3));
    assert_eq!(at('*'), (4, 9));
    assert_eq!(at('丁'), (4, 10));
}

#[test]
fn cells_beyond_the_head_of_a_table_are_read() {
    let text = "| 菜 | 价 |\n|---|---|\n| 面 | 8元 | 只在周六 | \\| |\n汤 | 免费 | 自取\n| 饭 |\n";
    let source = Source::decode("a.md".into(), text.as_bytes()).unwrap();
    let blocks = blocks(&source, 0).value;
    let texts: Vec<&str> = blocks.iter().map(|b| b.text.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "菜：面；价：8元；只在周六；\\|",
            "菜：汤；价：免费；自取",
            "菜：饭"
        ]
    );
    let at = blocks[0].text.text.find("只在").unwrap();
    assert_eq!(blocks[0].text.place_at(at), Some(Place::new("a.md", 3, 11)));
}
