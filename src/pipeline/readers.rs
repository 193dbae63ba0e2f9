//! Who reads what the cast alone does not tell: articles with a reader of their own
//! and other languages.

use crate::diag::{Diagnostic, Fault, Result};
use crate::model::{ChapterScript, ForeignVoices, Issue, Settings, is_mandarin};
use crate::speech::{self, Catalogue};
use crate::text;

/// Who reads each language other than Mandarin that the issue has.
///
/// # Errors
/// A language that no voice speaks, with the article that has it.
pub fn foreign_voices(
    issue: &Issue,
    settings: &Settings,
    cast: &str,
    catalogue: &Catalogue,
    notes: &mut Vec<Diagnostic>,
) -> Result<Vec<ForeignVoices>> {
    let mut found: Vec<ForeignVoices> = Vec::new();
    let own = settings.language.as_str();
    let said = match is_mandarin(own) {
        true => own,
        false => text::announced_in(own),
    };
    if said != own {
        notes.push(
            Diagnostic::doubt(
                None,
                format!("there are no announcements in `{own}`: they are made in `{said}`"),
            )
            .help("listeners hear opening, chapter numbers and sign-off in it"),
        );
    }
    let articles = issue.articles.iter().filter(|a| a.read);
    let languages = articles.filter_map(|a| Some((a.language.as_deref()?, Some(a))));
    for (language, article) in [(own, None), (said, None)].into_iter().chain(languages) {
        if is_mandarin(language) || found.iter().any(|f| f.language == language) {
            continue;
        }
        let voices = speech::voices_in(catalogue, cast, language, settings.speed);
        let voices = voices.map_err(|f| match article {
            Some(a) => {
                let message = format!("{}, that of the article `{}`", f.message, a.headline.text);
                Fault { message, ..f }.at(a.place.clone())
            }
            None => Fault {
                message: format!("{}, the issue's own", f.message),
                ..f
            },
        })?;
        found.push(voices.drain_into(notes));
    }
    Ok(found)
}

/// Gives the articles that have a reader of their own that reader's speed.
///
/// # Errors
/// A voice that is not there, or speaks another language than the article's.
pub fn set_readers(
    scripts: &mut [ChapterScript],
    issue: &Issue,
    settings: &Settings,
    catalogue: &Catalogue,
    notes: &mut Vec<Diagnostic>,
) -> Result<()> {
    for script in scripts {
        let article = issue
            .articles
            .iter()
            .find(|a| Some(&a.id) == script.article.as_ref());
        let Some((article, voice)) = article.and_then(|a| Some((a, a.voice.as_ref()?))) else {
            continue;
        };
        let language = article.language.as_ref().unwrap_or(&settings.language);
        let manifest = (catalogue.voice(voice)).map_err(|f| f.at(article.place.clone()))?;
        if !manifest.speaks(language) {
            return Err(Fault::new(format!(
                "the voice `{voice}` speaks {}, and the article `{}` is in {language}",
                manifest.language, article.headline.text
            ))
            .at(article.place.clone())
            .help("choose another voice, or set the article's `language`"));
        }
        let own = Settings {
            body_voice: Some(voice.clone()),
            ..settings.clone()
        };
        let reader = speech::resolve_cast(catalogue, &own, None)
            .map_err(|f| f.at(article.place.clone()))?
            .drain_into(notes)
            .body;
        for chunk in script.chunks.iter_mut().filter(|c| c.voice == reader.voice) {
            chunk.speed = reader.speed;
        }
    }
    Ok(())
}
