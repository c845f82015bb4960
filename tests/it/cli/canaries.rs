//! Planted secrets, looked for in everything that any command says, writes or hands on.
//!
//! The commands are those of the program's own definition, so that a new one is tried by itself.
//! Each one runs against a server that repeats all that it is told, with every word there is.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::kit::{Place, SHOP};
use super::listener::Listener;

/// What is planted, by where it is.
const PLANTED: [(&str, &str); 26] = [
    ("WORKOS_API_KEY", "sk_test_canary01_4f9a7c"),
    ("FLAGS_API_KEY", "sk_canary02_b81d2e"),
    ("ASTAPA_CLIENT_SECRET", "secret_canary03_77ad10"),
    ("kept for live", "sk_test_canary04_90ee1b"),
    ("kept for team", "sk_canary05_5a2c6d"),
    ("kept for shop", "secret_canary06_e3b7f4"),
    ("credential file of live", "sk_live_canary07_19fe02"),
    ("credential file of team", "sk_canary08_c0ffee"),
    ("credential file of shop", "secret_canary09_8d61aa"),
    ("password in a profile's address", "canary10_2be44c"),
    ("query of a profile's address", "canary11_f00d55"),
    ("ASTAPA_BASE_URL", "canary12_a7a7a7"),
    ("proxy's password", "canary13_6e1f3b"),
    (
        "shared secret of tokens",
        "canary14_0123456789abcdef0123456789",
    ),
    ("signature of a token", "canary15_d4c3b2a1"),
    ("address of a webhook", "canary16_9988ff"),
    ("signing secret of a webhook", "whsec_canary17_31c0de"),
    ("login on stdin", "sk_canary18_7f7e7d"),
    ("login in a file", "sk_canary19_abcabc"),
    ("cookie that a server sets", super::listener::COOKIE),
    ("PGPASSWORD", "canary20 a password_3b1d"),
    ("kept for base", "canary21 kept_90a7"),
    ("credential file of base", "canary22 of a file_51fe"),
    ("~/.pgpass", "canary23_77aa01"),
    ("password in a database's address", "canary24_e0e1e2"),
    (
        "piece of a password in a database's address",
        "canary25_c4c5c6",
    ),
];

fn canary(place: &str) -> &'static str {
    let found = PLANTED.iter().find(|(known, _)| *known == place);
    found
        .unwrap_or_else(|| panic!("nothing is planted at {place}"))
        .1
}

/// How long a command may go on: `serve` and `watch` go on until they are ended.
const LONG_ENOUGH: Duration = Duration::from_secs(3);

struct Field {
    place: Place,
    listener: Listener,
}

