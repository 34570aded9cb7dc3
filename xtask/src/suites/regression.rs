//! Tests run by Postgres's own drivers: what psql prints for a file of SQL, or what sessions print
//! as their steps interleave, is compared with what is expected.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::postgres::{Edition, Installation};
use crate::process;
use crate::provision;
use crate::stage::Stage;
use crate::suites::context::Context;
use crate::suites::{Options, Outcome, Suite, files, report};

const SHOWN_LINES: usize = 200;

pub struct Regression {
    name: &'static str,
    /// Holds `prepare.sql`, the tests and, in `expected`, what they print.
    folder: &'static str,
    sources: &'static str,
    extension: &'static str,
    driver: fn(&Installation) -> PathBuf,
    /// For psql.
    environment: &'static [(&'static str, &'static str)],
    /// What some tests print.
    database: &'static str,
    surroundings: Option<Surroundings>,
    is_part_of_every_run: bool,
}

/// What a database of tests is like that the tests themselves know nothing of.
pub struct Surroundings {
    /// For CREATE DATABASE.
    pub options: fn(Edition) -> &'static str,
    /// One of the C library's that it is made with.
    pub locale: Option<&'static str>,
    /// What is run before `prepare.sql`.
    pub before: Option<&'static str>,
    /// What is run after it.
    pub after: &'static str,
    /// Tests that say this are left out.
    pub unless: Option<&'static str>,
    /// A program of Node that reads the server's log afterwards; its verdict counts as one test more.
    pub judge: Option<&'static str>,
}

impl Regression {
    /// The same tests with other variables in the environment.
    pub fn with(self, environment: &'static [(&'static str, &'static str)]) -> Self {
        Self { environment, ..self }
    }

    /// The same tests elsewhere.
    pub fn amid(self, name: &'static str, surroundings: Surroundings) -> Self {
        Self {
            name,
            surroundings: Some(surroundings),
            ..self
        }
    }

    pub fn only_when_named(self) -> Self {
        Self {
            is_part_of_every_run: false,
            ..self
        }
    }

    pub fn sql(name: &'static str, folder: &'static str) -> Self {
        Self {
            name,
            folder,
            sources: "sql",
            extension: ".sql",
            driver: Installation::pg_regress,
            environment: &[],
            database: name,
            surroundings: None,
            is_part_of_every_run: true,
        }
    }

    pub fn isolation(name: &'static str, folder: &'static str) -> Self {
        let driver = Installation::pg_isolation_regress;
        Self {
            name,
            folder,
            sources: "specs",
            extension: ".spec",
            driver,
            environment: &[],
            database: name,
            surroundings: None,
            is_part_of_every_run: true,
        }
    }
}

