//! What listeners get, as their programs read and play it. One program of tests for all
//! of them: the browser waits while a sound is played, and validators work meanwhile.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "listener/audiobook.rs"]
mod audiobook;
// Begins early by its name, for it waits the longest.
#[path = "listener/browser.rs"]
mod browser;
mod common;
#[path = "listener/daisy.rs"]
mod daisy;
#[path = "listener/epub.rs"]
mod epub;
#[path = "listener/podcast.rs"]
mod podcast;
