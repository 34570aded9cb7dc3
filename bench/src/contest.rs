//! Participants that take turns in short rounds, in a new order every round.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use hdrhistogram::Histogram;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde::{Deserialize, Serialize};

use crate::client::Outcome;
use crate::round_progress::RoundProgress;
use crate::worker::{Participant, Worker};

#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub rounds: u32,
    pub round: Duration,
}

/// One contender's turn.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Turn {
    pub round: u32,
    pub contender: String,
    pub seconds: f64,
    pub done: u64,
    pub per_second: f64,
    pub p50_us: f64,
    pub p99_us: f64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub refused: BTreeMap<String, u64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub faults: BTreeMap<String, u64>,
}

/// What all the turns of a contest came to: in the order of the participants, a histogram of latencies each.
pub struct Played {
    pub turns: Vec<Turn>,
    pub latencies: Vec<Histogram<u64>>,
}

struct Tally {
    done: u64,
    refused: BTreeMap<String, u64>,
    faults: BTreeMap<String, u64>,
    /// In nanoseconds.
    latency: Histogram<u64>,
}

impl Tally {
    fn empty() -> Self {
        Self {
            done: 0,
            refused: BTreeMap::new(),
            faults: BTreeMap::new(),
            latency: Histogram::new(3).expect("three digits are few enough"),
        }
    }

    fn count(&mut self, outcome: Outcome, took: Duration) {
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        self.latency
            .record(nanoseconds)
            .expect("it grows with its values");
        match outcome {
            Outcome::Done(_) => self.done += 1,
            Outcome::Refused(code) => *self.refused.entry(code).or_default() += 1,
            Outcome::Fault(state) => *self.faults.entry(state).or_default() += 1,
        }
    }

    fn add(&mut self, other: Tally) {
        self.done += other.done;
        for (code, count) in other.refused {
            *self.refused.entry(code).or_default() += count;
        }
        for (state, count) in other.faults {
            *self.faults.entry(state).or_default() += count;
        }
        self.latency.add(other.latency).expect("histograms of one kind");
    }
}

/// Plays all the rounds, after one that does not count: it fills caches and settles plans.
pub async fn play<W: Worker>(
    participants: &mut [Participant<W>],
    plan: Plan,
    seed: u64,
    progress: &RoundProgress,
) -> Result<Played> {
    let mut order: Vec<usize> = (0..participants.len()).collect();
    let mut random = StdRng::seed_from_u64(seed);
    let mut turns = Vec::new();
    let mut latencies: Vec<Histogram<u64>> = participants.iter().map(|_| Tally::empty().latency).collect();
    for participant in participants.iter_mut() {
        take_turn(&mut participant.workers, plan.round / 3).await?;
    }
    for round in 1..=plan.rounds {
        order.shuffle(&mut random);
        for index in &order {
            let participant = &mut participants[*index];
            let (tally, took) = take_turn(&mut participant.workers, plan.round)
                .await
                .with_context(|| participant.title.clone())?;
            let seconds = took.as_secs_f64();
            turns.push(Turn {
                round,
                contender: participant.key.clone(),
                seconds,
                done: tally.done,
                per_second: tally.done as f64 / seconds,
                p50_us: microseconds(&tally.latency, 0.5),
                p99_us: microseconds(&tally.latency, 0.99),
                refused: tally.refused,
                faults: tally.faults,
            });
            latencies[*index]
                .add(&tally.latency)
                .expect("histograms of one kind");
            progress.advance();
        }
    }
    Ok(Played { turns, latencies })
}

/// All workers of one participant at once, until the time is up and each has finished what it had begun.
async fn take_turn<W: Worker>(workers: &mut Vec<W>, time: Duration) -> Result<(Tally, Duration)> {
    let started = Instant::now();
    let running: Vec<_> = workers
        .drain(..)
        .map(|mut worker| {
            tokio::spawn(async move {
                let mut tally = Tally::empty();
                while started.elapsed() < time {
                    let asked = Instant::now();
                    let outcome = worker.work().await?;
                    tally.count(outcome, asked.elapsed());
                }
                Ok::<_, anyhow::Error>((worker, tally))
            })
        })
        .collect();
    let mut total = Tally::empty();
    for task in running {
        let (worker, tally) = task.await.context("a worker panicked")??;
        workers.push(worker);
        total.add(tally);
    }
    Ok((total, started.elapsed()))
}

pub fn microseconds(latency: &Histogram<u64>, quantile: f64) -> f64 {
    latency.value_at_quantile(quantile) as f64 / 1_000.0
}
