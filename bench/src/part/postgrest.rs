//! Through PostgREST, as clients really call: one request for a booking against the three that it replaces.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::{Bench, clients_in_words};
use crate::clerk::Supply;
use crate::contest::{self, Contender};
use crate::http::{Api, HttpClerk};
use crate::peer::Peer;
use crate::record::{Content, Contest};
use crate::slots::Slots;
use crate::world::{DATABASE, World};

const PART: &str = "postgrest";
const ROUNDS: u32 = 6;
const ROUND: Duration = Duration::from_secs(2);
const PEERS: [Peer; 3] = [Peer::Library, Peer::Plpgsql, Peer::ThreeRoundTrips];

pub fn steps(bench: &Bench) -> u64 {
    u64::from(bench.plan(ROUNDS, ROUND).rounds) * (PEERS.len() * bench.clients().len()) as u64
}

pub async fn measure(bench: &Bench) -> Result<()> {
    let world = World::visit(&bench.config, DATABASE).await?;
    let api = Api::from_environment()?;
    // The part on bookings may have used the same slots before: begin in the middle of what is left.
    let supplies =
        PEERS.map(|_| Supply::second_half_of(Slots::of_practitioners(world.population.practitioners)));
    for clients in bench.clients().iter().copied() {
        let at_once = clients_in_words(clients);
        bench
            .progress
            .announce(&format!("bookings through PostgREST, {at_once}"));
        let mut contenders = Vec::new();
        for (peer, supply) in PEERS.into_iter().zip(&supplies) {
            let mut workers = Vec::new();
            for _ in 0..clients {
                workers.push(HttpClerk::open(&api, peer, &world.people, supply).await?);
            }
            contenders.push(Contender {
                key: peer.key().to_owned(),
                title: peer.title().to_owned(),
                workers,
            });
        }
        let plan = bench.plan(ROUNDS, ROUND);
        let played = contest::play(&mut contenders, plan, clients as u64, &bench.progress).await?;
        bench.shelf.keep(
            PART,
            &format!("postgrest-{clients}-clients"),
            &format!("Bookings through PostgREST, {at_once} at once"),
            &[
                ("clients", json!(clients)),
                ("rounds", json!(plan.rounds)),
                ("seconds_a_round", json!(plan.round.as_secs_f64())),
            ],
            Content::Contest(Contest::of(Peer::ThreeRoundTrips.key(), &contenders, played)),
        )?;
    }
    Ok(())
}
