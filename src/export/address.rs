//! Paths as addresses on the web have them.

/// A path with `/` between its parts, as it stands in an address (RFC 3986, 2.1):
/// UTF-8, every byte that is not unreserved as `%` and two figures.
pub fn encoded(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_ascii() {
        assert_eq!(encoded("荷/a b&c.mp3"), "%E8%8D%B7/a%20b%26c.mp3");
        assert_eq!(encoded("a b/报"), "a%20b/%E6%8A%A5");
    }
}
