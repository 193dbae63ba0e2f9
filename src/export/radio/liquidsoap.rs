//! Playlist and scripts for Liquidsoap (from version 2.1 on).

use super::Radio;
use super::library::whole_seconds;
use crate::export::Entry;
use crate::export::escape::{plain_line, quoted};

/// The playlist in the set's folder: what is played names its files, so it is the last
/// to be put in place.
pub const PLAYLIST_FILE: &str = "playlist.m3u";
/// The rundown as a source of a station's own script.
const SOURCE: &str = "source.liq";
/// A script that plays it.
const SCRIPT: &str = "edition.liq";

/// The scripts, and the playlist.
pub fn entries(radio: &Radio<'_>) -> Vec<Entry> {
    vec![
        Entry::bytes(SOURCE, source(radio)),
        Entry::bytes(SCRIPT, script(radio)),
        Entry::bytes(PLAYLIST_FILE, playlist(radio)),
    ]
}

/// Playlist or script as it works from anywhere: with the set's folder before every
/// file that it names. Those of the set itself name their files as seen from its
/// folder.
pub fn placed(text: &str, folder: &str) -> String {
    let folder = folder.trim_end_matches('/');
    text.lines()
        .map(|line| placed_line(line, folder) + "\n")
        .collect()
}

fn placed_line(line: &str, folder: &str) -> String {
    if line.starts_with("annotate:") {
        // Behind the last field stands the file, which has no quotation marks.
        if let Some((fields, file)) = line.rsplit_once("\":") {
            return format!("{fields}\":{folder}/{file}");
        }
    } else if let Some((before, file)) = line.split_once(START) {
        let folder = folder.replace('\\', "\\\\").replace('"', "\\\"");
        return format!("{before}{START}{folder}/{file}");
    }
    line.into()
}

/// What stands before a file's name in the scripts.
const START: &str = "tingbao_file = \"";

/// What is played, a line each. No `liq_amplify`: the level is right as it is.
fn playlist(radio: &Radio<'_>) -> String {
    let mut list = format!("#EXTM3U\n#PLAYLIST:{}\n", plain_line(&radio.book.title));
    for cut in &radio.cuts {
        let paper = plain_line(&radio.book.edition.masthead.printed.paper);
        let seconds = Radio::seconds(cut.frames);
        list.push_str(&format!(
            "#EXTINF:{},{}\n",
            whole_seconds(cut),
            plain_line(&cut.title)
        ));
        let fields = [
            ("title", plain_line(&cut.title)),
            ("artist", paper),
            ("album", plain_line(&radio.book.title)),
            ("duration", seconds.clone()),
            ("liq_cue_in", "0.".into()),
            ("liq_cue_out", seconds),
            ("liq_fade_in", "0.".into()),
            ("liq_fade_out", "0.".into()),
            ("tingbao_cut", cut.id.to_string()),
        ];
        let fields = fields.map(|(name, text)| format!("{name}={}", quoted(&text)));
        list.push_str(&format!("annotate:{}:{}\n", fields.join(","), cut.wave()));
    }
    list
}

fn source(radio: &Radio<'_>) -> String {
    let title = plain_line(&radio.book.title);
    let count = radio.cuts.len();
    let seconds = Radio::seconds(radio.whole.frames);
    format!(
        "# {title}\n\
         # The rundown as a source: {count} items, {seconds} s, once and in order.\n\
         # In a station's own script:\n\
         #   %include \"source.liq\"\n\
         #   radio = fallback(track_sensitive=false, [tingbao_edition, music])\n\
         # Where it is over, or a file is missing, what stands behind it is heard.\n\
         tingbao_file = \"{PLAYLIST_FILE}\"\n\
         tingbao_edition = playlist(id=\"tingbao\", mode=\"normal\", loop=false, \
         reload_mode=\"never\", tingbao_file)\n"
    )
}

fn script(radio: &Radio<'_>) -> String {
    let title = plain_line(&radio.book.title);
    format!(
        "# {title}\n\
         # Plays the rundown on this computer's sound card, from this folder:\n\
         #   liquidsoap {SCRIPT}\n\
         # or, where there is none, into a file, until it is stopped by Ctrl-C:\n\
         #   TINGBAO_INTO=a.wav liquidsoap {SCRIPT}\n\
         # Silence before, behind, and in place of a file that is missing.\n\
         %include \"{SOURCE}\"\n\
         tingbao_radio = fallback(id=\"tingbao_safe\", track_sensitive=false, \
         [tingbao_edition, blank()])\n\
         tingbao_into = list.assoc(default=\"\", \"TINGBAO_INTO\", environment())\n\
         if tingbao_into == \"\" then\n  ignore(output(tingbao_radio))\n\
         else\n  ignore(output.file(%wav, tingbao_into, tingbao_radio))\nend\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_before_every_file() {
        let list = "#EXTM3U\n#EXTINF:1,a\":b\nannotate:title=\"a\\\":b\",x=\"0.\":bwf/a.wav\n";
        assert_eq!(
            placed(list, "/srv/radio/"),
            "#EXTM3U\n#EXTINF:1,a\":b\nannotate:title=\"a\\\":b\",x=\"0.\":/srv/radio/bwf/a.wav\n"
        );
        let script = "# a\ntingbao_file = \"playlist.m3u\"\nx\n";
        assert_eq!(
            placed(script, "/a \"b\""),
            "# a\ntingbao_file = \"/a \\\"b\\\"/playlist.m3u\"\nx\n"
        );
    }
}
