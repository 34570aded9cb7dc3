//! What every transaction read and wrote of people's credits, as a history of registers: one for each person, whose
//! versions are the entries of her ledger, counted from 1. Version 0 is that of somebody who has none.
//!
//! Who moves credits reads what the entry says of before and writes the entry. Who looks at everybody's balances reads
//! the versions that were the last ones then.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::Findings;
use super::ledger;
use super::lives::Lives;
use super::order::in_order;
use super::snapshot::{Entry, Snapshot, Standing};
use crate::answer::{Answer, SeenBalance};
use crate::history::{Call, Span};

pub type Version = usize;

#[derive(Clone, Debug)]
pub struct Transaction {
    pub span: Span,
    /// Person by person; each is read before she is written.
    pub steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Reads(Uuid, Version),
    Writes(Uuid, Version),
}

impl Step {
    pub fn person(self) -> Uuid {
        match self {
            Step::Reads(person, _) | Step::Writes(person, _) => person,
        }
    }
}

/// Somebody's entries in their order.
type Chain<'a> = Vec<&'a Entry>;

/// The transactions that moved credits, or read what everybody had.
pub fn of(
    calls: &[Call],
    snapshot: &Snapshot,
    lives: &Lives<'_>,
    findings: &mut Findings,
) -> Vec<Transaction> {
    let chains: HashMap<Uuid, Chain<'_>> = snapshot
        .entries
        .chunk_by(|one, other| one.person == other.person)
        .map(|entries| (entries[0].person, in_order(entries, lives, ledger::span)))
        .collect();
    let mut transactions = writers(&chains, lives, findings);
    transactions.extend(readers(calls, &chains, findings));
    transactions
}

/// Those that moved credits. What applications' triggers move within a call belongs to its transaction.
fn writers(
    chains: &HashMap<Uuid, Chain<'_>>,
    lives: &Lives<'_>,
    findings: &mut Findings,
) -> Vec<Transaction> {
    let mut transactions: BTreeMap<i64, Transaction> = BTreeMap::new();
    for (person, chain) in chains {
        for (place, entry) in chain.iter().enumerate() {
            let Some(span) = ledger::span(entry, lives) else {
                continue;
            };
            let transaction = transactions.entry(entry.transaction).or_insert(Transaction {
                span,
                steps: Vec::new(),
            });
            transaction.span = transaction.span.hull(span);
            match version_read(chain, place) {
                Some(version) => transaction.steps.push(Step::Reads(*person, version)),
                None => findings.add(format_args!(
                    "a balance that nobody has written was read: {entry:?}"
                )),
            }
            transaction.steps.push(Step::Writes(*person, place + 1));
        }
    }
    transactions.into_values().collect()
}

/// The version that stood before an entry, by what the entry says: the one before it in the ledger, or else the nearest
/// that is like it.
fn version_read(chain: &[&Entry], place: usize) -> Option<Version> {
    let before = chain[place].before;
    let stands = |version: &Version| standing(chain, *version) == before;
    let earlier = (0..=place).rev().find(stands);
    earlier.or_else(|| (place + 2..=chain.len()).find(stands))
}

fn standing(chain: &[&Entry], version: Version) -> Standing {
    match version {
        0 => Standing::default(),
        version => chain[version - 1].after,
    }
}

fn readers(calls: &[Call], chains: &HashMap<Uuid, Chain<'_>>, findings: &mut Findings) -> Vec<Transaction> {
    let versions: HashMap<Uuid, Version> = chains
        .values()
        .flat_map(|chain| (1..).zip(chain).map(|(version, entry)| (entry.id, version)))
        .collect();
    let mut transactions = Vec::new();
    for call in calls {
        let Answer::Balances(seen) = &call.answer else {
            continue;
        };
        let mut steps = Vec::new();
        for seen in seen {
            match version_seen(seen, chains, &versions) {
                Ok(version) => steps.push(Step::Reads(seen.person, version)),
                Err(what) => findings.of_call(call, format_args!("{what}, {seen:?}")),
            }
        }
        transactions.push(Transaction {
            span: call.span,
            steps,
        });
    }
    transactions
}

fn version_seen(
    seen: &SeenBalance,
    chains: &HashMap<Uuid, Chain<'_>>,
    versions: &HashMap<Uuid, Version>,
) -> Result<Version, &'static str> {
    let version = match seen.last_entry {
        None => 0,
        Some(entry) => *versions.get(&entry).ok_or("an entry was seen that is lost")?,
    };
    let chain = chains.get(&seen.person).map_or(&[][..], |chain| chain);
    match standing(chain, version) == seen.standing {
        true => Ok(version),
        false => Err("a balance was seen that is not her last entry's"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(before: i32, after: i32) -> Entry {
        let standing = |balance| Standing {
            balance,
            ..Standing::default()
        };
        Entry {
            id: Uuid::new_v4(),
            person: Uuid::nil(),
            kind: "bonus".into(),
            amount: after - before,
            before: standing(before),
            after: standing(after),
            session: None,
            key: None,
            transaction: 1,
        }
    }

    #[test]
    fn an_entry_reads_the_one_before_it_where_that_says_what_stood() {
        let entries = [entry(0, 5), entry(5, 9), entry(9, 5), entry(5, 7)];
        let chain: Vec<&Entry> = entries.iter().collect();
        let read: Vec<_> = (0..4).map(|place| version_read(&chain, place)).collect();
        assert_eq!(read, [Some(0), Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn an_entry_that_overlooks_another_reads_an_older_version() {
        let entries = [entry(0, 5), entry(5, 9), entry(5, 3), entry(8, 1)];
        let chain: Vec<&Entry> = entries.iter().collect();
        assert_eq!(version_read(&chain, 2), Some(1));
        assert_eq!(version_read(&chain, 3), None);
    }
}
