//! The typed client of `clients/js`, as programs use it that are not written in its own language.

use std::path::PathBuf;

use anyhow::Result;

use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::workspace::Workspace;

pub fn folder(workspace: &Workspace) -> PathBuf {
    workspace.path("clients/js")
}

pub fn install(workspace: &Workspace, progress: &Progress) -> Result<()> {
    provision::typed_client(workspace, &folder(workspace), progress)
}

/// Makes JavaScript and declarations of it, in its own folder `dist`.
pub fn compile(workspace: &Workspace, progress: &Progress) -> Result<()> {
    progress.step("compiling the typed client …");
    let mut compiler = process::command("node");
    compiler
        .args(["node_modules/typescript/bin/tsc", "--project", "."])
        .current_dir(folder(workspace));
    process::capture(&mut compiler).map(|_| ())
}
