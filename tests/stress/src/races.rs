//! As many clients as there are accept one request at the same moment: one booking, and everybody is told of it.

use anyhow::{Context, Result};
use tokio_postgres::Config;
use uuid::Uuid;

use crate::answer::Answer;
use crate::generator::request;
use crate::history::{Call, Clock, Span};
use crate::operation::{Caller, Operation, Request, SessionRequest, Settlement, Slot};
use crate::wire::Wire;

const ROUNDS: u64 = 5;
/// Right after the days on which everybody else books.
const FIRST_DAY: i32 = 3;
/// Under which number it makes its calls.
const CLIENT: u64 = u64::MAX - 1;

pub async fn run(config: &Config, clock: Clock, founders: &[Uuid], clients: u64) -> Result<Vec<Call>> {
    let mut wires = Vec::new();
    for _ in 0..clients {
        wires.push(Wire::connect(config).await.context("cannot connect")?);
    }
    let mut calls = Vec::new();
    for round in 0..ROUNDS {
        let step = round * (clients + 1);
        let asked = perform(&mut wires[0], clock, ask(round, founders), step).await?;
        let Answer::Booked(booked) = asked.answer else {
            anyhow::bail!("nothing to accept: {asked:?}");
        };
        let accept = request(
            Caller::Person(founders[1]),
            Operation::Accept {
                session: booked.session,
            },
        );
        calls.push(asked);
        let racers = wires.into_iter().zip(step + 1..).map(|(mut wire, step)| {
            let accept = accept.clone();
            tokio::spawn(async move {
                perform(&mut wire, clock, accept, step)
                    .await
                    .map(|call| (wire, call))
            })
        });
        let racers: Vec<_> = racers.collect();
        wires = Vec::new();
        for racer in racers {
            let (wire, call) = racer.await.context("a racer panicked")??;
            wires.push(wire);
            calls.push(call);
        }
    }
    println!("  {clients} clients accepted one request at once, {ROUNDS} times");
    Ok(calls)
}

fn ask(round: u64, founders: &[Uuid]) -> Request {
    let label = format!("race {round}");
    let wanted = SessionRequest {
        key: Some(format!("key {label}")),
        label,
        client: founders[0],
        practitioner: founders[1],
        slot: Slot {
            day: FIRST_DAY + i32::try_from(round).expect("a few rounds"),
            minute: 10 * 60,
            duration: 30,
        },
        product: None,
        settlement: Settlement::Booking,
        asks_first: true,
    };
    request(Caller::Person(wanted.client), Operation::Book(wanted))
}

async fn perform(wire: &mut Wire, clock: Clock, request: Request, step: u64) -> Result<Call> {
    let from = clock.now();
    let answer = wire.perform(&request, &Call::name_of(CLIENT, step)).await;
    Ok(Call {
        client: CLIENT,
        step,
        span: Span {
            from,
            to: clock.now(),
        },
        attempts: 1,
        request,
        answer: answer.ok().context("the server is gone")?,
    })
}
