//! What a file is: by its content, and by its ending where content cannot tell.

use super::archive::Archive;
use super::docx;

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text without markup, as OCR programs and editors save it; and whatever
    /// is not known, for the reader of text to judge.
    Text,
    /// Markdown.
    Markdown,
    /// A page of a web site.
    Html,
    /// hOCR: HTML with the coordinates of an OCR program.
    Hocr,
    /// ALTO XML.
    Alto,
    /// An EPUB book.
    Epub,
    /// A document of a word processor.
    Docx,
    /// A PDF, to be recognised.
    Pdf,
    /// The picture of a page, to be recognised.
    Image,
    /// Something else; what it looks like, and what to do.
    Other(&'static str, &'static str),
}

/// What to do with what is no page at all.
const READ: &str = "tingbao reads plain text, Markdown, HTML, hOCR, ALTO, EPUB, DOCX, PDF, and \
                    page images (PNG, JPEG, TIFF, WebP, BMP, GIF, PNM)";

/// How files of other kinds begin.
const OTHERS: &[(&[u8], &str, &str)] = &[
    (b"MZ", "a program for Windows", READ),
    (b"\x7FELF", "a program for Linux", READ),
    (b"\xCA\xFE\xBA\xBE", "a program", READ),
    (b"\xCF\xFA\xED\xFE", "a program for macOS", READ),
    (
        b"\x1F\x8B",
        "a gzip archive",
        "unpack it and give the pages in it",
    ),
    (
        b"7z\xBC\xAF\x27\x1C",
        "a 7z archive",
        "unpack it and give the pages in it",
    ),
    (
        b"Rar!",
        "a RAR archive",
        "unpack it and give the pages in it",
    ),
    (
        b"BZh",
        "a bzip2 archive",
        "unpack it and give the pages in it",
    ),
    (
        b"\xFD7zXZ",
        "an xz archive",
        "unpack it and give the pages in it",
    ),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "an old Office document (.doc, .xls, .ppt)",
        "open it in a word processor and save it as DOCX or as plain text",
    ),
    (
        b"{\\rtf",
        "an RTF document",
        "open it in a word processor and save it as DOCX or as plain text",
    ),
    (
        b"%!PS",
        "a PostScript document",
        "make a PDF of it, for example with ps2pdf",
    ),
    (
        b"AT&TFORM",
        "a DjVu document",
        "make a PDF of it, for example with ddjvu",
    ),
    (b"fLaC", "a recording", READ),
    (b"OggS", "a recording", READ),
    (b"ID3", "a recording", READ),
    (b"SQLite format 3\0", "a database", READ),
];

/// Tells what a file is. `name` is as the user gave it; its ending counts where
/// a text could be several things.
pub fn sniff(name: &str, bytes: &[u8]) -> Kind {
    let ending = name
        .rsplit_once('.')
        .map_or("", |(_, e)| e)
        .to_ascii_lowercase();
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return package(bytes);
    }
    if is_image(bytes) {
        return Kind::Image;
    }
    // The header may stand anywhere in the first 1024 bytes (ISO 32000-1, annex
    // H, note 13).
    if bytes[..bytes.len().min(1024)]
        .windows(5)
        .any(|w| w == b"%PDF-")
    {
        return Kind::Pdf;
    }
    if let Some(other) = boxed(bytes) {
        return other;
    }
    if let Some((_, what, help)) = OTHERS.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Kind::Other(what, help);
    }
    text(&ending, bytes)
}

fn is_image(bytes: &[u8]) -> bool {
    let starts: [&[u8]; 7] = [
        b"\x89PNG\r\n\x1A\n",
        b"\xFF\xD8\xFF",
        b"II*\0",
        b"MM\0*",
        b"GIF87a",
        b"GIF89a",
        b"II+\0",
    ];
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    // Two bytes alone could begin a text; the header's reserved zeros do not.
    let bmp = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    let pnm = matches!(
        bytes,
        [
            b'P',
            b'1'..=b'6',
            b'\n' | b' ' | b'\r',
            b'0'..=b'9' | b'#',
            ..
        ]
    );
    starts.iter().any(|s| bytes.starts_with(s)) || webp || bmp || pnm
}

