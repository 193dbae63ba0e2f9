//! The table `[podcast]` of `issue.toml`.

use super::escape::toml;
use super::fields::{Fields, Found, Mistakes, Refusal};
use crate::diag::nearest;
use crate::model::{Category, Email, Podcast, WebAddress};

/// Reads the table; none is a podcast without a base address, which is none.
pub(super) fn podcast(f: &mut Fields<'_>, m: &mut Mistakes) -> Podcast {
    let Some(mut t) = f.table("podcast", m) else {
        return Podcast::default();
    };
    let podcast = Podcast {
        base: t.take("base", m, address),
        feed: t.string("feed", m),
        title: t.string("title", m),
        author: t.string("author", m),
        email: t.take("email", m, email),
        description: t.string("description", m),
        site: t.take("site", m, address),
        category: t.take("category", m, category).unwrap_or_default(),
        per_article: t.take("per_article", m, Found::boolean).unwrap_or_default(),
    };
    t.finish(m, &[]);
    podcast
}

/// The keys written again, for a folder that is written.
pub(super) fn written(podcast: &Podcast) -> String {
    if *podcast == Podcast::default() {
        return String::new();
    }
    let mut out = String::from("\n[podcast]\n");
    let mut line = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            out.push_str(&format!("{key} = {}\n", toml(value)));
        }
    };
    line("base", podcast.base.as_ref().map(WebAddress::as_str));
    line("feed", podcast.feed.as_deref());
    line("title", podcast.title.as_deref());
    line("author", podcast.author.as_deref());
    line("email", podcast.email.as_ref().map(Email::as_str));
    line("description", podcast.description.as_deref());
    line("site", podcast.site.as_ref().map(WebAddress::as_str));
    if podcast.category != Category::default() {
        line("category", Some(podcast.category.name()));
    }
    if podcast.per_article {
        out.push_str("per_article = true\n");
    }
    out
}

fn address(v: &Found<'_>) -> Result<WebAddress, Refusal> {
    let text = v.string()?;
    WebAddress::parse(&text).map_err(|why| {
        (
            format!("`{}` is `{text}`, which {why}", v.key),
            Some("write the whole address, such as `https://news.example.org/audio/`".to_string()),
        )
    })
}

fn email(v: &Found<'_>) -> Result<Email, Refusal> {
    let text = v.string()?;
    Email::parse(&text).map_err(|why| (format!("`{}` is `{text}`, which {why}", v.key), None))
}

fn category(v: &Found<'_>) -> Result<Category, Refusal> {
    let text = v.string()?;
    Category::named(&text).ok_or_else(|| {
        let help = match nearest(&text, Category::names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "write one of Apple's podcast categories, such as `News` or `Daily News`".into()
            }
        };
        (
            format!("`{}` is `{text}`, which directories do not know", v.key),
            Some(help),
        )
    })
}
