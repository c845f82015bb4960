//! What to do next: one step for each cause, with the command to type.

use super::words::{Words, finding};
use crate::cli::shell::quoted;
use crate::domain::finding::Finding;
use crate::domain::overrides::{Effect, Standing};
use crate::domain::resolve::LayerKind;
use crate::domain::subject::SubjectId;
use crate::domain::target::Id;
use crate::domain::value::Kind;
use crate::token::compare::{Cause, Row, Told};

/// What to do about a token that is merely old.
pub const REFRESH: &str =
    "refresh the session (sign out and in), then run `flags token diff` on the new token";
/// What to do about a token without claims about features.
pub const NO_CLAIMS: &str = "sign in anew through the issuer that adds features (not a custom \
     login), with the organization linked there; `flags token decode` shows which claims there are";
/// What to do about claims that cannot be read.
pub const UNREADABLE: &str =
    "`flags token decode` shows the claims; what the issuer's template puts there is to be mended";
/// What to do about a token of another environment.
pub const OTHER_STORE: &str = "name the store of the token's environment with --store or --profile; \
     `flags token decode` shows who issued it";
const OTHER_FILE: &str = "compare with the file of the token's environment; `flags token decode` \
     shows who issued it";
const UNDEFINED: &str =
    "`flags feature list` shows what there is; `flags feature define` publishes one more";
const IN_FILE: &str = "look for it where the file comes from, and export that anew";

impl Words<'_> {
    /// What to do about it, if anything.
    pub fn next(&self, row: &Row<'_>) -> Option<String> {
        let cause = row.cause?;
        let file = self.who.question.file.is_some();
        match cause {
            Cause::LimitNotCarried | Cause::CustomTargetNotCarried => return None,
            Cause::ChangedSince | Cause::OverrideStarted(_) => return Some(REFRESH.to_owned()),
            // What is left without the override is what the subject is to have.
            Cause::OverrideExpired(_) if matches!(row.now, Told::Is(Some(_))) => {
                return Some(REFRESH.to_owned());
            }
            Cause::ClaimsAbsent => return Some(NO_CLAIMS.to_owned()),
            Cause::ClaimsUnreadable | Cause::WrongType | Cause::Contradiction => {
                return Some(UNREADABLE.to_owned());
            }
            Cause::OtherEnvironment if file => return Some(OTHER_FILE.to_owned()),
            Cause::OtherEnvironment => return Some(OTHER_STORE.to_owned()),
            Cause::FeatureUndefined if file => return Some(IN_FILE.to_owned()),
            Cause::FeatureUndefined => return Some(UNDEFINED.to_owned()),
            _ => {}
        }
        if file {
            return Some(format!(
                "`{} --file FILE` shows every layer",
                self.explain(row)
            ));
        }
        Some(self.in_the_store(row, cause))
    }

    /// What an operator would do to the store.
    fn in_the_store(&self, row: &Row<'_>, cause: Cause<'_>) -> String {
        let key = quoted(&row.feature);
        let number = match row.kind {
            Some(Kind::Limit) => " NUMBER",
            _ => "",
        };
        match cause {
            Cause::OverrideExpired(_) => {
                let holder = self.holder(row, Standing::Expired);
                format!("`flags set {key}{number} {holder} --expires 14d` grants it anew")
            }
            Cause::OverrideAhead(_) => {
                let holder = self.holder(row, Standing::NotStarted);
                format!("`flags override show {key} {holder}` shows it; `flags set` grants it now")
            }
            Cause::Revoked => {
                let holder = self.holder(row, Standing::Active);
                format!("`flags unset {key} {holder}` takes the revoke away")
            }
            Cause::FeatureDisabled => format!("`flags feature enable {key}` turns it on again"),
            Cause::NotTargeted => {
                let whom = self
                    .who
                    .subject()
                    .map(|subject| quoted(&subject.to_string()));
                let whom = whom.unwrap_or_default();
                format!(
                    "`flags target {key}` shows who is; `flags target add {key} {whom}` adds one"
                )
            }
            Cause::NotInPlan => self.map_into_plan(row, &key, number),
            Cause::WrongOrganization(through) => self.change_organization(row, through),
            _ => format!(
                "`{}` shows whence it comes; if that is right, the token's issuer asks another store",
                self.explain(row)
            ),
        }
    }

    fn explain(&self, row: &Row<'_>) -> String {
        format!(
            "flags explain {} {}",
            quoted(&row.feature),
            self.who.options()
        )
    }

    fn map_into_plan(&self, row: &Row<'_>, key: &str, number: &str) -> String {
        let asked = row
            .resolution
            .as_ref()
            .and_then(|found| finding(found, LayerKind::Plan));
        let plan = match asked {
            Some(Finding::NotGranted(plan)) => plan.as_str(),
            _ => "PLAN",
        };
        let add = format!("`flags set {key}{number} --plan {plan}` adds it to the plan");
        let plans = self.catalog.plans.iter();
        let mut granting =
            plans.filter(|(_, entry)| entry.grants.contains_key(row.feature.as_str()));
        match (granting.next(), self.who.user()) {
            (Some((other, _)), Some(user)) => {
                let user = quoted(user.as_str());
                format!("{add}; `flags user assign {user} --plan {other}` moves to one that has it")
            }
            _ => add,
        }
    }

    fn change_organization(&self, row: &Row<'_>, through: Option<&Id>) -> String {
        let user = self.who.user().map_or("", Id::as_str);
        match through {
            Some(id) if self.who.organization() == Some(id) => {
                let (user, id) = (quoted(user), quoted(id.as_str()));
                format!("`flags user assign {user} --org {id}` adds the user; then refresh")
            }
            Some(id) => format!(
                "sign in to organization {id}; `flags explain {} --user {} --org {}` shows the grant",
                quoted(&row.feature),
                quoted(user),
                quoted(id.as_str())
            ),
            None => format!(
                "sign in to an organization that it names: `flags target {}` shows them",
                quoted(&row.feature)
            ),
        }
    }

    /// The option for whoever holds the override that explains the row.
    fn holder(&self, row: &Row<'_>, wanted: Standing) -> String {
        let layers = row.resolution.iter().flat_map(|found| &found.layers);
        let mut seen = layers.flat_map(|layer| {
            let findings = [&layer.finding].into_iter().chain(&layer.aside);
            findings.map(|finding| (layer.kind, finding))
        });
        let held = seen.find_map(|(kind, finding)| match finding {
            Finding::Override {
                holder: Some(id),
                standing,
                held,
            } if *standing == wanted
                && (held.over.effect == Effect::Revoke) == (wanted == Standing::Active) =>
            {
                Some(match kind {
                    LayerKind::UserOverride => SubjectId::User(Id::clone(id)),
                    _ => SubjectId::Organization(Id::clone(id)),
                })
            }
            _ => None,
        });
        match held.or_else(|| self.who.subject()) {
            Some(SubjectId::User(id)) => format!("--user {}", quoted(id.as_str())),
            Some(SubjectId::Organization(id)) => format!("--org {}", quoted(id.as_str())),
            None => String::new(),
        }
    }
}
