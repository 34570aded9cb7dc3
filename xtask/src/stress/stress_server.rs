//! The server under load: as careful with the disk as a production server, killed and restarted at
//! will.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use rustix::process::Signal;

use crate::postgres::{Cluster, PrivateTree};
use crate::server::Server;
use crate::server_user::{Lifetime, ServerUser};
use crate::workspace::Workspace;
use crate::{process, processes};

pub const DATABASE: &str = "stress";
const HOST: &str = "127.0.0.1";
const SUPERUSER: &str = "postgres";
const END_TIMEOUT: Duration = Duration::from_secs(60);
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// A throwaway cluster is fast rather than safe; this one must survive.
const SAFE: [&str; 6] = [
    "alter system set fsync = on",
    "alter system set full_page_writes = on",
    "alter system set synchronous_commit = on",
    // Refused requests are part of the load, and each would be a line in the log.
    "alter system set log_min_messages = log",
    // But who deadlocked with whom is worth one.
    "alter system set log_lock_waits = on",
    "alter system set max_wal_size = '4GB'",
];

/// Deadlocks are part of a disturbed load, and so are long waits.
const DISTURBED: [&str; 2] = [
    "alter system set deadlock_timeout = '100ms'",
    "alter system set log_lock_waits = off",
];

/// Balances as applications have them: unique by person, under a key of their own.
const GROWN_CREDITS: &str = "create table public.credits ( \
       id uuid primary key default gen_random_uuid(), \
       user_id uuid not null unique, \
       balance integer not null default 0)";

/// The run's people work without pauses, and the short massages that they offer have no price in money.
const FOR_THE_RUN: [&str; 2] = [
    "alter table public.practitioner_availability alter gap_minutes set default 0",
    "alter table public.practitioner_products alter price_amount set default 0",
];

/// What the database is like before the extension comes, and what it has to bear.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Empty,
    /// An application of its own habits and rows.
    Application,
    /// Under a load that is disturbed; with a table of balances of its own, or without.
    Disturbed {
        has_grown: bool,
    },
}

const BAD_NEWS: [&str; 4] = [
    "detected deadlock",
    // An assertion of Postgres's own.
    "TRAP:",
    "was terminated by signal",
    "PANIC:",
];

pub struct StressServer<'run> {
    pub cluster: Cluster,
    pub tree: &'run PrivateTree,
    pub directory: &'run Path,
    starts: u32,
}

impl<'run> StressServer<'run> {
    /// Makes the cluster durable and prepares the database.
    pub fn prepare(
        workspace: &Workspace,
        tree: &'run PrivateTree,
        cluster: Cluster,
        directory: &'run Path,
        origin: Origin,
    ) -> Result<Self> {
        for setting in SAFE {
            cluster.query("postgres", setting)?;
        }
        if matches!(origin, Origin::Disturbed { .. }) {
            for setting in DISTURBED {
                cluster.query("postgres", setting)?;
            }
        }
        cluster.query("postgres", "select pg_reload_conf()")?;
        cluster.create_database(DATABASE)?;
        let roles = workspace.path("tests/fixtures/supabase_roles.sql");
        cluster.run_file(DATABASE, &roles, workspace.root())?;
        match origin {
            Origin::Disturbed { has_grown: true } => drop(cluster.query(DATABASE, GROWN_CREDITS)?),
            Origin::Application => {
                let application = workspace.path("tests/fixtures/self_settling_app.sql");
                cluster.run_file(DATABASE, &application, workspace.root())?;
                for statement in FOR_THE_RUN {
                    cluster.query(DATABASE, statement)?;
                }
            }
            _ => {}
        }
        cluster.query(DATABASE, "create extension peer_exchange cascade")?;
        cluster.query(DATABASE, "select count(*) from peer_exchange.setup()")?;
        Ok(Self {
            cluster,
            tree,
            directory,
            starts: 1,
        })
    }

    /// Kills the postmaster and, unless it is to die alone, all its processes with it. Those that
    /// outlive it end by themselves when they notice.
    pub fn kill(&mut self, alone: bool) -> Result<()> {
        let children = processes::children_of(self.cluster.server.process_id());
        self.cluster.server.kill();
        if !alone {
            for child in &children {
                processes::signal(*child, Signal::KILL);
            }
        }
        let killed = Instant::now();
        while children.iter().any(|child| processes::runs(*child)) {
            ensure!(
                killed.elapsed() < END_TIMEOUT,
                "a backend outlives its postmaster"
            );
            sleep(POLL_INTERVAL);
        }
        Ok(())
    }

    /// Prints what the servers' logs say about deadlocks and worse. What else they say has nothing to do with a finding, and
    /// would only stand below it.
    pub fn print_bad_news(&self) {
        const SHOWN_LINES: usize = 40;
        let is_bad = |line: &&str| BAD_NEWS.iter().any(|news| line.contains(news));
        let entries = fs::read_dir(self.directory).into_iter().flatten().flatten();
        let logs = entries.map(|entry| entry.path());
        for log in logs.filter(|path| path.extension().is_some_and(|extension| extension == "log")) {
            let text = String::from_utf8_lossy(&fs::read(&log).unwrap_or_default()).into_owned();
            let bad: Vec<&str> = text.lines().skip_while(|line| !is_bad(line)).collect();
            if !bad.is_empty() {
                println!(
                    "{}:\n{}",
                    log.display(),
                    bad[..bad.len().min(SHOWN_LINES)].join("\n")
                );
                return;
            }
        }
    }

    fn log(&self) -> PathBuf {
        match self.starts {
            1 => self.directory.join("postgres.log"),
            starts => self.directory.join(format!("postgres-{starts}.log")),
        }
    }

    /// Starts the killed server again; it recovers from its log.
    pub fn restart(&mut self) -> Result<()> {
        self.starts += 1;
        let log = self.log();
        let (data, port) = (self.cluster.data_directory.clone(), self.cluster.port);
        self.cluster.server = start(self.tree, &data, port, &log)?;
        Ok(())
    }
}

/// Starts a server on a folder that is a cluster already.
pub fn start(tree: &PrivateTree, data: &Path, port: u16, log: &Path) -> Result<Server> {
    let mut command = ServerUser::detect()?.command(tree.program("postgres"), Lifetime::Run);
    command
        .arg("-D")
        .arg(data)
        .current_dir("/")
        .envs(tree.library_path());
    let mut server = Server::start("Postgres", &mut command, log)?;
    server.wait_until_ready(|| is_ready(tree, port))?;
    Ok(server)
}

fn is_ready(tree: &PrivateTree, port: u16) -> bool {
    let mut command = process::command(tree.program("pg_isready"));
    command.args(["-q", "-h", HOST, "-p", &port.to_string(), "-U", SUPERUSER]);
    command
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// How to reach whichever of these ports accepts writes.
pub fn connection(ports: &[u16]) -> String {
    connection_to(ports, DATABASE)
}

/// The same, to another database.
pub fn connection_to(ports: &[u16], database: &str) -> String {
    let hosts = vec![HOST; ports.len()].join(",");
    let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
    format!(
        "host={hosts} port={} user={SUPERUSER} dbname={database} target_session_attrs=read-write \
         connect_timeout=5",
        ports.join(",")
    )
}

/// A command of Postgres's own that talks to the server on this port.
pub fn client(tree: &PrivateTree, program: &str, port: u16) -> Result<std::process::Command> {
    let mut command = ServerUser::detect()?.command(tree.program(program), Lifetime::Run);
    command
        .args(["-h", HOST, "-p", &port.to_string(), "-U", SUPERUSER])
        .current_dir("/");
    Ok(command)
}
