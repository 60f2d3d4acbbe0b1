//! Cursors are forged here: base64 for URLs, without padding (RFC 4648, 5).

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Six bits a letter.
#[must_use]
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    let mut text = String::new();
    for chunk in bytes.as_ref().chunks(3) {
        let bits = chunk.iter().fold(0_usize, |bits, byte| (bits << 8) | usize::from(*byte)) << (8 * (3 - chunk.len()));
        for letter in 0..=chunk.len() {
            text.push(char::from(LETTERS[(bits >> (18 - 6 * letter)) & 63]));
        }
    }
    text
}

/// Of what was encoded.
#[must_use]
pub fn decode(text: &str) -> Vec<u8> {
    let six = |letter: &u8| LETTERS.iter().position(|other| other == letter).expect("it was encoded");
    let mut bytes = Vec::new();
    for chunk in text.as_bytes().chunks(4) {
        let bits = chunk.iter().fold(0, |bits, letter| (bits << 6) | six(letter)) << (6 * (4 - chunk.len()));
        bytes.extend(
            (0..chunk.len() - 1).map(|byte| u8::try_from((bits >> (16 - 8 * byte)) & 255).expect("eight bits")),
        );
    }
    bytes
}

#[test]
fn what_was_encoded_is_decoded() {
    for (text, encoded) in
        [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("[1,\"~?>\"]", "WzEsIn4_PiJd")]
    {
        assert_eq!(encode(text), encoded);
        assert_eq!(decode(encoded), text.as_bytes());
    }
}
