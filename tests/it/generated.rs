//! What is committed in `completions/` and `man/` is what the definition of the command line
//! says today, and that definition explains itself.

use std::collections::BTreeMap;
use std::path::Path;

use clap::ValueEnum;
use clap_complete::{Generator, Shell};
use flags::cli::command::{completions, man};

const HOW: &str = "run `.ci/generate` and commit what it wrote";

/// The files of a folder of the package.
fn committed(folder: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder:?}: {error}"));
    files
        .map(|file| {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            (name, std::fs::read_to_string(file.path()).unwrap())
        })
        .collect()
}

fn assert_same(folder: &str, wanted: &BTreeMap<String, String>) {
    let found = committed(folder);
    for (name, text) in wanted {
        match found.get(name) {
            None => panic!("{folder}/{name} is missing: {HOW}"),
            // The texts are long, and `git diff` shows them better.
            Some(found) => assert!(found == text, "{folder}/{name} is out of date: {HOW}"),
        }
    }
    for name in found.keys() {
        assert!(
            wanted.contains_key(name),
            "{folder}/{name} stands for nothing: {HOW}"
        );
    }
}

#[test]
fn the_completions_are_those_of_the_definition() {
    let wanted = Shell::value_variants()
        .iter()
        .map(|shell| {
            (
                shell.file_name("flags"),
                completions::script(*shell).unwrap(),
            )
        })
        .collect();
    assert_same("completions", &wanted);
}

#[test]
fn the_manual_is_that_of_the_definition() {
    let pages = man::pages().unwrap();
    let wanted = pages
        .into_iter()
        .map(|(name, text)| (format!("{name}.1"), text))
        .collect();
    assert_same("man", &wanted);
}

#[test]
fn the_manual_is_plain_ascii_and_names_other_characters_by_their_number() {
    let pages = man::pages().unwrap();
    for (name, text) in &pages {
        assert!(text.is_ascii(), "{name}");
    }
    assert!(
        pages.iter().any(|(_, text)| text.contains("\\[u2026]")),
        "a help text that has a character outside ASCII"
    );
}

/// Calls `visit` with every command, and with the names on the way to it.
fn walk(command: &clap::Command, path: &str, visit: &mut dyn FnMut(&str, &clap::Command)) {
    visit(path, command);
    for inner in command.get_subcommands() {
        walk(inner, &format!("{path} {}", inner.get_name()), visit);
    }
}

fn every_command(visit: &mut dyn FnMut(&str, &clap::Command)) {
    let mut definition = flags::cli::definition().disable_help_subcommand(true);
    definition.build();
    walk(&definition, "flags", visit);
}

#[test]
fn every_command_and_argument_says_what_it_is() {
    every_command(&mut |path, command| {
        let about = command.get_about().map(ToString::to_string);
        let about = about.unwrap_or_else(|| panic!("`{path}` does not say what it does"));
        assert!(
            !about.starts_with("Arguments of"),
            "`{path}` shows a comment meant for the source: {about}"
        );
        for argument in command.get_arguments() {
            assert!(
                argument.get_help().is_some(),
                "`{path}` does not explain `{}`",
                argument.get_id()
            );
        }
    });
}

#[test]
fn a_command_says_the_same_of_itself_as_its_group_does() {
    let about = |command: &clap::Command| command.get_about().map(ToString::to_string);
    let listed = flags::cli::definition();
    let mut built = flags::cli::definition();
    built.build();
    for command in listed.get_subcommands() {
        let name = command.get_name();
        let inside = built.find_subcommand(name).unwrap();
        assert_eq!(about(command), about(inside), "`flags {name}`");
    }
}

#[test]
fn no_line_of_help_is_wider_than_the_width_it_is_made_for() {
    every_command(&mut |path, command| {
        let help = command.clone().term_width(80).render_long_help();
        for line in help.to_string().lines() {
            let usage = line.trim_start().starts_with("Usage:");
            // A usage line is one unit, and an example is to be copied whole.
            let whole = usage || line.trim_start().starts_with("flags ");
            assert!(whole || line.chars().count() <= 80, "`{path}`: {line}");
        }
    });
}

#[test]
fn the_manual_refers_to_no_page_that_is_not_there() {
    let pages: BTreeMap<String, String> = man::pages().unwrap().into_iter().collect();
    let mut references = 0;
    for (name, text) in &pages {
        let text = text.replace("\\-", "-");
        for word in text.split_whitespace() {
            if let Some(page) = word.strip_suffix("(1)") {
                references += 1;
                assert!(pages.contains_key(page), "{name} refers to {word}");
            }
        }
    }
    assert!(
        references >= pages.len() - 1,
        "every page but the first is referred to"
    );
}
