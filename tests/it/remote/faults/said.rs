//! The faults that a status says, and the traps.

use super::act::{answer, error, json, pour, raw};
use super::fault::{ALL, DENIED, Fault, REFUSED, REMOTE, SECRET, YES};
use super::list::{PAGE, serving};

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
