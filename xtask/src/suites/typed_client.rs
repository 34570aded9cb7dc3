//! The typed client of `clients/js`, and the schemas that it is made from.

use anyhow::Result;

use crate::process;
use crate::provision;
use crate::suites::clients::run_file;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files, report};

const FOLDER: &str = "clients/js";
const EXTENSION: &str = ".test.mjs";

pub struct TypedClient;

impl Suite for TypedClient {
    fn name(&self) -> &'static str {
        "typed-client"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        files(&context.workspace.path(FOLDER).join("tests"), EXTENSION)
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let workspace = context.workspace;
        let folder = workspace.path(FOLDER);
        // What validates replies is among the packages of PostgREST.
        context.postgrest()?;
        provision::typed_client(workspace, &folder, &context.progress)?;
        if context.options.bless {
            let mut types = process::command("node");
            process::capture(types.arg("scripts/types.mjs").current_dir(&folder))?;
        }

        let mut total = Outcome::default();
        for test in tests {
            let mut node = process::command("node");
            node.current_dir(workspace.root());
            let summary = context.directory().join(format!("typed-client-{test}.tap"));
            let outcome = run_file(&mut node, &format!("{FOLDER}/tests/{test}{EXTENSION}"), &summary)?;
            report(test, outcome.failed == 0);
            total.add(outcome);
        }
        Ok(total)
    }
}
