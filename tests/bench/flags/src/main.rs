//! Our resolver on the shared workload.
//!
//! Catalog, lists and resolver are prepared outside the clock, as a server would hold them. Inside
//! it, one user id after the other is turned into the subject that the resolver reads and every
//! feature is decided for it, all six layers included. Which lists name the users is asked of the
//! index for all of them in one call, which looks for several side by side. `slots` asks by a feature's place, which a caller looks up
//! once, as the peer's `compiled` does. `keys` looks each feature up by its name every time, from
//! the text on, as the peer's `engine` does. `explained` has every layer report.

#![forbid(unsafe_code)]

use contest::{Args, Flag, Result, Workload, answer, run};
use flags::domain::catalog::{Catalog, Revision, Settings};
use flags::domain::change::{Change, ChangeSet, replace_audience};
use flags::domain::feature::Feature;
use flags::domain::key::FeatureKey;
use flags::domain::lists::Lists;
use flags::domain::resolve::{Resolver, Slot};
use flags::domain::subject::{Party, SubjectRecord};
use flags::domain::target::{Audience, Condition, Id, Members, Rule, Serve, TargetType};
use flags::domain::text::Name;
use flags::domain::time::Time;
use flags::domain::value::Kind;

fn main() -> Result<()> {
    let args = Args::read()?;
    let (catalog, lists) = prepared(&args.workload)?;
    let resolver = Resolver::new(&catalog);
    let keys: Vec<&FeatureKey> = catalog.features.keys().collect();
    let slots: Vec<Slot> = resolver.slots().collect();
    let at = Time::from_unix(1_795_000_000)?;
    let users: Vec<Id> = args
        .workload
        .users
        .iter()
        .map(|id| id.parse())
        .collect::<std::result::Result<_, _>>()?;
    let version = "of this tree";
    match args.way.as_str() {
        "slots" => run(&args, version, |answers| {
            each(&users, &lists, answers, slots.len(), |record, answers| {
                let subject = resolver.bind(record);
                for (slot, byte) in slots.iter().zip(answers) {
                    *byte = answer(resolver.decide(&subject, *slot, at).answer.is_some());
                }
            });
        }),
        "keys" => run(&args, version, |answers| {
            each(&users, &lists, answers, keys.len(), |record, answers| {
                let subject = resolver.bind(record);
                for (key, byte) in keys.iter().zip(answers) {
                    let slot = resolver.slot(key);
                    let on = slot
                        .is_some_and(|slot| resolver.decide(&subject, slot, at).answer.is_some());
                    *byte = answer(on);
                }
            });
        }),
        "explained" => run(&args, version, |answers| {
            each(&users, &lists, answers, slots.len(), |record, answers| {
                let subject = resolver.bind(record);
                for (slot, byte) in slots.iter().zip(answers) {
                    *byte = answer(resolver.resolve(&subject, *slot, at).answer.is_some());
                }
            });
        }),
        other => Err(format!("unknown way {other:?}: say slots, keys or explained").into()),
    }
}

/// Makes each user's record, as a server does on a request, and has its answers written.
fn each(
    users: &[Id],
    lists: &Lists,
    answers: &mut [u8],
    features: usize,
    mut decide: impl FnMut(&SubjectRecord, &mut [u8]),
) {
    let naming = lists.naming_each("user", users.iter().map(Id::as_str));
    let each = users.iter().zip(naming);
    for ((user, named), answers) in each.zip(answers.chunks_mut(features)) {
        let party = Party {
            id: Some(user.clone()),
            ..Party::default()
        };
        let record = SubjectRecord {
            user: Some(party),
            organizations: Vec::new(),
            lists: named.clone(),
        };
        decide(&record, answers);
    }
}

fn prepared(workload: &Workload) -> Result<(Catalog, Lists)> {
    let mut catalog = Catalog {
        settings: Settings {
            max_features: u32::MAX,
            ..Settings::default()
        },
        ..Catalog::default()
    };
    let mut lists = Lists::default();
    for change in changes(workload)?.changes() {
        for edit in catalog.apply(change, Revision(1))? {
            if !lists.apply(edit) {
                return Err("a list does not fit".into());
            }
        }
    }
    Ok((catalog, lists))
}

fn changes(workload: &Workload) -> Result<ChangeSet> {
    let mut changes = Vec::new();
    for (slug, flag) in &workload.flags {
        let key: FeatureKey = slug.parse()?;
        let feature = Feature {
            enabled: flag.enabled,
            ..Feature::new(Kind::Boolean)
        };
        changes.push(Change::Feature {
            key: key.clone(),
            before: None,
            after: Some(feature),
        });
        changes.extend(replace_audience(&key, Audience::default(), audience(flag)?));
    }
    Ok(ChangeSet::new(changes))
}

fn audience(flag: &Flag) -> Result<Audience<Members>> {
    let ids: Members = flag
        .target_ids()
        .map(str::parse)
        .collect::<std::result::Result<_, _>>()?;
    let when = vec![Condition::OneOf {
        target_type: TargetType::user(),
        ids: ids.clone(),
    }];
    let rule = Rule {
        id: Name::new("users")?,
        serve: Serve::On,
        when,
    };
    let rules = if ids.is_empty() {
        Vec::new()
    } else {
        vec![rule]
    };
    let default = if flag.default_value {
        Serve::On
    } else {
        Serve::Off
    };
    Ok(Audience { default, rules })
}
