//! The running number of an issue: `总第 8545 期`, `第12期`.

use std::ops::Range;

use super::date;

/// What stands before the figures, that of the running number first.
const MARKS: [&str; 3] = ["总第", "總第", "第"];

/// The figures, and where all of it stands in the line.
pub(super) fn find(line: &[char]) -> Option<(String, Range<usize>)> {
    MARKS.iter().find_map(|mark| {
        (0..line.len()).find_map(|i| {
            let (figures, length) = marked(mark, &line[i..])?;
            Some((figures, i..i + length))
        })
    })
}

/// How long the number is that the line begins with.
pub(super) fn at_start(line: &[char]) -> Option<usize> {
    MARKS.iter().find_map(|mark| Some(marked(mark, line)?.1))
}

fn marked(mark: &str, line: &[char]) -> Option<(String, usize)> {
    let mark: Vec<char> = mark.chars().collect();
    let rest = line.strip_prefix(mark.as_slice())?;
    let mut figures: String = rest.iter().take(7).map_while(|c| figure(*c)).collect();
    let mut taken = figures.len();
    if let (0, Some((number, n))) = (taken, date::number(rest, 4)) {
        (figures, taken) = (number.to_string(), n);
    }
    let is_number = (1..=6).contains(&figures.len()) && rest.get(taken) == Some(&'期');
    is_number.then_some((figures, mark.len() + taken + 1))
}

fn figure(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_anywhere_and_at_the_beginning() {
        let chars = |t: &str| t.chars().collect::<Vec<char>>();
        let found = |t: &str| find(&chars(t)).map(|f| f.0);
        assert_eq!(found("2026年第12期总第215期").as_deref(), Some("215"));
        assert_eq!(found("第十二期").as_deref(), Some("12"));
        assert_eq!(found("第2版"), None);
        let long = |t: &str| at_start(&chars(t));
        assert_eq!(long("总第215期 综合"), Some(6));
        assert_eq!(long("第12期总第215期"), Some(4));
        assert_eq!(long("综合 第12期"), None);
        assert_eq!(long("第2版"), None);
    }
}
