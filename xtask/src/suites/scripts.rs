//! Tests that are shell scripts, since they dump, drop and upgrade as an administrator would.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::postgres::{Cluster, PrivateTree};
use crate::process;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files, report};
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

/// Scripts that are run on a cluster.
pub struct Folder<'a> {
    pub workspace: &'a Workspace,
    pub scratch: PathBuf,
    pub path: &'static str,
}

impl Folder<'_> {
    pub fn run(&self, tests: &[String], tree: &PrivateTree, cluster: &Cluster) -> Result<Outcome> {
        fs::create_dir_all(&self.scratch)?;
        let mut outcome = Outcome::default();
        for test in tests {
            let mut script = process::command("bash");
            script
                .arg(format!("{}/{test}{EXTENSION}", self.path))
                .current_dir(self.workspace.root());
            script
                .envs(cluster.environment())
                .env("PATH", tree.search_path())
                .env("WORKSPACE", self.workspace.root())
                .env("TMPDIR", &self.scratch);
            let log = self.scratch.join(format!("{test}.log"));
            let passed = process::run_logged(&mut script, &log)?.success();
            report(test, passed);
            if !passed {
                println!("{}", process::tail(&log, 200));
            }
            outcome.count(passed);
        }
        Ok(outcome)
    }
}
