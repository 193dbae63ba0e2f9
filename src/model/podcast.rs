//! The paper as a podcast: what `[podcast]` in `issue.toml` says.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What an editor says about the paper's podcast.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Podcast {
    /// The address under which the folder of all editions is found on the web.
    /// Without one there is no podcast: every file in a feed has a full address.
    pub base: Option<WebAddress>,
    /// The feed's file name in that folder, `feed.xml` unless two papers share it.
    pub feed: Option<String>,
    /// What the podcast is called; the paper's name when nothing is said.
    pub title: Option<String>,
    /// Who makes it; the publisher, else the paper, when nothing is said.
    pub author: Option<String>,
    /// Where its owner is written to; directories of podcasts send their questions
    /// there, and everybody can read it.
    pub email: Option<Email>,
    /// What the podcast is about, in a sentence or two.
    pub description: Option<String>,
    /// The paper's own site; the base address when nothing is said.
    pub site: Option<WebAddress>,
    /// Where directories list it.
    pub category: Category,
    /// Whether every article is an episode too, beside the whole edition.
    pub per_article: bool,
}

/// An `http` or `https` address of a folder: it ends in `/` and has neither a query
/// nor a fragment (RFC 3986).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebAddress(String);

impl WebAddress {
    /// Reads an address; a missing `/` at the end is put there.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence that begins with its name.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let (scheme, rest) = text
            .split_once("://")
            .ok_or("has no `https://` before it")?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "http" && scheme != "https" {
            return Err("is neither an `https` nor an `http` address");
        }
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (name, port) = host.split_once(':').unwrap_or((host, ""));
        if !name.bytes().any(|b| b.is_ascii_alphanumeric())
            || !(name.bytes()).all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
            || !port.bytes().all(|b| b.is_ascii_digit())
        {
            return Err(
                "has no host name of letters, figures, `-` and `.` (write names in \
                        other scripts as the browser copies them, `xn--…`)",
            );
        }
        if path.contains(['?', '#']) {
            return Err("has a `?` or a `#`; it should be the address of a folder");
        }
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&b);
        if !path.bytes().all(plain) {
            return Err(
                "has a space or a letter that addresses do not have (copy it from the \
                        browser's address line)",
            );
        }
        let end = if path.ends_with('/') { "" } else { "/" };
        Ok(WebAddress(format!("{scheme}://{host}{path}{end}")))
    }

    /// The address as text; the last character is `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address of electronic mail, as plain as directories want it: `name@host.org`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// Reads an address.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence that begins with its name.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const WRONG: &str = "is no mail address like `name@example.org`";
        let (name, host) = text.trim().split_once('@').ok_or(WRONG)?;
        let name_is_plain =
            |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b);
        let host_is_plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
        let right = !name.is_empty()
            && name.bytes().all(name_is_plain)
            && host.split('.').count() > 1
            && host.split('.').all(|label| !label.is_empty())
            && host.bytes().all(host_is_plain);
        match right {
            true => Ok(Email(format!("{name}@{host}"))),
            false => Err(WRONG),
        }
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A category of Apple's list, which all directories use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Category {
    /// The category: `News`.
    pub main: &'static str,
    /// Its part, where one is named: `Daily News`.
    pub sub: Option<&'static str>,
}

impl TryFrom<String> for WebAddress {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        WebAddress::parse(&text)
    }
}

impl From<WebAddress> for String {
    fn from(address: WebAddress) -> String {
        address.0
    }
}

impl TryFrom<String> for Email {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Email::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> String {
        email.0
    }
}

impl Serialize for Category {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

// By hand: a derived one would ask the input to live as long as the names do.
impl<'de> Deserialize<'de> for Category {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Category::named(&name)
            .ok_or_else(|| D::Error::custom(format!("`{name}` is no podcast category")))
    }
}

impl Default for Category {
    fn default() -> Self {
        Category {
            main: "News",
            sub: None,
        }
    }
}

impl Category {
    /// The name that [`Category::named`] finds it by: of the part, where there is one.
    pub fn name(self) -> &'static str {
        self.sub.unwrap_or(self.main)
    }

    /// Finds a category by its name, `News`, or a part by its own, `Daily News`;
    /// upper and lower case are one.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let mains = CATEGORIES.iter();
        if let Some((main, _)) = mains.clone().find(|(m, _)| m.eq_ignore_ascii_case(name)) {
            return Some(Category { main, sub: None });
        }
        mains.clone().find_map(|(main, subs)| {
            let sub = subs.iter().find(|s| s.eq_ignore_ascii_case(name))?;
            Some(Category {
                main,
                sub: Some(sub),
            })
        })
    }

    /// Every name that [`Category::named`] knows, for "did you mean".
    pub fn names() -> impl Iterator<Item = &'static str> {
        (CATEGORIES.iter()).flat_map(|(main, subs)| [*main].into_iter().chain(subs.iter().copied()))
    }
}

