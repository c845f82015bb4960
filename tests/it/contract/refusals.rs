//! What a store refuses, always the whole write.

use flags::domain::catalog::Settings;
use flags::domain::change::Change;
use flags::domain::feature::Feature;
use flags::domain::overrides::Override;
use flags::domain::plan::Plan;
use flags::domain::refusal::Refusal;
use flags::domain::subject::{Organization, User};
use flags::domain::target::{Condition, Members, Rule, Serve};
use flags::domain::value::{Kind, Value};
use flags::store::Store;

use super::a_small_project;
use crate::project::{
    audience, catalog, everything, grant, limit, member_of, on_plan, put_organization,
    put_override, put_user, read, refusal, revoke, write,
};

pub(super) fn what_has_changed_meanwhile_refuses_the_whole_write(store: &dyn Store) {
    a_small_project(store);
    let good = || {
        let now = catalog(store);
        [
            put_user("dan", None, Some(on_plan("pro"))),
            put_override("user:dan", "beta", None, Some(revoke())),
            now.set_grant(&read("free"), &read("analytics"), Some(Value::On)),
            target(0, 1, "workspace:w9", false),
        ]
    };
    for stale in stale_definitions(store).into_iter().chain(stale_subjects()) {
        let described = format!("{stale:?}");
        let refused = refusal(store, good().into_iter().chain([stale]));
        assert!(
            matches!(refused, Refusal::Stale(_)),
            "{refused:?} for {described}"
        );
    }
    write(store, good());
}

fn stale_definitions(store: &dyn Store) -> Vec<Change> {
    let (settings, feature) = (Settings::default(), Feature::new(Kind::Boolean));
    let named = Feature {
        name: Some(read("Another")),
        ..feature.clone()
    };
    let rules = audience(store, "beta").rules;
    let mut misnamed = rules[1].clone();
    let Condition::OneOf { ids, .. } = &mut misnamed.when[0] else {
        panic!("the rule names users");
    };
    ids.insert(read("eve"));
    let renamed = Rule {
        id: read("foes"),
        ..rules[1].clone()
    };
    let opposite = Rule {
        serve: Serve::Off,
        ..rules[1].clone()
    };
    let larger = Rule {
        when: vec![Condition::Percent(read("13"))],
        ..rules[2].clone()
    };
    vec![
        Change::Settings {
            before: settings.clone(),
            after: Settings {
                max_features: 20,
                ..settings
            },
        },
        Change::Feature {
            key: read("analytics"),
            before: Some(named),
            after: Some(feature),
        },
        Change::AudienceDefault {
            feature: read("analytics"),
            before: Serve::On,
            after: Serve::Off,
        },
        taken_out(0, &rules[1]),
        taken_out(3, &rules[1]),
        taken_out(1, &misnamed),
        taken_out(1, &renamed),
        taken_out(1, &opposite),
        taken_out(2, &larger),
        put_in(4, &rules[1]),
        target(1, 0, "user:ann", false),
        target(1, 0, "user:eve", true),
        target(1, 0, "workspace:w1", false),
        target(2, 0, "user:eve", false),
        target(1, 1, "user:eve", false),
        target(9, 0, "user:eve", false),
        Change::Plan {
            key: read("pro"),
            before: Some(Plan::default()),
            after: None,
        },
        Change::Grant {
            plan: read("pro"),
            feature: read("max_seats"),
            before: Some(limit(9)),
            after: None,
        },
        Change::Grant {
            plan: read("pro"),
            feature: read("beta"),
            before: Some(Value::On),
            after: None,
        },
    ]
}

fn taken_out(index: usize, rule: &Rule<Members>) -> Change {
    Change::Rule {
        feature: read("beta"),
        index,
        before: Some(rule.clone()),
        after: None,
    }
}

fn put_in(index: usize, rule: &Rule<Members>) -> Change {
    Change::Rule {
        feature: read("beta"),
        index,
        before: None,
        after: Some(rule.clone()),
    }
}

fn target(rule: usize, condition: usize, target: &str, before: bool) -> Change {
    Change::Target {
        feature: read("beta"),
        rule,
        condition,
        target: read(target),
        before,
        after: !before,
    }
}

