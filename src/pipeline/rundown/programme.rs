//! What a programme may be made of: the articles of the editions in the order in which
//! they are played, and what is around them.

use super::super::again::AgainChapter;
use super::super::{Finished, Pace};
use super::Must;
use super::attempt::Desk;
use super::stings::{Sting, Stings};
use crate::diag::Result;
use crate::model::{Chapter, ChapterKind, Frames, Priority, Role, RundownKind};
use crate::rundown::{Candidate, Choice, Limits, Load, Reach, weight};
use crate::speech::Speaker;

/// So much of the speed that is allowed is counted on when articles are chosen: voices
/// do not become quite as fast as they are told.
const COUNTED_ON: f64 = 0.9;
/// Parts of a silence between two sounds, neither of which is a sting. Every article
/// adds as many, with a sting or without one.
const PARTS: u32 = 2;

/// All that may be played.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// The articles, the first to be played first.
    pub articles: Vec<Article>,
    stings: Stings,
    /// The opening and the sign-off of the first edition.
    opening: Option<Element>,
    sign_off: Option<Element>,
    /// How long all of it is without articles.
    around: Load,
    /// How long the first edition's own sting is.
    own_sting: Frames,
    limits: Limits,
}

/// An article that may be played.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// It as a sound.
    pub element: Element,
    /// Its edition, counted from 0.
    pub edition: usize,
    /// The number of its chapter.
    pub chapter: u32,
    /// How long it is at its own pace.
    pub frames: Frames,
    load: Load,
    weight: u64,
}

/// A sound of the programme, not yet at any pace.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// What it is.
    pub kind: RundownKind,
    /// Its title.
    pub title: String,
    /// How important it is, where that is said.
    pub priority: Option<Priority>,
    /// Whether it must be there.
    pub must: bool,
    /// Where its sound comes from.
    pub source: Source,
}

/// Where the sound of an element comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A chapter of an edition, or what of it is wanted here.
    Chapter {
        /// The edition, counted from 0.
        edition: usize,
        /// The chapter's number.
        number: u32,
    },
    /// A sound of the station's.
    File(Sting),
}

impl Element {
    /// The chapter at a pace, of it what is played in a programme: of the opening the
    /// greeting, for its list of headlines is the edition's; of an article all but its
    /// number. `None` for a sound of the station's.
    ///
    /// # Errors
    /// As [`Finished::at_pace`].
    pub fn at(
        &self,
        pace: Pace,
        editions: &[Finished],
        speaker: &Speaker,
    ) -> Result<Option<AgainChapter>> {
        let Source::Chapter { edition, number } = &self.source else {
            return Ok(None);
        };
        let Some(finished) = editions.get(*edition) else {
            return Ok(None);
        };
        let whole = finished.at_pace(*number, pace, speaker)?;
        let kind = self.kind;
        let greeting = whole.first_block();
        Ok(Some(whole.only(|role, block| match kind {
            RundownKind::Sting => role == Role::Sting,
            RundownKind::Opening => role != Role::Sting && Some(block) == greeting,
            RundownKind::Article => !matches!(role, Role::Sting | Role::ChapterNumber),
            RundownKind::SignOff => role != Role::Sting,
        })))
    }
}

impl Programme {
    /// What the editions have.
    ///
    /// # Errors
    /// As [`Finished::at_pace`].
    pub fn of(desk: &mut Desk<'_, '_>, must: &[Must]) -> Result<Programme> {
        let mut articles = Vec::new();
        let ages = ages(desk.editions);
        for (edition, finished) in desk.editions.iter().enumerate() {
            let chapters = &finished.edition.chapters;
            let of_articles = chapters.iter().filter(|c| c.kind == ChapterKind::Article);
            for (place, chapter) in of_articles.enumerate() {
                let must = must.contains(&Must {
                    edition,
                    chapter: chapter.number,
                });
                let element = element(RundownKind::Article, edition, chapter, must);
                let load = desk.load(&element)?;
                let priority = chapter.priority.unwrap_or(Priority::USUAL);
                articles.push(Article {
                    weight: weight(priority, ages[edition], place),
                    edition,
                    chapter: chapter.number,
                    frames: load.speech + load.pauses + load.fixed,
                    load,
                    element,
                });
            }
        }
        articles.sort_by_key(|a| {
            let priority = a.element.priority.unwrap_or(Priority::USUAL);
            (priority, ages[a.edition], a.edition, a.chapter)
        });
        let of_first = |kind, wanted| {
            let chapters = desk
                .editions
                .iter()
                .take(1)
                .flat_map(|f| &f.edition.chapters);
            let mut found = chapters.filter(|c| c.kind == wanted);
            found.next().map(|c| element(kind, 0, c, false))
        };
        let mut programme = Programme {
            articles,
            stings: desk.stings.clone(),
            opening: of_first(RundownKind::Opening, ChapterKind::Opening),
            sign_off: of_first(RundownKind::SignOff, ChapterKind::Closing),
            around: Load::default(),
            own_sting: Frames(0),
            limits: desk.limits,
        };
        let around = programme.lined_up(&[]);
        programme.around = desk.loads(&around)?;
        if let Some(sting) = programme.sting_of(0) {
            programme.own_sting = desk.load(&sting)?.fixed;
        }
        Ok(programme)
    }

