//! The dashboard and the exporter of `examples/monitoring`, as a login that reads figures and nothing else.

use anyhow::Result;

use crate::postgres::Edition;
use crate::provision;
use crate::suites::context::Context;
use crate::suites::scripts::{self, Folder};
use crate::suites::{Outcome, Suite, files};

const FOLDER: &str = "tests/monitoring";

pub struct Monitoring;

impl Suite for Monitoring {
    fn name(&self) -> &'static str {
        "monitoring"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        files(&context.workspace.path(FOLDER), scripts::EXTENSION)
    }

    fn absent_from(&self, edition: Edition) -> Option<&'static str> {
        (edition != Edition::DEFAULT).then_some("the queries that it sends are what is tried")
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let workspace = context.workspace;
        let python = context.python()?;
        provision::exporter(workspace, &context.progress)?;
        let scratch = context.directory().join("monitoring");
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