impl Suite for Regression {
    fn name(&self) -> &'static str {
        self.name
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        let sources = context.workspace.path(self.folder).join(self.sources);
        let mut tests = files(&sources, self.extension)?;
        if let Some(said) = self.surroundings.as_ref().and_then(|found| found.unless) {
            tests.retain(|test| {
                let text = fs::read_to_string(sources.join(format!("{test}{}", self.extension)));
                !text.is_ok_and(|text| text.contains(said))
            });
        }
        Ok(tests)
    }

    /// Surroundings make no difference on one version, and so on none.
    fn is_about_postgres(&self) -> bool {
        self.surroundings.is_none()
    }

    fn is_part_of_every_run(&self) -> bool {
        self.is_part_of_every_run
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let folder = context.workspace.path(self.folder);
        let current = context.workspace.path("tests");
        let work = context.directory().join(self.name);
        let driver = (self.driver)(&context.tools.installation);
        let Options { bless, edition, .. } = context.options;
        let surroundings = self.surroundings.as_ref();
        if let Some(locale) = surroundings.and_then(|found| found.locale) {
            provision::locale(context.workspace, locale, &context.progress)?;
        }
        let named = |file: &str| context.workspace.path(file);
        let files: Vec<_> = (surroundings.and_then(|found| found.before).map(named).into_iter())
            .chain([folder.join("prepare.sql")])
            .chain(surroundings.map(|found| named(found.after)))
            .collect();
        let stage = context.stage()?;

        let database = self.database.replace('-', "_");
        let options = surroundings.map_or("", |found| (found.options)(edition));
        stage.cluster.create_database_anew(&database, options)?;
        for file in files {
            stage
                .cluster
                .run_file_with(&database, &file, &current, self.environment)?;
        }
        self.copy_tests(&folder, &work)?;

        let mut outcome = Outcome::default();
        for test in tests {
            let expected = folder.join("expected").join(format!("{test}.out"));
            expect_something(&expected, &work, test)?;
            let mut command = process::command(&driver);
            command.envs(self.environment.iter().copied());
            let passed = run_test(command, stage, &database, &work, &current, test)?
                || (bless && self.surroundings.is_none() && accept(&work, test, &expected)?);
            if !passed {
                show_difference(&work, &expected);
            }
            report(test, passed);
            if !passed {
                // If the next test fails, it should be through a fault of its own.
                stage.cluster.wait_for_recovery()?;
            }
            outcome.count(passed);
        }
        if let Some(judge) = surroundings.and_then(|found| found.judge) {
            let is_whole = tests.len() == self.tests(context)?.len();
            let passed = context.judge_log(judge, is_whole)?;
            report(judge, passed);
            outcome.count(passed);
        }
        Ok(outcome)
    }
}

impl Regression {
    /// The drivers write beside what they read, so they get a copy.
    fn copy_tests(&self, folder: &Path, work: &Path) -> Result<()> {
        for part in [self.sources, "expected"] {
            let copy = work.join(part);
            fs::create_dir_all(&copy)?;
            for entry in fs::read_dir(folder.join(part)).into_iter().flatten() {
                let entry = entry?;
                fs::copy(entry.path(), copy.join(entry.file_name()))?;
            }
        }
        Ok(())
    }
}

/// Without a file to compare with the drivers give up; with an empty one they show all the output.
fn expect_something(expected: &Path, work: &Path, test: &str) -> Result<()> {
    if !expected.exists() {
        fs::write(work.join(format!("expected/{test}.out")), "")?;
    }
    Ok(())
}

/// One driver per test: its exit status is the test's result, whatever the version prints.
fn run_test(
    mut command: Command,
    stage: &Stage,
    database: &str,
    work: &Path,
    current: &Path,
    test: &str,
) -> Result<bool> {
    let option = |name: &str, path: &Path| format!("--{name}={}", path.display());
    command
        .current_dir(current)
        .envs(stage.tree.library_path())
        .envs(stage.cluster.environment());
    command.args([
        option("bindir", &stage.tree.programs),
        option("inputdir", work),
        option("outputdir", work),
    ]);
    command.args(["--use-existing", "--dbname", database, test]);
    Ok(process::run_logged(&mut command, &work.join("driver.log"))?.success())
}

/// Makes what the test printed the expected output.
fn accept(work: &Path, test: &str, expected: &Path) -> Result<bool> {
    let printed = work.join(format!("results/{test}.out"));
    if !printed.exists() {
        return Ok(false);
    }
    fs::create_dir_all(expected.parent().context("no folder for expected output")?)?;
    fs::copy(printed, expected)?;
    println!("  blessed {}", expected.display());
    Ok(true)
}

fn show_difference(work: &Path, expected: &Path) {
    if !expected.exists() {
        println!(
            "no {}: write it, or accept the output with --bless",
            expected.display()
        );
    }
    let text = fs::read_to_string(work.join("regression.diffs")).unwrap_or_default();
    if text.is_empty() {
        println!("{}", process::tail(&work.join("driver.log"), SHOWN_LINES));
    }
    for line in text.lines().take(SHOWN_LINES) {
        println!("{line}");
    }
}
