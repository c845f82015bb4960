//! What an answer means for what comes next.
//!
//! A receiver that fails at one report may take the next, so a failure holds back its own feature
//! only. Where nobody answers at all, or the receiver asks for patience, everything waits: to knock
//! once for each feature would be noise. And where it says that it is gone, only a person can help.

use super::destination::{Hidden, Kind};
use super::schedule::retry_after;
use crate::remote::{RemoteError, Reply, Trouble};

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It has arrived.
    Delivered,
    /// This report is tried again.
    Again(String),
    /// Everything waits: so long, in milliseconds, if the receiver said so.
    Wait(Option<i64>, String),
    /// This report will never be taken.
    Refused(String),
    /// Nothing will be taken until somebody has looked.
    Closed(String),
}

/// Slack's words for a message that will never be taken, whatever is done.
const SLACK_REFUSES: [&str; 6] = [
    "invalid_payload",
    "invalid_blocks",
    "no_text",
    "msg_too_long",
    "too_many_attachments",
    "msg_blocks_too_long",
];

/// Slack's words for a webhook or a channel that is gone or closed.
const SLACK_CLOSES: [&str; 10] = [
    "no_service",
    "no_service_id",
    "no_team",
    "team_disabled",
    "invalid_token",
    "user_not_found",
    "channel_not_found",
    "channel_is_archived",
    "action_prohibited",
    "posting_to_general_channel_denied",
];

/// How much of an answer is repeated.
const QUOTED: usize = 100;
/// A word of so many characters may be a part of an address.
const SHORTEST_PART: usize = 6;

/// Judges what came back at `now`, or what kept it from coming.
pub(super) fn verdict(
    kind: Kind,
    url: &Hidden,
    answer: &Result<Reply, RemoteError>,
    now: i64,
) -> Verdict {
    let reply = match answer {
        Ok(reply) => reply,
        Err(RemoteError::Failed {
            trouble: trouble @ (Trouble::TimedOut(_) | Trouble::Garbled),
            ..
        }) => return Verdict::Again(trouble.to_string()),
        Err(RemoteError::Failed { trouble, .. }) => {
            return Verdict::Wait(None, trouble.to_string());
        }
        Err(other) => return Verdict::Wait(None, other.to_string()),
    };
    let after = reply.retry_after.as_deref();
    let after = after.and_then(|text| retry_after(text, now));
    let why = told(reply, url);
    match (reply.status, kind) {
        (200..300, _) => Verdict::Delivered,
        (300..400, _) => Verdict::Again(format!("{why}: a redirect is not followed")),
        (429, _) => Verdict::Wait(after, why),
        (503, _) if after.is_some() => Verdict::Wait(after, why),
        (410, _) => Verdict::Closed(why),
        (408 | 425, _) => Verdict::Again(why),
        (400..500, Kind::Slack) => of_slack(reply, why),
        _ => Verdict::Again(why),
    }
}

fn of_slack(reply: &Reply, why: String) -> Verdict {
    let said = reply.text.trim();
    match reply.status {
        _ if SLACK_REFUSES.contains(&said) => Verdict::Refused(why),
        413 => Verdict::Refused(why),
        // Those of `SLACK_CLOSES`, and whatever else is new to us.
        _ => Verdict::Closed(why),
    }
}

/// The status, and what a receiver said to it in a few words that act on nothing. An answer may
/// repeat what was asked, so of a longer one nothing is told, nor one with parts of the address in
/// it, which is a secret.
pub(super) fn told(reply: &Reply, url: &Hidden) -> String {
    let said = reply.text.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || " _-.,:;'()".contains(c);
    let mut words = said.split(|c: char| !c.is_ascii_alphanumeric());
    let repeats = words.any(|word| word.len() >= SHORTEST_PART && url.reveal().contains(word));
    let known = SLACK_REFUSES.contains(&said) || SLACK_CLOSES.contains(&said);
    let short =
        !said.is_empty() && said.len() <= QUOTED && said.chars().all(plain) && (known || !repeats);
    match short {
        true => format!("status {}, “{said}”", reply.status),
        false => format!("status {}", reply.status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url() -> Hidden {
        "https://hooks.example/services/canary_1".to_owned().into()
    }

    fn reply(status: u16, text: &str, after: Option<&str>) -> Result<Reply, RemoteError> {
        Ok(Reply {
            status,
            retry_after: after.map(str::to_owned),
            text: text.to_owned(),
        })
    }

    #[test]
    fn slacks_answers_are_told_apart() {
        let of = |status, text| verdict(Kind::Slack, &url(), &reply(status, text, None), 0);
        assert_eq!(of(200, "ok"), Verdict::Delivered);
        let why = |status, text| format!("status {status}, “{text}”");
        assert_eq!(
            of(400, "invalid_payload"),
            Verdict::Refused(why(400, "invalid_payload"))
        );
        for (status, text) in [
            (404, "no_service"),
            (404, "channel_not_found"),
            (410, "channel_is_archived"),
            (403, "action_prohibited"),
        ] {
            assert_eq!(of(status, text), Verdict::Closed(why(status, text)));
        }
        assert_eq!(
            of(500, "rollup_error"),
            Verdict::Again(why(500, "rollup_error"))
        );
        let limited = verdict(Kind::Slack, &url(), &reply(429, "", Some("7")), 0);
        assert_eq!(limited, Verdict::Wait(Some(7000), "status 429".to_owned()));
    }

    #[test]
    fn a_webhook_that_fails_may_come_back_and_one_that_is_gone_does_not() {
        let of = |status, after| verdict(Kind::Webhook, &url(), &reply(status, "", after), 0);
        assert_eq!(of(204, None), Verdict::Delivered);
        for status in [301, 307, 400, 401, 404, 408, 422, 500, 502, 503] {
            assert!(matches!(of(status, None), Verdict::Again(_)), "{status}");
        }
        assert!(matches!(of(410, None), Verdict::Closed(_)));
        assert!(matches!(of(429, None), Verdict::Wait(None, _)));
        assert!(matches!(of(503, Some("3")), Verdict::Wait(Some(3000), _)));
    }

    #[test]
    fn nobody_there_holds_up_everything_and_silence_one_report() {
        let failed = |trouble| {
            let address = "https://h".to_owned();
            verdict(
                Kind::Webhook,
                &url(),
                &Err(RemoteError::Failed { address, trouble }),
                0,
            )
        };
        assert!(matches!(failed(Trouble::Refused), Verdict::Wait(None, _)));
        let late = Trouble::TimedOut(std::time::Duration::from_secs(10));
        assert!(matches!(failed(late), Verdict::Again(_)));
    }

    #[test]
    fn of_an_answer_only_short_plain_words_are_repeated() {
        for (text, shown) in [
            ("no_service", "status 404, “no_service”"),
            ("\u{1b}[31mred", "status 404"),
            ("https://hooks.example/secret", "status 404"),
            ("no hook canary_1 here", "status 404"),
            (&"a".repeat(101), "status 404"),
        ] {
            let Ok(reply) = reply(404, text, None) else {
                continue;
            };
            assert_eq!(told(&reply, &url()), shown);
        }
    }
}
