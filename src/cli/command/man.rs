//! `flags man`: the manual.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::write::check_fields;
use crate::ui::{Line, Page, Report};

/// The manual, as man pages
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The page to write, such as set or flags-set; without it, the main one
    #[arg(value_name = "PAGE")]
    page: Option<String>,
    /// Write every page into this directory instead
    #[arg(long, value_name = "DIRECTORY", conflicts_with = "page")]
    directory: Option<PathBuf>,
}

/// Writes one page, or all of them into a directory.
pub fn run(context: &Context, args: ManArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let pages = pages()?;
    if let Some(directory) = args.directory {
        let failed = |error: std::io::Error| {
            Failure::usage("directory", format!("{}: {error}", directory.display()))
        };
        fs::create_dir_all(&directory).map_err(failed)?;
        for (name, text) in &pages {
            fs::write(directory.join(format!("{name}.1")), text).map_err(failed)?;
        }
        return Ok(Box::new(ManReport::Written {
            directory,
            pages: pages.len(),
        }));
    }
    let wanted = args.page.unwrap_or_else(|| "flags".to_owned());
    match pages
        .into_iter()
        .find(|(name, _)| *name == wanted || name.strip_prefix("flags-") == Some(&*wanted))
    {
        Some((name, text)) => Ok(Box::new(ManReport::Page { name, text })),
        None => {
            let refused = Failure::refused("page_not_found", format!("there is no page {wanted}"));
            Err(refused
                .hint("pages are named flags, flags-set, flags-feature-define, …")
                .into())
        }
    }
}

/// Every page: its name and its text.
pub fn pages() -> Result<Vec<(String, String)>> {
    let mut definition = crate::cli::definition().disable_help_subcommand(true);
    definition.build();
    let mut pages = Vec::new();
    collect(&definition, "flags", &mut pages)?;
    Ok(pages)
}

fn collect(command: &clap::Command, name: &str, pages: &mut Vec<(String, String)>) -> Result<()> {
    let mut text = Vec::new();
    // Without a date the page is the same whenever it is made; a blank keeps its place in the row.
    clap_mangen::Man::new(command.clone().display_name(name))
        .title(name.to_uppercase())
        .date(" ")
        .source(concat!("flags ", env!("CARGO_PKG_VERSION")))
        .manual("flags manual")
        .render(&mut text)?;
    pages.push((name.to_owned(), in_ascii(&String::from_utf8(text)?)));
    for inner in command
        .get_subcommands()
        .filter(|inner| !inner.is_hide_set())
    {
        collect(inner, &format!("{name}-{}", inner.get_name()), pages)?;
    }
    Ok(())
}

/// A page as every roff reads it: `troff` takes its input for Latin-1 unless it is told otherwise.
fn in_ascii(page: &str) -> String {
    let mut ascii = String::with_capacity(page.len());
    for character in page.chars() {
        if character.is_ascii() {
            ascii.push(character);
        } else {
            ascii.push_str(&format!("\\[u{:04X}]", u32::from(character)));
        }
    }
    ascii
}

const FIELDS: &[&str] = &["page", "text", "directory", "pages"];

enum ManReport {
    Page { name: String, text: String },
    Written { directory: PathBuf, pages: usize },
}

impl Report for ManReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        match self {
            Self::Page { name, text } => {
                json!({ "page": name, "text": text, "directory": null, "pages": null })
            }
            Self::Written { directory, pages } => {
                json!({ "page": null, "text": null, "directory": directory, "pages": pages })
            }
        }
    }

    fn page(&self) -> Page {
        match self {
            Self::Page { text, .. } => Page::generated(text.clone()),
            Self::Written { directory, pages } => {
                let place = directory.display();
                Page::new().line(Line::new().plain(format!("{pages} pages written to {place}")))
            }
        }
    }
}
