//! `cargo xtask bench`: builds everything optimised, starts a cluster of its own and measures on it.

mod source;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use clap::Args;

use self::source::Source;
use crate::postgres::{Cluster, Edition, PrivateTree};
use crate::postgrest::Postgrest;
use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::run_directory::RunDirectory;
use crate::server_user::{Lifetime, ServerUser};
use crate::workspace::Workspace;

/// Optimised, but without the extension's long linking.
const PROFILE: &str = "stress";
/// Only the library as people install it says anything about its speed.
const RELEASE: &str = "release";
const PACKAGE: &str = "peer_exchange_bench";
const DATABASE: &str = "bench";
/// What PostgREST exposes: ours, and those that are measured beside it.
const SCHEMAS: &str = "public, plpgsql, three_round_trips";
/// The longest path of a Unix socket that every system takes, less the socket's own name.
const LONGEST_SOCKET_FOLDER: usize = 80;

const PARTS: [&str; 8] = [
    "booking",
    "refund",
    "quote",
    "postgrest",
    "hot-set",
    "growth",
    "rls",
    "ledger",
];

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
    /// A reduced form of every part in under three minutes; results and report go to target/bench/quick
    #[arg(long)]
    pub quick: bool,
    /// Only this part; may be repeated
    #[arg(long, value_name = "PART", value_parser = PARTS)]
    pub only: Vec<String>,
    /// Sizes of the tables for the part on growth, in sessions
    #[arg(long, value_name = "SESSIONS", value_delimiter = ',')]
    pub sizes: Vec<u64>,
    /// Only write the report anew from the results that are there
    #[arg(long)]
    pub report: bool,
}

/// How much is measured, in the program's own words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pace {
    Full,
    Quick,
    Smoke,
}

impl Pace {
    fn word(self) -> &'static str {
        match self {
            Pace::Full => "full",
            Pace::Quick => "quick",
            Pace::Smoke => "smoke",
        }
    }

    /// How the library is built that is measured; where nothing is timed, as the other suites build it.
    fn build(self) -> &'static str {
        match self {
            Pace::Smoke => "test",
            _ => RELEASE,
        }
    }
}

/// Where results and report go: only a full run writes to those that are committed.
struct Destination {
    results: PathBuf,
    documents: PathBuf,
}

impl Destination {
    fn of(workspace: &Workspace, pace: Pace) -> Self {
        match pace {
            Pace::Full => Self {
                results: workspace.path("bench/results"),
                documents: workspace.path("docs"),
            },
            _ => Self::below(&workspace.path("target/bench").join(pace.word())),
        }
    }

    fn below(folder: &Path) -> Self {
        Self {
            results: folder.join("results"),
            documents: folder.to_path_buf(),
        }
    }

    fn report(&self, workspace: &Workspace) -> Result<()> {
        let mut report = program(workspace);
        report.arg("report").arg("--results").arg(&self.results);
        report.arg("--documents").arg(&self.documents);
        process::run(&mut report)
    }
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let progress = Progress::start();
    let pace = if options.quick { Pace::Quick } else { Pace::Full };
    let destination = Destination::of(workspace, pace);
    if !options.report {
        measure(workspace, &progress, &destination, pace, options)?;
    }
    build(workspace, &progress)?;
    destination.report(workspace)?;
    progress.step(&format!(
        "the report is {}",
        destination.documents.join("benchmark.md").display()
    ));
    Ok(())
}

fn measure(
    workspace: &Workspace,
    progress: &Progress,
    destination: &Destination,
    pace: Pace,
    options: &Options,
) -> Result<()> {
    let source = Source::look(workspace);
    let tools = provision::tools(workspace, Edition::DEFAULT, progress)?;
    let postgrest = provision::postgrest(workspace, progress)?;
    build(workspace, progress)?;
    let parent = workspace.server_directory(ServerUser::detect()?)?;
    let directory = RunDirectory::create(&parent)?;
    progress.step("building the extension, optimised …");
    let is_release = pace.build() == RELEASE;
    let tree = PrivateTree::build(workspace, &tools, &directory.path().join("postgres"), is_release)?;
    progress.step("starting Postgres and filling the tables …");
    let arena = Arena::start(workspace, &tree, directory.path(), pace)?;
    progress.step("measuring …");
    arena.measure(&postgrest, destination, &source, options)
}

/// Everything once, on a server with an extension that is built already: whether the contenders do the same work,
/// and whether every part measures and is reported.
pub fn smoke(workspace: &Workspace, tree: &PrivateTree, postgrest: &Path, directory: &Path) -> Result<bool> {
    std::fs::create_dir_all(directory)?;
    let arena = Arena::start(workspace, tree, directory, Pace::Smoke)?;
    let mut check = program(workspace);
    check.args(["smoke", &arena.connection]);
    if !check.status()?.success() {
        return Ok(false);
    }
    let destination = Destination::below(&directory.join("report"));
    let options = Options {
        quick: false,
        only: Vec::new(),
        sizes: Vec::new(),
        report: false,
    };
    arena.measure(postgrest, &destination, &Source::look(workspace), &options)?;
    destination.report(workspace)?;
    Ok(destination.documents.join("benchmark.md").is_file())
}

/// Builds the program that measures.
pub fn build(workspace: &Workspace, progress: &Progress) -> Result<()> {
    progress.step("building the benchmark …");
    let mut cargo = process::command("cargo");
    cargo.current_dir(workspace.root());
    cargo.args(["build", "--quiet", "--package", PACKAGE, "--profile", PROFILE]);
    process::run(&mut cargo)
}

/// Runs the tests of its arithmetic; true when they pass.
pub fn test(workspace: &Workspace) -> Result<bool> {
    let mut cargo = process::command("cargo");
    cargo.current_dir(workspace.root());
    cargo.args(["test", "--quiet", "--package", PACKAGE, "--profile", PROFILE]);
    Ok(cargo.status()?.success())
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
    pace: Pace,
}

impl<'run> Arena<'run> {
    /// Starts it and fills the tables of all contenders.
    fn start(
        workspace: &'run Workspace,
        tree: &PrivateTree,
        directory: &'run Path,
        pace: Pace,
    ) -> Result<Self> {
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
        let arena = Self {
            workspace,
            connection: format!("host={host} port={} user=postgres", cluster.port),
            cluster,
            directory,
            pace,
        };
        let mut furnish = program(workspace);
        furnish.args(["furnish", &arena.connection, "--pace", pace.word()]);
        process::run(&mut furnish)?;
        Ok(arena)
    }

    fn measure(
        &self,
        postgrest: &Path,
        destination: &Destination,
        source: &Source,
        options: &Options,
    ) -> Result<()> {
        let api = Postgrest::start_on_schemas(
            postgrest,
            &self.cluster,
            DATABASE,
            SCHEMAS,
            self.directory,
            Lifetime::Run,
        )?;
        let mut measure = program(self.workspace);
        measure.args(["measure", &self.connection, "--pace", self.pace.word()]);
        measure.arg("--results").arg(&destination.results);
        measure.args(["--build", self.pace.build()]);
        source.tell(&mut measure);
        measure.env("PEER_EXCHANGE_URL", &api.url);
        measure.env("PEER_EXCHANGE_JWT_SECRET", &api.jwt_secret);
        for part in &options.only {
            measure.args(["--only", part]);
        }
        if !options.sizes.is_empty() {
            let sizes: Vec<String> = options.sizes.iter().map(u64::to_string).collect();
            measure.args(["--sizes", &sizes.join(",")]);
        }
        process::run(&mut measure)
    }
}
