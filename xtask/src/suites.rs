//! `cargo xtask test`: every suite in order, one cluster for all of them, one total at the end.

mod access;
pub mod adoption;
mod ambient;
mod bench;
mod calendars;
mod choice;
pub mod clients;
mod closing;
mod context;
mod demo;
mod dependencies;
mod documents;
pub mod fuzz;
mod install_script;
mod jobs;
mod lanes;
mod lint;
mod major_upgrade;
mod model;
pub mod moments;
mod monitoring;
pub mod notifier;
pub mod packages;
mod part;
mod regression;
mod rules;
mod runner;
mod scripts;
mod standby;
mod stress;
mod typed_client;
mod upgrade;
mod upgrade_script;
mod verdict;
mod web;

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, ValueEnum};

use crate::postgres::Edition;
use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::run_directory::RunDirectory;
use crate::workspace::Workspace;
use context::Context;

pub use choice::Choice;
use part::Part;
pub use part::{Assignment, perform};
use verdict::report;

#[derive(Args, Clone)]
pub struct Options {
    /// Part of the name of a suite or of a test; everything when absent
    pub name: Option<String>,
    #[command(flatten)]
    pub edition: Edition,
    #[arg(long, value_enum)]
    pub scope: Scope,
    /// Whether what is printed now becomes what is expected
    #[arg(long)]
    pub bless: bool,
    #[arg(long)]
    pub release: bool,
}

impl Options {
    /// As somebody would type them.
    fn in_words(&self) -> Vec<String> {
        let Self {
            name,
            edition,
            scope,
            bless,
            release,
        } = self;
        let mut words = vec!["--scope".to_owned(), scope.in_words()];
        words.extend(name.clone());
        words.extend(edition.in_words());
        words.extend(bless.then(|| "--bless".to_owned()));
        words.extend(release.then(|| "--release".to_owned()));
        words
    }
}

/// Which suites a run goes through.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Everything,
    /// All but those of `Rest` and `Loads`.
    Beginning,
    /// The share of everything that another lane takes when it is done with the other versions.
    Rest,
    /// What is left to whichever lane is done first.
    Loads,
    /// Those in which one version of Postgres may do something else than another.
    Versions,
}

/// They share nothing with the others: neither a compiled client nor a browser.
const REST: [&str; 7] = [
    "lifecycle",
    "upgrade",
    "jobs",
    "notifier",
    "monitoring",
    "packages",
    "documents",
];

/// Nor do these.
const LOADS: [&str; 3] = ["model", "stress", "bench"];

impl Scope {
    fn in_words(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }

    fn includes(self, suite: &dyn Suite) -> bool {
        match self {
            Self::Everything => true,
            Self::Beginning => !REST.contains(&suite.name()) && !LOADS.contains(&suite.name()),
            Self::Rest => REST.contains(&suite.name()),
            Self::Loads => LOADS.contains(&suite.name()),
            Self::Versions => suite.is_about_postgres(),
        }
    }
}

/// How many tests of a suite passed and failed. There is no third outcome: a test that was not run
/// has failed, unless its whole suite does not apply to this Postgres.
#[derive(Clone, Copy, Default)]
struct Outcome {
    passed: usize,
    failed: usize,
}

impl Outcome {
    fn in_words(self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

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

    /// Whether it is about what Postgres does, and so is run on every version of it.
    fn is_about_postgres(&self) -> bool {
        false
    }

    /// Whether it is run when none is named.
    fn is_part_of_every_run(&self) -> bool {
        true
    }

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
        Box::new(runner::Runner),
        Box::new(rules::Rules),
        Box::new(regress_empty()),
        // On a server that knows no roles of a Supabase project yet.
        Box::new(ambient::called_from_afar("ambient-caller-empty", regress_empty())),
        Box::new(ambient::owned_afar("ambient-owner-empty", regress_empty()).only_when_named()),
        Box::new(ambient::in_strict_sessions("ambient-strict-empty", regress_empty()).only_when_named()),
        Box::new(ambient::planned_otherwise("ambient-plans-empty", regress_empty()).only_when_named()),
        Box::new(regression::Regression::sql(
            "regress-adopted",
            "tests/regress/adopted",
        )),
        Box::new(regress_owned()),
        Box::new(ambient::called_from_afar("ambient-caller-owned", regress_owned()).only_when_named()),
        Box::new(ambient::owned_in_turkey("ambient-owner-owned", regress_owned()).only_when_named()),
        Box::new(regression::Regression::sql(
            "regress-settling",
            "tests/regress/settling",
        )),
        Box::new(regression::Regression::isolation("isolation", "tests/isolation")),
        Box::new(moments::OfTheDay),
        Box::new(clients::Clients {
            name: "clients-empty",
            database: "empty",
        }),
        Box::new(clients::Clients {
            name: "clients-adopted",
            database: "adopted",
        }),
        Box::new(clients::Clients {
            name: "clients-settling",
            database: "settling",
        }),
        Box::new(calendars::Calendars),
        Box::new(typed_client::TypedClient),
        Box::new(web::Web),
        Box::new(demo::Demo),
        Box::new(dependencies::Dependencies),
        Box::new(upgrade_script::Script),
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
        Box::new(access::Access {
            name: "access-settling",
            database: "settling",
            environment: &[],
        }),
        Box::new(fuzz::Fuzz::short()),
        Box::new(scripts::Scripts {
            name: "lifecycle",
            folder: "tests/lifecycle",
        }),
        Box::new(standby::Standby),
        Box::new(upgrade::Upgrade),
        Box::new(major_upgrade::MajorUpgrade),
        Box::new(jobs::Jobs),
        Box::new(notifier::Notifier),
        Box::new(monitoring::Monitoring),
        Box::new(packages::Packages),
        Box::new(documents::Documents),
        // After those that want a server without Supabase's roles.
        Box::new(model::Model),
        Box::new(stress::Stress),
        Box::new(bench::Bench),
    ]
}

