//! `cargo xtask demo --web`: the Credits page with people to sign in as. `cargo xtask pictures` takes the
//! README's pictures of the same scene.

use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::demo::{self, DATABASE};
use crate::postgres::Edition;
use crate::postgrest::Postgrest;
use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::run_directory::RunDirectory;
use crate::server_user::{Lifetime, ServerUser};
use crate::stage::Stage;
use crate::web_page::{self, WebPage};
use crate::workspace::Workspace;

const PEOPLE: &str = "examples/web/people.sql";
/// An application leaves this to its scheduler.
const REMIND_EVERY: Duration = Duration::from_secs(15);

/// Everything that the page needs; stopped in this order.
struct Scene {
    page: WebPage,
    _postgrest: Postgrest,
    stage: Stage,
    _directory: RunDirectory,
}

impl Scene {
    fn set_up(workspace: &Workspace, edition: Edition, progress: &Progress, release: bool) -> Result<Self> {
        let tools = provision::tools(workspace, edition, progress)?;
        let program = provision::postgrest(workspace, progress)?;
        let parent = workspace.server_directory(ServerUser::detect()?)?;
        let directory = RunDirectory::create(&parent)?;
        let path = directory.path();
        let stage = Stage::set_up(workspace, &tools, progress, path, Lifetime::Run, release)?;
        demo::fill(workspace, progress, &stage.cluster, PEOPLE)?;
        progress.step("starting PostgREST …");
        let postgrest = Postgrest::start(&program, &stage.cluster, DATABASE, path, Lifetime::Run)?;
        web_page::build(workspace, progress, path)?;
        let page = WebPage::serve(workspace, &postgrest, path)?;
        Ok(Self {
            page,
            _postgrest: postgrest,
            stage,
            _directory: directory,
        })
    }
}

/// Runs until it is interrupted, and sends reminders meanwhile.
pub fn serve(workspace: &Workspace, edition: Edition, release: bool) -> Result<()> {
    let scene = Scene::set_up(workspace, edition, &Progress::start(), release)?;
    println!("\n{:<8}{}", "Page:", scene.page.url);
    println!("{:<8}psql '{}'", "SQL:", scene.stage.cluster.connection(DATABASE));
    println!("{:<8}Ctrl-C", "Stop:");
    loop {
        scene
            .stage
            .cluster
            .query(DATABASE, "select peer_exchange.send_due_reminders()")?;
        thread::sleep(REMIND_EVERY);
    }
}

pub fn take_pictures(workspace: &Workspace) -> Result<()> {
    let progress = Progress::start();
    let chromium = provision::chromium(workspace, &progress)?;
    let scene = Scene::set_up(workspace, Edition::DEFAULT, &progress, false)?;
    progress.step("taking the pictures …");
    let mut node = process::command("node");
    node.arg(web_page::folder(workspace).join("pictures.mjs"))
        .arg(workspace.path("docs/pictures"))
        .env("PEER_EXCHANGE_PAGE_URL", &scene.page.url)
        .env("CHROMIUM", chromium);
    process::run(&mut node)
}
