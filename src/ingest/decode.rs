//! Bytes → text: which encoding a file is in, and what is no text at all.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::glyph::{is_blank, is_han};
use super::legacy;
use crate::diag::{Diagnostic, Fault, Noted, Place, Result};

/// The largest file that is taken for a page, in bytes: 32 MiB, some hundred
/// times what a whole issue holds.
pub const MAX_BYTES: usize = 32 << 20;

/// Decodes a text file: BOM, UTF-8, UTF-16 with or without BOM, GB18030 (and
/// with it GBK and GB 2312) or Big5. Line ends become `\n`, a BOM is taken off.
///
/// `name` is the file as the user named it. An encoding that had to be guessed
/// is a note, a character that was lost before the text came to us a doubt.
///
/// Faults: more than [`MAX_BYTES`]; no text but some other kind of file; bytes
/// that the file's own encoding does not know, with line and byte; a page with
/// nothing on it, or nothing Chinese.
pub fn decode(name: &str, bytes: &[u8]) -> Result<Noted<String>> {
    if bytes.len() > MAX_BYTES {
        return Err(Fault::new(format!(
            "the file has {:.1} MiB, and a page may have 32 MiB at most",
            bytes.len() as f64 / f64::from(1 << 20)
        ))
        .at(Place::file(name))
        .help("give the pages of one issue, each as a file of its own"));
    }
    let mut notes = Vec::new();
    let text = normalise_line_ends(decode_any(name, bytes, &mut notes)?);
    if text.chars().all(is_blank) {
        return Err(Fault::new("the page is empty")
            .at(Place::file(name))
            .help("give a file that holds the text of a page"));
    }
    if !text.chars().any(is_han) {
        return Err(Fault::new("the page holds no Chinese at all")
            .at(Place::file(name))
            .help("tingbao reads Chinese papers; look whether this is the right file"));
    }
    if let Some(at) = text.find(char::REPLACEMENT_CHARACTER) {
        let count = text[at..].matches(char::REPLACEMENT_CHARACTER).count();
        notes.push(
            Diagnostic::doubt(
                Some(place_of(name, &text[..at])),
                format!("{count} character(s) were lost before the text was saved: `\u{FFFD}` stands for them"),
            )
            .help("look at the printed page and write what belongs there"),
        );
    }
    Ok(Noted::new(text, notes))
}

fn decode_any(name: &str, bytes: &[u8], notes: &mut Vec<Diagnostic>) -> Result<String> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        refuse_binary(name, rest)?;
        return utf8(name, rest);
    }
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Err(
            Fault::new("the file is UTF-32, which tingbao does not read")
                .at(Place::file(name))
                .help("save it as UTF-8"),
        );
    }
    for (bom, encoding) in [(b"\xFF\xFE", UTF_16LE), (b"\xFE\xFF", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(bom) {
            return strict(name, rest, encoding);
        }
    }
    // UTF-16 without a BOM is full of NULs wherever the page has a digit or a
    // line end, so it has to be asked for before those prove a binary file.
    if let Some(encoding) = bare_utf16(bytes) {
        notes.push(guessed(name, encoding));
        return strict(name, bytes, encoding);
    }
    refuse_binary(name, bytes)?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_string()),
        Err(_) if is_damaged_utf8(bytes) => utf8(name, bytes),
        Err(_) => legacy(name, bytes, notes),
    }
}

/// Text that must be UTF-8; the first byte that is not stops the run.
fn utf8(name: &str, bytes: &[u8]) -> Result<String> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_string()),
        Err(e) => Err(bad_bytes(
            name,
            "UTF-8",
            &String::from_utf8_lossy(&bytes[..e.valid_up_to()]),
            &bytes[e.valid_up_to()..],
            e.error_len(),
        )),
    }
}

/// Whether the file was meant to be UTF-8: more characters of three or four
/// bytes are right than places wrong. In Chinese text of another encoding
/// nearly every character is a wrong place.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| c.len_utf8() > 2).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > 0 && right >= wrong
}

/// GB18030 or Big5; never with replacement characters.
fn legacy(name: &str, bytes: &[u8], notes: &mut Vec<Diagnostic>) -> Result<String> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    // The detector is there for what is not Chinese, and for texts of rare
    // characters: a page of names.
    let encoding = if let Some(encoding) = legacy::encoding(bytes) {
        encoding
    } else if guess == GBK || guess == GB18030 {
        GB18030
    } else if guess == BIG5 {
        BIG5
    } else if looks_chinese(&GB18030.decode_without_bom_handling(bytes).0) {
        // GB18030 is by far the likeliest here.
        GB18030
    } else {
        return Err(Fault::new(format!(
            "the file is neither UTF-8 nor in a Chinese encoding{}",
            if guess == WINDOWS_1252 {
                String::new()
            } else {
                format!(", but perhaps {}", guess.name())
            }
        ))
        .at(Place::file(name))
        .help("save the page as UTF-8"));
    };
    notes.push(guessed(name, encoding));
    strict(name, bytes, encoding)
}

