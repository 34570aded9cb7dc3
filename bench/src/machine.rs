//! What was measured on: processor, memory, server and its settings.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use tokio_postgres::Config;

use crate::world;

/// Settings that a reader would ask for.
const SETTINGS: [&str; 12] = [
    "autovacuum",
    "checkpoint_timeout",
    "effective_cache_size",
    "fsync",
    "full_page_writes",
    "jit",
    "max_connections",
    "max_wal_size",
    "random_page_cost",
    "shared_buffers",
    "shared_preload_libraries",
    "work_mem",
];

#[derive(Debug, Serialize, Deserialize)]
pub struct Machine {
    pub processor: String,
    pub cores: usize,
    pub memory_gigabytes: f64,
    pub kernel: String,
    pub server: String,
    pub settings: BTreeMap<String, String>,
}

impl Machine {
    pub async fn look(config: &Config) -> Result<Self> {
        let client = world::connect(config, "postgres", "public").await?;
        let rows = client
            .query(
                "select name, current_setting(name) as value from pg_settings where name = any ($1)",
                &[&SETTINGS.as_slice()],
            )
            .await?;
        let settings = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        let version = client
            .query_one("select current_setting('server_version')", &[])
            .await?;
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let field = |text: &str, name: &str| -> String {
            text.lines()
                .find_map(|line| line.strip_prefix(name)?.trim().strip_prefix(':').map(str::trim))
                .unwrap_or("unknown")
                .to_owned()
        };
        let kilobytes = field(&read("/proc/meminfo"), "MemTotal");
        let kilobytes: f64 = kilobytes.trim_end_matches(" kB").parse().unwrap_or(0.0);
        Ok(Self {
            processor: field(&read("/proc/cpuinfo"), "model name"),
            cores: std::thread::available_parallelism()?.get(),
            memory_gigabytes: (kilobytes / 1024.0 / 1024.0).round(),
            kernel: read("/proc/sys/kernel/osrelease").trim().to_owned(),
            server: format!("PostgreSQL {}", version.get::<_, &str>(0)),
            settings,
        })
    }
}
