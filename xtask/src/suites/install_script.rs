//! `pgspot` on the script that CREATE EXTENSION runs: it looks for names that somebody could shadow.

use std::path::PathBuf;

use anyhow::Result;

use crate::process;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files, report};

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
        let scripts = installed_scripts(context)?;
        let workspace = context.workspace;
        let log = context.directory().join("pgspot.log");
        let mut command = process::command(python.program("python"));
        command
            .current_dir(workspace.root())
            .arg("tests/supply_chain/install_script.py")
            .args(scripts);
        let passed = process::run_logged(&mut command, &log)?.success();
        report(TEST, passed);
        if !passed {
            println!("{}", process::tail(&log, 200));
        }
        let mut outcome = Outcome::default();
        outcome.count(passed);
        Ok(outcome)
    }
}

/// As they were generated into the private Postgres, and those that upgrade to it.
fn installed_scripts(context: &mut Context) -> Result<Vec<PathBuf>> {
    let folder = &context.stage()?.tree.extension_files;
    let names = files(folder, ".sql")?.into_iter();
    let ours = names.filter(|name| name.starts_with("peer_exchange--"));
    Ok(ours.map(|name| folder.join(format!("{name}.sql"))).collect())
}
