//! `cargo xtask`: the commands that need more than cargo, namely a Postgres server, a PostgREST and
//! the packages that both come from. One machine, no containers, nothing installed outside `target/`
//! except missing system packages.

mod bench;
mod build_output;
mod clock;
mod demo;
mod gateway;
mod interruption;
mod kept;
mod moment;
mod operations;
mod optimised_program;
mod package;
mod postgres;
mod postgrest;
mod process;
mod processes;
mod progress;
mod provision;
mod run_directory;
mod server;
mod server_user;
mod stage;
mod stress;
mod suites;
mod typed_client;
mod upgrade;
mod web_demo;
mod web_page;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::postgres::Edition;
use crate::progress::Progress;
use crate::workspace::Workspace;

#[derive(Parser)]
#[command(
    name = "xtask",
    bin_name = "cargo xtask",
    about = "Shows and tests peer_exchange"
)]
struct Arguments {
    /// Show what cargo prints while it builds, even where there is no terminal
    #[arg(long, global = true)]
    verbose: bool,
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
        kept: kept::Name,
        #[command(flatten)]
        edition: Edition,
        /// Build the extension optimised (slower to build)
        #[arg(long)]
        release: bool,
    },
    /// Runs everything on PostgreSQL 15 and, on every other version, the suites in which it may differ; or all that has
    /// NAME in its name, on 15 or the versions asked for
    Test(suites::Choice),
    /// Runs what `test` does on one Postgres
    #[command(hide = true)]
    TestPart(suites::Assignment),
    /// Puts a seeded load on a server, with crashes or a failover if asked for, and audits the outcome
    Stress {
        #[command(flatten)]
        edition: Edition,
        #[command(flatten)]
        options: stress::Options,
    },
    /// Runs the load by way of PgBouncer, and on a cluster that Patroni keeps, whose leader hands over and dies
    Operations {
        #[command(flatten)]
        edition: Edition,
        #[command(flatten)]
        options: operations::Options,
    },
    /// Throws random arguments at every function, through SQL and through PostgREST
    Fuzz {
        #[command(flatten)]
        edition: Edition,
        #[command(flatten)]
        extent: suites::fuzz::Calls,
    },
    /// Puts values that nobody would want into one person's rows, and compares what everybody else is answered
    Hostile {
        #[command(flatten)]
        edition: Edition,
        #[command(flatten)]
        extent: suites::fuzz::BadRows,
    },
    /// Adopts an application of millions of sessions by steps, while its people go on working
    Adoption {
        #[command(flatten)]
        edition: Edition,
        #[command(flatten)]
        extent: suites::adoption::Extent,
    },
    /// Runs what depends on the clock on servers that live at other moments: the turn of a week or a year, changes
    /// of clocks
    Moments {
        #[command(flatten)]
        edition: Edition,
        #[command(flatten)]
        extent: suites::moments::Extent,
    },
    /// Takes the screenshots of the Credits page that the README shows
    Pictures,
    /// Makes a Debian package for each version of PostgreSQL asked for, a folder for CloudNativePG (from 18
    /// on), and the source for PGXN, in target/packages
    Package(package::Options),
    /// Benchmarks bookings against what they replace, and writes results and a report
    Bench(bench::Options),
    /// Stops the servers that `demo --keep` left running
    Stop {
        #[command(flatten)]
        kept: kept::Name,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.verbose {
        build_output::show();
    }
    let outcome = perform(arguments.task);
    interruption::begin_nothing_more();
    match outcome {
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
    interruption::watch()?;
    match task {
        Task::Demo {
            keep,
            web,
            kept,
            edition,
            release,
        } => {
            let plan = demo::Plan {
                workspace: &workspace,
                progress: &Progress::start(),
                edition,
                release,
            };
            match (keep, web) {
                (true, _) => demo::keep(&plan, &kept),
                (_, true) => web_demo::serve(&plan),
                _ => demo::run(&plan),
            }
            .map(|()| true)
        }
        Task::Test(choice) => suites::run(&workspace, &choice),
        Task::TestPart(assignment) => suites::perform(&workspace, assignment),
        Task::Stress { edition, options } => stress::run(&workspace, edition, &options),
        Task::Operations { edition, options } => operations::run(&workspace, edition, &options),
        Task::Fuzz { edition, extent } => suites::fuzz::call(&workspace, edition, extent),
        Task::Hostile { edition, extent } => suites::fuzz::spoil_rows(&workspace, edition, extent),
        Task::Adoption { edition, extent } => suites::adoption::run(&workspace, edition, extent),
        Task::Moments { edition, extent } => suites::moments::run(&workspace, edition, extent),
        Task::Pictures => web_demo::take_pictures(&workspace).map(|()| true),
        Task::Package(options) => suites::packages::make_and_check(&workspace, &options),
        Task::Bench(options) => bench::run(&workspace, &options).map(|()| true),
        Task::Stop { kept } => {
            let stopped = kept::stop(&workspace, &kept)?;
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
