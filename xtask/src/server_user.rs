//! The user that the Postgres server runs as. It refuses to run as root.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::process;

/// The user that owns the cluster and runs its server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ServerUser {
    /// Whoever runs the runner.
    Current,
    /// The user that Debian's packages create, since the runner is root.
    Postgres,
}

/// How long a started program lives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// No longer than the runner, however that ends.
    Run,
    /// Until `cargo xtask stop`.
    Kept,
}

impl ServerUser {
    pub fn detect() -> Result<Self> {
        Ok(if current_user_id()? == 0 {
            Self::Postgres
        } else {
            Self::Current
        })
    }

    /// A command that runs as this user. `setpriv` and `setsid` replace themselves with the program,
    /// so its process id is the one that was spawned.
    pub fn command(self, program: impl AsRef<Path>, lifetime: Lifetime) -> Command {
        let mut words: Vec<&str> = Vec::new();
        match lifetime {
            Lifetime::Run => words.extend(["setpriv", "--pdeathsig", "INT"]),
            Lifetime::Kept => words.extend(["setsid", "setpriv"]),
        }
        if self == Self::Postgres {
            words.extend(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
        }
        let mut command = process::command(words[0]);
        command.args(&words[1..]).arg(program.as_ref());
        command
    }

    pub fn can_reach(self, directory: &Path) -> bool {
        let mut command = self.command("test", Lifetime::Run);
        command
            .arg("-x")
            .arg(directory)
            .current_dir("/")
            .stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    /// Hands a folder to this user.
    pub fn give(self, directory: &Path) -> Result<()> {
        match self {
            Self::Current => Ok(()),
            Self::Postgres => process::run(process::command("chown").arg("postgres:postgres").arg(directory)),
        }
    }
}

pub fn current_user_id() -> Result<u32> {
    // The owner of this process's own entry: no C library call needed.
    Ok(std::fs::metadata("/proc/self")
        .context("this runner needs Linux's /proc")?
        .uid())
}
