//! `create_peer_booking` beside its peers: throughput and latency, server time, and what it writes.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::{Bench, clients_in_words};
use crate::bytes::Scale;
use crate::clerk::{Clerk, Errand, Supply};
use crate::contest;
use crate::peer::{self, Peer};
use crate::record::{Content, Contest, FigureRow, Figures};
use crate::server_time::{self, Subject};
use crate::slots::Slots;
use crate::teller::mark;
use crate::world::{DATABASE, World};

const PART: &str = "booking";
const ROUNDS: u32 = 7;
const ROUND: Duration = Duration::from_secs(2);
const BLOCKS: u32 = 30;
const CALLS: u32 = 100;
/// What a booking writes to.
const TABLES: [&str; 4] = [
    "client_sessions",
    "credits",
    "credit_transactions",
    "notifications",
];

pub fn steps(bench: &Bench) -> u64 {
    let peers = peer::ALL.len() as u64;
    let rounds = u64::from(bench.plan(ROUNDS, ROUND).rounds);
    let configurations = 2 * bench.clients().len() as u64;
    peers * (rounds * configurations + u64::from(bench.pick(BLOCKS, 3, 1)) + 1)
}

pub async fn measure(bench: &Bench) -> Result<()> {
    let world = World::visit(&bench.config, DATABASE).await?;
    let supplies: Vec<Supply> = peer::ALL
        .iter()
        .map(|_| Supply::of(Slots::of_practitioners(world.population.practitioners)))
        .collect();
    // First, while the tables are as they were loaded: many clients at once extend them by more than they fill.
    weigh(bench, &world, &supplies).await?;
    for is_synchronous in [true, false] {
        for clients in bench.clients().iter().copied() {
            race(bench, &world, &supplies, is_synchronous, clients).await?;
        }
    }
    time(bench, &world, &supplies).await
}

async fn race(
    bench: &Bench,
    world: &World,
    supplies: &[Supply],
    is_synchronous: bool,
    clients: usize,
) -> Result<()> {
    let setting = if is_synchronous { "on" } else { "off" };
    let at_once = clients_in_words(clients);
    bench
        .progress
        .announce(&format!("bookings, {at_once}, synchronous_commit {setting}"));
    let mut contenders = Vec::new();
    for (peer, supply) in peer::ALL.into_iter().zip(supplies) {
        let errands = (0..clients).map(|_| Errand::Book(supply.clone()));
        contenders.push(Clerk::contender(world, peer, is_synchronous, errands).await?);
    }
    let plan = bench.plan(ROUNDS, ROUND);
    let played = contest::play(&mut contenders, plan, clients as u64, &bench.progress).await?;
    bench.shelf.keep(
        PART,
        &format!("booking-{clients}-clients-synchronous-commit-{setting}"),
        &format!("Bookings of {at_once} at once, synchronous_commit {setting}"),
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
    let (blocks, calls) = (bench.pick(BLOCKS, 3, 1), bench.pick(CALLS, CALLS, 5));
    let series = server_time::compare(
        &observer,
        &mut subjects,
        Peer::Floor.key(),
        blocks,
        calls,
        &bench.progress,
    )
    .await?;
    bench.shelf.keep(
        PART,
        "booking-server-time",
        "Server time of a booking, one client",
        &[("blocks", json!(blocks)), ("calls_a_block", json!(calls))],
        Content::Series(series),
    )
}

/// Bytes of log and of disk, counted over bookings of one client.
async fn weigh(bench: &Bench, world: &World, supplies: &[Supply]) -> Result<()> {
    let bookings = bench.pick(3_000, 200, 10);
    let observer = world.connect("public").await?;
    let mut rows = Vec::new();
    for (peer, supply) in peer::ALL.into_iter().zip(supplies) {
        bench
            .progress
            .announce(&format!("bytes of a booking, {}", peer.title()));
        let mut clerk = Clerk::open(world, peer, false, Errand::Book(supply.clone())).await?;
        let figures = Scale::of(&observer, peer.schema(), &TABLES, &mark(peer, PART))
            .weigh(&mut clerk, bookings)
            .await?;
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
