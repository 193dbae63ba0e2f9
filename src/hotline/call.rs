//! A call, walked without a telephone: keys in, what is heard out. What exchanges do is
//! a view of the same states.

use super::walk::{Step, arrive};
use crate::diag::{Fault, Result};
use crate::model::{Control, Does, Frames, Hotline, Key, Millis, Pace, Prompt, Said, State, Story};

/// What a caller does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// Presses a key.
    Key(Key),
    /// Does nothing until something happens by itself: a time-out, the end of an article.
    Nothing,
    /// Listens for so long to an article that is read; at a menu it is as nothing.
    Listen(Millis),
    /// Hangs up.
    HangUp,
}

/// What a caller hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A prompt.
    Prompt {
        /// What is said.
        text: String,
        /// Its sound, without ending.
        file: String,
    },
    /// An article, from a place on.
    Article {
        /// Its number.
        number: u32,
        /// At which pace.
        pace: Pace,
        /// The sentence that is heard first.
        text: String,
        /// Its sound, without ending.
        file: String,
        /// From where on.
        from: Frames,
    },
    /// Silence until the pause ends.
    Paused,
    /// The call is over.
    Over,
}

/// A place that is kept of a caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The state in which the article was read.
    pub state: String,
    /// The article.
    pub article: u32,
    /// At which pace.
    pub pace: Pace,
    /// How far.
    pub at: Frames,
}

/// What is kept of a caller from call to call, for as long as [`crate::model::Rules`]
/// say; the telephone's book of places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// The place the last call ended at.
    pub place: Option<Place>,
    /// Whether the caller does not want places to be kept.
    pub declined: bool,
}

/// One call.
#[derive(Debug, Clone)]
pub struct Call<'a> {
    line: &'a Hotline,
    state: &'a State,
    /// The figures of a number so far.
    typed: Option<u32>,
    silences: u32,
    pace: Pace,
    at: Frames,
    paused: bool,
    /// What was read last, once something was: its state and article, or nothing when
    /// it was heard to its end.
    reading: Option<Option<(String, u32)>>,
    memory: Memory,
    over: bool,
}

impl<'a> Call<'a> {
    /// Somebody calls; what is heard before the first key.
    ///
    /// # Errors
    /// A line whose states lead nowhere.
    pub fn begin(line: &'a Hotline, memory: Memory) -> Result<(Call<'a>, Vec<Heard>)> {
        let mut call = Call {
            line,
            state: state(line, &line.start)?,
            typed: None,
            silences: 0,
            pace: Pace::default(),
            at: Frames(0),
            paused: false,
            reading: None,
            memory,
            over: false,
        };
        let mut heard = Vec::new();
        call.enter(&line.start, Frames(0), &mut heard)?;
        Ok((call, heard))
    }

    /// The name of the state the call is in.
    pub fn state(&self) -> &str {
        &self.state.id
    }

    /// The article that is read now, its pace and how far it is.
    pub fn reading(&self) -> Option<(u32, Pace, Frames)> {
        match self.state.does {
            Does::Read { article, .. } if !self.over => Some((article, self.pace, self.at)),
            _ => None,
        }
    }

    /// Whether the call is over.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// What the line keeps of the caller now.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The caller does something; what is heard then.
    ///
    /// # Errors
    /// A line whose states lead nowhere.
    pub fn press(&mut self, press: Press) -> Result<Vec<Heard>> {
        let mut heard = Vec::new();
        if self.over {
            return Ok(heard);
        }
        match (&self.state.does, press) {
            (_, Press::HangUp) => self.hang_up(&mut heard),
            (Does::Ask { .. }, Press::Key(key)) => self.asked(key, &mut heard)?,
            (Does::Ask { .. }, Press::Nothing | Press::Listen(_)) => self.silent(&mut heard)?,
            (Does::Read { .. }, Press::Key(key)) => self.steered(key, &mut heard)?,
            (Does::Read { .. }, Press::Listen(time)) if !self.paused => {
                self.play_on(Frames(self.at.0 + frames(time).0), &mut heard)?;
            }
            (Does::Read { .. }, Press::Nothing) => {
                if self.paused {
                    // Nobody ends a pause but the longest call.
                    let quiet = self.line.rules.quiet.clone();
                    self.enter(&quiet, Frames(0), &mut heard)?;
                } else {
                    self.play_on(Frames(u64::MAX), &mut heard)?;
                }
            }
            _ => {}
        }
        Ok(heard)
    }

