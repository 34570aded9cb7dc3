//! What a statement costs the server, as pg_stat_statements counts it: planning, clients and the way
//! between them left out.

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use tokio_postgres::Client;

use crate::contest::Worker;
use crate::progress::Progress;
use crate::record::Series;
use crate::teller::Outcome;

/// Somebody who does the same thing again and again, in statements that bear a mark.
pub struct Subject<W> {
    pub key: String,
    pub title: String,
    pub mark: String,
    pub worker: W,
}

/// What the server has spent on marked statements so far.
pub struct Spent {
    pub milliseconds: f64,
    pub full_page_images: f64,
}

impl Spent {
    pub async fn until_now(observer: &Client, mark: &str) -> Result<Self> {
        let row = observer
            .query_one(
                "select coalesce(sum(total_exec_time), 0)::float8, \
                        coalesce(sum(wal_fpi), 0)::float8 \
                   from public.pg_stat_statements \
                  where dbid = (select oid from pg_database where datname = current_database()) \
                    and strpos(query, $1) > 0",
                &[&mark],
            )
            .await
            .context("pg_stat_statements")?;
        Ok(Self {
            milliseconds: row.get(0),
            full_page_images: row.get(1),
        })
    }
}

/// Blocks of calls in turns; the value of a block is the server's mean time of its calls, in microseconds.
pub async fn compare<W: Worker>(
    observer: &Client,
    subjects: &mut [Subject<W>],
    baseline: &str,
    blocks: u32,
    calls: u32,
    progress: &Progress,
) -> Result<Series> {
    let mut random = StdRng::seed_from_u64(1);
    let mut order: Vec<usize> = (0..subjects.len()).collect();
    let mut values: Vec<Vec<f64>> = vec![Vec::new(); subjects.len()];
    for block in 0..=blocks {
        order.shuffle(&mut random);
        for index in &order {
            let subject = &mut subjects[*index];
            let before = Spent::until_now(observer, &subject.mark).await?;
            for _ in 0..calls {
                let outcome = subject.worker.work().await?;
                anyhow::ensure!(
                    !matches!(outcome, Outcome::Fault(_)),
                    "{}: {outcome:?}",
                    subject.title
                );
            }
            let after = Spent::until_now(observer, &subject.mark).await?;
            // The first block fills caches and settles plans.
            if block > 0 {
                let spent = (after.milliseconds - before.milliseconds) * 1_000.0;
                values[*index].push(spent / f64::from(calls));
                progress.advance();
            }
        }
    }
    let rows = subjects.iter().zip(values);
    Ok(Series::of(
        "µs",
        baseline,
        rows.map(|(subject, values)| (subject.key.clone(), subject.title.clone(), values, None))
            .collect(),
    ))
}
