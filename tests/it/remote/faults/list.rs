//! The faults on the way there, of the wire, and of what is answered.

use super::act::{answer, bomb, drip, error, hang, json, pour, raw, reset};
use super::fault::{ALL, DENIED, Fault, LATE, REFUSED, REMOTE, Where, YES};
use super::server::{After, Server, Turn, nobody};

pub(super) fn served(answer: fn(&mut Turn<'_>) -> After) -> Where {
    Where::Server(Server::start(answer))
}

/// A page of a list, and what every other question is answered with too.
pub(super) const PAGE: &str =
    r#"{"object":"list","data":[{"slug":"sso"}],"list_metadata":{"before":null,"after":null}}"#;

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

macro_rules! serving {
    (|$turn:ident| $answer:expr) => {
        || $crate::remote::faults::list::served(|$turn| $answer)
    };
}
pub(super) use serving;

/// The way there.
pub(super) const WAY: &[Fault] = &[
    Fault::new(
        "refused",
        || Where::Nowhere(nobody()),
        REMOTE,
        "nothing listens there",
    )
    .requests(0),
    Fault::new(
        "reset before the request",
        || {
            let reset_at_once = |wire: &mut std::net::TcpStream| {
                reset(wire);
                false
            };
            Where::Server(Server::greeting(reset_at_once, |_| After::Close))
        },
        REMOTE,
        "",
    )
    .requests(0),
    Fault::new(
        "reset after the request",
        serving!(|turn| {
            reset(turn.wire);
            After::Close
        }),
        REMOTE,
        "broke off",
    )
    .requests(ALL),
    Fault::new(
        "reset once, then fine",
        serving!(|turn| match turn.before {
            0 => {
                reset(turn.wire);
                After::Close
            }
            _ => json(turn, PAGE),
        }),
        YES,
        "",
    )
    .requests(2)
    .fine_later(),
    Fault::new(
        "closed without an answer",
        serving!(|_turn| After::Close),
        REMOTE,
        "broke off",
    )
    .requests(ALL),
    Fault::new("hangs", serving!(|turn| hang(turn)), REMOTE, LATE),
    Fault::new(
        "headers that never end",
        serving!(|turn| drip(turn, HEAD, "x-slow: yes\r\n")),
        REMOTE,
        LATE,
    ),
    Fault::new(
        "a body that drips",
        serving!(|turn| drip(
            turn,
            "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n{",
            " "
        )),
        REMOTE,
        LATE,
    ),
    Fault::new(
        "only interim answers",
        serving!(|turn| drip(turn, "", "HTTP/1.1 103 Early Hints\r\n\r\n")),
        REMOTE,
        LATE,
    ),
];

/// What is no answer of HTTP, or none that ends.
pub(super) const WIRE: &[Fault] = &[
    Fault::new(
        "a body cut short",
        serving!(|turn| raw(
            turn,
            format!("{HEAD}content-length: 1000\r\n\r\n{{\"data\":[")
        )),
        REMOTE,
        "broke off",
    )
    .requests(ALL),
    Fault::new(
        "a chunk cut short",
        serving!(|turn| raw(
            turn,
            format!("{HEAD}transfer-encoding: chunked\r\n\r\nff\r\n{{")
        )),
        REMOTE,
        "broke off",
    )
    .requests(ALL),
    Fault::new(
        "a chunk of nonsense",
        serving!(|turn| raw(
            turn,
            format!("{HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n{{")
        )),
        REMOTE,
        "garbled",
    ),
    Fault::new(
        "a body without an end",
        serving!(|turn| pour(turn, format!("{HEAD}\r\n["), b"1,")),
        REMOTE,
        "larger than 33554432 bytes",
    ),
    Fault::new(
        "chunks without an end",
        serving!(|turn| pour(
            turn,
            format!("{HEAD}transfer-encoding: chunked\r\n\r\n"),
            b"8\r\n[1,2,3,4\r\n"
        )),
        REMOTE,
        "",
    ),
    Fault::new(
        "a gzip bomb",
        serving!(|turn| {
            let (begin, again) = bomb();
            let head = format!("{HEAD}content-encoding: gzip\r\n\r\n");
            pour(turn, [head.as_bytes(), &begin].concat(), &again)
        }),
        REMOTE,
        "",
    ),
    Fault::new(
        "gzip that is none",
        serving!(|turn| answer(turn, "200 OK", "content-encoding: gzip\r\n", PAGE)),
        REMOTE,
        "garbled",
    ),
    Fault::new(
        "a megabyte of header",
        serving!(|turn| {
            let much = "y".repeat(1 << 20);
            raw(
                turn,
                format!("{HEAD}x-much: {much}\r\ncontent-length: 2\r\n\r\n{{}}"),
            )
        }),
        REMOTE,
        "",
    ),
    Fault::new(
        "a hundred kilobytes of headers",
        serving!(|turn| {
            let much = format!("x-much: {}\r\n", "y".repeat(2000)).repeat(50);
            raw(turn, format!("{HEAD}{much}content-length: 2\r\n\r\n{{}}"))
        }),
        REMOTE,
        "headers are larger than",
    ),
    Fault::new(
        "a thousand headers",
        serving!(|turn| {
            let much = "x-much: y\r\n".repeat(1000);
            raw(turn, format!("{HEAD}{much}content-length: 2\r\n\r\n{{}}"))
        }),
        REMOTE,
        "",
    ),
    Fault::new(
        "headers without an end",
        serving!(|turn| pour(turn, HEAD, b"x-much: y\r\n")),
        REMOTE,
        "",
    ),
    Fault::new(
        "two lengths",
        serving!(|turn| raw(
            turn,
            format!("{HEAD}content-length: 2\r\ncontent-length: 9\r\n\r\n{{}}")
        )),
        REMOTE,
        "garbled",
    ),
    Fault::new(
        "a length below nothing",
        serving!(|turn| raw(turn, format!("{HEAD}content-length: -2\r\n\r\n{{}}"))),
        REMOTE,
        "garbled",
    ),
    Fault::new(
        "HTTP 0.9",
        serving!(|turn| raw(turn, PAGE)),
        REMOTE,
        "garbled",
    ),
    Fault::new(
        "no HTTP",
        serving!(|turn| raw(turn, [0x15, 3, 1, 0, 2, 2, 40])),
        REMOTE,
        "",
    ),
    Fault::new(
        "another protocol",
        serving!(|turn| raw(
            turn,
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n"
        )),
        REMOTE,
        "",
    ),
];

/// What is an answer, and not what was asked for.
pub(super) const BODIES: &[Fault] = &[
    Fault::new(
        "JSON nested deeply",
        serving!(|turn| json(turn, "[".repeat(200_000))),
        REMOTE,
        "nested more than",
    ),
    Fault::new(
        "JSON nested deeply, and whole",
        serving!(|turn| {
            let text = format!("{}{}", "{\"a\":".repeat(200_000), "}".repeat(200_000));
            json(turn, text)
        }),
        REMOTE,
        "",
    ),
    Fault::new(
        "a crowd of values",
        serving!(|turn| json(turn, format!("[0{}]", ",0".repeat(15_000_000)))),
        REMOTE,
        "values",
    ),
    Fault::new(
        "a page for a browser",
        serving!(|turn| answer(
            turn,
            "200 OK",
            "content-type: text/html\r\n",
            "<!DOCTYPE html><p>Log in"
        )),
        REMOTE,
        "a page for a browser",
    ),
    Fault::new(
        "a page that says it is JSON",
        serving!(|turn| json(turn, "\n <html>")),
        REMOTE,
        "a page for a browser",
    ),
    Fault::new(
        "nothing",
        serving!(|turn| json(turn, "")),
        REMOTE,
        "it is empty",
    )
    .writes(YES),
    Fault::new(
        "no JSON",
        serving!(|turn| json(turn, "{\"data\":[}")),
        REMOTE,
        "it is not JSON",
    ),
    Fault::new(
        "JSON and more",
        serving!(|turn| json(turn, format!("{PAGE} {{}}"))),
        REMOTE,
        "it is not JSON",
    ),
    Fault::new(
        "no UTF-8",
        serving!(|turn| json(turn, b"{\"data\":[\"\xff\xfe\"]}")),
        REMOTE,
        "it is not JSON",
    ),
    Fault::new(
        "another shape",
        serving!(|turn| json(turn, r#"{"data":{"slug":7},"list_metadata":[]}"#)),
        YES,
        "",
    )
    .lists(REMOTE),
    Fault::new("a bare word", serving!(|turn| json(turn, "null")), YES, "").lists(REMOTE),
    Fault::new(
        "names that act on a terminal",
        serving!(|turn| json(
            turn,
            "{\"data\":[{\"slug\":\"\\u001b]0;x\\u0007\\u202ecba\u{202e}\u{9b}31m\"}],\
             \"list_metadata\":{\"after\":null}}"
        )),
        YES,
        "",
    ),
    Fault::new(
        "an error that acts on a terminal",
        serving!(|turn| answer(
            turn,
            "409 Conflict",
            "content-type: application/json\r\n",
            "{\"message\":\"\\u001b[2J\\r\\u202egone\",\"code\":\"\\u001b[31m\"}"
        )),
        REFUSED,
        "409",
    ),
    Fault::new(
        "a list that leads in a circle",
        serving!(|turn| json(turn, r#"{"data":[1],"list_metadata":{"after":"flag_1"}}"#)),
        YES,
        "circle",
    )
    .requests(2)
    .lists(REMOTE),
    Fault::new(
        "a list whose second page fails",
        serving!(|turn| match turn.asked.target.contains("after") {
            true => error(turn, "403 Forbidden", ""),
            false => json(turn, r#"{"data":[1],"list_metadata":{"after":"flag_1"}}"#),
        }),
        YES,
        "403",
    )
    .requests(2)
    .lists(DENIED),
    Fault::new(
        "a list without an end",
        serving!(|turn| {
            let page = format!(
                r#"{{"data":[1],"list_metadata":{{"after":"f{}"}}}}"#,
                turn.before
            );
            json(turn, page)
        }),
        YES,
        "",
    )
    .requests(usize::MAX)
    .lists(REMOTE),
];
