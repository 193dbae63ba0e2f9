//! Asterisk, version 16 and later: a dialplan of stock applications alone
//! (`extensions.conf`, as Asterisk's documentation of the dialplan has it). Every state
//! is a context; what reads articles is one context for all, with the article in
//! channel variables.

use super::super::entry::Entry;
use crate::model::{Control, Does, Frames, Hotline, Key, Millis, Pace, Said, State};

/// The context that calls are sent to.
const ASTERISK_ENTRY: &str = "asterisk/entry.conf";
/// The contexts of one edition's line.
const ASTERISK_LINE: &str = "asterisk/line.conf";
/// Both in one, for a first try.
const BOTH: &str = "asterisk/extensions.conf";

/// The dialplan: the context `tingbao`, the line's own contexts, and both in one file.
/// `sounds` is where the folder of sounds will be; relative to Asterisk's own folder of
/// sounds when nobody says.
pub fn asterisk(line: &Hotline, sounds: Option<&str>) -> Vec<Entry> {
    let own = format!("tingbao/{}", line.id);
    let plan = Plan {
        line,
        sounds: sounds.unwrap_or(&own),
    };
    let (entry, contexts) = (plan.entry(), plan.contexts());
    vec![
        Entry::bytes(
            BOTH,
            format!("[general]\nstatic=yes\nwriteprotect=yes\n\n[globals]\n\n{entry}{contexts}"),
        ),
        Entry::bytes(ASTERISK_ENTRY, entry),
        Entry::bytes(ASTERISK_LINE, contexts),
        Entry::bytes("asterisk/README.md", plan.readme()),
    ]
}

/// What the dialplan is written from.
struct Plan<'a> {
    line: &'a Hotline,
    sounds: &'a str,
}

/// The text of a context as it grows.
struct Context(String);

impl Context {
    fn new(name: &str) -> Self {
        Context(format!("\n[{name}]\n"))
    }

    /// An extension with its steps.
    fn exten(&mut self, exten: &str, steps: &[String]) -> &mut Self {
        for (n, step) in steps.iter().enumerate() {
            let line = match n {
                0 => format!("exten => {exten},1,{step}\n"),
                _ if step.starts_with('(') => format!(" same => n{step}\n"),
                _ => format!(" same => n,{step}\n"),
            };
            self.0.push_str(&line);
        }
        self
    }

    fn include(&mut self, name: &str) -> &mut Self {
        self.0.push_str(&format!("include => {name}\n"));
        self
    }
}

fn steps<const N: usize>(steps: [&str; N]) -> Vec<String> {
    steps.map(String::from).to_vec()
}

/// Whole seconds, rounded up.
fn seconds(time: Millis) -> u32 {
    time.0.div_ceil(1000)
}

/// A position as Asterisk counts it.
fn millis(at: Frames) -> u64 {
    at.0 * 1000 / u64::from(Hotline::RATE.0)
}

/// A label in which every character is one of an extension's: Asterisk passes over
/// hyphens there.
fn plain(state: &str) -> String {
    state.replace('-', "_")
}

