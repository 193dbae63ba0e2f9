//! The voices, models and casts: the files under `voices/`, embedded, so that a
//! single binary knows them all, and those that a desk keeps beside its
//! installed voices.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::languages;
use super::manifest::{Manifest, Model, parse};
use crate::diag::{Fault, Result, nearest};
use crate::model::{Part, Speed};
use crate::store;

/// The cast that reads when nobody chose one.
pub const DEFAULT_CAST: &str = "calm";

macro_rules! embed {
    ($($path:literal),* $(,)?) => {
        &[$((concat!("voices/", $path), include_str!(concat!("../../voices/", $path)))),*]
    };
}

/// In the order `tingbao voices` lists them: best understood first.
const VOICES: &[(&str, &str)] = embed![
    "zm_yunjian/voice.toml",
    "zf_xiaobei/voice.toml",
    "zm_yunxia/voice.toml",
    "zm_yunxi/voice.toml",
    "zm_yunyang/voice.toml",
    "zf_xiaoxiao/voice.toml",
    "zf_xiaoyi/voice.toml",
    "af_heart/voice.toml",
    "am_michael/voice.toml",
    "bf_emma/voice.toml",
    "platform/voice.toml",
    "platform_en/voice.toml",
    "espeak/voice.toml",
    "espeak_en/voice.toml",
    "piper/voice.toml",
    "say/voice.toml",
    "example/voice.toml",
    "tone/voice.toml",
];
const MODELS: &[(&str, &str)] = embed!["kokoro-v1.0/model.toml"];
const CASTS: &[(&str, &str)] = embed![
    "casts/calm.toml",
    "casts/brisk.toml",
    "casts/clear.toml",
    "casts/platform.toml",
    "casts/espeak.toml",
    "casts/tone.toml",
];

/// The folder of the desk's own voices, in the data folder: `<name>/voice.toml`
/// for a voice, `casts/<name>.toml` for a cast.
pub const DESK_FOLDER: &str = "voices";

/// Every voice, model and cast there is.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// The voices, best understood first.
    pub voices: Vec<Manifest>,
    /// The models they need.
    pub models: Vec<Model>,
    /// The casts.
    pub casts: Vec<CastSheet>,
    /// Casts of the desk that cannot be read, by the names of their files, and why.
    pub broken_casts: Vec<(String, Fault)>,
    /// The same of voices, by the names of their folders.
    pub broken_voices: Vec<(String, Fault)>,
}

/// A cast as `voices/casts/<name>.toml` tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CastSheet {
    /// Its name, also that of its file.
    pub name: String,
    /// One line for a list, in Chinese.
    pub description: String,
    /// Who reads the bodies.
    pub body: CastRole,
    /// Who reads headlines and announcements.
    pub headline: CastRole,
    /// Who reads the bodies in turn, an article each, in place of `body`.
    #[serde(default)]
    pub alternate: Vec<CastRole>,
    /// Who asks in an interview; the reader of the body when left out, as below.
    pub question: Option<CastRole>,
    /// Who answers.
    pub answer: Option<CastRole>,
    /// Who reads letters.
    pub letter: Option<CastRole>,
    /// Who reads adverts.
    pub advert: Option<CastRole>,
    /// Who reads other languages than Mandarin, by the language: `en`.
    #[serde(default)]
    pub languages: BTreeMap<String, ForeignRoles>,
}

/// Who reads a language other than Mandarin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignRoles {
    /// Who reads the bodies.
    pub body: CastRole,
    /// Who reads headlines and announcements.
    pub headline: CastRole,
}

impl CastSheet {
    /// The parts of a body that have a voice of their own.
    pub fn parts(&self) -> impl Iterator<Item = (Part, &CastRole)> {
        [
            (Part::Question, &self.question),
            (Part::Answer, &self.answer),
            (Part::Letter, &self.letter),
            (Part::Advert, &self.advert),
        ]
        .into_iter()
        .filter_map(|(part, role)| Some((part, role.as_ref()?)))
    }
}

