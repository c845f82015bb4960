//! What a server may do with a request.

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use super::server::{After, Turn};

/// Writes a whole answer with its length.
pub(in crate::remote) fn answer(
    turn: &mut Turn<'_>,
    status: &str,
    headers: &str,
    body: impl AsRef<[u8]>,
) -> After {
    let body = body.as_ref();
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n");
    raw(turn, [head.as_bytes(), body].concat());
    After::Keep
}

/// Writes a JSON document under 200.
pub(in crate::remote) fn json(turn: &mut Turn<'_>, body: impl AsRef<[u8]>) -> After {
    answer(turn, "200 OK", "content-type: application/json\r\n", body)
}

/// Writes an error document.
pub(in crate::remote) fn error(turn: &mut Turn<'_>, status: &str, headers: &str) -> After {
    let body = r#"{"message":"the reason","code":"some_code"}"#;
    let headers = format!("content-type: application/json\r\n{headers}");
    answer(turn, status, &headers, body)
}

/// Writes bytes as they are.
pub(in crate::remote) fn raw(turn: &mut Turn<'_>, bytes: impl AsRef<[u8]>) -> After {
    // Whoever was asked may have gone.
    let _ = turn.wire.write_all(bytes.as_ref());
    let _ = turn.wire.flush();
    After::Close
}

/// Ends the connection as a crash does, so that the other side reads an error and no end.
pub(in crate::remote) fn reset(wire: &TcpStream) {
    rustix::net::sockopt::set_socket_linger(wire, Some(Duration::ZERO)).unwrap();
}

/// Says nothing until everybody has gone.
pub(in crate::remote) fn hang(turn: &mut Turn<'_>) -> After {
    while turn.pause(Duration::from_millis(50)) {}
    After::Close
}

/// Writes bytes one by one, slowly, over and over.
pub(in crate::remote) fn drip(turn: &mut Turn<'_>, begin: &str, again: &str) -> After {
    raw(turn, begin);
    for byte in again.bytes().cycle() {
        if turn.wire.write_all(&[byte]).is_err() || !turn.pause(Duration::from_millis(60)) {
            break;
        }
    }
    After::Close
}

/// Writes the same for as long as somebody takes it.
pub(in crate::remote) fn pour(turn: &mut Turn<'_>, begin: impl AsRef<[u8]>, again: &[u8]) -> After {
    raw(turn, begin);
    let much = again.repeat(1 + 65_536 / again.len());
    while turn.wire.write_all(&much).is_ok() {}
    After::Close
}

/// Thirteen bytes of gzip that unpack to 2,064 blanks, and what stands before them: one block of
/// fixed Huffman codes (RFC 1951 §3.2.6), in which "258 bytes, the same as the last" is 13 bits.
pub(in crate::remote) fn bomb() -> (Vec<u8>, Vec<u8>) {
    let mut bits: Vec<bool> = Vec::new();
    let mut put = |code: u32, length: u32, from_the_top: bool| {
        for index in 0..length {
            let index = if from_the_top {
                length - 1 - index
            } else {
                index
            };
            bits.push(code >> index & 1 == 1);
        }
    };
    // Not the last block, fixed codes; then blanks, until the beginning ends with a whole byte.
    put(0b0, 1, false);
    put(0b01, 2, false);
    for _ in 0..3 {
        put(0x30 + 0x20, 8, true);
    }
    // A run of 258, eight times: the first five bits end the byte that was begun.
    for _ in 0..9 {
        put(0b1100_0101, 8, true);
        put(0, 5, true);
    }
    let bytes: Vec<u8> = bits
        .chunks(8)
        .map(|bits| {
            bits.iter()
                .rev()
                .fold(0, |byte, &bit| byte << 1 | u8::from(bit))
        })
        .collect();
    let header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    // From here on the pattern comes round after thirteen bytes.
    let begin = [&header[..], &bytes[..4]].concat();
    (begin, bytes[4..17].to_vec())
}
