//! What a kind of store can do, so that a command can say what it cannot before anything is sent.

/// What a kind of store can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// What the kind is called.
    pub kind: &'static str,
    /// What becomes of one subject's grant or revoke.
    pub overrides: Overrides,
    /// Whom it can be asked about.
    pub subjects: Subjects,
    /// Whether it remembers its writes, so that they can be listed and taken back.
    pub history: bool,
    /// Whether it keeps [records](super::Records) beside the project.
    pub records: bool,
    /// Whether it takes writes and shows nothing of what is there: an edit comes in its own words
    /// ([`Edit::unseen`](crate::edit::Edit::unseen)), and an answer without the layer that gave it.
    pub blind: bool,
    /// Whether asking it anything is a journey over a network.
    pub far: bool,
}

/// What becomes of one subject's grant or revoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overrides {
    /// It is kept as what it is.
    Kept,
    /// There are none. A grant is told by naming the subject on the feature's audience.
    Named,
}

/// Whom a store can be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subjects {
    /// It knows them all; another is unknown.
    Known,
    /// Whomever anybody names: it has no list of them.
    Anybody,
}

impl Capabilities {
    /// Everything, by a kind that is ours.
    pub(super) const fn all(kind: &'static str) -> Self {
        Self {
            kind,
            overrides: Overrides::Kept,
            subjects: Subjects::Known,
            history: true,
            records: true,
            blind: false,
            far: false,
        }
    }

    /// The same, over a network.
    pub(super) const fn far_away(self) -> Self {
        Self { far: true, ..self }
    }
}
