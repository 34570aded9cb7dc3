//! Suites on servers that live at other moments: all of them by a command of its own, one of them, drawn by the day, as a
//! suite.

use anyhow::{Result, ensure};
use chrono::Utc;
use clap::Args;

use crate::moment::{MOMENTS, Moment};
use crate::postgres::Edition;
use crate::suites::context::Context;
use crate::suites::{
    Options, Outcome, Scope, Suite, all, choose, nothing_to_run, report, run_suite, test_runner,
};
use crate::workspace::Workspace;

/// In these, days and times are told from the clock.
const SUITES: [&str; 13] = [
    "regress-empty",
    "regress-adopted",
    "regress-owned",
    "regress-settling",
    "isolation",
    "clients-empty",
    "clients-adopted",
    "clients-settling",
    "access-empty",
    "access-adopted",
    "access-owned",
    "access-settling",
    "lifecycle",
];
/// In this one servers wait for each other until a timeout ends that.
const SUITE_WITH_TIMEOUTS: &str = "isolation";
/// The unit tests of the moments.
const CALENDAR: &str = "moments_are_when_they_are_said_to_be";
/// What there is time for whenever everything is tested.
const SUITES_OF_THE_DAY: [&str; 3] = ["regress-empty", "regress-adopted", "regress-settling"];

/// Which suites are run at which moments.
#[derive(Args)]
pub struct Extent {
    /// Part of the name of a suite or of a test; of all that depend on the clock when absent
    name: Option<String>,
    /// Part of the name of a moment; all of them when absent
    #[arg(long, value_name = "MOMENT", default_value = "")]
    at: String,
}

pub fn run(workspace: &Workspace, edition: Edition, extent: Extent) -> Result<bool> {
    let options = Options {
        name: extent.name,
        edition,
        scope: Scope::Everything,
        bless: false,
        release: false,
    };
    let mut context = Context::alone(workspace, options)?;
    let mut total = Outcome::default();
    let mut notes = Vec::new();
    for moment in MOMENTS.iter().filter(|moment| moment.name.contains(&extent.at)) {
        let mut outcome = Outcome::default();
        for suite in suites(&SUITES) {
            let tests = choose(suite.as_ref(), &context)?;
            if !tests.is_empty() {
                outcome.add(run_at(moment, suite.as_ref(), tests, &mut context)?);
            }
        }
        notes.push(format!("{}: {}", moment.name, outcome.in_words()));
        total.add(outcome);
    }
    ensure!(total.passed + total.failed > 0, nothing_to_run());
    println!("\n{}\n{}", notes.join("\n"), total.in_words());
    Ok(total.failed == 0)
}

pub struct OfTheDay;

impl Suite for OfTheDay {
    fn name(&self) -> &'static str {
        "regress-moment"
    }

    /// Each suite at the moment of the day is one of its tests.
    fn tests(&self, _context: &Context) -> Result<Vec<String>> {
        let of_suites = SUITES_OF_THE_DAY.map(test_of);
        Ok([CALENDAR.to_string()].into_iter().chain(of_suites).collect())
    }

    fn absent_from(&self, edition: Edition) -> Option<&'static str> {
        (edition != Edition::DEFAULT).then_some("`cargo xtask moments --pg` is for the others")
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let moment = Moment::of(Utc::now().date_naive());
        let mut outcome = Outcome::default();
        if tests.iter().any(|test| test == CALENDAR) {
            let passed = test_runner(context.workspace, "moment")?;
            report(CALENDAR, passed);
            outcome.count(passed);
        }
        for suite in suites(&SUITES_OF_THE_DAY) {
            if tests.contains(&test_of(suite.name())) {
                let all = suite.tests(context)?;
                outcome.add(run_at(moment, suite.as_ref(), all, context)?);
            }
        }
        Ok(outcome)
    }
}

fn test_of(suite: &str) -> String {
    format!("{}_at_the_moment_of_the_day", suite.replace('-', "_"))
}

fn suites(names: &[&str]) -> impl Iterator<Item = Box<dyn Suite>> {
    all().into_iter().filter(|suite| names.contains(&suite.name()))
}

fn run_at(moment: &Moment, suite: &dyn Suite, tests: Vec<String>, context: &mut Context) -> Result<Outcome> {
    let today = Utc::now().date_naive();
    let instant = match suite.name() {
        SUITE_WITH_TIMEOUTS => moment.before(today),
        _ => moment.after(today),
    };
    println!(
        "{} at {}, {}:",
        suite.name(),
        moment.name,
        instant.format("%A %F %R UTC")
    );
    let outcome = context.at(instant, |context| run_suite(suite, Ok(tests), context))?;
    println!("{} at {}: {}", suite.name(), moment.name, outcome.in_words());
    Ok(outcome)
}
