//! The scripts of `tests/jobs`, on a cluster of their own: pg_cron has to be loaded when the server
//! starts, and schedules jobs in one database only.

use std::fs;

use anyhow::Result;

use crate::postgres::{Cluster, Edition};
use crate::server_user::{Lifetime, ServerUser};
use crate::suites::context::Context;
use crate::suites::scripts::{self, Folder};
use crate::suites::{Outcome, Suite, files};

const FOLDER: &str = "tests/jobs";
const SETTINGS: &str = "\
shared_preload_libraries = 'pg_cron'
cron.database_name = 'jobs'
cron.use_background_workers = on
max_worker_processes = 16
";

pub struct Jobs;

impl Suite for Jobs {
    fn name(&self) -> &'static str {
        "jobs"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        files(&context.workspace.path(FOLDER), scripts::EXTENSION)
    }

    fn absent_from(&self, edition: Edition) -> Option<&'static str> {
        (edition != Edition::DEFAULT).then_some("pg_cron is available for Debian's Postgres only")
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let (workspace, scratch) = (context.workspace, context.directory().join(self.name()));
        fs::create_dir_all(&scratch)?;
        let tree = &context.stage()?.tree;
        let cluster = Cluster::start_with(tree, &scratch, ServerUser::detect()?, Lifetime::Run, SETTINGS)?;
        let path = FOLDER;
        Folder {
            workspace,
            scratch,
            path,
        }
        .run(tests, tree, &cluster)
    }
}
