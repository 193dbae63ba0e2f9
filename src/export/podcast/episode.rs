//! One episode: an item of the feed.

use super::date;
use super::show::{text, words};
use crate::export::clock::hms;
use crate::export::escape::escape;
use crate::export::{Book, Joined, Part, one_line};
use crate::model::Role;

/// The longest description of an episode, in bytes; directories cut longer ones off
/// (Apple: 4000).
const LONGEST: usize = 3600;
/// How much of an article its episode's description tells, in characters.
const EXCERPT: usize = 300;
/// An issue is out at six in the morning of its day …
const MORNING: u32 = 6 * 3600;
/// … in China, for a paper in Chinese; minutes east of Greenwich.
const CHINA: i32 = 8 * 60;

/// An item of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Episode {
    /// Its name for good: of the issue, not of its sound, so that a corrected edition
    /// takes the place of the first.
    pub guid: String,
    /// What it is called.
    pub title: String,
    /// When the issue came out (RFC 2822).
    pub date: Option<String>,
    /// The `<item>` with all that is in it; lines indented by four.
    pub item: String,
}

/// A sound file on the web.
pub struct Sound {
    /// Its address.
    pub url: String,
    /// Its length in bytes, tags included.
    pub bytes: u64,
    /// How long it plays, in milliseconds.
    pub length: u64,
}

/// What an episode is made of beside the book.
pub struct Parts<'a> {
    /// The sound.
    pub sound: Sound,
    /// The address of the edition's cover.
    pub image: &'a str,
    /// The address of its text in time.
    pub transcript: String,
    /// The address of its chapters.
    pub chapters: Option<String>,
    /// The address of a page about it.
    pub page: Option<String>,
}

/// The episode of a whole edition.
pub fn whole(book: &Book<'_>, joined: &Joined, parts: &Parts<'_>) -> Episode {
    item(
        book,
        &Words {
            guid: book.identity.clone(),
            title: words(&book.title),
            date: published(book, 0),
            description: contents(book, joined),
            language: book.language(),
            kind: "full",
        },
        parts,
    )
}

/// The episode of an article, the `n`-th of the edition (from 1).
pub fn article(
    book: &Book<'_>,
    part: &Part<'_>,
    n: u32,
    guid: String,
    parts: &Parts<'_>,
) -> Episode {
    item(
        book,
        &Words {
            guid,
            title: words(&part.title),
            // Behind the edition and in its order where the newest comes first.
            date: published(book, n),
            description: excerpt(book, part),
            language: part.language,
            kind: "bonus",
        },
        parts,
    )
}

struct Words<'a> {
    guid: String,
    title: String,
    date: Option<String>,
    /// HTML.
    description: String,
    language: &'a str,
    kind: &'static str,
}

fn item(book: &Book<'_>, it: &Words<'_>, parts: &Parts<'_>) -> Episode {
    let Parts {
        sound,
        image,
        transcript,
        chapters,
        page,
    } = parts;
    let title = text(&it.title);
    let mut lines = vec![
        format!("<title>{title}</title>"),
        format!("<guid isPermaLink=\"false\">{}</guid>", escape(&it.guid)),
    ];
    lines.extend(
        page.iter()
            .map(|page| format!("<link>{}</link>", escape(page))),
    );
    lines.extend((it.date.iter()).map(|date| format!("<pubDate>{date}</pubDate>")));
    lines.extend([
        format!("<description>{}</description>", escape(&it.description)),
        format!(
            "<enclosure url=\"{}\" length=\"{}\" type=\"audio/mpeg\"/>",
            escape(&sound.url),
            sound.bytes
        ),
        format!("<itunes:title>{title}</itunes:title>"),
        // Whole seconds.
        format!(
            "<itunes:duration>{}</itunes:duration>",
            (sound.length + 500) / 1000
        ),
        format!("<itunes:image href=\"{}\"/>", escape(image)),
        "<itunes:explicit>false</itunes:explicit>".into(),
        format!("<itunes:episodeType>{}</itunes:episodeType>", it.kind),
    ]);
    if let Some(number) = number(book) {
        lines.push(format!("<itunes:episode>{number}</itunes:episode>"));
        lines.push(format!("<podcast:episode>{number}</podcast:episode>"));
    }
    lines.push(format!(
        "<podcast:transcript url=\"{}\" type=\"text/vtt\" language=\"{}\"/>",
        escape(transcript),
        escape(it.language)
    ));
    lines.extend(chapters.iter().map(|url| {
        format!(
            "<podcast:chapters url=\"{}\" type=\"application/json+chapters\"/>",
            escape(url)
        )
    }));
    let mut item = String::from("<item>\n");
    for line in lines {
        item.push_str(&format!("      {line}\n"));
    }
    item.push_str("    </item>");
    Episode {
        guid: it.guid.clone(),
        title: it.title.clone(),
        date: it.date.clone(),
        item,
    }
}

