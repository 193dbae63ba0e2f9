//! VoiceXML 2.1 (W3C Recommendation, 19 June 2007): a document a line, a form a state.
//! VoiceXML plays no sound from the middle, so that an article is a chain of pieces, and
//! back and forward go by pieces. Sounds are raw µ-law, `audio/basic`, which every
//! platform must play (2.0, appendix E).

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::entry::Entry;
use super::super::escape::escape;
use crate::model::{Control, Does, Hotline, Key, Pace, Said, State, Story, Take};

/// The document, and what an operator does with it.
pub fn voicexml(line: &Hotline) -> Vec<Entry> {
    vec![
        Entry::bytes("voicexml/line.vxml", Sheet { line }.document()),
        Entry::bytes("voicexml/README.md", readme(line)),
    ]
}

/// What the document is written from.
struct Sheet<'a> {
    line: &'a Hotline,
}

/// Where a key leads, by its sign.
type Ways = Vec<(String, String)>;

impl Sheet<'_> {
    fn document(&self) -> String {
        let line = self.line;
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <vxml version=\"2.1\" xmlns=\"http://www.w3.org/2001/vxml\" xml:lang=\"{}\">\n\
             <meta name=\"title\" content=\"{}\"/>\n\
             <property name=\"inputmodes\" value=\"dtmf\"/>\n\
             <property name=\"timeout\" value=\"{}ms\"/>\n\
             <property name=\"interdigittimeout\" value=\"{}ms\"/>\n\
             <property name=\"termchar\" value=\"\"/>\n\
             <var name=\"pace\" expr=\"'normal'\"/>\n\
             <var name=\"silences\" expr=\"0\"/>\n\
             <form><block><goto next=\"#{}\"/></block></form>\n",
            escape(&line.language),
            escape(&line.title),
            line.rules.wait.0,
            line.rules.between.0,
            line.start
        );
        for state in &line.states {
            self.state(&mut text, state);
        }
        text.push_str("</vxml>\n");
        text
    }

    fn audio(&self, file: &str) -> String {
        format!("<audio src=\"../sounds/{}.ulaw\"/>", escape(file))
    }

    fn prompt(&self, id: &str) -> String {
        self.audio(self.line.prompt(id).map_or(id, |p| &p.file))
    }

    fn said(&self, say: &[Said]) -> String {
        (say.iter())
            .map(|said| match said {
                Said::Prompt(id) => self.prompt(id),
                // No place is kept: no such state is entered.
                Said::KeptArticle => String::new(),
            })
            .collect()
    }

    fn state(&self, text: &mut String, state: &State) {
        let form = |inner: &str| format!("<form id=\"{}\">{inner}</form>\n", state.id);
        let block = |inner: &str| form(&format!("<block>{inner}</block>"));
        match &state.does {
            Does::Tell { say, next } => {
                let after = self.line.state(next).map(|s| &s.does);
                let Some(Does::Ask { keys, numbers, .. }) = after else {
                    let prompt = format!("<prompt bargein=\"false\">{}</prompt>", self.said(say));
                    text.push_str(&block(&format!("{prompt}<goto next=\"#{next}\"/>")));
                    return;
                };
                let ways = self.ways(keys, *numbers);
                text.push_str(&form(&format!(
                    "<field name=\"key\"><property name=\"timeout\" value=\"0s\"/>{}\
                     <prompt>{}</prompt><noinput><goto next=\"#{next}\"/></noinput>\
                     <nomatch>{}<goto next=\"#{next}\"/></nomatch><filled>{}</filled></field>",
                    grammar(&ways),
                    self.said(say),
                    self.prompt(&self.line.rules.wrong),
                    branches(&ways),
                )));
            }
            Does::Recall { unknown: next, .. } | Does::Forget { next } => {
                text.push_str(&block(&format!("<goto next=\"#{next}\"/>")));
            }
            Does::Resume => {
                text.push_str(&block(&format!("<goto next=\"#{}\"/>", self.line.start)))
            }
            Does::HangUp { say } => {
                let prompt = format!("<prompt bargein=\"false\">{}</prompt>", self.said(say));
                text.push_str(&block(&format!("{prompt}<disconnect/>")));
            }
            Does::Ask { say, keys, numbers } => {
                let ways = self.ways(keys, *numbers);
                text.push_str(&form(&self.field(&self.said(say), &ways)));
            }
            Does::Read { article, .. } => {
                if let Some(story) = self.line.article(*article) {
                    self.reads(text, state, story);
                }
            }
        }
    }

    /// Where the keys and numbers of a menu lead.
    fn ways(&self, keys: &BTreeMap<Key, String>, numbers: bool) -> Ways {
        let mut ways: Ways = (keys.iter())
            .map(|(key, to)| (key.sign().to_string(), format!("#{to}")))
            .collect();
        if numbers {
            let alone = |a: &Story| {
                let to = format!("#{}", Hotline::alone(a.number));
                [a.number.to_string(), format!("{}#", a.number)].map(|w| (w, to.clone()))
            };
            ways.extend(self.line.articles.iter().flat_map(alone));
        }
        ways
    }

    /// A field that waits for one of these, and what happens without one.
    fn field(&self, prompt: &str, ways: &Ways) -> String {
        let rules = &self.line.rules;
        let mut text = format!(
            "<field name=\"key\">{}<prompt>{prompt}</prompt>\
             <noinput><assign name=\"silences\" expr=\"silences + 1\"/>\
             <if cond=\"silences &gt;= {}\"><goto next=\"#{}\"/></if>{}<reprompt/></noinput>\
             <nomatch><assign name=\"silences\" expr=\"0\"/>{}<reprompt/></nomatch>\
             <filled><assign name=\"silences\" expr=\"0\"/>",
            grammar(ways),
            rules.silences,
            rules.quiet,
            self.prompt(&rules.silent),
            self.prompt(&rules.wrong),
        );
        text.push_str(&branches(ways));
        text.push_str("</filled></field>");
        text
    }

    /// An article: a form that leads to the pace, then a form a piece.
    fn reads(&self, text: &mut String, state: &State, story: &Story) {
        let first = |take: &Take| format!("#{}-{}-1", state.id, take.pace.name());
        let mut to = String::new();
        for (n, take) in story.takes.iter().enumerate() {
            let test = if n == 0 { "if" } else { "elseif" };
            let close = if n == 0 { "" } else { "/" };
            let _ = write!(
                to,
                "<{test} cond=\"pace == '{}'\"{close}><goto next=\"{}\"/>",
                take.pace.name(),
                first(take)
            );
        }
        let _ = writeln!(
            text,
            "<form id=\"{}\"><block>{to}</if></block></form>",
            state.id
        );
        for take in &story.takes {
            for piece in 0..take.pieces.len() {
                self.piece(text, state, story, take, piece);
            }
        }
    }

    fn piece(&self, text: &mut String, state: &State, story: &Story, take: &Take, at: usize) {
        let Does::Read {
            next,
            previous,
            up,
            end,
            ..
        } = &state.does
        else {
            return;
        };
        let rules = &self.line.rules;
        let form =
            |pace: Pace, piece: usize| format!("#{}-{}-{}", state.id, pace.name(), piece + 1);
        let here = form(take.pace, at);
        let on = match at + 1 < take.pieces.len() {
            true => form(take.pace, at + 1),
            false => format!("#{end}"),
        };
        let mut branches = String::new();
        for (n, key) in Key::ALL.into_iter().enumerate() {
            let test = if n == 0 { "if" } else { "elseif" };
            let close = if n == 0 { "" } else { "/" };
            let goto = |to: &str| format!("<goto next=\"{to}\"/>");
            let paced = |faster: bool| match story.beside(take.pace, faster) {
                Some(pace) => {
                    let sentence = take.pieces[at].sentence;
                    let pieces = story.take(pace).map_or(&[][..], |t| &t.pieces);
                    let begun = pieces.iter().filter(|p| p.sentence <= sentence).count();
                    format!(
                        "<assign name=\"pace\" expr=\"'{}'\"/>{}",
                        pace.name(),
                        goto(&form(pace, begun.saturating_sub(1)))
                    )
                }
                None => {
                    let most = if faster {
                        &rules.fastest
                    } else {
                        &rules.slowest
                    };
                    format!("<prompt>{}</prompt>{}", self.prompt(most), goto(&here))
                }
            };
            let told = |id: &str| format!("<prompt>{}</prompt>{}", self.prompt(id), goto(&here));
            let does = match rules.reading.get(&key) {
                Some(Control::Back) => goto(&form(take.pace, at.saturating_sub(1))),
                Some(Control::Forward) => goto(&on),
                Some(Control::Repeat | Control::Ignore) => goto(&here),
                Some(Control::Pause) => goto(&format!("{here}-pause")),
                Some(Control::Slower) => paced(false),
                Some(Control::Faster) => paced(true),
                Some(Control::Next) => goto(&format!("#{next}")),
                Some(Control::Previous) => goto(&format!("#{previous}")),
                Some(Control::Up) => goto(&format!("#{up}")),
                Some(Control::Help) => told(&rules.reading_help),
                None => told(&rules.reading_wrong),
            };
            let _ = write!(
                branches,
                "<{test} cond=\"key == '{}'\"{close}>{does}",
                key.sign()
            );
        }
        let keys: Ways = (Key::ALL.iter())
            .map(|k| (k.sign().to_string(), String::new()))
            .collect();
        let grammar = grammar(&keys);
        let id = &here[1..];
        let _ = writeln!(
            text,
            "<form id=\"{id}\"><field name=\"key\"><property name=\"timeout\" value=\"0s\"/>{grammar}\
             <prompt>{}</prompt><noinput><goto next=\"{on}\"/></noinput>\
             <filled><assign name=\"silences\" expr=\"0\"/>{branches}</if></filled></field></form>",
            self.audio(&take.pieces[at].file),
        );
        let _ = writeln!(
            text,
            "<form id=\"{id}-pause\"><field name=\"key\"><property name=\"timeout\" value=\"60s\"/>\
             {grammar}<noinput><goto next=\"{here}\"/></noinput>\
             <filled><goto next=\"{here}\"/></filled></field></form>",
        );
    }
}

