//! Reads `.page` files: what a page says, and how it is laid out. The format is
//! told in `README.md`.

/// A text of the page. What stands between braces is never misread.
#[derive(Debug, Clone)]
pub struct Text {
    /// `a1.headline`, `a1.3`, `n2.1`, `head.1`.
    pub name: String,
    pub kind: String,
    pub text: String,
    /// The same.
    pub chars: Vec<char>,
    /// For each character whether it must stay.
    pub kept: Vec<bool>,
}

impl Text {
    /// The name of the article or such like that it belongs to.
    pub fn owner(&self) -> &str {
        self.name.split('.').next().unwrap_or_default()
    }

    /// Whether it is a part of an article.
    pub fn is_article(&self) -> bool {
        self.owner().starts_with('a')
    }
}

/// A page file.
#[derive(Debug, Clone, Default)]
pub struct Truth {
    pub name: String,
    /// Fields of the masthead that a reading has to find.
    pub masthead: Vec<(String, String)>,
    pub traps: Vec<String>,
    /// Names and kinds of what is no article, in order.
    pub aparts: Vec<(String, String)>,
    /// The names of the articles, in order.
    pub articles: Vec<String>,
    pub texts: Vec<Text>,
    /// The width of a column, in em.
    pub column: usize,
    /// The rows of each printed page, in print order.
    pub pages: Vec<Vec<String>>,
}

impl Truth {
    /// Reads a page file; what is wrong in it stops the test.
    pub fn parse(name: &str, file: &str) -> Truth {
        let mut truth = Truth {
            name: name.into(),
            column: 15,
            ..Truth::default()
        };
        let mut section = String::new();
        let mut owner = String::new();
        let mut count = 0;
        for (number, line) in file.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = format!("{name}:{}: cannot be read: {line}", number + 1);
            if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                let (kind, id) = head.split_once(' ').unwrap_or((head, ""));
                (section, owner, count) = (kind.into(), id.into(), 0);
                match kind {
                    "layout" => truth.pages.push(Vec::new()),
                    "article" => truth.articles.push(id.into()),
                    _ => truth.aparts.push((id.into(), kind.into())),
                }
                continue;
            }
            if section == "layout" {
                match line.strip_prefix("column:") {
                    Some(width) => truth.column = width.trim().parse().expect(&wrong),
                    None => truth.pages.last_mut().unwrap().push(line.into()),
                }
                continue;
            }
            let (key, text) = line.split_once(':').expect(&wrong);
            let text = text.trim();
            match (section.as_str(), key) {
                ("", "head") => truth.add("head", "head", text),
                ("", "trap") => truth.traps.push(text.into()),
                ("", field) => truth.masthead.push((field.into(), text.into())),
                ("article", "kicker" | "headline" | "byline") => {
                    truth.push(format!("{owner}.{key}"), key, text);
                }
                (_, kind) => {
                    count += 1;
                    truth.push(format!("{owner}.{count}"), kind, text);
                }
            }
        }
        truth
    }

    fn add(&mut self, owner: &str, kind: &str, text: &str) {
        let count = self.texts.iter().filter(|t| t.owner() == owner).count() + 1;
        self.push(format!("{owner}.{count}"), kind, text);
    }

    fn push(&mut self, name: String, kind: &str, text: &str) {
        let (mut plain, mut kept, mut keep) = (String::new(), Vec::new(), false);
        for c in text.chars() {
            match c {
                '{' => keep = true,
                '}' => keep = false,
                _ => {
                    plain.push(c);
                    kept.push(keep);
                }
            }
        }
        self.texts.push(Text {
            name,
            kind: kind.into(),
            chars: plain.chars().collect(),
            text: plain,
            kept,
        });
    }

    /// The number of the text of this name.
    pub fn find(&self, name: &str) -> usize {
        let found = self.texts.iter().position(|t| t.name == name);
        found.unwrap_or_else(|| panic!("{}: no text is called {name}", self.name))
    }
}
