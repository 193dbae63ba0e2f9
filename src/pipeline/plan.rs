//! An issue → what is to be said, chunk by chunk, and under which keys: all
//! that can be known before anything is spoken.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;
use serde_json::json;

use super::fixes::Fixes;
use super::lexicons::{lexicon_notes, lexicon_report};
use super::load::Loaded;
use super::read::{Reader, sound_file};
use super::readers::{foreign_voices, set_readers};
use super::review;
use crate::diag::{Diagnostic, Fault, Place, Result, Severity};
use crate::folder::{self, FolderFile};
use crate::model::{
    Article, Cast, ChapterScript, Chunk, Db, Issue, Omission, Omitted, READINGS_FORMAT, ReadChunk,
    Reading, Readings, Settings, Source, SourceText, VoiceCredit,
};
use crate::speech::{self, Catalogue, Speaker};
use crate::store::{self, TakeKey};
use crate::text::{self, LexiconReport};

/// What is done to a take between engine and store (checked, trimmed, brought
/// to the masters' rate); raised when that changes.
pub const TREATMENT: u32 = 1;
/// Raised when the same takes are laid or indexed in another way.
const ASSEMBLY: u32 = 2;
/// What is said in place of a chunk that no voice could say.
const OMISSION: &str = "此处有一句未能读出。";
/// The same in English.
const OMISSION_EN: &str = "A sentence here could not be read.";

/// Everything that will be said, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The issue it speaks.
    pub issue: Issue,
    /// The editor's choices.
    pub settings: Settings,
    /// The voices.
    pub cast: Cast,
    /// The chapters in order.
    pub chapters: Vec<PlannedChapter>,
    /// What the editor does not want read.
    pub omitted: Vec<Omitted>,
    /// What was met on the way.
    pub notes: Vec<Diagnostic>,
    /// What the lexicons did.
    pub lexicon: LexiconReport,
    /// The sentence that stands for a chunk no voice could say.
    pub omission: Omission,
    /// The sound between chapters.
    pub sting: Option<SoundFile>,
    /// The reports of how raw pages were read; none for a folder.
    pub reports: Vec<FolderFile>,
    /// SHA-256 of all of it: equal keys, equal editions.
    pub key: String,
}

/// One chapter, its chunks read.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedChapter {
    /// What it is.
    pub script: ChapterScript,
    /// Its chunks in order, as in the script.
    pub chunks: Vec<PlannedChunk>,
    /// The human recording that follows the chunks.
    pub recording: Option<SoundFile>,
}

/// One chunk, how it is read and the key of its take.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedChunk {
    /// The chunk.
    pub chunk: Chunk,
    /// How it is read.
    pub reading: Reading,
    /// What its take is kept under.
    pub key: TakeKey,
    /// What brings its voice to the edition's common loudness.
    pub gain: Db,
    /// A human voice in its place.
    pub recording: Option<SoundFile>,
}

impl PlannedChunk {
    /// A chunk that its voice speaks, at the level of its voice.
    ///
    /// # Errors
    /// An unknown voice.
    pub fn spoken(chunk: Chunk, reading: Reading, speaker: &Speaker) -> Result<Self> {
        Ok(PlannedChunk {
            key: take_key(&chunk, &reading, speaker)?,
            gain: speaker.catalogue.voice(&chunk.voice)?.level_db,
            chunk,
            reading,
            recording: None,
        })
    }
}

/// What the take of a chunk is kept under that its voice speaks.
///
/// # Errors
/// An unknown voice.
pub fn take_key(chunk: &Chunk, reading: &Reading, speaker: &Speaker) -> Result<TakeKey> {
    Ok(TakeKey {
        treatment: TREATMENT,
        engine: speaker.engine.identity(&chunk.voice)?,
        voice: chunk.voice.clone(),
        speed: chunk.speed,
        pinyin: reading.pinyin(),
    })
}

/// A sound file that the editor gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SoundFile {
    /// Where it lies.
    #[serde(skip)]
    pub path: PathBuf,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// Makes the plan.
