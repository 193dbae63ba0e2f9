//! What pandoc writes into Markdown beyond the common rules: attributes in
//! braces, and tables drawn with spaces and dashes (pandoc user's guide, "Pandoc's
//! Markdown").

use std::borrow::Cow;

/// The text without attributes and anchors, its simple tables as those with
/// bars. Every line stays the line it is.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut out: Vec<Cow<'_, str>> = lines.iter().map(|l| without_attributes(l)).collect();
    for at in 1..lines.len() {
        if let (Some(columns), false) = (rule(lines[at]), lines[at - 1].trim().is_empty()) {
            table(&lines, at, &columns, &mut out);
        }
    }
    if out.iter().all(|l| matches!(l, Cow::Borrowed(_))) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(out.join("\n"))
}

/// Writes the table whose headings stand above the line `at`.
fn table<'a>(lines: &[&'a str], at: usize, columns: &[usize], out: &mut [Cow<'a, str>]) {
    let row = |line: &str| Cow::Owned(format!("| {} |", cells(line, columns).join(" | ")));
    out[at - 1] = row(lines[at - 1]);
    out[at] = Cow::Owned(format!("|{}", "---|".repeat(columns.len())));
    for (line, out) in lines.iter().zip(out.iter_mut()).skip(at + 1) {
        if rule(line).is_some() {
            *out = Cow::Borrowed("");
            return;
        }
        if line.trim().is_empty() {
            return;
        }
        *out = row(line);
    }
}

/// Where the columns of a table begin: a line of two or more runs of dashes.
fn rule(line: &str) -> Option<Vec<usize>> {
    let dashes = line.chars().all(|c| c == '-' || c == ' ');
    let mut starts = Vec::new();
    let mut before = ' ';
    for (i, c) in line.chars().enumerate() {
        if c == '-' && before == ' ' {
            starts.push(i);
        }
        before = c;
    }
    (dashes && starts.len() > 1 && line.contains("--")).then_some(starts)
}

/// The cells of a row: what begins before the next column does. Chinese
/// characters take two places.
fn cells(line: &str, columns: &[usize]) -> Vec<String> {
    let mut cells = vec![String::new(); columns.len()];
    let mut place = 0;
    for c in line.trim_end_matches('\r').chars() {
        let column = columns.iter().rposition(|from| *from <= place).unwrap_or(0);
        cells[column].push(c);
        place += if c.is_ascii() { 1 } else { 2 };
    }
    cells.iter().map(|c| c.trim().replace('|', "\\|")).collect()
}

/// `[]{#anchor}`, `[words]{.underline}`, `# Headline {#id}` without what stands in
/// braces.
fn without_attributes(line: &str) -> Cow<'_, str> {
    let mut line = Cow::Borrowed(line);
    while let Some((open, close, end)) = span(&line) {
        let inner = &line[open + 1..close];
        line = Cow::Owned(format!("{}{inner}{}", &line[..open], &line[end..]));
    }
    if line.starts_with('#')
        && let Some(at) = line.rfind(" {")
        && is_attributes(line[at + 1..].trim_end())
    {
        return Cow::Owned(line[..at].trim_end().to_string());
    }
    line
}

/// The first span with attributes: where its brackets stand, and where its
/// braces end.
fn span(line: &str) -> Option<(usize, usize, usize)> {
    line.match_indices("]{").find_map(|(close, _)| {
        let end = close + 2 + line[close + 2..].find('}')? + 1;
        let open = line[..close].rfind('[')?;
        is_attributes(&line[close + 1..end]).then_some((open, close, end))
    })
}

fn is_attributes(text: &str) -> bool {
    let inner = text.strip_prefix('{').and_then(|t| t.strip_suffix('}'));
    inner.is_some_and(|t| t.starts_with(['#', '.']) && !t.contains(['{', '}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_anchors_are_gone() {
        for (text, wanted) in [
            ("# []{#anchor}社区食堂 {#食堂 .unnumbered}", "# 社区食堂"),
            ("他说[真好]{.underline}。", "他说真好。"),
            ("{社区} [注]{见后}", "{社区} [注]{见后}"),
        ] {
            assert_eq!(plain(text), wanted);
        }
    }

    #[test]
    fn simple_tables_get_bars_and_keep_their_lines() {
        assert_eq!(
            plain("  品种     价格\n  -------- ------\n  豆浆     2元\n  小馄饨   8元\n\n完。"),
            "| 品种 | 价格 |\n|---|---|\n| 豆浆 | 2元 |\n| 小馄饨 | 8元 |\n\n完。"
        );
        for text in ["题\n---\n话。", "话。\n\n- - -\n\n话。"] {
            assert_eq!(plain(text), text);
        }
    }
}
