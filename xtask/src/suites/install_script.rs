//! `pgspot` on the script that CREATE EXTENSION runs: it looks for names that somebody could shadow.

use std::path::PathBuf;

use anyhow::Result;

use crate::process;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files, verdict};
use crate::upgrade;

const TEST: &str = "pgspot_reports_nothing";

pub struct InstallScript;

impl Suite for InstallScript {
    fn name(&self) -> &'static str {
        "install-script"
    }

    fn tests(&self, _context: &Context) -> Result<Vec<String>> {
        Ok(vec![TEST.to_string()])
    }

    fn run(&self, _tests: &[String], context: &mut Context) -> Result<Outcome> {
        let python = context.python()?;
        let scripts = scripts(context)?;
        let workspace = context.workspace;
        let log = context.directory().join("pgspot.log");
        let mut command = process::command(python.program("python"));
        command
            .current_dir(workspace.root())
            .arg("tests/supply_chain/install_script.py")
            .args(scripts);
        let mut outcome = Outcome::default();
        outcome.count(verdict::of_program(TEST, &mut command, &log)?);
        Ok(outcome)
    }
}

/// The script that was generated into the private Postgres, and what of the upgrade was written by hand: the rest is
/// taken from the former, but for `or replace`, by which a script replaces nothing that is not its extension's.
fn scripts(context: &mut Context) -> Result<Vec<PathBuf>> {
    let by_hand = context.workspace.path(upgrade::ON_THE_WAY);
    let steps = files(&by_hand, ".sql")?.into_iter();
    let mut scripts: Vec<_> = steps.map(|name| by_hand.join(format!("{name}.sql"))).collect();
    scripts.push(context.stage()?.tree.install_script());
    Ok(scripts)
}
