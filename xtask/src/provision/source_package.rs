//! The source of a Debian package, from wherever this system's packages come from.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::only_file;
use crate::process;

/// Downloads it into `directory` and returns the archive that Debian got from its authors. apt checks it
/// by the archive's signature; the system's own settings stay as they are.
pub fn download(package: &str, directory: &Path) -> Result<PathBuf> {
    let archives = source_archives()?;
    ensure!(
        !archives.is_empty(),
        "apt knows of no Debian archive; run `apt-get update`"
    );
    fs::write(directory.join("sources.list"), archives)?;
    for folder in ["lists/partial", "cache/archives/partial"] {
        fs::create_dir_all(directory.join(folder))?;
    }
    apt_get(directory, &["update"])?;
    apt_get(directory, &["source", "--download-only", package])?;
    only_file(directory, ".orig.tar.bz2")
}

/// A line for every suite of Debian's main archive that binary packages come from. Not every mirror
/// has the sources of the security archive; all have those of this one.
fn source_archives() -> Result<String> {
    let mut ask = process::command("apt-get");
    ask.args([
        "indextargets",
        "--format",
        "deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)",
        "Created-By: Packages",
        "Label: Debian",
    ]);
    let lines: BTreeSet<String> = process::capture(&mut ask)?.lines().map(str::to_owned).collect();
    Ok(lines.into_iter().map(|line| line + "\n").collect())
}

fn apt_get(directory: &Path, arguments: &[&str]) -> Result<()> {
    let place = directory.display();
    let mut command = process::command("apt-get");
    command.current_dir(directory).arg("-q");
    for setting in [
        format!("Dir::Etc::sourcelist={place}/sources.list"),
        "Dir::Etc::sourceparts=-".to_owned(),
        format!("Dir::State::lists={place}/lists"),
        format!("Dir::Cache={place}/cache"),
        // apt's own user for downloads could not write here.
        "APT::Sandbox::User=root".to_owned(),
    ] {
        command.args(["-o", &setting]);
    }
    command.args(arguments);
    process::capture(&mut command).map(|_| ())
}
