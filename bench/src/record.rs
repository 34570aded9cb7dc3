//! One measurement, as it is kept. The report is made of these and of nothing else.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::contest::{Played, Turn, microseconds};
use crate::origin::Origin;
use crate::statistics::{Spread, paired_ratio};
use crate::worker::Participant;

/// One measurement.
#[derive(Debug, Serialize, Deserialize)]
pub struct Record {
    /// The part of the benchmark that it belongs to.
    pub part: String,
    /// One of a kind among all the records.
    pub name: String,
    pub title: String,
    pub measured_at: DateTime<Utc>,
    /// Older records don't say.
    #[serde(default)]
    pub origin: Option<Origin>,
    /// Whether it comes from a reduced run.
    pub is_quick: bool,
    pub parameters: BTreeMap<String, Value>,
    #[serde(flatten)]
    pub content: Content,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    Contest(Contest),
    Series(Series),
    Figures(Figures),
}

/// Throughput and latency of contenders that took turns.
#[derive(Debug, Serialize, Deserialize)]
pub struct Contest {
    pub baseline: String,
    pub standings: Vec<Standing>,
    pub turns: Vec<Turn>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Standing {
    pub contender: String,
    pub title: String,
    pub per_second: Spread,
    /// Of throughput, to the baseline's, round by round.
    pub ratio: Option<Spread>,
    pub p50_us: f64,
    pub p99_us: f64,
    pub max_us: f64,
    /// Quantiles and microseconds.
    pub latency: Vec<(f64, f64)>,
    pub done: u64,
    pub refused: BTreeMap<String, u64>,
    pub faults: BTreeMap<String, u64>,
}

/// One number a block, of contenders that took turns.
#[derive(Debug, Serialize, Deserialize)]
pub struct Series {
    pub unit: String,
    pub baseline: String,
    pub rows: Vec<Row>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Row {
    pub contender: String,
    pub title: String,
    pub spread: Spread,
    /// To the baseline's value of the same block.
    pub ratio: Option<Spread>,
    /// Over all blocks, in the same unit, where single calls were timed.
    pub p99: Option<f64>,
    pub values: Vec<f64>,
}

/// Numbers that are counted rather than timed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Figures {
    pub rows: Vec<FigureRow>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct FigureRow {
    pub contender: String,
    pub title: String,
    pub figures: BTreeMap<String, f64>,
}

impl Contest {
    pub fn of<W>(baseline: &str, participants: &[Participant<W>], played: Played) -> Self {
        let Played { turns, latencies } = played;
        let per_round = |key: &str| -> Vec<f64> {
            let mut own: Vec<&Turn> = turns.iter().filter(|turn| turn.contender == key).collect();
            own.sort_by_key(|turn| turn.round);
            own.iter().map(|turn| turn.per_second).collect()
        };
        let base = per_round(baseline);
        let standings = participants
            .iter()
            .zip(&latencies)
            .map(|(contender, latency)| {
                let own = per_round(&contender.key);
                let turns = turns.iter().filter(|turn| turn.contender == contender.key);
                Standing {
                    contender: contender.key.clone(),
                    title: contender.title.clone(),
                    ratio: paired_ratio(&own, &base).filter(|_| contender.key != baseline),
                    per_second: Spread::of(own).unwrap_or(NOTHING),
                    p50_us: microseconds(latency, 0.5),
                    p99_us: microseconds(latency, 0.99),
                    max_us: latency.max() as f64 / 1_000.0,
                    latency: distribution(latency),
                    done: turns.clone().map(|turn| turn.done).sum(),
                    refused: sum(turns.clone().map(|turn| &turn.refused)),
                    faults: sum(turns.map(|turn| &turn.faults)),
                }
            })
            .collect();
        Self {
            baseline: baseline.to_owned(),
            standings,
            turns,
        }
    }
}

const NOTHING: Spread = Spread {
    lower_quartile: 0.0,
    median: 0.0,
    upper_quartile: 0.0,
};

/// What a row of a series is made of.
pub struct Values {
    pub key: String,
    pub title: String,
    pub values: Vec<f64>,
    pub p99: Option<f64>,
}

impl Series {
    pub fn of(unit: &str, baseline: &str, rows: Vec<Values>) -> Self {
        let base = rows
            .iter()
            .find(|row| row.key == baseline)
            .map(|row| row.values.clone())
            .unwrap_or_default();
        let rows = rows
            .into_iter()
            .map(|row| Row {
                spread: Spread::of(row.values.iter().copied()).unwrap_or(NOTHING),
                ratio: paired_ratio(&row.values, &base).filter(|_| row.key != baseline),
                contender: row.key,
                title: row.title,
                p99: row.p99,
                values: row.values,
            })
            .collect();
        Self {
            unit: unit.to_owned(),
            baseline: baseline.to_owned(),
            rows,
        }
    }
}

fn distribution(latency: &Histogram<u64>) -> Vec<(f64, f64)> {
    let percents = (1..=99).map(f64::from).chain([99.5, 99.9, 99.99]);
    percents
        .map(|percent| (percent / 100.0, microseconds(latency, percent / 100.0)))
        .collect()
}

fn sum<'a>(counts: impl Iterator<Item = &'a BTreeMap<String, u64>>) -> BTreeMap<String, u64> {
    let mut total = BTreeMap::new();
    for (name, count) in counts.flatten() {
        *total.entry(name.clone()).or_default() += count;
    }
    total
}
