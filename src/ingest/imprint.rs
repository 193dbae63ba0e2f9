//! What a line in the head of a page says: date, number, page, owners.

use super::date::{self, Date};
use super::furniture;
use super::glyph::{Glyph, text};
use super::leaf;
use super::masthead::is_section;
use super::paper::{self, Paper};
use super::piece::Piece;
use super::serial;
use crate::diag::{Diagnostic, Place};
use crate::model::{Edit, Masthead};

/// Adds what the piece says to what is known; the first to say it is right.
pub(super) fn fields(
    piece: &Piece,
    file: &str,
    head: &mut Masthead,
    notes: &mut Vec<Diagnostic>,
    edits: &mut Vec<Edit>,
) {
    let line = text(&piece.glyphs);
    let chars: Vec<char> = line.chars().collect();
    let place = || piece.glyphs.first().map(|g| g.place(file));
    match date::find(&chars) {
        Some((Date::Real(date), range)) => {
            fill(&mut head.date, date);
            let last = piece.glyphs.get(range.end - 1).filter(|g| g.c == '曰');
            edits.extend(last.map(|g| misread_as(g, '日', "a date ends with it", file)));
        }
        Some((Date::Impossible(printed), _)) => notes.push(no_such_day(&printed, place())),
        None => {}
    }
    if let Some((number, _)) = serial::find(&chars) {
        fill(&mut head.issue_number, number);
    }
    if let Some(code) = cn_code(&line) {
        fill(&mut head.cn_code, code);
    }
    if let Some(section) = furniture::page_line(piece).and_then(|l| l.section) {
        fill(&mut head.section, section);
    }
    for segment in piece.segments() {
        let word = text(segment);
        if let Some(page) = word.split(is_mark).find_map(leaf::own) {
            fill(&mut head.page, page);
        }
        let whole = [word.as_str(), line.as_str()];
        if head.paper.is_empty() {
            let found = whole.iter().find_map(|w| Some((*w, paper::recognise(w)?)));
            match found {
                Some((printed, Paper::Unknown)) => head.paper = printed.to_string(),
                Some((_, Paper::Known(name))) => head.paper = name.to_string(),
                Some((printed, Paper::Misread(name))) => {
                    head.paper = name.to_string();
                    let glyphs = if printed == line {
                        &piece.glyphs[..]
                    } else {
                        segment
                    };
                    edits.extend(misread(glyphs, name, file));
                    notes.push(
                        Diagnostic::doubt(
                            segment.first().map(|g| g.place(file)),
                            format!("the paper's name `{printed}` was read as `{name}`"),
                        )
                        .help(
                            "if that is another paper, write its name into `paper` of issue.toml",
                        ),
                    );
                }
                None => {}
            }
        }
        let named = |w: &&&str| is_section(w) && **w != head.paper;
        if let Some(section) = whole.iter().find(named) {
            fill(&mut head.section, section.to_string());
        }
        for part in word.split(|c| is_mark(c) && c != '、') {
            owners(&undated(part), head);
        }
    }
}

/// What was read for another character in the name of a known paper.
fn misread(printed: &[Glyph], name: &str, file: &str) -> Option<Edit> {
    let (glyph, right) = printed
        .iter()
        .zip(name.chars())
        .find(|(glyph, right)| paper::is_misread(glyph.c, *right))?;
    let why = format!("the paper is called `{name}`");
    Some(misread_as(glyph, right, &why, file))
}

/// The edit of a character of the head for which another was read.
pub(super) fn misread_as(glyph: &Glyph, right: char, why: &str, file: &str) -> Edit {
    Edit {
        file: file.to_string(),
        line: glyph.line,
        col: glyph.col,
        wrong: glyph.c,
        right,
        confidence: 0.99,
        reason: why.to_string(),
        candidates: vec![right],
        applied: true,
    }
}

/// What parts the entries of a line in the head.
fn is_mark(c: char) -> bool {
    matches!(c, '·' | '•' | '，' | ',' | '、' | '；' | ';' | '|' | '｜')
}

fn no_such_day(printed: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::doubt(
        place,
        format!("the calendar has no day `{printed}`; the issue has no date"),
    )
    .help("look at the printed page and write the day into `date` of issue.toml")
}

/// The first to say something is right.
pub(super) fn fill(field: &mut Option<String>, value: String) {
    if !value.is_empty() {
        field.get_or_insert(value);
    }
}

/// Without date and number, which an OCR program may have run together with
/// the owner's name.
fn undated(part: &str) -> String {
    let mut chars: Vec<char> = part.chars().collect();
    if let Some((_, range)) = date::find(&chars) {
        chars.drain(range);
    }
    if let Some((_, range)) = serial::find(&chars) {
        chars.drain(range);
    }
    chars.into_iter().collect()
}

/// `某某集团主管主办`, `主办：某某`, `某某公司出版`.
fn owners(part: &str, head: &mut Masthead) {
    let marks = [':', '：'];
    let (before, behind) = part.split_once(marks).unwrap_or((part, ""));
    let role = |w: &str| w.contains("主办") || w.contains("主管");
    let press = |w: &str| matches!(w, "出版" | "出版单位" | "编辑出版" | "出版发行");
    if !behind.is_empty() && role(before) {
        fill(&mut head.sponsor, behind.to_string());
    } else if !behind.is_empty() && press(before) {
        fill(&mut head.publisher, behind.to_string());
    } else if ["主办", "主管"].iter().any(|s| part.ends_with(s)) {
        let name = part
            .trim_end_matches("主办")
            .trim_end_matches("主管")
            .trim_end_matches("主办");
        fill(&mut head.sponsor, name.to_string());
    } else if let Some(name) = ["出版", "编印", "编制", "印发"]
        .iter()
        .find_map(|e| part.strip_suffix(e))
    {
        fill(
            &mut head.publisher,
            name.trim_end_matches("编辑").to_string(),
        );
    }
}

/// `CN31-0062`, with or without a hyphen or slash behind `CN`.
pub(super) fn cn_code(line: &str) -> Option<String> {
    line.match_indices("CN").find_map(|(i, _)| {
        let rest = line[i + 2..].trim_start_matches(['-', ':', '：']);
        let (region, number) = (rest.get(..2)?, rest.get(3..7)?);
        let figures = |s: &str| s.chars().all(|c| c.is_ascii_digit());
        (figures(region) && figures(number) && matches!(rest.get(2..3), Some("-")))
            .then(|| format!("CN{region}-{number}"))
    })
}
