//! The program that makes the load and audits it, as a child process.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use anyhow::{Context, Result};

use super::Options;
use super::outage::Outage;
use crate::optimised_program::OptimisedProgram;
use crate::progress::Progress;
use crate::workspace::Workspace;

const PROGRAM: OptimisedProgram = OptimisedProgram {
    package: "peer_exchange_stress",
};
/// What the child prints at a milestone; not passed on.
const MILESTONE: &str = "MILESTONE";

pub struct Load<'run> {
    pub connection: String,
    /// A pooler by way of which the load's clients go.
    pub pooler: Option<String>,
    pub options: &'run Options,
}

/// Builds the program.
pub fn build(workspace: &Workspace, progress: &Progress) -> Result<()> {
    progress.step("building the load and its auditor …");
    PROGRAM.build(workspace)
}

/// Runs the auditor's own tests; true when they pass.
pub fn test(workspace: &Workspace) -> Result<bool> {
    PROGRAM.test(workspace)
}

impl Load<'_> {
    /// Runs it to the end; true if it has found nothing. `on_milestone` is called at every
    /// milestone while the load goes on.
    pub fn run(
        &self,
        workspace: &Workspace,
        mut on_milestone: impl FnMut(u32) -> Result<()>,
    ) -> Result<bool> {
        let Options {
            seed,
            clients,
            operations,
            people,
            crash,
            failover,
            disturbed,
            application: _,
            plant,
        } = self.options;
        let milestones = Outage::milestones(*crash, *failover);
        let mut command = PROGRAM.command(workspace);
        command.arg(&self.connection).stdout(Stdio::piped());
        for (flag, value) in [
            ("--seed", *seed),
            ("--clients", u64::from(*clients)),
            ("--operations", *operations),
            ("--people", u64::from(*people)),
        ] {
            command.arg(flag).arg(value.to_string());
        }
        if milestones > 0 {
            command.arg("--milestones").arg(milestones.to_string());
        }
        if let Some(part) = disturbed {
            command.arg("--disturbed").arg(part);
        }
        if *plant {
            command.arg("--plant");
        }
        if let Some(pooler) = &self.pooler {
            command.arg("--pooler").arg(pooler);
        }
        let mut child = command.spawn().context("cannot start the load")?;
        let lines = BufReader::new(child.stdout.take().context("the load has no output")?).lines();
        let mut milestone = 0;
        for line in lines {
            let line = line?;
            if line != MILESTONE {
                println!("{line}");
                continue;
            }
            if let Err(error) = on_milestone(milestone) {
                // Without its server it would wait a long time.
                let _ = child.kill();
                let _ = child.wait();
                return Err(error);
            }
            milestone += 1;
        }
        Ok(child.wait()?.success())
    }
}