/// Files of the ISO base media format and of RIFF.
fn boxed(bytes: &[u8]) -> Option<Kind> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(match bytes.get(8..12)? {
            b"heic" | b"heix" | b"mif1" | b"avif" => Kind::Other(
                "a HEIC or AVIF picture",
                "save it as JPEG or PNG, for example with `heif-convert`",
            ),
            _ => Kind::Other("a film or a recording", READ),
        });
    }
    let riff = bytes.starts_with(b"RIFF") && bytes.get(8..12) != Some(b"WEBP");
    riff.then_some(Kind::Other("a film or a recording", READ))
}

fn package(bytes: &[u8]) -> Kind {
    let archive = Kind::Other("a ZIP archive", "unpack it and give the pages in it");
    let Ok(mut zip) = Archive::open("", bytes) else {
        return Kind::Other("a damaged ZIP archive", "save or fetch the file again");
    };
    // The part that says what a package is: OCF 3.3, section 4.2.6.2, and
    // OpenDocument 1.3, part 2, section 3.3.
    let mimetype = zip.text("mimetype").ok().flatten().unwrap_or_default();
    let office = "open it in the program that made it and save its text as plain text";
    match mimetype.trim() {
        "application/epub+zip" => Kind::Epub,
        m if m.starts_with("application/vnd.oasis.opendocument.text") => Kind::Other(
            "an OpenDocument text (.odt)",
            "open it in a word processor and save it as DOCX or as plain text",
        ),
        m if m.starts_with("application/vnd.oasis.opendocument") => {
            Kind::Other("an OpenDocument file", office)
        }
        _ if zip.has(docx::DOCUMENT) => Kind::Docx,
        _ if zip.has("META-INF/container.xml") => Kind::Epub,
        _ if zip.has("xl/workbook.xml") => Kind::Other("a spreadsheet (.xlsx)", office),
        _ if zip.has("ppt/presentation.xml") => Kind::Other("a presentation (.pptx)", office),
        _ => archive,
    }
}

/// How far a text is looked at.
const LOOK: usize = 64 << 10;

fn text(ending: &str, bytes: &[u8]) -> Kind {
    let start = &bytes[..bytes.len().min(LOOK)];
    // Markup is ASCII in every encoding that is read, but for UTF-16's zeros.
    let start: String = start
        .iter()
        .filter(|b| **b != 0)
        .map(|b| if b.is_ascii() { *b as char } else { '\u{FFFD}' })
        .collect();
    let lower = start
        .trim_start_matches([' ', '\t', '\r', '\n', '\u{FFFD}'])
        .to_ascii_lowercase();
    if let Some(markup) = lower.strip_prefix('<') {
        return markup_kind(ending, markup);
    }
    match ending {
        "md" | "markdown" | "mkd" => Kind::Markdown,
        "html" | "htm" | "xhtml" => Kind::Html,
        "txt" | "text" => Kind::Text,
        _ if lower.starts_with("+++\n") || lower.starts_with("# ") => Kind::Markdown,
        _ => Kind::Text,
    }
}

