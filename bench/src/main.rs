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

mod bytes;
mod clerk;
mod contest;
mod http;
mod part;
mod peer;
mod progress;
mod record;
mod server_time;
mod slots;
mod statistics;
mod teller;
mod world;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use tokio_postgres::Config;

use crate::part::{Bench, Part, SMALL_LOAD};
use crate::progress::Progress;
use crate::record::Shelf;
use crate::world::Population;

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
    },
    /// Measures the parts and keeps the results as JSON
    Measure {
        #[command(flatten)]
        server: Server,
        /// Where the results go
        #[arg(long)]
        results: PathBuf,
        /// A reduced form of every part
        #[arg(long)]
        quick: bool,
        /// These parts alone
        #[arg(long)]
        only: Vec<Part>,
        /// Sizes of the tables for the part on growth, in sessions, the smallest first
        #[arg(long, value_delimiter = ',')]
        sizes: Vec<u64>,
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

const SIZES: [u64; 3] = [10_000, 1_000_000, 5_000_000];
const QUICK_SIZES: [u64; 2] = [10_000, 50_000];

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
        Command::Furnish { server } => {
            world::furnish_all(&server.config()?, Population::FULL, SMALL_LOAD).await
        }
        Command::Measure {
            server,
            results,
            quick,
            only,
            sizes,
        } => {
            let usual: &[u64] = if quick { &QUICK_SIZES } else { &SIZES };
            let mut bench = Bench {
                config: server.config()?,
                shelf: Shelf::open(&results, quick)?,
                progress: Progress::start(0),
                is_quick: quick,
                sizes: if sizes.is_empty() { usual.to_vec() } else { sizes },
            };
            bench.measure(&only).await
        }
    }
}
