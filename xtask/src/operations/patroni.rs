//! Patroni with three nodes in strict synchronous mode, and etcd for their agreement. Under load the leader first hands
//! over, then dies with its whole machine; nothing that was acknowledged may be missing afterwards.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use rustix::process::Signal;

use super::Setting;
use crate::postgres::PrivateTree;
use crate::server::{self, Server};
use crate::server_user::{Lifetime, ServerUser};
use crate::stress::{self, Load};
use crate::{process, processes};

const HOST: &str = "127.0.0.1";
const NAMES: [&str; 3] = ["ann", "ben", "cyd"];
const SCOPE: &str = "exchange";
const CLIENTS: u32 = 16;
/// A handover and a death.
const OUTAGES: u32 = 2;
const PATIENCE: Duration = Duration::from_secs(120);
const POLL_INTERVAL: Duration = Duration::from_millis(100);
/// How long Patroni trusts a leader that says nothing; the least that it admits.
const TTL_SECONDS: u32 = 20;

pub fn run(setting: &Setting) -> Result<bool> {
    let mut patroni = Patroni::start(setting)?;
    setting.progress.step("preparing the database …");
    patroni.prepare_database(setting)?;
    setting
        .progress
        .step(&format!("{CLIENTS} clients, {} nodes …", NAMES.len()));
    let load = Load {
        connection: patroni.connection(stress::DATABASE),
        pooler: None,
        options: &setting.load(CLIENTS, OUTAGES),
    };
    let mut outages = 0;
    let found_nothing = load.run(setting.workspace, |outage| {
        outages += 1;
        match outage {
            0 => patroni.hand_over(setting),
            _ => patroni.kill_leader(setting),
        }
    })?;
    if found_nothing {
        ensure!(outages == OUTAGES, "the load ended before its outages");
        patroni.bring_back(setting)?;
    }
    Ok(found_nothing)
}

struct Patroni<'run> {
    tree: &'run PrivateTree,
    nodes: Vec<Node>,
    // Stopped when dropped, after the nodes.
    _etcd: Server,
}

impl<'run> Patroni<'run> {
    fn start(setting: &Setting<'run>) -> Result<Self> {
        let directory = setting.directory.join("patroni");
        make_folder(&directory)?;
        setting.progress.step("starting etcd …");
        let (etcd, agreement_port) = start_etcd(&directory)?;
        let mut patroni = Self {
            tree: setting.tree,
            nodes: Vec::new(),
            _etcd: etcd,
        };
        for name in NAMES {
            setting
                .progress
                .step(&format!("Patroni starts the node {name} …"));
            let node = Node::start(setting.tree, &directory, name, agreement_port)?;
            patroni.nodes.push(node);
            patroni.wait_for("a leader and its followers", |patroni| {
                Ok(patroni.followers()? == patroni.nodes.len() - 1)
            })?;
        }
        patroni.wait_for("a synchronous follower", |patroni| {
            let asked = "select count(*) from pg_stat_replication where sync_state = 'sync'";
            Ok(patroni.ask("postgres", asked)? == "1")
        })?;
        // What an outage is timed by.
        patroni.ask("postgres", "create table beat (at timestamptz)")?;
        Ok(patroni)
    }

    fn prepare_database(&self, setting: &Setting) -> Result<()> {
        self.ask("postgres", &format!("create database {}", stress::DATABASE))?;
        let mut roles = self.psql(stress::DATABASE);
        roles
            .arg("-f")
            .arg(setting.workspace.path("tests/fixtures/supabase_roles.sql"));
        process::capture(&mut roles)?;
        for statement in [
            "create extension peer_exchange cascade",
            "select count(*) from peer_exchange.setup()",
        ] {
            self.ask(stress::DATABASE, statement)?;
        }
        Ok(())
    }

    /// The leader gives up its place while the load goes on.
    fn hand_over(&mut self, setting: &Setting) -> Result<()> {
        let former = self.leader()?;
        let mut switchover = process::command("patronictl");
        switchover
            .arg("-c")
            .arg(&self.nodes[former].configuration)
            .args(["switchover", SCOPE, "--force"]);
        let began = Instant::now();
        process::capture(&mut switchover)?;
        let leader = self.wait_for_writes(former)?;
        setting.progress.step(&format!(
            "{} has handed over to {}; a write went through {:.1} s after the command",
            NAMES[former],
            NAMES[leader],
            began.elapsed().as_secs_f64()
        ));
        Ok(())
    }

