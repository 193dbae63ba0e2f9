//! `book.opf`, the package file (Z39.86-2005, 3; Open eBook Publication Structure
//! 1.2).

use super::{DTBOOK, NCX, PACKAGE, RESOURCE, XML, smil_file, sound_file};
use crate::export::clock::clock;
use crate::export::escape::escape;
use crate::export::talking_book::TalkingBook;

const DOCTYPE: &str = "<!DOCTYPE package PUBLIC \"+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN\" \
     \"http://openebook.org/dtds/oeb-1.2/oebpkg12.dtd\">\n";

/// The package file.
pub fn package(book: &TalkingBook, identity: &str) -> Vec<u8> {
    let mut file = format!(
        "{XML}{DOCTYPE}\
         <package xmlns=\"http://openebook.org/namespaces/oeb-package/1.0/\" unique-identifier=\"uid\">\n"
    );
    metadata(&mut file, book, identity);
    manifest(&mut file, book);
    file.push_str("  <spine>\n");
    for section in &book.sections {
        file.push_str(&format!(
            "    <itemref idref=\"smil-{}\" />\n",
            section.number
        ));
    }
    file.push_str("  </spine>\n</package>\n");
    file.into_bytes()
}

/// Dublin Core (3.2.1) and what DTBs add to it (3.2.3).
fn metadata(file: &mut String, book: &TalkingBook, identity: &str) {
    file.push_str(
        "  <metadata>\n    <dc-metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:oebpackage=\"http://openebook.org/namespaces/oeb-package/1.0/\">\n",
    );
    file.push_str(&format!(
        "      <dc:Identifier id=\"uid\">{}</dc:Identifier>\n",
        escape(identity)
    ));
    let mut tell = |name: &str, content: &str| {
        let content = escape(content);
        file.push_str(&format!("      <dc:{name}>{content}</dc:{name}>\n"));
    };
    tell("Title", &book.title);
    tell("Creator", &book.creator);
    tell("Publisher", &book.publisher);
    tell("Date", &book.date);
    tell("Format", "ANSI/NISO Z39.86-2005");
    for language in &book.languages {
        tell("Language", language);
    }
    file.push_str("    </dc-metadata>\n    <x-metadata>\n");
    let mut tell = |name: &str, content: &str| {
        file.push_str(&format!(
            "      <meta name=\"{name}\" content=\"{}\" />\n",
            escape(content)
        ));
    };
    tell("dtb:multimediaType", "audioFullText");
    tell("dtb:multimediaContent", "audio,text");
    tell("dtb:totalTime", &clock(book.duration()));
    tell("dtb:audioFormat", "MP3");
    for narrator in &book.narrators {
        tell("dtb:narrator", narrator);
    }
    tell("dtb:sourceDate", &book.date);
    if let Some(edition) = &book.source_edition {
        tell("dtb:sourceEdition", edition);
    }
    tell("dtb:sourcePublisher", &book.publisher);
    if let Some(title) = &book.source_title {
        tell("dtb:sourceTitle", title);
    }
    file.push_str("    </x-metadata>\n  </metadata>\n");
}

/// Every file of the book, the package itself among them (3.3).
fn manifest(file: &mut String, book: &TalkingBook) {
    file.push_str("  <manifest>\n");
    let mut item = |id: &str, href: &str, media: &str| {
        file.push_str(&format!(
            "    <item id=\"{id}\" href=\"{href}\" media-type=\"{media}\" />\n"
        ));
    };
    item("opf", PACKAGE, "text/xml");
    item("ncx", NCX, "application/x-dtbncx+xml");
    item("text", DTBOOK, "application/x-dtbook+xml");
    if book.pages().next().is_some() {
        item("resource", RESOURCE, "application/x-dtbresource+xml");
    }
    for section in &book.sections {
        let number = section.number;
        item(
            &format!("smil-{number}"),
            &smil_file(section),
            "application/smil",
        );
        item(
            &format!("audio-{number}"),
            &sound_file(section),
            "audio/mpeg",
        );
    }
    file.push_str("  </manifest>\n");
}
