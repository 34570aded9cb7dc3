//! Where the dependencies come from and what their licences ask, as far as that can be told without a
//! database of advisories.

use anyhow::Result;

use crate::process;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, verdict};

const TEST: &str = "every_dependency_is_pinned_and_permissive";

pub struct Dependencies;

impl Suite for Dependencies {
    fn name(&self) -> &'static str {
        "dependencies"
    }

    fn tests(&self, _context: &Context) -> Result<Vec<String>> {
        Ok(vec![TEST.to_string()])
    }

    fn run(&self, _tests: &[String], context: &mut Context) -> Result<Outcome> {
        let log = context.directory().join("dependencies.log");
        let mut command = process::command(context.python()?.program("python"));
        command
            .current_dir(context.workspace.root())
            .arg("tests/supply_chain/dependencies.py");
        let mut outcome = Outcome::default();
        outcome.count(verdict::of_program(TEST, &mut command, &log)?);
        Ok(outcome)
    }
}
