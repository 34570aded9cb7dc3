//! The servers that `cargo xtask demo --keep` leaves running, and how they are stopped.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;
use rustix::process::Signal;

use crate::processes;
use crate::server::Server;
use crate::server_user::ServerUser;
use crate::workspace::Workspace;

const STOP_TIMEOUT: Duration = Duration::from_secs(10);

/// Tells kept servers from others. Only tests ask for another name, so that they don't stop anybody's.
#[derive(Args)]
pub struct Name {
    #[arg(long = "name", hide = true, default_value = "demo")]
    text: String,
}

/// The folder of the kept servers' data and logs.
pub fn directory(workspace: &Workspace, name: &Name) -> Result<PathBuf> {
    Ok(workspace
        .server_directory(ServerUser::detect()?)?
        .join(&name.text))
}

/// Records a server as soon as it runs, so that it can be stopped even if the runner is interrupted
/// right after. Its command line contains the path `mark`, which tells it from a later process that
/// was given the same id.
pub fn remember(directory: &Path, server: &Server, mark: &Path) -> Result<()> {
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(list(directory))?;
    writeln!(file, "{} {}", server.process_id(), mark.display()).context("cannot record a kept server")
}

/// Stops the kept servers and removes their data; false when there were none.
pub fn stop(workspace: &Workspace, name: &Name) -> Result<bool> {
    let directory = directory(workspace, name)?;
    if !directory.exists() {
        return Ok(false);
    }
    let lines = fs::read_to_string(list(&directory)).unwrap_or_default();
    let mut stopped = false;
    // The last one to start uses the ones before it.
    for server in lines.lines().rev().filter_map(KeptServer::parse) {
        stopped |= server.stop();
    }
    fs::remove_dir_all(&directory).with_context(|| format!("cannot remove {}", directory.display()))?;
    Ok(stopped)
}

fn list(directory: &Path) -> PathBuf {
    directory.join("servers")
}

struct KeptServer {
    process_id: u32,
    mark: String,
}

impl KeptServer {
    fn parse(line: &str) -> Option<Self> {
        let (process_id, mark) = line.split_once(' ')?;
        Some(Self {
            process_id: process_id.parse().ok()?,
            mark: mark.to_string(),
        })
    }

    /// False if it was no longer running.
    fn stop(&self) -> bool {
        if !self.runs() {
            return false;
        }
        processes::signal(self.process_id, Signal::INT);
        let asked = Instant::now();
        while self.runs() && asked.elapsed() < STOP_TIMEOUT {
            std::thread::sleep(Duration::from_millis(25));
        }
        if self.runs() {
            processes::signal(self.process_id, Signal::KILL);
        }
        true
    }

    fn runs(&self) -> bool {
        fs::read(format!("/proc/{}/cmdline", self.process_id))
            .is_ok_and(|words| String::from_utf8_lossy(&words).contains(&self.mark))
    }
}
