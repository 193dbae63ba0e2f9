//! Pages of the paper (EPUB Accessibility 1.1, 3.4.1): where each begins is marked, the
//! page list leads to every mark in the order of the text, and the package says so.

use roxmltree::Node;

use super::super::xml::{Document, text};
use super::super::{Files, Report};
use super::{PACKAGE, beside, document, has};

const PAGES: &str = "EPUB Accessibility 1.1, 3.4.1: page navigation";
/// The namespace of `epub:type`.
const OPS: &str = "http://www.idpf.org/2007/ops";
/// What the package tells of pages that are marked and listed.
const FEATURES: [&str; 2] = ["pageBreakMarkers", "pageNavigation"];

/// Checks the marks in the documents of the spine, the page list of the navigation
/// document, and the metadata of the package against one another.
pub fn check(files: &Files, package: &Document, spine: &[String], report: &mut Report) {
    let mut marks: Vec<String> = Vec::new();
    for path in spine {
        let mut seen = Report::default();
        let Some(page) = document(files, path, PACKAGE, &mut seen) else {
            continue;
        };
        for node in page.elements().filter(|n| is_mark(*n)) {
            let named = ["aria-label", "title"].map(|name| node.attribute(name));
            let named = named.into_iter().flatten().any(|n| !n.trim().is_empty());
            if !named && text(node).trim().is_empty() {
                page.find(report, node, PAGES, "a page begins here that has no name");
            }
            match node.attribute("id") {
                Some(id) => marks.push(format!("{path}#{id}")),
                None => page.find(report, node, PAGES, "the mark of a page has no `id`"),
            }
        }
    }
    let listed = list(files, package, report);
    if listed != marks {
        let message = format!(
            "the page list leads to {} places, not in order to the {} marks of pages",
            listed.len(),
            marks.len()
        );
        report.file(package.file, PAGES, message);
    }
    let told = |property: &str, value: Option<&str>| {
        (package.named("meta")).any(|n| {
            n.attribute("property") == Some(property)
                && value.is_none_or(|value| text(n).trim() == value)
        })
    };
    for feature in FEATURES {
        if told("schema:accessibilityFeature", Some(feature)) == marks.is_empty() {
            let message = match marks.is_empty() {
                true => format!("`{feature}` is told, but no page is marked"),
                false => format!("pages are marked, but `{feature}` is not told"),
            };
            report.file(package.file, PAGES, message);
        }
    }
    if !marks.is_empty() && !told("pageBreakSource", None) {
        let message = "pages are marked, but `pageBreakSource` does not say of what";
        report.file(package.file, PAGES, message);
    }
}

fn is_mark(node: Node) -> bool {
    let kind = node.attribute((OPS, "type")).unwrap_or_default();
    has(node, "role", "doc-pagebreak") || kind.split_whitespace().any(|w| w == "pagebreak")
}

/// Where the page list leads, as paths of the container with fragments.
fn list(files: &Files, package: &Document, report: &mut Report) -> Vec<String> {
    let nav = (package.named("item")).find(|n| has(*n, "properties", "nav"));
    let Some(href) = nav.and_then(|n| n.attribute("href")) else {
        return Vec::new();
    };
    let path = beside(package.file, href);
    let mut seen = Report::default();
    let Some(nav) = document(files, &path, PACKAGE, &mut seen) else {
        return Vec::new();
    };
    let lists: Vec<Node> = (nav.named("nav"))
        .filter(|n| n.attribute((OPS, "type")) == Some("page-list"))
        .collect();
    if let [_, second, ..] = lists[..] {
        nav.find(report, second, PAGES, "there is more than one page list");
    }
    let links = lists.iter().flat_map(|list| list.descendants());
    let hrefs = links.filter_map(|n| n.attribute("href"));
    hrefs
        .map(|href| {
            let id = href.split_once('#').map_or("", |(_, id)| id);
            format!("{}#{id}", beside(&path, href))
        })
        .collect()
}
