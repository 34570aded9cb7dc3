//! `get_practitioner_credit_cost` beside its peers.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::{Bench, clients_in_words};
use crate::clerk::{Clerk, Errand};
use crate::contest::{self, Contender};
use crate::peer::Peer;
use crate::record::{Content, Contest};
use crate::server_time::{self, Subject};
use crate::teller::mark;
use crate::world::{DATABASE, World};

const PART: &str = "quote";
const ROUNDS: u32 = 5;
const ROUND: Duration = Duration::from_secs(1);
const BLOCKS: u32 = 20;
const CALLS: u32 = 200;
const PEERS: [Peer; 4] = [Peer::Library, Peer::Plpgsql, Peer::ThreeRoundTrips, Peer::Floor];

pub fn steps(bench: &Bench) -> u64 {
    let rounds = u64::from(bench.plan(ROUNDS, ROUND).rounds);
    PEERS.len() as u64 * (rounds * bench.clients().len() as u64 + u64::from(bench.pick(BLOCKS, 3, 1)))
}

pub async fn measure(bench: &Bench) -> Result<()> {
    let world = World::visit(&bench.config, DATABASE).await?;
    for clients in bench.clients().iter().copied() {
        race(bench, &world, clients).await?;
    }
    time(bench, &world).await
}

async fn race(bench: &Bench, world: &World, clients: usize) -> Result<()> {
    let at_once = clients_in_words(clients);
    bench.progress.announce(&format!("quotes, {at_once}"));
    let mut contenders = Vec::new();
    for peer in PEERS {
        let errands = (0..clients as u64).map(Errand::quote);
        let contender = Clerk::contender(world, peer, true, errands).await?;
        contenders.push(Contender {
            title: title(peer).to_owned(),
            ..contender
        });
    }
    let plan = bench.plan(ROUNDS, ROUND);
    let played = contest::play(&mut contenders, plan, clients as u64, &bench.progress).await?;
    bench.shelf.keep(
        PART,
        &format!("quote-{clients}-clients"),
        &format!("Quotes of {at_once} at once"),
        &[
            ("clients", json!(clients)),
            ("rounds", json!(plan.rounds)),
            ("seconds_a_round", json!(plan.round.as_secs_f64())),
        ],
        Content::Contest(Contest::of(Peer::Plpgsql.key(), &contenders, played)),
    )
}

async fn time(bench: &Bench, world: &World) -> Result<()> {
    bench.progress.announce("quotes, server time");
    let observer = world.connect("public").await?;
    let mut subjects = Vec::new();
    for peer in PEERS {
        subjects.push(Subject {
            key: peer.key().to_owned(),
            title: title(peer).to_owned(),
            mark: mark(peer, PART),
            worker: Clerk::open(world, peer, true, Errand::quote(0)).await?,
        });
    }
    let (blocks, calls) = (bench.pick(BLOCKS, 3, 1), bench.pick(CALLS, CALLS, 5));
    let baseline = Peer::Plpgsql.key();
    let series =
        server_time::compare(&observer, &mut subjects, baseline, blocks, calls, &bench.progress).await?;
    bench.shelf.keep(
        PART,
        "quote-server-time",
        "Server time of a quote, one client",
        &[("blocks", json!(blocks)), ("calls_a_block", json!(calls))],
        Content::Series(series),
    )
}

fn title(peer: Peer) -> &'static str {
    match peer {
        Peer::Floor => "floor: the bare query",
        _ => peer.title(),
    }
}
