//! The sound of a line: prompts and articles at every pace, from masters and takes to
//! the files that exchanges play.

use std::io::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::audio::shape::{FADE, fade, push_silence};
use crate::audio::stretch::Stretch;
use crate::audio::telephone::{self, Line};
use crate::audio::wav;
use crate::diag::{Fault, Result, cannot_write};
use crate::hotline::{Flow, Source, sentences};
use crate::model::{
    Chapter, Codec, Edition, Frames, Hotline, HotlineSet, Millis, Pace, Pcm, Piece, SampleRate,
    Take,
};
use crate::store::{self, Draft};

/// The silence before and behind the words of a prompt: lines swallow the first tenths
/// of a second.
const LEAD_IN: Millis = Millis(120);
const LEAD_OUT: Millis = Millis(180);
/// How long a piece of an article is at least, where sentences allow: as far as 4 and 6
/// go on exchanges that know no places in files.
const PIECE: Millis = Millis(13_000);
/// How much faster and slower the takes are that are not spoken but stretched.
const FAST: f32 = 1.25;
const SLOW: f32 = 0.8;

/// What the sound of a line is made with.
pub struct Studio<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// What is made of it.
    pub set: &'a HotlineSet,
    /// Where its masters are and its files go.
    pub draft: &'a Draft,
    /// How many chapters are worked on at once.
    pub workers: usize,
}

/// What a piece of work came to.
enum Done {
    /// The prompt at this position has this length.
    Prompt(usize, Frames),
    /// The article at this position has these takes.
    Article(usize, Vec<Take>),
}