    /// A key at a menu.
    fn asked(&mut self, key: Key, heard: &mut Vec<Heard>) -> Result<()> {
        self.silences = 0;
        match arrive(self.line, self.state, self.typed, key) {
            Step::Typed(number) => {
                self.typed = Some(number);
                Ok(())
            }
            Step::To(state) => self.enter(&state, Frames(0), heard),
            Step::Wrong => {
                self.typed = None;
                self.say(&self.line.rules.wrong, heard)?;
                self.again(heard)
            }
        }
    }

    /// No key at a menu.
    fn silent(&mut self, heard: &mut Vec<Heard>) -> Result<()> {
        if let Some(number) = self.typed.take() {
            self.silences = 0;
            return self.enter(&Hotline::alone(number), Frames(0), heard);
        }
        self.silences += 1;
        if self.silences >= self.line.rules.silences {
            let quiet = self.line.rules.quiet.clone();
            return self.enter(&quiet, Frames(0), heard);
        }
        self.say(&self.line.rules.silent, heard)?;
        self.again(heard)
    }

    /// A key while an article is read.
    fn steered(&mut self, key: Key, heard: &mut Vec<Heard>) -> Result<()> {
        let Does::Read {
            article,
            next,
            previous,
            up,
            ..
        } = &self.state.does
        else {
            return Ok(());
        };
        self.silences = 0;
        let rules = &self.line.rules;
        let story = story(self.line, *article)?;
        let take = take(story, self.pace)?;
        let skip = frames(rules.skip);
        let was_paused = std::mem::take(&mut self.paused);
        match rules.reading.get(&key) {
            Some(Control::Pause) => {
                self.paused = !was_paused;
                match self.paused {
                    true => heard.push(Heard::Paused),
                    false => self.read_from(self.at, heard)?,
                }
            }
            Some(Control::Back) => {
                self.read_from(Frames(self.at.0.saturating_sub(skip.0)), heard)?
            }
            Some(Control::Forward) => self.play_on(Frames(self.at.0 + skip.0), heard)?,
            Some(Control::Repeat) => {
                let heard_of = Frames(self.at.0.saturating_sub(frames(rules.grace).0));
                let start = take.start_of(take.sentence_at(heard_of));
                self.read_from(start, heard)?;
            }
            Some(control @ (Control::Slower | Control::Faster)) => {
                let faster = *control == Control::Faster;
                match story.beside(self.pace, faster) {
                    Some(pace) => {
                        let sentence = take.sentence_at(self.at);
                        self.pace = pace;
                        let start = self::take(story, pace)?.start_of(sentence);
                        self.read_from(start, heard)?;
                    }
                    None => {
                        self.say(
                            if faster {
                                &rules.fastest
                            } else {
                                &rules.slowest
                            },
                            heard,
                        )?;
                        self.read_from(self.at, heard)?;
                    }
                }
            }
            Some(Control::Next) => self.enter(next, Frames(0), heard)?,
            Some(Control::Previous) => self.enter(previous, Frames(0), heard)?,
            Some(Control::Up) => self.enter(up, Frames(0), heard)?,
            Some(Control::Ignore) => self.paused = was_paused,
            Some(Control::Help) => {
                self.say(&rules.reading_help, heard)?;
                self.read_from(self.at, heard)?;
            }
            None => {
                self.say(&rules.reading_wrong, heard)?;
                self.read_from(self.at, heard)?;
            }
        }
        Ok(())
    }

    /// Goes on to this place of the article, or over its end.
    fn play_on(&mut self, to: Frames, heard: &mut Vec<Heard>) -> Result<()> {
        let Does::Read { article, end, .. } = &self.state.does else {
            return Ok(());
        };
        let length = take(story(self.line, *article)?, self.pace)?.frames;
        if to < length {
            return self.read_from(to, heard);
        }
        self.reading = Some(None);
        self.enter(end, Frames(0), heard)
    }

