//! Whom the token is about: its organization and plan, and claims of the wrong type.

use serde_json::{Map, Value};

use super::super::claims::{Misfit, PlanClaim, Statement};
use super::super::finding::{Finding, FindingCode};
use super::{Surroundings, shortened, shown};
use crate::domain::catalog::Catalog;

/// Looks at the claims about the holder.
pub(super) fn look(
    said: &Statement,
    claims: &Map<String, Value>,
    known: &Surroundings<'_>,
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = said.misfits.iter().map(wrong_type).collect();
    findings.extend(organization(said, known));
    findings.extend(plans_differ(&said.plans));
    if let Some(catalog) = known.catalog {
        findings.extend(said.plans.iter().filter_map(|plan| unknown(plan, catalog)));
    }
    findings.extend(claims.get("act").map(acted_for));
    findings
}

fn wrong_type(misfit: &Misfit) -> Finding {
    let Misfit {
        path,
        value,
        expected,
    } = misfit;
    let message = format!("claim {path} is {}, expected {expected}", shown(value));
    Finding::new(FindingCode::WrongType, message)
        .claim(path.clone())
        .help("clients that expect the right type see nothing there; mend it where tokens are made")
}

fn organization(said: &Statement, known: &Surroundings<'_>) -> Option<Finding> {
    let expected = known.organization?;
    let finding = match &said.organization {
        Some(found) if found == expected.as_str() => return None,
        Some(found) => {
            let found = shortened(found);
            let message = format!(
                "the token is of organization {found}, the profile is for {expected}: features \
                 and roles are those of {found}"
            );
            Finding::new(FindingCode::OtherOrganization, message)
        }
        None => {
            let message = format!(
                "the token is of no organization, the profile is for {expected}: what an \
                 organization gets is not in it"
            );
            Finding::new(FindingCode::NoOrganization, message)
        }
    };
    Some(
        finding
            .claim("org_id")
            .help("switch the session to the organization, or use the profile that fits"),
    )
}

fn plans_differ(plans: &[PlanClaim]) -> Option<Finding> {
    let (first, others) = plans.split_first()?;
    let other = others.iter().find(|other| other.plan != first.plan)?;
    let message = format!(
        "{} says plan {}, {} says plan {}: readers disagree about which counts",
        first.path,
        shortened(&first.plan),
        other.path,
        shortened(&other.plan)
    );
    let finding = Finding::new(FindingCode::PlansDiffer, message).claim(other.path);
    Some(finding.help("have its issuer name the plan in one place"))
}

/// A catalog without any plan, as WorkOS's payload is, has nothing to say about plans.
fn unknown(claim: &PlanClaim, catalog: &Catalog) -> Option<Finding> {
    if catalog.plans.is_empty() || catalog.plans.contains_key(claim.plan.as_str()) {
        return None;
    }
    let plan = shortened(&claim.plan);
    let message = format!("the catalog has no plan `{plan}`, so it grants nothing");
    let finding = Finding::new(FindingCode::UnknownPlan, message).claim(claim.path);
    Some(finding.help("`flags plan list` shows what there is; plan keys are case-sensitive"))
}

fn acted_for(actor: &Value) -> Finding {
    let who = match actor.get("sub") {
        Some(Value::String(subject)) => shortened(subject),
        _ => "somebody else".to_owned(),
    };
    let message = format!("{who} acts in the subject's name (impersonation)");
    Finding::new(FindingCode::ActedFor, message).claim("act")
}
