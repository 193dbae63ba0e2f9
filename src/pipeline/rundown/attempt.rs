//! A programme spoken at the pace that makes it as long as its slot, as far as that
//! goes: estimated, spoken, measured, and the rest set right by the silences.

use std::num::NonZeroUsize;

use super::super::again::AgainChapter;
use super::super::speak::Parts;
use super::super::{Event, Finished, Host, Pace, Tempo};
use super::programme::{Element, Source, parts};
use super::stings::Stings;
use crate::diag::Result;
use crate::model::{Frames, SampleRate};
use crate::rundown::{Limits, Load, settle, share};
use crate::speech::install;
use crate::store::TakeStore;

/// A changed speed is tried so often; then silences must do.
const TRIES: usize = 4;

/// What programmes are made with.
pub struct Desk<'a, 'h> {
    /// The editions.
    pub editions: &'a [Finished],
    /// What is between the items.
    pub stings: &'a Stings,
    /// Where takes are kept.
    pub store: &'a TakeStore,
    /// How far pace and silences may change.
    pub limits: Limits,
    /// How many chunks are spoken at once.
    pub workers: NonZeroUsize,
    /// Where voices come from.
    pub voices: &'a install::Source,
    /// The machine.
    pub host: &'a mut Host<'h>,
    /// Whether nothing is spoken, and lengths are those of a model.
    pub only_planned: bool,
}

/// A programme whose chunks are all spoken, unless it is only planned.
#[derive(Debug, Clone, PartialEq)]
pub struct Attempt {
    /// Its sounds, in order.
    pub elements: Vec<Element>,
    /// Those of them that are chapters, at their pace.
    pub chapters: Vec<Option<AgainChapter>>,
    /// What of each edition could not be said as a whole.
    pub spoken: Vec<Parts>,
    /// How long each sound is.
    pub lengths: Vec<Frames>,
    /// The silence behind each.
    pub gaps: Vec<Frames>,
    /// What speeds were multiplied with.
    pub speed: f64,
    /// What pauses were multiplied with.
    pub pauses: f64,
}

impl Desk<'_, '_> {
    /// An element at its own pace, as the index tells it: nothing is spoken.
    ///
    /// # Errors
    /// As [`Finished::at_pace`].
    pub fn load(&self, element: &Element) -> Result<Load> {
        let chapter = element.at(Pace::SAME, self.editions, self.host.speaker)?;
        Ok(match (chapter, &element.source) {
            (Some(chapter), _) => chapter.load(),
            (None, Source::File(sting)) => Load {
                fixed: sting.frames,
                ..Load::default()
            },
            (None, Source::Chapter { .. }) => Load::default(),
        })
    }

    /// All of them with the silences between.
    ///
    /// # Errors
    /// As [`Finished::at_pace`].
    pub fn loads(&self, elements: &[Element]) -> Result<Load> {
        let mut sum = Load {
            gaps: parts(elements).iter().sum(),
            ..Load::default()
        };
        for element in elements {
            let load = self.load(element)?;
            sum.speech += load.speech;
            sum.pauses += load.pauses;
            sum.fixed += load.fixed;
        }
        Ok(sum)
    }

    fn at(
        &self,
        elements: &[Element],
        speed: f64,
        pauses: f64,
    ) -> Result<Vec<Option<AgainChapter>>> {
        let pace = Pace {
            tempo: Tempo::Times(speed as f32),
            pauses,
        };
        (elements.iter())
            .map(|e| e.at(pace, self.editions, self.host.speaker))
            .collect()
    }

    /// Speaks the chapters, edition by edition.
    fn speak(
        &mut self,
        elements: &[Element],
        chapters: &[Option<AgainChapter>],
    ) -> Result<Vec<Parts>> {
        let mut spoken = Vec::new();
        for (number, finished) in self.editions.iter().enumerate() {
            let own: Vec<AgainChapter> = Self::own(number, elements, chapters).cloned().collect();
            spoken.push(finished.speak(&own, self.workers, self.voices, self.host)?);
        }
        Ok(spoken)
    }