    /// What is played anyway, and what may be played, as the planner sees it. Their
    /// least and most are multiplied with `scale`.
    pub fn candidates(&self, scale: (f64, f64)) -> (Reach, Vec<Candidate>) {
        let (must, may): (Vec<&Article>, Vec<&Article>) =
            self.articles.iter().partition(|a| a.element.must);
        let reach = |load: Load| self.reach(load, scale);
        let with_sting = |article: &Article| reach(article.load) + self.sting(scale);
        let base = (must.iter()).fold(reach(self.around), |sum, a| sum + with_sting(a));
        let candidate = |article: &&Article| Candidate {
            reach: with_sting(article),
            weight: article.weight,
        };
        (base, may.iter().map(candidate).collect())
    }

    /// The sounds of a programme with the chosen articles, in order.
    pub fn elements(&self, choice: &Choice) -> Vec<Element> {
        let mut left_out = choice.left_out.iter();
        let taken: Vec<&Element> = (self.articles.iter())
            .filter(|a| a.element.must || left_out.next().is_some_and(Option::is_none))
            .map(|a| &a.element)
            .collect();
        self.lined_up(&taken)
    }

    /// The articles that are left out, and why.
    pub fn left_out<'a>(
        &'a self,
        choice: &'a Choice,
    ) -> impl Iterator<Item = (&'a Article, crate::model::Why)> {
        let may = self.articles.iter().filter(|a| !a.element.must);
        (may.zip(&choice.left_out)).filter_map(|(article, why)| Some((article, (*why)?)))
    }

    fn lined_up(&self, articles: &[&Element]) -> Vec<Element> {
        let mut elements = Vec::new();
        let mut turn = 0;
        let mut sting = |elements: &mut Vec<Element>| {
            elements.extend(self.sting_of(turn));
            turn += 1;
        };
        if let Stings::Files { opening, .. } = &self.stings {
            elements.extend(opening.as_deref().map(file));
        }
        elements.extend(self.opening.clone());
        sting(&mut elements);
        for article in articles {
            elements.push((*article).clone());
            sting(&mut elements);
        }
        elements.extend(self.sign_off.clone());
        if let Stings::Files { closing, .. } = &self.stings {
            elements.extend(closing.as_deref().map(file));
        }
        elements
    }

    /// The sting whose turn it is.
    fn sting_of(&self, turn: usize) -> Option<Element> {
        match &self.stings {
            Stings::Files { between, .. } => {
                let turn = turn % between.len().max(1);
                between.get(turn).map(file)
            }
            Stings::Edition(number) => Some(Element {
                kind: RundownKind::Sting,
                title: String::new(),
                priority: None,
                must: false,
                source: Source::Chapter {
                    edition: 0,
                    number: *number,
                },
            }),
            Stings::None => None,
        }
    }

    /// How long a load may become.
    fn reach(&self, load: Load, scale: (f64, f64)) -> Reach {
        let (slow, fast) = self.limits.speed;
        let length =
            |speed: f64, turn| load.length(1.0 + (speed - 1.0) * COUNTED_ON, turn, &self.limits);
        let own = length(1.0, 0.0);
        Reach {
            least: Frames((length(fast, -1.0) * scale.0).ceil() as u64),
            own: Frames(own.round() as u64),
            most: Frames((length(slow, 1.0) * scale.1) as u64),
        }
    }

    /// What an article adds besides itself: a sting, of which nobody knows yet which,
    /// and silences.
    fn sting(&self, scale: (f64, f64)) -> Reach {
        let load = |frames: u64| Load {
            fixed: Frames(frames),
            gaps: PARTS,
            ..Load::default()
        };
        let lengths: Vec<u64> = match &self.stings {
            Stings::Files { between, .. } => between.iter().map(|s| s.frames.0).collect(),
            Stings::Edition(_) => vec![self.own_sting.0],
            Stings::None => Vec::new(),
        };
        let shortest = lengths.iter().min().copied().unwrap_or(0);
        let longest = lengths.iter().max().copied().unwrap_or(0);
        let mean = lengths.iter().sum::<u64>() / lengths.len().max(1) as u64;
        Reach {
            least: self.reach(load(longest), scale).least,
            own: self.reach(load(mean), scale).own,
            most: self.reach(load(shortest), scale).most,
        }
    }
}

/// Silences are counted in parts: one beside a sting, two elsewhere.
pub fn parts(elements: &[Element]) -> Vec<u32> {
    let sting = |e: &Element| e.kind == RundownKind::Sting;
    elements
        .windows(2)
        .map(|pair| match sting(&pair[0]) || sting(&pair[1]) {
            true => 1,
            false => PARTS,
        })
        .collect()
}

fn file(sting: &Sting) -> Element {
    Element {
        kind: RundownKind::Sting,
        title: sting.name.clone(),
        priority: None,
        must: false,
        source: Source::File(sting.clone()),
    }
}

fn element(kind: RundownKind, edition: usize, chapter: &Chapter, must: bool) -> Element {
    Element {
        kind,
        title: chapter.title.clone(),
        priority: chapter.priority,
        must,
        source: Source::Chapter {
            edition,
            number: chapter.number,
        },
    }
}

/// How old every edition is: 0 for the newest, 1 for the next … Those without a date
/// are the oldest.
fn ages(editions: &[Finished]) -> Vec<usize> {
    let date = |f: &Finished| f.edition.masthead.printed.date.clone();
    let mut dates: Vec<Option<String>> = editions.iter().map(date).collect();
    dates.sort_by(|a, b| b.cmp(a));
    dates.dedup();
    let age = |f: &Finished| dates.iter().position(|d| *d == date(f)).unwrap_or(0);
    editions.iter().map(age).collect()
}
