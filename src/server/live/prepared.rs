//! A catalog and the resolver that reads it, as one value that can be kept and exchanged.

use std::collections::BTreeSet;

use self_cell::self_cell;

use crate::domain::catalog::Catalog;
use crate::domain::resolve::Resolver;
use crate::domain::target::{Condition, TargetType};

self_cell!(
    struct Cell {
        owner: Catalog,
        #[covariant]
        dependent: Resolver,
    }
);

/// A catalog prepared for many questions.
pub struct Prepared {
    cell: Cell,
    /// The types of custom targets that rules name.
    custom: BTreeSet<TargetType>,
    /// Whether rules name anybody at all.
    names_anybody: bool,
}

impl Prepared {
    /// Prepares a catalog.
    pub fn new(catalog: Catalog) -> Self {
        let rules = catalog
            .features
            .values()
            .flat_map(|entry| &entry.audience.rules);
        let named = rules
            .flat_map(|rule| &rule.when)
            .filter_map(|when| match when {
                Condition::OneOf { target_type, .. } => Some(target_type.clone()),
                Condition::Percent(_) | Condition::Unsupported(_) => None,
            });
        let mut custom: BTreeSet<TargetType> = named.collect();
        let names_anybody = !custom.is_empty();
        custom.retain(|named| !matches!(named.as_str(), "user" | "organization"));
        Self {
            cell: Cell::new(catalog, |catalog| Resolver::new(catalog)),
            custom,
            names_anybody,
        }
    }

    /// The definitions.
    pub fn catalog(&self) -> &Catalog {
        self.cell.borrow_owner()
    }

    /// What answers.
    pub fn resolver(&self) -> &Resolver<'_> {
        self.cell.borrow_dependent()
    }

    /// The types of custom targets that rules name: others make no difference to any answer.
    pub fn custom_types(&self) -> &BTreeSet<TargetType> {
        &self.custom
    }

    /// Whether rules name anybody, so that lists are worth asking for.
    pub fn names_anybody(&self) -> bool {
        self.names_anybody
    }
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Prepared")
    }
}
