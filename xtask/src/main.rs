//! `cargo xtask`: the commands that need more than cargo, namely a Postgres server, a PostgREST and
//! the packages that both come from. One machine, no containers, nothing installed outside `target/`
//! except missing system packages.

mod bench;
mod demo;
mod kept;
mod optimised_program;
mod package;
mod postgres;
mod postgrest;
mod process;
mod progress;
mod provision;
mod run_directory;
mod server;
mod server_user;
mod stage;
mod stress;
mod suites;
mod upgrade;
mod web_demo;
mod web_page;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::postgres::{Edition, Editions};
use crate::workspace::Workspace;

#[derive(Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    about = "Shows and tests peer_exchange"
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Plays out a story of peer bookings on a real Postgres and a real PostgREST
    Demo {
        /// Leave both servers running afterwards, and say how to reach them
        #[arg(long)]
        keep: bool,
        /// Serve the Credits page instead, with people to sign in as, until Ctrl-C
        #[arg(long, conflicts_with = "keep")]
        web: bool,
        #[command(flatten)]
        edition: Edition,
        /// Build the extension optimised (slower to build)
        #[arg(long)]
        release: bool,
    },
    /// Runs every test suite, or those that NAME picks
    Test {
        /// Part of the name of a suite or of a test
        name: Option<String>,
        #[command(flatten)]
        editions: Editions,
        /// Make what the regress and isolation tests and the pages of the documentation print now, on
        /// Debian's Postgres, the expected output
        #[arg(long, conflicts_with_all = ["versions", "assertions"])]
        bless: bool,
        /// Build the extension optimised (slower to build)
        #[arg(long)]
        release: bool,
    },
    /// The whole check of a submission: everything on PostgreSQL 15, and on every other version what may differ there
    Check,
    /// Puts a seeded load on a server, with crashes or a failover if asked for, and audits the outcome
    Stress {
        #[command(flatten)]
        edition: Edition,
        #[command(flatten)]
        options: stress::Options,
    },
    /// Throws random arguments at every function, through SQL and through PostgREST
    #[command(alias = "hostile")]
    Fuzz {
        #[command(flatten)]
        edition: Edition,
        #[command(flatten)]
        extent: suites::fuzz::Extent,
    },
    /// Adopts an application of millions of sessions by steps, while its people go on working
    Adoption {
        #[command(flatten)]
        edition: Edition,
        #[command(flatten)]
        extent: suites::adoption::Extent,
    },
    /// Takes the screenshots of the Credits page that the README shows
    Pictures,
    /// Makes a Debian package for each version of PostgreSQL asked for, a folder for CloudNativePG (from 18
    /// on), and the source for PGXN, in target/packages
    Package(package::Options),
    /// Benchmarks bookings against what they replace, and writes results and a report
    Bench(bench::Options),
    /// Stops the servers that `demo --keep` left running
    Stop,
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether the task did what it was asked to do; `Err` when it could not even try.
fn perform(task: Task) -> anyhow::Result<bool> {
    let workspace = Workspace::locate()?;
    match task {
        Task::Demo {
            web: true,
            edition,
            release,
            ..
        } => web_demo::serve(&workspace, edition, release).map(|()| true),
        Task::Demo {
            keep,
            edition,
            release,
            ..
        } => demo::run(&workspace, edition, keep, release).map(|()| true),
        Task::Test {
            name,
            editions,
            bless,
            release,
        } => {
            let run = |edition| suites::Options {
                name: name.clone(),
                edition,
                scope: suites::Scope::Everything,
                bless,
                release,
            };
            let runs: Vec<_> = editions.each().into_iter().map(run).collect();
            suites::run(&workspace, &runs)
        }
        Task::Check => suites::check(&workspace),
        Task::Stress { edition, options } => stress::run(&workspace, edition, &options),
        Task::Fuzz { edition, extent } => suites::fuzz::run(&workspace, edition, extent),
        Task::Adoption { edition, extent } => suites::adoption::run(&workspace, edition, extent),
        Task::Pictures => web_demo::take_pictures(&workspace).map(|()| true),
        Task::Package(options) => suites::packages::make_and_check(&workspace, &options),
        Task::Bench(options) => bench::run(&workspace, &options).map(|()| true),
        Task::Stop => {
            let stopped = kept::stop(&workspace)?;
            println!(
                "{}",
                if stopped {
                    "The demo servers are stopped."
                } else {
                    "Nothing was running."
                }
            );
            Ok(true)
        }
    }
}
