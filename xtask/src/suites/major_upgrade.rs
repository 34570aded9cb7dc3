//! Databases with data go from the oldest PostgreSQL to the newest, by pg_upgrade through one between and
//! by a dump, and nothing is lost on the way.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::postgres::{Cluster, DATA, Edition, PrivateTree, SUPERUSER, Version};
use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::server_user::{Lifetime, ServerUser};
use crate::stress;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, report};
use crate::workspace::Workspace;

const SCRIPTS: &str = "tests/major_upgrade";
const SHOWN_LINES: usize = 60;

/// A version of Postgres with the extension in it, and a folder for its cluster.
struct Step {
    edition: Edition,
    tree: PrivateTree,
    directory: PathBuf,
    user: ServerUser,
}

pub struct MajorUpgrade;

const DUMPED: &str = "a_dump_of_the_oldest_is_restored_on_the_newest";
const UPGRADED: &str = "pg_upgrade_leads_from_the_oldest_to_the_newest";

impl Suite for MajorUpgrade {
    fn name(&self) -> &'static str {
        "major-upgrade"
    }

    fn tests(&self, _context: &Context) -> Result<Vec<String>> {
        Ok([DUMPED, UPGRADED].map(str::to_owned).to_vec())
    }

    fn is_about_postgres(&self) -> bool {
        true
    }

    fn absent_from(&self, edition: Edition) -> Option<&'static str> {
        (edition.version != Version::NEWEST).then_some("it goes up to the newest version, and is run there")
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        stress::build(context.workspace, &context.progress)?;
        let way = Way {
            workspace: context.workspace,
            progress: &context.progress,
            scratch: context.directory().join(self.name()),
        };
        let oldest = way.oldest()?;
        let newest = way.step(Version::NEWEST)?;
        let port = oldest.create()?;
        way.perform("fill", &oldest, &oldest.resume(port)?, None)?;
        let mut outcome = Outcome::default();
        for test in tests {
            let went = match test.as_str() {
                DUMPED => way.dump(&oldest, port, &newest),
                _ => way.upgrade(&oldest, &newest),
            };
            if let Err(error) = &went {
                println!("{error:#}");
            }
            report(test, went.is_ok());
            outcome.count(went.is_ok());
        }
        Ok(outcome)
    }
}

struct Way<'a> {
    workspace: &'a Workspace,
    progress: &'a Progress,
    scratch: PathBuf,
}

impl Way<'_> {
    fn dump(&self, oldest: &Step, port: u16, newest: &Step) -> Result<()> {
        let old = oldest.resume(port)?;
        let restored = newest.beside("restored")?;
        let new = restored.resume(restored.create()?)?;
        self.perform("restore", &restored, &new, Some(old.port))?;
        self.perform("examine", &restored, &new, None)
    }

    fn upgrade(&self, oldest: &Step, newest: &Step) -> Result<()> {
        let between = self.step(Version::BETWEEN)?;
        for (from, to) in [(oldest, &between), (&between, newest)] {
            let port = to.create()?;
            to.take_over(from)?;
            self.perform("examine", to, &to.resume(port)?, None)?;
        }
        Ok(())
    }

    /// Debian's own may be of a later day than the others, so another build takes its place.
    fn oldest(&self) -> Result<Step> {
        let built = self.step(Version::OLDEST)?;
        let directory = self.scratch.join("oldest");
        let installation = provision::ready_made(self.workspace, built.edition, self.progress)?;
        let tree = PrivateTree::copy(&installation, &directory.join("postgres"))?;
        tree.take_extension_of(&built.tree)?;
        Ok(Step {
            tree,
            directory,
            ..built
        })
    }

    fn step(&self, version: Version) -> Result<Step> {
        let edition = Edition {
            version,
            assertions: false,
        };
        let directory = self.scratch.join(edition.file_name());
        fs::create_dir_all(&directory)?;
        let tools = provision::tools(self.workspace, edition, self.progress)?;
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
        ensure!(
            passed,
            "{script} failed on {}:\n{}",
            step.edition,
            process::tail(&log, SHOWN_LINES)
        );
        Ok(())
    }
}

impl Step {
    /// The same Postgres with another cluster.
    fn beside(&self, name: &str) -> Result<Self> {
        let directory = self.directory.join(name);
        fs::create_dir_all(&directory)?;
        Ok(Self {
            tree: self.tree.clone(),
            directory,
            ..*self
        })
    }

    fn create(&self) -> Result<u16> {
        Cluster::create(&self.tree, &self.directory, self.user, "")
    }

    fn resume(&self, port: u16) -> Result<Cluster> {
        Cluster::resume(&self.tree, &self.directory, self.user, Lifetime::Run, port)
    }

    fn data(&self) -> PathBuf {
        self.directory.join(DATA)
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
