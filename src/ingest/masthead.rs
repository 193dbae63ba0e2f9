//! The head of the page: paper, section, number, date, who publishes it.

use super::date;
use super::furniture;
use super::glyph::{Glyph, is_han, is_stop, text};
use super::imprint::{cn_code, fields, fill, misread_as};
use super::leaf;
use super::paper;
use super::piece::Piece;
use super::serial;
use super::top;
use crate::diag::Diagnostic;
use crate::model::{Edit, Masthead};

/// How many pieces from the top of the page may belong to its head.
const REACH: usize = 12;
/// The longest piece of a head, in characters.
const LONGEST: usize = 160;

/// What the head of a page says, and which of the pieces are its own.
pub(super) struct Head {
    pub masthead: Masthead,
    /// For each piece of the page, whether it belongs to the head.
    pub taken: Vec<bool>,
}

/// Reads the head of a page.
pub(super) fn read(
    pieces: &[Piece],
    file: &str,
    notes: &mut Vec<Diagnostic>,
    edits: &mut Vec<Edit>,
) -> Head {
    let mut masthead = Masthead::default();
    let mut taken = vec![false; pieces.len()];
    let mut in_head = true;
    for (i, piece) in pieces.iter().enumerate() {
        let short = piece.glyphs.len() <= LONGEST && !piece.glyphs.iter().any(|g| is_stop(g.c));
        // What stands in the head is there at the top; the line with the serial
        // number is often printed at the foot of the page.
        in_head &= i < REACH && (short || i == 0);
        if !short || !(in_head && is_head(piece) || is_imprint(&piece.glyphs)) {
            continue;
        }
        taken[i] = true;
        let (before, told) = (masthead.clone(), notes.len());
        fields(piece, file, &mut masthead, notes, edits);
        if masthead == before && notes.len() == told {
            notes.push(Diagnostic::note(
                piece.glyphs.first().map(|g| g.place(file)),
                format!("`{}` in the page's head is not read", text(&piece.glyphs)),
            ));
        }
    }
    // A short name above a date or number is the paper's, whatever it is called.
    if let [first, second, ..] = pieces
        && let [false, true, ..] = taken[..]
        && (masthead.paper.is_empty() || is_section(&masthead.paper))
        && (masthead.date.is_some() || masthead.issue_number.is_some())
        && is_head(second)
        && (2..=8).contains(&first.glyphs.len())
        && first.glyphs.iter().all(|g| is_han(g.c))
    {
        let named = std::mem::replace(&mut masthead.paper, text(&first.glyphs));
        fill(&mut masthead.section, named);
        taken[0] = true;
    }
    if let Some(dated) = top::dated(pieces, &taken) {
        by_shape(
            &pieces[..=dated],
            &mut taken,
            &mut masthead,
            file,
            notes,
            edits,
        );
    }
    Head { masthead, taken }
}

/// What the lines above the one with the date say, whatever they are called.
fn by_shape(
    head: &[Piece],
    taken: &mut [bool],
    masthead: &mut Masthead,
    file: &str,
    notes: &mut Vec<Diagnostic>,
    edits: &mut Vec<Edit>,
) {
    for (piece, taken) in head.iter().zip(&mut *taken) {
        if !std::mem::replace(taken, true) {
            fields(piece, file, masthead, notes, edits);
        }
    }
    let (mut name, section) = top::names(&head[..head.len() - 1]);
    let misread = top::misread_end(&name).copied();
    let same = misread.is_some() && text(&name) == masthead.paper;
    if masthead.paper.is_empty() || is_section(&masthead.paper) || same {
        if let Some(glyph) = &misread {
            let edit = misread_as(glyph, '报', "so papers are called", file);
            notes.push(
                Diagnostic::doubt(
                    Some(glyph.place(file)),
                    format!("the paper's name `{}` was read as one of a 报", text(&name)),
                )
                .help("if it is called otherwise, write its name into `paper` of issue.toml"),
            );
            edits.push(edit);
            if let Some(last) = name.last_mut() {
                last.c = '报';
            }
        }
        masthead.paper = text(&name);
    }
    if !section.is_empty() && text(&name) == masthead.paper {
        masthead.section = Some(section);
    }
}