fn stale_subjects() -> Vec<Change> {
    let acme = Organization {
        name: Some(read("Acme")),
        ..Organization::default()
    };
    vec![
        put_user("cid", None, Some(on_plan("free"))),
        put_user("cid", Some(on_plan("pro")), Some(on_plan("free"))),
        put_user("cid", Some(on_plan("pro")), None),
        put_user("nobody", Some(on_plan("pro")), None),
        put_organization("acme", None, Some(acme.clone())),
        put_organization("acme", Some(acme.clone()), None),
        put_organization("nowhere", Some(acme), None),
        put_override("user:bob", "beta", None, Some(revoke())),
        put_override("user:bob", "beta", Some(revoke()), Some(grant(Value::On))),
        put_override("user:bob", "beta", Some(revoke()), None),
        put_override("user:bob", "analytics", Some(revoke()), None),
    ]
}

pub(super) fn what_exists_is_not_made_again(store: &dyn Store) {
    a_small_project(store);
    let feature = Change::Feature {
        key: read("beta"),
        before: None,
        after: Some(Feature::new(Kind::Boolean)),
    };
    assert_eq!(
        refusal(store, [feature]),
        Refusal::FeatureExists(read("beta"))
    );
    let plan = Change::Plan {
        key: read("pro"),
        before: None,
        after: Some(Plan::default()),
    };
    assert_eq!(refusal(store, [plan]), Refusal::PlanExists(read("pro")));
}

pub(super) fn what_is_unknown_cannot_be_referred_to(store: &dyn Store) {
    a_small_project(store);
    let now = catalog(store);
    let (beta, pro) = (read("beta"), read("pro"));
    let (no_feature, no_plan) = (read("nothing"), read("gold"));
    let settings = Settings {
        default_plan: Some(read("gold")),
        ..now.settings.clone()
    };
    let unknown = |subject: &str| Refusal::UnknownSubject(read(subject));
    let plan = Refusal::UnknownPlan(read("gold"));
    let feature = Refusal::UnknownFeature(read("nothing"));
    let on_gold = Organization {
        plan: Some(read("gold")),
        ..Organization::default()
    };
    let over = || Some(revoke());
    for (change, expected) in [
        (now.set_settings(settings), &plan),
        (now.set_grant(&no_plan, &beta, Some(Value::On)), &plan),
        (put_user("dan", None, Some(on_plan("gold"))), &plan),
        (put_organization("new", None, Some(on_gold)), &plan),
        (now.set_grant(&pro, &no_feature, Some(Value::On)), &feature),
        (put_override("user:ann", "nothing", None, over()), &feature),
        (
            put_override("user:eve", "beta", None, over()),
            &unknown("user:eve"),
        ),
        (
            put_override("org:ann", "beta", None, over()),
            &unknown("org:ann"),
        ),
        (
            put_user("dan", None, Some(member_of(&["acme", "nowhere"]))),
            &unknown("org:nowhere"),
        ),
    ] {
        assert_eq!(&refusal(store, [change]), expected);
    }
}

pub(super) fn what_is_in_use_stays(store: &dyn Store) {
    a_small_project(store);
    let words = |changes: Vec<Change>| refusal(store, changes).to_string();
    let now = catalog(store);
    let found = store.snapshot().unwrap();
    let (free, pro) = (read("free"), read("pro"));

    let granting = words(vec![now.set_plan(&pro, None)]);
    assert_eq!(granting, "plan `pro` is still used by its own grants");
    let on_it = words(now.delete_plan(&pro).changes().to_vec());
    assert_eq!(on_it, "plan `pro` is still used by 2 subjects");
    let default = words(now.delete_plan(&free).changes().to_vec());
    let expected = "plan `free` is still used by the settings: it is the default plan";
    assert_eq!(default, expected);

    let analytics = read("analytics");
    let granted = words(vec![now.set_feature(&analytics, None)]);
    assert_eq!(granted, "feature `analytics` is still used by plan pro");
    let ruled = words(vec![now.set_feature(&read("beta"), None)]);
    assert_eq!(ruled, "feature `beta` is still used by its rules");
    let for_all = Change::AudienceDefault {
        feature: analytics.clone(),
        before: Serve::Off,
        after: Serve::On,
    };
    let held = words(vec![
        now.set_grant(&pro, &analytics, None),
        now.set_feature(&analytics, None),
    ]);
    assert_eq!(held, "feature `analytics` is still used by 1 override");
    let targeted = words(vec![
        for_all,
        now.set_grant(&pro, &analytics, None),
        now.set_feature(&analytics, None),
    ]);
    assert_eq!(
        targeted,
        "feature `analytics` is still used by its audience"
    );

    let acme = found.organization(&read("acme")).unwrap();
    let joined = words(vec![put_organization("acme", acme.clone(), None)]);
    assert_eq!(joined, "organization `acme` still has 2 members");
    let bob = found.user(&read("bob")).unwrap();
    let zeta = found.organization(&read("zeta")).unwrap();
    let joined = words(vec![put_organization("zeta", zeta, None)]);
    assert_eq!(joined, "organization `zeta` still has 1 member");
    let holding = words(vec![put_user("bob", bob.clone(), None)]);
    assert_eq!(holding, "user `bob` still holds 2 overrides");
    let alone = User::default();
    let ann = found.user(&read("ann")).unwrap();
    let holding = words(vec![
        put_user("ann", ann, Some(alone.clone())),
        put_user("bob", bob, Some(alone)),
        put_organization("acme", acme, None),
    ]);
    assert_eq!(holding, "organization `acme` still holds 1 override");
}