impl Studio<'_> {
    /// Makes every sound of the line and tells it of their lengths; the files made.
    /// `spoken` are the prompts that were spoken, in their order.
    ///
    /// # Errors
    /// A master that cannot be read, a full disk.
    pub fn record(&self, flow: &mut Flow, spoken: &[Pcm]) -> Result<Vec<String>> {
        let files = Mutex::new(Vec::new());
        let made = Mutex::new(Vec::new());
        let next = AtomicUsize::new(0);
        let shared = &*flow;
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let result = match at.checked_sub(self.edition.chapters.len()) {
                    None => self.chapter(at, shared, &files),
                    Some(0) => self.prompts(shared, spoken, &files),
                    Some(_) => return,
                };
                if result.is_err() {
                    next.store(usize::MAX / 2, Ordering::Relaxed);
                }
                made.lock().unwrap_or_else(|e| e.into_inner()).push(result);
            }
        };
        thread::scope(|scope| {
            for _ in 0..self.workers.max(1) {
                scope.spawn(work);
            }
        });
        for result in made.into_inner().unwrap_or_else(|e| e.into_inner()) {
            for done in result? {
                match done {
                    Done::Prompt(at, frames) => flow.line.prompts[at].frames = frames,
                    Done::Article(at, takes) => flow.line.articles[at].takes = takes,
                }
            }
        }
        let mut files = files.into_inner().unwrap_or_else(|e| e.into_inner());
        files.sort();
        Ok(files)
    }

    /// The prompts that were spoken.
    fn prompts(
        &self,
        flow: &Flow,
        spoken: &[Pcm],
        files: &Mutex<Vec<String>>,
    ) -> Result<Vec<Done>> {
        let said = (flow.sources.iter().enumerate()).filter(|(_, s)| **s == Source::Spoken);
        said.zip(spoken)
            .map(|((at, _), pcm)| self.prompt(flow, at, pcm.clone(), files))
            .collect()
    }

    /// A prompt with a little silence around it.
    fn prompt(&self, flow: &Flow, at: usize, pcm: Pcm, files: &Mutex<Vec<String>>) -> Result<Done> {
        let mut whole = Pcm {
            rate: pcm.rate,
            samples: vec![0.0; LEAD_IN.frames(pcm.rate).0 as usize],
        };
        whole.samples.extend(pcm.samples);
        let rate = whole.rate;
        push_silence(&mut whole, LEAD_OUT.frames(rate));
        let line = telephone::line(&whole, self.set.wide)?;
        self.write(&flow.line.prompts[at].file, &line, files)?;
        Ok(Done::Prompt(at, line.narrow.frames()))
    }

    /// What is made of one chapter: prompts that are cut from it, and its takes when it
    /// is an article.
    fn chapter(&self, at: usize, flow: &Flow, files: &Mutex<Vec<String>>) -> Result<Vec<Done>> {
        let cuts: Vec<_> = (flow.sources.iter().enumerate())
            .filter_map(|(prompt, source)| match source {
                Source::Chapter(chapter, range) if *chapter == at => Some((prompt, range)),
                _ => None,
            })
            .collect();
        let article = flow.chapters.iter().position(|c| *c == at);
        if cuts.is_empty() && article.is_none() {
            return Ok(Vec::new());
        }
        let chapter = &self.edition.chapters[at];
        let master = self.master(chapter)?;
        let mut done = Vec::new();
        for (prompt, range) in cuts {
            let end = (range.end.0 as usize).min(master.samples.len());
            let mut samples = master.samples[(range.start.0 as usize).min(end)..end].to_vec();
            fade(&mut samples, FADE.frames(master.rate));
            let pcm = Pcm {
                rate: master.rate,
                samples,
            };
            done.push(self.prompt(flow, prompt, pcm, files)?);
        }
        if let Some(article) = article {
            let starts: Vec<Frames> = sentences(chapter).map(|c| c.start).collect();
            let number = flow.line.articles[article].number;
            let takes = Pace::ALL.map(|pace| {
                let speed = match pace {
                    Pace::Slow => SLOW,
                    Pace::Normal => 1.0,
                    Pace::Fast => FAST,
                };
                let (pcm, starts) = paced(&master, &starts, speed);
                self.take(number, pace, &pcm, &starts, files)
            });
            let takes = takes.into_iter().collect::<Result<_>>()?;
            done.push(Done::Article(article, takes));
        }
        Ok(done)
    }

    /// An article at one pace.
    fn take(
        &self,
        number: u32,
        pace: Pace,
        pcm: &Pcm,
        starts: &[Frames],
        files: &Mutex<Vec<String>>,
    ) -> Result<Take> {
        let line = telephone::line(pcm, self.set.wide)?;
        let file = format!("articles/{number:03}-{}", pace.name());
        self.write(&file, &line, files)?;
        let frames = line.narrow.frames();
        let starts: Vec<Frames> = (starts.iter())
            .map(|s| Frames(narrow(*s, pcm.rate).0.min(frames.0)))
            .collect();
        let ulaw = telephone::file(Codec::Ulaw, &line);
        let mut pieces = Vec::new();
        for (n, (sentence, range)) in (1..).zip(pieces_of(&starts, frames)) {
            let file = format!("pieces/{number:03}-{}-{n:03}", pace.name());
            let bytes = &ulaw[range.start.0 as usize..range.end.0 as usize];
            self.put(&path(&file, Codec::Ulaw), bytes, files)?;
            pieces.push(Piece {
                file,
                frames: range.end - range.start,
                sentence,
            });
        }
        Ok(Take {
            pace,
            file,
            frames,
            starts,
            pieces,
        })
    }

    /// One sound in every kind of file.
    fn write(&self, file: &str, line: &Line, files: &Mutex<Vec<String>>) -> Result<()> {
        self.set.codecs().try_for_each(|codec| {
            self.put(&path(file, codec), &telephone::file(codec, line), files)
        })
    }

    fn put(&self, file: &str, bytes: &[u8], files: &Mutex<Vec<String>>) -> Result<()> {
        let mut out = self.draft.create(file)?;
        (out.write_all(bytes).and_then(|()| out.flush()))
            .map_err(|e| self.draft.blame(cannot_write(&e), file))?;
        files
            .lock()
            .unwrap_or_else(|e| e.into_inner())
            .push(file.into());
        Ok(())
    }

    fn master(&self, chapter: &Chapter) -> Result<Pcm> {
        let input = store::open("chapter", &self.draft.path(&chapter.file))?;
        let mut samples = Vec::with_capacity(chapter.frames.0 as usize);
        wav::read(input, self.edition.sample_rate, &mut |block| {
            samples.extend_from_slice(block);
            Ok(())
        })
        .map_err(|f| self.draft.blame(f, &chapter.file))?;
        if samples.len() as u64 != chapter.frames.0 {
            return Err(self.draft.blame(
                Fault::new(format!(
                    "the chapter has {} frames, by the index {}",
                    samples.len(),
                    chapter.frames.0
                ))
                .help("build the edition again with `tingbao build`"),
                &chapter.file,
            ));
        }
        Ok(Pcm {
            rate: self.edition.sample_rate,
            samples,
        })
    }
}

