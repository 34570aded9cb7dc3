//! A second server that follows the first one's every commit, and takes over.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use super::stress_server::{StressServer, client, start};
use crate::postgres::PrivateTree;
use crate::process;
use crate::server::{self, Server};
use crate::server_user::ServerUser;

const SYNCHRONISE_TIMEOUT: Duration = Duration::from_secs(60);
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// From now on nothing is acknowledged that the replica has not applied. Set after the copy was
/// made, so that the copy does not wait for a replica of its own when it takes over.
const SYNCHRONOUS: [&str; 3] = [
    "alter system set synchronous_standby_names = '*'",
    "alter system set synchronous_commit = remote_apply",
    "select pg_reload_conf()",
];
const IS_SYNCHRONOUS: &str = "select count(*) from pg_stat_replication where sync_state = 'sync' \
                              and state = 'streaming'";

pub struct Replica {
    pub port: u16,
    // Stopped when dropped.
    _server: Server,
}

impl Replica {
    /// Copies the running server and follows it.
    pub fn follow(primary: &mut StressServer<'_>) -> Result<Self> {
        let data = primary.directory.join("replica");
        fs::create_dir_all(&data)?;
        ServerUser::detect()?.give(&data)?;
        process::run(process::command("chmod").arg("700").arg(&data))?;
        let mut copy = client(primary.tree, "pg_basebackup", primary.cluster.port)?;
        copy.args([
            "--write-recovery-conf",
            "--wal-method=stream",
            "--checkpoint=fast",
            "--no-sync",
            "-D",
        ])
        .arg(&data);
        process::capture(&mut copy)?;

        let [port] = server::free_ports()?;
        let mut settings = OpenOptions::new()
            .append(true)
            .open(data.join("postgresql.conf"))?;
        writeln!(settings, "port = {port}")?;
        let server = start(primary.tree, &data, port, &primary.directory.join("replica.log"))?;
        for setting in SYNCHRONOUS {
            primary.cluster.query("postgres", setting)?;
        }
        let started = Instant::now();
        while primary.cluster.query("postgres", IS_SYNCHRONOUS)? != "1" {
            ensure!(
                started.elapsed() < SYNCHRONISE_TIMEOUT,
                "the replica does not follow"
            );
            sleep(POLL_INTERVAL);
        }
        Ok(Self {
            port,
            _server: server,
        })
    }

    /// Makes it the one that is written to; returns when it is.
    pub fn promote(&self, tree: &PrivateTree) -> Result<()> {
        let mut psql = client(tree, "psql", self.port)?;
        psql.args(["-X", "-A", "-t", "-d", "postgres", "-c", "select pg_promote()"]);
        let promoted = process::capture(&mut psql)?;
        ensure!(promoted.trim() == "t", "the replica can't be promoted");
        Ok(())
    }
}
