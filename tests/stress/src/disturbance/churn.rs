//! Updates of the very rows that the load locks, as an application makes them: of an indexed column,
//! so that every version of the row is another place that an index points to, and one version ends
//! and the next begins between two looks of whoever searches the row.

use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result};
use rand::seq::IndexedRandom;
use tokio_postgres::{Config, NoTls};
use uuid::Uuid;

use super::Setting;
use crate::generator::rng;

const UPDATES_AT_ONCE: u64 = 40;

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
pub struct Count(AtomicU64);

impl Count {
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Goes on with one of the tables until the load is over.
pub async fn run(setting: &Setting, config: &Config, number: usize, count: &Count) -> Result<()> {
    let (database, connection) = config.connect(NoTls).await.context("cannot connect")?;
    tokio::spawn(connection);
    // Nobody is promised anything about these, and waiting for the disk would make them few.
    database.batch_execute("set synchronous_commit = off").await?;
    let rng = &mut rng(&[setting.seed, u64::MAX - 4, number as u64]);
    let (table, update) = ROWS[number % ROWS.len()];
    while !setting.progress.is_over() {
        let person: &Uuid = setting.people.choose(rng).context("nobody is there")?;
        let update = update.replace("{person}", &person.to_string());
        let batch =
            format!("do $$ begin for i in 1..{UPDATES_AT_ONCE} loop {update}; commit; end loop; end $$");
        let done = database.batch_execute(&batch).await;
        done.with_context(|| format!("an application's update of {table} failed"))?;
        count.0.fetch_add(UPDATES_AT_ONCE, Ordering::Relaxed);
        // The load has something to do as well.
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    Ok(())
}
