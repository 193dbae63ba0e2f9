//! A feed gains episodes and keeps all that it had.

use proptest::prelude::*;

use super::*;
use crate::export::Book;
use crate::export::sample::edition;
use crate::model::{Podcast, WebAddress};

fn show() -> Show {
    let edition = edition();
    let base = WebAddress::parse("https://news.example.org/").unwrap();
    Show::new(&Book::new(&edition), &Podcast::default(), &base).unwrap()
}

fn episode(guid: &str, date: Option<&str>) -> Episode {
    let day = date.map(|d| super::super::date::rfc2822(d, 0, 0).unwrap());
    let stamp = day.as_ref().map(|d| format!("<pubDate>{d}</pubDate>"));
    Episode {
        guid: guid.into(),
        title: guid.into(),
        item: format!(
            "<item>\n      <title>{guid}</title>\n      <guid isPermaLink=\"false\">{guid}</guid>{}\n    </item>",
            stamp.unwrap_or_default()
        ),
        date: day,
    }
}

fn updated(before: Option<&str>, episodes: &[Episode]) -> String {
    let bytes = before.map(str::as_bytes);
    let after = update(bytes, "feed.xml", &show(), episodes).unwrap();
    String::from_utf8(after.value).unwrap()
}

fn refused(before: &str) -> String {
    let one = [episode("one", Some("2026-11-24"))];
    let fault = update(Some(before.as_bytes()), "feed.xml", &show(), &one).unwrap_err();
    fault.to_string()
}

fn guids(feed: &str) -> Vec<String> {
    let document = Document::parse(feed).unwrap();
    let feed = Feed::read(&document, "feed.xml").unwrap();
    feed.items
        .iter()
        .map(|i| i.guid.unwrap_or("-").to_string())
        .collect()
}

#[test]
fn the_newest_comes_first() {
    let feed = updated(None, &[episode("b", Some("2026-11-17"))]);
    let feed = updated(Some(&feed), &[episode("a", Some("2026-11-10"))]);
    let feed = updated(Some(&feed), &[episode("d", Some("2026-12-01"))]);
    let feed = updated(Some(&feed), &[episode("c", Some("2026-11-24"))]);
    assert_eq!(guids(&feed), ["d", "c", "b", "a"]);
    assert!(feed.contains("<pubDate>Tue, 01 Dec 2026 00:00:00 +0000</pubDate>\n    <generator>"));
    let again = updated(Some(&feed), &[episode("c", Some("2026-11-24"))]);
    assert_eq!(again, feed);
    // A date set right moves its episode; nothing else does.
    let feed = updated(Some(&feed), &[episode("c", Some("2026-11-01"))]);
    assert_eq!(guids(&feed), ["d", "b", "a", "c"]);
    let feed = updated(Some(&feed), &[episode("c", Some("2026-11-24"))]);
    assert_eq!(feed, again);
    let feed = updated(Some(&feed), &[episode("undated", None)]);
    assert_eq!(guids(&feed), ["undated", "d", "c", "b", "a"]);
}

/// A feed that a desk has worked on, with other programs too.
const WORKED_ON: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<!-- by hand -->
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"
     xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
  <channel><title>梧桐里社区报</title>
    <link>http://old.example.org/</link><description>old</description>
    <!-- ask 老周 before changing this -->
    <webMaster>a@b.org (老周)</webMaster>
    <lastBuildDate>Mon, 01 Jan 2024 00:00:00 GMT</lastBuildDate>
    <p:guid xmlns:p="https://podcastindex.org/namespace/1.0">9b024349-ccf0-5f69-a609-6b82873eab3c</p:guid>
    <item>
        <title>一</title><guid>https://old.example.org/1</guid>
        <pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate>
        <dc:creator><![CDATA[<周> & 陈]]></dc:creator>
        <x:more xmlns:x="urn:x"  a='1'/>
    </item>
    <item><title>no guid &#x26; no date</title></item>

  </channel>
</rss>
<!-- end -->
"#;

#[test]
fn what_is_not_ours_is_kept_as_it_is() {
    let feed = updated(Some(WORKED_ON), &[episode("new", Some("2026-11-24"))]);
    assert_eq!(guids(&feed), ["new", "https://old.example.org/1", "-"]);
    for kept in [
        "<!-- by hand -->\n<rss ",
        "<!-- ask 老周 before changing this -->\n    <webMaster>a@b.org (老周)</webMaster>",
        "    <item>\n        <title>一</title><guid>https://old.example.org/1</guid>\n        \
         <pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate>\n        \
         <dc:creator><![CDATA[<周> & 陈]]></dc:creator>\n        \
         <x:more xmlns:x=\"urn:x\"  a='1'/>\n    </item>\n    \
         <item><title>no guid &#x26; no date</title></item>\n\n  </channel>\n</rss>\n<!-- end -->\n",
    ] {
        assert!(feed.contains(kept), "{kept}\n---\n{feed}");
    }
    // What is ours is as it is now, once each; but the podcast keeps its name.
    assert!(feed.contains("<link>https://news.example.org/</link>"));
    for gone in ["old.example.org/<", ">old<", "lastBuildDate", "<p:guid"] {
        assert!(!feed.contains(gone), "{gone}");
    }
    assert!(feed.contains("<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>"));
    assert_eq!(feed.matches("xmlns:podcast=").count(), 1);
    assert_eq!(feed.matches("xmlns:itunes=").count(), 1);
    let again = updated(Some(&feed), &[episode("new", Some("2026-11-24"))]);
    assert_eq!(again, feed);
}

