//! PostgREST where Supabase has it, under `/rest/v1`, which is where supabase-js asks: a script of the examples that
//! hands requests on, and may serve something beside them.

use std::ffi::OsStr;
use std::net::TcpStream;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::postgrest::Postgrest;
use crate::server::{self, Server};
use crate::server_user::{Lifetime, ServerUser};
use crate::workspace::Workspace;

pub struct Gateway {
    pub server: Server,
    /// What `createClient()` takes.
    pub url: String,
    pub script: PathBuf,
}

impl Gateway {
    /// Serves PostgREST and nothing else.
    pub fn start(
        workspace: &Workspace,
        postgrest: &Postgrest,
        directory: &Path,
        lifetime: Lifetime,
    ) -> Result<Self> {
        let script = workspace.path("examples/demo/serve.mjs");
        let [port] = server::free_ports()?;
        Self::run(workspace, postgrest, directory, lifetime, script, port, &[])
    }

    /// Runs a script that serves PostgREST on this port, with what else it reads from its environment.
    pub fn run(
        workspace: &Workspace,
        postgrest: &Postgrest,
        directory: &Path,
        lifetime: Lifetime,
        script: PathBuf,
        port: u16,
        environment: &[(&str, &OsStr)],
    ) -> Result<Self> {
        let mut command = ServerUser::Current.command("node", lifetime);
        command
            .arg(&script)
            .current_dir(workspace.root())
            .env("PEER_EXCHANGE_URL", &postgrest.url)
            .env("PEER_EXCHANGE_JWT_SECRET", &postgrest.jwt_secret)
            .env("PEER_EXCHANGE_PORT", port.to_string())
            .envs(environment.iter().copied());
        let mut server = Server::start("the web server", &mut command, &directory.join("web.log"))?;
        server.wait_until_ready(|| TcpStream::connect(("127.0.0.1", port)).is_ok())?;
        Ok(Self {
            server,
            url: format!("http://127.0.0.1:{port}"),
            script,
        })
    }
}
