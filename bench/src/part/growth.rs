//! The same operations at different sizes of the tables, side by side in databases of one server.

mod operation;
mod reader;
mod site;

use anyhow::Result;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde_json::json;

use self::operation::{OPERATIONS, Operation};
use self::site::Site;
use super::{Bench, costs};
use crate::bytes::Scale;
use crate::client::mark;
use crate::contender::Contender;
use crate::contest::microseconds;
use crate::record::{Content, FigureRow, Figures, Series, Values};
use crate::server_cost::Costs;
use crate::task::Task;
use crate::worker::DatabaseWorker;
use crate::world::{Load, World};

const PART: &str = "growth";
const CONTENDER: Contender = Contender::Library;
const BLOCKS: u32 = 12;
/// Peer bookings among the sessions, in percent.
const SHARES: [u8; 2] = [2, ALL_PEER];
/// Of the databases that this part makes, those with as many peer bookings are kept for the part on row-level security.
pub const ALL_PEER: u8 = 100;
/// What is written at once; what is read at once.
const WRITES: usize = 200;
const READS: usize = 50;
const TABLES: [&str; 4] = [
    "client_sessions",
    "credits",
    "credit_transactions",
    "notifications",
];

pub fn steps(bench: &Bench) -> u64 {
    // Loading counts as much as measuring.
    (u64::from(blocks(bench)) + u64::from(BLOCKS)) * (SHARES.len() * bench.sizes.len()) as u64
}

fn blocks(bench: &Bench) -> u32 {
    bench.pick(BLOCKS, 2, 1)
}

pub async fn measure(bench: &Bench) -> Result<()> {
    for share in SHARES {
        let mut sites = Vec::new();
        for size in &bench.sizes {
            let world = world(bench, *size, share).await?;
            for _ in 0..BLOCKS {
                bench.progress.advance();
            }
            sites.push(Site::open(world, *size).await?);
        }
        compare(bench, &mut sites, share).await?;
        weigh(bench, &sites, share).await?;
        if share != ALL_PEER {
            for site in sites {
                site.world.drop_database().await?;
            }
        }
    }
    Ok(())
}

/// The database of so many sessions, of which so many percent are peer bookings; made where it is missing.
pub async fn world(bench: &Bench, size: u64, share: u8) -> Result<World> {
    let database = format!("growth_{size}_{share}");
    if let Ok(world) = World::visit(&bench.config, &database).await {
        return Ok(world);
    }
    bench.progress.announce(&format!(
        "loading {size} sessions, {share} % of them peer bookings"
    ));
    let load = Load {
        sessions: size,
        peer_percent: share,
        notifications: 1,
    };
    World::create(
        &bench.config,
        &database,
        bench.pace.population(),
        load,
        &[CONTENDER],
    )
    .await?;
    World::visit(&bench.config, &database).await
}

async fn compare(bench: &Bench, sites: &mut [Site], share: u8) -> Result<()> {
    bench.progress.announce(&format!(
        "sizes side by side, {share} % of the sessions are peer bookings"
    ));
    let mut order: Vec<usize> = (0..sites.len()).collect();
    let mut random = StdRng::seed_from_u64(share.into());
    for block in 0..=blocks(bench) {
        for (index, operation) in OPERATIONS.into_iter().enumerate() {
            order.shuffle(&mut random);
            for site in &order {
                if sites[*site].can(index) {
                    // The first block fills caches and settles plans.
                    sites[*site]
                        .block(index, calls(bench, operation), block > 0)
                        .await?;
                }
            }
        }
        if block > 0 {
            for _ in 0..sites.len() {
                bench.progress.advance();
            }
        }
    }
    for (index, operation) in OPERATIONS.into_iter().enumerate() {
        if sites.iter().all(|site| site.can(index)) {
            keep(bench, sites, share, index, operation);
        }
    }
    Ok(())
}

/// How often a block does it.
fn calls(bench: &Bench, operation: Operation) -> usize {
    match operation.question() {
        Some(_) => bench.pick(READS, READS, 5),
        None => bench.pick(WRITES, WRITES, 5),
    }
}

fn keep(bench: &Bench, sites: &[Site], share: u8, index: usize, operation: Operation) {
    let baseline = sites.first().map(|site| site.key.clone()).unwrap_or_default();
    let name = format!("growth-{share}-percent-{}", operation.key());
    let parameters = [
        ("peer_percent", json!(share)),
        ("blocks", json!(blocks(bench))),
        ("operation", json!(operation.key())),
    ];
    let latency = sites.iter().map(|site| Values {
        key: site.key.clone(),
        title: site.title.clone(),
        values: site.samples[index].p50.clone(),
        p99: Some(microseconds(&site.samples[index].latency, 0.99)),
    });
    bench.results.keep(
        PART,
        &name,
        &format!("Latency of {}", operation.title()),
        &parameters,
        Content::Series(Series::of("µs", &baseline, latency.collect())),
    );
    let costs = sites.iter().map(|site| Costs {
        key: site.key.clone(),
        title: site.title.clone(),
        blocks: site.samples[index].costs.clone(),
    });
    let names = costs::Operation {
        part: PART,
        name: &name,
        title: operation.title(),
        baseline: &baseline,
    };
    costs::keep(bench, &names, &parameters, &costs.collect::<Vec<_>>());
}

/// Log and disk of a booking at every size, and what the tables take.
async fn weigh(bench: &Bench, sites: &[Site], share: u8) -> Result<()> {
    let bookings = bench.pick(3_000, 200, 10);
    let mut rows = Vec::new();
    for site in sites {
        bench
            .progress
            .announce(&format!("bytes of a booking at {}", site.title));
        let task = Task::Book(site.supply.clone());
        let mut worker = DatabaseWorker::open(&site.world, CONTENDER, false, task).await?;
        let booking_mark = mark(CONTENDER, "booking");
        let scale = Scale::of(&site.observer, CONTENDER.schema(), &TABLES, &booking_mark);
        rows.push(FigureRow {
            contender: site.key.clone(),
            title: site.title.clone(),
            figures: scale.weigh(&mut worker, bookings).await?,
        });
    }
    bench.results.keep(
        PART,
        &format!("growth-{share}-percent-booking-bytes"),
        "Bytes of a booking: write-ahead log and disk",
        &[("peer_percent", json!(share)), ("bookings", json!(bookings))],
        Content::Figures(Figures { rows }),
    );
    Ok(())
}
