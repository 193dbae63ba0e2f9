//! The context that reads articles. Every key ends the sound and has an extension here,
//! which begins it again somewhere: ControlPlayback's own forward goes back near the end
//! of a sound, and in its own pause every other key is lost.

use super::{Context, Plan, steps};
use crate::model::{Control, Key, Pace};

impl Plan<'_> {
    /// Reading any article: `TB_ARTICLE`, `TB_PACE` and `TB_AT` say what, the context in
    /// `TB_STATE` where its ways lead.
    pub(super) fn reading(&self) -> String {
        let rules = &self.line.rules;
        let mut context = Context::new(&self.context("reading"));
        let stop: String = Key::ALL.iter().map(|k| k.sign()).collect();
        let play = format!(
            "(play),ControlPlayback(${{TB}}/${{TB_SOUND}},{},,,{stop},,,o(${{TB_AT}}))",
            rules.skip.0,
        );
        let lost = self.prompt(&rules.lost);
        context.exten(
            "s",
            &[
                format!(
                    "Gosub({},${{TB_ARTICLE}}${{TB_PACE}},1)",
                    self.context("marks")
                ),
                "Set(TB_READ=1)".into(),
                // Who hangs up between two steps here has the right place too.
                "Set(CPLAYBACKOFFSET=)".into(),
                "Set(TB_PLAYING=1)".into(),
                play,
                Plan::HEARD.into(),
                "Set(TB_PLAYING=0)".into(),
                "Set(TB_SILENT=0)".into(),
                "GotoIf($[\"${CPLAYBACKSTATUS}\" = \"SUCCESS\"]?ended)".into(),
                "GotoIf($[\"${CPLAYBACKSTATUS}\" != \"USERSTOPPED\"]?lost)".into(),
                "Goto(${CPLAYBACKSTOPKEY},1)".into(),
                "(ended),Set(TB_ARTICLE=)".into(),
                format!("Goto({}-${{TB_STATE}},end,1)", self.prefix()),
                format!("(lost),Playback({lost})"),
                format!("Goto({}-${{TB_STATE}},up,1)", self.prefix()),
            ],
        );
        for key in Key::ALL {
            let sign = key.sign().to_string();
            context.exten(&sign, &self.steered(rules.reading.get(&key).copied()));
        }
        // Which sentence is heard at TB_LOOK: the last that begins before it.
        context.exten(
            "sentence",
            &steps([
                "Set(TB_NTH=1)",
                "(next),Set(TB_MARK=${CUT(TB_MARKS,:,$[${TB_NTH} + 1])})",
                "GotoIf($[\"${TB_MARK}\" = \"\"]?found)",
                "GotoIf($[${TB_MARK} > ${TB_LOOK}]?found)",
                "Set(TB_NTH=$[${TB_NTH} + 1])",
                "Goto(next)",
                "(found),Return()",
            ]),
        );
        context.include(&self.context("common"));
        context.0 + &self.paused()
    }

    /// Silence until a key comes: the pause key goes on, the others do what they always
    /// do.
    fn paused(&self) -> String {
        let rules = &self.line.rules;
        let mut context = Context::new(&self.context("paused"));
        context.exten("s", &[format!("WaitExten({})", rules.longest)]);
        for key in Key::ALL {
            let sign = key.sign().to_string();
            let to = match rules.reading.get(&key) {
                Some(Control::Pause) => format!("Goto({},s,1)", self.context("reading")),
                Some(Control::Ignore) => "Goto(s,1)".to_string(),
                _ => format!("Goto({},{sign},1)", self.context("reading")),
            };
            context.exten(&sign, &[to]);
        }
        context.exten("t", &[self.goto(&rules.quiet)]);
        context.include(&self.context("common"));
        context.0
    }

    /// What a key does while an article is read, or its help.
    fn steered(&self, control: Option<Control>) -> Vec<String> {
        let rules = &self.line.rules;
        let back = "Goto(s,1)".to_string();
        let prefix = self.prefix();
        let sentence = format!("Gosub({},sentence,1)", self.context("reading"));
        let begun = "Set(TB_AT=${CUT(TB_MARKS,:,${TB_NTH})})".to_string();
        let way = |way: &str| vec![format!("Goto({prefix}-${{TB_STATE}},{way},1)")];
        let paced = |faster: bool| {
            let mut steps = vec![
                "Set(TB_LOOK=${TB_AT})".to_string(),
                sentence.clone(),
                "Set(TB_WAS=${TB_PACE})".into(),
            ];
            let mut paces = Pace::ALL.map(Pace::name);
            if !faster {
                paces.reverse();
            }
            let next =
                paces
                    .windows(2)
                    .rev()
                    .fold(paces[paces.len() - 1].to_string(), |next, pair| {
                        format!(
                            "${{IF($[\"${{TB_PACE}}\" = \"{}\"]?{}:{next})}}",
                            pair[0], pair[1]
                        )
                    });
            let most = if faster {
                &rules.fastest
            } else {
                &rules.slowest
            };
            steps.extend([
                format!("Set(TB_PACE={next})"),
                "GotoIf($[\"${TB_PACE}\" = \"${TB_WAS}\"]?most)".into(),
                format!(
                    "Gosub({},${{TB_ARTICLE}}${{TB_PACE}},1)",
                    self.context("marks")
                ),
                begun.clone(),
                back.clone(),
                format!("(most),Background({})", self.prompt(most)),
                back.clone(),
            ]);
            steps
        };
        let told =
            |prompt: &str| vec![format!("Background({})", self.prompt(prompt)), back.clone()];
        match control {
            Some(Control::Back) => vec![
                format!(
                    "Set(TB_AT=${{IF($[${{TB_AT}} > {0}]?$[${{TB_AT}} - {0}]:0)}})",
                    rules.skip.0
                ),
                back,
            ],
            Some(Control::Forward) => vec![
                format!("Set(TB_AT=$[${{TB_AT}} + {}])", rules.skip.0),
                "GotoIf($[${TB_AT} >= ${TB_LENGTH}]?s,ended)".into(),
                back,
            ],
            Some(Control::Pause) => vec![format!("Goto({},s,1)", self.context("paused"))],
            Some(Control::Ignore) => vec![back],
            Some(Control::Repeat) => vec![
                format!(
                    "Set(TB_LOOK=${{IF($[${{TB_AT}} > {0}]?$[${{TB_AT}} - {0}]:0)}})",
                    rules.grace.0
                ),
                sentence,
                begun,
                back,
            ],
            Some(Control::Slower) => paced(false),
            Some(Control::Faster) => paced(true),
            Some(Control::Next) => way("next"),
            Some(Control::Previous) => way("previous"),
            Some(Control::Up) => way("up"),
            Some(Control::Help) => told(&rules.reading_help),
            None => told(&rules.reading_wrong),
        }
    }
}
