//! The auditor: a model of its own, made from what clients asked and were told, held against every
//! reply and every row. It knows the rules by the contract alone; no code of the extension is in it.
//!
//! Operations run at the same time, so nobody knows their order. But each took effect at one moment
//! between its sending and its answer, and the ledger says in which order credits moved. Whatever no
//! order within these bounds explains is a finding.

mod acceptances;
mod background;
mod balances;
mod bookings;
mod cancellations;
mod findings;
mod ledger;
mod lives;
mod moves;
mod notifications;
mod order;
mod overlaps;
mod pairs;
mod persons;
mod replies;
mod rows;
mod serializability;
mod sessions;
mod settlements;
mod snapshot;
mod stays;
mod transactions;

use anyhow::Result;
use tokio_postgres::Client;

use crate::disturbance::Allowances;
use crate::history::Call;

pub use background::Background;
use findings::Findings;
pub use serializability::check as check_serializability;
pub use snapshot::{Snapshot, Standing, deadlocks};
pub use transactions::{Step, Transaction};

/// Everything that is wrong with the replies or with the database.
pub async fn audit(
    database: &Client,
    background: &Background,
    calls: &[Call],
    allowances: &Allowances,
) -> Result<Vec<String>> {
    let snapshot = Snapshot::load(database).await?;
    let mut found = judge(calls, background, &snapshot, allowances);
    let known = &background.discrepancies;
    found.extend(snapshot::ask_database(database, calls, allowances, known).await?);
    println!(
        "  {} transactions moved credits or read what everybody has; strict serializability was asked of them",
        transactions(calls, background, &snapshot).len()
    );
    Ok(found)
}

/// The same without what the database says of itself.
pub fn judge(
    calls: &[Call],
    background: &Background,
    snapshot: &Snapshot,
    allowances: &Allowances,
) -> Vec<String> {
    let mut findings = Findings::default();
    let snapshot = &background.take_from(snapshot, &mut findings);
    let lives = lives::Lives::of(calls, snapshot, &mut findings);
    let ledger = ledger::audit(snapshot, &lives, &mut findings);
    rows::audit(snapshot, &lives, allowances, &mut findings);
    notifications::audit(snapshot, &lives, &ledger, allowances, &mut findings);
    overlaps::audit(&lives, &mut findings);
    replies::audit(calls, &lives, &ledger, allowances, &mut findings);
    let transactions = transactions::of(calls, snapshot, &lives, &mut findings);
    for what in serializability::check(&transactions) {
        findings.add(what);
    }
    findings.into_list()
}

/// The run as the checker of serializability gets it.
pub fn transactions(calls: &[Call], background: &Background, snapshot: &Snapshot) -> Vec<Transaction> {
    let mut findings = Findings::default();
    let snapshot = &background.take_from(snapshot, &mut findings);
    let lives = lives::Lives::of(calls, snapshot, &mut findings);
    transactions::of(calls, snapshot, &lives, &mut findings)
}
