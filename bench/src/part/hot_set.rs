//! Many clients among few people: who waits for whom, and whether anybody gives up.

use std::time::Duration;

use anyhow::Result;
use serde_json::{Map, json};

use super::{Bench, HOT_RING, ONE_PRACTITIONER};
use crate::clerk::{Clerk, Errand, Supply};
use crate::contest;
use crate::peer::Peer;
use crate::record::{Content, Contest};
use crate::slots::Slots;
use crate::world::{DATABASE, World};

const PART: &str = "hot-set";
const ROUNDS: u32 = 5;
const ROUND: Duration = Duration::from_secs(4);
const PEERS: [Peer; 3] = [Peer::Library, Peer::Plpgsql, Peer::ThreeRoundTrips];

pub fn steps(bench: &Bench) -> u64 {
    u64::from(bench.plan(ROUNDS, ROUND).rounds) * PEERS.len() as u64 * 2
}

pub async fn measure(bench: &Bench) -> Result<()> {
    let world = World::visit(&bench.config, DATABASE).await?;
    let first = world.population.practitioners;
    let ring = Slots::of_few(first + HOT_RING.start, HOT_RING.len());
    let among_ten = |supply: &Supply, _| Errand::Book(supply.clone());
    race(bench, &world, "ten-people", "among 10 people", ring, among_ten).await?;
    let of_one = |supply: &Supply, number| Errand::BookOne {
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
    errand: impl Fn(&Supply, usize) -> Errand,
) -> Result<()> {
    let clients = bench.pick(32, 32, 4);
    let title = format!("{clients} clients, {among}");
    bench.progress.announce(&title);
    let mut contenders = Vec::new();
    let mut orphans_before = Vec::new();
    for peer in PEERS {
        let supply = Supply::of(slots);
        let errands: Vec<Errand> = (0..clients).map(|number| errand(&supply, number)).collect();
        contenders.push(Clerk::contender(world, peer, true, errands).await?);
        orphans_before.push(orphans(world, peer).await?);
    }
    let plan = bench.plan(ROUNDS, ROUND);
    let played = contest::play(&mut contenders, plan, 1, &bench.progress).await?;
    let mut left_behind = Map::new();
    for (peer, before) in PEERS.into_iter().zip(orphans_before) {
        let count = orphans(world, peer).await? - before;
        left_behind.insert(peer.key().to_owned(), json!(count));
    }
    bench.shelf.keep(
        PART,
        &format!("hot-set-{name}"),
        &title,
        &[
            ("clients", json!(clients)),
            ("rounds", json!(plan.rounds)),
            ("seconds_a_round", json!(plan.round.as_secs_f64())),
            ("orphans", left_behind.into()),
        ],
        Content::Contest(Contest::of(Peer::Plpgsql.key(), &contenders, played)),
    )
}

/// Peer sessions that nobody has paid for.
async fn orphans(world: &World, peer: Peer) -> Result<i64> {
    let row = world
        .connect(peer.schema())
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
