//! Punctuation and quotation marks to the forms of Chinese print. A mark that
//! is changed keeps its place.

use super::chars::{is_clause, is_han, is_stop, is_wide_punct};
use super::piece::Glyph;
use crate::diag::{Diagnostic, Place};

/// Sets the marks of a paragraph or heading right.
pub(super) fn set_right(glyphs: &mut [Glyph], file: &str, notes: &mut Vec<Diagnostic>) {
    widen(glyphs);
    pair_quotes(glyphs, file, notes);
}

/// What the nearest letter, digit or character beside a mark is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Nothing,
    Han,
    Other,
}

/// Makes half-width punctuation full-width where a Chinese character is the
/// nearest thing on either side; inside numbers, codes, times, addresses of
/// the web and of mail it stays.
fn widen(glyphs: &mut [Glyph]) {
    let before = neighbours(glyphs.iter());
    let mut after = neighbours(glyphs.iter().rev());
    after.reverse();
    let kept = inside_addresses(glyphs);
    let partner = brackets(glyphs);
    let original: Vec<char> = glyphs.iter().map(|g| g.c).collect();
    let alnum = |i: Option<usize>| {
        i.and_then(|i| original.get(i))
            .is_some_and(char::is_ascii_alphanumeric)
    };
    let han = |i: usize| before[i] == Beside::Han || after[i] == Beside::Han;
    for i in 0..glyphs.len() {
        let left = i.checked_sub(1);
        let inside = alnum(left) && alnum(Some(i + 1));
        let wide = match original[i] {
            _ if kept[i] => continue,
            ',' if !inside && han(i) => '，',
            ':' if !inside && han(i) => '：',
            ';' if !inside && han(i) => '；',
            '!' if !inside && han(i) => '！',
            '?' if !inside && han(i) => '？',
            '.' if ends_sentence(&original, i, before[i], after[i]) => '。',
            '(' | ')' => match partner[i] {
                Some(j) if chinese_brackets(&original, i.min(j), i.max(j), &before, &after) => {
                    if original[i] == '(' {
                        '（'
                    } else {
                        '）'
                    }
                }
                None if han(i) => {
                    if original[i] == '(' {
                        '（'
                    } else {
                        '）'
                    }
                }
                _ => continue,
            },
            _ => continue,
        };
        glyphs[i].c = wide;
    }
}

/// For every glyph, what the nearest character before it (in the order given)
/// is, marks and spaces not counted.
fn neighbours<'a>(glyphs: impl Iterator<Item = &'a Glyph>) -> Vec<Beside> {
    let mut last = Beside::Nothing;
    glyphs
        .map(|g| {
            let seen = last;
            if is_han(g.c) {
                last = Beside::Han;
            } else if g.c.is_alphanumeric() {
                last = Beside::Other;
            }
            seen
        })
        .collect()
}

/// An ASCII full stop is one of Chinese only right behind a Chinese character
/// (or what closes behind it) and not in a row of dots.
fn ends_sentence(text: &[char], i: usize, before: Beside, after: Beside) -> bool {
    let left = i.checked_sub(1).map(|j| text[j]);
    let right = text.get(i + 1).copied();
    let dots = left == Some('.') || right == Some('.');
    let behind = left.is_some_and(|c| is_han(c) || super::chars::is_closer(c) || c == '%');
    !dots
        && behind
        && before != Beside::Nothing
        && (before == Beside::Han || after == Beside::Han)
        && after != Beside::Other
}

/// Brackets are Chinese when a Chinese character stands in or beside them,
/// unless they hold the area code of a number that goes on behind them.
fn chinese_brackets(
    text: &[char],
    open: usize,
    close: usize,
    before: &[Beside],
    after: &[Beside],
) -> bool {
    let digit = |i: Option<&char>| i.is_some_and(char::is_ascii_digit);
    if digit(text.get(open + 1)) && digit(text.get(close + 1)) {
        return false;
    }
    [before[open], after[open], before[close], after[close]].contains(&Beside::Han)
}

/// The partner of every ASCII bracket that has one.
fn brackets(glyphs: &[Glyph]) -> Vec<Option<usize>> {
    let mut partner = vec![None; glyphs.len()];
    let mut open = Vec::new();
    for (i, g) in glyphs.iter().enumerate() {
        match g.c {
            '(' => open.push(i),
            ')' => {
                if let Some(j) = open.pop() {
                    partner[i] = Some(j);
                    partner[j] = Some(i);
                }
            }
            _ => {}
        }
    }
    partner
}