///
/// # Errors
/// An unknown voice or cast, impossible pinyin in a lexicon, a recording or
/// sting that is not there.
pub fn plan(loaded: Loaded, cast: Option<&str>, speaker: &Speaker) -> Result<Plan> {
    let front = loaded.front_end()?;
    let Loaded {
        issue,
        edits,
        settings,
        lexicon: _,
        root,
        pages,
        mut notes,
    } = loaded;
    let reports = if pages.is_empty() {
        Vec::new()
    } else {
        review::reports(&issue, &edits, &notes, &pages)?
    };
    let cast = speech::resolve_cast(&speaker.catalogue, &settings, cast)
        .map_err(|fault| match (&root, cast) {
            (Some(root), None) => {
                let file = root.join(folder::SETTINGS_FILE);
                fault.at(Place::file(file.display().to_string()))
            }
            _ => fault,
        })?
        .drain_into(&mut notes);
    let mut cast = cast;
    cast.foreign = foreign_voices(
        &issue,
        &settings,
        &cast.name,
        &speaker.catalogue,
        &mut notes,
    )?;
    let mut scripts = text::script(&issue, &settings, &cast, &front).drain_into(&mut notes);
    set_readers(
        &mut scripts,
        &issue,
        &settings,
        &speaker.catalogue,
        &mut notes,
    )?;
    let mut remarks = Vec::new();
    let mut reader = Reader {
        front: &front,
        speaker,
        root: root.as_deref(),
        fixes: Fixes::new(&settings.fixes),
    };
    let chapters = scripts
        .into_iter()
        .map(|script| reader.chapter(script, &mut remarks))
        .collect::<Result<Vec<_>>>()?;
    notes.extend(reader.fixes.unused());
    // A choice made in many places is one doubt, told where it is met first.
    let mut told = Vec::new();
    remarks.retain(|n| {
        let again = n.severity == Severity::Doubt && told.contains(&n.message);
        told.push(n.message.clone());
        !again
    });
    notes.extend(remarks);
    let mandarin = |c: &&PlannedChunk| c.chunk.language.is_none();
    let spoken = chapters.iter().flat_map(|c| &c.chunks).filter(mandarin);
    let lexicon = lexicon_report(&front, spoken.map(|c| &c.chunk.text));
    notes.extend(lexicon_notes(&lexicon, &settings));
    let sting = sound_file("sting", settings.sting.as_deref(), root.as_deref())?;
    // The script reads the chunks too, to measure them: one remark is enough.
    let mut seen = Vec::new();
    notes.retain(|n| {
        !seen.contains(n) && {
            seen.push(n.clone());
            true
        }
    });
    let omission = Omission {
        mandarin: front.read(&SourceText::made(OMISSION)).value,
        english: front
            .read_in(Some("en"), &SourceText::made(OMISSION_EN))
            .value,
    };
    let omitted = issue
        .articles
        .iter()
        .filter(|a| !a.read)
        .map(left_out)
        .collect();
    let mut plan = Plan {
        issue,
        settings,
        cast,
        chapters,
        omitted,
        notes,
        lexicon,
        omission,
        sting,
        reports,
        key: String::new(),
    };
    plan.key = plan.hash();
    Ok(plan)
}

impl Plan {
    /// How many chunks there are in all.
    pub fn chunks(&self) -> usize {
        self.chapters.iter().map(|c| c.chunks.len()).sum()
    }

    /// The chunk of that name.
    ///
    /// # Errors
    /// When there is none.
    pub fn chunk(&self, id: &str) -> Result<&PlannedChunk> {
        (self.chapters.iter().flat_map(|c| &c.chunks))
            .find(|c| c.chunk.id.to_string() == id)
            .ok_or_else(|| {
                Fault::new(format!("no chunk is called `{id}`"))
                    .help("run `tingbao show` without --chunk for the list")
            })
    }

    /// How every chunk is read, for whoever wants to speak the edition again.
    pub fn readings(&self) -> Readings {
        let chunks = self.chapters.iter().flat_map(|c| &c.chunks);
        let read = |planned: &PlannedChunk| {
            let chunk = &planned.chunk;
            let read = ReadChunk {
                role: chunk.role,
                language: chunk.language.clone(),
                voice: chunk.voice.clone(),
                speed: chunk.speed,
                pause_after: chunk.pause_after,
                gain: planned.gain,
                reading: planned.reading.clone(),
            };
            (chunk.id, read)
        };
        Readings {
            format: READINGS_FORMAT,
            omission: self.omission.clone(),
            part_pause: self.settings.pauses.clause,
            chunks: chunks.filter(|c| c.recording.is_none()).map(read).collect(),
        }
    }

