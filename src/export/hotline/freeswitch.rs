//! FreeSWITCH: menus without numbers as IVR menus, what they say as phrase macros, the
//! way from state to state as a dialplan; a Lua script reads the articles, takes numbers
//! and keeps places, from the line as a Lua table.

use std::fmt::Write;

use super::super::entry::Entry;
use super::super::escape::{escape, quoted};
use crate::model::{Does, Hotline, Said, State};

const SCRIPT: &str = include_str!("tingbao.lua");

/// The files of the dialplan, the menus, the phrases, the script and its table.
/// `folder` is where the set will be; FreeSWITCH's global variable `tingbao_dir` when
/// nobody says.
pub fn freeswitch(line: &Hotline, folder: Option<&str>) -> Vec<Entry> {
    let sheet = Sheet {
        line,
        folder: folder.unwrap_or("$${tingbao_dir}"),
    };
    vec![
        Entry::bytes("freeswitch/dialplan.xml", sheet.dialplan()),
        Entry::bytes("freeswitch/ivr.xml", sheet.menus()),
        Entry::bytes("freeswitch/phrases.xml", sheet.phrases()),
        Entry::bytes("freeswitch/line.lua", sheet.table()),
        Entry::bytes("freeswitch/tingbao.lua", SCRIPT),
        Entry::bytes("freeswitch/README.md", sheet.readme()),
    ]
}

/// What the files are written from.
struct Sheet<'a> {
    line: &'a Hotline,
    folder: &'a str,
}

/// How a state is carried out.
enum By {
    /// By an IVR menu.
    Menu,
    /// By phrases and a transfer.
    Phrase,
    /// By the script.
    Script,
}

