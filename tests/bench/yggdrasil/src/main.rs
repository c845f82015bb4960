//! Unleash's evaluator on the shared workload, asked in its two fastest ways.
//!
//! `engine` is what an SDK built on it does: look the flag up by name, check what it depends on,
//! run its rule. `compiled` holds the compiled flags itself and runs rule after rule, which saves
//! the look-up and the check; no SDK does so, but nothing in the crate is faster.
//! Targets go into the `userWithId` strategy, which compiles into one look-up in a hash set; a
//! constraint on `userId` compiles into the same plus an `and`.

#![forbid(unsafe_code)]

use contest::{Args, Flag, Result, Workload, answer, run};
use serde_json::{Value, json};
use unleash_yggdrasil::state::EnrichedContext;
use unleash_yggdrasil::{
    CORE_VERSION, ClientFeatures, CompiledToggle, Context, EngineState, compile_state,
};

fn main() -> Result<()> {
    let args = Args::read()?;
    let features = client_features(&args.workload)?;
    match args.way.as_str() {
        "engine" => by_engine(&args, features),
        "compiled" => by_compiled_flags(&args, &features),
        other => Err(format!("unknown way {other:?}: say engine or compiled").into()),
    }
}

fn by_engine(args: &Args, features: ClientFeatures) -> Result<()> {
    let engine = EngineState::default();
    if let Some(warnings) = engine.apply_client_features(features) {
        return Err(format!("Unleash refused the workload: {warnings:?}").into());
    }
    let slugs: Vec<&str> = args.workload.flags.keys().map(String::as_str).collect();
    let nobody = Context::default();
    run(args, CORE_VERSION, |answers| {
        let users = args.workload.users.iter();
        for (user, answers) in users.zip(answers.chunks_mut(slugs.len())) {
            let mut context = EnrichedContext::from(&nobody, "", None);
            context.user_id = Some(user);
            for (slug, byte) in slugs.iter().zip(answers) {
                context.toggle_name = slug;
                *byte = answer(engine.check_enabled(&context) == Some(true));
            }
        }
    })
}

fn by_compiled_flags(args: &Args, features: &ClientFeatures) -> Result<()> {
    let (mut compiled, warnings) = compile_state(features);
    if !warnings.is_empty() {
        return Err(format!("Unleash refused the workload: {warnings:?}").into());
    }
    let slugs = args.workload.flags.keys();
    let toggles: Vec<CompiledToggle> = slugs.filter_map(|slug| compiled.remove(slug)).collect();
    let nobody = Context::default();
    run(args, CORE_VERSION, |answers| {
        let users = args.workload.users.iter();
        for (user, answers) in users.zip(answers.chunks_mut(toggles.len())) {
            let mut context = EnrichedContext::from(&nobody, "", None);
            context.user_id = Some(user);
            for (toggle, byte) in toggles.iter().zip(answers) {
                *byte = answer(toggle.enabled && (toggle.compiled_strategy)(&context));
            }
        }
    })
}

/// The workload as Unleash's server would send it.
fn client_features(workload: &Workload) -> Result<ClientFeatures> {
    let features: Vec<Value> = workload.flags.iter().map(feature).collect();
    Ok(serde_json::from_value(
        json!({"version": 2, "features": features}),
    )?)
}

/// A flag that nobody can have is simply disabled, and one that everybody has carries no
/// strategy: what an operator of Unleash would do, and the cheapest to evaluate.
fn feature((slug, flag): (&String, &Flag)) -> Value {
    let targets: Vec<&str> = flag.target_ids().collect();
    let strategies = if flag.default_value || targets.is_empty() {
        json!([])
    } else {
        json!([{"name": "userWithId", "parameters": {"userIds": targets.join(",")}}])
    };
    let reachable = flag.default_value || !targets.is_empty();
    json!({"name": slug, "enabled": flag.enabled && reachable, "strategies": strategies})
}