    /// The chapters of an edition among these.
    fn own<'c>(
        edition: usize,
        elements: &'c [Element],
        chapters: &'c [Option<AgainChapter>],
    ) -> impl Iterator<Item = &'c AgainChapter> {
        let of = move |e: &Element| matches!(e.source, Source::Chapter { edition: n, .. } if n == edition);
        (elements.iter().zip(chapters))
            .filter(move |(e, _)| of(e))
            .filter_map(|(_, chapter)| chapter.as_ref())
    }

    /// How many chunks are still to be spoken for these sounds, and how long they are at
    /// their own speed.
    pub fn unspoken(
        &self,
        elements: &[Element],
        chapters: &[Option<AgainChapter>],
    ) -> (usize, Frames) {
        let of_each = (self.editions.iter().enumerate())
            .map(|(n, finished)| finished.unspoken(Self::own(n, elements, chapters), self.store));
        of_each.fold((0, Frames(0)), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }

    /// How long the sounds are, pauses left out: spoken and measured, or as the model
    /// has it where nothing is spoken.
    fn sounds(
        &mut self,
        elements: &[Element],
        chapters: &[Option<AgainChapter>],
        speed: f64,
    ) -> Result<(Vec<Load>, Vec<Parts>)> {
        if self.only_planned {
            let at_speed = |load: Load| Load {
                speech: Frames((load.speech.0 as f64 / speed).round() as u64),
                pauses: Frames(0),
                ..load
            };
            let sounds = elements.iter().map(|e| Ok(at_speed(self.load(e)?)));
            return Ok((sounds.collect::<Result<_>>()?, Vec::new()));
        }
        let (chunks, length) = self.unspoken(elements, chapters);
        if chunks > 0 {
            (self.host.tell)(Event::Again {
                speed,
                seconds: length.seconds(SampleRate::MASTER) / speed,
            });
        }
        let spoken = self.speak(elements, chapters)?;
        let sounds = (elements.iter().zip(chapters))
            .map(|(e, c)| self.sound(e, c.as_ref(), &spoken))
            .collect::<Result<_>>()?;
        Ok((sounds, spoken))
    }

    /// How long the sound of an element is, pauses left out.
    fn sound(
        &self,
        element: &Element,
        chapter: Option<&AgainChapter>,
        spoken: &[Parts],
    ) -> Result<Load> {
        match (&element.source, chapter) {
            (Source::Chapter { edition, .. }, Some(chapter)) => {
                match (self.editions.get(*edition), spoken.get(*edition)) {
                    (Some(finished), Some(parts)) => finished.measure(chapter, parts, self.store),
                    _ => Ok(Load::default()),
                }
            }
            (Source::File(sting), _) => Ok(Load {
                fixed: sting.frames,
                ..Load::default()
            }),
            _ => Ok(Load::default()),
        }
    }
}

impl Attempt {
    /// Speaks a programme so that it comes to the slot, or as near as limits allow; where
    /// it is only planned, tells how it would be.
    ///
    /// # Errors
    /// Whatever stops speaking.
    pub fn make(elements: Vec<Element>, desk: &mut Desk<'_, '_>, slot: Frames) -> Result<Attempt> {
        let between = parts(&elements);
        let gaps = between.iter().sum();
        let mut limits = desk.limits;
        let mut speed = settle(desk.loads(&elements)?, 1.0, slot, &limits).speed;
        let mut tries = 0;
        let (setting, sounds, spoken) = loop {
            let chapters = desk.at(&elements, speed, 1.0)?;
            let (sounds, spoken) = desk.sounds(&elements, &chapters, speed)?;
            let pauses = chapters.iter().flatten().map(AgainChapter::pauses).sum();
            let load = Load {
                speech: sounds.iter().map(|l| l.speech).sum(),
                fixed: sounds.iter().map(|l| l.fixed).sum(),
                pauses,
                gaps,
            };
            tries += 1;
            if tries == TRIES {
                limits.speed = (speed, speed);
            }
            let setting = settle(load, speed, slot, &limits);
            if setting.speed == speed {
                break (setting, sounds, spoken);
            }
            speed = setting.speed;
        };
        let chapters = desk.at(&elements, speed, setting.pauses)?;
        let lengths: Vec<Frames> = (sounds.iter().zip(&chapters))
            .map(|(sound, chapter)| {
                let pauses = chapter.as_ref().map_or(Frames(0), AgainChapter::pauses);
                sound.speech + sound.fixed + pauses
            })
            .collect();
        let without: Frames = lengths.iter().copied().sum();
        // Pauses are whole milliseconds, silences whole frames: these take up the rest.
        let all = |part: Frames| part.0 * u64::from(gaps);
        let rest = slot.0.saturating_sub(without.0);
        let (least, _, most) = limits.gap;
        let silence = Frames(rest.clamp(all(least), all(most)));
        let mut silences = share(silence, &between);
        silences.push(Frames(0));
        Ok(Attempt {
            elements,
            chapters,
            spoken,
            lengths,
            gaps: silences,
            speed,
            pauses: setting.pauses,
        })
    }

    /// How long the programme is.
    pub fn frames(&self) -> Frames {
        self.lengths.iter().chain(&self.gaps).copied().sum()
    }
}
