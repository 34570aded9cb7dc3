//! What was there before the run: none of its business, and none of it may change.

use std::collections::HashSet;

use anyhow::Result;
use tokio_postgres::Client;
use uuid::Uuid;

use super::Findings;
use super::snapshot::{self, Snapshot};

#[derive(Default)]
pub struct Background {
    rows: Snapshot,
    /// What the database says of it.
    pub discrepancies: HashSet<String>,
}

impl Background {
    pub async fn load(database: &Client) -> Result<Self> {
        Ok(Self {
            rows: Snapshot::load(database).await?,
            discrepancies: snapshot::discrepancies(database).await?.into_iter().collect(),
        })
    }

    pub fn is_empty(&self) -> bool {
        self.rows == Snapshot::default()
    }

    /// The rows of the run.
    pub fn take_from(&self, all: &Snapshot, findings: &mut Findings) -> Snapshot {
        let is_former = |person: &Uuid| self.rows.people.contains_key(person);
        let (former, run) = all.split(|session| self.rows.sessions.contains_key(session), is_former);
        findings.expect(former == self.rows, || "what was there before the run has changed".to_owned());
        run
    }
}
