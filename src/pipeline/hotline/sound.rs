//! The sound of a line: prompts and articles at every pace, from masters and takes to
//! the files that exchanges play.

use std::io::Write;
use std::num::NonZeroUsize;

use crate::audio::shape::{FADE, fade, push_silence};
use crate::audio::stretch::Stretch;
use crate::audio::telephone::{self, Line};
use crate::diag::{Fault, Result, cannot_write};
use crate::export::BUILD_AGAIN;
use crate::hotline::{Flow, Source, sentences};
use crate::model::{
    Chapter, Codec, Cue, Edition, Frames, Hotline, HotlineSet, Millis, Pace, Pcm, Piece,
    SampleRate, Take,
};
use crate::pipeline::again::{AgainChapter, Finished};
use crate::pipeline::speak::Parts;
use crate::pipeline::{masters, workers};
use crate::store::{Draft, TakeStore};

/// The silence before and behind the words of a prompt: lines swallow the first tenths
/// of a second.
const LEAD_IN: Millis = Millis(120);
const LEAD_OUT: Millis = Millis(180);
/// How long a piece of an article is at least, where sentences allow: as far as 4 and 6
/// go on exchanges that know no places in files.
const PIECE: Millis = Millis(13_000);
/// How much faster the fast take is; it is stretched, not spoken.
const FAST: f32 = 1.25;

/// What the sound of a line is made with.
pub struct Studio<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// What is made of it.
    pub set: HotlineSet,
    /// Where its masters are and its files go.
    pub draft: &'a Draft,
    /// How many chapters are worked on at once.
    pub workers: NonZeroUsize,
    /// What lays the slower takes down.
    pub slower: Slower<'a>,
}

/// The slower takes: spoken, not yet laid down.
pub struct Slower<'a> {
    /// The edition as it can be spoken again.
    pub finished: &'a Finished,
    /// Its articles at the slower pace, in order.
    pub articles: &'a [AgainChapter],
    /// What of them could not be said as a whole.
    pub parts: &'a Parts,
    /// Where their takes are.
    pub store: &'a TakeStore,
}

/// A piece of work.
enum Work {
    /// The prompts that were spoken.
    Spoken,
    /// Those that are cut from this chapter.
    Cuts(usize),
    /// This article at this pace.
    Take(usize, Pace),
}

/// What a piece of work came to.
#[derive(Default)]
struct Made {
    /// Prompts, by their position, and their lengths.
    prompts: Vec<(usize, Frames)>,
    /// Takes, by the position of their article.
    takes: Vec<(usize, Take)>,
    /// The files that were written.
    files: Vec<String>,
}

