//! The server that is measured on.

use std::path::Path;

use anyhow::Result;

use super::source::Source;
use super::{Destination, Options, PROGRAM, Pace};
use crate::postgres::{Cluster, PrivateTree};
use crate::postgrest::Postgrest;
use crate::process;
use crate::server_user::{Lifetime, ServerUser};
use crate::workspace::Workspace;

const DATABASE: &str = "bench";
/// What PostgREST exposes: ours, and those that are measured beside it.
const SCHEMAS: &str = "public, plpgsql, three_round_trips";
/// The longest path of a Unix socket that every system takes, less the socket's own name.
const LONGEST_SOCKET_FOLDER: usize = 80;

/// A server as careful with the disk as a production one, with room in memory. Autovacuum would run
/// in the middle of one contender's round and not of another's; tables are vacuumed and analysed after loading.
const SETTINGS: &str = "\
fsync = on
full_page_writes = on
synchronous_commit = on
shared_buffers = '2GB'
effective_cache_size = '8GB'
work_mem = '16MB'
maintenance_work_mem = '1GB'
max_wal_size = '4GB'
checkpoint_timeout = '30min'
max_connections = 300
autovacuum = off
random_page_cost = 1.1
shared_preload_libraries = 'pg_stat_statements'
log_min_messages = log
log_checkpoints = off
";

/// A cluster to measure on.
pub struct BenchServer<'run> {
    workspace: &'run Workspace,
    cluster: Cluster,
    pub connection: String,
    directory: &'run Path,
    pace: Pace,
}

impl<'run> BenchServer<'run> {
    /// Starts it and fills the tables of all contenders.
    pub fn start(
        workspace: &'run Workspace,
        tree: &PrivateTree,
        directory: &'run Path,
        pace: Pace,
    ) -> Result<Self> {
        // The data folder is the one that the server's user may write to.
        let sockets = directory.join("data");
        let has_socket = sockets.as_os_str().len() <= LONGEST_SOCKET_FOLDER;
        let place = if has_socket {
            sockets.display().to_string()
        } else {
            String::new()
        };
        let settings = format!("{SETTINGS}unix_socket_directories = '{place}'\n");
        let cluster = Cluster::start_with(tree, directory, ServerUser::detect()?, Lifetime::Run, &settings)?;
        let host = if has_socket { &place } else { "127.0.0.1" };
        let server = Self {
            workspace,
            connection: format!("host={host} port={} user=postgres", cluster.port),
            cluster,
            directory,
            pace,
        };
        let mut prepare = PROGRAM.command(workspace);
        prepare.args(["prepare", &server.connection, "--pace", pace.word()]);
        process::run(&mut prepare)?;
        Ok(server)
    }

    pub fn measure(
        &self,
        postgrest: &Path,
        destination: &Destination,
        source: &Source,
        options: &Options,
    ) -> Result<()> {
        let api = Postgrest::start_on_schemas(
            postgrest,
            &self.cluster,
            DATABASE,
            SCHEMAS,
            self.directory,
            Lifetime::Run,
        )?;
        let mut measure = PROGRAM.command(self.workspace);
        measure.args(["measure", &self.connection, "--pace", self.pace.word()]);
        measure.arg("--results").arg(&destination.results);
        measure.args(["--build", self.pace.build()]);
        source.tell(&mut measure);
        measure.env("PEER_EXCHANGE_URL", &api.url);
        measure.env("PEER_EXCHANGE_JWT_SECRET", &api.jwt_secret);
        for part in &options.only {
            measure.args(["--only", part]);
        }
        if !options.sizes.is_empty() {
            let sizes: Vec<String> = options.sizes.iter().map(u64::to_string).collect();
            measure.args(["--sizes", &sizes.join(",")]);
        }
        process::run(&mut measure)
    }
}
