//! PgBouncer in transaction mode: every transaction of a client gets whatever server connection is free, and with it the
//! plans that the extension keeps there. Role and claims are set in each transaction, as PostgREST does.

use std::collections::BTreeSet;
use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};

use anyhow::{Context, Result, ensure};

use super::Setting;
use crate::postgres::{Cluster, PrivateTree, SUPERUSER};
use crate::postgrest::Postgrest;
use crate::process;
use crate::provision;
use crate::server::{self, Server};
use crate::server_user::{Lifetime, ServerUser};
use crate::stage::Stage;
use crate::stress::{self, Load, Origin, StressServer};
use crate::suites::clients;

const HOST: &str = "127.0.0.1";
/// Connections to the server, however many clients there are.
const POOL_SIZE: usize = 8;
/// Each on a database of its own: without the pooler, with it, and with more clients than the server takes connections.
const RUNS: [(u32, bool); 3] = [(32, false), (32, true), (400, true)];

pub fn run(setting: &Setting) -> Result<bool> {
    let mut found_nothing = true;
    for (clients, is_pooled) in RUNS {
        let way = if is_pooled {
            format!("through PgBouncer with {POOL_SIZE} connections to the server")
        } else {
            "directly".to_string()
        };
        setting.progress.step(&format!("{clients} clients, {way} …"));
        let directory = setting.directory.join(format!("{clients}-{is_pooled}"));
        fs::create_dir_all(&directory)?;
        found_nothing &= run_on_new_cluster(setting, &directory, clients, is_pooled)?;
    }
    setting
        .progress
        .step("supabase-js through PostgREST, and that through PgBouncer …");
    Ok(found_nothing & serve_clients(setting)?)
}

/// The tests of `tests/clients`, with the pooler between PostgREST and the server.
fn serve_clients(setting: &Setting) -> Result<bool> {
    const DATABASE: &str = "clients_pooled";
    let program = provision::postgrest(setting.workspace, setting.progress)?;
    let directory = setting.directory.join(DATABASE);
    fs::create_dir_all(&directory)?;
    let stage = Stage {
        tree: setting.tree.clone(),
        cluster: Cluster::start(setting.tree, &directory, ServerUser::detect()?, Lifetime::Run)?,
    };
    let pooler = Pooler::start(&stage.cluster, &directory, DATABASE, "authenticator")?;
    let serve = || Postgrest::start_behind_pooler(&program, pooler.port, DATABASE, &directory);
    let passed = clients::pass_through(setting.workspace, &stage, DATABASE, &directory, serve)?;
    pooler.require_nothing_kept(setting.tree)?;
    Ok(passed)
}

fn run_on_new_cluster(setting: &Setting, directory: &Path, clients: u32, is_pooled: bool) -> Result<bool> {
    let cluster = Cluster::start(setting.tree, directory, ServerUser::detect()?, Lifetime::Run)?;
    let server = StressServer::prepare(setting.workspace, setting.tree, cluster, directory, Origin::Empty)?;
    let pooler = is_pooled
        .then(|| Pooler::start(&server.cluster, directory, stress::DATABASE, SUPERUSER))
        .transpose()?;
    let load = Load {
        connection: stress::connection(&[server.cluster.port]),
        pooler: pooler.as_ref().map(Pooler::connection),
        options: &setting.load(clients, 0),
    };
    let found_nothing = load.run(setting.workspace, |_| Ok(()))?;
    if !found_nothing {
        server.print_bad_news();
    }
    if let Some(pooler) = pooler {
        pooler.require_nothing_kept(setting.tree)?;
    }
    Ok(found_nothing)
}

struct Pooler {
    port: u16,
    database: &'static str,
    /// As whom it connects, whoever its client is.
    user: &'static str,
    // Stopped when dropped.
    _server: Server,
}

impl Pooler {
    fn start(
        cluster: &Cluster,
        directory: &Path,
        database: &'static str,
        user: &'static str,
    ) -> Result<Self> {
        let [port] = server::free_ports()?;
        let configuration = directory.join("pgbouncer.ini");
        fs::write(&configuration, configure(cluster.port, port, database, user))
            .with_context(|| format!("cannot write {}", configuration.display()))?;
        let mut command = ServerUser::detect()?.command("pgbouncer", Lifetime::Run);
        command.arg(&configuration).current_dir("/");
        let mut server = Server::start("PgBouncer", &mut command, &directory.join("pgbouncer.log"))?;
        server.wait_until_ready(|| TcpStream::connect((HOST, port)).is_ok())?;
        Ok(Self {
            port,
            database,
            user,
            _server: server,
        })
    }

    fn connection(&self) -> String {
        format!(
            "host={HOST} port={} user={} dbname={}",
            self.port, self.user, self.database
        )
    }

    /// Looks at all connections to the server at once, each held by one transaction: nothing of the clients' roles and
    /// claims is left in them.
    fn require_nothing_kept(&self, tree: &PrivateTree) -> Result<()> {
        const LEFT: &str = "select pg_backend_pid(), current_user, current_setting('role'), \
                            coalesce(current_setting('request.jwt.claims', true), ''), pg_sleep(1)";
        let looks: Vec<Child> = (0..POOL_SIZE)
            .map(|_| {
                let mut psql = process::command(tree.program("psql"));
                psql.args(["-X", "-A", "-t", "-d", &self.connection(), "-c", LEFT]);
                psql.stdout(Stdio::piped()).spawn().context("cannot start psql")
            })
            .collect::<Result<_>>()?;
        let mut connections = BTreeSet::new();
        for look in looks {
            let printed = String::from_utf8_lossy(&look.wait_with_output()?.stdout).into_owned();
            let (process, left) = printed.trim().split_once('|').context("psql fails")?;
            ensure!(
                left == format!("{}|none||", self.user),
                "a transaction has left something behind: {left}"
            );
            connections.insert(process.to_string());
        }
        ensure!(
            connections.len() == POOL_SIZE,
            "{} connections to the server instead of {POOL_SIZE}",
            connections.len()
        );
        println!("no role and no claims are left in the {POOL_SIZE} connections to the server");
        Ok(())
    }
}

fn configure(database_port: u16, port: u16, database: &str, user: &str) -> String {
    format!(
        "\
[databases]
{database} = host={HOST} port={database_port} user={user}

[pgbouncer]
listen_addr = {HOST}
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {POOL_SIZE}
max_client_conn = 1000
"
    )
}
