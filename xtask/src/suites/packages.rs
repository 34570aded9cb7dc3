//! The packages that others install: their form, and that a server makes use of them.

use std::path::Path;
use std::process::Stdio;

use anyhow::Result;

use crate::package;
use crate::postgres::Edition;
use crate::process;
use crate::progress::Progress;
use crate::provision;
use crate::run_directory::RunDirectory;
use crate::server_user::{self, ServerUser};
use crate::suites::context::Context;
use crate::suites::scripts::{self, Folder};
use crate::suites::{Outcome, Suite, files};
use crate::workspace::Workspace;

/// Scripts that take seconds once there are packages.
const SHORT: &str = "tests/packages";
/// Scripts that make another system or build from nothing.
const LONG: &str = "tests/packages/long";

/// The short ones, on packages of what the other suites test.
pub struct Packages;

impl Suite for Packages {
    fn name(&self) -> &'static str {
        "packages"
    }

    fn tests(&self, context: &Context) -> Result<Vec<String>> {
        files(&context.workspace.path(SHORT), scripts::EXTENSION)
    }

    fn absent_from(&self, edition: Edition) -> Option<&'static str> {
        if edition != Edition::DEFAULT {
            return Some("packages are installed beside Debian's Postgres");
        }
        let is_root = server_user::current_user_id().is_ok_and(|id| id == 0);
        if !is_root {
            return Some("only root can install packages, if only into a copy of this system");
        }
        (!may_mount()).then_some("nobody can mount a copy of this system here")
    }

    fn run(&self, tests: &[String], context: &mut Context) -> Result<Outcome> {
        let packages = context.directory().join("packages");
        let release = context.options.release;
        package::make(
            context.workspace,
            &context.tools,
            release,
            &packages,
            &context.progress,
        )?;
        // A copy of this system has to be one of a system that stays as it is.
        let _paused = provision::pause(context.workspace)?;
        run_scripts(context.workspace, SHORT, tests, &packages, context.directory())
    }
}

/// Makes packages and, where that is wanted, tries them; true when all is well.
pub fn make_and_check(workspace: &Workspace, options: &package::Options) -> Result<bool> {
    let progress = Progress::start();
    let packages = package::make_asked_for(workspace, options, &progress)?;
    if !options.check {
        return Ok(true);
    }
    check(workspace, &packages, &progress)
}

/// Tries finished packages.
fn check(workspace: &Workspace, packages: &Path, progress: &Progress) -> Result<bool> {
    provision::tools_for_other_systems(workspace, progress)?;
    let directory = RunDirectory::create(&workspace.server_directory(ServerUser::detect()?)?)?;
    let mut all_passed = true;
    for folder in [SHORT, LONG] {
        let tests = files(&workspace.path(folder), scripts::EXTENSION)?;
        let outcome = run_scripts(workspace, folder, &tests, packages, directory.path())?;
        println!("{folder}: {} passed, {} failed", outcome.passed, outcome.failed);
        all_passed &= outcome.failed == 0;
    }
    Ok(all_passed)
}

fn run_scripts(
    workspace: &Workspace,
    path: &'static str,
    tests: &[String],
    packages: &Path,
    directory: &Path,
) -> Result<Outcome> {
    let scratch = directory.join("packages-scratch");
    let folder = Folder {
        workspace,
        scratch,
        path,
    };
    folder.run_with(tests, |script| {
        script.env("PACKAGES", packages);
    })
}

fn may_mount() -> bool {
    process::command("unshare")
        .args([
            "--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "none", "/mnt",
        ])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
