//! The Credits page of `examples/web`: built, and served beside a PostgREST.

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::postgrest::Postgrest;
use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::server::{self, Server};
use crate::server_user::{Lifetime, ServerUser};
use crate::workspace::Workspace;

/// Where people expect it, if the port is free.
const USUAL_PORT: u16 = 4173;

pub struct WebPage {
    _server: Server,
    pub url: String,
}

impl WebPage {
    /// Serves what was built in `directory`.
    pub fn serve(workspace: &Workspace, postgrest: &Postgrest, directory: &Path) -> Result<Self> {
        let port = port()?;
        let mut command = ServerUser::Current.command("node", Lifetime::Run);
        command
            .arg(folder(workspace).join("server/serve.mjs"))
            .current_dir(workspace.root());
        command
            .env("PEER_EXCHANGE_URL", &postgrest.url)
            .env("PEER_EXCHANGE_JWT_SECRET", &postgrest.jwt_secret);
        command
            .env("PEER_EXCHANGE_PAGE", built_in(directory))
            .env("PEER_EXCHANGE_PAGE_PORT", port.to_string());
        let mut server = Server::start("the web server", &mut command, &directory.join("web.log"))?;
        server.wait_until_ready(|| TcpStream::connect(("127.0.0.1", port)).is_ok())?;
        Ok(Self {
            _server: server,
            url: format!("http://127.0.0.1:{port}"),
        })
    }
}

pub fn folder(workspace: &Workspace) -> PathBuf {
    workspace.path("examples/web")
}

/// Builds the page for `WebPage::serve`.
pub fn build(workspace: &Workspace, progress: &Progress, directory: &Path) -> Result<()> {
    let folder = folder(workspace);
    provision::web_page(workspace, &folder, progress)?;
    progress.step("building the page …");
    let mut vite = process::command("node");
    vite.arg("node_modules/vite/bin/vite.js")
        .args(["build", "--logLevel", "warn", "--outDir"])
        .arg(built_in(directory))
        .current_dir(&folder);
    process::capture(&mut vite).map(|_| ())
}

fn built_in(directory: &Path) -> PathBuf {
    directory.join("web")
}

fn port() -> Result<u16> {
    if TcpListener::bind(("127.0.0.1", USUAL_PORT)).is_ok() {
        return Ok(USUAL_PORT);
    }
    let [port] = server::free_ports()?;
    Ok(port)
}
