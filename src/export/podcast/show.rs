//! The podcast itself: what stands at the head of its feed.

use super::address::podcast_guid;
use crate::diag::{Fault, Place, Result};
use crate::export::Book;
use crate::export::escape::{escape, plain_line};
use crate::model::{Category, Podcast, WebAddress};

/// A feed's file name unless the editor gives another.
const FEED: &str = "feed.xml";
/// The rules that a feed follows; readers and validators know it by this address.
const DOCS: &str = "https://www.rssboard.org/rss-specification";

/// What a feed says of the podcast as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Show {
    /// Where the feed is found.
    pub feed: String,
    /// Its name for good (a UUID of its feed's address).
    pub guid: String,
    /// What it is called.
    pub title: String,
    /// The address of its cover.
    pub image: String,
    link: String,
    author: String,
    email: Option<String>,
    description: String,
    language: String,
    category: Category,
    generator: String,
}

impl Show {
    /// The podcast that an issue belongs to, with its feed in the folder of all
    /// editions.
    ///
    /// # Errors
    /// A name of the feed that is no file name, and a paper without a name.
    pub fn new(book: &Book<'_>, settings: &Podcast, base: &WebAddress) -> Result<Self> {
        let head = &book.edition.masthead.printed;
        let told = |text: &Option<String>| {
            let line = text.as_deref().map(words).unwrap_or_default();
            Some(line).filter(|line| !line.is_empty())
        };
        let paper = told(&Some(head.paper.clone()));
        let Some(title) = told(&settings.title).or(paper) else {
            return Err(
                Fault::new("the podcast has no title: the paper has no name")
                    .at(Place::file("issue.toml"))
                    .help("write `paper = \"…\"`, or `title = \"…\"` below `[podcast]`"),
            );
        };
        let author = told(&settings.author)
            .or_else(|| told(&head.publisher))
            .unwrap_or_else(|| title.clone());
        let description = told(&settings.description).unwrap_or_else(|| match book.in_chinese() {
            true => format!("《{title}》有声版：把每一期的报纸读给您听。"),
            false => format!("The audio edition of {title}: every issue, read to you."),
        });
        let name = feed_name(settings)?;
        let feed = format!("{base}{name}");
        Ok(Show {
            guid: podcast_guid(&feed),
            image: format!("{base}{}", image_name(name)),
            feed,
            title,
            link: settings.site.as_ref().unwrap_or(base).to_string(),
            author,
            email: (settings.email.as_ref()).map(|e| e.as_str().to_string()),
            description,
            language: book.language().to_string(),
            category: settings.category,
            generator: book.edition.generator.clone(),
        })
    }

    /// The same podcast with its feed and cover in another folder.
    pub fn in_folder(&self, folder: &str) -> Show {
        let name = |address: &str| {
            let name = address.rsplit('/').next().unwrap_or(address);
            format!("{folder}{name}")
        };
        Show {
            feed: name(&self.feed),
            image: name(&self.image),
            ..self.clone()
        }
    }

    /// The elements of the channel, a line each, before the items. `guid` is the
    /// podcast's name, `newest` the date of its newest episode.
    pub fn elements(&self, guid: &str, newest: Option<&str>) -> Vec<String> {
        let title = text(&self.title);
        let link = escape(&self.link);
        let image = escape(&self.image);
        let owner = self.email.as_deref().map(escape);
        let mut lines = vec![
            format!("<title>{title}</title>"),
            format!("<link>{link}</link>"),
            format!(
                "<atom:link href=\"{}\" rel=\"self\" type=\"application/rss+xml\"/>",
                escape(&self.feed)
            ),
            format!("<description>{}</description>", text(&self.description)),
            format!("<language>{}</language>", escape(&self.language)),
        ];
        lines.extend(newest.map(|date| format!("<pubDate>{}</pubDate>", escape(date))));
        lines.extend([
            format!("<generator>{}</generator>", escape(&self.generator)),
            format!("<docs>{DOCS}</docs>"),
            format!("<image><url>{image}</url><title>{title}</title><link>{link}</link></image>"),
            format!("<itunes:image href=\"{image}\"/>"),
            format!("<itunes:author>{}</itunes:author>", text(&self.author)),
        ]);
        lines.extend(owner.as_ref().map(|email| {
            format!(
                "<itunes:owner><itunes:name>{}</itunes:name><itunes:email>{email}</itunes:email>\
                 </itunes:owner>",
                text(&self.author)
            )
        }));
        let main = escape(self.category.main);
        lines.push(match self.category.sub {
            Some(sub) => format!(
                "<itunes:category text=\"{main}\"><itunes:category text=\"{}\"/>\
                 </itunes:category>",
                escape(sub)
            ),
            None => format!("<itunes:category text=\"{main}\"/>"),
        });
        let locked = owner.map(|email| format!(" owner=\"{email}\""));
        lines.extend([
            "<itunes:type>episodic</itunes:type>".into(),
            "<itunes:explicit>false</itunes:explicit>".into(),
            format!("<podcast:guid>{}</podcast:guid>", escape(guid)),
            "<podcast:medium>podcast</podcast:medium>".into(),
            format!(
                "<podcast:locked{}>yes</podcast:locked>",
                locked.unwrap_or_default()
            ),
        ]);
        lines
    }
}

/// The feed's file name.
///
/// # Errors
/// A name with a folder in it, or one that does not end in `.xml`.
pub fn feed_name(settings: &Podcast) -> Result<&str> {
    let name = settings.feed.as_deref().unwrap_or(FEED);
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_' || b == b'.';
    let stem = name.strip_suffix(".xml").unwrap_or_default();
    match !stem.is_empty() && !stem.starts_with('.') && name.bytes().all(plain) {
        true => Ok(name),
        false => Err(Fault::new(format!("the feed cannot be called `{name}`"))
            .at(Place::file("issue.toml"))
            .help(
                "give it a file name of letters, figures, `-` and `_` that ends in `.xml`, \
                 such as `feed = \"feed.xml\"`",
            )),
    }
}

/// The file name of the podcast's cover, beside its feed.
pub fn image_name(feed: &str) -> String {
    format!("{}.png", feed.strip_suffix(".xml").unwrap_or(feed))
}

/// One line of plain text for a feed. Words that look like the end of an HTML element
/// (`</b>`) would be taken for one, however they are written, and swallowed: they get
/// brackets of print.
pub fn words(text: &str) -> String {
    let line = plain_line(text);
    match line.contains("</") {
        true => line.replace('<', "〈").replace('>', "〉"),
        false => line,
    }
}

/// Plain text in an element that some readers take for HTML: `&` and `<` by their
/// numbers, which all of them show as they are (RSS Best Practices Profile, "Character
/// data").
pub fn text(text: &str) -> String {
    escape(text)
        .replace("&amp;", "&#x26;")
        .replace("&lt;", "&#x3C;")
}
