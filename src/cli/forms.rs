//! The value of `--listener`.

use clap::ValueEnum;

use crate::diag::nearest;
use crate::model::Format;

/// Which forms of the listener's set are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms(pub Vec<Format>);

impl Forms {
    /// Those that editions have when nobody says: none without LAME.
    pub fn usual() -> Forms {
        Forms(match cfg!(feature = "mp3") {
            true => Format::USUAL.to_vec(),
            false => Vec::new(),
        })
    }
}

impl std::str::FromStr for Forms {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let one = |name: &str| {
            Format::from_str(name, true).map_err(|_| {
                let known: Vec<String> = (Format::value_variants().iter())
                    .filter_map(|f| Some(f.to_possible_value()?.get_name().to_string()))
                    .collect();
                let near = nearest(name, known.iter().map(String::as_str))
                    .map_or_else(String::new, |n| format!(", is `{n}` meant?"));
                format!(
                    "there is no form `{name}`{near} (known: {})",
                    known.join(", ")
                )
            })
        };
        let mut forms: Vec<Format> = match text {
            "usual" => Format::USUAL.to_vec(),
            "all" => Format::value_variants().to_vec(),
            "none" => Vec::new(),
            list => list
                .split(',')
                .map(|n| one(n.trim()))
                .collect::<Result<_, _>>()?,
        };
        forms.sort();
        forms.dedup();
        Ok(Forms(forms))
    }
}

/// The value of `--hotline`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Hotline {
    /// Files of 8 and of 16 kHz
    All,
    /// The same, and those of 16 kHz in G.722 too
    G722,
    /// Files of 8 kHz alone
    Narrow,
    /// The set is taken away
    None,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read() {
        let read = |text: &str| text.parse::<Forms>().map(|f| f.0);
        assert_eq!(read("usual").unwrap(), Format::USUAL);
        assert_eq!(read("all").unwrap(), Format::value_variants());
        assert_eq!(read("none").unwrap(), []);
        assert_eq!(read("usb, epub,usb").unwrap(), [Format::Epub, Format::Usb]);
        assert_eq!(
            read("epubb").unwrap_err(),
            "there is no form `epubb`, is `epub` meant? \
             (known: epub, daisy, player, podcast, usb, audiobook, opus, flac)"
        );
        assert!(read("").is_err());
    }
}