impl Sheet<'_> {
    fn by(&self, state: &State) -> By {
        let asks =
            |id: &str| matches!(self.line.state(id), Some(s) if matches!(s.does, Does::Ask { .. }));
        match &state.does {
            Does::Ask { say, numbers, .. } if !numbers && !say.contains(&Said::KeptArticle) => {
                By::Menu
            }
            // Phrases take no keys for the menu that follows.
            Does::Tell { next, .. } if !asks(next) => By::Phrase,
            Does::HangUp { .. } => By::Phrase,
            _ => By::Script,
        }
    }

    fn name(&self, state: &str) -> String {
        format!("{}_{state}", self.line.id)
    }

    fn transfer(&self, state: &str) -> String {
        format!("transfer {} XML tingbao", self.name(state))
    }

    fn sound(&self, prompt: &str) -> String {
        let file = self.line.prompt(prompt).map_or(prompt, |p| &p.file);
        escape(&format!("{}/sounds/{file}.wav", self.folder))
    }

    fn dialplan(&self) -> String {
        let line = self.line;
        let mut text = String::from("<include>\n <context name=\"tingbao\">\n");
        let mut extension = |number: &str, actions: &[(&str, String)]| {
            let _ = writeln!(
                text,
                "  <extension name=\"{number}\">\n   <condition field=\"destination_number\" \
                 expression=\"^{number}$\">"
            );
            for (application, data) in actions {
                let _ = writeln!(
                    text,
                    "    <action application=\"{application}\" data=\"{}\"/>",
                    escape(data)
                );
            }
            text.push_str("   </condition>\n  </extension>\n");
        };
        let to = |state: &str| format!("{} XML tingbao", self.name(state));
        extension(
            "tingbao",
            &[
                ("answer", String::new()),
                (
                    "sched_hangup",
                    format!("+{} allotted_timeout", line.rules.longest),
                ),
                ("sleep", "500".into()),
                ("transfer", to(&line.start)),
            ],
        );
        for state in &line.states {
            let name = self.name(&state.id);
            let phrase = ("playback", format!("phrase:{name}"));
            let actions = match (&state.does, self.by(state)) {
                (_, By::Menu) => vec![("ivr", name.clone()), ("transfer", to(&line.rules.quiet))],
                (Does::Tell { next, .. }, By::Phrase) => vec![phrase, ("transfer", to(next))],
                (Does::HangUp { .. }, _) => vec![phrase, ("hangup", String::new())],
                _ => vec![(
                    "lua",
                    format!("{0}/freeswitch/tingbao.lua {0} {1}", self.folder, state.id),
                )],
            };
            extension(&name, &actions);
        }
        text + " </context>\n</include>\n"
    }

    fn menus(&self) -> String {
        let rules = &self.line.rules;
        let mut text = String::from("<include>\n");
        for state in &self.line.states {
            let (By::Menu, Does::Ask { keys, .. }) = (self.by(state), &state.does) else {
                continue;
            };
            let name = self.name(&state.id);
            // Of one figure the time between figures is that before the first.
            let _ = writeln!(
                text,
                " <menu name=\"{name}\" greet-long=\"phrase:{name}\" \
                 greet-short=\"phrase:{name}\" invalid-sound=\"{}\" timeout=\"{1}\" \
                 inter-digit-timeout=\"{1}\" max-failures=\"99\" max-timeouts=\"{2}\" \
                 digit-len=\"1\">",
                self.sound(&rules.wrong),
                rules.wait.0,
                rules.silences
            );
            for (key, to) in keys {
                let _ = writeln!(
                    text,
                    "  <entry action=\"menu-exec-app\" digits=\"{}\" param=\"{}\"/>",
                    key.sign(),
                    self.transfer(to)
                );
            }
            text.push_str(" </menu>\n");
        }
        text + "</include>\n"
    }

    fn phrases(&self) -> String {
        let mut text = String::from("<include>\n");
        for state in &self.line.states {
            let say = match (&state.does, self.by(state)) {
                (_, By::Script) => continue,
                (Does::Tell { say, .. } | Does::Ask { say, .. } | Does::HangUp { say }, _) => say,
                _ => continue,
            };
            let _ = writeln!(
                text,
                " <macro name=\"{}\">\n  <input pattern=\"(.*)\">\n   <match>",
                self.name(&state.id)
            );
            for said in say {
                if let Said::Prompt(id) = said {
                    let _ = writeln!(
                        text,
                        "    <action function=\"play-file\" data=\"{}\"/>",
                        self.sound(id)
                    );
                }
            }
            text.push_str("   </match>\n  </input>\n </macro>\n");
        }
        text + "</include>\n"
    }

    /// The line as the script reads it.
    fn table(&self) -> String {
        let line = self.line;
        let rules = &line.rules;
        let mut text = format!(
            "return {{\n id = {}, start = {},\n rules = {{ skip = {}, grace = {}, wait = {}, \
             between = {}, silences = {}, remember = {},\n",
            quoted(&line.id),
            quoted(&line.start),
            rules.skip.0,
            rules.grace.0,
            rules.wait.0,
            rules.between.0,
            rules.silences,
            rules.remember
        );
        for (name, value) in [
            ("wrong", &rules.wrong),
            ("silent", &rules.silent),
            ("quiet", &rules.quiet),
            ("reading_help", &rules.reading_help),
            ("reading_wrong", &rules.reading_wrong),
            ("slowest", &rules.slowest),
            ("fastest", &rules.fastest),
        ] {
            let _ = writeln!(text, "  {name} = {},", quoted(value));
        }
        text.push_str("  reading = {");
        for (key, control) in &rules.reading {
            let name = serde_json::to_string(control).unwrap_or_default();
            let _ = write!(text, " [\"{}\"] = {name},", key.sign());
        }
        text.push_str(" } },\n prompts = {\n");
        for prompt in &line.prompts {
            let _ = writeln!(
                text,
                "  [{}] = {},",
                quoted(&prompt.id),
                quoted(&prompt.file)
            );
        }
        text.push_str(" },\n articles = {\n");
        for story in &line.articles {
            let _ = write!(text, "  [{}] = {{", story.number);
            for take in &story.takes {
                let starts: Vec<String> = take.starts.iter().map(|s| s.0.to_string()).collect();
                let _ = write!(
                    text,
                    "\n   {} = {{ file = {}, starts = {{ {} }} }},",
                    take.pace.name(),
                    quoted(&take.file),
                    starts.join(", ")
                );
            }
            text.push_str(" },\n");
        }
        text.push_str(" },\n states = {\n");
        for state in &line.states {
            let fields = match &state.does {
                Does::Ask { say, keys, numbers } => {
                    let keys: Vec<String> = (keys.iter())
                        .map(|(key, to)| format!("[\"{}\"] = {}", key.sign(), quoted(to)))
                        .collect();
                    format!(
                        "does = \"ask\", numbers = {numbers}, say = {{ {} }}, keys = {{ {} }}",
                        listed(say),
                        keys.join(", ")
                    )
                }
                Does::Read {
                    article,
                    next,
                    previous,
                    up,
                    end,
                } => format!(
                    "does = \"read\", article = {article}, next = {}, previous = {}, up = {}, \
                     [\"end\"] = {}",
                    quoted(next),
                    quoted(previous),
                    quoted(up),
                    quoted(end)
                ),
                Does::Recall { known, unknown } => format!(
                    "does = \"recall\", known = {}, unknown = {}",
                    quoted(known),
                    quoted(unknown)
                ),
                Does::Resume => "does = \"resume\"".into(),
                Does::Forget { next } => format!("does = \"forget\", next = {}", quoted(next)),
                Does::Tell { say, next } => format!(
                    "does = \"tell\", say = {{ {} }}, next = {}",
                    listed(say),
                    quoted(next)
                ),
                Does::HangUp { .. } => continue,
            };
            let _ = writeln!(text, "  [{}] = {{ {fields} }},", quoted(&state.id));
        }
        text + " },\n}\n"
    }

    fn readme(&self) -> String {
        format!(
            "# 听报热线：FreeSWITCH（要 mod_lua、mod_db、mod_dptools）

{}

1. 在 `conf/vars.xml` 开头写一行，填 `hotline` 文件夹的位置：
   `<X-PRE-PROCESS cmd=\"set\" data=\"tingbao_dir=/srv/hotline\"/>`
2. 接进配置：`dialplan.xml` → `conf/dialplan/`，`ivr.xml` → `conf/ivr_menus/`，
   `phrases.xml` → `conf/lang/en/` 的 `<macros>` 里（`<X-PRE-PROCESS cmd=\"include\" …/>`；
   语言跟 `default_language`）。
3. `fs_cli -x reloadxml`；让来电走 `transfer tingbao XML tingbao`。

没有篇号的菜单是 IVR 菜单，说的话是短语宏；问候、读文章、收篇号、记位置是 `tingbao.lua`，
它读 `line.lua`。菜单等不到按键时，直接再说一遍菜单。

## 隐私

记下来电号码和听到的地方，一天作废：`db select/tingbao/号码`。听的人按 3 就不再记
（`db select/tingbao-optout/号码`）；让某人重新被记住：`db delete/tingbao-optout/号码`。
",
            self.line.title.replace(['\n', '\r'], " ")
        )
    }
}

/// What is said, as the script reads it.
fn listed(say: &[Said]) -> String {
    let said: Vec<String> = (say.iter())
        .map(|said| match said {
            Said::Prompt(id) => quoted(id),
            Said::KeptArticle => quoted("@kept"),
        })
        .collect();
    said.join(", ")
}
