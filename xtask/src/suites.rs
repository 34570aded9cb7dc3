//! `cargo xtask test`: every suite in order, one cluster for all of them, one total at the end.

mod access;
mod bench;
mod clients;
mod context;
mod dependencies;
mod documents;
pub mod fuzz;
mod install_script;
mod jobs;
mod lint;
mod notifier;
pub mod packages;
mod regression;
mod rules;
mod scripts;
mod stress;
mod web;

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::postgres::Edition;
use crate::workspace::Workspace;
use context::Context;

pub struct Options {
    /// Part of the name of a suite or of a test; everything when absent.
    pub name: Option<String>,
    pub edition: Edition,
    /// Whether what is printed now becomes what is expected.
    pub bless: bool,
    pub release: bool,
}

/// How many tests of a suite passed and failed. There is no third outcome: a test that was not run
/// has failed, unless its whole suite does not apply to this Postgres.
#[derive(Clone, Copy, Default)]
struct Outcome {
    passed: usize,
    failed: usize,
}

impl Outcome {
    fn count(&mut self, passed: bool) {
        if passed {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
    }
}

trait Suite {
    fn name(&self) -> &'static str;

    /// The names of its tests.
    fn tests(&self, context: &Context) -> Result<Vec<String>>;

    /// Why the suite does not apply to this Postgres; `None` where it does.
    fn absent_from(&self, _edition: Edition) -> Option<&'static str> {
        None
    }

    /// Runs those of its tests that were chosen.
    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome>;
}

/// For psql, where the application's tables are to belong to a role that is not a superuser.
const TABLES_OF_A_PLAIN_OWNER: [(&str, &str); 1] = [("TABLES_BELONG_TO", "plain_owner")];

fn all() -> Vec<Box<dyn Suite>> {
    vec![
        Box::new(lint::Lint),
        Box::new(rules::Rules),
        Box::new(regression::Regression::sql(
            "regress-empty",
            "tests/regress/empty",
        )),
        Box::new(regression::Regression::sql(
            "regress-adopted",
            "tests/regress/adopted",
        )),
        Box::new(
            regression::Regression::sql("regress-owned", "tests/regress/adopted")
                .with(&TABLES_OF_A_PLAIN_OWNER),
        ),
        Box::new(regression::Regression::isolation("isolation", "tests/isolation")),
        Box::new(clients::Clients {
            name: "clients-empty",
            database: "empty",
        }),
        Box::new(clients::Clients {
            name: "clients-adopted",
            database: "adopted",
        }),
        Box::new(web::Web),
        Box::new(dependencies::Dependencies),
        Box::new(install_script::InstallScript),
        Box::new(access::Access {
            name: "access-empty",
            database: "empty",
            environment: &[],
        }),
        Box::new(access::Access {
            name: "access-adopted",
            database: "adopted",
            environment: &[],
        }),
        Box::new(access::Access {
            name: "access-owned",
            database: "adopted",
            environment: &TABLES_OF_A_PLAIN_OWNER,
        }),
        Box::new(fuzz::Fuzz::short()),
        Box::new(scripts::Scripts {
            name: "lifecycle",
            folder: "tests/lifecycle",
        }),
        Box::new(jobs::Jobs),
        Box::new(notifier::Notifier),
        Box::new(packages::Packages),
        Box::new(documents::Documents),
        Box::new(stress::Stress),
        Box::new(bench::Bench),
    ]
}

/// True when every chosen test was run and passed.
pub fn run(workspace: &Workspace, options: Options) -> Result<bool> {
    let edition = options.edition;
    let mut context = Context::prepare(workspace, options)?;
    let mut total = Outcome::default();
    let mut absent = Vec::new();
    let suites = all();
    for suite in &suites {
        let chosen = match choose(suite.as_ref(), &context) {
            Ok(chosen) if chosen.is_empty() => continue,
            chosen => chosen,
        };
        if let Some(reason) = suite.absent_from(edition) {
            println!("{}: not run on {edition}: {reason}", suite.name());
            absent.push(suite.name());
            continue;
        }
        let outcome = run_suite(suite.as_ref(), chosen, &mut context);
        println!(
            "{}: {} passed, {} failed",
            suite.name(),
            outcome.passed,
            outcome.failed
        );
        total.passed += outcome.passed;
        total.failed += outcome.failed;
    }
    if total.passed + total.failed == 0 {
        bail!("{}", nothing_to_run(&suites, &absent, edition));
    }
    context.report_failed_assertions();
    println!();
    if !absent.is_empty() {
        println!("not run on {edition}: {}", absent.join(", "));
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(total.failed == 0)
}

fn nothing_to_run(suites: &[Box<dyn Suite>], absent: &[&str], edition: Edition) -> String {
    if !absent.is_empty() {
        return format!("nothing with that name runs on {edition}");
    }
    let names: Vec<_> = suites.iter().map(|suite| suite.name()).collect();
    format!(
        "no suite and no test has that name; the suites are {}",
        names.join(", ")
    )
}

/// Runs what the caller chose of a suite; a suite that cannot be run has failed.
fn run_suite(suite: &dyn Suite, chosen: Result<Vec<String>>, context: &mut Context) -> Outcome {
    let chosen = match chosen {
        Ok(chosen) => chosen,
        Err(error) => {
            eprintln!("{}: {error:#}", suite.name());
            return Outcome { passed: 0, failed: 1 };
        }
    };
    context.progress.step(&format!("{} …", suite.name()));
    suite.run(&chosen, context).unwrap_or_else(|error| {
        eprintln!("{}: {error:#}", suite.name());
        Outcome {
            passed: 0,
            failed: chosen.len(),
        }
    })
}

/// The tests that the caller asked for: all of a suite whose name fits, else those whose name fits.
fn choose(suite: &dyn Suite, context: &Context) -> Result<Vec<String>> {
    let named = context.options.name.as_deref().unwrap_or("");
    // These suites still answer to the names they used to have.
    let wanted = named.replace("doors", "access").replace("hostile", "fuzz");
    let mut tests = suite.tests(context)?;
    if suite.name().contains(&wanted) {
        if tests.is_empty() {
            bail!("it has no tests");
        }
    } else {
        tests.retain(|test| test.contains(&wanted));
    }
    Ok(tests)
}

/// The names of a folder's files with this extension, without it, sorted; none if there is no folder.
fn files(folder: &Path, extension: &str) -> Result<Vec<String>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in folder
        .read_dir()
        .with_context(|| format!("cannot read {}", folder.display()))?
    {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(extension).map(str::to_string));
    }
    names.sort();
    Ok(names)
}

/// The line that says how a test went.
fn report(test: &str, passed: bool) {
    println!("  {} {test}", if passed { "ok  " } else { "FAIL" });
}