/// Where a sound lies in the edition's folder.
fn path(file: &str, codec: Codec) -> String {
    format!(
        "{}/{}/{file}.{}",
        HotlineSet::FOLDER,
        codec.folder(),
        codec.ending()
    )
}

/// A position in a master as one of the line, rounded to the nearest.
fn narrow(at: Frames, rate: SampleRate) -> Frames {
    let (from, to) = (u64::from(rate.0), u64::from(Hotline::RATE.0));
    Frames((at.0 * to + from / 2) / from)
}

/// The sound at another speed and the same pitch, and where its sentences begin then.
fn paced(master: &Pcm, starts: &[Frames], speed: f32) -> (Pcm, Vec<Frames>) {
    if speed == 1.0 {
        return (master.clone(), starts.to_vec());
    }
    let mut stretch = Stretch::from(0);
    let mut samples = Vec::with_capacity((master.samples.len() as f32 / speed) as usize + 1024);
    while (stretch.at() as usize) < master.samples.len() {
        samples.extend(stretch.next(&master.samples, speed));
    }
    let moved = |at: &Frames| Frames((at.0 as f64 / f64::from(speed)).round() as u64);
    let starts = starts.iter().map(moved).collect();
    let pcm = Pcm {
        rate: master.rate,
        samples,
    };
    (pcm, starts)
}

/// The pieces of a take: the first sentence of each, and where it lies.
fn pieces_of(starts: &[Frames], end: Frames) -> Vec<(usize, std::ops::Range<Frames>)> {
    let least = PIECE.frames(Hotline::RATE);
    let mut firsts: Vec<(usize, Frames)> = Vec::new();
    for (sentence, start) in starts.iter().enumerate() {
        match firsts.last() {
            // The silence before the first sentence belongs to its piece.
            None => firsts.push((sentence, Frames(0))),
            Some((_, last)) if start.0 >= last.0 + least.0 => firsts.push((sentence, *start)),
            Some(_) => {}
        }
    }
    let ends = firsts.iter().skip(1).map(|(_, at)| *at).chain([end]);
    (firsts.iter().zip(ends))
        .map(|((sentence, start), end)| (*sentence, *start..end))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_begin_with_sentences_and_cover_the_take() {
        let seconds = |s: &[u64]| s.iter().map(|s| Frames(s * 8_000)).collect::<Vec<_>>();
        let pieces = pieces_of(&seconds(&[0, 5, 12, 14, 40, 41]), Frames(50 * 8_000));
        let told: Vec<_> = (pieces.iter())
            .map(|(s, r)| (*s, r.start.0 / 8_000, r.end.0 / 8_000))
            .collect();
        assert_eq!(told, [(0, 0, 14), (3, 14, 40), (4, 40, 50)]);
        assert_eq!(pieces_of(&[], Frames(8_000)), []);
    }

    #[test]
    fn another_speed_moves_the_sentences() {
        let master = crate::audio::test_signal::sine(24_000, 200.0, 4.0, 0.3);
        let (slow, starts) = paced(&master, &[Frames(0), Frames(48_000)], 0.8);
        assert_eq!(starts, [Frames(0), Frames(60_000)]);
        assert!((slow.samples.len() as i64 - 120_000).abs() <= 480);
        assert_eq!(narrow(Frames(60_001), SampleRate::MASTER), Frames(20_000));
    }
}
