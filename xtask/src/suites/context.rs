//! What the suites of one run share.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use crate::progress::Progress;
use crate::provision::{self, PythonPackages, Tools};
use crate::run_directory::RunDirectory;
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
}

impl<'workspace> Context<'workspace> {
    pub fn prepare(workspace: &'workspace Workspace, options: Options) -> Result<Self> {
        let progress = Progress::start();
        let tools = provision::tools(workspace, options.edition, &progress)?;
        let parent = workspace.server_directory(ServerUser::detect()?)?;
        let directory = RunDirectory::create(&parent)?;
        Ok(Self {
            workspace,
            options,
            progress,
            tools,
            stage: None,
            directory,
        })
    }

    /// A folder of this run's own, removed at its end.
    pub fn directory(&self) -> &Path {
        self.directory.path()
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

    /// Shows which of Postgres's own assertions failed: a test only sees that the server went away.
    pub fn report_failed_assertions(&self) {
        let log = fs::read(self.directory().join("postgres.log")).unwrap_or_default();
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