impl Studio<'_> {
    /// Makes every sound of the line and tells it of their lengths; the files made.
    /// `spoken` are the prompts that were spoken, in their order.
    ///
    /// # Errors
    /// A master that cannot be read, a full disk.
    pub fn record(&self, flow: &mut Flow, spoken: &[Pcm]) -> Result<Vec<String>> {
        let work = self.work(flow);
        let weights: Vec<Frames> = work.iter().map(|w| self.weight(w, flow)).collect();
        let shared = &*flow;
        let all = workers::each(&weights, self.workers, |n| {
            let mut made = Made::default();
            match work[n] {
                Work::Spoken => self.prompts(shared, spoken, &mut made)?,
                Work::Cuts(chapter) => self.cuts(chapter, shared, &mut made)?,
                Work::Take(article, pace) => self.article(article, pace, shared, &mut made)?,
            }
            Ok(made)
        })?;
        let mut files = Vec::new();
        for made in all {
            for (at, frames) in made.prompts {
                flow.line.prompts[at].frames = frames;
            }
            // They come in the order of the work, the slowest of each first.
            for (at, take) in made.takes {
                flow.line.articles[at].takes.push(take);
            }
            files.extend(made.files);
        }
        files.sort();
        Ok(files)
    }

    /// All that is to be done, in the order in which it is told.
    fn work(&self, flow: &Flow) -> Vec<Work> {
        let cuts = (0..self.edition.chapters.len()).map(Work::Cuts);
        let articles = 0..flow.chapters.len();
        let takes = articles.flat_map(|n| Pace::ALL.map(|pace| Work::Take(n, pace)));
        [Work::Spoken]
            .into_iter()
            .chain(cuts)
            .chain(takes)
            .collect()
    }

    /// How much there is to do, as so much sound.
    fn weight(&self, work: &Work, flow: &Flow) -> Frames {
        match work {
            Work::Spoken | Work::Cuts(_) => Frames(0),
            Work::Take(article, _) => self.edition.chapters[flow.chapters[*article]].frames,
        }
    }

    /// The prompts that were spoken.
    fn prompts(&self, flow: &Flow, spoken: &[Pcm], made: &mut Made) -> Result<()> {
        let said = (flow.sources.iter().enumerate()).filter(|(_, s)| **s == Source::Spoken);
        for ((at, _), pcm) in said.zip(spoken) {
            self.prompt(flow, at, pcm, made)?;
        }
        Ok(())
    }

    /// A prompt with a little silence around it.
    fn prompt(&self, flow: &Flow, at: usize, pcm: &Pcm, made: &mut Made) -> Result<()> {
        let mut whole = Pcm {
            rate: pcm.rate,
            samples: vec![0.0; LEAD_IN.frames(pcm.rate).0 as usize],
        };
        whole.samples.extend_from_slice(&pcm.samples);
        push_silence(&mut whole, LEAD_OUT.frames(pcm.rate));
        let line = telephone::line(&whole, self.set.wide)?;
        self.write(&flow.line.prompts[at].file, &line, made)?;
        made.prompts.push((at, line.narrow.frames()));
        Ok(())
    }

    /// The prompts that are cut from one chapter.
    fn cuts(&self, at: usize, flow: &Flow, made: &mut Made) -> Result<()> {
        let cuts: Vec<_> = (flow.sources.iter().enumerate())
            .filter_map(|(prompt, source)| match source {
                Source::Chapter(chapter, range) if *chapter == at => Some((prompt, range)),
                _ => None,
            })
            .collect();
        if cuts.is_empty() {
            return Ok(());
        }
        let master = self.master(&self.edition.chapters[at])?;
        for (prompt, range) in cuts {
            let end = (range.end.0 as usize).min(master.samples.len());
            let mut samples = master.samples[(range.start.0 as usize).min(end)..end].to_vec();
            fade(&mut samples, FADE.frames(master.rate));
            let pcm = Pcm {
                rate: master.rate,
                samples,
            };
            self.prompt(flow, prompt, &pcm, made)?;
        }
        Ok(())
    }

    /// One article at one pace.
    fn article(&self, article: usize, pace: Pace, flow: &Flow, made: &mut Made) -> Result<()> {
        let chapter = &self.edition.chapters[flow.chapters[article]];
        let (pcm, starts) = match pace {
            Pace::Slow => self.slower(chapter, article)?,
            Pace::Normal => (self.master(chapter)?, starts(chapter)),
            Pace::Fast => stretched(&self.master(chapter)?, &starts(chapter), FAST),
        };
        let name = (flow.line.articles[article].number, pace);
        let take = self.take(name, &pcm, &starts, made)?;
        made.takes.push((article, take));
        Ok(())
    }

    /// An article spoken at the slower pace, and where its sentences begin.
    fn slower(&self, chapter: &Chapter, article: usize) -> Result<(Pcm, Vec<Frames>)> {
        let Slower {
            finished,
            articles,
            parts,
            store,
        } = self.slower;
        let mut samples = Vec::new();
        let audio = finished
            .lay(&articles[article], parts, store, &mut |block| {
                samples.extend_from_slice(block);
                Ok(())
            })?
            .value;
        let pcm = Pcm {
            rate: SampleRate::MASTER,
            samples,
        };
        let starts = same_sentences(&chapter.cues, &audio.cues);
        // Voices that are driven below their slowest speed are hard to understand: the
        // rest of the way is stretched.
        Ok(match articles[article].too_fast() as f32 {
            ..1.01 => (pcm, starts),
            by => stretched(&pcm, &starts, 1.0 / by),
        })
    }

    /// An article at one pace.
    fn take(
        &self,
        (number, pace): (u32, Pace),
        pcm: &Pcm,
        starts: &[Frames],
        made: &mut Made,
    ) -> Result<Take> {
        let line = telephone::line(pcm, self.set.wide)?;
        let file = format!("articles/{number:03}-{}", pace.name());
        self.write(&file, &line, made)?;
        let frames = line.narrow.frames();
        let starts: Vec<Frames> = (starts.iter())
            .map(|s| s.at(pcm.rate, Hotline::RATE).min(frames))
            .collect();
        let ulaw = telephone::file(Codec::Ulaw, &line);
        let mut pieces = Vec::new();
        for (n, (sentence, range)) in (1..).zip(pieces_of(&starts, frames)) {
            let file = format!("pieces/{number:03}-{}-{n:03}", pace.name());
            let bytes = &ulaw[range.start.0 as usize..range.end.0 as usize];
            self.put(path(&file, Codec::Ulaw), bytes, made)?;
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
    fn write(&self, file: &str, line: &Line, made: &mut Made) -> Result<()> {
        (self.set.codecs())
            .try_for_each(|codec| self.put(path(file, codec), &telephone::file(codec, line), made))
    }

    fn put(&self, file: String, bytes: &[u8], made: &mut Made) -> Result<()> {
        let mut out = self.draft.create(&file)?;
        (out.write_all(bytes).and_then(|()| out.flush()))
            .map_err(|e| self.draft.blame(cannot_write(&e), &file))?;
        made.files.push(file);
        Ok(())
    }

    fn master(&self, chapter: &Chapter) -> Result<Pcm> {
        let mut samples = Vec::with_capacity(chapter.frames.0 as usize);
        let rate = self.edition.sample_rate;
        masters::read(self.draft, chapter, rate, &mut |block| {
            samples.extend_from_slice(block);
            Ok(())
        })?;
        if samples.len() as u64 != chapter.frames.0 {
            return Err(self.draft.blame(
                Fault::new(format!(
                    "the chapter has {} frames, by the index {}",
                    samples.len(),
                    chapter.frames.0
                ))
                .help(BUILD_AGAIN),
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

/// Where the sentences of a chapter begin.
fn starts(chapter: &Chapter) -> Vec<Frames> {
    sentences(chapter).map(|c| c.start).collect()
}

/// Where the sentences of a chapter begin in the same chapter spoken again. A chunk that
/// was said in parts may be said as a whole now, and the other way round: a part that is
/// not there begins with the last that is.
fn same_sentences(cues: &[Cue], again: &[Cue]) -> Vec<Frames> {
    let mut part = 0;
    let mut last = Frames(0);
    (cues.iter().enumerate())
        .map(|(n, cue)| {
            let goes_on = n > 0 && cues[n - 1].chunk == cue.chunk;
            part = if goes_on { part + 1 } else { 0 };
            let same = again.iter().filter(|c| c.chunk == cue.chunk);
            last = same.take(part + 1).last().map_or(last, |c| c.start);
            last
        })
        .collect()
}

/// The sound at another speed and the same pitch, and where its sentences begin then.
fn stretched(master: &Pcm, starts: &[Frames], speed: f32) -> (Pcm, Vec<Frames>) {
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
        let master = crate::audio::test_signal::sine(24_000, 200.0, 5.0, 0.3);
        let (slow, later) = stretched(&master, &[Frames(60_000)], 0.8);
        assert_eq!(later, [Frames(75_000)]);
        assert!((slow.samples.len() as i64 - 150_000).abs() <= 480);
        let (fast, starts) = stretched(&master, &[Frames(0), Frames(60_000)], FAST);
        assert_eq!(starts, [Frames(0), Frames(48_000)]);
        assert!((fast.samples.len() as i64 - 96_000).abs() <= 480);
        assert_eq!(
            Frames(60_001).at(SampleRate::MASTER, Hotline::RATE),
            Frames(20_000)
        );
    }

    #[test]
    fn sentences_are_found_again_by_their_chunks() {
        let cue = |chunk: &str, start: u64| Cue {
            chunk: chunk.into(),
            role: crate::model::Role::Body,
            block: 1,
            language: None,
            text: String::new(),
            spoken: String::new(),
            voice: String::new(),
            start: Frames(start),
            speech_end: Frames(start),
            end: Frames(start),
            source: None,
        };
        let cues = [cue("a", 0), cue("b", 5), cue("b", 7), cue("c", 9)];
        let again = [cue("a", 0), cue("b", 10), cue("c", 20), cue("c", 25)];
        let found = same_sentences(&cues, &again);
        assert_eq!(found, [0, 10, 10, 20].map(Frames));
        let parted = [cue("a", 0), cue("b", 10), cue("b", 14), cue("c", 20)];
        assert_eq!(same_sentences(&cues, &parted), [0, 10, 14, 20].map(Frames));
    }
}
