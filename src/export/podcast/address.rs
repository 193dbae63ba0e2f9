//! The name of a podcast, which is made of an address.

use sha1::{Digest, Sha1};

/// The namespace of podcast names (podcast namespace, `podcast:guid`):
/// `ead4c236-bf58-58c6-a2c6-a6b28d128cb6`.
const NAMESPACE: [u8; 16] = [
    0xEA, 0xD4, 0xC2, 0x36, 0xBF, 0x58, 0x58, 0xC6, 0xA2, 0xC6, 0xA6, 0xB2, 0x8D, 0x12, 0x8C, 0xB6,
];

/// The podcast's name for good: a UUID of version 5 (RFC 9562, 5.5) of its feed's
/// address without `https://` and without a `/` at the end.
pub fn podcast_guid(feed: &str) -> String {
    let name = feed.split_once("://").map_or(feed, |(_, rest)| rest);
    let digest = (Sha1::new().chain_update(NAMESPACE))
        .chain_update(name.trim_end_matches('/'))
        .finalize();
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0F | 0x50;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ]
    .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_specification() {
        // The examples of the page that defines `podcast:guid`.
        assert_eq!(
            podcast_guid("https://mp3s.nashownotes.com/pc20rss.xml"),
            "917393e3-1b1e-5cef-ace4-edaa54e1f810"
        );
        assert_eq!(
            podcast_guid("http://podnews.net/rss/"),
            "9b024349-ccf0-5f69-a609-6b82873eab3c"
        );
    }
}