#[test]
fn damaged_feeds_are_refused() {
    let whole = updated(None, &[episode("one", Some("2026-11-24"))]);
    let cases = [
        ("", "it is empty"),
        (" \n", "it is empty"),
        ("<html></html>", "it is no RSS 2.0"),
        ("<rss version=\"0.91\"><channel/></rss>", "it is no RSS 2.0"),
        ("<rss version=\"2.0\"/>", "it has not one channel"),
        (
            "<rss version=\"2.0\"><channel/></rss>",
            "its channel is empty",
        ),
        (
            "<rss version=\"2.0\"><channel>a</channel><channel>b</channel></rss>",
            "not one channel",
        ),
        (&whole[..whole.len() / 2], "it is no XML"),
        (
            "<!DOCTYPE rss [<!ENTITY a \"b\">]><rss version=\"2.0\"><channel>&a;</channel></rss>",
            "it is no XML",
        ),
        (
            "<?xml version=\"1.0\" encoding=\"GBK\"?><rss version=\"2.0\"><channel> </channel></rss>",
            "not in UTF-8",
        ),
        (
            "<rss version=\"2.0\" xmlns:itunes=\"urn:other\"><channel> </channel></rss>",
            "its prefix `itunes` does not mean",
        ),
        (
            "<rss version=\"2.0\"><channel><item><guid>1</guid></item><item><guid> 1 </guid></item></channel></rss>",
            "two of its episodes have the guid `1`",
        ),
    ];
    for (feed, why) in cases {
        let said = refused(feed);
        assert!(
            said.contains(why) && said.contains("it was left as it is"),
            "{feed}: {said}"
        );
    }
    let one = [episode("one", None)];
    let said = update(Some(b"<rss\xFF"), "feed.xml", &show(), &one)
        .unwrap_err()
        .to_string();
    assert!(said.contains("it is not in UTF-8"));
    let other = whole.replace("<title>梧桐里社区报</title>", "<title>荷湾社区报</title>");
    let said = refused(&other);
    assert!(
        said.contains("`荷湾社区报`, not of `梧桐里社区报`"),
        "{said}"
    );
}

#[test]
fn episodes_that_are_made_no_more_stay_and_are_told() {
    let made = [
        episode("urn:uuid:1", Some("2026-11-24")),
        episode("urn:uuid:1#a", Some("2026-11-24")),
        episode("urn:uuid:2#a", Some("2026-11-17")),
    ];
    let feed = updated(None, &made);
    let after = update(Some(feed.as_bytes()), "feed.xml", &show(), &made[..1]).unwrap();
    assert_eq!(after.value, feed.as_bytes());
    assert_eq!(after.notes.len(), 1);
    assert!(after.notes[0].message.contains("`urn:uuid:1#a`"));
}

#[test]
fn a_cut_feed_is_never_taken_for_whole() {
    let feed = updated(Some(WORKED_ON), &[episode("one", Some("2026-11-24"))]);
    let end = feed.rfind("</rss>").unwrap();
    for cut in (0..end).step_by(7) {
        let before = Some(&feed.as_bytes()[..cut]);
        assert!(update(before, "feed.xml", &show(), &[]).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_episode_is_lost_in_any_order(steps in proptest::collection::vec((0..12u32, 1..28u32), 1..24)) {
        let mut feed = None;
        let mut known = std::collections::BTreeSet::new();
        for (guid, day) in steps {
            let date = format!("2026-11-{day:02}");
            let new = [episode(&format!("g{guid}"), Some(&date)), episode(&format!("g{guid}#a"), Some(&date))];
            known.extend(new.iter().map(|e| e.guid.clone()));
            let after = updated(feed.as_deref(), &new);
            prop_assert_eq!(&updated(Some(&after), &new), &after);
            let has = guids(&after);
            prop_assert_eq!(has.len(), known.len());
            prop_assert!(has.iter().all(|g| known.contains(g)));
            let document = Document::parse(&after).unwrap();
            let dates: Vec<_> = Feed::read(&document, "").unwrap().items.iter()
                .map(|i| std::cmp::Reverse(i.date.and_then(instant))).collect();
            prop_assert!(dates.is_sorted());
            feed = Some(after);
        }
    }
}