/// Apple Podcasts categories, with their parts.
const CATEGORIES: &[(&str, &[&str])] = &[
    (
        "Arts",
        &[
            "Books",
            "Design",
            "Fashion & Beauty",
            "Food",
            "Performing Arts",
            "Visual Arts",
        ],
    ),
    (
        "Business",
        &[
            "Careers",
            "Entrepreneurship",
            "Investing",
            "Management",
            "Marketing",
            "Non-Profit",
        ],
    ),
    ("Comedy", &["Comedy Interviews", "Improv", "Stand-Up"]),
    (
        "Education",
        &["Courses", "How To", "Language Learning", "Self-Improvement"],
    ),
    ("Fiction", &["Comedy Fiction", "Drama", "Science Fiction"]),
    ("Government", &[]),
    (
        "Health & Fitness",
        &[
            "Alternative Health",
            "Fitness",
            "Medicine",
            "Mental Health",
            "Nutrition",
            "Sexuality",
        ],
    ),
    ("History", &[]),
    (
        "Kids & Family",
        &[
            "Education for Kids",
            "Parenting",
            "Pets & Animals",
            "Stories for Kids",
        ],
    ),
    (
        "Leisure",
        &[
            "Animation & Manga",
            "Automotive",
            "Aviation",
            "Crafts",
            "Games",
            "Hobbies",
            "Home & Garden",
            "Video Games",
        ],
    ),
    (
        "Music",
        &["Music Commentary", "Music History", "Music Interviews"],
    ),
    (
        "News",
        &[
            "Business News",
            "Daily News",
            "Entertainment News",
            "News Commentary",
            "Politics",
            "Sports News",
            "Tech News",
        ],
    ),
    (
        "Religion & Spirituality",
        &[
            "Buddhism",
            "Christianity",
            "Hinduism",
            "Islam",
            "Judaism",
            "Religion",
            "Spirituality",
        ],
    ),
    (
        "Science",
        &[
            "Astronomy",
            "Chemistry",
            "Earth Sciences",
            "Life Sciences",
            "Mathematics",
            "Natural Sciences",
            "Nature",
            "Physics",
            "Social Sciences",
        ],
    ),
    (
        "Society & Culture",
        &[
            "Documentary",
            "Personal Journals",
            "Philosophy",
            "Places & Travel",
            "Relationships",
        ],
    ),
    (
        "Sports",
        &[
            "Baseball",
            "Basketball",
            "Cricket",
            "Fantasy Sports",
            "Football",
            "Golf",
            "Hockey",
            "Rugby",
            "Running",
            "Soccer",
            "Swimming",
            "Tennis",
            "Volleyball",
            "Wilderness",
            "Wrestling",
        ],
    ),
    ("Technology", &[]),
    ("True Crime", &[]),
    (
        "TV & Film",
        &[
            "After Shows",
            "Film History",
            "Film Interviews",
            "Film Reviews",
            "TV Reviews",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_folders() {
        let read = |text: &str| WebAddress::parse(text).map(|a| a.0);
        assert_eq!(
            read(" HTTPS://news.example.org/a%20b "),
            Ok("https://news.example.org/a%20b/".into())
        );
        assert_eq!(
            read("http://localhost:8000"),
            Ok("http://localhost:8000/".into())
        );
        for wrong in [
            "news.example.org",
            "ftp://news.example.org/",
            "https://",
            "https:///x",
            "https://荷湾.example/",
            "https://u@h/",
            "https://h/?a",
            "https://h/a b",
            "https://h/报/",
            "https://h:x/",
            "https://h/\"x",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn mail_addresses_are_plain() {
        assert_eq!(Email::parse(" a.b@c.org ").unwrap().as_str(), "a.b@c.org");
        for wrong in [
            "",
            "a",
            "a@",
            "@b.org",
            "a@b",
            "a b@c.org",
            "a@b..c",
            "a@b.c (x)",
            "a@@b.c",
        ] {
            assert!(Email::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn categories_are_found_by_either_name() {
        let found = |name| Category::named(name).map(|c| (c.main, c.sub));
        assert_eq!(found("news"), Some(("News", None)));
        assert_eq!(found("Daily News"), Some(("News", Some("Daily News"))));
        assert_eq!(found("weather"), None);
        assert!(Category::names().count() > 100);
    }
}
