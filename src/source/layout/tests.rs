//! Pages drawn as rows of text: a character is two columns wide, a row one em
//! high, and what stands in a frame of columns is one line.

use super::*;

/// A line at a place in em, of body type unless `size` says otherwise.
fn line(left: f32, top: f32, size: f32, text: &str) -> Described {
    let width = text.chars().count() as f32 * size;
    Described {
        edges: Some([
            left * 10.0,
            top * 10.0,
            (left + width) * 10.0,
            (top + size) * 10.0,
        ]),
        size: None,
        words: vec![(None, text.to_string())],
    }
}

/// A column of lines, 1.5 em from one to the next; an indented one begins with
/// two full-width spaces.
fn column(left: f32, top: f32, lines: &[&str]) -> Vec<Described> {
    let place = |(i, text): (usize, &&str)| {
        let bare = text.trim_start_matches('\u{3000}');
        let indent = (text.chars().count() - bare.chars().count()) as f32;
        line(left + indent, top + i as f32 * 1.5, 1.0, bare)
    };
    lines.iter().enumerate().map(place).collect()
}

/// The text of the lines, given in the worst order.
fn read(mut lines: Vec<Described>) -> String {
    lines.reverse();
    page_text(lines)
}

#[test]
fn columns_below_a_headline_are_read_one_after_the_other() {
    let page = [
        vec![line(2.0, 0.0, 3.0, "社区食堂开张")],
        column(
            0.0,
            5.0,
            &["　　第一栏一二三", "第一栏的第二行字", "第一栏完。"],
        ),
        column(
            10.0,
            5.0,
            &[
                "　　第二栏一二三",
                "第二栏的第二行字",
                "　　第二段一二三",
                "第二栏完。",
            ],
        ),
    ];
    assert_eq!(
        read(page.concat()),
        "社区食堂开张\n\n　　第一栏一二三\n第一栏的第二行字\n第一栏完。\n\n　　第二栏一二三\n\
         第二栏的第二行字\n\n　　第二段一二三\n第二栏完。\n"
    );
}

#[test]
fn a_paragraph_goes_on_in_the_next_column() {
    let page = [
        column(
            0.0,
            0.0,
            &[
                "　　第一段一二三",
                "第一段的第二行字",
                "　　第二段一二三",
                "第二段的第二行字",
            ],
        ),
        column(
            10.0,
            0.0,
            &[
                "第二段的第三行字",
                "第二段完。",
                "　　第三段一二三",
                "第三段完。",
            ],
        ),
    ];
    assert_eq!(
        read(page.concat()),
        "　　第一段一二三\n第一段的第二行字\n\n　　第二段一二三\n第二段的第二行字\n\
         第二段的第三行字\n第二段完。\n\n　　第三段一二三\n第三段完。\n"
    );
}

#[test]
fn an_article_below_another_is_read_behind_all_columns_of_it() {
    let body = |n: &'static str| [n, "的字一二三四五六", "的字七八九十。"].map(|s| s);
    let mut page = vec![line(0.0, 0.0, 2.5, "上面一篇的大题目在这里")];
    page.extend(column(0.0, 4.0, &body("甲栏一二三四五六")));
    page.extend(column(10.0, 4.0, &body("乙栏一二三四五六")));
    page.extend(column(20.0, 4.0, &body("丙栏一二三四五六")));
    // Below: one article over two columns, another in the third.
    page.push(line(0.0, 10.0, 2.0, "下面左篇题目"));
    page.extend(column(0.0, 13.0, &body("丁栏一二三四五六")));
    page.extend(column(10.0, 13.0, &body("戊栏一二三四五六")));
    page.push(line(20.0, 10.0, 2.0, "右篇题"));
    page.extend(column(20.0, 13.0, &body("己栏一二三四五六")));
    let text = read(page);
    let order: Vec<usize> = ["上面", "甲", "乙", "丙", "下面", "丁", "戊", "右篇", "己"]
        .iter()
        .map(|mark| text.find(mark).unwrap())
        .collect();
    assert!(order.is_sorted(), "{text}");
}

#[test]
fn a_side_column_beside_an_article_is_not_mixed_into_it() {
    let mut page = vec![line(0.0, 0.0, 2.0, "两栏宽的题目在此")];
    page.extend(column(
        0.0,
        3.0,
        &["甲栏一二三四五六", "甲栏的第二行字也", "甲栏完。"],
    ));
    page.extend(column(
        10.0,
        3.0,
        &["乙栏一二三四五六", "乙栏的第二行字也", "乙栏完。"],
    ));
    page.extend(column(
        20.0,
        0.0,
        &[
            "侧栏一二三四五六",
            "侧栏的第二行字也",
            "侧栏的第三行字也",
            "侧栏完。",
        ],
    ));
    let text = read(page);
    assert_eq!(
        text,
        "两栏宽的题目在此\n\n甲栏一二三四五六\n甲栏的第二行字也\n甲栏完。\n\n乙栏一二三四五六\n\
         乙栏的第二行字也\n乙栏完。\n\n侧栏一二三四五六\n侧栏的第二行字也\n侧栏的第三行字也\n侧栏完。\n"
    );
}

#[test]
fn a_headline_of_two_lines_is_one_and_a_kicker_is_not() {
    let page = vec![
        line(3.0, 0.0, 1.5, "荷湾办实事"),
        line(0.0, 2.5, 3.0, "食堂今天开张"),
        line(0.0, 6.0, 3.0, "老人吃上热饭"),
        line(0.0, 11.0, 1.0, "昨天上午，食堂开张了，大家都很高兴。"),
    ];
    assert_eq!(
        read(page),
        "荷湾办实事\n\n食堂今天开张 老人吃上热饭\n\n昨天上午，食堂开张了，大家都很高兴。\n"
    );
}

#[test]
fn pieces_of_one_row_stand_on_one_line_and_rules_are_left_out() {
    let page = vec![
        line(0.0, 0.0, 1.0, "荷湾社区报"),
        line(20.0, 0.0, 1.0, "第12期"),
        line(0.0, 2.0, 1.0, "——|"),
    ];
    assert_eq!(read(page), "荷湾社区报 第12期\n");
    assert_eq!(read(Vec::new()), "");
}

#[test]
fn a_line_through_the_gutter_is_taken_apart() {
    let word = |left: f32, top: f32, text: &str| {
        let width = text.chars().count() as f32 * 10.0;
        let edges = [left, top, left + width, top + 10.0];
        (Some(edges), text.to_string())
    };
    let through = |top: f32, left: &str, right: &str| Described {
        edges: Some([0.0, top, 200.0, top + 10.0]),
        size: None,
        words: vec![word(0.0, top, left), word(115.0, top, right)],
    };
    let page = vec![
        through(0.0, "左栏第一行", "右栏第一行"),
        through(15.0, "左栏第二行", "右栏第二行"),
    ];
    assert_eq!(
        read(page),
        "左栏第一行\n左栏第二行\n右栏第一行\n右栏第二行\n"
    );
}

#[test]
fn words_are_joined_as_they_are_printed() {
    let words = ["使用", "AED", "和", "Open", "Day", ",", "3", "号"];
    let words: Vec<_> = words.map(|w| (None, w.to_string())).into();
    assert_eq!(join_words(&words), "使用AED和Open Day , 3号");
    // White space of an em between the halves of a headline, less in a line.
    let word = |left: f32, text: &str| (Some([left, 0.0, left + 20.0, 10.0]), text.to_string());
    let words = [word(0.0, "食堂"), word(22.0, "开张"), word(52.0, "居民")];
    assert_eq!(join_words(&words), "食堂开张 居民");
}
