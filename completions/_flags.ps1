
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'flags' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'flags'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'flags' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a store, and a profile that names it')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Map a feature into a plan, or override it for a user or an organization')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take a mapping or an override away, so that the subject falls back')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'One feature''s value for one subject')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'All entitlements of one subject, or of every one')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Assert what a subject gets: exit 0 if all holds, 1 if not')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Every layer of an answer: which one wins, who set it, why, until when')
            [CompletionResult]::new('feature', 'feature', [CompletionResultType]::ParameterValue, 'Features: define, list, show, edit, enable, disable, delete')
            [CompletionResult]::new('target', 'target', [CompletionResultType]::ParameterValue, 'Who is targeted: everybody, nobody, a share, or those named')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Plans: create, list, show, edit, delete')
            [CompletionResult]::new('matrix', 'matrix', [CompletionResultType]::ParameterValue, 'Features by plans, as a table or Markdown')
            [CompletionResult]::new('user', 'user', [CompletionResultType]::ParameterValue, 'Users: assign to a plan or organizations, show, list, import, export, forget')
            [CompletionResult]::new('org', 'org', [CompletionResultType]::ParameterValue, 'Organizations: assign to a plan, show, list, export, forget')
            [CompletionResult]::new('override', 'override', [CompletionResultType]::ParameterValue, 'Overrides: list, show, import, export, clear')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Tokens: what a JWT says, and how that differs from the store')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'The whole catalog as one file: JSON, YAML or TOML')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'What applying a catalog file would change, and for whom: exit 1 if anything')
            [CompletionResult]::new('apply', 'apply', [CompletionResultType]::ParameterValue, 'Make the catalog what a file says, in one transaction')
            [CompletionResult]::new('promote', 'promote', [CompletionResultType]::ParameterValue, 'Copy features, plans and rules from one place to another')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Move a whole project, history included, from one store to another')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'The JSON Schema of a file, for editors')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Hold a file of expectations against the store or a catalog')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Copy the store into a file, while others write')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Put a backup in the store''s place; what was there is kept')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Look at the store and the settings: what is wrong, and what to do about it')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Who changed what, when, by which command and why')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Take a write back, as a new change')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Answer over HTTP, to programs that speak one of several protocols')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Follow changes as they are made, here or at a server')
            [CompletionResult]::new('notify', 'notify', [CompletionResultType]::ParameterValue, 'Report changes to Slack and to webhooks: where to, how it goes, and delivering')
            [CompletionResult]::new('api', 'api', [CompletionResultType]::ParameterValue, 'A raw call to the profile''s server, with its credentials')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'Places by name: add, list, show, use, remove, rename')
            [CompletionResult]::new('auth', 'auth', [CompletionResultType]::ParameterValue, 'What servers know us by: login, logout, status, rotate')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'A guided tour on a throw-away store, with the commands to type')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'A shell''s completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'The manual, as man pages')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;init' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--no-profile', '--no-profile', [CompletionResultType]::ParameterName, 'Make no profile')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;set' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The plan to map the feature into')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'The plan to map the feature into')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'The user whose override it is')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user whose override it is')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The organization whose override it is')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The organization whose override it is')
            [CompletionResult]::new('--expires', '--expires', [CompletionResultType]::ParameterName, 'The override ends at this moment: 14d, 36h, a date, or RFC 3339')
            [CompletionResult]::new('--starts', '--starts', [CompletionResultType]::ParameterName, 'The override starts at this moment')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--create', '--create', [CompletionResultType]::ParameterName, 'Make the feature, plan, user or organization if there is none yet')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;unset' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The plan to map the feature into')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'The plan to map the feature into')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'The user whose override it is')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user whose override it is')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The organization whose override it is')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The organization whose override it is')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;get' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The organization; with --user, the only one of the user''s that counts')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The organization; with --user, the only one of the user''s that counts')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Instead of a subject: anybody who is on this plan')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Instead of a subject: anybody who is on this plan')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; it has no history, so --at only moves the clock')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;resolve' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The organization; with --user, the only one of the user''s that counts')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The organization; with --user, the only one of the user''s that counts')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Instead of a subject: anybody who is on this plan')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Instead of a subject: anybody who is on this plan')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; it has no history, so --at only moves the clock')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'With --all: only this feature (repeatable)')
            [CompletionResult]::new('--feature', '--feature', [CompletionResultType]::ParameterName, 'With --all: only this feature (repeatable)')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'With --all: at most so many subjects (0 for all)')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'With --all: write to this file, whole or not at all, instead of stdout')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--ask-remote', '--ask-remote', [CompletionResultType]::ParameterName, 'Ask the server for its own list of what the subject gets, too, and fail unless it agrees (WorkOS; a user''s list counts all its organizations, and no list counts custom targets)')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every user and organization, one JSON document a line; with --plan, those on the plan by themselves or by an organization')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;check' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The organization; with --user, the only one of the user''s that counts')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The organization; with --user, the only one of the user''s that counts')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Instead of a subject: anybody who is on this plan')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Instead of a subject: anybody who is on this plan')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; it has no history, so --at only moves the clock')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'Instead of a subject: the entitlements of the token in this file, or - for stdin')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'A key: PEM, certificate, JWK, JWKS, OpenSSH public key or shared secret; - for stdin')
            [CompletionResult]::new('--key-url', '--key-url', [CompletionResultType]::ParameterName, 'The JWKS at this address (https; kept as long as its server allows)')
            [CompletionResult]::new('--issuer-url', '--issuer-url', [CompletionResultType]::ParameterName, 'The keys that this issuer names by OpenID discovery; `iss` must be this issuer')
            [CompletionResult]::new('--key-encoding', '--key-encoding', [CompletionResultType]::ParameterName, 'How a shared secret is written in its file')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Trust these CA certificates too (PEM), when keys are fetched')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Take only this algorithm; may be repeated')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, '`iss` must be this; may be repeated')
            [CompletionResult]::new('--subject', '--subject', [CompletionResultType]::ParameterName, '`sub` must be this; may be repeated')
            [CompletionResult]::new('--jti', '--jti', [CompletionResultType]::ParameterName, '`jti` must be this; may be repeated')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The header''s `typ` must be this media type; may be repeated')
            [CompletionResult]::new('--audience', '--audience', [CompletionResultType]::ParameterName, '`aud` must name this; may be repeated')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'Seconds that clocks may differ by [default: 0]')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'The token''s greatest age, by its `iat`, in seconds')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'This claim must be there; may be repeated')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not look at this claim; may be repeated')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Judge as of this moment: seconds since 1970, or RFC 3339')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--ask-remote', '--ask-remote', [CompletionResultType]::ParameterName, 'Ask the server for its own list of what the subject gets, too, and fail unless it agrees (WorkOS; a user''s list counts all its organizations, and no list counts custom targets)')
            [CompletionResult]::new('--unverified', '--unverified', [CompletionResultType]::ParameterName, 'Take the token''s word without proving it: the answer says so')
            [CompletionResult]::new('--any-audience', '--any-audience', [CompletionResultType]::ParameterName, 'Take a token for any audience')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Take a shared secret that is shorter than the algorithm''s hash')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;explain' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The organization; with --user, the only one of the user''s that counts')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The organization; with --user, the only one of the user''s that counts')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Instead of a subject: anybody who is on this plan')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Instead of a subject: anybody who is on this plan')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; it has no history, so --at only moves the clock')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--history', '--history', [CompletionResultType]::ParameterName, 'Instead of the layers: when and why the answer changed, and what lies ahead')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;feature' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('define', 'define', [CompletionResultType]::ParameterValue, 'Define a feature')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the features')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one feature with its targeting and the plans that grant it')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Alter a feature''s name, description, tags or owner')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Let the feature be had again: release its kill switch')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Turn the feature off for everybody: throw its kill switch')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a feature with its grants, rules and overrides')
            [CompletionResult]::new('cap', 'cap', [CompletionResultType]::ParameterValue, 'Show or set how many features the catalog may have')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;feature;define' {
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'What values it has')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What people call it ('''' for none)')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'What it does ('''' for none)')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'A label to find it by (repeatable)')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Who answers for it ('''' for nobody)')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--disabled', '--disabled', [CompletionResultType]::ParameterName, 'Define it with the kill switch thrown')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;feature;list' {
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Only features with this tag')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows (0 for all)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--disabled', '--disabled', [CompletionResultType]::ParameterName, 'Only features whose kill switch is thrown')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;feature;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;feature;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What people call it ('''' for none)')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'What it does ('''' for none)')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'A label to find it by (repeatable)')
            [CompletionResult]::new('--owner', '--owner', [CompletionResultType]::ParameterName, 'Who answers for it ('''' for nobody)')
            [CompletionResult]::new('--untag', '--untag', [CompletionResultType]::ParameterName, 'Take a tag away (repeatable)')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;feature;enable' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;feature;disable' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;feature;delete' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;feature;cap' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;feature;help' {
            [CompletionResult]::new('define', 'define', [CompletionResultType]::ParameterValue, 'Define a feature')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the features')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one feature with its targeting and the plans that grant it')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Alter a feature''s name, description, tags or owner')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Let the feature be had again: release its kill switch')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Turn the feature off for everybody: throw its kill switch')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a feature with its grants, rules and overrides')
            [CompletionResult]::new('cap', 'cap', [CompletionResultType]::ParameterValue, 'Show or set how many features the catalog may have')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;feature;help;define' {
            break
        }
        'flags;feature;help;list' {
            break
        }
        'flags;feature;help;show' {
            break
        }
        'flags;feature;help;edit' {
            break
        }
        'flags;feature;help;enable' {
            break
        }
        'flags;feature;help;disable' {
            break
        }
        'flags;feature;help;delete' {
            break
        }
        'flags;feature;help;cap' {
            break
        }
        'flags;feature;help;help' {
            break
        }
        'flags;target' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Name more targets')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Name some targets no longer')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;target;add' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;target;remove' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;target;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Name more targets')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Name some targets no longer')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;target;help;add' {
            break
        }
        'flags;target;help;remove' {
            break
        }
        'flags;target;help;help' {
            break
        }
        'flags;plan' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a plan')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the plans')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one plan with its grants')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Alter a plan''s name, description or price, or make it the default plan')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a plan with its grants')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;plan;create' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What customers call it ('''' for none)')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'What it is for ('''' for none)')
            [CompletionResult]::new('--price', '--price', [CompletionResultType]::ParameterName, 'What it costs, such as 29.00 ('''' for none)')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'The currency of the price, such as USD ('''' for none)')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'How often the price is due: monthly, yearly or one_time ('''' for neither)')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--default', '--default', [CompletionResultType]::ParameterName, 'Make it the default plan: everybody gets at least its grants')
            [CompletionResult]::new('--no-default', '--no-default', [CompletionResultType]::ParameterName, 'It is the default plan no longer')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;plan;list' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows (0 for all)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;plan;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;plan;edit' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What customers call it ('''' for none)')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'What it is for ('''' for none)')
            [CompletionResult]::new('--price', '--price', [CompletionResultType]::ParameterName, 'What it costs, such as 29.00 ('''' for none)')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'The currency of the price, such as USD ('''' for none)')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'How often the price is due: monthly, yearly or one_time ('''' for neither)')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--default', '--default', [CompletionResultType]::ParameterName, 'Make it the default plan: everybody gets at least its grants')
            [CompletionResult]::new('--no-default', '--no-default', [CompletionResultType]::ParameterName, 'It is the default plan no longer')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;plan;delete' {
            [CompletionResult]::new('--move-to', '--move-to', [CompletionResultType]::ParameterName, 'Put whoever is on it on this plan')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--take-off', '--take-off', [CompletionResultType]::ParameterName, 'Leave whoever is on it without a plan')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;plan;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a plan')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the plans')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one plan with its grants')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Alter a plan''s name, description or price, or make it the default plan')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a plan with its grants')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;plan;help;create' {
            break
        }
        'flags;plan;help;list' {
            break
        }
        'flags;plan;help;show' {
            break
        }
        'flags;plan;help;edit' {
            break
        }
        'flags;plan;help;delete' {
            break
        }
        'flags;plan;help;help' {
            break
        }
        'flags;matrix' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the matrix is written')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'The plans as they were: at a moment (RFC 3339, a date, or a span from now such as -3d), or as a revision (r17) left them')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;user' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Put a user on a plan or into organizations; makes the user known')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a user with its overrides')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the users')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Users as CSV or NDJSON, to be read in again or looked at elsewhere')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Forget a user, with its overrides and wherever rules name it')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Make users known and alter what is kept about them, a row of a file for each')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;user;assign' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Its plan')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Its plan')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'An organization it belongs to (repeatable)')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'An organization it belongs to (repeatable)')
            [CompletionResult]::new('--leave', '--leave', [CompletionResultType]::ParameterName, 'An organization it belongs to no longer (repeatable)')
            [CompletionResult]::new('--email', '--email', [CompletionResultType]::ParameterName, 'Its e-mail address ('''' for none)')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'A custom target it always brings along, such as workspace:ws_1 (repeatable)')
            [CompletionResult]::new('--untarget', '--untarget', [CompletionResultType]::ParameterName, 'A custom target it brings along no longer (repeatable)')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--no-plan', '--no-plan', [CompletionResultType]::ParameterName, 'It has no plan of its own')
            [CompletionResult]::new('--create', '--create', [CompletionResultType]::ParameterName, 'Make the organizations if they are not known yet')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;user;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;user;list' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Only users whose own plan this is')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Only users whose own plan this is')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Only users of this organization')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'Only users of this organization')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Only users behind this one')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows (0 for all)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;user;export' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Only users whose own plan this is')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Only users whose own plan this is')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Only users of this organization')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'Only users of this organization')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Only users behind this one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How rows are written; without it, as the file''s name says, else as CSV')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file, whole or not at all, instead of stdout')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows (0 for all)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;user;forget' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;user;import' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the file is written (else its name tells: .csv, .ndjson, .jsonl; or its first character)')
            [CompletionResult]::new('--errors', '--errors', [CompletionResultType]::ParameterName, 'Put the refused rows into this file, each with its line and the reason')
            [CompletionResult]::new('--verdicts', '--verdicts', [CompletionResultType]::ParameterName, 'Put the verdict on every row into this file, as NDJSON')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'Write after every so many rows, each time as a revision of its own')
            [CompletionResult]::new('--after-line', '--after-line', [CompletionResultType]::ParameterName, 'Pass over the rows that begin in this line or before it')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'Write what can be written, and refuse only the rows that cannot')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--create', '--create', [CompletionResultType]::ParameterName, 'Make the organizations that are not known yet')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;user;help' {
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Put a user on a plan or into organizations; makes the user known')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a user with its overrides')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the users')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Users as CSV or NDJSON, to be read in again or looked at elsewhere')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Forget a user, with its overrides and wherever rules name it')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Make users known and alter what is kept about them, a row of a file for each')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;user;help;assign' {
            break
        }
        'flags;user;help;show' {
            break
        }
        'flags;user;help;list' {
            break
        }
        'flags;user;help;export' {
            break
        }
        'flags;user;help;forget' {
            break
        }
        'flags;user;help;import' {
            break
        }
        'flags;user;help;help' {
            break
        }
        'flags;org' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Put an organization on a plan; makes the organization known')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an organization with its overrides and the number of its users')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the organizations')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Organizations as CSV or NDJSON, to be looked at elsewhere')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Forget an organization, with its overrides and wherever rules name it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;org;assign' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Its plan, which its users share')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Its plan, which its users share')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What people call it ('''' for none)')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'A custom target that it and its users always bring along (repeatable)')
            [CompletionResult]::new('--untarget', '--untarget', [CompletionResultType]::ParameterName, 'A custom target it brings along no longer (repeatable)')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--no-plan', '--no-plan', [CompletionResultType]::ParameterName, 'It has no plan')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;org;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;org;list' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Only organizations on this plan')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Only organizations on this plan')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Only organizations behind this one')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows (0 for all)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;org;export' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Only organizations on this plan')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Only organizations on this plan')
            [CompletionResult]::new('--after', '--after', [CompletionResultType]::ParameterName, 'Only organizations behind this one')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How rows are written; without it, as the file''s name says, else as CSV')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file, whole or not at all, instead of stdout')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows (0 for all)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;org;forget' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;org;help' {
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Put an organization on a plan; makes the organization known')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an organization with its overrides and the number of its users')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the organizations')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Organizations as CSV or NDJSON, to be looked at elsewhere')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Forget an organization, with its overrides and wherever rules name it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;org;help;assign' {
            break
        }
        'flags;org;help;show' {
            break
        }
        'flags;org;help;list' {
            break
        }
        'flags;org;help;export' {
            break
        }
        'flags;org;help;forget' {
            break
        }
        'flags;org;help;help' {
            break
        }
        'flags;override' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List overrides')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Overrides as CSV or NDJSON, to be read in again or looked at elsewhere')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one subject''s override of a feature, and who set it')
            [CompletionResult]::new('clear', 'clear', [CompletionResultType]::ParameterValue, 'Take away a subject''s overrides, all or of some features, or whatever has expired')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Set and clear overrides, a row of a file for each')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;override;list' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Only overrides of this feature')
            [CompletionResult]::new('--feature', '--feature', [CompletionResultType]::ParameterName, 'Only overrides of this feature')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Only overrides of this user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Only overrides of this user')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Only overrides of this organization')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'Only overrides of this organization')
            [CompletionResult]::new('--expiring', '--expiring', [CompletionResultType]::ParameterName, 'Only those that end within this span, soonest first: 7d, 36h, or until a date')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows (0 for all)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--active', '--active', [CompletionResultType]::ParameterName, 'Only overrides that count now')
            [CompletionResult]::new('--expired', '--expired', [CompletionResultType]::ParameterName, 'Only those that have ended already; with --expiring, these too')
            [CompletionResult]::new('--fail', '--fail', [CompletionResultType]::ParameterName, 'Exit 1 if there are any such overrides')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;override;export' {
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Only overrides of this feature')
            [CompletionResult]::new('--feature', '--feature', [CompletionResultType]::ParameterName, 'Only overrides of this feature')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Only overrides of this user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Only overrides of this user')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Only overrides of this organization')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'Only overrides of this organization')
            [CompletionResult]::new('--expiring', '--expiring', [CompletionResultType]::ParameterName, 'Only those that end within this span, soonest first: 7d, 36h, or until a date')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How rows are written; without it, as the file''s name says, else as CSV')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file, whole or not at all, instead of stdout')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows (0 for all)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--active', '--active', [CompletionResultType]::ParameterName, 'Only overrides that count now')
            [CompletionResult]::new('--expired', '--expired', [CompletionResultType]::ParameterName, 'Only those that have ended already; with --expiring, these too')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;override;show' {
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The organization')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The organization')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;override;clear' {
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The organization')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The organization')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--expired', '--expired', [CompletionResultType]::ParameterName, 'Only overrides that have ended; without --user and --org, everybody''s')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;override;import' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the file is written (else its name tells: .csv, .ndjson, .jsonl; or its first character)')
            [CompletionResult]::new('--errors', '--errors', [CompletionResultType]::ParameterName, 'Put the refused rows into this file, each with its line and the reason')
            [CompletionResult]::new('--verdicts', '--verdicts', [CompletionResultType]::ParameterName, 'Put the verdict on every row into this file, as NDJSON')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'Write after every so many rows, each time as a revision of its own')
            [CompletionResult]::new('--after-line', '--after-line', [CompletionResultType]::ParameterName, 'Pass over the rows that begin in this line or before it')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--keep-going', '--keep-going', [CompletionResultType]::ParameterName, 'Write what can be written, and refuse only the rows that cannot')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--create', '--create', [CompletionResultType]::ParameterName, 'Make the users and organizations that are not known yet')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;override;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List overrides')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Overrides as CSV or NDJSON, to be read in again or looked at elsewhere')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one subject''s override of a feature, and who set it')
            [CompletionResult]::new('clear', 'clear', [CompletionResultType]::ParameterValue, 'Take away a subject''s overrides, all or of some features, or whatever has expired')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Set and clear overrides, a row of a file for each')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;override;help;list' {
            break
        }
        'flags;override;help;export' {
            break
        }
        'flags;override;help;show' {
            break
        }
        'flags;override;help;clear' {
            break
        }
        'flags;override;help;import' {
            break
        }
        'flags;override;help;help' {
            break
        }
        'flags;token' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show what a token says; nothing of it is verified')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare a token with what its subject is entitled to, when it was issued and now')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Explain what a token says, and find what is odd about it; nothing of it is verified')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Prove a token: exit 0 if it is genuine, for us and for now, 1 if not')
            [CompletionResult]::new('issue', 'issue', [CompletionResultType]::ParameterValue, 'Mint a token for a user, with what they are entitled to at that moment')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Keys: generate, public halves as PEM or JWKS')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;token;decode' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Read the token from this file')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;token;diff' {
            [CompletionResult]::new('--token-file', '--token-file', [CompletionResultType]::ParameterName, 'Read the token from this file')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'The user, if not the token''s `sub`')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user, if not the token''s `sub`')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The organization, if not the token''s `org_id`')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The organization, if not the token''s `org_id`')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Only this feature (repeatable)')
            [CompletionResult]::new('--feature', '--feature', [CompletionResultType]::ParameterName, 'Only this feature (repeatable)')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Compare with a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; neither has a history')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'Compare with a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; neither has a history')
            [CompletionResult]::new('--refresh-token-file', '--refresh-token-file', [CompletionResultType]::ParameterName, 'At Astapa, compare with a fresh token: the file with the user''s refresh token (- for stdin; else ASTAPA_REFRESH_TOKEN), which is spent by that')
            [CompletionResult]::new('--next-refresh-token', '--next-refresh-token', [CompletionResultType]::ParameterName, 'Where the next refresh token goes (mode 0600), as the one shown is spent; it may be the same file')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;token;inspect' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Read the token from this file')
            [CompletionResult]::new('--catalog', '--catalog', [CompletionResultType]::ParameterName, 'Compare with the catalog in this file (- for stdin) instead of the store''s: an export, or WorkOS''s configuration payload')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;token;verify' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Read the token from this file')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'A key: PEM, certificate, JWK, JWKS, OpenSSH public key or shared secret; - for stdin')
            [CompletionResult]::new('--key-url', '--key-url', [CompletionResultType]::ParameterName, 'The JWKS at this address (https; kept as long as its server allows)')
            [CompletionResult]::new('--issuer-url', '--issuer-url', [CompletionResultType]::ParameterName, 'The keys that this issuer names by OpenID discovery; `iss` must be this issuer')
            [CompletionResult]::new('--key-encoding', '--key-encoding', [CompletionResultType]::ParameterName, 'How a shared secret is written in its file')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Trust these CA certificates too (PEM), when keys are fetched')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'Take only this algorithm; may be repeated')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, '`iss` must be this; may be repeated')
            [CompletionResult]::new('--subject', '--subject', [CompletionResultType]::ParameterName, '`sub` must be this; may be repeated')
            [CompletionResult]::new('--jti', '--jti', [CompletionResultType]::ParameterName, '`jti` must be this; may be repeated')
            [CompletionResult]::new('--typ', '--typ', [CompletionResultType]::ParameterName, 'The header''s `typ` must be this media type; may be repeated')
            [CompletionResult]::new('--audience', '--audience', [CompletionResultType]::ParameterName, '`aud` must name this; may be repeated')
            [CompletionResult]::new('--leeway', '--leeway', [CompletionResultType]::ParameterName, 'Seconds that clocks may differ by [default: 0]')
            [CompletionResult]::new('--max-age', '--max-age', [CompletionResultType]::ParameterName, 'The token''s greatest age, by its `iat`, in seconds')
            [CompletionResult]::new('--require', '--require', [CompletionResultType]::ParameterName, 'This claim must be there; may be repeated')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Do not look at this claim; may be repeated')
            [CompletionResult]::new('--now', '--now', [CompletionResultType]::ParameterName, 'Judge as of this moment: seconds since 1970, or RFC 3339')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--any-audience', '--any-audience', [CompletionResultType]::ParameterName, 'Take a token for any audience')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Take a shared secret that is shorter than the algorithm''s hash')
            [CompletionResult]::new('--jws', '--jws', [CompletionResultType]::ParameterName, 'Check the form and signature only: the payload need not be claims')
            [CompletionResult]::new('--lines', '--lines', [CompletionResultType]::ParameterName, 'Many tokens, one a line; a verdict for each as it comes')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;token;issue' {
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'The user')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The organization; with --user, the only one of the user''s that counts')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'The organization; with --user, the only one of the user''s that counts')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Instead of a subject: anybody who is on this plan')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Instead of a subject: anybody who is on this plan')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'A custom target that comes with the question, such as workspace:ws_1 (repeatable)')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17): what was past is answered from the history, what is to come from what is there now')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS''s configuration payload; it has no history, so --at only moves the clock')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'In whose shape')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'The private key or shared secret to sign with: PEM or JWK')
            [CompletionResult]::new('--key-encoding', '--key-encoding', [CompletionResultType]::ParameterName, 'How a shared secret is written in its file')
            [CompletionResult]::new('--alg', '--alg', [CompletionResultType]::ParameterName, 'The algorithm [default: the key''s; RS256 for RSA, HS256 for a secret]')
            [CompletionResult]::new('--kid', '--kid', [CompletionResultType]::ParameterName, 'The header''s key id [default: the key''s own, or its thumbprint]')
            [CompletionResult]::new('--expires', '--expires', [CompletionResultType]::ParameterName, 'When it expires: a span from its issue such as 1h, or a moment [default: 1h, workos 5m]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, '`iss` [default: the one of the shape]')
            [CompletionResult]::new('--audience', '--audience', [CompletionResultType]::ParameterName, '`aud`; may be repeated')
            [CompletionResult]::new('--claim', '--claim', [CompletionResultType]::ParameterName, 'A claim more, or another value for one: JSON, or else text; may be repeated')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--allow-weak-key', '--allow-weak-key', [CompletionResultType]::ParameterName, 'Take a shared secret that is shorter than the algorithm''s hash')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;token;keys' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a key to sign tokens with, in a file that only its owner can read')
            [CompletionResult]::new('public', 'public', [CompletionResultType]::ParameterValue, 'Print the public half of a key as PEM')
            [CompletionResult]::new('jwks', 'jwks', [CompletionResultType]::ParameterValue, 'Print the public halves of keys as a JWKS, to be published')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;token;keys;generate' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Where to; there must be no file yet')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'The kind of key')
            [CompletionResult]::new('--bits', '--bits', [CompletionResultType]::ParameterName, 'Bits of an RSA key [default: 2048]')
            [CompletionResult]::new('--curve', '--curve', [CompletionResultType]::ParameterName, 'The curve of an EC key [default: P-256]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;token;keys;public' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;token;keys;jwks' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;token;keys;help' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a key to sign tokens with, in a file that only its owner can read')
            [CompletionResult]::new('public', 'public', [CompletionResultType]::ParameterValue, 'Print the public half of a key as PEM')
            [CompletionResult]::new('jwks', 'jwks', [CompletionResultType]::ParameterValue, 'Print the public halves of keys as a JWKS, to be published')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;token;keys;help;generate' {
            break
        }
        'flags;token;keys;help;public' {
            break
        }
        'flags;token;keys;help;jwks' {
            break
        }
        'flags;token;keys;help;help' {
            break
        }
        'flags;token;help' {
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show what a token says; nothing of it is verified')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare a token with what its subject is entitled to, when it was issued and now')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Explain what a token says, and find what is odd about it; nothing of it is verified')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Prove a token: exit 0 if it is genuine, for us and for now, 1 if not')
            [CompletionResult]::new('issue', 'issue', [CompletionResultType]::ParameterValue, 'Mint a token for a user, with what they are entitled to at that moment')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Keys: generate, public halves as PEM or JWKS')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;token;help;decode' {
            break
        }
        'flags;token;help;diff' {
            break
        }
        'flags;token;help;inspect' {
            break
        }
        'flags;token;help;verify' {
            break
        }
        'flags;token;help;issue' {
            break
        }
        'flags;token;help;keys' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a key to sign tokens with, in a file that only its owner can read')
            [CompletionResult]::new('public', 'public', [CompletionResultType]::ParameterValue, 'Print the public half of a key as PEM')
            [CompletionResult]::new('jwks', 'jwks', [CompletionResultType]::ParameterValue, 'Print the public halves of keys as a JWKS, to be published')
            break
        }
        'flags;token;help;keys;generate' {
            break
        }
        'flags;token;help;keys;public' {
            break
        }
        'flags;token;help;keys;jwks' {
            break
        }
        'flags;token;help;help' {
            break
        }
        'flags;export' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The form; of a file that is written, else what its name ends in')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write it to this file, whole or not at all; with subjects only its owner may read it')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write it to this file, whole or not at all; with subjects only its owner may read it')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'The catalog as it was: at a moment (RFC 3339, a date, or a span from now such as -3d), or as a revision (r17) left it')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--subjects', '--subjects', [CompletionResultType]::ParameterName, 'Users, organizations and their overrides too, so that a check of the file answers the same')
            [CompletionResult]::new('--overrides', '--overrides', [CompletionResultType]::ParameterName, 'The same as --subjects')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;diff' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--prune', '--prune', [CompletionResultType]::ParameterName, 'As with `apply --prune`: what the file leaves out of its parts would go')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;apply' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--prune', '--prune', [CompletionResultType]::ParameterName, 'Delete what the file leaves out of the parts that it has')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;promote' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only this feature, and what the plans that TO has grant of it; may be repeated')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--without-targets', '--without-targets', [CompletionResultType]::ParameterName, 'Leave the rules in TO as they are: they may name users that FROM does not know')
            [CompletionResult]::new('--prune', '--prune', [CompletionResultType]::ParameterName, 'Delete in TO what FROM does not have')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;migrate' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--without-history', '--without-history', [CompletionResultType]::ParameterName, 'Leave the history behind: what FROM holds now becomes one write of TO, which has to be empty')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be moved; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;schema' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;test' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'Answer from this catalog file instead of the store')
            [CompletionResult]::new('--junit', '--junit', [CompletionResultType]::ParameterName, 'Write JUnit XML, to stdout or to a file (--junit=report.xml)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--tap', '--tap', [CompletionResultType]::ParameterName, 'Print TAP version 14 for other programs')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;backup' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the file if it is there')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;restore' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be replaced and which writes taken back; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;doctor' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--feature', '--feature', [CompletionResultType]::ParameterName, 'At a server: whether this feature is there, and on')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--quick', '--quick', [CompletionResultType]::ParameterName, 'Pass over what takes long in a large store: comparing indexes, proving the history')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Put right what can do no harm: who may read the store''s files')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;log' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Only changes about this feature: its definition, audience, grants and overrides')
            [CompletionResult]::new('--feature', '--feature', [CompletionResultType]::ParameterName, 'Only changes about this feature: its definition, audience, grants and overrides')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Only changes about this plan: its definition and grants, and who came onto it or left')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Only changes about this plan: its definition and grants, and who came onto it or left')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Only changes about this user, also where a rule names it')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Only changes about this user, also where a rule names it')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Only changes about this organization, and who joined it or left')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'Only changes about this organization, and who joined it or left')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Only writes of this actor')
            [CompletionResult]::new('--command', '--command', [CompletionResultType]::ParameterName, 'Only writes by this command, such as set or `user assign`')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only writes since then: RFC 3339, a date, or how long ago, such as 7d')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only writes until then, as with --since')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many writes, the latest ones (0 for all) [default: 20; with --lines all]')
            [CompletionResult]::new('--changes', '--changes', [CompletionResultType]::ParameterName, 'At most so many changes of each write (0 for all) [default: 5; of one REVISION all]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--lines', '--lines', [CompletionResultType]::ParameterName, 'One JSON document a line for each write, as it is read (NDJSON)')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'One JSON document a line for each write, as it is read (NDJSON)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Prove that no write was altered, removed or put in: exit 0 if none was, 1 if one was')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;log;verify' {
            [CompletionResult]::new('--head', '--head', [CompletionResultType]::ParameterName, 'A hash noted earlier: it must still be that of a write, so that everything up to it is as it was then')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;log;help' {
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Prove that no write was altered, removed or put in: exit 0 if none was, 1 if one was')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;log;help;verify' {
            break
        }
        'flags;log;help;help' {
            break
        }
        'flags;undo' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for the history')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the diff and who gains and who loses; write nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;serve' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Where to listen; port 0 takes a free one')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'The languages to speak')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Fill an empty store first: a catalog file, JSON, YAML or TOML')
            [CompletionResult]::new('--cache', '--cache', [CompletionResultType]::ParameterName, 'How much memory to keep subjects in, such as 512MiB or 2GiB; the rest is looked up')
            [CompletionResult]::new('--max-staleness', '--max-staleness', [CompletionResultType]::ParameterName, 'How old an answer may be where the store is a database on another machine, such as 5s: less asking, and answers go on for so long while the database cannot be reached. 0s asks the leader before every answer; so does a server that is not told, but for up to a minute while no leader can be asked, when a replica is. A store of this machine is asked before every answer')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'How much to tell on stderr, as JSON lines: off, error, warn, info, debug. `info` leaves out evaluations that succeeded')
            [CompletionResult]::new('--tls-cert', '--tls-cert', [CompletionResultType]::ParameterName, 'Encrypt connections: the certificate and those that vouch for it, PEM')
            [CompletionResult]::new('--tls-key', '--tls-key', [CompletionResultType]::ParameterName, 'The certificate''s private key, PEM, not encrypted')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Answer by this name too (repeat for several; *.example.com for all below)')
            [CompletionResult]::new('--cors-origin', '--cors-origin', [CompletionResultType]::ParameterName, 'Let pages of this origin ask, such as https://app.example.com (repeat for several)')
            [CompletionResult]::new('--max-body', '--max-body', [CompletionResultType]::ParameterName, 'The largest body of a request, such as 512KiB; imports may bring 256 times as much')
            [CompletionResult]::new('--max-connections', '--max-connections', [CompletionResultType]::ParameterName, 'Connections at once; beyond them the one makes room that has been silent the longest')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for a client that sends or reads nothing, such as 20s')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'Requests a second that each key is good for')
            [CompletionResult]::new('--metrics-listen', '--metrics-listen', [CompletionResultType]::ParameterName, 'Serve /metrics here too, without a key: an address of this machine')
            [CompletionResult]::new('--signing-key', '--signing-key', [CompletionResultType]::ParameterName, 'Sign Astapa''s tokens with this RSA key: PEM or JWK, private. Given several times, the first signs and all are published, for Astapa''s and WorkOS''s clients [default: the profile''s `key_file`, if it is one]')
            [CompletionResult]::new('--issuer', '--issuer', [CompletionResultType]::ParameterName, '`iss` of these tokens [default: auth.astapa.com]')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--read-only', '--read-only', [CompletionResultType]::ParameterName, 'Refuse every write')
            [CompletionResult]::new('--demo', '--demo', [CompletionResultType]::ParameterName, 'Try it out: a small business in a store that is gone at the end, with keys that are shown. A store that is named has to be empty')
            [CompletionResult]::new('--insecure-no-auth', '--insecure-no-auth', [CompletionResultType]::ParameterName, 'Let everybody on this machine do everything, without a key')
            [CompletionResult]::new('--no-notify', '--no-notify', [CompletionResultType]::ParameterName, 'Report no changes to the destinations of `flags notify`')
            [CompletionResult]::new('--behind-proxy', '--behind-proxy', [CompletionResultType]::ParameterName, 'All connections come from a proxy, which encrypts them on the way to it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Keys, which open a server to whoever shows them: create, list, revoke')
            [CompletionResult]::new('logins', 'logins', [CompletionResultType]::ParameterValue, 'Logins: what an application renews its users'' Astapa tokens with')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;serve;keys' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a key, which is shown this once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The keys, what they may do, and when they were last used')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Let a key open nothing any more, from the next request on')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;serve;keys;create' {
            [CompletionResult]::new('--scope', '--scope', [CompletionResultType]::ParameterName, 'What it may do: evaluate, read, write, admin')
            [CompletionResult]::new('--expires', '--expires', [CompletionResultType]::ParameterName, 'Until when: a span from now such as 90d, a date, or RFC 3339')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write it to this file, which its owner alone may read, and not to stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write it to this file, which its owner alone may read, and not to stdout')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'Make a client for Astapa''s protocol: an id and a secret, which open something together')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;serve;keys;list' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows (0 for all)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;serve;keys;revoke' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;serve;keys;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a key, which is shown this once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The keys, what they may do, and when they were last used')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Let a key open nothing any more, from the next request on')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;serve;keys;help;create' {
            break
        }
        'flags;serve;keys;help;list' {
            break
        }
        'flags;serve;keys;help;revoke' {
            break
        }
        'flags;serve;keys;help;help' {
            break
        }
        'flags;serve;logins' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Log a user in: print a first refresh token, or a code to exchange for one')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Whose logins there are, and until when')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End logins: what an application has of them opens nothing any more')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;serve;logins;create' {
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Whoever exchanges the code must name this address')
            [CompletionResult]::new('--client', '--client', [CompletionResultType]::ParameterName, 'The id of the client that it is for [default: the first that uses it]')
            [CompletionResult]::new('--expires', '--expires', [CompletionResultType]::ParameterName, 'When it ends, however often it is renewed: a span such as 30d, or a moment [default: 90d]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Print an authorization code, good once and for ten minutes')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;serve;logins;list' {
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Only logins of this user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Only logins of this user')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows (0 for all)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Also those that have ended')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;serve;logins;revoke' {
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'All logins of this user')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'All logins of this user')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;serve;logins;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Log a user in: print a first refresh token, or a code to exchange for one')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Whose logins there are, and until when')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End logins: what an application has of them opens nothing any more')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;serve;logins;help;create' {
            break
        }
        'flags;serve;logins;help;list' {
            break
        }
        'flags;serve;logins;help;revoke' {
            break
        }
        'flags;serve;logins;help;help' {
            break
        }
        'flags;serve;help' {
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Keys, which open a server to whoever shows them: create, list, revoke')
            [CompletionResult]::new('logins', 'logins', [CompletionResultType]::ParameterValue, 'Logins: what an application renews its users'' Astapa tokens with')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;serve;help;keys' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a key, which is shown this once')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The keys, what they may do, and when they were last used')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Let a key open nothing any more, from the next request on')
            break
        }
        'flags;serve;help;keys;create' {
            break
        }
        'flags;serve;help;keys;list' {
            break
        }
        'flags;serve;help;keys;revoke' {
            break
        }
        'flags;serve;help;logins' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Log a user in: print a first refresh token, or a code to exchange for one')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Whose logins there are, and until when')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End logins: what an application has of them opens nothing any more')
            break
        }
        'flags;serve;help;logins;create' {
            break
        }
        'flags;serve;help;logins;list' {
            break
        }
        'flags;serve;help;logins;revoke' {
            break
        }
        'flags;serve;help;help' {
            break
        }
        'flags;watch' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Tell first what was written behind this revision (0 for all) [default: the present one]')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'Only changes about this feature: its definition, audience, grants and overrides')
            [CompletionResult]::new('--feature', '--feature', [CompletionResultType]::ParameterName, 'Only changes about this feature: its definition, audience, grants and overrides')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Only changes about this plan: its definition and grants, and who came onto it or left')
            [CompletionResult]::new('--plan', '--plan', [CompletionResultType]::ParameterName, 'Only changes about this plan: its definition and grants, and who came onto it or left')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Only changes about this user, also where a rule names it')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Only changes about this user, also where a rule names it')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Only changes about this organization, and who joined it or left')
            [CompletionResult]::new('--org', '--org', [CompletionResultType]::ParameterName, 'Only changes about this organization, and who joined it or left')
            [CompletionResult]::new('--actor', '--actor', [CompletionResultType]::ParameterName, 'Only writes of this actor')
            [CompletionResult]::new('--command', '--command', [CompletionResultType]::ParameterName, 'Only writes by this command, such as set or `user assign`')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'End after so many writes')
            [CompletionResult]::new('--changes', '--changes', [CompletionResultType]::ParameterName, 'At most so many changes of each write (0 for all) [default: 5; as documents 100]')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'Follow the server at this address (https, or http on this machine); its key is FLAGS_API_KEY, if no file is named')
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file with the server''s key; - for stdin')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Trust these CA certificates too (PEM)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--lines', '--lines', [CompletionResultType]::ParameterName, 'One JSON document a line for each write (NDJSON), as with --json')
            [CompletionResult]::new('--ndjson', '--ndjson', [CompletionResultType]::ParameterName, 'One JSON document a line for each write (NDJSON), as with --json')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;notify' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Report changes to a Slack channel or a webhook from now on')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Report nothing there any more; what has not arrived is given up')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Where changes are reported to, and how that goes')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One destination, and each report that is late')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Send a sample at once and show the answer')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Try a destination again that was paused')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Deliver reports, for those who run no server')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;notify;add' {
            [CompletionResult]::new('--url-file', '--url-file', [CompletionResultType]::ParameterName, 'The file with the address; - for stdin [default: asked for, or stdin]')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'The file with the signing secret; - for stdin [default: one is made and shown once]')
            [CompletionResult]::new('--event', '--event', [CompletionResultType]::ParameterName, 'Only these events, by name or beginning, such as flag.* (may be repeated)')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Report what was written behind this revision too (0 for all) [default: the present one]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--slack', '--slack', [CompletionResultType]::ParameterName, 'Messages for a Slack incoming webhook')
            [CompletionResult]::new('--webhook', '--webhook', [CompletionResultType]::ParameterName, 'Signed events, as WorkOS sends them')
            [CompletionResult]::new('--allow-private', '--allow-private', [CompletionResultType]::ParameterName, 'Let the server be within this network')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;notify;remove' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;notify;list' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows (0 for all)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;notify;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;notify;test' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print the exact body; send nothing')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;notify;resume' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Give up what has not arrived: report only what is written from now on')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;notify;run' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--once', '--once', [CompletionResultType]::ParameterName, 'Deliver what is due now, and end: exit 5 if not all of it arrived')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;notify;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Report changes to a Slack channel or a webhook from now on')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Report nothing there any more; what has not arrived is given up')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Where changes are reported to, and how that goes')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One destination, and each report that is late')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Send a sample at once and show the answer')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Try a destination again that was paused')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Deliver reports, for those who run no server')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;notify;help;add' {
            break
        }
        'flags;notify;help;remove' {
            break
        }
        'flags;notify;help;list' {
            break
        }
        'flags;notify;help;show' {
            break
        }
        'flags;notify;help;test' {
            break
        }
        'flags;notify;help;resume' {
            break
        }
        'flags;notify;help;run' {
            break
        }
        'flags;notify;help;help' {
            break
        }
        'flags;api' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('-F', '-F ', [CompletionResultType]::ParameterName, 'A member of the JSON document to send, its value typed')
            [CompletionResult]::new('--field', '--field', [CompletionResultType]::ParameterName, 'A member of the JSON document to send, its value typed')
            [CompletionResult]::new('-f', '-f', [CompletionResultType]::ParameterName, 'A member of the JSON document to send, its value a string')
            [CompletionResult]::new('--raw-field', '--raw-field', [CompletionResultType]::ParameterName, 'A member of the JSON document to send, its value a string')
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'Send this file; - for stdin. JSON, unless a Content-Type is named with --header')
            [CompletionResult]::new('--query', '--query', [CompletionResultType]::ParameterName, 'A part of the query, encoded as it has to be')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'A header beside those that every call has')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'A header beside those that every call has')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('--paginate', '--paginate', [CompletionResultType]::ParameterName, 'All pages of a list, as one JSON array')
            [CompletionResult]::new('-i', '-i', [CompletionResultType]::ParameterName, 'Show the status and the headers, too')
            [CompletionResult]::new('--include', '--include', [CompletionResultType]::ParameterName, 'Show the status and the headers, too')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be sent, secrets masked; send nothing')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;profile' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a profile: a store on this machine, a server, a database, WorkOS or Astapa')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the profiles')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what counts, and where each value comes from')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Let a profile count where none is named')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a profile and what was kept to log in with it; the project stays')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a profile another name')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;profile;add' {
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'What is there [default: postgres or http by --url, else local]')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'The server''s address (https, or http on this machine), or postgres://USER@HOST/DATABASE')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The client ID that WorkOS or Astapa gave; it is no secret')
            [CompletionResult]::new('--organization', '--organization', [CompletionResultType]::ParameterName, 'The organization whose tokens are looked at with this profile')
            [CompletionResult]::new('--ca-bundle', '--ca-bundle', [CompletionResultType]::ParameterName, 'Trust these CA certificates too (PEM)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long a call to the server may take, retries included')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--protected', '--protected', [CompletionResultType]::ParameterName, 'Ask before every write')
            [CompletionResult]::new('--default', '--default', [CompletionResultType]::ParameterName, 'Let it count where no profile is named')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'flags;profile;list' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many rows (0 for all)')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;profile;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;profile;use' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;profile;remove' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;profile;rename' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;profile;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a profile: a store on this machine, a server, a database, WorkOS or Astapa')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the profiles')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what counts, and where each value comes from')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Let a profile count where none is named')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a profile and what was kept to log in with it; the project stays')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a profile another name')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;profile;help;add' {
            break
        }
        'flags;profile;help;list' {
            break
        }
        'flags;profile;help;show' {
            break
        }
        'flags;profile;help;use' {
            break
        }
        'flags;profile;help;remove' {
            break
        }
        'flags;profile;help;rename' {
            break
        }
        'flags;profile;help;help' {
            break
        }
        'flags;auth' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Keep a key or secret for a profile''s server')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Forget what is kept for a profile')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'What the profiles'' servers would be shown, where it comes from, and whether it works')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Replace what is kept by a new key or secret, once that is known to work')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;auth;login' {
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file with the key or secret; - for stdin [default: asked for, or stdin]')
            [CompletionResult]::new('--fd', '--fd', [CompletionResultType]::ParameterName, 'Read it from this open file descriptor')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Whose secret it is: Astapa''s client ID [default: the profile''s]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Ask the server first whether it knows the key (one request)')
            [CompletionResult]::new('--insecure-storage', '--insecure-storage', [CompletionResultType]::ParameterName, 'Keep it in a file that only its owner may read, not encrypted, instead of the keyring')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;auth;logout' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;auth;status' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Ask each server whether it knows the credential (one request)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;auth;rotate' {
            [CompletionResult]::new('--key-file', '--key-file', [CompletionResultType]::ParameterName, 'The file with the key or secret; - for stdin [default: asked for, or stdin]')
            [CompletionResult]::new('--fd', '--fd', [CompletionResultType]::ParameterName, 'Read it from this open file descriptor')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Whose secret it is: Astapa''s client ID [default: the profile''s]')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;auth;help' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Keep a key or secret for a profile''s server')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Forget what is kept for a profile')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'What the profiles'' servers would be shown, where it comes from, and whether it works')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Replace what is kept by a new key or secret, once that is known to work')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;auth;help;login' {
            break
        }
        'flags;auth;help;logout' {
            break
        }
        'flags;auth;help;status' {
            break
        }
        'flags;auth;help;rotate' {
            break
        }
        'flags;auth;help;help' {
            break
        }
        'flags;demo' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;completions' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;man' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'The store''s file, or a database, postgres://USER@HOST/DATABASE (else --profile, FLAGS_STORE, FLAGS_PROFILE, the default profile)')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The profile that names the store or server (else FLAGS_PROFILE, .flags.toml, the default)')
            [CompletionResult]::new('--credential-file', '--credential-file', [CompletionResultType]::ParameterName, 'The file with the server''s key or secret (else the environment, then what `flags auth login` kept)')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'One JSON document instead of text; with FIELDS (a,b), only these')
            [CompletionResult]::new('--allow-stale', '--allow-stale', [CompletionResultType]::ParameterName, 'Where the server is out of reach, a copy may answer that is at most so old (30m, 24h, 7d)')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Write every page into this directory instead')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Show on stderr each request to a server and its answer, secrets masked')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Answer from what was last read from the server, and say how old that is. Nothing is written; an assertion needs --allow-stale; lists of users and overrides, the history, and (but at WorkOS) questions that were not asked before are not kept')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'flags;help' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a store, and a profile that names it')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Map a feature into a plan, or override it for a user or an organization')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take a mapping or an override away, so that the subject falls back')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'One feature''s value for one subject')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'All entitlements of one subject, or of every one')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Assert what a subject gets: exit 0 if all holds, 1 if not')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Every layer of an answer: which one wins, who set it, why, until when')
            [CompletionResult]::new('feature', 'feature', [CompletionResultType]::ParameterValue, 'Features: define, list, show, edit, enable, disable, delete')
            [CompletionResult]::new('target', 'target', [CompletionResultType]::ParameterValue, 'Who is targeted: everybody, nobody, a share, or those named')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'Plans: create, list, show, edit, delete')
            [CompletionResult]::new('matrix', 'matrix', [CompletionResultType]::ParameterValue, 'Features by plans, as a table or Markdown')
            [CompletionResult]::new('user', 'user', [CompletionResultType]::ParameterValue, 'Users: assign to a plan or organizations, show, list, import, export, forget')
            [CompletionResult]::new('org', 'org', [CompletionResultType]::ParameterValue, 'Organizations: assign to a plan, show, list, export, forget')
            [CompletionResult]::new('override', 'override', [CompletionResultType]::ParameterValue, 'Overrides: list, show, import, export, clear')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Tokens: what a JWT says, and how that differs from the store')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'The whole catalog as one file: JSON, YAML or TOML')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'What applying a catalog file would change, and for whom: exit 1 if anything')
            [CompletionResult]::new('apply', 'apply', [CompletionResultType]::ParameterValue, 'Make the catalog what a file says, in one transaction')
            [CompletionResult]::new('promote', 'promote', [CompletionResultType]::ParameterValue, 'Copy features, plans and rules from one place to another')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Move a whole project, history included, from one store to another')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'The JSON Schema of a file, for editors')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Hold a file of expectations against the store or a catalog')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Copy the store into a file, while others write')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Put a backup in the store''s place; what was there is kept')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Look at the store and the settings: what is wrong, and what to do about it')
            [CompletionResult]::new('log', 'log', [CompletionResultType]::ParameterValue, 'Who changed what, when, by which command and why')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Take a write back, as a new change')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Answer over HTTP, to programs that speak one of several protocols')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Follow changes as they are made, here or at a server')
            [CompletionResult]::new('notify', 'notify', [CompletionResultType]::ParameterValue, 'Report changes to Slack and to webhooks: where to, how it goes, and delivering')
            [CompletionResult]::new('api', 'api', [CompletionResultType]::ParameterValue, 'A raw call to the profile''s server, with its credentials')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'Places by name: add, list, show, use, remove, rename')
            [CompletionResult]::new('auth', 'auth', [CompletionResultType]::ParameterValue, 'What servers know us by: login, logout, status, rotate')
            [CompletionResult]::new('demo', 'demo', [CompletionResultType]::ParameterValue, 'A guided tour on a throw-away store, with the commands to type')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'A shell''s completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'The manual, as man pages')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'flags;help;init' {
            break
        }
        'flags;help;set' {
            break
        }
        'flags;help;unset' {
            break
        }
        'flags;help;get' {
            break
        }
        'flags;help;resolve' {
            break
        }
        'flags;help;check' {
            break
        }
        'flags;help;explain' {
            break
        }
        'flags;help;feature' {
            [CompletionResult]::new('define', 'define', [CompletionResultType]::ParameterValue, 'Define a feature')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the features')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one feature with its targeting and the plans that grant it')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Alter a feature''s name, description, tags or owner')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Let the feature be had again: release its kill switch')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Turn the feature off for everybody: throw its kill switch')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a feature with its grants, rules and overrides')
            [CompletionResult]::new('cap', 'cap', [CompletionResultType]::ParameterValue, 'Show or set how many features the catalog may have')
            break
        }
        'flags;help;feature;define' {
            break
        }
        'flags;help;feature;list' {
            break
        }
        'flags;help;feature;show' {
            break
        }
        'flags;help;feature;edit' {
            break
        }
        'flags;help;feature;enable' {
            break
        }
        'flags;help;feature;disable' {
            break
        }
        'flags;help;feature;delete' {
            break
        }
        'flags;help;feature;cap' {
            break
        }
        'flags;help;target' {
            break
        }
        'flags;help;plan' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a plan')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the plans')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one plan with its grants')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Alter a plan''s name, description or price, or make it the default plan')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a plan with its grants')
            break
        }
        'flags;help;plan;create' {
            break
        }
        'flags;help;plan;list' {
            break
        }
        'flags;help;plan;show' {
            break
        }
        'flags;help;plan;edit' {
            break
        }
        'flags;help;plan;delete' {
            break
        }
        'flags;help;matrix' {
            break
        }
        'flags;help;user' {
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Put a user on a plan or into organizations; makes the user known')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show a user with its overrides')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the users')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Users as CSV or NDJSON, to be read in again or looked at elsewhere')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Forget a user, with its overrides and wherever rules name it')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Make users known and alter what is kept about them, a row of a file for each')
            break
        }
        'flags;help;user;assign' {
            break
        }
        'flags;help;user;show' {
            break
        }
        'flags;help;user;list' {
            break
        }
        'flags;help;user;export' {
            break
        }
        'flags;help;user;forget' {
            break
        }
        'flags;help;user;import' {
            break
        }
        'flags;help;org' {
            [CompletionResult]::new('assign', 'assign', [CompletionResultType]::ParameterValue, 'Put an organization on a plan; makes the organization known')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show an organization with its overrides and the number of its users')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the organizations')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Organizations as CSV or NDJSON, to be looked at elsewhere')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Forget an organization, with its overrides and wherever rules name it')
            break
        }
        'flags;help;org;assign' {
            break
        }
        'flags;help;org;show' {
            break
        }
        'flags;help;org;list' {
            break
        }
        'flags;help;org;export' {
            break
        }
        'flags;help;org;forget' {
            break
        }
        'flags;help;override' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List overrides')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Overrides as CSV or NDJSON, to be read in again or looked at elsewhere')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show one subject''s override of a feature, and who set it')
            [CompletionResult]::new('clear', 'clear', [CompletionResultType]::ParameterValue, 'Take away a subject''s overrides, all or of some features, or whatever has expired')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Set and clear overrides, a row of a file for each')
            break
        }
        'flags;help;override;list' {
            break
        }
        'flags;help;override;export' {
            break
        }
        'flags;help;override;show' {
            break
        }
        'flags;help;override;clear' {
            break
        }
        'flags;help;override;import' {
            break
        }
        'flags;help;token' {
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Show what a token says; nothing of it is verified')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare a token with what its subject is entitled to, when it was issued and now')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'Explain what a token says, and find what is odd about it; nothing of it is verified')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Prove a token: exit 0 if it is genuine, for us and for now, 1 if not')
            [CompletionResult]::new('issue', 'issue', [CompletionResultType]::ParameterValue, 'Mint a token for a user, with what they are entitled to at that moment')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'Keys: generate, public halves as PEM or JWKS')
            break
        }
        'flags;help;token;decode' {
            break
        }
        'flags;help;token;diff' {
            break
        }
        'flags;help;token;inspect' {
            break
        }
        'flags;help;token;verify' {
            break
        }
        'flags;help;token;issue' {
            break
        }
        'flags;help;token;keys' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a key to sign tokens with, in a file that only its owner can read')
            [CompletionResult]::new('public', 'public', [CompletionResultType]::ParameterValue, 'Print the public half of a key as PEM')
            [CompletionResult]::new('jwks', 'jwks', [CompletionResultType]::ParameterValue, 'Print the public halves of keys as a JWKS, to be published')
            break
        }
        'flags;help;token;keys;generate' {
            break
        }
        'flags;help;token;keys;public' {
            break
        }
        'flags;help;token;keys;jwks' {
            break
        }
        'flags;help;export' {
            break
        }
        'flags;help;diff' {
            break
        }
        'flags;help;apply' {
            break
        }
        'flags;help;promote' {
            break
        }
        'flags;help;migrate' {
            break
        }
        'flags;help;schema' {
            break
        }
        'flags;help;test' {
            break
        }
        'flags;help;backup' {
            break
        }
        'flags;help;restore' {
            break
        }
        'flags;help;doctor' {
            break
        }
        'flags;help;log' {
            break
        }
        'flags;help;undo' {
            break
        }
        'flags;help;serve' {
            break
        }
        'flags;help;watch' {
            break
        }
        'flags;help;notify' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Report changes to a Slack channel or a webhook from now on')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Report nothing there any more; what has not arrived is given up')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Where changes are reported to, and how that goes')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One destination, and each report that is late')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Send a sample at once and show the answer')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Try a destination again that was paused')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Deliver reports, for those who run no server')
            break
        }
        'flags;help;notify;add' {
            break
        }
        'flags;help;notify;remove' {
            break
        }
        'flags;help;notify;list' {
            break
        }
        'flags;help;notify;show' {
            break
        }
        'flags;help;notify;test' {
            break
        }
        'flags;help;notify;resume' {
            break
        }
        'flags;help;notify;run' {
            break
        }
        'flags;help;api' {
            break
        }
        'flags;help;profile' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a profile: a store on this machine, a server, a database, WorkOS or Astapa')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the profiles')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what counts, and where each value comes from')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Let a profile count where none is named')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a profile and what was kept to log in with it; the project stays')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a profile another name')
            break
        }
        'flags;help;profile;add' {
            break
        }
        'flags;help;profile;list' {
            break
        }
        'flags;help;profile;show' {
            break
        }
        'flags;help;profile;use' {
            break
        }
        'flags;help;profile;remove' {
            break
        }
        'flags;help;profile;rename' {
            break
        }
        'flags;help;auth' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Keep a key or secret for a profile''s server')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Forget what is kept for a profile')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'What the profiles'' servers would be shown, where it comes from, and whether it works')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Replace what is kept by a new key or secret, once that is known to work')
            break
        }
        'flags;help;auth;login' {
            break
        }
        'flags;help;auth;logout' {
            break
        }
        'flags;help;auth;status' {
            break
        }
        'flags;help;auth;rotate' {
            break
        }
        'flags;help;demo' {
            break
        }
        'flags;help;completions' {
            break
        }
        'flags;help;man' {
            break
        }
        'flags;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
