//! Real clients against a real PostgREST: the files of `tests/clients`, run once for each way in
//! which a database comes by its tables.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::postgrest::Postgrest;
use crate::process;
use crate::server_user::Lifetime;
use crate::stage::Stage;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files, report};
use crate::workspace::Workspace;

const FOLDER: &str = "tests/clients";
pub(super) const EXTENSION: &str = ".test.mjs";

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
        all(context.workspace)
    }

    fn is_about_postgres(&self) -> bool {
        true
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let program = context.postgrest()?;
        let (workspace, directory) = (context.workspace, context.directory().to_path_buf());
        let stage = context.stage()?;
        let database = Database {
            workspace,
            stage,
            folder: FOLDER,
            name: &self.name.replace('-', "_"),
            origin: self.database,
            directory: &directory,
        };
        database.prepare()?;
        let postgrest = Postgrest::start(&program, &stage.cluster, database.name, &directory, Lifetime::Run)?;
        database.run(tests, &postgrest)
    }
}

/// All of them on a database of this name that `setup()` made, through the PostgREST that `serve` starts then. True when
/// all passed.
pub fn pass_through(
    workspace: &Workspace,
    stage: &Stage,
    name: &str,
    directory: &Path,
    serve: impl FnOnce() -> Result<Postgrest>,
) -> Result<bool> {
    let database = Database {
        workspace,
        stage,
        folder: FOLDER,
        name,
        origin: "empty",
        directory,
    };
    database.prepare()?;
    let outcome = database.run(&all(workspace)?, &serve()?)?;
    println!("{}", outcome.in_words());
    Ok(outcome.failed == 0)
}

fn all(workspace: &Workspace) -> Result<Vec<String>> {
    files(&workspace.path(FOLDER), EXTENSION)
}

/// A database that clients are served.
pub(super) struct Database<'run> {
    pub workspace: &'run Workspace,
    pub stage: &'run Stage,
    /// Where their tests are.
    pub folder: &'run str,
    pub name: &'run str,
    /// `tests/clients/<origin>.sql` prepares it.
    pub origin: &'run str,
    pub directory: &'run Path,
}

impl Database<'_> {
    pub fn prepare(&self) -> Result<()> {
        self.stage.cluster.create_database(self.name)?;
        let prepare = self.workspace.path(&format!("{FOLDER}/{}.sql", self.origin));
        self.stage
            .cluster
            .run_file(self.name, &prepare, &self.workspace.path("tests"))
    }

    /// One file at a time, since they share the database.
    pub fn run(&self, tests: &[String], postgrest: &Postgrest) -> Result<Outcome> {
        let mut total = Outcome::default();
        for test in tests {
            let mut node = process::command("node");
            // Days are counted from the client's own clock.
            node.current_dir(self.workspace.root())
                .envs(self.stage.cluster.clock.environment())
                .env("PEER_EXCHANGE_URL", &postgrest.url)
                .env("PEER_EXCHANGE_JWT_SECRET", &postgrest.jwt_secret)
                .env("PEER_EXCHANGE_PSQL", self.stage.cluster.connection(self.name))
                .env("PEER_EXCHANGE_DATABASE", self.origin)
                .env("DATABASE_URL", self.stage.cluster.url(self.name))
                .env("PATH", self.stage.tree.search_path());
            let summary = self.directory.join(format!("{}-{test}.tap", self.name));
            let outcome = run_file(&mut node, &format!("{}/{test}{EXTENSION}", self.folder), &summary)?;
            report(test, outcome.failed == 0);
            total.add(outcome);
        }
        Ok(total)
    }
}

/// Runs a file of tests: a report for people on the screen, one for counting in `summary`. Without
/// `--test`, since that reports a file with no test in it as one test that passed.
pub(super) fn run_file(node: &mut Command, file: &str, summary: &Path) -> Result<Outcome> {
    node.args([
        "--test-reporter=spec",
        "--test-reporter-destination=stdout",
        "--test-reporter=tap",
    ]);
    node.arg(format!("--test-reporter-destination={}", summary.display()))
        .arg(file);
    let succeeded = node.status().context("cannot run node")?.success();
    let report = fs::read_to_string(summary).unwrap_or_default();
    for failure in failures(&report) {
        println!("{failure}");
    }
    Ok(count(&report, succeeded))
}

/// The names of what has failed, by the file's report for counting, each with the first lines of the reason.
fn failures(report: &str) -> Vec<String> {
    const REASON_LINES: usize = 8;
    let mut lines = report.lines();
    let mut failures = Vec::new();
    while let Some(line) = lines.next() {
        let Some(name) = line.trim_start().strip_prefix("not ok ") else {
            continue;
        };
        let details: Vec<_> = lines.by_ref().take_while(|line| line.trim() != "...").collect();
        let says = |line: &&str, what: &str| line.trim_start().starts_with(what);
        // Those inside it have been named already.
        if details
            .iter()
            .any(|line| says(line, "failureType: 'subtestsFailed'"))
        {
            continue;
        }
        let reason = details
            .into_iter()
            .skip_while(|line| !says(line, "error:"))
            .take_while(|line| !says(line, "code:"));
        failures.push(format!("not ok {name}"));
        failures.extend(reason.take(REASON_LINES).map(str::to_owned));
    }
    failures
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_of_clients_that_fail_are_named_with_their_reasons() {
        let report = "\
# Subtest: the outer one
    # Subtest: the inner one
    not ok 1 - the inner one
      ---
      failureType: 'testCodeFailure'
      error: |-
        it is not as told
      code: 'ERR_ASSERTION'
      ...
not ok 1 - the outer one
  ---
  failureType: 'subtestsFailed'
  error: '1 subtest failed'
  ...
ok 2 - another one
";
        let named: Vec<_> = failures(report)
            .iter()
            .map(|line| line.trim().to_owned())
            .collect();
        assert_eq!(
            named,
            ["not ok 1 - the inner one", "error: |-", "it is not as told"]
        );
    }
}
