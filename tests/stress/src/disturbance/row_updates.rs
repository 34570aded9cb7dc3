//! Updates of the very rows that the load locks, as an application makes them: of an indexed column,
//! so that the index points to every version of the row at another place, and one version may end
//! and the next begin between two looks of a search.

use std::time::Duration;

use anyhow::{Context, Result};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Config, NoTls};

use super::{Setting, UPDATES};
use crate::history::Span;

const UPDATES_AT_ONCE: u64 = 40;
const PAUSE: Duration = Duration::from_millis(1);

/// What is updated, and how; `{person}` is put in.
pub const ROWS: [(&str, &str); 2] = [
    (
        "credits",
        "update public.credits set updated_at = clock_timestamp() where user_id = '{person}'",
    ),
    (
        "users",
        "update public.users set last_name = random()::text where id = '{person}'",
    ),
];

#[derive(Default)]
pub struct Done {
    pub updates: u64,
    /// When it was the victim of a deadlock.
    pub deadlocks: Vec<Span>,
}

/// Goes on with one of the tables until the load is over.
pub async fn run(setting: &Setting, config: &Config, number: usize) -> Result<Done> {
    let (database, connection) = config.connect(NoTls).await.context("cannot connect")?;
    tokio::spawn(connection);
    // Nobody is promised anything about these, and waiting for the disk would make them few.
    database.batch_execute("set synchronous_commit = off").await?;
    let mut done = Done::default();
    let (table, update) = ROWS[number % ROWS.len()];
    while setting.choice.has(UPDATES) && !setting.status.is_over() {
        let update = update.replace("{person}", &setting.person_being_updated().to_string());
        let batch =
            format!("do $$ begin for i in 1..{UPDATES_AT_ONCE} loop {update}; commit; end loop; end $$");
        let from = setting.clock.now();
        match database.batch_execute(&batch).await {
            Ok(()) => done.updates += UPDATES_AT_ONCE,
            Err(error) if error.code() == Some(&SqlState::T_R_DEADLOCK_DETECTED) => {
                let to = setting.clock.now();
                done.deadlocks.push(Span { from, to });
            }
            Err(error) => {
                return Err(error).with_context(|| format!("an application's update of {table} failed"));
            }
        }
        // The load has something to do as well.
        tokio::time::sleep(PAUSE).await;
    }
    Ok(done)
}