impl Plan<'_> {
    /// The name of a state's context.
    fn context(&self, state: &str) -> String {
        format!("tingbao-{}-{}", self.line.id, plain(state))
    }

    fn goto(&self, state: &str) -> String {
        format!("Goto({},s,1)", self.context(state))
    }

    fn entry(&self) -> String {
        let mut context = Context::new("tingbao");
        let start = format!("Goto(tingbao-{},s,1)", self.line.id);
        for exten in ["s", "_X", "_X.", "_+X."] {
            context.exten(exten, std::slice::from_ref(&start));
        }
        let title: String = self.line.title.replace(['\n', '\r', ';'], " ");
        format!(
            "; {title}\n; 听报热线。来电转到 [tingbao]：Goto(tingbao,s,1)。此文件由程序写成，不必修改。\n{}",
            context.0
        )
    }

    fn contexts(&self) -> String {
        let mut text = self.call();
        text.push_str(&self.common());
        text.push_str(&self.keep());
        text.push_str(&self.numbers());
        text.push_str(&self.reading());
        text.push_str(&self.marks());
        for state in &self.line.states {
            text.push_str(&self.state(state));
        }
        text
    }

    /// The call's beginning: its variables, then the first state.
    fn call(&self) -> String {
        let mut context = Context::new(&format!("tingbao-{}", self.line.id));
        context.exten(
            "s",
            &[
                "Answer()".into(),
                format!("Set(TB={})", self.sounds),
                format!("Set(TIMEOUT(absolute)={})", self.line.rules.longest),
                format!("Set(TIMEOUT(digit)={})", seconds(self.line.rules.between)),
                format!("Set(TB_PACE={})", Pace::default().name()),
                "Set(TB_SILENT=0)".into(),
                "Set(TB_READ=0)".into(),
                "Set(TB_PLAYING=0)".into(),
                "Set(TB_CALLER=${FILTER(0-9,${CALLERID(num)})})".into(),
                "Wait(0.5)".into(),
                self.goto(&self.line.start),
            ],
        );
        context.include(&self.context("common"));
        context.0
    }

    /// What every state has: the end of the longest call, and hanging up.
    fn common(&self) -> String {
        let mut context = Context::new(&self.context("common"));
        context
            .exten("T", &[self.goto(&self.line.rules.quiet)])
            .exten("h", &[format!("Gosub({},s,1)", self.context("keep"))]);
        context.0
    }

    /// Keeping the place of a caller, `id:state:article:pace:ms:time`.
    fn keep(&self) -> String {
        let mut context = Context::new(&self.context("keep"));
        let value = format!(
            "Set(DB(tingbao/${{TB_CALLER}})={}:${{TB_STATE}}:${{TB_ARTICLE}}:${{TB_PACE}}:${{TB_AT}}:${{EPOCH}})",
            self.line.id
        );
        context.exten(
            "s",
            &[
                "GotoIf($[\"${TB_CALLER}\" = \"\" | \"${TB_READ}\" = \"0\"]?done)".into(),
                "GotoIf($[\"${DB(tingbao-optout/${TB_CALLER})}\" = \"1\"]?done)".into(),
                "GotoIf($[\"${TB_ARTICLE}\" = \"\"]?ended)".into(),
                "GotoIf($[\"${TB_PLAYING}\" = \"0\"]?store)".into(),
                "Set(TB_AT=${IF($[0${CPLAYBACKOFFSET} > 0]?${CPLAYBACKOFFSET}:${TB_AT})})".into(),
                format!("(store),{value}"),
                "Return()".into(),
                "(ended),Set(TB_GONE=${DB_DELETE(tingbao/${TB_CALLER})})".into(),
                "(done),Return()".into(),
            ],
        );
        context.0
    }

    /// The numbers of articles, for the menus that take them. Asterisk itself waits for
    /// another figure where one may follow.
    fn numbers(&self) -> String {
        let mut context = Context::new(&self.context("numbers"));
        for story in &self.line.articles {
            let to = self.heard(&Hotline::alone(story.number));
            context.exten(&story.number.to_string(), &to);
            if self.line.may_go_on(story.number) {
                context.exten(&format!("{}#", story.number), &to);
            }
        }
        context.0
    }

    /// A key was heard: somebody is there.
    fn heard(&self, state: &str) -> Vec<String> {
        vec!["Set(TB_SILENT=0)".into(), self.goto(state)]
    }

    /// Reading any article: `TB_ARTICLE`, `TB_PACE` and `TB_AT` say what, the context in
    /// `TB_STATE` where its ways lead.
    fn reading(&self) -> String {
        let rules = &self.line.rules;
        let mut context = Context::new(&self.context("reading"));
        let key = |control: Control| {
            let found = rules.reading.iter().find(|(_, c)| **c == control);
            found.map_or(String::new(), |(key, _)| key.sign().to_string())
        };
        let stop: String = (Key::ALL.iter())
            .filter(|k| {
                let control = rules.reading.get(k);
                !matches!(
                    control,
                    Some(Control::Back | Control::Forward | Control::Pause)
                )
            })
            .map(|k| k.sign())
            .collect();
        let play = format!(
            "(play),ControlPlayback(${{TB}}/${{TB_SOUND}},{},{},{},{stop},{},,o(${{TB_AT}}))",
            rules.skip.0,
            key(Control::Forward),
            key(Control::Back),
            key(Control::Pause),
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
                "Set(TB_PLAYING=1)".into(),
                play,
                "Set(TB_PLAYING=0)".into(),
                "Set(TB_SILENT=0)".into(),
                "GotoIf($[\"${CPLAYBACKSTATUS}\" = \"SUCCESS\"]?ended)".into(),
                "GotoIf($[\"${CPLAYBACKSTATUS}\" != \"USERSTOPPED\"]?lost)".into(),
                "Set(TB_AT=${CPLAYBACKOFFSET})".into(),
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
            // The first three come here only from the help that is told.
            Some(Control::Back) => vec![
                format!(
                    "Set(TB_AT=${{IF($[${{TB_AT}} > {0}]?$[${{TB_AT}} - {0}]:0)}})",
                    rules.skip.0
                ),
                back,
            ],
            Some(Control::Forward) => {
                vec![format!("Set(TB_AT=$[${{TB_AT}} + {}])", rules.skip.0), back]
            }
            Some(Control::Pause) => vec![back],
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

    /// Before the names of this line's contexts.
    fn prefix(&self) -> String {
        format!("tingbao-{}", self.line.id)
    }

    /// Where the sentences of every take begin, in milliseconds.
    fn marks(&self) -> String {
        let mut context = Context::new(&self.context("marks"));
        for story in &self.line.articles {
            for take in &story.takes {
                let marks: Vec<String> = (take.starts.iter())
                    .map(|s| millis(*s).to_string())
                    .collect();
                context.exten(
                    &format!("{}{}", story.number, take.pace.name()),
                    &[
                        format!("Set(TB_SOUND={})", take.file),
                        format!("Set(TB_MARKS={})", marks.join(":")),
                        "Return()".into(),
                    ],
                );
            }
        }
        context.0
    }

    /// The sound of a prompt.
    fn prompt(&self, id: &str) -> String {
        let file = (self.line.prompt(id)).map_or(id, |p| p.file.as_str());
        format!("${{TB}}/{file}")
    }

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
    fn state(&self, state: &State) -> String {
        let mut context = Context::new(&self.context(&state.id));
        match &state.does {
            Does::Tell { say, next } => {
                context.exten(
                    "s",
                    &[format!("Playback({})", self.said(say)), self.goto(next)],
                );
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

    /// A menu. Every single key that does nothing has an extension too: Asterisk lets a
    /// prompt be interrupted only by keys that have one.
    fn asks(
        &self,
        context: &mut Context,
        state: &State,
        say: &[Said],
        keys: &std::collections::BTreeMap<Key, String>,
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
        for key in Key::ALL {
            let begins_number = numbers
                && (key.sign().to_digit(10)).is_some_and(|n| self.line.article(n).is_some());
            let sign = key.sign().to_string();
            match keys.get(&key) {
                Some(to) => context.exten(&sign, &self.heard(to)),
                None if begins_number => continue,
                None => context.exten(&sign, &["Goto(i,1)".to_string()]),
            };
        }
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
        if numbers {
            context.include(&self.context("numbers"));
        }
    }

    fn readme(&self) -> String {
        let id = &self.line.id;
        format!(
            "# 听报热线：Asterisk（16 及以后）

1. 把 `../sounds` 整个放到 Asterisk 的声音文件夹里：
   `cp -r ../sounds /var/lib/asterisk/sounds/tingbao/{id}`
   （先建好 `tingbao`；Debian 的声音文件夹是 `/usr/share/asterisk/sounds`）。
2. 把 `extensions.conf` 接进拨号方案：在 `/etc/asterisk/extensions.conf` 末尾写
   `#include \"/这个文件夹/extensions.conf\"`，让来电走 `Goto(tingbao,s,1)`，
   或者 `include => tingbao`。
3. `asterisk -rx \"dialplan reload\"`。

每天换新报，用 `tingbao hotline publish EDITION --to /srv/tingbao`：第一次照它说的写一行
`#include`，以后每次换完重新载入拨号方案就行；正在听的人接着听完旧的那一期。

只用自带的应用：Answer、Background、WaitExten、Playback、ControlPlayback、Goto、GotoIf、
Gosub、Set、Wait、Hangup；函数 CUT、DB、FILTER、IF、CALLERID、TIMEOUT。
`../sounds16` 是 16 kHz 的同样内容，给别的用途；不要和 `../sounds` 放在一起，
Asterisk 把位置都按 8 kHz 算，混在一起，后退和续听会错一倍。

## 隐私

打来又挂断的人，一天之内再打来可以接着听，为此 AstDB 里记下来电号码和听到的地方：
`tingbao/号码`。没有来电号码就不记。听的人在说明里按 3，就再也不记
（`tingbao-optout/号码`）。全部删掉：`asterisk -rx \"database deltree tingbao\"`，
最好每夜一次；让某人重新被记住：`asterisk -rx \"database del tingbao-optout 号码\"`。
"
        )
    }
}
