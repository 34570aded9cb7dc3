//! `pgspot` on the script that CREATE EXTENSION runs: it looks for names that somebody could shadow.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::process;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, report};

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

/// As they were generated into the private Postgres.
fn installed_scripts(context: &mut Context) -> Result<Vec<PathBuf>> {
    let shared_files = context.tools.installation.shared_files.clone();
    let postgres = context.directory().join("postgres");
    context.stage()?;
    let folder = postgres
        .join(shared_files.strip_prefix("/").context("not absolute")?)
        .join("extension");
    let mut scripts = Vec::new();
    for entry in folder
        .read_dir()
        .with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("peer_exchange--") && name.ends_with(".sql") {
            scripts.push(path);
        }
    }
    Ok(scripts)
}
