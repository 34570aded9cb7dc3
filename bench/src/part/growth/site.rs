//! A database of one size, the connections to it, and what was measured there.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use hdrhistogram::Histogram;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio_postgres::Client;

use super::CONTENDER;
use super::operation::{OPERATIONS, Operation};
use super::reader::Reader;
use crate::client::{BookingClient, Outcome, Paid};
use crate::contest::microseconds;
use crate::part::thousands;
use crate::processor_time::Backend;
use crate::server_cost::{Meter, ServerCost};
use crate::slots::{BookingRequest, Slots};
use crate::supply::Supply;
use crate::world::World;

pub struct Site {
    pub key: String,
    pub title: String,
    pub world: World,
    pub observer: Client,
    pub supply: Supply,
    /// In the order of the operations.
    pub samples: Vec<Samples>,
    client: BookingClient,
    client_backend: Backend,
    reader: Reader,
    booked: Vec<(BookingRequest, Paid)>,
    random: StdRng,
}

/// Of one operation: a median and the server's mean cost of every block, and every call's latency.
pub struct Samples {
    pub p50: Vec<f64>,
    pub costs: Vec<ServerCost>,
    pub latency: Histogram<u64>,
}

impl Site {
    pub async fn open(world: World, size: u64) -> Result<Self> {
        let client = BookingClient::open(&world, CONTENDER).await?;
        client.synchronise(false).await?;
        let samples = OPERATIONS.iter().map(|_| Samples {
            p50: Vec::new(),
            costs: Vec::new(),
            latency: histogram(),
        });
        Ok(Self {
            key: size.to_string(),
            title: format!("{} sessions", thousands(size)),
            observer: world.connect("public").await?,
            supply: Supply::of(Slots::of_practitioners(world.population.practitioners)),
            samples: samples.collect(),
            client_backend: Backend::of(&client.connection).await?,
            client,
            reader: Reader::open(&world).await?,
            booked: Vec::new(),
            random: StdRng::seed_from_u64(1),
            world,
        })
    }

    pub fn can(&self, index: usize) -> bool {
        OPERATIONS[index].question().is_none() || self.reader.can_ask(index)
    }

    /// So many calls of one operation; those of the first block are not kept.
    pub async fn block(&mut self, index: usize, calls: usize, counts: bool) -> Result<()> {
        let mut latency = histogram();
        let cost = self.calls(index, calls, &mut latency).await?;
        if counts {
            let samples = &mut self.samples[index];
            samples.p50.push(microseconds(&latency, 0.5));
            samples.costs.push(cost.per_call(calls));
            samples.latency.add(&latency)?;
        }
        Ok(())
    }

    async fn calls(
        &mut self,
        index: usize,
        calls: usize,
        latency: &mut Histogram<u64>,
    ) -> Result<ServerCost> {
        let backend = match OPERATIONS[index].question() {
            Some(_) => self.reader.backend,
            None => self.client_backend,
        };
        let mark = OPERATIONS[index].mark();
        let before = Meter::of(&self.observer, backend, &mark).read().await?;
        for _ in 0..calls {
            let took = self.perform(index).await?;
            latency.record(u64::try_from(took.as_nanos())?)?;
        }
        Ok(Meter::of(&self.observer, backend, &mark).read().await? - before)
    }

    async fn perform(&mut self, index: usize) -> Result<Duration> {
        match OPERATIONS[index] {
            Operation::Booking => self.book().await,
            Operation::RefusedBooking => self.book_what_is_taken().await,
            Operation::Refund => self.refund().await,
            _ => self.reader.ask(&self.world, index).await,
        }
    }

    async fn book(&mut self) -> Result<Duration> {
        let request = self.supply.take();
        let asked = Instant::now();
        let outcome = self.client.book(&request).await?;
        let took = asked.elapsed();
        let Outcome::Done(Some(id)) = outcome else {
            anyhow::bail!("a booking that should have been accepted: {outcome:?}");
        };
        let paid = Paid {
            id,
            client_id: self.world.people[request.client].id,
            practitioner_id: self.world.people[request.practitioner].id,
            credit_cost: request.duration_minutes,
        };
        self.booked.push((request, paid));
        Ok(took)
    }

    /// The slot of a session that was booked before, by somebody else.
    async fn book_what_is_taken(&mut self) -> Result<Duration> {
        let (mut request, _) = self.booked[self.random.random_range(0..self.booked.len())];
        request.client = (request.practitioner + self.world.population.practitioners / 2)
            % self.world.population.practitioners;
        let asked = Instant::now();
        let outcome = self.client.book(&request).await?;
        let took = asked.elapsed();
        ensure!(
            outcome == Outcome::Refused("SLOT_CONFLICT".to_owned()),
            "a booking that should have been refused: {outcome:?}"
        );
        Ok(took)
    }

    async fn refund(&mut self) -> Result<Duration> {
        let (_, paid) = self.booked.pop().expect("booked in the block before");
        let asked = Instant::now();
        let outcome = self.client.refund(&paid).await?;
        let took = asked.elapsed();
        ensure!(
            matches!(outcome, Outcome::Done(_)),
            "a refund that should have been accepted: {outcome:?}"
        );
        Ok(took)
    }
}

fn histogram() -> Histogram<u64> {
    Histogram::new(3).expect("three digits are few enough")
}
