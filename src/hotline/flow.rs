//! An edition → its line: the states of a call, and where the sound of every prompt
//! comes from.
//!
//! Articles are chosen by their number, which is typed as it is heard: one key for the
//! list, then at most three figures. A menu of threes with a key for the next three
//! alone would need sixty-seven keys for the two hundredth article.

use std::collections::BTreeMap;
use std::ops::Range;

use super::words::Words;
use crate::diag::{Fault, Result};
use crate::model::{
    Chapter, ChapterKind, Control, Cue, Does, Edition, Frames, HOTLINE_FORMAT, Hotline, Key,
    Millis, Prompt, Role, Rules, Said, State, Story, is_mandarin,
};

/// Headlines told at once.
const AT_ONCE: usize = 3;
/// Articles whose number has at most three figures.
const MOST: usize = 999;
/// The blocks of the opening that greet, before the list of headlines: paper, number and
/// date, and how many articles there are.
const GREETING: u32 = 2;

/// Where the sound of a prompt comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// It is to be spoken.
    Spoken,
    /// It stands in a chapter already: these frames of the chapter at this position.
    Chapter(usize, Range<Frames>),
}

/// A line without its sounds: lengths are 0, articles have no takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// The line.
    pub line: Hotline,
    /// Where the sound of each prompt comes from, in their order.
    pub sources: Vec<Source>,
    /// The chapter of each article, by its position.
    pub chapters: Vec<usize>,
}

/// The line of an edition.
///
/// # Errors
/// More articles than can be typed with three figures.
pub fn flow(edition: &Edition, title: &str, generator: &str) -> Result<Flow> {
    let articles: Vec<(usize, &Chapter)> = (edition.chapters.iter().enumerate())
        .filter(|(_, c)| c.kind == ChapterKind::Article)
        .collect();
    if articles.len() > MOST {
        return Err(Fault::new(format!(
            "a telephone line has at most {MOST} articles, this edition has {}",
            articles.len()
        ))
        .help("divide the issue into several"));
    }
    let mandarin = is_mandarin(&edition.masthead.language);
    let mut prompts = Prompts {
        words: Words::of(mandarin),
        prompts: Vec::new(),
        sources: Vec::new(),
    };
    prompts.cut_or_said("greeting", edition, ChapterKind::Opening, GREETING);
    let mut stories = Vec::new();
    for (number, (at, chapter)) in (1u32..).zip(&articles) {
        let prompt = format!("title-{number}");
        prompts.title(&prompt, number, *at, chapter, mandarin);
        stories.push(Story {
            number,
            title: chapter.title.clone(),
            prompt,
            sentences: sentences(chapter).map(|c| c.text.trim().into()).collect(),
            takes: Vec::new(),
        });
    }
    prompts.cut_or_said("finished", edition, ChapterKind::Closing, u32::MAX);
    let states = match stories.len() {
        0 => empty(),
        count => states(count as u32),
    };
    prompts.said_in(&states);
    let rules = rules();
    for prompt in [
        &rules.wrong,
        &rules.silent,
        &rules.reading_help,
        &rules.reading_wrong,
        &rules.slowest,
        &rules.fastest,
        &rules.lost,
    ] {
        prompts.said(prompt);
    }
    Ok(Flow {
        line: Hotline {
            format: HOTLINE_FORMAT,
            generator: generator.into(),
            id: edition.key.chars().take(10).collect(),
            title: title.into(),
            language: edition.masthead.language.clone(),
            sample_rate: Hotline::RATE,
            rules,
            prompts: prompts.prompts,
            articles: stories,
            start: "start".into(),
            states,
        },
        sources: prompts.sources,
        chapters: articles.iter().map(|(at, _)| *at).collect(),
    })
}

/// The cues of an article that are sentences of a take.
pub fn sentences(chapter: &Chapter) -> impl Iterator<Item = &Cue> {
    chapter.cues.iter()
}

