//! From what an issue asks for to voices and speeds.

use super::catalogue::{CastRole, Catalogue, DEFAULT_CAST};
use super::manifest::{EngineKind, Manifest};
use crate::diag::{Diagnostic, Fault, Noted, Result};
use crate::model::{Cast, CastVoice, ForeignVoices, Settings, Speed, main_language};

/// Resolves the issue's choices: the cast (`cast_override` before the issue's
/// own, before the default one), then single voices, then one speed for all.
/// A voice chosen by name reads at its own default speed.
///
/// A speed that a voice does not bear is brought to the nearest one it does,
/// with a doubt that names both.
///
/// # Errors
/// A fault when no cast or voice has the name asked for; it offers the nearest.
pub fn resolve_cast(
    catalogue: &Catalogue,
    settings: &Settings,
    cast_override: Option<&str>,
) -> Result<Noted<Cast>> {
    let name = cast_override
        .or(settings.cast.as_deref())
        .unwrap_or(DEFAULT_CAST);
    let sheet = catalogue.cast(name)?;
    let mut notes = Vec::new();
    let mut choose = |voice: &str, speed: Option<Speed>| {
        choose(catalogue, voice, settings.speed.or(speed), &mut notes)
    };
    let mut role = |by_name: &Option<String>, cast: &CastRole| match by_name {
        Some(voice) => choose(voice, None),
        None => choose(&cast.voice, cast.speed),
    };
    let body = role(&settings.body_voice, &sheet.body)?;
    let headline = role(&settings.headline_voice, &sheet.headline)?;
    // Who names readers has no use for those of the cast.
    let named = !settings.alternate.is_empty() || settings.body_voice.is_some();
    let alternate = match named {
        true => (settings.alternate.iter())
            .map(|voice| choose(voice, None))
            .collect::<Result<_>>()?,
        false => (sheet.alternate.iter())
            .map(|role| choose(&role.voice, role.speed))
            .collect::<Result<_>>()?,
    };
    let parts = (sheet.parts())
        .map(|(part, role)| Ok((part, choose(&role.voice, role.speed)?)))
        .collect::<Result<_>>()?;
    Ok(Noted::new(
        Cast {
            name: sheet.name.clone(),
            body,
            headline,
            alternate,
            parts,
            foreign: Vec::new(),
        },
        notes,
    ))
}

/// Who reads a language other than Mandarin in the cast of this name: whom the cast
/// names for it, else the first voice that speaks it.
///
/// # Errors
/// A fault when no voice speaks it.
pub fn voices_in(
    catalogue: &Catalogue,
    cast: &str,
    language: &str,
    speed: Option<Speed>,
) -> Result<Noted<ForeignVoices>> {
    let sheet = catalogue.cast(cast)?;
    let main = main_language(language);
    let roles = (sheet.languages.get(language)).or_else(|| sheet.languages.get(&main));
    let (body, headline) = match roles {
        Some(roles) => (roles.body.clone(), roles.headline.clone()),
        None => {
            let speaks = |v: &&Manifest| v.speaks(language) && v.engine != EngineKind::Tone;
            let voice = catalogue.voices.iter().find(speaks).ok_or_else(|| {
                Fault::new(format!("no voice speaks the language `{language}`")).help(
                    "`tingbao voices` lists the voices and their languages; \
                     `tingbao voices add` takes another one, of the platform or of any program",
                )
            })?;
            let role = CastRole {
                voice: voice.name.clone(),
                speed: None,
            };
            (role.clone(), role)
        }
    };
    let mut notes = Vec::new();
    let mut choose =
        |role: CastRole| choose(catalogue, &role.voice, speed.or(role.speed), &mut notes);
    let voices = ForeignVoices {
        language: language.to_string(),
        body: choose(body)?,
        headline: choose(headline)?,
    };
    Ok(Noted::new(voices, notes))
}

