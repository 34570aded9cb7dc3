//! Real clients against a real PostgREST: the files of `tests/clients`, run once for each way in
//! which a database comes by its tables.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::postgrest::Postgrest;
use crate::process;
use crate::server_user::Lifetime;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files, report};

const EXTENSION: &str = ".test.mjs";

pub struct Clients {
    pub name: &'static str,
    /// `tests/clients/<database>.sql` prepares it.
    pub database: &'static str,
}

impl Suite for Clients {
    fn name(&self) -> &'static str {
        self.name
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        files(&context.workspace.path("tests/clients"), EXTENSION)
    }

    fn is_about_postgres(&self) -> bool {
        true
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let program = context.postgrest()?;
        let (workspace, directory) = (context.workspace, context.directory().to_path_buf());
        let stage = context.stage()?;
        let cluster = &stage.cluster;
        let database = self.name.replace('-', "_");
        cluster.create_database(&database)?;
        let prepare = workspace.path(&format!("tests/clients/{}.sql", self.database));
        cluster.run_file(&database, &prepare, &workspace.path("tests"))?;
        let postgrest = Postgrest::start(&program, cluster, &database, &directory, Lifetime::Run)?;

        let mut total = Outcome::default();
        // One file at a time, since they share the database.
        for test in tests {
            let mut node = process::command("node");
            // Days are counted from the client's own clock.
            node.current_dir(workspace.root())
                .envs(cluster.clock.environment())
                .env("PEER_EXCHANGE_URL", &postgrest.url)
                .env("PEER_EXCHANGE_JWT_SECRET", &postgrest.jwt_secret)
                .env("PEER_EXCHANGE_PSQL", cluster.connection(&database))
                .env("PEER_EXCHANGE_DATABASE", self.database)
                .env("PATH", stage.tree.search_path());
            let summary = directory.join(format!("{database}-{test}.tap"));
            let outcome = run_file(&mut node, &format!("tests/clients/{test}{EXTENSION}"), &summary)?;
            report(test, outcome.failed == 0);
            total.passed += outcome.passed;
            total.failed += outcome.failed;
        }
        Ok(total)
    }
}

/// Runs a file of tests: a report for people on the screen, one for counting in `summary`. Without
/// `--test`, since that reports a file with no test in it as one test that passed.
pub fn run_file(node: &mut Command, file: &str, summary: &Path) -> Result<Outcome> {
    node.args([
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
        "--test-reporter=tap",
    ]);
    node.arg(format!("--test-reporter-destination={}", summary.display()))
        .arg(file);
    let succeeded = node.status().context("cannot run node")?.success();
    Ok(count(&fs::read_to_string(summary).unwrap_or_default(), succeeded))
}

/// Reads the closing lines of Node's report. Skipped, cancelled and postponed tests have failed, and
/// so has a file without tests, or one that ends badly after they passed.
fn count(report: &str, succeeded: bool) -> Outcome {
    let number = |what: &str| -> usize {
        let start = format!("# {what} ");
        report
            .lines()
            .rev()
            .find_map(|line| line.strip_prefix(&start)?.parse().ok())
            .unwrap_or(0)
    };
    let passed = number("pass");
    let failed = number("fail") + number("cancelled") + number("skipped") + number("todo");
    let unexplained = failed == 0 && (passed == 0 || !succeeded);
    Outcome {
        passed,
        failed: failed + usize::from(unexplained),
    }
}
