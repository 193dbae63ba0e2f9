//! The synchronisation of a section (Z39.86-2005, 7), in the DTB profile of SMIL 2.0.

use super::{DTBOOK, XML, meta, par, sound_file};
use crate::export::clock::clock;
use crate::export::talking_book::Section;

const DOCTYPE: &str = "<!DOCTYPE smil PUBLIC \"-//NISO//DTD dtbsmil 2005-2//EN\" \
                       \"http://www.daisy.org/z3986/2005/dtbsmil-2005-2.dtd\">\n";

/// The SMIL file of a section: for every sentence one `par` of its text and its clip.
pub fn section(section: &Section, identity: &str, generator: &str) -> Vec<u8> {
    let mut file =
        format!("{XML}{DOCTYPE}<smil xmlns=\"http://www.w3.org/2001/SMIL20/\">\n  <head>\n");
    file.push_str(&meta("dtb:uid", identity));
    file.push_str(&meta("dtb:generator", generator));
    file.push_str(&meta("dtb:totalElapsedTime", &clock(section.before)));
    file.push_str(&format!(
        "  </head>\n  <body>\n    <seq id=\"section\" dur=\"{}\" fill=\"remove\">\n",
        clock(section.duration())
    ));
    let sound = sound_file(section);
    for (sentence, clip) in section.clips() {
        let id = &sentence.id;
        file.push_str(&format!(
            "      <par id=\"{}\">\n\
             \x20       <text id=\"txt-{id}\" src=\"{DTBOOK}#{id}\" />\n\
             \x20       <audio id=\"aud-{id}\" src=\"{sound}\" clipBegin=\"{}\" clipEnd=\"{}\" />\n\
             \x20     </par>\n",
            par(id),
            clock(clip.begin),
            clock(clip.end)
        ));
    }
    file.push_str("    </seq>\n  </body>\n</smil>\n");
    file.into_bytes()
}
