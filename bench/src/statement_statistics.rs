//! What pg_stat_statements has added up for statements that bear a mark.

use anyhow::{Context, Result};
use tokio_postgres::Client;

pub struct StatementStatistics {
    pub execution_us: f64,
    pub full_page_images: f64,
}

impl StatementStatistics {
    pub async fn until_now(observer: &Client, mark: &str) -> Result<Self> {
        let row = observer
            .query_one(
                "select coalesce(sum(total_exec_time), 0)::float8 * 1000, \
                        coalesce(sum(wal_fpi), 0)::float8 \
                   from public.pg_stat_statements \
                  where dbid = (select oid from pg_database where datname = current_database()) \
                    and strpos(query, $1) > 0",
                &[&mark],
            )
            .await
            .context("pg_stat_statements")?;
        Ok(Self {
            execution_us: row.get(0),
            full_page_images: row.get(1),
        })
    }
}
