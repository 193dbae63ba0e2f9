//! What a key does at a menu, and whether the states of a line hold together.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Control, Does, Hotline, Key, Said, State, Story};

/// Where a key at a menu leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It is a figure of a number that may go on.
    Typed(u32),
    /// To this state.
    To(String),
    /// It does nothing here.
    Wrong,
}

/// Where a key leads at a menu at which `typed` stands already.
pub fn arrive(line: &Hotline, state: &State, typed: Option<u32>, key: Key) -> Step {
    let Does::Ask { keys, numbers, .. } = &state.does else {
        return Step::Wrong;
    };
    if *numbers {
        let figure = key.sign().to_digit(10);
        match (typed, figure) {
            // The hash ends a number.
            (Some(number), None) if key == Key::HASH => return read(line, number),
            (Some(_), None) => {}
            // A number does not begin with 0, a wish may.
            (None, Some(0)) | (None, None) => {}
            (typed, Some(figure)) => {
                let number = typed.unwrap_or(0) * 10 + figure;
                return match line.may_go_on(number) {
                    true => Step::Typed(number),
                    false => read(line, number),
                };
            }
        }
    }
    match keys.get(&key) {
        Some(state) => Step::To(state.clone()),
        None => Step::Wrong,
    }
}

fn read(line: &Hotline, number: u32) -> Step {
    match line.article(number) {
        Some(_) => Step::To(Hotline::alone(number)),
        None => Step::Wrong,
    }
}

/// How many keys a caller needs at least for every article, by its number; an article
/// that cannot be reached has none.
pub fn fewest_keys(line: &Hotline) -> BTreeMap<u32, Option<usize>> {
    let mut fewest: BTreeMap<u32, Option<usize>> =
        line.articles.iter().map(|a| (a.number, None)).collect();
    // Breadth first: states with figures typed, one key a step. What goes on by itself
    // costs none, a number without its hash costs a moment and no key.
    let states: BTreeMap<&str, &State> = line.states.iter().map(|s| (s.id.as_str(), s)).collect();
    let mut seen = BTreeSet::new();
    let mut now = vec![(line.start.clone(), None)];
    for keys in 0..=line.states.len() {
        let mut later = Vec::new();
        while let Some((id, typed)) = now.pop() {
            if !seen.insert((id.clone(), typed)) {
                continue;
            }
            let Some(state) = states.get(id.as_str()) else {
                continue;
            };
            match &state.does {
                Does::Tell { next, .. } | Does::Forget { next } => now.push((next.clone(), None)),
                Does::Recall { unknown, .. } => now.push((unknown.clone(), None)),
                Does::Ask { .. } => {
                    now.extend(typed.map(|n| (Hotline::alone(n), None)));
                    later.extend(Key::ALL.into_iter().filter_map(|key| {
                        match arrive(line, state, typed, key) {
                            Step::Typed(number) => Some((id.clone(), Some(number))),
                            Step::To(state) => Some((state, None)),
                            Step::Wrong => None,
                        }
                    }));
                }
                Does::Read {
                    article,
                    next,
                    previous,
                    up,
                    ..
                } => {
                    if let Some(fewest) = fewest.get_mut(article) {
                        fewest.get_or_insert(keys);
                    }
                    later.extend([next, previous, up].map(|s| (s.clone(), None)));
                }
                Does::Resume | Does::HangUp { .. } => {}
            }
        }
        if later.is_empty() {
            break;
        }
        now = later;
    }
    fewest
}

/// The most keys that an article may need.
pub const MOST_KEYS: usize = 4;
/// The most choices at once, the articles of a list not counted.
const MOST_CHOICES: usize = 3;

/// What is wrong with the states of a line; nothing when every article is reached in
/// [`MOST_KEYS`], no name leads nowhere, and no state is a dead end.
pub fn problems(line: &Hotline) -> Vec<String> {
    let mut wrong = Vec::new();
    let ids: BTreeMap<&str, &State> = line.states.iter().map(|s| (s.id.as_str(), s)).collect();
    let mut named = vec![line.start.as_str(), line.rules.quiet.as_str()];
    let mut reached = BTreeSet::new();
    for state in &line.states {
        named.extend(state.leads_to());
        match &state.does {
            Does::Ask {
                say, keys, numbers, ..
            } => {
                said(line, &state.id, say, &mut wrong);
                let wishes = keys.keys().filter(|k| **k != Key::STAR).count();
                if wishes > MOST_CHOICES && !numbers {
                    wrong.push(format!("`{}` offers {wishes} choices at once", state.id));
                }
                if keys.is_empty() && !numbers {
                    wrong.push(format!("`{}` waits for no key", state.id));
                }
            }
            Does::Tell { say, next } => {
                said(line, &state.id, say, &mut wrong);
                let after = ids.get(next.as_str()).map(|s| &s.does);
                if matches!(after, Some(does) if !matches!(does, Does::Ask { .. } | Does::HangUp { .. }))
                {
                    wrong.push(format!(
                        "`{}` goes on to `{next}`, which takes no keys",
                        state.id
                    ));
                }
            }
            Does::HangUp { say } => said(line, &state.id, say, &mut wrong),
            Does::Read { article, .. } => match line.article(*article) {
                None => wrong.push(format!("`{}` reads an article {article}", state.id)),
                Some(story) => {
                    for take in &story.takes {
                        let (starts, sentences) = (take.starts.len(), story.sentences.len());
                        if starts != sentences {
                            wrong.push(format!(
                                "article {article} has {sentences} sentences, `{}` {starts}",
                                take.file
                            ));
                        }
                    }
                    if story.takes.is_empty() {
                        wrong.push(format!("article {article} has no sound"));
                    }
                }
            },
            Does::Recall { .. } | Does::Resume | Does::Forget { .. } => {}
        }
    }
    if let Some(name) = named.iter().find(|n| !ids.contains_key(*n)) {
        wrong.push(format!("there is no state `{name}`"));
        return wrong;
    }
    // From the start every state is reached, and from every state an end: a caller who
    // does nothing hears the last words of a menu that waits, and articles end.
    let mut numbered = false;
    let mut now = vec![line.start.as_str(), line.rules.quiet.as_str()];
    while let Some(id) = now.pop() {
        if !reached.insert(id) {
            continue;
        }
        let Some(state) = ids.get(id) else {
            continue;
        };
        now.extend(state.leads_to());
        let asks_numbers = matches!(state.does, Does::Ask { numbers: true, .. });
        if asks_numbers && !std::mem::replace(&mut numbered, true) {
            let alone = |a: &Story| ids.get_key_value(Hotline::alone(a.number).as_str());
            now.extend(line.articles.iter().filter_map(alone).map(|(id, _)| *id));
        }
    }
    let lonely = ids.keys().filter(|id| !reached.contains(*id));
    wrong.extend(lonely.map(|id| format!("nothing leads to `{id}`")));
    for (number, keys) in fewest_keys(line) {
        match keys {
            Some(keys) if keys <= MOST_KEYS => {}
            Some(keys) => wrong.push(format!("article {number} needs {keys} keys")),
            None => wrong.push(format!("article {number} cannot be reached")),
        }
    }
    if !line.rules.reading.values().any(|c| *c == Control::Up) {
        wrong.push("no key leads out of an article".into());
    }
    wrong
}

fn said(line: &Hotline, state: &str, say: &[Said], wrong: &mut Vec<String>) {
    for said in say {
        match said {
            Said::Prompt(id) if line.prompt(id).is_none() => {
                wrong.push(format!("`{state}` says `{id}`, which there is not"));
            }
            _ => {}
        }
    }
}
