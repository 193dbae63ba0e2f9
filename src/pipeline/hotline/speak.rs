//! The sentences that a line says of itself, spoken like everything else: read on
//! paper, spoken by workers, kept as takes.

use std::num::NonZeroUsize;

use crate::audio::shape::{FADE, fade, push_silence};
use crate::diag::{Fault, Result};
use crate::model::{
    Chunk, ChunkId, Edition, Millis, Omission, Pcm, Role, SampleRate, SourceText, Speed,
    is_mandarin,
};
use crate::pipeline::plan::PlannedChunk;
use crate::pipeline::{Event, Host, front_end, speak};
use crate::speech::{clamp_speed, install};
use crate::store::TakeStore;
use crate::text::FrontEnd;

/// How fast: as the cast for the telephone reads.
const SPEED: Speed = Speed(0.85);
/// The silence between two sentences of a prompt.
const BETWEEN: Millis = Millis(350);

/// Speaks each text, sentence by sentence, by the voice that announces the edition.
///
/// # Errors
/// A voice that is not there or cannot say a sentence, the user.
pub fn speak(
    texts: &[&str],
    edition: &Edition,
    workers: NonZeroUsize,
    host: &mut Host,
) -> Result<Vec<Pcm>> {
    let front = front_end()?;
    let voice = voice(edition, host)?;
    let language = (!is_mandarin(&edition.masthead.language)).then_some(&edition.masthead.language);
    let mut chunks = Vec::new();
    let mut counts = Vec::new();
    for text in texts {
        let sentences = sentences(text);
        counts.push(sentences.len());
        for sentence in sentences {
            let id = chunks.len() as u32 + 1;
            chunks.push(chunk(
                sentence,
                &front,
                (&voice, language.map(String::as_str)),
                id,
                host,
            )?);
        }
    }
    let store = TakeStore::new(&host.home.takes);
    let missing = speak::missing(chunks.iter(), &store);
    (host.tell)(Event::Planned {
        chapters: 1,
        chunks: chunks.len(),
        to_speak: missing.len(),
    });
    speak::fetch_voices(&missing, &install::Source::Packages, host)?;
    say(&chunks, &missing, &store, workers, host)?;
    let mut parts = chunks.iter();
    counts
        .into_iter()
        .map(|count| joined(parts.by_ref().take(count), &store))
        .collect()
}

/// Speaks what no take is kept of.
fn say(
    chunks: &[PlannedChunk],
    missing: &[&PlannedChunk],
    store: &TakeStore,
    workers: NonZeroUsize,
    host: &mut Host,
) -> Result<()> {
    let Some(first) = chunks.first() else {
        return Ok(());
    };
    // A voice that fails at a prompt fails at the line: nothing stands for a menu.
    let omission = Omission {
        mandarin: first.reading.clone(),
        english: first.reading.clone(),
    };
    let speaking = speak::Speaking {
        speaker: host.speaker,
        store,
        cancel: host.cancel,
        omission: &omission,
        silent: speak::Silent::default(),
    };
    let tell = &mut *host.tell;
    speaking.run(missing, workers, |spoken| {
        spoken.wait_for(chunks, &mut |e| tell(e))?;
        for planned in missing {
            if let Some(why) = spoken.parts.lost(&planned.key) {
                return Err(Fault::new(format!(
                    "`{}` cannot say `{}`: {why}",
                    planned.chunk.voice, planned.reading.spoken
                ))
                .help("build the edition with another headline voice"));
            }
        }
        Ok(())
    })
}

/// The takes of a prompt one behind the other.
fn joined<'a>(chunks: impl Iterator<Item = &'a PlannedChunk>, store: &TakeStore) -> Result<Pcm> {
    let mut all = Pcm {
        rate: SampleRate::MASTER,
        samples: Vec::new(),
    };
    for chunk in chunks {
        if !all.samples.is_empty() {
            push_silence(&mut all, BETWEEN.frames(SampleRate::MASTER));
        }
        let mut take = speak::kept(&chunk.key, store)?;
        fade(&mut take.samples, FADE.frames(SampleRate::MASTER));
        all.samples.extend(take.samples);
    }
    Ok(all)
}

/// The voice that announces the edition, else the first that speaks in it.
fn voice(edition: &Edition, host: &Host) -> Result<String> {
    let announces = (edition.chapters.iter().flat_map(|c| &c.cues))
        .filter(|c| c.role == Role::Announcement)
        .map(|c| &c.voice);
    let others = edition.voices.iter().map(|v| &v.name);
    let mut known = announces.chain(others).filter_map(|name| {
        let manifest = host.speaker.catalogue.voice(name).ok()?;
        let language = &edition.masthead.language;
        manifest.speaks(language).then(|| name.clone())
    });
    known.next().ok_or_else(|| {
        Fault::new("no voice of the edition is known here that speaks its language").help(
            "`tingbao voices` lists the voices; add the one the edition was made with \
             by `tingbao voices add`",
        )
    })
}

/// The sentences of a text, each with its mark.
fn sentences(text: &str) -> Vec<&str> {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '.' | '?' | '!');
    (text.split_inclusive(ends))
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .collect()
}

fn chunk(
    text: &str,
    front: &FrontEnd,
    (voice, language): (&str, Option<&str>),
    index: u32,
    host: &Host,
) -> Result<PlannedChunk> {
    let manifest = host.speaker.catalogue.voice(voice)?;
    let (speed, _) = clamp_speed(manifest, SPEED);
    let text = SourceText::made(text);
    let reading = front.read_in(language, &text).value;
    let chunk = Chunk {
        id: ChunkId { chapter: 0, index },
        role: Role::Announcement,
        block: index,
        text,
        language: language.map(String::from),
        voice: manifest.name.clone(),
        speed,
        pause_after: BETWEEN,
    };
    PlannedChunk::spoken(chunk, reading, host.speaker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prompt_is_spoken_by_sentences() {
        assert_eq!(
            sentences("听全部，请按1。选文章，请按2。 说明，请按0。"),
            ["听全部，请按1。", "选文章，请按2。", "说明，请按0。"]
        );
        assert_eq!(sentences("上次您听到："), ["上次您听到："]);
        assert_eq!(sentences(" "), [""; 0]);
    }
}
