//! Through PostgREST, as clients really call: one request for a booking against the three that it replaces.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::{Bench, clients_in_words};
use crate::contender::Contender;
use crate::contest;
use crate::http::{Api, HttpWorker};
use crate::record::{Content, Contest};
use crate::slots::Slots;
use crate::supply::Supply;
use crate::worker::Participant;
use crate::world::{DATABASE, World};

const PART: &str = "postgrest";
const ROUNDS: u32 = 6;
const ROUND: Duration = Duration::from_secs(2);
const CONTENDERS: [Contender; 3] = [Contender::Library, Contender::Plpgsql, Contender::ThreeRoundTrips];

pub fn steps(bench: &Bench) -> u64 {
    u64::from(bench.plan(ROUNDS, ROUND).rounds) * (CONTENDERS.len() * bench.clients().len()) as u64
}

pub async fn measure(bench: &Bench) -> Result<()> {
    let world = World::visit(&bench.config, DATABASE).await?;
    let api = Api::from_environment()?;
    // The part on bookings may have used the same slots before: begin in the middle of what is left.
    let supplies =
        CONTENDERS.map(|_| Supply::second_half_of(Slots::of_practitioners(world.population.practitioners)));
    for clients in bench.clients().iter().copied() {
        let at_once = clients_in_words(clients);
        bench
            .progress
            .announce(&format!("bookings through PostgREST, {at_once}"));
        let mut participants = Vec::new();
        for (contender, supply) in CONTENDERS.into_iter().zip(&supplies) {
            let mut workers = Vec::new();
            for _ in 0..clients {
                workers.push(HttpWorker::open(&api, contender, &world.people, supply).await?);
            }
            participants.push(Participant {
                key: contender.key().to_owned(),
                title: contender.title().to_owned(),
                workers,
            });
        }
        let plan = bench.plan(ROUNDS, ROUND);
        let played = contest::play(&mut participants, plan, clients as u64, &bench.progress).await?;
        bench.results.keep(
            PART,
            &format!("postgrest-{clients}-clients"),
            &format!("Bookings through PostgREST, {at_once} at once"),
            &[
                ("clients", json!(clients)),
                ("rounds", json!(plan.rounds)),
                ("seconds_a_round", json!(plan.round.as_secs_f64())),
            ],
            Content::Contest(Contest::of(
                Contender::ThreeRoundTrips.key(),
                &participants,
                played,
            )),
        );
    }
    Ok(())
}
