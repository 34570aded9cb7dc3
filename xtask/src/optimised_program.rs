//! A program of this workspace that is built optimised.

use std::process::Command;

use anyhow::Result;

use crate::process;
use crate::workspace::Workspace;

/// Optimised, but without the extension's long linking.
const PROFILE: &str = "stress";

pub struct OptimisedProgram {
    pub package: &'static str,
}

impl OptimisedProgram {
    pub fn build(&self, workspace: &Workspace) -> Result<()> {
        process::run(&mut self.cargo(workspace, "build"))
    }

    /// Runs its own tests; true when they pass.
    pub fn test(&self, workspace: &Workspace) -> Result<bool> {
        Ok(self.cargo(workspace, "test").status()?.success())
    }

    pub fn command(&self, workspace: &Workspace) -> Command {
        let program = format!("target/{PROFILE}/{}", self.package);
        let mut command = process::command(workspace.path(&program));
        command.current_dir(workspace.root());
        command
    }

    fn cargo(&self, workspace: &Workspace, subcommand: &str) -> Command {
        let mut cargo = process::command("cargo");
        cargo.current_dir(workspace.root()).args([subcommand, "--quiet"]);
        cargo.args(["--package", self.package, "--profile", PROFILE]);
        cargo
    }
}
