//! What a call costs the server, told in two ways: the processor time of the whole process behind a connection,
//! and what pg_stat_statements adds up for the statement.
//!
//! Neither is the other's check. pg_stat_statements starts its clock when a plan has been set up and stops it before
//! that is taken down, so a plain statement is spared both; a function's statements are set up and taken down inside of
//! its own, so a function is spared nothing. Processor time leaves nothing of either out, but knows nothing of waiting.

use std::ops::Sub;

use anyhow::{Result, ensure};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use tokio_postgres::Client;

use crate::client::{Outcome, mark};
use crate::contender::Contender;
use crate::processor_time::Backend;
use crate::record::{Series, Values};
use crate::round_progress::RoundProgress;
use crate::statement_statistics::StatementStatistics;
use crate::worker::{DatabaseWorker, Worker};

#[derive(Debug, Clone, Copy, Default)]
pub struct ServerCost {
    pub processor_us: f64,
    pub statement_us: f64,
}

impl ServerCost {
    pub fn per_call(self, calls: usize) -> Self {
        Self {
            processor_us: self.processor_us / calls as f64,
            statement_us: self.statement_us / calls as f64,
        }
    }
}

impl Sub for ServerCost {
    type Output = Self;

    fn sub(self, earlier: Self) -> Self {
        Self {
            processor_us: self.processor_us - earlier.processor_us,
            statement_us: self.statement_us - earlier.statement_us,
        }
    }
}

/// Reads what one connection has cost so far; another connection asks for the statistics.
pub struct Meter<'a> {
    observer: &'a Client,
    backend: Backend,
    mark: &'a str,
}

impl<'a> Meter<'a> {
    pub fn of(observer: &'a Client, backend: Backend, mark: &'a str) -> Self {
        Self {
            observer,
            backend,
            mark,
        }
    }

    /// Between calls only.
    pub async fn read(&self) -> Result<ServerCost> {
        let processor_us = self.backend.processor_us()?;
        let statistics = StatementStatistics::until_now(self.observer, self.mark).await?;
        Ok(ServerCost {
            processor_us,
            statement_us: statistics.execution_us,
        })
    }
}

/// Somebody who does the same thing again and again, in statements that bear a mark.
pub struct Subject {
    key: String,
    title: String,
    mark: String,
    worker: DatabaseWorker,
    backend: Backend,
}

impl Subject {
    pub async fn of(
        contender: Contender,
        title: &str,
        operation: &str,
        worker: DatabaseWorker,
    ) -> Result<Self> {
        Ok(Self {
            key: contender.key().to_owned(),
            title: title.to_owned(),
            mark: mark(contender, operation),
            backend: Backend::of(&worker.client.connection).await?,
            worker,
        })
    }

    /// The mean of so many calls in a row.
    async fn block(&mut self, observer: &Client, calls: u32) -> Result<ServerCost> {
        let meter = Meter::of(observer, self.backend, &self.mark);
        let before = meter.read().await?;
        for _ in 0..calls {
            let outcome = self.worker.work().await?;
            ensure!(
                !matches!(outcome, Outcome::Fault(_)),
                "{}: {outcome:?}",
                self.title
            );
        }
        Ok((meter.read().await? - before).per_call(calls as usize))
    }
}

/// The costs of somebody's blocks, in their order.
pub struct Costs {
    pub key: String,
    pub title: String,
    pub blocks: Vec<ServerCost>,
}

/// Blocks of calls in turns, in a new random order every time.
pub async fn compare(
    observer: &Client,
    subjects: &mut [Subject],
    blocks: u32,
    calls: u32,
    progress: &RoundProgress,
) -> Result<Vec<Costs>> {
    let mut random = StdRng::seed_from_u64(1);
    let mut order: Vec<usize> = (0..subjects.len()).collect();
    let mut costs: Vec<Costs> = subjects
        .iter()
        .map(|subject| Costs {
            key: subject.key.clone(),
            title: subject.title.clone(),
            blocks: Vec::new(),
        })
        .collect();
    for block in 0..=blocks {
        order.shuffle(&mut random);
        for index in &order {
            let cost = subjects[*index].block(observer, calls).await?;
            // The first block fills caches and settles plans.
            if block > 0 {
                costs[*index].blocks.push(cost);
                progress.advance();
            }
        }
    }
    Ok(costs)
}

/// One of the two figures, of everybody.
pub fn series(costs: &[Costs], baseline: &str, figure: impl Fn(&ServerCost) -> f64) -> Series {
    let rows = costs.iter().map(|own| Values {
        key: own.key.clone(),
        title: own.title.clone(),
        values: own.blocks.iter().map(&figure).collect(),
        p99: None,
    });
    Series::of("µs", baseline, rows.collect())
}
