//! The goals of the project, and what was measured of each.

use std::fmt::Write;

use super::Records;
use super::tables::duration;
use crate::part::thousands;
use crate::peer::Peer;
use crate::record::{Content, FigureRow, Row, Standing};
use crate::statistics::{Spread, paired_ratio};

const OURS: &str = Peer::Library.key();
const DEADLOCK: &str = "40P01";

struct Goal {
    what: String,
    goal: String,
    measured: String,
    is_met: bool,
}

impl Goal {
    fn at_most(what: &str, most: f64, ratio: Spread) -> Self {
        Self {
            what: what.to_owned(),
            goal: format!("at most {most} ×"),
            measured: times(ratio),
            is_met: ratio.median <= most,
        }
    }
}

fn times(ratio: Spread) -> String {
    format!(
        "{:.2} × ({:.2} – {:.2})",
        ratio.median, ratio.lower_quartile, ratio.upper_quartile
    )
}

pub fn table(records: &Records) -> String {
    let mut text = String::from("| what | goal | measured | met |\n|---|---|---|---|\n");
    for goal in all(records).into_iter().flatten() {
        let verdict = if goal.is_met { "yes" } else { "**no**" };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {verdict} |",
            goal.what, goal.goal, goal.measured
        );
    }
    text
}

/// What was not measured has no row.
fn all(records: &Records) -> Vec<Option<Goal>> {
    let own = row(records, "booking-server-time", OURS);
    let mut goals = vec![at_most_ratio("server time of a booking, to the floor", 1.2, own)];
    let elsewhere = row(
        records,
        "booking-server-time",
        Peer::FloorOnApplicationTables.key(),
    );
    goals.push(at_most_ratio_of_rows(
        "server time of a booking, to the floor on the application's tables",
        1.2,
        own,
        elsewhere,
    ));
    for clients in [1, 8, 32] {
        for setting in ["on", "off"] {
            let name = format!("booking-{clients}-clients-synchronous-commit-{setting}");
            let what =
                format!("bookings a second, clients: {clients}, synchronous_commit {setting}, to PL/pgSQL");
            goals.push(at_least_ratio(&what, 1.35, standing(records, &name, OURS)));
        }
    }
    for clients in [1, 8, 32] {
        let name = format!("postgrest-{clients}-clients");
        let what = format!("bookings through PostgREST, clients: {clients}, to the three calls");
        goals.push(at_least_ratio(&what, 2.5, standing(records, &name, OURS)));
    }
    let booking = row(records, "booking-server-time", OURS);
    goals.push(cheaper(
        "server time of a refund",
        row(records, "refund-server-time", OURS),
        booking,
    ));
    let sizes = sizes(records);
    if let (Some(smallest), Some(largest)) = (sizes.first(), sizes.last()) {
        let key = |size: &u64| size.to_string();
        goals.push(cheaper(
            "server time of a refused booking",
            row(
                records,
                "growth-100-percent-refused-booking-server-time",
                &key(smallest),
            ),
            row(records, "growth-100-percent-booking-server-time", &key(smallest)),
        ));
        goals.push(at_most_time(
            "server time of a quote",
            60.0,
            row(records, "quote-server-time", OURS),
        ));
        for share in [2, 100] {
            let what = format!(
                "p50 of a booking at {} sessions, {share} % peer bookings, to that at {}",
                thousands(*largest),
                thousands(*smallest)
            );
            let name = format!("growth-{share}-percent-booking");
            goals.push(at_most_ratio(&what, 1.1, row(records, &name, &key(largest))));
        }
        for (share, deed, which) in [
            (100, "own-upcoming-sessions", "own upcoming sessions, at most 50,"),
            (100, "own-sessions", "own sessions, all of them,"),
            (2, "own-sessions", "own sessions, all of them,"),
        ] {
            let what = format!(
                "server time of one's {which} under RLS at 1,000,000 sessions, {share} % peer bookings"
            );
            let name = format!("growth-{share}-percent-{deed}-server-time");
            goals.push(at_most_time(&what, 300.0, row(records, &name, "1000000")));
        }
        goals.push(at_most_bytes(
            "log of a booking, steady, small tables",
            3_500.0,
            figures(records, "booking-bytes", OURS),
        ));
        for share in [2, 100] {
            let what = format!(
                "log of a booking, steady, {} sessions, {share} % peer bookings",
                thousands(*largest)
            );
            let name = format!("growth-{share}-percent-booking-bytes");
            goals.push(at_most_bytes(
                &what,
                4_500.0,
                figures(records, &name, &key(largest)),
            ));
        }
    }
    goals.push(no_deadlock(records));
    for name in ["ten-people", "one-practitioner"] {
        goals.push(bounded_by_the_queue(records, &format!("hot-set-{name}")));
    }
    goals
}

