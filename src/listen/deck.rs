//! What is heard of an edition, and what the keys do.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::audio::stretch::Stretch;
use crate::model::{Chapter, SampleRate};

/// How far one key press goes, in seconds.
const STEP: u64 = 15;
/// A sentence is repeated, not the one before it, from so many frames on.
const BEGUN: u64 = SampleRate::MASTER.0 as u64 * 3 / 2;
/// The speeds, slowest first.
const SPEEDS: [f32; 9] = [0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0];
const OWN_SPEED: usize = 4;

/// One chapter to play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// Its number in the edition.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Its sound file, relative to the edition.
    pub file: String,
    /// The frames to play, one past the last.
    pub frames: std::ops::Range<u64>,
    /// Where each sentence begins, and its text.
    pub sentences: Vec<(u64, String)>,
}

impl Track {
    /// All of a chapter.
    pub fn whole(chapter: &Chapter) -> Self {
        Track {
            number: chapter.number,
            title: chapter.title.clone(),
            file: chapter.file.clone(),
            frames: 0..chapter.frames.0,
            sentences: (chapter.cues.iter())
                .map(|c| (c.start.0, c.text.clone()))
                .collect(),
        }
    }

    /// One chunk of a chapter, by its id.
    pub fn chunk(chapter: &Chapter, id: &str) -> Option<Self> {
        let cue = chapter.cues.iter().find(|c| c.chunk == id)?;
        let mut track = Track::whole(chapter);
        track.frames = cue.start.0..cue.speech_end.0;
        track.sentences = vec![(cue.start.0, cue.text.clone())];
        Some(track)
    }
}

/// What a listener asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Stop for a while, and go on.
    Pause,
    /// 15 seconds back.
    Back,
    /// 15 seconds on.
    Forward,
    /// The next chapter.
    Next,
    /// The beginning of this chapter, or the one before.
    Previous,
    /// The sentence again.
    Repeat,
    /// A little slower.
    Slower,
    /// A little faster.
    Faster,
}

/// What is heard now.
#[derive(Debug, Clone, PartialEq)]
pub struct Now {
    /// The track, counted from 0.
    pub track: usize,
    /// The sentence of it, counted from 0.
    pub sentence: Option<usize>,
    /// The frame of its file.
    pub at: u64,
    /// How fast.
    pub speed: f32,
    /// Whether it waits.
    pub paused: bool,
    /// Whether all is played.
    pub over: bool,
}

/// A player of tracks, one behind the other.
#[derive(Debug)]
pub struct Deck {
    tracks: Vec<Track>,
    /// The sounds, as they are needed.
    sounds: Vec<Option<Arc<Vec<f32>>>>,
    track: usize,
    stretch: Stretch,
    speed: usize,
    paused: bool,
    /// What was made and not yet taken.
    ready: VecDeque<f32>,
}

impl Deck {
    /// Begins with the first track.
    pub fn new(tracks: Vec<Track>) -> Self {
        Deck {
            sounds: vec![None; tracks.len()],
            stretch: Stretch::from(tracks.first().map_or(0, |t| t.frames.start)),
            tracks,
            track: 0,
            speed: OWN_SPEED,
            paused: false,
            ready: VecDeque::new(),
        }
    }

    /// The tracks in order.
    pub fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    /// Which sound is needed next and not there: this track's, or that of the
    /// one behind it. Until it is given the deck is silent.
    pub fn wanted(&self) -> Option<usize> {
        (self.track..self.tracks.len().min(self.track + 2)).find(|i| self.sounds[*i].is_none())
    }

    /// Gives the sound of a track; those that are done with are let go.
    pub fn give(&mut self, track: usize, sound: Arc<Vec<f32>>) {
        let here = self.track;
        for (i, kept) in self.sounds.iter_mut().enumerate() {
            if i + 1 < here || i > here + 1 {
                *kept = None;
            }
        }
        if let Some(place) = self.sounds.get_mut(track) {
            *place = Some(sound);
        }
    }

