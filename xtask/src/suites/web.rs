//! The Credits page in a real browser, against a real PostgREST: the files of `examples/web/tests`.

use anyhow::Result;

use crate::postgrest::Postgrest;
use crate::process;
use crate::provision;
use crate::server_user::Lifetime;
use crate::suites::clients::run_file;
use crate::suites::context::Context;
use crate::suites::{Outcome, Suite, files, report};
use crate::web_page;
use crate::workspace::Workspace;

const TESTS: &str = "examples/web/tests";
const EXTENSION: &str = ".test.mjs";
const TYPES: &str = "its_types_are_sound";
const DATABASE: &str = "web";

pub struct Web;

impl Suite for Web {
    fn name(&self) -> &'static str {
        "web"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        let mut tests = vec![TYPES.to_string()];
        tests.extend(files(&context.workspace.path(TESTS), EXTENSION)?);
        Ok(tests)
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let workspace = context.workspace;
        web_page::install(workspace, &context.progress)?;
        let (of_types, in_browser): (Vec<_>, Vec<_>) = tests.iter().cloned().partition(|test| test == TYPES);

        let mut total = Outcome::default();
        if !of_types.is_empty() {
            let passed = types_are_sound(workspace)?;
            report(TYPES, passed);
            total.count(passed);
        }
        if !in_browser.is_empty() {
            let outcome = run_in_browser(&in_browser, context)?;
            total.passed += outcome.passed;
            total.failed += outcome.failed;
        }
        Ok(total)
    }
}

fn types_are_sound(workspace: &Workspace) -> Result<bool> {
    let mut compiler = process::command("node");
    compiler
        .args(["node_modules/typescript/bin/tsc", "--noEmit"])
        .current_dir(web_page::folder(workspace));
    Ok(compiler.status()?.success())
}

fn run_in_browser(tests: &[String], context: &mut Context) -> Result<Outcome> {
    let workspace = context.workspace;
    let program = context.postgrest()?;
    let chromium = provision::chromium(workspace, &context.progress)?;
    let directory = context.directory().to_path_buf();
    web_page::build(workspace, &context.progress, &directory)?;
    let stage = context.stage()?;
    let cluster = &stage.cluster;
    cluster.create_database(DATABASE)?;
    let prepare = workspace.path(&format!("{TESTS}/prepare.sql"));
    cluster.run_file(DATABASE, &prepare, &workspace.path(TESTS))?;
    let postgrest = Postgrest::start(&program, cluster, DATABASE, &directory, Lifetime::Run)?;
    let page = web_page::serve(workspace, &postgrest, &directory)?;

    let mut total = Outcome::default();
    for test in tests {
        let mut node = process::command("node");
        node.current_dir(workspace.root())
            .env("PEER_EXCHANGE_PAGE_URL", &page.url)
            .env("PEER_EXCHANGE_URL", &postgrest.url)
            .env("PEER_EXCHANGE_JWT_SECRET", &postgrest.jwt_secret)
            .env("PEER_EXCHANGE_PSQL", stage.cluster.connection(DATABASE))
            .env("PATH", stage.tree.search_path())
            .env("CHROMIUM", &chromium);
        let summary = directory.join(format!("web-{test}.tap"));
        let outcome = run_file(&mut node, &format!("{TESTS}/{test}{EXTENSION}"), &summary)?;
        report(test, outcome.failed == 0);
        total.passed += outcome.passed;
        total.failed += outcome.failed;
    }
    Ok(total)
}
