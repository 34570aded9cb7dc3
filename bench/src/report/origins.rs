//! Which commit and which server the figures come from: in one table, and under every table of figures.

use std::collections::BTreeMap;

use super::Records;
use crate::origin::Origin;
use crate::record::Record;

const COMMIT_DIGITS: usize = 12;

/// One line a place that anything comes from; more than one means that parts were measured apart.
pub fn table(records: &Records) -> String {
    let mut parts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for record in records.values() {
        let own = parts.entry(in_words(record.origin.as_ref())).or_default();
        if !own.contains(&record.part.as_str()) {
            own.push(&record.part);
        }
    }
    let mut lines = vec!["| parts | measured on |".to_owned(), "|---|---|".to_owned()];
    lines.extend(
        parts
            .iter()
            .map(|(origin, parts)| format!("| {} | {origin} |", parts.join(", "))),
    );
    if parts.len() > 1 {
        lines.push("\n**Not all parts were measured on the same commit and server.**".to_owned());
    }
    lines.push(String::new());
    lines.join("\n")
}

pub fn of(record: &Record) -> String {
    format!(
        "{}, {}.",
        in_words(record.origin.as_ref()),
        record.measured_at.format("%Y-%m-%d")
    )
}

fn in_words(origin: Option<&Origin>) -> String {
    let Some(origin) = origin else {
        return "Commit not recorded".to_owned();
    };
    let commit: String = origin.commit.chars().take(COMMIT_DIGITS).collect();
    let changes = if origin.has_changes {
        " with changes that are not committed"
    } else {
        ""
    };
    format!(
        "Commit {commit}{changes}, {} library, {}",
        origin.build, origin.server
    )
}
