//! What a program is told: the documents that `--json` prints and that a server answers with.
//!
//! Each exists once, as a type whose fields are its members, so that the command line and the server
//! cannot come to differ, and so that the schema of a document is that of its type.

mod answers;
mod definitions;
mod flag;
mod shape;
mod subjects;
mod writes;

pub use answers::{
    CheckTold, Entitlements, ExpectationTold, Explanation, FeatureAnswer, LayerTold, SubjectTold,
    ValueTold,
};
pub use definitions::{
    ConditionTold, FeatureShown, FeatureTold, MatrixRow, PlanTold, RuleTold, SettingsTold,
};
pub use flag::{
    FlagTimes, ID_DIGITS, flag, flag_attributes, flag_default, flag_id, flag_moment, lasting_id,
};
pub use subjects::{
    OrganizationShown, OrganizationTold, OverrideShown, OverrideTold, UserShown, UserTold,
    standing_name,
};
pub use writes::{
    DiffTold, EffectTold, Effects, Misfitting, Noted, UndoTold, VerificationTold, WriteTold,
    Written, moment,
};
