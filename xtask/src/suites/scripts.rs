//! Tests that are shell scripts, since they dump, drop and upgrade as an administrator would.

use std::fs;

use anyhow::Result;

use crate::process;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files, report};

const EXTENSION: &str = ".sh";

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
        let workspace = context.workspace;
        let scratch = context.directory().join(self.name);
        fs::create_dir_all(&scratch)?;
        let stage = context.stage()?;

        let mut outcome = Outcome::default();
        for test in tests {
            let mut script = process::command("bash");
            script
                .arg(format!("{}/{test}{EXTENSION}", self.folder))
                .current_dir(workspace.root());
            script
                .envs(stage.cluster.environment())
                .env("PATH", stage.tree.search_path());
            script.env("WORKSPACE", workspace.root()).env("TMPDIR", &scratch);
            let log = scratch.join(format!("{test}.log"));
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
