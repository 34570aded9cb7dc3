//! A throwaway cluster: fast rather than safe, open to nobody but this machine.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::clock::Clock;
use crate::postgres::PrivateTree;
use crate::process;
use crate::server::{self, Server};
use crate::server_user::{Lifetime, ServerUser};

pub const HOST: &str = "127.0.0.1";
pub const SUPERUSER: &str = "postgres";
/// The cluster's folder, in the one that it was given.
pub const DATA: &str = "data";
const RECOVERY_TIMEOUT: Duration = Duration::from_secs(60);
const POLL_INTERVAL: Duration = Duration::from_millis(25);

pub struct Cluster {
    pub server: Server,
    pub port: u16,
    pub data_directory: PathBuf,
    /// What its server lives by.
    pub clock: Clock,
    programs: PathBuf,
}

impl Cluster {
    /// Creates a cluster in `directory` and starts its server.
    pub fn start(tree: &PrivateTree, directory: &Path, user: ServerUser, lifetime: Lifetime) -> Result<Self> {
        Self::start_with(tree, directory, user, lifetime, "")
    }

    /// The same with further settings, as lines of `postgresql.conf`; the last of a name counts.
    pub fn start_with(
        tree: &PrivateTree,
        directory: &Path,
        user: ServerUser,
        lifetime: Lifetime,
        settings: &str,
    ) -> Result<Self> {
        let port = Self::create(tree, directory, user, settings)?;
        Self::resume(tree, directory, user, lifetime, port)
    }

    /// Creates a cluster in `directory` and starts nothing; returns the port that it will listen on.
    pub fn create(tree: &PrivateTree, directory: &Path, user: ServerUser, settings: &str) -> Result<u16> {
        let data_directory = directory.join(DATA);
        fs::create_dir_all(&data_directory)?;
        user.give(&data_directory)?;
        initialise(tree, &data_directory, user)?;
        let [port] = server::free_ports()?;
        configure(&data_directory, port, settings)?;
        Ok(port)
    }

    /// Starts the server of a cluster that was created in `directory`.
    pub fn resume(
        tree: &PrivateTree,
        directory: &Path,
        user: ServerUser,
        lifetime: Lifetime,
        port: u16,
    ) -> Result<Self> {
        Self::resume_at(tree, directory, user, lifetime, port, Clock::default())
    }

    /// The same by another clock.
    pub fn resume_at(
        tree: &PrivateTree,
        directory: &Path,
        user: ServerUser,
        lifetime: Lifetime,
        port: u16,
        clock: Clock,
    ) -> Result<Self> {
        let data_directory = directory.join(DATA);
        // By `env`, since the variables are for what runs as its user: what faketime shares is its creator's alone.
        let mut command = user.command("env", lifetime);
        command
            .args(clock.environment().map(|(name, value)| format!("{name}={value}")))
            .arg(tree.program("postgres"))
            .arg("-D")
            .arg(&data_directory)
            .current_dir("/")
            .envs(tree.library_path());
        let mut server = Server::start("Postgres", &mut command, &directory.join("postgres.log"))?;
        server.wait_until_ready(|| accepts_connections(&tree.programs, port))?;
        Ok(Self {
            server,
            port,
            data_directory,
            clock,
            programs: tree.programs.clone(),
        })
    }

    /// Waits until it takes connections again: when a backend dies, all the others do, and the server
    /// recovers by itself.
    pub fn wait_for_recovery(&self) -> Result<()> {
        let started = Instant::now();
        while !accepts_connections(&self.programs, self.port) {
            ensure!(
                started.elapsed() < RECOVERY_TIMEOUT,
                "the server no longer takes connections"
            );
            sleep(POLL_INTERVAL);
        }
        Ok(())
    }

    /// What psql and libpq need to find a database of this cluster.
    pub fn connection(&self, database: &str) -> String {
        format!(
            "host={HOST} port={} user={SUPERUSER} dbname={database}",
            self.port
        )
    }

    /// The same as a URL.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{SUPERUSER}@{HOST}:{}/{database}", self.port)
    }

    /// The same for programs that read it from their environment.
    pub fn environment(&self) -> [(&'static str, String); 3] {
        [
            ("PGHOST", HOST.to_string()),
            ("PGPORT", self.port.to_string()),
            ("PGUSER", SUPERUSER.to_string()),
        ]
    }

    pub fn create_database(&self, name: &str) -> Result<()> {
        self.query("postgres", &format!("create database {name}"))
            .map(|_| ())
    }

    /// The same with further options of CREATE DATABASE, in the place of what there is of that name.
    pub fn create_database_anew(&self, name: &str, options: &str) -> Result<()> {
        for statement in [
            format!("drop database if exists {name} with (force)"),
            format!("create database {name} {options}"),
        ] {
            self.query("postgres", &statement)?;
        }
        Ok(())
    }

    /// Runs a statement and returns its rows, unaligned and without headings.
    pub fn query(&self, database: &str, statement: &str) -> Result<String> {
        let mut command = self.psql(database);
        command.args(["-A", "-t", "-c", statement]);
        process::capture(&mut command).map(|printed| printed.trim().to_string())
    }

    /// Runs a file of SQL with `directory` as the current one; stops at its first error.
    pub fn run_file(&self, database: &str, file: &Path, directory: &Path) -> Result<()> {
        self.run_file_with(database, file, directory, &[])
    }

    /// The same with environment variables that the file reads.
    pub fn run_file_with(
        &self,
        database: &str,
        file: &Path,
        directory: &Path,
        environment: &[(&str, &str)],
    ) -> Result<()> {
        let mut command = self.psql(database);
        command.arg("-f").arg(file).current_dir(directory);
        command.envs(environment.iter().copied());
        process::capture(&mut command).map(|_| ())
    }

    /// psql that stops at its first error.
    pub fn psql(&self, database: &str) -> Command {
        let mut command = process::command(self.programs.join("psql"));
        command.args([
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            &self.connection(database),
        ]);
        command
    }
}

fn initialise(tree: &PrivateTree, data_directory: &Path, user: ServerUser) -> Result<()> {
    let mut command = user.command(tree.program("initdb"), Lifetime::Run);
    command.arg("-D").arg(data_directory).current_dir("/");
    command.args([
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
        "-U",
        SUPERUSER,
    ]);
    process::capture(&mut command).map(|_| ())
}

fn configure(data_directory: &Path, port: u16, more: &str) -> Result<()> {
    let settings = format!(
        "\
listen_addresses = '{HOST}'
port = {port}
unix_socket_directories = ''
max_connections = 100
timezone = 'UTC'
fsync = off
full_page_writes = off
jit = off
log_min_messages = warning
{more}
"
    );
    let path = data_directory.join("postgresql.conf");
    let mut file = OpenOptions::new()
        .append(true)
        .open(&path)
        .context("initdb wrote no settings")?;
    file.write_all(settings.as_bytes())
        .with_context(|| format!("cannot write {}", path.display()))
}

fn accepts_connections(programs: &Path, port: u16) -> bool {
    let mut command = process::command(programs.join("pg_isready"));
    command.args(["-q", "-h", HOST, "-p", &port.to_string()]);
    command
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
