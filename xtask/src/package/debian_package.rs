//! A Debian package for one version of PostgreSQL, by Debian's own tools.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::extension_files::ExtensionFiles;
use crate::postgres::Version;
use crate::process;
use crate::run_directory::create_empty;
use crate::workspace::Workspace;

/// Copied with what is known only now filled in.
const TEMPLATES: &str = "packaging/debian";

/// Makes it below `scratch` and puts it into `output`.
pub fn make(
    workspace: &Workspace,
    files: &ExtensionFiles,
    version: Version,
    scratch: &Path,
    output: &Path,
) -> Result<()> {
    let source = scratch.join("peer-exchange");
    create_empty(&source)?;
    // Where Debian has a PostgreSQL of this version, and where it looks for extensions.
    files.install(
        &source.join(format!("usr/lib/postgresql/{version}/lib")),
        &source.join(format!("usr/share/postgresql/{version}/extension")),
    )?;
    fs::copy(workspace.path("CHANGELOG.md"), source.join("CHANGELOG.md"))?;
    let values = [
        ("@POSTGRES@", version.to_string()),
        ("@VERSION@", files.version.clone()),
        ("@DATE@", date_of_last_commit(workspace)?),
    ];
    process::run(
        process::command("cp")
            .arg("-R")
            .arg(workspace.path(TEMPLATES))
            .arg(&source),
    )?;
    for name in ["control", "changelog"] {
        fill_in(&source.join("debian").join(name), &values)?;
    }
    let mut build = process::command("dpkg-buildpackage");
    build.current_dir(&source).args(["--build=binary", "--no-sign"]);
    process::capture(&mut build)?;
    for entry in scratch.read_dir()? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "deb") {
            let name = path.file_name().context("a package without a name")?;
            fs::copy(&path, output.join(name))?;
        }
    }
    Ok(())
}

/// Puts values in the place of their names.
fn fill_in(path: &Path, values: &[(&str, String)]) -> Result<()> {
    let mut text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    for (name, value) in values {
        text = text.replace(name, value);
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// So that the same source makes the same package at any time.
fn date_of_last_commit(workspace: &Workspace) -> Result<String> {
    let mut git = process::command("git");
    git.current_dir(workspace.root())
        .args(["log", "-1", "--format=%cD"]);
    process::capture(&mut git).map(|printed| printed.trim().to_owned())
}