fn at_most_ratio(what: &str, most: f64, row: Option<&Row>) -> Option<Goal> {
    Some(Goal::at_most(what, most, row?.ratio?))
}

/// Of two rows of one series, neither of which is its baseline: block by block as well.
fn at_most_ratio_of_rows(what: &str, most: f64, row: Option<&Row>, baseline: Option<&Row>) -> Option<Goal> {
    let ratio = paired_ratio(&row?.values, &baseline?.values)?;
    Some(Goal::at_most(what, most, ratio))
}

fn at_least_ratio(what: &str, least: f64, standing: Option<&Standing>) -> Option<Goal> {
    let ratio = standing?.ratio?;
    Some(Goal {
        what: what.to_owned(),
        goal: format!("at least {least} ×"),
        measured: times(ratio),
        is_met: ratio.median >= least,
    })
}

fn at_most_time(what: &str, microseconds: f64, row: Option<&Row>) -> Option<Goal> {
    let median = row?.spread.median;
    Some(Goal {
        what: what.to_owned(),
        goal: format!("under {}", duration(microseconds)),
        measured: duration(median),
        is_met: median < microseconds,
    })
}

fn at_most_bytes(what: &str, most: f64, row: Option<&FigureRow>) -> Option<Goal> {
    let bytes = *row?.figures.get("wal_bytes_steady")?;
    Some(Goal {
        what: what.to_owned(),
        goal: format!("at most {} B", thousands(most as u64)),
        measured: format!("{} B", thousands(bytes.round() as u64)),
        is_met: bytes <= most,
    })
}

fn cheaper(what: &str, row: Option<&Row>, booking: Option<&Row>) -> Option<Goal> {
    let (own, booking) = (row?.spread.median, booking?.spread.median);
    Some(Goal {
        what: what.to_owned(),
        goal: "less than a booking's".to_owned(),
        measured: format!("{} to {}", duration(own), duration(booking)),
        is_met: own < booking,
    })
}

fn no_deadlock(records: &Records) -> Option<Goal> {
    let contests = records.values().filter_map(|record| match &record.content {
        Content::Contest(contest) => Some(contest),
        _ => None,
    });
    let deadlocks: u64 = contests
        .flat_map(|contest| &contest.standings)
        .filter(|standing| standing.contender == OURS)
        .filter_map(|standing| standing.faults.get(DEADLOCK))
        .sum();
    Some(Goal {
        what: "deadlocks of peer_exchange, all parts".to_owned(),
        goal: "none".to_owned(),
        measured: deadlocks.to_string(),
        is_met: deadlocks == 0,
    })
}

/// Where nobody waits but for those before her, the slowest waits for about as many bookings as there are clients.
fn bounded_by_the_queue(records: &Records, name: &str) -> Option<Goal> {
    const MOST_QUEUES: f64 = 4.0;
    let record = records.get(name)?;
    let ours = standing(records, name, OURS)?;
    let clients = record.parameters.get("clients")?.as_f64()?;
    let queue_us = clients / ours.per_second.median * 1e6;
    Some(Goal {
        what: format!("p99 of a booking of {}", record.title),
        goal: format!("within {MOST_QUEUES:.0} × the time of {clients} bookings"),
        measured: format!(
            "{} to {}: {:.1} ×",
            duration(ours.p99_us),
            duration(queue_us),
            ours.p99_us / queue_us
        ),
        is_met: ours.p99_us <= MOST_QUEUES * queue_us,
    })
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

fn standing<'a>(records: &'a Records, name: &str, contender: &str) -> Option<&'a Standing> {
    match &records.get(name)?.content {
        Content::Contest(contest) => contest.standings.iter().find(|own| own.contender == contender),
        _ => None,
    }
}

fn row<'a>(records: &'a Records, name: &str, contender: &str) -> Option<&'a Row> {
    match &records.get(name)?.content {
        Content::Series(series) => series.rows.iter().find(|own| own.contender == contender),
        _ => None,
    }
}

fn figures<'a>(records: &'a Records, name: &str, contender: &str) -> Option<&'a FigureRow> {
    match &records.get(name)?.content {
        Content::Figures(figures) => figures.rows.iter().find(|own| own.contender == contender),
        _ => None,
    }
}
