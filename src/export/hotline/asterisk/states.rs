//! A context for every state.

use std::collections::BTreeMap;

use super::{Context, Plan, plain, seconds};
use crate::model::{Does, Key, Said, State};

impl Plan<'_> {
    /// The sounds of what is said, for one application.
    fn said(&self, say: &[Said]) -> String {
        let sounds: Vec<String> = (say.iter())
            .map(|said| match said {
                Said::Prompt(id) => self.prompt(id),
                Said::KeptArticle => "${TB}/prompts/title-${TB_KEPT_ARTICLE}".into(),
            })
            .collect();
        sounds.join("&")
    }

    /// The context of a state.
    pub(super) fn state(&self, state: &State) -> String {
        let mut context = Context::new(&self.context(&state.id));
        match &state.does {
            Does::Tell { say, next } => {
                let mut steps = vec![format!("Background({})", self.said(say)), self.goto(next)];
                if self.opens(&state.id) {
                    // Lines swallow the first moment of a call; keys may come in it.
                    let wait = match self.does(next) {
                        Some(Does::Ask { .. }) => "WaitExten(0.5)",
                        _ => "Wait(0.5)",
                    };
                    steps.insert(0, wait.into());
                }
                context.exten("s", &steps);
                if let Some(Does::Ask { keys, numbers, .. }) = self.does(next) {
                    let wrong = format!("Goto({},i,1)", self.context(next));
                    self.keys(&mut context, keys, *numbers, &wrong);
                    context.exten("i", &[wrong]);
                }
            }
            Does::Ask { say, keys, numbers } => self.asks(&mut context, state, say, keys, *numbers),
            Does::Read {
                article,
                next,
                previous,
                up,
                end,
            } => {
                context.exten(
                    "s",
                    &[
                        "Set(TB_AT=0)".into(),
                        format!("(go),Set(TB_ARTICLE={article})"),
                        format!("Set(TB_STATE={})", plain(&state.id)),
                        format!("Goto({},s,1)", self.context("reading")),
                    ],
                );
                for (way, to) in [
                    ("next", next),
                    ("previous", previous),
                    ("up", up),
                    ("end", end),
                ] {
                    context.exten(way, &[self.goto(to)]);
                }
            }
            Does::Recall { known, unknown } => {
                context.exten(
                    "s",
                    &[
                        "GotoIf($[\"${TB_CALLER}\" = \"\"]?unknown)".into(),
                        "GotoIf($[\"${DB(tingbao-optout/${TB_CALLER})}\" = \"1\"]?unknown)".into(),
                        "Set(TB_KEPT=${DB(tingbao/${TB_CALLER})})".into(),
                        format!(
                            "GotoIf($[\"${{CUT(TB_KEPT,:,1)}}\" != \"{}\"]?unknown)",
                            self.line.id
                        ),
                        format!(
                            "GotoIf($[${{EPOCH}} - ${{CUT(TB_KEPT,:,6)}} > {}]?unknown)",
                            self.line.rules.remember
                        ),
                        "Set(TB_KEPT_ARTICLE=${CUT(TB_KEPT,:,3)})".into(),
                        self.goto(known),
                        format!("(unknown),{}", self.goto(unknown)),
                    ],
                );
            }
            Does::Resume => {
                context.exten(
                    "s",
                    &[
                        "Set(TB_PACE=${CUT(TB_KEPT,:,4)})".into(),
                        "Set(TB_LOOK=${CUT(TB_KEPT,:,5)})".into(),
                        format!(
                            "Gosub({},${{TB_KEPT_ARTICLE}}${{TB_PACE}},1)",
                            self.context("marks")
                        ),
                        format!("Gosub({},sentence,1)", self.context("reading")),
                        "Set(TB_AT=${CUT(TB_MARKS,:,${TB_NTH})})".into(),
                        format!("Goto({}-${{CUT(TB_KEPT,:,2)}},s,go)", self.prefix()),
                    ],
                );
            }
            Does::Forget { next } => {
                context.exten(
                    "s",
                    &[
                        "GotoIf($[\"${TB_CALLER}\" = \"\"]?done)".into(),
                        "Set(DB(tingbao-optout/${TB_CALLER})=1)".into(),
                        "Set(TB_GONE=${DB_DELETE(tingbao/${TB_CALLER})})".into(),
                        format!("(done),{}", self.goto(next)),
                    ],
                );
            }
            Does::HangUp { say } => {
                context.exten(
                    "s",
                    &[format!("Playback({})", self.said(say)), "Hangup()".into()],
                );
            }
        }
        context.include(&self.context("common"));
        context.0
    }

    /// Whether a call's first words are those of this state.
    fn opens(&self, state: &str) -> bool {
        match self.does(&self.line.start) {
            Some(Does::Recall { known, unknown }) => known == state || unknown == state,
            _ => self.line.start == state,
        }
    }

    fn does(&self, state: &str) -> Option<&Does> {
        self.line.state(state).map(|s| &s.does)
    }

    /// The keys of a menu. Every single key that does nothing has an extension too:
    /// Asterisk lets a prompt be interrupted only by keys that have one.
    fn keys(
        &self,
        context: &mut Context,
        keys: &BTreeMap<Key, String>,
        numbers: bool,
        wrong: &str,
    ) {
        for key in Key::ALL {
            let begins_number = numbers
                && (key.sign().to_digit(10)).is_some_and(|n| self.line.article(n).is_some());
            let sign = key.sign().to_string();
            match keys.get(&key) {
                Some(to) => context.exten(&sign, &self.heard(to)),
                None if begins_number => continue,
                None => context.exten(&sign, &[wrong.to_string()]),
            };
        }
        if numbers {
            context.include(&self.context("numbers"));
        }
    }

    /// A menu.
    fn asks(
        &self,
        context: &mut Context,
        state: &State,
        say: &[Said],
        keys: &BTreeMap<Key, String>,
        numbers: bool,
    ) {
        let rules = &self.line.rules;
        context.exten(
            "s",
            &[
                format!("Background({})", self.said(say)),
                format!("WaitExten({})", seconds(rules.wait)),
            ],
        );
        self.keys(context, keys, numbers, "Goto(i,1)");
        let again = format!("Goto({},s,1)", self.context(&state.id));
        context.exten(
            "i",
            &[
                "Set(TB_SILENT=0)".into(),
                format!("Background({})", self.prompt(&rules.wrong)),
                again.clone(),
            ],
        );
        context.exten(
            "t",
            &[
                "Set(TB_SILENT=$[${TB_SILENT} + 1])".into(),
                format!(
                    "GotoIf($[${{TB_SILENT}} >= {}]?{},s,1)",
                    rules.silences,
                    self.context(&rules.quiet)
                ),
                format!("Background({})", self.prompt(&rules.silent)),
                again,
            ],
        );
    }
}
