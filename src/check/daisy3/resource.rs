//! The resource file.

use super::super::Report;
use super::super::grammar::{Content, Rule, conform};
use super::super::xml::{Document, text};
use super::clause;

/// Resource 2005-1.
const RULES: &[Rule] = &[
    ("resources", Content::Order("head? scope+"), "id version!"),
    ("head", Content::Some("meta"), ""),
    ("meta", Content::Empty, "name! content! scheme"),
    ("scope", Content::Some("nodeSet"), "id nsuri!"),
    ("nodeSet", Content::Some("resource"), "id! select!"),
    (
        "resource",
        Content::Order("text? audio? img?"),
        "id xml:lang!",
    ),
    ("text", Content::Text, "id dir"),
    ("audio", Content::Empty, "id src! clipBegin! clipEnd!"),
    ("img", Content::Empty, "id src!"),
];

const NAMESPACE: &str = "http://www.daisy.org/z3986/2005/resource/";
const PUBLIC_ID: &str = "-//NISO//DTD resource 2005-1//EN";
const NCX: &str = "http://www.daisy.org/z3986/2005/ncx/";

/// Checks the file by itself, and that every custom test of the navigation control file
/// is named in it.
pub fn check(document: &Document, ncxs: &[Document], report: &mut Report) {
    document.expect(
        "resources",
        NAMESPACE,
        &[PUBLIC_ID],
        clause::RESOURCE,
        report,
    );
    conform(document, RULES, clause::RESOURCE, report);
    document.ids(clause::RESOURCE, report);
    document.languages(clause::RESOURCE, report);
    if document.root().attribute("version") != Some("2005-1") {
        let message = "`version` must be `2005-1`";
        document.find(report, document.root(), clause::RESOURCE, message);
    }
    for resource in document.named("resource") {
        let sound = resource.children().any(|n| n.tag_name().name() == "audio");
        if text(resource).trim().is_empty() && !sound {
            let message = "the resource says nothing";
            document.find(report, resource, clause::RESOURCE, message);
        }
    }
    for test in ncxs.iter().flat_map(|ncx| ncx.named("smilCustomTest")) {
        let named = |name: &str| {
            let value = test.attribute(name)?;
            Some(format!("@{name}='{value}'"))
        };
        let wanted = [named("bookStruct"), named("id")];
        let found = (document.named("scope"))
            .filter(|scope| scope.attribute("nsuri") == Some(NCX))
            .flat_map(|scope| scope.descendants().filter_map(|n| n.attribute("select")))
            .any(|select| wanted.iter().flatten().any(|w| select.contains(w.as_str())));
        if !found {
            let id = test.attribute("id").unwrap_or_default();
            let message = format!("nothing says what the custom test `{id}` is called");
            report.file(document.file, clause::RESOURCE, message);
        }
    }
}