fn guessed(name: &str, encoding: &'static Encoding) -> Diagnostic {
    Diagnostic::note(
        Some(Place::file(name)),
        format!("the file is not UTF-8; it was read as {}", label(encoding)),
    )
    .help("if characters look wrong, save the page as UTF-8")
}

/// The encoding's name as editors write it; the standard's is `gb18030`.
fn label(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 {
        "GB18030"
    } else {
        encoding.name()
    }
}

/// Whether a decoded file is mostly Han beyond ASCII, with hardly a loss.
fn looks_chinese(text: &str) -> bool {
    let (mut han, mut other) = (0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        match c {
            '\u{4E00}'..='\u{9FA5}' => han += 1,
            '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '\u{2010}'..='\u{2030}' => {}
            _ => other += 1,
        }
    }
    han > 0 && han >= other * 8
}

/// Decodes all or names the first bytes that cannot be.
fn strict(name: &str, bytes: &[u8], encoding: &'static Encoding) -> Result<String> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let room = decoder
        .max_utf8_buffer_length_without_replacement(bytes.len())
        .unwrap_or(bytes.len().saturating_mul(3));
    text.reserve(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => Ok(text),
        DecoderResult::Malformed(bad, after) => {
            let from = read.saturating_sub(usize::from(bad) + usize::from(after));
            Err(bad_bytes(
                name,
                label(encoding),
                &text,
                &bytes[from..],
                Some(usize::from(bad)),
            ))
        }
        DecoderResult::OutputFull => Err(Fault::new(
            "the file grew beyond bounds while it was decoded",
        )
        .at(Place::file(name))),
    }
}

/// The fault for bytes that the encoding does not know; `before` is the text
/// up to there.
fn bad_bytes(
    name: &str,
    encoding: &str,
    before: &str,
    rest: &[u8],
    length: Option<usize>,
) -> Fault {
    let before = normalise_line_ends(before.to_string());
    let place = place_of(name, &before);
    let shown = length.unwrap_or(rest.len()).clamp(1, 4).min(rest.len());
    let hex: Vec<String> = rest[..shown].iter().map(|b| format!("{b:02X}")).collect();
    Fault::new(format!(
        "the file is {encoding}, but line {} holds byte{} {} that {encoding} does not know",
        place.line,
        if shown == 1 { "" } else { "s" },
        hex.join(" ")
    ))
    .at(place)
    .help("correct that line in an editor and save the file as UTF-8")
}

fn place_of(name: &str, before: &str) -> Place {
    let line = before.matches('\n').count() + 1;
    let col = before[before.rfind('\n').map_or(0, |i| i + 1)..]
        .chars()
        .count();
    Place::new(name, line as u32, col as u32)
}

/// CRLF and CR become LF; nothing is copied when there is none.
fn normalise_line_ends(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

/// Which UTF-16 a file without BOM is in: the one that makes every unit valid
/// and nearly every character Chinese, ASCII or their punctuation. GB bytes
/// read as UTF-16 give Hangul and surrogates, so the two do not meet.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| {
        let (mut good, mut han, mut all) = (0usize, 0usize, 0usize);
        let units = bytes.chunks_exact(2).map(|pair| {
            if *encoding == UTF_16LE {
                u16::from_le_bytes([pair[0], pair[1]])
            } else {
                u16::from_be_bytes([pair[0], pair[1]])
            }
        });
        for c in char::decode_utf16(units) {
            let Ok(c) = c else { return false };
            all += 1;
            match c {
                '\u{4E00}'..='\u{9FFF}' => {
                    good += 1;
                    han += 1;
                }
                '\t' | '\n' | '\r' | '\u{0C}' | ' '..='~' => good += 1,
                '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF65}' | '\u{2010}'..='\u{2030}' => {
                    good += 1;
                }
                '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => return false,
                _ => {}
            }
        }
        han > 0 && good * 20 >= all * 19 && (std::str::from_utf8(bytes).is_err() || has_nul(bytes))
    })
}

fn has_nul(bytes: &[u8]) -> bool {
    bytes.contains(&0)
}

/// What a file that is no text begins with, and what it is.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xD0\xCF\x11\xE0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"RIFF", "a sound or video file"),
    (b"ID3", "a sound file"),
];

/// Refuses what is no text: a known beginning, a NUL, or more control
/// characters than a damaged text would have (one in a hundred bytes).
fn refuse_binary(name: &str, bytes: &[u8]) -> Result<()> {
    let control = |b: &&u8| matches!(**b, 0..=8 | 14..=25 | 28..=31 | 127);
    let known = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    let what = match known {
        Some((_, what)) => *what,
        None if has_nul(bytes) || bytes.iter().filter(control).count() * 100 > bytes.len() => {
            "a binary file"
        }
        None => return Ok(()),
    };
    Err(Fault::new(format!("the file is not text but {what}"))
        .at(Place::file(name))
        .help(
            "give the text of the page: what an OCR program or a text editor saves as plain text",
        ))
}