/// The paper's name and perhaps the number of the page: the head of every page,
/// wherever an OCR program put it.
pub(super) fn is_running_head(piece: &Piece, masthead: &Masthead) -> bool {
    let line = text(&piece.glyphs);
    let number = |c: char| c.is_ascii_digit() || matches!(c, '第' | '版' | '·' | '|');
    !masthead.paper.is_empty() && line.trim_matches(number) == masthead.paper
}

/// A line that only the head of a paper has.
fn is_imprint(glyphs: &[Glyph]) -> bool {
    let line = text(glyphs);
    let marks = ["国内统一", "连续出版物", "统一刊号", "邮发代号", "國內統一"];
    marks.iter().any(|m| line.contains(m)) || (cn_code(&line).is_some() && glyphs.len() < 80)
}

/// Whether every word of the piece is one of a head's.
pub(super) fn is_head(piece: &Piece) -> bool {
    let chars: Vec<char> = piece.glyphs.iter().map(|g| g.c).collect();
    let line: String = chars.iter().collect();
    let whole = paper::recognise(&line).is_some() || is_section(&line);
    if is_imprint(&piece.glyphs) || whole || furniture::page_line(piece).is_some() {
        return true;
    }
    // Dates and numbers are often spaced out, so they are taken off first; what
    // is left between them and the spaces are words.
    let mut cuts: Vec<bool> = vec![false; chars.len()];
    let found = [
        date::find(&chars).map(|d| d.1),
        serial::find(&chars).map(|n| n.1),
    ];
    found
        .iter()
        .flatten()
        .for_each(|range| cuts[range.clone()].fill(true));
    let mut words = vec![String::new()];
    for (i, c) in chars.iter().enumerate() {
        if cuts[i] || piece.gaps.binary_search_by_key(&i, |g| g.at).is_ok() {
            words.push(String::new());
        }
        if let (false, Some(word)) = (cuts[i], words.last_mut()) {
            word.push(*c);
        }
    }
    let owner = |w: &str| OWNERS.iter().any(|e| w.ends_with(e));
    let mark = |c: char| !c.is_alphanumeric();
    let known = |w: &&str| {
        let dated = is_weekday(w) || is_season(w);
        let known = is_section(w) || leaf::own(w).is_some() || dated || owner(w);
        let known = known || INTERNAL.contains(w);
        known || paper::recognise(w).is_some()
    };
    let words = words.iter().map(|w| w.trim_matches(mark));
    let words: Vec<&str> = words.filter(|w| !w.is_empty()).collect();
    let strange = words.iter().filter(|w| !known(w));
    let longest = strange.clone().map(|w| w.chars().count()).max();
    // Beside a date and a number nearly anything is of the head too: `内部资料`.
    let apart =
        |at: usize| at == chars.len() || mark(chars[at]) || piece.gaps.iter().any(|g| g.at == at);
    let both = found.iter().flatten().filter(|r| apart(r.end)).count() == 2;
    let few = strange.count() <= MOST_STRANGE && longest <= Some(LONGEST_STRANGE);
    longest.is_none() || both && few && !piece.glyphs.iter().any(|g| is_stop(g.c))
}

/// So many words of a head may be unknown, …
const MOST_STRANGE: usize = 3;
/// … each of so many characters at most.
const LONGEST_STRANGE: usize = 20;

/// What the names of those who make a paper are followed by.
const OWNERS: &[&str] = &[
    "主办", "主管", "承办", "协办", "出版", "编印", "编制", "印发",
];

/// What papers that nobody sells say of themselves.
const INTERNAL: &[&str] = &[
    "内部资料",
    "内部交流",
    "免费赠阅",
    "免费交流",
    "免费取阅",
    "赠阅",
    "准印证号",
];

/// `2026年秋`, `秋季刊`, `2026年10月号`.
fn is_season(word: &str) -> bool {
    let month = word.split_once('年').map_or("", |(_, rest)| rest);
    let month = month.trim_end_matches(['刊', '号']);
    if let Some(month) = month.strip_suffix('月') {
        return (1..=2).contains(&month.chars().count())
            && month
                .chars()
                .all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    }
    let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let word = word
        .trim_start_matches('年')
        .trim_end_matches(['刊', '号', '季']);
    matches!(word, "春" | "夏" | "秋" | "冬")
}

