//! A line put where an exchange reads it, by one rename.
//!
//! ```text
//! FOLDER/current → editions/1a2b3c4d5e     what is heard
//! FOLDER/editions/1a2b3c4d5e/              a line as it was exported; `before` in it
//!                                          names the one that was heard before it
//! FOLDER/extensions.conf                   what Asterisk includes, for good
//! ```
//!
//! Sounds are named by the folder of their edition and never by `current`, so that a
//! caller stays in the edition in which the call began.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::gate::{findings, hotline_of};
use crate::diag::{Fault, Place, Result, cannot_write};
use crate::export::{Content, HOTLINE_FILE, INDEX_FILE, published};
use crate::model::{Hotline, HotlineSet};
use crate::pipeline::publish;
use crate::store::{self, Draft, Lock};

/// The link to the line that is heard.
const CURRENT: &str = "current";
/// Where the lines lie.
const EDITIONS: &str = "editions";
/// What Asterisk includes.
const DIALPLAN: &str = "extensions.conf";
/// Names the line before, in the folder of a line.
const BEFORE: &str = "before";

/// What is to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishJob {
    /// The edition.
    pub edition: PathBuf,
    /// The exchange's folder.
    pub to: PathBuf,
    /// How many lines are kept there, at least that which is heard and the one before it,
    /// in which callers may still be.
    pub keep: usize,
}

/// What is heard now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The line that is heard, by its name.
    pub current: String,
    /// Paper, number and date.
    pub title: String,
    /// The one that an undo would bring back.
    pub before: Option<String>,
    /// Those that were removed.
    pub removed: Vec<String>,
    /// What Asterisk includes.
    pub dialplan: PathBuf,
}

/// Puts an edition's line in the place of the one that is heard.
///
/// # Errors
/// An edition without a line, or a damaged one; a folder that is not ours and not
/// empty; a full disk. What is heard is then as it was.
pub fn publish_hotline(job: &PublishJob) -> Result<Published> {
    let edition = publish::edition(&job.edition)?;
    let exports = edition.exports.clone().unwrap_or_default();
    let here = || Place::file(job.edition.display().to_string());
    let Some(set) = &exports.sets.hotline else {
        return Err(Fault::new("this edition has no hotline")
            .at(here())
            .help("make it with `tingbao export EDITION --hotline`"));
    };
    let files: Vec<_> = exports.of(HotlineSet::FOLDER).collect();
    for (_, file) in &files {
        let path = job.edition.join(&file.file);
        if store::sha256_file("hotline", &path)? != file.sha256 {
            return Err(damaged("the file was altered or cut short").at(at(&path)));
        }
    }
    if let Some((file, message)) = findings(&job.edition, *set).into_iter().next() {
        return Err(damaged(&message).at(at(&job.edition.join(file))));
    }
    let line = hotline_of(&job.edition.join(HotlineSet::FOLDER).join(HOTLINE_FILE))?;

    publish::outside(&job.edition, &job.to)?;
    refuse_foreign(&job.to)?;
    refuse_marks(&job.to)?;
    store::make_folder(&job.to)?;
    let to = store::absolute(&job.to)?;
    let _alone = Lock::take(&to.join(CURRENT))?;
    let heard = current(&to)?;
    let home = to.join(EDITIONS).join(&line.id);
    let is_new = !store::exists(&home);
    let before = match &heard {
        // The same line again is before what it was before.
        Some(heard) if *heard == line.id => before(&to, heard),
        heard => heard.clone(),
    };
    let lock = Lock::take(&home)?;
    let draft = Draft::begin(&home, &lock)?;
    for (inner, file) in files {
        let mut from = store::open("hotline", &job.edition.join(&file.file))?;
        let mut out = draft.create(inner)?;
        (std::io::copy(&mut from, &mut out).and_then(|_| out.flush()))
            .map_err(|e| draft.blame(cannot_write(&e), inner))?;
        if draft.keep(inner)? != file.sha256 {
            return Err(draft.blame(damaged("the file changed while it was copied"), inner));
        }
    }
    let index = store::read("edition", &job.edition.join(INDEX_FILE))?;
    draft.write(INDEX_FILE, &index)?;
    for entry in published(&line, &home.display().to_string()) {
        if let Content::Bytes(bytes) = &entry.content {
            draft.write(&entry.path, bytes)?;
        }
    }
    draft.write(BEFORE, before.clone().unwrap_or_default().as_bytes())?;
    draft.publish(&[])?;
    let pointed = store::write(&to.join(DIALPLAN), includes(&to).as_bytes())
        .and_then(|()| point(&to, &line.id));
    if let (Err(fault), true) = (&pointed, is_new) {
        log::info!("the new line is taken away again: {fault}");
        store::remove_folder(&home)?;
    }
    pointed?;
    let removed = prune(&to, &line.id, job.keep)?;
    Ok(Published {
        before: before.filter(|b| !removed.contains(b)),
        current: line.id,
        title: line.title,
        removed,
        dialplan: to.join(DIALPLAN),
    })
}

