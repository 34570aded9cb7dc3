//! `cargo xtask demo`: from a fresh checkout to a story told by a real client, in one command.

use std::path::Path;

use anyhow::Result;

use crate::gateway::Gateway;
use crate::interruption;
use crate::kept::{self, Name};
use crate::postgres::{Cluster, Edition};
use crate::postgrest::Postgrest;
use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::run_directory::{self, RunDirectory};
use crate::server_user::{Lifetime, ServerUser};
use crate::stage::Stage;
use crate::workspace::Workspace;

const DATABASE: &str = "demo";
const PEOPLE: &str = "examples/demo/people.sql";

/// What a demo is made of.
pub struct Plan<'run> {
    pub workspace: &'run Workspace,
    pub progress: &'run Progress,
    pub edition: Edition,
    /// Whether the extension is built optimised.
    pub release: bool,
}

/// A database with people in it, behind a PostgREST; stopped in this order.
pub struct Scene {
    pub postgrest: Postgrest,
    pub stage: Stage,
}

/// Tells the story, of which nothing is left.
pub fn run(plan: &Plan) -> Result<()> {
    let directory = RunDirectory::create(&plan.workspace.server_directory(ServerUser::detect()?)?)?;
    let scene = Scene::set_up(plan, directory.path(), Lifetime::Run, PEOPLE)?;
    scene.tell_story(plan)?;
    drop(scene);
    println!("\nEverything is shut down again. To look around yourself: cargo xtask demo --keep");
    println!("On a page, as one of eight people: cargo xtask demo --web");
    Ok(())
}

/// Tells the story and leaves the servers running, unless it comes to no good end.
pub fn keep(plan: &Plan, name: &Name) -> Result<()> {
    if kept::stop(plan.workspace, name)? {
        plan.progress
            .step("stopped the servers of an earlier `demo --keep`");
    }
    let directory = kept::directory(plan.workspace, name)?;
    interruption::remove_folder(&directory);
    run_directory::create_empty(&directory)?;
    if let Err(error) = tell_and_keep(plan, &directory) {
        kept::stop(plan.workspace, name)?;
        return Err(error);
    }
    interruption::leave_folder(&directory);
    Ok(())
}

fn tell_and_keep(plan: &Plan, directory: &Path) -> Result<()> {
    let Scene { postgrest, stage } = Scene::set_up(plan, directory, Lifetime::Kept, PEOPLE)?;
    let gateway = Gateway::start(plan.workspace, &postgrest, directory, Lifetime::Kept)?;
    kept::remember(directory, &gateway.server, &gateway.script)?;
    let scene = Scene { postgrest, stage };
    scene.tell_story(plan)?;
    println!("\nThe servers stay up.\n");
    scene.print_what_one_needs_next(plan.workspace, &gateway)?;
    println!("{:<18}cargo xtask stop", "To stop them:");
    println!("{:<18}cargo xtask demo --web", "On a page:");
    gateway.server.leave_running();
    scene.postgrest.server.leave_running();
    scene.stage.cluster.server.leave_running();
    Ok(())
}

impl Scene {
    /// Builds and starts everything in `directory`, with the people of a file.
    pub fn set_up(plan: &Plan, directory: &Path, lifetime: Lifetime, people: &str) -> Result<Self> {
        let Plan {
            workspace, progress, ..
        } = plan;
        let tools = provision::tools(workspace, plan.edition, progress)?;
        let program = provision::postgrest(workspace, progress)?;
        let stage = Stage::set_up(workspace, &tools, progress, directory, lifetime, plan.release)?;
        if lifetime == Lifetime::Kept {
            kept::remember(directory, &stage.cluster.server, &stage.cluster.data_directory)?;
        }
        fill(workspace, progress, &stage.cluster, people)?;
        progress.step("starting PostgREST …");
        let postgrest = Postgrest::start(&program, &stage.cluster, DATABASE, directory, lifetime)?;
        if lifetime == Lifetime::Kept {
            kept::remember(directory, &postgrest.server, &postgrest.configuration)?;
        }
        Ok(Self { postgrest, stage })
    }

    fn tell_story(&self, plan: &Plan) -> Result<()> {
        plan.progress.step("the story begins\n");
        let mut node = self.node(plan.workspace, "examples/demo/story.mjs");
        process::run(node.env("PATH", self.stage.tree.search_path()))
    }

    /// A URL, tokens and lines that work as they are printed.
    pub fn print_what_one_needs_next(&self, workspace: &Workspace, gateway: &Gateway) -> Result<()> {
        let mut node = self.node(workspace, "examples/demo/next.mjs");
        print!(
            "{}",
            process::capture(node.env("PEER_EXCHANGE_API", &gateway.url))?
        );
        Ok(())
    }

    pub fn query(&self, statement: &str) -> Result<String> {
        self.stage.cluster.query(DATABASE, statement)
    }

    fn node(&self, workspace: &Workspace, script: &str) -> std::process::Command {
        let mut node = process::command("node");
        node.arg(script)
            .current_dir(workspace.root())
            .env("PEER_EXCHANGE_URL", &self.postgrest.url)
            .env("PEER_EXCHANGE_JWT_SECRET", &self.postgrest.jwt_secret)
            .env("PEER_EXCHANGE_PSQL", self.stage.cluster.connection(DATABASE));
        node
    }
}

/// The roles of a Supabase project, the extension, its tables, and the people of a file.
fn fill(workspace: &Workspace, progress: &Progress, cluster: &Cluster, people: &str) -> Result<()> {
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