/// A part of a cast as files write it: a voice alone, or with its speed.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a voice, as \"NAME\" or { voice = \"NAME\", speed = 0.9 }"
)]
enum Written {
    Voice(String),
    Role(WrittenRole),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRole {
    voice: String,
    speed: Option<Speed>,
}

impl From<Written> for CastRole {
    fn from(written: Written) -> Self {
        match written {
            Written::Voice(voice) => CastRole { voice, speed: None },
            Written::Role(WrittenRole { voice, speed }) => CastRole { voice, speed },
        }
    }
}

/// One part of a cast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Written")]
pub struct CastRole {
    /// The voice.
    pub voice: String,
    /// How fast; the voice's own default when left out.
    pub speed: Option<Speed>,
}

impl Catalogue {
    /// What this build brings, parsed once.
    ///
    /// # Errors
    /// A fault when an embedded file is wrong, which the tests rule out.
    pub fn built_in() -> Result<&'static Catalogue> {
        static PARSED: OnceLock<Result<Catalogue>> = OnceLock::new();
        let parse = || {
            let mut voices = all(VOICES, Manifest::parse)?;
            for text in languages::manifests() {
                voices.push(Manifest::parse(&text, "voices/languages.tsv")?);
            }
            Ok(Catalogue {
                voices,
                models: all(MODELS, Model::parse)?,
                casts: all(CASTS, parse)?,
                broken_casts: Vec::new(),
                broken_voices: Vec::new(),
            })
        };
        PARSED.get_or_init(parse).as_ref().map_err(Fault::clone)
    }

    /// What this build brings and what the desk keeps in [`DESK_FOLDER`] of
    /// `data_dir`; a voice or cast of the desk takes the place of one of the
    /// same name.
    ///
    /// # Errors
    /// A fault when a file cannot be read. What is wrong is one of
    /// [`Catalogue::broken_casts`] or [`Catalogue::broken_voices`].
    pub fn of_desk(data_dir: &Path) -> Result<Self> {
        let mut catalogue = Catalogue::built_in()?.clone();
        let folder = data_dir.join(DESK_FOLDER);
        for (path, text) in store::manifests(&folder, "voice.toml")? {
            match Manifest::parse(&text, &path) {
                Ok(voice) => put(&mut catalogue.voices, voice, |v| &v.name),
                // It hinders those only who ask for it.
                Err(fault) => {
                    let folder = Path::new(&path).parent().and_then(Path::file_name);
                    let own = folder.map(|name| name.to_string_lossy().into_owned());
                    let fault = fault.help("correct the line, or take the file away");
                    catalogue
                        .broken_voices
                        .push((own.unwrap_or_default(), fault));
                }
            }
        }
        for (name, bytes) in store::files_in(&folder.join("casts"))? {
            let path = folder.join("casts").join(&name);
            let text = store::utf8("cast", &path, bytes)?;
            match parse::<CastSheet>(&text, &path.display().to_string()) {
                Ok(cast) => put(&mut catalogue.casts, cast, |c| &c.name),
                // It hinders those only who ask for it.
                Err(fault) => {
                    let own = name.trim_end_matches(".toml").to_string();
                    catalogue.broken_casts.push((own, fault));
                }
            }
        }
        Ok(catalogue)
    }

    /// A voice by name.
    ///
    /// # Errors
    /// A fault that offers the nearest name, or all of them; what is wrong with a voice
    /// of the desk.
    pub fn voice(&self, name: &str) -> Result<&Manifest> {
        if let Some((_, fault)) = self.broken_voices.iter().find(|(own, _)| own == name) {
            return Err(fault.clone());
        }
        let known = || self.voices.iter().map(|v| v.name.as_str());
        find(&self.voices, name, |v| &v.name)
            .ok_or_else(|| unknown("voice", "the voices are", name, known()))
    }

    /// A cast by name.
    ///
    /// # Errors
    /// A fault that offers the nearest name, or all of them; what is wrong with a cast
    /// of the desk.
    pub fn cast(&self, name: &str) -> Result<&CastSheet> {
        if let Some((_, fault)) = self.broken_casts.iter().find(|(own, _)| own == name) {
            return Err(fault.clone());
        }
        let known = || self.casts.iter().map(|c| c.name.as_str());
        find(&self.casts, name, |c| &c.name)
            .ok_or_else(|| unknown("cast", "the casts are", name, known()))
    }

    /// The model a voice needs; `None` for voices that need no files.
    ///
    /// # Errors
    /// A fault when the manifest names a model that is not there.
    pub fn model_of(&self, manifest: &Manifest) -> Result<Option<&Model>> {
        let Some(name) = manifest.model.as_deref() else {
            return Ok(None);
        };
        let known = || self.models.iter().map(|m| m.name.as_str());
        find(&self.models, name, |m| &m.name)
            .map(Some)
            .ok_or_else(|| unknown("model", "the models are", name, known()))
    }
}

/// The manifest of a built-in voice as it was written.
pub fn built_in_text(voice: &str) -> Option<String> {
    let path = format!("voices/{voice}/voice.toml");
    let written = VOICES.iter().find(|(p, _)| *p == path);
    let name = format!("name = \"{voice}\"");
    let made = || languages::manifests().find(|text| text.starts_with(&name));
    written.map(|(_, text)| text.to_string()).or_else(made)
}

