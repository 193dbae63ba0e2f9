//! A feed of many editions: new episodes are put into the one that is there.
//!
//! Everything that is not ours is kept byte for byte: the feed is not written anew from
//! what was understood of it, its text is cut at the places where something of ours
//! stands. A feed that cannot be understood is left alone.

mod feed;

use std::ops::Range;

use roxmltree::Document;

use self::feed::{Feed, Item, PREFIXES, with_space};
use super::date::instant;
use super::episode::Episode;
use super::show::Show;
use crate::diag::{Diagnostic, Fault, Noted, Place, Result};

/// How much of a title a message tells, in characters.
const TOLD: usize = 40;
/// The feed with these episodes in it: an episode of the same guid is replaced, others
/// are put where their date belongs, the newest first. `before` is the feed as it is,
/// none when there is none yet; `file` its name, for messages.
///
/// Noted is what the feed has of the same editions and was not made again.
///
/// # Errors
/// A feed that is damaged, or that is another podcast's.
pub fn update(
    before: Option<&[u8]>,
    file: &str,
    show: &Show,
    episodes: &[Episode],
) -> Result<Noted<Vec<u8>>> {
    let empty;
    let before = match before {
        Some(bytes) => text(bytes, file)?,
        None => {
            empty = skeleton(show);
            &empty
        }
    };
    let parsed = Document::parse(before).map_err(|e| {
        let at = e.pos();
        damaged(
            format!("it is no XML: {e}"),
            file,
            at.row,
            at.col.saturating_sub(1),
        )
    })?;
    let old = Feed::read(&parsed, file)?;
    if let Some(title) = old.title.filter(|title| *title != show.title) {
        return Err(Fault::new(format!(
            "the feed is that of the podcast `{title}`, not of `{}`",
            show.title
        ))
        .at(Place::file(file))
        .help(
            "give this paper a feed of its own with `feed = \"….xml\"` below `[podcast]` in \
             issue.toml; if the podcast was renamed, write its new name into the feed's \
             `<title>`",
        ));
    }
    let mut edits = placed(&old, before, episodes);
    let newest = (old.items.iter())
        .filter(|item| !episodes.iter().any(|e| item.guid == Some(&e.guid)))
        .filter_map(|item| item.date)
        .chain(episodes.iter().filter_map(|e| e.date.as_deref()))
        .max_by_key(|date| instant(date));
    let guid = old.guid.unwrap_or(&show.guid);
    let head: String = (show.elements(guid, newest).iter())
        .map(|line| format!("\n    {line}"))
        .collect();
    edits.push((old.begin..old.begin, head));
    edits.extend(old.ours.iter().map(|range| (range.clone(), String::new())));
    edits.extend(old.declared);
    let after = edited(before, edits);
    kept(&old.items, episodes, &after, file)?;
    Ok(Noted::new(
        after.into_bytes(),
        gone(&old.items, episodes, file),
    ))
}

/// A feed without episodes.
fn skeleton(show: &Show) -> String {
    let spaces: String = (PREFIXES.iter())
        .map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{uri}\""))
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"{spaces}>\n  \
         <channel>\n    <title>{}</title>\n  </channel>\n</rss>\n",
        super::show::text(&show.title)
    )
}

fn damaged(why: String, file: &str, line: u32, col: u32) -> Fault {
    Fault::new(format!("the feed cannot be updated: {why}"))
        .at(Place::new(file, line, col))
        .help(
            "it was left as it is, since its episodes cannot be made again from one edition; \
             put it right, or take it from a backup, and run the command again",
        )
}

/// The bytes of a feed as text.
fn text<'a>(bytes: &'a [u8], file: &str) -> Result<&'a str> {
    let whole = |why: &str| damaged(why.into(), file, 0, 0);
    let text = std::str::from_utf8(bytes).map_err(|_| whole("it is not in UTF-8"))?;
    if text.trim().is_empty() {
        return Err(whole("it is empty"));
    }
    let declaration = text.trim_start_matches('\u{FEFF}');
    if let Some((declaration, _)) = declaration
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
    {
        let lower = declaration.to_ascii_lowercase();
        if lower.contains("encoding") && !lower.contains("utf-8") {
            return Err(whole("it says that it is not in UTF-8"));
        }
    }
    Ok(text)
}

