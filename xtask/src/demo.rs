//! `cargo xtask demo`: from a fresh checkout to a story told by a real client, in one command.

use std::path::Path;

use anyhow::Result;

use crate::kept;
use crate::postgres::{Cluster, Edition};
use crate::postgrest::Postgrest;
use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::run_directory::{self, RunDirectory};
use crate::server_user::{Lifetime, ServerUser};
use crate::stage::Stage;
use crate::workspace::Workspace;

pub const DATABASE: &str = "demo";

/// Signs, with the packages that are installed anyway, a key per role that lives for ten years.
const SIGN_KEYS: &str = "
import { SignJWT } from 'jose';
const secret = new TextEncoder().encode(process.env.PEER_EXCHANGE_JWT_SECRET);
for (const role of ['anon', 'service_role']) {
  const token = new SignJWT({ role }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' });
  console.log(`${role} key:`.padEnd(18) + await token.setIssuedAt().setExpirationTime('10y').sign(secret));
}";

pub fn run(workspace: &Workspace, edition: Edition, keep: bool, release: bool) -> Result<()> {
    let progress = Progress::start();
    let tools = provision::tools(workspace, edition, &progress)?;
    let postgrest = provision::postgrest(workspace, &progress)?;
    if kept::stop(workspace)? {
        progress.step("stopped the servers of an earlier `demo --keep`");
    }

    let show = |directory: &Path, lifetime: Lifetime| -> Result<(Stage, Postgrest)> {
        let stage = Stage::set_up(workspace, &tools, &progress, directory, lifetime, release)?;
        if lifetime == Lifetime::Kept {
            kept::remember(directory, &stage.cluster.server, &stage.cluster.data_directory)?;
        }
        fill(workspace, &progress, &stage.cluster, "examples/demo/people.sql")?;
        progress.step("starting PostgREST …");
        let postgrest = Postgrest::start(&postgrest, &stage.cluster, DATABASE, directory, lifetime)?;
        if lifetime == Lifetime::Kept {
            kept::remember(directory, &postgrest.server, &postgrest.configuration)?;
        }
        tell_story(workspace, &progress, &stage, &postgrest)?;
        Ok((stage, postgrest))
    };

    if keep {
        let directory = kept::directory(workspace)?;
        run_directory::create_empty(&directory)?;
        let (stage, postgrest) = show(&directory, Lifetime::Kept)?;
        describe(workspace, &stage.cluster, &postgrest)?;
        postgrest.server.leave_running();
        stage.cluster.server.leave_running();
        Ok(())
    } else {
        let parent = workspace.server_directory(ServerUser::detect()?)?;
        let directory = RunDirectory::create(&parent)?;
        show(directory.path(), Lifetime::Run)?;
        println!("\nEverything is shut down again. To look around yourself: cargo xtask demo --keep");
        Ok(())
    }
}

/// The roles of a Supabase project, the extension, its tables, and the people of a file.
pub fn fill(workspace: &Workspace, progress: &Progress, cluster: &Cluster, people: &str) -> Result<()> {
    progress.step("creating the database, the extension and its tables …");
    cluster.create_database(DATABASE)?;
    cluster.run_file(
        DATABASE,
        &workspace.path("tests/fixtures/supabase_roles.sql"),
        workspace.root(),
    )?;
    cluster.query(DATABASE, "create extension peer_exchange cascade")?;
    let summary = cluster.query(
        DATABASE,
        "select string_agg(count || ' ' || action, ', ' order by action)
           from (select action, count(*) from peer_exchange.setup() group by action) as by_action",
    )?;
    progress.step(&format!("peer_exchange.setup() says: {summary}"));
    cluster.run_file(DATABASE, &workspace.path(people), workspace.root())
}

fn tell_story(
    workspace: &Workspace,
    progress: &Progress,
    stage: &Stage,
    postgrest: &Postgrest,
) -> Result<()> {
    progress.step("the story begins\n");
    let mut command = process::command("node");
    command
        .arg("examples/demo/story.mjs")
        .current_dir(workspace.root());
    command
        .env("PEER_EXCHANGE_URL", &postgrest.url)
        .env("PEER_EXCHANGE_JWT_SECRET", &postgrest.jwt_secret)
        .env("PEER_EXCHANGE_PSQL", stage.cluster.connection(DATABASE))
        .env("PATH", stage.tree.search_path());
    process::run(&mut command)
}

/// Everything that somebody who wants to look around needs.
fn describe(workspace: &Workspace, cluster: &Cluster, postgrest: &Postgrest) -> Result<()> {
    let mut sign = process::command("node");
    sign.args(["--input-type=module", "--eval", SIGN_KEYS])
        .current_dir(workspace.root());
    sign.env("PEER_EXCHANGE_JWT_SECRET", &postgrest.jwt_secret);
    let keys = process::capture(&mut sign)?;
    println!("\nBoth servers stay up.");
    println!("{:<18}{}", "API:", postgrest.url);
    println!("{:<18}{}", "JWT secret:", postgrest.jwt_secret);
    print!("{keys}");
    println!("{:<18}psql '{}'", "SQL:", cluster.connection(DATABASE));
    println!("{:<18}cargo xtask stop", "To stop them:");
    Ok(())
}
