//! Random arguments and random rows: the programs of `tests/fuzz`, a short run among the tests and long ones by
//! `cargo xtask fuzz` and `cargo xtask hostile`.

use std::path::Path;

use anyhow::{Result, bail};
use clap::Args;

use crate::postgres::Edition;
use crate::postgrest::Postgrest;
use crate::process;
use crate::server_user::Lifetime;
use crate::suites::context::Context;
use crate::suites::{Options, Outcome, Scope, Suite, report};
use crate::workspace::Workspace;

/// Through PostgREST a call takes several times as long.
const POSTGREST_SHARE: u32 = 5;
/// Databases of one person's bad rows.
const BAD_ROWS_DATABASES: u32 = 3;

/// The program of one person's bad rows.
const BAD_ROWS: &str = "bad_rows.py";

/// A program on a database of its own.
struct Attack {
    test: &'static str,
    /// In `tests/fuzz`.
    prepare: &'static str,
    program: &'static str,
    is_through_postgrest: bool,
    extent: fn(&Extent) -> [String; 2],
}

const ATTACKS: [Attack; 5] = [
    Attack {
        test: "random_calls_through_sql_do_no_harm",
        prepare: "prepare.sql",
        program: "sql_calls.py",
        is_through_postgrest: false,
        extent: |extent| ["--calls".into(), extent.calls.to_string()],
    },
    Attack {
        test: "random_calls_through_postgrest_do_no_harm",
        prepare: "prepare.sql",
        program: "http_calls.py",
        is_through_postgrest: true,
        extent: |extent| ["--calls".into(), (extent.calls / POSTGREST_SHARE).to_string()],
    },
    Attack::bad_rows("one_persons_bad_rows_harm_nobody_else", "bad_rows/empty.sql"),
    Attack::bad_rows(
        "one_persons_bad_rows_harm_nobody_else_in_an_application",
        "bad_rows/adopted.sql",
    ),
    Attack::bad_rows(
        "one_persons_bad_rows_harm_nobody_else_where_credits_settle",
        "bad_rows/settling.sql",
    ),
];

impl Attack {
    const fn bad_rows(test: &'static str, prepare: &'static str) -> Self {
        Attack {
            test,
            prepare,
            program: BAD_ROWS,
            is_through_postgrest: false,
            extent: |extent| {
                let steps = extent.steps.div_ceil(BAD_ROWS_DATABASES);
                ["--steps".into(), steps.to_string()]
            },
        }
    }

    fn is_by_rows(&self) -> bool {
        self.program == BAD_ROWS
    }
}

/// Random calls: how many, and which.
#[derive(Args, Clone)]
pub struct Calls {
    /// Calls through SQL; a fifth as many are made through PostgREST as well
    #[arg(long, default_value_t = 20_000)]
    calls: u32,
    #[command(flatten)]
    choice: Choice,
}

/// One person's bad rows: how many, and where.
#[derive(Args, Clone)]
pub struct BadRows {
    /// Steps in which one person's rows go bad, on three databases together
    #[arg(long, default_value_t = 20_000)]
    steps: u32,
    #[command(flatten)]
    choice: Choice,
}

#[derive(Args, Clone)]
struct Choice {
    /// The same seed does the same
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// Part of the name of what is to be run; everything when absent
    #[arg(long)]
    only: Option<String>,
    /// Build the extension optimised (slower to build)
    #[arg(long)]
    release: bool,
}

/// How much of either.
struct Extent {
    calls: u32,
    steps: u32,
    seed: u32,
}

pub struct Fuzz {
    extent: Extent,
    /// Whether the programs show their progress, instead of only the result.
    shows_progress: bool,
}

impl Fuzz {
    pub fn short() -> Self {
        Self {
            extent: Extent {
                calls: 2_000,
                steps: 450,
                seed: 1,
            },
            shows_progress: false,
        }
    }
}

