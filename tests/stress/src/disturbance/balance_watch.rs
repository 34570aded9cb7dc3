//! Looks at what is committed while the load goes on: in every state of the database, each balance is
//! what its ledger rows add up to.

use std::time::Duration;

use anyhow::{Context, Result};
use tokio_postgres::{Client, Config, NoTls};

use super::Setting;

const PAUSE: Duration = Duration::from_millis(150);
/// The same balance would be found again and again.
const ENOUGH: usize = 5;

const BOOKS: &str = "with due as (select user_id, \
       sum(balance_after - owed_after {held_after} - (balance_before - owed_before {held_before})) as sum \
       from public.credit_transactions group by user_id) \
     select concat_ws(' ', coalesce(account.user_id, due.user_id), 'has', balance - owed {held}, 'and should have', due.sum) \
       from public.credits as account full join due on due.user_id = account.user_id \
      where coalesce(balance - owed {held}, 0) <> coalesce(due.sum, 0)";
const HAS_HELD: &str = "select exists (select from pg_attribute where attrelid = 'public.credits'::regclass \
     and attname = 'held' and not attisdropped)";

/// How often it has looked, and what it has seen.
#[derive(Default)]
pub struct Seen {
    pub looks: u64,
    pub findings: Vec<String>,
}

pub async fn run(setting: &Setting, config: &Config) -> Result<Seen> {
    let (database, connection) = config.connect(NoTls).await.context("cannot connect")?;
    tokio::spawn(connection);
    let mut seen = Seen::default();
    while !setting.status.is_over() && seen.findings.len() < ENOUGH {
        let found = unbalanced(&database).await?;
        let now = setting.clock.now() / 1_000_000;
        seen.findings
            .extend(found.iter().map(|what| format!("after {now} ms {what}")));
        seen.looks += 1;
        tokio::time::sleep(PAUSE).await;
    }
    Ok(seen)
}

/// Whose balance the ledger does not explain at this moment.
pub async fn unbalanced(database: &Client) -> Result<Vec<String>> {
    let has_held: bool = database.query_one(HAS_HELD, &[]).await?.get(0);
    let column = |name: &str| match has_held {
        true => format!("+ {name}"),
        false => String::new(),
    };
    let books = BOOKS
        .replace("{held_after}", &column("held_after"))
        .replace("{held_before}", &column("held_before"))
        .replace("{held}", &column("held"));
    let rows = database
        .query(&books, &[])
        .await
        .context("cannot read the books")?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}
