//! `create_peer_booking` beside its peers: throughput and latency, server time, and what it writes.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use tokio_postgres::Client;

use super::{Bench, CLIENTS};
use crate::clerk::{Clerk, Errand, Supply};
use crate::contest::{self, Contender, Worker};
use crate::peer::{self, Peer};
use crate::record::{Content, Contest, FigureRow, Figures};
use crate::server_time::{self, Spent, Subject};
use crate::slots::Slots;
use crate::teller::{Outcome, mark};
use crate::world::{DATABASE, World};

const PART: &str = "booking";
const ROUNDS: u32 = 7;
const ROUND: Duration = Duration::from_secs(2);
const BLOCKS: u32 = 30;
const CALLS: u32 = 100;

pub fn steps(bench: &Bench) -> u64 {
    let peers = peer::ALL.len() as u64;
    let rounds = u64::from(bench.plan(ROUNDS, ROUND).rounds);
    let configurations = 2 * CLIENTS.len() as u64;
    peers * (rounds * configurations + u64::from(bench.either(BLOCKS, 3)) + 1)
}

pub async fn measure(bench: &Bench) -> Result<()> {
    let world = World::visit(&bench.config, DATABASE).await?;
    let supplies: Vec<Supply> = peer::ALL
        .iter()
        .map(|_| Supply::of(Slots::of_practitioners(world.population.practitioners)))
        .collect();
    for is_synchronous in [true, false] {
        for clients in CLIENTS {
            race(bench, &world, &supplies, is_synchronous, clients).await?;
        }
    }
    time(bench, &world, &supplies).await?;
    weigh(bench, &world, &supplies).await
}

async fn race(
    bench: &Bench,
    world: &World,
    supplies: &[Supply],
    is_synchronous: bool,
    clients: usize,
) -> Result<()> {
    let setting = if is_synchronous { "on" } else { "off" };
    bench.progress.announce(&format!(
        "bookings, {clients} clients, synchronous_commit {setting}"
    ));
    let mut contenders = Vec::new();
    for (peer, supply) in peer::ALL.into_iter().zip(supplies) {
        let errands = (0..clients).map(|_| Errand::Book(supply.clone()));
        contenders.push(Contender {
            key: peer.key().to_owned(),
            title: peer.title().to_owned(),
            workers: Clerk::open_all(world, peer, is_synchronous, errands).await?,
        });
    }
    let plan = bench.plan(ROUNDS, ROUND);
    let played = contest::play(&mut contenders, plan, clients as u64, &bench.progress).await?;
    bench.shelf.keep(
        PART,
        &format!("booking-{clients}-clients-synchronous-commit-{setting}"),
        &format!("Bookings of {clients} clients at once, synchronous_commit {setting}"),
        &[
            ("clients", json!(clients)),
            ("synchronous_commit", json!(setting)),
            ("rounds", json!(plan.rounds)),
            ("seconds_a_round", json!(plan.round.as_secs_f64())),
        ],
        Content::Contest(Contest::of(Peer::Plpgsql.key(), &contenders, played)),
    )
}

async fn time(bench: &Bench, world: &World, supplies: &[Supply]) -> Result<()> {
    bench.progress.announce("bookings, server time");
    let observer = world.connect("public").await?;
    let mut subjects = Vec::new();
    for (peer, supply) in peer::ALL.into_iter().zip(supplies) {
        subjects.push(Subject {
            key: peer.key().to_owned(),
            title: peer.title().to_owned(),
            mark: mark(peer, "booking"),
            worker: Clerk::open(world, peer, false, Errand::Book(supply.clone())).await?,
        });
    }
    let blocks = bench.either(BLOCKS, 3);
    let series = server_time::compare(
        &observer,
        &mut subjects,
        Peer::Floor.key(),
        blocks,
        CALLS,
        &bench.progress,
    )
    .await?;
    bench.shelf.keep(
        PART,
        "booking-server-time",
        "Server time of a booking, one client",
        &[("blocks", json!(blocks)), ("calls_a_block", json!(CALLS))],
        Content::Series(series),
    )
}

