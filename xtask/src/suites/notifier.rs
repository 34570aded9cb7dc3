//! The worker of `examples/notifier`, with a real PostgREST on the one side and a real SMTP server on the
//! other.

use anyhow::Result;

use crate::postgrest::Postgrest;
use crate::process;
use crate::provision;
use crate::server_user::Lifetime;
use crate::suites::clients::run_file;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files, report};

pub const FOLDER: &str = "examples/notifier";
const EXTENSION: &str = ".test.mjs";
/// Named in `tests/prepare.sql`, too.
const DATABASE: &str = "notifier";

pub struct Notifier;

impl Suite for Notifier {
    fn name(&self) -> &'static str {
        "notifier"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        files(&context.workspace.path(FOLDER).join("tests"), EXTENSION)
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let (workspace, directory) = (context.workspace, context.directory().to_path_buf());
        let folder = workspace.path(FOLDER);
        provision::notifier(workspace, &folder, &context.progress)?;
        let program = context.postgrest()?;
        let stage = context.stage()?;
        let cluster = &stage.cluster;
        cluster.create_database(DATABASE)?;
        cluster.run_file(DATABASE, &folder.join("tests/prepare.sql"), &folder)?;
        let postgrest = Postgrest::start(&program, cluster, DATABASE, &directory, Lifetime::Run)?;

        let mut total = Outcome::default();
        for test in tests {
            let mut node = process::command("node");
            node.current_dir(workspace.root())
                .env("PEER_EXCHANGE_URL", &postgrest.url)
                .env("PEER_EXCHANGE_JWT_SECRET", &postgrest.jwt_secret)
                .env("PEER_EXCHANGE_PSQL", cluster.connection(DATABASE))
                .env("PEER_EXCHANGE_DATABASE", "empty")
                .env("DATABASE_URL", cluster.url(DATABASE))
                .env("PATH", stage.tree.search_path());
            let summary = directory.join(format!("{DATABASE}-{test}.tap"));
            let outcome = run_file(&mut node, &format!("{FOLDER}/tests/{test}{EXTENSION}"), &summary)?;
            report(test, outcome.failed == 0);
            total.passed += outcome.passed;
            total.failed += outcome.failed;
        }
        Ok(total)
    }
}
