//! `edition.json`, written and read. Its JSON Schema is
//! `schema/edition-1.schema.json`.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diag::{Fault, Result};
use crate::model::{EDITION_FORMAT, Edition};

/// The file's name in the edition's folder.
pub const INDEX_FILE: &str = "edition.json";

/// The index as it is written: UTF-8, two spaces of indentation, fields in the
/// order of the types, a line end at the end. Equal editions, equal bytes.
///
/// # Errors
/// None is known; what the serialiser says is passed on.
pub fn edition_json(edition: &Edition) -> Result<Vec<u8>> {
    super::json(INDEX_FILE, edition)
}

/// Reads an index. `format` is looked at before anything else, so that an
/// index of a later program is told apart from a damaged one.
///
/// # Errors
/// Bytes that are no JSON, a `format` that is missing, newer or unknown, and
/// fields that are missing or of a wrong type. The caller adds which file it
/// was.
pub fn read_edition(bytes: &[u8]) -> Result<Edition> {
    read_format(
        INDEX_FILE,
        "index of an edition",
        EDITION_FORMAT,
        BUILD_AGAIN,
        bytes,
    )
}

/// How what belongs to an edition is made anew.
pub const BUILD_AGAIN: &str = "build the edition again with `tingbao build`";

/// Reads a JSON file whose `format` is the `known` one; `what` it should
/// be, `again` is how it is made anew.
///
/// # Errors
/// As [`read_edition`].
pub(super) fn read_format<T: DeserializeOwned>(
    file: &str,
    what: &str,
    known: u32,
    again: &str,
    bytes: &[u8],
) -> Result<T> {
    let damaged = |why: String| Fault::new(format!("{file} cannot be read: {why}")).help(again);
    let value: Value =
        serde_json::from_slice(bytes).map_err(|e| damaged(format!("it is no JSON, {e}")))?;
    let Some(format) = value.get("format") else {
        return Err(damaged(format!("it has no `format` and so is no {what}")));
    };
    match format.as_u64() {
        Some(format) if format == u64::from(known) => {}
        Some(newer) if newer > u64::from(known) => {
            return Err(Fault::new(format!(
                "{file} has format {newer}, this program knows formats up to {known}"
            ))
            .help(format!(
                "use a newer tingbao, or {again}{}",
                made_by(&value)
            )));
        }
        _ => {
            return Err(damaged(format!("its `format` is {format}, not {known}")));
        }
    }
    serde_json::from_value(value).map_err(|e| damaged(e.to_string()))
}

/// Which program wrote it, when it says so.
fn made_by(index: &Value) -> String {
    index
        .get("generator")
        .and_then(Value::as_str)
        .map_or_else(String::new, |g| format!(" (it was made by {g})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::edition;

    #[test]
    fn what_is_written_is_read_again() {
        let edition = edition();
        let bytes = edition_json(&edition).unwrap();
        assert!(bytes.starts_with(b"{\n  \"format\": 1,\n  \"generator\""));
        assert!(bytes.ends_with(b"\n}\n"));
        assert_eq!(read_edition(&bytes).unwrap(), edition);
        assert_eq!(edition_json(&read_edition(&bytes).unwrap()).unwrap(), bytes);
    }

    #[test]
    fn a_newer_index_is_refused_as_newer() {
        let said = |text: &str| read_edition(text.as_bytes()).unwrap_err().to_string();
        assert_eq!(
            said(r#"{"format": 2, "generator": "tingbao 3.0.0", "chapters": 7}"#),
            "error: edition.json has format 2, this program knows formats up to 1\n  \
             help: use a newer tingbao, or build the edition again with `tingbao build` \
             (it was made by tingbao 3.0.0)"
        );
        assert_eq!(
            said(r#"{"generator": "x"}"#),
            "error: edition.json cannot be read: it has no `format` and so is no index of an \
             edition\n  help: build the edition again with `tingbao build`"
        );
        assert!(said(r#"{"format": 0}"#).contains("its `format` is 0, not 1"));
        assert!(said(r#"{"format": "1"}"#).contains("its `format` is \"1\", not 1"));
        assert!(said("[1, 2").contains("it is no JSON, EOF"));
        assert!(said("{}").contains("no `format`"));
        assert!(said(r#"{"format": 1}"#).contains("missing field `generator`"));
    }

    #[test]
    fn a_cut_index_is_never_read() {
        let bytes = edition_json(&edition()).unwrap();
        for n in (0..bytes.len() - 2).step_by(97) {
            assert!(read_edition(&bytes[..n]).is_err());
        }
    }
}