/// Goes back to the line that was heard before.
///
/// # Errors
/// A folder that is none of ours, or no line before.
pub fn unpublish_hotline(to: &Path) -> Result<Published> {
    if !store::exists(&to.join(EDITIONS)) {
        return Err(Fault::new("nothing was published here").at(at(to)));
    }
    let to = store::absolute(to)?;
    let _alone = Lock::take(&to.join(CURRENT))?;
    let back = current(&to)?.and_then(|heard| before(&to, &heard));
    let back = back.filter(|b| store::exists(&to.join(EDITIONS).join(b)));
    let Some(back) = back else {
        return Err(Fault::new("there is no line before the one that is heard")
            .at(at(&to))
            .help("publish another edition instead"));
    };
    let line = read(&to, &back)?;
    point(&to, &back)?;
    Ok(Published {
        before: before(&to, &back),
        current: back,
        title: line.title,
        removed: Vec::new(),
        dialplan: to.join(DIALPLAN),
    })
}

fn read(to: &Path, id: &str) -> Result<Hotline> {
    hotline_of(&to.join(EDITIONS).join(id).join(HOTLINE_FILE))
}

fn point(to: &Path, id: &str) -> Result<()> {
    store::point(&to.join(CURRENT), &Path::new(EDITIONS).join(id))
}

/// The name of the line that is heard.
fn current(to: &Path) -> Result<Option<String>> {
    const AGAIN: &str = "take it away and publish again";
    let link = to.join(CURRENT);
    let Some(target) = store::pointed(&link).map_err(|f| f.help(AGAIN))? else {
        return Ok(None);
    };
    let name = (target.file_name()).map(|name| name.to_string_lossy().into_owned());
    match name.filter(|name| target == Path::new(EDITIONS).join(name)) {
        Some(name) => Ok(Some(name)),
        None => Err(Fault::new(format!(
            "`{CURRENT}` leads to {}, which is no line of ours",
            target.display()
        ))
        .at(at(&link))
        .help(AGAIN)),
    }
}

/// The name of the line before one.
fn before(to: &Path, id: &str) -> Option<String> {
    let bytes = store::read("line", &to.join(EDITIONS).join(id).join(BEFORE)).ok()?;
    let name = String::from_utf8(bytes).ok()?;
    (!name.is_empty()).then_some(name)
}

/// Removes all lines but so many: the one that is heard and those before it, then the
/// newest of the others.
fn prune(to: &Path, heard: &str, keep: usize) -> Result<Vec<String>> {
    let mut kept = vec![heard.to_string()];
    let keep = keep.max(2);
    while kept.len() < keep {
        match before(to, &kept[kept.len() - 1]).filter(|b| !kept.contains(b)) {
            Some(before) => kept.push(before),
            None => break,
        }
    }
    let mut gone = store::folders_in(&to.join(EDITIONS))?;
    gone.retain(|name| !kept.contains(name));
    let others = keep.saturating_sub(kept.len()).min(gone.len());
    let mut gone = store::newest_first(&to.join(EDITIONS), gone).split_off(others);
    gone.sort();
    for name in &gone {
        store::remove_folder(&to.join(EDITIONS).join(name))?;
        let lock = to.join(EDITIONS).join(format!(".{name}.lock"));
        if store::exists(&lock) {
            store::remove(&lock)?;
        }
    }
    Ok(gone)
}

/// What Asterisk includes: the entry of the line that is heard, and the contexts of all
/// that are kept, for calls that began in one of them.
fn includes(to: &Path) -> String {
    let to = to.display();
    format!(
        "; 听报热线。在 /etc/asterisk/extensions.conf 里 #include 这个文件，来电走 Goto(tingbao,s,1)。\n\
         #include \"{to}/{CURRENT}/asterisk/entry.conf\"\n\
         #include \"{to}/{EDITIONS}/*/asterisk/line.conf\"\n"
    )
}

/// Refuses a folder that holds something other than lines of ours.
fn refuse_foreign(to: &Path) -> Result<()> {
    let ours = || store::exists(&to.join(EDITIONS)) && store::exists(&to.join(DIALPLAN));
    // Locks of a run that came to nothing are hidden.
    let shown = |file: &String| !file.split('/').any(|part| part.starts_with('.'));
    let empty =
        || -> Result<bool> { Ok(store::is_folder(to) && !store::tree(to)?.iter().any(shown)) };
    if !store::exists(to) || ours() || empty()? {
        return Ok(());
    }
    Err(
        Fault::new("the folder is not empty and holds no hotline, so it is left alone")
            .at(at(to))
            .help("choose another folder with --to, or empty that one"),
    )
}

/// Refuses a folder whose name a dialplan would take for something else.
fn refuse_marks(to: &Path) -> Result<()> {
    let whole = std::path::absolute(to).map_err(|e| store::fault("use the folder", to, &e))?;
    let name = whole.display().to_string();
    let mark = |c: char| c.is_control() || "\"'`;|$&,(){}[]<>\\".contains(c);
    match name.chars().find(|c| mark(*c)) {
        None => Ok(()),
        Some(c) => Err(Fault::new(format!(
            "the folder has {c:?} in its name, which a dialplan takes for its own"
        ))
        .at(at(to))
        .help("choose another one with --to: letters, figures, `-`, `_` and `.`")),
    }
}

fn damaged(why: &str) -> Fault {
    Fault::new(format!("the hotline of this edition is damaged: {why}"))
        .help("make it again with `tingbao export EDITION --hotline`")
}

fn at(path: &Path) -> Place {
    Place::file(path.display().to_string())
}
