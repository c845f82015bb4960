//! The command line as a whole: options that every command takes, and the list of commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::command;

/// Who gets a feature, change that, and why a user does not see it.
#[derive(Debug, Parser)]
#[command(
    name = "flags",
    version,
    arg_required_else_help = true,
    subcommand_required = true,
    max_term_width = 100,
    after_help = "Exit codes: 0 yes, done; 1 no; 2 usage; 3 not found or refused; \
                  4 not let in;\n5 server not there or answering nonsense; 6 store unusable; 70 a bug.\nStart with `flags demo`, then `flags init`."
)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct GlobalArgs {
    /// The store's file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE,
    /// FLAGS_PROFILE, the default profile)
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        help_heading = "Global options"
    )]
    pub store: Option<PathBuf>,
    /// The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        help_heading = "Global options"
    )]
    pub profile: Option<String>,
    /// The file with the server's key or secret (else the environment, then what `flags auth
    /// login` kept)
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help_heading = "Global options"
    )]
    pub credential_file: Option<PathBuf>,
    /// One JSON document instead of text; with FIELDS (a,b), only these
    #[arg(
        long,
        global = true,
        value_name = "FIELDS",
        num_args = 0..=1,
        require_equals = true,
        value_delimiter = ',',
        help_heading = "Global options"
    )]
    pub json: Option<Vec<String>>,
    /// Show on stderr each request to a server and its answer, secrets masked
    #[arg(long, global = true, help_heading = "Global options")]
    pub verbose: bool,
    /// Answer from what was last read from the server, and say how old that is. Nothing is written; an
    /// assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS)
    /// questions that were not asked before are not kept
    #[arg(long, global = true, help_heading = "Global options")]
    pub offline: bool,
    /// Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)
    #[arg(
        long,
        global = true,
        value_name = "AGE",
        help_heading = "Global options"
    )]
    pub allow_stale: Option<super::values::Age>,
}

/// Every command.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub enum Command {
    /// Make a store, and a profile that names it
    Init(command::init::InitArgs),
    /// Map a feature into a plan, or override it for a user or an organization
    Set(command::set::SetArgs),
    /// Take a mapping or an override away, so that the subject falls back
    Unset(command::unset::UnsetArgs),
    /// One feature's value for one subject
    Get(command::get::GetArgs),
    /// All entitlements of one subject, or of every one
    Resolve(command::resolve::ResolveArgs),
    /// Assert what a subject gets: exit 0 if all holds, 1 if not
    Check(Box<command::check::CheckArgs>),
    /// Every layer of an answer: which one wins, who set it, why, until when
    Explain(command::explain::ExplainArgs),
    /// Features: define, list, show, edit, enable, disable, delete
    #[command(subcommand)]
    Feature(command::feature::FeatureCommand),
    /// Who is targeted: everybody, nobody, a share, or those named
    Target(command::target::TargetArgs),
    /// Plans: create, list, show, edit, delete
    #[command(subcommand)]
    Plan(command::plan::PlanCommand),
    /// Features by plans, as a table or Markdown
    Matrix(command::matrix::MatrixArgs),
    /// Users: assign to a plan or organizations, show, list, import, export, forget
    #[command(subcommand)]
    User(command::user::UserCommand),
    /// Organizations: assign to a plan, show, list, export, forget
    #[command(subcommand)]
    Org(command::org::OrgCommand),
    /// Overrides: list, show, import, export, clear
    #[command(subcommand)]
    Override(command::overrides::OverrideCommand),
    /// Tokens: what a JWT says, and how that differs from the store
    #[command(subcommand)]
    Token(command::token::TokenCommand),
    /// The whole catalog as one file: JSON, YAML or TOML
    Export(command::export::ExportArgs),
    /// What applying a catalog file would change, and for whom: exit 1 if anything
    Diff(command::diff::DiffArgs),
    /// Make the catalog what a file says, in one transaction
    Apply(command::apply::ApplyArgs),
    /// Copy features, plans and rules from one place to another
    Promote(command::promote::PromoteArgs),
    /// Move a whole project, history included, from one store to another
    Migrate(command::migrate::MigrateArgs),
    /// The JSON Schema of a file, for editors
    Schema(command::schema::SchemaArgs),
    /// Hold a file of expectations against the store or a catalog
    Test(command::test::TestArgs),
    /// Copy the store into a file, while others write
    Backup(command::backup::BackupArgs),
    /// Put a backup in the store's place; what was there is kept
    Restore(command::restore::RestoreArgs),
    /// Look at the store and the settings: what is wrong, and what to do about it
    Doctor(command::doctor::DoctorArgs),
    /// Who changed what, when, by which command and why
    Log(Box<command::log::LogArgs>),
    /// Take a write back, as a new change
    Undo(command::undo::UndoArgs),
    /// Answer over HTTP, to programs that speak one of several protocols
    Serve(command::serve::ServeArgs),
    /// Follow changes as they are made, here or at a server
    Watch(Box<command::watch::WatchArgs>),
    /// Report changes to Slack and to webhooks: where to, how it goes, and delivering
    #[command(subcommand)]
    Notify(command::notify::NotifyCommand),
    /// A raw call to the profile's server, with its credentials
    Api(Box<command::api::ApiArgs>),
    /// Places by name: add, list, show, use, remove, rename
    #[command(subcommand)]
    Profile(command::profile::ProfileCommand),
    /// What servers know us by: login, logout, status, rotate
    #[command(subcommand)]
    Auth(command::auth::AuthCommand),
    /// A guided tour on a throw-away store, with the commands to type
    Demo(command::demo::DemoArgs),
    /// A shell's completion script
    Completions(command::completions::CompletionsArgs),
    /// The manual, as man pages
    Man(command::man::ManArgs),
}
