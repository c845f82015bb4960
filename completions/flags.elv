
use builtin;
use str;

set edit:completion:arg-completer[flags] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'flags'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'flags'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand init 'Make a store, and a profile that names it'
            cand set 'Map a feature into a plan, or override it for a user or an organization'
            cand unset 'Take a mapping or an override away, so that the subject falls back'
            cand get 'One feature''s value for one subject'
            cand resolve 'All entitlements of one subject, or of every one'
            cand check 'Assert what a subject gets: exit 0 if all holds, 1 if not'
            cand explain 'Every layer of an answer: which one wins, who set it, why, until when'
            cand feature 'Features: define, list, show, edit, enable, disable, delete'
            cand target 'Who is targeted: everybody, nobody, a share, or those named'
            cand plan 'Plans: create, list, show, edit, delete'
            cand matrix 'Features by plans, as a table or Markdown'
            cand user 'Users: assign to a plan or organizations, show, list, import, export, forget'
            cand org 'Organizations: assign to a plan, show, list, export, forget'
            cand override 'Overrides: list, show, import, export, clear'
            cand token 'Tokens: what a JWT says, and how that differs from the store'
            cand export 'The whole catalog as one file: JSON, YAML or TOML'
            cand diff 'What applying a catalog file would change, and for whom: exit 1 if anything'
            cand apply 'Make the catalog what a file says, in one transaction'
            cand promote 'Copy features, plans and rules from one place to another'
            cand migrate 'Move a whole project, history included, from one store to another'
            cand schema 'The JSON Schema of a file, for editors'
            cand test 'Hold a file of expectations against the store or a catalog'
            cand backup 'Copy the store into a file, while others write'
            cand restore 'Put a backup in the store''s place; what was there is kept'
            cand doctor 'Look at the store and the settings: what is wrong, and what to do about it'
            cand log 'Who changed what, when, by which command and why'
            cand undo 'Take a write back, as a new change'
            cand serve 'Answer over HTTP, to programs that speak one of several protocols'
            cand watch 'Follow changes as they are made, here or at a server'
            cand notify 'Report changes to Slack and to webhooks: where to, how it goes, and delivering'
            cand api 'A raw call to the profile''s server, with its credentials'
            cand profile 'Places by name: add, list, show, use, remove, rename'
            cand auth 'What servers know us by: login, logout, status, rotate'
            cand demo 'A guided tour on a throw-away store, with the commands to type'
            cand completions 'A shell''s completion script'
            cand man 'The manual, as man pages'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;init'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --no-profile 'Make no profile'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;set'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand -p 'The plan to map the feature into'
            cand --plan 'The plan to map the feature into'
            cand -u 'The user whose override it is'
            cand --user 'The user whose override it is'
            cand -o 'The organization whose override it is'
            cand --org 'The organization whose override it is'
            cand --expires 'The override ends at this moment: 14d, 36h, a date, or RFC 3339'
            cand --starts 'The override starts at this moment'
            cand --reason 'Why, for the history'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --create 'Make the feature, plan, user or organization if there is none yet'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;unset'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand -p 'The plan to map the feature into'
            cand --plan 'The plan to map the feature into'
            cand -u 'The user whose override it is'
            cand --user 'The user whose override it is'
            cand -o 'The organization whose override it is'
            cand --org 'The organization whose override it is'
            cand --reason 'Why, for the history'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;get'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand -u 'The user'
            cand --user 'The user'
            cand -o 'The organization; with --user, the only one of the user''s that counts'
            cand --org 'The organization; with --user, the only one of the user''s that counts'
            cand -p 'Instead of a subject: anybody who is on this plan'
            cand --plan 'Instead of a subject: anybody who is on this plan'
            cand --target 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)'
            cand --at 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now'
            cand --file 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; it has no history, so --at only moves the clock'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;resolve'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand -u 'The user'
            cand --user 'The user'
            cand -o 'The organization; with --user, the only one of the user''s that counts'
            cand --org 'The organization; with --user, the only one of the user''s that counts'
            cand -p 'Instead of a subject: anybody who is on this plan'
            cand --plan 'Instead of a subject: anybody who is on this plan'
            cand --target 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)'
            cand --at 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now'
            cand --file 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; it has no history, so --at only moves the clock'
            cand -f 'With --all: only this feature (repeatable)'
            cand --feature 'With --all: only this feature (repeatable)'
            cand --limit 'With --all: at most so many subjects (0 for all)'
            cand --output 'With --all: write to this file, whole or not at all, instead of stdout'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --ask-remote 'Ask the server for its own list of what the subject gets, too, and fail unless it agrees (WorkOS; a user''s list counts all its organizations, and no list counts custom targets)'
            cand --all 'Every user and organization, one JSON document a line; with --plan, those on the plan by themselves or by an organization'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;check'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand -u 'The user'
            cand --user 'The user'
            cand -o 'The organization; with --user, the only one of the user''s that counts'
            cand --org 'The organization; with --user, the only one of the user''s that counts'
            cand -p 'Instead of a subject: anybody who is on this plan'
            cand --plan 'Instead of a subject: anybody who is on this plan'
            cand --target 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)'
            cand --at 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now'
            cand --file 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; it has no history, so --at only moves the clock'
            cand --token 'Instead of a subject: the entitlements of the token in this file, or - for stdin'
            cand --key-file 'A key: PEM, certificate, JWK, JWKS, OpenSSH public key or shared secret; - for stdin'
            cand --key-url 'The JWKS at this address (https; kept as long as its server allows)'
            cand --issuer-url 'The keys that this issuer names by OpenID discovery; `iss` must be this issuer'
            cand --key-encoding 'How a shared secret is written in its file'
            cand --ca-bundle 'Trust these CA certificates too (PEM), when keys are fetched'
            cand --alg 'Take only this algorithm; may be repeated'
            cand --issuer '`iss` must be this; may be repeated'
            cand --subject '`sub` must be this; may be repeated'
            cand --jti '`jti` must be this; may be repeated'
            cand --typ 'The header''s `typ` must be this media type; may be repeated'
            cand --audience '`aud` must name this; may be repeated'
            cand --leeway 'Seconds that clocks may differ by [default: 0]'
            cand --max-age 'The token''s greatest age, by its `iat`, in seconds'
            cand --require 'This claim must be there; may be repeated'
            cand --ignore 'Do not look at this claim; may be repeated'
            cand --now 'Judge as of this moment: seconds since 1970, or RFC 3339'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --ask-remote 'Ask the server for its own list of what the subject gets, too, and fail unless it agrees (WorkOS; a user''s list counts all its organizations, and no list counts custom targets)'
            cand --unverified 'Take the token''s word without proving it: the answer says so'
            cand --any-audience 'Take a token for any audience'
            cand --allow-weak-key 'Take a shared secret that is shorter than the algorithm''s hash'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;explain'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand -u 'The user'
            cand --user 'The user'
            cand -o 'The organization; with --user, the only one of the user''s that counts'
            cand --org 'The organization; with --user, the only one of the user''s that counts'
            cand -p 'Instead of a subject: anybody who is on this plan'
            cand --plan 'Instead of a subject: anybody who is on this plan'
            cand --target 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)'
            cand --at 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now'
            cand --file 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; it has no history, so --at only moves the clock'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --history 'Instead of the layers: when and why the answer changed, and what lies ahead'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;feature'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand define 'Define a feature'
            cand list 'List the features'
            cand show 'Show one feature with its targeting and the plans that grant it'
            cand edit 'Alter a feature''s name, description, tags or owner'
            cand enable 'Let the feature be had again: release its kill switch'
            cand disable 'Turn the feature off for everybody: throw its kill switch'
            cand delete 'Delete a feature with its grants, rules and overrides'
            cand cap 'Show or set how many features the catalog may have'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;feature;define'= {
            cand --type 'What values it has'
            cand --name 'What people call it ('''' for none)'
            cand --description 'What it does ('''' for none)'
            cand --tag 'A label to find it by (repeatable)'
            cand --owner 'Who answers for it ('''' for nobody)'
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --disabled 'Define it with the kill switch thrown'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;feature;list'= {
            cand --tag 'Only features with this tag'
            cand --limit 'At most so many rows (0 for all)'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --disabled 'Only features whose kill switch is thrown'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;feature;show'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;feature;edit'= {
            cand --name 'What people call it ('''' for none)'
            cand --description 'What it does ('''' for none)'
            cand --tag 'A label to find it by (repeatable)'
            cand --owner 'Who answers for it ('''' for nobody)'
            cand --untag 'Take a tag away (repeatable)'
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;feature;enable'= {
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;feature;disable'= {
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;feature;delete'= {
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;feature;cap'= {
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;feature;help'= {
            cand define 'Define a feature'
            cand list 'List the features'
            cand show 'Show one feature with its targeting and the plans that grant it'
            cand edit 'Alter a feature''s name, description, tags or owner'
            cand enable 'Let the feature be had again: release its kill switch'
            cand disable 'Turn the feature off for everybody: throw its kill switch'
            cand delete 'Delete a feature with its grants, rules and overrides'
            cand cap 'Show or set how many features the catalog may have'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;feature;help;define'= {
        }
        &'flags;feature;help;list'= {
        }
        &'flags;feature;help;show'= {
        }
        &'flags;feature;help;edit'= {
        }
        &'flags;feature;help;enable'= {
        }
        &'flags;feature;help;disable'= {
        }
        &'flags;feature;help;delete'= {
        }
        &'flags;feature;help;cap'= {
        }
        &'flags;feature;help;help'= {
        }
        &'flags;target'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --reason 'Why, for the history'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand add 'Name more targets'
            cand remove 'Name some targets no longer'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;target;add'= {
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;target;remove'= {
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;target;help'= {
            cand add 'Name more targets'
            cand remove 'Name some targets no longer'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;target;help;add'= {
        }
        &'flags;target;help;remove'= {
        }
        &'flags;target;help;help'= {
        }
        &'flags;plan'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand create 'Create a plan'
            cand list 'List the plans'
            cand show 'Show one plan with its grants'
            cand edit 'Alter a plan''s name, description or price, or make it the default plan'
            cand delete 'Delete a plan with its grants'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;plan;create'= {
            cand --name 'What customers call it ('''' for none)'
            cand --description 'What it is for ('''' for none)'
            cand --price 'What it costs, such as 29.00 ('''' for none)'
            cand --currency 'The currency of the price, such as USD ('''' for none)'
            cand --period 'How often the price is due: monthly, yearly or one_time ('''' for neither)'
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --default 'Make it the default plan: everybody gets at least its grants'
            cand --no-default 'It is the default plan no longer'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;plan;list'= {
            cand --limit 'At most so many rows (0 for all)'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;plan;show'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;plan;edit'= {
            cand --name 'What customers call it ('''' for none)'
            cand --description 'What it is for ('''' for none)'
            cand --price 'What it costs, such as 29.00 ('''' for none)'
            cand --currency 'The currency of the price, such as USD ('''' for none)'
            cand --period 'How often the price is due: monthly, yearly or one_time ('''' for neither)'
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --default 'Make it the default plan: everybody gets at least its grants'
            cand --no-default 'It is the default plan no longer'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;plan;delete'= {
            cand --move-to 'Put whoever is on it on this plan'
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --take-off 'Leave whoever is on it without a plan'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;plan;help'= {
            cand create 'Create a plan'
            cand list 'List the plans'
            cand show 'Show one plan with its grants'
            cand edit 'Alter a plan''s name, description or price, or make it the default plan'
            cand delete 'Delete a plan with its grants'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;plan;help;create'= {
        }
        &'flags;plan;help;list'= {
        }
        &'flags;plan;help;show'= {
        }
        &'flags;plan;help;edit'= {
        }
        &'flags;plan;help;delete'= {
        }
        &'flags;plan;help;help'= {
        }
        &'flags;matrix'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --format 'How the matrix is written'
            cand --at 'The plans as they were: at a moment (RFC 3339, a date, or a span from now such as -3d), or as a revision (r17) left them'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;user'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand assign 'Put a user on a plan or into organizations; makes the user known'
            cand show 'Show a user with its overrides'
            cand list 'List the users'
            cand export 'Users as CSV or NDJSON, to be read in again or looked at elsewhere'
            cand forget 'Forget a user, with its overrides and wherever rules name it'
            cand import 'Make users known and alter what is kept about them, a row of a file for each'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;user;assign'= {
            cand -p 'Its plan'
            cand --plan 'Its plan'
            cand -o 'An organization it belongs to (repeatable)'
            cand --org 'An organization it belongs to (repeatable)'
            cand --leave 'An organization it belongs to no longer (repeatable)'
            cand --email 'Its e-mail address ('''' for none)'
            cand --target 'A custom target it always brings along, such as workspace:ws_1 (repeatable)'
            cand --untarget 'A custom target it brings along no longer (repeatable)'
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --no-plan 'It has no plan of its own'
            cand --create 'Make the organizations if they are not known yet'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;user;show'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;user;list'= {
            cand -p 'Only users whose own plan this is'
            cand --plan 'Only users whose own plan this is'
            cand -o 'Only users of this organization'
            cand --org 'Only users of this organization'
            cand --after 'Only users behind this one'
            cand --limit 'At most so many rows (0 for all)'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;user;export'= {
            cand -p 'Only users whose own plan this is'
            cand --plan 'Only users whose own plan this is'
            cand -o 'Only users of this organization'
            cand --org 'Only users of this organization'
            cand --after 'Only users behind this one'
            cand --format 'How rows are written; without it, as the file''s name says, else as CSV'
            cand --output 'Write to this file, whole or not at all, instead of stdout'
            cand --limit 'At most so many rows (0 for all)'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;user;forget'= {
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;user;import'= {
            cand --format 'How the file is written (else its name tells: .csv, .ndjson, .jsonl; or its first character)'
            cand --errors 'Put the refused rows into this file, each with its line and the reason'
            cand --verdicts 'Put the verdict on every row into this file, as NDJSON'
            cand --batch 'Write after every so many rows, each time as a revision of its own'
            cand --after-line 'Pass over the rows that begin in this line or before it'
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --keep-going 'Write what can be written, and refuse only the rows that cannot'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --create 'Make the organizations that are not known yet'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;user;help'= {
            cand assign 'Put a user on a plan or into organizations; makes the user known'
            cand show 'Show a user with its overrides'
            cand list 'List the users'
            cand export 'Users as CSV or NDJSON, to be read in again or looked at elsewhere'
            cand forget 'Forget a user, with its overrides and wherever rules name it'
            cand import 'Make users known and alter what is kept about them, a row of a file for each'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;user;help;assign'= {
        }
        &'flags;user;help;show'= {
        }
        &'flags;user;help;list'= {
        }
        &'flags;user;help;export'= {
        }
        &'flags;user;help;forget'= {
        }
        &'flags;user;help;import'= {
        }
        &'flags;user;help;help'= {
        }
        &'flags;org'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand assign 'Put an organization on a plan; makes the organization known'
            cand show 'Show an organization with its overrides and the number of its users'
            cand list 'List the organizations'
            cand export 'Organizations as CSV or NDJSON, to be looked at elsewhere'
            cand forget 'Forget an organization, with its overrides and wherever rules name it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;org;assign'= {
            cand -p 'Its plan, which its users share'
            cand --plan 'Its plan, which its users share'
            cand --name 'What people call it ('''' for none)'
            cand --target 'A custom target that it and its users always bring along (repeatable)'
            cand --untarget 'A custom target it brings along no longer (repeatable)'
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --no-plan 'It has no plan'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;org;show'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;org;list'= {
            cand -p 'Only organizations on this plan'
            cand --plan 'Only organizations on this plan'
            cand --after 'Only organizations behind this one'
            cand --limit 'At most so many rows (0 for all)'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;org;export'= {
            cand -p 'Only organizations on this plan'
            cand --plan 'Only organizations on this plan'
            cand --after 'Only organizations behind this one'
            cand --format 'How rows are written; without it, as the file''s name says, else as CSV'
            cand --output 'Write to this file, whole or not at all, instead of stdout'
            cand --limit 'At most so many rows (0 for all)'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;org;forget'= {
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;org;help'= {
            cand assign 'Put an organization on a plan; makes the organization known'
            cand show 'Show an organization with its overrides and the number of its users'
            cand list 'List the organizations'
            cand export 'Organizations as CSV or NDJSON, to be looked at elsewhere'
            cand forget 'Forget an organization, with its overrides and wherever rules name it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;org;help;assign'= {
        }
        &'flags;org;help;show'= {
        }
        &'flags;org;help;list'= {
        }
        &'flags;org;help;export'= {
        }
        &'flags;org;help;forget'= {
        }
        &'flags;org;help;help'= {
        }
        &'flags;override'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List overrides'
            cand export 'Overrides as CSV or NDJSON, to be read in again or looked at elsewhere'
            cand show 'Show one subject''s override of a feature, and who set it'
            cand clear 'Take away a subject''s overrides, all or of some features, or whatever has expired'
            cand import 'Set and clear overrides, a row of a file for each'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;override;list'= {
            cand -f 'Only overrides of this feature'
            cand --feature 'Only overrides of this feature'
            cand -u 'Only overrides of this user'
            cand --user 'Only overrides of this user'
            cand -o 'Only overrides of this organization'
            cand --org 'Only overrides of this organization'
            cand --expiring 'Only those that end within this span, soonest first: 7d, 36h, or until a date'
            cand --limit 'At most so many rows (0 for all)'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --active 'Only overrides that count now'
            cand --expired 'Only those that have ended already; with --expiring, these too'
            cand --fail 'Exit 1 if there are any such overrides'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;override;export'= {
            cand -f 'Only overrides of this feature'
            cand --feature 'Only overrides of this feature'
            cand -u 'Only overrides of this user'
            cand --user 'Only overrides of this user'
            cand -o 'Only overrides of this organization'
            cand --org 'Only overrides of this organization'
            cand --expiring 'Only those that end within this span, soonest first: 7d, 36h, or until a date'
            cand --format 'How rows are written; without it, as the file''s name says, else as CSV'
            cand --output 'Write to this file, whole or not at all, instead of stdout'
            cand --limit 'At most so many rows (0 for all)'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --active 'Only overrides that count now'
            cand --expired 'Only those that have ended already; with --expiring, these too'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;override;show'= {
            cand -u 'The user'
            cand --user 'The user'
            cand -o 'The organization'
            cand --org 'The organization'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;override;clear'= {
            cand -u 'The user'
            cand --user 'The user'
            cand -o 'The organization'
            cand --org 'The organization'
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --expired 'Only overrides that have ended; without --user and --org, everybody''s'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;override;import'= {
            cand --format 'How the file is written (else its name tells: .csv, .ndjson, .jsonl; or its first character)'
            cand --errors 'Put the refused rows into this file, each with its line and the reason'
            cand --verdicts 'Put the verdict on every row into this file, as NDJSON'
            cand --batch 'Write after every so many rows, each time as a revision of its own'
            cand --after-line 'Pass over the rows that begin in this line or before it'
            cand --reason 'Why, for the history'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --keep-going 'Write what can be written, and refuse only the rows that cannot'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --create 'Make the users and organizations that are not known yet'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;override;help'= {
            cand list 'List overrides'
            cand export 'Overrides as CSV or NDJSON, to be read in again or looked at elsewhere'
            cand show 'Show one subject''s override of a feature, and who set it'
            cand clear 'Take away a subject''s overrides, all or of some features, or whatever has expired'
            cand import 'Set and clear overrides, a row of a file for each'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;override;help;list'= {
        }
        &'flags;override;help;export'= {
        }
        &'flags;override;help;show'= {
        }
        &'flags;override;help;clear'= {
        }
        &'flags;override;help;import'= {
        }
        &'flags;override;help;help'= {
        }
        &'flags;token'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand decode 'Show what a token says; nothing of it is verified'
            cand diff 'Compare a token with what its subject is entitled to, when it was issued and now'
            cand inspect 'Explain what a token says, and find what is odd about it; nothing of it is verified'
            cand verify 'Prove a token: exit 0 if it is genuine, for us and for now, 1 if not'
            cand issue 'Mint a token for a user, with what they are entitled to at that moment'
            cand keys 'Keys: generate, public halves as PEM or JWKS'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;token;decode'= {
            cand --file 'Read the token from this file'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;token;diff'= {
            cand --token-file 'Read the token from this file'
            cand -u 'The user, if not the token''s `sub`'
            cand --user 'The user, if not the token''s `sub`'
            cand -o 'The organization, if not the token''s `org_id`'
            cand --org 'The organization, if not the token''s `org_id`'
            cand --target 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)'
            cand -f 'Only this feature (repeatable)'
            cand --feature 'Only this feature (repeatable)'
            cand --file 'Compare with a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; neither has a history'
            cand --catalog 'Compare with a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; neither has a history'
            cand --refresh-token-file 'At Astapa, compare with a fresh token: the file with the user''s refresh token (- for stdin; else ASTAPA_REFRESH_TOKEN), which is spent by that'
            cand --next-refresh-token 'Where the next refresh token goes (mode 0600), as the one shown is spent; it may be the same file'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;token;inspect'= {
            cand --file 'Read the token from this file'
            cand --catalog 'Compare with the catalog in this file (- for stdin) instead of the store''s: an export, or WorkOS''s configuration payload'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;token;verify'= {
            cand --file 'Read the token from this file'
            cand --key-file 'A key: PEM, certificate, JWK, JWKS, OpenSSH public key or shared secret; - for stdin'
            cand --key-url 'The JWKS at this address (https; kept as long as its server allows)'
            cand --issuer-url 'The keys that this issuer names by OpenID discovery; `iss` must be this issuer'
            cand --key-encoding 'How a shared secret is written in its file'
            cand --ca-bundle 'Trust these CA certificates too (PEM), when keys are fetched'
            cand --alg 'Take only this algorithm; may be repeated'
            cand --issuer '`iss` must be this; may be repeated'
            cand --subject '`sub` must be this; may be repeated'
            cand --jti '`jti` must be this; may be repeated'
            cand --typ 'The header''s `typ` must be this media type; may be repeated'
            cand --audience '`aud` must name this; may be repeated'
            cand --leeway 'Seconds that clocks may differ by [default: 0]'
            cand --max-age 'The token''s greatest age, by its `iat`, in seconds'
            cand --require 'This claim must be there; may be repeated'
            cand --ignore 'Do not look at this claim; may be repeated'
            cand --now 'Judge as of this moment: seconds since 1970, or RFC 3339'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --any-audience 'Take a token for any audience'
            cand --allow-weak-key 'Take a shared secret that is shorter than the algorithm''s hash'
            cand --jws 'Check the form and signature only: the payload need not be claims'
            cand --lines 'Many tokens, one a line; a verdict for each as it comes'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;token;issue'= {
            cand -u 'The user'
            cand --user 'The user'
            cand -o 'The organization; with --user, the only one of the user''s that counts'
            cand --org 'The organization; with --user, the only one of the user''s that counts'
            cand -p 'Instead of a subject: anybody who is on this plan'
            cand --plan 'Instead of a subject: anybody who is on this plan'
            cand --target 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)'
            cand --at 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now'
            cand --file 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; it has no history, so --at only moves the clock'
            cand --as 'In whose shape'
            cand --key 'The private key or shared secret to sign with: PEM or JWK'
            cand --key-encoding 'How a shared secret is written in its file'
            cand --alg 'The algorithm [default: the key''s; RS256 for RSA, HS256 for a secret]'
            cand --kid 'The header''s key id [default: the key''s own, or its thumbprint]'
            cand --expires 'When it expires: a span from its issue such as 1h, or a moment [default: 1h, workos 5m]'
            cand --issuer '`iss` [default: the one of the shape]'
            cand --audience '`aud`; may be repeated'
            cand --claim 'A claim more, or another value for one: JSON, or else text; may be repeated'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --allow-weak-key 'Take a shared secret that is shorter than the algorithm''s hash'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;token;keys'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand generate 'Make a key to sign tokens with, in a file that only its owner can read'
            cand public 'Print the public half of a key as PEM'
            cand jwks 'Print the public halves of keys as a JWKS, to be published'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;token;keys;generate'= {
            cand --out 'Where to; there must be no file yet'
            cand --type 'The kind of key'
            cand --bits 'Bits of an RSA key [default: 2048]'
            cand --curve 'The curve of an EC key [default: P-256]'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;token;keys;public'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;token;keys;jwks'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;token;keys;help'= {
            cand generate 'Make a key to sign tokens with, in a file that only its owner can read'
            cand public 'Print the public half of a key as PEM'
            cand jwks 'Print the public halves of keys as a JWKS, to be published'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;token;keys;help;generate'= {
        }
        &'flags;token;keys;help;public'= {
        }
        &'flags;token;keys;help;jwks'= {
        }
        &'flags;token;keys;help;help'= {
        }
        &'flags;token;help'= {
            cand decode 'Show what a token says; nothing of it is verified'
            cand diff 'Compare a token with what its subject is entitled to, when it was issued and now'
            cand inspect 'Explain what a token says, and find what is odd about it; nothing of it is verified'
            cand verify 'Prove a token: exit 0 if it is genuine, for us and for now, 1 if not'
            cand issue 'Mint a token for a user, with what they are entitled to at that moment'
            cand keys 'Keys: generate, public halves as PEM or JWKS'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;token;help;decode'= {
        }
        &'flags;token;help;diff'= {
        }
        &'flags;token;help;inspect'= {
        }
        &'flags;token;help;verify'= {
        }
        &'flags;token;help;issue'= {
        }
        &'flags;token;help;keys'= {
            cand generate 'Make a key to sign tokens with, in a file that only its owner can read'
            cand public 'Print the public half of a key as PEM'
            cand jwks 'Print the public halves of keys as a JWKS, to be published'
        }
        &'flags;token;help;keys;generate'= {
        }
        &'flags;token;help;keys;public'= {
        }
        &'flags;token;help;keys;jwks'= {
        }
        &'flags;token;help;help'= {
        }
        &'flags;export'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --format 'The form; of a file that is written, else what its name ends in'
            cand -o 'Write it to this file, whole or not at all; with subjects only its owner may read it'
            cand --output 'Write it to this file, whole or not at all; with subjects only its owner may read it'
            cand --at 'The catalog as it was: at a moment (RFC 3339, a date, or a span from now such as -3d), or as a revision (r17) left it'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --subjects 'Users, organizations and their overrides too, so that a check of the file answers the same'
            cand --overrides 'The same as --subjects'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;diff'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --prune 'As with `apply --prune`: what the file leaves out of its parts would go'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;apply'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --reason 'Why, for the history'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --prune 'Delete what the file leaves out of the parts that it has'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;promote'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --only 'Only this feature, and what the plans that TO has grant of it; may be repeated'
            cand --reason 'Why, for the history'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --without-targets 'Leave the rules in TO as they are: they may name users that FROM does not know'
            cand --prune 'Delete in TO what FROM does not have'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;migrate'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --without-history 'Leave the history behind: what FROM holds now becomes one write of TO, which has to be empty'
            cand --dry-run 'Show what would be moved; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;schema'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;test'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --file 'Answer from this catalog file instead of the store'
            cand --junit 'Write JUnit XML, to stdout or to a file (--junit=report.xml)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --tap 'Print TAP version 14 for other programs'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;backup'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --force 'Replace the file if it is there'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;restore'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --dry-run 'Show what would be replaced and which writes taken back; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;doctor'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --feature 'At a server: whether this feature is there, and on'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --quick 'Pass over what takes long in a large store: comparing indexes, proving the history'
            cand --fix 'Put right what can do no harm: who may read the store''s files'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;log'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand -f 'Only changes about this feature: its definition, audience, grants and overrides'
            cand --feature 'Only changes about this feature: its definition, audience, grants and overrides'
            cand -p 'Only changes about this plan: its definition and grants, and who came onto it or left'
            cand --plan 'Only changes about this plan: its definition and grants, and who came onto it or left'
            cand -u 'Only changes about this user, also where a rule names it'
            cand --user 'Only changes about this user, also where a rule names it'
            cand -o 'Only changes about this organization, and who joined it or left'
            cand --org 'Only changes about this organization, and who joined it or left'
            cand --actor 'Only writes of this actor'
            cand --command 'Only writes by this command, such as set or `user assign`'
            cand --since 'Only writes since then: RFC 3339, a date, or how long ago, such as 7d'
            cand --until 'Only writes until then, as with --since'
            cand --limit 'At most so many writes, the latest ones (0 for all) [default: 20; with --lines all]'
            cand --changes 'At most so many changes of each write (0 for all) [default: 5; of one REVISION all]'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --lines 'One JSON document a line for each write, as it is read (NDJSON)'
            cand --ndjson 'One JSON document a line for each write, as it is read (NDJSON)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand verify 'Prove that no write was altered, removed or put in: exit 0 if none was, 1 if one was'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;log;verify'= {
            cand --head 'A hash noted earlier: it must still be that of a write, so that everything up to it is as it was then'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;log;help'= {
            cand verify 'Prove that no write was altered, removed or put in: exit 0 if none was, 1 if one was'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;log;help;verify'= {
        }
        &'flags;log;help;help'= {
        }
        &'flags;undo'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --reason 'Why, for the history'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --dry-run 'Show the diff and who gains and who loses; write nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;serve'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --listen 'Where to listen; port 0 takes a free one'
            cand --protocol 'The languages to speak'
            cand --seed 'Fill an empty store first: a catalog file, JSON, YAML or TOML'
            cand --cache 'How much memory to keep subjects in, such as 512MiB or 2GiB; the rest is looked up'
            cand --max-staleness 'How old an answer may be where the store is a database on another machine, such as 5s: less asking, and answers go on for so long while the database cannot be reached. 0s asks the leader before every answer; so does a server that is not told, but for up to a minute while no leader can be asked, when a replica is. A store of this machine is asked before every answer'
            cand --log 'How much to tell on stderr, as JSON lines: off, error, warn, info, debug. `info` leaves out evaluations that succeeded'
            cand --tls-cert 'Encrypt connections: the certificate and those that vouch for it, PEM'
            cand --tls-key 'The certificate''s private key, PEM, not encrypted'
            cand --host 'Answer by this name too (repeat for several; *.example.com for all below)'
            cand --cors-origin 'Let pages of this origin ask, such as https://app.example.com (repeat for several)'
            cand --max-body 'The largest body of a request, such as 512KiB; imports may bring 256 times as much'
            cand --max-connections 'Connections at once; beyond them the one makes room that has been silent the longest'
            cand --timeout 'How long to wait for a client that sends or reads nothing, such as 20s'
            cand --rate 'Requests a second that each key is good for'
            cand --metrics-listen 'Serve /metrics here too, without a key: an address of this machine'
            cand --signing-key 'Sign Astapa''s tokens with this RSA key: PEM or JWK, private. Given several times, the first signs and all are published, for Astapa''s and WorkOS''s clients [default: the profile''s `key_file`, if it is one]'
            cand --issuer '`iss` of these tokens [default: auth.astapa.com]'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --read-only 'Refuse every write'
            cand --demo 'Try it out: a small business in a store that is gone at the end, with keys that are shown. A store that is named has to be empty'
            cand --insecure-no-auth 'Let everybody on this machine do everything, without a key'
            cand --no-notify 'Report no changes to the destinations of `flags notify`'
            cand --behind-proxy 'All connections come from a proxy, which encrypts them on the way to it'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand keys 'Keys, which open a server to whoever shows them: create, list, revoke'
            cand logins 'Logins: what an application renews its users'' Astapa tokens with'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;serve;keys'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand create 'Make a key, which is shown this once'
            cand list 'The keys, what they may do, and when they were last used'
            cand revoke 'Let a key open nothing any more, from the next request on'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;serve;keys;create'= {
            cand --scope 'What it may do: evaluate, read, write, admin'
            cand --expires 'Until when: a span from now such as 90d, a date, or RFC 3339'
            cand -o 'Write it to this file, which its owner alone may read, and not to stdout'
            cand --output 'Write it to this file, which its owner alone may read, and not to stdout'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --client 'Make a client for Astapa''s protocol: an id and a secret, which open something together'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;serve;keys;list'= {
            cand --limit 'At most so many rows (0 for all)'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;serve;keys;revoke'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;serve;keys;help'= {
            cand create 'Make a key, which is shown this once'
            cand list 'The keys, what they may do, and when they were last used'
            cand revoke 'Let a key open nothing any more, from the next request on'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;serve;keys;help;create'= {
        }
        &'flags;serve;keys;help;list'= {
        }
        &'flags;serve;keys;help;revoke'= {
        }
        &'flags;serve;keys;help;help'= {
        }
        &'flags;serve;logins'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand create 'Log a user in: print a first refresh token, or a code to exchange for one'
            cand list 'Whose logins there are, and until when'
            cand revoke 'End logins: what an application has of them opens nothing any more'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;serve;logins;create'= {
            cand --redirect-uri 'Whoever exchanges the code must name this address'
            cand --client 'The id of the client that it is for [default: the first that uses it]'
            cand --expires 'When it ends, however often it is renewed: a span such as 30d, or a moment [default: 90d]'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --code 'Print an authorization code, good once and for ten minutes'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;serve;logins;list'= {
            cand -u 'Only logins of this user'
            cand --user 'Only logins of this user'
            cand --limit 'At most so many rows (0 for all)'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --all 'Also those that have ended'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;serve;logins;revoke'= {
            cand -u 'All logins of this user'
            cand --user 'All logins of this user'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;serve;logins;help'= {
            cand create 'Log a user in: print a first refresh token, or a code to exchange for one'
            cand list 'Whose logins there are, and until when'
            cand revoke 'End logins: what an application has of them opens nothing any more'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;serve;logins;help;create'= {
        }
        &'flags;serve;logins;help;list'= {
        }
        &'flags;serve;logins;help;revoke'= {
        }
        &'flags;serve;logins;help;help'= {
        }
        &'flags;serve;help'= {
            cand keys 'Keys, which open a server to whoever shows them: create, list, revoke'
            cand logins 'Logins: what an application renews its users'' Astapa tokens with'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;serve;help;keys'= {
            cand create 'Make a key, which is shown this once'
            cand list 'The keys, what they may do, and when they were last used'
            cand revoke 'Let a key open nothing any more, from the next request on'
        }
        &'flags;serve;help;keys;create'= {
        }
        &'flags;serve;help;keys;list'= {
        }
        &'flags;serve;help;keys;revoke'= {
        }
        &'flags;serve;help;logins'= {
            cand create 'Log a user in: print a first refresh token, or a code to exchange for one'
            cand list 'Whose logins there are, and until when'
            cand revoke 'End logins: what an application has of them opens nothing any more'
        }
        &'flags;serve;help;logins;create'= {
        }
        &'flags;serve;help;logins;list'= {
        }
        &'flags;serve;help;logins;revoke'= {
        }
        &'flags;serve;help;help'= {
        }
        &'flags;watch'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --since 'Tell first what was written behind this revision (0 for all) [default: the present one]'
            cand -f 'Only changes about this feature: its definition, audience, grants and overrides'
            cand --feature 'Only changes about this feature: its definition, audience, grants and overrides'
            cand -p 'Only changes about this plan: its definition and grants, and who came onto it or left'
            cand --plan 'Only changes about this plan: its definition and grants, and who came onto it or left'
            cand -u 'Only changes about this user, also where a rule names it'
            cand --user 'Only changes about this user, also where a rule names it'
            cand -o 'Only changes about this organization, and who joined it or left'
            cand --org 'Only changes about this organization, and who joined it or left'
            cand --actor 'Only writes of this actor'
            cand --command 'Only writes by this command, such as set or `user assign`'
            cand --limit 'End after so many writes'
            cand --changes 'At most so many changes of each write (0 for all) [default: 5; as documents 100]'
            cand --url 'Follow the server at this address (https, or http on this machine); its key is FLAGS_API_KEY, if no file is named'
            cand --key-file 'The file with the server''s key; - for stdin'
            cand --ca-bundle 'Trust these CA certificates too (PEM)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --lines 'One JSON document a line for each write (NDJSON), as with --json'
            cand --ndjson 'One JSON document a line for each write (NDJSON), as with --json'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;notify'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand add 'Report changes to a Slack channel or a webhook from now on'
            cand remove 'Report nothing there any more; what has not arrived is given up'
            cand list 'Where changes are reported to, and how that goes'
            cand show 'One destination, and each report that is late'
            cand test 'Send a sample at once and show the answer'
            cand resume 'Try a destination again that was paused'
            cand run 'Deliver reports, for those who run no server'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;notify;add'= {
            cand --url-file 'The file with the address; - for stdin [default: asked for, or stdin]'
            cand --secret-file 'The file with the signing secret; - for stdin [default: one is made and shown once]'
            cand --event 'Only these events, by name or beginning, such as flag.* (may be repeated)'
            cand --since 'Report what was written behind this revision too (0 for all) [default: the present one]'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --slack 'Messages for a Slack incoming webhook'
            cand --webhook 'Signed events, as WorkOS sends them'
            cand --allow-private 'Let the server be within this network'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;notify;remove'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;notify;list'= {
            cand --limit 'At most so many rows (0 for all)'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;notify;show'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;notify;test'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --dry-run 'Print the exact body; send nothing'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;notify;resume'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --skip 'Give up what has not arrived: report only what is written from now on'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;notify;run'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --once 'Deliver what is due now, and end: exit 5 if not all of it arrived'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;notify;help'= {
            cand add 'Report changes to a Slack channel or a webhook from now on'
            cand remove 'Report nothing there any more; what has not arrived is given up'
            cand list 'Where changes are reported to, and how that goes'
            cand show 'One destination, and each report that is late'
            cand test 'Send a sample at once and show the answer'
            cand resume 'Try a destination again that was paused'
            cand run 'Deliver reports, for those who run no server'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;notify;help;add'= {
        }
        &'flags;notify;help;remove'= {
        }
        &'flags;notify;help;list'= {
        }
        &'flags;notify;help;show'= {
        }
        &'flags;notify;help;test'= {
        }
        &'flags;notify;help;resume'= {
        }
        &'flags;notify;help;run'= {
        }
        &'flags;notify;help;help'= {
        }
        &'flags;api'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand -F 'A member of the JSON document to send, its value typed'
            cand --field 'A member of the JSON document to send, its value typed'
            cand -f 'A member of the JSON document to send, its value a string'
            cand --raw-field 'A member of the JSON document to send, its value a string'
            cand --input 'Send this file; - for stdin. JSON, unless a Content-Type is named with --header'
            cand --query 'A part of the query, encoded as it has to be'
            cand -H 'A header beside those that every call has'
            cand --header 'A header beside those that every call has'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand --paginate 'All pages of a list, as one JSON array'
            cand -i 'Show the status and the headers, too'
            cand --include 'Show the status and the headers, too'
            cand --dry-run 'Show what would be sent, secrets masked; send nothing'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;profile'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand add 'Add a profile: a store on this machine, a server, a database, WorkOS or Astapa'
            cand list 'List the profiles'
            cand show 'Show what counts, and where each value comes from'
            cand use 'Let a profile count where none is named'
            cand remove 'Remove a profile and what was kept to log in with it; the project stays'
            cand rename 'Give a profile another name'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;profile;add'= {
            cand --kind 'What is there [default: postgres or http by --url, else local]'
            cand --url 'The server''s address (https, or http on this machine), or postgres://USER@HOST/DATABASE'
            cand --client-id 'The client ID that WorkOS or Astapa gave; it is no secret'
            cand --organization 'The organization whose tokens are looked at with this profile'
            cand --ca-bundle 'Trust these CA certificates too (PEM)'
            cand --timeout 'How long a call to the server may take, retries included'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --protected 'Ask before every write'
            cand --default 'Let it count where no profile is named'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'flags;profile;list'= {
            cand --limit 'At most so many rows (0 for all)'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;profile;show'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;profile;use'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;profile;remove'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;profile;rename'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;profile;help'= {
            cand add 'Add a profile: a store on this machine, a server, a database, WorkOS or Astapa'
            cand list 'List the profiles'
            cand show 'Show what counts, and where each value comes from'
            cand use 'Let a profile count where none is named'
            cand remove 'Remove a profile and what was kept to log in with it; the project stays'
            cand rename 'Give a profile another name'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;profile;help;add'= {
        }
        &'flags;profile;help;list'= {
        }
        &'flags;profile;help;show'= {
        }
        &'flags;profile;help;use'= {
        }
        &'flags;profile;help;remove'= {
        }
        &'flags;profile;help;rename'= {
        }
        &'flags;profile;help;help'= {
        }
        &'flags;auth'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
            cand login 'Keep a key or secret for a profile''s server'
            cand logout 'Forget what is kept for a profile'
            cand status 'What the profiles'' servers would be shown, where it comes from, and whether it works'
            cand rotate 'Replace what is kept by a new key or secret, once that is known to work'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;auth;login'= {
            cand --key-file 'The file with the key or secret; - for stdin [default: asked for, or stdin]'
            cand --fd 'Read it from this open file descriptor'
            cand --client-id 'Whose secret it is: Astapa''s client ID [default: the profile''s]'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --check 'Ask the server first whether it knows the key (one request)'
            cand --insecure-storage 'Keep it in a file that only its owner may read, not encrypted, instead of the keyring'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;auth;logout'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;auth;status'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --check 'Ask each server whether it knows the credential (one request)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;auth;rotate'= {
            cand --key-file 'The file with the key or secret; - for stdin [default: asked for, or stdin]'
            cand --fd 'Read it from this open file descriptor'
            cand --client-id 'Whose secret it is: Astapa''s client ID [default: the profile''s]'
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;auth;help'= {
            cand login 'Keep a key or secret for a profile''s server'
            cand logout 'Forget what is kept for a profile'
            cand status 'What the profiles'' servers would be shown, where it comes from, and whether it works'
            cand rotate 'Replace what is kept by a new key or secret, once that is known to work'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;auth;help;login'= {
        }
        &'flags;auth;help;logout'= {
        }
        &'flags;auth;help;status'= {
        }
        &'flags;auth;help;rotate'= {
        }
        &'flags;auth;help;help'= {
        }
        &'flags;demo'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;completions'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;man'= {
            cand --store 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)'
            cand --profile 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)'
            cand --credential-file 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)'
            cand --json 'One JSON document instead of text; with FIELDS (a,b), only these'
            cand --allow-stale 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)'
            cand --directory 'Write every page into this directory instead'
            cand --verbose 'Show on stderr each request to a server and its answer, secrets masked'
            cand --offline 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'flags;help'= {
            cand init 'Make a store, and a profile that names it'
            cand set 'Map a feature into a plan, or override it for a user or an organization'
            cand unset 'Take a mapping or an override away, so that the subject falls back'
            cand get 'One feature''s value for one subject'
            cand resolve 'All entitlements of one subject, or of every one'
            cand check 'Assert what a subject gets: exit 0 if all holds, 1 if not'
            cand explain 'Every layer of an answer: which one wins, who set it, why, until when'
            cand feature 'Features: define, list, show, edit, enable, disable, delete'
            cand target 'Who is targeted: everybody, nobody, a share, or those named'
            cand plan 'Plans: create, list, show, edit, delete'
            cand matrix 'Features by plans, as a table or Markdown'
            cand user 'Users: assign to a plan or organizations, show, list, import, export, forget'
            cand org 'Organizations: assign to a plan, show, list, export, forget'
            cand override 'Overrides: list, show, import, export, clear'
            cand token 'Tokens: what a JWT says, and how that differs from the store'
            cand export 'The whole catalog as one file: JSON, YAML or TOML'
            cand diff 'What applying a catalog file would change, and for whom: exit 1 if anything'
            cand apply 'Make the catalog what a file says, in one transaction'
            cand promote 'Copy features, plans and rules from one place to another'
            cand migrate 'Move a whole project, history included, from one store to another'
            cand schema 'The JSON Schema of a file, for editors'
            cand test 'Hold a file of expectations against the store or a catalog'
            cand backup 'Copy the store into a file, while others write'
            cand restore 'Put a backup in the store''s place; what was there is kept'
            cand doctor 'Look at the store and the settings: what is wrong, and what to do about it'
            cand log 'Who changed what, when, by which command and why'
            cand undo 'Take a write back, as a new change'
            cand serve 'Answer over HTTP, to programs that speak one of several protocols'
            cand watch 'Follow changes as they are made, here or at a server'
            cand notify 'Report changes to Slack and to webhooks: where to, how it goes, and delivering'
            cand api 'A raw call to the profile''s server, with its credentials'
            cand profile 'Places by name: add, list, show, use, remove, rename'
            cand auth 'What servers know us by: login, logout, status, rotate'
            cand demo 'A guided tour on a throw-away store, with the commands to type'
            cand completions 'A shell''s completion script'
            cand man 'The manual, as man pages'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'flags;help;init'= {
        }
        &'flags;help;set'= {
        }
        &'flags;help;unset'= {
        }
        &'flags;help;get'= {
        }
        &'flags;help;resolve'= {
        }
        &'flags;help;check'= {
        }
        &'flags;help;explain'= {
        }
        &'flags;help;feature'= {
            cand define 'Define a feature'
            cand list 'List the features'
            cand show 'Show one feature with its targeting and the plans that grant it'
            cand edit 'Alter a feature''s name, description, tags or owner'
            cand enable 'Let the feature be had again: release its kill switch'
            cand disable 'Turn the feature off for everybody: throw its kill switch'
            cand delete 'Delete a feature with its grants, rules and overrides'
            cand cap 'Show or set how many features the catalog may have'
        }
        &'flags;help;feature;define'= {
        }
        &'flags;help;feature;list'= {
        }
        &'flags;help;feature;show'= {
        }
        &'flags;help;feature;edit'= {
        }
        &'flags;help;feature;enable'= {
        }
        &'flags;help;feature;disable'= {
        }
        &'flags;help;feature;delete'= {
        }
        &'flags;help;feature;cap'= {
        }
        &'flags;help;target'= {
        }
        &'flags;help;plan'= {
            cand create 'Create a plan'
            cand list 'List the plans'
            cand show 'Show one plan with its grants'
            cand edit 'Alter a plan''s name, description or price, or make it the default plan'
            cand delete 'Delete a plan with its grants'
        }
        &'flags;help;plan;create'= {
        }
        &'flags;help;plan;list'= {
        }
        &'flags;help;plan;show'= {
        }
        &'flags;help;plan;edit'= {
        }
        &'flags;help;plan;delete'= {
        }
        &'flags;help;matrix'= {
        }
        &'flags;help;user'= {
            cand assign 'Put a user on a plan or into organizations; makes the user known'
            cand show 'Show a user with its overrides'
            cand list 'List the users'
            cand export 'Users as CSV or NDJSON, to be read in again or looked at elsewhere'
            cand forget 'Forget a user, with its overrides and wherever rules name it'
            cand import 'Make users known and alter what is kept about them, a row of a file for each'
        }
        &'flags;help;user;assign'= {
        }
        &'flags;help;user;show'= {
        }
        &'flags;help;user;list'= {
        }
        &'flags;help;user;export'= {
        }
        &'flags;help;user;forget'= {
        }
        &'flags;help;user;import'= {
        }
        &'flags;help;org'= {
            cand assign 'Put an organization on a plan; makes the organization known'
            cand show 'Show an organization with its overrides and the number of its users'
            cand list 'List the organizations'
            cand export 'Organizations as CSV or NDJSON, to be looked at elsewhere'
            cand forget 'Forget an organization, with its overrides and wherever rules name it'
        }
        &'flags;help;org;assign'= {
        }
        &'flags;help;org;show'= {
        }
        &'flags;help;org;list'= {
        }
        &'flags;help;org;export'= {
        }
        &'flags;help;org;forget'= {
        }
        &'flags;help;override'= {
            cand list 'List overrides'
            cand export 'Overrides as CSV or NDJSON, to be read in again or looked at elsewhere'
            cand show 'Show one subject''s override of a feature, and who set it'
            cand clear 'Take away a subject''s overrides, all or of some features, or whatever has expired'
            cand import 'Set and clear overrides, a row of a file for each'
        }
        &'flags;help;override;list'= {
        }
        &'flags;help;override;export'= {
        }
        &'flags;help;override;show'= {
        }
        &'flags;help;override;clear'= {
        }
        &'flags;help;override;import'= {
        }
        &'flags;help;token'= {
            cand decode 'Show what a token says; nothing of it is verified'
            cand diff 'Compare a token with what its subject is entitled to, when it was issued and now'
            cand inspect 'Explain what a token says, and find what is odd about it; nothing of it is verified'
            cand verify 'Prove a token: exit 0 if it is genuine, for us and for now, 1 if not'
            cand issue 'Mint a token for a user, with what they are entitled to at that moment'
            cand keys 'Keys: generate, public halves as PEM or JWKS'
        }
        &'flags;help;token;decode'= {
        }
        &'flags;help;token;diff'= {
        }
        &'flags;help;token;inspect'= {
        }
        &'flags;help;token;verify'= {
        }
        &'flags;help;token;issue'= {
        }
        &'flags;help;token;keys'= {
            cand generate 'Make a key to sign tokens with, in a file that only its owner can read'
            cand public 'Print the public half of a key as PEM'
            cand jwks 'Print the public halves of keys as a JWKS, to be published'
        }
        &'flags;help;token;keys;generate'= {
        }
        &'flags;help;token;keys;public'= {
        }
        &'flags;help;token;keys;jwks'= {
        }
        &'flags;help;export'= {
        }
        &'flags;help;diff'= {
        }
        &'flags;help;apply'= {
        }
        &'flags;help;promote'= {
        }
        &'flags;help;migrate'= {
        }
        &'flags;help;schema'= {
        }
        &'flags;help;test'= {
        }
        &'flags;help;backup'= {
        }
        &'flags;help;restore'= {
        }
        &'flags;help;doctor'= {
        }
        &'flags;help;log'= {
        }
        &'flags;help;undo'= {
        }
        &'flags;help;serve'= {
        }
        &'flags;help;watch'= {
        }
        &'flags;help;notify'= {
            cand add 'Report changes to a Slack channel or a webhook from now on'
            cand remove 'Report nothing there any more; what has not arrived is given up'
            cand list 'Where changes are reported to, and how that goes'
            cand show 'One destination, and each report that is late'
            cand test 'Send a sample at once and show the answer'
            cand resume 'Try a destination again that was paused'
            cand run 'Deliver reports, for those who run no server'
        }
        &'flags;help;notify;add'= {
        }
        &'flags;help;notify;remove'= {
        }
        &'flags;help;notify;list'= {
        }
        &'flags;help;notify;show'= {
        }
        &'flags;help;notify;test'= {
        }
        &'flags;help;notify;resume'= {
        }
        &'flags;help;notify;run'= {
        }
        &'flags;help;api'= {
        }
        &'flags;help;profile'= {
            cand add 'Add a profile: a store on this machine, a server, a database, WorkOS or Astapa'
            cand list 'List the profiles'
            cand show 'Show what counts, and where each value comes from'
            cand use 'Let a profile count where none is named'
            cand remove 'Remove a profile and what was kept to log in with it; the project stays'
            cand rename 'Give a profile another name'
        }
        &'flags;help;profile;add'= {
        }
        &'flags;help;profile;list'= {
        }
        &'flags;help;profile;show'= {
        }
        &'flags;help;profile;use'= {
        }
        &'flags;help;profile;remove'= {
        }
        &'flags;help;profile;rename'= {
        }
        &'flags;help;auth'= {
            cand login 'Keep a key or secret for a profile''s server'
            cand logout 'Forget what is kept for a profile'
            cand status 'What the profiles'' servers would be shown, where it comes from, and whether it works'
            cand rotate 'Replace what is kept by a new key or secret, once that is known to work'
        }
        &'flags;help;auth;login'= {
        }
        &'flags;help;auth;logout'= {
        }
        &'flags;help;auth;status'= {
        }
        &'flags;help;auth;rotate'= {
        }
        &'flags;help;demo'= {
        }
        &'flags;help;completions'= {
        }
        &'flags;help;man'= {
        }
        &'flags;help;help'= {
        }
    ]
    $completions[$command]
}