/// A voice by name at the speed wanted, its own default when none is.
fn choose(
    catalogue: &Catalogue,
    voice: &str,
    speed: Option<Speed>,
    notes: &mut Vec<Diagnostic>,
) -> Result<CastVoice> {
    let manifest = catalogue.voice(voice)?;
    let (speed, doubt) = clamp_speed(manifest, speed.unwrap_or(manifest.speed.default));
    // Body and headline may be one voice: one doubt is enough.
    notes.extend(doubt.filter(|d| !notes.contains(d)));
    Ok(CastVoice {
        voice: manifest.name.clone(),
        speed,
    })
}

/// The nearest speed that the voice bears, and a doubt when it is another.
pub fn clamp_speed(manifest: &Manifest, wanted: Speed) -> (Speed, Option<Diagnostic>) {
    let range = manifest.speed;
    // A NaN compares with nothing and would pass through `clamp`.
    let given = if wanted.0.is_nan() {
        range.default
    } else {
        Speed(wanted.0.clamp(range.min.0, range.max.0))
    };
    let doubt = (given != wanted).then(|| {
        Diagnostic::doubt(
            None,
            format!(
                "speed {wanted} is outside what `{}` bears; it reads at {given}",
                manifest.name
            ),
        )
        .help(format!(
            "choose a speed from {} to {}, or another voice",
            range.min, range.max
        ))
    });
    (given, doubt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cast_of(settings: &Settings, cast: Option<&str>) -> Result<Noted<Cast>> {
        resolve_cast(Catalogue::built_in()?, settings, cast)
    }

    #[test]
    fn the_default_cast_reads_calmly() {
        let cast = cast_of(&Settings::default(), None).unwrap();
        assert!(cast.notes.is_empty());
        assert_eq!(cast.value.name, "calm");
        assert_eq!(cast.value.body.voice, "zm_yunjian");
        assert_eq!(cast.value.headline.voice, "zf_xiaobei");
        assert_eq!(cast.value.body.speed, Speed(0.85));
        assert_eq!(cast.value.headline.speed, Speed(0.85));
    }

    #[test]
    fn the_override_wins_over_the_issue_and_names_win_over_the_cast() {
        let settings = Settings {
            cast: Some("calm".into()),
            headline_voice: Some("zf_xiaoyi".into()),
            alternate: vec!["zm_yunjian".into(), "zm_yunxia".into()],
            ..Settings::default()
        };
        let cast = cast_of(&settings, Some("tone")).unwrap().value;
        assert_eq!(cast.name, "tone");
        assert_eq!(cast.body.voice, "tone");
        assert_eq!(cast.headline.voice, "zf_xiaoyi");
        let own = Catalogue::built_in().unwrap().voice("zf_xiaoyi").unwrap();
        assert_eq!(cast.headline.speed, own.speed.default);
        assert_eq!(cast.alternate.len(), 2);
    }

    #[test]
    fn a_speed_no_voice_bears_is_clamped_with_one_doubt_a_voice() {
        let settings = Settings {
            speed: Some(Speed(0.5)),
            alternate: vec!["zm_yunjian".into()],
            ..Settings::default()
        };
        let cast = cast_of(&settings, None).unwrap();
        assert_eq!(cast.value.body.speed, Speed(0.85));
        assert_eq!(cast.notes.len(), 2);
        assert_eq!(
            cast.notes[0].message,
            "speed 0.50 is outside what `zm_yunjian` bears; it reads at 0.85"
        );
        let nan = Settings {
            speed: Some(Speed(f32::NAN)),
            ..Settings::default()
        };
        assert_eq!(cast_of(&nan, None).unwrap().value.body.speed, Speed(0.9));
    }

    #[test]
    fn unknown_names_stop_with_the_nearest() {
        let settings = Settings {
            body_voice: Some("zm_yunjain".into()),
            ..Settings::default()
        };
        let fault = cast_of(&settings, None).unwrap_err();
        assert_eq!(fault.message, "no voice is called `zm_yunjain`");
        assert!(cast_of(&Settings::default(), Some("calmer")).is_err());
    }
}
