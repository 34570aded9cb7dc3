//! The Credits page of `examples/web`: built, and served beside a PostgREST.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::gateway::Gateway;
use crate::postgrest::Postgrest;
use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::server;
use crate::server_user::Lifetime;
use crate::typed_client;
use crate::workspace::Workspace;

/// Where people expect it, if the port is free.
const USUAL_PORT: u16 = 4173;

/// Serves what was built in `directory`.
pub fn serve(workspace: &Workspace, postgrest: &Postgrest, directory: &Path) -> Result<Gateway> {
    let script = folder(workspace).join("server/serve.mjs");
    let page = built_in(directory);
    let environment = [("PEER_EXCHANGE_PAGE", page.as_os_str())];
    Gateway::run(
        workspace,
        postgrest,
        directory,
        Lifetime::Run,
        script,
        port()?,
        &environment,
    )
}

pub fn folder(workspace: &Workspace) -> PathBuf {
    workspace.path("examples/web")
}

/// Ensures what it is built with, the typed client among it.
pub fn install(workspace: &Workspace, progress: &Progress) -> Result<()> {
    typed_client::install(workspace, progress)?;
    typed_client::compile(workspace, progress)?;
    provision::web_page(workspace, &folder(workspace), progress)
}

/// Builds the page for `serve`.
pub fn build(workspace: &Workspace, progress: &Progress, directory: &Path) -> Result<()> {
    let folder = folder(workspace);
    install(workspace, progress)?;
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
