//! What goes on in a database beside the load, and must not cost anybody a credit: an application
//! that writes the same rows, its triggers, an administrator at work on the indexes, credits for
//! everybody.

mod chores;
mod chronicle;
mod churn;
mod favours;
mod gifts;
mod plan;
mod triggers;
mod upkeep;
pub mod watch;
mod witnesses;

use std::sync::Arc;

use anyhow::{Context, Result};
use rand::seq::IndexedRandom;
use tokio::task::JoinHandle;
use tokio_postgres::{Config, NoTls};
use uuid::Uuid;

use crate::generator::rng;
use crate::history::{Call, Clock, Span};
use crate::operation::Operation;
use crate::progress::Progress;

pub use chronicle::{Chronicle, Mirror};
pub use witnesses::hear;

/// Which disturbances: those with this in their names.
#[derive(Clone)]
pub struct Choice(pub String);

pub const EVERYTHING: &str = "everything";
const UPDATES: &str = "updates";
const INDEXES: &str = "indexes";
const GRANTS: &str = "grants";
const FAVOURS_AT_ONCE: u64 = 2;

impl Choice {
    pub fn has(&self, name: &str) -> bool {
        self.0 == EVERYTHING || name.contains(&self.0)
    }
}

pub struct Setting {
    pub choice: Choice,
    pub seed: u64,
    pub operations: u64,
    /// Whose rows are written: people who stay to the end.
    pub people: Vec<Uuid>,
    pub clock: Clock,
    pub progress: Arc<Progress>,
}

impl Setting {
    /// Whose rows are written now: each second somebody's.
    fn favourite(&self) -> Uuid {
        let second = self.clock.now() / 1_000_000_000;
        let mut rng = rng(&[self.seed, u64::MAX - 4, second]);
        *self.people.choose(&mut rng).expect("a run has people")
    }
}

/// Disturbers at work.
pub struct Disturbers {
    churn: Vec<JoinHandle<Result<churn::Done>>>,
    upkeep: JoinHandle<Result<upkeep::Done>>,
    gifts: JoinHandle<Result<Vec<Call>>>,
    favours: Vec<JoinHandle<Result<Vec<Call>>>>,
    watch: JoinHandle<Result<watch::Seen>>,
}

/// What they have done.
#[derive(Default)]
pub struct Outcome {
    pub chronicle: Chronicle,
    pub calls: Vec<Call>,
    pub findings: Vec<String>,
    /// In words.
    pub summary: Vec<String>,
}

/// Makes the functions of the application's triggers, and the indexes.
pub async fn furnish(config: &Config) -> Result<()> {
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
        let churn = (0..churn::ROWS.len()).map(|number| {
            let (setting, config) = spare();
            tokio::spawn(async move { churn::run(&setting, &config, number).await })
        });
        let favours = (1..=FAVOURS_AT_ONCE).map(|number| {
            let (setting, config) = spare();
            tokio::spawn(async move { favours::run(&setting, &config, client + number).await })
        });
        Self {
            churn: churn.collect(),
            favours: favours.collect(),
            upkeep: tokio::spawn({
                let (setting, config) = spare();
                async move { upkeep::run(&setting, &config).await }
            }),
            gifts: tokio::spawn({
                let (setting, config) = spare();
                async move { gifts::run(&setting, &config, client).await }
            }),
            watch: tokio::spawn({
                let (setting, config) = spare();
                async move { watch::run(&setting, &config).await }
            }),
        }
    }

    /// Waits for each to notice that the load is over.
    pub async fn end(self) -> Result<Outcome> {
        let mut churn = Vec::new();
        for task in self.churn {
            churn.push(task.await.context("a disturber panicked")??);
        }
        let upkeep = self.upkeep.await.context("a disturber panicked")??;
        let mut calls = self.gifts.await.context("a disturber panicked")??;
        let watch = self.watch.await.context("the watcher panicked")??;
        for task in self.favours {
            calls.extend(task.await.context("a disturber panicked")??);
        }
        let mut summary = summary(&churn, &upkeep, &watch);
        let favours = calls
            .iter()
            .filter(|call| matches!(call.request.operation, Operation::Grant { .. }));
        summary.push(format!(
            "{} times a credit for whose rows were written just then",
            favours.count()
        ));
        let disorderly = calls
            .iter()
            .filter(|call| matches!(call.request.operation, Operation::GrantToAll { .. }));
        let disorderly: Vec<Span> = disorderly.map(|call| call.span).collect();
        let deadlocks: Vec<Span> = churn.into_iter().flat_map(|done| done.deadlocks).collect();
        let unexplained = deadlocks
            .iter()
            .filter(|deadlock| !disorderly.iter().any(|span| span.overlaps(**deadlock)))
            .map(|span| format!("a deadlock of an update of one row, at {span:?}"))
            .collect();
        Ok(Outcome {
            chronicle: Chronicle {
                disorderly,
                in_force: upkeep.in_force,
                own_deadlocks: upkeep.deadlocks + deadlocks.len() as u64,
                ..Chronicle::default()
            },
            calls,
            findings: [upkeep.findings, watch.findings, unexplained].concat(),
            summary,
        })
    }
}

fn summary(churn: &[churn::Done], upkeep: &upkeep::Done, watch: &watch::Seen) -> Vec<String> {
    let seconds = |moment: u64| moment as f64 / 1e9;
    let mut lines: Vec<String> = churn::ROWS
        .iter()
        .zip(churn)
        .map(|((table, _), done)| {
            let deadlocks = done.deadlocks.len();
            format!(
                "{} updates of an indexed column of {table}, {deadlocks} deadlocks",
                done.updates
            )
        })
        .collect();
    let chores = upkeep
        .chores
        .iter()
        .map(|(name, count)| format!("{count} × {name}"));
    lines.push(format!("indexes: {}", chores.collect::<Vec<_>>().join(", ")));
    let triggers = upkeep.in_force.iter().map(|(trigger, span)| {
        format!(
            "{} ({:.1} to {:.1} s)",
            trigger.name,
            seconds(span.from),
            seconds(span.to)
        )
    });
    lines.push(format!("triggers: {}", triggers.collect::<Vec<_>>().join(", ")));
    lines.push(format!(
        "the books were looked at {} times; {} deadlocks of statements that change tables",
        watch.looks, upkeep.deadlocks
    ));
    lines
}
