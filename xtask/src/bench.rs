//! `cargo xtask bench`: builds everything optimised, starts a cluster of its own and measures on it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::postgres::{Cluster, PrivateTree};
use crate::postgrest::Postgrest;
use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::run_directory::RunDirectory;
use crate::server_user::{Lifetime, ServerUser};
use crate::workspace::Workspace;

const PROFILE: &str = "stress";
const PACKAGE: &str = "peer_exchange_bench";
const DATABASE: &str = "bench";
/// What PostgREST exposes: ours, and those that are measured beside it.
const SCHEMAS: &str = "public, plpgsql, three_round_trips";
/// The longest path of a Unix socket that every system takes, less the socket's own name.
const LONGEST_SOCKET_FOLDER: usize = 80;

/// A server that is careful with the disk, as one that people trust, and has room in memory. Autovacuum would come
/// in the middle of one contender's round and not of another's; tables are vacuumed and analysed after loading.
const SETTINGS: &str = "\
fsync = on
full_page_writes = on
synchronous_commit = on
shared_buffers = '2GB'
effective_cache_size = '8GB'
work_mem = '16MB'
maintenance_work_mem = '1GB'
max_wal_size = '4GB'
checkpoint_timeout = '30min'
max_connections = 300
autovacuum = off
random_page_cost = 1.1
shared_preload_libraries = 'pg_stat_statements'
log_min_messages = log
log_checkpoints = off
";

#[derive(Args, Clone)]
pub struct Options {
    /// A reduced form of every part in under three minutes; its results and report go to target/bench
    #[arg(long)]
    pub quick: bool,
    /// Only this part: booking, refund, quote, postgrest, hot-set, growth, rls or ledger
    #[arg(long, value_name = "PART")]
    pub only: Vec<String>,
    /// Sizes of the tables for the part on growth, in sessions
    #[arg(long, value_name = "SESSIONS", value_delimiter = ',')]
    pub sizes: Vec<u64>,
    /// Only write the report anew from the results that are there
    #[arg(long)]
    pub report: bool,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let progress = Progress::start();
    let tools = provision::tools(workspace, &progress)?;
    let postgrest = provision::postgrest(workspace, &progress)?;
    build(workspace, &progress)?;
    let parent = workspace.server_directory(ServerUser::detect()?)?;
    let directory = RunDirectory::create(&parent)?;
    progress.step("building the extension, optimised …");
    let tree = PrivateTree::build(workspace, &tools, &directory.path().join("postgres"), true)?;
    progress.step("starting Postgres …");
    let arena = Arena::start(workspace, &tree, directory.path())?;
    arena.measure(&progress, &postgrest, options)
}

/// Builds the program that measures.
pub fn build(workspace: &Workspace, progress: &Progress) -> Result<()> {
    progress.step("building the benchmark …");
    let mut cargo = process::command("cargo");
    cargo.current_dir(workspace.root());
    cargo.args(["build", "--quiet", "--package", PACKAGE, "--profile", PROFILE]);
    process::run(&mut cargo)
}

fn program(workspace: &Workspace) -> Command {
    let mut command = process::command(workspace.path(&format!("target/{PROFILE}/{PACKAGE}")));
    command.current_dir(workspace.root());
    command
}

/// A cluster to measure on.
struct Arena<'run> {
    workspace: &'run Workspace,
    cluster: Cluster,
    connection: String,
    directory: &'run Path,
}

impl<'run> Arena<'run> {
    fn start(workspace: &'run Workspace, tree: &PrivateTree, directory: &'run Path) -> Result<Self> {
        // The data folder is the one that the server's user may write to.
        let sockets = directory.join("data");
        let has_socket = sockets.as_os_str().len() <= LONGEST_SOCKET_FOLDER;
        let place = if has_socket {
            sockets.display().to_string()
        } else {
            String::new()
        };
        let settings = format!("{SETTINGS}unix_socket_directories = '{place}'\n");
        let cluster = Cluster::start_with(tree, directory, ServerUser::detect()?, Lifetime::Run, &settings)?;
        let host = if has_socket { &place } else { "127.0.0.1" };
        let connection = format!("host={host} port={} user=postgres", cluster.port);
        Ok(Self {
            workspace,
            cluster,
            connection,
            directory,
        })
    }

    fn measure(&self, progress: &Progress, postgrest: &Path, options: &Options) -> Result<()> {
        progress.step("filling the tables …");
        let mut furnish = program(self.workspace);
        process::run(furnish.args(["furnish", &self.connection]))?;
        let api = Postgrest::start_on_schemas(
            postgrest,
            &self.cluster,
            DATABASE,
            SCHEMAS,
            self.directory,
            Lifetime::Run,
        )?;
        let mut measure = program(self.workspace);
        measure.args(["measure", &self.connection, "--results"]);
        measure.arg(results(self.workspace, options));
        measure.env("PEER_EXCHANGE_URL", &api.url);
        measure.env("PEER_EXCHANGE_JWT_SECRET", &api.jwt_secret);
        if options.quick {
            measure.arg("--quick");
        }
        for part in &options.only {
            measure.args(["--only", part]);
        }
        if !options.sizes.is_empty() {
            let sizes: Vec<String> = options.sizes.iter().map(u64::to_string).collect();
            measure.args(["--sizes", &sizes.join(",")]);
        }
        progress.step("measuring …");
        process::run(&mut measure)
    }
}

fn results(workspace: &Workspace, options: &Options) -> PathBuf {
    workspace.path(match options.quick {
        true => "target/bench/results",
        false => "bench/results",
    })
}
