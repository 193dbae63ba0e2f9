//! What the files of a desk say: by which road each is read, and how all make
//! one issue.

use std::path::PathBuf;

use super::inputs::files;
use super::words::word_model;
use crate::diag::{Diagnostic, Noted, Result};
use crate::ingest::{self, PageFile, PagesRead, Repairs};
use crate::lm::WordModel;
use crate::model::{Article, Edit, Issue, Masthead, Repair};
use crate::scan;
use crate::source::{self, Content, Kind, sniff};

/// What the files of one issue say.
#[derive(Debug, Clone, PartialEq)]
pub struct Sources {
    /// The issue, and what was set right in it.
    pub read: PagesRead,
    /// The files themselves, and the texts that were derived from them: places
    /// mean these.
    pub kept: Vec<PageFile>,
}

/// Reads the files of one issue: pages and articles of any kind, folders of
/// them, and standard input (`-`).
///
/// # Errors
/// A file that cannot be read or is of no known kind, a folder without a page;
/// each is named.
pub fn read_sources(
    inputs: &[PathBuf],
    how: Repair,
    notes: &mut Vec<Diagnostic>,
) -> Result<Sources> {
    let mut gathered = Gathered {
        how,
        model: None,
        issue: Issue {
            masthead: Masthead::default(),
            articles: Vec::new(),
        },
        edits: Vec::new(),
        open: Vec::new(),
        kept: Vec::new(),
    };
    for file in files(inputs, notes)? {
        let content = understand(&file)?;
        let raw = matches!(&content.value, Content::Pages(pages) if pages.contains(&file));
        let content = content.drain_into(notes);
        if !raw {
            gathered.kept.push(file);
        }
        gathered.add(content, notes)?;
    }
    gathered.read_open(notes)?;
    for (i, article) in gathered.issue.articles.iter_mut().enumerate() {
        article.id = ingest::article_id(i + 1, &article.headline.text);
    }
    Ok(Sources {
        read: PagesRead {
            issue: gathered.issue,
            edits: gathered.edits,
        },
        kept: gathered.kept,
    })
}

fn understand(file: &PageFile) -> Result<Noted<Content>> {
    let recognised = |hocr: &[String]| source::read_recognised(&file.name, hocr).map(Noted::clean);
    match sniff(&file.name, &file.bytes) {
        Kind::Image => recognised(&[scan::image(&file.name, &file.bytes)?]),
        Kind::Pdf => recognised(&scan::pdf(&file.name, &file.bytes)?),
        _ => source::read(file),
    }
}

/// What was read so far.
struct Gathered {
    how: Repair,
    /// The model of words, once it was asked for.
    model: Option<Option<WordModel>>,
    issue: Issue,
    edits: Vec<Edit>,
    /// Pages that are still to be read: those of one issue are read together.
    open: Vec<PageFile>,
    kept: Vec<PageFile>,
}

impl Gathered {
    fn add(&mut self, content: Content, notes: &mut Vec<Diagnostic>) -> Result<()> {
        match content {
            Content::Pages(pages) => {
                self.kept.extend(pages.iter().cloned());
                self.open.extend(pages);
            }
            Content::Articles {
                masthead,
                articles,
                text,
            } => {
                self.read_open(notes)?;
                self.kept.extend(text);
                self.append(*masthead, articles);
            }
        }
        Ok(())
    }

    fn read_open(&mut self, notes: &mut Vec<Diagnostic>) -> Result<()> {
        if self.open.is_empty() {
            return Ok(());
        }
        let model = match &mut self.model {
            Some(model) => model,
            unasked => unasked.insert(word_model(self.how, notes)?),
        };
        let repairs = Repairs {
            model: model.as_ref(),
            how: self.how,
        };
        let PagesRead { mut issue, edits } =
            ingest::read_pages(&self.open, repairs)?.drain_into(notes);
        for page in self.open.drain(..) {
            // What could not be decoded was refused above.
            if let Ok(text) = ingest::decode(&page.name, &page.bytes) {
                source::keep_spaces(&page.name, &text.value, &mut issue.articles);
            }
        }
        self.edits.extend(edits);
        self.append(issue.masthead, issue.articles);
        Ok(())
    }

    /// The first file to say something of the issue is right; the page is that
    /// of an issue of one page.
    fn append(&mut self, masthead: Masthead, articles: Vec<Article>) {
        let head = &mut self.issue.masthead;
        if head.paper.is_empty() {
            head.paper = masthead.paper;
        }
        for (known, new) in [
            (&mut head.section, masthead.section),
            (&mut head.issue_number, masthead.issue_number),
            (&mut head.date, masthead.date),
            (&mut head.publisher, masthead.publisher),
            (&mut head.sponsor, masthead.sponsor),
            (&mut head.cn_code, masthead.cn_code),
        ] {
            *known = known.take().or(new);
        }
        let first = self.issue.articles.is_empty();
        head.page = masthead.page.filter(|_| first);
        self.issue.articles.extend(articles);
    }
}