    /// The leader dies at once, Patroni and Postgres.
    fn kill_leader(&mut self, setting: &Setting) -> Result<()> {
        let former = self.leader()?;
        let began = Instant::now();
        self.nodes[former].kill()?;
        let leader = self.wait_for_writes(former)?;
        setting.progress.step(&format!(
            "{} was killed and {} has taken over; a write went through {:.1} s after its death",
            NAMES[former],
            NAMES[leader],
            began.elapsed().as_secs_f64()
        ));
        Ok(())
    }

    /// The node that died follows again, and all have the same books.
    fn bring_back(&mut self, setting: &Setting) -> Result<()> {
        for node in &mut self.nodes {
            node.start_if_dead(self.tree)?;
        }
        self.wait_for("all nodes", |patroni| {
            Ok(patroni.followers()? == patroni.nodes.len() - 1)
        })?;
        let books = "select count(*), sum(balance_after) from public.credit_transactions";
        let expected = self.ask(stress::DATABASE, books)?;
        self.wait_for("the same books everywhere", |patroni| {
            let all = patroni
                .nodes
                .iter()
                .map(|node| node.ask(patroni.tree, stress::DATABASE, books));
            Ok(all
                .collect::<Result<Vec<_>>>()?
                .iter()
                .all(|found| *found == expected))
        })?;
        setting
            .progress
            .step("the node that was killed follows again; all three have the same ledger");
        Ok(())
    }

    /// Waits until another node than this one takes a write and a follower has it; returns which.
    fn wait_for_writes(&self, former: usize) -> Result<usize> {
        self.wait_for("another leader", |patroni| Ok(patroni.leader()? != former))?;
        self.wait_for("a write", |patroni| {
            patroni
                .ask("postgres", "insert into beat values (now())")
                .map(|_| true)
        })?;
        self.leader()
    }

    fn leader(&self) -> Result<usize> {
        let is_leader = |node: &Node| {
            node.ask(self.tree, "postgres", "select pg_is_in_recovery()")
                .is_ok_and(|is_in_recovery| is_in_recovery == "f")
        };
        self.nodes.iter().position(is_leader).context("nobody leads")
    }

    fn followers(&self) -> Result<usize> {
        let leader = &self.nodes[self.leader()?];
        let streaming = "select count(*) from pg_stat_replication where state = 'streaming'";
        Ok(leader.ask(self.tree, "postgres", streaming)?.parse()?)
    }

    /// Polls; an error is no answer yet, as long as there is patience.
    fn wait_for(&self, what: &str, mut is_there: impl FnMut(&Self) -> Result<bool>) -> Result<()> {
        let began = Instant::now();
        loop {
            let outcome = is_there(self);
            if matches!(outcome, Ok(true)) {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                let logs: Vec<String> = self.nodes.iter().map(Node::end_of_log).collect();
                bail!(
                    "Patroni has not come to {what} ({outcome:?})\n{}",
                    logs.join("\n")
                );
            }
            sleep(POLL_INTERVAL);
        }
    }

    /// How to reach whichever node takes writes.
    fn connection(&self, database: &str) -> String {
        let ports: Vec<u16> = self.nodes.iter().map(|node| node.port).collect();
        stress::connection_to(&ports, database)
    }

    fn psql(&self, database: &str) -> Command {
        psql(self.tree, &self.connection(database))
    }

    fn ask(&self, database: &str, statement: &str) -> Result<String> {
        answer(self.psql(database).args(["-c", statement]))
    }
}

/// A machine of its own, as far as one can be had here: a Patroni and its Postgres.
struct Node {
    port: u16,
    directory: PathBuf,
    configuration: PathBuf,
    patroni: Option<Server>,
}

impl Node {
    fn start(tree: &PrivateTree, parent: &Path, name: &str, agreement_port: u16) -> Result<Self> {
        let directory = parent.join(name);
        make_folder(&directory)?;
        let [port, api_port] = server::free_ports()?;
        let configuration = directory.join("patroni.yml");
        fs::write(
            &configuration,
            configure(tree, &directory, name, port, api_port, agreement_port),
        )
        .with_context(|| format!("cannot write {}", configuration.display()))?;
        let mut node = Self {
            port,
            directory,
            configuration,
            patroni: None,
        };
        node.start_if_dead(tree)?;
        Ok(node)
    }

