//! Sentences that an editor set right by ear: other words in place of a chunk's,
//! or other syllables for the same words.

use super::FrontEnd;
use super::syllables::Syl;
use super::syllables::parse_pinyin;
use crate::diag::{Fault, Noted, Result};
use crate::model::{Reading, Rule, SourceText, Span, Syllable, Token};

impl FrontEnd {
    /// How a chunk is read in whose place other words are said; the notes are
    /// those of the words.
    ///
    /// # Errors
    /// When there is nothing to say in the words.
    pub fn read_as(
        &self,
        language: Option<&str>,
        printed: &SourceText,
        words: &str,
    ) -> Result<Noted<Reading>> {
        let Noted { value: said, notes } = self.read_in(language, &SourceText::made(words));
        if said.syllables() == 0 {
            return Err(Fault::new(format!("there is nothing to say in `{words}`"))
                .help("write the words in Chinese characters or Latin letters"));
        }
        let reading = Reading {
            map: all_fixed(&printed.text, &said.spoken),
            display: printed.text.clone(),
            ..said
        };
        Ok(Noted::new(reading, notes))
    }
}

/// The same words in the syllables of `pinyin`, one for each that the reading
/// has, with tone numbers or marks; words and marks may stand in it as
/// [`Reading::pinyin`] prints them. What is given is said as given: no tone
/// changes any more.
///
/// # Errors
/// A part that is no syllable, or more or fewer syllables than there are.
pub fn with_pinyin(reading: Reading, pinyin: &str) -> Result<Reading> {
    if reading.is_foreign() {
        return Err(Fault::new("a sentence that is not Mandarin has no pinyin")
            .help("give other words with --text, or a recording"));
    }
    let own: Vec<Syllable> = reading.tokens.iter().flat_map(syllables).cloned().collect();
    let parts = parts(pinyin);
    let said = reading.pinyin();
    if parts.len() != own.len() {
        return Err(Fault::new(format!(
            "the sentence has {} syllables, and {} are given",
            own.len(),
            parts.len()
        ))
        .help(format!("give one for each; as it is now: {said}")));
    }
    let mut given = Vec::with_capacity(parts.len());
    for (part, own) in parts.iter().zip(own) {
        let syllable = if *part == own.to_string() {
            Some(own)
        } else {
            syllable(part)
        };
        given.push(syllable.ok_or_else(|| {
            Fault::new(format!("`{part}` is no syllable of Mandarin")).help(format!(
                "write pinyin with tone numbers, such as `lv4 shi1`; as it is now: {said}"
            ))
        })?);
    }
    let mut given = given.into_iter();
    let mut reading = Reading {
        map: all_fixed(&reading.display, &reading.spoken),
        ..reading
    };
    for token in &mut reading.tokens {
        if let Token::Word(word) = token {
            word.syllables = given.by_ref().take(word.syllables.len()).collect();
        }
    }
    Ok(reading)
}

fn all_fixed(display: &str, spoken: &str) -> Vec<Span> {
    vec![Span {
        display: 0..display.len(),
        spoken: 0..spoken.len(),
        rule: Rule::Fixed,
    }]
}

fn syllables(token: &Token) -> &[Syllable] {
    match token {
        Token::Word(word) => &word.syllables,
        Token::Foreign(_) | Token::Mark(_) => &[],
    }
}

/// The syllables of a line in which those of a word may stand together, each
/// behind its tone number.
fn parts(pinyin: &str) -> Vec<String> {
    let mut line = String::with_capacity(2 * pinyin.len());
    for c in pinyin.chars() {
        let combining = ('\u{300}'..='\u{36F}').contains(&c);
        match c {
            c if c.is_ascii_digit() => line.extend([c, ' ']),
            c if c.is_alphabetic() || combining || c == ':' => line.push(c),
            _ => line.push(' '),
        }
    }
    line.split_whitespace().map(|p| p.to_lowercase()).collect()
}

/// One syllable; erhua as `r` behind it.
fn syllable(part: &str) -> Option<Syllable> {
    let one = |part: &str| -> Option<Syl> {
        match parse_pinyin(part).ok()?[..] {
            [syl] => Some(syl),
            _ => None,
        }
    };
    if let Some(syl) = one(part) {
        return Some(syl.to_model());
    }
    let tone = part.len().checked_sub(1)?;
    let base = part.get(..tone)?.strip_suffix('r')?;
    let mut plain = one(&format!("{base}{}", &part[tone..]))?.to_model();
    plain.base.push('r');
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front() -> FrontEnd {
        FrontEnd::new(&[]).unwrap()
    }

    fn read(text: &str) -> Reading {
        front().read(&SourceText::made(text)).value
    }

    #[test]
    fn syllables_take_the_place_of_those_that_were_read() {
        let reading = read("他在长宁，花儿开了。");
        let shown = reading.pinyin();
        let same = with_pinyin(reading.clone(), &shown).unwrap();
        assert_eq!(
            (same.pinyin(), &same.tokens),
            (shown.clone(), &reading.tokens)
        );
        for given in ["zhang3", "zhǎng "] {
            let other = with_pinyin(reading.clone(), &shown.replace("chang2", given)).unwrap();
            assert_eq!(other.pinyin(), shown.replace("chang2", "zhang3"));
        }
        let other = with_pinyin(reading.clone(), &shown.replace("chang2", "zhang3")).unwrap();
        assert_eq!(other.pinyin(), shown.replace("chang2", "zhang3"));
        assert_eq!(other.spoken, reading.spoken);
        assert_eq!(other.map[0].rule, Rule::Fixed);
    }

    #[test]
    fn what_does_not_fit_is_refused_with_the_present_reading() {
        let fault = with_pinyin(read("你好"), "ni3").unwrap_err();
        assert_eq!(
            fault.message,
            "the sentence has 2 syllables, and 1 are given"
        );
        assert!(
            fault.to_string().contains("as it is now: ni2hao3"),
            "{fault}"
        );
        let fault = with_pinyin(read("你好"), "ni3 hxo3").unwrap_err();
        assert_eq!(fault.message, "`hxo3` is no syllable of Mandarin");
    }

    #[test]
    fn other_words_are_read_in_place_of_the_printed_ones() {
        let printed = SourceText::made("每天20种菜。");
        let reading = front()
            .read_as(None, &printed, "每天十二种菜。")
            .unwrap()
            .value;
        assert_eq!(reading.display, printed.text);
        assert_eq!(reading.spoken, "每天十二种菜。");
        let halves = crate::speech::split(&reading);
        assert!(halves.is_some_and(|(a, b)| a.syllables() + b.syllables() == 6));
        let fault = front().read_as(None, &printed, "……").unwrap_err();
        assert_eq!(fault.message, "there is nothing to say in `……`");
    }
}
