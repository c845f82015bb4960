//! Bytes as hexadecimal digits, as hashes are written.

/// Two digits for each byte, in small letters.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |place: u8| char::from(DIGITS[usize::from(place & 15)]);
    // With all of the room at once: a server does this for every request.
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(*byte));
    }
    text
}

/// The bytes that such digits stand for, if there are as many.
pub fn unhex<const BYTES: usize>(text: &str) -> Option<[u8; BYTES]> {
    let digit = |byte: &u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; BYTES];
    if text.len() != BYTES * 2 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(&pair[0])? << 4 | digit(&pair[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_two_digits() {
        assert_eq!(hex(&[0, 0x0f, 0xa5, 0xff]), "000fa5ff");
        assert_eq!(hex(&[]), "");
    }

    #[test]
    fn digits_are_read_as_they_were_written_and_in_no_other_way() {
        assert_eq!(unhex("000fa5ff"), Some([0, 0x0f, 0xa5, 0xff]));
        assert_eq!(unhex::<0>(""), Some([]));
        for other in ["000fa5f", "000fa5fff", "000FA5FF", "000fa5f ", "000fa5é"] {
            assert_eq!(unhex::<4>(other), None, "{other}");
        }
    }
}
