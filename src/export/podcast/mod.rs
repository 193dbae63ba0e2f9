//! The paper as a podcast: sound, text and chapters of an edition's episodes, and the
//! feed that lists them.
//!
//! The feed is RSS 2.0 with the elements of Apple (`itunes:`) and of Podcasting 2.0
//! (`podcast:`), and follows the RSS Best Practices Profile. All editions of a paper are
//! in one feed beside their folders ([`update_feed`]); each has in its own folder a feed
//! of its own episodes too, for who publishes it alone.

mod address;
mod chapters;
mod date;
mod episode;
mod show;
mod transcript;
mod update;

pub use self::episode::Episode;
pub use self::show::Show;

use self::episode::{Parts, Sound, article, whole};
pub use self::show::feed_name;
use self::show::image_name;
use super::address::encoded;
use super::clock::milliseconds;
use super::{Book, COVER_SIDE, Covers, Entry, Joined, Track, edition_tag, paper_cover, part_tag};
use crate::diag::{Diagnostic, Noted, Place, Result};
use crate::model::Podcast;

/// The episode's sound, text and chapters, and the edition's cover.
const SOUND: &str = "edition.mp3";
const TRANSCRIPT: &str = "edition.vtt";
const CHAPTERS: &str = "edition.chapters.json";
const COVER: &str = "cover.png";

/// Where an edition's files are on the web, below the base address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published<'a> {
    /// The folder that the entries will lie in, `/` between parts.
    pub folder: &'a str,
    /// A page about the edition, such as its player.
    pub page: Option<&'a str>,
}

/// An edition made into episodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broadcast {
    /// The files of its folder, a feed of this edition alone among them.
    pub entries: Vec<Entry>,
    /// The files that lie beside the feed of all editions; they are the same for every
    /// edition.
    pub beside: Vec<Entry>,
    /// The file name of the feed of all editions, at the base address.
    pub feed: String,
    /// What that feed says of the podcast.
    pub show: Show,
    /// The episodes, the whole edition first.
    pub episodes: Vec<Episode>,
}

/// Makes an edition into episodes: the whole edition in one file with chapter marks, and
/// its articles where the editor wants it. None without a base address, which is noted.
///
/// # Errors
/// A paper without a name, a feed's name that is none, a tag or picture that cannot be
/// made.
pub fn podcast(
    book: &Book<'_>,
    tracks: &[Track],
    covers: &Covers,
    settings: &Podcast,
    published: Published<'_>,
) -> Result<Noted<Option<Broadcast>>> {
    let toml = || Some(Place::file("issue.toml"));
    let Some(base) = &settings.base else {
        let note = Diagnostic::note(toml(), "there is no podcast: no base address is given").help(
            "write `base = \"https://…/\"` below `[podcast]`, the address of the output folder",
        );
        return Ok(Noted::new(None, vec![note]));
    };
    let mut notes = Vec::new();
    if settings.email.is_none() {
        notes.push(
            Diagnostic::note(toml(), "the podcast has no mail address")
                .help("directories ask for it: write `email = \"…\"` below `[podcast]`"),
        );
    }
    if book.date().is_none() {
        notes.push(
            Diagnostic::doubt(
                toml(),
                "the episodes have no date, since the issue has none",
            )
            .help("write `date = \"YYYY-MM-DD\"`: podcast programs sort by it"),
        );
    }
    let show = Show::new(book, settings, base)?;
    let feed = feed_name(settings)?.to_string();
    let folder = match published.folder.trim_matches('/') {
        "" => base.to_string(),
        folder => format!("{base}{}/", encoded(folder)),
    };
    let page = published
        .page
        .map(|page| format!("{base}{}", encoded(page)));
    let image = format!("{folder}{COVER}");

    let joined = Joined::all(book, tracks);
    let head = edition_tag(book, &joined, &covers.small)?;
    let sound = Sound {
        url: format!("{folder}{SOUND}"),
        bytes: head.len() as u64 + joined.bytes,
        length: joined.length(),
    };
    let parts = Parts {
        sound,
        image: &image,
        transcript: format!("{folder}{TRANSCRIPT}"),
        chapters: Some(format!("{folder}{CHAPTERS}")),
        page: page.clone(),
    };
    let mut episodes = vec![whole(book, &joined, &parts)];
    let mut entries = vec![
        Entry::tagged(SOUND, joined.parts.clone(), head),
        Entry::bytes(TRANSCRIPT, transcript::edition_vtt(book, &joined)),
        Entry::bytes(
            CHAPTERS,
            chapters::chapters_json(book, &joined, &show.title, SOUND)?,
        ),
        Entry::bytes(COVER, covers.large.as_slice()),
    ];
    if settings.per_article {
        let guids = article_guids(book);
        let articles = (book.parts.iter().zip(tracks).enumerate())
            .filter(|(_, (part, _))| part.is_article())
            .zip(guids);
        for (n, ((i, (part, track)), guid)) in (1..).zip(articles) {
            let head = part_tag(book, i, &covers.small)?;
            let (sound, text) = (format!("{}.mp3", part.id), format!("{}.vtt", part.id));
            let parts = Parts {
                sound: Sound {
                    url: format!("{folder}{sound}"),
                    bytes: head.len() as u64 + track.bytes,
                    length: milliseconds(part.chapter.frames, book.edition.sample_rate),
                },
                image: &image,
                transcript: format!("{folder}{text}"),
                chapters: None,
                page: page.clone(),
            };
            episodes.push(article(book, part, n, guid, &parts));
            entries.push(Entry::tagged(sound, vec![i], head));
            entries.push(Entry::bytes(text, transcript::part_vtt(book, part)));
        }
    }
    let picture = Entry::bytes(image_name(&feed), paper_cover(&show.title, COVER_SIDE)?);
    let alone = update::update(None, &feed, &show.in_folder(&folder), &episodes)?;
    entries.push(Entry::bytes(&*feed, alone.value));
    entries.push(picture.clone());
    Ok(Noted::new(
        Some(Broadcast {
            entries,
            beside: vec![picture],
            feed,
            show,
            episodes,
        }),
        notes,
    ))
}

/// The feed of all editions with the episodes of this one. `before` is that feed as it
/// is, none when there is none yet. The same again changes nothing.
///
/// What is noted are episodes that the feed has of this edition and the edition has no
/// more: they stay.
///
/// # Errors
/// A feed that is damaged or another podcast's: it should be left as it is.
pub fn update_feed(before: Option<&[u8]>, broadcast: &Broadcast) -> Result<Noted<Vec<u8>>> {
    update::update(
        before,
        &broadcast.feed,
        &broadcast.show,
        &broadcast.episodes,
    )
}

/// The articles' names for good: the edition's and the article's own in the issue,
/// without its number, since articles change places.
fn article_guids(book: &Book<'_>) -> Vec<String> {
    let mut guids: Vec<String> = Vec::new();
    for part in book.parts.iter().filter(|part| part.is_article()) {
        let own = part.chapter.article.as_deref().unwrap_or(&part.id);
        let slug = own.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        let slug = encoded(if slug.is_empty() { own } else { slug }).replace('/', "-");
        let mut guid = format!("{}#{slug}", book.identity);
        let mut twin = 2;
        while guids.contains(&guid) {
            guid = format!("{}#{slug}-{twin}", book.identity);
            twin += 1;
        }
        guids.push(guid);
    }
    guids
}

#[cfg(test)]
mod tests;
