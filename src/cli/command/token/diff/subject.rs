//! Whom a token is about, in the words of a store, and as the token's session sees them.

use std::ops::ControlFlow;

use anyhow::{Error, Result};

use super::DiffArgs;
use crate::cli::failure::{Failure, classify};
use crate::cli::question::QuestionArgs;
use crate::cli::shell::quoted;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Held, Organization, SubjectId, SubjectRecord, User};
use crate::domain::target::{Id, ListId, Target};
use crate::store::{About, Facts, Question, Scope, Snapshot, Span, StoreError, Subjects, gather};
use crate::token::Statement;
use crate::ui::time;

/// Whom the token is about.
pub struct Who {
    /// The question about them that other commands would ask.
    pub question: QuestionArgs,
    /// Whether the organization was named by the operator and not by the token.
    organization_asked: bool,
    /// Whom the store can be asked about.
    pub subjects: Subjects,
    issuer: Option<String>,
    /// Those who issue the tokens of the store's profile, if it says.
    issuers: Vec<String>,
}

/// Which organizations count.
#[derive(Clone, Copy)]
pub enum Within<'a> {
    /// All that the user belongs to.
    All,
    /// This one, if the user belongs to it.
    Only(&'a Id),
    /// All, and this one, as if the user belonged to it.
    And(&'a Id),
}

impl Who {
    /// The token's `sub` and `org_id`, unless the operator names others.
    ///
    /// # Errors
    ///
    /// Exit 2 where nobody is named; exit 3 where the token names who can be in no store.
    pub fn new(args: &DiffArgs, said: &Statement, issuers: Vec<String>) -> Result<Self> {
        let named = |given: &Option<Id>, claim: &Option<String>, noun| match given {
            Some(id) => Ok(Some(id.clone())),
            None => claim
                .as_deref()
                .map(|text| identifier(text, noun))
                .transpose(),
        };
        let user = named(&args.user, &said.subject, "user")?;
        let org = named(&args.org, &said.organization, "organization")?;
        if user.is_none() && org.is_none() {
            let message = "the token says nobody's name: it has neither `sub` nor `org_id` as text";
            let failure = Failure::usage("no_subject", message);
            return Err(failure.hint("name the subject with --user or --org").into());
        }
        Ok(Self {
            question: QuestionArgs {
                user,
                org,
                plan: None,
                targets: args.targets.clone(),
                at: None,
                file: args.file.clone(),
            },
            organization_asked: args.org.is_some(),
            subjects: Subjects::Known,
            issuer: said.issuer.clone(),
            issuers,
        })
    }

    /// The user.
    pub fn user(&self) -> Option<&Id> {
        self.question.user.as_ref()
    }

    /// The organization: the only one that counts for the user, or the subject itself.
    pub fn organization(&self) -> Option<&Id> {
        self.question.org.as_ref()
    }

    /// That the token is another environment's, where its issuer shows that.
    pub fn foreign(&self) -> Option<String> {
        let issuer = self.issuer.as_deref()?;
        let same =
            |expected: &String| expected.trim_end_matches('/') == issuer.trim_end_matches('/');
        let foreign = !self.issuers.is_empty() && !self.issuers.iter().any(same);
        let expected = self.issuers.join(" or ");
        foreign.then(|| format!("issued by {issuer}, and the profile's tokens by {expected}"))
    }

    /// Which of the user's organizations count in the token's session.
    pub fn session(&self) -> Within<'_> {
        self.organization().map_or(Within::All, Within::Only)
    }

    /// The subject itself.
    pub fn subject(&self) -> Option<SubjectId> {
        let user = self.user().cloned().map(SubjectId::User);
        user.or_else(|| self.organization().cloned().map(SubjectId::Organization))
    }

    /// The options that name the subject in another command, to be typed.
    pub fn options(&self) -> String {
        let user = self
            .user()
            .map(|id| format!("--user {}", quoted(id.as_str())));
        let org = self
            .organization()
            .map(|id| format!("--org {}", quoted(id.as_str())));
        user.into_iter().chain(org).collect::<Vec<_>>().join(" ")
    }

    /// The facts about the subject; `None` where it is not known.
    pub fn ask(
        &self,
        facts: &dyn Facts,
        catalog: &Catalog,
        within: Within<'_>,
    ) -> Result<Option<SubjectRecord>, StoreError> {
        let targets = self.question.targets.clone();
        let question = match (self.user(), self.organization()) {
            (Some(id), _) => Question::User {
                id: id.clone(),
                within: None,
                targets,
            },
            (None, Some(id)) => Question::Organization {
                id: id.clone(),
                targets,
            },
            (None, None) => return Ok(None),
        };
        let session = Session {
            facts,
            within,
            subjects: self.subjects,
        };
        match gather(&session, catalog, Scope::All, &question) {
            Err(StoreError::Refused(Refusal::UnknownSubject(id)))
                if Some(&id) == self.subject().as_ref() =>
            {
                Ok(None)
            }
            record => record.map(Some),
        }
    }

    /// The facts as other sessions of the user may see them: with all its organizations, and the
    /// token's as if it belonged there. `None` where there is no other session.
    pub fn elsewhere(
        &self,
        facts: &dyn Facts,
        catalog: &Catalog,
    ) -> Result<Option<SubjectRecord>, StoreError> {
        match (self.user(), self.organization()) {
            (Some(_), Some(own)) if facts.organization(own)?.is_some() => {
                self.ask(facts, catalog, Within::And(own))
            }
            (Some(_), Some(_)) => self.ask(facts, catalog, Within::All),
            _ => Ok(None),
        }
    }

    /// Refuses to answer for who is not known now. `since` are the writes since the token was
    /// issued, where that can be told.
    pub fn unknown(&self, snapshot: &dyn Snapshot, of: SubjectId, since: Option<Span>) -> Error {
        let forgotten = since.and_then(|since| forgotten(snapshot, &of, since));
        let refused = StoreError::from(Refusal::UnknownSubject(of));
        let mut failure = classify(self.question.explain_unknown(snapshot, refused.into()));
        let issuer = match &self.issuer {
            Some(issuer) => format!("it was issued by {issuer}"),
            None => "it does not say who issued it".to_owned(),
        };
        let place = match &self.question.file {
            Some(_) => "compare with that environment's file",
            None => "name that environment's store with --store or --profile",
        };
        let elsewhere = match self.foreign() {
            Some(foreign) => {
                format!("this is the token of another environment ({foreign}): {place}")
            }
            None => format!("this may be the token of another environment ({issuer}): {place}"),
        };
        let other_name = "or the store knows the subject by another name: --user, --org";
        let hints = forgotten
            .into_iter()
            .chain([elsewhere, other_name.to_owned()]);
        // A token is about somebody: that a plan could be asked about is no help here.
        let exports = |hint: String| match hint.strip_suffix(", or ask about --plan PLAN") {
            Some(export) => export.to_owned(),
            None => hint,
        };
        failure.hints = hints
            .chain(failure.hints.into_iter().map(exports))
            .collect();
        failure.into()
    }

    /// Whether the user is outside of the organization, which then does not count.
    ///
    /// # Errors
    ///
    /// Exit 3 where the operator asked about that organization, and where it is not known.
    pub fn outside(&self, snapshot: &dyn Snapshot, since: Option<Span>) -> Result<bool> {
        let (Some(user), Some(organization)) = (self.user(), self.organization()) else {
            return Ok(false);
        };
        // Who belongs where is then said by the token alone.
        if self.subjects == Subjects::Anybody {
            return Ok(false);
        }
        if snapshot.organization(organization)?.is_none() {
            let unknown = SubjectId::Organization(organization.clone());
            return Err(self.unknown(snapshot, unknown, since));
        }
        let found = snapshot.user(user)?;
        let member = found.is_some_and(|found| found.organizations.contains(organization));
        if !member && self.organization_asked {
            let (user, organization) = (user.clone(), organization.clone());
            return Err(Refusal::NotAMember { user, organization }.into());
        }
        Ok(!member)
    }
}