/// The edits that put these episodes in.
fn placed(feed: &Feed<'_>, source: &str, episodes: &[Episode]) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    let mut removed = Vec::new();
    // What comes before which item; the last place is the end.
    let mut new: Vec<Vec<&Episode>> = vec![Vec::new(); feed.items.len() + 1];
    let mut moving = Vec::new();
    for episode in episodes {
        let same = (feed.items.iter()).position(|item| item.guid == Some(&episode.guid));
        let Some(at) = same else {
            moving.push(episode);
            continue;
        };
        let dates = (
            feed.items[at].date.and_then(instant),
            episode.date.as_deref().and_then(instant),
        );
        match dates {
            (Some(old), Some(new)) if old != new => {
                removed.push(at);
                moving.push(episode);
            }
            _ => edits.push((feed.items[at].range.clone(), episode.item.clone())),
        }
    }
    for episode in moving {
        let date = episode.date.as_deref().and_then(instant);
        let older = |item: &Item<'_>| match (item.date.and_then(instant), date) {
            (Some(other), Some(date)) => other <= date,
            // Without a date it is taken for the newest.
            (_, None) => true,
            (None, _) => false,
        };
        let at = (feed.items.iter().enumerate())
            .position(|(i, item)| !removed.contains(&i) && older(item));
        new[at.unwrap_or(feed.items.len())].push(episode);
    }
    for (at, episodes) in new.iter_mut().enumerate() {
        // Newest first; those of one time as they were given.
        episodes.sort_by_key(|e| {
            let date = e.date.as_deref().and_then(instant);
            std::cmp::Reverse(date.unwrap_or(i64::MAX))
        });
        let items = episodes.iter().map(|e| e.item.as_str());
        match (feed.items.get(at), feed.items.last()) {
            (Some(next), _) => {
                let text: String = items.map(|item| format!("{item}\n    ")).collect();
                edits.push((next.range.start..next.range.start, text));
            }
            (None, Some(last)) => {
                let text: String = items.map(|item| format!("\n    {item}")).collect();
                edits.push((last.range.end..last.range.end, text));
            }
            (None, None) => {
                let text: String = items.map(|item| format!("  {item}\n  ")).collect();
                edits.push((feed.end..feed.end, text));
            }
        }
    }
    for at in removed {
        edits.push((
            with_space(source, feed.items[at].range.clone()),
            String::new(),
        ));
    }
    edits
}

/// The text with these edits, none of which lies in another.
fn edited(source: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut after = String::with_capacity(source.len());
    let mut at = 0;
    for (range, text) in edits {
        after.push_str(&source[at..range.start.max(at)]);
        after.push_str(&text);
        at = range.end.max(at);
    }
    after.push_str(&source[at..]);
    after
}

/// Looks once more whether the new feed is one and has every episode of the old.
fn kept(old: &[Item<'_>], episodes: &[Episode], after: &str, file: &str) -> Result<()> {
    let lost = |why: String| {
        Fault::new(format!("the updated feed would not be right: {why}"))
            .at(Place::file(file))
            .help("the feed was left as it is; please report this as a bug")
    };
    let parsed = Document::parse(after).map_err(|e| lost(e.to_string()))?;
    let new = Feed::read(&parsed, file).map_err(|fault| lost(fault.message))?;
    let has = |guid: &str| new.items.iter().any(|item| item.guid == Some(guid));
    let wanted = (old.iter().filter_map(|item| item.guid)).chain(episodes.iter().map(|e| &*e.guid));
    if let Some(guid) = wanted.into_iter().find(|guid| !has(guid)) {
        return Err(lost(format!("the episode `{guid}` would be missing")));
    }
    let added = (episodes.iter()).filter(|e| !old.iter().any(|item| item.guid == Some(&e.guid)));
    match new.items.len() == old.len() + added.count() {
        true => Ok(()),
        false => Err(lost("it would have another number of episodes".into())),
    }
}

/// Episodes of the same editions that the feed has and that were not made again: an
/// article that has gone, or episodes of articles when there are none any more.
fn gone(old: &[Item<'_>], episodes: &[Episode], file: &str) -> Vec<Diagnostic> {
    let edition = |guid: &str| guid.split('#').next().unwrap_or_default().to_string();
    let made: Vec<String> = episodes.iter().map(|e| edition(&e.guid)).collect();
    let left = old.iter().filter(|item| {
        let guid = item.guid.unwrap_or_default();
        made.contains(&edition(guid)) && !episodes.iter().any(|e| e.guid == guid)
    });
    left.map(|item| {
        Diagnostic::doubt(
            Some(Place::file(file)),
            format!(
                "the feed still has the episode `{}`, which this edition no longer has",
                item.title.chars().take(TOLD).collect::<String>()
            ),
        )
        .help("episodes are never taken away; if it should go, take its `<item>` out of the feed")
    })
    .collect()
}

#[cfg(test)]
mod tests;
