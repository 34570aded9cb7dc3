//! The unit tests: of the rules, which are a crate that knows no Postgres, and of what of the extension needs no server.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::suites::context::Context;
use crate::suites::{Outcome, Suite};

pub struct Rules;

impl Suite for Rules {
    fn name(&self) -> &'static str {
        "rules"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        let mut cargo = cargo_test(context);
        cargo.args(["--", "--list", "--format", "terse"]);
        let output = cargo
            .stderr(Stdio::inherit())
            .output()
            .context("cannot run cargo")?;
        ensure!(output.status.success(), "the unit tests do not build");
        let listed = String::from_utf8_lossy(&output.stdout);
        Ok(listed
            .lines()
            .filter_map(|line| line.strip_suffix(": test"))
            .map(str::to_string)
            .collect())
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let mut cargo = cargo_test(context);
        cargo.args(["--", "--exact"]).args(tests);
        let output = cargo.output().context("cannot run cargo")?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let passed = printed
            .lines()
            .filter(|line| line.starts_with("test ") && line.ends_with("... ok"))
            .count();
        // Ignored tests have not passed either.
        let failed = tests.len().saturating_sub(passed);
        if failed > 0 || !output.status.success() {
            print!("{printed}");
        }
        ensure!(
            output.status.success() || failed > 0,
            "cargo test failed though every test passed"
        );
        Ok(Outcome { passed, failed })
    }
}

fn cargo_test(context: &Context) -> Command {
    let mut cargo = context.tools.cargo(context.workspace, "test");
    cargo.args([
        "--package",
        "peer_exchange_rules",
        "--package",
        "peer_exchange",
        "--lib",
    ]);
    cargo
}
