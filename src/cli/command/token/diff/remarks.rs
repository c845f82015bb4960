//! What there is to say of a token as a whole, beside its features.

use super::sides::{Now, Then};
use super::steps::{NO_CLAIMS, OTHER_STORE, UNREADABLE};
use super::subject::Who;
use crate::cli::shell::quoted;
use crate::token::Statement;
use crate::token::compare::{Cause, Row, Verdict, unreadable_claims};

/// What concerns the token as a whole.
pub struct Remark {
    /// A stable name for scripts: that of a cause, or why nobody can tell what was at its issue.
    pub code: &'static str,
    /// What there is to say.
    pub text: String,
    /// What to do about it.
    pub next: Option<String>,
}

/// Looks for all of it.
pub fn remarks(
    who: &Who,
    said: &Statement,
    then: &Then<'_>,
    now: &Now,
    rows: &[Row<'_>],
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    remarks.extend(now.outside.then(|| outside(who)).flatten());
    remarks.extend(claims(said));
    remarks.extend(environment(who, said, rows));
    if let Err(untold) = &then.0 {
        remarks.push(Remark {
            code: untold.code(),
            text: untold.in_words(),
            next: None,
        });
    }
    remarks
}

fn outside(who: &Who) -> Option<Remark> {
    let (user, organization) = (who.user()?, who.organization()?);
    let (typed, named) = (quoted(user.as_str()), quoted(organization.as_str()));
    Some(Remark {
        code: "wrong_organization",
        text: format!(
            "the token is for organization {organization}, to which user {user} does not belong"
        ),
        next: Some(format!(
            "`flags user assign {typed} --org {named}` adds the user; else sign in to another one"
        )),
    })
}

fn claims(said: &Statement) -> Vec<Remark> {
    let unreadable = unreadable_claims(said).map(|misfit| Remark {
        code: Cause::ClaimsUnreadable.code(),
        text: format!(
            "claim {} is {}, expected {}",
            misfit.path, misfit.value, misfit.expected
        ),
        next: Some(UNREADABLE.to_owned()),
    });
    let mut remarks: Vec<Remark> = unreadable.collect();
    if remarks.is_empty() && said.shapes.is_empty() {
        remarks.push(Remark {
            code: Cause::ClaimsAbsent.code(),
            text: "the token has no claim about features (`features`, `feature_flags`, \
                   `customClaims.flags`), which says that none is on"
                .to_owned(),
            next: Some(NO_CLAIMS.to_owned()),
        });
    }
    remarks
}

fn environment(who: &Who, said: &Statement, rows: &[Row<'_>]) -> Option<Remark> {
    if let Some(foreign) = who.foreign() {
        return Some(Remark {
            code: Cause::OtherEnvironment.code(),
            text: format!("this is the token of another environment: {foreign}"),
            next: Some(OTHER_STORE.to_owned()),
        });
    }
    let blamed = |row: &&Row<'_>| row.cause == Some(Cause::OtherEnvironment);
    let first = rows.iter().find(blamed)?;
    let count = rows
        .iter()
        .filter(|row| row.verdict == Verdict::Unknown)
        .count();
    let issuer = match &said.issuer {
        Some(issuer) => format!("issued by {issuer}"),
        None => "which names no issuer".to_owned(),
    };
    Some(Remark {
        code: Cause::OtherEnvironment.code(),
        text: format!(
            "{count} features of the token, such as {}, are not defined here: this is probably the \
             token of another environment, {issuer}",
            first.feature
        ),
        next: None,
    })
}
