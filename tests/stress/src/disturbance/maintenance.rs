//! The administrator and the developers: indexes built, rebuilt, dropped and left half built
//! while the load goes on, and triggers that come and go. One connection, since such statements wait
//! for each other.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result};
use rand::seq::SliceRandom;
use tokio_postgres::{Client, Config, NoTls};

use super::index_tasks::{IndexTask, Step, index_tasks};
use super::trigger_schedule::{TriggerSchedule, phases};
use super::triggers::Trigger;
use super::{INDEXES, Setting};
use crate::generator::rng;
use crate::history::Span;

/// How long something is left as it must not stay.
const REST: Duration = Duration::from_millis(400);
const WAITS_SOON: Duration = Duration::from_millis(3);
const READ: &str = "begin; lock table public.client_sessions in access share mode";
const HOLD: &str = "begin isolation level repeatable read; select 1";
const DEADLOCK: &str = "40P01";

/// What was done, and what went wrong with it.
#[derive(Default)]
pub struct Done {
    pub in_force: Vec<(&'static Trigger, Span)>,
    pub index_tasks: BTreeMap<String, u64>,
    pub deadlocks: u64,
    pub findings: Vec<String>,
}

pub async fn run(setting: &Setting, config: &Config) -> Result<Done> {
    let (database, connection) = config.connect(NoTls).await.context("cannot connect")?;
    tokio::spawn(connection);
    let (reader, connection) = config.connect(NoTls).await.context("cannot connect")?;
    tokio::spawn(connection);
    let mut done = Done::default();
    let phases = phases(setting.seed, &setting.choice);
    let mut schedule = TriggerSchedule::of(setting.operations, phases.len());
    let mut index_tasks = index_tasks(&database).await?;
    index_tasks.shuffle(&mut rng(&[setting.seed, u64::MAX - 5]));
    if !setting.choice.has(INDEXES) {
        index_tasks = vec![IndexTask::idle()];
    }
    for task in index_tasks.iter().cycle() {
        let former = schedule.phase;
        if schedule.advance(setting.status.done()) {
            remove(setting, &database, &phases[former], &mut done).await?;
            put_on(setting, &database, &phases[schedule.phase], &mut done).await?;
        }
        if setting.status.is_over() {
            break;
        }
        perform(&database, &reader, task, &mut done).await?;
    }
    remove(setting, &database, &phases[schedule.phase], &mut done).await?;
    Ok(done)
}

async fn put_on(
    setting: &Setting,
    database: &Client,
    triggers: &[&'static Trigger],
    done: &mut Done,
) -> Result<()> {
    for trigger in triggers {
        let from = setting.clock.now();
        persist(database, &trigger.creation(), done).await?;
        // Until it is known to be gone.
        done.in_force.push((trigger, Span { from, to: u64::MAX }));
    }
    Ok(())
}

async fn remove(
    setting: &Setting,
    database: &Client,
    triggers: &[&'static Trigger],
    done: &mut Done,
) -> Result<()> {
    for trigger in triggers {
        persist(database, &trigger.removal(), done).await?;
        let now = setting.clock.now();
        for (_, span) in done.in_force.iter_mut().filter(|(other, _)| other == trigger) {
            span.to = now;
        }
    }
    Ok(())
}

/// Tries again where it was the victim of a deadlock: it takes a lock on a table that others hold
/// locks of rows in.
async fn persist(database: &Client, statement: &str, done: &mut Done) -> Result<()> {
    loop {
        match database.batch_execute(statement).await {
            Ok(()) => return Ok(()),
            Err(error) if is(&error, DEADLOCK) => done.deadlocks += 1,
            Err(error) => return Err(error).with_context(|| format!("cannot {statement}")),
        }
    }
}

async fn perform(database: &Client, reader: &Client, task: &IndexTask, done: &mut Done) -> Result<()> {
    *done.index_tasks.entry(task.name.clone()).or_default() += 1;
    for step in &task.steps {
        let (statement, may_fail_with) = match step {
            Step::Rest => {
                tokio::time::sleep(REST).await;
                continue;
            }
            Step::Hold => {
                reader.batch_execute(HOLD).await?;
                continue;
            }
            Step::LetGo => {
                reader.batch_execute("commit").await?;
                continue;
            }
            Step::Do(statement) => (statement, None),
            Step::Try(statement, sqlstate) | Step::TryBesideReader(statement, sqlstate) => {
                (statement, Some(*sqlstate))
            }
        };
        let read = async {
            if matches!(step, Step::TryBesideReader(..)) {
                tokio::time::sleep(WAITS_SOON).await;
                reader.batch_execute(READ).await?;
            }
            Ok::<(), tokio_postgres::Error>(())
        };
        let (performed, begun) = tokio::join!(database.batch_execute(statement), read);
        begun?;
        match performed {
            Err(error) if error.code().is_none() => return Err(error.into()),
            Err(error) if is(&error, DEADLOCK) => done.deadlocks += 1,
            Err(error) if may_fail_with.is_some_and(|sqlstate| is(&error, sqlstate)) => {}
            Err(error) => done
                .findings
                .push(format!("{statement} failed: {:?}", error.as_db_error())),
            Ok(()) => {}
        }
    }
    Ok(())
}

fn is(error: &tokio_postgres::Error, sqlstate: &str) -> bool {
    error.code().is_some_and(|code| code.code() == sqlstate)
}
