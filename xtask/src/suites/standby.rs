//! The scripts of `tests/standby`, on a server that is in recovery: one that had everything written and then became a
//! standby that nobody sends anything to.

use std::fs;

use anyhow::{Context as _, Result};

use crate::postgres::Cluster;
use crate::server_user::{Lifetime, ServerUser};
use crate::suites::context::Context;
use crate::suites::scripts::{self, Folder};
use crate::suites::{Outcome, Suite, TABLES_OF_A_PLAIN_OWNER, files};

const FOLDER: &str = "tests/standby";
const DATABASES: [&str; 2] = ["empty", "adopted"];

pub struct Standby;

impl Suite for Standby {
    fn name(&self) -> &'static str {
        "standby"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        files(&context.workspace.path(FOLDER), scripts::EXTENSION)
    }

    fn is_about_postgres(&self) -> bool {
        true
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let (workspace, directory) = (context.workspace, context.directory().join(self.name()));
        let tree = context.stage()?.tree.clone();
        let user = ServerUser::detect()?;
        let primary = Cluster::start(&tree, &directory, user, Lifetime::Run)?;
        for database in DATABASES {
            primary.create_database(database)?;
            let prepare = workspace.path(&format!("{FOLDER}/{database}.sql"));
            primary.run_file_with(
                database,
                &prepare,
                &workspace.path("tests"),
                &TABLES_OF_A_PLAIN_OWNER,
            )?;
        }
        let (port, data) = (primary.port, primary.data_directory.clone());
        drop(primary);
        fs::write(data.join("standby.signal"), "").context("no standby")?;
        let standby = Cluster::resume(&tree, &directory, user, Lifetime::Run, port)?;
        let (scratch, path) = (directory.join("scripts"), FOLDER);
        Folder {
            workspace,
            scratch,
            path,
        }
        .run(tests, &tree, &standby)
    }
}