/// What a text is that begins with `<`.
fn markup_kind(ending: &str, text: &str) -> Kind {
    let export = "export hOCR, ALTO or plain text from the program that made it";
    // The first element behind declarations and comments.
    let mut root = text;
    while root.starts_with(['?', '!']) && !root.starts_with("!doctype html") {
        let end = if root.starts_with("!--") { "-->" } else { ">" };
        let Some(at) = root.find(end) else { break };
        match root[at + end.len()..].trim_start().strip_prefix('<') {
            Some(rest) => root = rest,
            None => break,
        }
    }
    let is_name = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':' | '.');
    let root: String = root.chars().take_while(is_name).collect();
    let local = root.rsplit(':').next().unwrap_or_default();
    // The element decides: Tesseract's ALTO has ids that look like hOCR's.
    if local == "alto" {
        return Kind::Alto;
    }
    if ["'ocr_", "\"ocr_", "ocr-system", "ocrx_word"]
        .iter()
        .any(|m| text.contains(m))
    {
        return Kind::Hocr;
    }
    match local {
        "pcgts" => Kind::Other("a PAGE XML file", export),
        "document" if text.contains("abbyy") => Kind::Other("an ABBYY XML file", export),
        "html" | "head" | "body" | "article" | "main" | "div" | "p" | "h1" | "section"
        | "title" | "meta" | "table" => Kind::Html,
        _ if text.starts_with("!doctype html") => Kind::Html,
        _ if matches!(ending, "html" | "htm" | "xhtml") => Kind::Html,
        _ if text.starts_with("?xml") || ending == "xml" => {
            Kind::Other("an XML file that is neither ALTO nor hOCR", export)
        }
        "" if matches!(ending, "md" | "markdown") => Kind::Markdown,
        _ if matches!(ending, "md" | "markdown") => Kind::Markdown,
        // `<` may well begin a line that was read wrongly.
        _ => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::archive::tests::package;
    use super::*;

    fn other(name: &str, bytes: &[u8]) -> &'static str {
        match sniff(name, bytes) {
            Kind::Other(what, _) => what,
            kind => panic!("{kind:?}"),
        }
    }

    #[test]
    fn content_comes_before_the_ending() {
        let utf16: Vec<u8> = "\u{FEFF}<html>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (name, bytes, kind) in [
            ("a.txt", "<!DOCTYPE html><p>字".as_bytes(), Kind::Html),
            ("a", &utf16, Kind::Html),
            (
                "a.html",
                b"<?xml version='1.0'?><html><div class='ocr_page'>",
                Kind::Hocr,
            ),
            (
                "a.xml",
                b"\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- x --><alto xmlns='y'>",
                Kind::Alto,
            ),
            ("a.xml", b"<alto:alto>", Kind::Alto),
            (
                "a.xml",
                b"<alto xmlns='x'><OCRProcessing ID=\"OCR_0\"/><Page ID='ocr_1'/></alto>",
                Kind::Alto,
            ),
            ("a.md", "食堂开张".as_bytes(), Kind::Markdown),
            ("stdin", "# 食堂开张\n\n话。".as_bytes(), Kind::Markdown),
            ("a.txt", "# 食堂开张".as_bytes(), Kind::Text),
            ("a.txt", "<<社区报>>".as_bytes(), Kind::Text),
            ("a", b"", Kind::Text),
            ("a.pdf.txt", b"\n%PDF-1.7", Kind::Pdf),
            ("a", b"\x89PNG\r\n\x1A\n...", Kind::Image),
            ("a", b"P5\n10 10\n255\n", Kind::Image),
            ("a.txt", "BMI指数".as_bytes(), Kind::Text),
        ] {
            assert_eq!(sniff(name, bytes), kind, "{name} {bytes:?}");
        }
    }

    #[test]
    fn packages_are_told_apart() {
        let zip = |parts: &[(&str, &str)]| sniff("a", &package(parts));
        assert_eq!(zip(&[("mimetype", "application/epub+zip")]), Kind::Epub);
        assert_eq!(zip(&[("word/document.xml", "")]), Kind::Docx);
        assert_eq!(
            other("a.zip", &package(&[("page.txt", "字")])),
            "a ZIP archive"
        );
        assert_eq!(
            other(
                "a",
                &package(&[("mimetype", "application/vnd.oasis.opendocument.text")])
            ),
            "an OpenDocument text (.odt)"
        );
    }

    #[test]
    fn other_files_are_named() {
        assert_eq!(other("a.txt", b"MZ\x90"), "a program for Windows");
        assert_eq!(
            other("a", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
            "an old Office document (.doc, .xls, .ppt)"
        );
        assert_eq!(other("a", b"\0\0\0\x18ftypheic"), "a HEIC or AVIF picture");
        assert_eq!(
            other("a.xml", b"<?xml version='1.0'?><PcGts>"),
            "a PAGE XML file"
        );
        assert_eq!(
            other("a.xml", b"<?xml version='1.0'?><rss>"),
            "an XML file that is neither ALTO nor hOCR"
        );
    }
}
