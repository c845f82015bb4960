//! The faults, and what each kind of request comes to with them.

use std::time::Duration;

use super::act::{answer, bomb, drip, error, hang, json, pour, raw, reset};
use super::server::{After, Server, Turn, nobody};

/// What is planted as the credential, and must show nowhere.
pub(super) const SECRET: &str = "sk_test_canary_5up3rs3cr3t";

/// What a command asks for, as far as it matters to what may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// It reads one document.
    Read,
    /// It reads a list, page by page.
    List,
    /// It changes something, and the same twice is the same as once.
    Again,
    /// It changes something, and twice is not the same as once.
    Once,
}

/// The usual exit codes.
const YES: i32 = 0;
const REFUSED: i32 = 3;
const DENIED: i32 = 4;
const REMOTE: i32 = 5;

/// How often a request that may be repeated is sent, before it is given up.
const ALL: usize = 4;

/// Something that goes wrong.
pub(super) struct Fault {
    pub(super) name: &'static str,
    pub(super) start: fn() -> Where,
    /// The exit code of a read; of a write it is another where that is said.
    exit: i32,
    write_exit: Option<i32>,
    /// Of a write that must not happen twice.
    once_exit: Option<i32>,
    list_exit: Option<i32>,
    /// How many requests it takes; those that may not be repeated are sent once.
    requests: usize,
    /// Whether a request that may not be repeated is repeated nonetheless: nothing was done.
    harmless: bool,
    /// What is said of it.
    pub(super) says: &'static str,
}

/// A server, or none.
pub(super) enum Where {
    Server(Server),
    Nowhere(String),
}

impl Where {
    pub(super) fn origin(&self) -> String {
        match self {
            Self::Server(server) => server.origin(),
            Self::Nowhere(origin) => origin.clone(),
        }
    }
}

impl Fault {
    const fn new(name: &'static str, start: fn() -> Where, exit: i32, says: &'static str) -> Self {
        Self {
            name,
            start,
            exit,
            write_exit: None,
            once_exit: None,
            list_exit: None,
            requests: 1,
            harmless: false,
            says,
        }
    }

    const fn writes(mut self, exit: i32) -> Self {
        self.write_exit = Some(exit);
        self
    }

    /// It would be fine the next time, which a write that must not happen twice does not have.
    const fn fine_later(mut self) -> Self {
        self.once_exit = Some(REMOTE);
        self
    }

    const fn lists(mut self, exit: i32) -> Self {
        self.list_exit = Some(exit);
        self
    }

    const fn requests(mut self, requests: usize) -> Self {
        self.requests = requests;
        self
    }

    const fn harmless(mut self) -> Self {
        self.harmless = true;
        self
    }

    /// The exit code that a command must end with.
    pub(super) fn exit(&self, sort: Sort) -> i32 {
        match sort {
            Sort::Read => self.exit,
            Sort::List => self.list_exit.unwrap_or(self.exit),
            Sort::Once => self.once_exit.unwrap_or(self.exit(Sort::Again)),
            Sort::Again => self.write_exit.unwrap_or(self.exit),
        }
    }

    /// How many requests may reach the server.
    pub(super) fn most_requests(&self, sort: Sort) -> usize {
        match sort {
            Sort::Once if !self.harmless => self.requests.min(1),
            _ => self.requests,
        }
    }
}

