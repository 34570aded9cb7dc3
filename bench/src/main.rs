//! Measures peer_exchange beside what it replaces, what it could be written as, and the least that it must do.
//!
//! | module        | what it alone knows                                        |
//! |---------------|------------------------------------------------------------|
//! | `part`        | the parts of the benchmark                                 |
//! | `contest`     | rounds in turns: throughput and latency                    |
//! | `http`        | the same through PostgREST                                 |
//! | `bytes`       | bytes of log and disk                                      |
//! | `server_time` | blocks in turns: what pg_stat_statements counts            |
//! | `peer`        | who is measured; their SQL stands in `peers/`              |
//! | `teller`      | one connection that works in the way of one peer           |
//! | `clerk`       | what a connection does again and again                     |
//! | `slots`       | who books whom when                                        |
//! | `world`       | databases, people and sessions, from `sql/world.sql`       |
//! | `statistics`  | medians, quartiles, paired ratios                          |
//! | `record`      | the JSON of results                                        |
//! | `machine`     | what was measured on                                       |
//! | `report`      | `docs/benchmark.md` and its plots, from the results        |
//! | `smoke`       | whether the contenders do the same work                    |

mod bytes;
mod clerk;
mod contest;
mod http;
mod machine;
mod part;
mod peer;
mod progress;
mod record;
mod report;
mod server_time;
mod slots;
mod smoke;
mod statistics;
mod teller;
mod world;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use tokio_postgres::Config;

use crate::machine::Machine;
use crate::part::{Bench, Pace, Part};
use crate::progress::Progress;
use crate::record::Shelf;

#[derive(Parser)]
#[command(about = "Measures peer_exchange beside its peers")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes the database of all contenders
    Furnish {
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
        /// Where the results go
        #[arg(long)]
        results: PathBuf,
        #[arg(long, default_value = "full")]
        pace: Pace,
        /// These parts alone
        #[arg(long)]
        only: Vec<Part>,
        /// Sizes of the tables for the part on growth, in sessions, the smallest first
        #[arg(long, value_delimiter = ',')]
        sizes: Vec<u64>,
    },
    /// Writes the report from the results that are there
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
    /// How to reach the server as a superuser, in libpq's words, without a database
    connection: String,
}

impl Server {
    fn config(&self) -> Result<Config> {
        self.connection
            .parse()
            .context("the connection string is no good")
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
        Command::Furnish { server, pace } => {
            world::furnish_all(&server.config()?, pace.population(), pace.load()).await
        }
        Command::Report { results, documents } => report::write(&results, &documents),
        Command::Smoke { server } => smoke::check(&server.config()?).await,
        Command::Measure {
            server,
            results,
            pace,
            only,
            sizes,
        } => {
            let mut bench = Bench {
                config: server.config()?,
                shelf: Shelf::open(&results, pace != Pace::Full)?,
                progress: Progress::start(0),
                pace,
                sizes: if sizes.is_empty() {
                    pace.sizes().to_vec()
                } else {
                    sizes
                },
            };
            let machine = Machine::look(&bench.config).await?;
            bench.shelf.write(report::MACHINE, &machine)?;
            bench.measure(&only).await
        }
    }
}
