//! `process_peer_booking_refund` beside its contenders, on sessions that were loaded for it.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::{Bench, clients_in_words, costs};
use crate::client::Paid;
use crate::contender::Contender;
use crate::contest::{self, Plan};
use crate::record::{Content, Contest};
use crate::server_cost::{self, Subject};
use crate::task::{PaidSessions, Task};
use crate::worker::DatabaseWorker;
use crate::world::{DATABASE, World};

const PART: &str = "refund";
const ROUNDS: u32 = 5;
const ROUND: Duration = Duration::from_millis(1_500);
const BLOCKS: u32 = 60;
const CALLS: u32 = 100;
/// More refunds a second than anybody makes here.
const MOST_A_SECOND: f64 = 6_000.0;
const CONTENDERS: [Contender; 4] = [
    Contender::Library,
    Contender::Plpgsql,
    Contender::ThreeRoundTrips,
    Contender::Floor,
];

pub fn steps(bench: &Bench) -> u64 {
    let rounds = u64::from(bench.plan(ROUNDS, ROUND).rounds);
    CONTENDERS.len() as u64
        * (rounds * 2 * bench.clients().len() as u64 + u64::from(bench.pick(BLOCKS, 10, 1)))
}

/// Sessions of one contender that are paid for; loaded again before they run out.
struct Stock {
    contender: Contender,
    sessions: PaidSessions,
    next: u64,
}

impl Stock {
    async fn fill(&mut self, world: &World, wanted: usize) -> Result<()> {
        let left = self.sessions.lock().expect("nobody panics here").len();
        if left >= wanted {
            return Ok(());
        }
        let missing = (wanted - left) as u64;
        world.load_paid(self.contender, self.next, missing).await?;
        self.next += missing;
        let found = paid_sessions(world, self.contender).await?;
        *self.sessions.lock().expect("nobody panics here") = found;
        Ok(())
    }
}

/// Those that were loaded and not refunded yet.
async fn paid_sessions(world: &World, contender: Contender) -> Result<Vec<Paid>> {
    let rows = world
        .connect(contender.schema())
        .await?
        .query(
            "select id, client_id, therapist_id, credit_cost from client_sessions \
              where is_peer_booking and status::text = 'scheduled' and extract(hour from start_time)::integer % 2 = 1 \
              order by md5(id::text)",
            &[],
        )
        .await?;
    Ok(rows
        .iter()
        .map(|row| Paid {
            id: row.get(0),
            client_id: row.get(1),
            practitioner_id: row.get(2),
            credit_cost: row.get(3),
        })
        .collect())
}

pub async fn measure(bench: &Bench) -> Result<()> {
    let world = World::visit(&bench.config, DATABASE).await?;
    let mut stocks = CONTENDERS.map(|contender| Stock {
        contender,
        sessions: Arc::default(),
        next: bench.pace.load().upcoming(),
    });
    for is_synchronous in [true, false] {
        for clients in bench.clients().iter().copied() {
            race(bench, &world, &mut stocks, is_synchronous, clients).await?;
        }
    }
    time(bench, &world, &mut stocks).await
}

async fn race(
    bench: &Bench,
    world: &World,
    stocks: &mut [Stock],
    is_synchronous: bool,
    clients: usize,
) -> Result<()> {
    let setting = if is_synchronous { "on" } else { "off" };
    let at_once = clients_in_words(clients);
    bench
        .progress
        .announce(&format!("refunds, {at_once}, synchronous_commit {setting}"));
    let plan = bench.plan(ROUNDS, ROUND);
    let mut participants = Vec::new();
    for stock in stocks {
        stock.fill(world, enough_for(plan)).await?;
        let tasks = (0..clients).map(|_| Task::Refund(Arc::clone(&stock.sessions)));
        participants.push(DatabaseWorker::participant(world, stock.contender, is_synchronous, tasks).await?);
    }
    let played = contest::play(&mut participants, plan, clients as u64, &bench.progress).await?;
    bench.results.keep(
        PART,
        &format!("refund-{clients}-clients-synchronous-commit-{setting}"),
        &format!("Refunds of {at_once} at once, synchronous_commit {setting}"),
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

fn enough_for(plan: Plan) -> usize {
    (MOST_A_SECOND * plan.round.as_secs_f64() * f64::from(plan.rounds + 1)) as usize
}

async fn time(bench: &Bench, world: &World, stocks: &mut [Stock]) -> Result<()> {
    bench.progress.announce("refunds, processor time");
    let observer = world.connect("public").await?;
    let (blocks, calls) = (bench.pick(BLOCKS, 10, 1), bench.pick(CALLS, CALLS, 5));
    let mut subjects = Vec::new();
    for stock in stocks {
        stock.fill(world, ((blocks + 1) * calls) as usize).await?;
        let task = Task::Refund(Arc::clone(&stock.sessions));
        let worker = DatabaseWorker::open(world, stock.contender, false, task).await?;
        subjects.push(Subject::of(stock.contender, stock.contender.title(), PART, worker).await?);
    }
    let costs = server_cost::compare(&observer, &mut subjects, blocks, calls, &bench.progress).await?;
    let operation = costs::Operation {
        part: PART,
        name: PART,
        title: "a refund, one client",
        baseline: Contender::Floor.key(),
    };
    let parameters = [("blocks", json!(blocks)), ("calls_a_block", json!(calls))];
    costs::keep(bench, &operation, &parameters, &costs);
    Ok(())
}
