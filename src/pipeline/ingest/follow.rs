//! Which article of the pages is which of those written last time, though its
//! number or headline, and with them the name of its file, may have changed.

use std::collections::HashMap;

use super::record::{ARTICLES, Record, Written};
use crate::folder::FolderFile;

/// How alike two texts have to be to be one article (Sørensen–Dice over pairs
/// of characters).
const ALIKE: f64 = 0.5;
/// More pairs than this are not compared, …
const MOST_PAIRS: usize = 2_500;
/// … nor are texts of more bytes.
const LONGEST: usize = 100_000;

/// For each wanted file the path of the recorded one that it is, if any: the
/// same text, else the most alike, else the same path. Files other than
/// articles are the same when their paths are.
pub fn follow<'a>(wanted: &[FolderFile], record: &'a Record) -> Vec<Option<&'a str>> {
    let mut pairs = Pairs {
        wanted,
        found: vec![None; wanted.len()],
        left: (record.iter()).map(|(p, w)| (p.as_str(), w)).collect(),
    };
    pairs.take(|file, path, written| file.path == path && written.is(&file.bytes));
    pairs.take(|file, path, written| {
        is_article(&file.path) && is_article(path) && written.is(&file.bytes)
    });
    pairs.take_alike();
    pairs.take(|file, path, _| file.path == path);
    pairs.found
}

fn is_article(path: &str) -> bool {
    path.starts_with(ARTICLES)
}

struct Pairs<'w, 'a> {
    wanted: &'w [FolderFile],
    /// What is found for each of them.
    found: Vec<Option<&'a str>>,
    /// The recorded files that are still nobody's.
    left: Vec<(&'a str, &'a Written)>,
}

impl Pairs<'_, '_> {
    /// Pairs what is the same file by this test, in order.
    fn take(&mut self, same: impl Fn(&FolderFile, &str, &Written) -> bool) {
        for (found, file) in self.found.iter_mut().zip(self.wanted) {
            if found.is_none()
                && let Some(i) = (self.left.iter()).position(|(p, w)| same(file, p, w))
            {
                *found = Some(self.left.remove(i).0);
            }
        }
    }

    /// Pairs articles whose texts are alike, the most alike first.
    fn take_alike(&mut self) {
        let new: Vec<(usize, &str)> = (self.wanted.iter().enumerate())
            .filter(|(i, file)| self.found[*i].is_none() && is_article(&file.path))
            .filter_map(|(i, file)| Some((i, short(std::str::from_utf8(&file.bytes).ok()?)?)))
            .collect();
        let old: Vec<(&str, &str)> = (self.left.iter())
            .filter(|(path, _)| is_article(path))
            .filter_map(|(path, written)| Some((*path, short(written.text()?)?)))
            .collect();
        if new.len() * old.len() > MOST_PAIRS {
            return;
        }
        let old: Vec<_> = old
            .iter()
            .map(|(path, text)| (*path, couples(text)))
            .collect();
        let mut alike: Vec<(f64, usize, &str)> = Vec::new();
        for (i, text) in &new {
            let text = couples(text);
            for (path, before) in &old {
                let score = likeness(&text, before);
                if score >= ALIKE {
                    alike.push((score, *i, path));
                }
            }
        }
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, i, path) in alike {
            let Some(at) = self.left.iter().position(|(p, _)| *p == path) else {
                continue;
            };
            if self.found[i].is_none() {
                self.found[i] = Some(self.left.remove(at).0);
            }
        }
    }
}

/// The body of an article: what stands in every head would make all alike.
fn short(article: &str) -> Option<&str> {
    let body = article.splitn(3, "+++\n").nth(2).unwrap_or(article);
    (body.len() <= LONGEST).then_some(body)
}

/// The pairs of neighbouring characters of a text, and how often each is there.
fn couples(text: &str) -> HashMap<(char, char), usize> {
    let chars = || text.chars().filter(|c| !c.is_whitespace());
    let mut couples = HashMap::new();
    for couple in chars().zip(chars().skip(1)) {
        *couples.entry(couple).or_insert(0) += 1;
    }
    couples
}

/// From 0 to 1. (`strsim` has this too, but divides characters by bytes, and no
/// two Chinese texts are alike by that.)
fn likeness(a: &HashMap<(char, char), usize>, b: &HashMap<(char, char), usize>) -> f64 {
    let all: usize = a.values().chain(b.values()).sum();
    let both: usize = (a.iter())
        .map(|(couple, n)| (*n).min(b.get(couple).copied().unwrap_or(0)))
        .sum();
    2.0 * both as f64 / all.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, body: &str) -> FolderFile {
        FolderFile {
            path: path.into(),
            bytes: format!("+++\nheadline = \"题\"\nkind = \"news\"\n+++\n\n{body}\n").into_bytes(),
        }
    }

    fn followed<'a>(
        before: &[FolderFile],
        wanted: &'a [FolderFile],
    ) -> Vec<(&'a str, Option<String>)> {
        let record: Record = before
            .iter()
            .map(|f| (f.path.clone(), Written::of(&f.path, &f.bytes)))
            .collect();
        let found = follow(wanted, &record);
        wanted
            .iter()
            .zip(found)
            .map(|(f, found)| (f.path.as_str(), found.map(String::from)))
            .collect()
    }

    #[test]
    fn articles_are_known_by_what_they_say() {
        let (lamps, canteen) = (
            "小区里的新路灯第一次亮了起来。",
            "社区食堂昨天开张，菜很多。",
        );
        let before = [
            file("articles/01-路灯.md", lamps),
            file("articles/02-食堂.md", canteen),
        ];
        let wanted = [
            file("articles/01-喜讯.md", "完全是另一件事情，谁也没有想到。"),
            file("articles/02-路灯.md", lamps),
            file("articles/03-新食堂.md", "社区食堂昨天开张，菜非常多。"),
        ];
        assert_eq!(
            followed(&before, &wanted),
            [
                ("articles/01-喜讯.md", None),
                ("articles/02-路灯.md", Some("articles/01-路灯.md".into())),
                ("articles/03-新食堂.md", Some("articles/02-食堂.md".into())),
            ]
        );
    }

    #[test]
    fn equal_texts_keep_their_own_names_and_the_rest_go_by_name() {
        let before = [
            file("articles/03-广告.md", "酒家"),
            file("articles/05-广告.md", "酒家"),
            file("articles/06-通知.md", "停水三天"),
            file("issue.toml", ""),
        ];
        let wanted = [
            file("articles/05-广告.md", "酒家"),
            file("articles/06-通知.md", "恢复供电"),
            file("articles/07-广告.md", "酒家"),
            file("issue.toml", "x"),
        ];
        let found = followed(&before, &wanted);
        let own = |i: usize| (wanted[i].path.as_str(), Some(wanted[i].path.clone()));
        assert_eq!(found[0], own(0));
        assert_eq!(found[1], own(1));
        assert_eq!(found[2].1.as_deref(), Some("articles/03-广告.md"));
        assert_eq!(found[3], own(3));
    }
}
