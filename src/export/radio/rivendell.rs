//! For Rivendell: a file of metadata in its XML beside each sound, for `rdimport --xml`,
//! and a script that imports all of them.
//!
//! Rivendell reads its XML line by line and knows an element by its name at both ends
//! of the line, so that none is indented.

use super::{Cut, Radio};
use crate::export::Entry;
use crate::export::clock::length;
use crate::export::escape::{escape, plain_line};

/// The script.
const SCRIPT: &str = "rivendell-import.sh";

/// So many characters of an item's end are its last words.
const LAST: usize = 20;

/// Metadata and script.
pub fn entries(radio: &Radio<'_>) -> Vec<Entry> {
    let all = radio.cuts.iter().chain([&radio.whole]);
    let mut entries: Vec<Entry> = all
        .map(|cut| Entry::bytes(format!("bwf/{}.xml", cut.stem), metadata(radio, cut)))
        .collect();
    entries.push(Entry::bytes(SCRIPT, script(radio)));
    entries
}

/// A cart with one cut.
fn metadata(radio: &Radio<'_>, cut: &Cut) -> String {
    let head = &radio.book.edition.masthead.printed;
    let number = |code| {
        let timer = cut.about.cart.timers.iter().find(|t| t.of.code() == code);
        timer.map_or(0, |t| length(t.at, Radio::rate()))
    };
    let line = |name: &str, text: &str| format!("<{name}>{}</{name}>\n", escape(&plain_line(text)));
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<cart>\n");
    xml.push_str(&line("type", "audio"));
    xml.push_str(&line("title", &cut.title));
    xml.push_str(&line("artist", &head.paper));
    xml.push_str(&line("album", &radio.book.title));
    if let Some((year, _)) = radio.book.date().and_then(|d| d.split_once('-')) {
        xml.push_str(&line("year", year));
    }
    xml.push_str(&line("userDefined", cut.id.as_str()));
    xml.push_str("<cutList>\n<cut>\n");
    xml.push_str(&line("description", &cut.title));
    xml.push_str(&line("outcue", &last_words(radio, cut)));
    if let Some((first, last)) = &radio.days {
        xml.push_str(&line("startDatetime", &format!("{first}T00:00:00")));
        xml.push_str(&line("endDatetime", &format!("{last}T23:59:59")));
    }
    for (name, code) in [
        ("startPoint", b"AUDs"),
        ("endPoint", b"AUDe"),
        ("segueStartPoint", b"SEGs"),
        ("segueEndPoint", b"SEGe"),
    ] {
        xml.push_str(&line(name, &number(code).to_string()));
    }
    xml.push_str("</cut>\n</cutList>\n</cart>\n");
    xml
}

/// What is said last, as printed.
fn last_words(radio: &Radio<'_>, cut: &Cut) -> String {
    let part = (radio.cuts.iter().position(|c| c == cut)).unwrap_or(radio.cuts.len().max(1) - 1);
    let part = radio.book.parts.get(part);
    part.map_or_else(String::new, |p| p.last_words(LAST))
}

/// Imports every part into a cart of its own, the same carts for every issue: their cuts
/// of the issue before go.
fn script(radio: &Radio<'_>) -> String {
    let mut sh = format!(
        "#!/bin/sh\n\
         # {}\n\
         # Imports the items into Rivendell, one cart each, the first into FIRST and so on;\n\
         # what those carts held goes.\n\
         #   sh {SCRIPT} GROUP FIRST-CART\n\
         # Rivendell chooses the carts itself with\n\
         #   rdimport --xml GROUP $(ls bwf/*.wav | grep -v -e -all.wav)\n\
         set -eu\n\
         cd \"$(dirname \"$0\")\"\n\
         group=${{1:?a group of carts}}\n\
         cart=${{2:?the number of the first cart}}\n",
        plain_line(&radio.book.title)
    );
    let paper = plain_line(&radio.book.edition.masthead.printed.paper);
    for cut in &radio.cuts {
        sh.push_str("rdimport --verbose --to-cart=\"$cart\" --delete-cuts");
        for (name, text) in [
            ("title", &plain_line(&cut.title)),
            ("artist", &paper),
            ("album", &plain_line(&radio.book.title)),
            ("user-defined", &cut.id.to_string()),
            ("outcue", &plain_line(&last_words(radio, cut))),
        ] {
            if !text.is_empty() {
                sh.push_str(&format!(" \\\n    --set-string-{name}={}", quoted(text)));
            }
        }
        if let Some((first, last)) = &radio.days {
            let (first, last) = (first.replace('-', ""), last.replace('-', ""));
            sh.push_str(&format!(
                " \\\n    --set-datetimes={first}-000000,{last}-235959"
            ));
        }
        sh.push_str(&format!(
            " \\\n    \"$group\" {}\ncart=$((cart + 1))\n",
            cut.wave()
        ));
    }
    sh
}

/// A word of the shell that means only itself.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
