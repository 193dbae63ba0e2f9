//! A small page of our own invention for the tests of the reports: edits,
//! doubts and what an untrusted page may try.

use super::Review;
use crate::diag::{Diagnostic, Place};
use crate::model::{
    Article, ArticleKind, Block, BlockKind, Edit, Issue, Masthead, PageText, SourceText,
};

/// The page as read.
pub struct Sample {
    /// The issue.
    pub issue: Issue,
    /// One edit that was made and one that was not.
    pub edits: Vec<Edit>,
    /// Those told again, and more.
    pub notes: Vec<Diagnostic>,
    /// The page.
    pub pages: Vec<PageText>,
}

impl Sample {
    /// The sample.
    pub fn new() -> Self {
        let edit = |line, col, wrong, right, confidence, reason: &str, applied| Edit {
            file: "p.txt".into(),
            line,
            col,
            wrong,
            right,
            confidence,
            reason: reason.into(),
            candidates: vec![right],
            applied,
        };
        let mut edits = vec![
            edit(3, 4, '丁', '工', 0.996, "`工人` is far likelier", true),
            edit(
                4,
                2,
                '力',
                '为',
                0.71,
                "the page says `为` elsewhere",
                false,
            ),
        ];
        edits[1].candidates.push('刀');
        let mut notes: Vec<Diagnostic> = edits.iter().map(Edit::told).collect();
        notes.extend([
            Diagnostic::doubt(Some(Place::new("p.txt", 5, 3)), "the paragraph breaks off")
                .help("look at the printed page"),
            Diagnostic::doubt(Some(Place::file("p.txt")), "this page says <another> date"),
            Diagnostic::note(None, "worth knowing"),
        ]);
        let mut body = SourceText::at("老闵行的工人新村", Place::new("p.txt", 3, 0));
        for (i, c) in "以力民服务 & <b>".chars().enumerate() {
            body.push(c, 4, i as u32 + 1);
        }
        let issue = Issue {
            masthead: Masthead {
                paper: "荷湾社区报".into(),
                ..Masthead::default()
            },
            articles: vec![Article {
                id: "01-a".into(),
                kind: ArticleKind::News,
                kicker: None,
                headline: SourceText::at("<script>alert(1)</script>", Place::new("p.txt", 1, 0)),
                subhead: None,
                byline: None,
                blocks: vec![Block {
                    kind: BlockKind::Para,
                    text: body,
                }],
                read: true,
                audio: None,
                voice: None,
                language: None,
                page: None,
                priority: None,
                place: Place::new("p.txt", 1, 0),
            }],
        };
        let text = "<script>alert(1)</script>\n\n老闵行的丁人新村\n 以力民服务 & <b>\n未完\n";
        Sample {
            issue,
            edits,
            notes,
            pages: vec![PageText {
                file: "p.txt".into(),
                text: text.into(),
            }],
        }
    }

    /// What the reports are made from.
    pub fn review(&self) -> Review<'_> {
        Review {
            issue: &self.issue,
            edits: &self.edits,
            notes: &self.notes,
            pages: &self.pages,
        }
    }
}