    /// Reads the article of this state from a place on.
    fn read_from(&mut self, at: Frames, heard: &mut Vec<Heard>) -> Result<()> {
        let Does::Read { article, .. } = &self.state.does else {
            return Ok(());
        };
        let story = story(self.line, *article)?;
        let take = take(story, self.pace)?;
        self.at = at;
        self.paused = false;
        self.reading = Some(Some((self.state.id.clone(), *article)));
        heard.push(Heard::Article {
            number: *article,
            pace: self.pace,
            text: (story.sentences.get(take.sentence_at(at)).cloned()).unwrap_or_default(),
            file: take.file.clone(),
            from: at,
        });
        Ok(())
    }

    /// The menu of this state once more.
    fn again(&mut self, heard: &mut Vec<Heard>) -> Result<()> {
        if let Does::Ask { say, .. } = &self.state.does {
            self.say_all(say, heard)?;
        }
        Ok(())
    }

    /// Enters a state, and those that follow without a key.
    fn enter(&mut self, id: &str, at: Frames, heard: &mut Vec<Heard>) -> Result<()> {
        let (mut id, mut at) = (id.to_string(), at);
        // States that go on by themselves never go round; more steps than there are
        // states mean that they do.
        for _ in 0..=self.line.states.len() {
            self.state = state(self.line, &id)?;
            self.typed = None;
            self.paused = false;
            match &self.state.does {
                Does::Tell { say, next } => {
                    self.say_all(say, heard)?;
                    id = next.clone();
                }
                Does::Ask { say, .. } => return self.say_all(say, heard),
                Does::Read { .. } => return self.read_from(at, heard),
                Does::Recall { known, unknown } => {
                    let kept = self.memory.place.is_some() && !self.memory.declined;
                    id = if kept { known } else { unknown }.clone();
                }
                Does::Resume => {
                    let Some(place) = self.memory.place.clone() else {
                        return Err(lost(&id, "a place that nobody keeps"));
                    };
                    let story = story(self.line, place.article)?;
                    self.pace = match story.take(place.pace) {
                        Some(take) => take.pace,
                        None => Pace::default(),
                    };
                    let take = take(story, self.pace)?;
                    at = take.start_of(take.sentence_at(place.at));
                    id = place.state;
                }
                Does::Forget { next } => {
                    self.memory = Memory {
                        place: None,
                        declined: true,
                    };
                    id = next.clone();
                }
                Does::HangUp { say } => {
                    self.say_all(say, heard)?;
                    self.hang_up(heard);
                    return Ok(());
                }
            }
        }
        Err(lost(&id, "no end"))
    }

    /// The call ends; its place is kept, and an older one when nothing was read.
    fn hang_up(&mut self, heard: &mut Vec<Heard>) {
        self.over = true;
        if let (Some(reading), false) = (self.reading.take(), self.memory.declined) {
            self.memory.place = reading.map(|(state, article)| Place {
                state,
                article,
                pace: self.pace,
                at: self.at,
            });
        }
        heard.push(Heard::Over);
    }

    fn say_all(&self, say: &[Said], heard: &mut Vec<Heard>) -> Result<()> {
        for said in say {
            match said {
                Said::Prompt(id) => self.say(id, heard)?,
                Said::KeptArticle => {
                    let number = self.memory.place.as_ref().map_or(0, |p| p.article);
                    self.say(&story(self.line, number)?.prompt, heard)?;
                }
            }
        }
        Ok(())
    }

    fn say(&self, id: &str, heard: &mut Vec<Heard>) -> Result<()> {
        let Prompt { text, file, .. } =
            (self.line.prompt(id)).ok_or_else(|| lost(id, "a prompt that there is not"))?;
        heard.push(Heard::Prompt {
            text: text.clone(),
            file: file.clone(),
        });
        Ok(())
    }
}

fn frames(time: Millis) -> Frames {
    time.frames(Hotline::RATE)
}

fn state<'a>(line: &'a Hotline, id: &str) -> Result<&'a State> {
    (line.state(id)).ok_or_else(|| lost(id, "a state that there is not"))
}

fn story(line: &Hotline, number: u32) -> Result<&Story> {
    (line.article(number)).ok_or_else(|| lost(&number.to_string(), "an article that there is not"))
}

fn take(story: &Story, pace: Pace) -> Result<&crate::model::Take> {
    story
        .take(pace)
        .ok_or_else(|| lost(pace.name(), "a take that there is not"))
}

fn lost(id: &str, what: &str) -> Fault {
    Fault::new(format!("the call leads to {what}: `{id}`"))
        .help("make the line again with `tingbao export EDITION --hotline`")
}
