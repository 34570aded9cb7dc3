//! The first commands as somebody types them: the runner, started by scripts.

use anyhow::{Context as _, Result};

use crate::postgres::Edition;
use crate::suites::context::Context;
use crate::suites::scripts::{self, Folder};
use crate::suites::{Outcome, Suite, files};
use crate::web_page;

const FOLDER: &str = "tests/demo";

pub struct Demo;

impl Suite for Demo {
    fn name(&self) -> &'static str {
        "demo"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        files(&context.workspace.path(FOLDER), scripts::EXTENSION)
    }

    fn absent_from(&self, edition: Edition) -> Option<&'static str> {
        (edition != Edition::DEFAULT).then_some("it starts what somebody types who names no Postgres")
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let workspace = context.workspace;
        let postgrest = context.postgrest()?;
        let python = context.python()?;
        web_page::install(workspace, &context.progress)?;
        let runner = std::env::current_exe().context("where is this program?")?;
        let scratch = context.directory().join("demo");
        let stage = context.stage()?;
        let folder = Folder {
            workspace,
            scratch,
            path: FOLDER,
        };
        folder.run_with(tests, |script| {
            script
                .env("XTASK", &runner)
                .env("POSTGREST", &postgrest)
                .env("PYTHON", python.program("python"))
                .envs(stage.cluster.environment())
                .env("PATH", stage.tree.search_path());
        })
    }
}
