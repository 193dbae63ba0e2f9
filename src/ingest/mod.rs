//! x
mod chars;
mod columns;
mod decode;
mod layout;
mod marks;
mod piece;
mod spaces;
pub use decode::{MAX_BYTES, decode};
