//! `benchmark.md` and its plots, made of the results and of nothing else.

mod goals;
mod origins;
mod plots;
mod tables;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::machine::Machine;
use crate::record::Record;
use crate::results;

const WHAT_WAS_TRIED: &str = "bench/what_was_tried.md";
/// All records, by name.
pub type Records = BTreeMap<String, Record>;

/// Writes `benchmark.md` and `benchmark/*.svg` into the folder of documents.
pub fn write(results: &Path, documents: &Path) -> Result<()> {
    let (records, machine) = results::read(results)?;
    let records: Records = records
        .into_iter()
        .map(|record| (record.name.clone(), record))
        .collect();
    let folder = documents.join("benchmark");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    plots::draw(&records, &folder)?;
    let tried = fs::read_to_string(WHAT_WAS_TRIED).with_context(|| WHAT_WAS_TRIED.to_owned())?;
    let text = compose(&records, &machine, &tried)?;
    let path = documents.join("benchmark.md");
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn compose(records: &Records, machine: &Machine, tried: &str) -> Result<String> {
    let mut text = String::new();
    writeln!(text, "# Benchmark\n\n{}", words::INTRODUCTION)?;
    if records.values().any(|record| record.is_quick) {
        writeln!(text, "**{}**\n", words::QUICK)?;
    }
    writeln!(text, "## Goals\n\n{}\n{}", words::GOALS, goals::table(records))?;
    writeln!(text, "## What was measured\n\n{}", origins::table(records))?;
    writeln!(text, "## Who is measured\n\n{}", words::CONTENDERS)?;
    writeln!(text, "## Method\n\n{}", words::METHOD)?;
    writeln!(text, "## Machine\n\n{}", tables::machine(machine))?;
    for part in words::PARTS {
        let mut own: Vec<&Record> = records
            .values()
            .filter(|record| record.part == part.key)
            .collect();
        if own.is_empty() {
            continue;
        }
        own.sort_by(|one, other| order(one).cmp(&order(other)));
        writeln!(text, "## {}\n\n{}", part.title, part.text)?;
        for plot in part.plots {
            writeln!(text, "![{}](benchmark/{}.svg)\n", plot.1, plot.0)?;
        }
        for record in own {
            writeln!(text, "{}", tables::of(record))?;
        }
    }
    writeln!(text, "{}", tried.trim_end())?;
    writeln!(text, "\n## How to rerun it\n\n{}", words::RERUN.trim_end())?;
    Ok(text)
}

/// "on" before "off", few before many, what has no such parameter last, the rest by name.
fn order(record: &Record) -> (bool, bool, u64, u64, &str) {
    let number = |name: &str| {
        let value = record.parameters.get(name);
        value.and_then(serde_json::Value::as_u64).unwrap_or(u64::MAX)
    };
    let synchronous = record.parameters.get("synchronous_commit");
    (
        synchronous.is_none(),
        synchronous.is_some_and(|setting| setting == "off"),
        number("peer_percent"),
        number("clients"),
        &record.name,
    )
}
