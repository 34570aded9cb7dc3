//! Many clients among few people: who waits for whom, and whether anybody gives up.

use std::time::Duration;

use anyhow::Result;
use serde_json::{Map, json};

use super::{Bench, HOT_RING, ONE_PRACTITIONER};
use crate::contender::Contender;
use crate::contest;
use crate::record::{Content, Contest};
use crate::slots::Slots;
use crate::supply::Supply;
use crate::task::Task;
use crate::worker::DatabaseWorker;
use crate::world::{DATABASE, World};

const PART: &str = "hot-set";
const ROUNDS: u32 = 5;
const ROUND: Duration = Duration::from_secs(4);
const CONTENDERS: [Contender; 3] = [Contender::Library, Contender::Plpgsql, Contender::ThreeRoundTrips];

pub fn steps(bench: &Bench) -> u64 {
    u64::from(bench.plan(ROUNDS, ROUND).rounds) * CONTENDERS.len() as u64 * 2
}

pub async fn measure(bench: &Bench) -> Result<()> {
    let world = World::visit(&bench.config, DATABASE).await?;
    let first = world.population.practitioners;
    let ring = Slots::of_few(first + HOT_RING.start, HOT_RING.len());
    let among_ten = |supply: &Supply, _| Task::Book(supply.clone());
    race(bench, &world, "ten-people", "among 10 people", ring, among_ten).await?;
    let of_one = |supply: &Supply, number| Task::BookOne {
        supply: supply.clone(),
        client: first + ONE_PRACTITIONER + 1 + number,
        practitioner: first + ONE_PRACTITIONER,
    };
    let title = "all with one practitioner";
    race(bench, &world, "one-practitioner", title, ring, of_one).await
}

async fn race(
    bench: &Bench,
    world: &World,
    name: &str,
    among: &str,
    slots: Slots,
    task: impl Fn(&Supply, usize) -> Task,
) -> Result<()> {
    let clients = bench.pick(32, 32, 4);
    let title = format!("{clients} clients, {among}");
    bench.progress.announce(&title);
    let mut participants = Vec::new();
    let mut orphans_before = Vec::new();
    for contender in CONTENDERS {
        let supply = Supply::of(slots);
        let tasks: Vec<Task> = (0..clients).map(|number| task(&supply, number)).collect();
        participants.push(DatabaseWorker::participant(world, contender, true, tasks).await?);
        orphans_before.push(orphans(world, contender).await?);
    }
    let plan = bench.plan(ROUNDS, ROUND);
    let played = contest::play(&mut participants, plan, 1, &bench.progress).await?;
    let mut left_behind = Map::new();
    for (contender, before) in CONTENDERS.into_iter().zip(orphans_before) {
        let count = orphans(world, contender).await? - before;
        left_behind.insert(contender.key().to_owned(), json!(count));
    }
    bench.results.keep(
        PART,
        &format!("hot-set-{name}"),
        &title,
        &[
            ("clients", json!(clients)),
            ("rounds", json!(plan.rounds)),
            ("seconds_a_round", json!(plan.round.as_secs_f64())),
            ("orphans", left_behind.into()),
        ],
        Content::Contest(Contest::of(Contender::Plpgsql.key(), &participants, played)),
    );
    Ok(())
}

/// Contender sessions that nobody has paid for.
async fn orphans(world: &World, contender: Contender) -> Result<i64> {
    let row = world
        .connect(contender.schema())
        .await?
        .query_one(
            "select count(*) from client_sessions as session \
              where session.is_peer_booking \
                and not exists (select from credit_transactions as entry where entry.session_id = session.id)",
            &[],
        )
        .await?;
    Ok(row.get(0))
}
