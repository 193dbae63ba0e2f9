//! What a Broadcast Wave File says of a cut.

use super::{Cut, Radio, Spelled, samples};
use crate::audio::broadcast::{
    About, Ascii, Bext, Cart, Format, Info, Marker, Timer, TimerUse, coding_history,
};
use crate::export::{Part, narrators};
use crate::model::{Bits, Channels, Frames};

/// A part; `start` is where it begins in the programme.
pub fn part(radio: &Radio<'_>, cut: &Cut, n: usize, spelled: &Spelled, start: Frames) -> About {
    let part = &radio.book.parts[n];
    let spelled_title = spelled.titles.get(n).map_or("", String::as_str);
    let rate = radio.book.edition.sample_rate;
    let heard =
        (part.sentences().last()).map_or(cut.frames, |s| s.cue.speech_end.at(rate, Radio::rate()));
    let out_cue = spelled.last_words.get(n).map_or("", String::as_str);
    About {
        bext: bext(radio, cut, spelled, spelled_title, start),
        cart: Cart {
            out_cue: Ascii::of(out_cue),
            timers: timers(heard, cut.frames),
            ..cart(
                radio,
                cut,
                spelled,
                &format!("{:02} {spelled_title}", part.chapter.number),
            )
        },
        info: info(radio, cut, Some(n + 1)),
        markers: sentences(part, Frames(0), rate),
        id3: Vec::new(),
    }
}

/// The whole programme.
pub fn whole(radio: &Radio<'_>, spelled: &Spelled) -> About {
    let cut = &radio.whole;
    let rate = radio.book.edition.sample_rate;
    let mut markers = Vec::new();
    let mut start = Frames(0);
    let mut heard = cut.frames;
    for (part, own) in radio.book.parts.iter().zip(&radio.cuts) {
        // The item's marker takes the place of its first sentence's, which says the
        // title: readers that make chapters of markers want no two at one place.
        markers.push(Marker {
            at: start,
            length: own.frames,
            label: format!("{:02} {}", part.chapter.number, part.title),
        });
        markers.extend(sentences(part, start, rate).into_iter().skip(1));
        if let Some(last) = part.sentences().last() {
            heard = start + last.cue.speech_end.at(rate, Radio::rate());
        }
        start += own.frames;
    }
    About {
        bext: bext(radio, cut, spelled, "whole programme", Frames(0)),
        cart: Cart {
            out_cue: Ascii::of(spelled.last_words.last().map_or("", String::as_str)),
            timers: timers(heard, cut.frames),
            ..cart(radio, cut, spelled, "ALL whole programme")
        },
        info: info(radio, cut, None),
        markers,
        id3: Vec::new(),
    }
}

/// Where automation acts: the file is as long as the rundown says; who lets the next one
/// begin earlier may do so behind the last word.
fn timers(heard: Frames, end: Frames) -> Vec<Timer> {
    [
        (TimerUse::AudioStart, Frames(0)),
        (TimerUse::SegueStart, heard.min(end)),
        (TimerUse::SegueEnd, end),
        (TimerUse::AudioEnd, end),
        (TimerUse::EndOfData, end),
    ]
    .map(|(of, at)| Timer { of, at })
    .to_vec()
}

/// Every sentence with its words.
fn sentences(part: &Part<'_>, start: Frames, rate: crate::model::SampleRate) -> Vec<Marker> {
    let cue = |from: Frames, to: Frames, text: &str| {
        let (from, to) = (from.at(rate, Radio::rate()), to.at(rate, Radio::rate()));
        Marker {
            at: start + from,
            length: to - from,
            label: text.split_whitespace().collect::<Vec<_>>().join(" "),
        }
    };
    (part.sentences())
        .filter(|s| s.start < s.end)
        .map(|s| cue(s.start, s.end, &s.text))
        .collect()
}

fn bext(radio: &Radio<'_>, cut: &Cut, spelled: &Spelled, title: &str, start: Frames) -> Bext {
    let date = radio.book.date().unwrap_or_default();
    let edition = &radio.book.edition;
    let master = Format {
        rate: edition.sample_rate,
        bits: Bits::Sixteen,
        channels: Channels::Mono,
    };
    let made = Format {
        rate: Radio::rate(),
        bits: radio.set.bits,
        channels: radio.set.channels,
    };
    let voices: Vec<&str> = edition.voices.iter().map(|v| v.name.as_str()).collect();
    let spoken = format!(
        "{}; synthetic speech: {}",
        edition.generator,
        voices.join(" ")
    );
    let levelled = format!("{}; level {}", edition.generator, radio.set.level);
    Bext {
        description: Ascii::of(&format!("{title} - {} {date}", spelled.paper)),
        originator: Ascii::of(&spelled.paper),
        reference: cut.id.clone(),
        date: Ascii::of(date),
        time: Ascii::of(if date.is_empty() { "" } else { "00:00:00" }),
        time_reference: start.0,
        history: vec![
            coding_history(master, &Ascii::of(&spoken)),
            coding_history(made, &Ascii::of(&levelled)),
        ],
    }
}

fn cart(radio: &Radio<'_>, cut: &Cut, spelled: &Spelled, title: &str) -> Cart {
    let edition = &radio.book.edition;
    let (program, version) =
        (edition.generator.split_once(' ')).unwrap_or((&edition.generator, ""));
    let date = radio.book.date().unwrap_or_default();
    let base = edition.podcast.as_ref().and_then(|p| p.base.as_ref());
    Cart {
        title: Ascii::of(title),
        artist: Ascii::of(&format!("{} {date}", spelled.paper)),
        cut: cut.id.clone(),
        client: Ascii::of(&spelled.paper),
        category: Ascii::of("NEWS"),
        classification: Ascii::of(&radio.issue),
        start: radio.days.as_ref().map(|(first, _)| Ascii::of(first)),
        kill: radio.days.as_ref().map(|(_, last)| Ascii::of(last)),
        producer: Ascii::of(program),
        producer_version: Ascii::of(version),
        user: Ascii::of(&format!(
            "{}, level {}",
            samples(radio.set),
            radio.set.level
        )),
        url: Ascii::of(base.map_or("", |b| b.as_str())),
        ..Cart::default()
    }
}

fn info(radio: &Radio<'_>, cut: &Cut, track: Option<usize>) -> Vec<Info> {
    let book = radio.book;
    let edition = &book.edition;
    let head = &edition.masthead.printed;
    let track = track.map(|n| n.to_string()).unwrap_or_default();
    vec![
        Info::new(b"INAM", &*cut.title),
        Info::new(b"IART", &*head.paper),
        Info::new(b"IPRD", &*book.title),
        Info::new(b"ITRK", track),
        Info::new(b"ICRD", book.date().unwrap_or_default()),
        Info::new(b"IGNR", "Speech"),
        Info::new(b"ILNG", book.language()),
        Info::new(b"ICMT", narrators::narrators(book).join("; ")),
        Info::new(b"ISFT", &*edition.generator),
    ]
}