    /// The next samples for the sound card.
    pub fn fill(&mut self, out: &mut [f32]) {
        let mut filled = 0;
        while filled < out.len() {
            match self.ready.pop_front() {
                Some(sample) => {
                    out[filled] = sample;
                    filled += 1;
                }
                None if !self.go_on() => {
                    out[filled..].fill(0.0);
                    return;
                }
                None => {}
            }
        }
    }

    /// Makes more samples; `false` when there is nothing to hear now.
    fn go_on(&mut self) -> bool {
        let Some(track) = self.tracks.get(self.track).filter(|_| !self.paused) else {
            return false;
        };
        if self.stretch.at() >= track.frames.end {
            self.begin(self.track + 1);
            return self.track < self.tracks.len();
        }
        let Some(sound) = &self.sounds[self.track] else {
            return false;
        };
        let end = sound.len().min(track.frames.end as usize);
        self.ready
            .extend(self.stretch.next(&sound[..end], SPEEDS[self.speed]));
        true
    }

    /// Whether all is played.
    pub fn is_over(&self) -> bool {
        self.track >= self.tracks.len() && self.ready.is_empty()
    }

    /// What is heard now.
    pub fn now(&self) -> Now {
        let at = self.stretch.at();
        Now {
            track: self.track.min(self.tracks.len().saturating_sub(1)),
            sentence: self.sentence(at),
            at,
            speed: SPEEDS[self.speed],
            paused: self.paused,
            over: self.is_over(),
        }
    }

    fn sentence(&self, at: u64) -> Option<usize> {
        let sentences = &self.tracks.get(self.track)?.sentences;
        sentences.iter().rposition(|(start, _)| *start <= at)
    }

    /// Does what the key says.
    pub fn press(&mut self, key: Key) {
        match key {
            Key::Pause => self.paused = !self.paused,
            Key::Slower => self.speed = self.speed.saturating_sub(1),
            Key::Faster => self.speed = (self.speed + 1).min(SPEEDS.len() - 1),
            Key::Next => self.begin(self.track + 1),
            Key::Previous => {
                let Some(track) = self.tracks.get(self.track) else {
                    return self.begin(self.tracks.len().saturating_sub(1));
                };
                let begun = self.stretch.at() >= track.frames.start + BEGUN;
                let back = usize::from(!begun);
                self.begin(self.track.saturating_sub(back));
            }
            Key::Back | Key::Forward => self.step(key == Key::Forward),
            Key::Repeat => {
                let at = self.stretch.at();
                let Some(sentence) = self.sentence(at) else {
                    return;
                };
                let start = |i: usize| self.tracks[self.track].sentences[i].0;
                let back = usize::from(at < start(sentence) + BEGUN / 2);
                let to = start(sentence.saturating_sub(back));
                self.seek(to);
            }
        }
    }

    fn step(&mut self, forward: bool) {
        let Some(track) = self.tracks.get(self.track) else {
            return;
        };
        let step = STEP * u64::from(SampleRate::MASTER.0);
        let at = self.stretch.at();
        let to = if forward {
            at + step
        } else {
            at.saturating_sub(step)
        };
        if forward && to >= track.frames.end {
            return self.begin(self.track + 1);
        }
        self.seek(to.max(track.frames.start));
    }

    fn seek(&mut self, to: u64) {
        self.stretch = Stretch::from(to);
        self.ready.clear();
    }

