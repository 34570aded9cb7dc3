//! The large form of a test of the life cycle: an application of millions of sessions works while it is adopted.

use anyhow::Result;
use clap::Args;

use crate::postgres::Edition;
use crate::process;
use crate::suites::context::Context;
use crate::suites::{Options, Scope};
use crate::workspace::Workspace;

const SCRIPT: &str = "tests/lifecycle/an_application_works_while_it_is_adopted.sh";

/// How large the application is.
#[derive(Args, Clone, Copy)]
pub struct Extent {
    /// Sessions, of which one in nine is yet to come, and as many ledger rows
    #[arg(long, default_value_t = 5_000_000)]
    sessions: u32,
}

/// True when nobody waited for long and nothing was left to do. The library is built optimised.
pub fn run(workspace: &Workspace, edition: Edition, extent: Extent) -> Result<bool> {
    let options = Options {
        name: None,
        edition,
        scope: Scope::Everything,
        bless: false,
        release: true,
    };
    let mut context = Context::alone(workspace, options)?;
    let scratch = context.directory().to_path_buf();
    let stage = context.stage()?;
    let mut script = process::command("bash");
    script
        .arg(SCRIPT)
        .current_dir(workspace.root())
        .envs(stage.cluster.environment())
        .env("PATH", stage.tree.search_path())
        .env("WORKSPACE", workspace.root())
        .env("TMPDIR", &scratch)
        .env("ADOPTED_SESSIONS", extent.sessions.to_string());
    Ok(script.status()?.success())
}
