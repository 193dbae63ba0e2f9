//! Tests of columns read across: invented pages, each woven in another way.

use super::columns::{Line, Unsure, lines, unweave};

fn text(line: &Line) -> String {
    line.iter().map(|g| g.c).collect()
}

fn unwoven(page: &str) -> String {
    let lines: Vec<String> = unweave(lines(page), None).0.iter().map(text).collect();
    lines.join("\n")
}

fn unsure(page: &str) -> Vec<(u32, u32)> {
    let told = |u: &Unsure| (u.first.line, u.last);
    unweave(lines(page), None).1.iter().map(told).collect()
}

const LEFT: [&str; 3] = ["社区食堂今天开张，头", "一天来了三百多人，人", "人都说好。"];
const RIGHT: [&str; 3] = ["河边的步道修好了，从", "石桥可以一直走到公园", "大门口去。"];

fn woven(between: &str) -> String {
    let rows = LEFT.iter().zip(RIGHT);
    let rows: Vec<String> = rows.map(|(l, r)| format!("{l}{between}{r}")).collect();
    format!("题目\n\n{}\n\n后面", rows.join("\n"))
}

/// Columns padded as a program does that counts places by `wide`.
fn padded(rows: &[(&str, &str)], wide: fn(char) -> usize) -> String {
    let pad = |l: &str| {
        let set: usize = l.chars().map(wide).sum();
        " ".repeat(28_usize.saturating_sub(set))
    };
    let rows: Vec<String> = rows
        .iter()
        .map(|(l, r)| format!("{l}{}{r}", pad(l)))
        .collect();
    rows.join("\n")
}

#[test]
fn columns_read_across_are_put_one_below_the_other() {
    let wanted = format!(
        "题目\n\n{}\n\n{}\n\n\n后面",
        LEFT.join("\n"),
        RIGHT.join("\n")
    );
    for between in ["\t", " | ", "      ", "｜", " │ ", "\t\t"] {
        assert_eq!(unwoven(&woven(between)), wanted, "{between:?}");
    }
}

#[test]
fn a_column_that_is_longer_keeps_its_lines() {
    let page = "社区食堂今天开张，头\t河边的步道修好了，从\n一天来了三百多人，人\t石桥可以一直走到公园\n\
        人都说好，还说明天再\t大门口去。\n来。";
    assert_eq!(
        unwoven(page),
        "社区食堂今天开张，头\n一天来了三百多人，人\n人都说好，还说明天再\n来。\n\n\
         河边的步道修好了，从\n石桥可以一直走到公园\n大门口去。\n"
    );
}

#[test]
fn headlines_above_columns_and_bylines_below_go_with_them() {
    let rows = [
        ("老井旁边立起新碑", "“夜读”班今晚开课"),
        ("", ""),
        ("  桥南村的老井旁边昨天", "  每周三晚上七点，文化"),
        ("立起了石碑，碑上刻着挖", "站的“夜读”班免费开放"),
        ("井人的名字。", "，带上书就能来。"),
        ("  村里的老人说，井水从", "  第一课讲的是《诗经》"),
        ("没有干过。", "。"),
        ("          记者 许未", "        通讯员 周小舟"),
    ];
    let indent = "\u{3000}\u{3000}";
    let wanted = [
        "老井旁边立起新碑\n",
        "<桥南村的老井旁边昨天\n立起了石碑，碑上刻着挖\n井人的名字。",
        "<村里的老人说，井水从\n没有干过。",
        "<记者 许未\n",
        "“夜读”班今晚开课\n",
        "<每周三晚上七点，文化\n站的“夜读”班免费开放\n，带上书就能来。",
        "<第一课讲的是《诗经》\n。",
        "<通讯员 周小舟\n",
    ];
    let wanted = wanted.join("\n").replace('<', indent);
    let terminal = |c: char| {
        if c.is_ascii() || matches!(c, '“' | '”') {
            1
        } else {
            2
        }
    };
    let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
    for count in [terminal, wide] {
        assert_eq!(unwoven(&padded(&rows, count)), wanted);
    }
    let rules: Vec<String> = rows.iter().map(|(l, r)| format!("{l} ┃ {r}")).collect();
    assert_eq!(
        unwoven(&format!("{}\n──────┸──────", rules.join("\n"))),
        wanted
    );
}

#[test]
fn three_columns_are_parted_twice() {
    let third = [
        "菜场里的修鞋摊搬进了",
        "新的亭子，师傅说以后",
        "下雨也不怕。",
    ];
    let rows: Vec<String> = (0..3)
        .map(|i| format!("{}{}{}", pad(LEFT[i]), pad(RIGHT[i]), third[i]))
        .collect();
    let wanted = [LEFT.join("\n"), RIGHT.join("\n"), third.join("\n")].join("\n\n");
    assert_eq!(
        unwoven(&rows.join("\n"))
            .trim_end()
            .replace("\n\n\n", "\n\n"),
        wanted
    );
}

fn pad(cell: &str) -> String {
    format!("{cell}{}", " ".repeat(26 - 2 * cell.chars().count()))
}

#[test]
fn tables_and_print_lines_are_let_be() {
    for page in [
        "图书馆\t周二至周日\n食堂\t每天\n卫生站\t周一至周五\n窗口\t每周三",
        "社区食堂今天开张，头 一天来了三百多人，人 人都说好。",
        "王小明    李小红\n陈小军    周小兰\n吴小芳    郑小强",
        "聚焦｜社区食堂开张\n\n社区食堂今天开张了。",
    ] {
        assert_eq!(unwoven(page), page);
        assert_eq!(unsure(page), []);
    }
}

#[test]
fn the_rules_of_a_table_are_no_text() {
    assert_eq!(
        unwoven("│ 科室 │ 时间 │\n├──┼──┤\n│ 眼科 │ 周一 │\n│ 牙科 │ 周二 │"),
        " 科室 \t 时间 \n\n 眼科 \t 周一 \n 牙科 \t 周二 "
    );
}

#[test]
fn what_cannot_be_parted_for_sure_is_doubted() {
    // Cells as wide as columns, but nothing runs on from line to line.
    let page = "请大家带好口罩。      楼道里不要放车。\n晚上不要吵。      垃圾请分开放好，谢谢大家。\n\
        请把狗牵好，谢谢。      请不要在走廊抽烟。";
    assert_eq!(unwoven(page), page);
    assert_eq!(unsure(page), [(1, 3)]);
}

#[test]
fn what_hangs_over_the_left_edge_is_no_indent_of_the_right_column() {
    let page = "社区食堂今天开张，头一     河边的步道修好了，从石\n天来了三百多人，都说，     桥可以一直走到公园大门\n\
        好吃又便宜，明天再来吃，     口去，晚上也有灯，散步\n一顿。                     的人多了起来。";
    assert!(
        unwoven(page).contains("大门\n口去，晚上"),
        "{}",
        unwoven(page)
    );
}