fn identifier(text: &str, noun: &str) -> Result<Id> {
    text.parse().map_err(|error| {
        let message = format!("there is no {noun} as the token names it: {error}");
        let failure = Failure::refused(
            match noun {
                "user" => "user_not_found",
                _ => "organization_not_found",
            },
            message,
        );
        failure
            .hint("name the subject as the store knows it with --user or --org")
            .into()
    })
}

/// Who deleted the subject since the token was issued.
fn forgotten(snapshot: &dyn Snapshot, subject: &SubjectId, since: Span) -> Option<String> {
    let mut deleted: Option<Revision> = None;
    let walked = snapshot.changed(since, About::Subject(subject), &mut |(at, change)| {
        deleted = match change {
            Change::User { after: None, .. } | Change::Organization { after: None, .. } => Some(at),
            _ => None,
        };
        ControlFlow::Break(())
    });
    let entry = snapshot.entry(walked.ok().and(deleted)?).ok()??;
    Some(format!(
        "{} forgot it at {}, after the token was issued",
        entry.actor,
        time::rfc3339(entry.at.div_euclid(1000))
    ))
}

/// The facts as a session in one organization sees them.
struct Session<'f> {
    facts: &'f dyn Facts,
    within: Within<'f>,
    subjects: Subjects,
}

impl Facts for Session<'_> {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        self.facts.lists_naming(target)
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        let mut found = self.facts.user(id)?;
        if let Some(user) = &mut found {
            match self.within {
                Within::All => {}
                Within::Only(one) => match self.subjects {
                    Subjects::Known => user.organizations.retain(|id| id == one),
                    Subjects::Anybody => user.organizations = [one.clone()].into(),
                },
                Within::And(one) => {
                    user.organizations.insert(one.clone());
                }
            }
        }
        Ok(found)
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        self.facts.organization(id)
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        scope: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        self.facts.overrides_of(subject, scope)
    }
}
