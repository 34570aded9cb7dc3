//! The runner's own unit tests: how it tells what went wrong, and what its lanes share. Others belong to the suites that they are about.

use anyhow::Result;

use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, report, test_runner};

pub struct Runner;

/// Each with what the names of its unit tests contain.
const TESTS: [(&str, &str); 4] = [
    ("what_a_part_of_a_run_reports_arrives", "suites::part"),
    (
        "what_failed_is_told_once_more_with_its_own_last_lines",
        "suites::closing",
    ),
    (
        "tests_of_clients_that_fail_are_named_with_their_reasons",
        "suites::clients",
    ),
    ("lanes_never_share_a_port", "server::"),
];

impl Suite for Runner {
    fn name(&self) -> &'static str {
        "runner"
    }

    fn tests(&self, _context: &Context) -> Result<Vec<String>> {
        Ok(TESTS.map(|(test, _)| test.to_owned()).to_vec())
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        for (test, name) in TESTS {
            if tests.iter().any(|chosen| chosen == test) {
                let passed = test_runner(context.workspace, name)?;
                report(test, passed);
                outcome.count(passed);
            }
        }
        Ok(outcome)
    }
}
