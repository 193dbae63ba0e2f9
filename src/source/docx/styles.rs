//! Which styles are headings (ECMA-376 part 1, section 17.7).

use std::collections::HashMap;

use super::super::xml::{attr, children, named, parse};
use crate::diag::Result;

/// How long a chain of styles that are based on others is followed.
const LONGEST_CHAIN: usize = 16;

/// The heading levels of a document's styles.
#[derive(Default)]
pub(super) struct Styles {
    levels: HashMap<String, u8>,
    bases: HashMap<String, String>,
}

impl Styles {
    /// Reads `word/styles.xml`; an empty text has no styles.
    ///
    /// # Errors
    /// What is no XML.
    pub fn read(file: &str, text: &str) -> Result<Styles> {
        let mut styles = Styles::default();
        if text.is_empty() {
            return Ok(styles);
        }
        let document = parse(file, "the document's list of styles", text)?;
        for style in named(document.root(), "style") {
            let Some(id) = attr(style, "styleId") else {
                continue;
            };
            let value = |name| attr(children(style, name).next()?, "val");
            let outline = named(style, "outlineLvl").next();
            let level = outline
                .and_then(|o| attr(o, "val")?.parse::<u8>().ok())
                .filter(|l| *l < 9)
                .map(|l| l + 1);
            if let Some(level) = level.or_else(|| value("name").and_then(named_level)) {
                styles.levels.insert(id.to_string(), level);
            }
            if let Some(base) = value("basedOn") {
                styles.bases.insert(id.to_string(), base.to_string());
            }
        }
        Ok(styles)
    }

    /// The level of a style, or of the one that it is based on.
    pub fn level(&self, style: &str) -> Option<u8> {
        let chain = std::iter::successors(Some(style), |s| self.bases.get(*s).map(String::as_str));
        let mut chain = chain.take(LONGEST_CHAIN);
        chain.find_map(|s| self.levels.get(s).copied().or_else(|| named_level(s)))
    }
}

/// The level that a style's name tells: `Title`, `heading 2`, `标题 2`.
fn named_level(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if matches!(name.as_str(), "title" | "标题" | "標題") {
        return Some(1);
    }
    let number = ["heading", "标题", "標題"]
        .iter()
        .find_map(|n| name.strip_prefix(n))?;
    number.trim().parse().ok().filter(|l| (1..=9).contains(l))
}
