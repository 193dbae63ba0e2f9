//! The synchronisation of a section (Z39.86-2005, 7), in the DTB profile of SMIL 2.0.

use super::{DTBOOK, PAGE_TEST, XML, meta, par, sound_file};
use crate::export::clock::clock;
use crate::export::talking_book::{Clip, Section};

const DOCTYPE: &str = "<!DOCTYPE smil PUBLIC \"-//NISO//DTD dtbsmil 2005-2//EN\" \
                       \"http://www.daisy.org/z3986/2005/dtbsmil-2005-2.dtd\">\n";

/// The SMIL file of a section: for the page that begins with it, and for every sentence,
/// one `par` of its text and its clip.
pub fn section(section: &Section, identity: &str, generator: &str) -> Vec<u8> {
    let mut file =
        format!("{XML}{DOCTYPE}<smil xmlns=\"http://www.w3.org/2001/SMIL20/\">\n  <head>\n");
    file.push_str(&meta("dtb:uid", identity));
    file.push_str(&meta("dtb:generator", generator));
    file.push_str(&meta("dtb:totalElapsedTime", &clock(section.before)));
    if section.page.is_some() {
        file.push_str(&format!(
            "    <customAttributes>\n      <customTest {PAGE_TEST} />\n    </customAttributes>\n"
        ));
    }
    file.push_str(&format!(
        "  </head>\n  <body>\n    <seq id=\"section\" dur=\"{}\" fill=\"remove\">\n",
        clock(section.duration())
    ));
    let sound = sound_file(section);
    let mut heard = |id: &str, test: &str, clip: Clip| {
        file.push_str(&format!(
            "      <par id=\"{}\"{test}>\n\
             \x20       <text id=\"txt-{id}\" src=\"{DTBOOK}#{id}\" />\n\
             \x20       <audio id=\"aud-{id}\" src=\"{sound}\" clipBegin=\"{}\" clipEnd=\"{}\" />\n\
             \x20     </par>\n",
            par(id),
            clock(clip.begin),
            clock(clip.end)
        ));
    };
    if let Some(page) = &section.page {
        heard(&page.id, " customTest=\"pagenum\"", page.clip);
    }
    for (sentence, clip) in section.clips() {
        heard(&sentence.id, "", clip);
    }
    file.push_str("    </seq>\n  </body>\n</smil>\n");
    file.into_bytes()
}
