//! Bytes that an operation adds to the write-ahead log and to the disk.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Result, ensure};
use tokio_postgres::Client;

use crate::client::Outcome;
use crate::statement_statistics::StatementStatistics;
use crate::worker::Worker;

/// How many times as many operations lie between those right after a checkpoint and the steady ones.
const BETWEEN: u32 = 4;

/// Weighs what one connection does; nothing else may write meanwhile.
pub struct Scale<'a> {
    observer: &'a Client,
    schema: &'a str,
    tables: &'a [&'a str],
    mark: &'a str,
}

struct Sizes {
    tables: f64,
    indexes: f64,
}

impl<'a> Scale<'a> {
    pub fn of(observer: &'a Client, schema: &'a str, tables: &'a [&'a str], mark: &'a str) -> Self {
        Self {
            observer,
            schema,
            tables,
            mark,
        }
    }

    /// So many operations three times: with records alone in the log, right after a checkpoint, and when further
    /// ones have touched most pages since.
    pub async fn weigh<W: Worker>(&self, worker: &mut W, operations: u32) -> Result<BTreeMap<String, f64>> {
        let each = f64::from(operations);
        let all = f64::from(3 + BETWEEN) * each;
        let before = self.sizes().await?;
        self.write_full_pages(false).await?;
        let (records, _) = self.log(worker, operations).await?;
        self.write_full_pages(true).await?;
        self.observer.batch_execute("checkpoint").await?;
        let (first, first_images) = self.log(worker, operations).await?;
        self.log(worker, BETWEEN * operations).await?;
        let (steady, steady_images) = self.log(worker, operations).await?;
        let after = self.sizes().await?;
        let figures = [
            ("wal_bytes_without_images", records / each),
            ("wal_bytes_after_checkpoint", first / each),
            ("images_after_checkpoint", first_images / each),
            ("wal_bytes_steady", steady / each),
            ("images_steady", steady_images / each),
            ("table_bytes", (after.tables - before.tables) / all),
            ("index_bytes", (after.indexes - before.indexes) / all),
        ];
        Ok(figures.map(|(name, value)| (name.to_owned(), value)).into())
    }

    /// Bytes of log and full-page images of so many operations.
    async fn log<W: Worker>(&self, worker: &mut W, operations: u32) -> Result<(f64, f64)> {
        let images_before = self.images().await?;
        let before = self.log_position().await?;
        for _ in 0..operations {
            let outcome = worker.work().await?;
            ensure!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
        }
        let after = self.log_position().await?;
        Ok((after - before, self.images().await? - images_before))
    }

    async fn images(&self) -> Result<f64> {
        let statistics = StatementStatistics::until_now(self.observer, self.mark).await?;
        Ok(statistics.full_page_images)
    }

    async fn log_position(&self) -> Result<f64> {
        let position = "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8";
        Ok(self.observer.query_one(position, &[]).await?.get(0))
    }

    async fn sizes(&self) -> Result<Sizes> {
        let row = self
            .observer
            .query_one(
                "select sum(pg_table_size(oid))::float8, sum(pg_indexes_size(oid))::float8 \
                   from pg_class where relnamespace = $1::text::regnamespace and relname = any ($2)",
                &[&self.schema, &self.tables],
            )
            .await?;
        Ok(Sizes {
            tables: row.get(0),
            indexes: row.get(1),
        })
    }

    async fn write_full_pages(&self, are_on: bool) -> Result<()> {
        self.observer
            .batch_execute(&format!("alter system set full_page_writes = {are_on}"))
            .await?;
        self.observer.batch_execute("select pg_reload_conf()").await?;
        // Other processes read it a moment later.
        tokio::time::sleep(Duration::from_millis(300)).await;
        Ok(())
    }
}
