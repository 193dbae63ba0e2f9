//! Page text → [`Issue`]: encoding, re-joined lines, punctuation, masthead,
//! articles.
//!
//! Pure: bytes come in, values go out. Characters are never changed but for
//! white space, punctuation and quotation marks; what looks misread, missing or
//! out of order is left as it is and doubted.

mod byline;
mod date;
mod decode;
mod glyph;
mod layout;
mod lines;
mod marker;
mod masthead;
mod paper;
mod piece;
mod punct;
mod quote;
mod space;

pub use decode::{MAX_BYTES, decode};
