//! The page as text; how it behaves is tested in a browser (`tests/player.rs`).

use super::*;
use crate::export::sample::edition;

fn html(edition: &crate::model::Edition) -> String {
    page(&Book::new(edition))
}

#[test]
fn base64_is_rfc_4648() {
    let cases = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
    let wanted = [
        "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy",
    ];
    for (case, wanted) in cases.iter().zip(wanted) {
        assert_eq!(base64(case.as_bytes()), wanted);
    }
}
