//! What the suites of one run share.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, mem};

use anyhow::{Result, anyhow, ensure};
use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::postgres::Cluster;
use crate::process;
use crate::progress::Progress;
use crate::provision::{self, PythonPackages, Tools};
use crate::run_directory::{self, RunDirectory};
use crate::server_user::{Lifetime, ServerUser};
use crate::stage::Stage;
use crate::suites::Options;
use crate::workspace::Workspace;

pub struct Context<'workspace> {
    pub workspace: &'workspace Workspace,
    pub options: Options,
    pub progress: Progress,
    pub tools: Tools,
    // The servers are stopped before their folder is removed: fields are dropped in this order.
    stage: Option<Result<Stage, String>>,
    directory: RunDirectory,
    /// Where in it: suites at different moments do not meet.
    place: PathBuf,
}

impl<'workspace> Context<'workspace> {
    /// For one run alone, with the tools that it needs.
    pub fn alone(workspace: &'workspace Workspace, options: Options) -> Result<Self> {
        let progress = Progress::start();
        let tools = provision::tools(workspace, options.edition, &progress)?;
        Self::prepare(workspace, options, tools, progress)
    }

    pub fn prepare(
        workspace: &'workspace Workspace,
        options: Options,
        tools: Tools,
        progress: Progress,
    ) -> Result<Self> {
        let parent = workspace.server_directory(ServerUser::detect()?)?;
        let directory = RunDirectory::create(&parent)?;
        let place = directory.path().to_path_buf();
        Ok(Self {
            workspace,
            options,
            progress,
            tools,
            stage: None,
            directory,
            place,
        })
    }

    /// A folder of this run's own, removed at its end.
    pub fn directory(&self) -> &Path {
        &self.place
    }

    /// Does something on a new cluster of the same build, which lives at another moment. What is printed then is never
    /// made the expected output.
    pub fn at<T>(&mut self, moment: DateTime<Utc>, perform: impl FnOnce(&mut Self) -> T) -> Result<T> {
        let library = provision::faketime(self.workspace, &self.progress)?;
        let tree = self.stage()?.tree.clone();
        let place = self.directory.path().join(moment.format("at-%s").to_string());
        run_directory::create_empty(&place)?;
        let user = ServerUser::detect()?;
        let port = Cluster::create(&tree, &place, user, "")?;
        // The clock begins to run when it is set, so all that takes its time is done by now.
        let clock = Clock::set_to(moment, &library)?;
        let cluster = Cluster::resume_at(&tree, &place, user, Lifetime::Run, port, clock)?;
        let lives_then = format!("select now() - '{moment}' between '-1 s' and '1 min'");
        ensure!(
            cluster.query("postgres", &lives_then)? == "t",
            "the server does not live at {moment}"
        );
        let stage = self.stage.replace(Ok(Stage { tree, cluster }));
        let place = mem::replace(&mut self.place, place);
        let bless = mem::take(&mut self.options.bless);
        let outcome = perform(self);
        self.stage = stage;
        self.place = place;
        self.options.bless = bless;
        Ok(outcome)
    }

    /// The extension and its cluster: made for the first suite that needs them, kept for the others.
    pub fn stage(&mut self) -> Result<&Stage> {
        let stage = self.stage.get_or_insert_with(|| {
            Stage::set_up(
                self.workspace,
                &self.tools,
                &self.progress,
                self.directory.path(),
                Lifetime::Run,
                self.options.release,
            )
            .map_err(|error| format!("{error:#}"))
        });
        stage
            .as_ref()
            .map_err(|message| anyhow!("no server to test on: {message}"))
    }

    /// What a program of the project's says of the server's log, with what PostgREST's packages bring. After a whole suite the log
    /// has to say something.
    pub fn judge_log(&self, program: &str, is_whole: bool) -> Result<bool> {
        self.postgrest()?;
        let mut node = process::command("node");
        node.current_dir(self.workspace.root())
            .arg(program)
            .arg(self.server_log())
            .args(is_whole.then_some("whole"));
        Ok(node.status()?.success())
    }

    fn server_log(&self) -> PathBuf {
        self.directory().join("postgres.log")
    }

    /// Shows which of Postgres's own assertions failed: a test only sees that the server went away.
    pub fn report_failed_assertions(&self) {
        let log = fs::read(self.server_log()).unwrap_or_default();
        let text = String::from_utf8_lossy(&log);
        let failed = text.lines().filter(|line| line.starts_with("TRAP:"));
        let mut counts = BTreeMap::new();
        for line in failed {
            let (assertion, _process) = line.split_once(", PID:").unwrap_or((line, ""));
            *counts.entry(assertion).or_insert(0) += 1;
        }
        for (assertion, count) in counts {
            println!("{count} × {assertion}");
        }
    }

    pub fn python(&self) -> Result<PythonPackages> {
        provision::python(self.workspace, &self.progress)
    }

    pub fn postgrest(&self) -> Result<PathBuf> {
        provision::postgrest(self.workspace, &self.progress)
    }
}
