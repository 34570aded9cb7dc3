//! A real PostgREST on one database of the cluster.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::postgres::Cluster;
use crate::server::{self, Server};
use crate::server_user::{Lifetime, ServerUser};

/// What a client needs to know about it.
pub struct Postgrest {
    pub server: Server,
    pub url: String,
    pub jwt_secret: String,
    pub configuration: PathBuf,
}

impl Postgrest {
    /// Starts it and waits until it has read the database's schema.
    pub fn start(
        program: &Path,
        cluster: &Cluster,
        database: &str,
        directory: &Path,
        lifetime: Lifetime,
    ) -> Result<Self> {
        Self::start_on_schemas(program, cluster, database, "public", directory, lifetime)
    }

    /// The same with other schemas exposed; clients that name none get the first.
    pub fn start_on_schemas(
        program: &Path,
        cluster: &Cluster,
        database: &str,
        schemas: &str,
        directory: &Path,
        lifetime: Lifetime,
    ) -> Result<Self> {
        let source = Source {
            port: cluster.port,
            database,
            schemas,
            is_pooled: false,
        };
        source.serve(program, directory, lifetime)
    }

    /// On one schema by way of a pooler in transaction mode that listens on this port: nothing may be expected of a
    /// connection once a transaction is over, neither a prepared statement nor that it listens.
    pub fn start_behind_pooler(program: &Path, port: u16, database: &str, directory: &Path) -> Result<Self> {
        let source = Source {
            port,
            database,
            schemas: "public",
            is_pooled: true,
        };
        source.serve(program, directory, Lifetime::Run)
    }
}

/// What it serves.
struct Source<'run> {
    port: u16,
    database: &'run str,
    schemas: &'run str,
    is_pooled: bool,
}

impl Source<'_> {
    fn serve(&self, program: &Path, directory: &Path, lifetime: Lifetime) -> Result<Postgrest> {
        let jwt_secret = random_secret()?;
        let [port, admin_port] = server::free_ports()?;
        let configuration = directory.join(format!("postgrest-{}.conf", self.database));
        let settings = self.configure(&jwt_secret, port, admin_port);
        fs::write(&configuration, settings)
            .with_context(|| format!("cannot write {}", configuration.display()))?;

        let mut command = ServerUser::Current.command(program, lifetime);
        command.arg(&configuration).current_dir(directory);
        let log = configuration.with_extension("log");
        let mut server = Server::start("PostgREST", &mut command, &log)?;
        server.wait_until_ready(|| is_ready(admin_port))?;
        Ok(Postgrest {
            server,
            url: format!("http://127.0.0.1:{port}"),
            jwt_secret,
            configuration,
        })
    }

    fn configure(&self, secret: &str, port: u16, admin_port: u16) -> String {
        let Self {
            port: database_port,
            database,
            schemas,
            is_pooled,
        } = self;
        let keeps_connections = !is_pooled;
        format!(
            "\
db-uri = \"postgres://authenticator@127.0.0.1:{database_port}/{database}\"
db-schemas = \"{schemas}\"
db-anon-role = \"anon\"
db-pool = 10
db-prepared-statements = {keeps_connections}
db-channel-enabled = {keeps_connections}
jwt-secret = \"{secret}\"
server-host = \"127.0.0.1\"
server-port = {port}
admin-server-port = {admin_port}
log-level = \"warn\"
"
        )
    }
}

/// New for every server: a key signed for one is worth nothing at another.
fn random_secret() -> Result<String> {
    let mut bytes = [0_u8; 32];
    File::open("/dev/urandom")
        .and_then(|mut file| file.read_exact(&mut bytes))
        .context("no random numbers")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn is_ready(admin_port: u16) -> bool {
    let answer = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", admin_port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET /ready HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        Ok(text)
    };
    answer().is_ok_and(|text| text.split_whitespace().nth(1) == Some("200"))
}