/// Marks everything inside an address of the web or of mail, but not the marks
/// that follow it.
fn inside_addresses(glyphs: &[Glyph]) -> Vec<bool> {
    let mut kept = vec![false; glyphs.len()];
    let mut i = 0;
    while i < glyphs.len() {
        let run = glyphs[i..]
            .iter()
            .take_while(|g| g.c.is_ascii_graphic())
            .count();
        if run == 0 {
            i += 1;
            continue;
        }
        let text: String = glyphs[i..i + run].iter().map(|g| g.c).collect();
        let mail = text
            .find('@')
            .is_some_and(|at| at > 0 && text[at..].contains('.'));
        if mail || text.contains("://") || text.contains("www.") {
            let begin = text.find("http").or(text.find("www.")).unwrap_or(0);
            let end = text
                .trim_end_matches([',', '.', ':', ';', '!', '?', ')', '"', '\''])
                .len();
            kept[i + begin.min(end)..i + end].fill(true);
        }
        i += run;
    }
    kept
}

/// Straight quotation marks to curly ones, nested ones too; curly ones stay.
/// Those without a partner are one doubt a paragraph.
fn pair_quotes(glyphs: &mut [Glyph], file: &str, notes: &mut Vec<Diagnostic>) {
    // What is open: its opening mark and where it stands.
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut lonely: Vec<usize> = Vec::new();
    let original: Vec<char> = glyphs.iter().map(|g| g.c).collect();
    for i in 0..glyphs.len() {
        let prev = i.checked_sub(1).map(|j| original[j]);
        let next = original.get(i + 1).copied();
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        match original[i] {
            '"' => {
                let pending = open.iter().rposition(|(q, _)| *q == '“');
                let just_opened = prev.is_some() && open.last().is_some_and(|o| o.1 + 1 == i);
                glyphs[i].c = match pending {
                    // `""` at the beginning: a quotation inside a quotation.
                    Some(_) if just_opened && !closes(next) => push(&mut open, '‘', i),
                    Some(_)
                        if open
                            .last()
                            .is_some_and(|o| o.0 == '‘' && original[o.1] == '"') =>
                    {
                        open.pop();
                        '’'
                    }
                    Some(_) if introduces(prev) => push(&mut open, '“', i),
                    Some(at) => {
                        lonely.extend(open.drain(at + 1..).map(|o| o.1));
                        open.pop();
                        '”'
                    }
                    None if prev.is_some() && closes(next) && !introduces(prev) => {
                        lonely.push(i);
                        '”'
                    }
                    None => push(&mut open, '“', i),
                };
            }
            '\'' if letter(prev) && letter(next) => glyphs[i].c = '’',
            '\'' => {
                glyphs[i].c = if open.last().is_some_and(|(q, _)| *q == '‘') {
                    open.pop();
                    '’'
                } else if prev.is_some() && closes(next) && !introduces(prev) {
                    // `the residents'` is an apostrophe, anything else a doubt.
                    if !letter(prev) {
                        lonely.push(i);
                    }
                    '’'
                } else {
                    push(&mut open, '‘', i)
                };
            }
            c @ ('“' | '‘') => open.push((c, i)),
            '”' => shut(&mut open, '“', i, &mut lonely),
            '’' if letter(prev) && letter(next) => {}
            '’' => shut(&mut open, '‘', i, &mut lonely),
            _ => {}
        }
    }
    lonely.extend(open.iter().map(|o| o.1));
    if let Some(first) = lonely.iter().min().map(|i| glyphs[*i]) {
        let place = Place::new(file, first.line, first.col);
        let message = match lonely.len() {
            1 => format!("the quotation mark {} has no partner", first.c),
            n => format!(
                "{n} quotation marks have no partner, the first is {}",
                first.c
            ),
        };
        notes.push(
            Diagnostic::doubt(Some(place), message)
                .help("put in the missing mark, or take this one out"),
        );
    }
}

fn push(open: &mut Vec<(char, usize)>, quote: char, at: usize) -> char {
    open.push((quote, at));
    quote
}

/// A curly closing mark closes the nearest opening mark of its kind; what was
/// opened inside and never closed has no partner.
fn shut(open: &mut Vec<(char, usize)>, quote: char, at: usize, lonely: &mut Vec<usize>) {
    match open.iter().rposition(|(q, _)| *q == quote) {
        Some(i) => {
            lonely.extend(open.drain(i + 1..).map(|o| o.1));
            open.pop();
        }
        None => lonely.push(at),
    }
}

/// Whether a mark before this can only be a closing one.
fn closes(next: Option<char>) -> bool {
    next.is_none_or(|c| is_stop(c) || is_clause(c) || matches!(c, '）' | ')' | '：' | '》'))
}

