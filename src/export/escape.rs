//! Text → text of an HTML or XML document.

/// The text with everything that means something to HTML or XML, in an element or in a
/// quoted attribute, as characters.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    text.chars().for_each(|c| push(&mut html, c));
    html
}

/// Adds one character. Control characters, which HTML does not allow, and those
/// that turn the direction of writing, which would show the page otherwise than
/// it is, become visible signs.
pub fn push(html: &mut String, c: char) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        '\'' => html.push_str("&#39;"),
        '\t' | '\n' => html.push(c),
        '\0'..='\u{1F}' => html.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{2426}')),
        '\u{7F}'..='\u{9F}' => html.push('\u{2421}'),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => html.push('\u{2426}'),
        // Code points that are no characters for interchange.
        c if c as u32 & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c) => {
            html.push('\u{2426}')
        }
        c => html.push(c),
    }
}

/// One line of what can be shown as it is: without control characters, marks that turn
/// the direction of writing, and code points that are no characters. [`escape`] changes
/// nothing of it but what means something to XML.
pub fn plain_line(text: &str) -> String {
    let hidden = |c: char| {
        matches!(c,
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}' | '\u{FDD0}'..='\u{FDEF}')
            || c as u32 & 0xFFFE == 0xFFFE
    };
    let shown: String = text.chars().filter(|c| !hidden(*c)).collect();
    super::one_line(&shown)
}

/// A text in quotation marks, as Liquidsoap and Lua read it.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_line_has_nothing_hidden() {
        let hidden = "\u{202E}梧\u{2066} \u{FFFE}桐\0\u{200F}\n里 \u{2426}\u{2067} ";
        assert_eq!(plain_line(hidden), "梧 桐 里 \u{2426}");
    }

    #[test]
    fn nothing_of_a_text_means_anything_to_html() {
        assert_eq!(
            escape("<a href='x' title=\"y\">&amp;</a>"),
            "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;amp;&lt;/a&gt;"
        );
        assert_eq!(escape("a\0\u{1B}\u{7F}\u{202E}\u{FFFF}b\t"), "a␀␛␡␦␦b\t");
    }
}
