//! Tests that are shell scripts, since they dump, drop and upgrade as an administrator would.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::postgres::{Cluster, PrivateTree};
use crate::process;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files, verdict};
use crate::workspace::Workspace;

pub const EXTENSION: &str = ".sh";

pub struct Scripts {
    pub name: &'static str,
    pub folder: &'static str,
}

impl Suite for Scripts {
    fn name(&self) -> &'static str {
        self.name
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        files(&context.workspace.path(self.folder), EXTENSION)
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let (workspace, directory) = (context.workspace, context.directory().to_path_buf());
        let stage = context.stage()?;
        let scripts = Folder {
            workspace,
            scratch: directory.join(self.name),
            path: self.folder,
        };
        scripts.run(tests, &stage.tree, &stage.cluster)
    }
}

/// A folder of scripts.
pub struct Folder<'a> {
    pub workspace: &'a Workspace,
    pub scratch: PathBuf,
    pub path: &'static str,
}

impl Folder<'_> {
    /// Runs them on a cluster.
    pub fn run(&self, tests: &[String], tree: &PrivateTree, cluster: &Cluster) -> Result<Outcome> {
        self.run_with(tests, |script| {
            script.envs(cluster.environment()).env("PATH", tree.search_path());
        })
    }

    /// The same without a cluster, and with an environment of the caller's.
    pub fn run_with(&self, tests: &[String], prepare: impl Fn(&mut Command)) -> Result<Outcome> {
        fs::create_dir_all(&self.scratch)?;
        let mut outcome = Outcome::default();
        for test in tests {
            let mut script = process::command("bash");
            script
                .arg(format!("{}/{test}{EXTENSION}", self.path))
                .current_dir(self.workspace.root());
            script
                .env("WORKSPACE", self.workspace.root())
                .env("TMPDIR", &self.scratch);
            prepare(&mut script);
            let log = self.scratch.join(format!("{test}.log"));
            outcome.count(verdict::of_program(test, &mut script, &log)?);
        }
        Ok(outcome)
    }
}
