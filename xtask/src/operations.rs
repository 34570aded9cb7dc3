//! `cargo xtask operations`: what stands around Postgres where it matters, run for real with Debian's packages: PgBouncer
//! in transaction mode, and Patroni. Each under the load of `cargo xtask stress`, with its auditor.

mod patroni;
mod pooler;

use std::path::Path;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::postgres::{Edition, PrivateTree};
use crate::progress::Progress;
use crate::provision;
use crate::run_directory::RunDirectory;
use crate::server_user::ServerUser;
use crate::stress;
use crate::workspace::Workspace;

#[derive(Args, Clone)]
pub struct Options {
    /// One of them alone
    #[arg(value_enum)]
    part: Option<Part>,
    /// Determines the operations; printed with every finding
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Total number of operations, of each run
    #[arg(long, default_value_t = 20_000)]
    operations: u64,
    /// Build the extension optimised (slower to build)
    #[arg(long)]
    release: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Pooler,
    Patroni,
}

/// What both have in common.
struct Setting<'run> {
    workspace: &'run Workspace,
    progress: &'run Progress,
    tree: &'run PrivateTree,
    directory: &'run Path,
    options: &'run Options,
}

/// True when the auditor has found nothing.
pub fn run(workspace: &Workspace, edition: Edition, options: &Options) -> Result<bool> {
    let progress = Progress::start();
    let tools = provision::tools(workspace, edition, &progress)?;
    provision::surroundings(workspace, &progress)?;
    stress::build(workspace, &progress)?;
    let directory = RunDirectory::create(&workspace.server_directory(ServerUser::detect()?)?)?;
    progress.step("building the extension …");
    let tree = PrivateTree::build(
        workspace,
        &tools,
        &directory.path().join("postgres"),
        options.release,
    )?;
    let setting = Setting {
        workspace,
        progress: &progress,
        tree: &tree,
        directory: directory.path(),
        options,
    };
    let is_wanted = |part| options.part.is_none_or(|wanted| wanted == part);
    let mut found_nothing = true;
    if is_wanted(Part::Pooler) {
        found_nothing &= pooler::run(&setting)?;
    }
    if is_wanted(Part::Patroni) {
        found_nothing &= patroni::run(&setting)?;
    }
    Ok(found_nothing)
}

impl Setting<'_> {
    /// The load, with so many connections and outages.
    fn load(&self, clients: u32, outages: u32) -> stress::Options {
        stress::Options {
            seed: self.options.seed,
            clients,
            operations: self.options.operations,
            people: 20,
            crash: outages,
            failover: false,
            disturbed: None,
            application: false,
            plant: false,
        }
    }
}