fn serving(answer: fn(&mut Turn<'_>) -> After) -> Where {
    Where::Server(Server::start(answer))
}

/// A page of a list, and what every other question is answered with too.
const PAGE: &str =
    r#"{"object":"list","data":[{"slug":"sso"}],"list_metadata":{"before":null,"after":null}}"#;

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

macro_rules! serving {
    (|$turn:ident| $answer:expr) => {
        || serving(|$turn| $answer)
    };
}

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
    Fault::new(
        "hangs",
        serving!(|turn| hang(turn)),
        REMOTE,
        "no complete answer within",
    ),
    Fault::new(
        "headers that never end",
        serving!(|turn| drip(turn, HEAD, "x-slow: yes\r\n")),
        REMOTE,
        "no complete answer within",
    ),
    Fault::new(
        "a body that drips",
        serving!(|turn| drip(
            turn,
            "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n{",
            " "
        )),
        REMOTE,
        "no complete answer within",
    ),
    Fault::new(
        "only interim answers",
        serving!(|turn| drip(turn, "", "HTTP/1.1 103 Early Hints\r\n\r\n")),
        REMOTE,
        "no complete answer within",
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

/// What is said by a status.
pub(super) const STATUSES: &[Fault] = &[
    Fault::new(
        "400",
        serving!(|turn| error(turn, "400 Bad Request", "")),
        REFUSED,
        "the reason",
    ),
    Fault::new(
        "401",
        serving!(|turn| error(turn, "401 Unauthorized", "")),
        DENIED,
        "the reason",
    ),
    Fault::new(
        "403",
        serving!(|turn| error(turn, "403 Forbidden", "")),
        DENIED,
        "the reason",
    ),
    Fault::new(
        "404",
        serving!(|turn| error(turn, "404 Not Found", "")),
        REFUSED,
        "the reason",
    ),
    Fault::new(
        "409",
        serving!(|turn| error(turn, "409 Conflict", "")),
        REFUSED,
        "the reason",
    ),
    Fault::new(
        "422",
        serving!(|turn| error(turn, "422 X", "")),
        REFUSED,
        "the reason",
    ),
    Fault::new(
        "404 from something else",
        serving!(|turn| answer(turn, "404 Not Found", "", "<html>nothing here")),
        REFUSED,
        "404",
    ),
    Fault::new(
        "403 whose reason never ends",
        serving!(|turn| pour(turn, "HTTP/1.1 403 Forbidden\r\n\r\n", b"no ")),
        DENIED,
        "403",
    ),
    Fault::new(
        "429 for a day",
        serving!(|turn| error(turn, "429 Too Many Requests", "retry-after: 86400\r\n")),
        REMOTE,
        "left alone until 20",
    ),
    Fault::new(
        "429 until a date",
        serving!(|turn| error(
            turn,
            "429 Too Many Requests",
            "date: Sun, 06 Nov 1994 08:49:37 GMT\r\nretry-after: Mon, 07 Nov 1994 08:49:37 GMT\r\n"
        )),
        REMOTE,
        "left alone until 20",
    ),
    Fault::new(
        "429, then fine",
        serving!(|turn| match turn.before {
            0 => error(turn, "429 Too Many Requests", "retry-after: 1\r\n"),
            _ => json(turn, PAGE),
        }),
        YES,
        "",
    )
    .requests(2)
    .harmless(),
    Fault::new(
        "503, then fine",
        serving!(|turn| match turn.before {
            0 | 1 => error(turn, "503 Service Unavailable", ""),
            _ => json(turn, PAGE),
        }),
        YES,
        "",
    )
    .requests(3)
    .fine_later(),
    Fault::new(
        "408 always",
        serving!(|turn| error(turn, "408 Request Timeout", "")),
        REMOTE,
        "408",
    )
    .requests(ALL),
    Fault::new(
        "500 always",
        serving!(|turn| error(turn, "500 X", "")),
        REMOTE,
        "the reason",
    )
    .requests(ALL),
    Fault::new(
        "304 unasked",
        serving!(|turn| raw(turn, "HTTP/1.1 304 X\r\n\r\n")),
        REMOTE,
        "304",
    ),
    Fault::new(
        "300",
        serving!(|turn| error(turn, "300 Multiple Choices", "")),
        REMOTE,
        "300",
    ),
    Fault::new(
        "302 to nowhere",
        serving!(|turn| error(turn, "302 Found", "")),
        REMOTE,
        "302",
    ),
    Fault::new(
        "999",
        serving!(|turn| error(turn, "999 X", "")),
        REMOTE,
        "999",
    ),
];

/// What leads elsewhere, and what repeats what it was told.
pub(super) const TRAPS: &[Fault] = &[
    Fault::new(
        "sent to another server",
        serving!(|turn| error(
            turn,
            "307 X",
            "location: http://localhost:9/feature-flags\r\n"
        )),
        REMOTE,
        "points to another place",
    ),
    Fault::new(
        "sent round in circles",
        serving!(|turn| {
            let location = format!("location: {}\r\n", turn.asked.target);
            error(turn, "302 Found", &location)
        }),
        REMOTE,
        "points to another place",
    )
    .requests(ALL),
    Fault::new(
        "sent to another path",
        serving!(|turn| match turn.asked.target.starts_with("/moved") {
            true => json(turn, PAGE),
            false => error(turn, "308 Permanent Redirect", "location: /moved\r\n"),
        }),
        YES,
        "",
    )
    .requests(2)
    .writes(REMOTE),
    Fault::new(
        "the secret in a body",
        serving!(|turn| {
            let told = turn.asked.header("authorization").unwrap_or(SECRET);
            let told = told.to_owned();
            json(
                turn,
                format!("{{\"data\":[\"{told}\"],\"list_metadata\":{{\"after\":null}}}}"),
            )
        }),
        YES,
        "",
    ),
    Fault::new(
        "the secret in a body, by numbers",
        serving!(|turn| {
            let told: String = SECRET
                .chars()
                .map(|c| format!("\\u{:04x}", c as u32))
                .collect();
            json(
                turn,
                format!("{{\"data\":[\"{told}\"],\"list_metadata\":{{\"after\":null}}}}"),
            )
        }),
        YES,
        "",
    ),
    Fault::new(
        "the secret in a header",
        serving!(|turn| {
            let headers = format!("x-told: {SECRET}\r\nset-cookie: k={SECRET}\r\n");
            answer(turn, "200 OK", &headers, PAGE)
        }),
        YES,
        "",
    ),
    Fault::new(
        "the secret in an error",
        serving!(|turn| answer(
            turn,
            "401 Unauthorized",
            &format!("www-authenticate: Bearer {SECRET}\r\n"),
            format!("{{\"message\":\"no such key: {SECRET}\",\"code\":\"{SECRET}\"}}")
        )),
        DENIED,
        "no such key: ***",
    ),
    Fault::new(
        "the secret in a place",
        serving!(|turn| error(
            turn,
            "302 Found",
            &format!("location: http://localhost:9/{SECRET}\r\n")
        )),
        REMOTE,
        "points to another place",
    ),
];

/// How long a call may take in these tests.
pub(super) const DEADLINE: Duration = Duration::from_secs(4);
