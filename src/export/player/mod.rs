//! `index.html`, the player: one page that plays an edition from a stick, a disk or
//! a server, in any browser, for people who see little or nothing and press unsurely.
//!
//! Without script the page is a list of articles, each with the browser's own sound
//! bar and its text; the script makes a player of that. The page takes nothing from
//! anywhere but the sound beside it: a Content Security Policy (Level 3) allows its
//! one style and its two scripts by their hashes, and sound of its own place (which
//! Chromium, Firefox and WebKit take a page opened from a file to have, too).

mod choices;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod words;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use super::book::Book;
use super::clock::milliseconds;
use super::entry::{Entry, Track};
use super::escape::escape;
use super::part_tag;
use crate::diag::Result;
use text::sound;
use words::Tongue;

/// The page's name.
pub const PLAYER_FILE: &str = "index.html";

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/style.css");
/// What runs before the page is there.
const EARLY: &str = include_str!("page/early.js");
/// The script's parts, in one scope.
const SCRIPT: [&str; 6] = [
    include_str!("page/base.js"),
    include_str!("page/sound.js"),
    include_str!("page/session.js"),
    include_str!("page/follow.js"),
    include_str!("page/settings.js"),
    include_str!("page/start.js"),
];

/// The player of an edition: its page, and the sound beside it, `audio/NN.mp3` by the
/// chapter's number, with a tag for those who keep a file by itself.
///
/// The first sample of a file has to be the chapter's first: Chromium leaves out an
/// encoder's delay (46 ms) only when the file has an Info frame, and then plays up to
/// 46 ms beside the place it was asked for. A file without Info frame whose delay was
/// cut away is played within a millisecond.
/// # Errors
/// A tag that cannot be made.
pub fn player(book: &Book<'_>, tracks: &[Track], cover: &[u8]) -> Result<Vec<Entry>> {
    let mut entries = vec![Entry::bytes(PLAYER_FILE, page(book))];
    for (n, part) in book.parts.iter().enumerate().take(tracks.len()) {
        let tag = part_tag(book, n, cover)?;
        entries.push(Entry::tagged(sound(part), vec![n], tag));
    }
    Ok(entries)
}

fn page(book: &Book<'_>) -> String {
    let tongue = if book.in_chinese() {
        Tongue::Chinese
    } else {
        Tongue::English
    };
    let style = format!("\n{STYLE}");
    let early = format!("\n{EARLY}");
    let script = script();
    let total = milliseconds(book.edition.frames, book.edition.sample_rate);
    let first = book.parts.first().map_or("list", |part| part.id.as_str());
    template::fill(PAGE, |key| match key {
        "ui" => tongue.tag().into(),
        "csp" => policy(&style, &[&early, &script]),
        "generator" => escape(&book.edition.generator),
        "lang" => escape(book.language()),
        "title" => escape(&book.title),
        "identity" => escape(&book.identity),
        "first" => first.into(),
        "other_lang" => tongue.other().tag().into(),
        "style" => style.clone(),
        "early" => early.clone(),
        "script" => script.clone(),
        "choices" => choices::choices(tongue),
        "total" => total.to_string(),
        "total_words" => tongue.duration(total),
        "list" => text::list(book, tongue),
        word => escape(tongue.word(word)),
    })
}

/// One function around all parts: nothing of them is visible outside.
fn script() -> String {
    format!(
        "\n(function () {{\n'use strict';\nvar WORDS = {};\n{}}}());\n",
        words::as_json(),
        SCRIPT.concat()
    )
}

/// Content Security Policy, Level 3: everything is forbidden but this style, these
/// scripts, the empty icon that keeps a browser from asking for one, and the sound.
fn policy(style: &str, scripts: &[&str]) -> String {
    let scripts: Vec<String> = scripts.iter().map(|script| source(script)).collect();
    format!(
        "default-src &#39;none&#39;; style-src {}; script-src {}; img-src data:; \
         media-src &#39;self&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;",
        source(style),
        scripts.join(" ")
    )
}

/// A text as a hash source (CSP Level 3, 2.3.1).
fn source(text: &str) -> String {
    let hash = BASE64.encode(&Sha256::digest(text.as_bytes()));
    format!("&#39;sha256-{hash}&#39;")
}
