//! Random arguments: the programs of `tests/fuzz`, a short run among the tests and a long one by
//! `cargo xtask fuzz`.

use anyhow::Result;
use clap::Args;

use crate::postgres::Edition;
use crate::postgrest::Postgrest;
use crate::process;
use crate::server_user::Lifetime;
use crate::suites::context::Context;
use crate::suites::{Options, Outcome, Scope, Suite, report};
use crate::workspace::Workspace;

const THROUGH_SQL: &str = "random_calls_through_sql_do_no_harm";
const THROUGH_POSTGREST: &str = "random_calls_through_postgrest_do_no_harm";
/// Through PostgREST a call takes several times as long.
const POSTGREST_SHARE: u32 = 5;

/// How much, and which calls.
#[derive(Args, Clone, Copy)]
pub struct Extent {
    /// Calls through SQL; a fifth as many are made through PostgREST as well
    #[arg(long, default_value_t = 20_000)]
    calls: u32,
    /// The same seed makes the same calls
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// Build the extension optimised (slower to build)
    #[arg(long)]
    release: bool,
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
                seed: 1,
                release: false,
            },
            shows_progress: false,
        }
    }
}

/// The long form; true when nothing was found.
pub fn run(workspace: &Workspace, edition: Edition, extent: Extent) -> Result<bool> {
    let options = Options {
        name: None,
        edition,
        scope: Scope::Everything,
        bless: false,
        release: extent.release,
    };
    let mut context = Context::prepare(workspace, options)?;
    let suite = Fuzz {
        extent,
        shows_progress: true,
    };
    let tests = suite.tests(&context)?;
    let outcome = suite.run(&tests, &mut context)?;
    println!("\n{} passed, {} failed", outcome.passed, outcome.failed);
    Ok(outcome.failed == 0)
}

impl Suite for Fuzz {
    fn name(&self) -> &'static str {
        "fuzz"
    }

    fn tests(&self, _context: &Context) -> Result<Vec<String>> {
        Ok([THROUGH_SQL, THROUGH_POSTGREST].map(str::to_string).to_vec())
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let python = context.python()?;
        let mut outcome = Outcome::default();
        for test in tests {
            let passed = self.attack(test, context, python.program("python").as_path())?;
            report(test, passed);
            outcome.count(passed);
        }
        Ok(outcome)
    }
}

impl Fuzz {
    /// Each has a database of its own.
    fn attack(&self, test: &str, context: &mut Context, python: &std::path::Path) -> Result<bool> {
        let through_postgrest = test == THROUGH_POSTGREST;
        let program = context.postgrest()?;
        let (workspace, directory) = (context.workspace, context.directory().to_path_buf());
        let cluster = &context.stage()?.cluster;
        cluster.create_database(test)?;
        let prepare = workspace.path("tests/fuzz/prepare.sql");
        cluster.run_file(test, &prepare, &workspace.path("tests"))?;

        let (script, calls) = match through_postgrest {
            true => ("http_calls.py", self.extent.calls / POSTGREST_SHARE),
            false => ("sql_calls.py", self.extent.calls),
        };
        let mut command = process::command(python);
        command
            .current_dir(workspace.root())
            .arg(format!("tests/fuzz/{script}"))
            .args([
                "--calls",
                &calls.to_string(),
                "--seed",
                &self.extent.seed.to_string(),
            ])
            .env("PEER_EXCHANGE_PSQL", cluster.connection(test))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("HYPOTHESIS_STORAGE_DIRECTORY", directory.join("hypothesis"));
        let _postgrest = match through_postgrest {
            true => {
                let postgrest = Postgrest::start(&program, cluster, test, &directory, Lifetime::Run)?;
                command
                    .env("PEER_EXCHANGE_URL", &postgrest.url)
                    .env("PEER_EXCHANGE_JWT_SECRET", &postgrest.jwt_secret);
                Some(postgrest)
            }
            false => None,
        };
        if self.shows_progress {
            return Ok(command.status()?.success());
        }
        let log = directory.join(format!("{test}.log"));
        let passed = process::run_logged(&mut command, &log)?.success();
        println!("{}", process::tail(&log, if passed { 1 } else { 200 }));
        Ok(passed)
    }
}
