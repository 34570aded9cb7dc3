//! Whether the contenders do the same work: the same replies, the same rows, the same words.

mod indexes;
mod replies;
mod words;
mod writes;

use anyhow::{Result, ensure};
use tokio_postgres::Config;

use crate::contender::{self, Contender};
use crate::world::{DATABASE, World};

/// Those that decide; the others only write.
const DECIDING: [Contender; 3] = [
    Contender::Library,
    Contender::Plpgsql,
    Contender::PlpgsqlOnOurTables,
];

pub async fn check(config: &Config) -> Result<()> {
    let world = World::visit(config, DATABASE).await?;
    let observer = world.connect("public").await?;
    indexes::compare(&observer).await?;
    replies::compare(&observer).await?;
    writes::compare(&world, &observer).await?;
    words::compare(&observer).await?;
    let found = observer
        .query("select * from peer_exchange.verify_ledger()", &[])
        .await?;
    ensure!(found.is_empty(), "{} findings of verify_ledger()", found.len());
    println!(
        "{} requests and {} contenders: the same replies, rows and words",
        replies::REQUESTS.len(),
        contender::ALL.len()
    );
    Ok(())
}
