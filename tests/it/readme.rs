//! README.md shows what the program does: its `console` blocks are played, in order, by a shell
//! in a home of their own, and what they show has to come out. Every other command line has to
//! be one that the program accepts.
//!
//! In a `console` block a line that begins with `$ ` is typed; what follows is what a terminal
//! shows, of which columns and line breaks do not matter. `…` stands for anything. A command
//! ends with 0 unless `$ echo $?` follows and shows another number.

use std::path::Path;
use std::process::{Command, Output};

/// The moment at which the README's commands are typed.
const NOW: &str = "2026-06-01T09:00:00Z";

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    std::fs::read_to_string(path).unwrap()
}

/// The code blocks: language and lines.
fn blocks(text: &str) -> Vec<(&str, &str)> {
    let blocks = text.split("```").skip(1).step_by(2);
    blocks
        .map(|block| block.split_once('\n').unwrap())
        .collect()
}

struct Step {
    typed: String,
    shown: Vec<String>,
    code: i32,
}

fn steps(block: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut asks_for_code = false;
    for line in block.lines() {
        if line == "$ echo $?" {
            asks_for_code = true;
        } else if asks_for_code {
            steps.last_mut().unwrap().code = line.trim().parse().unwrap();
            asks_for_code = false;
        } else if let Some(typed) = line.strip_prefix("$ ") {
            steps.push(Step {
                typed: typed.to_owned(),
                shown: Vec::new(),
                code: 0,
            });
        } else {
            steps.last_mut().unwrap().shown.push(line.to_owned());
        }
    }
    steps
}

fn typed(line: &str, home: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_flags")).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", program.display());
    Command::new("/bin/sh")
        .args(["-c", line])
        .current_dir(home)
        .env_clear()
        .envs([("PATH", path.as_str()), ("FLAGS_NOW", NOW)])
        .env("FLAGS_ACTOR", "ana")
        .env("HOME", home)
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

/// Whether what came is what is shown, word by word, `…` standing for any words.
fn is_as_shown(shown: &[&str], came: &[&str]) -> bool {
    match shown.split_first() {
        None => came.is_empty(),
        Some((&"…", rest)) => (0..=came.len()).any(|skipped| is_as_shown(rest, &came[skipped..])),
        Some((word, rest)) => came.first() == Some(word) && is_as_shown(rest, &came[1..]),
    }
}

#[test]
fn the_commands_shown_do_what_is_shown() {
    let home = tempfile::tempdir().unwrap();
    let text = readme();
    let mut played = 0;
    let consoles = blocks(&text)
        .into_iter()
        .filter(|(language, _)| *language == "console");
    for step in consoles.flat_map(|(_, block)| steps(block)) {
        let output = typed(&step.typed, home.path());
        let came = String::from_utf8(output.stdout).unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let line = &step.typed;
        assert_eq!(
            output.status.code(),
            Some(step.code),
            "$ {line}\n{came}{said}"
        );
        let shown = step.shown.join("\n");
        let words: Vec<&str> = shown.split_whitespace().collect();
        let all = format!("{came}{said}").replace(&home.path().display().to_string(), "~");
        let answer: Vec<&str> = all.split_whitespace().collect();
        assert!(
            is_as_shown(&words, &answer),
            "$ {line}\nREADME.md shows:\n{shown}\nbut it is:\n{all}"
        );
        played += 1;
    }
    assert!(played > 20, "the blocks were found: {played}");
}

/// The words of a command line, as a shell would part them; only single quotes are used.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('\'').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// The `flags` command lines of a text: in code blocks and in `inline code`.
fn command_lines(text: &str) -> Vec<String> {
    let shells = blocks(text).into_iter();
    let shells = shells.filter(|(language, _)| ["console", "sh", "yaml"].contains(language));
    let mut found: Vec<String> = shells
        .flat_map(|(_, lines)| lines.lines().filter_map(command_in))
        .collect();
    for prose in text.split("```").step_by(2) {
        let inline = prose.split('`').skip(1).step_by(2);
        found.extend(inline.filter_map(|code| command_in(&code.replace('\n', " "))));
    }
    found
}

/// The command in `$ flags …`, `- run: flags …` or a bare `flags …`, up to what is the shell's.
fn command_in(line: &str) -> Option<String> {
    let line = line.trim_start();
    let line = line.strip_prefix("$ ").unwrap_or(line);
    let line = line.strip_prefix("- run: ").unwrap_or(line);
    let line = line
        .strip_prefix("cargo run -- ")
        .map_or_else(|| line.to_owned(), |arguments| format!("flags {arguments}"));
    let command = line.strip_prefix("flags ")?;
    let end = [" > ", " < ", " | ", " || ", " && ", " # "];
    let end = end.iter().filter_map(|end| command.find(end)).min();
    Some(command[..end.unwrap_or(command.len())].to_owned())
}

#[test]
fn every_command_line_is_one_that_the_program_accepts() {
    let lines = command_lines(&readme());
    for line in &lines {
        // A command named in passing stands without its arguments: it has to exist.
        let mut command = flags::cli::definition();
        command.build();
        let words = words(line);
        let mut place = &command;
        let mut depth = 0;
        while let Some(inner) = words
            .get(depth)
            .and_then(|word| place.find_subcommand(word))
        {
            place = inner;
            depth += 1;
        }
        let named_only = depth == words.len() || words[depth..] == ["…"];
        if named_only && depth > 0 {
            continue;
        }
        let arguments = std::iter::once("flags".to_owned()).chain(words);
        let parsed = flags::cli::definition().try_get_matches_from(arguments);
        use clap::error::ErrorKind::{DisplayHelp, DisplayVersion};
        match parsed {
            Err(error) if !matches!(error.kind(), DisplayHelp | DisplayVersion) => {
                panic!("README.md: `flags {line}`: {error}")
            }
            _ => {}
        }
    }
    assert!(lines.len() > 30, "the lines were found: {}", lines.len());
}

#[test]
fn the_configuration_shown_is_one_that_is_read() {
    let text = readme();
    let shown = blocks(&text).into_iter();
    let shown: Vec<&str> = shown
        .filter_map(|(language, lines)| (language == "toml").then_some(lines))
        .collect();
    assert!(!shown.is_empty());
    for text in shown {
        let read: flags::config::Configuration = toml::from_str(text).unwrap();
        let default = read.default_profile.unwrap();
        assert!(read.profiles.contains_key(&default), "{default}");
    }
}
