//! Records as tables.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::origins;
use crate::machine::Machine;
use crate::part::thousands;
use crate::record::{Content, Contest, Figures, Record, Series};
use crate::statistics::Spread;

pub fn of(record: &Record) -> String {
    let body = match &record.content {
        Content::Contest(contest) => contest_table(record, contest),
        Content::Series(series) => series_table(series),
        Content::Figures(figures) => figures_table(figures),
    };
    format!(
        "### {}{}\n\n{body}\n{}\n",
        record.title,
        share(record),
        origins::of(record)
    )
}

/// Titles of the part on growth stand twice: for few peer bookings and for many.
fn share(record: &Record) -> String {
    match record.parameters.get("peer_percent") {
        Some(percent) => format!(", {percent} % peer bookings"),
        None => String::new(),
    }
}

fn contest_table(record: &Record, contest: &Contest) -> String {
    let orphans = record.parameters.get("orphans");
    let mut text =
        String::from("| contender | a second | quartiles | ratio | quartiles | p50 | p99 | faults |");
    text += if orphans.is_some() { " orphans |\n" } else { "\n" };
    text += "|---|--:|--:|--:|--:|--:|--:|---|";
    text += if orphans.is_some() { "--:|\n" } else { "\n" };
    for standing in &contest.standings {
        let (ratio, quartiles) = ratio(standing.ratio, standing.contender == contest.baseline);
        write_row(
            &mut text,
            &[
                standing.title.clone(),
                rate(standing.per_second.median),
                format!(
                    "{} – {}",
                    rate(standing.per_second.lower_quartile),
                    rate(standing.per_second.upper_quartile)
                ),
                ratio,
                quartiles,
                duration(standing.p50_us),
                duration(standing.p99_us),
                faults(&standing.refused, &standing.faults),
            ],
        );
        if let Some(orphans) = orphans {
            let _ = write!(text, " {} |", orphans[&standing.contender]);
        }
        text.push('\n');
    }
    text
}

fn series_table(series: &Series) -> String {
    let has_p99 = series.rows.iter().any(|row| row.p99.is_some());
    let mut text = String::from("| | median | quartiles | ratio | quartiles |");
    text += if has_p99 { " p99 |\n" } else { "\n" };
    text += "|---|--:|--:|--:|--:|";
    text += if has_p99 { "--:|\n" } else { "\n" };
    for row in &series.rows {
        let (ratio, quartiles) = ratio(row.ratio, row.contender == series.baseline);
        write_row(
            &mut text,
            &[
                row.title.clone(),
                duration(row.spread.median),
                format!(
                    "{} – {}",
                    duration(row.spread.lower_quartile),
                    duration(row.spread.upper_quartile)
                ),
                ratio,
                quartiles,
            ],
        );
        if let Some(p99) = row.p99 {
            let _ = write!(text, " {} |", duration(p99));
        }
        text.push('\n');
    }
    text
}

/// Bytes in the columns of `bytes.rs`.
fn figures_table(figures: &Figures) -> String {
    let mut text = String::from(
        "| | log, records alone | log, steady | whole pages, steady | log after a checkpoint | whole pages then | table | index |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for row in &figures.rows {
        let figure = |name: &str| row.figures.get(name).copied().unwrap_or(f64::NAN);
        let bytes = |name: &str| format!("{} B", thousands(figure(name).max(0.0).round() as u64));
        write_row(
            &mut text,
            &[
                row.title.clone(),
                bytes("wal_bytes_without_images"),
                bytes("wal_bytes_steady"),
                format!("{:.2}", figure("images_steady")),
                bytes("wal_bytes_after_checkpoint"),
                format!("{:.2}", figure("images_after_checkpoint")),
                bytes("table_bytes"),
                bytes("index_bytes"),
            ],
        );
        text.push('\n');
    }
    text
}

pub fn machine(machine: &Machine) -> String {
    let mut text = format!(
        "{}, {} cores, {} GB of memory, Linux {}, {}. Clients and server share the machine.\n\n",
        machine.processor, machine.cores, machine.memory_gigabytes, machine.kernel, machine.server
    );
    text += "| setting | value |\n|---|---|\n";
    for (name, value) in &machine.settings {
        let _ = writeln!(text, "| `{name}` | `{value}` |");
    }
    text
}

fn write_row(text: &mut String, cells: &[String]) {
    let _ = write!(text, "| {} |", cells.join(" | "));
}

fn ratio(ratio: Option<Spread>, is_baseline: bool) -> (String, String) {
    match ratio {
        Some(spread) => (
            format!("**{:.2}**", spread.median),
            format!("{:.2} – {:.2}", spread.lower_quartile, spread.upper_quartile),
        ),
        None if is_baseline => ("1".to_owned(), String::new()),
        None => ("–".to_owned(), String::new()),
    }
}

fn rate(per_second: f64) -> String {
    match per_second < 100.0 {
        true => format!("{per_second:.1}"),
        false => thousands(per_second.round() as u64),
    }
}

pub fn duration(microseconds: f64) -> String {
    match microseconds {
        us if us < 1_000.0 => format!("{us:.0} µs"),
        us if us < 100_000.0 => format!("{:.2} ms", us / 1_000.0),
        us if us < 1_000_000.0 => format!("{:.0} ms", us / 1_000.0),
        us => format!("{:.2} s", us / 1_000_000.0),
    }
}

fn faults(refused: &BTreeMap<String, u64>, faults: &BTreeMap<String, u64>) -> String {
    let counts: Vec<String> = refused
        .iter()
        .chain(faults)
        .map(|(name, count)| format!("{count} × {name}"))
        .collect();
    counts.join(", ")
}
