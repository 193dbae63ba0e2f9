//! The text of a page, as its places count it.

/// One page as it was decoded, for showing what stands where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageText {
    /// The file as the user named it; places name it so.
    pub file: String,
    /// What the page says, with `\n` line ends and without BOM.
    pub text: String,
}
