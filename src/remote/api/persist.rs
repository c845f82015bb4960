//! Attempts, until one is enough, or until one more cannot help or could hurt.

use std::thread;

use jiff::Timestamp;
use reqwest::blocking;

use super::Api;
use super::call::{Call, Reply};
use super::error::{ApiError, Fault};
use super::incoming::Incoming;
use super::retry::{Asked, Deadline, is_passing};
use super::send::{self, Answer, Failed, Got, Prepared};
use super::sight::Sight;

/// An attempt that came to nothing.
struct Vain {
    fault: Fault,
    asked: Asked,
    /// Whether another one may help, and cannot hurt.
    again: bool,
}

impl Api {
    pub(super) fn call_within(&self, call: &Call, deadline: &Deadline) -> Result<Reply, ApiError> {
        let origin = self.origin(call);
        let sight = Sight::new(&self.options, self.mask());
        let answer = self.persist(call, deadline, |incoming| {
            let answer = send::whole(incoming, &self.options)?;
            sight.body(&answer);
            Ok(answer)
        });
        let answer = answer.map_err(|fault| ApiError::of(&origin, fault))?;
        Ok(Reply {
            status: answer.status,
            headers: self.mask().headers(answer.headers),
            body: self.mask().body(answer.body),
            origin,
        })
    }

    /// Tries to get an answer that is received whole.
    pub(super) fn persist<T>(
        &self,
        call: &Call,
        deadline: &Deadline,
        receive: impl Fn(Incoming) -> Result<T, Failed>,
    ) -> Result<T, Fault> {
        let prepared = self.prepare(call)?;
        let client = self.connection()?;
        let sight = Sight::new(&self.options, self.mask());
        let mut attempt = 0;
        loop {
            attempt += 1;
            let got = self.attempt(client, &prepared, deadline, &receive);
            let vain = match got {
                Ok(Got::Success(answer)) => return Ok(answer),
                Ok(Got::Refusal(answer)) => self.refused(&prepared, &answer),
                Err(failed) => Vain {
                    again: failed.passing && (prepared.repeatable || !failed.seen),
                    fault: Fault::Trouble(failed.trouble, failed.seen),
                    asked: Asked::Nothing,
                },
            };
            let now = Timestamp::now();
            if !vain.again || attempt > self.options.retries {
                return Err(vain.fault.wanting(vain.asked.until(now)));
            }
            match vain.asked.wait(attempt, deadline.left(), now) {
                Ok(wait) => {
                    sight.wait(wait);
                    thread::sleep(wait);
                }
                Err(until) => return Err(vain.fault.wanting(until)),
            }
        }
    }

    fn attempt<T>(
        &self,
        client: &blocking::Client,
        prepared: &Prepared,
        deadline: &Deadline,
        receive: impl Fn(Incoming) -> Result<T, Failed>,
    ) -> Result<Got<T>, Failed> {
        let sight = Sight::new(&self.options, self.mask());
        let incoming = send::open(client, prepared, deadline, &self.options, &sight)?;
        if incoming.status.is_success() {
            return receive(incoming).map(Got::Success);
        }
        let answer = send::explanation(incoming);
        sight.body(&answer);
        Ok(Got::Refusal(answer))
    }

    fn refused(&self, prepared: &Prepared, answer: &Answer) -> Vain {
        let status = answer.status;
        let body = self.mask().body(answer.body.clone());
        let passing = is_passing(status);
        Vain {
            fault: Fault::of_status(status, &body),
            asked: match passing {
                true => Asked::of(&answer.headers, Timestamp::now()),
                false => Asked::Nothing,
            },
            // Whoever says "too many" has not done it.
            again: passing && (prepared.repeatable || status == 429),
        }
    }
}
