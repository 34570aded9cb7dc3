//! The typed client of `clients/js`: made from its schemas, built, and tried against a real PostgREST.

use std::path::Path;

use anyhow::Result;

use crate::postgrest::Postgrest;
use crate::process;
use crate::server_user::Lifetime;
use crate::suites::clients::{Database, EXTENSION};
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files};
use crate::typed_client;

const TESTS: &str = "clients/js/tests";

pub struct TypedClient;

impl Suite for TypedClient {
    fn name(&self) -> &'static str {
        "typed-client"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        files(&context.workspace.path(TESTS), EXTENSION)
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        // What validates replies is among the packages of PostgREST.
        let program = context.postgrest()?;
        let (workspace, directory) = (context.workspace, context.directory().to_path_buf());
        let folder = typed_client::folder(workspace);
        typed_client::install(workspace, &context.progress)?;
        if context.options.bless {
            write_types(&folder)?;
        }
        typed_client::compile(workspace, &context.progress)?;

        let stage = context.stage()?;
        let database = Database {
            workspace,
            stage,
            folder: TESTS,
            name: "typed_client",
            origin: "empty",
            directory: &directory,
        };
        database.prepare()?;
        let postgrest = Postgrest::start(&program, &stage.cluster, database.name, &directory, Lifetime::Run)?;
        database.run(tests, &postgrest)
    }
}

/// Makes the types of arguments and replies anew.
fn write_types(folder: &Path) -> Result<()> {
    let mut node = process::command("node");
    process::capture(node.arg("scripts/types.mjs").current_dir(folder)).map(|_| ())
}