/// The number of the issue where it is a positive whole number, as both namespaces
/// want it.
fn number(book: &Book<'_>) -> Option<u32> {
    let number = book.edition.masthead.printed.issue_number.as_deref()?;
    number.trim().parse().ok().filter(|n| *n > 0)
}

/// When the issue came out, so many seconds less.
fn published(book: &Book<'_>, less: u32) -> Option<String> {
    let offset = if book.in_chinese() { CHINA } else { 0 };
    date::rfc2822(book.date()?, MORNING.saturating_sub(less), offset)
}

/// What is in the edition, as HTML: the articles with where they begin.
fn contents(book: &Book<'_>, joined: &Joined) -> String {
    let zh = book.in_chinese();
    let articles: Vec<(&Part<'_>, u64)> = (joined.chapters())
        .filter_map(|(part, start, _)| Some((book.parts.get(part)?, start)))
        .filter(|(part, _)| part.is_article())
        .collect();
    let count = articles.len();
    let length = time(joined.length());
    let mut html = match zh {
        true => format!("<p>本期共{count}篇文章，全长 {length}。</p>"),
        false => format!("<p>Articles: {count}. Length: {length}.</p>"),
    };
    let mut list = String::new();
    for (told, (part, start)) in articles.iter().enumerate() {
        let line = format!("<li>{} {}</li>", time(*start), escape(&part.title));
        // Counted as it will stand in the feed, where it is escaped once more.
        if escape(&html).len() + escape(&list).len() + escape(&line).len() > LONGEST {
            let rest = count - told;
            list.push_str(&match zh {
                true => format!("<li>……还有{rest}篇</li>"),
                false => format!("<li>… and {rest} more</li>"),
            });
            break;
        }
        list.push_str(&line);
    }
    if !list.is_empty() {
        html.push_str(&format!("<ul>{list}</ul>"));
    }
    html
}

/// The beginning of an article, as HTML.
fn excerpt(book: &Book<'_>, part: &Part<'_>) -> String {
    let mut html = format!("<p>{}</p>", escape(&book.title));
    let mut room = EXCERPT;
    for passage in part.passages.iter().filter(|p| is_text(p.role)) {
        let words: String = passage.sentences.iter().map(|s| &*s.text).collect();
        let words = one_line(&words);
        let told: String = words.chars().take(room).collect();
        let cut = told.len() < words.len();
        html.push_str(&format!(
            "<p>{}{}</p>",
            escape(&told),
            if cut { "……" } else { "" }
        ));
        room -= told.chars().count();
        if cut || room == 0 {
            break;
        }
    }
    html
}

fn is_text(role: Role) -> bool {
    matches!(
        role,
        Role::Deck | Role::Byline | Role::Subhead | Role::Body | Role::Item
    )
}

/// `4:03` or `1:02:03`.
fn time(ms: u64) -> String {
    match ms >= 3_600_000 {
        true => hms(ms),
        false => format!("{}:{:02}", ms / 60_000, ms / 1000 % 60),
    }
}
