//! Text of markup → one clean line; rows of tables → one sentence each.

/// One line of text: white space becomes one space, and none where the break
/// of a source line stood beside a Chinese character; marks that nobody sees
/// are gone. No other character is changed.
pub(super) fn tidy(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    // Whether white space is open, and whether it held a line end.
    let mut space: Option<bool> = None;
    for c in text.chars() {
        if is_unseen(c) {
            continue;
        }
        if c.is_whitespace() || c.is_control() {
            space = Some(space == Some(true) || c == '\n' || c == '\r');
            continue;
        }
        if let Some(line_end) = space.take()
            && let Some(before) = line.chars().next_back()
            && !(line_end && (is_east_asian(before) || is_east_asian(c)))
        {
            line.push(' ');
        }
        line.push(c);
    }
    line
}

/// Zero-width marks, soft hyphens and byte order marks.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
    )
}

/// Characters that are set without a space between lines.
fn is_east_asian(c: char) -> bool {
    matches!(c,
        '\u{2014}'..='\u{2026}' | '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// A table being read, told as in Markdown: `heading：cell；heading：cell`.
#[derive(Debug, Default)]
pub(super) struct Cells {
    head: Vec<String>,
    row: Vec<String>,
    /// Whether every cell of the row is a heading.
    headings: bool,
    rows: usize,
}

impl Cells {
    /// Adds a cell to the row.
    pub fn cell(&mut self, text: String, heading: bool) {
        self.headings = heading && (self.headings || self.row.is_empty());
        self.row.push(text);
    }

    /// Ends the row; the text of one that is no row of headings.
    pub fn end_row(&mut self) -> Option<String> {
        let row = std::mem::take(&mut self.row);
        if std::mem::take(&mut self.headings) && self.rows == 0 && self.head.is_empty() {
            self.head = row;
            return None;
        }
        self.rows += 1;
        let mut parts = Vec::new();
        for (i, cell) in row.into_iter().enumerate().filter(|(_, c)| !c.is_empty()) {
            match self.head.get(i).filter(|h| !h.is_empty() && **h != cell) {
                Some(head) => parts.push(format!("{head}：{cell}")),
                None => parts.push(cell),
            }
        }
        (!parts.is_empty()).then(|| parts.join("；"))
    }

    /// Ends the table; its headings, when it has nothing else.
    pub fn end(self) -> Option<String> {
        let heads: Vec<String> = self.head.into_iter().filter(|h| !h.is_empty()).collect();
        (self.rows == 0 && !heads.is_empty()).then(|| heads.join("，"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_what_a_reader_sees() {
        assert_eq!(
            tidy("\u{3000}\u{3000}社区\n  食堂 Open\n Day\u{a0} 3 号\u{200b}。\n"),
            "社区食堂 Open Day 3 号。"
        );
    }
}
