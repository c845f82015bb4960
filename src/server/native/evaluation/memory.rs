//! The same answers where memory has them, for those who ask all day (see
//! [`shortcut`](crate::server::shortcut)).
//!
//! They are written out by hand, which takes a third of the time: members in the order of
//! [`FeatureAnswer`](crate::told::FeatureAnswer) and [`Entitlements`](crate::told::Entitlements),
//! byte for byte, as the test of the short way has it.

use std::cell::RefCell;
use std::fmt::Write;

use axum::http::HeaderValue;

use super::super::look::tag;
use super::mark;
use crate::domain::resolve::{Decision, LayerKind, Slot};
use crate::domain::time::Time;
use crate::domain::value::{Answer, Kind, Value};
use crate::server::app::App;
use crate::server::evaluate::{Answers, Asked, Which};
use crate::server::shortcut::Reply;
use crate::store::Question;

/// How many bytes one answer takes, about, and what stands around it.
const EACH: usize = 96;
const AROUND: usize = 192;

/// What a user gets of a feature now. Nothing where that is not in memory, or where there is no such
/// user or feature.
pub fn entitlement(app: &App, user: &str, feature: &str) -> Option<Reply> {
    let which = Which::One(feature.parse().ok()?);
    told(app, user, &which, |asked, answers| {
        let slot = answers.slots().next()?;
        let decision = answers.decide(slot);
        let mut page = Written::with_room(1);
        page.text("{");
        page.answer(answers, slot, decision);
        page.text(",\"subject\":").subject(user).moment(asked);
        page.text(",\"revision\":").number(answers.revision().0);
        page.text("}");
        page.reply(answers, &[decision])
    })
}

/// All that a user gets now, likewise.
pub fn entitlements(app: &App, user: &str) -> Option<Reply> {
    told(app, user, &Which::All, |asked, answers| {
        let slots = answers.slots();
        let all: Vec<(Slot, Decision)> = slots.map(|slot| (slot, answers.decide(slot))).collect();
        let mut page = Written::with_room(all.len() * 2);
        page.text("{\"subject\":").subject(user).moment(asked);
        page.text(",\"revision\":").number(answers.revision().0);
        page.text(",\"entitlements\":{");
        let on = all.iter().filter(|(_, decision)| decision.answer.is_some());
        for (number, (slot, decision)) in on.enumerate() {
            page.text(if number > 0 { ",\"" } else { "\"" });
            page.text(answers.key(*slot).as_str()).text("\":");
            page.value(decision.answer);
        }
        page.text("},\"features\":[");
        for (number, (slot, decision)) in all.iter().enumerate() {
            page.text(if number > 0 { ",{" } else { "{" });
            page.answer(answers, *slot, *decision);
            page.text("}");
        }
        page.text("]}");
        let decisions: Vec<Decision> = all.into_iter().map(|(_, decision)| decision).collect();
        page.reply(answers, &decisions)
    })
}

fn told(
    app: &App,
    user: &str,
    which: &Which,
    tell: impl FnOnce(Time, &Answers<'_>) -> Option<Reply>,
) -> Option<Reply> {
    let question = Question::User {
        id: user.parse().ok()?,
        within: None,
        targets: Vec::new(),
    };
    let at = app.now().ok()?;
    let asked = Asked::Question(question);
    let told = app
        .live
        .answer(&asked, which, at, |answers| tell(at, answers));
    told.ok()?.ok()?
}

/// A document under way.
struct Written(Vec<u8>);

impl Written {
    fn with_room(answers: usize) -> Self {
        Self(Vec::with_capacity(AROUND + answers * EACH))
    }

    /// What needs no escapes: keys of features have only letters, digits and the like.
    fn text(&mut self, text: &str) -> &mut Self {
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    fn number(&mut self, number: u64) -> &mut Self {
        // Numbers always have a form, and a vector always takes it.
        let _ = serde_json::to_writer(&mut self.0, &number);
        self
    }

    fn value(&mut self, answer: Answer) -> &mut Self {
        match answer {
            None => self.text("false"),
            Some(Value::On) => self.text("true"),
            Some(Value::Limit(limit)) => self.number(limit.get()),
        }
    }

    fn subject(&mut self, user: &str) -> &mut Self {
        self.text("{\"user\":");
        // As with numbers. An identifier may have quotes.
        let _ = serde_json::to_writer(&mut self.0, user);
        self.text(",\"organization\":null,\"plan\":null,\"targets\":[]}")
    }

    fn answer(&mut self, answers: &Answers<'_>, slot: Slot, decision: Decision) -> &mut Self {
        self.text("\"feature\":\"").text(answers.key(slot).as_str());
        self.text(match answers.kind(slot) {
            Kind::Boolean => "\",\"type\":\"boolean\",\"value\":",
            Kind::Limit => "\",\"type\":\"limit\",\"value\":",
        });
        self.value(decision.answer);
        self.text(match decision.winner {
            LayerKind::Switch => ",\"layer\":\"switch\"",
            LayerKind::UserOverride => ",\"layer\":\"user_override\"",
            LayerKind::OrganizationOverride => ",\"layer\":\"organization_override\"",
            LayerKind::Targeting => ",\"layer\":\"targeting\"",
            LayerKind::Plan => ",\"layer\":\"plan\"",
            LayerKind::Default => ",\"layer\":\"default\"",
        })
    }

    /// The moment. For a second all answers have the same, so each thread keeps its text.
    fn moment(&mut self, at: Time) -> &mut Self {
        thread_local!(static LAST: RefCell<(Option<Time>, String)> = RefCell::default());
        LAST.with_borrow_mut(|(last, text)| {
            if *last != Some(at) {
                *last = Some(at);
                text.clear();
                // Writing into a text cannot fail.
                let _ = write!(text, ",\"at\":\"{at}\"");
            }
            self.text(text)
        })
    }

    fn reply(self, answers: &Answers<'_>, decisions: &[Decision]) -> Option<Reply> {
        let tag = tag(answers.revision(), Some(mark(decisions.iter().copied())));
        Some(Reply {
            body: self.0.into(),
            tag: Some(HeaderValue::try_from(tag).ok()?),
        })
    }
}
