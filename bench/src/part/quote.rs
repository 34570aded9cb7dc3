//! `get_practitioner_credit_cost` beside its contenders.

use std::time::Duration;

use anyhow::Result;
use serde_json::json;

use super::{Bench, clients_in_words, costs};
use crate::contender::Contender;
use crate::contest;
use crate::record::{Content, Contest};
use crate::server_cost::{self, Subject};
use crate::task::Task;
use crate::worker::DatabaseWorker;
use crate::worker::Participant;
use crate::world::{DATABASE, World};

const PART: &str = "quote";
const ROUNDS: u32 = 5;
const ROUND: Duration = Duration::from_secs(1);
const BLOCKS: u32 = 20;
const CALLS: u32 = 200;
const CONTENDERS: [Contender; 4] = [
    Contender::Library,
    Contender::Plpgsql,
    Contender::ThreeRoundTrips,
    Contender::Floor,
];

pub fn steps(bench: &Bench) -> u64 {
    let rounds = u64::from(bench.plan(ROUNDS, ROUND).rounds);
    CONTENDERS.len() as u64 * (rounds * bench.clients().len() as u64 + u64::from(bench.pick(BLOCKS, 10, 1)))
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
    let mut participants = Vec::new();
    for contender in CONTENDERS {
        let tasks = (0..clients as u64).map(|seed| Task::quote(world.population.practitioners, seed));
        participants.push(Participant {
            title: title(contender).to_owned(),
            ..DatabaseWorker::participant(world, contender, true, tasks).await?
        });
    }
    let plan = bench.plan(ROUNDS, ROUND);
    let played = contest::play(&mut participants, plan, clients as u64, &bench.progress).await?;
    bench.results.keep(
        PART,
        &format!("quote-{clients}-clients"),
        &format!("Quotes of {at_once} at once"),
        &[
            ("clients", json!(clients)),
            ("rounds", json!(plan.rounds)),
            ("seconds_a_round", json!(plan.round.as_secs_f64())),
        ],
        Content::Contest(Contest::of(Contender::Plpgsql.key(), &participants, played)),
    );
    Ok(())
}

async fn time(bench: &Bench, world: &World) -> Result<()> {
    bench.progress.announce("quotes, processor time");
    let observer = world.connect("public").await?;
    let mut subjects = Vec::new();
    for contender in CONTENDERS {
        let task = Task::quote(world.population.practitioners, 0);
        let worker = DatabaseWorker::open(world, contender, true, task).await?;
        subjects.push(Subject::of(contender, title(contender), PART, worker).await?);
    }
    let (blocks, calls) = (bench.pick(BLOCKS, 10, 1), bench.pick(CALLS, CALLS, 5));
    let costs = server_cost::compare(&observer, &mut subjects, blocks, calls, &bench.progress).await?;
    let operation = costs::Operation {
        part: PART,
        name: PART,
        title: "a quote, one client",
        baseline: Contender::Plpgsql.key(),
    };
    let parameters = [("blocks", json!(blocks)), ("calls_a_block", json!(calls))];
    costs::keep(bench, &operation, &parameters, &costs);
    Ok(())
}

fn title(contender: Contender) -> &'static str {
    match contender {
        Contender::Floor => "floor: the bare query",
        _ => contender.title(),
    }
}
