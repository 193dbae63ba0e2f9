//! Tests of decoding: encodings, line ends, and the exact words of every fault.

use proptest::prelude::*;

use super::{MAX_BYTES, decode};

const PAGE: &str = "社区食堂今天开张\n\n荷湾街道社区食堂11月20日开张，首日接待居民320人。\n";

fn read(bytes: &[u8]) -> (String, Vec<String>) {
    let noted = decode("p.txt", bytes).unwrap();
    (
        noted.value,
        noted.notes.iter().map(|n| n.to_string()).collect(),
    )
}

fn fault(bytes: &[u8]) -> String {
    decode("p.txt", bytes).unwrap_err().to_string()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn every_encoding_gives_the_same_text() {
    let bom = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
    for bytes in [
        PAGE.as_bytes().to_vec(),
        bom(b"\xEF\xBB\xBF", PAGE.into()),
        bom(b"\xFF\xFE", utf16(PAGE, u16::to_le_bytes)),
        bom(b"\xFE\xFF", utf16(PAGE, u16::to_be_bytes)),
        PAGE.replace('\n', "\r\n").into_bytes(),
        PAGE.replace('\n', "\r").into_bytes(),
    ] {
        assert_eq!(read(&bytes), (PAGE.to_string(), vec![]));
    }
}

#[test]
fn a_guessed_encoding_is_noted() {
    for (bytes, name) in [
        (gb18030(PAGE), "GB18030"),
        (utf16(PAGE, u16::to_le_bytes), "UTF-16LE"),
        (utf16(PAGE, u16::to_be_bytes), "UTF-16BE"),
    ] {
        let note = format!(
            "note: the file is not UTF-8; it was read as {name}\n  --> p.txt\n  help: if characters look wrong, save the page as UTF-8"
        );
        assert_eq!(read(&bytes), (PAGE.to_string(), vec![note]));
    }
}

#[test]
fn broken_utf8_is_named_with_its_line() {
    let mut bytes = PAGE.as_bytes().to_vec();
    let at = PAGE.find("街道").unwrap();
    bytes[at] = 0xFF;
    assert_eq!(
        fault(&bytes),
        "error: the file is UTF-8, but line 3 holds byte FF that UTF-8 does not know\n  --> p.txt:3:3\n  help: correct that line in an editor and save the file as UTF-8"
    );
    let cut = &PAGE.as_bytes()[..PAGE.len() - 2];
    assert_eq!(
        fault(cut),
        "error: the file is UTF-8, but line 3 holds bytes E3 80 that UTF-8 does not know\n  --> p.txt:3:28\n  help: correct that line in an editor and save the file as UTF-8"
    );
}

#[test]
fn what_is_no_page_is_refused() {
    let plain =
        "give the text of the page: what an OCR program or a text editor saves as plain text";
    for (bytes, message, help) in [
        (
            &b""[..],
            "the page is empty",
            "give a file that holds the text of a page",
        ),
        (
            b" \r\n\t\n",
            "the page is empty",
            "give a file that holds the text of a page",
        ),
        (
            b"Nothing but English, 2026.",
            "the page holds no Chinese at all",
            "tingbao reads Chinese papers; look whether this is the right file",
        ),
        (
            b"\x01\x02\x00\x7F\x00data",
            "the file is not text but a binary file",
            plain,
        ),
        (
            b"%PDF-1.7 \xE6\x8A\xA5",
            "the file is not text but a PDF document",
            plain,
        ),
        (
            b"\x89PNG\r\n\x1A\n\0\0",
            "the file is not text but a PNG picture",
            plain,
        ),
        (
            b"\xFF\xFE\0\0a\0\0\0",
            "the file is UTF-32, which tingbao does not read",
            "save it as UTF-8",
        ),
        (
            b"caf\xE9 cr\xE8me",
            "the file is neither UTF-8 nor in a Chinese encoding",
            "save the page as UTF-8",
        ),
    ] {
        assert_eq!(
            fault(bytes),
            format!("error: {message}\n  --> p.txt\n  help: {help}")
        );
    }
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let bytes = vec![b' '; MAX_BYTES + (1 << 20)];
    assert_eq!(
        fault(&bytes),
        "error: the file has 33.0 MiB, and a page may have 32 MiB at most\n  --> p.txt\n  help: give the pages of one issue, each as a file of its own"
    );
}

#[test]
fn characters_lost_before_are_doubted() {
    let (_, notes) = read("社区\n食\u{FFFD}开张".as_bytes());
    assert_eq!(
        notes,
        [
            "doubt: 1 character(s) were lost before the text was saved: `\u{FFFD}` stands for them\n  --> p.txt:2:2\n  help: look at the printed page and write what belongs there"
        ]
    );
}

proptest! {
    #[test]
    fn text_survives_every_encoding(text in "[一-龥，。、“”0-9A-Za-z \n]{0,60}", start in "[社区居民食堂街道]{4,12}") {
        let text = format!("{start}{text}");
        for bytes in [
            text.clone().into_bytes(),
            [b"\xFF\xFE".to_vec(), utf16(&text, u16::to_le_bytes)].concat(),
            [b"\xFE\xFF".to_vec(), utf16(&text, u16::to_be_bytes)].concat(),
        ] {
            prop_assert_eq!(&decode("p", &bytes).unwrap().value, &text);
        }
    }

    #[test]
    fn common_text_survives_gb18030(text in "(社区|居民|今天|我们|的|了|在|是|，|。|\n|2026|[一-龥]){20,60}") {
        let text = format!("今天，我们的社区食堂开张了。{text}");
        prop_assert_eq!(&decode("p", &gb18030(&text)).unwrap().value, &text);
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = decode("p", &bytes);
    }
}
