//! Keeps the benchmark working; nothing is timed.

use anyhow::Result;

use crate::bench;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, report};

pub struct Bench;

const ARITHMETIC: &str = "medians_quartiles_and_paired_ratios_are_right";
const CONTENDERS: &str = "every_contender_does_the_same_work_and_every_part_is_reported";

impl Suite for Bench {
    fn name(&self) -> &'static str {
        "bench"
    }

    fn tests(&self, _context: &Context) -> Result<Vec<String>> {
        Ok([ARITHMETIC, CONTENDERS].map(str::to_owned).to_vec())
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let workspace = context.workspace;
        bench::build(workspace, &context.progress)?;
        let postgrest = context.postgrest()?;
        let directory = context.directory().join(self.name());
        let mut outcome = Outcome::default();
        for test in tests {
            let passed = match test.as_str() {
                ARITHMETIC => bench::test(workspace)?,
                _ => bench::smoke(workspace, &context.stage()?.tree, &postgrest, &directory)?,
            };
            report(test, passed);
            outcome.count(passed);
        }
        Ok(outcome)
    }
}
