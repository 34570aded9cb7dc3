//! `cargo xtask stress`: a seeded load on a cluster of its own, audited; with crashes of the server
//! or a failover in the middle of it.

mod load;
mod outage;
mod replica;
mod stress_server;

use std::path::Path;

use anyhow::{Result, ensure};
use clap::Args;

use crate::postgres::{Cluster, Edition, PrivateTree};
use crate::progress::Progress;
use crate::provision;
use crate::run_directory::RunDirectory;
use crate::server_user::{Lifetime, ServerUser};
use crate::stage::Stage;
use crate::workspace::Workspace;
use outage::Outage;

pub use load::{Load, build, test};
pub use stress_server::{DATABASE, Origin, StressServer, connection, connection_to};

#[derive(Args, Clone)]
pub struct Options {
    /// Determines the operations; printed with every finding
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Number of concurrent connections
    #[arg(long, default_value_t = 32)]
    pub clients: u32,
    /// Total number of operations
    #[arg(long, default_value_t = 20_000)]
    pub operations: u64,
    #[arg(long, default_value_t = 20)]
    pub people: u32,
    /// Kill and restart the server this many times during the load
    #[arg(long, default_value_t = 0, conflicts_with = "failover")]
    pub crash: u32,
    /// Run a synchronous replica, kill the first server halfway and continue on the second
    #[arg(long)]
    pub failover: bool,
    /// Beside the load, let an application update indexed columns of the same rows, rebuild
    /// indexes, put triggers on the tables and grant credits to everybody; or only what has PART in
    /// its name, out of `updates`, `indexes`, `grants` and `trigger …`. With an even seed the
    /// application has a table of balances already
    #[arg(long, value_name = "PART", num_args = 0..=1, default_missing_value = "everything",
          conflicts_with_all = ["crash", "failover"])]
    pub disturbed: Option<String>,
    /// Load an application of ten thousand sessions, whose triggers defend, audit and mirror them, instead
    /// of a database made by setup(); what was there before must stay as it was
    #[arg(long, conflicts_with = "disturbed")]
    pub application: bool,
    /// Plant faults afterwards and check that the auditor finds each of them
    #[arg(long)]
    pub plant: bool,
}

/// True when the auditor has found nothing.
pub fn run(workspace: &Workspace, edition: Edition, options: &Options) -> Result<bool> {
    let progress = Progress::start();
    let tools = provision::tools(workspace, edition, &progress)?;
    build(workspace, &progress)?;
    let parent = workspace.server_directory(ServerUser::detect()?)?;
    let directory = RunDirectory::create(&parent)?;
    let Stage { tree, cluster } = Stage::set_up(
        workspace,
        &tools,
        &progress,
        directory.path(),
        Lifetime::Run,
        true,
    )?;
    on_cluster(workspace, &progress, &tree, cluster, directory.path(), options)
}

/// A run on a new cluster in `directory`, with an extension that is built already.
pub fn on_new_cluster(
    workspace: &Workspace,
    progress: &Progress,
    tree: &PrivateTree,
    directory: &Path,
    options: &Options,
) -> Result<bool> {
    std::fs::create_dir_all(directory)?;
    let cluster = Cluster::start(tree, directory, ServerUser::detect()?, Lifetime::Run)?;
    on_cluster(workspace, progress, tree, cluster, directory, options)
}

fn on_cluster(
    workspace: &Workspace,
    progress: &Progress,
    tree: &PrivateTree,
    cluster: Cluster,
    directory: &Path,
    options: &Options,
) -> Result<bool> {
    ensure!(
        options.clients > 0 && options.people > 3,
        "a load takes at least one client and four people"
    );
    let origin = match options.disturbed {
        Some(_) => Origin::Disturbed {
            has_grown: options.seed.is_multiple_of(2),
        },
        None if options.application => Origin::Application,
        None => Origin::Empty,
    };
    let mut server = StressServer::prepare(workspace, tree, cluster, directory, origin)?;
    let mut outage = match (options.crash, options.failover) {
        (0, false) => Outage::None,
        (crashes, false) => Outage::Crashes { left: crashes },
        (_, true) => Outage::failover(&mut server, progress)?,
    };
    progress.step(&format!("seed {}: the load begins", options.seed));
    let load = Load {
        connection: outage.connection(&server),
        pooler: None,
        options,
    };
    let found_nothing = load.run(workspace, |milestone| {
        outage.strike(&mut server, progress, milestone)
    })?;
    if !found_nothing {
        server.print_bad_news();
        return Ok(false);
    }
    outage.require_complete()?;
    Ok(true)
}
