//! A programme as the station gets it: an edition whose chapters are what is played, in
//! that order, each with the silence behind it, so that its files played one after the
//! other are the programme to the frame.

use super::super::Finished;
use super::attempt::Attempt;
use super::programme::{Element, Source};
use super::stings::Sting;
use crate::assemble::{self, ChapterAudio, ChapterHead, Imprint, Take};
use crate::diag::{Fault, Noted, Result};
use crate::model::{ChapterKind, Edition, Frames, Millis, Role, RundownKind, VoiceCredit};
use crate::store::{self, TakeStore};

/// Silence is given in blocks of so many frames.
const BLOCK: usize = 4096;

/// Where the sounds of a programme come from.
#[derive(Clone, Copy)]
pub struct Station<'a> {
    /// What is played.
    pub attempt: &'a Attempt,
    /// The editions it is from.
    pub editions: &'a [Finished],
    /// Where takes are kept.
    pub store: &'a TakeStore,
}

impl Station<'_> {
    /// The sound of one element, block by block.
    ///
    /// # Errors
    /// A take that vanished from the store, and what the sink says.
    pub fn lay(
        &self,
        at: usize,
        sink: &mut dyn FnMut(&[f32]) -> Result<()>,
    ) -> Result<Noted<ChapterAudio>> {
        let lost = || {
            Fault::new("a sound of the programme was not made").help("please report this as a bug")
        };
        let element = self.attempt.elements.get(at).ok_or_else(lost)?;
        match (&element.source, self.attempt.chapters.get(at)) {
            (Source::Chapter { edition, .. }, Some(Some(chapter))) => {
                let finished = self.editions.get(*edition).ok_or_else(lost)?;
                let spoken = self.attempt.spoken.get(*edition).ok_or_else(lost)?;
                finished.lay(chapter, spoken, self.store, sink)
            }
            (Source::File(sting), _) => assemble::chapter([self.take(sting)], Millis(0), sink),
            _ => Err(lost()),
        }
    }

    /// The same with the silence behind it.
    ///
    /// # Errors
    /// As [`Station::lay`].
    pub fn item(&self, at: usize, sink: &mut dyn FnMut(&[f32]) -> Result<()>) -> Result<()> {
        self.lay(at, sink)?;
        silence(self.gap(at), sink)
    }

    /// The programme as an edition of the first one's paper and day; `sounds` are those
    /// of its elements.
    ///
    /// # Errors
    /// None is known; what the serialiser says is passed on.
    pub fn edition(&self, sounds: &[ChapterAudio]) -> Result<Edition> {
        let first = self.editions.first().ok_or_else(super::no_edition)?;
        let mut chapters = Vec::new();
        for (at, (element, audio)) in self.attempt.elements.iter().zip(sounds).enumerate() {
            let mut audio = audio.clone();
            audio.frames += self.gap(at);
            if let Some(last) = audio.cues.last_mut() {
                last.end = audio.frames;
            }
            let head = ChapterHead {
                number: at as u32 + 1,
                kind: match element.kind {
                    RundownKind::Opening => ChapterKind::Opening,
                    RundownKind::SignOff => ChapterKind::Closing,
                    RundownKind::Article | RundownKind::Sting => ChapterKind::Article,
                },
                title: title(element),
                article: None,
                page: None,
                priority: element.priority,
            };
            chapters.push(assemble::entry(head, audio, String::new()));
        }
        let made_of = serde_json::to_vec(&chapters)
            .map_err(|e| Fault::new(format!("cannot tell what the programme is: {e}")))?;
        let imprint = Imprint {
            generator: super::super::GENERATOR.into(),
            key: store::sha256(&made_of),
            masthead: first.edition.masthead.printed.clone(),
            language: first.edition.masthead.language.clone(),
            readings_sha256: String::new(),
            podcast: None,
        };
        let mut voices: Vec<VoiceCredit> = Vec::new();
        for voice in self.editions.iter().flat_map(|f| &f.edition.voices) {
            if voices.iter().all(|v| v.name != voice.name) {
                voices.push(voice.clone());
            }
        }
        Ok(assemble::index(
            imprint,
            chapters,
            voices,
            Vec::new(),
            Vec::new(),
        ))
    }

    fn gap(&self, at: usize) -> Frames {
        self.attempt.gaps.get(at).copied().unwrap_or_default()
    }

    /// The take of a sound of the station's.
    fn take(&self, sting: &Sting) -> Result<Take> {
        let vanished = || {
            Fault::new("a sting has vanished from the store while the programme was made")
                .help("run the same command again")
        };
        let pcm = (self.store.get(&sting.recording.key)).ok_or_else(vanished)?;
        Ok((sting.recording).take(sting.name.clone(), Role::Sting, pcm, Millis(0)))
    }
}

/// The title of an element; the edition's own sting has none.
pub fn title(element: &Element) -> String {
    match element.title.is_empty() {
        true => "sting".to_string(),
        false => element.title.clone(),
    }
}

/// So much silence, block by block.
fn silence(length: Frames, sink: &mut dyn FnMut(&[f32]) -> Result<()>) -> Result<()> {
    let block = [0.0; BLOCK];
    let mut left = length.0 as usize;
    while left > 0 {
        let now = left.min(BLOCK);
        sink(&block[..now])?;
        left -= now;
    }
    Ok(())
}
