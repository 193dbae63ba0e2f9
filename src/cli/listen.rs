//! `tingbao listen`.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Exit;
use super::args::ListenArgs;
use super::keys::{Ask, Keys};
use super::print::out;
use crate::audio::decode;
use crate::diag::{Fault, Result};
use crate::listen::{Deck, Now, Track, play};
use crate::model::{Edition, SampleRate};
use crate::pipeline;
use crate::store;

/// How often keys and sentences are looked for.
const TICK: Duration = Duration::from_millis(50);
/// What the sound card still holds when all is played.
const LAST: Duration = Duration::from_millis(300);
/// What the keys do.
const HELP: &str = "space: pause   ← →: 15 seconds   n p: next, previous chapter\n\
                    r: the sentence again   - +: slower, faster   q: stop\n";

pub fn listen(args: &ListenArgs) -> Result<Exit> {
    let edition = pipeline::edition(&args.edition)
        .map_err(|f| f.help("name an edition that `tingbao build` made, such as `output/today`"))?;
    let folder = &args.edition;
    through(tracks(&edition, args)?, &|track| sound(folder, track))?;
    Ok(Exit::Complete)
}

/// Plays tracks whose sounds `sound` gives, as the keys ask, until they are over
/// or the listener stops.
///
/// # Errors
/// No sound card, a terminal that is gone, and those of `sound`.
pub(super) fn through(
    tracks: Vec<Track>,
    sound: &dyn Fn(&Track) -> Result<Vec<f32>>,
) -> Result<()> {
    let mut deck = Deck::new(tracks);
    supply(&mut deck, sound)?;
    let deck = Arc::new(Mutex::new(deck));
    let _device = play(Arc::clone(&deck))?;
    let keys = Keys::open()?;
    let mut teller = Teller {
        told: None,
        raw: keys.are_there(),
    };
    if keys.are_there() {
        teller.say(HELP)?;
    }
    loop {
        supply(&mut lock(&deck), sound)?;
        let now = lock(&deck).now();
        if now.over {
            break;
        }
        teller.follow(&now, &deck)?;
        match keys.wait(TICK)? {
            Some(Ask::Stop) => return Ok(()),
            Some(Ask::Help) => teller.say(HELP)?,
            Some(Ask::Key(key)) => lock(&deck).press(key),
            None => {}
        }
    }
    std::thread::sleep(LAST);
    Ok(())
}

fn lock(deck: &Mutex<Deck>) -> MutexGuard<'_, Deck> {
    deck.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is to be played: all chapters from the one asked for, or one chunk.
fn tracks(edition: &Edition, args: &ListenArgs) -> Result<Vec<Track>> {
    if let Some(id) = &args.chunk {
        let track = edition.chapters.iter().find_map(|c| Track::chunk(c, id));
        return track.map(|t| vec![t]).ok_or_else(|| {
            Fault::new(format!("the edition has no chunk `{id}`"))
                .help("`edition.json` and the subtitles name the chunks")
        });
    }
    let first = args.chapter.unwrap_or(0);
    let chapters: Vec<Track> = (edition.chapters.iter())
        .filter(|c| c.number >= first)
        .map(Track::whole)
        .collect();
    match (chapters.is_empty(), edition.chapters.last()) {
        (true, Some(last)) => Err(Fault::new(format!("the edition has no chapter {first}"))
            .help(format!("its chapters are 0 to {}", last.number))),
        _ => Ok(chapters),
    }
}

/// Gives the deck the sounds it wants.
fn supply(deck: &mut Deck, sound: &dyn Fn(&Track) -> Result<Vec<f32>>) -> Result<()> {
    while let Some(wanted) = deck.wanted() {
        let samples = sound(&deck.tracks()[wanted])?;
        deck.give(wanted, Arc::new(samples));
    }
    Ok(())
}

/// The sound of a chapter of this edition.
fn sound(folder: &Path, track: &Track) -> Result<Vec<f32>> {
    let path = folder.join(&track.file);
    let bytes = store::read("chapter", &path)?;
    let name = path.display().to_string();
    let pcm = decode::decode_at(&name, &bytes, SampleRate::MASTER)?;
    Ok(pcm.value.samples)
}

/// Prints each chapter and sentence as it begins, and what the keys changed.
struct Teller {
    told: Option<Now>,
    /// The terminal is raw: a line end does not go back to the left.
    raw: bool,
}

impl Teller {
    fn say(&self, text: &str) -> Result<()> {
        match self.raw {
            true => out(&text.replace('\n', "\r\n")),
            false => out(text),
        }
    }

    fn follow(&mut self, now: &Now, deck: &Mutex<Deck>) -> Result<()> {
        let before = self.told.as_ref();
        let same = |f: &dyn Fn(&Now) -> bool| before.is_some_and(f);
        let mut text = String::new();
        {
            let deck = lock(deck);
            let track = &deck.tracks()[now.track];
            let chapter = same(&|b| b.track == now.track);
            if !chapter {
                text.push_str(&format!("\n{:02}  {}\n", track.number, track.title));
            }
            let sentence = same(&|b| b.sentence == now.sentence) && chapter;
            let said = now.sentence.map(|i| track.sentences[i].1.trim());
            if let Some(said) = said.filter(|s| !sentence && !s.is_empty()) {
                text.push_str(said);
                text.push('\n');
            }
        }
        if before.is_some_and(|b| b.paused != now.paused) {
            text.push_str(if now.paused { "paused\n" } else { "goes on\n" });
        }
        if before.is_some_and(|b| b.speed != now.speed) {
            text.push_str(&format!("speed {}\n", now.speed));
        }
        self.told = Some(now.clone());
        if text.is_empty() {
            Ok(())
        } else {
            self.say(&text)
        }
    }
}
