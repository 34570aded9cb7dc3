//! Figures of the library, found among the records by their names.

use crate::contender::Contender;
use crate::record::{Content, Row, Standing};
use crate::report::Records;
use crate::statistics::{Spread, paired_ratio};

const OURS: &str = Contender::Library.key();
const DEADLOCK: &str = "40P01";

/// Of a contest: throughput to the baseline's.
pub fn throughput_ratio(records: &Records, name: &str) -> Option<Spread> {
    standings(records, name)
        .find(|standing| standing.contender == OURS)?
        .ratio
}

/// Of a series of contenders: to the baseline's.
pub fn cost_ratio(records: &Records, name: &str) -> Option<Spread> {
    row(records, name, OURS)?.ratio
}

/// Of a series of sizes: to the smallest.
pub fn growth_ratio(records: &Records, name: &str, size: u64) -> Option<Spread> {
    row(records, name, &size.to_string())?.ratio
}

pub fn at_size(records: &Records, name: &str, size: u64) -> Option<Spread> {
    Some(row(records, name, &size.to_string())?.spread)
}

/// One series to another, at one size, block by block.
pub fn ratio_at_size(records: &Records, name: &str, baseline: &str, size: u64) -> Option<Spread> {
    let key = size.to_string();
    paired_ratio(
        &row(records, name, &key)?.values,
        &row(records, baseline, &key)?.values,
    )
}

pub fn log_bytes(records: &Records, name: &str, contender: &str) -> Option<f64> {
    let Content::Figures(figures) = &records.get(name)?.content else {
        return None;
    };
    let row = figures.rows.iter().find(|row| row.contender == contender)?;
    row.figures.get("wal_bytes_steady").copied()
}

/// Ours, on tables that are small.
pub fn own_log_bytes(records: &Records, name: &str) -> Option<f64> {
    log_bytes(records, name, OURS)
}

/// Ours, in all contests; `None` where there was none.
pub fn deadlocks(records: &Records) -> Option<u64> {
    let mut own = records
        .keys()
        .flat_map(|name| standings(records, name))
        .filter(|standing| standing.contender == OURS)
        .peekable();
    own.peek()?;
    Some(own.filter_map(|standing| standing.faults.get(DEADLOCK)).sum())
}

/// The sizes of tables that were measured, the smallest first.
pub fn sizes(records: &Records) -> Vec<u64> {
    let Some(Content::Series(series)) = records
        .get("growth-100-percent-booking")
        .map(|record| &record.content)
    else {
        return Vec::new();
    };
    let mut sizes: Vec<u64> = series
        .rows
        .iter()
        .filter_map(|row| row.contender.parse().ok())
        .collect();
    sizes.sort_unstable();
    sizes
}

fn standings<'a>(records: &'a Records, name: &str) -> impl Iterator<Item = &'a Standing> {
    let contest = records.get(name).and_then(|record| match &record.content {
        Content::Contest(contest) => Some(contest),
        _ => None,
    });
    contest.into_iter().flat_map(|contest| &contest.standings)
}

fn row<'a>(records: &'a Records, name: &str, contender: &str) -> Option<&'a Row> {
    match &records.get(name)?.content {
        Content::Series(series) => series.rows.iter().find(|own| own.contender == contender),
        _ => None,
    }
}
