//! Words that no English dictionary has: Chinese names in pinyin, said as
//! English speakers say them, and others letter by letter.

/// Initials and their sounds, the longer first.
const INITIALS: &[(&str, &str)] = &[
    ("zh", "ʤ"),
    ("ch", "ʧ"),
    ("sh", "ʃ"),
    ("b", "b"),
    ("p", "p"),
    ("m", "m"),
    ("f", "f"),
    ("d", "d"),
    ("t", "t"),
    ("n", "n"),
    ("l", "l"),
    ("g", "ɡ"),
    ("k", "k"),
    ("h", "h"),
    ("j", "ʤ"),
    ("q", "ʧ"),
    ("x", "ʃ"),
    ("r", "ɹ"),
    ("z", "dz"),
    ("c", "ts"),
    ("s", "s"),
    ("y", "j"),
    ("w", "w"),
    ("", ""),
];
/// Finals and their sounds, `'` where the stress goes, the longer first.
const FINALS: &[(&str, &str)] = &[
    ("iang", "j'ɑŋ"),
    ("iong", "j'ʊŋ"),
    ("uang", "w'ɑŋ"),
    ("ang", "'ɑŋ"),
    ("eng", "'ʌŋ"),
    ("ing", "'ɪŋ"),
    ("ong", "'ʊŋ"),
    ("iao", "j'W"),
    ("ian", "j'ɛn"),
    ("uai", "w'I"),
    ("uan", "w'ɑn"),
    ("ai", "'I"),
    ("ei", "'A"),
    ("ao", "'W"),
    ("ou", "'O"),
    ("an", "'ɑn"),
    ("en", "'ən"),
    ("er", "'ɜɹ"),
    ("ia", "j'ɑ"),
    ("ie", "j'ɛ"),
    ("iu", "j'O"),
    ("in", "'ɪn"),
    ("ua", "w'ɑ"),
    ("uo", "w'ɔ"),
    ("ui", "w'A"),
    ("un", "'ʊn"),
    ("ue", "w'ɛ"),
    ("a", "'ɑ"),
    ("o", "'ɔ"),
    ("e", "'ə"),
    ("i", "'i"),
    ("u", "'u"),
    ("v", "'u"),
    ("ü", "'u"),
];
/// Syllables whose `i` is hardly one.
const BUZZED: &[&str] = &["zhi", "chi", "shi", "ri", "zi", "ci", "si"];

/// A word that is nothing but syllables of pinyin, stressed on the last.
pub(super) fn pinyin(word: &str) -> Option<String> {
    let word = word.to_lowercase().replace(['\'', '’'], "");
    if word.len() < 2 || !word.chars().all(|c| c.is_ascii_lowercase() || c == 'ü') {
        return None;
    }
    let syllables = split(&word)?;
    let last = syllables.len() - 1;
    let said = syllables.iter().enumerate().map(|(i, s)| {
        let stress = if i == last { "ˈ" } else { "" };
        s.replace('\'', stress)
    });
    Some(said.collect())
}

/// The sounds of a word's syllables, the longest syllables first.
fn split(word: &str) -> Option<Vec<String>> {
    if word.is_empty() {
        return Some(Vec::new());
    }
    for end in (1..=word.len().min(7))
        .rev()
        .filter(|end| word.is_char_boundary(*end))
    {
        let Some(sound) = sound(&word[..end]) else {
            continue;
        };
        // `xian` is one syllable, `xi'an` was two before its mark was lost.
        if let Some(mut rest) = split(&word[end..]) {
            rest.insert(0, sound);
            return Some(rest);
        }
    }
    None
}

fn sound(syllable: &str) -> Option<String> {
    let (initial, sound) = INITIALS.iter().find(|(i, _)| syllable.starts_with(i))?;
    let rest = &syllable[initial.len()..];
    if BUZZED.contains(&syllable) {
        return Some(format!("{sound}'ɜɹ").replace("ɹ'ɜɹ", "ɹ'ɜ"));
    }
    // In `yi`, `yin`, `wu` the initial only stands in for a missing one.
    let silent = matches!(
        syllable,
        "yi" | "yin" | "ying" | "wu" | "yu" | "yue" | "yuan" | "yun"
    );
    let (_, tail) = FINALS.iter().find(|(f, _)| *f == rest)?;
    match (initial.is_empty(), silent) {
        (true, _) if !rest.starts_with(['a', 'e', 'o']) => None,
        (_, true) if initial == &"w" || syllable.starts_with("yi") => Some(tail.to_string()),
        _ => Some(format!("{sound}{tail}")),
    }
}

/// The names of letters and figures.
const NAMES: &[(char, &str)] = &[
    ('a', "ˈA"),
    ('b', "bˈi"),
    ('c', "sˈi"),
    ('d', "dˈi"),
    ('e', "ˈi"),
    ('f', "ˈɛf"),
    ('g', "ʤˈi"),
    ('h', "ˈAʧ"),
    ('i', "ˈI"),
    ('j', "ʤˈA"),
    ('k', "kˈA"),
    ('l', "ˈɛl"),
    ('m', "ˈɛm"),
    ('n', "ˈɛn"),
    ('o', "ˈO"),
    ('p', "pˈi"),
    ('q', "kjˈu"),
    ('r', "ˈɑɹ"),
    ('s', "ˈɛs"),
    ('t', "tˈi"),
    ('u', "jˈu"),
    ('v', "vˈi"),
    ('w', "dˈʌbᵊlju"),
    ('x', "ˈɛks"),
    ('y', "wˈI"),
    ('z', "zˈi"),
    ('0', "zˈɪɹO"),
    ('1', "wˈʌn"),
    ('2', "tˈu"),
    ('3', "θɹˈi"),
    ('4', "fˈɔɹ"),
    ('5', "fˈIv"),
    ('6', "sˈɪks"),
    ('7', "sˈɛvən"),
    ('8', "ˈAt"),
    ('9', "nˈIn"),
];

/// A word letter by letter; accents are taken off.
pub(super) fn letters(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain = word.to_lowercase();
    let named = plain.nfd().filter_map(|c| {
        let (_, name) = NAMES.iter().find(|(l, _)| *l == c)?;
        Some(*name)
    });
    named.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_pinyin_are_told_from_other_words() {
        for (name, said) in [
            ("Wuqiao", "uʧjˈW"),
            ("Shanghai", "ʃɑŋhˈI"),
            ("Xujiahui", "ʃuʤjɑhwˈA"),
            ("Zhang", "ʤˈɑŋ"),
            ("Hetang", "hətˈɑŋ"),
            ("Xi'an", "ʃjˈɛn"),
            ("Yuyuan", "jujwˈɑn"),
        ] {
            assert_eq!(pinyin(name).as_deref(), Some(said), "{name}");
        }
        for word in ["zqxj", "Weller", "AED2", "", "x"] {
            assert_eq!(pinyin(word), None, "{word}");
        }
    }

    #[test]
    fn other_words_are_spelled() {
        assert_eq!(letters("Xq2é"), "ˈɛks kjˈu tˈu ˈi");
    }
}
