//! `cargo xtask demo --web`: the Credits page with people to sign in as. `cargo xtask pictures` takes the
//! README's pictures of the same scene, and those of mails.

use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::demo::{Plan, Scene};
use crate::gateway::Gateway;
use crate::postgres::Edition;
use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::run_directory::RunDirectory;
use crate::server_user::{Lifetime, ServerUser};
use crate::suites::notifier;
use crate::web_page;
use crate::workspace::Workspace;

const PEOPLE: &str = "examples/web/people.sql";
/// An application leaves this to its scheduler.
const REMIND_EVERY: Duration = Duration::from_secs(15);

/// Everything that the page needs; stopped in this order.
struct PageScene {
    page: Gateway,
    scene: Scene,
    _directory: RunDirectory,
}

impl PageScene {
    fn set_up(plan: &Plan) -> Result<Self> {
        let directory = RunDirectory::create(&plan.workspace.server_directory(ServerUser::detect()?)?)?;
        let scene = Scene::set_up(plan, directory.path(), Lifetime::Run, PEOPLE)?;
        web_page::build(plan.workspace, plan.progress, directory.path())?;
        let page = web_page::serve(plan.workspace, &scene.postgrest, directory.path())?;
        Ok(Self {
            page,
            scene,
            _directory: directory,
        })
    }
}

/// Runs until it is interrupted, and sends reminders meanwhile.
pub fn serve(plan: &Plan) -> Result<()> {
    let PageScene { page, scene, .. } = &PageScene::set_up(plan)?;
    println!("\n{:<18}{}", "Page:", page.url);
    scene.print_what_one_needs_next(plan.workspace, page)?;
    println!("{:<18}Ctrl-C", "To stop it:");
    loop {
        scene.query("select peer_exchange.send_due_reminders()")?;
        thread::sleep(REMIND_EVERY);
    }
}

pub fn take_pictures(workspace: &Workspace) -> Result<()> {
    let progress = Progress::start();
    let chromium = provision::chromium(workspace, &progress)?;
    let plan = Plan {
        workspace,
        progress: &progress,
        edition: Edition::DEFAULT,
        release: false,
    };
    let scene = PageScene::set_up(&plan)?;
    let worker = workspace.path(notifier::FOLDER);
    provision::notifier(workspace, &worker, &progress)?;
    progress.step("taking the pictures …");
    for folder in [web_page::folder(workspace), worker] {
        let mut node = process::command("node");
        node.arg(folder.join("pictures.mjs"))
            .arg(workspace.path("docs/pictures"))
            .env("PEER_EXCHANGE_PAGE_URL", &scene.page.url)
            .env("CHROMIUM", &chromium);
        process::run(&mut node)?;
    }
    Ok(())
}
