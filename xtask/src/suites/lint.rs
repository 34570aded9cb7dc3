//! The source is formatted, and clippy has nothing to say.

use anyhow::Result;

use crate::process;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, report};

pub struct Lint;

const FORMAT: &str = "format";
const CLIPPY: &str = "clippy";

impl Suite for Lint {
    fn name(&self) -> &'static str {
        "lint"
    }

    fn tests(&self, _context: &Context) -> Result<Vec<String>> {
        Ok(vec![FORMAT.to_string(), CLIPPY.to_string()])
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        for test in tests {
            let mut cargo = process::command("cargo");
            cargo
                .current_dir(context.workspace.root())
                .env("PGRX_HOME", context.workspace.pgrx_home());
            match test.as_str() {
                FORMAT => cargo.args(["fmt", "--all", "--check"]),
                _ => cargo.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
            };
            let passed = cargo.status()?.success();
            report(test, passed);
            outcome.count(passed);
        }
        Ok(outcome)
    }
}
