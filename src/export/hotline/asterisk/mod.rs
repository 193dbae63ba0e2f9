//! Asterisk, version 16 and later: a dialplan of stock applications alone
//! (`extensions.conf`, as Asterisk's documentation of the dialplan has it). Every state
//! is a context; what reads articles is one context for all, with the article in
//! channel variables.

mod reading;
mod states;

use crate::export::Entry;
use crate::model::{Does, Frames, Hotline, Key, Millis, Pace};

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
    /// Takes over how far an article was played; nothing where it was not begun.
    const HEARD: &'static str =
        "Set(TB_AT=${IF($[0${CPLAYBACKOFFSET} > 0]?${CPLAYBACKOFFSET}:${TB_AT})})";

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
                Plan::HEARD.into(),
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
        // Out of a number that was begun the star leads where it leads in every list.
        let out = (self.line.states.iter()).find_map(|s| match &s.does {
            Does::Ask {
                keys,
                numbers: true,
                ..
            } => keys.get(&Key::STAR),
            _ => None,
        });
        for story in &self.line.articles {
            let to = self.heard(&Hotline::alone(story.number));
            context.exten(&story.number.to_string(), &to);
            if self.line.may_go_on(story.number) {
                context.exten(&format!("{}#", story.number), &to);
                if let Some(out) = out {
                    context.exten(&format!("{}*", story.number), &self.heard(out));
                }
            }
        }
        context.0
    }

    /// A key was heard: somebody is there.
    fn heard(&self, state: &str) -> Vec<String> {
        vec!["Set(TB_SILENT=0)".into(), self.goto(state)]
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
                        format!("Set(TB_LENGTH={})", millis(take.frames)),
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
