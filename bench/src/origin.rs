//! What was measured: the commit of the library, how it was built, and the server that it ran in.

use anyhow::Result;
use clap::Args;
use serde::{Deserialize, Serialize};
use tokio_postgres::Config;

use crate::world;

/// What only the builder of the library knows.
#[derive(Debug, Clone, Args)]
pub struct Source {
    /// The commit that the library was built from
    #[arg(long)]
    pub commit: String,
    /// Sources differed from the commit
    #[arg(long)]
    pub has_changes: bool,
    /// How the library was built: release or debug
    #[arg(long)]
    pub build: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Origin {
    pub commit: String,
    pub has_changes: bool,
    pub build: String,
    pub server: String,
}

impl Origin {
    pub async fn of(source: Source, config: &Config) -> Result<Self> {
        let client = world::connect(config, "postgres", "public").await?;
        let version = client
            .query_one("select current_setting('server_version')", &[])
            .await?;
        Ok(Self {
            commit: source.commit,
            has_changes: source.has_changes,
            build: source.build,
            server: format!("PostgreSQL {}", version.get::<_, &str>(0)),
        })
    }
}