    fn begin(&mut self, track: usize) {
        self.track = track.min(self.tracks.len());
        let start = self.tracks.get(self.track).map_or(0, |t| t.frames.start);
        // What sounds still is let out, unless a key cut it off.
        self.stretch = Stretch::from(start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = SampleRate::MASTER.0 as u64;

    /// Two tracks of a minute, whose samples tell the track.
    fn deck() -> Deck {
        let track = |number: u32| Track {
            number,
            title: format!("第{number}章"),
            file: format!("{number}.wav"),
            frames: 0..60 * SECOND,
            sentences: (0..6)
                .map(|i| (i * 10 * SECOND, format!("句{i}")))
                .collect(),
        };
        let mut deck = Deck::new(vec![track(1), track(2)]);
        assert_eq!(deck.wanted(), Some(0));
        deck.give(0, Arc::new(vec![0.25; (60 * SECOND) as usize]));
        assert_eq!(deck.wanted(), Some(1));
        deck.give(1, Arc::new(vec![0.5; (60 * SECOND) as usize]));
        assert_eq!(deck.wanted(), None);
        deck
    }

    fn hear(deck: &mut Deck, seconds: f64) -> f32 {
        let mut out = vec![0.0; (seconds * SECOND as f64) as usize];
        deck.fill(&mut out);
        out[out.len() - 1]
    }

    fn at(deck: &Deck) -> (usize, f64) {
        let now = deck.now();
        (
            now.track,
            (now.at as f64 / SECOND as f64 * 10.0).round() / 10.0,
        )
    }

    #[test]
    fn chapters_follow_one_another_to_the_end() {
        let mut deck = deck();
        assert!((hear(&mut deck, 1.0) - 0.25).abs() < 1e-5);
        hear(&mut deck, 60.0);
        assert_eq!(at(&deck).0, 1);
        assert!((hear(&mut deck, 1.0) - 0.5).abs() < 1e-5);
        assert!(!deck.is_over());
        assert_eq!(hear(&mut deck, 60.0), 0.0);
        assert!(deck.is_over() && deck.now().over);
        deck.press(Key::Previous);
        assert_eq!(at(&deck), (1, 0.0));
    }

    #[test]
    fn keys_move_about() {
        let mut deck = deck();
        hear(&mut deck, 12.0);
        deck.press(Key::Forward);
        assert_eq!(at(&deck), (0, 27.0));
        assert_eq!(deck.now().sentence, Some(2));
        deck.press(Key::Repeat);
        assert_eq!(at(&deck), (0, 20.0));
        deck.press(Key::Repeat);
        assert_eq!(at(&deck), (0, 10.0), "just begun: the one before");
        deck.press(Key::Back);
        assert_eq!(at(&deck), (0, 0.0));
        deck.press(Key::Next);
        hear(&mut deck, 5.0);
        deck.press(Key::Previous);
        assert_eq!(at(&deck), (1, 0.0), "the beginning first");
        deck.press(Key::Previous);
        assert_eq!(at(&deck), (0, 0.0));
        for _ in 0..5 {
            deck.press(Key::Forward);
        }
        assert_eq!(at(&deck), (1, 15.0));
        deck.press(Key::Next);
        deck.press(Key::Repeat);
        deck.press(Key::Forward);
        assert!(deck.is_over());
    }

    #[test]
    fn a_pause_is_silent_and_the_speed_moves_on() {
        let mut deck = deck();
        hear(&mut deck, 2.0);
        deck.press(Key::Pause);
        hear(&mut deck, 0.2);
        assert_eq!(hear(&mut deck, 1.0), 0.0);
        let held = at(&deck);
        hear(&mut deck, 5.0);
        assert_eq!(at(&deck), held);
        deck.press(Key::Pause);
        for _ in 0..20 {
            deck.press(Key::Faster);
        }
        assert_eq!(deck.now().speed, 2.0);
        hear(&mut deck, 5.0);
        assert!((at(&deck).1 - held.1 - 10.0).abs() < 0.1);
        for _ in 0..20 {
            deck.press(Key::Slower);
        }
        assert_eq!(deck.now().speed, 0.6);
    }

    #[test]
    fn without_its_sound_a_track_is_silent_and_waits() {
        let mut deck = Deck::new(vec![deck().tracks()[0].clone()]);
        assert_eq!(hear(&mut deck, 3.0), 0.0);
        assert_eq!(at(&deck), (0, 0.0));
        assert!(Deck::new(Vec::new()).is_over());
    }
}
