//! Credit transfers beside a double-entry ledger of this field.
//!
//! A transfer there is a movement between two accounts and nothing else. Here a movement never stands alone:
//! a grant moves one balance, a booking two and makes a session and four messages besides. So none of the
//! three is the same work; what can be compared is said in the report.

use std::time::Duration;

use anyhow::Result;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;
use tokio_postgres::{Client, Statement};
use uuid::Uuid;

use super::{Bench, LEDGER_FIFTY, LEDGER_TEN};
use crate::bytes::Scale;
use crate::client::{Outcome, mark, outcome};
use crate::contender::Contender;
use crate::contest;
use crate::record::{Content, Contest, FigureRow, Figures};
use crate::slots::Slots;
use crate::supply::Supply;
use crate::task::Task;
use crate::worker::Participant;
use crate::worker::{DatabaseWorker, Worker};
use crate::world::{DATABASE, World};

const PART: &str = "ledger";
const ROUNDS: u32 = 5;
const ROUND: Duration = Duration::from_secs(2);
const WORKERS: usize = 20;
const LEDGER: &str = include_str!("../../contenders/ledger.sql");
const TRANSFER_MARK: &str = "/* bench ledger transfer */";
const GRANT_MARK: &str = "/* bench peer_exchange grant */";

pub fn steps(bench: &Bench) -> u64 {
    u64::from(bench.plan(ROUNDS, ROUND).rounds) * 3 * 2 + 3
}

/// What one connection of this part does.
enum Mover {
    Transfer {
        client: Client,
        statement: Statement,
        accounts: Vec<Uuid>,
        random: StdRng,
    },
    Grant {
        client: Client,
        statement: Statement,
        people: Vec<Uuid>,
        random: StdRng,
    },
    Book(Box<DatabaseWorker>),
}

impl Worker for Mover {
    async fn work(&mut self) -> Result<Outcome> {
        match self {
            Mover::Transfer {
                client,
                statement,
                accounts,
                random,
            } => {
                let from = random.random_range(0..accounts.len());
                let to = (from + random.random_range(1..accounts.len())) % accounts.len();
                let moved = client
                    .query_one(&*statement, &[&accounts[from], &accounts[to]])
                    .await;
                outcome(moved.map(|_| Outcome::Done(None)))
            }
            Mover::Grant {
                client,
                statement,
                people,
                random,
            } => {
                let person = people[random.random_range(0..people.len())];
                let granted = client.query_one(&*statement, &[&person]).await;
                outcome(granted.map(|_| Outcome::Done(None)))
            }
            Mover::Book(worker) => worker.work().await,
        }
    }
}

pub async fn measure(bench: &Bench) -> Result<()> {
    let world = World::visit(&bench.config, DATABASE).await?;
    world
        .connect("public")
        .await?
        .batch_execute(&format!(
            "create schema if not exists ledger; set search_path = ledger; {LEDGER}"
        ))
        .await?;
    let fifty = Place::of(&world, LEDGER_FIFTY).await?;
    race(bench, &world, &fifty).await?;
    race(bench, &world, &Place::of(&world, LEDGER_TEN).await?).await?;
    weigh(bench, &world, &fifty).await
}

/// The accounts that transfers are made between, and the people that bookings are made between.
struct Place {
    accounts: Vec<Uuid>,
    people: Vec<Uuid>,
    supply: Supply,
}

impl Place {
    async fn of(world: &World, hot: std::ops::Range<usize>) -> Result<Self> {
        let rows = world
            .connect("ledger")
            .await?
            .query(
                "insert into accounts (name, currency) select 'Account ' || n, 'credits' \
                   from generate_series(1, $1::bigint) as n returning id",
                &[&(hot.len() as i64)],
            )
            .await?;
        let first = world.population.practitioners + hot.start;
        Ok(Self {
            accounts: rows.iter().map(|row| row.get(0)).collect(),
            people: world.people[first..first + hot.len()]
                .iter()
                .map(|person| person.id)
                .collect(),
            supply: Supply::of(Slots::of_few(first, hot.len())),
        })
    }

