//! Plain text that is clean already: its spaces are the writer's own.

use crate::model::{Article, BlockKind, SourceText};

/// Gives the blocks of clean text their spaces back.
///
/// The reading of pages takes white space beside Chinese characters for what
/// an OCR program left. A text is clean when every paragraph stands on one line
/// and no space parts two Chinese characters inside a sentence; then spaces
/// such as those in `26 种菜` were written, and a block becomes its line again
/// when it differs from it in nothing else.
///
/// `text` is the decoded page of the name `file`.
pub fn keep_spaces(file: &str, text: &str, articles: &mut [Article]) {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut blocks: Vec<&mut SourceText> = articles
        .iter_mut()
        .filter(|a| a.read)
        .flat_map(|a| a.blocks.iter_mut())
        .filter(|b| b.kind != BlockKind::Subhead && b.text.file == file)
        .map(|b| &mut b.text)
        .collect();
    let clean = |b: &&mut SourceText| line_of(b, &lines).is_some_and(|l| !has_torn_words(l));
    if !blocks.iter().all(clean) {
        return;
    }
    for block in &mut blocks {
        if let (Some(line), Some(place)) = (line_of(block, &lines), block.place())
            && line != block.text
            && bare(line) == bare(&block.text)
        {
            **block = SourceText::at(line, place);
        }
    }
}

/// The line that the block stands on, from its first character on; `None` when
/// it stands on several.
fn line_of<'a>(block: &SourceText, lines: &[&'a str]) -> Option<&'a str> {
    let first = *block.anchors.first()?;
    let line = lines.get((first.line as usize).checked_sub(1)?)?;
    let (at, _) = line.char_indices().nth(first.col as usize)?;
    let one = block.anchors.iter().all(|a| a.line == first.line);
    one.then(|| line[at..].trim_end())
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a space, or another run of white space than one, stands between
/// Chinese characters.
fn has_torn_words(line: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    let han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}');
    chars
        .windows(2)
        .any(|w| w[0].is_whitespace() && w[1].is_whitespace())
        || chars
            .windows(3)
            .any(|w| w[1].is_whitespace() && han(w[0]) && han(w[2]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{PageFile, Repairs, read_pages};
    use crate::model::Repair;

    fn bodies(text: &str) -> Vec<String> {
        let page = PageFile {
            name: "p.txt".into(),
            bytes: text.into(),
        };
        let repairs = Repairs {
            model: None,
            how: Repair::Off,
        };
        let mut articles = read_pages(&[page], repairs).unwrap().value.issue.articles;
        keep_spaces("p.txt", text, &mut articles);
        articles
            .iter()
            .flat_map(|a| &a.blocks)
            .map(|b| b.text.text.clone())
            .collect()
    }

    #[test]
    fn clean_text_keeps_its_spaces() {
        let body = [
            "荷湾社区食堂今天上午开张，首日供应 26 种菜品，60 岁以上老人享受 8 折。",
            "咨询电话 021-55551234，与 Open Day 活动同步推出。",
        ];
        assert_eq!(
            bodies(&format!("社区食堂今天开张\n\n{}\n\n{}\n", body[0], body[1])),
            body
        );
    }

    #[test]
    fn spaces_of_an_ocr_program_are_none() {
        assert_eq!(
            bodies(
                "社区食堂今天开张\n\n荷湾社区食堂今天上午开张，首日供应 26 种菜品， 60 岁以上老\n\
                 人享受 8 折。\n\n咨询电话 021-55551234，与活动同步推出。"
            ),
            [
                "荷湾社区食堂今天上午开张，首日供应26种菜品，60岁以上老人享受8折。",
                "咨询电话021-55551234，与活动同步推出。"
            ]
        );
    }
}
