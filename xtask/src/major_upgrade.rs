//! `cargo xtask major-upgrade`: databases with data go from the oldest PostgreSQL to the newest, by
//! pg_upgrade through one between and by a dump, and nothing is lost on the way.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::postgres::{Cluster, Edition, PrivateTree, SUPERUSER, Version};
use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::run_directory::RunDirectory;
use crate::server_user::{Lifetime, ServerUser};
use crate::stress;
use crate::workspace::Workspace;

const SCRIPTS: &str = "tests/major_upgrade";

/// A version of Postgres with the extension in it, and a folder for its cluster.
struct Step {
    edition: Edition,
    tree: PrivateTree,
    directory: PathBuf,
    user: ServerUser,
}

pub fn run(workspace: &Workspace) -> Result<()> {
    let progress = Progress::start();
    let user = ServerUser::detect()?;
    stress::build(workspace, &progress)?;
    let directory = RunDirectory::create(&workspace.server_directory(user)?)?;
    let way = Way {
        workspace,
        progress,
        scratch: directory.path().to_path_buf(),
    };
    let [oldest, between, newest] = [
        way.step(Version::OLDEST)?,
        way.step(Version::BETWEEN)?,
        way.step(Version::NEWEST)?,
    ];
    let port = oldest.create()?;
    {
        let old = oldest.resume(port)?;
        way.perform("fill", &oldest, &old, None)?;
        let restored = way.step_in(newest.edition, "restored")?;
        let new = restored.resume(restored.create()?)?;
        way.progress
            .step(&format!("a dump from {} to {} …", oldest.edition, newest.edition));
        way.perform("restore", &restored, &new, Some(old.port))?;
        way.perform("examine", &restored, &new, None)?;
    }
    for (from, to) in [(&oldest, &between), (&between, &newest)] {
        way.progress
            .step(&format!("pg_upgrade from {} to {} …", from.edition, to.edition));
        let port = to.create()?;
        to.take_over(from)?;
        way.perform("examine", to, &to.resume(port)?, None)?;
    }
    println!("\nEverything is where it was.");
    Ok(())
}

struct Way<'a> {
    workspace: &'a Workspace,
    progress: Progress,
    scratch: PathBuf,
}

impl Way<'_> {
    fn step(&self, version: Version) -> Result<Step> {
        let edition = Edition {
            version,
            assertions: false,
        };
        self.step_in(edition, &edition.file_name())
    }

    fn step_in(&self, edition: Edition, name: &str) -> Result<Step> {
        let directory = self.scratch.join(name);
        fs::create_dir_all(&directory)?;
        let tools = provision::tools(self.workspace, edition, &self.progress)?;
        self.progress
            .step(&format!("building the extension for {edition} …"));
        let tree = PrivateTree::build(self.workspace, &tools, &directory.join("postgres"), false)?;
        let user = ServerUser::detect()?;
        Ok(Step {
            edition,
            tree,
            directory,
            user,
        })
    }

    fn perform(&self, script: &str, step: &Step, cluster: &Cluster, old_port: Option<u16>) -> Result<()> {
        let mut bash = process::command("bash");
        bash.arg(format!("{SCRIPTS}/{script}.sh"))
            .current_dir(self.workspace.root());
        bash.envs(cluster.environment())
            .envs(step.tree.library_path())
            .env("PATH", step.tree.search_path())
            .env("WORKSPACE", self.workspace.root())
            .env("TMPDIR", &self.scratch);
        if let Some(port) = old_port {
            bash.env("OLD_PORT", port.to_string());
        }
        let log = self.scratch.join(format!("{script}.log"));
        let passed = process::run_logged(&mut bash, &log)?.success();
        println!("{}", process::tail(&log, 40));
        ensure!(passed, "{script} failed on {}", step.edition);
        Ok(())
    }
}

impl Step {
    fn create(&self) -> Result<u16> {
        Cluster::create(&self.tree, &self.directory, self.user, "")
    }

    fn resume(&self, port: u16) -> Result<Cluster> {
        Cluster::resume(&self.tree, &self.directory, self.user, Lifetime::Run, port)
    }

    fn data(&self) -> PathBuf {
        self.directory.join(crate::postgres::DATA)
    }

    /// Has pg_upgrade bring a stopped cluster of an older version into this one, which is empty.
    fn take_over(&self, older: &Self) -> Result<()> {
        self.agree_on_checksums(older)?;
        // It writes its logs and its sockets to where it is run.
        let scratch = self.directory.join("pg_upgrade");
        fs::create_dir_all(&scratch)?;
        self.user.give(&scratch)?;
        let mut upgrade = self.program("pg_upgrade");
        upgrade.current_dir(&scratch);
        for (option, path) in [
            ("--old-bindir", &older.tree.programs),
            ("--new-bindir", &self.tree.programs),
            ("--old-datadir", &older.data()),
            ("--new-datadir", &self.data()),
        ] {
            upgrade.arg(option).arg(path);
        }
        upgrade.args(["--username", SUPERUSER]);
        process::capture(&mut upgrade)
            .map(|_| ())
            .with_context(|| format!("from {} to {}", older.edition, self.edition))
    }

    /// PostgreSQL 18 makes clusters with checksums, former versions make them without.
    fn agree_on_checksums(&self, older: &Self) -> Result<()> {
        if self.has_checksums(&self.data())? && !older.has_checksums(&older.data())? {
            let mut enable = older.program("pg_checksums");
            enable.args(["--enable", "--pgdata"]).arg(older.data());
            process::capture(&mut enable)?;
        }
        Ok(())
    }

    fn has_checksums(&self, data: &Path) -> Result<bool> {
        let mut show = self.program("pg_controldata");
        let printed = process::capture(show.arg(data))?;
        let line = printed
            .lines()
            .find_map(|line| line.strip_prefix("Data page checksum version:"));
        Ok(line.context("pg_controldata says nothing of checksums")?.trim() != "0")
    }

    fn program(&self, name: &str) -> std::process::Command {
        let mut command = self.user.command(self.tree.program(name), Lifetime::Run);
        command
            .current_dir("/")
            .env("LC_ALL", "C")
            .envs(self.tree.library_path());
        command
    }
}
