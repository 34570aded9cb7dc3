//! Who may do what: the files of `tests/access`, run once for each way in which a database comes by
//! its tables. Each is plain SQL that raises an error where something forbidden is allowed.

use std::fs;

use anyhow::Result;

use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files, verdict};

const FOLDERS: [&str; 2] = ["tests/access/checks", "tests/access/attacks"];
const EXTENSION: &str = ".sql";

pub struct Access {
    pub name: &'static str,
    /// `tests/access/<database>.sql` prepares it.
    pub database: &'static str,
    /// For psql.
    pub environment: &'static [(&'static str, &'static str)],
}

impl Suite for Access {
    fn name(&self) -> &'static str {
        self.name
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        let mut tests = Vec::new();
        for folder in FOLDERS {
            tests.extend(files(&context.workspace.path(folder), EXTENSION)?);
        }
        Ok(tests)
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let workspace = context.workspace;
        let logs = context.directory().join(self.name);
        fs::create_dir_all(&logs)?;
        let cluster = &context.stage()?.cluster;
        let database = self.name.replace('-', "_");
        cluster.create_database(&database)?;
        let prepare = workspace.path(&format!("tests/access/{}.sql", self.database));
        let directory = workspace.path("tests");
        cluster.run_file_with(&database, &prepare, &directory, self.environment)?;

        let mut outcome = Outcome::default();
        for test in tests {
            let file = FOLDERS
                .map(|folder| workspace.path(folder).join(format!("{test}{EXTENSION}")))
                .into_iter()
                .find(|file| file.exists())
                .unwrap_or_default();
            let log = logs.join(format!("{test}.log"));
            let mut psql = cluster.psql(&database);
            psql.arg("-f").arg(file).envs(self.environment.iter().copied());
            outcome.count(verdict::of_program(test, &mut psql, &log)?);
        }
        Ok(outcome)
    }
}