fn rules() -> Rules {
    use Control::{Back, Faster, Forward, Help, Ignore, Next, Pause, Previous, Repeat, Slower, Up};
    let keys = [
        ('1', Previous),
        ('2', Repeat),
        ('4', Back),
        ('5', Pause),
        ('6', Forward),
        ('7', Slower),
        ('8', Next),
        ('9', Faster),
        ('0', Help),
        ('*', Up),
        ('#', Ignore),
    ];
    Rules {
        wait: Millis(8_000),
        between: Millis(3_000),
        silences: 3,
        wrong: "wrong".into(),
        silent: "silent".into(),
        quiet: "quiet".into(),
        reading: (keys.into_iter())
            .filter_map(|(sign, control)| Some((Key::of(sign)?, control)))
            .collect(),
        reading_help: "reading-help".into(),
        reading_wrong: "reading-wrong".into(),
        slowest: "slowest".into(),
        fastest: "fastest".into(),
        lost: "lost".into(),
        skip: Millis(15_000),
        grace: Millis(700),
        remember: 24 * 3600,
        longest: 2 * 3600,
    }
}

/// The states of a line with nothing to read.
fn empty() -> Vec<State> {
    vec![
        tell("start", &["greeting"], "nothing"),
        State {
            id: "nothing".into(),
            does: Does::HangUp {
                say: say(&["empty"]),
            },
        },
        quiet(),
    ]
}

/// Where too many silences, and calls that are too long, end.
fn quiet() -> State {
    State {
        id: "quiet".into(),
        does: Does::HangUp {
            say: say(&["quiet"]),
        },
    }
}

/// The states of a line with so many articles.
fn states(count: u32) -> Vec<State> {
    let group = |number: u32| (number - 1) / AT_ONCE as u32 + 1;
    let groups = group(count);
    let choose = |number: u32| format!("choose-{}", group(number));
    let mut states = vec![
        State {
            id: "start".into(),
            does: Does::Recall {
                known: "welcome-back".into(),
                unknown: "welcome".into(),
            },
        },
        tell("welcome", &["greeting"], "main"),
        tell("welcome-back", &["greeting"], "kept"),
        State {
            id: "kept".into(),
            does: Does::Ask {
                say: vec![
                    Said::Prompt("resume".into()),
                    Said::KeptArticle,
                    Said::Prompt("resume-choices".into()),
                ],
                keys: keys(&[
                    ('1', "resume"),
                    ('2', "main"),
                    ('3', "forget"),
                    ('*', "main"),
                ]),
                numbers: false,
            },
        },
        State {
            id: "resume".into(),
            does: Does::Resume,
        },
        State {
            id: "forget".into(),
            does: Does::Forget {
                next: "forgotten".into(),
            },
        },
        tell("forgotten", &["forgotten"], "main"),
        ask(
            "main",
            &["main"],
            &[
                ('1', "all-1"),
                ('2', "choose-1"),
                ('0', "help"),
                ('*', "main"),
            ],
        ),
        ask(
            "help",
            &["help"],
            &[('1', "main"), ('2', "help"), ('3', "forget"), ('*', "main")],
        ),
    ];
    for n in 1..=groups {
        let first = (n - 1) * AT_ONCE as u32 + 1;
        let titles = (first..=count.min(first + AT_ONCE as u32 - 1)).map(|a| format!("title-{a}"));
        let last = if groups > 1 { "choose-more" } else { "choose" };
        let said: Vec<String> = titles.chain([last.to_string()]).collect();
        let help = format!("help-{n}");
        let mut keys = keys(&[('0', &help), ('*', "main")]);
        if groups > 1 {
            keys.insert(Key::HASH, format!("choose-{}", n % groups + 1));
        }
        states.push(State {
            id: format!("choose-{n}"),
            does: Does::Ask {
                say: said.into_iter().map(Said::Prompt).collect(),
                keys,
                numbers: true,
            },
        });
        states.push(tell(&help, &["help-choose"], &format!("choose-{n}")));
    }
    for number in 1..=count {
        let all = |n: u32| format!("all-{n}");
        let is_last = number == count;
        states.push(State {
            id: all(number),
            does: Does::Read {
                article: number,
                next: if is_last {
                    "finished".into()
                } else {
                    all(number + 1)
                },
                previous: all(number.saturating_sub(1).max(1)),
                up: "main".into(),
                end: if is_last {
                    "finished".into()
                } else {
                    all(number + 1)
                },
            },
        });
        let after = format!("after-{number}");
        let next = match is_last {
            true => "last".into(),
            false => Hotline::alone(number + 1),
        };
        states.push(State {
            id: Hotline::alone(number),
            does: Does::Read {
                article: number,
                next: next.clone(),
                previous: Hotline::alone(number.saturating_sub(1).max(1)),
                up: choose(number),
                end: after.clone(),
            },
        });
        let again = Hotline::alone(number);
        let list = choose(number);
        let mut wishes = vec![('2', again.as_str()), ('*', list.as_str())];
        if !is_last {
            wishes.push(('8', next.as_str()));
        }
        let say = if is_last { "after-last" } else { "after" };
        states.push(ask(&after, &[say], &wishes));
    }
    states.push(tell("last", &["last"], &choose(count)));
    states.push(tell("finished", &["finished"], "main"));
    states.push(quiet());
    states
}