impl Field {
    fn planted() -> Self {
        let listener = Listener::answering(|request| {
            let said = request.replace(['"', '\\', '\r', '\n'], " ");
            (
                200,
                format!(r#"{{"data": [], "items": [], "said": "{said}"}}"#),
            )
        });
        let place = Place::with(SHOP);
        let profiles = format!(
            "default_profile = \"live\"\n\
             [profiles.live]\nkind = \"workos\"\nbase_url = \"{0}\"\ntimeout = 2\n\
             [profiles.team]\nkind = \"http\"\nbase_url = \"{0}\"\ntimeout = 2\n\
             [profiles.shop]\nkind = \"astapa\"\nclient_id = \"c1\"\nbase_url = \"{0}\"\ntimeout = 2\n\
             [profiles.local]\nkind = \"local\"\nstore = \"../../flags.db\"\n\
             [profiles.far]\nkind = \"http\"\nbase_url = \"https://flags.invalid\"\ntimeout = 1\n\
             [profiles.password]\nkind = \"http\"\nbase_url = \"http://u:{1}@127.0.0.1:1\"\n\
             [profiles.query]\nkind = \"http\"\nbase_url = \"http://127.0.0.1:1/?key={2}\"\n\
             [profiles.base]\nkind = \"postgres\"\ntimeout = 1\n\
             base_url = \"postgres://flags@127.0.0.1:1/app\"\n\
             [profiles.leaky]\nkind = \"postgres\"\n\
             base_url = \"postgres://flags:{3}@127.0.0.1:1/app\"\n\
             [profiles.torn]\nkind = \"postgres\"\n\
             base_url = \"postgres://flags:a/{4}?{4}@127.0.0.1:1/app?{4}={4}\"\n",
            listener.address,
            canary("password in a profile's address"),
            canary("query of a profile's address"),
            canary("password in a database's address"),
            canary("piece of a password in a database's address"),
        );
        place.file("config/flags/config.toml", profiles);
        for (name, text) in [
            ("live.key", canary("credential file of live").to_owned()),
            ("team.key", canary("credential file of team").to_owned()),
            (
                "shop.key",
                format!(
                    "ASTAPA_CLIENT_ID=c1\nASTAPA_CLIENT_SECRET={}\n",
                    canary("credential file of shop")
                ),
            ),
            ("base.key", canary("credential file of base").to_owned()),
            (".pgpass", format!("*:*:*:*:{}\n", canary("~/.pgpass"))),
            ("tokens.key", canary("shared secret of tokens").to_owned()),
            (
                "token.jwt",
                format!(
                    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.{}",
                    canary("signature of a token")
                ),
            ),
            (
                "url.txt",
                format!("https://hooks.example/{}", canary("address of a webhook")),
            ),
            (
                "whsec.txt",
                canary("signing secret of a webhook").to_owned(),
            ),
            ("login.key", canary("login in a file").to_owned()),
            ("catalog.json", "{}".to_owned()),
        ] {
            let path = place.file(&format!("planted/{name}"), text);
            fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        }
        let field = Self { place, listener };
        for profile in ["live", "team", "shop", "base"] {
            let key = canary(&format!("kept for {profile}"));
            let line = format!("auth login --insecure-storage --profile {profile}");
            let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
            let said = field.run(&words, key, false);
            assert_eq!(said.code, Some(0), "{said:?}");
        }
        let url = "notify add hook --webhook --url-file planted/url.txt --secret-file \
                   planted/whsec.txt --profile local";
        let words: Vec<String> = url.split_whitespace().map(str::to_owned).collect();
        assert_eq!(field.run(&words, "", false).code, Some(0));
        field
    }

    fn command(&self, words: &[String], environment: bool) -> Command {
        let mut command = self.place.command(words);
        command.env_remove("FLAGS_STORE");
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        let proxy = format!("http://u:{}@127.0.0.1:1", canary("proxy's password"));
        command.env("HTTPS_PROXY", &proxy).env("HTTP_PROXY", &proxy);
        if environment {
            for name in [
                "WORKOS_API_KEY",
                "FLAGS_API_KEY",
                "ASTAPA_CLIENT_SECRET",
                "PGPASSWORD",
            ] {
                command.env(name, canary(name));
            }
            command.env("PGPASSFILE", self.place.path("planted/.pgpass"));
            let base = format!("http://u:{}@127.0.0.1:1", canary("ASTAPA_BASE_URL"));
            command.env("ASTAPA_BASE_URL", base);
        }
        command
    }

    /// Runs a command, and looks at its arguments and its children meanwhile.
    fn run(&self, words: &[String], stdin: &str, environment: bool) -> Heard {
        let mut child = self
            .command(words, environment)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        // Who does not read it has ended already.
        let _ = input.write_all(stdin.as_bytes());
        drop(input);
        let out = gather(child.stdout.take().unwrap());
        let err = gather(child.stderr.take().unwrap());
        let seen = observe(&mut child);
        let code = child.wait().unwrap().code();
        Heard {
            code,
            said: format!("{}{}{seen}", out.join().unwrap(), err.join().unwrap()),
        }
    }
}

#[derive(Debug)]
struct Heard {
    code: Option<i32>,
    said: String,
}

fn gather(mut stream: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// What others on the machine can see of a process and its children while it runs.
fn observe(child: &mut Child) -> String {
    let (begun, pid) = (Instant::now(), child.id());
    let mut seen = BTreeMap::new();
    while child.try_wait().unwrap().is_none() {
        let arguments = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        seen.insert(pid.to_string(), arguments);
        let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
        for own in children.unwrap_or_default().split_whitespace() {
            for part in ["cmdline", "environ"] {
                let bytes = fs::read(format!("/proc/{own}/{part}")).unwrap_or_default();
                seen.insert(format!("{own} {part}"), bytes);
            }
        }
        if begun.elapsed() > LONG_ENOUGH {
            child.kill().unwrap();
        }
        thread::sleep(Duration::from_millis(2));
    }
    let seen = seen
        .into_values()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    seen.collect::<Vec<_>>().join("\n")
}

/// Every command of the program, bare and with what it needs.
fn lines(command: &clap::Command, path: &[String]) -> Vec<Vec<String>> {
    let below: Vec<_> = command
        .get_subcommands()
        .filter(|below| below.get_name() != "help")
        .flat_map(|below| lines(below, &[path, &[below.get_name().to_owned()]].concat()))
        .collect();
    if !below.is_empty() {
        return below;
    }
    let mut full = path.to_vec();
    for argument in command.get_arguments() {
        let name = argument.get_id().as_str();
        let wanted = argument.is_required_set()
            || argument.is_positional()
            || SECRETS.iter().any(|(secret, _)| name == *secret);
        if wanted && argument.get_long() != Some("credential-file") {
            full.extend(argument.get_long().map(|long| format!("--{long}")));
            full.push(value(argument));
        }
    }
    let grouped = command.get_groups().filter(|group| group.is_required_set());
    for group in grouped {
        let first = group.get_args().next().unwrap();
        let argument = command
            .get_arguments()
            .find(|argument| argument.get_id() == first)
            .unwrap();
        let long = format!("--{}", argument.get_long().unwrap());
        if !full.contains(&long) {
            full.push(long);
            if argument.get_action().takes_values() {
                full.push(value(argument));
            }
        }
    }
    vec![path.to_vec(), full]
}

/// Options that take a secret, and where ours is.
const SECRETS: [(&str, &str); 4] = [
    ("key_file", "planted/login.key"),
    ("url_file", "planted/url.txt"),
    ("secret_file", "planted/whsec.txt"),
    ("signing_key", "planted/tokens.key"),
];

fn value(argument: &clap::Arg) -> String {
    if let Some((_, file)) = SECRETS.iter().find(|(name, _)| argument.get_id() == *name) {
        return (*file).to_owned();
    }
    if let Some(first) = argument.get_possible_values().first() {
        return first.get_name().to_owned();
    }
    let name = argument.get_value_names().and_then(|names| names.first());
    match name.map(|name| name.as_str()).unwrap_or_default() {
        "PLAN" => "pro",
        "USER" | "ID" => "ana",
        "FILE" => "planted/catalog.json",
        "TOKEN" => "-",
        "NAME" => "local",
        "NEW" => "renamed",
        "METHOD" => "GET",
        "PATH" => "/feature-flags",
        "FROM" => "local",
        "TO" => "team",
        "SCOPE" => "read",
        "NUMBER" | "SECONDS" | "REVISION" => "1",
        _ => "analytics",
    }
    .to_owned()
}

#[test]
fn no_planted_secret_is_in_what_any_command_says_writes_or_hands_on() {
    let field = Field::planted();
    let mut definition = flags::cli::definition();
    definition.build();
    let lines = lines(&definition, &[]);
    assert!(
        lines.len() > 100,
        "the commands were not found: {}",
        lines.len()
    );
    let (mut asked, mut faults) = (0, Vec::new());
    let token = fs::read_to_string(field.place.path("planted/token.jwt")).unwrap();
    for line in &lines {
        let mut profiles = vec!["live", "team", "shop", "local", "password", "query"];
        // What is there is told of without being asked; what is not, takes its time.
        if ["auth", "doctor", "profile", "init", "backup", "log"].contains(&&*line[0]) {
            profiles.extend(["base", "leaky", "torn"]);
        }
        // By way of a proxy that is not there, which takes its time.
        if ["api", "check"].contains(&&*line[0]) {
            profiles.push("far");
        }
        for (way, profile) in profiles.into_iter().enumerate() {
            let mut words = line.clone();
            words.extend(["--profile", profile, "--verbose"].map(str::to_owned));
            let key = field.place.path(&format!("planted/{profile}.key"));
            if way % 2 == 0 && key.exists() && !line.contains(&"--key-file".to_owned()) {
                words.extend(["--credential-file".to_owned(), key.display().to_string()]);
            }
            // To each what it reads: what is in a file of rows may be shown.
            let stdin = match line[0].as_str() {
                "auth" => canary("login on stdin"),
                "notify" => canary("address of a webhook"),
                "token" | "check" => token.as_str(),
                _ => "",
            };
            let heard = field.run(&words, stdin, way == 1 || line[0] == "api");
            asked += usize::from(!field.listener.heard().is_empty());
            let shown = PLANTED
                .iter()
                .filter(|(_, secret)| heard.said.contains(secret));
            faults
                .extend(shown.map(|(place, _)| format!("{words:?} shows {place}: {}", heard.said)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // Whatever was shown to nobody has not been looked for either.
    assert!(asked > 10, "only {asked} commands asked the server");
    unwritten(&field.place.path(""));
}

/// The files that a test makes, or that were asked for, may have secrets in them; no other.
fn unwritten(directory: &Path) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let own = ["planted", "config.toml", "credentials.json"];
        if own.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        if path.is_dir() {
            unwritten(&path);
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        for (place, secret) in PLANTED {
            // A destination is kept in the store, which its owner alone can read, and in backups.
            let kept = place.ends_with("of a webhook") && is_store(&path);
            assert!(
                kept || !text.contains(secret),
                "{} has {place}",
                path.display()
            );
        }
    }
}

fn is_store(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let private = fs::metadata(path).unwrap().permissions().mode() & 0o077 == 0;
    private && (name.ends_with(".db") || name.contains(".db-"))
}
