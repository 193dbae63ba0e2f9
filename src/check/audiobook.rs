//! An audiobook: the manifests of Readium and of the W3C.

use serde_json::Value;

use super::{File, Files, Finding, Report};

const READIUM: &str = "Readium Web Publication Manifest and Audiobook Profile";
const W3C: &str = "W3C Audiobooks, 4";
/// So much longer a file may be than its sound, in seconds: encoders end with whole
/// frames.
const PADDING: f64 = 0.12;
/// Manifests tell whole milliseconds.
const NEAR: f64 = 0.002;

/// What is wrong with the files of an audiobook.
pub fn audiobook(files: &Files) -> Vec<Finding> {
    let mut report = Report::default();
    if let Some(manifest) = json(files, "manifest.json", READIUM, &mut report) {
        let metadata = &manifest["metadata"];
        if metadata["conformsTo"] != "https://readium.org/webpub-manifest/profiles/audiobook" {
            report.file(
                "manifest.json",
                READIUM,
                "it does not conform to the audiobook profile",
            );
        }
        for wanted in ["title", "identifier", "language"] {
            if metadata[wanted].as_str().is_none_or(str::is_empty)
                && !metadata[wanted].is_array()
                && !metadata[wanted].is_object()
            {
                report.file("manifest.json", READIUM, format!("it has no `{wanted}`"));
            }
        }
        let told = metadata["duration"].as_f64();
        let sum = order(
            files,
            "manifest.json",
            &manifest["readingOrder"],
            READIUM,
            &mut report,
        );
        total("manifest.json", told, sum, READIUM, &mut report);
        for resource in manifest["resources"].as_array().into_iter().flatten() {
            let href = resource["href"].as_str().unwrap_or_default();
            if files.get(href).is_none() {
                report.file("manifest.json", READIUM, format!("`{href}` is missing"));
            }
        }
    }
    if files.get("publication.json").is_some()
        && let Some(manifest) = json(files, "publication.json", W3C, &mut report)
    {
        let told = manifest["duration"].as_str().and_then(seconds);
        let sum = order(
            files,
            "publication.json",
            &manifest["readingOrder"],
            W3C,
            &mut report,
        );
        total("publication.json", told, sum, W3C, &mut report);
    }
    report.sorted()
}

fn json(files: &Files, name: &str, clause: &'static str, report: &mut Report) -> Option<Value> {
    let Some(File::Document(bytes)) = files.get(name) else {
        report.file(name, clause, "the manifest is missing");
        return None;
    };
    serde_json::from_slice(bytes)
        .map_err(|e| report.file(name, clause, format!("it is no JSON: {e}")))
        .ok()
}

/// The sounds in order; how long they last together, in seconds.
fn order(
    files: &Files,
    name: &str,
    order: &Value,
    clause: &'static str,
    report: &mut Report,
) -> f64 {
    let items = order.as_array().map_or(&[][..], |a| a);
    if items.is_empty() {
        report.file(name, clause, "the reading order is empty");
    }
    let mut sum = 0.0;
    for item in items {
        let href = item["href"]
            .as_str()
            .or(item["url"].as_str())
            .unwrap_or_default();
        let told = match &item["duration"] {
            Value::String(text) => seconds(text),
            number => number.as_f64(),
        };
        let Some(File::Sound { duration, .. }) = files.get(href) else {
            report.file(name, clause, format!("`{href}` is missing or no sound"));
            continue;
        };
        let length = *duration as f64 / 1000.0;
        match told {
            None => report.file(name, clause, format!("`{href}` has no duration")),
            Some(told) if told > length + NEAR || told + PADDING < length => {
                let message = format!("`{href}` is said to last {told} s, it lasts {length} s");
                report.file(name, clause, message);
            }
            Some(_) => {}
        }
        sum += told.unwrap_or_default();
    }
    sum
}

fn total(name: &str, told: Option<f64>, sum: f64, clause: &'static str, report: &mut Report) {
    match told {
        None => report.file(name, clause, "the whole has no duration"),
        Some(told) if (told - sum).abs() > 1.0 => {
            let message = format!("the whole is said to last {told} s, its parts last {sum:.3} s");
            report.file(name, clause, message);
        }
        Some(_) => {}
    }
}

/// An ISO 8601 duration of hours, minutes and seconds: `PT11M3.5S`.
fn seconds(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix("PT")?;
    let mut sum = 0.0;
    for (unit, factor) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            sum += number.parse::<f64>().ok()? * factor;
            rest = after;
        }
    }
    rest.is_empty().then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read() {
        assert_eq!(seconds("PT1H2M3.5S"), Some(3723.5));
        assert_eq!(seconds("PT11M"), Some(660.0));
        assert_eq!(seconds("11M"), None);
        assert_eq!(seconds("PT5X"), None);
    }
}
