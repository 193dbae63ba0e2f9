//! What the head of a page, and the lines around its headline, say.
//!
//! Names are those of the Open Graph protocol (<https://ogp.me/>), of
//! schema.org, and of Chinese public bodies' web sites (国办发〔2017〕47号,
//! annex 网页标签规范: `SiteName`, `ArticleTitle`, `PubDate`, `Author`).

use super::super::dom::Dom;
use super::super::info::day;
use super::super::tidy::tidy;
use super::main_text::Asides;
use crate::model::Masthead;

/// What a page says of its article.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Meta {
    pub kicker: Option<String>,
    pub headline: Option<String>,
    pub subhead: Option<String>,
    pub byline: Option<String>,
    site: Option<String>,
    date: Option<String>,
}

impl Meta {
    /// Reads the page's head and the elements that say what they are.
    pub fn of(dom: &Dom, asides: &Asides) -> Meta {
        let site = meta(dom, &["og:site_name", "SiteName", "application-name"]);
        let date = meta(
            dom,
            &[
                "article:published_time",
                "PubDate",
                "datePublished",
                "pubdate",
                "publishdate",
                "date",
            ],
        )
        .or_else(|| property(dom, asides, &["datePublished"], &[]))
        .or_else(|| {
            let mut times = dom.named(dom.root(), "time");
            times.find_map(|t| Some(dom.attr(t, "datetime")?.to_string()))
        });
        Meta {
            kicker: property(
                dom,
                asides,
                &[],
                &["kicker", "pretitle", "yinti", "introtitle"],
            ),
            headline: headline(dom, asides, site.as_deref()),
            subhead: property(
                dom,
                asides,
                &["alternativeHeadline"],
                &[
                    "subtitle",
                    "sub-title",
                    "subhead",
                    "deck",
                    "futi",
                    "fubiaoti",
                ],
            ),
            byline: property(dom, asides, &["author"], &["byline", "author"])
                .or_else(|| meta(dom, &["author", "article:author"]))
                .and_then(|by| byline(&by)),
            date: date.and_then(|d| day(&d)),
            site,
        }
    }

    /// Paper and day.
    pub fn masthead(&self) -> Masthead {
        Masthead {
            paper: self.site.clone().unwrap_or_default(),
            date: self.date.clone(),
            ..Masthead::default()
        }
    }
}

/// The first of these `<meta>` that says something.
fn meta(dom: &Dom, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        dom.named(dom.root(), "meta")
            .filter(|id| {
                let named = ["name", "property", "itemprop"].map(|a| dom.attr(*id, a));
                named
                    .into_iter()
                    .flatten()
                    .any(|n| n.eq_ignore_ascii_case(name))
            })
            .find_map(|id| some(tidy(dom.attr(id, "content")?)))
    })
}

/// The text of the first element of such an `itemprop`, `rel` or class.
fn property(dom: &Dom, asides: &Asides, props: &[&str], classes: &[&str]) -> Option<String> {
    dom.below(dom.root())
        .filter(|id| {
            let named = [dom.attr(*id, "itemprop"), dom.attr(*id, "rel")];
            named.into_iter().flatten().any(|n| props.contains(&n))
                || classes.iter().any(|c| dom.has_class(*id, c))
        })
        .filter(|id| !asides.holds(*id))
        .find_map(|id| {
            let said = dom.attr(id, "content").map(str::to_string);
            some(tidy(&said.unwrap_or_else(|| dom.text_below(id))))
        })
        // What is longer is no line above an article.
        .filter(|text| text.chars().count() <= 60)
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|t| !t.is_empty())
}

/// The headline: the `<h1>` that the title or the head of the page repeats, the
/// only `<h1>`, what the head says, the title without the site's name.
fn headline(dom: &Dom, asides: &Asides, site: Option<&str>) -> Option<String> {
    let told = meta(dom, &["ArticleTitle", "og:title", "twitter:title"]);
    let title = dom.named(dom.root(), "title").next();
    let title = title.and_then(|id| some(tidy(&dom.text_below(id))));
    let headings: Vec<String> = dom
        .named(dom.root(), "h1")
        .filter(|id| !asides.holds(*id))
        .filter_map(|id| some(tidy(&dom.text_below(id))))
        .filter(|h| Some(h.as_str()) != site)
        .collect();
    let squeezed = |t: &str| t.split_whitespace().collect::<String>();
    let repeated = |h: &&String| {
        let h = squeezed(h);
        [&told, &title]
            .into_iter()
            .flatten()
            .any(|t| squeezed(t).contains(&h))
    };
    let one = match headings.as_slice() {
        [one] => Some(one),
        _ => None,
    };
    headings
        .iter()
        .find(repeated)
        .or(one)
        .cloned()
        .or_else(|| told.map(|t| without_site(&t, site)))
        .or_else(|| title.map(|t| without_site(&t, site)))
}

/// `题目_荷湾社区报` → `题目`.
fn without_site(title: &str, site: Option<&str>) -> String {
    if let Some(site) = site
        && let Some(rest) = title.strip_suffix(site)
    {
        return rest
            .trim_end_matches([' ', '_', '-', '|', '–', '—', '·'])
            .to_string();
    }
    let parts = title.split(['_', '|', '｜']).flat_map(|p| p.split(" - "));
    let first = parts.map(str::trim).find(|p| p.chars().count() >= 4);
    first.unwrap_or(title).to_string()
}

/// A writer as a page names one: without the label before it, and none when it
/// is the site itself or an address.
fn byline(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = ["作者：", "作者:", "撰稿：", "文/"]
        .iter()
        .find_map(|l| text.strip_prefix(l));
    some(bare.unwrap_or(text).trim().to_string())
        .filter(|t| !t.contains("://") && !matches!(t.as_str(), "admin" | "管理员"))
}