/// Puts an item in the place of the one with its name, or behind the others.
fn put<T>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> &String) {
    match list.iter_mut().find(|old| key(old) == key(&item)) {
        Some(old) => *old = item,
        None => list.push(item),
    }
}

fn all<T>(files: &[(&str, &str)], parse: impl Fn(&str, &str) -> Result<T>) -> Result<Vec<T>> {
    files.iter().map(|(path, text)| parse(text, path)).collect()
}

fn find<'a, T>(list: &'a [T], name: &str, key: impl Fn(&T) -> &String) -> Option<&'a T> {
    list.iter().find(|item| key(item) == name)
}

fn unknown<'a>(
    what: &str,
    list: &str,
    name: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Fault {
    let help = match nearest(name, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{list} {}", known.collect::<Vec<_>>().join(", ")),
    };
    Fault::new(format!("no {what} is called `{name}`")).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::manifest::EngineKind;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_file_under_voices_is_embedded() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("voices");
        let embedded: BTreeSet<String> = [VOICES, MODELS, CASTS]
            .concat()
            .iter()
            .map(|(path, _)| path.to_string())
            .collect();
        let mut on_disk = BTreeSet::new();
        for folder in std::fs::read_dir(root).unwrap() {
            let folder = folder.unwrap();
            if !folder.file_type().unwrap().is_dir() {
                continue;
            }
            for file in std::fs::read_dir(folder.path()).unwrap() {
                let name = file.unwrap().file_name();
                on_disk.insert(format!(
                    "voices/{}/{}",
                    folder.file_name().to_str().unwrap(),
                    name.to_str().unwrap()
                ));
            }
        }
        assert_eq!(embedded, on_disk);
    }

    #[test]
    fn names_are_those_of_the_folders_and_all_references_hold() {
        let c = Catalogue::built_in().unwrap();
        for (v, (path, _)) in c.voices.iter().zip(VOICES) {
            assert_eq!(*path, format!("voices/{}/voice.toml", v.name));
            let model = c.model_of(v).unwrap();
            if let Some(style) = &v.style {
                let package = model.unwrap().package(&style.package);
                assert!(package.is_some(), "{}", v.name);
            }
            assert!(v.engine != EngineKind::Kokoro || model.is_some());
        }
        for (m, (path, _)) in c.models.iter().zip(MODELS) {
            assert_eq!(*path, format!("voices/{}/model.toml", m.name));
        }
        for (cast, (path, _)) in c.casts.iter().zip(CASTS) {
            assert_eq!(*path, format!("voices/casts/{}.toml", cast.name));
            c.voice(&cast.body.voice).unwrap();
            c.voice(&cast.headline.voice).unwrap();
            let parts = cast.parts().map(|(_, role)| role);
            for role in parts.chain(&cast.alternate) {
                c.voice(&role.voice).unwrap();
            }
            for (language, roles) in &cast.languages {
                for role in [&roles.body, &roles.headline] {
                    assert!(
                        c.voice(&role.voice).unwrap().speaks(language),
                        "{}",
                        cast.name
                    );
                }
            }
        }
        c.cast(DEFAULT_CAST).unwrap();
    }

    #[test]
    fn a_misspelt_voice_is_answered_with_the_nearest() {
        let fault = Catalogue::built_in()
            .unwrap()
            .voice("zm_yunjain")
            .unwrap_err();
        assert_eq!(
            fault.to_string(),
            "error: no voice is called `zm_yunjain`\n  help: did you mean `zm_yunjian`?"
        );
        let fault = Catalogue::built_in()
            .unwrap()
            .voice("mandarin")
            .unwrap_err();
        assert!(
            fault
                .help
                .unwrap()
                .starts_with("the voices are zm_yunjian, ")
        );
        let fault = Catalogue::built_in().unwrap().cast("clam").unwrap_err();
        assert_eq!(fault.help.unwrap(), "did you mean `calm`?");
    }

    #[test]
    fn a_wrong_cast_of_the_desk_hinders_nobody_else() {
        let dir = tempfile::tempdir().unwrap();
        let casts = dir.path().join(DESK_FOLDER).join("casts");
        std::fs::create_dir_all(&casts).unwrap();
        std::fs::write(casts.join("mine.toml"), "name = \"mine\"\nboddy = 1\n").unwrap();
        let catalogue = Catalogue::of_desk(dir.path()).unwrap();
        assert!(catalogue.cast("calm").is_ok());
        let fault = catalogue.cast("mine").unwrap_err();
        assert!(fault.to_string().contains("mine.toml"), "{fault}");
    }
}
