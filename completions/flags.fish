# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_flags_global_optspecs
    string join \n store= profile= credential-file= json= verbose offline allow-stale= h/help V/version
end

function __fish_flags_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_flags_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_flags_using_subcommand
    set -l cmd (__fish_flags_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c flags -n "__fish_flags_needs_command" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_needs_command" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_needs_command" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_needs_command" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_needs_command" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_needs_command" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_needs_command" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_needs_command" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_needs_command" -s V -l version -d 'Print version'
complete -c flags -n "__fish_flags_needs_command" -f -a "init" -d 'Make a store, and a profile that names it'
complete -c flags -n "__fish_flags_needs_command" -f -a "set" -d 'Map a feature into a plan, or override it for a user or an organization'
complete -c flags -n "__fish_flags_needs_command" -f -a "unset" -d 'Take a mapping or an override away, so that the subject falls back'
complete -c flags -n "__fish_flags_needs_command" -f -a "get" -d 'One feature\'s value for one subject'
complete -c flags -n "__fish_flags_needs_command" -f -a "resolve" -d 'All entitlements of one subject, or of every one'
complete -c flags -n "__fish_flags_needs_command" -f -a "check" -d 'Assert what a subject gets: exit 0 if all holds, 1 if not'
complete -c flags -n "__fish_flags_needs_command" -f -a "explain" -d 'Every layer of an answer: which one wins, who set it, why, until when'
complete -c flags -n "__fish_flags_needs_command" -f -a "feature" -d 'Features: define, list, show, edit, enable, disable, delete'
complete -c flags -n "__fish_flags_needs_command" -f -a "target" -d 'Who is targeted: everybody, nobody, a share, or those named'
complete -c flags -n "__fish_flags_needs_command" -f -a "plan" -d 'Plans: create, list, show, edit, delete'
complete -c flags -n "__fish_flags_needs_command" -f -a "matrix" -d 'Features by plans, as a table or Markdown'
complete -c flags -n "__fish_flags_needs_command" -f -a "user" -d 'Users: assign to a plan or organizations, show, list, import, export, forget'
complete -c flags -n "__fish_flags_needs_command" -f -a "org" -d 'Organizations: assign to a plan, show, list, export, forget'
complete -c flags -n "__fish_flags_needs_command" -f -a "override" -d 'Overrides: list, show, import, export, clear'
complete -c flags -n "__fish_flags_needs_command" -f -a "token" -d 'Tokens: what a JWT says, and how that differs from the store'
complete -c flags -n "__fish_flags_needs_command" -f -a "export" -d 'The whole catalog as one file: JSON, YAML or TOML'
complete -c flags -n "__fish_flags_needs_command" -f -a "diff" -d 'What applying a catalog file would change, and for whom: exit 1 if anything'
complete -c flags -n "__fish_flags_needs_command" -f -a "apply" -d 'Make the catalog what a file says, in one transaction'
complete -c flags -n "__fish_flags_needs_command" -f -a "promote" -d 'Copy features, plans and rules from one place to another'
complete -c flags -n "__fish_flags_needs_command" -f -a "migrate" -d 'Move a whole project, history included, from one store to another'
complete -c flags -n "__fish_flags_needs_command" -f -a "schema" -d 'The JSON Schema of a file, for editors'
complete -c flags -n "__fish_flags_needs_command" -f -a "test" -d 'Hold a file of expectations against the store or a catalog'
complete -c flags -n "__fish_flags_needs_command" -f -a "backup" -d 'Copy the store into a file, while others write'
complete -c flags -n "__fish_flags_needs_command" -f -a "restore" -d 'Put a backup in the store\'s place; what was there is kept'
complete -c flags -n "__fish_flags_needs_command" -f -a "doctor" -d 'Look at the store and the settings: what is wrong, and what to do about it'
complete -c flags -n "__fish_flags_needs_command" -f -a "log" -d 'Who changed what, when, by which command and why'
complete -c flags -n "__fish_flags_needs_command" -f -a "undo" -d 'Take a write back, as a new change'
complete -c flags -n "__fish_flags_needs_command" -f -a "serve" -d 'Answer over HTTP, to programs that speak one of several protocols'
complete -c flags -n "__fish_flags_needs_command" -f -a "watch" -d 'Follow changes as they are made, here or at a server'
complete -c flags -n "__fish_flags_needs_command" -f -a "notify" -d 'Report changes to Slack and to webhooks: where to, how it goes, and delivering'
complete -c flags -n "__fish_flags_needs_command" -f -a "api" -d 'A raw call to the profile\'s server, with its credentials'
complete -c flags -n "__fish_flags_needs_command" -f -a "profile" -d 'Places by name: add, list, show, use, remove, rename'
complete -c flags -n "__fish_flags_needs_command" -f -a "auth" -d 'What servers know us by: login, logout, status, rotate'
complete -c flags -n "__fish_flags_needs_command" -f -a "demo" -d 'A guided tour on a throw-away store, with the commands to type'
complete -c flags -n "__fish_flags_needs_command" -f -a "completions" -d 'A shell\'s completion script'
complete -c flags -n "__fish_flags_needs_command" -f -a "man" -d 'The manual, as man pages'
complete -c flags -n "__fish_flags_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand init" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand init" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand init" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand init" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand init" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand init" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand init" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand init" -l no-profile -d 'Make no profile'
complete -c flags -n "__fish_flags_using_subcommand init" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand set" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand set" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand set" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand set" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand set" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand set" -s p -l plan -d 'The plan to map the feature into' -r
complete -c flags -n "__fish_flags_using_subcommand set" -s u -l user -d 'The user whose override it is' -r
complete -c flags -n "__fish_flags_using_subcommand set" -s o -l org -d 'The organization whose override it is' -r
complete -c flags -n "__fish_flags_using_subcommand set" -l expires -d 'The override ends at this moment: 14d, 36h, a date, or RFC 3339' -r
complete -c flags -n "__fish_flags_using_subcommand set" -l starts -d 'The override starts at this moment' -r
complete -c flags -n "__fish_flags_using_subcommand set" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand set" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand set" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand set" -l create -d 'Make the feature, plan, user or organization if there is none yet'
complete -c flags -n "__fish_flags_using_subcommand set" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand set" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand set" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand unset" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand unset" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand unset" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand unset" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand unset" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand unset" -s p -l plan -d 'The plan to map the feature into' -r
complete -c flags -n "__fish_flags_using_subcommand unset" -s u -l user -d 'The user whose override it is' -r
complete -c flags -n "__fish_flags_using_subcommand unset" -s o -l org -d 'The organization whose override it is' -r
complete -c flags -n "__fish_flags_using_subcommand unset" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand unset" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand unset" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand unset" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand unset" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand unset" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand get" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand get" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand get" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand get" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand get" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand get" -s u -l user -d 'The user' -r
complete -c flags -n "__fish_flags_using_subcommand get" -s o -l org -d 'The organization; with --user, the only one of the user\'s that counts' -r
complete -c flags -n "__fish_flags_using_subcommand get" -s p -l plan -d 'Instead of a subject: anybody who is on this plan' -r
complete -c flags -n "__fish_flags_using_subcommand get" -l target -d 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand get" -l at -d 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now' -r
complete -c flags -n "__fish_flags_using_subcommand get" -l file -d 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS\'s configuration payload; it has no history, so --at only moves the clock' -r -F
complete -c flags -n "__fish_flags_using_subcommand get" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand get" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand get" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand resolve" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand resolve" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand resolve" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand resolve" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand resolve" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand resolve" -s u -l user -d 'The user' -r
complete -c flags -n "__fish_flags_using_subcommand resolve" -s o -l org -d 'The organization; with --user, the only one of the user\'s that counts' -r
complete -c flags -n "__fish_flags_using_subcommand resolve" -s p -l plan -d 'Instead of a subject: anybody who is on this plan' -r
complete -c flags -n "__fish_flags_using_subcommand resolve" -l target -d 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand resolve" -l at -d 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now' -r
complete -c flags -n "__fish_flags_using_subcommand resolve" -l file -d 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS\'s configuration payload; it has no history, so --at only moves the clock' -r -F
complete -c flags -n "__fish_flags_using_subcommand resolve" -s f -l feature -d 'With --all: only this feature (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand resolve" -l limit -d 'With --all: at most so many subjects (0 for all)' -r
complete -c flags -n "__fish_flags_using_subcommand resolve" -l output -d 'With --all: write to this file, whole or not at all, instead of stdout' -r -F
complete -c flags -n "__fish_flags_using_subcommand resolve" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand resolve" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand resolve" -l ask-remote -d 'Ask the server for its own list of what the subject gets, too, and fail unless it agrees (WorkOS; a user\'s list counts all its organizations, and no list counts custom targets)'
complete -c flags -n "__fish_flags_using_subcommand resolve" -l all -d 'Every user and organization, one JSON document a line; with --plan, those on the plan by themselves or by an organization'
complete -c flags -n "__fish_flags_using_subcommand resolve" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand check" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand check" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand check" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand check" -s u -l user -d 'The user' -r
complete -c flags -n "__fish_flags_using_subcommand check" -s o -l org -d 'The organization; with --user, the only one of the user\'s that counts' -r
complete -c flags -n "__fish_flags_using_subcommand check" -s p -l plan -d 'Instead of a subject: anybody who is on this plan' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l target -d 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l at -d 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l file -d 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS\'s configuration payload; it has no history, so --at only moves the clock' -r -F
complete -c flags -n "__fish_flags_using_subcommand check" -l token -d 'Instead of a subject: the entitlements of the token in this file, or - for stdin' -r -F
complete -c flags -n "__fish_flags_using_subcommand check" -l key-file -d 'A key: PEM, certificate, JWK, JWKS, OpenSSH public key or shared secret; - for stdin' -r -F
complete -c flags -n "__fish_flags_using_subcommand check" -l key-url -d 'The JWKS at this address (https; kept as long as its server allows)' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l issuer-url -d 'The keys that this issuer names by OpenID discovery; `iss` must be this issuer' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l key-encoding -d 'How a shared secret is written in its file' -r -f -a "raw\t'The file\'s bytes'
base64\t'Base64 of either alphabet'
hex\t'Hexadecimal'"
complete -c flags -n "__fish_flags_using_subcommand check" -l ca-bundle -d 'Trust these CA certificates too (PEM), when keys are fetched' -r -F
complete -c flags -n "__fish_flags_using_subcommand check" -l alg -d 'Take only this algorithm; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l issuer -d '`iss` must be this; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l subject -d '`sub` must be this; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l jti -d '`jti` must be this; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l typ -d 'The header\'s `typ` must be this media type; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l audience -d '`aud` must name this; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l leeway -d 'Seconds that clocks may differ by [default: 0]' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l max-age -d 'The token\'s greatest age, by its `iat`, in seconds' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l require -d 'This claim must be there; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l ignore -d 'Do not look at this claim; may be repeated' -r -f -a "exp\t''
nbf\t''
iat\t''
aud\t''
iss\t''
sub\t''
jti\t''
typ\t''"
complete -c flags -n "__fish_flags_using_subcommand check" -l now -d 'Judge as of this moment: seconds since 1970, or RFC 3339' -r
complete -c flags -n "__fish_flags_using_subcommand check" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand check" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand check" -l ask-remote -d 'Ask the server for its own list of what the subject gets, too, and fail unless it agrees (WorkOS; a user\'s list counts all its organizations, and no list counts custom targets)'
complete -c flags -n "__fish_flags_using_subcommand check" -l unverified -d 'Take the token\'s word without proving it: the answer says so'
complete -c flags -n "__fish_flags_using_subcommand check" -l any-audience -d 'Take a token for any audience'
complete -c flags -n "__fish_flags_using_subcommand check" -l allow-weak-key -d 'Take a shared secret that is shorter than the algorithm\'s hash'
complete -c flags -n "__fish_flags_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand explain" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand explain" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand explain" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand explain" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand explain" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand explain" -s u -l user -d 'The user' -r
complete -c flags -n "__fish_flags_using_subcommand explain" -s o -l org -d 'The organization; with --user, the only one of the user\'s that counts' -r
complete -c flags -n "__fish_flags_using_subcommand explain" -s p -l plan -d 'Instead of a subject: anybody who is on this plan' -r
complete -c flags -n "__fish_flags_using_subcommand explain" -l target -d 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand explain" -l at -d 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now' -r
complete -c flags -n "__fish_flags_using_subcommand explain" -l file -d 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS\'s configuration payload; it has no history, so --at only moves the clock' -r -F
complete -c flags -n "__fish_flags_using_subcommand explain" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand explain" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand explain" -l history -d 'Instead of the layers: when and why the answer changed, and what lies ahead'
complete -c flags -n "__fish_flags_using_subcommand explain" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -f -a "define" -d 'Define a feature'
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -f -a "list" -d 'List the features'
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -f -a "show" -d 'Show one feature with its targeting and the plans that grant it'
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -f -a "edit" -d 'Alter a feature\'s name, description, tags or owner'
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -f -a "enable" -d 'Let the feature be had again: release its kill switch'
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -f -a "disable" -d 'Turn the feature off for everybody: throw its kill switch'
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -f -a "delete" -d 'Delete a feature with its grants, rules and overrides'
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -f -a "cap" -d 'Show or set how many features the catalog may have'
complete -c flags -n "__fish_flags_using_subcommand feature; and not __fish_seen_subcommand_from define list show edit enable disable delete cap help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l type -d 'What values it has' -r -f -a "boolean\t'On or off'
limit\t'A number'"
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l name -d 'What people call it (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l description -d 'What it does (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l tag -d 'A label to find it by (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l owner -d 'Who answers for it (\'\' for nobody)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l disabled -d 'Define it with the kill switch thrown'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from define" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from list" -l tag -d 'Only features with this tag' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from list" -l limit -d 'At most so many rows (0 for all)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from list" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from list" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from list" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from list" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from list" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from list" -l disabled -d 'Only features whose kill switch is thrown'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from list" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from list" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from show" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from show" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from show" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from show" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from show" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from show" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from show" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l name -d 'What people call it (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l description -d 'What it does (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l tag -d 'A label to find it by (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l owner -d 'Who answers for it (\'\' for nobody)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l untag -d 'Take a tag away (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from enable" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from enable" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from enable" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from enable" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from enable" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from enable" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from enable" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from enable" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from enable" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from disable" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from disable" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from disable" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from disable" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from disable" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from disable" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from disable" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from disable" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from disable" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from delete" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from delete" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from delete" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from delete" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from delete" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from delete" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from delete" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from delete" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from cap" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from cap" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from cap" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from cap" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from cap" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from cap" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from cap" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from cap" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from cap" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from cap" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from cap" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from help" -f -a "define" -d 'Define a feature'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the features'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one feature with its targeting and the plans that grant it'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Alter a feature\'s name, description, tags or owner'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from help" -f -a "enable" -d 'Let the feature be had again: release its kill switch'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from help" -f -a "disable" -d 'Turn the feature off for everybody: throw its kill switch'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a feature with its grants, rules and overrides'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from help" -f -a "cap" -d 'Show or set how many features the catalog may have'
complete -c flags -n "__fish_flags_using_subcommand feature; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -a "add" -d 'Name more targets'
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -a "remove" -d 'Name some targets no longer'
complete -c flags -n "__fish_flags_using_subcommand target; and not __fish_seen_subcommand_from add remove help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from add" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from add" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from add" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from add" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from add" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from add" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from add" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from add" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from add" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from add" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from remove" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from remove" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from remove" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from remove" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from remove" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from remove" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from remove" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from remove" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from remove" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from help" -f -a "add" -d 'Name more targets'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Name some targets no longer'
complete -c flags -n "__fish_flags_using_subcommand target; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -f -a "create" -d 'Create a plan'
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -f -a "list" -d 'List the plans'
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -f -a "show" -d 'Show one plan with its grants'
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -f -a "edit" -d 'Alter a plan\'s name, description or price, or make it the default plan'
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -f -a "delete" -d 'Delete a plan with its grants'
complete -c flags -n "__fish_flags_using_subcommand plan; and not __fish_seen_subcommand_from create list show edit delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l name -d 'What customers call it (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l description -d 'What it is for (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l price -d 'What it costs, such as 29.00 (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l currency -d 'The currency of the price, such as USD (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l period -d 'How often the price is due: monthly, yearly or one_time (\'\' for neither)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l default -d 'Make it the default plan: everybody gets at least its grants'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l no-default -d 'It is the default plan no longer'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from list" -l limit -d 'At most so many rows (0 for all)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from list" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from list" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from list" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from list" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from list" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from list" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from list" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from show" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from show" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from show" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from show" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from show" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from show" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from show" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l name -d 'What customers call it (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l description -d 'What it is for (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l price -d 'What it costs, such as 29.00 (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l currency -d 'The currency of the price, such as USD (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l period -d 'How often the price is due: monthly, yearly or one_time (\'\' for neither)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l default -d 'Make it the default plan: everybody gets at least its grants'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l no-default -d 'It is the default plan no longer'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -l move-to -d 'Put whoever is on it on this plan' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -l take-off -d 'Leave whoever is on it without a plan'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a plan'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the plans'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one plan with its grants'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Alter a plan\'s name, description or price, or make it the default plan'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a plan with its grants'
complete -c flags -n "__fish_flags_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand matrix" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand matrix" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand matrix" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand matrix" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand matrix" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand matrix" -l format -d 'How the matrix is written' -r -f -a "table\t'A table'
markdown\t'Markdown, for a page or an issue'"
complete -c flags -n "__fish_flags_using_subcommand matrix" -l at -d 'The plans as they were: at a moment (RFC 3339, a date, or a span from now such as -3d), or as a revision (r17) left them' -r
complete -c flags -n "__fish_flags_using_subcommand matrix" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand matrix" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand matrix" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -f -a "assign" -d 'Put a user on a plan or into organizations; makes the user known'
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -f -a "show" -d 'Show a user with its overrides'
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -f -a "list" -d 'List the users'
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -f -a "export" -d 'Users as CSV or NDJSON, to be read in again or looked at elsewhere'
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -f -a "forget" -d 'Forget a user, with its overrides and wherever rules name it'
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -f -a "import" -d 'Make users known and alter what is kept about them, a row of a file for each'
complete -c flags -n "__fish_flags_using_subcommand user; and not __fish_seen_subcommand_from assign show list export forget import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -s p -l plan -d 'Its plan' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -s o -l org -d 'An organization it belongs to (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l leave -d 'An organization it belongs to no longer (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l email -d 'Its e-mail address (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l target -d 'A custom target it always brings along, such as workspace:ws_1 (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l untarget -d 'A custom target it brings along no longer (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l no-plan -d 'It has no plan of its own'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l create -d 'Make the organizations if they are not known yet'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from assign" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from show" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from show" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from show" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from show" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from show" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from show" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from show" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from list" -s p -l plan -d 'Only users whose own plan this is' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from list" -s o -l org -d 'Only users of this organization' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from list" -l after -d 'Only users behind this one' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from list" -l limit -d 'At most so many rows (0 for all)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from list" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from list" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from list" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from list" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from list" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from list" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from list" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -s p -l plan -d 'Only users whose own plan this is' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -s o -l org -d 'Only users of this organization' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -l after -d 'Only users behind this one' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -l format -d 'How rows are written; without it, as the file\'s name says, else as CSV' -r -f -a "csv\t'Comma-separated values (RFC 4180) under a line of column names'
ndjson\t'One JSON object on each line'"
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -l output -d 'Write to this file, whole or not at all, instead of stdout' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -l limit -d 'At most so many rows (0 for all)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from forget" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from forget" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from forget" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from forget" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from forget" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from forget" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from forget" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from forget" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from forget" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from forget" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from forget" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l format -d 'How the file is written (else its name tells: .csv, .ndjson, .jsonl; or its first character)' -r -f -a "csv\t'Comma-separated values (RFC 4180) under a line of column names'
ndjson\t'One JSON object on each line'"
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l errors -d 'Put the refused rows into this file, each with its line and the reason' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l verdicts -d 'Put the verdict on every row into this file, as NDJSON' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l batch -d 'Write after every so many rows, each time as a revision of its own' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l after-line -d 'Pass over the rows that begin in this line or before it' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l keep-going -d 'Write what can be written, and refuse only the rows that cannot'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l create -d 'Make the organizations that are not known yet'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "assign" -d 'Put a user on a plan or into organizations; makes the user known'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a user with its overrides'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the users'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "export" -d 'Users as CSV or NDJSON, to be read in again or looked at elsewhere'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "forget" -d 'Forget a user, with its overrides and wherever rules name it'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "import" -d 'Make users known and alter what is kept about them, a row of a file for each'
complete -c flags -n "__fish_flags_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -f -a "assign" -d 'Put an organization on a plan; makes the organization known'
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -f -a "show" -d 'Show an organization with its overrides and the number of its users'
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -f -a "list" -d 'List the organizations'
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -f -a "export" -d 'Organizations as CSV or NDJSON, to be looked at elsewhere'
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -f -a "forget" -d 'Forget an organization, with its overrides and wherever rules name it'
complete -c flags -n "__fish_flags_using_subcommand org; and not __fish_seen_subcommand_from assign show list export forget help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -s p -l plan -d 'Its plan, which its users share' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l name -d 'What people call it (\'\' for none)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l target -d 'A custom target that it and its users always bring along (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l untarget -d 'A custom target it brings along no longer (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l no-plan -d 'It has no plan'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from assign" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from show" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from show" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from show" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from show" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from show" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from show" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from show" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from list" -s p -l plan -d 'Only organizations on this plan' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from list" -l after -d 'Only organizations behind this one' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from list" -l limit -d 'At most so many rows (0 for all)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from list" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from list" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from list" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from list" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from list" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from list" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from list" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -s p -l plan -d 'Only organizations on this plan' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -l after -d 'Only organizations behind this one' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -l format -d 'How rows are written; without it, as the file\'s name says, else as CSV' -r -f -a "csv\t'Comma-separated values (RFC 4180) under a line of column names'
ndjson\t'One JSON object on each line'"
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -l output -d 'Write to this file, whole or not at all, instead of stdout' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -l limit -d 'At most so many rows (0 for all)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from forget" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from forget" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from forget" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from forget" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from forget" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from forget" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from forget" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from forget" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from forget" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from forget" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from forget" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "assign" -d 'Put an organization on a plan; makes the organization known'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show an organization with its overrides and the number of its users'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the organizations'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "export" -d 'Organizations as CSV or NDJSON, to be looked at elsewhere'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "forget" -d 'Forget an organization, with its overrides and wherever rules name it'
complete -c flags -n "__fish_flags_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -f -a "list" -d 'List overrides'
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -f -a "export" -d 'Overrides as CSV or NDJSON, to be read in again or looked at elsewhere'
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -f -a "show" -d 'Show one subject\'s override of a feature, and who set it'
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -f -a "clear" -d 'Take away a subject\'s overrides, all or of some features, or whatever has expired'
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -f -a "import" -d 'Set and clear overrides, a row of a file for each'
complete -c flags -n "__fish_flags_using_subcommand override; and not __fish_seen_subcommand_from list export show clear import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -s f -l feature -d 'Only overrides of this feature' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -s u -l user -d 'Only overrides of this user' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -s o -l org -d 'Only overrides of this organization' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -l expiring -d 'Only those that end within this span, soonest first: 7d, 36h, or until a date' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -l limit -d 'At most so many rows (0 for all)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -l active -d 'Only overrides that count now'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -l expired -d 'Only those that have ended already; with --expiring, these too'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -l fail -d 'Exit 1 if there are any such overrides'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -s f -l feature -d 'Only overrides of this feature' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -s u -l user -d 'Only overrides of this user' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -s o -l org -d 'Only overrides of this organization' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l expiring -d 'Only those that end within this span, soonest first: 7d, 36h, or until a date' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l format -d 'How rows are written; without it, as the file\'s name says, else as CSV' -r -f -a "csv\t'Comma-separated values (RFC 4180) under a line of column names'
ndjson\t'One JSON object on each line'"
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l output -d 'Write to this file, whole or not at all, instead of stdout' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l limit -d 'At most so many rows (0 for all)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l active -d 'Only overrides that count now'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l expired -d 'Only those that have ended already; with --expiring, these too'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from show" -s u -l user -d 'The user' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from show" -s o -l org -d 'The organization' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from show" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from show" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from show" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from show" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from show" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from show" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from show" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -s u -l user -d 'The user' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -s o -l org -d 'The organization' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -l expired -d 'Only overrides that have ended; without --user and --org, everybody\'s'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from clear" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l format -d 'How the file is written (else its name tells: .csv, .ndjson, .jsonl; or its first character)' -r -f -a "csv\t'Comma-separated values (RFC 4180) under a line of column names'
ndjson\t'One JSON object on each line'"
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l errors -d 'Put the refused rows into this file, each with its line and the reason' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l verdicts -d 'Put the verdict on every row into this file, as NDJSON' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l batch -d 'Write after every so many rows, each time as a revision of its own' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l after-line -d 'Pass over the rows that begin in this line or before it' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l keep-going -d 'Write what can be written, and refuse only the rows that cannot'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l create -d 'Make the users and organizations that are not known yet'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from help" -f -a "list" -d 'List overrides'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from help" -f -a "export" -d 'Overrides as CSV or NDJSON, to be read in again or looked at elsewhere'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show one subject\'s override of a feature, and who set it'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from help" -f -a "clear" -d 'Take away a subject\'s overrides, all or of some features, or whatever has expired'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from help" -f -a "import" -d 'Set and clear overrides, a row of a file for each'
complete -c flags -n "__fish_flags_using_subcommand override; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -f -a "decode" -d 'Show what a token says; nothing of it is verified'
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -f -a "diff" -d 'Compare a token with what its subject is entitled to, when it was issued and now'
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -f -a "inspect" -d 'Explain what a token says, and find what is odd about it; nothing of it is verified'
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -f -a "verify" -d 'Prove a token: exit 0 if it is genuine, for us and for now, 1 if not'
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -f -a "issue" -d 'Mint a token for a user, with what they are entitled to at that moment'
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -f -a "keys" -d 'Keys: generate, public halves as PEM or JWKS'
complete -c flags -n "__fish_flags_using_subcommand token; and not __fish_seen_subcommand_from decode diff inspect verify issue keys help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from decode" -l file -d 'Read the token from this file' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from decode" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from decode" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from decode" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from decode" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from decode" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from decode" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from decode" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from decode" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -l token-file -d 'Read the token from this file' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -s u -l user -d 'The user, if not the token\'s `sub`' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -s o -l org -d 'The organization, if not the token\'s `org_id`' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -l target -d 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -s f -l feature -d 'Only this feature (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -l file -l catalog -d 'Compare with a file (- for stdin) instead of the store: an exported catalog, or WorkOS\'s configuration payload; neither has a history' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -l refresh-token-file -d 'At Astapa, compare with a fresh token: the file with the user\'s refresh token (- for stdin; else ASTAPA_REFRESH_TOKEN), which is spent by that' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -l next-refresh-token -d 'Where the next refresh token goes (mode 0600), as the one shown is spent; it may be the same file' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from inspect" -l file -d 'Read the token from this file' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from inspect" -l catalog -d 'Compare with the catalog in this file (- for stdin) instead of the store\'s: an export, or WorkOS\'s configuration payload' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from inspect" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from inspect" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from inspect" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from inspect" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from inspect" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from inspect" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from inspect" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from inspect" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l file -d 'Read the token from this file' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l key-file -d 'A key: PEM, certificate, JWK, JWKS, OpenSSH public key or shared secret; - for stdin' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l key-url -d 'The JWKS at this address (https; kept as long as its server allows)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l issuer-url -d 'The keys that this issuer names by OpenID discovery; `iss` must be this issuer' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l key-encoding -d 'How a shared secret is written in its file' -r -f -a "raw\t'The file\'s bytes'
base64\t'Base64 of either alphabet'
hex\t'Hexadecimal'"
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l ca-bundle -d 'Trust these CA certificates too (PEM), when keys are fetched' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l alg -d 'Take only this algorithm; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l issuer -d '`iss` must be this; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l subject -d '`sub` must be this; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l jti -d '`jti` must be this; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l typ -d 'The header\'s `typ` must be this media type; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l audience -d '`aud` must name this; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l leeway -d 'Seconds that clocks may differ by [default: 0]' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l max-age -d 'The token\'s greatest age, by its `iat`, in seconds' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l require -d 'This claim must be there; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l ignore -d 'Do not look at this claim; may be repeated' -r -f -a "exp\t''
nbf\t''
iat\t''
aud\t''
iss\t''
sub\t''
jti\t''
typ\t''"
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l now -d 'Judge as of this moment: seconds since 1970, or RFC 3339' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l any-audience -d 'Take a token for any audience'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l allow-weak-key -d 'Take a shared secret that is shorter than the algorithm\'s hash'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l jws -d 'Check the form and signature only: the payload need not be claims'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l lines -d 'Many tokens, one a line; a verdict for each as it comes'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -s u -l user -d 'The user' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -s o -l org -d 'The organization; with --user, the only one of the user\'s that counts' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -s p -l plan -d 'Instead of a subject: anybody who is on this plan' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l target -d 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l at -d 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l file -d 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS\'s configuration payload; it has no history, so --at only moves the clock' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l as -d 'In whose shape' -r -f -a "astapa\t'`features`, and the plan in `custom_claims`'
workos\t'`feature_flags`: what is on; limits have no place'
custom\t'`custom_claims.flags`, as a JWT template makes it'"
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l key -d 'The private key or shared secret to sign with: PEM or JWK' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l key-encoding -d 'How a shared secret is written in its file' -r -f -a "raw\t'The file\'s bytes'
base64\t'Base64 of either alphabet'
hex\t'Hexadecimal'"
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l alg -d 'The algorithm [default: the key\'s; RS256 for RSA, HS256 for a secret]' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l kid -d 'The header\'s key id [default: the key\'s own, or its thumbprint]' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l expires -d 'When it expires: a span from its issue such as 1h, or a moment [default: 1h, workos 5m]' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l issuer -d '`iss` [default: the one of the shape]' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l audience -d '`aud`; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l claim -d 'A claim more, or another value for one: JSON, or else text; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l allow-weak-key -d 'Take a shared secret that is shorter than the algorithm\'s hash'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from issue" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from keys" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from keys" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from keys" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from keys" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from keys" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from keys" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from keys" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from keys" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from keys" -f -a "generate" -d 'Make a key to sign tokens with, in a file that only its owner can read'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from keys" -f -a "public" -d 'Print the public half of a key as PEM'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from keys" -f -a "jwks" -d 'Print the public halves of keys as a JWKS, to be published'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from keys" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "decode" -d 'Show what a token says; nothing of it is verified'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Compare a token with what its subject is entitled to, when it was issued and now'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "inspect" -d 'Explain what a token says, and find what is odd about it; nothing of it is verified'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Prove a token: exit 0 if it is genuine, for us and for now, 1 if not'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "issue" -d 'Mint a token for a user, with what they are entitled to at that moment'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "keys" -d 'Keys: generate, public halves as PEM or JWKS'
complete -c flags -n "__fish_flags_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand export" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand export" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand export" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand export" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand export" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand export" -l format -d 'The form; of a file that is written, else what its name ends in' -r -f -a "json\t''
yaml\t''
toml\t''"
complete -c flags -n "__fish_flags_using_subcommand export" -s o -l output -d 'Write it to this file, whole or not at all; with subjects only its owner may read it' -r -F
complete -c flags -n "__fish_flags_using_subcommand export" -l at -d 'The catalog as it was: at a moment (RFC 3339, a date, or a span from now such as -3d), or as a revision (r17) left it' -r
complete -c flags -n "__fish_flags_using_subcommand export" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand export" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand export" -l subjects -d 'Users, organizations and their overrides too, so that a check of the file answers the same'
complete -c flags -n "__fish_flags_using_subcommand export" -l overrides -d 'The same as --subjects'
complete -c flags -n "__fish_flags_using_subcommand export" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand diff" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand diff" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand diff" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand diff" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand diff" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand diff" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand diff" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand diff" -l prune -d 'As with `apply --prune`: what the file leaves out of its parts would go'
complete -c flags -n "__fish_flags_using_subcommand diff" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand apply" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand apply" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand apply" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand apply" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand apply" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand apply" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand apply" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand apply" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand apply" -l prune -d 'Delete what the file leaves out of the parts that it has'
complete -c flags -n "__fish_flags_using_subcommand apply" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand apply" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand apply" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand promote" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand promote" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand promote" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand promote" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand promote" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand promote" -l only -d 'Only this feature, and what the plans that TO has grant of it; may be repeated' -r
complete -c flags -n "__fish_flags_using_subcommand promote" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand promote" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand promote" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand promote" -l without-targets -d 'Leave the rules in TO as they are: they may name users that FROM does not know'
complete -c flags -n "__fish_flags_using_subcommand promote" -l prune -d 'Delete in TO what FROM does not have'
complete -c flags -n "__fish_flags_using_subcommand promote" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand promote" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand promote" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand migrate" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand migrate" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand migrate" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand migrate" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand migrate" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand migrate" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand migrate" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand migrate" -l without-history -d 'Leave the history behind: what FROM holds now becomes one write of TO, which has to be empty'
complete -c flags -n "__fish_flags_using_subcommand migrate" -l dry-run -d 'Show what would be moved; write nothing'
complete -c flags -n "__fish_flags_using_subcommand migrate" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand migrate" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand schema" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand schema" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand schema" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand schema" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand schema" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand schema" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand schema" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand test" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand test" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand test" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand test" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand test" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand test" -l file -d 'Answer from this catalog file instead of the store' -r -F
complete -c flags -n "__fish_flags_using_subcommand test" -l junit -d 'Write JUnit XML, to stdout or to a file (--junit=report.xml)' -r -F
complete -c flags -n "__fish_flags_using_subcommand test" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand test" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand test" -l tap -d 'Print TAP version 14 for other programs'
complete -c flags -n "__fish_flags_using_subcommand test" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand backup" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand backup" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand backup" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand backup" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand backup" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand backup" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand backup" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand backup" -l force -d 'Replace the file if it is there'
complete -c flags -n "__fish_flags_using_subcommand backup" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand restore" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand restore" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand restore" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand restore" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand restore" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand restore" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand restore" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand restore" -l dry-run -d 'Show what would be replaced and which writes taken back; write nothing'
complete -c flags -n "__fish_flags_using_subcommand restore" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand restore" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand doctor" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand doctor" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand doctor" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand doctor" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand doctor" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand doctor" -l feature -d 'At a server: whether this feature is there, and on' -r
complete -c flags -n "__fish_flags_using_subcommand doctor" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand doctor" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand doctor" -l quick -d 'Pass over what takes long in a large store: comparing indexes, proving the history'
complete -c flags -n "__fish_flags_using_subcommand doctor" -l fix -d 'Put right what can do no harm: who may read the store\'s files'
complete -c flags -n "__fish_flags_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -s f -l feature -d 'Only changes about this feature: its definition, audience, grants and overrides' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -s p -l plan -d 'Only changes about this plan: its definition and grants, and who came onto it or left' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -s u -l user -d 'Only changes about this user, also where a rule names it' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -s o -l org -d 'Only changes about this organization, and who joined it or left' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l actor -d 'Only writes of this actor' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l command -d 'Only writes by this command, such as set or `user assign`' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l since -d 'Only writes since then: RFC 3339, a date, or how long ago, such as 7d' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l until -d 'Only writes until then, as with --since' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l limit -d 'At most so many writes, the latest ones (0 for all) [default: 20; with --lines all]' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l changes -d 'At most so many changes of each write (0 for all) [default: 5; of one REVISION all]' -r
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -l lines -l ndjson -d 'One JSON document a line for each write, as it is read (NDJSON)'
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -a "verify" -d 'Prove that no write was altered, removed or put in: exit 0 if none was, 1 if one was'
complete -c flags -n "__fish_flags_using_subcommand log; and not __fish_seen_subcommand_from verify help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand log; and __fish_seen_subcommand_from verify" -l head -d 'A hash noted earlier: it must still be that of a write, so that everything up to it is as it was then' -r
complete -c flags -n "__fish_flags_using_subcommand log; and __fish_seen_subcommand_from verify" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand log; and __fish_seen_subcommand_from verify" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand log; and __fish_seen_subcommand_from verify" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand log; and __fish_seen_subcommand_from verify" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand log; and __fish_seen_subcommand_from verify" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand log; and __fish_seen_subcommand_from verify" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand log; and __fish_seen_subcommand_from verify" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand log; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand log; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Prove that no write was altered, removed or put in: exit 0 if none was, 1 if one was'
complete -c flags -n "__fish_flags_using_subcommand log; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand undo" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand undo" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand undo" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand undo" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand undo" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand undo" -l reason -d 'Why, for the history' -r
complete -c flags -n "__fish_flags_using_subcommand undo" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand undo" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand undo" -l dry-run -d 'Show the diff and who gains and who loses; write nothing'
complete -c flags -n "__fish_flags_using_subcommand undo" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand undo" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l listen -d 'Where to listen; port 0 takes a free one' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l protocol -d 'The languages to speak' -r -f -a "native\t'Our own, under /v1'
ofrep\t'The OpenFeature Remote Evaluation Protocol'
workos\t'WorkOS\'s feature flags'
astapa\t'Astapa\'s features and overrides'"
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l seed -d 'Fill an empty store first: a catalog file, JSON, YAML or TOML' -r -F
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l cache -d 'How much memory to keep subjects in, such as 512MiB or 2GiB; the rest is looked up' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l max-staleness -d 'How old an answer may be where the store is a database on another machine, such as 5s: less asking, and answers go on for so long while the database cannot be reached. 0s asks the leader before every answer; so does a server that is not told, but for up to a minute while no leader can be asked, when a replica is. A store of this machine is asked before every answer' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l log -d 'How much to tell on stderr, as JSON lines: off, error, warn, info, debug. `info` leaves out evaluations that succeeded' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l tls-cert -d 'Encrypt connections: the certificate and those that vouch for it, PEM' -r -F
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l tls-key -d 'The certificate\'s private key, PEM, not encrypted' -r -F
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l host -d 'Answer by this name too (repeat for several; *.example.com for all below)' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l cors-origin -d 'Let pages of this origin ask, such as https://app.example.com (repeat for several)' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l max-body -d 'The largest body of a request, such as 512KiB; imports may bring 256 times as much' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l max-connections -d 'Connections at once; beyond them the one makes room that has been silent the longest' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l timeout -d 'How long to wait for a client that sends or reads nothing, such as 20s' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l rate -d 'Requests a second that each key is good for' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l metrics-listen -d 'Serve /metrics here too, without a key: an address of this machine' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l signing-key -d 'Sign Astapa\'s tokens with this RSA key: PEM or JWK, private. Given several times, the first signs and all are published, for Astapa\'s and WorkOS\'s clients [default: the profile\'s `key_file`, if it is one]' -r -F
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l issuer -d '`iss` of these tokens [default: auth.astapa.com]' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l read-only -d 'Refuse every write'
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l demo -d 'Try it out: a small business in a store that is gone at the end, with keys that are shown. A store that is named has to be empty'
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l insecure-no-auth -d 'Let everybody on this machine do everything, without a key'
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l no-notify -d 'Report no changes to the destinations of `flags notify`'
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -l behind-proxy -d 'All connections come from a proxy, which encrypts them on the way to it'
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -f -a "keys" -d 'Keys, which open a server to whoever shows them: create, list, revoke'
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -f -a "logins" -d 'Logins: what an application renews its users\' Astapa tokens with'
complete -c flags -n "__fish_flags_using_subcommand serve; and not __fish_seen_subcommand_from keys logins help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from keys" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from keys" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from keys" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from keys" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from keys" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from keys" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from keys" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from keys" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from keys" -f -a "create" -d 'Make a key, which is shown this once'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from keys" -f -a "list" -d 'The keys, what they may do, and when they were last used'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from keys" -f -a "revoke" -d 'Let a key open nothing any more, from the next request on'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from keys" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from logins" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from logins" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from logins" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from logins" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from logins" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from logins" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from logins" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from logins" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from logins" -f -a "create" -d 'Log a user in: print a first refresh token, or a code to exchange for one'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from logins" -f -a "list" -d 'Whose logins there are, and until when'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from logins" -f -a "revoke" -d 'End logins: what an application has of them opens nothing any more'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from logins" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from help" -f -a "keys" -d 'Keys, which open a server to whoever shows them: create, list, revoke'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from help" -f -a "logins" -d 'Logins: what an application renews its users\' Astapa tokens with'
complete -c flags -n "__fish_flags_using_subcommand serve; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand watch" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand watch" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand watch" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -l since -d 'Tell first what was written behind this revision (0 for all) [default: the present one]' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -s f -l feature -d 'Only changes about this feature: its definition, audience, grants and overrides' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -s p -l plan -d 'Only changes about this plan: its definition and grants, and who came onto it or left' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -s u -l user -d 'Only changes about this user, also where a rule names it' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -s o -l org -d 'Only changes about this organization, and who joined it or left' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -l actor -d 'Only writes of this actor' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -l command -d 'Only writes by this command, such as set or `user assign`' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -l limit -d 'End after so many writes' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -l changes -d 'At most so many changes of each write (0 for all) [default: 5; as documents 100]' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -l url -d 'Follow the server at this address (https, or http on this machine); its key is FLAGS_API_KEY, if no file is named' -r
complete -c flags -n "__fish_flags_using_subcommand watch" -l key-file -d 'The file with the server\'s key; - for stdin' -r -F
complete -c flags -n "__fish_flags_using_subcommand watch" -l ca-bundle -d 'Trust these CA certificates too (PEM)' -r -F
complete -c flags -n "__fish_flags_using_subcommand watch" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand watch" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand watch" -l lines -l ndjson -d 'One JSON document a line for each write (NDJSON), as with --json'
complete -c flags -n "__fish_flags_using_subcommand watch" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -f -a "add" -d 'Report changes to a Slack channel or a webhook from now on'
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -f -a "remove" -d 'Report nothing there any more; what has not arrived is given up'
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -f -a "list" -d 'Where changes are reported to, and how that goes'
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -f -a "show" -d 'One destination, and each report that is late'
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -f -a "test" -d 'Send a sample at once and show the answer'
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -f -a "resume" -d 'Try a destination again that was paused'
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -f -a "run" -d 'Deliver reports, for those who run no server'
complete -c flags -n "__fish_flags_using_subcommand notify; and not __fish_seen_subcommand_from add remove list show test resume run help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l url-file -d 'The file with the address; - for stdin [default: asked for, or stdin]' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l secret-file -d 'The file with the signing secret; - for stdin [default: one is made and shown once]' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l event -d 'Only these events, by name or beginning, such as flag.* (may be repeated)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l since -d 'Report what was written behind this revision too (0 for all) [default: the present one]' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l slack -d 'Messages for a Slack incoming webhook'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l webhook -d 'Signed events, as WorkOS sends them'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l allow-private -d 'Let the server be within this network'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from remove" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from remove" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from remove" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from remove" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from remove" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from remove" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from remove" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from list" -l limit -d 'At most so many rows (0 for all)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from list" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from list" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from list" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from list" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from list" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from list" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from list" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from show" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from show" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from show" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from show" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from show" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from show" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from show" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from test" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from test" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from test" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from test" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from test" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from test" -l dry-run -d 'Print the exact body; send nothing'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from test" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from test" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from resume" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from resume" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from resume" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from resume" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from resume" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from resume" -l skip -d 'Give up what has not arrived: report only what is written from now on'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from resume" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from resume" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from resume" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from resume" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from run" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from run" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from run" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from run" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from run" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from run" -l once -d 'Deliver what is due now, and end: exit 5 if not all of it arrived'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from run" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from run" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from help" -f -a "add" -d 'Report changes to a Slack channel or a webhook from now on'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Report nothing there any more; what has not arrived is given up'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from help" -f -a "list" -d 'Where changes are reported to, and how that goes'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from help" -f -a "show" -d 'One destination, and each report that is late'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from help" -f -a "test" -d 'Send a sample at once and show the answer'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from help" -f -a "resume" -d 'Try a destination again that was paused'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from help" -f -a "run" -d 'Deliver reports, for those who run no server'
complete -c flags -n "__fish_flags_using_subcommand notify; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand api" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand api" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand api" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand api" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand api" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand api" -s F -l field -d 'A member of the JSON document to send, its value typed' -r
complete -c flags -n "__fish_flags_using_subcommand api" -s f -l raw-field -d 'A member of the JSON document to send, its value a string' -r
complete -c flags -n "__fish_flags_using_subcommand api" -l input -d 'Send this file; - for stdin. JSON, unless a Content-Type is named with --header' -r -F
complete -c flags -n "__fish_flags_using_subcommand api" -l query -d 'A part of the query, encoded as it has to be' -r
complete -c flags -n "__fish_flags_using_subcommand api" -s H -l header -d 'A header beside those that every call has' -r
complete -c flags -n "__fish_flags_using_subcommand api" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand api" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand api" -l paginate -d 'All pages of a list, as one JSON array'
complete -c flags -n "__fish_flags_using_subcommand api" -s i -l include -d 'Show the status and the headers, too'
complete -c flags -n "__fish_flags_using_subcommand api" -l dry-run -d 'Show what would be sent, secrets masked; send nothing'
complete -c flags -n "__fish_flags_using_subcommand api" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand api" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -f -a "add" -d 'Add a profile: a store on this machine, a server, a database, WorkOS or Astapa'
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -f -a "list" -d 'List the profiles'
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -f -a "show" -d 'Show what counts, and where each value comes from'
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -f -a "use" -d 'Let a profile count where none is named'
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -f -a "remove" -d 'Remove a profile and what was kept to log in with it; the project stays'
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -f -a "rename" -d 'Give a profile another name'
complete -c flags -n "__fish_flags_using_subcommand profile; and not __fish_seen_subcommand_from add list show use remove rename help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l kind -d 'What is there [default: postgres or http by --url, else local]' -r -f -a "local\t'A store in a file on this machine'
http\t'A server of `flags serve`'
workos\t'WorkOS feature flags'
astapa\t'Astapa features and plans'
postgres\t'A PostgreSQL database'"
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l url -d 'The server\'s address (https, or http on this machine), or postgres://USER@HOST/DATABASE' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l client-id -d 'The client ID that WorkOS or Astapa gave; it is no secret' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l organization -d 'The organization whose tokens are looked at with this profile' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l ca-bundle -d 'Trust these CA certificates too (PEM)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l timeout -d 'How long a call to the server may take, retries included' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l protected -d 'Ask before every write'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l default -d 'Let it count where no profile is named'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from list" -l limit -d 'At most so many rows (0 for all)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from list" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from list" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from list" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from list" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from list" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from list" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from list" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from show" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from show" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from show" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from show" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from show" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from show" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from show" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from use" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from use" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from use" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from use" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from use" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from use" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from use" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from remove" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from remove" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from remove" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from remove" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from remove" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Do not ask'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from remove" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from remove" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from rename" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from rename" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from rename" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from rename" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from rename" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from rename" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from rename" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a profile: a store on this machine, a server, a database, WorkOS or Astapa'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the profiles'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show what counts, and where each value comes from'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "use" -d 'Let a profile count where none is named'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove a profile and what was kept to log in with it; the project stays'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "rename" -d 'Give a profile another name'
complete -c flags -n "__fish_flags_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -f -a "login" -d 'Keep a key or secret for a profile\'s server'
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -f -a "logout" -d 'Forget what is kept for a profile'
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -f -a "status" -d 'What the profiles\' servers would be shown, where it comes from, and whether it works'
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -f -a "rotate" -d 'Replace what is kept by a new key or secret, once that is known to work'
complete -c flags -n "__fish_flags_using_subcommand auth; and not __fish_seen_subcommand_from login logout status rotate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -l key-file -d 'The file with the key or secret; - for stdin [default: asked for, or stdin]' -r -F
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -l fd -d 'Read it from this open file descriptor' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -l client-id -d 'Whose secret it is: Astapa\'s client ID [default: the profile\'s]' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -l check -d 'Ask the server first whether it knows the key (one request)'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -l insecure-storage -d 'Keep it in a file that only its owner may read, not encrypted, instead of the keyring'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from logout" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from logout" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from logout" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from logout" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from logout" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from logout" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from logout" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from status" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from status" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from status" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from status" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from status" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from status" -l check -d 'Ask each server whether it knows the credential (one request)'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from status" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from status" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from rotate" -l key-file -d 'The file with the key or secret; - for stdin [default: asked for, or stdin]' -r -F
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from rotate" -l fd -d 'Read it from this open file descriptor' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from rotate" -l client-id -d 'Whose secret it is: Astapa\'s client ID [default: the profile\'s]' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from rotate" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from rotate" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from rotate" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from rotate" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from rotate" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from rotate" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from rotate" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "login" -d 'Keep a key or secret for a profile\'s server'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "logout" -d 'Forget what is kept for a profile'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "status" -d 'What the profiles\' servers would be shown, where it comes from, and whether it works'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "rotate" -d 'Replace what is kept by a new key or secret, once that is known to work'
complete -c flags -n "__fish_flags_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand demo" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand demo" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand demo" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand demo" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand demo" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand demo" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand demo" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand demo" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand completions" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand completions" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand completions" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand completions" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand completions" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand completions" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand completions" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand completions" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand man" -l store -d 'The store\'s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)' -r -F
complete -c flags -n "__fish_flags_using_subcommand man" -l profile -d 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)' -r
complete -c flags -n "__fish_flags_using_subcommand man" -l credential-file -d 'The file with the server\'s key or secret (else the environment, then what `flags auth login` kept)' -r -F
complete -c flags -n "__fish_flags_using_subcommand man" -l json -d 'One JSON document instead of text; with FIELDS (a,b), only these' -r
complete -c flags -n "__fish_flags_using_subcommand man" -l allow-stale -d 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)' -r
complete -c flags -n "__fish_flags_using_subcommand man" -l directory -d 'Write every page into this directory instead' -r -F
complete -c flags -n "__fish_flags_using_subcommand man" -l verbose -d 'Show on stderr each request to a server and its answer, secrets masked'
complete -c flags -n "__fish_flags_using_subcommand man" -l offline -d 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
complete -c flags -n "__fish_flags_using_subcommand man" -s h -l help -d 'Print help'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "init" -d 'Make a store, and a profile that names it'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "set" -d 'Map a feature into a plan, or override it for a user or an organization'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "unset" -d 'Take a mapping or an override away, so that the subject falls back'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "get" -d 'One feature\'s value for one subject'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "resolve" -d 'All entitlements of one subject, or of every one'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "check" -d 'Assert what a subject gets: exit 0 if all holds, 1 if not'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "explain" -d 'Every layer of an answer: which one wins, who set it, why, until when'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "feature" -d 'Features: define, list, show, edit, enable, disable, delete'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "target" -d 'Who is targeted: everybody, nobody, a share, or those named'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "plan" -d 'Plans: create, list, show, edit, delete'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "matrix" -d 'Features by plans, as a table or Markdown'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "user" -d 'Users: assign to a plan or organizations, show, list, import, export, forget'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "org" -d 'Organizations: assign to a plan, show, list, export, forget'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "override" -d 'Overrides: list, show, import, export, clear'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "token" -d 'Tokens: what a JWT says, and how that differs from the store'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "export" -d 'The whole catalog as one file: JSON, YAML or TOML'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "diff" -d 'What applying a catalog file would change, and for whom: exit 1 if anything'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "apply" -d 'Make the catalog what a file says, in one transaction'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "promote" -d 'Copy features, plans and rules from one place to another'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "migrate" -d 'Move a whole project, history included, from one store to another'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "schema" -d 'The JSON Schema of a file, for editors'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "test" -d 'Hold a file of expectations against the store or a catalog'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "backup" -d 'Copy the store into a file, while others write'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "restore" -d 'Put a backup in the store\'s place; what was there is kept'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "doctor" -d 'Look at the store and the settings: what is wrong, and what to do about it'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "log" -d 'Who changed what, when, by which command and why'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "undo" -d 'Take a write back, as a new change'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "serve" -d 'Answer over HTTP, to programs that speak one of several protocols'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "watch" -d 'Follow changes as they are made, here or at a server'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "notify" -d 'Report changes to Slack and to webhooks: where to, how it goes, and delivering'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "api" -d 'A raw call to the profile\'s server, with its credentials'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "profile" -d 'Places by name: add, list, show, use, remove, rename'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "auth" -d 'What servers know us by: login, logout, status, rotate'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "demo" -d 'A guided tour on a throw-away store, with the commands to type'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "completions" -d 'A shell\'s completion script'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "man" -d 'The manual, as man pages'
complete -c flags -n "__fish_flags_using_subcommand help; and not __fish_seen_subcommand_from init set unset get resolve check explain feature target plan matrix user org override token export diff apply promote migrate schema test backup restore doctor log undo serve watch notify api profile auth demo completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from feature" -f -a "define" -d 'Define a feature'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from feature" -f -a "list" -d 'List the features'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from feature" -f -a "show" -d 'Show one feature with its targeting and the plans that grant it'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from feature" -f -a "edit" -d 'Alter a feature\'s name, description, tags or owner'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from feature" -f -a "enable" -d 'Let the feature be had again: release its kill switch'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from feature" -f -a "disable" -d 'Turn the feature off for everybody: throw its kill switch'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from feature" -f -a "delete" -d 'Delete a feature with its grants, rules and overrides'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from feature" -f -a "cap" -d 'Show or set how many features the catalog may have'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "create" -d 'Create a plan'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "list" -d 'List the plans'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "show" -d 'Show one plan with its grants'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "edit" -d 'Alter a plan\'s name, description or price, or make it the default plan'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from plan" -f -a "delete" -d 'Delete a plan with its grants'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "assign" -d 'Put a user on a plan or into organizations; makes the user known'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "show" -d 'Show a user with its overrides'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "list" -d 'List the users'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "export" -d 'Users as CSV or NDJSON, to be read in again or looked at elsewhere'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "forget" -d 'Forget a user, with its overrides and wherever rules name it'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "import" -d 'Make users known and alter what is kept about them, a row of a file for each'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "assign" -d 'Put an organization on a plan; makes the organization known'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "show" -d 'Show an organization with its overrides and the number of its users'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "list" -d 'List the organizations'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "export" -d 'Organizations as CSV or NDJSON, to be looked at elsewhere'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "forget" -d 'Forget an organization, with its overrides and wherever rules name it'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from override" -f -a "list" -d 'List overrides'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from override" -f -a "export" -d 'Overrides as CSV or NDJSON, to be read in again or looked at elsewhere'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from override" -f -a "show" -d 'Show one subject\'s override of a feature, and who set it'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from override" -f -a "clear" -d 'Take away a subject\'s overrides, all or of some features, or whatever has expired'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from override" -f -a "import" -d 'Set and clear overrides, a row of a file for each'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "decode" -d 'Show what a token says; nothing of it is verified'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "diff" -d 'Compare a token with what its subject is entitled to, when it was issued and now'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "inspect" -d 'Explain what a token says, and find what is odd about it; nothing of it is verified'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "verify" -d 'Prove a token: exit 0 if it is genuine, for us and for now, 1 if not'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "issue" -d 'Mint a token for a user, with what they are entitled to at that moment'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "keys" -d 'Keys: generate, public halves as PEM or JWKS'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from notify" -f -a "add" -d 'Report changes to a Slack channel or a webhook from now on'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from notify" -f -a "remove" -d 'Report nothing there any more; what has not arrived is given up'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from notify" -f -a "list" -d 'Where changes are reported to, and how that goes'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from notify" -f -a "show" -d 'One destination, and each report that is late'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from notify" -f -a "test" -d 'Send a sample at once and show the answer'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from notify" -f -a "resume" -d 'Try a destination again that was paused'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from notify" -f -a "run" -d 'Deliver reports, for those who run no server'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "add" -d 'Add a profile: a store on this machine, a server, a database, WorkOS or Astapa'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "list" -d 'List the profiles'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "show" -d 'Show what counts, and where each value comes from'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "use" -d 'Let a profile count where none is named'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "remove" -d 'Remove a profile and what was kept to log in with it; the project stays'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "rename" -d 'Give a profile another name'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "login" -d 'Keep a key or secret for a profile\'s server'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "logout" -d 'Forget what is kept for a profile'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "status" -d 'What the profiles\' servers would be shown, where it comes from, and whether it works'
complete -c flags -n "__fish_flags_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "rotate" -d 'Replace what is kept by a new key or secret, once that is known to work'
