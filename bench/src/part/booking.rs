//! `create_peer_booking` beside its contenders: throughput and latency, what it costs the server, and what it writes.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::{Bench, clients_in_words, costs};
use crate::bytes::Scale;
use crate::client::mark;
use crate::contender::{self, Contender};
use crate::contest;
use crate::record::{Content, Contest, FigureRow, Figures};
use crate::server_cost::{self, Subject};
use crate::slots::Slots;
use crate::supply::Supply;
use crate::task::Task;
use crate::worker::DatabaseWorker;
use crate::world::{DATABASE, World};

const PART: &str = "booking";
const ROUNDS: u32 = 7;
const ROUND: Duration = Duration::from_secs(2);
const BLOCKS: u32 = 60;
const CALLS: u32 = 100;
/// What a booking writes to.
const TABLES: [&str; 4] = [
    "client_sessions",
    "credits",
    "credit_transactions",
    "notifications",
];

pub fn steps(bench: &Bench) -> u64 {
    let contenders = contender::ALL.len() as u64;
    let rounds = u64::from(bench.plan(ROUNDS, ROUND).rounds);
    let configurations = 2 * bench.clients().len() as u64;
    contenders * (rounds * configurations + u64::from(bench.pick(BLOCKS, 10, 1)) + 1)
}

pub async fn measure(bench: &Bench) -> Result<()> {
    let world = World::visit(&bench.config, DATABASE).await?;
    let supplies: Vec<Supply> = contender::ALL
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
    let mut participants = Vec::new();
    for (contender, supply) in contender::ALL.into_iter().zip(supplies) {
        let tasks = (0..clients).map(|_| Task::Book(supply.clone()));
        participants.push(DatabaseWorker::participant(world, contender, is_synchronous, tasks).await?);
    }
    let plan = bench.plan(ROUNDS, ROUND);
    let played = contest::play(&mut participants, plan, clients as u64, &bench.progress).await?;
    bench.results.keep(
        PART,
        &format!("booking-{clients}-clients-synchronous-commit-{setting}"),
        &format!("Bookings of {at_once} at once, synchronous_commit {setting}"),
        &[
            ("clients", json!(clients)),
            ("synchronous_commit", json!(setting)),
            ("rounds", json!(plan.rounds)),
            ("seconds_a_round", json!(plan.round.as_secs_f64())),
        ],
        Content::Contest(Contest::of(Contender::Plpgsql.key(), &participants, played)),
    );
    Ok(())
}

async fn time(bench: &Bench, world: &World, supplies: &[Supply]) -> Result<()> {
    bench.progress.announce("bookings, processor time");
    let observer = world.connect("public").await?;
    let mut subjects = Vec::new();
    for (contender, supply) in contender::ALL.into_iter().zip(supplies) {
        let worker = DatabaseWorker::open(world, contender, false, Task::Book(supply.clone())).await?;
        subjects.push(Subject::of(contender, contender.title(), PART, worker).await?);
    }
    let (blocks, calls) = (bench.pick(BLOCKS, 10, 1), bench.pick(CALLS, CALLS, 5));
    let costs = server_cost::compare(&observer, &mut subjects, blocks, calls, &bench.progress).await?;
    let operation = costs::Operation {
        part: PART,
        name: PART,
        title: "a booking, one client",
        baseline: Contender::Floor.key(),
    };
    let parameters = [("blocks", json!(blocks)), ("calls_a_block", json!(calls))];
    costs::keep(bench, &operation, &parameters, &costs);
    Ok(())
}

/// Bytes of log and of disk, counted over bookings of one client.
async fn weigh(bench: &Bench, world: &World, supplies: &[Supply]) -> Result<()> {
    let bookings = bench.pick(3_000, 200, 10);
    let observer = world.connect("public").await?;
    let mut rows = Vec::new();
    for (contender, supply) in contender::ALL.into_iter().zip(supplies) {
        bench
            .progress
            .announce(&format!("bytes of a booking, {}", contender.title()));
        let mut worker = DatabaseWorker::open(world, contender, false, Task::Book(supply.clone())).await?;
        let figures = Scale::of(&observer, contender.schema(), &TABLES, &mark(contender, PART))
            .weigh(&mut worker, bookings)
            .await?;
        rows.push(FigureRow {
            contender: contender.key().to_owned(),
            title: contender.title().to_owned(),
            figures,
        });
        bench.progress.advance();
    }
    bench.results.keep(
        PART,
        "booking-bytes",
        "Bytes of a booking: write-ahead log and disk",
        &[("bookings", json!(bookings))],
        Content::Figures(Figures { rows }),
    );
    Ok(())
}