    /// The voices that speak, with their licences and speeds.
    ///
    /// # Errors
    /// Never for a plan that was made: its voices are known.
    pub fn credits(&self, catalogue: &Catalogue) -> Result<Vec<VoiceCredit>> {
        let mut credits: Vec<VoiceCredit> = Vec::new();
        let spoken = self.chapters.iter().flat_map(|c| &c.chunks);
        for chunk in spoken.filter(|c| c.recording.is_none()).map(|c| &c.chunk) {
            let at = match credits.iter().position(|c| c.name == chunk.voice) {
                Some(at) => at,
                None => {
                    let manifest = catalogue.voice(&chunk.voice)?;
                    credits.push(VoiceCredit {
                        name: manifest.name.clone(),
                        engine: manifest.engine.to_string(),
                        licence: manifest.licence.clone(),
                        speeds: Vec::new(),
                    });
                    credits.len() - 1
                }
            };
            if !credits[at].speeds.contains(&chunk.speed) {
                credits[at].speeds.push(chunk.speed);
            }
        }
        Ok(credits)
    }

    /// The hash of everything that shapes the edition's bytes.
    fn hash(&self) -> String {
        let chunks = |chapter: &PlannedChapter| -> Vec<_> {
            let chunks = chapter.chunks.iter();
            chunks
                .map(|c| {
                    json!([
                        c.key,
                        c.chunk.id.to_string(),
                        c.chunk.role,
                        c.chunk.text,
                        c.reading.spoken,
                        c.chunk.pause_after
                    ])
                })
                .collect()
        };
        let chapters: Vec<_> = self
            .chapters
            .iter()
            .map(|c| {
                json!([
                    c.script.number,
                    c.script.kind,
                    c.script.title,
                    c.script.article,
                    c.script.priority,
                    c.recording,
                    c.script.recording.as_ref().map(|r| &r.text),
                    chunks(c)
                ])
            })
            .collect();
        let levels: BTreeMap<&str, f64> = (self.chapters.iter().flat_map(|c| &c.chunks))
            .filter(|c| c.recording.is_none())
            .map(|c| (c.chunk.voice.as_str(), c.gain.0))
            .collect();
        let reports: Vec<_> = (self.reports.iter())
            .map(|file| json!([file.path, store::sha256(&file.bytes)]))
            .collect();
        let mut all = json!({
            "generator": super::GENERATOR,
            "assembly": ASSEMBLY,
            "masthead": self.issue.masthead,
            "language": self.settings.language,
            "podcast": self.settings.podcast,
            "sting": self.sting,
            "chapters": chapters,
            "levels": levels,
            "omitted": self.omitted,
            "notes": self.notes,
        });
        if !reports.is_empty() {
            all["reports"] = json!(reports);
        }
        let pages: Vec<_> = self.chapters.iter().map(|c| &c.script.page).collect();
        if pages.iter().any(|page| page.is_some()) {
            all["pages"] = json!(pages);
        }
        store::sha256(all.to_string().as_bytes())
    }
}

/// The record of an article that is not read.
fn left_out(article: &Article) -> Omitted {
    let mut lines: Vec<&str> = Vec::new();
    lines.extend(article.kicker.as_ref().map(|t| t.text.as_str()));
    lines.push(&article.headline.text);
    lines.extend(article.subhead.as_ref().map(|t| t.text.as_str()));
    lines.extend(article.byline.as_ref().map(|t| t.text.as_str()));
    lines.extend(article.blocks.iter().map(|b| b.text.text.as_str()));
    lines.retain(|l| !l.is_empty());
    Omitted {
        what: article.id.clone(),
        why: if article.kind.read_by_default() {
            "marked `read = false`".into()
        } else {
            format!("{}, not read by default", article.kind.name())
        },
        text: lines.join("\n"),
        source: Some(source(&article.place)),
        intended: true,
    }
}

/// A place as the index gives it.
pub fn source(place: &Place) -> Source {
    Source {
        file: place.file.clone(),
        line: place.line,
        col: place.col,
    }
}
