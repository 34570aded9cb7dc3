//! The source is formatted, and clippy has nothing to say.

use std::process::Command;

use anyhow::Result;

use crate::postgres::Edition;
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

    fn absent_from(&self, edition: Edition) -> Option<&'static str> {
        edition
            .assertions
            .then_some("it reads the source, which is the same without assertions")
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        for test in tests {
            let mut cargo = match test.as_str() {
                FORMAT => format_check(context),
                _ => clippy(context),
            };
            let passed = cargo.status()?.success();
            report(test, passed);
            outcome.count(passed);
        }
        Ok(outcome)
    }
}

fn format_check(context: &Context) -> Command {
    let mut cargo = process::command("cargo");
    cargo
        .current_dir(context.workspace.root())
        .args(["fmt", "--all", "--check"]);
    cargo
}

fn clippy(context: &Context) -> Command {
    let mut cargo = context.tools.cargo(context.workspace, "clippy");
    cargo.args(["--workspace", "--all-targets", "--", "-D", "warnings"]);
    cargo
}
