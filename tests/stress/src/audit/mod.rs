//! The auditor: a model of its own, made from what clients asked and were told, held against every
//! reply and every row. It knows the rules by the contract alone; no code of the extension is in it.
//!
//! Operations run at the same time, so nobody knows their order. But each took effect at one moment
//! between its sending and its answer, and the ledger says in which order credits moved. Whatever no
//! order within these bounds explains is a finding.

mod balances;
mod bookings;
mod cancellations;
mod ledger;
mod lives;
mod notifications;
mod order;
mod overlaps;
mod persons;
mod replies;
mod rows;
mod sessions;
mod snapshot;

use std::fmt::Display;

use anyhow::Result;
use tokio_postgres::Client;

use crate::disturbance::Chronicle;
use crate::history::Call;

pub use snapshot::Snapshot;

/// More of them would only be noise.
const SHOWN_FINDINGS: usize = 40;

#[derive(Default)]
pub struct Findings {
    found: Vec<String>,
    count: usize,
}

impl Findings {
    pub fn add(&mut self, finding: impl Display) {
        self.count += 1;
        if self.found.len() < SHOWN_FINDINGS {
            self.found.push(finding.to_string());
        }
    }

    pub fn of_call(&mut self, call: &Call, what: impl Display) {
        self.add(format_args!(
            "{what}: operation {} of client {} ({} attempts): {:?} was answered {:?}",
            call.step, call.client, call.attempts, call.request, call.answer
        ));
    }

    pub fn expect(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.add(otherwise());
        }
    }

    fn into_list(mut self) -> Vec<String> {
        if self.count > self.found.len() {
            self.found
                .push(format!("… and {} more", self.count - self.found.len()));
        }
        self.found
    }
}

/// Everything that is wrong with the replies or with the database.
pub async fn audit(database: &Client, calls: &[Call], chronicle: &Chronicle) -> Result<Vec<String>> {
    let snapshot = Snapshot::load(database).await?;
    let mut found = judge(calls, &snapshot, chronicle);
    found.extend(snapshot::ask_database(database, calls, chronicle).await?);
    Ok(found)
}

/// The same without what the database says of itself.
pub fn judge(calls: &[Call], snapshot: &Snapshot, chronicle: &Chronicle) -> Vec<String> {
    let mut findings = Findings::default();
    let lives = lives::Lives::of(calls, snapshot, &mut findings);
    let ledger = ledger::audit(snapshot, &lives, &mut findings);
    rows::audit(snapshot, &lives, chronicle, &mut findings);
    notifications::audit(snapshot, &lives, &ledger, chronicle, &mut findings);
    overlaps::audit(&lives, &mut findings);
    replies::audit(calls, &lives, &ledger, chronicle, &mut findings);
    findings.into_list()
}
