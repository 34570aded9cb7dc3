//! Measures peer_exchange beside what it replaces, what it could be written as, and the least that it must do.
//!
//! | module                 | what it alone knows                                        |
//! |------------------------|------------------------------------------------------------|
//! | `part`                 | the parts of the benchmark                                 |
//! | `contest`              | rounds in turns: throughput and latency                    |
//! | `server_cost`          | blocks in turns: what a call costs the server              |
//! | `processor_time`       | what the kernel counts for a connection's process          |
//! | `statement_statistics` | what pg_stat_statements counts                             |
//! | `bytes`                | bytes of log and disk                                      |
//! | `contender`            | who is measured; their SQL stands in `contenders/`         |
//! | `client`               | one connection that works in the way of one contender      |
//! | `worker`               | who does one thing after the other                         |
//! | `http`                 | the same through PostgREST                                 |
//! | `task`                 | what a worker does again and again                         |
//! | `slots`                | who books whom when                                        |
//! | `supply`               | slots that nobody was given yet                            |
//! | `world`                | databases, people and sessions, from `sql/world.sql`       |
//! | `statistics`           | medians, quartiles, paired ratios                          |
//! | `record`               | one measurement                                            |
//! | `results`              | the files that measurements are kept in                    |
//! | `origin`               | which library was measured, in which server                |
//! | `machine`              | what was measured on                                       |
//! | `report`               | `docs/benchmark.md` and its plots, from the results        |
//! | `smoke`                | whether the contenders do the same work                    |

mod bytes;
mod client;
mod contender;
mod contest;
mod http;
mod machine;
mod origin;
mod part;
mod processor_time;
mod record;
mod report;
mod results;
mod round_progress;
mod server_cost;
mod slots;
mod smoke;
mod statement_statistics;
mod statistics;
mod supply;
mod task;
mod worker;
mod world;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use tokio_postgres::Config;

use crate::machine::Machine;
use crate::origin::{Origin, Source};
use crate::part::{Bench, Pace, Part};
use crate::processor_time::Backend;
use crate::results::Results;
use crate::round_progress::RoundProgress;

#[derive(Parser)]
#[command(about = "Benchmarks peer_exchange against its contenders")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes the database of all contenders
    Prepare {
        #[command(flatten)]
        server: Server,
        #[arg(long, default_value = "full")]
        pace: Pace,
    },
    /// Checks that the contenders do the same work
    Smoke {
        #[command(flatten)]
        server: Server,
    },
    /// Measures the parts and keeps the results as JSON
    Measure {
        #[command(flatten)]
        server: Server,
        #[command(flatten)]
        source: Source,
        /// Where the results go
        #[arg(long)]
        results: PathBuf,
        #[arg(long, default_value = "full")]
        pace: Pace,
        /// Only these parts
        #[arg(long)]
        only: Vec<Part>,
        /// Table sizes for the part on growth, in sessions, smallest first
        #[arg(long, value_delimiter = ',')]
        sizes: Vec<u64>,
    },
    /// Writes the report from the existing results
    Report {
        #[arg(long)]
        results: PathBuf,
        /// Where benchmark.md and its plots go
        #[arg(long)]
        documents: PathBuf,
    },
}

#[derive(Args)]
struct Server {
    /// libpq connection string of a superuser, without a database
    connection: String,
}

impl Server {
    fn config(&self) -> Result<Config> {
        self.connection
            .parse()
            .context("the connection string is invalid")
    }
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(perform(arguments.command))
}

async fn perform(command: Command) -> Result<()> {
    match command {
        Command::Prepare { server, pace } => {
            world::prepare_all(&server.config()?, pace.population(), pace.load()).await
        }
        Command::Report { results, documents } => report::write(&results, &documents),
        Command::Smoke { server } => smoke::check(&server.config()?).await,
        Command::Measure {
            server,
            source,
            results,
            pace,
            only,
            sizes,
        } => {
            let config = server.config()?;
            let bench = Bench {
                results: Results::open(&results, pace != Pace::Full, Origin::of(source, &config).await?)?,
                progress: RoundProgress::start(0),
                pace,
                sizes: if sizes.is_empty() {
                    pace.sizes().to_vec()
                } else {
                    sizes
                },
                config,
            };
            measure(bench, &only).await
        }
    }
}

async fn measure(mut bench: Bench, only: &[Part]) -> Result<()> {
    // Better now than after half an hour.
    let client = world::connect(&bench.config, "postgres", "public").await?;
    Backend::of(&client).await?.processor_us()?;
    bench
        .results
        .write_machine(&Machine::look(&bench.config).await?)?;
    bench.measure(only).await
}