/// A grammar of these keys and numbers (SRGS 1.0, XML form).
fn grammar(ways: &Ways) -> String {
    let items: String = (ways.iter())
        .map(|(signs, _)| {
            let spaced: Vec<String> = signs.chars().map(String::from).collect();
            format!("<item>{}<tag>'{signs}'</tag></item>", spaced.join(" "))
        })
        .collect();
    format!(
        "<grammar xmlns=\"http://www.w3.org/2001/06/grammar\" version=\"1.0\" mode=\"dtmf\" \
         root=\"key\" tag-format=\"semantics/1.0-literals\"><rule id=\"key\" scope=\"public\">\
         <one-of>{}</one-of></rule></grammar>",
        items
            .replace("<tag>'", "<tag>")
            .replace("'</tag>", "</tag>")
    )
}

/// Where each key leads.
fn branches(ways: &Ways) -> String {
    let mut text = String::new();
    for (n, (signs, to)) in ways.iter().enumerate() {
        let test = if n == 0 { "if" } else { "elseif" };
        let close = if n == 0 { "" } else { "/" };
        let _ = write!(
            text,
            "<{test} cond=\"key == '{signs}'\"{close}><goto next=\"{to}\"/>"
        );
    }
    text + "</if>"
}

fn readme(line: &Hotline) -> String {
    format!(
        "# 听报热线：VoiceXML 2.1

{}

把 `hotline` 文件夹整个放到网站上，平台的起始地址填 `voicexml/line.vxml`；
`.ulaw` 的类型要是 `audio/basic`（8 kHz、单声道、G.711 µ 律，无文件头）。

只用按键，不用语音识别。和别的交换机不同的地方：VoiceXML 不能从一个声音的中间放起，
文章按几句一段来放（`../sounds/pieces`），4 和 6 退、进一段，2 重放这一段，7 和 9 从这一段起
换慢、换快；5 以后按任意键或者等一分钟继续；不记住来电的人听到哪里。
",
        line.title.replace(['\n', '\r'], " ")
    )
}
