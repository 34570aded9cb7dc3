//! The source as PGXN takes it: a zip with META.json and a Makefile in it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::extension_files::ExtensionFiles;
use crate::process;
use crate::workspace::Workspace;

/// Makes it of what has been committed.
pub fn make(workspace: &Workspace, files: &ExtensionFiles, scratch: &Path, output: &Path) -> Result<()> {
    let name = format!("peer_exchange-{}", files.version);
    let description = workspace.path("packaging/pgxn/META.json");
    let text = fs::read_to_string(&description)
        .with_context(|| format!("cannot read {}", description.display()))?
        .replace("@VERSION@", &files.version);
    let filled_in = scratch.join("META.json");
    fs::write(&filled_in, text)?;

    let mut archive = process::command("git");
    archive
        .current_dir(workspace.root())
        .args(["archive", "--format=zip"])
        .arg(format!("--prefix={name}/"));
    for path in [
        filled_in.as_path(),
        &workspace.path("packaging/pgxn/Makefile"),
        files.install_script()?,
    ] {
        archive.arg(format!("--add-file={}", path.display()));
    }
    archive
        .arg("--output")
        .arg(output.join(format!("{name}.zip")))
        .arg("HEAD");
    process::capture(&mut archive).map(|_| ())
}
