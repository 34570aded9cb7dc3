//! `cargo xtask package`: the extension as others want to have it.

mod debian_package;
mod extension_files;
mod image_volume;
mod source_archive;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::postgres::{Edition, Version};
use crate::progress::Progress;
use crate::provision::{self, Tools};
use crate::run_directory::create_empty;
use crate::workspace::Workspace;
use extension_files::ExtensionFiles;

/// Where the packages are put.
const OUTPUT: &str = "target/packages";
/// Debian 12's PostgreSQL, Debian 13's, and the first that finds extensions in a folder of their own.
const TRIED: [&str; 3] = ["15", "17", "18"];

#[derive(Args)]
pub struct Options {
    /// Major versions of PostgreSQL, 15 to 18, separated by commas
    #[arg(
        long = "pg",
        value_name = "MAJORS",
        value_delimiter = ',',
        default_value = "15",
        conflicts_with = "check"
    )]
    versions: Vec<Version>,
    /// Make those for 15, 17 and 18 and try them, here and on a Debian 13; install from source as the README says
    #[arg(long)]
    pub check: bool,
}

impl Options {
    fn versions(&self) -> Result<Vec<Version>> {
        if self.check {
            return TRIED.iter().map(|major| major.parse()).collect();
        }
        Ok(self.versions.clone())
    }
}

/// Makes what was asked for, and returns the folder that has it.
pub fn make_asked_for(workspace: &Workspace, options: &Options, progress: &Progress) -> Result<PathBuf> {
    let output = workspace.path(OUTPUT);
    create_empty(&output)?;
    for version in options.versions()? {
        let edition = Edition {
            version,
            assertions: false,
        };
        let tools = provision::tools(workspace, edition, progress)?;
        progress.step(&format!("packages for {edition} …"));
        make(workspace, &tools, true, &output, progress)?;
    }
    for path in files_below(&output)? {
        println!("{}", path.display());
    }
    Ok(output)
}

/// Makes everything that there is for one version of PostgreSQL.
pub fn make(
    workspace: &Workspace,
    tools: &Tools,
    release: bool,
    output: &Path,
    progress: &Progress,
) -> Result<()> {
    provision::packaging_tools(workspace, progress)?;
    fs::create_dir_all(output)?;
    let version = tools.installation.edition.version;
    let scratch = workspace.path("target/xtask/packaging");
    let _lock = workspace.lock("packaging")?;
    create_empty(&scratch)?;
    let files = ExtensionFiles::build(workspace, tools, &scratch.join("built"), release)?;
    debian_package::make(workspace, &files, version, &scratch.join("debian"), output)?;
    source_archive::make(workspace, &files, &scratch, output)?;
    if image_volume::is_for(version) {
        image_volume::make(&files, version, output)?;
    }
    Ok(())
}

/// Every file in a folder and the folders in it, sorted.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files_below(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
