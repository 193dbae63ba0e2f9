use super::super::{PageFile, read_pages};
use super::*;
use crate::lm::tests::{file, places};

fn model() -> Option<WordModel> {
    let _ = places();
    WordModel::new(file()).ok()
}