fn say(prompts: &[&str]) -> Vec<Said> {
    prompts.iter().map(|p| Said::Prompt((*p).into())).collect()
}

fn keys(keys: &[(char, &str)]) -> BTreeMap<Key, String> {
    (keys.iter())
        .filter_map(|(sign, state)| Some((Key::of(*sign)?, (*state).to_string())))
        .collect()
}

fn tell(id: &str, prompts: &[&str], next: &str) -> State {
    State {
        id: id.into(),
        does: Does::Tell {
            say: say(prompts),
            next: next.into(),
        },
    }
}

fn ask(id: &str, prompts: &[&str], to: &[(char, &str)]) -> State {
    State {
        id: id.into(),
        does: Does::Ask {
            say: say(prompts),
            keys: keys(to),
            numbers: false,
        },
    }
}

/// The prompts as they are gathered.
struct Prompts {
    words: &'static Words,
    prompts: Vec<Prompt>,
    sources: Vec<Source>,
}

impl Prompts {
    fn add(&mut self, id: &str, text: String, source: Source) {
        if self.prompts.iter().any(|p| p.id == id) {
            return;
        }
        self.prompts.push(Prompt {
            id: id.into(),
            text,
            file: format!("prompts/{id}"),
            frames: Frames(0),
        });
        self.sources.push(source);
    }

    /// A prompt that is spoken.
    fn said(&mut self, id: &str) {
        self.add(id, self.words.text(id).into(), Source::Spoken);
    }

    /// The prompts that states say and nobody has added yet.
    fn said_in(&mut self, states: &[State]) {
        for state in states {
            let (Does::Tell { say, .. } | Does::Ask { say, .. } | Does::HangUp { say }) =
                &state.does
            else {
                continue;
            };
            for said in say {
                if let Said::Prompt(id) = said {
                    self.said(id);
                }
            }
        }
    }

    /// The first blocks of the chapter of that kind; spoken where the edition has none.
    fn cut_or_said(&mut self, id: &str, edition: &Edition, kind: ChapterKind, blocks: u32) {
        let found = (edition.chapters.iter().enumerate()).find(|(_, c)| c.kind == kind);
        let cues: Vec<&Cue> = found.map_or(Vec::new(), |(_, chapter)| {
            let words = (chapter.cues.iter()).filter(|c| c.role == Role::Announcement);
            let first = words.clone().next().map_or(0, |c| c.block);
            words.take_while(|c| c.block - first < blocks).collect()
        });
        match (found, cut(&cues)) {
            (Some((at, _)), Some((text, range))) => {
                self.add(id, text, Source::Chapter(at, range));
            }
            _ => self.said(id),
        }
    }

    /// Number and headline of an article, cut from its beginning.
    fn title(&mut self, id: &str, number: u32, at: usize, chapter: &Chapter, mandarin: bool) {
        let cues: Vec<&Cue> = (chapter.cues.iter())
            .skip_while(|c| !matches!(c.role, Role::ChapterNumber | Role::Headline))
            .take_while(|c| matches!(c.role, Role::ChapterNumber | Role::Headline))
            .collect();
        let told = cues.iter().any(|c| c.role == Role::ChapterNumber);
        match cut(&cues).filter(|_| told) {
            Some((text, range)) => self.add(id, text, Source::Chapter(at, range)),
            None => {
                let text = match mandarin {
                    true => format!("第{number}篇，{}。", chapter.title),
                    false => format!("Number {number}: {}.", chapter.title),
                };
                self.add(id, text, Source::Spoken);
            }
        }
    }
}

/// The words and the frames of some cues one behind the other, without the last pause.
fn cut(cues: &[&Cue]) -> Option<(String, Range<Frames>)> {
    let (first, last) = (cues.first()?, cues.last()?);
    let text: Vec<&str> = cues.iter().map(|c| c.text.trim()).collect();
    Some((text.join(" "), first.start..last.speech_end))
}
