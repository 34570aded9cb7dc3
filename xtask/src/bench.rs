//! `cargo xtask bench`: builds everything optimised, starts a cluster of its own and measures on it.

mod bench_server;
mod source;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use self::bench_server::BenchServer;
use self::source::Source;
use crate::optimised_program::OptimisedProgram;
use crate::postgres::{Edition, PrivateTree};
use crate::progress::Progress;
use crate::provision;
use crate::run_directory::RunDirectory;
use crate::server_user::ServerUser;
use crate::workspace::Workspace;

const PROGRAM: OptimisedProgram = OptimisedProgram {
    package: "peer_exchange_bench",
};
/// Only the library as people install it says anything about its speed.
const RELEASE: &str = "release";
const PARTS: [&str; 9] = [
    "booking",
    "refund",
    "quote",
    "postgrest",
    "hot-set",
    "growth",
    "rls",
    "ledger",
    "jobs",
];

#[derive(Args, Clone)]
pub struct Options {
    /// A reduced form of every part in under three minutes; results and report go to target/bench/quick
    #[arg(long)]
    pub quick: bool,
    /// Measure only this part; may be repeated
    #[arg(long, value_name = "PART", value_parser = PARTS)]
    pub only: Vec<String>,
    /// Table sizes for the part on growth, in sessions
    #[arg(long, value_name = "SESSIONS", value_delimiter = ',')]
    pub sizes: Vec<u64>,
    /// Only rewrite the report, from the existing results
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

    /// How the measured library is built; where nothing is timed, as the other suites build it.
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
        let mut report = PROGRAM.command(workspace);
        report.arg("report").arg("--results").arg(&self.results);
        report.arg("--documents").arg(&self.documents);
        crate::process::run(&mut report)
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
    let server = BenchServer::start(workspace, &tree, directory.path(), pace)?;
    progress.step("measuring …");
    server.measure(&postgrest, destination, &source, options)
}

/// Everything once, on a server whose extension is already built: whether the contenders do the same work,
/// and whether every part measures and is reported.
pub fn smoke(workspace: &Workspace, tree: &PrivateTree, postgrest: &Path, directory: &Path) -> Result<bool> {
    std::fs::create_dir_all(directory)?;
    let server = BenchServer::start(workspace, tree, directory, Pace::Smoke)?;
    let mut check = PROGRAM.command(workspace);
    check.args(["smoke", &server.connection]);
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
    server.measure(postgrest, &destination, &Source::look(workspace), &options)?;
    destination.report(workspace)?;
    Ok(destination.documents.join("benchmark.md").is_file())
}

/// Builds the program that measures.
pub fn build(workspace: &Workspace, progress: &Progress) -> Result<()> {
    progress.step("building the benchmark …");
    PROGRAM.build(workspace)
}

/// Runs the tests of its arithmetic; true when they pass.
pub fn test(workspace: &Workspace) -> Result<bool> {
    PROGRAM.test(workspace)
}