/// The long form of random calls; true when nothing was found.
pub fn call(workspace: &Workspace, edition: Edition, extent: Calls) -> Result<bool> {
    let seed = extent.choice.seed;
    let Calls { calls, choice } = extent;
    run_long(
        workspace,
        edition,
        choice,
        Extent {
            calls,
            steps: 0,
            seed,
        },
    )
}

/// The long form of one person's bad rows; true when nobody else was harmed.
pub fn spoil_rows(workspace: &Workspace, edition: Edition, extent: BadRows) -> Result<bool> {
    let seed = extent.choice.seed;
    let BadRows { steps, choice } = extent;
    run_long(
        workspace,
        edition,
        choice,
        Extent {
            calls: 0,
            steps,
            seed,
        },
    )
}

fn run_long(workspace: &Workspace, edition: Edition, choice: Choice, extent: Extent) -> Result<bool> {
    let options = Options {
        name: None,
        edition,
        scope: Scope::Everything,
        bless: false,
        release: choice.release,
    };
    let mut context = Context::alone(workspace, options)?;
    let wanted = choice.only.unwrap_or_default();
    let tests: Vec<String> = (ATTACKS.iter())
        .filter(|attack| attack.is_by_rows() == (extent.steps > 0) && attack.test.contains(&wanted))
        .map(|attack| attack.test.to_string())
        .collect();
    if tests.is_empty() {
        bail!("nothing has {wanted:?} in its name");
    }
    let suite = Fuzz {
        extent,
        shows_progress: true,
    };
    let outcome = suite.run(&tests, &mut context)?;
    println!("\n{} passed, {} failed", outcome.passed, outcome.failed);
    Ok(outcome.failed == 0)
}

impl Suite for Fuzz {
    fn name(&self) -> &'static str {
        "fuzz"
    }

    fn tests(&self, _context: &Context) -> Result<Vec<String>> {
        Ok(ATTACKS.iter().map(|attack| attack.test.to_string()).collect())
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let python = context.python()?;
        let mut outcome = Outcome::default();
        for attack in ATTACKS
            .iter()
            .filter(|attack| tests.iter().any(|test| test == attack.test))
        {
            let passed = self.run_one(attack, context, python.program("python").as_path())?;
            report(attack.test, passed);
            outcome.count(passed);
        }
        Ok(outcome)
    }
}

impl Fuzz {
    fn run_one(&self, attack: &Attack, context: &mut Context, python: &Path) -> Result<bool> {
        let postgrest = match attack.is_through_postgrest {
            true => Some(context.postgrest()?),
            false => None,
        };
        let (workspace, directory) = (context.workspace, context.directory().to_path_buf());
        let cluster = &context.stage()?.cluster;
        let database = attack.test;
        cluster.create_database(database)?;
        let prepare = workspace.path("tests/fuzz").join(attack.prepare);
        cluster.run_file(database, &prepare, &workspace.path("tests"))?;

        let mut command = process::command(python);
        command
            .current_dir(workspace.root())
            .arg(format!("tests/fuzz/{}", attack.program))
            .args((attack.extent)(&self.extent))
            .args(["--seed", &self.extent.seed.to_string()])
            .env("PEER_EXCHANGE_PSQL", cluster.connection(database))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("HYPOTHESIS_STORAGE_DIRECTORY", directory.join("hypothesis"));
        let _postgrest = match postgrest {
            Some(program) => {
                let postgrest = Postgrest::start(&program, cluster, database, &directory, Lifetime::Run)?;
                command
                    .env("PEER_EXCHANGE_URL", &postgrest.url)
                    .env("PEER_EXCHANGE_JWT_SECRET", &postgrest.jwt_secret);
                Some(postgrest)
            }
            None => None,
        };
        if self.shows_progress {
            return Ok(command.status()?.success());
        }
        let log = directory.join(format!("{}.log", attack.test));
        let passed = process::run_logged(&mut command, &log)?.success();
        println!("{}", process::tail(&log, if passed { 1 } else { 200 }));
        Ok(passed)
    }
}