    async fn transfer(&self, world: &World, seed: u64) -> Result<Mover> {
        let client = world.connect("ledger").await?;
        let text = format!("select ledger.create_transfer($1, $2, 1) {TRANSFER_MARK}");
        Ok(Mover::Transfer {
            statement: client.prepare(&text).await?,
            client,
            accounts: self.accounts.clone(),
            random: StdRng::seed_from_u64(seed),
        })
    }

    async fn grant(&self, world: &World, seed: u64) -> Result<Mover> {
        let client = world.connect("public").await?;
        let text = format!("select peer_exchange.grant_credits($1, 1, 'Allocation')::text {GRANT_MARK}");
        Ok(Mover::Grant {
            statement: client.prepare(&text).await?,
            client,
            people: self.people.clone(),
            random: StdRng::seed_from_u64(seed),
        })
    }

    async fn booking(&self, world: &World) -> Result<Mover> {
        let task = Task::Book(self.supply.clone());
        let worker = DatabaseWorker::open(world, Contender::Library, true, task).await?;
        Ok(Mover::Book(Box::new(worker)))
    }

    /// One worker of each kind.
    async fn movers(&self, world: &World, seed: u64) -> Result<[Mover; 3]> {
        Ok([
            self.transfer(world, seed).await?,
            self.grant(world, seed).await?,
            self.booking(world).await?,
        ])
    }
}

const KINDS: [(&str, &str); 3] = [
    ("ledger", "double-entry ledger: a transfer"),
    ("grant", "peer_exchange: a grant"),
    ("booking", "peer_exchange: a whole booking"),
];

async fn race(bench: &Bench, world: &World, place: &Place) -> Result<()> {
    let accounts = place.accounts.len();
    bench
        .progress
        .announce(&format!("movements, {WORKERS} workers on {accounts} accounts"));
    let mut participants = KINDS.map(|(key, title)| Participant {
        key: key.to_owned(),
        title: title.to_owned(),
        workers: Vec::new(),
    });
    for seed in 0..WORKERS as u64 {
        for (participant, mover) in participants.iter_mut().zip(place.movers(world, seed).await?) {
            participant.workers.push(mover);
        }
    }
    let plan = bench.plan(ROUNDS, ROUND);
    let played = contest::play(&mut participants, plan, accounts as u64, &bench.progress).await?;
    bench.results.keep(
        PART,
        &format!("ledger-{accounts}-accounts"),
        &format!("Movements of credits, {WORKERS} workers on {accounts} accounts"),
        &[
            ("accounts", json!(accounts)),
            ("workers", json!(WORKERS)),
            ("rounds", json!(plan.rounds)),
        ],
        Content::Contest(Contest::of("ledger", &participants, played)),
    );
    Ok(())
}

async fn weigh(bench: &Bench, world: &World, place: &Place) -> Result<()> {
    let movements = bench.pick(3_000, 200, 10);
    let observer = world.connect("public").await?;
    let booking_mark = mark(Contender::Library, "booking");
    let ours: &[&str] = &["credits", "credit_transactions"];
    let scales = [
        Scale::of(
            &observer,
            "ledger",
            &["accounts", "transfers", "entries"],
            TRANSFER_MARK,
        ),
        Scale::of(&observer, "public", ours, GRANT_MARK),
        Scale::of(&observer, "public", ours, &booking_mark),
    ];
    let mut rows = Vec::new();
    for (((key, title), scale), mut mover) in
        KINDS.into_iter().zip(scales).zip(place.movers(world, 99).await?)
    {
        bench.progress.announce(&format!("bytes of a movement, {title}"));
        rows.push(FigureRow {
            contender: key.to_owned(),
            title: title.to_owned(),
            figures: scale.weigh(&mut mover, movements).await?,
        });
        bench.progress.advance();
    }
    bench.results.keep(
        PART,
        "ledger-bytes",
        "Bytes of a movement: write-ahead log, and disk of the ledger's tables alone",
        &[("movements", json!(movements))],
        Content::Figures(Figures { rows }),
    );
    Ok(())
}
