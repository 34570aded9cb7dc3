//! What calendars read, by two readers of iCalendar that know nothing of each other.

use anyhow::Result;

use crate::postgres::Edition;
use crate::suites::context::Context;
use crate::suites::scripts::{self, Folder};
use crate::suites::{Outcome, Suite, files};

const FOLDER: &str = "tests/calendars";

pub struct Calendars;

impl Suite for Calendars {
    fn name(&self) -> &'static str {
        "calendars"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        files(&context.workspace.path(FOLDER), scripts::EXTENSION)
    }

    fn absent_from(&self, edition: Edition) -> Option<&'static str> {
        (edition != Edition::DEFAULT).then_some("what is written is tried, by others than Postgres")
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let workspace = context.workspace;
        let python = context.python()?;
        // One of the readers comes with the clients.
        context.postgrest()?;
        let scratch = context.directory().join("calendars");
        let stage = context.stage()?;
        let folder = Folder {
            workspace,
            scratch,
            path: FOLDER,
        };
        folder.run_with(tests, |script| {
            script
                .env("PYTHON", python.program("python"))
                .envs(stage.cluster.environment())
                .env("PATH", stage.tree.search_path());
        })
    }
}
