//! `tingbao hotline`.

use std::io::BufRead;
use std::path::Path;

use serde_json::{Value, json};

use super::Exit;
use super::args::{HotlineCommand, PublishArgs, TryArgs};
use super::print::{self, clock, out};
use crate::diag::{Fault, Place, Result};
use crate::export::HOTLINE_FILE;
use crate::hotline::{Call, Heard, Memory, Press};
use crate::model::{HOTLINE_FORMAT, Hotline, HotlineSet, Key, Millis};
use crate::pipeline::{self, PublishJob};
use crate::store;

pub fn hotline(command: HotlineCommand) -> Result<Exit> {
    match command {
        HotlineCommand::Try(args) => try_line(&args),
        HotlineCommand::Publish(args) => publish(args),
    }
}

/// What somebody at the terminal does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// Something on the telephone.
    Press(Press),
    /// Leaves.
    Leave,
}

fn try_line(args: &TryArgs) -> Result<Exit> {
    let line = read_line(&args.edition)?;
    let deeds = args.keys.as_deref().map(deeds).transpose()?;
    let shown = Shown {
        line: &line,
        json: args.json,
    };
    let (mut call, heard) = Call::begin(&line, Memory::default())?;
    shown.heard(&call, "", &heard)?;
    if let Some(deeds) = deeds {
        shown.all(&mut call, deeds)?;
        return Ok(Exit::Complete);
    }
    for typed in std::io::stdin().lock().lines() {
        let typed =
            typed.map_err(|e| Fault::new(format!("cannot read from standard input: {e}")))?;
        match self::deeds(&typed) {
            Ok(deeds) => {
                if !shown.all(&mut call, deeds)? {
                    return Ok(Exit::Complete);
                }
            }
            Err(fault) => eprintln!("{fault}"),
        }
    }
    Ok(Exit::Complete)
}

/// How a call is shown.
struct Shown<'a> {
    line: &'a Hotline,
    json: bool,
}

impl<'a> Shown<'a> {
    /// Does one thing after the other and shows what is heard; whether to go on. A call
    /// that is over is made again first, by the same caller.
    fn all(&self, call: &mut Call<'a>, deeds: Vec<(String, Deed)>) -> Result<bool> {
        for (text, deed) in deeds {
            let Deed::Press(press) = deed else {
                return Ok(false);
            };
            if call.is_over() {
                let (again, heard) = Call::begin(self.line, call.memory().clone())?;
                *call = again;
                self.heard(call, "", &heard)?;
            }
            let heard = call.press(press)?;
            self.heard(call, &text, &heard)?;
        }
        Ok(true)
    }

    fn heard(&self, call: &Call<'_>, pressed: &str, heard: &[Heard]) -> Result<()> {
        if self.json {
            let heard: Vec<Value> = heard.iter().map(record).collect();
            let reading = call.reading().map(|(number, pace, at)| {
                json!({
                    "article": number,
                    "pace": pace,
                    "seconds": at.seconds(Hotline::RATE),
                })
            });
            return print::json(&json!({
                "pressed": pressed,
                "state": call.state(),
                "reading": reading,
                "heard": heard,
                "over": call.is_over(),
            }));
        }
        let mut text = match pressed {
            "" => String::new(),
            pressed => format!("> {pressed}\n"),
        };
        for heard in heard {
            text.push_str(&match heard {
                Heard::Prompt { text, file } => format!("  {text}  [{file}]\n"),
                Heard::Article {
                    number,
                    text,
                    file,
                    from,
                    ..
                } => format!(
                    "  {number}: {} {text}  [{file}]\n",
                    clock(from.seconds(Hotline::RATE))
                ),
                Heard::Paused => "  …\n".to_string(),
                Heard::Over => "  (the call is over)\n".to_string(),
            });
        }
        if !call.is_over() {
            text.push_str(&format!("  [{}]\n", call.state()));
        }
        out(&text)
    }
}

fn record(heard: &Heard) -> Value {
    match heard {
        Heard::Prompt { text, file } => json!({"prompt": text, "file": file}),
        Heard::Article {
            number,
            pace,
            text,
            file,
            from,
        } => json!({
            "article": number,
            "pace": pace,
            "sentence": text,
            "file": file,
            "seconds": from.seconds(Hotline::RATE),
        }),
        Heard::Paused => json!("paused"),
        Heard::Over => json!("over"),
    }
}

