//! The voices of eSpeak NG in other languages than those with a manifest of their own:
//! one manifest, a line a language.

use crate::model::main_language;

/// Language, the program's name for its voice, level, the language's name in Chinese.
const LANGUAGES: &str = include_str!("../../voices/languages.tsv");
/// The manifest that they share.
const SHARED: &str = include_str!("../../voices/platform_en/voice.toml");

/// A manifest a language, as text.
pub fn manifests() -> impl Iterator<Item = String> {
    let lines = LANGUAGES.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| manifest(line, SHARED))
}

/// The shared manifest with what a line says in place of its own.
fn manifest(line: &str, shared: &str) -> Option<String> {
    let mut fields = line.split('\t');
    let mut field = || fields.next();
    let (language, voice, level, name) = (field()?, field()?, field()?, field()?);
    let own = [
        ("name", format!("\"platform_{}\"", main_language(language))),
        ("language", format!("\"{language}\"")),
        (
            "description",
            format!("\"系统自带的{name}语音（eSpeak NG），机器味重\""),
        ),
        ("level_db", level.to_string()),
        ("voice", format!("\"{voice}\"")),
    ];
    let changed = |line: &str| {
        let key = line.split_once(" = ").map(|(key, _)| key);
        match own.iter().find(|(own, _)| Some(*own) == key) {
            Some((key, value)) => format!("{key} = {value}\n"),
            None => format!("{line}\n"),
        }
    };
    Some(shared.lines().map(changed).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::Manifest;

    #[test]
    fn every_line_makes_a_voice_of_its_own() {
        let lines = LANGUAGES.lines().filter(|l| !l.starts_with('#')).count();
        let mut names = std::collections::BTreeSet::new();
        for text in manifests() {
            let voice = Manifest::parse(&text, "languages").unwrap();
            assert_ne!(voice.platform.unwrap().voice, "en-gb", "{}", voice.name);
            assert!(voice.level_db.0.abs() < 3.0, "{}", voice.name);
            names.insert(voice.name);
        }
        assert_eq!(names.len(), lines);
        assert!(names.contains("platform_fr"));
    }
}
