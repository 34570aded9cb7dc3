//! What goes on in a database beside the load, and must not cost anybody a credit: an application
//! that writes the same rows, its triggers, an administrator at work on the indexes, credits for
//! everybody.

mod chores;
mod chronicle;
mod churn;
mod gifts;
mod plan;
mod triggers;
mod upkeep;
pub mod watch;
mod witnesses;

use std::sync::Arc;

use anyhow::{Context, Result};
use tokio::task::JoinHandle;
use tokio_postgres::{Config, NoTls};
use uuid::Uuid;

use crate::history::{Call, Clock};
use crate::operation::Operation;
use crate::progress::Progress;

pub use chronicle::{Chronicle, Mirror};
pub use witnesses::hear;

pub struct Setting {
    pub seed: u64,
    pub operations: u64,
    /// Whose rows are written: people who stay to the end.
    pub people: Vec<Uuid>,
    pub clock: Clock,
    pub progress: Arc<Progress>,
}

/// Disturbers at work.
pub struct Disturbers {
    churn: Vec<JoinHandle<Result<()>>>,
    updates: Vec<Arc<churn::Count>>,
    upkeep: JoinHandle<Result<upkeep::Done>>,
    gifts: JoinHandle<Result<Vec<Call>>>,
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
    /// `client`: the number under which credits for everybody are granted.
    pub fn start(setting: Setting, config: &Config, client: u64) -> Self {
        let setting = Arc::new(setting);
        let updates: Vec<Arc<churn::Count>> = churn::ROWS.iter().map(|_| Arc::default()).collect();
        let churn = updates.iter().enumerate().map(|(number, count)| {
            let (setting, config, count) = (Arc::clone(&setting), config.clone(), Arc::clone(count));
            tokio::spawn(async move { churn::run(&setting, &config, number, &count).await })
        });
        let spare = || (Arc::clone(&setting), config.clone());
        Self {
            churn: churn.collect(),
            updates,
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
        for task in self.churn {
            task.await.context("a disturber panicked")??;
        }
        let upkeep = self.upkeep.await.context("a disturber panicked")??;
        let calls = self.gifts.await.context("a disturber panicked")??;
        let watch = self.watch.await.context("the watcher panicked")??;
        let disorderly = calls
            .iter()
            .filter(|call| matches!(call.request.operation, Operation::GrantToAll { .. }));
        let summary = summary(&self.updates, &upkeep, &watch);
        Ok(Outcome {
            chronicle: Chronicle {
                disorderly: disorderly.map(|call| call.span).collect(),
                in_force: upkeep.in_force,
                own_deadlocks: upkeep.deadlocks,
                ..Chronicle::default()
            },
            calls,
            findings: [upkeep.findings, watch.findings].concat(),
            summary,
        })
    }
}

fn summary(updates: &[Arc<churn::Count>], upkeep: &upkeep::Done, watch: &watch::Seen) -> Vec<String> {
    let seconds = |moment: u64| moment as f64 / 1e9;
    let mut lines: Vec<String> = churn::ROWS
        .iter()
        .zip(updates)
        .map(|((table, _), count)| format!("{} updates of an indexed column of {table}", count.get()))
        .collect();
    let chores = upkeep.chores.iter().map(|(name, count)| format!("{count} × {name}"));
    lines.push(format!("indexes: {}", chores.collect::<Vec<_>>().join(", ")));
    let triggers = upkeep.in_force.iter().map(|(trigger, span)| {
        format!("{} ({:.1} to {:.1} s)", trigger.name, seconds(span.from), seconds(span.to))
    });
    lines.push(format!("triggers: {}", triggers.collect::<Vec<_>>().join(", ")));
    lines.push(format!(
        "the books were looked at {} times; {} deadlocks of statements that change tables",
        watch.looks, upkeep.deadlocks
    ));
    lines
}
