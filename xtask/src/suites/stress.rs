//! A short load, short runs with crashes and a failover, and the tests of the auditor itself.

use anyhow::Result;

use crate::stress::{self, Options};
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, report};

pub struct Stress;

const AUDITOR: &str = "the_auditor_passes_its_own_tests";
const LOAD: &str = "a_full_load_leaves_no_finding_and_planted_faults_are_found";
const CRASHES: &str = "two_crashes_lose_and_duplicate_nothing";
const APPLICATION: &str = "a_load_on_an_application_leaves_what_it_had_as_it_was";
const DISTURBED: &str = "a_disturbed_load_leaves_no_finding";
const DISTURBED_GROWN: &str = "a_disturbed_load_on_existing_balances_leaves_no_finding";
const FAILOVER: &str = "a_failover_loses_and_duplicates_nothing";

impl Suite for Stress {
    fn name(&self) -> &'static str {
        "stress"
    }

    fn tests(&self, _context: &Context) -> Result<Vec<String>> {
        let tests = [
            AUDITOR,
            LOAD,
            APPLICATION,
            DISTURBED,
            DISTURBED_GROWN,
            CRASHES,
            FAILOVER,
        ];
        Ok(tests.map(str::to_owned).to_vec())
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let workspace = context.workspace;
        stress::build(workspace, &context.progress)?;
        let parent = context.directory().to_path_buf();
        context.stage()?;
        let mut outcome = Outcome::default();
        for test in tests {
            let passed = match test.as_str() {
                AUDITOR => stress::test(workspace)?,
                name => {
                    let directory = parent.join(name);
                    let tree = &context.stage()?.tree;
                    // Its own progress line: the stage borrows the context.
                    let progress = crate::progress::Progress::start();
                    stress::on_new_cluster(workspace, &progress, tree, &directory, &options(name))?
                }
            };
            report(test, passed);
            outcome.count(passed);
        }
        Ok(outcome)
    }
}

fn options(test: &str) -> Options {
    let calm = Options {
        seed: 1,
        clients: 16,
        operations: 12_000,
        people: 20,
        crash: 0,
        failover: false,
        disturbed: None,
        application: false,
        plant: true,
    };
    match test {
        APPLICATION => Options {
            operations: 2_000,
            application: true,
            ..calm
        },
        CRASHES => Options {
            operations: 1_600,
            crash: 2,
            plant: false,
            ..calm
        },
        DISTURBED | DISTURBED_GROWN => Options {
            // The seed says which of the two.
            seed: if test == DISTURBED { 1 } else { 2 },
            operations: 5_000,
            people: 12,
            disturbed: Some("everything".into()),
            plant: test == DISTURBED,
            ..calm
        },
        FAILOVER => Options {
            operations: 1_000,
            failover: true,
            plant: false,
            ..calm
        },
        _ => calm,
    }
}
