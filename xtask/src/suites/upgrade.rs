//! The scripts of `tests/upgrade`, on a Postgres that has the former version beside this one.

use anyhow::Result;

use crate::postgres::Edition;
use crate::stress;
use crate::suites::context::Context;
use crate::suites::scripts::{self, Folder};
use crate::suites::{Outcome, Suite, files};
use crate::upgrade::FORMER;

const FOLDER: &str = "tests/upgrade";

pub struct Upgrade;

impl Suite for Upgrade {
    fn name(&self) -> &'static str {
        "upgrade"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        files(&context.workspace.path(FOLDER), scripts::EXTENSION)
    }

    fn absent_from(&self, edition: Edition) -> Option<&'static str> {
        if edition != Edition::DEFAULT {
            return Some("the former version is there for Debian's Postgres only");
        }
        (!FORMER.is_in_history())
            .then_some("this checkout lacks the commit of the former version: git fetch --unshallow")
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let (workspace, scratch) = (context.workspace, context.directory().join(self.name()));
        stress::build(workspace, &context.progress)?;
        context.progress.step(&format!("building {} …", FORMER.version));
        let library = FORMER.build(workspace, &context.tools)?;
        let stage = context.stage()?;
        FORMER.install(workspace, &library, &stage.tree)?;
        let path = FOLDER;
        Folder {
            workspace,
            scratch,
            path,
        }
        .run(tests, &stage.tree, &stage.cluster)
    }
}
