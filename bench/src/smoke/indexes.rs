//! Copied tables are as dear to write to as ours: the same indexes, whatever their names.

use anyhow::{Result, ensure};
use tokio_postgres::Client;

use crate::contender::Contender;

const COPIES: [Contender; 2] = [Contender::PlpgsqlOnOurTables, Contender::Floor];

pub async fn compare(observer: &Client) -> Result<()> {
    let ours = definitions(observer, Contender::Library).await?;
    ensure!(!ours.is_empty(), "our tables have no indexes at all");
    for contender in COPIES {
        let copies = definitions(observer, contender).await?;
        let difference = ours
            .iter()
            .find(|own| !copies.contains(own))
            .or(copies.iter().find(|copy| !ours.contains(copy)));
        ensure!(
            ours.len() == copies.len() && difference.is_none(),
            "{} has {} indexes, our tables have {}: {difference:?}",
            contender.title(),
            copies.len(),
            ours.len()
        );
    }
    Ok(())
}

/// Without the names that Postgres gives to copies.
async fn definitions(observer: &Client, contender: Contender) -> Result<Vec<String>> {
    let rows = observer
        .query(
            "select owner.relname || ' ' || index.indisunique \
                    || substring(pg_get_indexdef(index.indexrelid) from ' USING .*') as definition \
               from pg_index as index \
               join pg_class as owner on owner.oid = index.indrelid \
               join peer_exchange.host_tables() as host on host.table_name = owner.relname \
              where owner.relnamespace = $1::text::regnamespace \
              order by definition",
            &[&contender.schema()],
        )
        .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}
