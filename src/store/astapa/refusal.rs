//! What Astapa's interface has no call for, and where to do it instead. All of it is refused before
//! anything is sent.

use crate::store::StoreError;

/// Something that Astapa cannot be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lacks {
    /// Listing definitions.
    Catalog,
    /// Listing users, or telling what is kept of one.
    Users,
    /// There are none.
    Organizations,
    /// Listing overrides.
    Overrides,
    /// There is none.
    History,
    /// There are none.
    Targeting,
    /// Custom targets that come with a question.
    Targets,
    /// Asking about a plan.
    PlanQuestion,
    /// Answering for all features at once.
    AllFeatures,
    /// Altering plans and what they give.
    Plans,
    /// Settings of the project.
    Settings,
    /// A kill switch, labels and owners.
    Particulars,
    /// Overrides that start or end by themselves.
    Spans,
    /// Keeping anything about a user but the plan.
    Subjects,
    /// Assigning a plan to whom nobody gave an e-mail address of.
    Email,
    /// Taking all overrides of somebody away.
    Everything,
    /// Many writes in one transaction.
    Bulk,
    /// Keeping records.
    Records,
}

impl Lacks {
    fn in_words(self) -> (&'static str, &'static str) {
        const DASHBOARD: &str = "Astapa's Dashboard shows them, under the project's Features tab";
        const ONE: &str = "name the features: `flags get FEATURE --user ID` and `flags check` ask about \
                           one each; a token tells all of them (`flags token inspect`)";
        match self {
            Self::Catalog => (
                "Astapa's interface lists neither features nor plans, so there is no catalog to read",
                DASHBOARD,
            ),
            Self::Users => (
                "Astapa's interface lists no users and does not tell what is kept of one",
                "`flags get FEATURE --user ID` tells what a user gets",
            ),
            Self::Organizations => (
                "Astapa has no organizations: plans and overrides are for single users",
                "name a user with --user",
            ),
            Self::Overrides => ("Astapa's interface lists no overrides", DASHBOARD),
            Self::History => (
                "Astapa keeps no history: it answers for now, and nothing can be looked up or taken \
                 back",
                "leave --at out; to take a write back, write what was there before",
            ),
            Self::Targeting => (
                "Astapa has no targeting: plans and overrides decide",
                "`flags set FEATURE --user ID` gives the feature to one user",
            ),
            Self::Targets => ("Astapa knows no custom targets", "leave --target out"),
            Self::PlanQuestion => (
                "Astapa's interface does not tell what a plan gives",
                "Astapa's Dashboard shows it; `flags get FEATURE --user ID` asks about one user",
            ),
            Self::AllFeatures => ("Astapa's interface does not tell all that a user gets", ONE),
            Self::Plans => (
                "Astapa's interface does not alter plans or what they give",
                "features are mapped to plans in Astapa's Dashboard; `flags user assign EMAIL --plan \
                 PLAN` puts a user on a plan",
            ),
            Self::Settings => (
                "Astapa has no such setting: a project has 50 features at most, and no default plan",
                "`flags feature delete FEATURE` makes room",
            ),
            Self::Particulars => (
                "Astapa keeps a feature's key, type, name and description, and no kill switch, tags or \
                 owner; its interface does not alter one of them alone",
                "`flags feature define FEATURE --type … --name …` writes the whole definition anew",
            ),
            Self::Spans => (
                "Astapa's overrides neither start nor end by themselves",
                "leave --expires and --starts out, and take the override away in time with `flags unset \
                 FEATURE --user ID`",
            ),
            Self::Subjects => (
                "of a user, Astapa's interface sets the plan and nothing else",
                "`flags user assign EMAIL --plan PLAN`, or --no-plan",
            ),
            Self::Email => (
                "Astapa puts a user on a plan by e-mail address, and none was given",
                "`flags user assign EMAIL --plan PLAN`, or add --email ADDRESS",
            ),
            Self::Everything => (
                "Astapa's interface lists no overrides, so those to be taken away have to be named",
                "`flags override clear FEATURE… --user ID`",
            ),
            Self::Bulk => (
                "Astapa takes one write at a time, so that nothing can be applied as a whole",
                "`flags set`, `flags unset` and `flags feature define` write one thing each",
            ),
            Self::Records => (
                "Astapa keeps nothing of ours",
                "use a store of your own: `flags init`",
            ),
        }
    }

    pub(super) fn error(self) -> StoreError {
        let (what, instead) = self.in_words();
        StoreError::Unsupported {
            what: what.to_owned(),
            instead: Some(instead.to_owned()),
        }
    }

    pub(super) fn refuse<T>(self) -> Result<T, StoreError> {
        Err(self.error())
    }
}
