//! The first and last words of an item, as a presenter wants them on paper.

use crate::model::Cue;

/// So many characters of a text in characters …
const CHARACTERS: usize = 14;
/// … and so many words of one in words are enough to know it by.
const WORDS: usize = 7;

/// The first words that are heard.
pub fn in_cue(cues: &[Cue]) -> String {
    cues.iter().find_map(|c| first(&c.text)).unwrap_or_default()
}

/// The last words that are heard.
pub fn out_cue(cues: &[Cue]) -> String {
    (cues.iter().rev())
        .find_map(|c| last(&c.text))
        .unwrap_or_default()
}

fn first(text: &str) -> Option<String> {
    let text = told(text)?;
    if in_words(&text) {
        let words: Vec<&str> = text.split(' ').collect();
        return Some(match words.len() > WORDS {
            true => format!("{} …", words[..WORDS].join(" ")),
            false => text,
        });
    }
    match text.char_indices().nth(CHARACTERS) {
        Some((at, _)) if text[at..].chars().nth(1).is_some() => {
            // Half a number is another number.
            let head = match text[at..].starts_with(|c: char| c.is_ascii_digit()) {
                true => text[..at].trim_end_matches(|c: char| c.is_ascii_digit()),
                false => &text[..at],
            };
            Some(format!("{head}…"))
        }
        _ => Some(text),
    }
}

fn last(text: &str) -> Option<String> {
    let text = told(text)?;
    if in_words(&text) {
        let words: Vec<&str> = text.split(' ').collect();
        return Some(match words.len() > WORDS {
            true => format!("… {}", words[words.len() - WORDS..].join(" ")),
            false => text,
        });
    }
    let count = text.chars().count();
    match count > CHARACTERS + 1 {
        true => Some(format!(
            "…{}",
            text.chars().skip(count - CHARACTERS).collect::<String>()
        )),
        false => Some(text),
    }
}

/// The text in one line; `None` when there are no words in it.
fn told(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().any(char::is_alphanumeric).then_some(line)
}

/// Whether a text is written in words with spaces between.
fn in_words(text: &str) -> bool {
    let (mut words, mut characters) = (0, 0);
    for c in text.chars() {
        match c {
            ' ' => words += 1,
            '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
                characters += 1;
            }
            _ => {}
        }
    }
    words > characters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_words_are_enough() {
        assert_eq!(first("菜场搬家").unwrap(), "菜场搬家");
        assert_eq!(
            first("  “荷湾菜场”下周一\n搬到桥东，摊位多了一倍。").unwrap(),
            "“荷湾菜场”下周一 搬到桥东…"
        );
        assert_eq!(
            last("“荷湾菜场”下周一搬到桥东，摊位多了一倍。").unwrap(),
            "…周一搬到桥东，摊位多了一倍。"
        );
        assert_eq!(
            first("The market moves to the east bank next Monday.").unwrap(),
            "The market moves to the east bank …"
        );
        assert_eq!(last("It opens at six.").unwrap(), "It opens at six.");
        assert_eq!(first(" *** "), None);
        assert_eq!(
            first("欢迎收听《荷湾社区报》，2026年11月24日。").unwrap(),
            "欢迎收听《荷湾社区报》，…"
        );
        // Nothing is cut for one last mark.
        assert_eq!(
            first("一二三四五六七八九十一二三四。")
                .unwrap()
                .chars()
                .count(),
            15
        );
    }
}
