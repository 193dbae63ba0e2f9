//! The configuration of Speech Dispatcher's generic module (`sd_generic`) for a
//! program that writes its sound.

use crate::speech::platform::{Generic, Writer};

/// The variable that tells the shell where the sound goes.
pub const VARIABLE: &str = "TINGBAO_SOUND";
/// What a failing program has to say goes into the file of the sound with this ending.
pub const COMPLAINT: &str = "err";
/// No utterance is that long: the module would say it in parts, and each part would be
/// written over the one before.
const LONGEST: usize = 60_000;

/// The module's settings. Figures of the service go from -100 to 100 and become
/// `figure * multiply / 100 + add`; it has no other scale on the two sides of 0.
pub fn settings(generic: &Generic) -> String {
    let Generic {
        writer,
        voice,
        language,
        fastest,
    } = generic;
    let Writer {
        rate,
        pitch,
        volume,
        ..
    } = writer;
    let words = [&writer.program].into_iter().chain(&writer.args);
    let line: Vec<String> = words.map(|word| quoted(word)).collect();
    // The service's normal volume is its highest.
    format!(
        "GenericExecuteSynth \"printf %s \\'$DATA\\' | {line} 2>\\\"${VARIABLE}.{COMPLAINT}\\\" \
         || rm -f \\\"${VARIABLE}\\\"\"\n\
         GenericCmdDependency \"{program}\"\n\
         GenericLanguage \"{language}\" \"{language}\" \"utf-8\"\n\
         AddVoice \"{language}\" \"MALE1\" \"{voice}\"\n\
         DefaultVoice \"{voice}\"\n\
         GenericMaxChunkLength {LONGEST}\n\
         GenericDelimiters \"\u{2028}\"\n\
         GenericRateAdd {rate}\nGenericRateMultiply {faster}\nGenericRateForceInteger 1\n\
         GenericPitchAdd {pitch}\nGenericPitchMultiply {pitch}\nGenericPitchForceInteger 1\n\
         GenericVolumeAdd {half}\nGenericVolumeMultiply {half}\nGenericVolumeForceInteger 1\n",
        line = line.join(" "),
        program = writer.program,
        faster = rate * (fastest - 1.0),
        half = volume / 2.0,
    )
}

/// A word of the command line, as the shell and the file want it.
fn quoted(word: &str) -> String {
    let word = (word.replace("{voice}", "$VOICE"))
        .replace("{rate}", "$RATE")
        .replace("{pitch}", "$PITCH")
        .replace("{volume}", "$VOLUME")
        .replace("{output}", &format!("${VARIABLE}"));
    format!("\\\"{word}\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_quoted_and_the_figures_span_what_was_asked_for() {
        let settings = settings(&Generic {
            writer: Writer {
                program: "espeak-ng".into(),
                args: ["-v", "{voice}", "-s", "{rate}", "-w", "{output}"]
                    .map(String::from)
                    .into(),
                rate: 170.0,
                pitch: 50.0,
                volume: 100.0,
                version: Vec::new(),
            },
            voice: "cmn-latn-pinyin".into(),
            language: "zh-CN".into(),
            fastest: 1.9,
        });
        assert!(
            settings.starts_with(
                "GenericExecuteSynth \"printf %s \\'$DATA\\' | \\\"espeak-ng\\\" \\\"-v\\\" \
                 \\\"$VOICE\\\" \\\"-s\\\" \\\"$RATE\\\" \\\"-w\\\" \\\"$TINGBAO_SOUND\\\" \
                 2>\\\"$TINGBAO_SOUND.err\\\" || rm -f \\\"$TINGBAO_SOUND\\\"\"\n"
            ),
            "{settings}"
        );
        for line in ["GenericRateAdd 170\n", "GenericRateMultiply 153\n"] {
            assert!(settings.contains(line), "{line} in {settings}");
        }
    }
}
