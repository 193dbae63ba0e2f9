//! `cart`, what automation needs to schedule a file (AES46-2002, version 1.01).

use super::Ascii;
use crate::model::Frames;

/// The sample that is 0 dB to the level fields of automation: full scale of 16 bits,
/// as AES46 gives it for digital sound.
const LEVEL_REFERENCE: i32 = 32_768;
/// So many timers a file can have.
const TIMERS: usize = 8;
/// Reserved bytes behind the timers.
const RESERVED: usize = 276;

/// What a schedule says of a file. Texts are at most 64 characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cart {
    /// What stands in the scheduler's list.
    pub title: Ascii,
    /// Who is heard.
    pub artist: Ascii,
    /// The cut's name, unlike any other; the same when it is delivered again.
    pub cut: Ascii,
    /// For whom it is broadcast.
    pub client: Ascii,
    /// Its kind, such as `NEWS`.
    pub category: Ascii,
    /// A word to sort by.
    pub classification: Ascii,
    /// The last words.
    pub out_cue: Ascii,
    /// The first day it may be broadcast, `YYYY-MM-DD`; `None` for any.
    pub start: Option<Ascii>,
    /// The last day, when it is killed; `None` for none.
    pub kill: Option<Ascii>,
    /// The program that made it.
    pub producer: Ascii,
    /// That program's version.
    pub producer_version: Ascii,
    /// Free text.
    pub user: Ascii,
    /// Places in the sound; at most eight.
    pub timers: Vec<Timer>,
    /// Where more is to be found; at most 1024 characters.
    pub url: Ascii,
}

/// A place in the sound that automation acts on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timer {
    /// What for.
    pub of: TimerUse,
    /// Where, in frames of the file.
    pub at: Frames,
}

/// What a timer is for (AES46-2002, annex A).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimerUse {
    /// The sound begins.
    AudioStart,
    /// The sound ends.
    AudioEnd,
    /// The next file may begin.
    SegueStart,
    /// And must have begun.
    SegueEnd,
    /// The samples end.
    EndOfData,
}

impl TimerUse {
    /// Its four characters.
    pub fn code(self) -> &'static [u8; 4] {
        match self {
            TimerUse::AudioStart => b"AUDs",
            TimerUse::AudioEnd => b"AUDe",
            TimerUse::SegueStart => b"SEGs",
            TimerUse::SegueEnd => b"SEGe",
            TimerUse::EndOfData => b"EOD ",
        }
    }
}

impl Cart {
    /// The chunk's content.
    pub(super) fn content(&self) -> Vec<u8> {
        // The dates that stand for no limit, with the times of a whole day.
        let (any, never) = (Ascii::of("1900-01-01"), Ascii::of("9999-12-31"));
        let (morning, night) = (Ascii::of("00:00:00"), Ascii::of("23:59:59"));
        let mut out = Vec::with_capacity(2048);
        out.extend_from_slice(b"0101");
        for text in [
            &self.title,
            &self.artist,
            &self.cut,
            &self.client,
            &self.category,
            &self.classification,
            &self.out_cue,
        ] {
            text.put(64, &mut out);
        }
        self.start.as_ref().unwrap_or(&any).put(10, &mut out);
        morning.put(8, &mut out);
        self.kill.as_ref().unwrap_or(&never).put(10, &mut out);
        night.put(8, &mut out);
        self.producer.put(64, &mut out);
        self.producer_version.put(64, &mut out);
        self.user.put(64, &mut out);
        out.extend_from_slice(&LEVEL_REFERENCE.to_le_bytes());
        let mut free = TIMERS;
        for timer in self.timers.iter().take(TIMERS) {
            // A place that 32 bits cannot tell is none, rather than a wrong one.
            if let Ok(at) = u32::try_from(timer.at.0) {
                out.extend_from_slice(timer.of.code());
                out.extend_from_slice(&at.to_le_bytes());
                free -= 1;
            }
        }
        out.resize(out.len() + free * 8 + RESERVED, 0);
        self.url.put(1024, &mut out);
        // No tag text.
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_stand_where_the_standard_says() {
        let timer = |of, at| Timer { of, at: Frames(at) };
        let cart = Cart {
            title: Ascii::of("title"),
            cut: Ascii::of("cut"),
            out_cue: Ascii::of(&"x".repeat(80)),
            start: Some(Ascii::of("2026-11-24")),
            timers: vec![
                timer(TimerUse::SegueStart, 7),
                timer(TimerUse::EndOfData, 1 << 32),
                timer(TimerUse::AudioEnd, 9),
            ],
            url: Ascii::of("https://example.org/"),
            ..Cart::default()
        };
        let content = cart.content();
        assert_eq!(content.len(), 2048);
        assert_eq!(&content[..9], b"0101title");
        assert_eq!(&content[132..136], b"cut\0");
        assert_eq!(&content[388..452], [b'x'; 64]);
        assert_eq!(&content[452..488], b"2026-11-2400:00:009999-12-3123:59:59");
        assert_eq!(content[680..684], 32_768i32.to_le_bytes());
        assert_eq!(&content[684..700], b"SEGs\x07\0\0\0AUDe\x09\0\0\0");
        assert!(content[700..1024].iter().all(|b| *b == 0));
        assert_eq!(&content[1024..1032], b"https://");
    }
}