    fn start_if_dead(&mut self, tree: &PrivateTree) -> Result<()> {
        if self.patroni.is_none() {
            let mut command = ServerUser::detect()?.command("patroni", Lifetime::Run);
            command
                .arg(&self.configuration)
                .current_dir("/")
                .envs(tree.library_path());
            self.patroni = Some(Server::start("Patroni", &mut command, &self.log())?);
        }
        Ok(())
    }

    /// Patroni first, which would start Postgres again.
    fn kill(&mut self) -> Result<()> {
        if let Some(mut patroni) = self.patroni.take() {
            patroni.kill();
        }
        let Some(postmaster) = self.postmaster() else {
            return Ok(());
        };
        let mut family = processes::descendants_of(postmaster);
        family.push(postmaster);
        for process in &family {
            processes::signal(*process, Signal::KILL);
        }
        let began = Instant::now();
        while family.iter().any(|process| processes::runs(*process)) {
            ensure!(began.elapsed() < PATIENCE, "Postgres survives being killed");
            sleep(POLL_INTERVAL);
        }
        Ok(())
    }

    fn postmaster(&self) -> Option<u32> {
        let file = fs::read_to_string(self.directory.join("data/postmaster.pid")).ok()?;
        file.lines().next()?.trim().parse().ok()
    }

    fn ask(&self, tree: &PrivateTree, database: &str, statement: &str) -> Result<String> {
        let connection = format!(
            "host={HOST} port={} user=postgres dbname={database} connect_timeout=5",
            self.port
        );
        answer(psql(tree, &connection).args(["-c", statement]))
    }

    fn log(&self) -> PathBuf {
        self.directory.join("patroni.log")
    }

    fn end_of_log(&self) -> String {
        process::tail(&self.log(), 15)
    }
}

impl Drop for Node {
    /// Nothing of it is needed any more.
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

fn psql(tree: &PrivateTree, connection: &str) -> Command {
    let mut psql = process::command(tree.program("psql"));
    psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", connection]);
    psql
}

fn answer(psql: &mut Command) -> Result<String> {
    process::capture(psql).map(|printed| printed.trim().to_string())
}

/// A folder of the server's user.
fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path)?;
    ServerUser::detect()?.give(path)
}

fn start_etcd(directory: &Path) -> Result<(Server, u16)> {
    let [port, peer_port] = server::free_ports()?;
    let (clients, peers) = (
        format!("http://{HOST}:{port}"),
        format!("http://{HOST}:{peer_port}"),
    );
    let mut command = ServerUser::detect()?.command("etcd", Lifetime::Run);
    command
        .current_dir("/")
        .arg("--data-dir")
        .arg(directory.join("etcd"));
    for (option, url) in [
        ("--listen-client-urls", &clients),
        ("--advertise-client-urls", &clients),
        ("--listen-peer-urls", &peers),
        ("--initial-advertise-peer-urls", &peers),
    ] {
        command.arg(option).arg(url);
    }
    command.arg("--initial-cluster").arg(format!("default={peers}"));
    let mut server = Server::start("etcd", &mut command, &directory.join("etcd.log"))?;
    server.wait_until_ready(|| TcpStream::connect((HOST, port)).is_ok())?;
    Ok((server, port))
}

fn configure(
    tree: &PrivateTree,
    directory: &Path,
    name: &str,
    port: u16,
    api_port: u16,
    agreement_port: u16,
) -> String {
    let programs = tree.programs.display();
    let directory = directory.display();
    format!(
        "\
scope: {SCOPE}
name: {name}
restapi:
  listen: {HOST}:{api_port}
  connect_address: {HOST}:{api_port}
etcd3:
  hosts: {HOST}:{agreement_port}
bootstrap:
  dcs:
    ttl: {TTL_SECONDS}
    loop_wait: 2
    retry_timeout: 5
    synchronous_mode: true
    synchronous_mode_strict: true
    postgresql:
      use_pg_rewind: true
      parameters:
        synchronous_commit: remote_apply
        wal_log_hints: on
        max_connections: 100
        log_lock_waits: on
  initdb:
    - encoding: UTF8
    - locale: C.UTF-8
    - auth: trust
postgresql:
  listen: {HOST}:{port}
  connect_address: {HOST}:{port}
  data_dir: {directory}/data
  bin_dir: {programs}
  pgpass: {directory}/pgpass
  authentication:
    superuser:
      username: postgres
    replication:
      username: postgres
  parameters:
    unix_socket_directories: ''
  pg_hba:
    - host all all {HOST}/32 trust
    - host replication all {HOST}/32 trust
"
    )
}
