//! What an editor should know about how a text is read. Few and useful: what
//! is not spoken, what is spelled, figures that may mean something else, and
//! readings that were hardly likelier than another.

use super::normalise::{Normalised, Piece, Why};
use super::words::Line;
use super::{Explanation, FrontEnd};
use crate::diag::Diagnostic;
use crate::model::SourceText;

/// A choice below this is told as a doubt.
const UNSURE: f32 = 0.6;

/// The remarks on one text, in its order.
pub(super) fn remarks(
    front: &FrontEnd,
    text: &SourceText,
    normalised: &Normalised,
    line: &Line,
) -> Vec<Diagnostic> {
    let mut notes: Vec<(usize, Diagnostic)> = Vec::new();
    for piece in &normalised.pieces {
        let note = match piece.why {
            Why::Unsaid => Some(unsaid(text, piece)),
            Why::Row(rule) => unusual(text, normalised, piece, rule),
            _ => None,
        };
        notes.extend(note.map(|n| (piece.display.start, n)));
    }
    for range in &normalised.spelled {
        let word = &text.text[range.clone()];
        let note = Diagnostic::note(
            text.place_at(range.start),
            format!("`{word}` is spelled letter by letter"),
        )
        .help("give it a reading under [lexicon] in issue.toml if it is said as a word");
        notes.push((range.start, note));
    }
    if any_unsure(line) {
        notes.extend(unsure(text, &front.explain(text)));
    }
    notes.sort_by_key(|(at, _)| *at);
    notes.into_iter().map(|(_, note)| note).collect()
}

fn unsaid(text: &SourceText, piece: &Piece) -> Diagnostic {
    let lost = &text.text[piece.display.clone()];
    let place = text.place_at(piece.display.start);
    if lost.chars().any(char::is_alphabetic) {
        Diagnostic::omission(place, format!("no reading is known for `{lost}`"))
            .help("give it one under [lexicon] in issue.toml, or write it in other words")
    } else {
        Diagnostic::note(place, format!("`{lost}` is not spoken"))
    }
}

/// Figures that nothing around them explains, and ranges that go down.
fn unusual(
    text: &SourceText,
    normalised: &Normalised,
    piece: &Piece,
    rule: &str,
) -> Option<Diagnostic> {
    let printed = &text.text[piece.display.clone()];
    let said = normalised.spoken[piece.spoken.clone()].trim();
    let place = text.place_at(piece.display.start);
    match rule {
        "digits" if printed.chars().count() > 1 => Some(
            Diagnostic::doubt(place, format!("`{printed}` is read digit by digit, {said}")).help(
                format!(
                    "add `\"{printed}\" = {{ read = \"value\" }}` under [lexicon] in issue.toml \
                     if it is a number"
                ),
            ),
        ),
        "range" if goes_down(printed) => Some(
            Diagnostic::doubt(place, format!("`{printed}` is read as a range, {said}")).help(
                format!(
                    "add `\"{printed}\" = {{ say = \"…\" }}` under [lexicon] in issue.toml if it \
                     is a score or a number"
                ),
            ),
        ),
        _ => None,
    }
}

/// Whether the second number of a range is not above the first.
fn goes_down(range: &str) -> bool {
    let numbers: Vec<f64> = range
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|n| n.parse().ok())
        .collect();
    matches!(numbers[..], [a, b] if b <= a)
}

/// Whether anything was weighed and hardly likelier than something else.
fn any_unsure(line: &Line) -> bool {
    line.by.iter().any(|c| is_unsure(c.confidence))
}

fn is_unsure(confidence: Option<f32>) -> bool {
    confidence.is_some_and(|p| p < UNSURE)
}

/// The readings that were hardly likelier than another, with the line that
/// would change them.
fn unsure(text: &SourceText, explanation: &Explanation) -> Vec<(usize, Diagnostic)> {
    let mut notes = Vec::new();
    for span in &explanation.spans {
        let word = explanation.printed(span);
        for (k, decision) in span.syllables.iter().enumerate() {
            let other = decision.alternatives.first().map(|a| &a.syllable);
            let (Some(sure), Some(other)) = (
                decision
                    .confidence
                    .filter(|_| is_unsure(decision.confidence)),
                other,
            ) else {
                continue;
            };
            let at = decision.display.start;
            let character = &decision.text;
            let whose = match span.syllables.len() {
                1 => format!("`{character}`"),
                _ => format!("`{character}` in `{word}`"),
            };
            let help = if span.syllables.len() == 1 {
                // Alone in a lexicon it would be read so everywhere.
                format!("write `{{{character}|{other}}}` there if that is how it is read")
            } else {
                let mut readings: Vec<String> = (span.syllables.iter())
                    .map(|d| d.citation.to_string())
                    .collect();
                readings[k] = other.to_string();
                format!(
                    "add `\"{word}\" = \"{}\"` under [lexicon] in issue.toml if it is read so",
                    readings.join(" ")
                )
            };
            let message = format!(
                "{whose} is read {}, {:.0} % sure; it could be {other}",
                decision.citation,
                100.0 * sure
            );
            notes.push((at, Diagnostic::doubt(text.place_at(at), message).help(help)));
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Severity;

    fn notes(text: &str) -> Vec<Diagnostic> {
        let front = FrontEnd::new(&[]).unwrap();
        front.read(&SourceText::made(text)).notes
    }

    #[test]
    fn figures_that_nothing_explains_are_doubted() {
        let told = notes("墙上写着4210，没有人明白。");
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].severity, Severity::Doubt);
        assert_eq!(told[0].message, "`4210` is read digit by digit, 四二一零");
        assert_eq!(
            told[0].help.as_deref(),
            Some(
                "add `\"4210\" = { read = \"value\" }` under [lexicon] in issue.toml if it is a number"
            )
        );
        let told = notes("库存9~7箱。");
        assert_eq!(told[0].message, "`9~7` is read as a range, 九至七");
        for plain in [
            "共有4210人",
            "302室",
            "7-9岁",
            "3月5日",
            "拨打12345",
            "第5届",
        ] {
            assert_eq!(notes(plain), [], "{plain}");
        }
    }

    #[test]
    fn an_unsure_reading_names_the_line_that_would_change_it() {
        let front = FrontEnd::new(&[]).unwrap();
        let text = SourceText::made("着，银行");
        let mut explanation = front.explain(&text);
        assert!(unsure(&text, &explanation).is_empty());
        for span in &mut explanation.spans {
            if let Some(last) = span.syllables.last_mut() {
                last.confidence = Some(0.55);
                last.alternatives.truncate(1);
            }
        }
        let told: Vec<_> = unsure(&text, &explanation)
            .into_iter()
            .map(|(at, d)| (at, d.message, d.help.unwrap()))
            .collect();
        assert_eq!(
            told,
            [
                (
                    0,
                    "`着` is read zhe5, 55 % sure; it could be zhao2".to_string(),
                    "write `{着|zhao2}` there if that is how it is read".to_string()
                ),
                (
                    9,
                    "`行` in `银行` is read hang2, 55 % sure; it could be xing2".to_string(),
                    "add `\"银行\" = \"yin2 xing2\"` under [lexicon] in issue.toml if it is read so"
                        .to_string()
                ),
            ]
        );
    }
}