pub(super) fn the_cap_of_features_holds(store: &dyn Store) {
    a_small_project(store);
    let capped = |max_features| {
        let now = catalog(store);
        let settings = Settings {
            max_features,
            ..now.settings.clone()
        };
        now.set_settings(settings)
    };
    let too_low = Refusal::CapTooLow { max: 2, defined: 3 };
    assert_eq!(refusal(store, [capped(2)]), too_low);
    write(store, [capped(3)]);
    let fourth = catalog(store).set_feature(&read("fourth"), Some(Feature::new(Kind::Limit)));
    let too_many = Refusal::TooManyFeatures { max: 3 };
    assert_eq!(refusal(store, [fourth.clone()]), too_many);
    write(store, [capped(4), fourth]);
    assert_eq!(everything(store).features.len(), 4);
}

pub(super) fn values_and_targets_fit_the_kind_of_feature(store: &dyn Store) {
    a_small_project(store);
    let now = catalog(store);
    let (beta, seats, pro) = (read("beta"), read("max_seats"), read("pro"));
    let wrong = |feature, kind, value| Refusal::WrongKind {
        feature: read(feature),
        kind,
        value,
    };
    let number = wrong("beta", Kind::Boolean, limit(5));
    let on = wrong("max_seats", Kind::Limit, Value::On);
    let fixed = Refusal::KindIsFixed {
        feature: read("beta"),
        kind: Kind::Boolean,
    };
    let not_targetable = Refusal::NotTargetable(read("max_seats"));
    let off_serves_on = Feature {
        off_value: Serve::On,
        ..now.features[&seats].feature.clone()
    };
    let beta_limit = Feature::new(Kind::Limit);
    let audience_default = Change::AudienceDefault {
        feature: read("max_seats"),
        before: Serve::Off,
        after: Serve::On,
    };
    let target = now.add_target(&seats, &read("user:ann"), false);
    let over = |value| Some(grant(value));
    for (change, expected) in [
        (now.set_grant(&pro, &beta, Some(limit(5))), &number),
        (now.set_grant(&pro, &seats, Some(Value::On)), &on),
        (
            put_override("user:ann", "beta", None, over(limit(5))),
            &number,
        ),
        (
            put_override("user:ann", "max_seats", None, over(Value::On)),
            &on,
        ),
        (now.set_feature(&seats, Some(off_serves_on)), &on),
        (now.set_feature(&beta, Some(beta_limit)), &fixed),
        (audience_default, &not_targetable),
        (target.unwrap(), &not_targetable),
    ] {
        assert_eq!(&refusal(store, [change]), expected);
    }
}

pub(super) fn an_override_has_a_moment_at_which_it_stands(store: &dyn Store) {
    a_small_project(store);
    let never = Override {
        starts: Some(read("2026-06-01")),
        expires: Some(read("2026-06-01")),
        ..revoke()
    };
    let refused = refusal(store, [put_override("user:cid", "beta", None, Some(never))]);
    assert_eq!(refused.code(), "override_never_stands");
}