fn regress_empty() -> regression::Regression {
    regression::Regression::sql("regress-empty", "tests/regress/empty")
}

fn regress_owned() -> regression::Regression {
    regression::Regression::sql("regress-owned", "tests/regress/adopted").with(&TABLES_OF_A_PLAIN_OWNER)
}

/// True when every chosen test was run and passed.
pub fn run(workspace: &Workspace, choice: &Choice) -> Result<bool> {
    let progress = Progress::start();
    let parts = choice.parts();
    // Whenever pgrx gets to know another Postgres, all is built anew: so it knows each before anything is built. One that
    // can't be had is the concern of its part.
    for options in &parts {
        let _ = provision::tools(workspace, options.edition, &progress);
    }
    let directory = RunDirectory::create(&workspace.path("target/xtask"))?;
    let parts = parts
        .into_iter()
        .map(|options| Part::new(options, directory.path()));
    let parts = lanes::run(parts.collect(), choice.lanes(), progress);
    let total = closing::print(&parts);
    ensure!(total.passed + total.failed > 0, nothing_to_run());
    println!("{}", total.in_words());
    Ok(total.failed == 0)
}

/// Runs the suites on one Postgres; notes which do not apply to it.
fn run_on(context: &mut Context, notes: &mut Vec<String>) -> Outcome {
    let Options { edition, scope, .. } = context.options;
    let is_named = context.options.name.is_some();
    let mut total = Outcome::default();
    let mut absent = Vec::new();
    for suite in all() {
        if !scope.includes(suite.as_ref()) || !is_named && !suite.is_part_of_every_run() {
            continue;
        }
        let chosen = match choose(suite.as_ref(), context) {
            Ok(chosen) if chosen.is_empty() => continue,
            chosen => chosen,
        };
        if let Some(reason) = suite.absent_from(edition) {
            println!("{}: not run on {edition}: {reason}", suite.name());
            absent.push(suite.name());
            continue;
        }
        let outcome = run_suite(suite.as_ref(), chosen, context);
        println!("{}: {}", suite.name(), outcome.in_words());
        total.add(outcome);
    }
    context.report_failed_assertions();
    if !absent.is_empty() {
        notes.push(format!("not run on {edition}: {}", absent.join(", ")));
    }
    total
}

fn nothing_to_run() -> String {
    let names: Vec<_> = all().iter().map(|suite| suite.name()).collect();
    format!(
        "nothing that runs has that name; the suites are {}",
        names.join(", ")
    )
}

/// Runs what the caller chose of a suite; a suite that cannot be run has failed.
fn run_suite(suite: &dyn Suite, chosen: Result<Vec<String>>, context: &mut Context) -> Outcome {
    let tests = chosen.as_ref().map_or(1, Vec::len);
    verdict::of_suite(suite.name(), tests, || {
        let chosen = chosen?;
        context.progress.step(&format!("{} …", suite.name()));
        suite.run(&chosen, context)
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

/// The runner's own unit tests that have this in their names, of which there has to be one.
fn test_runner(workspace: &Workspace, name: &str) -> Result<bool> {
    let mut cargo = process::command("cargo");
    cargo
        .current_dir(workspace.root())
        .args(["test", "--quiet", "--package", "xtask", name])
        .stderr(Stdio::inherit());
    let output = cargo.output().context("cannot run cargo")?;
    let printed = String::from_utf8_lossy(&output.stdout);
    print!("{printed}");
    Ok(output.status.success() && !printed.contains(" 0 passed"))
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