pub(super) fn is_section(word: &str) -> bool {
    let ends = ["版", "专刊", "周刊", "副刊", "特刊", "专版"];
    ((3..=8).contains(&word.chars().count()) || word == "副刊")
        && ends.iter().any(|e| word.ends_with(e))
        && word.chars().all(is_han)
        && leaf::own(word).is_none()
        && !["出版", "改版", "新版"].iter().any(|e| word.ends_with(e))
        && !["本期", "今日", "今天"].iter().any(|b| word.starts_with(b))
}

fn is_weekday(word: &str) -> bool {
    let Some(day) = word.strip_prefix("星期").or(word.strip_prefix("周")) else {
        return word.starts_with("农历");
    };
    day.chars().count() == 1 && day.chars().all(|c| "一二三四五六日天".contains(c))
}

/// Whether a piece of the head says nothing that is not in `head` word for word.
pub(super) fn is_told(piece: &Piece, head: &Masthead) -> bool {
    let line = text(&piece.glyphs);
    line == head.paper
        || Some(&line) == head.section.as_ref()
        || leaf::own(&line).is_some_and(|own| Some(own) == head.page)
}

#[cfg(test)]
mod tests {
    use super::super::piece::pieces;
    use super::*;

    fn read_text(page: &str) -> (Masthead, Vec<bool>, Vec<String>) {
        let mut notes = Vec::new();
        let head = read(&pieces(page), "p.txt", &mut notes, &mut Vec::new());
        (
            head.masthead,
            head.taken,
            notes.iter().map(|n| n.to_string()).collect(),
        )
    }

    #[test]
    fn a_head_of_one_line_is_read() {
        let (head, taken, notes) = read_text(
            "荷湾社区报 2026年11月20日 星期五 第12期 A05\n\n社区食堂今天开张\n\n今天，食堂开张了。",
        );
        assert_eq!(head.paper, "荷湾社区报");
        assert_eq!(head.date.as_deref(), Some("2026-11-20"));
        assert_eq!(head.issue_number.as_deref(), Some("12"));
        assert_eq!(head.page.as_deref(), Some("A05"));
        assert_eq!(
            (head.section, head.publisher, head.sponsor, head.cn_code),
            (None, None, None, None)
        );
        assert_eq!(taken, [true, false, false]);
        assert_eq!(notes, [""; 0]);
    }

    #[test]
    fn owners_and_numbers_are_read() {
        let (head, taken, _) = read_text(
            "荷湾社区报\n\n健康专刊\n\n国内统一连续出版物号 CN 31-0999 总第 345 期 主办：荷湾街道办事处 荷湾社区传媒有限公司出版",
        );
        assert_eq!(head.section.as_deref(), Some("健康专刊"));
        assert_eq!(head.cn_code.as_deref(), Some("CN31-0999"));
        assert_eq!(head.issue_number.as_deref(), Some("345"));
        assert_eq!(head.sponsor.as_deref(), Some("荷湾街道办事处"));
        assert_eq!(head.publisher.as_deref(), Some("荷湾社区传媒有限公司"));
        assert_eq!(taken, [true; 3]);
    }

    #[test]
    fn an_owner_run_together_with_the_date_is_read() {
        let (head, ..) = read_text("荷湾社区报\n\n2026年3月18日第56期荷湾街道办事处主办");
        assert_eq!(head.sponsor.as_deref(), Some("荷湾街道办事处"));
        assert_eq!(head.issue_number.as_deref(), Some("56"));
    }

    #[test]
    fn a_day_that_is_none_is_doubted() {
        let (head, _, notes) = read_text("荷湾社区报\n\n2026年2月30日");
        assert_eq!(head.date, None);
        assert_eq!(
            notes,
            [
                "doubt: the calendar has no day `2026年2月30日`; the issue has no date\n  --> p.txt:3:1\n  help: look at the printed page and write the day into `date` of issue.toml"
            ]
        );
    }

    #[test]
    fn a_misread_name_is_doubted() {
        let (head, _, notes) = read_text("新氏晚報");
        assert_eq!(head.paper, "新民晚报");
        assert_eq!(
            notes,
            [
                "doubt: the paper's name `新氏晚報` was read as `新民晚报`\n  --> p.txt:1:1\n  help: if that is another paper, write its name into `paper` of issue.toml"
            ]
        );
    }

    #[test]
    fn headlines_and_prose_are_no_head() {
        let (head, taken, _) = read_text("小区换新颜\n\n2026年1月1日起执行新规\n\n第3期编织班开班");
        assert_eq!(head, Masthead::default());
        assert_eq!(taken, [false; 3]);
    }
}