/// The line of an edition, or one that lies by itself.
fn read_line(folder: &Path) -> Result<Hotline> {
    let inner = folder.join(HotlineSet::FOLDER).join(HOTLINE_FILE);
    let alone = folder.join(HOTLINE_FILE);
    let path = [inner, alone].into_iter().find(|p| store::exists(p));
    let path = path.ok_or_else(|| {
        Fault::new("there is no hotline here")
            .at(Place::file(folder.display().to_string()))
            .help("make it with `tingbao export EDITION --hotline`")
    })?;
    pipeline::hotline_of(&path)
}

/// What a list of keys asks for, each with its words.
fn deeds(text: &str) -> Result<Vec<(String, Deed)>> {
    if text.trim().is_empty() {
        return Ok(vec![("t".into(), Deed::Press(Press::Nothing))]);
    }
    let mut deeds = Vec::new();
    for part in text.split([',', ' ', '，']).map(str::trim) {
        if part.is_empty() {
            continue;
        }
        let one = |deed| (part.to_string(), deed);
        if let Some(seconds) = part.strip_prefix('@') {
            let time = seconds
                .parse::<f64>()
                .ok()
                .filter(|s| (0.0..86_400.0).contains(s));
            let time = time.ok_or_else(|| no_key(part))?;
            let listen = Press::Listen(Millis((time * 1000.0).round() as u32));
            deeds.push(one(Deed::Press(listen)));
            continue;
        }
        match part {
            "t" => deeds.push(one(Deed::Press(Press::Nothing))),
            "h" => deeds.push(one(Deed::Press(Press::HangUp))),
            "q" => deeds.push(one(Deed::Leave)),
            keys => {
                for sign in keys.chars() {
                    let key = Key::of(sign).ok_or_else(|| no_key(part))?;
                    deeds.push((sign.to_string(), Deed::Press(Press::Key(key))));
                }
            }
        }
    }
    Ok(deeds)
}

fn no_key(part: &str) -> Fault {
    Fault::new(format!("a telephone has no key `{part}`")).help(
        "keys are 0 to 9, * and #; `t` is a time-out, `@20` listens for 20 seconds, \
         `h` hangs up, `q` leaves",
    )
}

fn publish(args: PublishArgs) -> Result<Exit> {
    let published = match &args.edition {
        Some(edition) => pipeline::publish_hotline(&PublishJob {
            edition: edition.clone(),
            to: args.to.clone(),
            keep: usize::from(args.keep),
        })?,
        None => pipeline::unpublish_hotline(&args.to)?,
    };
    if args.json {
        print::json(&json!({
            "event": "done",
            "current": published.current,
            "before": published.before,
            "removed": published.removed,
            "format": HOTLINE_FORMAT,
        }))?;
        return Ok(Exit::Complete);
    }
    let mut text = format!(
        "{} is heard now: {}\n",
        published.title,
        args.to.join("current").display()
    );
    if let Some(before) = &published.before {
        text.push_str(&format!("before it: {before}\n"));
    }
    for gone in &published.removed {
        text.push_str(&format!("removed: {gone}\n"));
    }
    text.push_str(&format!(
        "Asterisk: #include \"{}\" once, then each time: asterisk -rx \"dialplan reload\"\n",
        published.dialplan.display()
    ));
    out(&text)?;
    Ok(Exit::Complete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read() {
        let read = |text: &str| deeds(text).map(|d| d.into_iter().map(|d| d.1).collect::<Vec<_>>());
        let key = |sign| Deed::Press(Press::Key(Key::of(sign).unwrap()));
        assert_eq!(
            read("2, 14,#").unwrap(),
            [key('2'), key('1'), key('4'), key('#')]
        );
        assert_eq!(
            read("@1.5,t,h,q").unwrap(),
            [
                Deed::Press(Press::Listen(Millis(1_500))),
                Deed::Press(Press::Nothing),
                Deed::Press(Press::HangUp),
                Deed::Leave
            ]
        );
        assert_eq!(read("").unwrap(), [Deed::Press(Press::Nothing)]);
        for bad in ["a", "2x", "@", "@-1", "@nan"] {
            assert!(
                read(bad).unwrap_err().message.contains("has no key"),
                "{bad}"
            );
        }
    }
}