/// Bytes of log and of disk, counted over bookings of one client.
async fn weigh(bench: &Bench, world: &World, supplies: &[Supply]) -> Result<()> {
    let bookings = bench.either(5_000, 300);
    let observer = world.connect("public").await?;
    let mut rows = Vec::new();
    for (peer, supply) in peer::ALL.into_iter().zip(supplies) {
        bench
            .progress
            .announce(&format!("bytes of a booking, {}", peer.title()));
        let mut clerk = Clerk::open(world, peer, false, Errand::Book(supply.clone())).await?;
        let figures = bytes(&observer, peer, &mut clerk, bookings).await?;
        rows.push(FigureRow {
            contender: peer.key().to_owned(),
            title: peer.title().to_owned(),
            figures,
        });
        bench.progress.advance();
    }
    bench.shelf.keep(
        PART,
        "booking-bytes",
        "Bytes of a booking: write-ahead log and disk",
        &[("bookings", json!(bookings))],
        Content::Figures(Figures { rows }),
    )
}

/// Three times so many bookings: with records alone in the log, right after a checkpoint, and going on from there.
pub async fn bytes(
    observer: &Client,
    peer: Peer,
    clerk: &mut Clerk,
    bookings: u32,
) -> Result<BTreeMap<String, f64>> {
    let before = Sizes::of(observer, peer).await?;
    let each = f64::from(bookings);
    let mut figures = BTreeMap::new();
    full_page_writes(observer, false).await?;
    let (log, _) = logged(observer, peer, clerk, bookings).await?;
    figures.insert("wal_bytes_without_images".to_owned(), log / each);
    full_page_writes(observer, true).await?;
    observer.batch_execute("checkpoint").await?;
    for (name, images_name) in [
        ("wal_bytes_after_checkpoint", "images_after_checkpoint"),
        ("wal_bytes_steady", "images_steady"),
    ] {
        let (log, images) = logged(observer, peer, clerk, bookings).await?;
        figures.insert(name.to_owned(), log / each);
        figures.insert(images_name.to_owned(), images / each);
    }
    let after = Sizes::of(observer, peer).await?;
    figures.insert(
        "table_bytes".to_owned(),
        (after.tables - before.tables) / (3.0 * each),
    );
    figures.insert(
        "index_bytes".to_owned(),
        (after.indexes - before.indexes) / (3.0 * each),
    );
    Ok(figures)
}

async fn full_page_writes(observer: &Client, are_on: bool) -> Result<()> {
    let value = if are_on { "on" } else { "off" };
    observer
        .batch_execute(&format!("alter system set full_page_writes = {value}"))
        .await?;
    observer.batch_execute("select pg_reload_conf()").await?;
    // Other processes read it a moment later.
    tokio::time::sleep(Duration::from_millis(300)).await;
    Ok(())
}

/// Bytes of log inserted and full-page images taken by so many bookings.
async fn logged(observer: &Client, peer: Peer, clerk: &mut Clerk, bookings: u32) -> Result<(f64, f64)> {
    let mark = mark(peer, PART);
    let images_before = Spent::until_now(observer, &mark).await?.full_page_images;
    let before = log_position(observer).await?;
    for _ in 0..bookings {
        let outcome = clerk.work().await?;
        ensure!(
            matches!(outcome, Outcome::Done(_)),
            "{}: {outcome:?}",
            peer.title()
        );
    }
    let after = log_position(observer).await?;
    let images_after = Spent::until_now(observer, &mark).await?.full_page_images;
    Ok((after - before, images_after - images_before))
}

async fn log_position(observer: &Client) -> Result<f64> {
    let row = observer
        .query_one(
            "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8",
            &[],
        )
        .await?;
    Ok(row.get(0))
}

struct Sizes {
    tables: f64,
    indexes: f64,
}

impl Sizes {
    async fn of(observer: &Client, peer: Peer) -> Result<Self> {
        let row = observer
            .query_one(
                "select sum(pg_table_size(oid))::float8, sum(pg_indexes_size(oid))::float8 \
                   from pg_class \
                  where relnamespace = $1::text::regnamespace \
                    and relname in ('client_sessions', 'credits', 'credit_transactions', 'notifications')",
                &[&peer.schema()],
            )
            .await?;
        Ok(Self {
            tables: row.get(0),
            indexes: row.get(1),
        })
    }
}
