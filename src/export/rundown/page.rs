//! `rundown.html`: the rundown for the wall of the studio. One file without script or
//! network, in large type, black on white, for a screen and for A4.

use super::Times;
use super::words::{Words, minutes};
use crate::export::edition_title;
use crate::export::escape::escape;
use crate::export::words::lang;
use crate::model::{MANDARIN, Rundown, RundownItem, RundownKind, is_mandarin};

/// The rundown for people.
pub const RUNDOWN_PAGE: &str = "rundown.html";

const STYLE: &str = include_str!("style.css");

/// The page as it is written: UTF-8, the same for the same rundown.
pub fn rundown_html(rundown: &Rundown) -> Vec<u8> {
    let first = rundown.editions.first();
    let language = first.map_or(MANDARIN, |e| e.masthead.language.as_str());
    let words = Words::new(is_mandarin(language));
    let rate = rundown.sample_rate;
    let name = first.map_or_else(String::new, |e| edition_title(&e.masthead));
    let title = match name.is_empty() {
        true => words.say("节目串联单", "Rundown").to_string(),
        false => format!("{} · {}", escape(&name), words.say("节目串联单", "Rundown")),
    };
    // What the page itself says is in one of two languages, whatever the paper's is.
    let page_language = words.say(MANDARIN, "en");
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{page_language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    let mut facts = Vec::new();
    if let Some(at) = rundown.at {
        facts.push(format!(
            "{} {at} – {}",
            words.say("时间", "On air"),
            at.after(rundown.slot, rate)
        ));
    }
    facts.push(format!(
        "{} {}",
        words.say("时段", "Slot"),
        minutes(rundown.slot, rate)
    ));
    facts.push(format!(
        "{} {}",
        words.say("节目", "Programme"),
        minutes(rundown.frames, rate)
    ));
    facts.push(format!(
        "{} ×{:.3}",
        words.say("语速", "Speed"),
        rundown.speed
    ));
    html.push_str(&format!("<p>{}</p>\n", facts.join(" · ")));
    for edition in rundown.editions.iter().skip(1) {
        let name = escape(&edition_title(&edition.masthead));
        html.push_str(&format!(
            "<p class=\"note\">{} {name}</p>\n",
            words.say("另用", "Also from")
        ));
    }
    let wrong = match rundown.fits {
        true => "",
        false => " wrong",
    };
    html.push_str(&format!(
        "<p class=\"verdict{wrong}\">{}</p>\n",
        escape(&words.verdict(rundown))
    ));
    html.push_str(&format!(
        "<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>\n",
        words.say("序", "No."),
        match rundown.at {
            Some(_) => words.say("开始 / 倒推", "Time / back-time"),
            None => words.say("累计 / 剩余", "Elapsed / left"),
        },
        words.say("时长", "Length"),
        words.say("内容", "Item"),
    ));
    for item in &rundown.items {
        html.push_str(&row(item, rundown, &words));
    }
    html.push_str("</tbody>\n</table>\n");
    if !rundown.left_out.is_empty() {
        html.push_str(&format!(
            "<h2>{}</h2>\n<ul>\n",
            words.say("未播出的文章", "Left out")
        ));
        for article in &rundown.left_out {
            html.push_str(&format!(
                "<li><strong>{}</strong> ({}) – {}</li>\n",
                escape(&article.title),
                minutes(article.frames, rate),
                escape(&words.why(article.why, rate)),
            ));
        }
        html.push_str("</ul>\n");
    }
    html.push_str("</main>\n</body>\n</html>\n");
    html.into_bytes()
}

fn row(item: &RundownItem, rundown: &Rundown, words: &Words) -> String {
    let rate = rundown.sample_rate;
    let times = Times::of(item, rundown);
    let elapsed = minutes(item.start, rate);
    let left = minutes(times.remaining, rate);
    let time = match (times.clock, times.back_clock) {
        (Some(clock), Some(back)) => {
            let back = format!("{} {back}", words.say("倒推", "back"));
            format!("{clock}<small>{back}</small><small>+{elapsed} −{left}</small>")
        }
        _ => format!("+{elapsed}<small>−{left}</small>"),
    };
    let class = match item.kind {
        RundownKind::Sting => " class=\"sting\"",
        _ => "",
    };
    let language = item
        .edition
        .and_then(|e| rundown.editions.get(e))
        .map_or(String::new(), |e| lang(&e.masthead.language));
    let kind = words.kind(item.kind);
    let must = match item.must {
        true => words.say("，必播", ", must"),
        false => "",
    };
    let mut told = format!(
        "<div class=\"title\"{language}>{}</div><div class=\"note\">{kind}{must} · {}</div>",
        escape(&item.title),
        escape(&item.sound.file),
    );
    let lines = [
        (words.say("导语", "Intro"), &item.intro),
        (words.say("首句", "In"), &item.in_cue),
        (words.say("末句", "Out"), &item.out_cue),
    ];
    let said: String = lines
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| {
            let text = escape(text).replace('\n', "<br>");
            format!("<dt>{name}</dt><dd{language}>{text}</dd>")
        })
        .collect();
    if !said.is_empty() {
        told.push_str(&format!("<dl>{said}</dl>"));
    }
    let length = minutes(item.frames, rate);
    format!(
        "<tr{class}><td>{}</td><td class=\"time\">{time}</td><td class=\"length\">{length}</td><td>{told}</td></tr>\n",
        item.position
    )
}
