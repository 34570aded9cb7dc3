//! What else goes on in the database during a load, and must not cost anybody a credit: an application
//! that writes the same rows, its triggers, an administrator at work on the indexes, credits for
//! everybody.

mod allowances;
pub mod balance_watch;
mod grants_to_all;
mod index_tasks;
mod maintenance;
mod nested_calls;
mod row_updates;
mod single_grants;
mod trigger_schedule;
mod triggers;

use std::sync::Arc;

use anyhow::{Context, Result};
use rand::seq::IndexedRandom;
use tokio::task::JoinHandle;
use tokio_postgres::{Config, NoTls};
use uuid::Uuid;

use crate::generator::rng;
use crate::history::{Call, Clock, Span};
use crate::operation::Operation;
use crate::run_status::RunStatus;

pub use allowances::{Allowances, Mirror};
pub use nested_calls::nested_calls;

/// Which disturbances: those with this in their names.
#[derive(Clone)]
pub struct Choice(pub String);

pub const EVERYTHING: &str = "everything";
const UPDATES: &str = "updates";
const INDEXES: &str = "indexes";
const GRANTS: &str = "grants";
const SINGLE_GRANTS_AT_ONCE: u64 = 2;

impl Choice {
    pub fn has(&self, name: &str) -> bool {
        self.0 == EVERYTHING || name.contains(&self.0)
    }
}

pub struct Setting {
    pub choice: Choice,
    pub seed: u64,
    pub operations: u64,
    /// The people whose rows are updated; they stay to the end.
    pub people: Vec<Uuid>,
    pub clock: Clock,
    pub status: Arc<RunStatus>,
}

impl Setting {
    /// The person whose rows are updated now: another one each second.
    fn person_being_updated(&self) -> Uuid {
        let second = self.clock.now() / 1_000_000_000;
        let mut rng = rng(&[self.seed, u64::MAX - 4, second]);
        *self.people.choose(&mut rng).expect("a run has people")
    }
}

/// Disturbers at work.
pub struct Disturbers {
    row_updates: Vec<JoinHandle<Result<row_updates::Done>>>,
    maintenance: JoinHandle<Result<maintenance::Done>>,
    grants_to_all: JoinHandle<Result<Vec<Call>>>,
    single_grants: Vec<JoinHandle<Result<Vec<Call>>>>,
    watch: JoinHandle<Result<balance_watch::Seen>>,
}

/// What they have done.
#[derive(Default)]
pub struct Outcome {
    pub allowances: Allowances,
    pub calls: Vec<Call>,
    pub findings: Vec<String>,
    /// In words.
    pub summary: Vec<String>,
}

/// Makes the functions of the application's triggers, and the indexes.
pub async fn prepare(config: &Config) -> Result<()> {
    let (database, connection) = config.connect(NoTls).await.context("cannot connect")?;
    tokio::spawn(connection);
    database
        .batch_execute(triggers::APPLICATION)
        .await
        .context("cannot make the application's functions")
}

impl Disturbers {
    /// `client`: the first of the numbers under which they make calls.
    pub fn start(setting: Setting, config: &Config, client: u64) -> Self {
        let setting = Arc::new(setting);
        let spare = || (Arc::clone(&setting), config.clone());
        let row_updates = (0..row_updates::ROWS.len()).map(|number| {
            let (setting, config) = spare();
            tokio::spawn(async move { row_updates::run(&setting, &config, number).await })
        });
        let single_grants = (1..=SINGLE_GRANTS_AT_ONCE).map(|number| {
            let (setting, config) = spare();
            tokio::spawn(async move { single_grants::run(&setting, &config, client + number).await })
        });
        Self {
            row_updates: row_updates.collect(),
            single_grants: single_grants.collect(),
            maintenance: tokio::spawn({
                let (setting, config) = spare();
                async move { maintenance::run(&setting, &config).await }
            }),
            grants_to_all: tokio::spawn({
                let (setting, config) = spare();
                async move { grants_to_all::run(&setting, &config, client).await }
            }),
            watch: tokio::spawn({
                let (setting, config) = spare();
                async move { balance_watch::run(&setting, &config).await }
            }),
        }
    }

    /// Waits for each to notice that the load is over.
    pub async fn end(self) -> Result<Outcome> {
        let mut row_updates = Vec::new();
        for task in self.row_updates {
            row_updates.push(task.await.context("a disturber panicked")??);
        }
        let maintenance = self.maintenance.await.context("a disturber panicked")??;
        let mut calls = self.grants_to_all.await.context("a disturber panicked")??;
        let watch = self.watch.await.context("the watcher panicked")??;
        for task in self.single_grants {
            calls.extend(task.await.context("a disturber panicked")??);
        }
        let mut summary = summary(&row_updates, &maintenance, &watch);
        let single_grants = calls
            .iter()
            .filter(|call| matches!(call.request.operation, Operation::Grant { .. }));
        summary.push(format!(
            "{} single credits for the person whose rows were just being updated",
            single_grants.count()
        ));
        let unordered_grants = calls
            .iter()
            .filter(|call| matches!(call.request.operation, Operation::GrantToAll { .. }));
        let unordered_grants: Vec<Span> = unordered_grants.map(|call| call.span).collect();
        let deadlocks: Vec<Span> = row_updates.into_iter().flat_map(|done| done.deadlocks).collect();
        let unexplained = deadlocks
            .iter()
            .filter(|deadlock| !unordered_grants.iter().any(|span| span.overlaps(**deadlock)))
            .map(|span| format!("a deadlock of an update of one row, at {span:?}"))
            .collect();
        Ok(Outcome {
            allowances: Allowances {
                unordered_grants,
                in_force: maintenance.in_force,
                own_deadlocks: maintenance.deadlocks + deadlocks.len() as u64,
                ..Allowances::default()
            },
            calls,
            findings: [maintenance.findings, watch.findings, unexplained].concat(),
            summary,
        })
    }
}

fn summary(
    row_updates: &[row_updates::Done],
    maintenance: &maintenance::Done,
    watch: &balance_watch::Seen,
) -> Vec<String> {
    let seconds = |moment: u64| moment as f64 / 1e9;
    let mut lines: Vec<String> = row_updates::ROWS
        .iter()
        .zip(row_updates)
        .map(|((table, _), done)| {
            let deadlocks = done.deadlocks.len();
            format!(
                "{} updates of an indexed column of {table}, {deadlocks} deadlocks",
                done.updates
            )
        })
        .collect();
    let index_tasks = maintenance
        .index_tasks
        .iter()
        .map(|(name, count)| format!("{count} × {name}"));
    lines.push(format!("indexes: {}", index_tasks.collect::<Vec<_>>().join(", ")));
    let triggers = maintenance.in_force.iter().map(|(trigger, span)| {
        format!(
            "{} ({:.1} to {:.1} s)",
            trigger.name,
            seconds(span.from),
            seconds(span.to)
        )
    });
    lines.push(format!("triggers: {}", triggers.collect::<Vec<_>>().join(", ")));
    lines.push(format!(
        "balances were checked {} times; {} deadlocks of statements that alter tables",
        watch.looks, maintenance.deadlocks
    ));
    lines
}