/// Whether a mark behind this can only be an opening one.
fn introduces(prev: Option<char>) -> bool {
    prev.is_some_and(|c| {
        matches!(c, '：' | ':' | '（' | '(' | '《')
            || (is_wide_punct(c) && matches!(c, '，' | '、'))
    })
}

#[cfg(test)]
mod tests {
    use super::super::piece::tests::piece;
    use super::*;

    fn set(text: &str) -> (String, Vec<String>) {
        let mut glyphs: Vec<Glyph> = text
            .chars()
            .enumerate()
            .map(|(col, c)| Glyph {
                c,
                line: 1,
                col: col as u32,
            })
            .collect();
        let mut notes = Vec::new();
        set_right(&mut glyphs, "p", &mut notes);
        let notes = notes.iter().map(|n| n.to_string()).collect();
        (glyphs.iter().map(|g| g.c).collect(), notes)
    }

    fn check(cases: &[(&str, &str)]) {
        for (from, to) in cases {
            assert_eq!(set(from), (to.to_string(), vec![]), "from {from}");
        }
    }

    #[test]
    fn marks_become_wide_in_chinese_and_stay_elsewhere() {
        check(&[
            (
                "今年,江秋新苑;真的!好吗?对:好",
                "今年，江秋新苑；真的！好吗？对：好",
            ),
            (
                "约为19.9万平方米,占95.05%,共1,200户",
                "约为19.9万平方米，占95.05%，共1,200户",
            ),
            (
                "编号:CFCP-1720160673,CN31-0062",
                "编号：CFCP-1720160673,CN31-0062",
            ),
            ("时间为8:30至17:00,比分3:2.", "时间为8:30至17:00，比分3:2."),
            (
                "(非)机动车,项目(CFCP)启动",
                "（非）机动车，项目（CFCP）启动",
            ),
            ("致电(021)65120000咨询", "致电(021)65120000咨询"),
            ("\u{7406}念.其管理.", "理念。其管理。"),
            ("等等...以后", "等等...以后"),
            (
                "网址http://a.cn/b?c=1,d:2,邮箱me.you@a.cn,谢谢",
                "网址http://a.cn/b?c=1,d:2，邮箱me.you@a.cn，谢谢",
            ),
            ("Hello, world!", "Hello, world!"),
            ("3·15公益+市场", "3·15公益+市场"),
        ]);
    }

    #[test]
    fn quotes_are_paired_and_nested() {
        check(&[
            (
                "的\"'江秋屋里巷'从社区'共同治理'迈向'治理共同体'\"项目",
                "的“‘江秋屋里巷’从社区‘共同治理’迈向‘治理共同体’”项目",
            ),
            (
                "\"共享课堂\"\"兴趣'家'课堂\"\"加油站\"等",
                "“共享课堂”“兴趣‘家’课堂”“加油站”等",
            ),
            ("“已经”是‘弯的’", "“已经”是‘弯的’"),
            ("“半弯\"的\"半直”", "“半弯”的“半直”"),
            ("他说:\"好!\"走了", "他说：“好！”走了"),
            ("\"\"马上就办\"精神\"很好", "“‘马上就办’精神”很好"),
            ("It's the people's", "It’s the people’s"),
        ]);
    }

    #[test]
    fn a_mark_without_partner_is_a_doubt_with_its_place() {
        let help = "\n  help: put in the missing mark, or take this one out";
        for (from, to, message) in [
            (
                "自我\"造血功能。",
                "自我“造血功能。",
                "doubt: the quotation mark “ has no partner\n  --> p:1:3",
            ),
            (
                "自我造血\"。功能",
                "自我造血”。功能",
                "doubt: the quotation mark ” has no partner\n  --> p:1:5",
            ),
            (
                "一’二”三",
                "一’二”三",
                "doubt: 2 quotation marks have no partner, the first is ’\n  --> p:1:2",
            ),
            (
                "说:\"一,又说:\"二\"",
                "说：“一，又说：“二”",
                "doubt: the quotation mark “ has no partner\n  --> p:1:3",
            ),
        ] {
            assert_eq!(
                set(from),
                (to.to_string(), vec![format!("{message}{help}")])
            );
        }
    }

    #[test]
    fn a_widened_mark_keeps_its_place() {
        let mut glyphs = piece("今年,好").glyphs;
        set_right(&mut glyphs, "p", &mut Vec::new());
        assert_eq!((glyphs[2].c, glyphs[2].col), ('，', 2));
    }
}
